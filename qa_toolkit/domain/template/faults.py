"""How faults of a template are put: a place in words, pydantic's findings in plain English, and did-you-mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from qa_toolkit.domain.template.conditions import Condition, Limit
from qa_toolkit.domain.template.model import HeaderField, Scoring, Section, Source, Template
from qa_toolkit.domain.template.questions import Evidence, Part, PartType, Question, Row, Standard, Wording
from qa_toolkit.domain.template.scales import Option, Scale, builtin_scales
from qa_toolkit.domain.template.shape import MAIN_KEYS, TABLES, Loc
from qa_toolkit.domain.text import shorten, visible


class Found(NamedTuple):
    """One fault: its place in the models, and one sentence."""

    loc: Loc
    message: str


_MANY: Final = 200


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean x?`, or a short list to choose from, or nothing."""
    names = [name for name in known if name]
    if len(names) > _MANY:
        # Likeness is slow to tell: among thousands, only those that begin alike are looked at.
        names = [name for name in names if name[:2].casefold() == word[:2].casefold()][:_MANY]
    by_case = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), by_case, 1, 0.6)
    if near:
        return f" Did you mean {by_case[near[0]]}?"
    return f" There is: {', '.join(names)}." if 0 < len(names) <= 12 else ""


def shown(value: object) -> str:
    """Somebody's value inside a sentence: short, safe, in quotes."""
    return f"“{shorten(visible(str(value)), 60)}”"


# The last name of a place → what stands there, and the model that says which keys it has.
_MODELS: Final[Mapping[str, tuple[str, type[BaseModel]]]] = {
    "sources": ("a source", Source), "scales": ("a scale", Scale), "options": ("an option", Option),
    "header": ("a header field", HeaderField), "scoring": ("the scoring", Scoring), "sections": ("a section", Section),
    "questions": ("a question", Question), "parts": ("a part", Part), "columns": ("a column", Part),
    "rows": ("a row", Row), "limits": ("a limit", Limit), "evidence": ("the evidence rule", Evidence),
    "standard": ("a standard", Standard), "wording": ("a wording", Wording), "show_if": ("a condition", Condition),
    "required_if": ("a condition", Condition), "all": ("a condition", Condition), "any": ("a condition", Condition),
    "outstanding_needs": ("a condition", Condition),
}  # fmt: skip


def thing_at(loc: Loc) -> tuple[str, tuple[str, ...]]:
    """What stands at a place, in words, and the keys it may have in a file."""
    names = [step for step in loc if isinstance(step, str)]
    if len(names) > 1 and names[-2] == "wording":
        names.pop()
    words, model = _MODELS.get(names[-1], ("", Template)) if names else ("the table [template]", Template)
    keys = tuple(field.alias or name for name, field in model.model_fields.items())
    if model is Template:
        keys = tuple(key for key in keys if key not in TABLES)
    if model is Question:
        keys += MAIN_KEYS
    if model is Scale:
        keys = tuple(key for key in keys if key != "id")
    return words or "the table [template]", keys


def place_in_words(plain: Any, loc: Loc) -> str:
    """`section UI, question UI-04, part days`: the named things around a place, from the outside in."""
    names = {"sections": "section", "questions": "question", "parts": "part", "columns": "column",
             "header": "header field", "scales": "scale", "sources": "source"}  # fmt: skip
    found, tree, kind = [], plain, ""
    for step in loc:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, str):
            kind = names.get(step, "")
        elif kind and isinstance(tree, dict):
            id = tree.get("id")
            if id is None and kind == "part":
                kind = ""
                continue
            found.append(f"{kind} {shorten(visible(str(id)), 40) if id else f'number {step + 1}'}")
            kind = ""
    return ", ".join(found)


_KINDS: Final[Mapping[str, str]] = {
    "string_type": "text between quotes", "int_type": "a whole number without quotes", 
    "int_from_float": "a whole number",
    "float_type": "a number", "finite_number": "a number", "bool_type": "true or false", 
    "date_type": "a date, as 2026-01-31",
    "date_parsing": "a date, as 2026-01-31", "date_from_datetime_parsing": "a date, as 2026-01-31",
    "date_from_datetime_inexact": "a date without a time", "tuple_type": "a list between [ and ]",
    "list_type": "a list between [ and ]", "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values", "model_attributes_type": "a table of keys and values",
}  # fmt: skip


def in_words(error: ErrorDetails, plain: Any) -> str:
    """A finding of pydantic as one sentence for the author of a template."""
    loc, kind, context = tuple(error["loc"]), error["type"], error.get("ctx") or {}
    if not loc:
        return "The brackets are nested deeper than any template needs: take the inner ones out."
    key = str(loc[-1]) if isinstance(loc[-1], str) else str(loc[-2])
    if kind == "extra_forbidden":
        words, keys = thing_at(loc[:-1])
        return f"{shown(loc[-1])} is not a key of {words}.{did_you_mean(key, keys)}"
    if kind == "missing" and loc[-3:] == ("parts", 0, "type"):
        return "A question needs the key type, which says how it is answered, or parts."
    if kind == "missing":
        words, _ = thing_at(loc[:-1])
        return f"{words[0].upper()}{words[1:]} needs the key {key}."
    if kind in ("enum", "literal_error"):
        return _choice(loc, key, error["input"], str(context.get("expected", "")), plain)
    if kind in _KINDS:
        return f"{key} takes {_KINDS[kind]}, not {_given(error['input'])}."
    bounds = {"greater_than": "more than {gt}", "greater_than_equal": "{ge} or more", "less_than_equal": "{le} or less"}
    if kind in bounds:
        return f"{key} must be {bounds[kind].format(**context)}, not {error['input']}."
    if kind == "too_short" and loc == ("sections",):
        return "There is no section: write [[sections]], and its questions below it as [[sections.questions]]."
    if kind == "too_short":
        return f"{key} needs at least {context['min_length']}; it has {context['actual_length']}."
    if kind == "too_long":
        return f"{key} takes at most {context['max_length']}; it has {context['actual_length']}."
    return f"{key} cannot be used as it is ({error['msg']})."


def _choice(loc: Loc, key: str, given: Any, expected: str, plain: Any) -> str:
    known = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    if loc[-1] == "type" and "header" not in loc[:1]:
        scales = plain.get("scales")
        own = [scale["id"] for scale in scales if isinstance(scale, dict)] if isinstance(scales, list) else []
        hint = did_you_mean(str(given), [*PartType, *builtin_scales(), *own])
        return f"{shown(given)} is neither a type of answer nor a scale.{hint}"
    near = did_you_mean(str(given), known)
    hint = near if near.startswith(" Did") else ""
    return f"{key} takes one of {', '.join(known)}; {shown(given)} is none of them.{hint}"


def _given(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list | tuple) else "a table" if isinstance(value, dict) else shown(value)
