"""What a co-ordinator has to look at today, and what an owner of actions owes: counted from snapshots."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.people import Kept, Person
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Meeting
from qa_toolkit.domain.recordcheck import standings
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow.plans.tracking import Row, live_listing, rows_of, yardstick
from qa_toolkit.workflow.reading import open_audits

SOON = 20
"""Working days before its due date from which an action stands on its owner's home."""


class Silent(NamedTuple):
    """An agency that has answered nothing of an audit's record check."""

    audit: str
    agency: str
    asked: int


class Actions(NamedTuple):
    """Live actions that want something, worst first; one may stand in several."""

    overdue: list[Row]
    stale: list[Row]
    """Without an update for more than one review cycle, and not overdue."""
    waiting: list[Row]
    """Submitted or verified: closures waiting."""
    mine: list[Row]
    """Owned by the person, and overdue, due soon, or without an update."""
    meeting: Meeting | None = None
    """The one that sits, or comes next."""


def silent(workspace: Workspace) -> list[Silent]:
    """Agencies that were asked about children in an open audit and have not said a word."""
    found = []
    for entry in open_audits(workspace):
        file = workspace.audit(entry.id)
        if file.audit.subject != "child":
            continue
        owed: tuple[Allocation, ...] = tuple(file.allocations.values())
        found += [
            Silent(entry.id, one.agency, one.asked)
            for one in standings(file.audit.agencies, owed, file.record_checks) if one.silent
        ]  # fmt: skip
    return found


def actions(workspace: Workspace, person: Person, *, today: date, calendar: WorkingCalendar) -> Actions:
    """The live actions that want something."""
    if workspace.partnership_shelf.get(Kept, ACTIONS) is None:
        return Actions([], [], [], [])
    found, _ = live_listing(workspace)
    rows = sorted(
        rows_of(found, yardstick(workspace, today, calendar), person),
        key=lambda row: (-row.standing.days_overdue, row.action.due, row.action.id),
    )
    overdue = [row for row in rows if row.standing.days_overdue]
    return Actions(
        overdue=overdue, stale=[row for row in rows if row.standing.stale and not row.standing.days_overdue],
        waiting=[row for row in rows if row.standing.state in (State.SUBMITTED, State.VERIFIED)],
        mine=[row for row in rows if row.action.owner == person.id and _wants(row)],
        meeting=min(found.meetings, key=lambda one: (one.day, one.id), default=None),
    )  # fmt: skip


def _wants(row: Row) -> bool:
    where = row.standing
    done = where.state.submitted_or_later or where.state in (State.ON_HOLD, State.PROPOSED)
    return not done and (where.days_to_due <= SOON or where.stale)
