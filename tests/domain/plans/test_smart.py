"""What the check of a wording finds, and that it finds nothing in one that can be followed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qa_toolkit.domain.plans import smart
from qa_toolkit.domain.plans.smart import Earlier

TODAY = date(2026, 11, 23)
GOOD: dict[str, Any] = {
    "owner": "d.inspector@police", "due": TODAY + timedelta(days=90),
    "measure": "9 of 10 files show the offer", "outcome": "Children are asked what happened while they were away",
}  # fmt: skip
TEXT = "Audit ten files for the offer of a return home interview"


def codes(text: str = TEXT, **other: Any) -> list[str]:
    return [remark.code for remark in smart.check_action(text, **{**GOOD, "today": TODAY, **other})]


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
        (TEXT, {"earlier": {"A-2024-003": Earlier("Audit ten files for offers of return home interviews")}}, ["alike"]),
        (TEXT, {"earlier": {"A-2024-003": Earlier("Train taxi drivers to know the signs")}}, []),
        ("All agencies should promote the leaflet and share it",
         {"owner": "", "due": None, "measure": "", "outcome": ""},
         ["all", "owner", "date", "verb", "two", "measure", "outcome"]),
    ],
)  # fmt: skip
def test_what_is_found(text: str, other: dict[str, Any], found: list[str]) -> None:
    assert codes(text, **other) == found


def test_a_recommendation_has_no_owner_or_day_of_its_own() -> None:
    assert (
        smart.check_recommendation("Screen at the first missing episode", agencies=["health"], measure="9 of 10") == []
    )


def test_a_recommendation_that_is_put_to_nobody_by_name_says_so() -> None:
    (remark,) = smart.check_recommendation("Screen at the first missing episode", measure="9 of 10")
    assert remark.code == "owner"
    assert remark.sentence.startswith("No agency is asked to respond")


def test_what_is_found_is_said_in_words() -> None:
    first, second = smart.check_recommendation(
        "All agencies should raise awareness", agencies=["health"], measure="9 of 10"
    )
    assert first.sentence == "“All agencies” is nobody in particular: name who does it."
    assert second.sentence == "“Raise awareness” has no end: what would be there when it is done?"


def test_one_like_an_open_one_and_one_like_an_ended_one_are_told_apart() -> None:
    earlier = {"A-2026-003": Earlier(TEXT, "in progress"), "A-2024-007": Earlier(TEXT, "closed", ended=True)}
    said = [one.sentence for one in smart.check_action(TEXT, today=TODAY, earlier=earlier, **GOOD)]
    assert said == [
        "A-2024-007 (closed) says much the same: what did it not change? A repeat is worth reporting.",
        "A-2026-003 (in progress) says much the same: would it do to add to that one? A repeat is worth reporting.",
    ]


def test_the_likest_two_are_named_and_no_more() -> None:
    earlier = {
        "A-2020-001": Earlier("Audit files for the offer of a return home interview, all ten"),
        "A-2021-001": Earlier(TEXT), "A-2022-001": Earlier("Audit ten files for offers of interviews on return home"),
    }  # fmt: skip
    remarks = smart.check_action(TEXT, today=TODAY, earlier=earlier, **GOOD)
    found = [r.sentence.split()[0] for r in remarks if r.code == "alike"]
    assert len(found) == 2
    assert set(found) <= set(earlier)


@pytest.mark.parametrize("text", ["", "it", "Audit files"])
def test_a_few_words_are_like_nothing(text: str) -> None:
    assert smart.alike(text, {"A": text, "B": TEXT}) == []
