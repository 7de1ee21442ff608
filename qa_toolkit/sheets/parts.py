"""The tables of a sheet, read from the parts of a workbook that the guard has let through."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from defusedxml.ElementTree import fromstring

_TABLE_TYPE: Final = "/relationships/table"
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
# How a character that XML cannot hold is written in a table's column names.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class TablePart:
    """Where a table stands on its sheet: the header row, and the rows of data without a row of totals."""

    name: str
    columns: tuple[str, ...]
    first_row: int
    last_row: int
    first_column: int
    last_column: int


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both counted from 1: (12, 3) is `C12`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def column_number(letters: str) -> int:
    """The number of a column, counted from 1: `C` is 3."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def tables_of(packed: zipfile.ZipFile, sheet_path: str) -> Iterator[TablePart]:
    """The tables on the sheet whose part has that name. A link out of the zip finds no part and is left alone."""
    sheet_path = sheet_path.lstrip("/")
    folder, file = posixpath.split(sheet_path)
    links = f"{folder}/_rels/{file}.rels"
    held = set(packed.namelist())
    if links not in held:
        return
    for link in fromstring(packed.read(links)):
        if link.get("Type", "").endswith(_TABLE_TYPE):
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path in held:
                yield _table(packed.read(path))


def _table(part: bytes) -> TablePart:
    root = fromstring(part)
    match = _RANGE.fullmatch(root.get("ref", "").replace("$", ""))
    if match is None:
        raise ValueError("a table without a place")
    totals = int(root.get("totalsRowCount", "0"))
    columns = [
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)), each.get("name", ""))
        for each in root.iter()
        if each.tag.rpartition("}")[2] == "tableColumn"
    ]
    first, last = column_number(match[1]), column_number(match[3])
    if len(columns) != last - first + 1:
        raise ValueError("a table whose columns do not fit its place")
    return TablePart(
        root.get("displayName") or root.get("name") or "",
        tuple(columns), int(match[2]), int(match[4]) - totals, first, last,
    )  # fmt: skip
