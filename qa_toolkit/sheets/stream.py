"""A sheet for very long tables: its rows go to a file as they are drawn, without an object for each cell.

The ordinary way keeps every cell in memory until the end. Everything but the rows (header, totals, colours, print
set-up) is still written the ordinary way. It leans on private parts of xlsxwriter (`_write_sheet_data`, `_write_rows`,
`table`, `tables`), which is why its version is pinned; a test reads the result back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo

# Not `xml.sax.saxutils`, which says the same: it loads all that fetches from a network.
from html import escape
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from xlsxwriter.utility import xl_col_to_name, xl_range  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

STREAM_FROM: Final = 200
"""Rows from which a table is streamed: it takes a third of the time for each cell, and a file beside the target."""
_FIRST_DAY: Final = date(1899, 12, 30).toordinal()
# Text that looks like the format's own escape for a character, whose first underscore is escaped in turn.
_IMITATION: Final = re.compile(r"_(x[0-9a-fA-F]{4}_)")
_BATCH: Final = 500
"""Rows that are written to the file at once."""


class StreamedSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose first row and last (totals) are ordinary, and whose rows between stand in a file as XML."""

    rows: Path
    last_row: int

    def take(self, rows: Path, count: int, *, totals: bool) -> None:
        """Stretches the one table, made over a single row of data, over the `count` rows that the file holds."""
        self.rows, self.last_row = rows, count
        (table,) = self.tables
        columns = len(table["columns"]) - 1
        table["range"] = xl_range(0, 0, count + totals, columns)
        table["a_range"] = table["autofilter"] = xl_range(0, 0, count, columns)
        if totals:
            self.table[count + 1] = self.table.pop(2)
        self.dim_rowmax = count + totals

    def _write_sheet_data(self) -> None:
        end = self.dim_rowmax
        self._xml_start_tag("sheetData")
        self.dim_rowmax = 0
        self._write_rows()
        with self.rows.open("r", encoding="utf-8", newline="") as rows:
            shutil.copyfileobj(rows, self.fh, 1 << 20)
        if end > self.last_row:
            self.dim_rowmin = self.dim_rowmax = end
            self._write_rows()
        self._xml_end_tag("sheetData")


def write_rows(file: Path, rows: Iterable[str], refused: Callable[[Exception], Exception]) -> None:
    """Rows as XML into a file; `refused` makes the refusal of a disk that does not take them.

    A fault in drawing the rows is raised as it is: it is not about this file.
    """
    drawn = iter(rows)
    with _told(refused):
        stream = file.open("w", encoding="utf-8", newline="")
    try:
        while batch := list(islice(drawn, _BATCH)):
            with _told(refused):
                _write(stream, batch)
    finally:
        with _told(refused):
            stream.close()


@contextmanager
def _told(refused: Callable[[Exception], Exception]) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise refused(fault) from fault


def _write(stream: TextIO, batch: Iterable[str]) -> None:
    stream.write("".join(batch))


def row_start(number: int, height: float) -> str:
    """What opens a row, counted from 1."""
    return f'<row r="{number}" ht="{height:g}" customHeight="1">' if height else f'<row r="{number}">'


def cell_starts(columns: int) -> list[str]:
    """What opens a cell in each column; the number of its row follows."""
    return [f'<c r="{xl_col_to_name(col)}' for col in range(columns)]


def look_xml(looks: Sequence[int]) -> list[str]:
    """What follows the name of a cell in each column."""
    return [f'" s="{look}"' for look in looks]


def cell_xml(value: str | float | None) -> str:
    """What a cell holds: a number as a number, text as text within the cell, None as an empty cell."""
    if isinstance(value, str):
        return f' t="inlineStr"><is>{_text(value)}</is></c>'
    return "/>" if value is None else f"><v>{value!r}</v></c>"


def _text(text: str) -> str:
    if "_x" in text:
        text = _IMITATION.sub(r"_x005F_\1", text)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    # Without the mark a reader drops spaces and new lines at the ends.
    return f"<t>{text}</t>" if text == text.strip() else f'<t xml:space="preserve">{text}</t>'


def serial(value: date, zone: tzinfo) -> float:
    """A day or a moment as Excel counts: days since the end of 1899."""
    days = value.toordinal() - _FIRST_DAY
    if not isinstance(value, datetime):
        return days
    there = value.astimezone(zone) if value.tzinfo else value
    seconds = there.hour * 3600 + there.minute * 60 + there.second + there.microsecond / 1e6
    return there.toordinal() - _FIRST_DAY + seconds / 86_400
