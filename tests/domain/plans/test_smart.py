"""What the check of a wording finds, and that it finds nothing in one that can be followed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qa_toolkit.domain.plans import smart

TODAY = date(2026, 11, 23)
GOOD: dict[str, Any] = {
    "owner": "d.inspector@police", "agency": "police", "due": TODAY + timedelta(days=90),
    "measure": "9 of 10 files show the offer", "outcome": "Children are asked what happened while they were away",
}  # fmt: skip
TEXT = "Audit ten files for the offer of a return home interview"


def codes(text: str = TEXT, **other: Any) -> list[str]:
    return [remark.code for remark in smart.check(text, **{**GOOD, "today": TODAY, **other})]


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        (TEXT, {}, []),
        ("", {}, []),
        (TEXT, {"owner": ""}, ["owner"]),
        (TEXT, {"owner": "Head of early help"}, []),
        ("All agencies audit ten files for the offer", {}, ["all"]),
        ("Every partner audits ten files for the offer", {}, ["all"]),
        ("Tell each professional and all staff of the offer", {}, ["all"]),
        (TEXT, {"due": None}, ["date"]),
        (TEXT, {"due": TODAY + timedelta(days=366)}, []),
        (TEXT, {"due": TODAY + timedelta(days=367)}, ["far"]),
        ("Promote return home interviews", {}, ["verb"]),
        ("Remind teams of return home interviews", {}, ["verb"]),
        ("Consider how interviews are offered", {}, ["verb"]),
        ("Ensure that interviews are offered", {}, ["verb"]),
        ("Raise awareness of exploitation", {}, ["verb"]),
        ("Raise the threshold note to version 4", {}, []),
        ("Continue to offer interviews", {}, ["verb"]),
        ("Explore joint interviews with Lantern", {}, ["verb"]),
        ("Police should consider joint interviews", {}, ["verb"]),
        ("Health must promptly review its form", {}, ["verb"]),
        ("Education needs to strengthen its advice", {}, ["verb"]),
        ("To embed the new form in every team", {}, ["verb"]),
        (TEXT, {"measure": ""}, ["measure"]),
        (TEXT, {"measure": "More interviews are held"}, ["measure"]),
        (TEXT, {"measure": "Half of the files show it"}, []),
        ("Circulate the briefing on interviews", {"outcome": ""}, ["outcome"]),
        ("Circulate the briefing on interviews", {}, []),
        ("Audit ten files and train the team that wrote them", {}, ["two"]),
        ("Audit ten files; publish what they show", {"outcome": ""}, ["two", "outcome"]),
        ("Agree terms and conditions with the homes", {}, []),
        (TEXT, {"others": {"A-2024-003": "Audit ten files for offers of return home interviews"}}, ["alike"]),
        (TEXT, {"others": {"A-2024-003": "Train taxi drivers to know the signs"}}, []),
        ("All agencies should promote the leaflet and share it",
         {"owner": "", "due": None, "measure": "", "outcome": ""},
         ["all", "owner", "date", "verb", "two", "measure", "outcome"]),
    ],
)  # fmt: skip
def test_what_is_found(text: str, other: dict[str, Any], found: list[str]) -> None:
    assert codes(text, **other) == found


def test_a_recommendation_has_no_owner_or_day_of_its_own() -> None:
    remarks = smart.check("Screen at the first missing episode", today=TODAY, measure="9 of 10", of_action=False)
    assert remarks == []


def test_what_is_found_is_said_in_words() -> None:
    first, second = smart.check("All agencies should raise awareness", today=TODAY, measure="9 of 10", of_action=False)
    assert first.sentence == "“All agencies” is nobody in particular: name who does it."
    assert second.sentence == "“Raise awareness” has no end: what would be there when it is done?"


def test_the_likest_two_are_named_and_no_more() -> None:
    others = {
        "A-2020-001": "Audit files for the offer of a return home interview, all ten",
        "A-2021-001": TEXT, "A-2022-001": "Audit ten files for offers of interviews on return home",
    }  # fmt: skip
    found = [r.sentence.split()[0] for r in smart.check(TEXT, today=TODAY, others=others, **GOOD) if r.code == "alike"]
    assert len(found) == 2
    assert set(found) <= set(others)


def test_repeats_name_the_later_one_first() -> None:
    found = smart.repeated([("R-1", TEXT), ("R-2", "Train taxi drivers to know the signs"), ("R-3", TEXT)])
    assert [(later, earlier) for later, earlier, _ in found] == [("R-3", "R-1")]


@pytest.mark.parametrize("text", ["", "it", "Audit files"])
def test_a_few_words_are_like_nothing(text: str) -> None:
    assert smart.alike(text, {"A": text, "B": TEXT}) == []
