"""The first sheet: what the workbook is, its counts by formula over the tables, one chart, and links to the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from qa_toolkit.sheets.cells import one_line
from qa_toolkit.sheets.columns import Tone, Value
from qa_toolkit.sheets.tones import BARS, LINE, SOFT

if TYPE_CHECKING:
    from qa_toolkit.sheets.writer import Book

_LABEL, _NUMBER, _LAST = 0, 1, 3
_COLUMNS: Final = (34, 14, 14, 30)
_ACROSS: Final = 105
"""Characters that run across the page: most are narrower than the digit that widths are counted in."""
_PAGE: Final = 46
"""Rows on a printed page, with room for the headings, which are higher."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One counted line: its words, the formula that counts it, and the value that the formula gives today."""

    label: str
    formula: str
    value: int | float
    tone: Tone | None = None


class Summary:
    """A sheet filled from the top: facts, then tallies, notes and links, in the order of the calls."""

    def __init__(self, book: Book, sheet: Worksheet, subtitle: str) -> None:
        self._book, self._sheet, self._row = book, sheet, 0
        self._blocks: list[int] = []
        """The rows in which headings stand."""
        sheet.hide_gridlines(2)
        for col, width in enumerate(_COLUMNS):
            sheet.set_column(col, col, width)
        self._text(_LABEL, book.title, "title")
        sheet.set_row(0, 30)
        self._row = 1
        if subtitle:
            self._text(_LABEL, subtitle, "subtitle")
            self._row = 2
        self.fact("As at", book.as_at_shown)
        self.fact("Marking", book.marking)

    def fact(self, label: str, value: Value) -> None:
        """A label and what it is."""
        self._text(_LABEL, label, "label")
        self._book.put(self._sheet, self._row, _NUMBER, self._book.in_words(value), self._book.styles.named("fact"))
        self._row += 1

    def heading(self, words: str) -> None:
        """A heading, with a rule under it across the page."""
        self._row += 1
        self._blocks.append(self._row)
        look = self._book.styles.named("heading")
        self._book.put(self._sheet, self._row, _LABEL, words, look)
        for col in range(_NUMBER, _LAST + 1):
            self._sheet.write_blank(self._row, col, None, look)
        self._sheet.set_row(self._row, 24)
        self._row += 1

    def note(self, words: str) -> None:
        """A sentence under what it explains; it runs over the cells to its right, in as many rows as it needs."""
        for line in wrap(words, _ACROSS):
            self._text(_LABEL, line, "note")
            self._row += 1

    def tallies(self, heading: str, of: str, unit: str, lines: Sequence[Tally], *, total: bool = True) -> range:
        """A block of counts: `of` names the words, `unit` what is counted. Gives its rows, for a chart."""
        self.heading(heading)
        self._text(_LABEL, of, "tally_head")
        self._text(_NUMBER, unit, "tally_head_right")
        self._row += 1
        first = self._row
        styles = self._book.styles
        for line in lines:
            self._book.put(self._sheet, self._row, _LABEL, line.label, styles.toned_cell(line.tone))
            self._sheet.write_formula(self._row, _NUMBER, line.formula, styles.cell("int"), line.value)
            self._row += 1
        rows = range(first, self._row)
        if total and lines:
            look = styles.named("total")
            self._book.put(self._sheet, self._row, _LABEL, "Total", look)
            formula = f"=SUM(B{first + 1}:B{self._row})"
            look = styles.named("total_number")
            self._sheet.write_formula(self._row, _NUMBER, formula, look, sum(line.value for line in lines))
            self._row += 1
        return rows

    def chart(self, rows: range, *, title: str, description: str, tones: Sequence[Tone | None] = ()) -> None:
        """A bar for each row of a block of tallies, under what is there; `description` says in words what it shows."""
        if not rows:
            return
        name = self._sheet.get_name()
        chart = self._book.add_chart({"type": "bar"})
        points = [{"fill": {"color": BARS[tone or Tone.FAIR]}} for tone in tones] or None
        chart.add_series(
            {
                "name": one_line(title, 255),
                "categories": [name, rows.start, _LABEL, rows.stop - 1, _LABEL],
                "values": [name, rows.start, _NUMBER, rows.stop - 1, _NUMBER],
                "fill": {"color": BARS[Tone.FAIR]},
                "points": points,
                "gap": 45,
                "data_labels": {"value": True, "font": {"color": SOFT}},
            }
        )
        font = {"color": SOFT, "size": 10}
        chart.set_title({"name": one_line(title, 255), "name_font": {"size": 12, "bold": True, "color": SOFT}})
        # From nought, or the lengths of the bars lie.
        chart.set_x_axis({"min": 0, "num_font": font, "num_format": "0", "major_gridlines": {"visible": False},
                          "line": {"color": LINE}})  # fmt: skip
        chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"color": LINE}})
        height = 90 + 30 * len(rows)
        chart.set_size({"width": 662, "height": height})
        self._row += 1
        options = {"description": one_line(description, 500), "object_position": 2, "x_offset": 2}
        self._sheet.insert_chart(self._row, _LABEL, chart, options)
        # Rows are 20 pixels high.
        self._row += height // 20 + 1

    def break_pages(self) -> None:
        """Has each page begin at a heading, so that no chart and no block is cut in two."""
        breaks, began = [], 0
        for start, end in pairwise([*self._blocks, self._row]):
            if end - began > _PAGE and start > began:
                breaks.append(start)
                began = start
        self._sheet.set_h_pagebreaks(breaks)

    def links(self, sheets: Sequence[tuple[str, str]], heading: str = "In this workbook") -> None:
        """Links to sheets, each with what it holds."""
        self.heading(heading)
        for name, holds in sheets:
            target = name.replace("'", "''")
            look = self._book.styles.named("link")
            self._sheet.write_url(self._row, _LABEL, f"internal:'{target}'!A1", look, string=name)
            self._text(_NUMBER, holds, "fact")
            self._row += 1

    def _text(self, col: int, words: str, look: str) -> None:
        self._book.put(self._sheet, self._row, col, words, self._book.styles.named(look))
