"""What is shown and what is required, for given answers."""

from __future__ import annotations

from typing import Any

import pytest
from template_text import small, with_question

from qa_toolkit.domain.template.applying import (
    Facts,
    columns_shown,
    holds,
    in_sight,
    is_required,
    parts_shown,
    shown,
)
from qa_toolkit.domain.template.conditions import Condition
from qa_toolkit.domain.template.minutes import minutes, minutes_of
from qa_toolkit.domain.template.model import Template

FACTS = Facts(
    "police",
    {"care": "in_care", "episodes": 2, "placed": "2026-03-01"},
    {
        "Q1": {"answer": "no"},
        "Q2": {"answer": ["a", "b"], "days": 3},
        "Q3": {"answer": {"home": "red", "school": "green"}},
        "Q4": {"answer": [{"when": "2026-01-01"}, {"when": "2026-02-01"}]},
        "Q5": {"answer": ""},
        "Q6": {"answer": 0},
    },
)
COMPARISONS: list[tuple[dict[str, Any], bool]] = [
    ({"question": "Q1", "is": ["no", "partly"]}, True),
    ({"question": "Q1", "is": ["yes"]}, False),
    ({"question": "Q1", "is_not": ["yes"]}, True),
    ({"question": "Q1", "is_not": ["no"]}, False),
    ({"question": "Q2", "is": ["b"]}, True),
    ({"question": "Q2", "is_not": ["b"]}, False),
    ({"question": "Q2", "part": "days", "more_than": 2}, True),
    ({"question": "Q2", "part": "days", "more_than": 3}, False),
    ({"question": "Q2", "part": "days", "less_than": 4}, True),
    ({"question": "Q2", "part": "days", "more_than": 2, "less_than": 3}, False),
    ({"question": "Q2", "part": "hours", "answered": True}, False),
    ({"question": "Q3", "is": ["red"]}, True),
    ({"question": "Q4", "more_than": 1}, True),
    ({"question": "Q4", "more_than": 2}, False),
    ({"question": "Q5", "answered": True}, False),
    ({"question": "Q5", "answered": False}, True),
    ({"question": "Q6", "answered": True}, True),
    ({"question": "Q6", "less_than": 1}, True),
    ({"question": "Q9", "is": ["no"]}, False),
    ({"question": "Q9", "is_not": ["no"]}, False),
    ({"question": "Q9", "more_than": 0}, False),
    ({"question": "Q9", "answered": False}, True),
    ({"question": "Q1", "answered": False}, False),
    ({"header": "care", "is": ["in_care"]}, True),
    ({"header": "episodes", "more_than": 1}, True),
    ({"header": "other", "answered": True}, False),
    ({"header": "placed", "before": "2026-03-02"}, True),
    ({"header": "placed", "before": "2026-03-01"}, False),
    ({"header": "placed", "after": "2026-02-28"}, True),
    ({"agency": ["police", "health"]}, True),
    ({"agency": ["health"]}, False),
    ({"agency": ["health"], "question": "Q1", "is": ["no"]}, False),
    ({"all": [{"agency": ["police"]}, {"question": "Q1", "is": ["no"]}]}, True),
    ({"all": [{"agency": ["police"]}, {"question": "Q1", "is": ["yes"]}]}, False),
    ({"any": [{"agency": ["health"]}, {"question": "Q1", "is": ["no"]}]}, True),
    ({"any": [{"agency": ["health"]}, {"question": "Q1", "is": ["yes"]}]}, False),
    ({"question": "Q1", "is": ["no"], "any": [{"agency": ["health"]}]}, False),
]


@pytest.mark.parametrize(("condition", "expected"), COMPARISONS)
def test_a_condition_holds_or_not(condition: dict[str, Any], expected: bool) -> None:
    assert holds(Condition.model_validate(condition), FACTS) is expected


def ids(template: Template, facts: Facts) -> list[str]:
    """The ids of what is shown."""
    return [question.id for _, question in shown(template, facts)]


def test_a_question_is_shown_when_its_condition_holds() -> None:
    assert ids(small(), Facts("police", {}, {})) == ["S0-1", "UI-01", "J-1"]
    assert ids(small(), Facts("police", {}, {"UI-01": {"answer": "no"}})) == ["S0-1", "UI-01", "UI-02", "J-1"]


CHAIN = (
    'text = "x?"\ntype = "yes_no"\nshow_if = { question = "UI-02", more_than = 0 }\n\n'
    '[[sections.questions]]\nid = "XX-02"\ntext = "y?"\ntype = "yes_no"\nagencies = ["police"]\n'
    'show_if = { question = "UI-02", answered = false }'
)


def test_what_is_hidden_does_not_count() -> None:
    template = with_question(CHAIN)
    answers = {"UI-01": {"answer": "no"}, "UI-02": {"answer": 4}}
    assert ids(template, Facts("police", {}, answers)) == ["S0-1", "UI-01", "UI-02", "XX-01", "J-1"]
    answers["UI-01"] = {"answer": "yes"}
    assert ids(template, Facts("police", {}, answers)) == ["S0-1", "UI-01", "XX-02", "J-1"]
    assert dict(in_sight(template, Facts("police", {}, answers)).answers) == {"UI-01": {"answer": "yes"}}


def test_a_question_may_hang_on_a_later_one() -> None:
    second = '[[sections.questions]]\nid = "UI-02"'
    template = small(
        ('evidence = "required"', 'show_if = { question = "UI-09", answered = true }'),
        (second, f'[[sections.questions]]\nid = "UI-09"\ntext = "z?"\ntype = "yes_no"\n\n{second}'),
    )
    answers = {"UI-01": {"answer": "no"}, "UI-02": {"answer": 1}}
    assert ids(template, Facts("police", {}, answers)) == ["S0-1", "UI-09", "J-1"]
    answers["UI-09"] = {"answer": "yes"}
    assert ids(template, Facts("police", {}, answers)) == ["S0-1", "UI-01", "UI-09", "UI-02", "J-1"]


def test_a_hidden_section_hides_its_questions() -> None:
    template = small(('themes = ["plan"]', 'show_if = { header = "episodes", more_than = 0 }'))
    assert ids(template, Facts("police", {"episodes": 0}, {})) == ["S0-1", "J-1"]
    assert ids(template, Facts("police", {"episodes": 1}, {})) == ["S0-1", "UI-01", "J-1"]


def test_answers_of_another_agency_do_not_count() -> None:
    template = with_question(CHAIN)
    facts = in_sight(template, Facts("health", {}, {"XX-02": {"answer": "yes"}, "ZZ-99": {"answer": "yes"}}))
    assert dict(facts.answers) == {}
    assert len(facts.answers) == 0


def test_parts_are_shown_by_the_parts_before_them() -> None:
    question = with_question(
        'text = "x?"\ntype = "yes_no"\nparts = [{ id = "why", type = "yes_no", show_if = { is = ["no"] } }, '
        '{ id = "more", type = "short_text", show_if = { part = "why", is = ["yes"] } }]'
    ).questions["XX-01"]
    facts = Facts("police", {}, {})

    def parts(values: dict[str, Any]) -> list[str]:
        return [part.id for part in parts_shown(question, values, facts)]

    assert parts({}) == ["answer"]
    assert parts({"answer": "no"}) == ["answer", "why"]
    assert parts({"answer": "no", "why": "yes"}) == ["answer", "why", "more"]
    assert parts({"answer": "yes", "why": "yes"}) == ["answer"]


def test_columns_are_shown_by_the_columns_before_them() -> None:
    part = with_question(
        'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "offered", type = "yes_no" }, '
        '{ id = "when", type = "date", show_if = { part = "offered", is = ["yes"] } }]'
    ).questions["XX-01"].main  # fmt: skip
    facts = Facts("police", {}, {})
    assert [column.id for column in columns_shown(part, {"offered": "no"}, facts)] == ["offered"]
    assert [column.id for column in columns_shown(part, {"offered": "yes"}, facts)] == ["offered", "when"]


def test_required_if_decides_where_it_is_given() -> None:
    hard = 'text = "x?"\ntype = "yes_no"\n'
    facts = Facts("police", {}, {"S0-1": {"answer": "no"}})
    needed = with_question(hard + 'required_if = { question = "S0-1", is = ["no"] }').questions["XX-01"]
    assert is_required(needed, facts)
    assert not is_required(needed, Facts("police", {}, {}))
    assert is_required(with_question(hard).questions["XX-01"], facts)
    assert not is_required(with_question(hard + "required = false").questions["XX-01"], facts)


def test_minutes_add_up_by_type_and_agency() -> None:
    template = with_question('text = "x?"\ntype = "long_text"\nagencies = ["health"]')
    assert minutes_of(template.questions["XX-01"]) == 4
    assert minutes(template, "health") == minutes(template, "police") + 4
    own = with_question('text = "x?"\ntype = "long_text"\nminutes = 0.5').questions["XX-01"]
    assert minutes_of(own) == 0.5
    rows = 'text = "x?"\ntype = "matrix"\nscale = "rag"\nrows = ["a", "b", "c"]\nevidence = "required"'
    assert minutes_of(with_question(rows).questions["XX-01"]) == 2.5
