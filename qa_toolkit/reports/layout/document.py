"""A paper as what it means, not how it looks: written once, laid out as Word, HTML, PDF and text by modules beside it.

Texts are as people typed them: each layout makes them harmless in its own way, so nobody else has to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from qa_toolkit.sheets.columns import Tone


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title; level 1 is the highest."""

    text: str
    level: Literal[1, 2, 3] = 1

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a heading without words names nothing")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a new line in it is a new line on the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order does not matter."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader must see before reading on: a warning, or how to read what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one header row, which is repeated on each page.

    Raises:
        ValueError: A row or `widths` has not as many cells as the header; a fault of ours.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    """Shares of the page's width, one for each column; equal when left out."""
    caption: str = ""
    """What the table holds, in a few words, for those who hear the page; the heading above it says the same."""
    tones: Mapping[str, Tone] = field(default_factory=dict, hash=False)
    """Words that carry a colour where they fill a cell, so that the colour never stands alone."""

    def __post_init__(self) -> None:
        lengths = {len(row) for row in self.rows} | ({len(self.widths)} if self.widths else set())
        if not self.header or lengths - {len(self.header)}:
            raise ValueError(f"a table of {len(self.header)} columns has rows or widths of {sorted(lengths)} cells")
        if any(width <= 0 for width in self.widths):
            raise ValueError("each column needs a width above nothing")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG, with the words that stand for it where it cannot be seen."""

    data: bytes
    alternative: str
    width_cm: float = 16.0

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a picture needs alternative text")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; its number always stands beside it."""

    label: str
    value: int
    tone: Tone = Tone.FAIR

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("a bar begins at nought and cannot be shorter")


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from nought, one below the other. Each layout draws it in its own way; all say the same words."""

    title: str
    unit: str
    """What is counted: “actions”."""
    bars: tuple[Bar, ...]

    def __post_init__(self) -> None:
        if not self.bars or not self.title.strip() or not self.unit.strip():
            raise ValueError("a chart needs bars, a title and a unit")

    @property
    def alternative(self) -> str:
        """The chart in words, for those who cannot see it."""
        numbers = ", ".join(f"{bar.label} {bar.value}" for bar in self.bars)
        return f"{self.title}. A bar each, in {self.unit}: {numbers}."

    @property
    def longest(self) -> int:
        """The largest number, at least 1: the whole width."""
        return max(1, *(bar.value for bar in self.bars))


Part = Heading | Paragraph | Bullets | Note | Table | Picture | Chart


@dataclass(frozen=True, slots=True)
class Document:
    """One paper."""

    title: str
    marking: str
    """The handling marking, as “OFFICIAL-SENSITIVE”; on every page."""
    as_at: str
    """The moment that the paper speaks of, as it is shown to people."""
    head: str
    """A short code of the workspace's state, by which the paper can be held against the record."""
    parts: tuple[Part, ...]
    subtitle: str = ""
    version: str = "1"
    author: str = ""
    audience: str = ""
    """For whom it is made, in words; on its first page."""


def texts(document: Document) -> Iterator[str]:
    """Every text of the paper, in reading order: what a check before release looks through."""
    yield from (text for _, text in places(document))


def places(document: Document) -> Iterator[tuple[str, str]]:
    """Every text with where it stands, as a reader would look for it: the heading above it, and the row."""
    heads = (document.title, document.subtitle, document.marking, document.author, document.audience)
    yield from (("Title page", text) for text in heads)
    under = "Title page"
    for part in document.parts:
        match part:
            case Heading():
                under = part.text
                yield under, part.text
            case Paragraph() | Note():
                yield under, part.text
            case Bullets():
                yield from ((under, item) for item in part.items)
            case Table():
                yield from ((under, text) for text in (part.caption, *part.header))
                for row in part.rows:
                    yield from ((f"{under}, {row[0]}", cell) for cell in row)
            case Picture():
                yield under, part.alternative
            case Chart():
                yield from ((under, text) for text in (part.title, part.unit, *(bar.label for bar in part.bars)))


def rewritten(document: Document, change: Callable[[str], str]) -> Document:
    """The paper with every text of its parts changed, and its title."""
    return replace(
        document, title=change(document.title), subtitle=change(document.subtitle),
        parts=tuple(_rewritten(part, change) for part in document.parts),
    )  # fmt: skip


def _rewritten(part: Part, change: Callable[[str], str]) -> Part:
    match part:
        case Heading() | Paragraph() | Note():
            return replace(part, text=change(part.text))
        case Bullets():
            return Bullets(tuple(map(change, part.items)))
        case Table():
            rows = tuple(tuple(map(change, row)) for row in part.rows)
            return replace(part, header=tuple(map(change, part.header)), rows=rows, caption=change(part.caption))
        case Picture():
            return replace(part, alternative=change(part.alternative))
        case Chart():
            bars = tuple(replace(bar, label=change(bar.label)) for bar in part.bars)
            return replace(part, title=change(part.title), bars=bars)
