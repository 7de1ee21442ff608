"""Answers in words, the same on screens, in workbooks and in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.dates import parse_date, show_date, show_moment
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.template.model import HeaderField, Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Question
from qa_toolkit.domain.values import moment

NOT_ANSWERED = "Not answered"


def show_value(template: Template, question: Question, part: Part, value: Any) -> str:
    """One value in words."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    match part.type:
        case PartType.CHOICE:
            return _label(template, part, value)
        case PartType.CHOICES:
            return "; ".join(_label(template, part, one) for one in value)
        case PartType.INTEGER:
            return f"{value} {part.unit}".rstrip()
        case PartType.PERCENTAGE:
            return f"{value}%"
        case PartType.DATE:
            return _moment(value)
        case PartType.TIMED:
            return f"{_moment(value['from'])} to {_moment(value['to'])}"
        case PartType.EVIDENCE_LIST:
            return "; ".join(value)
        case PartType.MATRIX:
            rows = [row for row in part.rows if row.id in value]
            return "; ".join(f"{row.label}: {_label(template, part, value[row.id])}" for row in rows)
        case PartType.REPEAT:
            return " | ".join(
                f"{number}: {_row(template, question, part, row)}" for number, row in enumerate(value, start=1)
            )
        case _:
            return str(value)


def show_fact(field: HeaderField, value: Any) -> str:
    """A fact about a case or a return in words."""
    labels = {option.value: option.label for option in field.options}
    if value in (None, "", []):
        return "not entered"
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if field.type == "date":
        try:
            return show_date(parse_date(str(value)))
        except AnswerError:
            return str(value)
    return labels.get(str(value), str(value))


def _row(template: Template, question: Question, part: Part, row: dict[str, Any]) -> str:
    given = [column for column in part.columns if column.id in row]
    said = (f"{c.label or c.id} {show_value(template, question, c, row[c.id])}" for c in given)
    return "; ".join(said)


def _label(template: Template, part: Part, value: Any) -> str:
    return next((option.label for option in template.options_of(part) if option.value == value), str(value))


def _moment(text: str) -> str:
    found = moment(text)
    return show_moment(found) if isinstance(found, datetime) else show_date(found)


def show_answer(template: Template, question: Question, answer: Answer) -> str:
    """A whole answer in words, without its comment and evidence."""
    if answer.missing is not None:
        reason = f": {answer.reason}" if answer.reason and answer.missing is Missing.NOT_APPLICABLE else ""
        return f"{answer.missing.label}{reason}"
    said = []
    for part in question.parts:
        if part.id in answer.values:
            shown = show_value(template, question, part, answer.values[part.id])
            said.append(f"{part.label}: {shown}" if part.label and part is not question.main else shown)
        elif part.id in answer.unknown:
            said.append(f"{part.label or part.id}: not known")
    return "; ".join(said) or NOT_ANSWERED
