"""What is owed over the open audits, as reminders count it: from the promised day, and without what is excused."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.chasing import Due, Excuse, Promise
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.reading import Cell, Grid, grid, open_audits


class Waiting(NamedTuple):
    """One return that is owed, with what was agreed about it."""

    cell: Cell
    due: Due
    """As the ladder counts it: from the promised day, where there is one."""
    promise: Promise | None
    second: bool = False
    """A blind second score: the agency owes the first, its rater this one."""


class Owing(NamedTuple):
    """What is owed over the open audits, and what was said about it."""

    grids: tuple[Grid, ...]
    waiting: tuple[Waiting, ...]
    excused: dict[str, Excuse]
    promised: dict[str, Promise]

    def of(self, agency: str) -> list[Waiting]:
        """What one agency owes."""
        return [one for one in self.waiting if one.cell.agency == agency]

    @property
    def agencies(self) -> list[str]:
        """Those that owe something, in alphabetical order."""
        return sorted({one.cell.agency for one in self.waiting})


def owing(workspace: Workspace, *, today: date, calendar: WorkingCalendar) -> Owing:
    """What is owed in the open audits; excused returns are told apart."""
    found = Owing(tuple(grid(workspace, one.id, today=today, calendar=calendar) for one in open_audits(workspace)),
                  (), {}, {})  # fmt: skip
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
    return found._replace(waiting=tuple(waiting))
