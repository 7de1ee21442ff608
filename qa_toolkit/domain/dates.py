"""Days and moments: read as people type them, shown as `23 Nov 2026` and `14:02:11`.

A day is typed `2026-11-23`, `23/11/2026` or `23 Nov 2026`: never month first, and always with the whole year. Moments
are kept in UTC and shown in the workspace's zone, which is Europe/London unless it says otherwise.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.text import shorten, visible

LONDON: Final = "Europe/London"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -]([0-9]{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[ /.-](?:[0-9]{1,2}|[a-z]{3,9})[ /.-][0-9]{2}", re.IGNORECASE)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?")
_SPLIT = re.compile(r"(.+?[0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:T|,?\s+(?:at\s+)?)([0-9]{1,2}[:.][0-9:]+)")
_YEARS: Final = range(1900, 2100)
_WAYS: Final = "type it as 23/11/2026, 23 Nov 2026 or 2026-11-23"


@cache
def zone(name: str = LONDON) -> ZoneInfo:
    """The time zone with that name."""
    return ZoneInfo(name)


def parse_date(text: str) -> date:
    """The day that was typed.

    Raises:
        AnswerError: It is no date, a date that does not exist, or one whose year is short or unlikely.
    """
    # A date has at most some thirty characters; what is longer is not looked at.
    typed = " ".join(text[:60].split())
    shown = shorten(visible(typed), 40)
    if len(text) <= 60:
        if match := _ISO.fullmatch(typed):
            return _day(shown, int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(typed):
            return _day(shown, int(match[3]), int(match[2]), int(match[1]))
        if match := _WORDS.fullmatch(typed):
            return _day(shown, int(match[3]), _month(match[2], shown), int(match[1]))
        if _SHORT_YEAR.fullmatch(typed):
            raise AnswerError(f"“{shown}” has a year of two digits: write all four, as in 23/11/2026.")
    raise AnswerError(f"“{shown}” is not a date: {_WAYS}." if typed else f"There is no date here: {_WAYS}.")


def _month(word: str, shown: str) -> int:
    for number, name in enumerate(_LONG, start=1):
        if name.startswith(word.lower()) or word.lower() == "sept" == name[:4]:
            return number
    raise AnswerError(f"“{shown}” has no month that can be read: {_WAYS}.")


def _day(shown: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        hint = " The day comes first, then the month." if 1 <= day <= 12 < month <= 31 else ""
        raise AnswerError(f"“{shown}” has no month {month}, because there are twelve: {_WAYS}.{hint}")
    if year not in _YEARS:
        raise AnswerError(f"“{shown}” lies outside {_YEARS[0]} to {_YEARS[-1]}: check the year.")
    try:
        return date(year, month, day)
    except ValueError:
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        raise AnswerError(
            f"“{shown}” does not exist, because {_LONG[month - 1].capitalize()} {year} has {last} days: check the day."
        ) from None


def parse_moment(text: str, tz: tzinfo | None = None) -> date | datetime:
    """What was typed as a day (`23/11/2026`), or as a day and a time there (`23/11/2026 14:05`) as an aware UTC moment.

    Raises:
        AnswerError: As for `parse_date`; or a time that is none, or that the clocks skipped that day.
    """
    typed = " ".join(text[:60].split())
    match = _SPLIT.fullmatch(typed)
    if len(text) > 60 or not match:
        return parse_date(text)
    day = parse_date(match[1])
    clock = _TIME.fullmatch(match[2])
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59 or int(clock[3] or 0) > 59:
        raise AnswerError(f"“{visible(match[2])}” is not a time of day: type it as 14:05.")
    place = tz or zone()
    local = datetime.combine(day, time(int(clock[1]), int(clock[2]), int(clock[3] or 0)), place)
    moment = local.astimezone(UTC)
    if moment.astimezone(place).time() != local.time():
        raise AnswerError(
            f"{match[2]} did not happen on {show_date(day)}, because the clocks went forward: use an hour later."
        )
    return moment


def show_date(day: date) -> str:
    """`23 Nov 2026`, whatever the language of the machine. A moment must be given its zone first (`show_moment`)."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def show_time(moment: datetime, tz: tzinfo | None = None) -> str:
    """`14:02:11`, in the zone."""
    return local(moment, tz).strftime("%H:%M:%S")


def show_moment(moment: datetime, tz: tzinfo | None = None, *, seconds: bool = False) -> str:
    """`23 Nov 2026 14:02`, in the zone."""
    there = local(moment, tz)
    return f"{show_date(there)} {there.strftime('%H:%M:%S' if seconds else '%H:%M')}"


def local(moment: datetime, tz: tzinfo | None = None) -> datetime:
    """The moment as the clocks in the zone show it; a moment without a zone is a fault of ours."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(tz or zone())


def day_of(moment: datetime, tz: tzinfo | None = None) -> date:
    """The day it is in the zone at that moment."""
    return local(moment, tz).date()


def end_of_day(day: date, tz: tzinfo | None = None) -> datetime:
    """The last microsecond of that day in the zone, in UTC. "As at" a date means this."""
    next_midnight = datetime.combine(day + timedelta(days=1), time(), tz or zone())
    return next_midnight.astimezone(UTC) - timedelta(microseconds=1)
