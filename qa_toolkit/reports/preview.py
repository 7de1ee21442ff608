"""What will be written, as text to read first: a paper as its plain layout, a workbook as a page of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from qa_toolkit.domain.dates import show_date, show_moment
from qa_toolkit.reports.layout.document import Bar, Bullets, Chart, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.layout.plain import laid_out
from qa_toolkit.reports.layout.spreadsheet import Block, Sheet, Spreadsheet
from qa_toolkit.sheets.columns import Column, Tone, Value

ROWS: Final = 25
"""Rows of a workbook's table that the preview shows; the rest is counted."""


class Preview(NamedTuple):
    """The text, and where each heading stands in it."""

    lines: list[str]
    headings: list[tuple[str, int]]


def preview(body: Document | Spreadsheet, width: int, place: ZoneInfo) -> Preview:
    """The paper or workbook in lines of at most so many terminal cells."""
    lines: list[str] = []
    headings: list[tuple[str, int]] = []
    document = body if isinstance(body, Document) else as_paper(body, place)
    for part, block in laid_out(document, width):
        if isinstance(part, Heading):
            headings.append((part.text, len(lines)))
        lines += [*block, ""]
    return Preview(lines[:-1], headings)


def page_starts(lines: Sequence[str], height: int) -> list[int]:
    """Where each page of a screen begins: after an empty line of the lower half that no heading stands above."""
    starts, at, height = [0], 0, max(height, 3)
    while at + height < len(lines):
        end = at + height
        empty = (n for n in range(end, end - height // 2, -1) if not lines[n - 1].strip() and not _under(lines[n - 2]))
        at = next(empty, end)
        starts.append(at)
    return starts


def _under(line: str) -> bool:
    """Whether a line underlines a heading, which belongs with what follows it."""
    return len(set(line)) == 1 and line[0] in "=-."


def as_paper(book: Spreadsheet, place: ZoneInfo) -> Document:
    """A workbook as a paper; of long tables the first rows, and how many more there are."""
    parts: list[Part] = [Bullets(tuple(f"{label}: {_words(value, None, place)}" for label, value in book.facts))]
    parts += [Note(note) for note in book.notes]
    for block in book.blocks:
        parts += _block(block)
    for sheet in book.sheets:
        parts += _sheet(sheet, place)
    return Document(
        title=book.title, marking=book.marking, as_at=show_moment(book.as_at, place), head="in the workbook",
        parts=tuple(parts), subtitle=book.subtitle, author=book.author, audience=book.audience,
    )  # fmt: skip


def _block(block: Block) -> list[Part]:
    counts = tuple((line.label, str(line.value)) for line in block.lines)
    parts: list[Part] = [Heading(block.heading)]
    if block.chart and counts:
        bars = tuple(Bar(line.label, line.value, line.tone or Tone.FAIR) for line in block.lines)
        parts.append(Chart(block.chart, block.unit.lower(), bars))
    elif counts:
        parts.append(Table((block.of, block.unit), counts, widths=(5, 1)))
    return [*parts, *([Paragraph(block.note)] if block.note else [])]


def _sheet(sheet: Sheet, place: ZoneInfo) -> list[Part]:
    shown = [n for n, column in enumerate(sheet.columns) if not column.hidden]
    columns = [sheet.columns[n] for n in shown]
    rows = tuple(
        tuple(_words(row[n], column, place) for n, column in zip(shown, columns, strict=True))
        for row in sheet.rows[:ROWS]
    )
    more = len(sheet.rows) - len(rows)
    count = "1 row" if len(sheet.rows) == 1 else f"{len(sheet.rows)} rows"
    parts: list[Part] = [Heading(f"Sheet: {sheet.name}"), Paragraph(f"{sheet.holds} {count}.")]
    if rows:
        parts.append(Table(tuple(column.title for column in columns), rows))
    if more > 0:
        parts.append(Note(f"{more} more rows are in the workbook; this preview shows the first {ROWS}."))
    return parts


def _words(value: Value, column: Column | None, place: ZoneInfo) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return show_moment(value, place)
        case date():
            return show_date(value)
        case int() | float() if column is not None and column.kind == "percent":
            return f"{value:.0%}"
        case _:
            return str(value)
