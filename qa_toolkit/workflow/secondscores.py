"""A blind second score: asking for one, taking that back, and how far the raters agree once all have sent theirs in."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.agreement import Agreement, Weights, agreement
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, NotReady
from qa_toolkit.domain.ids import return_id
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.sidebyside import SideBySide, side_by_side
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.sealing import Group, earlier_closed, seals


def ask(
    workspace: Workspace, of: str, rater: str, *, due: date | None = None, by: str, now: datetime, today: date
) -> SecondScore:
    """A second score of an agency’s return, by another rater of the agency, under the next number (`…-R2`).

    Raises:
        InputError: The rater scores it already, is of another agency, or has left.
        NotReady: The first return has been filed, so its answers have been open and a second score would not be blind.
    """
    file = workspace.audit(audit_of(of))
    first = file.allocations.get(of.upper())
    if first is None:
        raise NotFound(f"No return {of} is owed in {file.audit.id}. `qa audit show {file.audit.id}` lists them.")
    if not allowed.person(workspace, by).is_(Role.COORDINATOR):
        allowed.agency_lead(workspace, by, first.agency, "ask for a second score of its returns")
    named = allowed.active(workspace, rater, today)
    if named.agency != first.agency:
        raise InputError(f"{named.name} is of {named.agency}, and this return is {first.agency}’s: name one of theirs.")
    if first.id in file.received:
        raise NotReady(
            f"{first.id} has been filed, so its answers have been open to others and a second score would not be "
            "blind. Ask for it before the return is filed."
        )
    with workspace.change(audit_journal(file.audit.id), by=by, did="asked for a second score", now=now) as change:
        beside = {id: one for id, one in change.shelf.all(SecondScore).items() if one.of == first.id}
        taken = {workspace.ret(first.id).head.rater if first.id in file.started else first.rater}
        taken |= {one.rater for one in beside.values()}
        if rater in taken:
            raise InputError(f"{named.name} scores {first.id} already: a second score is somebody else’s.")
        number = len(beside) + 2
        made = SecondScore(
            id=return_id(first.subject, first.agency, number), subject=first.subject, agency=first.agency,
            rater=rater, due=due or first.due, asked=today, of=first.id,
        )  # fmt: skip
        change.put(made)
    return workspace.audit(file.audit.id).all(SecondScore)[made.id]


def withdraw(workspace: Workspace, second: str, reason: str, *, by: str, now: datetime) -> SecondScore:
    """The second score no longer asked for, with the reason; what its rater wrote stays theirs alone.

    Raises:
        NotReady: All raters have sent theirs in, so it stands.
    """
    allowed.coordinator(workspace, by, "take a second score back")
    file = workspace.audit(audit_of(second))
    owed = file.all(SecondScore).get(second.upper())
    if owed is None or owed.withdrawn:
        raise NotFound(f"No second score {second} is asked for in {file.audit.id}.")
    reason = clean(reason).strip()
    if len(reason) < 5:
        raise InputError("Say in a few words why the second score is taken back.")
    group = seals(workspace, owed.id).of(owed.id)
    if group is not None and not group.sealed:
        raise NotReady(f"All raters of {owed.of} have submitted, so the second score stands.")
    did = "took a second score back"
    with workspace.change(audit_journal(file.audit.id), by=by, did=did, now=now) as change:
        change.put(owed.model_copy(update={"withdrawn": reason}))
    return workspace.audit(file.audit.id).all(SecondScore)[owed.id]


class Scored(NamedTuple):
    """One agency’s return that was scored by more than one."""

    group: Group
    found: SideBySide | None
    """None while it is sealed."""
    again: tuple[str, ...]
    """Returns sent in more than once: what was changed after all could read each other’s is no longer blind."""


class Agreements(NamedTuple):
    """How far raters agree, for one child or a whole audit."""

    audit: str
    scored: tuple[Scored, ...]
    overall: Agreement
    sections: tuple[tuple[str, str, Agreement], ...]
    """Section id, title, agreement; only those in which something was rated by two."""


def agreements(
    workspace: Workspace, audit_id: str, *, by: str, subject: str = "", weights: Weights = Weights.ORDINAL
) -> Agreements:
    """How far raters agree over every return that was scored by more than one and is open.

    A co-ordinator, the chair and panel members see all of them, others those of their agency. While a group is sealed
    it says nothing but who is still scoring.
    """
    file = workspace.audit(audit_id)
    person = allowed.person(workspace, by)
    everything = person.is_(Role.COORDINATOR, Role.CHAIR, Role.PANEL)
    if why := earlier_closed(workspace, file.audit.id, by):
        raise NotAllowed(why)
    template = workspace.template(file.audit.template)
    if subject and subject.upper() not in file.subjects:
        raise NotFound(f"There is no case {subject} in {file.audit.id}. `qa audit show {file.audit.id}` lists them.")
    groups = {group.first.id: group for group in seals(workspace, file.audit.id).groups.values()}
    scored = []
    for group in groups.values():
        asked = [one for one in group.standings if not one.withdrawn]
        if len(asked) < 2 or (subject and group.first.subject != subject.upper()):
            continue
        if not everything and person.agency != group.first.agency:
            continue
        if group.sealed or not all(one.return_id in file.started for one in asked):
            scored.append(Scored(group, None, ()))
            continue
        returns = {one.return_id: workspace.ret(one.return_id) for one in asked}
        again = tuple(id for id, ret in returns.items() if ret.round > 1)
        facts = file.subjects[group.first.subject].facts
        scored.append(Scored(group, side_by_side(template, returns, facts), again))
    rated = [one for each in scored if each.found is not None for one in each.found.rated]
    sections = []
    for section in template.sections:
        found = agreement((item for id, item in rated if template.section_of[id].id == section.id), weights)
        if found.n:
            sections.append((section.id, section.title, found))
    return Agreements(file.audit.id, tuple(scored), agreement((item for _, item in rated), weights), tuple(sections))


def beside(file: AuditFile) -> dict[str, list[SecondScore]]:
    """For each agency’s return, the second scores that are asked for beside it."""
    found: dict[str, list[SecondScore]] = {}
    for one in file.all(SecondScore).values():
        if not one.withdrawn:
            found.setdefault(one.of, []).append(one)
    return found
