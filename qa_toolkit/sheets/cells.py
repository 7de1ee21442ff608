"""Text on its way into a cell: nothing hidden, nothing too long, never a formula.

A cell holds 32,767 characters as Excel counts them, an emoji as two. What is longer is cut with a mark, and the writer
lists it; what would act on a screen or is forbidden in XML is written out (`\\x1b`).
"""

from __future__ import annotations

from typing import Final

from qa_toolkit.domain.text import visible

MOST_IN_A_CELL: Final = 32_767
CUT_SHEET: Final = "Cut short"


def length_in_excel(text: str) -> int:
    """How long Excel takes the text to be: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int = MOST_IN_A_CELL) -> tuple[str, int]:
    """The text as a cell can hold it, and its whole length if it had to be cut, else 0."""
    shown = visible(text, lines=True)
    if len(shown) * 2 <= limit or (length := length_in_excel(shown)) <= limit:
        return shown, 0
    mark = f"… [cut short here: {length:,} characters in all, see the sheet “{CUT_SHEET}”]"
    room = limit - length_in_excel(mark)
    kept = shown.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore")
    return kept + mark, length


def one_line(text: str, limit: int) -> str:
    """The text for a header, a footer or a property: one line, at most `limit` characters as Excel counts."""
    shown = " ".join(visible(text, lines=True).split())
    while length_in_excel(shown) > limit:
        shown = shown[: limit - 1 - (length_in_excel(shown) - len(shown))].rstrip() + "…"
    return shown
