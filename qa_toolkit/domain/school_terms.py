"""School terms, so that nobody plans a month in which schools cannot answer. A partnership may put its own in place.

The dates that ship are typical of England, in the pattern that most local authorities follow. They are nobody’s own:
authorities and academies set theirs apart by some days. Whose they are is always said beside them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar, Final

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.records import Frozen, Record

EDITION: Final = "typical dates for England, list of November 2026"


class Term(Frozen):
    """Half a term, from its first day to its last, both counted."""

    title: str
    first: date
    last: date


class TermDates(Record):
    """The partnership's own terms for some months; within their span the typical ones do not count. Id: `T-1`, …"""

    table: ClassVar[str] = "school_terms"

    whose: str
    """Whose dates these are, and of which year, such as “Northshire Council, 2026/27”."""
    terms: tuple[Term, ...]

    @property
    def first(self) -> date:
        """The first day of them all."""
        return self.terms[0].first

    @property
    def last(self) -> date:
        """The last day of them all."""
        return self.terms[-1].last


_TYPICAL: Final = {
    "2025/26": "2025-09-02 2025-10-24 2025-11-03 2025-12-19 2026-01-05 2026-02-13 2026-02-23 2026-03-27 2026-04-13 "
    "2026-05-22 2026-06-01 2026-07-21",
    "2026/27": "2026-09-02 2026-10-23 2026-11-02 2026-12-18 2027-01-04 2027-02-12 2027-02-22 2027-03-25 2027-04-12 "
    "2027-05-28 2027-06-07 2027-07-21",
    "2027/28": "2027-09-02 2027-10-22 2027-11-01 2027-12-17 2028-01-04 2028-02-11 2028-02-21 2028-03-31 2028-04-18 "
    "2028-05-26 2028-06-05 2028-07-21",
    "2028/29": "2028-09-04 2028-10-20 2028-10-30 2028-12-20 2029-01-04 2029-02-09 2029-02-19 2029-03-29 2029-04-16 "
    "2029-05-25 2029-06-04 2029-07-20",
}
_HALVES: Final = ("Autumn, first half", "Autumn, second half", "Spring, first half", "Spring, second half",
                  "Summer, first half", "Summer, second half")  # fmt: skip


def typical() -> tuple[Term, ...]:
    """The terms that ship."""
    found = []
    for line in _TYPICAL.values():
        days = [date.fromisoformat(day) for day in line.split()]
        found += [Term(title=title, first=days[2 * n], last=days[2 * n + 1]) for n, title in enumerate(_HALVES)]
    return tuple(found)


def terms_in_force(own: Iterable[TermDates]) -> tuple[Term, ...]:
    """The partnership's own terms, and the typical ones outside the span of any of its own; in order."""
    kept = list(own)
    held = [*_typical_outside(kept), *(term for one in kept for term in one.terms)]
    return tuple(sorted(held, key=lambda term: term.first))


def _typical_outside(own: Iterable[TermDates]) -> list[Term]:
    kept = list(own)
    return [term for term in typical() if not any(term.first <= one.last and term.last >= one.first for one in kept)]


def whose_are(own: Iterable[TermDates], first: date, last: date) -> str:
    """Whose dates are shown for a span, in words; and that nothing is known where the lists end."""
    kept = list(own)
    names = [one.whose for one in sorted(kept, key=lambda one: one.first) if one.first <= last and one.last >= first]
    if any(term.first <= last and term.last >= first for term in _typical_outside(kept)):
        names.append(f"{EDITION}, not your authority’s own")
    known = max((term.last for term in terms_in_force(kept)), default=first)
    if last > known + timedelta(days=60):
        names.append(f"none are known after {show_date(known)}")
    return "; ".join(names)


def marks(terms: Iterable[Term], month: str, parts: int = 4) -> str:
    """A month in parts of about a week: `t` where schools are in session on most of its weekdays, `·` elsewhere."""
    year, number = int(month[:4]), int(month[5:])
    length, held, found = monthrange(year, number)[1], tuple(terms), ""
    for part in range(parts):
        days = [date(year, number, day + 1) for day in range(length * part // parts, length * (part + 1) // parts)]
        weekdays = [day for day in days if day.weekday() < 5]
        open_days = sum(any(term.first <= day <= term.last for term in held) for day in weekdays)
        found += "t" if 2 * open_days > len(weekdays) else "·"
    return found


def in_words(terms: Iterable[Term], month: str) -> str:
    """The terms of a month, in words."""
    year, number = int(month[:4]), int(month[5:])
    first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    found = [f"{term.title}: {show_date(term.first)} to {show_date(term.last)}" for term in terms
             if term.first <= last and term.last >= first]  # fmt: skip
    return "; ".join(found) or "no school term"


def read_terms(lines: Iterable[str]) -> tuple[Term, ...]:
    """Terms as people write them, one a line: `Autumn, first half = 2/9/2026 to 23/10/2026`.

    Raises:
        InputError: A line that is none, a term that ends before it begins, or two that overlap.
    """
    found = []
    for line in (line.strip() for line in lines if line.strip()):
        title, equals, days = line.partition("=")
        first, to, last = days.partition(" to ")
        if not equals or not to or not title.strip():
            raise InputError(f"“{line[:60]}” is no term: write Autumn, first half = 2/9/2026 to 23/10/2026.")
        term = Term(title=title.strip(), first=parse_date(first), last=parse_date(last))
        if not timedelta(days=0) <= term.last - term.first <= timedelta(days=200):
            raise InputError(f"“{term.title}” runs from {show_date(term.first)} to {show_date(term.last)}: check it.")
        found.append(term)
    if not found:
        raise InputError("Give the terms, one a line: Autumn, first half = 2/9/2026 to 23/10/2026.")
    found.sort(key=lambda term: term.first)
    for before, after in pairwise(found):
        if after.first <= before.last:
            raise InputError(f"“{before.title}” and “{after.title}” overlap: check their dates.")
    return tuple(found)


def write_terms(terms: Iterable[Term]) -> str:
    """Terms as `read_terms` reads them."""
    return "\n".join(f"{term.title} = {show_date(term.first)} to {show_date(term.last)}" for term in terms)
