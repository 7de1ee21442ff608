"""Rows of text as aligned columns: plain, so that a screen reader and a pipe can both read them."""

from __future__ import annotations

from collections.abc import Iterator

from qa_toolkit.domain.text import cells, visible


def aligned(rows: list[dict[str, str]]) -> Iterator[str]:
    """A heading line and a line for each row; the last column is not padded."""
    titles = list(rows[0])
    shown = [{title: visible(str(row.get(title, ""))) for title in titles} for row in rows]
    widths = {title: max(cells(title), *(cells(row[title]) for row in shown)) for title in titles}
    for row in ({title: title.upper() for title in titles}, *shown):
        yield "  ".join(_pad(row[title], widths[title]) for title in titles).rstrip()


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
