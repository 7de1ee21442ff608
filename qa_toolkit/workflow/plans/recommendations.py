"""Recommendations: what should change, whom it is put to, and what each agency answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.plan import Plan, Recommendation, Responded, Response
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow import findings
from qa_toolkit.workflow.plans.keeping import (
    find,
    found,
    known_agencies,
    known_tier,
    planner,
    sentence,
    stroke,
)

EVERYBODY = "all"
"""The response of the partnership as a whole."""


def recommend(
    workspace: Workspace,
    plan_id: str,
    text: str,
    *,
    priority: Priority = Priority.MEDIUM,
    themes: Iterable[str] = (),
    answers: Iterable[str] = (),
    tier: str = "",
    agencies: Iterable[str] = (),
    measure: str = "",
    by: str,
    now: datetime,
    today: date,
) -> Recommendation:
    """A recommendation under the next number of the year; `answers` are ids of findings, whose themes it takes over.

    Raises:
        InputError: No sentence, or an agency or group that is not here; or the plan has ended.
        NotFound: A finding or the plan is not there.
    """
    text = sentence(text, "Say in a sentence what should change.")
    answered = [findings.find(workspace, id) for id in answers]
    with stroke(workspace, by=by, did="made a recommendation", now=now, today=today) as line:
        planner(line.person, "make a recommendation")
        plan = running(line.get(Plan, plan_id))
        inherited = [theme for finding in answered for theme in finding.themes]
        made = Recommendation(
            id=line.mint(Recommendation, "R"), plan=plan.id, text=text, priority=priority,
            themes=tuple(dict.fromkeys(list(themes) or inherited)), findings=tuple(one.id for one in answered),
            tier=known_tier(workspace, tier or plan.tier), agencies=known_agencies(workspace, agencies),
            measure=clean(measure).strip(), raised=today,
        )  # fmt: skip
        line.put(made)
    return find(workspace, Recommendation, made.id)


def respond(
    workspace: Workspace,
    recommendation_id: str,
    answer: Responded,
    *,
    agency: str = "",
    reason: str = "",
    by_whom: str,
    by: str,
    now: datetime,
    today: date,
) -> Response:
    """What an agency, or without one the partnership as a whole, answers; a later answer takes an earlier one's place.

    Raises:
        InputError: A rejection without reason, an agency that was not asked, or nobody who answered.
        NotAllowed: It is recorded by a co-ordinator, a chair, or for its own agency by its lead.
    """
    by_whom = sentence(by_whom, "Say who responded, as a role: “Head of Safeguarding, Police”.", least=3)
    reason = clean(reason).strip()
    if answer is not Responded.ACCEPTED and len(reason) < 10:
        raise InputError(f"{answer.label} needs a reason, in a sentence.")
    with stroke(workspace, by=by, did="recorded a response", now=now, today=today, why=reason) as line:
        made = _standing(line.get(Recommendation, recommendation_id))
        if agency:
            (agency,) = known_agencies(workspace, [agency])
        own = line.person.is_(Role.AGENCY_LEAD) and line.person.agency == agency
        if not (own or line.person.is_(Role.COORDINATOR, Role.CHAIR)):
            raise NotAllowed(
                f"{line.person.name} ({by}) may not record that response: that is for a co-ordinator, a chair, or the "
                "lead of the agency that responds."
            )
        if made.agencies and agency not in made.agencies:
            raise InputError(f"{made.id} is put to {', '.join(made.agencies)}: name the one that responds.")
        response = Response(
            id=f"{made.id}/{agency or EVERYBODY}", recommendation=made.id, agency=agency, answer=answer, reason=reason,
            by_whom=by_whom, on=today,
        )  # fmt: skip
        line.put(response)
    stored = workspace.actions_shelf.get(Response, response.id)
    assert stored is not None
    return stored


def withdraw(
    workspace: Workspace, recommendation_id: str, why: str, *, seen: Seen | None = None, by: str, now: datetime,
    today: date,
) -> Recommendation:  # fmt: skip
    """The recommendation taken back with the reason. It stays in the record; its actions go on."""
    why = sentence(why, "Say in a sentence why it is taken back.")
    with stroke(workspace, by=by, did="took a recommendation back", now=now, today=today, why=why, seen=seen) as line:
        planner(line.person, "take a recommendation back")
        line.put(_standing(line.get(Recommendation, recommendation_id)).model_copy(update={"withdrawn": why}))
    return find(workspace, Recommendation, recommendation_id)


def _standing(made: Recommendation) -> Recommendation:
    if made.withdrawn:
        raise InputError(f"{made.id} was taken back already: {made.withdrawn}")
    return made


def responses(workspace: Workspace, recommendation_id: str) -> tuple[Response, ...]:
    """What was answered to it, in the order of the first answers."""
    shelf = workspace.actions_shelf
    return shelf.under(Response, found(shelf, Recommendation, recommendation_id).id)


def waited_for(workspace: Workspace, made: Recommendation) -> list[str]:
    """Who has still to respond: agencies by id, or the partnership as a whole."""
    if made.withdrawn:
        return []
    answered = {one.agency for one in responses(workspace, made.id)}
    if not made.agencies:
        return [] if "" in answered else ["the partnership"]
    return [agency for agency in made.agencies if agency not in answered]


def running(plan: Plan) -> Plan:
    """The plan, if something can be added to it.

    Raises:
        InputError: It was ended.
    """
    if plan.ended:
        raise InputError(f"{plan.id} ({plan.title}) was ended, so nothing is added to it. Open another plan.")
    return plan
