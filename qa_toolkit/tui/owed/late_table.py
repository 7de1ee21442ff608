"""How what is owed is drawn: a row for each child, a column for each agency, two lines a cell, in words.

A self-assessment is one row: each agency answers about itself, so its return stands in its own column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.text import Text
from textual.widgets import DataTable

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.states import State
from qa_toolkit.domain.text import cells as width_of
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.text import rich_shown
from qa_toolkit.workflow.owing import Owing
from qa_toolkit.workflow.reading import Cell, Grid

LEAST, MOST = 8, 15
"""Columns of an agency."""
ROOMY = 9
"""Columns in which the words are written out."""


class Row(NamedTuple):
    """One child, or one audit of agencies."""

    audit: str
    label: str
    cells: dict[str, Cell]
    """By agency."""


def rows(grids: Iterable[Grid], found: Owing, *, whole: bool) -> list[Row]:
    """The rows for whom something is owed; with `whole`, every row."""
    made = []
    for at in grids:
        audit = at.file.audit
        if audit.subject == "child":
            for subject in at.subjects:
                mine = {agency: at.cells[subject, agency] for agency in at.agencies if (subject, agency) in at.cells}
                made.append(Row(audit.id, subject.removeprefix(f"{audit.id}-"), mine))
        else:
            made.append(Row(audit.id, "agencies", {cell.agency: cell for cell in at.cells.values()}))
    return [row for row in made if whole or any(_owed(cell, found) for cell in row.cells.values())]


def _owed(cell: Cell, found: Owing) -> bool:
    return cell.state.owed and cell.return_id not in found.excused


def agencies(made: Iterable[Row]) -> list[str]:
    """The columns, in the order of the audits."""
    return list(dict.fromkeys(agency for row in made for agency in row.cells))


def draw(table: DataTable[Text], made: Sequence[Row], found: Owing, width: int) -> None:
    """Fill the table for a screen of that many columns; the cursor stays where it was."""
    where = table.cursor_coordinate
    table.clear(columns=True)
    columns = agencies(made)
    table.fixed_columns, table.cell_padding, table.header_height = 1, 0, 2
    first = max([11, *(width_of(row.audit) + 1 for row in made)])
    wide = max(LEAST, min(MOST, (width - first - 5) // max(len(columns), 1)))
    table.add_column(rich_shown("Child"), width=first)
    for agency in columns:
        table.add_column(_heading(agency, wide - 1), width=wide)
    for row in made:
        label = Text("\n").join((rich_shown(row.audit, "dim"), rich_shown(shorten(row.label, first - 1), "bold")))
        said = [_cell(row.cells.get(agency), found, wide - 1) for agency in columns]
        table.add_row(label, *said, key=f"{row.audit} {row.label}", height=2)
    if made:
        table.move_cursor(row=min(where.row, len(made) - 1), column=min(max(where.column, 1), len(columns)))


def _heading(agency: str, width: int) -> Text:
    above, dash, below = agency.partition("-")
    if not dash and width_of(agency) > width:
        above, dash, below = agency[: width - 1], "-", agency[width - 1 :]
    return Text("\n").join(rich_shown(shorten(part, width)) for part in (above + dash, below))


def _cell(cell: Cell | None, found: Owing, width: int) -> Text:
    if cell is None or cell.state is State.NOT_ASKED:
        return rich_shown("–", "dim")
    if cell.return_id in found.excused:
        return rich_shown("excused", "dim")
    if cell.state is State.UNREADABLE:
        return rich_shown("DAMAGED", "bold")
    if not cell.state.owed:
        return rich_shown("nil" if cell.state is State.NIL else "in", "dim")
    above, style = _when(cell, width), "bold" if cell.late else ""
    return Text("\n").join(rich_shown(shorten(line, width), style) for line in (above, _below(cell, found, width)))


def _when(cell: Cell, width: int) -> str:
    if cell.late:
        return f"{cell.late} late"
    return "today" if cell.days_left == 0 else f"{cell.days_left} {'to go' if width >= ROOMY else 'left'}"


def _below(cell: Cell, found: Owing, width: int) -> str:
    promised = found.promised.get(cell.return_id)
    if promised is not None:
        return f"{'by ' if width >= ROOMY else ''}{show_date(promised.day).rsplit(' ', 1)[0]}"
    if cell.state is State.QUERIED:
        return "queried"
    if cell.summary is None:
        return "not begun" if width >= ROOMY else ""
    of = " of " if width >= ROOMY else "/"
    return f"{cell.summary.answered}{of}{cell.summary.asked}"
