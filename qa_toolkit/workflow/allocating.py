"""Proposing who scores what, and writing the proposal in one line; and who holds a case, as its agency says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, Stale
from qa_toolkit.domain.independence import Owed, Proposal, Ties, propose
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.promises import Excuse
from qa_toolkit.domain.states import State
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed, reading
from qa_toolkit.workflow.returns import require_open
from qa_toolkit.workflow.secondscores import beside


def record_ties(
    workspace: Workspace, return_id: str, *, holds: Iterable[str], supervises: Iterable[str], by: str, now: datetime
) -> Ties:
    """Who of the agency holds the case and who supervises it, in place of what was recorded before.

    Raises:
        InputError: Somebody named is not of this agency.
        NotAllowed: Somebody who is no co-ordinator speaks for another agency.
    """
    actor = allowed.person(workspace, by)
    file = workspace.audit(audit_of(return_id))
    require_open(workspace, file)
    owed = file.allocations.get(return_id.upper())
    if owed is None:
        raise NotFound(f"No return {return_id} is owed in {file.audit.id}.")
    if not actor.is_(Role.COORDINATOR) and actor.agency != owed.agency:
        raise NotAllowed(f"{actor.name} is not of {owed.agency}, so cannot say who holds this case there.")
    named = [tuple(dict.fromkeys(one.strip().lower() for one in people)) for people in (holds, supervises)]
    for who in (*named[0], *named[1]):
        if allowed.person(workspace, who).agency != owed.agency:
            raise InputError(f"{who} is not of {owed.agency}: each agency says who of its own holds the case.")
    made = Ties(id=owed.id, subject=owed.subject, agency=owed.agency, holds=named[0], supervises=named[1])
    with workspace.change(audit_journal(file.audit.id), by=by, did="said who holds the case", now=now) as change:
        change.put(made)
    return workspace.audit(file.audit.id).all(Ties)[owed.id]


def loads(workspace: Workspace, *, today: date, calendar: WorkingCalendar) -> dict[str, int]:
    """Returns that each person still has to send in, in every open audit."""
    found: dict[str, int] = {}
    for entry in reading.open_audits(workspace):
        at = reading.grid(workspace, entry.id, today=today, calendar=calendar)
        for cell in (*at.cells.values(), *at.seconds.values()):
            if cell.rater and cell.state.owed:
                found[cell.rater] = found.get(cell.rater, 0) + 1
    return found


def proposal(
    workspace: Workspace,
    audit_id: str,
    *,
    agencies: Iterable[str] = (),
    role: Role = Role.AUDITOR,
    today: date,
    calendar: WorkingCalendar,
) -> list[Proposal]:
    """Somebody for each return that nobody has begun or was named for, with the reason; writes nothing.

    What an agency does not know, or is excused, is not given out.

    Raises:
        NotFound: An agency that is named is not asked in this audit.
    """
    at = reading.grid(workspace, audit_id, today=today, calendar=calendar)
    chosen = tuple(agencies) or at.file.audit.agencies
    for agency in chosen:
        if agency not in at.file.audit.agencies:
            asked = ", ".join(at.file.audit.agencies)
            raise NotFound(f"There is no agency {agency} in {at.file.audit.id}: it asks {asked}.")
    excused = at.file.all(Excuse)
    owed = [
        Owed(cell.return_id, cell.agency)
        for cell in at.cells.values()
        if not cell.rater
        and cell.state is State.NOT_STARTED
        and cell.agency in chosen
        and cell.return_id not in excused
    ]
    seconds = {id: {one.rater for one in asked if not one.withdrawn} for id, asked in beside(at.file).items()}
    return propose(
        owed, workspace.people().values(), loads(workspace, today=today, calendar=calendar), at.file.all(Ties),
        role=role, today=today, beside=seconds,
    )  # fmt: skip


def allocate_all(workspace: Workspace, audit_id: str, proposals: Sequence[Proposal], *, by: str, now: datetime) -> int:
    """Name everybody whom the proposal names, in one line; gives how many. Returns without anybody are left.

    Raises:
        Stale: Somebody was named, or a tie was recorded, since the proposal was made.
    """
    allowed.coordinator(workspace, by, "allocate the returns of an audit")
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    named = [one for one in proposals if one.person]
    if not named:
        return 0
    with workspace.change(audit_journal(file.audit.id), by=by, did="allocated returns", now=now) as change:
        current, ties = change.shelf.all(Allocation), change.shelf.all(Ties)
        for one in named:
            tied = one.return_id in ties and not ties[one.return_id].of(one.person).independent
            if tied or current[one.return_id].rater:
                raise Stale(f"{one.return_id} was changed since this was proposed. Propose again; nothing was written.")
            change.put(current[one.return_id].model_copy(update={"rater": one.person}))
    return len(named)
