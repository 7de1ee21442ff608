"""The words of a file that was written here, place by place, so that it can be looked through as it lies."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path


def words_of(file: Path) -> list[tuple[str, str]] | None:
    """(place, text) of a workbook, a Word document, a web page or a text; None for what is not read, such as PDF.

    Raises:
        QAError: It cannot be read after all.
    """
    match file.suffix.lower():
        case ".xlsx":
            from qa_toolkit.sheets.reader import read_book  # only where a workbook is looked at

            return [
                (row.where(place), value)
                for sheet in read_book(file).sheets
                for row in sheet.rows
                for place, value in enumerate(row.values)
                if isinstance(value, str)
            ]
        case ".docx":
            from qa_toolkit.reports.layout.word_reading import read_word  # only where a Word document is looked at

            read = read_word(file)
            cells = [(f"table {number}", text) for number, table in enumerate(read.tables, start=1)
                     for row in table for text in row]  # fmt: skip
            return [*read.paragraphs, *cells]
        case ".txt":
            lines = file.read_text(encoding="utf-8").splitlines()
            return [(f"line {number}", line) for number, line in enumerate(lines, start=1)]
        case ".html":
            page = _Page()
            page.feed(file.read_text(encoding="utf-8"))
            return page.found
    return None


class _Page(HTMLParser):
    """What a page shows; its styles are no words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._under = "the page"
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if not text or self._tag in ("style", "script"):
            return
        if self._tag in ("h1", "h2", "h3"):
            self._under = text
        self.found.append((self._under, text))
