"""A strategy from a file: read strictly, and the day on which each commitment is next spoken to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import qa_toolkit.example
from qa_toolkit.domain.errors import TemplateError
from qa_toolkit.domain.plans.plan import Plan, Source, Statement
from qa_toolkit.domain.plans.strategy import MOST, months_after, read_strategy, statement_due

SHIPPED = Path(qa_toolkit.example.__file__).parent / "strategy.toml"
PAGE = Path(__file__).parents[3] / "docs" / "strategy-file.md"
SMALL = """
[plan]
title = "Our strategy"
[[headings]]
title = "Prevention"
[[headings.commitments]]
text = "Every school knows whom to call"
"""


def test_the_example_s_strategy_has_four_themes_and_scrutiny() -> None:
    found = read_strategy(SHIPPED.read_bytes(), SHIPPED.name)
    assert found.headings == [
        "Scrutiny and oversight", "Understand and identify", "Prevention", "Intervene and support",
        "Disrupt and bring to justice",
    ]  # fmt: skip
    assert (found.source, found.statement_months, len(found.commitments)) == (Source.STRATEGY, 6, 26)
    assert all(one.owner and one.aim for one in found.commitments)


def test_its_themes_and_agencies_are_those_of_the_example() -> None:
    from qa_toolkit.example import cast
    from qa_toolkit.store import library
    from qa_toolkit.workflow import setup

    template, _ = library.load("child-exploitation-case-file")
    found = read_strategy(SHIPPED.read_bytes(), SHIPPED.name)
    assert {theme for one in found.commitments for theme in one.themes} <= set(template.themes)
    agencies = {member.agency for member in cast.AGENCIES} | {"business-unit", ""}
    assert {one.agency for one in found.commitments} <= agencies
    assert found.tier in {tier.id for tier in setup.TIERS}


def test_what_the_page_shows_can_be_read() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    found = read_strategy(text.encode(), "page")
    assert (found.edition, found.commitments[0].agency) == ("2026 to 2029", "early-help")


def test_only_titles_and_texts_are_needed() -> None:
    found = read_strategy(b"\xef\xbb\xbf" + SMALL.encode(), "small.toml")
    assert (found.tier, found.statement_months, found.commitments[0].owner) == ("qa-group", 6, "")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[plan]", "[plan", "is no TOML file"),
        ('title = "Our strategy"', "", "[plan]: title is missing"),
        ('title = "Our strategy"', "title = 7", "[plan]: title is a text in quotes"),
        ('title = "Our strategy"', 'title = " a "', "[plan]: title is too short"),
        ("[plan]", '[plan]\nkind = "audit"', "kind is strategy or business_plan, not “audit”"),
        ("[plan]", "[plan]\nstatement_months = 0", "from 1 to 24"),
        ("[plan]", "[plan]\nstatement_months = true", "is a whole number"),
        ("[plan]", '[plan]\nowners = "x"', "there is no “owners” here; there are title"),
        ('title = "Prevention"', 'titel = "Prevention"', "heading 1: there is no “titel” here"),
        ('text = "Every school knows whom to call"', 'txt = "x"', "heading 1, commitment 1: text is missing"),
        ('text = "Every', 'themes = [1]\ntext = "Every', "commitment 1: themes are texts"),
        ("[[headings.commitments]]\n", "", "heading 1: there is no “text” here"),
        ("[[headings]]", "[headings]", "headings is a list"),
    ],
)  # fmt: skip
def test_a_file_is_read_strictly(old: str, new: str, why: str) -> None:
    assert old in SMALL
    with pytest.raises(TemplateError) as refused:
        read_strategy(SMALL.replace(old, new, 1).encode(), "small.toml")
    assert why in str(refused.value)


def test_every_fault_is_named_at_once() -> None:
    broken = SMALL.replace("title", "titel").replace("text", "txt")
    with pytest.raises(TemplateError) as refused:
        read_strategy(broken.encode(), "small.toml")
    assert len(refused.value.faults) == 6


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"headings = []", b"plan = 1\nheadings = [1, [2]]", b"[" * 5000])
def test_what_is_no_strategy_is_refused_without_a_traceback(raw: bytes) -> None:
    with pytest.raises(TemplateError):
        read_strategy(raw, "odd.toml")


def test_a_file_of_thousands_is_refused() -> None:
    more = '[[headings.commitments]]\ntext = "Every school knows"\n' * MOST
    with pytest.raises(TemplateError, match=f"up to {MOST} are read"):
        read_strategy((SMALL + more).encode(), "long.toml")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 6, date(2027, 5, 30)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_six_months_later(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_the_next_statement_is_due_after_the_last() -> None:
    plan = Plan(id="AP-2026-001", title="Ours", source=Source.STRATEGY, opened=date(2026, 1, 15))
    said = Statement(id="AP-2026-001/C01/S01", commitment="AP-2026-001/C01", on=date(2026, 6, 30), by="x", text="So")
    assert statement_due(plan, []) == date(2026, 7, 15)
    assert statement_due(plan, [said]) == date(2026, 12, 30)
