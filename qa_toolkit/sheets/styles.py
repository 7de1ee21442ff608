"""How cells look: one calm set of formats, made once for each book and shared by all of its sheets."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]

from qa_toolkit.sheets.columns import Tone
from qa_toolkit.sheets.tones import ACCENT, HEAD, INK, LINE, SOFT, TONES

_BASE: Final[dict[str, Any]] = {"font_color": INK, "valign": "top", "text_wrap": True}
_ROW: Final[dict[str, Any]] = _BASE | {"bottom": 1, "bottom_color": LINE}
_NUMBERS: Final = {
    "int": "#,##0", "number": "#,##0.0", "percent": "0%", "date": "d mmm yyyy", "datetime": "d mmm yyyy hh:mm",
}  # fmt: skip
RIGHT_KINDS: Final = frozenset({"int", "number", "percent"})
# Set in from the edge, or a number runs into the words of the next column.
_RIGHT: Final[dict[str, Any]] = {"align": "right", "indent": 1}
_HEAD: Final[dict[str, Any]] = {
    "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
_NAMED: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 18, "font_color": HEAD, "valign": "vcenter"},
    "subtitle": {"font_color": SOFT, "valign": "top"},
    "heading": {"bold": True, "font_size": 13, "font_color": HEAD, "bottom": 1, "bottom_color": HEAD, "valign": "top"},
    "label": {"font_color": SOFT, "valign": "top"},
    "fact": {"font_color": INK, "valign": "top", "align": "left"},
    "note": {"font_color": SOFT, "italic": True, "valign": "top"},
    "link": {"font_color": ACCENT, "underline": 1, "valign": "top"},
    "head": _HEAD,
    "head_right": _HEAD | _RIGHT,
    "tally_head": {"bold": True, "font_color": SOFT, "bottom": 1, "bottom_color": LINE, "text_wrap": True},
    "tally_head_right": {"bold": True, "font_color": SOFT, "bottom": 1, "bottom_color": LINE} | _RIGHT,
    "total": {"bold": True, "font_color": INK, "top": 1, "top_color": HEAD},
    "total_number": {"bold": True, "font_color": INK, "top": 1, "top_color": HEAD, "num_format": "#,##0"} | _RIGHT,
}  # fmt: skip


class Styles:
    """Formats by name, each made when it is first wanted."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Format] = {}

    def named(self, name: str) -> Format:
        """One of the fixed looks: title, heading, label, fact, note, link, head, total…"""
        return self._get(("named", name), _NAMED[name])

    def cell(self, kind: str, *, editable: bool = False) -> Format:
        """A cell in a table, of that kind."""
        look: dict[str, Any] = dict(_ROW)
        if kind in _NUMBERS:
            look |= {"num_format": _NUMBERS[kind]} | (_RIGHT if kind in RIGHT_KINDS else {"align": "left"})
        if editable:
            look |= {"locked": False, "bg_color": "#FFFBE8"}
            look |= {"left": 1, "right": 1, "left_color": LINE, "right_color": LINE}
            if kind == "text":
                # Text as it is typed: “= as before” begins no formula, “- one” neither, and “1/2” becomes no day.
                look["num_format"] = "@"
        return self._get(("cell", kind, str(editable)), look)

    def tone(self, tone: Tone) -> Format:
        """What a conditional format lays over a cell."""
        fill, ink = TONES[tone]
        return self._get(("tone", tone), {"bg_color": fill, "font_color": ink, "bold": True})

    def toned_cell(self, tone: Tone | None) -> Format:
        """A word in a tally, coloured by what it says."""
        look = dict(_ROW)
        if tone is not None:
            fill, ink = TONES[tone]
            look |= {"bg_color": fill, "font_color": ink, "bold": True}
        return self._get(("toned", tone or ""), look)

    def _get(self, key: tuple[str, ...], look: dict[str, Any]) -> Format:
        if key not in self._made:
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]
