"""The co-ordinator's board on the home screen: what there is to look at today, each a digit away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qa_toolkit.domain.clock import clock
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.people import Tier
from qa_toolkit.workflow.reading import Today
from qa_toolkit.workflow.watchlist import Actions, Silent, silent

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


class Line(NamedTuple):
    """One thing to look at."""

    words: str
    go: Callable[[], None] | None
    """Where it leads; None where there is nothing."""


def board(app: QAApp, today: Today, actions: Actions) -> list[Line]:
    """Everything a co-ordinator looks at in the morning, always in this order: the digits stay the same."""
    quiet = silent(app.workspace)
    late, overdue = today.late, actions.overdue
    unheard = [
        one for one in today.concerns
        if clock(one.concern, one.follow_up, app.now(), app.calendar).stage in ("tell", "acknowledge")
    ]  # fmt: skip
    latest = f", the latest by {_days(late[0].late if late else 0)}"
    stale = "stale -overdue"
    worst = f", the latest by {_days(overdue[0].overdue if overdue else 0)}"
    return [
        _line("Returns late", len(late), latest, lambda: _late(app)),
        _line("Record checks without a word", len(quiet), f": {_who(quiet)}", lambda: _record_check(app, quiet)),
        _line("Concerns not acknowledged", len(unheard), "", lambda: _concern(app, unheard[0].return_id)),
        _line("Actions overdue", len(overdue), worst, lambda: _tracker(app, "overdue")),
        _line("Actions without an update", len(actions.stale), ", not overdue", lambda: _tracker(app, stale)),
        _line("Closures waiting", len(actions.waiting), "", lambda: _tracker(app, "waiting sort:updated")),
        _papers(app, actions),
    ]


def _line(title: str, count: int, more: str, go: Callable[[], None]) -> Line:
    return Line(f"{title}: {count}{more}", go) if count else Line(f"{title}: none", None)


def _papers(app: QAApp, actions: Actions) -> Line:
    meeting = actions.meeting
    if meeting is None:
        return Line("Next papers: no meeting is planned", None)
    tier = app.workspace.partnership_shelf.all(Tier).get(meeting.tier)
    name = tier.name if tier else meeting.tier
    words = f"Next papers: {_day(meeting.papers)}, for the {name} on {_day(meeting.day)} ({meeting.id})"
    return Line(words, lambda: _meeting(app, meeting.id))


def _day(text: str) -> str:
    return show_date(date.fromisoformat(text))


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def _who(quiet: list[Silent]) -> str:
    shown = [f"{one.agency} ({one.audit})" for one in quiet[:3]]
    return ", ".join([*shown, *([f"{len(quiet) - 3} more"] if len(quiet) > 3 else [])])


# Each screen is only loaded when somebody goes there.


def _late(app: QAApp) -> None:
    from qa_toolkit.tui.owed.late import LateScreen

    app.push_screen(LateScreen())


def _record_check(app: QAApp, quiet: list[Silent]) -> None:
    from qa_toolkit.tui.audits.record_check import RecordCheckScreen

    app.push_screen(RecordCheckScreen(quiet[0].audit))


def _concern(app: QAApp, return_id: str) -> None:
    from qa_toolkit.tui.scoring.concern import ConcernScreen

    app.push_screen(ConcernScreen(return_id))


def _meeting(app: QAApp, id: str) -> None:
    from qa_toolkit.tui.meetings.meeting import MeetingScreen

    app.push_screen(MeetingScreen(id))


def _tracker(app: QAApp, typed: str) -> None:
    from qa_toolkit.tui.actions.tracker import TrackerScreen

    app.push_screen(TrackerScreen(typed))
