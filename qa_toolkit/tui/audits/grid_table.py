"""How an audit's grid is drawn: a column for each agency, two lines a cell where the screen is narrow.

Where each subject is asked of one agency, itself (a self-assessment), one column is drawn: the others would be empty.
"""

from __future__ import annotations

from rich.text import Text
from textual.widgets import DataTable

from qa_toolkit.domain.states import State
from qa_toolkit.domain.text import cells, shorten
from qa_toolkit.tui.text import rich_shown
from qa_toolkit.workflow.reading import Cell, Grid

CODES = {
    State.NOT_ASKED: "–",
    State.NOT_STARTED: "not started",
    State.IN_PROGRESS: "in progress",
    State.CHECKED: "checked",
    State.SUBMITTED: "submitted",
    State.QUERIED: "queried",
    State.RECEIVED: "received",
    State.NIL: "nil",
    State.UNREADABLE: "DAMAGED",
}
"""The words of the grid, short enough for a column."""
WIDE, NARROW = 13, 11
"""Columns of an agency: with a state on one line, and on two where that is too wide for the screen."""


def draw(table: DataTable[Text], at: Grid, width: int) -> None:
    """Fill the table for a screen of that many columns; the cursor stays where it was."""
    where = table.cursor_coordinate
    table.clear(columns=True)
    table.fixed_columns = 1
    if alone(at):
        _one_column(table, at)
    else:
        _columns(table, at, width)
    if at.subjects:
        last = 1 if alone(at) else len(at.agencies)
        table.move_cursor(row=min(where.row, len(at.subjects) - 1), column=min(max(where.column, 1), last))


def chosen(table: DataTable[Text], at: Grid) -> Cell | None:
    """The return where the cursor stands."""
    where = table.cursor_coordinate
    if where.row >= len(at.subjects):
        return None
    if alone(at):
        return _own(at, at.subjects[where.row])
    return at.cells.get((at.subjects[where.row], at.agencies[where.column - 1])) if where.column > 0 else None


def alone(at: Grid) -> bool:
    """Whether each subject is asked of one agency, itself."""
    return at.file.audit.subject != "child"


def _columns(table: DataTable[Text], at: Grid, width: int) -> None:
    first = max([7, *(cells(_label(at, s)) for s in at.subjects)])
    tall = first + 2 + (WIDE + 2) * len(at.agencies) > width - 2
    table.cell_padding, table.header_height = (0, 2) if tall else (1, 1)
    table.add_column(rich_shown("Subject"), width=first + tall)
    for agency in at.agencies:
        name = rich_shown(shorten(agency, WIDE))
        table.add_column(in_two_lines(agency, "-") if tall else name, width=NARROW if tall else WIDE)
    for subject in at.subjects:
        row = [rich_shown(_label(at, subject), "bold")]
        row += [_cell(at.cells.get((subject, agency)), tall=tall) for agency in at.agencies]
        table.add_row(*row, key=subject, height=2 if tall else 1)


def _one_column(table: DataTable[Text], at: Grid) -> None:
    table.cell_padding, table.header_height = 1, 1
    widest = max((cells(at.file.subjects[s].label) for s in at.subjects), default=10)
    for title, width in (("Organisation", min(widest, 48)), ("State", 16), ("Answered", 10)):
        table.add_column(rich_shown(title), width=width)
    for subject in at.subjects:
        cell = _own(at, subject)
        known = cell.summary if cell else None
        done = f"{known.answered} of {known.asked}" if known else ""
        label = rich_shown(shorten(at.file.subjects[subject].label, 48), "bold")
        table.add_row(label, _cell(cell, tall=False), rich_shown(done), key=subject)


def _own(at: Grid, subject: str) -> Cell | None:
    return at.cells.get((subject, at.file.subjects[subject].agency))


def _label(at: Grid, subject: str) -> str:
    found = at.file.subjects[subject]
    return shorten(found.label, 22) if found.label else subject.removeprefix(f"{at.file.audit.id}-")


def _cell(cell: Cell | None, *, tall: bool) -> Text:
    if cell is None:
        return rich_shown("–", "dim")
    late, style = f"+{cell.late}" if cell.late else "", "bold" if cell.late else ""
    words = CODES[cell.state]
    return in_two_lines(words, " ", late, style) if tall else rich_shown(f"{words} {late}".strip(), style)


def in_two_lines(words: str, at: str, late: str = "", style: str = "") -> Text:
    """A state or an agency in a narrow column, broken once; a late mark goes where there is room."""
    above, mark, below = words.partition(at)
    above += mark.strip()
    fits = (text for text in (f"{below} {late}".strip(), f"{below}{late}") if len(text) < NARROW)
    if late and (fitting := next(fits, "")):
        below = fitting
    elif late:
        above = f"{above} {late}"
    lines = (rich_shown(shorten(line, NARROW - 1 if not late else NARROW), style) for line in (above, below))
    return Text("\n").join(lines)
