"""The ladder: where an action goes by its days overdue, its extensions, a refusal or a decision, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.domain import chasing
from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.errors import TemplateError
from qa_toolkit.domain.plans.escalation import DEFAULT, ActionLadder, climbed, ladder_on
from qa_toolkit.domain.plans.rules_file import is_ladder, read_ladder

LEAD, QA, BUSINESS, BOARD = Rung.AGENCY_LEAD, Rung.QA_GROUP, Rung.BUSINESS_GROUP, Rung.MAIN_BOARD


@pytest.mark.parametrize(
    ("overdue", "extensions", "refused", "decided", "rung", "why"),
    [
        (0, 0, False, None, None, ""),
        (0, 1, False, None, None, ""),
        (1, 0, False, None, LEAD, "1 working day overdue (the rule: from 1)"),
        (19, 0, False, None, LEAD, "19 working days overdue (the rule: from 1)"),
        (20, 0, False, None, QA, "20 working days overdue (the rule: from 20)"),
        (0, 2, False, None, QA, "put off 2 times (the rule: from 2)"),
        (5, 2, False, None, QA, "put off 2 times (the rule: from 2)"),
        (59, 2, False, None, QA, "59 working days overdue (the rule: from 20)"),
        (60, 0, False, None, BUSINESS, "60 working days overdue (the rule: from 60)"),
        (0, 3, False, None, BUSINESS, "put off 3 times (the rule: from 3)"),
        (89, 7, False, None, BUSINESS, "89 working days overdue (the rule: from 60)"),
        (90, 0, False, None, BOARD, "90 working days overdue (the rule: from 90)"),
        (0, 0, True, None, BOARD, "its agency refuses it"),
        (0, 0, False, BUSINESS, BUSINESS, "a meeting took it there"),
        (20, 0, False, BUSINESS, BUSINESS, "a meeting took it there"),
        (90, 0, False, BUSINESS, BOARD, "90 working days overdue (the rule: from 90)"),
        (60, 0, False, BUSINESS, BUSINESS, "60 working days overdue (the rule: from 60)"),
    ],
)
def test_where_an_action_goes_and_why(
    overdue: int, extensions: int, refused: bool, decided: Rung | None, rung: Rung | None, why: str
) -> None:
    found = climbed(DEFAULT, overdue=overdue, extensions=extensions, refused=refused, decided=decided)
    assert (found.rung if found else None, found.reason if found else "") == (rung, why)


def test_late_returns_climb_the_same_rungs_at_the_same_days() -> None:
    """The tiers: a return's first reminders come before its day, and its agency's lead is told a few days later."""
    returns = {step.rung: step.day for step in chasing.DEFAULT.steps}
    actions = {trigger.rung: trigger.overdue for trigger in DEFAULT.triggers}
    assert {rung: returns[rung] for rung in (QA, BUSINESS)} == {rung: actions[rung] for rung in (QA, BUSINESS)}
    assert [rung for rung in Rung if rung in returns and rung in actions] == [LEAD, QA, BUSINESS]


def test_each_trigger_says_itself_in_a_sentence() -> None:
    assert [trigger.words for trigger in DEFAULT.triggers][1] == (
        "The Quality Assurance Group: 20 working days overdue, or put off 2 times; then a decision of the group."
    )


def example() -> str:
    """The ladder that the page on colours shows."""
    page = (Path(__file__).parents[3] / "docs" / "colours.md").read_text(encoding="utf-8")
    return page.rpartition("```toml\n")[2].partition("```")[0]


def test_the_ladder_that_the_page_shows_can_be_read() -> None:
    assert is_ladder(example().encode(), "ladder.toml")
    found = read_ladder(example().encode(), "ladder.toml")
    assert [(one.rung, one.overdue, one.extensions, one.refused) for one in found.triggers] == [
        (LEAD, 1, 0, False), (QA, 15, 2, False), (BOARD, 80, 0, True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('rung = "qa_group"', 'rung = "cabinet"', "trigger 2: “cabinet” is no rung: there are owner, agency_lead"),
        ('rung = "qa_group"', 'rung = "agency_lead"', "trigger 2: each rung is higher than the one before"),
        ("overdue = 15", "overdue = 1", "trigger 2: each rung is higher than the one before and reached later"),
        ("overdue = 1 ", "overdue = 0 ", "trigger 1: each rung is higher"),
        ("overdue = 80", "overdue = 8000", "reached later: 1 to 1000 days"),
        ("overdue = 15", 'overdue = "15"', "trigger 2: overdue is a whole number"),
        ("refused = true", "refuse = true", "trigger 3: there is no “refuse” here"),
        ('name = "Our ladder"', "", "name is missing"),
    ],
)
def test_a_ladder_is_read_strictly(old: str, new: str, why: str) -> None:
    assert old in example()
    with pytest.raises(TemplateError) as refused:
        read_ladder(example().replace(old, new, 1).encode(), "ladder.toml")
    assert why in str(refused.value)


def test_the_ladder_of_a_day_is_the_latest_in_force() -> None:
    own = ActionLadder(id="Ours", since=date(2026, 4, 1), triggers=DEFAULT.triggers[:1])
    assert ladder_on(date(2026, 3, 31), {"Ours": own}) is DEFAULT
    assert ladder_on(date(2026, 4, 1), {"Ours": own}) is own
