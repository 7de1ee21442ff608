"""Working days: Monday to Friday without the holidays of a dated list, and what is late by them.

A due date is inclusive: what is done on the day is in time, and it is overdue from the next day on. Lateness, slip and
ladders count working days, so something due on Friday is overdue on Saturday and one working day late on Monday.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Final, Literal

from qa_toolkit.domain.dates import local, show_date

_ONE_DAY: Final = timedelta(days=1)
_MOST_DAYS: Final = 10_000


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked, by a named edition of a list of holidays.

    Days outside `first_year` to `last_year` are counted as if they had no holidays; `beyond` says so in a sentence.
    """

    edition: str
    holidays: frozenset[date]
    first_year: int
    last_year: int

    @cached_property
    def _weekday_holidays(self) -> list[date]:
        return sorted(day for day in self.holidays if day.weekday() < 5)

    def is_working(self, day: date) -> bool:
        """Whether it is a Monday to Friday and no holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The day that many working days later (earlier, if negative); 0 gives the day itself, worked or not."""
        if abs(count) > _MOST_DAYS:
            raise ValueError(f"{count} working days are more than {_MOST_DAYS}")
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and with `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        days = _weekdays_through(end) - _weekdays_through(start)
        return days - (bisect_right(self._weekday_holidays, end) - bisect_right(self._weekday_holidays, start))

    def days_late(self, due: date, today: date) -> int:
        """Working days that have gone by since the due date; 0 up to and on it."""
        return max(0, self.working_days_between(due, today))

    def beyond(self, *days: date) -> str | None:
        """A sentence for the first day whose holidays this edition does not know, or None."""
        for day in days:
            if not self.first_year <= day.year <= self.last_year:
                return (
                    f"{show_date(day)} lies outside the years {self.first_year} to {self.last_year} whose holidays are "
                    f"known ({self.edition}), so only weekends were left out: check it when the list is renewed."
                )
        return None

    def holidays_between(self, start: date, end: date) -> list[date]:
        """The holidays on weekdays from `start` to `end`, both counted: for the explanation of a count."""
        held = self._weekday_holidays
        return held[bisect_left(held, start) : bisect_right(held, end)]


def _weekdays_through(day: date) -> int:
    """Mondays to Fridays from 1 January of year 1, a Monday, to the day."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long something took, as a standard counts it."""

    amount: float
    unit: Literal["hours", "days"]
    working: bool
    whole_days: bool
    """Only days were known, so whole days were counted: a day for 24 hours, and the same day for none."""

    def within(self, limit: float) -> bool:
        """Whether the standard was met; exactly the limit is in time."""
        return self.amount <= limit

    def __str__(self) -> str:
        number = f"{self.amount:,.0f}" if self.amount == int(self.amount) else f"{self.amount:,.1f}"
        unit = self.unit[:-1] if self.amount == 1 else self.unit
        words = f"{number} {'working ' if self.working else ''}{unit}"
        return words + (", counted in whole days" if self.whole_days and self.unit == "hours" else "")


def elapsed(
    start: date | datetime,
    end: date | datetime,
    unit: Literal["hours", "days"],
    calendar: WorkingCalendar | None = None,
    tz: tzinfo | None = None,
) -> Elapsed:
    """How long it was from `start` to `end`: in working time with a `calendar`, else in calendar time.

    Days are counted from date to date: the day after the start is 1, whatever the hour. Hours between two moments are
    real hours; in working time only those that fall on working days, 24 in each. Where one end or both is a day without
    a time, hours are whole days times 24, because nothing finer is known.
    """
    first, last = _day(start, tz), _day(end, tz)
    days = calendar.working_days_between(first, last) if calendar else (last - first).days
    if unit == "days":
        return Elapsed(days, "days", calendar is not None, whole_days=True)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return Elapsed(days * 24, "hours", calendar is not None, whole_days=True)
    # In UTC: Python takes two moments in one zone apart by the clock on the wall.
    seconds = (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
    if calendar:
        seconds = _working_seconds(start, end, calendar, tz)
    return Elapsed(seconds / 3600, "hours", calendar is not None, whole_days=False)


def _day(value: date | datetime, tz: tzinfo | None) -> date:
    return local(value, tz).date() if isinstance(value, datetime) else value


def _working_seconds(start: datetime, end: datetime, calendar: WorkingCalendar, tz: tzinfo | None) -> float:
    """Seconds on working days, by the clock on the wall: a day whose clocks change still counts as 24 hours."""
    if end < start:
        return -_working_seconds(end, start, calendar, tz)
    first, last = local(start, tz), local(end, tz)
    # Whole working days from the start of the first to the start of the last, then the two broken days.
    whole = calendar.working_days_between(first.date() - _ONE_DAY, last.date() - _ONE_DAY)
    seconds = whole * 86_400.0
    if calendar.is_working(first.date()):
        seconds -= _since_midnight(first)
    if calendar.is_working(last.date()):
        seconds += _since_midnight(last)
    return seconds


def _since_midnight(moment: datetime) -> float:
    return moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
