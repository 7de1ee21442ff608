"""The figures that stand in a view, wherever they stand, and the code by which a set of them is known again."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from types import NoneType
from typing import Final

from pydantic_core import to_json

from qa_toolkit.domain.audience import View
from qa_toolkit.reports.views.numbers import Number

_PLAIN: Final = frozenset({str, int, bool, NoneType, date, datetime})


def numbers(view: View) -> dict[str, Number]:
    """Every figure of a view by its key, in the order in which they stand there."""
    found: dict[str, Number] = {}
    _collect(view, found)
    return found


def _collect(value: object, found: dict[str, Number]) -> None:
    if isinstance(value, Number):
        found[value.key] = value
    elif isinstance(value, View):
        # A view's own attributes are its fields, in their order; most are plain, and there are thousands.
        for one in vars(value).values():
            if type(one) not in _PLAIN:
                _collect(one, found)
    elif isinstance(value, tuple):
        for one in value:
            _collect(one, found)


def digest(view: View) -> str:
    """A code of the figures: the same numbers of the same things give the same, whenever it is worked out."""
    plain = [[n.key, n.value, n.unit, n.of] for n in numbers(view).values()]
    return sha256(to_json(sorted(plain, key=lambda one: str(one[0])))).hexdigest()
