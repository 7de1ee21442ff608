"""A round of self-assessment in its workbook: a row for each agency and indicator, to sort and filter by."""

from __future__ import annotations

from datetime import date

from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.rounds import Board, Word
from qa_toolkit.reports.audits.counts import Found
from qa_toolkit.sheets.columns import Column, Value
from qa_toolkit.sheets.writer import Book

SHEET = "Indicators"


PANELS = "the panel’s reason"
"""The place of what the panel typed; outputs show it as it is."""


def typed_by_panel(board: Board, today: date) -> tuple[Found, ...]:
    """What in the panel's reasons could identify somebody."""
    typed = [
        (f"{board.subjects[agency]}, {line.id}", cell.moderated.note)
        for page in board.pages for line in page.lines for agency, cell in line.cells.items()
        if cell.moderated is not None and cell.moderated.note
    ]  # fmt: skip
    return tuple(Found(subject, PANELS, hit) for subject, note in typed for hit in identifiers(note, today=today))


def indicators(book: Book, board: Board, names: dict[str, str]) -> None:
    """The sheet; sections and the whole stand before their indicators."""
    columns = [
        Column(title="Section", width=26), Column(title="Indicator", width=11), Column(title="Asked", width=50),
        Column(title="Agency", width=26), Column(title="Own word", width=18),
        Column(title="Looked at again", width=11, note="No: carried over from the last round, and not touched since."),
        Column(title="Panel’s word", width=18), Column(title="Panel’s reason", width=44),
        Column(title="Last time", width=18, note="The panel’s word then, or else the agency’s own."),
        Column(title="Steps since", kind="int", width=9, note="From last time to the panel’s word, or else the own."),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            page.title, "" if line.id == OVERALL else line.id, line.title, names[agency], _said(cell.own),
            "" if cell.own is None or cell.own.computed else "No" if cell.unconfirmed else "Yes",
            _said(cell.moderated), cell.moderated.note if cell.moderated and not cell.moderated.computed else "",
            _said(cell.before), cell.moved,
        ]
        for page in board.pages for line in page.lines for agency, cell in line.cells.items() if cell.asked
    ]  # fmt: skip
    before = f"; last time is {', '.join(board.before)}" if board.before else ""
    book.table(
        SHEET, "tblIndicators", columns, rows,
        description=f"Each agency’s own word, the panel’s beside it{before}. In brackets: the middle of the steps.",
    )  # fmt: skip


def _said(word: Word | None) -> str:
    return word.shown if word is not None else ""
