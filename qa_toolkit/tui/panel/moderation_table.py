"""How moderation is drawn: a row for each grade and question, a column for each agency, as wide as there is room."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import DataTable

from qa_toolkit.domain.comparing import GradeRow, QuestionRow
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.text import rich_shown
from qa_toolkit.workflow.hearings import Hearing

SHORT = {
    Grade.OUTSTANDING: ("Outstanding", "Outst.", "O"), Grade.GOOD: ("Good", "G"),
    Grade.REQUIRES_IMPROVEMENT: ("Requires improvement", "Req. imp.", "RI"),
    Grade.INADEQUATE: ("Inadequate", "Inadeq.", "In"), Grade.NOT_GRADED: ("Not graded", "Not gr.", "–"),
}  # fmt: skip
"""A grade's words, the longest first."""
LABEL, NARROWEST, WIDEST = 8, 7, 22
"""Columns of the row's name, and of an agency at the least and at the most."""

Row = GradeRow | QuestionRow


def column_width(width: int, agencies: int) -> int:
    """Columns that each agency has on a screen of that width; the agreed grade has as many."""
    return max(NARROWEST, min(WIDEST, (width - 2 - LABEL) // (agencies + 1)))


def draw(table: DataTable[Text], heard: Hearing, rows: list[Row], width: int) -> None:
    """Fill the table; the cursor stays where it was."""
    agencies = heard.comparison.agencies
    room, at = column_width(width, len(agencies)), table.cursor_row
    table.clear(columns=True)
    table.header_height = 2
    # A fixed column is drawn twice over, so only where the agencies run off the screen.
    table.fixed_columns = int(LABEL + room * (len(agencies) + 1) > width - 2)
    table.add_column(rich_shown("Row"), width=LABEL)
    for agency in agencies:
        table.add_column(_head(agency, room - 1), width=room)
    table.add_column(_head("Agreed", room - 1), width=room)
    for row in rows:
        table.add_row(*_cells(row, heard, agencies, room - 1))
    if rows:
        table.move_cursor(row=min(at, len(rows) - 1))


def _head(agency: str, room: int) -> Text:
    above, dash, below = agency.partition("-")
    if len(agency) <= room or not below:
        return rich_shown(shorten(agency, room))
    return Text("\n").join(rich_shown(shorten(line, room)) for line in (above + dash, below))


def _cells(row: Row, heard: Hearing, agencies: tuple[str, ...], room: int) -> list[Text]:
    if isinstance(row, QuestionRow):
        mark = "* " if row.contradiction else "  "
        said = [rich_shown(shorten(row.words.get(agency, ""), room)) for agency in agencies]
        return [rich_shown(mark + row.question.id, "bold" if row.contradiction else ""), *said, rich_shown("")]
    agreed = heard.agreed.get(row.of)
    given = [_grade(row, agency, room) for agency in agencies]
    label = "Whole" if row.of == OVERALL else row.of
    return [rich_shown(label, "bold"), *given, rich_shown(_word(agreed.grade, room) if agreed else "", "bold")]


def _grade(row: GradeRow, agency: str, room: int) -> Text:
    if agency in row.own:
        return rich_shown(_word(row.own[agency], room))
    advice = row.indicative.get(agency)
    return rich_shown(f"({_word(advice, room - 2)})" if advice else "", "dim")


def _word(grade: Grade, room: int) -> str:
    words = SHORT[grade]
    return next((word for word in words if len(word) <= room), words[-1])
