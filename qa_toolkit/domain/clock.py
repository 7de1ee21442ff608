"""The clock of an immediate safeguarding concern: what has to happen next, and by when. It only reminds."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import local, show_moment, zone

if TYPE_CHECKING:
    from qa_toolkit.domain.audits import FollowUp
    from qa_toolkit.domain.returns import Concern


class ConcernRules(NamedTuple):
    """The times of the clock, as data: partnerships set their own."""

    tell_within_hours: int = 2
    acknowledge_within_working_days: int = 1
    outcome_within_working_days: int = 5
    edition: str = "default 2026"


class ConcernClock(NamedTuple):
    """Where one concern stands."""

    stage: Literal["tell", "acknowledge", "outcome", "closed"]
    """What is waited for."""
    due: datetime | None
    overdue: bool
    sentence: str


def clock(
    concern: Concern,
    follow_up: FollowUp | None,
    now: datetime,
    calendar: WorkingCalendar,
    rules: ConcernRules | None = None,
) -> ConcernClock:
    """What is waited for, by when, and whether that has passed."""
    rules = rules or ConcernRules()
    if follow_up is not None and follow_up.closed_at is not None:
        return ConcernClock("closed", None, False, f"Closed {show_moment(follow_up.closed_at)}.")
    if not concern.told or concern.told_at is None:
        due = concern.raised_at + timedelta(hours=rules.tell_within_hours)
        return _clock("tell", due, now, "Nobody is recorded as told. Phone now, then record whom")
    if follow_up is None or follow_up.acknowledged_at is None:
        due = _end_of_working_day(concern.told_at, rules.acknowledge_within_working_days, calendar)
        words = f"{_capital(concern.told)} was told; waiting for their word that they have it"
        return _clock("acknowledge", due, now, words)
    due = _end_of_working_day(concern.raised_at, rules.outcome_within_working_days, calendar)
    return _clock("outcome", due, now, "Acknowledged; waiting for its outcome")


def _clock(stage: Literal["tell", "acknowledge", "outcome"], due: datetime, now: datetime, words: str) -> ConcernClock:
    overdue = now > due
    when = f"was due {show_moment(due)}" if overdue else f"due by {show_moment(due)}"
    return ConcernClock(stage, due, overdue, f"{'OVERDUE: ' if overdue else ''}{words} ({when}).")


def _end_of_working_day(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    day = calendar.add_working_days(local(start).date(), days)
    return datetime.combine(day, time(23, 59), tzinfo=zone()).astimezone(UTC)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
