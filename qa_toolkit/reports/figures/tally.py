"""Counting with a memory: every figure is the number of records named behind it, so none can be typed or drift."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qa_toolkit.reports.views.numbers import Breakdown, Line, Number


class Tally:
    """The figures made so far, and the records behind each."""

    def __init__(self) -> None:
        self.behind: dict[str, tuple[str, ...]] = {}
        self.made: dict[str, Number] = {}

    def count(
        self, key: str, label: str, unit: str, records: Iterable[str], definition: str, of: int | None = None,
        below: Sequence[str] = (),
    ) -> Number:  # fmt: skip
        """A figure: the records, one for each that is counted, less those `below` (only what was taken back)."""
        if key in self.made:
            raise ValueError(f"{key} is counted twice")
        counted = tuple(records)
        self.behind[key] = (*counted, *below)
        self.made[key] = Number(
            key=key, label=label, value=len(counted) - len(below), unit=unit, of=of, definition=definition
        )
        return self.made[key]

    def breakdown(
        self, title: str, by: str, names: Iterable[tuple[str, str]], numbers: Callable[[str], tuple[Number, ...]]
    ) -> Breakdown:
        """The same figures for each (id, name)."""
        return Breakdown(title=title, by=by, lines=tuple(Line(name=name, numbers=numbers(id)) for id, name in names))
