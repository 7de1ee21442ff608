"""Plans: of an audit, a review, an inspection, a strategy; and what a strategy commits to, said every six months."""

from __future__ import annotations

from datetime import date, datetime

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.plan import Commitment, Plan, Source, Statement
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.keeping import find, known_agencies, known_tier, organiser, sentence, stroke
from qa_toolkit.workflow.plans.recommendations import running


def open_plan(
    workspace: Workspace,
    title: str,
    source: Source,
    *,
    audit: str = "",
    edition: str = "",
    owner: str = "",
    tier: str = "qa-group",
    by: str,
    now: datetime,
    today: date,
) -> Plan:
    """A new plan, under the next number of the year.

    Raises:
        InputError: It has no title, a plan of an audit names none, or the group is not here.
        NotFound: The audit is not here.
    """
    title = sentence(title, "Give the plan a title by which people know it.", least=4)
    if source is Source.AUDIT and not audit:
        raise InputError("Name the audit that the plan answers, such as CE-2026-01.")
    answers = workspace.audit(audit).audit.id if audit else ""
    with stroke(workspace, by=by, did="opened a plan", now=now, today=today) as line:
        organiser(line.person, "open a plan")
        plan = Plan(
            id=line.mint(Plan, "AP"), title=title, source=source, audit=answers, edition=clean(edition).strip(),
            owner=clean(owner).strip(), tier=known_tier(workspace, tier), opened=today,
        )  # fmt: skip
        line.put(plan)
    return find(workspace, Plan, plan.id)


def end_plan(
    workspace: Workspace, plan_id: str, *, seen: Seen | None = None, by: str, now: datetime, today: date
) -> Plan:
    """The plan ended: nothing can be added to it. What is open in it goes on until each is closed."""
    with stroke(workspace, by=by, did="ended a plan", now=now, today=today, seen=seen) as line:
        organiser(line.person, "end a plan")
        plan = line.get(Plan, plan_id)
        if plan.ended:
            raise InputError(f"{plan.id} was ended already.")
        line.put(plan.model_copy(update={"ended": today}))
    return find(workspace, Plan, plan_id)


def commit(
    workspace: Workspace,
    plan_id: str,
    heading: str,
    text: str,
    *,
    aim: str = "",
    owner: str = "",
    agency: str = "",
    audits: tuple[str, ...] = (),
    by: str,
    now: datetime,
    today: date,
) -> Commitment:
    """One commitment of a strategy or Business Plan, under its heading."""
    text = sentence(text, "Say in a sentence what is committed to.")
    heading = sentence(heading, "Name the heading that the commitment stands under.", least=3)
    with stroke(workspace, by=by, did="added a commitment", now=now, today=today) as line:
        organiser(line.person, "add a commitment")
        plan = running(line.get(Plan, plan_id))
        if agency:
            (agency,) = known_agencies(workspace, [agency])
        commitment = Commitment(
            id=line.mint_under(Commitment, plan.id, "C"), plan=plan.id, heading=heading, text=text,
            aim=clean(aim).strip(), owner=clean(owner).strip(), agency=agency, audits=audits,
        )  # fmt: skip
        line.put(commitment)
    return find(workspace, Commitment, commitment.id)


def state(
    workspace: Workspace, commitment_id: str, text: str, *, difference: str = "", by: str, now: datetime, today: date
) -> Statement:
    """Where a commitment stands, said today. An earlier statement is never changed."""
    text = sentence(text, "Say in a sentence where the commitment stands.")
    with stroke(workspace, by=by, did="stated progress", now=now, today=today) as line:
        commitment = line.get(Commitment, commitment_id)
        if not (line.person.is_(Role.AGENCY_LEAD) and line.person.agency == commitment.agency):
            organiser(line.person, "state the progress of a commitment that another agency leads on")
        statement = Statement(
            id=line.mint_under(Statement, commitment.id, "S"), commitment=commitment.id, on=today, by=line.by,
            text=text, difference=clean(difference).strip(),
        )  # fmt: skip
        line.put(statement)
    return find(workspace, Statement, statement.id)
