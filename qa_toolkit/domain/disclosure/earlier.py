"""A pack held against one that was given out before: what two together tell of a few children, and neither does alone.

The reader is taken to hold both packs, to know how many children each audit had in each (the packs say so), and to
think that of the children who are in both nothing has changed, unless the counts cannot be had without. So the counts
of a fact are whole numbers that run from the earlier table into the later one: children stay, leave and come. Of that
model the least and the most of each number are exact (`flow.py`). A number is told if fewer values are left for it
than `RuleSet.values`; of the few who came or left, also what they are, where the shown counts say more than how many.

Only what was shown is needed of the earlier pack, and what was hidden for being small: that is kept with the note of
it (`Kept`), and no hidden count is. Not covered: three packs and more taken together at once, and tables of two facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from qa_toolkit.domain.disclosure.flow import Circulation
from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.disclosure.suppress import Released
from qa_toolkit.domain.records import Frozen

Bounds = tuple[int, int]


class Gone(StrEnum):
    """Why a count is not shown."""

    SMALL = "small"
    COVER = "cover"
    """So that a small one cannot be worked out."""


class KeptTable(Frozen):
    """The counts of one fact, as they were shown."""

    fact: str
    title: str
    counts: dict[str, int | Gone]


class Kept(Frozen):
    """What a pack showed of the children of its audits."""

    sizes: dict[str, int]
    """Children by audit, as the pack says."""
    low: int
    high: int
    """Counts from low to high were hidden."""
    tables: tuple[KeptTable, ...] = ()


class Before(NamedTuple):
    """A pack that was given out before."""

    name: str
    on: date
    kept: Kept


class Who(StrEnum):
    """Which children a number is about, seen from the two packs."""

    EARLIER = "all of the earlier pack"
    LATER = "all of this pack"
    STAYED = "those who are in both"
    CAME = "those who came since"
    LEFT = "those who left since"


class Told(NamedTuple):
    """A number that the two packs tell together."""

    fact: str
    title: str
    value: str
    who: Who
    least: int
    most: int


def keep(released: Released, sizes: Mapping[str, int]) -> Kept:
    """What of it is shown, to be kept: no hidden count is in it."""
    rules, tables = released.rules, []
    for one in released.pack.tables if released.may_go else ():
        (axis,) = one.axes
        counts: dict[str, int | Gone] = {}
        for value in axis.values:
            cell = one.key(value)
            shown = released.shown(cell)
            hidden = Gone.SMALL if cell in released.primary else Gone.COVER
            counts[value] = hidden if shown is None else shown
        tables.append(KeptTable(fact=axis.attribute, title=one.title, counts=counts))
    return Kept(sizes=dict(sizes), low=rules.low, high=rules.high, tables=tuple(tables))


def told(later: Kept, earlier: Kept, rules: RuleSet) -> list[Told]:
    """What the two tell together, table by table; nothing where they have no audit in common."""
    moved = _moved(earlier.sizes, later.sizes)
    if not moved.stayed:
        return []
    before = {one.fact: one for one in earlier.tables}
    found: list[Told] = []
    for table in later.tables:
        if table.fact in before:
            found += _table(table, later, before[table.fact], earlier, moved, rules)
    return found


class _Moved(NamedTuple):
    """Children by what became of them between the packs."""

    stayed: int
    came: int
    left: int


def _moved(earlier: Mapping[str, int], later: Mapping[str, int]) -> _Moved:
    stayed = sum(min(size, later.get(audit, 0)) for audit, size in earlier.items())
    return _Moved(stayed, sum(later.values()) - stayed, sum(earlier.values()) - stayed)


def _bounds(count: int | Gone, kept: Kept, total: int) -> Bounds:
    if isinstance(count, int):
        return count, count
    return (kept.low, min(kept.high, total)) if count is Gone.SMALL else (0, total)


def _table(
    later: KeptTable, later_kept: Kept, earlier: KeptTable, earlier_kept: Kept, moved: _Moved, rules: RuleSet
) -> list[Told]:  # fmt: skip
    # An option that one of the two had not stood for nobody there.
    values = list(dict.fromkeys([*later.counts, *earlier.counts]))
    if not moved.came and not moved.left and later.counts == earlier.counts:
        return []
    was, now = earlier.counts, later.counts
    first = tuple(_bounds(was.get(value, 0), earlier_kept, moved.stayed + moved.left) for value in values)
    second = tuple(_bounds(now.get(value, 0), later_kept, moved.stayed + moved.came) for value in values)
    least = max(0, _more(first, second) - moved.came, _more(second, first) - moved.left)
    for changed in range(least, moved.stayed + 1):
        # A child of whom a record was put right counts as one who left and one who came.
        churn = _Moved(moved.stayed - changed, moved.came + changed, moved.left + changed)
        if found := _between(first, second, churn):
            return [
                Told(later.fact, later.title, value, who, *bounds)
                for who, by_value in found.items()
                for place, (value, bounds) in enumerate(zip(values, by_value, strict=True))
                if _tells(who, bounds, churn, rules) and not _alone(who, place, first, second, churn, rules)
            ]
    return []


def _more(first: Sequence[Bounds], second: Sequence[Bounds]) -> int:
    """How many at least must have come for the first counts to become the second."""
    return sum(max(0, low - high) for (_, high), (low, _) in zip(first, second, strict=True))


@lru_cache(maxsize=1000)
def _between(first: tuple[Bounds, ...], second: tuple[Bounds, ...], moved: _Moved) -> dict[Who, list[Bounds]]:
    """The least and the most of each number, by whom it is about; nothing where the counts cannot be so.

    Remembered, because a table is held against the same ones again each time that something else is hidden.
    """
    ring, every = Circulation(), moved.stayed + moved.came + moved.left
    ring.way("all", "earlier", moved.stayed + moved.left, moved.stayed + moved.left)
    ring.way("later", "all", moved.stayed + moved.came, moved.stayed + moved.came)
    ring.way("all", "came", moved.came, moved.came)
    ring.way("left", "all", moved.left, moved.left)
    ways: dict[Who, list[int]] = {who: [] for who in Who}
    for place, (then, now) in enumerate(zip(first, second, strict=True)):
        ways[Who.EARLIER].append(ring.way("earlier", f"then {place}", *then))
        ways[Who.STAYED].append(ring.way(f"then {place}", f"now {place}", 0, every))
        ways[Who.LEFT].append(ring.way(f"then {place}", "left", 0, every))
        ways[Who.CAME].append(ring.way("came", f"now {place}", 0, every))
        ways[Who.LATER].append(ring.way(f"now {place}", "later", *now))
    if not ring.settle():
        return {}
    # Of nobody there is nothing to tell.
    some = {Who.CAME: moved.came, Who.LEFT: moved.left, Who.STAYED: min(moved.came, moved.left)}
    return {who: [ring.between(number) for number in numbers] for who, numbers in ways.items() if some.get(who, 1)}


def _tells(who: Who, bounds: Bounds, moved: _Moved, rules: RuleSet) -> bool:
    """Whether so much is told of a number that it might as well be printed, and it may be a small one."""
    least, most = bounds
    if not any(rules.small(count) for count in range(least, min(most, rules.high) + 1)):
        return False
    # Of two children who came, each value can be had by none, one or two: that they were two is no secret.
    known = {Who.CAME: moved.came, Who.LEFT: moved.left, Who.STAYED: min(moved.came, moved.left, moved.stayed)}
    return most - least + 1 < min(rules.values, known.get(who, rules.values) + 1)


def _alone(
    who: Who, place: int, first: Sequence[Bounds], second: Sequence[Bounds], moved: _Moved, rules: RuleSet
) -> bool:
    """Whether one of the packs tells it by itself, so that the other adds nothing; or shows it."""
    if who is Who.EARLIER:
        counts, total = first, moved.stayed + moved.left
    elif who is Who.LATER:
        counts, total = second, moved.stayed + moved.came
    else:
        return False
    low, high = counts[place]
    others = [bounds for other, bounds in enumerate(counts) if other != place]
    least, most = total - sum(high for _, high in others), total - sum(low for low, _ in others)
    return min(high, most) - max(low, least) + 1 < rules.values


def told_by_any(later: Kept, before: Iterable[Before], rules: RuleSet) -> list[tuple[Told, Before]]:
    """What the pack tells with any one of those before it, latest first."""
    return [(one, pack) for pack in before for one in told(later, pack.kept, rules)]
