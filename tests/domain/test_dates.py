from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from qa_toolkit.domain.dates import (
    day_of,
    end_of_day,
    parse_date,
    parse_moment,
    show_date,
    show_moment,
    show_time,
    zone,
)
from qa_toolkit.domain.errors import AnswerError

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    ["2026-11-23", "23/11/2026", "23-11-2026", "23.11.2026", "23 Nov 2026", "23 november 2026", " 23  NOV 2026 ",
     "23rd Nov 2026", "23-Nov-2026", "23 Nov, 2026"],
)  # fmt: skip
def test_a_day_is_read_in_every_accepted_form(typed: str) -> None:
    assert parse_date(typed) == DAY


def test_the_day_always_comes_before_the_month() -> None:
    assert parse_date("03/04/2026") == date(2026, 4, 3)


def test_september_may_have_four_letters() -> None:
    assert parse_date("1 Sept 2026") == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02/2026", "February 2026 has 28 days"),
        ("30 Feb 2024", "February 2024 has 29 days"),
        ("31/12/2026x", "is not a date"),
        ("2026-04-31", "April 2026 has 30 days"),
        ("32/12/2026", "December 2026 has 31 days"),
        ("0/12/2026", "December 2026 has 31 days"),
        ("11/23/2026", "The day comes first"),
        ("23/11/26", "two digits"),
        ("23 Nov 26", "two digits"),
        ("23 Nev 2026", "no month"),
        ("23/11/2206", "outside 1900 to 2099"),
        ("0026-11-23", "outside 1900 to 2099"),
        ("yesterday", "is not a date"),
        ("", "no date here"),
        ("٢٣/١١/٢٠٢٦", "is not a date"),
        ("\x1b[2J", r"\x1b[2J"),
        ("9" * 1_000_000, "is not a date"),
    ],
)
def test_what_is_no_day_is_refused_in_one_sentence(typed: str, says: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        parse_date(typed)
    assert says in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 250


def test_days_are_shown_in_english_and_read_back() -> None:
    day = date(2015, 12, 31)
    while day < date(2017, 1, 2):
        assert parse_date(show_date(day)) == day
        day += timedelta(days=1)
    assert show_date(date(2026, 6, 3)) == "3 Jun 2026"


@pytest.mark.parametrize(
    ("moment", "time", "shown"),
    [
        (datetime(2026, 11, 23, 14, 2, 11, tzinfo=UTC), "14:02:11", "23 Nov 2026 14:02"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "00:30:00", "2 Jul 2026 00:30"),
    ],
)
def test_moments_are_shown_by_the_clocks_in_london(moment: datetime, time: str, shown: str) -> None:
    assert show_time(moment) == time
    assert show_moment(moment) == shown
    assert show_moment(moment, seconds=True) == shown + time[5:]


def test_a_moment_without_a_zone_is_never_guessed_at() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        show_time(datetime(2026, 11, 23, 14, 2))  # noqa: DTZ001


def test_the_day_is_the_day_in_the_zone() -> None:
    assert day_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 7, 1), date(2026, 12, 31)])
def test_the_end_of_a_day_is_the_last_instant_that_belongs_to_it(day: date) -> None:
    end = end_of_day(day)
    assert end.tzinfo is UTC
    assert day_of(end) == day
    assert day_of(end + timedelta(microseconds=1)) == day + timedelta(days=1)


def test_the_end_of_a_summer_day_is_an_hour_earlier_in_utc() -> None:
    assert end_of_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 22, 59, 59, 999999, tzinfo=UTC)
    assert end_of_day(date(2026, 7, 1), zone("UTC")).hour == 23


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("23/11/2026 14:05", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
        ("2026-11-23T14:05", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
        ("2026-11-23 14.05", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
        ("23 Nov 2026 at 9:05:07", datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC)),
        ("1/7/2026, 00:30", datetime(2026, 6, 30, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_day_with_a_time_is_a_moment(typed: str, moment: datetime) -> None:
    assert parse_moment(typed) == moment


def test_a_day_alone_stays_a_day() -> None:
    read = parse_moment("23/11/2026")
    assert read == DAY
    assert not isinstance(read, datetime)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("23/11/2026 25:00", "not a time"),
        ("23/11/2026 14:60", "not a time"),
        ("31/02/2026 14:05", "28 days"),
        ("29/03/2026 01:30", "clocks went forward"),
        ("14:05", "not a date"),
    ],
)
def test_a_moment_that_never_was_is_refused(typed: str, says: str) -> None:
    with pytest.raises(AnswerError, match=says):
        parse_moment(typed)
