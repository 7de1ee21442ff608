"""Whole numbers that run in circles between places, each way with a least and a most: between what may each lie?

Every number that runs into a place runs out of it. So where all ways are found full or empty, the values that one way
can have are all those between its least and its most, and both are found by pushing along what is left free.
"""

from __future__ import annotations

from collections import deque


class Circulation:
    """Ways between places, and one filling of all of them once `settle` has found it."""

    def __init__(self) -> None:
        self._tail: list[str] = []
        self._head: list[str] = []
        self._least: list[int] = []
        self._most: list[int] = []
        self._flow: list[int] = []
        self._at: dict[str, list[int]] = {}

    def way(self, tail: str, head: str, least: int, most: int) -> int:
        """Add a way; its number."""
        number = len(self._flow)
        self._tail.append(tail)
        self._head.append(head)
        self._least.append(least)
        self._most.append(most)
        self._flow.append(least)
        self._at.setdefault(tail, []).append(number)
        self._at.setdefault(head, []).append(number)
        return number

    def settle(self) -> bool:
        """Find one filling that keeps to every least and most; whether there is one."""
        if any(least > most for least, most in zip(self._least, self._most, strict=True)):
            return False
        over = dict.fromkeys(self._at, 0)
        for number, flow in enumerate(self._flow):
            over[self._head[number]] += flow
            over[self._tail[number]] -= flow
        while full := next((place for place, count in over.items() if count > 0), None):
            found = self._path(full, {place for place, count in over.items() if count < 0})
            if found is None:
                return False
            path, lacking = found
            amount = min(over[full], -over[lacking], self._room(path))
            self._push(path, amount)
            over[full] -= amount
            over[lacking] += amount
        return True

    def between(self, number: int) -> tuple[int, int]:
        """The least and the most that a way can carry. Only after `settle` has found a filling."""
        tail, head = self._tail[number], self._head[number]
        most = self._furthest(number, head, tail, 1)
        return self._furthest(number, tail, head, -1), most

    def _furthest(self, number: int, begin: str, end: str, step: int) -> int:
        while True:
            left = self._left(number, step)
            found = self._path(begin, {end}, without=number) if left else None
            if found is None:
                return self._flow[number]
            amount = min(left, self._room(found[0]))
            self._push(found[0], amount)
            self._flow[number] += step * amount

    def _path(self, begin: str, ends: set[str], without: int = -1) -> tuple[list[tuple[int, int]], str] | None:
        """The shortest way on which more can run, as (way, 1 or -1 for against it), and where it ends."""
        came: dict[str, tuple[str, int, int]] = {}
        waiting, met = deque([begin]), {begin}
        while waiting:
            place = waiting.popleft()
            if place in ends:
                path, end = [], place
                while place != begin:
                    place, number, step = came[place]
                    path.append((number, step))
                return path, end
            for number in self._at[place]:
                step = 1 if self._tail[number] == place else -1
                there = self._head[number] if step > 0 else self._tail[number]
                if number != without and there not in met and self._left(number, step):
                    met.add(there)
                    came[there] = (place, number, step)
                    waiting.append(there)
        return None

    def _room(self, path: list[tuple[int, int]]) -> int:
        return min(self._left(number, step) for number, step in path)

    def _left(self, number: int, step: int) -> int:
        """How much more can run along a way, or against it."""
        flow = self._flow[number]
        return self._most[number] - flow if step > 0 else flow - self._least[number]

    def _push(self, path: list[tuple[int, int]], amount: int) -> None:
        for number, step in path:
            self._flow[number] += step * amount
