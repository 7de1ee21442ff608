"""Colours, each with its word: one calm set for workbooks, papers and charts. Loads nothing.

Fill and ink of every tone are at least 7:1 in contrast (WCAG 2.2, AAA); a bar and its outline at least 3:1 to white.
"""

from __future__ import annotations

from typing import Final

from qa_toolkit.sheets.columns import Tone

INK: Final = "#1F2933"
SOFT: Final = "#52606D"
LINE: Final = "#D5DAE1"
HEAD: Final = "#1F3A5F"
ACCENT: Final = "#2F5D8C"

TONES: Final[dict[Tone, tuple[str, str]]] = {
    Tone.GOOD: ("#DDF3E4", "#0B4F2A"),
    Tone.FAIR: ("#D9E8F8", "#163E6C"),
    Tone.POOR: ("#FFF0CC", "#5C3D00"),
    Tone.BAD: ("#FADCD9", "#7A1212"),
    Tone.QUIET: ("#EEEDEA", "#45423C"),
    Tone.INFO: ("#E8E4F6", "#3B2A73"),
}
BARS: Final[dict[Tone, str]] = {
    Tone.GOOD: "#3C8D5B",
    Tone.FAIR: "#3F74B0",
    Tone.POOR: "#D19A1C",
    Tone.BAD: "#BD3B32",
    Tone.QUIET: "#8F8B84",
    Tone.INFO: "#6C5BB0",
}


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
