"""Faults in the parts of a question: keys that do not go with its type, names that name nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from qa_toolkit.domain.template.check_conditions import part_condition_faults
from qa_toolkit.domain.template.faults import Found, did_you_mean, shown
from qa_toolkit.domain.template.known import CHOICES, NUMBERS, Known
from qa_toolkit.domain.template.naming import NAME, option_faults
from qa_toolkit.domain.template.questions import Part, PartType, Question
from qa_toolkit.domain.template.shape import Loc

_NOT_IN_COLUMNS: Final = (PartType.REPEAT, PartType.MATRIX, PartType.EVIDENCE_LIST)
# Key of a part → the types that it belongs to.
_BELONGS: Final[Mapping[str, tuple[PartType, ...]]] = {
    "scale": (*CHOICES, PartType.MATRIX),
    "options": CHOICES,
    "descriptors": CHOICES,
    "rows": (PartType.MATRIX,),
    "columns": (PartType.REPEAT,),
    "standard": (PartType.TIMED,),
    "unit": NUMBERS,
    "min": NUMBERS,
    "max": NUMBERS,
}
_EMPTY: Final[tuple[object, ...]] = ("", (), {}, None)


def part_faults(question: Question, loc: Loc, known: Known) -> Iterator[Found]:
    """Faults in the parts of one question."""
    yield from _ids(question.parts, (*loc, "parts"), "part")
    for p, part in enumerate(question.parts):
        place = (*loc, "parts", p)
        yield from _part(part, place, known)
        if part.show_if is not None:
            if p == 0:
                yield Found((*place, "show_if"), "The first part is always asked: put show_if on the question.")
            else:
                earlier = question.parts[:p]
                yield from part_condition_faults(part.show_if, (*place, "show_if"), known, question, earlier, "part")
        for c, column in enumerate(part.columns):
            if column.show_if is not None:
                where = (*place, "columns", c, "show_if")
                earlier = part.columns[:c]
                yield from part_condition_faults(column.show_if, where, known, question, earlier, "column")


def _ids(parts: tuple[Part, ...], loc: Loc, thing: str) -> Iterator[Found]:
    if len(parts) == 1:
        yield from _bad_name(parts[0].id, (*loc, 0, "id"))
        return
    seen: set[str] = set()
    for p, part in enumerate(parts):
        yield from _bad_name(part.id, (*loc, p, "id"))
        if part.id.casefold() in seen:
            yield Found((*loc, p, "id"), f"The {thing} {shown(part.id)} is there already: give this one another id.")
        seen.add(part.id.casefold())


def _bad_name(id: str, loc: Loc) -> Iterator[Found]:
    if not NAME.fullmatch(id):
        yield Found(loc, f"{shown(id)} cannot be an id here: use small letters, digits and _, such as days.")


def _part(part: Part, loc: Loc, known: Known) -> Iterator[Found]:
    given = part.model_fields_set
    for key, types in _BELONGS.items():
        # Only keys that were given can be out of place, and most parts give three.
        if key in given and part.type not in types and getattr(part, key) not in _EMPTY:
            yield Found((*loc, key), f"{key} belongs to {_listed(types)}, and this is of type {part.type}.")
    if part.scale and part.scale not in known.scales:
        yield Found((*loc, "scale"), f"There is no scale {shown(part.scale)}.{did_you_mean(part.scale, known.scales)}")
    if part.type in CHOICES:
        yield from _choice(part, loc, known)
    elif part.type is PartType.MATRIX:
        yield from _matrix(part, loc)
    elif part.type is PartType.REPEAT:
        yield from _repeat(part, loc, known)
    elif part.type is PartType.TIMED and part.standard and part.standard.source:
        if part.standard.source not in known.sources:
            words = f"{shown(part.standard.source)} is not a source of this template."
            yield Found((*loc, "standard", "source"), words + did_you_mean(part.standard.source, known.sources))
    elif part.min is not None and part.max is not None and part.min > part.max:
        yield Found((*loc, "min"), f"min ({part.min}) is above max ({part.max}), so no number fits. Exchange them.")
    elif part.type is PartType.PERCENTAGE and not ((part.min or 0) >= 0 and (part.max or 0) <= 100):
        yield Found((*loc, "min" if (part.min or 0) < 0 else "max"), "A percentage lies between 0 and 100.")


def _listed(types: tuple[PartType, ...]) -> str:
    return " or ".join(types)


def _choice(part: Part, loc: Loc, known: Known) -> Iterator[Found]:
    if part.scale and part.options:
        yield Found((*loc, "options"), "A choice has a scale or options of its own, not both: take one out.")
    elif not part.scale and len(part.options) < 2:
        yield Found((*loc, "type"), "A choice needs a scale, or two options or more.")
    if part.options:
        yield from option_faults(loc, [option.value for option in part.options])
    if part.descriptors:
        values = known.values(part)
        for value in part.descriptors:
            if value not in values:
                hint = did_you_mean(value, values)
                yield Found((*loc, "descriptors", value), f"{shown(value)} is not an option here.{hint}")


def _matrix(part: Part, loc: Loc) -> Iterator[Found]:
    if not part.rows:
        yield Found((*loc, "type"), 'A matrix needs rows, such as rows = ["Home", "School"].')
    if not part.scale:
        yield Found((*loc, "type"), 'A matrix needs a scale, such as scale = "yes_no".')
    seen: set[str] = set()
    for r, row in enumerate(part.rows):
        yield from _bad_name(row.id, (*loc, "rows", r, "id"))
        if row.id.casefold() in seen:
            yield Found((*loc, "rows", r, "id"), f"The row {shown(row.id)} is there already: give this one another id.")
        seen.add(row.id.casefold())


def _repeat(part: Part, loc: Loc, known: Known) -> Iterator[Found]:
    if not part.columns:
        yield Found((*loc, "type"), "A repeat needs columns: what is asked each time.")
    yield from _ids(part.columns, (*loc, "columns"), "column")
    for c, column in enumerate(part.columns):
        place = (*loc, "columns", c)
        if column.type in _NOT_IN_COLUMNS:
            yield Found((*place, "type"), f"A column of a repeat cannot be a {column.type}: make it a part of its own.")
        else:
            yield from _part(column, place, known)
