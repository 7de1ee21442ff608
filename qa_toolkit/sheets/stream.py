"""A sheet for very long tables: its rows go to the file as they are, without an object for each cell.

The ordinary way keeps every cell in memory until the end, which at 100,000 rows takes several times as long. Everything
but the rows (header, totals, colours, print set-up) is still written the ordinary way. It leans on private parts of
xlsxwriter (`_write_sheet_data`, `_write_rows`, `table`, `tables`), which is why its version is pinned; a test reads the
result back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name, xl_range  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

STREAM_FROM: Final = 5_000
"""Rows from which a table is streamed."""
_FIRST_DAY: Final = date(1899, 12, 30).toordinal()
# Text that looks like the format's own escape for a character, whose first underscore is escaped in turn.
_IMITATION: Final = re.compile(r"_(x[0-9a-fA-F]{4}_)")


class StreamedSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose first row and last (totals) are ordinary, and whose rows between come from `lines`."""

    lines: Iterator[str]
    last_row: int

    def take(self, lines: Iterator[str], count: int, *, totals: bool) -> None:
        """Stretches the one table, made over a single row of data, over `count` rows that `lines` gives as XML."""
        self.lines, self.last_row = lines, count
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
        for line in self.lines:
            self.fh.write(line)
        if end > self.last_row:
            self.dim_rowmin = self.dim_rowmax = end
            self._write_rows()
        self._xml_end_tag("sheetData")


def row_xml(number: int, values: Sequence[str | float | None], looks: Sequence[int], height: float) -> str:
    """One row, counted from 1: numbers as numbers, text as text within the cell, None as an empty cell."""
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    row = [f'<row r="{number}"{tall}>']
    for letters, look, value in zip(_letters(len(values)), looks, values, strict=True):
        if isinstance(value, str):
            row.append(f'<c r="{letters}{number}" s="{look}" t="inlineStr"><is>{_text(value)}</is></c>')
        elif value is None:
            row.append(f'<c r="{letters}{number}" s="{look}"/>')
        else:
            row.append(f'<c r="{letters}{number}" s="{look}"><v>{value!r}</v></c>')
    row.append("</row>")
    return "".join(row)


@cache
def _letters(columns: int) -> list[str]:
    return [xl_col_to_name(col) for col in range(columns)]


def _text(text: str) -> str:
    if "_x" in text:
        text = _IMITATION.sub(r"_x005F_\1", text)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
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
