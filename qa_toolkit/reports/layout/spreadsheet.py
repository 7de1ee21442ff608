"""A workbook as what it holds: a page of facts and counts, and tables. Looked through first, written by `sheets`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from qa_toolkit.sheets.columns import Column, Tone, Value

NOTHING: Final = "Nothing at this time."
"""What an empty sheet says, before what it would hold."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a block: a word, the formula that counts it in the tables, and what it gives."""

    label: str
    formula: str
    value: int
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Counts under a heading, with a chart of them if it has a title."""

    heading: str
    of: str
    unit: str
    lines: tuple[Counted, ...]
    total: bool = True
    chart: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table on a sheet of its own."""

    name: str
    table: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    holds: str
    """What it holds, in a sentence."""


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A whole workbook."""

    title: str
    marking: str
    as_at: datetime
    subtitle: str
    audience: str
    facts: tuple[tuple[str, Value], ...]
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    sheets: tuple[Sheet, ...]
    author: str = ""


def places(book: Spreadsheet) -> Iterator[tuple[str, str]]:
    """Every text with where it stands, as a reader would look for it."""
    yield "Title", book.title
    yield "Subtitle", book.subtitle
    yield from (("Summary", str(value)) for _, value in book.facts if isinstance(value, str))
    yield from (("Summary", note) for note in (*book.notes, *(block.note for block in book.blocks)))
    yield from ((f"Summary, {block.heading}", line.label) for block in book.blocks for line in block.lines)
    for sheet in book.sheets:
        for row in sheet.rows:
            for column, value in zip(sheet.columns, row, strict=True):
                if isinstance(value, str):
                    yield f"{sheet.name}, {row[0]}, {column.title}", value


def rewritten(book: Spreadsheet, change: Callable[[str], str]) -> Spreadsheet:
    """The workbook with every text of its tables and notes changed."""
    return replace(
        book, title=change(book.title), subtitle=change(book.subtitle), notes=tuple(map(change, book.notes)),
        facts=tuple((label, change(value) if isinstance(value, str) else value) for label, value in book.facts),
        sheets=tuple(
            replace(
                sheet,
                rows=tuple(tuple(change(v) if isinstance(v, str) else v for v in row) for row in sheet.rows),
            )
            for sheet in book.sheets
        ),
    )  # fmt: skip


def write_spreadsheet(book: Spreadsheet, out: Path) -> list[tuple[str, str, int]]:
    """Write the workbook, whole or not at all; gives the texts that were too long for a cell.

    Raises:
        SheetError: The file's name does not end in .xlsx, or a table has more rows than a sheet.
        NotSaved: The disk refused; nothing was left behind.
    """
    # Deferred: xlsxwriter is wanted only when a workbook is written.
    from qa_toolkit.sheets.summary import Tally
    from qa_toolkit.sheets.writer import Book

    with Book(
        out, title=book.title, marking=book.marking, as_at=book.as_at, author=book.author, subject=book.audience,
        properties={"audience": book.audience},
    ) as made:  # fmt: skip
        page = made.summary("Summary", subtitle=book.subtitle)
        page.fact("For", book.audience)
        for label, value in book.facts:
            page.fact(label, value)
        for note in book.notes:
            page.note(note)
        for block in book.blocks:
            lines = [Tally(line.label, line.formula, line.value, line.tone) for line in block.lines]
            rows = page.tallies(block.heading, block.of, block.unit, lines, total=block.total)
            if block.note:
                page.note(block.note)
            if block.chart and lines:
                words = ", ".join(f"{line.label} {line.value}" for line in block.lines)
                page.chart(
                    rows, title=block.chart, description=f"A bar for each, in {block.unit.lower()}: {words}.",
                    tones=[line.tone for line in block.lines],
                )  # fmt: skip
        page.links([(sheet.name, sheet.holds if sheet.rows else f"{sheet.holds} {NOTHING}") for sheet in book.sheets])
        for sheet in book.sheets:
            made.table(
                sheet.name, sheet.table, sheet.columns, sheet.rows, description=sheet.holds,
                nothing=f"{NOTHING} {sheet.holds}",
            )  # fmt: skip
    return made.cut
