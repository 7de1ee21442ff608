"""The attacker: what can be said of a hidden count from all that is shown.

The reader is taken to know every sum of the pack, that no count is below nought, which counts are hidden for being
small, and the rule that hides them. A hidden count is safe when other whole tables exist that would be printed exactly
alike and give it other values: `RuleSet.values` different ones, the true one among them. Such tables are looked for by
changing one hidden count by one and mending the sums through other hidden counts; each one found is a proof. Where
none is found, or the search is given up, the count is in doubt, and doubt is never released. So the check may hide
too much; it cannot release what can be worked out by these means. Some tables cannot be made safe against this
reader whatever is hidden: three categories of one child each have a total of 3 or 4, and so are 1 or 2.

Not covered: what a reader knows of a child from elsewhere, a row in which every child has the same value, and
reasoning from the order in which counts are hidden. Packs given out on other days are `earlier.py`’s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import heappop, heappush
from itertools import count as counter

from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.disclosure.tables import Key, Sum

PATIENCE = 60
"""Half-mended tables looked at for one change, before the count is left in doubt."""

Move = dict[int, int]


class Attacker:
    """A pack's counts, which of them are hidden, and what was shown to be possible for each.

    More can be hidden as it goes: a table that would be printed alike still would, so what is safe stays safe.
    """

    def __init__(
        self,
        counts: Mapping[Key, int],
        sums: Sequence[Sum],
        hidden: AbstractSet[Key],
        rules: RuleSet,
        patience: int = PATIENCE,
    ) -> None:
        self._patience = patience
        self._keys = sorted(counts)
        self._place = {cell: place for place, cell in enumerate(self._keys)}
        self._true = [counts[cell] for cell in self._keys]
        self._small = [rules.small(count) for count in self._true]
        self._rules = rules
        self._hidden: list[int] = []
        self._seen: dict[int, set[int]] = {}
        self._around: list[list[tuple[int, int]]] = [[] for _ in self._keys]
        """Sums that a count is in, and its sign there: 1 as a part, -1 as the total."""
        for number, one in enumerate(sums):
            for cell, sign in (*((part, 1) for part in one.parts), (one.total, -1)):
                self._around[self._place[cell]].append((number, sign))
        self._unknown: list[list[tuple[int, int]]] = [[] for _ in sums]
        """Hidden counts of each sum, with their signs."""
        self._all = [[(self._place[one.total], -1), *((self._place[part], 1) for part in one.parts)] for one in sums]
        for cell in sorted(hidden):
            self.hide(cell)

    def hide(self, cell: Key) -> None:
        """Hide one more count."""
        place = self._place[cell]
        self._hidden.append(place)
        self._seen[place] = {self._true[place]}
        for number, sign in self._around[place]:
            self._unknown[number].append((place, sign))

    def doubtful(self) -> list[Key]:
        """Hidden counts that could not be shown to be safe, in order."""
        return [self._keys[place] for place in sorted(self._hidden) if not self._safe(place)]

    def first_doubtful(self) -> Key | None:
        """One hidden count that could not be shown to be safe, those alone in a sum first; None if all are."""
        for unknown in self._unknown:
            if len(unknown) == 1:
                return self._keys[unknown[0][0]]
        return next((self._keys[place] for place in sorted(self._hidden) if not self._safe(place)), None)

    def cover(self, cell: Key, cost: Mapping[Key, int]) -> list[Key]:
        """Shown counts which, hidden as well, make more values possible for a doubtful one; none where none are found.

        `cost` names the counts that may be hidden, and how dear each is.
        """
        place = self._place[cell]
        dear = {self._place[one]: price for one, price in cost.items() if self._place[one] not in self._seen}
        found = []
        for step in (1, -1):
            now = self._walk(place, step)
            if (move := self._move(now, place, step, dear)) is not None:
                found.append((sum(dear.get(one, 0) for one in move), sorted(one for one in move if one in dear)))
        return [self._keys[one] for one in min(found)[1]] if found else []

    def _safe(self, place: int) -> bool:
        for step in (1, -1):
            if len(self._seen[place]) < self._rules.values:
                self._walk(place, step)
        return len(self._seen[place]) >= self._rules.values

    def _walk(self, place: int, step: int) -> list[int]:
        """Step by step away from the truth, each table found being where the next search begins; the last table."""
        now, seen = list(self._true), self._seen[place]
        while len(seen) < self._rules.values and (move := self._move(now, place, step, {})) is not None:
            for one, change in move.items():
                now[one] += change
                self._seen[one].add(now[one])
        return now

    def _allowed(self, place: int, value: int) -> bool:
        return self._rules.small(value) if self._small[place] else value >= 0

    def _move(self, now: Sequence[int], first: int, step: int, dear: Mapping[int, int]) -> Move | None:
        """Changes to counts, `step` to the first, after which every sum still holds; None if none is found.

        Only hidden counts change, and shown ones that `dear` puts a price on: the cheapest way is sought first.
        """
        if not self._allowed(first, now[first] + step):
            return None
        begun: Move = {first: step}
        heap = [(0, 0, 0, begun, {number: sign * step for number, sign in self._around[first]})]
        order, met = counter(1), {frozenset(begun.items())}
        for _ in range(self._patience * (20 if dear else 1)):
            if not heap:
                return None
            _, _, paid, move, off = heappop(heap)
            if not off:
                return move
            number = min(off, key=lambda one: (len(self._unknown[one]), one))
            for place, sign in self._all[number] if dear else self._unknown[number]:
                change = -off[number] * sign
                if place in move or (place not in self._seen and place not in dear):
                    continue
                if not self._allowed(place, now[place] + change):
                    continue
                longer = {**move, place: change}
                if (name := frozenset(longer.items())) in met:
                    continue
                met.add(name)
                rest = dict(off)
                for other, other_sign in self._around[place]:
                    rest[other] = rest.get(other, 0) + other_sign * change
                    if not rest[other]:
                        del rest[other]
                price = paid + dear.get(place, 0)
                heappush(heap, (price + len(rest) * 2 + len(longer), next(order), price, longer, rest))
        return None
