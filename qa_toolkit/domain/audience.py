"""Who an output is for. The classes are ordered, and what a class may see is a type: its view has no other field.

A view is a frozen dataclass that says for whom it is made. `narrow` makes a lower class's view from a higher one's by
copying the fields that the lower type has, and nothing else; so a field of a higher class cannot reach a lower output
by a forgotten filter. `tests/reports/test_views.py` holds every view to it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from types import UnionType
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints


class Audience(StrEnum):
    """Who reads an output, from those who see the most to those who see the least."""

    CASE = "case"
    PANEL = "panel"
    QA_GROUP = "qa_group"
    BUSINESS_GROUP = "business_group"
    MAIN_BOARD = "main_board"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """The audience in words, as every output declares it."""
        return {
            Audience.CASE: "those who work on the audit’s cases", Audience.PANEL: "the moderation panel",
            Audience.QA_GROUP: "the Quality Assurance Group", Audience.BUSINESS_GROUP: "the Business Group",
            Audience.MAIN_BOARD: "the Main Board", Audience.PUBLIC: "anybody",
        }[self]  # fmt: skip

    @property
    def rank(self) -> int:
        """0 for the class that sees the most."""
        return list(Audience).index(self)

    def sees(self, made_for: Audience) -> bool:
        """Whether what is made for that class may be shown to this one."""
        return self.rank <= made_for.rank

    @property
    def sees_cases(self) -> bool:
        """Whether single children, by pseudonym, are this reader's business; small numbers are then no secret."""
        return self.sees(Audience.PANEL)


@dataclass(frozen=True, kw_only=True)
class View:
    """Something to be shown, with the widest class that may see it."""

    made_for: ClassVar[Audience] = Audience.PUBLIC


V = TypeVar("V", bound=View)


def narrow(view: View, to: type[V]) -> V:
    """The view with the fields of `to` alone, and theirs narrowed in the same way."""
    if type(view) is to:
        return view
    if not isinstance(view, to):
        raise TypeError(f"{to.__name__} is not a narrower {type(view).__name__}")
    hints = _hints(to)
    kept = {name: getattr(view, name) for name in hints}
    # Only what can hold a view is looked into: most fields are plain, and there are thousands.
    return to(
        **{
            name: _narrowed(value, hints[name]) if isinstance(value, View | tuple) else value
            for name, value in kept.items()
        }
    )


def _hints(kind: type[View]) -> dict[str, Any]:
    if kind not in _KNOWN:
        every = get_type_hints(kind)
        _KNOWN[kind] = {field.name: every[field.name] for field in fields(kind)}
    return _KNOWN[kind]


_KNOWN: dict[type[View], dict[str, Any]] = {}


def _narrowed(value: Any, hint: Any) -> Any:
    if isinstance(value, View):
        kind = next((one for one in view_types(hint) if isinstance(value, one)), None)
        if kind is None:
            raise TypeError(f"no place for a {type(value).__name__} in {hint}")
        return narrow(value, kind)
    if isinstance(value, tuple) and get_origin(hint) is tuple:
        return tuple(_narrowed(one, get_args(hint)[0]) for one in value)
    return value


def view_types(hint: Any) -> list[type[View]]:
    """The kinds of view that a field's type names, at any depth."""
    if isinstance(hint, type) and issubclass(hint, View):
        return [hint]
    if get_origin(hint) in (tuple, Union, UnionType, list, dict):
        return [kind for one in get_args(hint) for kind in view_types(one)]
    return []
