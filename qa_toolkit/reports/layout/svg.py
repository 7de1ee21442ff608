"""A chart as drawn lines and words (SVG): its numbers stand beside its bars, its words are read out in its place."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from qa_toolkit.domain.text import cells, shorten, visible
from qa_toolkit.reports.layout.document import Chart
from qa_toolkit.sheets.tones import BARS, INK, SOFT, TONES

WIDTH: Final = 680
_ROW, _BAR, _TEXT = 30, 18, 14
_LETTER: Final = 7.4
"""About the width of a letter of that size."""
_LONGEST_LABEL: Final = 34
"""Letters of a label that are drawn; the rest is in the words and in the title that a pointer shows."""


def bars(chart: Chart) -> str:
    """The chart, `WIDTH` wide where there is room."""
    height = _ROW * len(chart.bars) + 8
    words = escape(visible(" ".join(chart.alternative.split())))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{words}" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="Arial, Liberation Sans, Helvetica, sans-serif" '
        f'font-size="{_TEXT}">'
    )
    return "\n".join([head, *_rows(chart, height), "</svg>"])


def _rows(chart: Chart, height: int) -> Iterator[str]:
    labels = [shorten(visible(" ".join(bar.label.split())), _LONGEST_LABEL) for bar in chart.bars]
    left = round(max(map(cells, labels)) * _LETTER) + 12
    room = WIDTH - left - 60
    for number, (bar, label) in enumerate(zip(chart.bars, labels, strict=True)):
        middle = number * _ROW + _ROW // 2 + 4
        length = round(bar.value * room / chart.longest, 1)
        yield f'<text x="{left - 8}" y="{middle + 5}" text-anchor="end" fill="{INK}">{escape(label)}</text>'
        # The outline carries the contrast that a light fill lacks.
        yield (
            f'<rect x="{left}" y="{middle - _BAR // 2}" width="{length}" height="{_BAR}" fill="{BARS[bar.tone]}" '
            f'stroke="{TONES[bar.tone][1]}" stroke-width="1"/>'
        )
        yield f'<text x="{left + length + 8}" y="{middle + 5}" font-weight="bold" fill="{INK}">{bar.value}</text>'
    yield f'<line x1="{left}" y1="2" x2="{left}" y2="{height - 2}" stroke="{SOFT}" stroke-width="1"/>'
