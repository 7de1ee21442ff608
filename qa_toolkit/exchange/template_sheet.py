"""A template as a workbook, and back: for co-ordinators, who write a table and not TOML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from qa_toolkit.domain.errors import NotFound, SheetError
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.table import (
    COLUMNS,
    FACTS_SHEET,
    QUESTIONS_SHEET,
    facts_from_template,
    left_out,
    rows_from_template,
    template_from_rows,
)
from qa_toolkit.domain.template.writing import to_toml
from qa_toolkit.sheets.columns import Column
from qa_toolkit.sheets.reader import Read, Sheet, read_book
from qa_toolkit.sheets.writer import Book

_WIDTHS = {
    "Section": 20, "Question id": 11, "Question": 50, "Agencies": 24, "Answer type": 16, "Options": 30,
    "Guidance": 50, "Evidence": 16, "Look for": 34, "Limiting": 18, "Purpose": 14,
}  # fmt: skip


def template_from_workbook(file: Path) -> tuple[str, Template]:
    """A workbook's two tables as a checked template, and its TOML text.

    Raises:
        SheetError: The file cannot be read, or lacks one of the two sheets.
        TemplateError: The tables have faults; each names its sheet and cell.
    """
    book = read_book(file)
    questions, facts = _sheet(book, QUESTIONS_SHEET), _sheet(book, FACTS_SHEET)
    template = template_from_rows(_rows(questions), file.name, _rows(facts))
    return to_toml(template), template


def _sheet(book: Read, name: str) -> Sheet:
    try:
        return book.sheet(name)
    except NotFound as error:
        raise SheetError(
            f"{error} A template’s workbook has the sheets “{QUESTIONS_SHEET}” and “{FACTS_SHEET}”: "
            "`qa template to` writes one to begin from."
        ) from None


def _rows(sheet: Sheet) -> list[list[Any]]:
    """The rows of a sheet from its first row and column on, empty ones too, so that faults name the right cell."""
    found: list[list[Any]] = []
    for row in sheet.rows:
        while len(found) < row.number - 1:
            found.append([])
        found.append([None] * (row.first_column - 1) + list(row.values))
    return found


def template_to_workbook(template: Template, out: Path) -> list[str]:
    """Write a template as two tables; gives, in sentences, what a table has no place for."""
    # A draft has no day of issue; its workbook carries one that nobody will take for a real one.
    day = template.issued or date(2000, 1, 1)
    moment = datetime.combine(day, time(12), tzinfo=UTC)
    with Book(out, title=template.title, marking="", as_at=moment, subject="Audit template") as book:
        columns = [Column(title=title, width=_WIDTHS.get(title, 20)) for title in COLUMNS]
        questions: Sequence[Sequence[str]] = rows_from_template(template)
        book.table(
            QUESTIONS_SHEET, "tblQuestions", columns, _without_heading(questions, COLUMNS),
            description="The questions of the template, a row each. Add, change and remove rows as you need.",
        )  # fmt: skip
        pairs = [Column(title="Fact", width=16), Column(title="Value", width=90)]
        book.table(
            FACTS_SHEET, "tblTemplate", pairs, facts_from_template(template),
            description="Facts about the template as a whole.",
        )  # fmt: skip
    return left_out(template)


def _without_heading(rows: Sequence[Sequence[str]], heading: Sequence[str]) -> list[Sequence[str]]:
    return list(rows[1:] if rows and tuple(rows[0]) == tuple(heading) else rows)
