"""Cells as text, and whether one is as it went out: for everything that goes out as a workbook and comes back."""

from __future__ import annotations

from datetime import date, datetime

from qa_toolkit.domain.text import visible
from qa_toolkit.sheets.reader import CellValue


def cell_text(value: CellValue) -> str:
    """A cell's value as somebody would have typed it; nothing for an empty one."""
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}" if (value.hour, value.minute) != (0, 0) else f"{value:%d/%m/%Y}"
        case date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def same_text(shown: str, came: str) -> bool:
    """Whether a cell is as it went out: what a sheet cannot show was written out, and ends of lines may differ."""
    return as_compared(shown) == as_compared(came)


def as_compared(text: str) -> str:
    """The text as both sides of a trip have it."""
    return visible(text, lines=True).replace("\r\n", "\n").strip()
