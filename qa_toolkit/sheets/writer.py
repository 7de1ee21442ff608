"""A workbook, written whole or not at all.

    with Book(path, title="…", marking="OFFICIAL-SENSITIVE", as_at=now) as book:
        summary = book.summary("Summary")
        book.table("Findings", "tblFindings", [Column(title="Ref"), …], rows, description="…")

It is built beside the target under another name, synced and moved into place when the block ends; when the block
fails, nothing is left. Text is always text: never a formula, link or number. What is too long for a cell is cut with
a mark and listed in `cut` and on a sheet of its own. Each formula carries its value, for readers that do not calculate.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from qa_toolkit.domain.dates import show_date, show_moment
from qa_toolkit.domain.dates import zone as london
from qa_toolkit.domain.errors import NotSaved, SheetError
from qa_toolkit.sheets.cells import CUT_SHEET, fit, one_line
from qa_toolkit.sheets.columns import Column, Value
from qa_toolkit.sheets.stream import serial
from qa_toolkit.sheets.styles import Styles
from qa_toolkit.sheets.summary import Summary
from qa_toolkit.sheets.table import write_table
from qa_toolkit.sheets.whole import refused, written_whole

_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # No copy of the cells in the machine's folder for temporary files; see `Book.scratch` for long tables.
    "in_memory": True,
    "default_date_format": "d mmm yyyy",
}
_LISTS: Final = "Lists"
_FORBIDDEN_IN_SHEET_NAMES: Final = frozenset("[]:*?/\\")
_WHOLE_NUMBERS_TO: Final = 10**15
"""Excel keeps fifteen digits; a longer number is written as text, so that none is lost."""


class Book:
    """A workbook being written; see the module.

    Args:
        path: Where it will stand, ending in `.xlsx`. What stands there is replaced, at the end.
        title: What the workbook is, in words: on its summary, its properties and every printed page.
        marking: The protective marking, printed on every page.
        as_at: The moment that the figures are of; also the document's date: the same figures make the same file.
        properties: Custom properties by which a returned file is known again, such as the audit's id.
        zone: Where moments are shown; Europe/London if none is given.

    Raises:
        NotSaved: The disk refused; nothing was left behind.
    """

    def __init__(
        self,
        path: Path,
        *,
        title: str,
        marking: str,
        as_at: datetime,
        author: str = "",
        subject: str = "",
        properties: Mapping[str, str | int | float | bool] | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        self.path = Path(path)
        self.title, self.marking, self.as_at = title, marking, as_at
        self.zone = zone or london()
        self.cut: list[tuple[str, str, int]] = []
        """Texts that did not fit: sheet, cell, whole length."""
        self._author, self._subject, self._properties = author, subject, dict(properties or {})
        self._lists: dict[tuple[str, ...], str] = {}
        self._scratch: Path | None = None
        self._summaries: list[Summary] = []

    def __enter__(self) -> Self:
        if self.path.suffix.lower() != ".xlsx":
            raise SheetError(f"{self.path.name} does not end in .xlsx: give the workbook a name that does.")
        with contextlib.ExitStack() as stack:
            part = stack.enter_context(written_whole(self.path))
            self._workbook = Workbook(str(part), dict(_OPTIONS))
            self.styles = Styles(self._workbook)
            self._describe()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, tb: TracebackType | None) -> None:
        if kind is None:
            # Pushed, so that what goes wrong in it is cleared up like anything else.
            self._stack.callback(self._finish)
        self._stack.__exit__(kind, fault, tb)

    def _finish(self) -> None:
        if self.cut:
            self._write_cut_sheet()
        self._write_lists()
        for summary in self._summaries:
            summary.break_pages()
        if self._scratch is not None:
            # A workbook with a long table is put together on the disk.
            self._workbook.in_memory, self._workbook.tmpdir = False, str(self._scratch)
        self._workbook.close()

    def scratch(self) -> Path:
        """A private folder beside the target for what is too long to be held in memory; it goes when the book ends.

        Not the machine's folder for temporary files, which others may back up or look into.
        """
        if self._scratch is None:
            try:
                self._scratch = Path(tempfile.mkdtemp(prefix=f".{self.path.stem[:40]}-", dir=self.path.parent))
            except OSError as fault:
                raise self.refused(fault) from fault
            self._stack.callback(shutil.rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    def refused(self, fault: Exception) -> NotSaved:
        """The refusal of a disk that does not take the workbook."""
        return refused(self.path, fault)

    def _describe(self) -> None:
        moment = self.as_at.replace(microsecond=0)
        words = {"title": self.title, "subject": self._subject, "author": self._author, "category": self.marking}
        about: dict[str, Any] = {key: one_line(value, 255) for key, value in words.items() if value}
        self._workbook.set_properties(about | {"created": moment, "comments": f"As at {self.as_at_shown}"})
        for name, value in self._properties.items():
            plain = one_line(value, 255) if isinstance(value, str) else value
            self._workbook.set_custom_property(one_line(name, 255), plain)

    @property
    def as_at_shown(self) -> str:
        """The moment of the figures, as people read it."""
        return show_moment(self.as_at, self.zone)

    # Sheets

    def sheet(self, name: str, *, landscape: bool = True, worksheet_class: type[Worksheet] | None = None) -> Worksheet:
        """A new empty sheet, set up for print. `table` and `summary` are what is mostly wanted."""
        if not name or len(name) > 31 or _FORBIDDEN_IN_SHEET_NAMES & set(name) or name.strip("'") != name:
            raise ValueError(f"not a name for a sheet: {name!r}")
        made: Worksheet = self._workbook.add_worksheet(name, worksheet_class)
        if landscape:
            made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        title, marking = (one_line(text, 80).replace("&", "&&") for text in (self.title, self.marking))
        made.set_header(f"&C&9{_apart(marking)}")
        made.set_footer(f"&L&9{_apart(title)}&C&9{_apart(marking)}&R&9As at {self.as_at_shown} · page &P of &N")
        return made

    def summary(self, name: str = "Summary", *, subtitle: str = "") -> Summary:
        """A sheet of labelled facts, counts, a chart and links; call it first, so that it is the first sheet."""
        made = Summary(self, self.sheet(name, landscape=False), subtitle)
        self._summaries.append(made)
        return made

    def table(
        self,
        sheet_name: str,
        table_name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        description: str,
        protect: bool = False,
        pick: Mapping[tuple[int, int], tuple[str, ...]] | None = None,
        closed: Collection[tuple[int, int]] = frozenset(),
        nothing: str = "",
    ) -> int:
        """A sheet that is one real Excel table, header in A1; gives the number of rows.

        From 200 rows on they go to the disk as they are drawn, so that rows from a generator are never all in memory.

        Args:
            description: What the table holds, in a sentence, for those who hear the sheet.
            protect: Only `editable` columns can be typed in. It prevents accidents and is no security.
            pick: (row, column), both counted from 0 below the header, to the words to pick from in that cell.
            closed: Cells, named in the same way, that may not be typed in although their column may.
            nothing: What is said under the table where it has no rows.

        Raises:
            SheetError: There are more rows than a sheet can hold.
        """
        return write_table(
            self, sheet_name, table_name, columns, rows, description, protect=protect, pick=pick, closed=closed,
            nothing=nothing,
        )  # fmt: skip

    # Cells

    def put(self, sheet: Worksheet, row: int, col: int, value: Value, look: Format | None = None) -> None:
        """Writes one value by its own type."""
        match plain := self.plain(sheet, row, col, value):
            case None:
                answer = sheet.write_blank(row, col, None, look)
            case str():
                answer = sheet.write_string(row, col, plain, look)
            case _:
                answer = sheet.write_number(row, col, plain, look)
        # xlsxwriter drops what it cannot write, and says so by its answer alone.
        if answer != 0:
            raise AssertionError(f"{sheet.name}!{xl_rowcol_to_cell(row, col)} was not written ({answer})")

    def plain(self, sheet: Worksheet, row: int, col: int, value: Value) -> str | float | None:
        """What is written for a value: text, a number (days and moments too), or nothing. The one way into a cell."""
        match value:
            case None:
                return None
            case str():
                return self.fitted(sheet, row, col, value) if value else None
            case bool():
                return "Yes" if value else "No"
            case int() if abs(value) >= _WHOLE_NUMBERS_TO:
                return str(value)
            case date() if value.year < 1901:
                return value.isoformat()
            case date():
                return serial(value, self.zone)
        # Neither is a number that a sheet has.
        return value if isfinite(value) else str(value)

    def in_words(self, value: Value) -> Value:
        """A day or a moment as it is shown, for a cell that has no look for one; anything else as it is."""
        if isinstance(value, datetime) and value.tzinfo:
            return show_moment(value, self.zone)
        if isinstance(value, datetime):
            return f"{show_date(value)} {value:%H:%M}"
        return show_date(value) if isinstance(value, date) else value

    def fitted(self, sheet: Worksheet, row: int, col: int, text: str) -> str:
        """The text as the cell can hold it; what is cut is listed."""
        shown, length = fit(text)
        if length:
            self.cut.append((sheet.name, xl_rowcol_to_cell(row, col), length))
        return shown

    def list_name(self, choices: tuple[str, ...]) -> str:
        """The defined name of a list of choices, kept on the hidden sheet."""
        return self._lists.setdefault(choices, f"lstChoices{len(self._lists) + 1}")

    def _write_lists(self) -> None:
        if not self._lists:
            return
        sheet = self.sheet(_LISTS)
        sheet.hide()
        for col, (choices, name) in enumerate(self._lists.items()):
            for row, choice in enumerate(choices):
                self.put(sheet, row, col, choice)
            first, last = (xl_rowcol_to_cell(r, col, row_abs=True, col_abs=True) for r in (0, len(choices) - 1))
            self._workbook.define_name(name, f"={_LISTS}!{first}:{last}")

    def _write_cut_sheet(self) -> None:
        columns = [Column(title="Sheet"), Column(title="Cell"), Column(title="Characters in all", kind="int")]
        self.table(
            CUT_SHEET,
            "tblCutShort",
            columns,
            list(self.cut),
            description="Texts that were too long for a cell. They are whole in the workspace.",
        )

    def add_chart(self, options: dict[str, str]) -> Any:
        """A native chart of this book, to be put on one of its sheets."""
        return self._workbook.add_chart(options)


def _apart(text: str) -> str:
    """Text after a font size in a header: a digit there would be read as part of the size."""
    return " " + text if text[:1].isdigit() else text
