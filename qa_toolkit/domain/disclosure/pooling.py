"""Several periods taken together, offered where a single one would be hidden from end to end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.disclosure.suppress import Released, suppress
from qa_toolkit.domain.disclosure.tables import Axis, Pack, Table, table
from qa_toolkit.domain.errors import InputError


@dataclass(frozen=True)
class Offer:
    """A pooled table, and the periods in it, first to last. The single periods must not be given out beside it."""

    periods: tuple[str, ...]
    released: Released


def vanished(released: Released) -> bool:
    """Whether no inner count above nought is left to be read."""
    cells = [
        cell
        for one in released.pack.tables
        for cell in one.counts
        if one.unit.suppressed and len(cell) == len(one.axes) + 1 and one.counts[cell]
    ]
    return bool(cells) and all(released.shown(cell) is None for cell in cells)


def offer(periods: Mapping[str, Table], rules: RuleSet) -> Offer | None:
    """The fewest last periods (two or more) that together leave something to be read; None where not even all do.

    `periods` holds the same table for each period, first to last; None also where the last alone can be read.

    Raises:
        InputError: The tables are not split alike.
    """
    names = tuple(periods)
    if not names or not vanished(suppress(Pack((periods[names[-1]],)), rules)):
        return None
    for first in range(len(names) - 2, -1, -1):
        released = suppress(Pack((pooled([periods[name] for name in names[first:]]),)), rules)
        if not vanished(released):
            return Offer(names[first:], released)
    return None


def pooled(tables: Sequence[Table]) -> Table:
    """The tables' counts added up; each unit must be counted in one of them only.

    Raises:
        InputError: The tables are not split alike.
    """
    last = tables[-1]
    counts: dict[tuple[str, ...], int] = {}
    for one in tables:
        if (one.axes, one.unit) != (last.axes, last.unit):
            raise InputError(f"“{one.title}” and “{last.title}” are not split alike, so they cannot be pooled.")
        for values in _inner(one.axes):
            counts[values] = counts.get(values, 0) + one.counts[one.key(*values)]
    population = " + ".join(dict.fromkeys(one.population for one in tables))
    return table(last.title, population, last.unit, last.axes, counts)


def _inner(axes: Sequence[Axis]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for axis in axes:
        found = [(*before, value) for before in found for value in axis.values]
    return found
