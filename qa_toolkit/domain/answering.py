"""Answers checked against their question: values, reasons for none, cause, comment and evidence."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from qa_toolkit.domain import calendars
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.saying import show_answer, show_value
from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, Question
from qa_toolkit.domain.text import clean
from qa_toolkit.domain.typed import read_missing, read_value
from qa_toolkit.domain.values import check_values, moment

__all__ = [
    "Elapsed",
    "check_answer",
    "check_values",
    "elapsed",
    "is_weak",
    "read_missing",
    "read_value",
    "show_answer",
    "show_value",
]


def check_answer(template: Template, question: Question, answer: Answer) -> Answer:
    """The answer in the form in which it is kept.

    A reason for having no value clears the values; a cause stays only where the answer is weak.

    Raises:
        AnswerError: The question does not take a value, a reason for none, or an unknown part.
    """
    values = {} if answer.missing is not None else check_values(template, question, answer.values)
    if answer.missing is not None and answer.missing not in question.missing:
        raise AnswerError(f"{question.id} has to be answered: “{answer.missing.label}” is not offered there.")
    for part_id in answer.unknown:
        if part_id == MAIN or question.part(part_id) is None:
            names = ", ".join(part.id for part in question.parts if part.id != MAIN) or "none"
            raise AnswerError(f"{question.id} has no part “{part_id}” that can be not known. It has: {names}.")
    unknown = tuple(id for id in dict.fromkeys(answer.unknown) if id not in values) if answer.unknown and values else ()
    reason = clean(answer.reason) if answer.missing is not None else ""
    comment, evidence = clean(answer.comment), clean(answer.evidence)
    kept = (values, unknown, reason, comment, evidence)
    checked = answer
    # What comes from a screen is in this form already, nearly always.
    if kept != (answer.values, answer.unknown, answer.reason, answer.comment, answer.evidence):
        fields = ("values", "unknown", "reason", "comment", "evidence")
        checked = answer.model_copy(update=dict(zip(fields, kept, strict=True)))
    if checked.cause is not None and not is_weak(template, question, checked):
        return checked.model_copy(update={"cause": None})
    return checked


def is_weak(template: Template, question: Question, answer: Answer) -> bool:
    """Whether any part took an option that its scale marks as weak."""
    return any(_weak(template, part, answer.values.get(part.id)) for part in question.parts)


def _weak(template: Template, part: Part, value: Any) -> bool:
    if value is None:
        return False
    weak = {option.value for option in template.options_of(part) if option.weak}
    if isinstance(value, dict):
        return any(isinstance(one, str) and one in weak for one in value.values())
    return isinstance(value, str) and value in weak


class Elapsed(NamedTuple):
    """How long something took, and whether that kept the standard."""

    amount: float
    """In the unit of the standard, or in days where there is none."""
    unit: str
    met: bool | None
    """None where there is no standard."""
    sentence: str


def elapsed(part: Part, value: Any, calendar: WorkingCalendar | None = None) -> Elapsed:
    """How long a timed pair took, held against the part's standard."""
    begun, ended = moment(value["from"]), moment(value["to"])
    standard = part.standard
    unit: Literal["hours", "days"] = standard.unit if standard else "days"
    counted = calendar if standard and standard.days == "working" else None
    took = calendars.elapsed(begun, ended, unit, counted)
    if standard is None:
        return Elapsed(took.amount, unit, None, f"{took}.")
    met = took.within(standard.within)
    kind = "working " if standard.days == "working" else ""
    sentence = f"{took}: {'within' if met else 'outside'} the standard of {standard.within} {kind}{standard.unit}."
    return Elapsed(took.amount, unit, met, sentence)
