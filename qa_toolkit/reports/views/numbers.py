"""Figures as packs show them: one number, the same for each of several, and counts of children with hidden cells."""

from __future__ import annotations

from dataclasses import dataclass

from qa_toolkit.domain.audience import View

PERCENT_FROM = 20
"""Of fewer, a share is shown as counts only (rule 8)."""


@dataclass(frozen=True, kw_only=True)
class Number(View):
    """One figure: what it counts, of how many, and what that means."""

    key: str
    """Its name for ever: `actions.flow.end`."""
    label: str
    value: int
    unit: str
    of: int | None = None
    """n: of how many; None where it is a count of its own."""
    definition: str = ""

    @property
    def words(self) -> str:
        """“3 of 12 returns”; a percentage only of twenty or more."""
        if self.of is None:
            return f"{self.value} {self.unit}"
        share = f" ({round(100 * self.value / self.of)}%)" if self.of >= PERCENT_FROM else ""
        return f"{self.value} of {self.of} {self.unit}{share}"


@dataclass(frozen=True, kw_only=True)
class Line(View):
    """The figures of one agency, source or group."""

    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Breakdown(View):
    """The same figures for each of several; the columns are the labels of the first line's numbers."""

    title: str
    by: str
    lines: tuple[Line, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (self.by, *(number.label for number in self.lines[0].numbers)) if self.lines else (self.by,)


@dataclass(frozen=True, kw_only=True)
class ShownTable(View):
    """Counts of children split by one fact, as they may be shown: a mark stands where a number is hidden."""

    title: str
    by: str
    rows: tuple[tuple[str, str], ...]
    total: str
