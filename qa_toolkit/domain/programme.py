"""A year's forward plan: what is audited when, why it was chosen, and what that asks of each agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.template.kind import Kind

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
AT_ONCE = 2
"""Audits, self-assessments and re-audits that one agency can be asked for in the same month; a third is pointed out."""


class Because(StrEnum):
    """What led to an entry."""

    DATA = "data"
    REVIEW = "review"
    INSPECTION = "inspection"
    EARLIER_AUDIT = "earlier_audit"
    STRATEGY = "strategy"

    @property
    def label(self) -> str:
        """In words."""
        return self.value.replace("_", " ").capitalize()


class Standing(StrEnum):
    """Where an entry stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RUNNING = "running"
    DONE = "done"
    POSTPONED = "postponed"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """In words."""
        return self.value.capitalize()

    @property
    def dropped(self) -> bool:
        """Whether it does not happen as planned; the reason is kept."""
        return self in (Standing.POSTPONED, Standing.ABANDONED)

    @property
    def counts(self) -> bool:
        """Whether it asks something of agencies."""
        return not self.dropped and self is not Standing.DONE


class Entry(Record):
    """One entry of the programme, in one year: recurring ones are entries of their own. The id is `P-2027-03`."""

    table: ClassVar[str] = "programme"

    title: str
    kind: Kind
    theme: str = ""
    because: Because
    why: str
    """Why it was chosen, in a sentence."""
    lead: str = ""
    """Role of the person who leads it."""
    tier: str = ""
    """The group that agreed it."""
    months: tuple[str, ...]
    """`2027-03`, …, in order."""
    asks: dict[str, int] = {}
    """Agency to the returns that it is asked for, over the whole of it."""
    standing: Standing = Standing.PROPOSED
    reason: str = ""
    """Why it was postponed or abandoned."""
    audit: str = ""
    """The audit that came of it."""


class Load(NamedTuple):
    """What one month asks of one agency."""

    month: str
    agency: str
    entries: tuple[str, ...]
    returns: int

    @property
    def too_much(self) -> bool:
        """Whether it is asked for more at once than it can be expected to bear."""
        return len(self.entries) > AT_ONCE


def check_months(first: str, last: str = "") -> tuple[str, ...]:
    """The months from first to last, both included, as `2027-03`.

    Raises:
        InputError: Not months, in the wrong order, or more than a year apart.
    """
    last = last or first
    for text in (first, last):
        if not _MONTH.fullmatch(text):
            raise InputError(f"“{text}” is no month: write the year and the month, such as 2027-03.")
    begin, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    if not 0 <= end - begin < 12:
        raise InputError(f"{last} does not follow {first} within a year: an entry runs twelve months at the most.")
    return tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(begin, end + 1))


def loads(entries: Iterable[Entry]) -> list[Load]:
    """What each month asks of each agency; the returns of an entry are shared out over its months, the rest first."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for entry in entries:
        if not entry.standing.counts:
            continue
        for agency, returns in entry.asks.items():
            whole, rest = divmod(returns, len(entry.months))
            for place, month in enumerate(entry.months):
                share = whole + (place < rest)
                if share:
                    found.setdefault((month, agency), []).append((entry.id, share))
    return [
        Load(month, agency, tuple(id for id, _ in parts), sum(count for _, count in parts))
        for (month, agency), parts in sorted(found.items())
    ]


def year_at_a_glance(entries: Mapping[str, Entry], first: str) -> list[tuple[Entry, str]]:
    """Each entry that touches the twelve months from `first`, with a mark for each of them: `■` or `·`."""
    months = twelve_months(first)
    shown = [entry for entry in entries.values() if set(entry.months) & set(months)]
    return [(entry, "".join("■" if month in entry.months else "·" for month in months)) for entry in shown]


def twelve_months(first: str) -> tuple[str, ...]:
    """That month and the eleven after it.

    Raises:
        InputError: It is no month.
    """
    check_months(first)
    return check_months(first, month_later(first, 11))


def month_later(month: str, count: int) -> str:
    """The month that many months later; earlier, if negative."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{number // 12}-{number % 12 + 1:02}"


def month_in_words(month: str) -> str:
    """`Mar 2027`."""
    return show_date(date(int(month[:4]), int(month[5:]), 1)).partition(" ")[2]


def read_asks(text: str) -> dict[str, int]:
    """What is asked of whom, as people write it: `police 8, health 8`.

    Raises:
        InputError: A part without a number, or an agency that is named twice.
    """
    found: dict[str, int] = {}
    for part in (part.strip() for part in text.replace(";", ",").replace("=", " ").split(",") if part.strip()):
        agency, _, count = part.rpartition(" ")
        if not agency.strip() or not count.isascii() or not count.isdecimal() or len(count) > 4:
            raise InputError(f"“{part[:40]}” gives no number: write an agency and how many returns, such as police 8.")
        agency = agency.strip().lower()
        if agency in found:
            raise InputError(f"{agency} is named twice: give one number for it.")
        found[agency] = int(count)
    return found
