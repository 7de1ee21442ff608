"""Tables of counts, and the pack in which they go out together.

A count is known by what it counts: its population and the values of the attributes it is split by. A total leaves an
attribute out. So the same count in two tables is one, and what one table shows is held against what another hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from qa_toolkit.domain.errors import InputError

Key = tuple[str, ...]
"""The population, then `attribute=value` for each attribute, sorted."""


class Unit(StrEnum):
    """What a table counts, and with it whether small numbers in it can point at a child (rule 13)."""

    CHILDREN = "children"
    RETURNS_FOR_CHILDREN = "returns that stand for children"
    ACTIONS = "actions"
    AGENCIES = "agencies"
    RETURNS_IN_TIME = "returns in time"
    MEETINGS = "meetings"

    @property
    def suppressed(self) -> bool:
        """Whether small numbers of it are hidden."""
        return self in (Unit.CHILDREN, Unit.RETURNS_FOR_CHILDREN)


@dataclass(frozen=True, slots=True)
class Axis:
    """An attribute and its values: each unit counted has exactly one of them."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """That a total is what its parts come to."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Table:
    """Counts split by one attribute or more, with all totals."""

    title: str
    population: str
    """What is counted, the same words in every table that counts the same: “children in CE-2026-01”."""
    unit: Unit
    axes: tuple[Axis, ...]
    counts: Mapping[Key, int]
    """Every count and total by key; `table` fills the totals in."""

    def key(self, *values: str | None) -> Key:
        """The key of a cell: a value for each axis, None for the total over it."""
        return key(self.population, {a.attribute: v for a, v in zip(self.axes, values, strict=True) if v is not None})

    def sums(self) -> list[Sum]:
        """Every total over one axis."""
        found = []
        for place, axis in enumerate(self.axes):
            others: list[Sequence[str | None]] = [(*a.values, None) for a in self.axes]
            others[place] = (None,)
            for values in product(*others):
                parts = tuple(self.key(*values[:place], value, *values[place + 1 :]) for value in axis.values)
                found.append(Sum(self.key(*values), parts))
        return found


@dataclass(frozen=True)
class Pack:
    """Tables that one reader can hold side by side, and so are made safe together."""

    tables: tuple[Table, ...]
    links: tuple[Sum, ...] = ()
    """Sums that hold between tables besides their own totals: districts that make up the area, months the year."""
    known: frozenset[Key] = frozenset()
    """Counts that the reader has from elsewhere, as how many children an audit looked at: hiding them hides nothing."""
    counts: Mapping[Key, int] = field(init=False)

    def __post_init__(self) -> None:
        """Join the tables' counts.

        Raises:
            InputError: Two tables give one count differently or with another unit, or a link does not add up.
        """
        joined: dict[Key, int] = {}
        units: dict[str, Unit] = {}
        for one in self.tables:
            if units.setdefault(one.population, one.unit) is not one.unit:
                raise InputError(f"“{one.title}” counts {one.population} in another unit than the table before it.")
            for cell, count in one.counts.items():
                if joined.setdefault(cell, count) != count:
                    raise InputError(
                        f"“{one.title}” says {count} for {said(cell)}, and another table of the pack {joined[cell]}: "
                        "make both from the same figures."
                    )
        for link in self.links:
            if any(cell not in joined for cell in (link.total, *link.parts)):
                raise InputError(f"A link of the pack names a count that none of its tables holds: {said(link.total)}.")
            if joined[link.total] != sum(joined[part] for part in link.parts):
                raise InputError(f"The parts of {said(link.total)} do not come to its {joined[link.total]}.")
        object.__setattr__(self, "counts", joined)

    def guarded(self) -> frozenset[Key]:
        """Counts that may be hidden: their unit allows it, and nobody has them from elsewhere."""
        return frozenset(cell for one in self.tables if one.unit.suppressed for cell in one.counts) - self.known

    def sums(self) -> tuple[Sum, ...]:
        """Every sum that a reader can do over the pack, each once."""
        return tuple(dict.fromkeys([*(total for one in self.tables for total in one.sums()), *self.links]))


def key(population: str, attributes: Mapping[str, str]) -> Key:
    """The key of what has these values and whatever else."""
    return (population, *sorted(f"{attribute}={value}" for attribute, value in attributes.items()))


def said(cell: Key) -> str:
    """A key in words."""
    return f"{cell[0]} ({', '.join(cell[1:])})" if cell[1:] else f"all {cell[0]}"


def table(
    title: str, population: str, unit: Unit, axes: Sequence[Axis], counts: Mapping[tuple[str, ...], int]
) -> Table:
    """A table from its inner counts (a value for each axis); what is not given is nought, totals are worked out.

    Raises:
        InputError: A count is below nought, or stands under a value that its axis has not.
    """
    cells = set(product(*(axis.values for axis in axes)))
    for values, count in counts.items():
        if values not in cells:
            raise InputError(f"“{title}” has no place for a count under {', '.join(values)}.")
        if count < 0:
            raise InputError(f"“{title}” counts {count} under {', '.join(values)}: a count is never below nought.")
    filled: dict[Key, int] = {}
    made = Table(title, population, unit, tuple(axes), filled)
    for values in product(*(axis.values for axis in axes)):
        for left_out in product((False, True), repeat=len(axes)):
            cell = made.key(*(None if out else value for value, out in zip(values, left_out, strict=True)))
            filled[cell] = filled.get(cell, 0) + counts.get(values, 0)
    return made
