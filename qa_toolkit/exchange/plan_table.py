"""Somebody else's action plan as a table of cells: the sheet and the row of headings found by their words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qa_toolkit.domain.errors import SheetError
from qa_toolkit.domain.plan_mapping import PlanField, heading_key, propose, score
from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.exchange.cell_text import cell_text
from qa_toolkit.store.outside import read_outside

if TYPE_CHECKING:
    from qa_toolkit.sheets.reader import Read, Sheet

LARGEST = 5_000_000
"""Bytes of a CSV."""
MOST_ROWS = 5_000
MOST_LINES, MOST_COLUMNS = 20_000, 200
"""Of a CSV, empty lines too; headings are looked for in as many columns of a workbook."""
_HEADER_WITHIN = 40
_LEAST_SCORE = 2


class PlanRow(NamedTuple):
    """One row under the headings."""

    where: str
    cells: dict[str, str]
    """Headings and what stands under them; a day is written day first."""


class PlanTable(NamedTuple):
    """A plan's headings and rows."""

    name: str
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Sheets that could be read as well."""

    def examples(self, heading: str, count: int = 3) -> list[str]:
        """The first few different things that stand under a heading."""
        found = dict.fromkeys(text for row in self.rows if (text := " ".join(row.cells.get(heading, "").split())))
        return [shorten(visible(text), 40) for text in list(found)[:count]]


class _Line(NamedTuple):
    where: str
    texts: list[str]


class _Headings(NamedTuple):
    """Where the headings stand: from a line to before another."""

    end: int
    texts: list[str]
    score: int


def read_plan_table(file: Path, sheet: str = "") -> PlanTable:
    """The table, from a workbook or a CSV.

    Raises:
        SheetError: It cannot be read, or no row looks like the headings of an action plan.
    """
    name = visible(file.name)
    if file.suffix.lower() in (".csv", ".tsv", ".txt"):
        lines, notes = _csv(file)
        return _table(name, "", lines, notes)
    # Reading workbooks costs 100 ms of import, and some plans are CSV.
    from qa_toolkit.sheets.reader import read_book

    book = read_book(file)
    found: list[tuple[int, PlanTable]] = []
    for one in book.sheets:
        lines = _lines(one)
        if headings := _headings(lines):
            found.append((headings.score, _table(name, one.name, lines, list(book.notes))))
    chosen = [one for one in found if not sheet or one[1].sheet.casefold() == sheet.casefold()]
    if not chosen:
        where = f"the sheet {visible(sheet)} of {name}" if sheet else name
        held = ", ".join(f"“{visible(one.name)}”" for one in book.sheets[:20])
        raise SheetError(
            f"No row of {where} looks like the headings of an action plan (such as Action, Owner, Due). Its sheets "
            f"are {held or 'none'}: name one with --sheet, or write headings above the rows."
        )
    _, best = max(chosen, key=lambda one: one[0])
    return best._replace(others=tuple(table.sheet for _, table in found if table.sheet != best.sheet))


def holds_plan(book: Read) -> bool:
    """Whether a sheet of a workbook that was read already has headings as an action plan has: the deed and its day."""
    found = (_headings(_lines(sheet)) for sheet in book.sheets)
    return any({PlanField.TEXT, PlanField.DUE} <= set(propose(one.texts).values()) for one in found if one)


def _lines(sheet: Sheet) -> list[_Line]:
    return [_Line(f"sheet {visible(sheet.name)}, row {row.number}", [cell_text(value) for value in row.values])
            for row in sheet.rows]  # fmt: skip


def _headings(lines: Sequence[_Line]) -> _Headings | None:
    """The line, or the two, that look most like the headings of a plan; None where none does.

    “Responsibility” over “Lead” and “Agency” are headings of two lines: read with what stands below, they say more.
    """
    best: _Headings | None = None
    for at, line in enumerate(lines[:_HEADER_WITHIN]):
        tried = [_found(at + 1, line.texts)]
        if at + 1 < len(lines) and _is_lower_line(lines[at + 1].texts, line.texts):
            joined = zip_longest(line.texts, lines[at + 1].texts, fillvalue="")
            tried.append(_found(at + 2, [below or above for above, below in joined]))
        for one in tried:
            if one.score > (best.score if best else _LEAST_SCORE - 1):
                best = one
    return best


def _found(end: int, texts: list[str]) -> _Headings:
    return _Headings(end, texts, score(texts[:MOST_COLUMNS]))


def _is_lower_line(texts: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a line can be the lower of two lines of headings: it takes the place of none that says what it holds."""
    above, texts = above[:MOST_COLUMNS], texts[:MOST_COLUMNS]
    says, said = propose(above), propose(texts)
    replaced = (pair for pair in zip(above, texts, strict=False) if all(pair))
    return sum(map(bool, above)) > 1 and all(
        says.get(top, PlanField.IGNORE) is PlanField.IGNORE or said.get(low, PlanField.IGNORE) is not PlanField.IGNORE
        for top, low in replaced
    )


def _table(name: str, sheet: str, lines: Sequence[_Line], notes: list[str]) -> PlanTable:
    found = _headings(lines)
    if found is None:
        raise SheetError(
            f"No line of {name} looks like the headings of an action plan (such as Action, Owner, Due): write "
            "headings above the rows."
        )
    headings = _apart([" ".join(text.split()) for text in found.texts])
    rows, stray = [], dict[int, list[str]]()
    for line in lines[found.end :]:
        pairs = zip(headings, line.texts, strict=False)
        cells = {heading: text.replace("\r\n", "\n").strip() for heading, text in pairs if heading}
        for place, text in enumerate(line.texts):
            if text.strip() and (place >= len(headings) or not headings[place]):
                stray.setdefault(place, []).append(f"{line.where}: “{shorten(visible(text), 40)}”")
        # A row of headings again, as on every page of a long plan.
        if any(cells.values()) and [heading_key(text) for text in cells.values()] != [
            heading_key(heading) for heading in headings if heading
        ]:
            rows.append(PlanRow(line.where, cells))
    for heading, field in propose(headings).items():
        if field is PlanField.STATUS and rows and not any(row.cells.get(heading, "") for row in rows):
            notes.append(f"“{shorten(visible(heading), 40)}” holds no words. If its cells are coloured, that is not "
                         "read: here colours are worked out by rules.")  # fmt: skip
    for told in stray.values():
        more = f"; so do {len(told) - 1} more in that column" if len(told) > 1 else ""
        notes.append(f"{told[0]} stands under no heading and is not read{more}.")
    if len(rows) > MOST_ROWS:
        raise SheetError(f"{name} has {len(rows):,} rows and a plan has at most {MOST_ROWS:,}: check the file.")
    return PlanTable(name, sheet, tuple(heading for heading in headings if heading), tuple(rows), tuple(notes))


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings that stand twice get a number, so that none hides another."""
    found: list[str] = []
    for heading in headings:
        shown, number = heading, 2
        while shown and shown in found:
            shown, number = f"{heading} ({number})", number + 1
        found.append(shown)
    return found


def _csv(file: Path) -> tuple[list[_Line], list[str]]:
    name, notes = visible(file.name), []
    raw = read_outside(file, LARGEST, "an action plan", kind=SheetError)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in raw:
            raise SheetError(f"{name} is not text: save it as “CSV UTF-8”, or hand in the workbook itself.") from None
        # What Excel in England writes under “CSV”.
        text = raw.decode("cp1252", "replace")
        notes.append("It is not UTF-8, so it was read as Excel’s own CSV: look at accents and quotation marks.")
    rows = _parted(text, name)
    return [_Line(f"line {number}", row) for number, row in enumerate(rows, start=1) if any(row)], notes


def _parted(text: str, name: str) -> list[list[str]]:
    """The cells, by the mark that gives the best headings: a title above them may have none, and texts hold commas."""
    read, why = [], ""
    for mark in ",;\t":
        try:
            read.append(_by(mark, text, name))
        except csv.Error as error:
            why = why or str(error)
    if not read:
        raise SheetError(f"{name} is not CSV ({why}).")
    return max(read, key=lambda rows: max((score(row) for row in rows[:_HEADER_WITHIN]), default=0))


def _by(mark: str, text: str, name: str) -> list[list[str]]:
    rows = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
        if len(row) > MOST_COLUMNS:
            raise csv.Error(f"more than {MOST_COLUMNS} columns")
        rows.append(row)
        if len(rows) > MOST_LINES:
            raise SheetError(f"{name} has more than {MOST_LINES:,} lines, so it is no action plan: check the file.")
    return rows
