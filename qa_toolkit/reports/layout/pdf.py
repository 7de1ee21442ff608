"""A paper as a tagged PDF (PDF/UA-1) by typst, the extra `[pdf]`. Nothing is fetched; no text is ever typst's code.

Every text goes in as a quoted string, so what people type is shown and never read as markup. Tables have header rows;
headers of rows and summaries are behind a switch of typst (`a11y-extras`) that its Python package does not pass on.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from qa_toolkit.domain.errors import InputError, SheetError
from qa_toolkit.domain.text import visible
from qa_toolkit.reports.layout.document import Bullets, Chart, Document, Heading, Note, Paragraph, Part, Picture, Table
from qa_toolkit.reports.layout.fitting import PADDING, leading, numeric, on_paper, pieces, together
from qa_toolkit.sheets.tones import ACCENT, BARS, HEAD, INK, LINE, SOFT, TONES

NO_TYPST: Final = (
    "A PDF needs one more part of the toolkit: `pip install 'qa-toolkit[pdf]'` gets it. Without it, write the paper "
    "as .html or .docx, and print that to a PDF."
)
WRITTEN_OUT: Final = "Some letters are not in the fonts of the machine that made this PDF; they are written as codes."
_FONTS: Final = '("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans", "Libertinus Serif")'
_COMMON: Final = (range(0x20, 0x180), range(0x2010, 0x2028), range(0x2030, 0x203B))
"""Letters that every font above has."""
_SPACES: Final = re.compile(r"\s+")
_ALSO: Final = frozenset("\n\t€£−±≥≤→·•…’‘“”–—")


def write_pdf(document: Document, out: Path, *, now: datetime) -> None:
    """Write the paper to `out`, whole or not at all; `now` is written down as when it was made.

    Raises:
        InputError: The extra `[pdf]` is not installed.
        SheetError: Typst refuses the paper.
        NotSaved: The disk refused; nothing was left behind.
    """
    from qa_toolkit.sheets.whole import written_whole

    data = pdf(document, now)
    with written_whole(out) as part:
        part.write_bytes(data)


def pdf(document: Document, now: datetime) -> bytes:
    """The bytes of the PDF."""
    # Deferred, and the one place where it is: an extra that may be missing, of 30 MB.
    try:
        import typst
    except ImportError:
        raise InputError(NO_TYPST) from None

    def made(plain: bool) -> bytes:
        source = "\n".join(_Source(document, plain).lines()).encode("utf-8")
        when = now.astimezone(UTC).replace(microsecond=0)
        found = typst.compile(source, format="pdf", pdf_standards=["ua-1"], timestamp=when)
        assert isinstance(found, bytes)
        return found

    try:
        return made(plain=False)
    except typst.TypstError:
        # A letter that no font here can draw stops a PDF/UA; which one it was is not said in a way to rely on.
        try:
            return made(plain=True)
        except typst.TypstError as fault:
            said = visible(str(fault).splitlines()[0])
            raise SheetError(f"The PDF could not be made ({said}): write the paper as .html or .docx.") from fault


class _Source:
    """The paper in typst's language; `plain` writes out letters that not every font has."""

    def __init__(self, document: Document, plain: bool) -> None:
        self._document, self._plain = document, plain

    def lines(self) -> list[str]:
        paper = self._document
        about = f"As at {paper.as_at} · version {paper.version} · record {paper.head}"
        first = f"For: {paper.audience} · {about}" if paper.audience else about
        author = self._quoted(paper.author) if paper.author else "()"
        found = [
            f"#set document(title: {self._quoted(paper.title)}, author: {author}, "
            f"keywords: {self._quoted(paper.marking)})",
            f'#set text(font: {_FONTS}, lang: "en", region: "GB", size: 10.5pt, fill: rgb("{INK}"))',
            "#set par(leading: 0.62em, spacing: 0.95em)",
            f'#set page(paper: "a4", margin: (x: 20mm, y: 22mm), header: {self._running(paper.marking, paper.title)}, '
            f"footer: {self._footer(f'{paper.marking} · {about}')})",
            f'#show heading: set text(fill: rgb("{HEAD}"))',
            "#show heading.where(level: 1): set text(size: 15pt)",
            "#show heading.where(level: 2): set text(size: 12.5pt)",
            "#show heading.where(level: 3): set text(size: 10.5pt)",
            "#show heading: set block(above: 1.5em, below: 0.7em)",
            f'#show title: set text(size: 22pt, fill: rgb("{HEAD}"))',
            "#show title: set block(below: 0.6em)",
            f'#set table(stroke: (x, y) => (bottom: 0.6pt + rgb("{LINE}")), inset: {PADDING:g}pt, align: left + top, '
            f'fill: (x, y) => if y == 0 {{ rgb("{HEAD}") }})',
            '#show table.cell.where(y: 0): set text(fill: white, weight: "bold")',
            "#show table: set text(size: 9pt)",
            "#show table: set par(leading: 0.5em)",
            # No caption is numbered: the paper's own words name its tables and charts.
            "#set figure(numbering: none, supplement: none)",
            "#set figure.caption(position: top)",
            '#show figure.caption: set text(size: 10pt, weight: "bold")',
            "#title()",
        ]
        if paper.subtitle:
            found.append(f'#text(size: 12pt, fill: rgb("{SOFT}"), {self._quoted(paper.subtitle)})')
        found.append(f'#par(text(size: 9pt, fill: rgb("{SOFT}"), {self._quoted(first)}))')
        parts = paper.parts
        if self._plain:
            parts = (*parts, Note(WRITTEN_OUT))
        found += [self._part(part, leads) for part, leads in leading(parts)]
        return found

    def _running(self, marking: str, title: str) -> str:
        left, right = self._quoted(marking), self._quoted(title)
        return f'text(size: 8.5pt, fill: rgb("{SOFT}"), strong({left}) + h(1fr) + {right})'

    def _footer(self, words: str) -> str:
        numbers = 'context counter(page).display((n, all) => "Page " + str(n) + " of " + str(all), both: true)'
        return f'text(size: 8.5pt, fill: rgb("{SOFT}"), {self._quoted(words)} + h(1fr) + {numbers})'

    def _part(self, part: Part, leads: bool) -> str:
        match part:
            case Heading(words, level):
                return f"#heading(level: {level}, {self._quoted(words)})"
            case Paragraph(words):
                words = f"par({self._lines(words)})"
                return f"#block(sticky: true, {words})" if leads else f"#{words}"
            case Note(words):
                return (
                    f'#block(width: 100%, fill: rgb("#F3F6FA"), stroke: (left: 3pt + rgb("{ACCENT}")), inset: 8pt, '
                    f"par({self._lines(words)}))"
                )
            case Bullets(items):
                return f"#list({', '.join(self._lines(item) for item in items)})" if items else ""
            case Picture():
                # As numbers: a file beside it would be a copy of the picture in the machine's temporary folder.
                data = ",".join(map(str, part.data))
                image = f"image(bytes(({data},)), width: {part.width_cm:g}cm, alt: {self._quoted(part.alternative)})"
                return f"#align(left, {image})"
            case Table():
                return self._table(part)
            case Chart():
                return self._chart(part)

    def _table(self, table: Table) -> str:
        columns = ", ".join(f"{width:.1f}fr" for width in on_paper(table))
        sides = ", ".join(f"{'right' if number else 'left'} + top" for number in numeric(table))
        head = ", ".join(self._lines(name) for name in table.header)
        cells = [self._cell(cell, table) for row in table.rows for cell in row]
        drawn = f"table(columns: ({columns},), align: ({sides},), table.header({head}), {', '.join(cells)})"
        return f"#block(breakable: {str(not together(table)).lower()}, {drawn})"

    def _cell(self, cell: str, table: Table) -> str:
        words = self._lines(cell)
        if cell not in table.tones:
            return words
        fill, ink = TONES[table.tones[cell]]
        return f'table.cell(fill: rgb("{fill}"), text(fill: rgb("{ink}"), weight: "bold", {words}))'

    def _chart(self, chart: Chart) -> str:
        cells = []
        for bar in chart.bars:
            fill, edge = BARS[bar.tone], TONES[bar.tone][1]
            drawn = (
                f'rect(width: {90 * bar.value / chart.longest:.1f}%, height: 9pt, fill: rgb("{fill}"), '
                f'stroke: 0.6pt + rgb("{edge}"))'
            )
            number = f'text(weight: "bold", "{bar.value}")'
            cells += [f"align(right, {self._quoted(bar.label)})", drawn, number]
        grid = f"grid(columns: (auto, 1fr, auto), gutter: 6pt, align: horizon, {', '.join(cells)})"
        caption = self._quoted(f"{chart.title} ({chart.unit})")
        return (
            f"#figure(alt: {self._quoted(chart.alternative)}, kind: image, block(width: 100%, breakable: false, "
            f"align(left, text(size: 9pt, {grid}))), caption: {caption})"
        )

    def _lines(self, typed: str) -> str:
        found = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return " + linebreak() + ".join(self._kept(one) for one in found)

    def _kept(self, typed: str) -> str:
        """The text in one line; what stays together stands in a box of its own."""
        found = (
            f"box({self._quoted(piece)})" if kept else self._quoted(piece)
            for piece, kept in pieces(" ".join(typed.split()))
        )
        return " + ".join(found) or '""'

    def _quoted(self, typed: str) -> str:
        """The text in one line as a string of typst's language; spaces at its ends stay."""
        words = visible(_SPACES.sub(" ", typed))
        if self._plain:
            words = "".join(char if _common(char) else f"\\u{ord(char):04x}" for char in words)
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _common(char: str) -> bool:
    return char in _ALSO or any(ord(char) in some for some in _COMMON)
