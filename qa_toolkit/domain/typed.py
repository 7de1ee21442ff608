"""Values as people type them, in one line: an option's words or its number, a date, a list with semicolons."""

from __future__ import annotations

import re
from typing import Any

from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Question
from qa_toolkit.domain.values import check_value, place_of

_MISSING = {
    "na": Missing.NOT_APPLICABLE,
    "n/a": Missing.NOT_APPLICABLE,
    "not applicable": Missing.NOT_APPLICABLE,
    "not_applicable": Missing.NOT_APPLICABLE,
    "not known": Missing.NOT_KNOWN,
    "not recorded": Missing.NOT_KNOWN,
    "not known or not recorded": Missing.NOT_KNOWN,
    "not_known": Missing.NOT_KNOWN,
    "not seen": Missing.NOT_SEEN,
    "not seen by this agency": Missing.NOT_SEEN,
    "not_seen": Missing.NOT_SEEN,
}
_TO = re.compile(r"\s+(?:to|until|→|–)\s+")


def read_missing(text: str) -> Missing | None:
    """Which way of having no answer was typed, or None if it is something else."""
    return _MISSING.get(" ".join(text.split()).casefold())


def read_value(template: Template, question: Question, part: Part, text: str) -> Any:
    """The value that was typed, in its plain form; None for nothing.

    A digit chooses an option by its place, where no option is called that.

    Raises:
        AnswerError: The part does not take it.
    """
    place, text = place_of(question, part), text.strip()
    if not text:
        return None
    return check_value(template, part, _raw(template, part, text, place), place)


def _raw(template: Template, part: Part, text: str, place: str) -> Any:
    match part.type:
        case PartType.CHOICE:
            return _by_digit(template, part, text)
        case PartType.CHOICES:
            return [_by_digit(template, part, one.strip()) for one in text.split(";") if one.strip()]
        case PartType.INTEGER | PartType.PERCENTAGE:
            unit = "%" if part.type is PartType.PERCENTAGE else part.unit
            plain = text.removesuffix(unit).strip().replace(",", "") if unit else text.replace(",", "")
            return int(plain) if re.fullmatch(r"-?[0-9]{1,15}", plain) else text
        case PartType.TIMED:
            ends = _TO.split(text)
            if len(ends) != 2:
                raise AnswerError(f"{place} takes two dates, such as 2/11/2026 10:00 to 4/11/2026 09:30.")
            return {"from": ends[0], "to": ends[1]}
        case PartType.EVIDENCE_LIST:
            return [one.strip() for one in re.split(r"[;\n]", text) if one.strip()]
        case PartType.MATRIX:
            return _matrix(template, part, text, place)
        case PartType.REPEAT:
            raise AnswerError(f"{place} takes several rows: enter them in the program, or from a file with --file.")
        case _:
            return text


def _by_digit(template: Template, part: Part, text: str) -> str:
    options = template.options_of(part)
    names = {name.casefold() for option in options for name in (option.value, option.label)}
    if text.isdecimal() and text.casefold() not in names and 1 <= int(text[:3]) <= len(options):
        return options[int(text) - 1].value
    return text


def _matrix(template: Template, part: Part, text: str, place: str) -> dict[str, str]:
    rows = {name.casefold(): row.id for row in part.rows for name in (row.id, row.label)}
    found = {}
    for pair in text.split(";"):
        name, equals, value = pair.partition("=")
        if not equals or name.strip().casefold() not in rows:
            ids = ", ".join(row.id for row in part.rows)
            raise AnswerError(f"{place} takes row=answer with semicolons between; its rows are {ids}.")
        found[rows[name.strip().casefold()]] = _by_digit(template, part, value.strip())
    return found
