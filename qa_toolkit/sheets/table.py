"""A sheet that is one real Excel table: header in A1, no merged cells, no blank rows, ready to filter and to print."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from datetime import date
from itertools import chain, islice
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from qa_toolkit.domain.errors import SheetError
from qa_toolkit.domain.text import cells
from qa_toolkit.sheets.cells import one_line
from qa_toolkit.sheets.columns import Column, Value, reference, told_apart
from qa_toolkit.sheets.stream import STREAM_FROM, StreamedSheet, cell_starts, cell_xml, look_xml, row_start, write_rows
from qa_toolkit.sheets.styles import RIGHT_KINDS

if TYPE_CHECKING:
    from qa_toolkit.sheets.writer import Book

MOST_ROWS: Final = 1_048_574
"""What a sheet holds below its header and above a row of totals."""
MEASURED_ROWS: Final = 500
"""Rows by whose words the columns are as wide as they are."""
_MOST_CLOSED: Final = 5_000
"""Rows of a sheet in which single cells are closed; all of them are in memory."""
_WIDEST, _NARROWEST = 60, 9
_SHORT, _SMALL, _KNOWN = 40, 10**9, 20_000
_LINE_HEIGHT, _TALLEST = 15, 409
_LEGIBLE: Final = 250
"""Characters across one landscape page of A4 that can still be read; a wider table goes on on the page beside it."""
_HEAD_LEAST: Final = 32
_WIDTHS: Final = {"date": 13, "datetime": 18, "percent": 10}


def write_table(
    book: Book,
    sheet_name: str,
    table_name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    description: str,
    *,
    protect: bool,
    pick: Mapping[tuple[int, int], tuple[str, ...]] | None = None,
    closed: Collection[tuple[int, int]] = frozenset(),
    nothing: str = "",
) -> int:
    """Writes the sheet and gives the number of rows; see `Book.table`."""
    columns = told_apart(columns)
    if isinstance(rows, Sized) and len(rows) > MOST_ROWS:
        raise _too_many(sheet_name, f"{len(rows):,}")
    tally = _Tally(sheet_name, columns)
    drawn = tally.counted(rows)
    # Only as many as are measured, and decide whether it is long; a long table is never in memory as a whole. Cells
    # that are closed by themselves need a look of their own, which a streamed sheet does not have.
    first = list(islice(drawn, _MOST_CLOSED if closed else MEASURED_ROWS))
    streamed = len(first) >= (_MOST_CLOSED if closed else STREAM_FROM)
    if streamed and closed:
        raise ValueError(f"a sheet of {_MOST_CLOSED:,} rows has no cells that are closed by themselves")
    sheet = book.sheet(sheet_name, worksheet_class=StreamedSheet if streamed else None)
    looks = [book.styles.cell(column.kind, editable=column.editable) for column in columns]
    widths = [_width(column, [row[col] for row in first[:MEASURED_ROWS]]) for col, column in enumerate(columns)]
    if isinstance(sheet, StreamedSheet):
        # Asked for now, because only looks with a number are written to the file.
        numbers = [look._get_xf_index() for look in looks]
        file = book.scratch() / f"{table_name}.rows"
        write_rows(file, _rows_as_xml(book, sheet, columns, chain(first, drawn), numbers, widths), book.refused)
    # A table has one row at least; without rows it is an empty one. A streamed one is stretched afterwards.
    last = max(1, tally.rows)
    made = 1 if streamed else last
    totals = any(column.total for column in columns)
    options = [_options(book, table_name, column, tally, n, totals) for n, column in enumerate(columns)]
    _add_table(sheet, table_name, description, made, options, totals)
    if totals:
        _dress_totals(book, sheet, made + 1, options)
    if isinstance(sheet, StreamedSheet):
        sheet.take(file, last, totals=totals)
    else:
        for row, values in enumerate(first, start=1):
            for col, value in enumerate(values):
                shut = (row - 1, col) in closed
                # As a number a day would show as 46,349 in a column that has no look for days.
                words = value if columns[col].kind in ("date", "datetime") else book.in_words(value)
                book.put(sheet, row, col, words, book.styles.cell(columns[col].kind) if shut else looks[col])
            if height := _height(values, widths):
                sheet.set_row(row, height)
    for col, column in enumerate(columns):
        _dress(book, sheet, col, column, last, widths[col])
        _check_typing(book, sheet, col, column, last, closed)
    for (row, col), choices in (pick or {}).items():
        sheet.data_validation(row + 1, col, row + 1, col, _list_of(book, columns[col].title, choices))
    if nothing and not tally.rows:
        # Under the empty row that every table has, so that it is no part of the table.
        book.put(sheet, 2, 0, nothing, book.styles.named("note"))
    _set_up(sheet, columns, widths, protect=protect)
    return tally.rows


class _Tally:
    """Rows as they go by: each checked, and counted."""

    def __init__(self, sheet: str, columns: Sequence[Column]) -> None:
        self.rows = 0
        self.sums: dict[int, float] = {n: 0 for n, column in enumerate(columns) if column.total == "sum"}
        self.filled: dict[int, int] = {n: 0 for n, column in enumerate(columns) if column.total == "count"}
        self._sheet, self._width = sheet, len(columns)

    def counted(self, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        """The rows."""
        for row in rows:
            if len(row) != self._width:
                raise ValueError(f"{self._sheet}: row {self.rows} has {len(row)} values for {self._width} columns")
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise _too_many(self._sheet, f"more than {MOST_ROWS:,}")
            for col in self.sums:
                value = row[col]
                if isinstance(value, int | float):
                    self.sums[col] += value
            for col in self.filled:
                self.filled[col] += row[col] is not None and row[col] != ""
            yield row


def _too_many(sheet_name: str, rows: str) -> SheetError:
    return SheetError(
        f"The sheet “{sheet_name}” would have {rows} rows and a workbook holds {MOST_ROWS:,}: choose a shorter period, "
        "or fewer agencies."
    )


def _rows_as_xml(
    book: Book,
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    looks: Sequence[int],
    widths: Sequence[float],
) -> Iterator[str]:
    """Rows of a long table as they stand in the file. Each call that is not made here is saved 100,000 times."""
    # Short words and days come again and again, and are worked out once; by column, which decides how a day is shown.
    known: list[dict[Value, str]] = [{} for _ in columns]
    wordy = [column.kind not in ("date", "datetime") for column in columns]
    fixed = list(zip(cell_starts(len(columns)), look_xml(looks), widths, known, wordy, strict=True))
    for number, values in enumerate(rows, start=2):
        cells_of, most = [""], 1
        for col, ((start, look, width, seen, in_words), value) in enumerate(zip(fixed, values, strict=True)):
            kind = type(value)
            if kind is int and -_SMALL < value < _SMALL:  # type: ignore[operator]
                cells_of.append(f"{start}{number}{look}><v>{value}</v></c>")
                continue
            short = kind is date
            if kind is str:
                short = len(value) <= _SHORT  # type: ignore[arg-type]
                if len(value) >= width - 1 or "\n" in value:  # type: ignore[arg-type, operator]
                    most = max(most, _lines(value, width))  # type: ignore[arg-type]
            found = seen.get(value) if short else None
            if found is None:
                words = book.in_words(value) if in_words else value
                found = cell_xml(book.plain(sheet, number - 1, col, words))
                if short and len(seen) < _KNOWN:
                    seen[value] = found
            cells_of.append(f"{start}{number}{look}{found}")
        cells_of[0] = row_start(number, _tall(most))
        yield "".join(cells_of) + "</row>"


def _add_table(
    sheet: Worksheet, name: str, description: str, rows: int, options: Sequence[dict[str, Any]], totals: bool
) -> None:
    about = {
        "name": name,
        "style": None,
        "title": one_line(sheet.name, 255),
        "description": one_line(description, 255),
        "total_row": totals,
        "columns": options,
    }
    answer = sheet.add_table(0, 0, rows + totals, len(options) - 1, about)
    if answer != 0:
        raise ValueError(f"not a table that Excel takes: {name!r} ({answer})")


def _options(book: Book, table: str, column: Column, tally: _Tally, number: int, totals: bool) -> dict[str, Any]:
    head = book.styles.named("head_right" if column.kind in RIGHT_KINDS else "head")
    options: dict[str, Any] = {"header": one_line(column.title, 255), "header_format": head}
    if column.total:
        options |= {
            # With the table's name, which LibreOffice needs; 109 and 103 leave out the rows that a filter hides.
            "total_function": f"SUBTOTAL({109 if column.total == 'sum' else 103},{table}[{reference(column.title)}])",
            "total_value": tally.sums[number] if column.total == "sum" else tally.filled[number],
        }
    elif number == 0 and totals:
        options["total_string"] = "Total"
    return options


def _width(column: Column, values: Sequence[Value]) -> float:
    if column.width is not None:
        return column.width
    # A header wraps between words and needs room for its filter button.
    needed = max((cells(word) for word in column.title.split()), default=0) + (6 if column.kind in RIGHT_KINDS else 4)
    needed = max(needed, _WIDTHS.get(column.kind, 0), _NARROWEST)
    for value in values:
        lines = islice(str(value)[:2000].splitlines(), 20) if value is not None else ()
        if column.kind not in _WIDTHS:
            needed = max(needed, *(cells(line[:100]) + 2 for line in lines), 0)
    return min(needed, _WIDEST)


def _dress_totals(book: Book, sheet: Worksheet, row: int, options: Sequence[dict[str, Any]]) -> None:
    """Writes the totals again with their look. As a column's own format it would fall on rows that people add."""
    for col, option in enumerate(options):
        if "total_function" in option:
            look = book.styles.named("total_number")
            sheet.write_formula(row, col, f"={option['total_function']}", look, option["total_value"])
        else:
            book.put(sheet, row, col, option.get("total_string"), book.styles.named("total"))


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """How high the row must be, in points; 0 for one line. LibreOffice and previewers do not work it out."""
    pairs = zip(values, widths, strict=True)
    return _tall(max((_lines(value, width) for value, width in pairs if isinstance(value, str)), default=1))


def _tall(lines: int) -> float:
    return min(lines * _LINE_HEIGHT + 1, _TALLEST) if lines > 1 else 0


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    if len(text) < width - 1 and "\n" not in text:
        return 1
    # Words wrap whole, but most letters are narrower than the digit that widths are counted in.
    room = max(1.0, width - 1)
    return sum(max(1, ceil(cells(line) / room)) for line in text[:5000].split("\n"))


def _dress(book: Book, sheet: Worksheet, col: int, column: Column, last: int, width: float) -> None:
    """Width, prompt, list of choices and colours of one column."""
    sheet.set_column(col, col, width, None, {"hidden": column.hidden})
    if column.note:
        sheet.data_validation(
            0, col, 0, col,
            {
                "validate": "any",
                "input_title": one_line(column.title, 32),
                "input_message": one_line(column.note, 255),
            },
        )  # fmt: skip
    for word, tone in column.tones.items():
        quoted = word.replace('"', '""')
        sheet.conditional_format(
            1, col, last, col,
            {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": book.styles.tone(tone)},
        )  # fmt: skip


def _check_typing(
    book: Book, sheet: Worksheet, col: int, column: Column, last: int, closed: Collection[tuple[int, int]]
) -> None:
    """What Excel offers, says and refuses while somebody types into the column."""
    what: dict[str, Any] = {}
    if column.choices:
        what = _list_of(book, column.title, column.choices)
    elif column.least is not None or column.most is not None:
        what = {"validate": "date" if column.kind == "date" else "integer", "error_title": one_line(column.title, 32)}
        match column.least, column.most:
            case least, None:
                what |= {"criteria": ">=", "value": least}
            case None, most:
                what |= {"criteria": "<=", "value": most}
            case least, most:
                what |= {"criteria": "between", "minimum": least, "maximum": most}
    if column.prompt:
        what.setdefault("validate", "any")
        what |= {"input_title": one_line(column.title, 32), "input_message": one_line(column.prompt, 255)}
    if column.fault:
        what["error_message"] = one_line(column.fault, 255)
    rows = _stretches([row for row in range(last) if (row, col) not in closed]) if closed else [(0, last - 1)]
    if what and rows:
        # One check over all of its stretches: two checks on one cell are a fault in the file.
        first, *others = rows
        cells_of = [[start + 1, col, end + 1, col] for start, end in others]
        sheet.data_validation(first[0] + 1, col, first[1] + 1, col, what | {"other_cells": cells_of})


def _stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in order as the stretches that they make: 1 2 3 6 7 are 1–3 and 6–7."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _list_of(book: Book, title: str, choices: tuple[str, ...]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": f"={book.list_name(choices)}",
        "error_title": one_line(title, 32),
        "error_message": "Pick one of the words in the list.",
    }


def _set_up(sheet: Worksheet, columns: Sequence[Column], widths: Sequence[float], *, protect: bool) -> None:
    # The first column that is seen stays where it is, as the header does; on paper too.
    kept = next((n for n, column in enumerate(columns) if not column.hidden), 0) + 1
    sheet.freeze_panes(1, kept)
    sheet.repeat_rows(0)
    across = ceil(sum(width for width, column in zip(widths, columns, strict=True) if not column.hidden) / _LEGIBLE)
    if across > 1:
        sheet.fit_to_pages(across, 0)
        sheet.repeat_columns(0, kept - 1)
    sheet.set_row(0, max(_HEAD_LEAST, *(_head_height(*one) for one in zip(columns, widths, strict=True))))
    if protect:
        sheet.protect(
            "",
            {"sort": True, "autofilter": True, "format_cells": True, "format_columns": True, "format_rows": True},
        )


def _head_height(column: Column, width: float) -> float:
    """How high a header must be for its words beside the filter button."""
    lines, used, room = 1, 0, max(1.0, width - 3)
    for word in column.title.split():
        size = cells(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, size
        else:
            used += size + bool(used)
    return 0 if column.hidden else lines * _LINE_HEIGHT + 4
