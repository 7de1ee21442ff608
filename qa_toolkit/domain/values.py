"""Typed values: whether a part of a question takes one, and the plain form in which it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from qa_toolkit.domain.dates import parse_date, parse_moment, zone
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, PartType, Question
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.domain.text import clean

MOST_ROWS = 200
"""Rows of a repeating group, or references in a list."""

SHORT = 300
"""Characters of a short text."""

LARGEST = 1_000_000
"""A whole number larger than this is a slip of the keyboard."""


def check_values(template: Template, question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a question's parts in their plain form; parts that were left empty are left out.

    Raises:
        AnswerError: A part that the question does not have, or a value that the part does not take.
    """
    checked = {}
    for part_id, value in values.items():
        part = question.part(part_id)
        if part is None:
            names = ", ".join(part.id for part in question.parts)
            raise AnswerError(f"{question.id} has no part “{part_id}”. It has: {names}.")
        plain = check_value(template, part, value, place_of(question, part))
        if plain not in (None, "", [], {}):
            checked[part_id] = plain
    return checked


def place_of(question: Question, part: Part) -> str:
    """How a refusal names a part: by its question alone, where that has no other."""
    return f"{question.id}, {part.label or part.id}," if len(question.parts) > 1 else question.id


def check_value(template: Template, part: Part, value: Any, place: str) -> Any:
    """One value in its plain form; `place` begins the sentence of a refusal."""
    if value is None or value == "":
        return None
    match part.type:
        case PartType.CHOICE:
            return _option(template.options_of(part), value, place)
        case PartType.CHOICES:
            return _options(template.options_of(part), value, place)
        case PartType.INTEGER | PartType.PERCENTAGE:
            return _integer(part, value, place)
        case PartType.DATE:
            return _date(value, place)
        case PartType.TIMED:
            return _timed(value, place)
        case PartType.SHORT_TEXT:
            return _text(value, place, SHORT)
        case PartType.LONG_TEXT:
            return _text(value, place)
        case PartType.EVIDENCE_LIST:
            return [text for one in _rows(value, place) if (text := _text(one, place).strip())]
        case PartType.MATRIX:
            return _matrix(template, part, value, place)
        case PartType.REPEAT:
            return _repeat(template, part, value, place)


def _option(options: tuple[Option, ...], value: Any, place: str) -> str:
    if isinstance(value, str):
        wanted = value.strip().casefold()
        for option in options:
            if wanted in (option.value.casefold(), option.label.casefold()):
                return option.value
    labels = [option.label for option in options]
    near = get_close_matches(str(value)[:60], labels, 1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    said = ", ".join(labels[:-1]) + f" or {labels[-1]}" if len(labels) > 1 else labels[0]
    raise AnswerError(f"{place} takes {said}; “{str(value)[:60]}” is none of them.{hint}")


def _options(options: tuple[Option, ...], value: Any, place: str) -> list[str]:
    if not isinstance(value, list | tuple):
        raise AnswerError(f"{place} takes a list of options; “{str(value)[:60]}” is no list.")
    chosen = {_option(options, one, place) for one in value}
    return [option.value for option in options if option.value in chosen]


def _integer(part: Part, value: Any, place: str) -> int:
    low, high = part.min, part.max
    if part.type is PartType.PERCENTAGE:
        low, high = low if low is not None else 0, high if high is not None else 100
    low, high = low if low is not None else 0, high if high is not None else LARGEST
    if isinstance(value, bool) or not isinstance(value, int):
        raise AnswerError(f"{place} takes a whole number; “{str(value)[:60]}” is none.")
    if not low <= value <= high:
        raise AnswerError(f"{place} takes a whole number from {low:,} to {high:,}; {value:,} lies outside.")
    return value


def _date(value: Any, place: str) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return parse_date(str(value)).isoformat()
    except AnswerError as error:
        raise AnswerError(f"{place} takes a date: {error}") from None


def _moment(value: Any, place: str) -> str:
    """A day as `2026-11-23`, or a moment as `2026-11-23T14:02Z` and the like: ISO, UTC."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        found = value if isinstance(value, datetime) else _read_moment(str(value))
        if isinstance(found, datetime) and found.tzinfo is None:
            found = found.replace(tzinfo=zone())
        return found.isoformat()
    except (ValueError, AnswerError) as error:
        reason = str(error) if isinstance(error, AnswerError) else "it is no day and time"
        raise AnswerError(f"{place} takes a date, with or without a time: {reason}") from None


def _read_moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else parse_moment(text)


def _timed(value: Any, place: str) -> dict[str, str]:
    if not isinstance(value, Mapping) or not set(value) <= {"from", "to"}:
        raise AnswerError(f"{place} takes two dates, from and to.")
    if not value.get("from") or not value.get("to"):
        raise AnswerError(f"{place} takes two dates: one of them is empty.")
    begun, ended = _moment(value["from"], place), _moment(value["to"], place)
    if begun[:10] > ended[:10] or ("T" in begun and "T" in ended and moment(begun) > moment(ended)):
        raise AnswerError(f"{place} ends before it begins: check both dates.")
    return {"from": begun, "to": ended}


def moment(text: str) -> date | datetime:
    """A kept day or moment as a value."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _text(value: Any, place: str, limit: int | None = None) -> str:
    if not isinstance(value, str):
        raise AnswerError(f"{place} takes text.")
    try:
        return clean(value) if limit is None else clean(value, limit=limit)
    except AnswerError as error:
        raise AnswerError(f"{place}: {error}") from None


def _rows(value: Any, place: str) -> list[Any]:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise AnswerError(f"{place} takes a list.")
    if len(value) > MOST_ROWS:
        raise AnswerError(f"{place} takes at most {MOST_ROWS} rows; there are {len(value):,}.")
    return list(value)


def _matrix(template: Template, part: Part, value: Any, place: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise AnswerError(f"{place} takes an answer for each row.")
    labels = {row.id: row.label for row in part.rows}
    for row in value:
        if row not in labels:
            raise AnswerError(f"{place} has no row “{row}”. It has: {', '.join(labels)}.")
    options = template.options_of(part)
    return {id: _option(options, value[id], f"{place} ({label})") for id, label in labels.items() if value.get(id)}


def _repeat(template: Template, part: Part, value: Any, place: str) -> list[dict[str, Any]]:
    columns = {column.id: column for column in part.columns}
    checked = []
    for number, row in enumerate(_rows(value, place), start=1):
        if not isinstance(row, Mapping):
            raise AnswerError(f"{place}, row {number}: it takes a value for each column.")
        for id in row:
            if id not in columns:
                raise AnswerError(f"{place}, row {number}, has no column “{id}”. It has: {', '.join(columns)}.")
        plain = {
            id: check_value(template, column, row[id], f"{place}, row {number}, {column.label or id},")
            for id, column in columns.items()
            if id in row
        }
        kept = {id: one for id, one in plain.items() if one not in (None, "", [], {})}
        if kept:
            checked.append(kept)
    return checked
