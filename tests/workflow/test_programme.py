"""The year's plan: why each was chosen, what it asks of whom, and a reason for what was dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, START, a_workspace
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError, NotAllowed, Stale
from qa_toolkit.domain.programme import Because, Entry, Standing, check_months, loads, read_asks, year_at_a_glance
from qa_toolkit.domain.school_terms import read_terms
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.workflow import programme

WHY = "Two reviews named it, and the data show a rise."


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "w")


def planned(at: Workspace, title: str = "Early signs", first: str = "2027-03", last: str = "") -> Entry:
    return programme.plan(at, title, Kind.CASE_FILE, first, last, because=Because.REVIEW, why=WHY,
                          asks={"police": 8}, by=BOSS, now=START)  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2027-03", "", ("2027-03",)),
        ("2026-11", "2027-02", ("2026-11", "2026-12", "2027-01", "2027-02")),
    ],
)
def test_months_run_over_the_end_of_a_year(first: str, last: str, months: tuple[str, ...]) -> None:
    assert check_months(first, last) == months


@pytest.mark.parametrize(
    ("first", "last"), [("2027-13", ""), ("March", ""), ("2027-03", "2027-02"), ("2027-01", "2028-01")]
)
def test_what_is_no_month_is_refused(first: str, last: str) -> None:
    with pytest.raises(InputError):
        check_months(first, last)


def test_numbers_follow_the_year_of_the_first_month(at: Workspace) -> None:
    assert [planned(at).id, planned(at).id, planned(at, first="2028-01").id] == ["P-2027-01", "P-2027-02", "P-2028-01"]


@given(st.integers(1, 400), st.integers(0, 11))
def test_shares_over_the_months_add_up(returns: int, more: int) -> None:
    months = check_months("2027-01", f"2027-{more + 1:02}")
    entry = Entry(id="P", title="x", kind=Kind.CASE_FILE, because=Because.DATA, why=WHY, months=months,
                  asks={"police": returns})  # fmt: skip
    found = loads([entry])
    assert sum(load.returns for load in found) == returns
    assert max(load.returns for load in found) - min(load.returns for load in found) <= 1


def test_a_third_thing_at_once_is_too_much_and_what_is_dropped_asks_nothing(at: Workspace) -> None:
    for title in ("One", "Two"):
        planned(at, title)
    assert not any(load.too_much for load in programme.burdens(at))
    third = planned(at, "Three")
    (load,) = programme.burdens(at)
    assert (load.too_much, load.returns, len(load.entries)) == (True, 24, 3)
    programme.move(at, third.id, Standing.POSTPONED, reason="The inspection came first.", by=BOSS, now=START)
    assert not any(load.too_much for load in programme.burdens(at))
    assert programme.find(at, third.id).reason == "The inspection came first."


def test_what_is_taken_up_again_drops_the_reason_why_it_was_not(at: Workspace) -> None:
    entry = planned(at)
    programme.move(at, entry.id, Standing.POSTPONED, reason="The inspection came first.", by=BOSS, now=START)
    with pytest.raises(InputError, match="which group"):
        programme.move(at, entry.id, Standing.AGREED, by=BOSS, now=START)
    again = programme.move(at, entry.id, Standing.AGREED, tier="main board", by=BOSS, now=START)
    assert (again.reason, again.tier) == ("", "Main Board")


def test_a_group_is_one_of_those_that_there_are(at: Workspace) -> None:
    entry = planned(at)
    made = programme.move(at, entry.id, Standing.AGREED, tier="QA-group", by=BOSS, now=START)
    assert made.tier == "Quality Assurance Group"
    with pytest.raises(InputError, match="no group “The club” here: Quality Assurance Group,"):
        programme.move(at, entry.id, Standing.AGREED, tier="The club", by=BOSS, now=START)


def test_an_entry_is_revised_and_a_second_person_is_told(at: Workspace) -> None:
    entry = planned(at)
    again = programme.revise(at, entry.id, title="Late signs", kind=Kind.DIP_SAMPLE, first="2027-05",
                             because=Because.DATA, why=WHY, asks={"police": 3}, seen=seen(entry), by=BOSS,
                             now=START)  # fmt: skip
    assert (again.title, again.months, again.asks) == ("Late signs", ("2027-05",), {"police": 3})
    with pytest.raises(Stale):
        programme.move(at, entry.id, Standing.ABANDONED, reason="Nobody wants it now.", seen=seen(entry), by=BOSS,
                       now=START)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [("police 8, health=3", {"police": 8, "health": 3}), ("", {}), ("mental-health 2;", {"mental-health": 2})],
)
def test_what_is_asked_reads_as_people_write_it(text: str, found: dict[str, int]) -> None:
    assert read_asks(text) == found


@pytest.mark.parametrize("text", ["police", "police eight", "8", "police 1, police 2", "police ²"])
def test_what_asks_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_asks(text)


def test_own_school_terms_replace_those_of_the_same_months(at: Workspace) -> None:
    terms = read_terms(["Autumn = 7/9/2026 to 16/10/2026"])
    first = programme.set_terms(at, "Northshire", terms, by=BOSS, now=START)
    second = programme.set_terms(at, "Northshire, mended", terms, by=BOSS, now=START)
    assert list(programme.own_terms(at)) == [second.id]
    assert first.id != second.id
    with pytest.raises(InputError, match="whose"):
        programme.set_terms(at, " ", terms, by=BOSS, now=START)
    with pytest.raises(NotAllowed):
        programme.set_terms(at, "x", terms, by=RATER, now=START)


@pytest.mark.parametrize("standing", [Standing.POSTPONED, Standing.ABANDONED])
def test_what_is_dropped_keeps_its_reason(at: Workspace, standing: Standing) -> None:
    entry = planned(at)
    with pytest.raises(InputError, match="keeps the reason"):
        programme.move(at, entry.id, standing, by=BOSS, now=START)


def test_an_entry_is_tied_to_its_audit(at: Workspace) -> None:
    entry = planned(at)
    with pytest.raises(InputError, match="no audit"):
        programme.move(at, entry.id, Standing.RUNNING, audit="CE-2031-01", by=BOSS, now=START)
    made = programme.move(at, entry.id, Standing.RUNNING, audit="ce-2026-01", by=BOSS, now=START)
    assert (made.audit, made.standing) == ("CE-2026-01", Standing.RUNNING)


@pytest.mark.parametrize(
    ("more", "says"),
    [({"why": "because"}, "why it was chosen"), ({"asks": {"navy": 2}}, "no agency navy"),
     ({"asks": {"police": 0}}, "from 1 to"), ({"title": " "}, "title")],
)  # fmt: skip
def test_an_entry_without_its_reason_is_refused(at: Workspace, more: dict[str, object], says: str) -> None:
    given = {"title": "x", "why": WHY, **more}
    with pytest.raises(InputError, match=says):
        programme.plan(at, str(given.pop("title")), Kind.CASE_FILE, "2027-03", because=Because.DATA, by=BOSS, now=START,
                       **given)  # type: ignore[arg-type]  # fmt: skip


def test_only_a_co_ordinator_plans(at: Workspace) -> None:
    with pytest.raises(NotAllowed):
        programme.plan(at, "x", Kind.CASE_FILE, "2027-03", because=Because.DATA, why=WHY, by=RATER, now=START)


def test_twelve_months_at_a_glance(at: Workspace) -> None:
    planned(at, first="2027-02", last="2027-04")
    planned(at, first="2029-01")
    ((entry, marks),) = year_at_a_glance(programme.entries(at), "2027-01")
    assert (entry.id, marks) == ("P-2027-01", "·■■■········")
