from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.calendars import WorkingCalendar, elapsed

CALENDAR = england_and_wales()
PLAIN = WorkingCalendar("none", frozenset(), 2000, 2100)
MOVED = {2020: {date(2020, 5, 4): date(2020, 5, 8)}, 2022: {date(2022, 5, 30): date(2022, 6, 2)}}
ADDED = [date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)]


def easter(year: int) -> date:
    """Gauss's reckoning, another than the one that anybody would make the list with."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    days = 22 + d + e
    return date(year, 3, 1) + timedelta(days=days - 1 - (7 if (d, e) in ((29, 6), (28, 6)) else 0))


def by_rule(year: int) -> set[date]:
    """The holidays that the law's standing rules give."""

    def next_free(day: date, taken: set[date]) -> date:
        while day.weekday() > 4 or day in taken:
            day += timedelta(days=1)
        return day

    days = {next_free(date(year, 1, 1), set()), easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    days.add(next(d for n in range(1, 8) if (d := date(year, 5, n)).weekday() == 0))
    days.add(next(d for n in range(31, 24, -1) if (d := date(year, 5, n)).weekday() == 0))
    days.add(next(d for n in range(31, 24, -1) if (d := date(year, 8, n)).weekday() == 0))
    # Boxing Day on a Monday keeps its place; Christmas Day on the Sunday before it takes the Tuesday.
    real = {d for n in (25, 26) if (d := date(year, 12, n)).weekday() < 5}
    days |= real
    for day in (date(year, 12, 25), date(year, 12, 26)):
        if day not in real:
            days.add(next_free(day, days))
    return {MOVED.get(year, {}).get(day, day) for day in days} | {day for day in ADDED if day.year == year}


@pytest.mark.parametrize("year", range(2016, 2033))
def test_the_list_agrees_with_the_law_and_the_days_that_were_moved_or_added(year: int) -> None:
    assert {day for day in CALENDAR.holidays if day.year == year} == by_rule(year)


@pytest.mark.parametrize(
    "day",
    [date(2020, 5, 8), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2026, 12, 28),
     date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3), date(2016, 12, 27)],
)  # fmt: skip
def test_days_that_people_remember_are_holidays(day: date) -> None:
    assert not CALENDAR.is_working(day)


def test_the_days_that_were_moved_away_from_are_worked() -> None:
    assert CALENDAR.is_working(date(2020, 5, 4))
    assert CALENDAR.is_working(date(2022, 5, 30))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2026, 4, 2), 10, date(2026, 4, 20)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_working_days_are_added_across_weekends_and_holidays(start: date, count: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, count) == end


def test_counting_agrees_with_walking_day_by_day() -> None:
    start = date(2025, 12, 20)
    walked = 0
    for step in range(1, 400):
        end = start + timedelta(days=step)
        walked += CALENDAR.is_working(end)
        assert CALENDAR.working_days_between(start, end) == walked
        assert CALENDAR.working_days_between(end, start) == -walked


@pytest.mark.parametrize("count", [1, 5, 10, 250])
def test_adding_and_counting_are_each_others_reverse(count: int) -> None:
    start = date(2026, 3, 20)
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, count)) == count


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2026, 11, 26), 0),
        (date(2026, 11, 27), 0),
        (date(2026, 11, 28), 0),
        (date(2026, 11, 30), 1),
        (date(2026, 12, 1), 2),
    ],
)
def test_the_due_date_is_in_time_and_lateness_counts_working_days(today: date, late: int) -> None:
    friday = date(2026, 11, 27)
    assert CALENDAR.days_late(friday, today) == late


def test_a_day_beyond_the_list_is_said_in_a_sentence() -> None:
    assert CALENDAR.beyond(date(2026, 1, 1), date(2032, 12, 31)) is None
    said = CALENDAR.beyond(date(2026, 1, 1), date(2033, 1, 4))
    assert said is not None
    assert said.startswith("4 Jan 2033 lies outside the years 2016 to 2032")


def test_too_many_working_days_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="more than"):
        PLAIN.add_working_days(date(2026, 1, 1), 10**9)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "unit", "calendar", "amount", "words"),
    [
        (at(23, 9), at(24, 9), "hours", None, 24, "24 hours"),
        (at(23, 9), at(24, 9, 30), "hours", None, 24.5, "24.5 hours"),
        (at(23, 23), at(24, 1), "days", None, 1, "1 day"),
        (date(2026, 11, 23), date(2026, 11, 26), "hours", None, 72, "72 hours, counted in whole days"),
        (date(2026, 11, 23), at(24, 9), "hours", None, 24, "24 hours, counted in whole days"),
        (date(2026, 11, 27), date(2026, 11, 30), "days", CALENDAR, 1, "1 working day"),
        (date(2026, 11, 27), date(2026, 11, 30), "days", None, 3, "3 days"),
        (at(27, 18), at(30, 6), "hours", CALENDAR, 12, "12 working hours"),
        (at(28, 18), at(30, 6), "hours", CALENDAR, 6, "6 working hours"),
        (at(27, 9), at(27, 17), "hours", CALENDAR, 8, "8 working hours"),
        (at(28, 9), at(29, 17), "hours", CALENDAR, 0, "0 working hours"),
        (at(24, 9), at(23, 9), "hours", None, -24, "-24 hours"),
    ],
)
def test_time_is_counted_as_the_standard_says(
    start: date, end: date, unit: str, calendar: WorkingCalendar | None, amount: float, words: str
) -> None:
    took = elapsed(start, end, unit, calendar)  # type: ignore[arg-type]
    assert took.amount == pytest.approx(amount)
    assert str(took) == words


def test_hours_over_the_night_when_the_clocks_change_are_real_hours() -> None:
    from qa_toolkit.domain.dates import zone

    london = zone()
    start, end = datetime(2026, 3, 28, 12, tzinfo=london), datetime(2026, 3, 29, 12, tzinfo=london)
    assert elapsed(start, end, "hours").amount == 23


def test_exactly_the_limit_is_in_time() -> None:
    took = elapsed(at(23, 9), at(24, 9), "hours")
    assert took.within(24)
    assert not took.within(23.9)


def test_holidays_in_a_stretch_can_be_named() -> None:
    assert CALENDAR.holidays_between(date(2026, 12, 20), date(2027, 1, 1)) == [
        date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)
    ]  # fmt: skip
