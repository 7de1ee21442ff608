"""Rules 2 and 7: what a question takes, how it is kept and how it is said; typed, kept and said, it is the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders_scoring import every_type
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.answering import check_answer, is_weak, read_missing, read_value, show_answer, show_value
from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.header import check_facts
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Question
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.values import check_value

EVERY = read_template(every_type(), "every.toml")


def parts_of(type: PartType) -> list[tuple[Question, Part]]:
    return [(q, p) for q in EVERY.questions.values() for p in q.parts if p.type is type]


def test_the_template_has_a_part_of_every_type() -> None:
    assert {p.type for q in EVERY.questions.values() for p in q.parts} == set(PartType)


WRONG: dict[PartType, list[Any]] = {
    PartType.CHOICE: ["perhaps", 3, ["yes"]],
    PartType.CHOICES: [["nowhere"], {"a": 1}, 7],
    PartType.INTEGER: ["three", 2.5, "1e3", True, 10**9, -1],
    PartType.PERCENTAGE: [101, -1, "half"],
    PartType.DATE: ["31/02/2026", "yesterday", 5, "2026-13-01"],
    PartType.TIMED: [{"from": "2026-01-02"}, "2026-01-02", {"from": "2026-05-02", "to": "2026-05-01"}],
    PartType.SHORT_TEXT: ["x" * 301, 5],
    PartType.LONG_TEXT: [5, ["a"]],
    PartType.EVIDENCE_LIST: ["one text", [5]],
    PartType.MATRIX: [{"no such row": "yes"}, "yes"],
    PartType.REPEAT: [{"a": 1}, ["text"], [{"no such column": 1}]],
}


@pytest.mark.parametrize(("type", "value"), [(t, v) for t, values in WRONG.items() for v in values], ids=str)
def test_a_value_that_it_does_not_take_is_refused_in_a_sentence(type: PartType, value: Any) -> None:
    question, part = parts_of(type)[0]
    with pytest.raises(AnswerError) as refused:
        check_value(EVERY, part, value, question.id)
    assert question.id in str(refused.value)
    assert str(refused.value).endswith((".", "?"))


def _values(type: PartType, template: Template, part: Part) -> st.SearchStrategy[Any]:
    options = [option.value for option in template.options_of(part)]
    texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
    days = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(date.isoformat)
    match type:
        case PartType.CHOICE:
            return st.sampled_from(options)
        case PartType.CHOICES:
            some = st.lists(st.sampled_from(options), min_size=1, unique=True)
            return some.map(lambda chosen: sorted(chosen, key=options.index))
        case PartType.INTEGER:
            return st.integers(part.min or 0, part.max if part.max is not None else 1000)
        case PartType.PERCENTAGE:
            return st.integers(0, 100)
        case PartType.DATE:
            return days
        case _:
            return texts


@pytest.mark.parametrize(
    "type",
    [PartType.CHOICE, PartType.CHOICES, PartType.INTEGER, PartType.PERCENTAGE, PartType.DATE, PartType.SHORT_TEXT],
)
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_said_can_be_typed_back(type: PartType, data: st.DataObject) -> None:
    question, part = data.draw(st.sampled_from(parts_of(type)))
    value = data.draw(_values(type, EVERY, part))
    kept = check_value(EVERY, part, value, question.id)
    said = show_value(EVERY, question, part, kept)
    assert read_value(EVERY, question, part, said) == kept
    assert check_value(EVERY, part, kept, question.id) == kept


@pytest.mark.parametrize(
    ("typed", "missing"),
    [("not applicable", Missing.NOT_APPLICABLE), ("Not known", Missing.NOT_KNOWN), ("NOT SEEN", Missing.NOT_SEEN),
     ("yes", None)],
)  # fmt: skip
def test_a_reason_for_no_value_can_be_typed(typed: str, missing: Missing | None) -> None:
    assert read_missing(typed) is missing


def _scored() -> Question:
    return next(q for q in EVERY.questions.values() if q.main.scale == "yes_partly_no" and len(q.missing) == 3)


def test_a_reason_for_no_value_clears_the_value_and_a_value_the_reason() -> None:
    question = _scored()
    gone = check_answer(EVERY, question, Answer(id=question.id, values={"answer": "yes"}, missing=Missing.NOT_SEEN))
    assert (gone.values, gone.missing) == ({}, Missing.NOT_SEEN)
    back = check_answer(EVERY, question, Answer(id=question.id, values={"answer": "yes"}, reason="old"))
    assert (back.values, back.reason) == ({"answer": "yes"}, "")


def test_a_cause_stays_only_with_a_weak_answer() -> None:
    question = _scored()
    weak = Answer(id=question.id, values={"answer": "no"}, cause=Cause.PARTNER)
    assert is_weak(EVERY, question, weak)
    assert check_answer(EVERY, question, weak).cause is Cause.PARTNER
    assert check_answer(EVERY, question, weak.model_copy(update={"values": {"answer": "yes"}})).cause is None


def test_the_five_kinds_of_nothing_are_said_apart() -> None:
    question = _scored()
    said = {show_answer(EVERY, question, Answer(id=question.id, missing=missing)) for missing in Missing}
    said.add(show_answer(EVERY, question, Answer(id=question.id)))
    assert len(said) == 4  # the fifth, no return at all, has no answer to say


def test_a_reason_that_is_not_offered_is_refused() -> None:
    question = next(q for q in EVERY.questions.values() if not q.missing)
    with pytest.raises(AnswerError, match="has to be answered"):
        check_answer(EVERY, question, Answer(id=question.id, missing=Missing.NOT_KNOWN))


def test_facts_are_read_as_typed_and_a_slip_is_pointed_at() -> None:
    assert check_facts(EVERY, {"age_band": "13 to 14"}, about="subject") == {"age_band": "13_to_14"}
    assert check_facts(EVERY, {"files": "3"}, about="return") == {"files": 3}
    with pytest.raises(AnswerError, match="Did you mean age_band"):
        check_facts(EVERY, {"age_bend": "x"}, about="subject")
    with pytest.raises(AnswerError, match="whole number"):
        check_facts(EVERY, {"files": "three"}, about="return")
