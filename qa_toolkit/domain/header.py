"""Header facts: about the subject (entered once with the case) or about a return, checked against the template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.template.model import HeaderField, Template
from qa_toolkit.domain.text import clean


def check_facts(template: Template, facts: Mapping[str, Any], *, about: Literal["subject", "return"]) -> dict[str, Any]:
    """The facts in the plain form in which they are kept; text is read as typed.

    Raises:
        AnswerError: A field the template does not have, or a value that it does not take.
    """
    checked = {}
    for id, value in facts.items():
        field = template.fields.get(id)
        if field is None or field.about != about:
            names = [f.id for f in template.header if f.about == about]
            near = get_close_matches(id, names, 1)
            hint = f" Did you mean {near[0]}?" if near else f" It has: {', '.join(names) or 'none'}."
            raise AnswerError(f"{template.title} has no fact “{id}” about the {about}.{hint}")
        if value not in (None, ""):
            checked[id] = check_fact(field, value)
    return checked


def facts_lacking(template: Template, facts: Mapping[str, Any]) -> list[HeaderField]:
    """The facts about a subject that its template needs and nobody has entered: questions may be shown by them."""
    needed = (field for field in template.header if field.about == "subject" and field.required)
    return [field for field in needed if facts.get(field.id) in (None, "", [])]


def check_fact(field: HeaderField, value: Any) -> Any:
    """One fact in the plain form in which it is kept."""
    if field.type == "integer":
        return _integer(field, value)
    if field.type == "date":
        return (value if isinstance(value, date) else parse_date(str(value))).isoformat()
    if field.type == "choice":
        return _option(field, str(value))
    if field.type == "choices":
        chosen = value if isinstance(value, list | tuple) else str(value).split(";")
        return list(dict.fromkeys(_option(field, str(one)) for one in chosen if str(one).strip()))
    return clean(str(value)).strip()


def _integer(field: HeaderField, value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError:
        raise AnswerError(f"{field.label} takes a whole number; “{value}” is none.") from None
    low, high = field.min if field.min is not None else 0, field.max if field.max is not None else 100_000
    if not low <= number <= high:
        raise AnswerError(f"{field.label} takes a whole number from {low} to {high}; {number} is outside.")
    return number


def _option(field: HeaderField, text: str) -> str:
    wanted = text.strip().casefold()
    for option in field.options:
        if wanted in (option.value.casefold(), option.label.casefold()):
            return option.value
    labels = ", ".join(option.label for option in field.options)
    raise AnswerError(f"{field.label} takes one of: {labels}. “{text}” is none of them.")
