"""What a table's columns are: their titles, kinds, widths, lists of choices and the words that carry a colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from qa_toolkit.sheets.cells import one_line

Value = str | int | float | bool | date | None
"""What a cell may hold. A `datetime` is a `date` too; an aware one is written in the book's zone."""

Kind = Literal["text", "int", "number", "date", "datetime", "percent", "status"]


class Tone(StrEnum):
    """A colour that goes with a word and never stands alone: a pale fill and dark text of the same hue."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    BAD = "bad"
    QUIET = "quiet"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    title: str
    kind: Kind = "text"
    """How values are shown; a value's own type says how it is written, so a `str` may stand in a column of numbers."""
    width: int | None = None
    """In characters; None measures the words, up to 60."""
    note: str = ""
    """Shown when the header is selected; at most 255 characters."""
    choices: tuple[str, ...] = ()
    """What may be typed: a list to pick from, kept on a hidden sheet."""
    tones: Mapping[str, Tone] = field(default_factory=dict)
    """Words of a status column and their colours."""
    total: Literal["", "sum", "count"] = ""
    """What the row under the table says of this column."""
    editable: bool = False
    """May be typed over where the sheet is protected."""
    hidden: bool = False
    prompt: str = ""
    """Shown beside a cell while it is selected; at most 255 characters."""
    least: int | date | None = None
    most: int | date | None = None
    """What may be typed into a column of whole numbers or days: from `least` to `most`, or one of the two."""
    fault: str = ""
    """What Excel says of anything else; at most 255 characters."""


def told_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns with a number behind each title that stood before: a table takes no two, whatever their case."""
    seen: set[str] = set()
    found = []
    for column in columns:
        # Cut as it will be, with room for the number: two long titles may differ only behind the cut.
        title, number = one_line(column.title, 250), 1
        while (name := title if number == 1 else f"{title} ({number})").casefold() in seen:
            number += 1
        seen.add(name.casefold())
        found.append(replace(column, title=name))
    return found


def count_where(table: str, where: Mapping[str, str]) -> str:
    """A formula that counts the rows of a table whose named columns hold exactly these words."""
    tests = ",".join(f'{table}[{reference(column)}],"={_criterion(value)}"' for column, value in where.items())
    return f"=COUNTIFS({tests})"


def count_filled(table: str, column: str) -> str:
    """A formula that counts the rows of a table that have something in the column."""
    return f"=COUNTA({table}[{reference(column)}])"


def reference(column: str) -> str:
    """A column's title as a formula names it."""
    return "".join("'" + char if char in "[]#'" else char for char in column)


def _criterion(value: str) -> str:
    """The words as a criterion: wildcards taken literally, quotes doubled."""
    return "".join("~" + char if char in "*?~" else char for char in value).replace('"', '""')
