"""The rule sets: which rule fires first, what it says, and what an owner may say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError, TemplateError
from qa_toolkit.domain.plans.colour import (
    NUMBERS,
    Colour,
    Condition,
    Facts,
    Rule,
    RuleSet,
    check_rules,
    coloured,
    rules_on,
)
from qa_toolkit.domain.plans.rule_sets import DEFAULT, PERCENT, RAG, SHIPPED
from qa_toolkit.domain.plans.rules_file import read_rules

IN_TIME = Facts(
    closed=False, ended=False, submitted=False, begun=True, proposed=False, on_hold=False, days_overdue=0,
    days_to_due=60, days_to_start=0, progress=40, extensions=0, days_without_owner=0, days_since_update=3,
    milestones_missed=0, at_risk=False,
)  # fmt: skip
"""Begun, 60 working days to go, updated three days ago."""


def facts(**other: Any) -> Facts:
    return IN_TIME._replace(**other)


DONE = {"submitted": True}
CLOSED = {"submitted": True, "closed": True}


@pytest.mark.parametrize(
    ("rules", "given_facts", "sentence"),
    [
        (DEFAULT, {}, "Green: in time, with an update in this review cycle."),
        (DEFAULT, CLOSED | {"days_overdue": 9, "extensions": 5}, "Blue: closed, its evidence accepted."),
        (DEFAULT, {"ended": True, "days_overdue": 9}, "Grey: superseded or rejected."),
        (DEFAULT, {"proposed": True, "begun": False, "days_overdue": 9}, "Grey: proposed, and not agreed yet."),
        (DEFAULT, {"on_hold": True, "days_overdue": 9}, "Grey: on hold, with a day of review to come."),
        (DEFAULT, {"days_overdue": 1, "days_to_due": 0},
         "Red: past its due date and not submitted for closure (1 working day)."),
        (DEFAULT, {"days_overdue": 12, "days_to_due": 0},
         "Red: past its due date and not submitted for closure (12 working days)."),
        (DEFAULT, DONE | {"days_overdue": 12, "days_to_due": 0},
         "Green: in time, with an update in this review cycle."),
        (DEFAULT, {"begun": False, "days_to_due": 19},
         "Red: due within 20 working days and not begun (19 working days to go)."),
        (DEFAULT, {"begun": False, "days_to_due": 20}, "Green: in time, with an update in this review cycle."),
        (DEFAULT, {"begun": False, "days_to_due": 19, "days_to_start": 2, "progress": 80},
         "Grey: not due to start yet."),
        (DEFAULT, {"days_without_owner": 11}, "Red: without an owner for more than 10 working days (11 working days)."),
        (DEFAULT, {"days_without_owner": 10}, "Green: in time, with an update in this review cycle."),
        (DEFAULT, {"extensions": 3}, "Red: its date was put off three times or more (3 so far)."),
        (DEFAULT, {"days_since_update": 61},
         "Red: without an update for more than two review cycles (61 working days ago)."),
        (DEFAULT, {"days_to_due": 19, "progress": 74},
         "Amber: due within 20 working days and less than 75% done (74%)."),
        (DEFAULT, {"days_to_due": 19, "progress": 75}, "Green: in time, with an update in this review cycle."),
        (DEFAULT, {"extensions": 1}, "Amber: its date was put off once or twice (1 so far)."),
        (DEFAULT, {"extensions": 2}, "Amber: its date was put off once or twice (2 so far)."),
        (DEFAULT, {"milestones_missed": 1}, "Amber: a milestone was missed (1 missed)."),
        (DEFAULT, {"days_since_update": 31},
         "Amber: without an update for more than one review cycle (31 working days ago)."),
        (DEFAULT, {"days_since_update": 30}, "Green: in time, with an update in this review cycle."),
        (DEFAULT, {"at_risk": True}, "Amber: its owner says that it is at risk."),
        (DEFAULT, {"days_to_start": 4, "begun": False}, "Grey: not due to start yet."),
        (PERCENT, {"progress": 25}, "Red: up to 25% done (25%)."),
        (PERCENT, {"progress": 26}, "Amber: 26 to 75% done (26%)."),
        (PERCENT, {"progress": 75}, "Amber: 26 to 75% done (75%)."),
        (PERCENT, {"progress": 76}, "Green: more than 75% done (76%)."),
        (PERCENT, {"progress": 49, "days_overdue": 1}, "Red: past its date and less than half done (49%)."),
        (PERCENT, {"progress": 50, "days_overdue": 1}, "Amber: 26 to 75% done (50%)."),
        (PERCENT, CLOSED | {"progress": 10, "days_overdue": 1}, "Green: closed."),
        (PERCENT, {"proposed": True, "progress": 0}, "Grey: proposed, and not agreed yet."),
        (RAG, {}, "Green: on track."),
        (RAG, DONE | {"days_overdue": 3}, "Green: done."),
        (RAG, {"days_overdue": 3}, "Red: past its date and not done (3 working days)."),
        (RAG, {"days_to_due": 19}, "Amber: due within 20 working days (19 working days to go)."),
        (RAG, {"at_risk": True}, "Amber: its owner says that it is at risk."),
        (RAG, {"on_hold": True, "days_overdue": 3}, "Grey: on hold, with a day of review to come."),
    ],
)  # fmt: skip
def test_the_first_rule_that_matches_wins_and_is_named(
    rules: RuleSet, given_facts: dict[str, Any], sentence: str
) -> None:
    found = coloured(rules, facts(**given_facts))
    assert found.reason == sentence
    assert found.colour.label == sentence.partition(":")[0]


@pytest.mark.parametrize(
    ("given_facts", "says", "colour"),
    [
        ({"at_risk": True}, "amber", Colour.AMBER),
        ({"at_risk": True}, "red", Colour.RED),
        ({"at_risk": True, "days_overdue": 3}, "amber", Colour.RED),
        ({"at_risk": True, "extensions": 1}, "amber", Colour.AMBER),
        ({"at_risk": True, "extensions": 1}, "red", Colour.RED),
        ({"at_risk": True, "ended": True}, "red", Colour.GREY),
        ({"at_risk": True, "proposed": True}, "red", Colour.GREY),
        ({"at_risk": True, **DONE}, "red", Colour.GREEN),
        ({"at_risk": True, **CLOSED}, "red", Colour.BLUE),
    ],
)
def test_an_owner_may_say_worse_and_is_named_for_it(given_facts: dict[str, Any], says: str, colour: Colour) -> None:
    assert coloured(DEFAULT, facts(**given_facts), says).colour is colour


def test_a_worse_word_says_what_the_rules_would_have_said() -> None:
    found = coloured(DEFAULT, facts(at_risk=True, milestones_missed=2), "red")
    assert found.reason == "Red: its owner says so; by the rules it would be amber."


any_facts = st.builds(
    Facts, **{name: st.integers(0, 120) if name in NUMBERS else st.booleans() for name in Facts._fields}
)


@given(found=any_facts, rules=st.sampled_from(list(SHIPPED.values())), says=st.sampled_from(["", "amber", "red"]))
def test_what_an_owner_says_never_makes_it_better(found: Facts, rules: RuleSet, says: str) -> None:
    by_rules = coloured(rules, found._replace(at_risk=False))
    said = coloured(rules, found._replace(at_risk=bool(says)), says)
    assert said.colour.rank <= by_rules.colour.rank


@given(found=any_facts, rules=st.sampled_from(list(SHIPPED.values())))
def test_every_action_has_a_colour_that_is_in_the_legend(found: Facts, rules: RuleSet) -> None:
    colour, reason = coloured(rules, found)
    words = reason.removesuffix(".").partition(" (")[0]
    assert any(line.startswith(f"{colour.letter}  {words}") for line in rules.legend)


def test_the_rules_of_a_day_are_the_latest_that_were_in_force() -> None:
    first = RAG.model_copy(update={"id": "RAG/2025-04-01", "since": date(2025, 4, 1)})
    again = RAG.model_copy(update={"id": "RAG/2027-04-01", "since": date(2027, 4, 1), "version": "2"})
    between = PERCENT.model_copy(update={"id": "percent-thresholds/2026-04-01", "since": date(2026, 4, 1)})
    own = [again, first, between]
    found = [rules_on(date(year, 4, day), own, DEFAULT).title for year in (2025, 2026, 2027) for day in (1, 30)]
    assert rules_on(date(2025, 3, 31), own, DEFAULT) is DEFAULT
    assert found == ["RAG, version 1"] * 2 + ["percent-thresholds, version 1"] * 2 + ["RAG, version 2"] * 2


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ((), "has no rules"),
        ((Rule(colour=Colour.RED, words="x", when=(Condition(fact="mood", is_=True),)),), "none of: closed"),
        ((Rule(colour=Colour.RED, words="x", when=(Condition(fact="closed", least=1),)),), "is a yes or no"),
        ((Rule(colour=Colour.RED, words="x", when=(Condition(fact="progress", is_=True),)),), "is a number"),
        ((Rule(colour=Colour.RED, words="x", when=(Condition(fact="progress"),)),), "is a number"),
        ((Rule(colour=Colour.RED, words="x", shows="closed"),), "is no count"),
        ((Rule(colour=Colour.RED, words="x", when=(Condition(fact="progress", least=1),)),), "would have no colour"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(rules: tuple[Rule, ...], why: str) -> None:
    with pytest.raises(InputError, match=why):
        check_rules(RuleSet(id="Ours", version="1", since=date(2026, 1, 1), rules=rules))


@pytest.mark.parametrize("rules", SHIPPED.values(), ids=list(SHIPPED))
def test_the_shipped_rules_can_be_used(rules: RuleSet) -> None:
    assert check_rules(rules) is rules


def example() -> str:
    """The file that the page on colours shows."""
    page = (Path(__file__).parents[3] / "docs" / "colours.md").read_text(encoding="utf-8")
    return page.partition("```toml\n")[2].partition("```")[0]


def test_the_rules_that_the_page_shows_can_be_read() -> None:
    found = read_rules(example().encode(), "mine.toml")
    assert found.title == "Ours, version 1"
    assert coloured(found, facts(days_overdue=2)).reason == "Red: past its due date (2 working days)."


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('colour = "red"', 'colour = "purple"', "rule 2: “purple” is no colour"),
        ('colour = "red"', 'color = "red"', "rule 2: there is no “color” here"),
        ('fact = "days_overdue"', 'fact = "lateness"', "rule 2: it looks at “lateness”"),
        ("least = 1 }", 'least = "one" }', "rule 2: least is a whole number"),
        ("cycle_days = 30", "cycle_days = true", "cycle_days is a whole number"),
        ('name = "Ours"', 'name = "a/b"', "without a slash"),
        ('name = "Ours"\n', "", "name is missing"),
        ("[[rules]]", "[[rules", "is no TOML file"),
        ('words = "in time"', 'words = "in time"\nwhen = [{ fact = "begun", is = true }]', "would have no colour"),
        ('words = "in time"', 'words = "in time"\nwhen = ["begun"]', "a condition is written as"),
    ],
)  # fmt: skip
def test_a_file_of_rules_is_read_strictly(old: str, new: str, why: str) -> None:
    assert old in example()
    with pytest.raises(TemplateError) as refused:
        read_rules(example().replace(old, new, 1).encode(), "mine.toml")
    assert why in str(refused.value)
