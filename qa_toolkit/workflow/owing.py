"""What is owed over the open audits, as reminders count it: from the promised day, and without what is excused."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.chasing import Due, action_key
from qa_toolkit.domain.people import Kept
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.promises import Excuse, Promise
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow.plans.listed import live_listing
from qa_toolkit.workflow.plans.tracking import Row, rows_of, yardstick
from qa_toolkit.workflow.reading import Cell, Grid, grid, open_audits

SOON = 5
"""Working days before its due date from which an action is named in a message."""


class Waiting(NamedTuple):
    """One return that is owed, with what was agreed about it."""

    cell: Cell
    due: Due
    """As the ladder counts it: from the promised day, where there is one."""
    promise: Promise | None
    second: bool = False
    """A blind second score: the agency owes the first, its rater this one."""


class ActionDue(NamedTuple):
    """An action that is due soon or late, as reminders count it."""

    row: Row
    due: Due


class Owing(NamedTuple):
    """What is owed over the open audits, and what was said about it; and the agencies' actions that are due."""

    grids: tuple[Grid, ...]
    waiting: tuple[Waiting, ...]
    excused: dict[str, Excuse]
    promised: dict[str, Promise]
    actions: tuple[ActionDue, ...] = ()
    """Due within `SOON` working days or late; what is sensitive is never named in a message."""

    def actions_of(self, agency: str) -> list[ActionDue]:
        """The actions of one agency that are due soon or late."""
        return [one for one in self.actions if one.row.action.agency == agency]

    def of(self, agency: str) -> list[Waiting]:
        """What one agency owes."""
        return [one for one in self.waiting if one.cell.agency == agency]

    @property
    def agencies(self) -> list[str]:
        """Those that owe a return, in alphabetical order."""
        return sorted({one.cell.agency for one in self.waiting})


def owing(workspace: Workspace, *, today: date, calendar: WorkingCalendar) -> Owing:
    """What is owed in the open audits; excused returns are told apart."""
    opened = open_audits(workspace)
    grids = tuple(grid(workspace, one.id, today=today, calendar=calendar, whole=False) for one in opened)
    found = Owing(grids, (), {}, {})
    waiting: list[Waiting] = []
    for at in found.grids:
        found.excused.update(at.file.all(Excuse))
        found.promised.update(at.file.all(Promise))
        for cell in (*at.cells.values(), *at.seconds.values()):
            if not cell.state.owed or cell.return_id in found.excused:
                continue
            promise = found.promised.get(cell.return_id)
            day = promise.day if promise else cell.due
            days = calendar.days_late(day, today) or -calendar.working_days_between(today, day)
            waiting.append(Waiting(cell, Due(cell.return_id, days), promise, cell.return_id in at.seconds))
    return found._replace(waiting=tuple(waiting), actions=_actions(workspace, today, calendar))


def _actions(workspace: Workspace, today: date, calendar: WorkingCalendar) -> tuple[ActionDue, ...]:
    if workspace.partnership_shelf.get(Kept, ACTIONS) is None:
        return ()
    listed, _ = live_listing(workspace)
    found = []
    for row in rows_of(listed, yardstick(workspace, today, calendar)):
        action, where = row.action, row.standing
        worked_on = where.state.open and not where.state.submitted_or_later and where.state is not State.ON_HOLD
        days = calendar.days_late(action.due, today) or -calendar.working_days_between(today, action.due)
        if worked_on and days >= -SOON and action.agency and not action.sensitive:
            found.append(ActionDue(row, Due(action_key(action.id, action.due), days)))
    return tuple(sorted(found, key=lambda one: (-one.due.days, one.row.action.id)))
