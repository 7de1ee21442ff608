"""What a co-ordinator has to look at today, and what an owner of actions owes: counted from snapshots."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.people import Kept, Person, Role
from qa_toolkit.domain.plans.asked import AskedFor, asked_of
from qa_toolkit.domain.recordcheck import standings
from qa_toolkit.store import cache
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow.reading import open_audits

SOON = 20
"""Working days before its due date from which an action stands on its owner's home."""


class Silent(NamedTuple):
    """An agency that has answered nothing of an audit's record check."""

    audit: str
    agency: str
    asked: int


class Wanted(NamedTuple):
    """One live action that wants something, as little of it as a line needs."""

    id: str
    text: str
    owner: str
    sensitive: bool
    colour: str
    """In a word."""
    due: str
    """`2026-11-23`."""
    due_words: str
    overdue: int
    """Working days."""
    stale: bool
    waiting: bool
    """Submitted or verified: its closure waits."""
    soon: bool
    """Its owner has something to do: it is late, due soon, or without an update."""


class NextMeeting(NamedTuple):
    """The meeting that sits, or comes next."""

    id: str
    tier: str
    day: str
    papers: str


class Actions(NamedTuple):
    """Live actions that want something, worst first; one may stand in several."""

    overdue: list[Wanted]
    stale: list[Wanted]
    """Without an update for more than one review cycle, and not overdue."""
    waiting: list[Wanted]
    mine: list[Wanted]
    """Owned by the person, with something to do."""
    asked: list[AskedFor]
    """What meetings asked the person for."""
    meeting: NextMeeting | None = None


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
    """The live actions that want something; worked out once a day, and when a line is added."""
    if workspace.partnership_shelf.get(Kept, ACTIONS) is None:
        return Actions([], [], [], [], [])

    def compute(_: str) -> dict[str, Any]:
        return _worked_out(workspace, today, calendar)

    # A day, and the rules and people of the partnership's file, are part of what it was worked out from.
    version = (today.toordinal() * 1_000_000 + workspace.partnership_shelf.journal.seq) * 10 + _SHAPE
    kept = cache.cached(workspace.folder, "watchlist", [ACTIONS], compute, version=version).get(ACTIONS)
    if kept is None:
        return Actions([], [], [], [], [])
    everything = person.is_(Role.COORDINATOR, Role.CHAIR)
    rows = [Wanted(*one) for one in kept["actions"]]
    rows = [one for one in rows if everything or not one.sensitive or one.owner == person.id]
    return Actions(
        overdue=[one for one in rows if one.overdue], stale=[one for one in rows if one.stale and not one.overdue],
        waiting=[one for one in rows if one.waiting], mine=[one for one in rows if one.soon and one.owner == person.id],
        asked=asked_of((AskedFor(*one) for one in kept["asked"]), person),
        meeting=NextMeeting(*kept["meeting"]) if kept["meeting"] else None,
    )  # fmt: skip


_SHAPE = 2
"""Raised when what is kept changes, so that old snapshots are not used."""


def _worked_out(workspace: Workspace, today: date, calendar: WorkingCalendar) -> dict[str, Any]:
    # The records of plans and their rules take longer to load than the first screen has: only where a day is new.
    from qa_toolkit.domain.plans.lifecycle import State
    from qa_toolkit.domain.plans.meetings import Stage
    from qa_toolkit.workflow.plans.listed import live_listing
    from qa_toolkit.workflow.plans.tracking import rows_of, yardstick

    found, _ = live_listing(workspace)
    wanted = []
    for row in rows_of(found, yardstick(workspace, today, calendar)):
        action, where = row.action, row.standing
        idle = where.state.submitted_or_later or where.state in (State.ON_HOLD, State.PROPOSED)
        one = Wanted(
            id=action.id, text=action.text, owner=action.owner, sensitive=action.sensitive, colour=where.colour.label,
            due=action.due.isoformat(), due_words=where.due_words, overdue=where.days_overdue, stale=where.stale,
            waiting=where.state in (State.SUBMITTED, State.VERIFIED),
            soon=not idle and (where.days_to_due <= SOON or where.stale),
        )  # fmt: skip
        if one.overdue or one.stale or one.waiting or one.soon:
            wanted.append(one)
    wanted.sort(key=lambda one: (-one.overdue, one.due, one.id))
    to_come = (one for one in found.meetings if one.stage in (Stage.OPEN, Stage.PLANNED))
    following = min(to_come, key=lambda one: (one.day, one.id), default=None)
    meeting = following and [following.id, following.tier, following.day.isoformat(), following.papers.isoformat()]
    return {"actions": [list(one) for one in wanted], "meeting": meeting, "asked": [list(one) for one in found.asked]}
