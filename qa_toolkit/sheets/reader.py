"""A workbook from outside, read within bounds: its sheets, tables and custom properties as plain values.

Hidden sheets, rows and columns are read like the others. Formulas are not run: what is read is the value that Excel
last stored. Whole numbers come as `int`, days as `date`, moments as `datetime` without a zone (the sheet knows none).
Everything that cannot be read is a `SheetError` that names the file and, where known, the sheet and the cell.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from qa_toolkit.domain.errors import NotFound, SheetError
from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.sheets.guard import BROKEN, Limits, damaged, look, too_many_cells
from qa_toolkit.sheets.parts import TablePart, cell_name, tables_of

# How Excel keeps text that looks like one of its own escapes; openpyxl gives it as it is kept.
_IMITATION: Final = re.compile(r"_x005F_(?=x[0-9a-fA-F]{4}_)")
_LAST_ROW: Final = 1_048_576
CellValue = str | int | float | bool | date | time | None

_MALFORMED: Final = (
    *BROKEN, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, ParseError, InvalidFileException,
)  # fmt: skip
"""What openpyxl is known to raise on a workbook that is not well made."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet or a table, with its place."""

    sheet: str
    number: int
    """As Excel counts: the first row is 1."""
    values: tuple[CellValue, ...]
    first_column: int = 1

    def cell(self, index: int) -> str:
        """The name of the cell that holds `values[index]`, such as `C12`."""
        return cell_name(self.number, self.first_column + index)

    def where(self, index: int) -> str:
        """The place in words: `sheet Questions, cell C12`."""
        return f"sheet {visible(self.sheet)}, cell {self.cell(index)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows that hold something, in order."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False

    def value(self, cell: str) -> CellValue:
        """What stands in a cell such as `B3`; None for an empty one."""
        letters = cell.rstrip("0123456789").upper()
        number = int(cell[len(letters) :])
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        row = next((row for row in self.rows if row.number == number), None)
        return row.values[column - 1] if row and column <= len(row.values) else None


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table: its columns by title, and its rows as wide as the columns, empty ones left out."""

    name: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, title: str) -> int:
        """The index of a column, compared without case and outer spaces.

        Raises:
            NotFound: There is no such column.
        """
        wanted = title.strip().casefold()
        for index, name in enumerate(self.columns):
            if name.strip().casefold() == wanted:
                return index
        held = ", ".join(f"“{visible(name)}”" for name in self.columns[:20])
        raise NotFound(f"The table on the sheet {visible(self.sheet)} has no column “{title}”; it has {held}.")


@dataclass(frozen=True, slots=True)
class Read:
    """A workbook that was read."""

    name: str
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]
    properties: dict[str, CellValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """Sentences about what it holds that was not used: macros, links, formulas."""
    formulas: dict[tuple[str, str], str] = field(default_factory=dict)
    """(sheet, cell) to the formula that stands there, for those cells that hold one. Their values may be stale."""

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name, compared without case.

        Raises:
            NotFound: There is none.
        """
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        held = ", ".join(f"“{visible(sheet.name)}”" for sheet in self.sheets[:20])
        raise NotFound(f"{visible(self.name)} has no sheet “{name}”; it has {held}.")

    def table(self, name: str) -> Table:
        """The table of that name, compared without case.

        Raises:
            NotFound: There is none.
        """
        for table in self.tables:
            if table.name.casefold() == name.casefold():
                return table
        held = ", ".join(visible(table.name) for table in self.tables[:20]) or "none"
        raise NotFound(f"{visible(self.name)} has no table {name}; the tables in it are: {held}.")


def read_book(path: Path, *, max_cells: int = 500_000, limits: Limits | None = None) -> Read:
    """The workbook, whole, as plain values.

    Raises:
        SheetError: It may not or cannot be read; the sentence says what to do.
    """
    bounds = limits or Limits(cells=max_cells)
    path = Path(path)
    looked = look(path, bounds)
    name = visible(path.name)
    place = ""
    try:
        # Opened here, because openpyxl leaves the file open when it fails.
        with path.open("rb") as handle, warnings.catch_warnings():
            # It warns of features that it would lose on saving; nothing is saved here.
            warnings.simplefilter("ignore")
            opened: Any = load_workbook(handle, read_only=True, data_only=True, keep_links=False)
            try:
                sheets = []
                budget = _Budget(name, bounds)
                for worksheet in opened.worksheets:
                    place = f", on the sheet {shorten(visible(worksheet.title), 40)}"
                    sheets.append(_sheet(worksheet, budget))
                place = ""
                properties = {each.name: _value(each.value) for each in opened.custom_doc_props.props}
                tables = _tables(path, opened, sheets)
            finally:
                opened.close()
            formulas = _formulas(handle, budget) if looked.formulas else {}
    except _MALFORMED as fault:
        raise damaged(name, fault, place) from None
    return Read(name, tuple(sheets), tuple(tables), properties, tuple(looked.notes), formulas)


def _formulas(handle: BinaryIO, budget: _Budget) -> dict[tuple[str, str], str]:
    """The cells that hold a formula: looked for only where the guard saw one."""
    handle.seek(0)
    opened: Any = load_workbook(handle, read_only=True, keep_links=False)
    found = {}
    try:
        for worksheet in opened.worksheets:
            worksheet.reset_dimensions()
            for row in worksheet.iter_rows():
                budget.spend(len(row))
                for cell in row:
                    if cell.data_type == "f":
                        written = getattr(cell.value, "text", cell.value)  # of one that fills several cells
                        found[(worksheet.title, cell_name(cell.row, cell.column))] = str(written)
    finally:
        opened.close()
    return found


class _Budget:
    """How many cells may still be looked at, in all sheets together."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._looked_at = 0

    def spend(self, cells: int) -> None:
        # Cells that a far one makes the reader lay out before it cost time as well, ten times less.
        self._looked_at += cells
        if self._looked_at > 10 * self.limits.cells:
            raise too_many_cells(self.name, self.limits)


def _sheet(worksheet: Any, budget: _Budget) -> Sheet:
    # What a sheet says of its own size can lie, and openpyxl would pad each row to it.
    worksheet.reset_dimensions()
    title = worksheet.title
    rows = []
    for number, raw in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if number > _LAST_ROW:
            raise ValueError("a row below the last that Excel knows")
        if not raw:
            continue
        budget.spend(len(raw))
        values = [_value(each) for each in raw]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if number > budget.limits.rows or len(values) > budget.limits.columns:
            raise SheetError(
                f"{budget.name}, sheet {visible(title)}: cell {cell_name(number, len(values))} lies far outside the "
                "rest: delete the rows and columns below and to the right of what you filled in, save it, try again."
            )
        rows.append(Row(title, number, tuple(values)))
    return Sheet(title, tuple(rows), hidden=worksheet.sheet_state != "visible")


def _value(raw: object) -> CellValue:
    match raw:
        case str():
            # A cell of spaces is what is left of one that was cleared.
            return _IMITATION.sub("_", raw) if raw.strip() else None
        case float() if not isfinite(raw):
            return str(raw)
        case float() if raw.is_integer() and abs(raw) < 1e15:
            return int(raw)
        case datetime() if (raw.hour, raw.minute, raw.second, raw.microsecond) == (0, 0, 0, 0):
            return raw.date()
        case timedelta():
            return str(raw)
        case None | bool() | int() | float() | date() | time():
            return raw
    return str(raw)


def _tables(path: Path, opened: Any, sheets: list[Sheet]) -> list[Table]:
    by_name = {sheet.name: sheet for sheet in sheets}
    with zipfile.ZipFile(path) as packed:
        return [
            _table(part, by_name[worksheet.title])
            for worksheet in opened.worksheets
            # The part's name within the zip; openpyxl keeps it for itself, and tables are not read in read-only mode.
            for part in tables_of(packed, worksheet._worksheet_path)
        ]


def _table(part: TablePart, sheet: Sheet) -> Table:
    width = part.last_column - part.first_column + 1
    rows = []
    for row in sheet.rows:
        if part.first_row < row.number <= part.last_row:
            values = row.values[part.first_column - 1 : part.last_column]
            values += (None,) * (width - len(values))
            if any(value is not None for value in values):
                rows.append(Row(sheet.name, row.number, values, part.first_column))
    return Table(part.name, sheet.name, part.columns, tuple(rows))
