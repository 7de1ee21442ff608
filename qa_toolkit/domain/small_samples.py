"""Could the difference be chance? Exact tests for few cases, where the usual formulas do not hold.

Two samples: the exact rank-sum test with ties, from every way in which the same values could have fallen to the two
(H. B. Mann and D. R. Whitney, On a test of whether one of two random variables is stochastically larger than the other,
Annals of Mathematical Statistics 18 (1947), 50–60). With two steps it is Fisher’s exact test. The same cases twice: the
exact sign test, which with two steps is McNemar’s (S. Siegel, Nonparametric Statistics, 1956, table D). Each is
two-sided as twice the smaller tail, which never claims more than it should.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import comb
from typing import NamedTuple

LEVEL = 0.05
"""Chances of 1 in 20 or less are too small to put a difference down to chance."""


class Way(StrEnum):
    """What can be said of a change."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        """The word for it."""
        return {Way.BETTER: "Better", Way.WORSE: "Lower", Way.CANNOT_TELL: "Cannot tell"}[self]


class Verdict(NamedTuple):
    """A change, and whether chance could have made it."""

    lean: int
    """Which way it leans: 1 up, -1 down, 0 level, whether or not that can be told from chance."""
    chance: float
    """How often chance alone would give a difference as large, either way: 0 to 1."""
    least: float
    """The least that this could have been with so few, had all fallen one way."""
    counts: tuple[int, int]
    """Cases then and now; for the same cases twice, those that moved and all."""
    paired: bool

    @property
    def way(self) -> Way:
        """Better, lower, or cannot tell."""
        if self.chance > LEVEL or not self.lean:
            return Way.CANNOT_TELL
        return Way.BETTER if self.lean > 0 else Way.WORSE

    @property
    def testable(self) -> bool:
        """Whether any outcome could have been told from chance."""
        return self.least <= LEVEL

    @property
    def sentence(self) -> str:
        """What can be said, in one plain sentence."""
        if not all(self.counts):
            if self.paired and self.counts[1]:
                return "Cannot tell: none moved."
            return "Cannot tell: one of the two audits has nothing to compare."
        if self.least == 1 and not self.lean:
            return "Cannot tell: all are the same then and now, and a small change would not show in so few."
        if not self.testable:
            few = f"{self.counts[0]} moved" if self.paired else f"{self.counts[0]} then and {self.counts[1]} now"
            return f"Cannot tell: {few} is too few, whichever way they fell."
        if self.way is Way.CANNOT_TELL:
            if not self.lean:
                return "Cannot tell: the two are level, and small changes would not show in so few."
            way = "up" if self.lean > 0 else "down"
            return f"Cannot tell: it leans {way}, but chance alone would do that {_often(self.chance)}."
        return f"{self.way.label}: chance alone would give a difference like this {_often(self.chance)}."


def _often(chance: float) -> str:
    if chance < 0.001:
        return "less than 1 time in 1,000"
    if chance > 0.5:
        return "more often than not"
    return f"about 1 time in {round(1 / chance)}"


def two_samples(then: Sequence[int], now: Sequence[int]) -> Verdict:
    """Different cases then and now, each with its step."""
    if not then or not now:
        return Verdict(0, 1.0, 1.0, (len(then), len(now)), False)
    ranks = _doubled_ranks([*then, *now])
    observed = sum(ranks[value] for value in now)
    ways = _ways(Counter([*then, *now]), ranks, len(now))
    total = comb(len(then) + len(now), len(now))
    up = sum(count for rank, count in ways.items() if rank >= observed) / total
    down = sum(count for rank, count in ways.items() if rank <= observed) / total
    middle = len(now) * (len(then) + len(now) + 1)
    least = min(1.0, 2 * min(ways[min(ways)], ways[max(ways)]) / total)
    lean = (observed > middle) - (observed < middle)
    return Verdict(lean, min(1.0, 2 * min(up, down)), least, (len(then), len(now)), False)


def _doubled_ranks(values: Iterable[int]) -> dict[int, int]:
    """Twice the middle rank of each value, so that ties stay whole numbers."""
    found, before = {}, 0
    for value, count in sorted(Counter(values).items()):
        found[value] = 2 * before + count + 1
        before += count
    return found


def _ways(totals: Counter[int], ranks: dict[int, int], drawn: int) -> dict[int, int]:
    """For each sum of doubled ranks, in how many ways that many could be drawn from all."""
    states, left = {(0, 0): 1}, totals.total()
    for value, count in sorted(totals.items()):
        left -= count
        following: dict[tuple[int, int], int] = {}
        for (taken, rank), ways in states.items():
            # What is still to come has to be enough for the rest.
            for more in range(max(0, drawn - taken - left), min(count, drawn - taken) + 1):
                key = (taken + more, rank + more * ranks[value])
                following[key] = following.get(key, 0) + ways * comb(count, more)
        states = following
    return {rank: ways for (_, rank), ways in states.items()}


def same_cases(pairs: Iterable[tuple[int, int]]) -> Verdict:
    """The same cases twice, each with its step then and now."""
    found = list(pairs)
    up = sum(now > then for then, now in found)
    down = sum(now < then for then, now in found)
    moved = up + down
    tail = sum(comb(moved, few) for few in range(min(up, down) + 1)) / 2**moved
    least = min(1.0, 2 / 2**moved)
    return Verdict((up > down) - (up < down), min(1.0, 2 * tail), least, (moved, len(found)), True)
