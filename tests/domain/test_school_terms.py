"""School terms: typical ones until a partnership has its own, and always said whose they are."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.school_terms import (
    Term,
    TermDates,
    in_words,
    marks,
    read_terms,
    terms_in_force,
    typical,
    whose_are,
    write_terms,
)

OURS = TermDates(
    id="T-1", whose="Northshire, 2026/27",
    terms=(Term(title="Autumn", first=date(2026, 9, 7), last=date(2026, 10, 16)),
           Term(title="Summer", first=date(2027, 4, 12), last=date(2027, 7, 9))),
)  # fmt: skip


def test_typical_terms_are_in_order_begin_on_school_days_and_miss_christmas_and_easter() -> None:
    calendar = england_and_wales()
    for term in typical():
        assert calendar.is_working(term.first), term
        assert calendar.is_working(term.last), term
        assert term.first < term.last
        assert not any(day.month == 12 for day in calendar.holidays_between(term.first, term.last)), term
    for before, after in pairwise(typical()):
        assert 7 <= (after.first - before.last).days <= 50


@pytest.mark.parametrize(
    ("month", "weeks"),
    [("2026-11", "tttt"), ("2026-12", "tt··"), ("2027-02", "tt·t"), ("2027-08", "····"), ("2035-03", "····")],
)
def test_a_month_in_weeks(month: str, weeks: str) -> None:
    assert marks(typical(), month) == weeks


def test_own_terms_stand_in_the_place_of_typical_ones_of_the_same_span_only() -> None:
    terms = terms_in_force([OURS])
    assert marks(terms, "2026-11") == "····"
    assert marks(terms, "2026-05") == "ttt·"
    assert "Autumn: 7 Sep 2026 to 16 Oct 2026" in in_words(terms, "2026-09")
    assert in_words(terms, "2026-12") == "no school term"


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 10, 1), date(2027, 6, 1), "Northshire, 2026/27"),
        (date(2026, 1, 1), date(2026, 6, 1), "not your authority’s own"),
        (date(2029, 1, 1), date(2030, 1, 1), "none are known after 20 Jul 2029"),
    ],
)
def test_whose_they_are_is_said(first: date, last: date, says: str) -> None:
    assert says in whose_are([OURS], first, last)


def test_what_is_written_reads_back() -> None:
    assert read_terms(write_terms(typical()).splitlines()) == typical()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "Give the terms"),
        (["Autumn 2/9/2026 to 23/10/2026"], "is no term"),
        (["Autumn = 2/9/2026"], "is no term"),
        (["Autumn = 23/10/2026 to 2/9/2026"], "check it"),
        (["A = 2/9/2026 to 23/10/2026", "B = 20/10/2026 to 1/12/2026"], "overlap"),
        (["Autumn = 2/9/26 to 23/10/2026"], "two digits"),
    ],
)
def test_what_is_no_term_is_refused(lines: list[str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_terms(lines)
