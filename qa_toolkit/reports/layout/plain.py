"""A paper as plain text, 80 columns wide: for e-mail, for a screen reader, and for comparing two of them.

Nothing is cut: what is too wide for its place goes on in the next line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qa_toolkit.domain.text import cells, visible
from qa_toolkit.reports.layout import fitting
from qa_toolkit.reports.layout.document import Bullets, Chart, Document, Heading, Note, Paragraph, Part, Picture, Table

WIDTH: Final = 80
NARROWEST: Final = 9
"""Cells; a table whose columns of words would be narrower is written as one block for each row instead."""
TALLEST: Final = 6
"""Lines that one row of a table may take; words in many short lines are read more easily one below the other."""
_GAP: Final = "  "
_UNDERLINE: Final = {1: "=", 2: "-", 3: "."}


def plain_text(document: Document, width: int = WIDTH) -> str:
    """The whole paper, each line at most `width` terminal cells, ending in a new line."""
    return "\n\n".join("\n".join(block) for _, block in laid_out(document, width)) + "\n"


def laid_out(document: Document, width: int = WIDTH) -> Iterator[tuple[Part | None, list[str]]]:
    """The lines of each part, without the empty one between them; None for the title page and the end."""
    about = f"As at {document.as_at}. Version {document.version}. Record {document.head}."
    yield None, wrap(document.marking, width)
    lines = wrap(document.title, width)
    yield None, [*lines, "=" * max(map(cells, lines))]
    if document.subtitle:
        yield None, wrap(document.subtitle, width)
    if document.audience:
        yield None, wrap(f"For: {document.audience}", width)
    yield None, wrap(about, width)
    for part in document.parts:
        if block := _part(part, width):
            yield part, block
    yield None, wrap(document.marking, width)


def _part(part: Part, width: int) -> list[str]:
    match part:
        case Heading(text, level):
            lines = wrap(text, width)
            return [*lines, _UNDERLINE[level] * max(map(cells, lines))]
        case Paragraph(text):
            return wrap(text, width)
        case Note(text):
            return [f"! {line}" for line in wrap(text, width - 2)]
        case Bullets(items):
            return [line for item in items for line in _hanging("- ", item, width)]
        case Picture():
            return _hanging("[Picture] ", part.alternative, width)
        case Chart():
            return _chart(part, width)
        case Table():
            return _table(part, width)


def _chart(chart: Chart, width: int) -> list[str]:
    """Bars of `#`, each with its number; where the labels leave too little room, the words alone."""
    numbers = max(len(str(bar.value)) for bar in chart.bars)
    names = max(cells(visible(bar.label)) for bar in chart.bars)
    room = width - names - numbers - 2 * len(_GAP)
    if room < NARROWEST:
        return _hanging("[Chart] ", chart.alternative, width)
    lines = wrap(f"{chart.title} ({chart.unit})", width)
    for bar in chart.bars:
        label = visible(bar.label)
        drawn = "#" * max(bool(bar.value), bar.value * room // chart.longest)
        lines.append(f"{label}{' ' * (names - cells(label))}{_GAP}{bar.value:>{numbers}}{_GAP}{drawn}".rstrip())
    return lines


def _table(table: Table, width: int) -> list[str]:
    right = fitting.numeric(table)
    columns = _widths(table, width)
    if any(width < NARROWEST for n, width in enumerate(columns) if fitting.running(table, n)):
        return _blocks(table, width)
    rows = [_row(row, columns, right) for row in table.rows]
    if any(len(row) > TALLEST for row in rows):
        return _blocks(table, width)
    lines = [*_row(table.header, columns, right), _GAP.join("-" * column for column in columns)]
    # A line between rows only where a row takes more than one line, so that short tables stay short.
    spaced = any(len(row) > 1 for row in rows)
    for number, row in enumerate(rows):
        lines += ["", *row] if spaced and number else row
    return lines


def _widths(table: Table, width: int) -> list[int]:
    room = width - len(_GAP) * (len(table.header) - 1)
    return [int(one) for one in fitting.widths(table, room, cells, narrowest=min(NARROWEST, room))]


def _row(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    columns = [wrap(text, width) for text, width in zip(row, widths, strict=True)]
    height = max(map(len, columns))
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        _GAP.join(
            " " * (width - cells(line)) + line if number else line + " " * (width - cells(line))
            for line, width, number in zip(lines, widths, right, strict=True)
        ).rstrip()
        for lines in zip(*padded, strict=True)
    ]


def _blocks(table: Table, width: int) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(table.rows):
        lines += [""] if number else []
        for name, text in zip(table.header, row, strict=True):
            lines += _hanging("", f"{name}: {text}", width, indent=2)
    return lines or wrap("; ".join(table.header), width)


def _hanging(lead: str, text: str, width: int, indent: int = 0) -> list[str]:
    """`lead` before the first line, as much room or `indent` before the others."""
    room = max(len(lead), indent)
    return [(" " * room if at else lead) + line for at, line in enumerate(wrap(text, width - room))]


def wrap(text: str, width: int) -> list[str]:
    """The text made safe to show, in lines of at most `width` cells; at least one line, which may be empty.

    A word longer than a line is broken, never dropped.
    """
    lines: list[str] = []
    for line in visible(text.replace("\r\n", "\n").replace("\r", "\n"), lines=True).split("\n"):
        done, used = "", 0
        for word in line.split():
            size = cells(word)
            if done and used + 1 + size <= width:
                done, used = f"{done} {word}", used + 1 + size
                continue
            if done:
                lines.append(done)
            *whole, done = _broken(word, width) if size > width else [word]
            lines += whole
            used = cells(done)
        lines.append(done)
    return lines


def _broken(word: str, width: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for char in word:
        size = cells(char)
        if piece and used + size > width:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + char, used + size
    return [*pieces, piece]
