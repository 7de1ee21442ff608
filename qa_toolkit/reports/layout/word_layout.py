"""Laying a paper out in Word. A Word template is code to jinja2, so it runs in a sandbox with next to nothing in it.

Only the fields of `word.FIELDS` pass through the template. The parts of the paper are put in afterwards as text
of the document, so whatever braces people type in them are never looked at.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import DictLoader, StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import visible
from qa_toolkit.reports.layout.document import Bullets, Chart, Document, Heading, Note, Paragraph, Part, Picture, Table
from qa_toolkit.reports.layout.fitting import leading, numeric, on_paper, together
from qa_toolkit.reports.layout.word import FIELDS
from qa_toolkit.reports.layout.word_chart import add_chart
from qa_toolkit.sheets.tones import TONES

LARGEST: Final = 20_000_000
"""Bytes of a Word template, and five times as many unpacked: a logo or two fit."""
_FILTERS: Final = ("upper", "lower", "title", "trim", "default", "e", "escape")
_EXTERNAL: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_TABLE_STYLE: Final = "QA Table"
CELL_STYLE: Final = "QA Cell"
_TITLE_LENGTH: Final = 255
"""The longest property that Word keeps, in characters."""


class _Sandbox(SandboxedEnvironment):
    """Shows fields and chooses between them; cannot import, call, read a file or grow without bound."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, loader=DictLoader({}))
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"“{operator}” is not allowed here")

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def save(document: Document, template: Path, out: Path, now: datetime) -> None:
    """Write the paper to `out` as `template` would have it look.

    Raises:
        InputError: The template cannot be used.
    """
    data = _checked(template)
    place = _token(document)
    tpl = DocxTemplate(BytesIO(data))
    fields = {name: one_line(getattr(document, name)) for name in FIELDS if name != "content"}
    try:
        tpl.render({**fields, "content": place}, jinja_env=_Sandbox(), autoescape=True)
    except SecurityError as fault:
        raise _unusable(template, f"it tries to do what no Word template may ({fault})") from fault
    except UndefinedError as fault:
        raise _unusable(template, f"it asks for something there is not ({fault}); known are {_known()}") from fault
    except (TemplateError, ArithmeticError, TypeError, ValueError) as fault:
        raise _unusable(template, f"something in braces in it cannot be understood ({fault})") from fault
    word: WordDocument = tpl.docx
    found = [paragraph for paragraph in word.paragraphs if paragraph.text.strip() == place]
    if len(found) != 1:
        raise _unusable(template, "{{ content }} must stand once, alone in a paragraph of its body")
    _Page(word, template).fill(found[0], document.parts)
    _describe(word, document, now)
    tpl.save(out)


def one_line(text: str) -> str:
    """Text for one line of a Word document: harmless, without line breaks."""
    return visible(" ".join(text.split()))


def _many_lines(text: str) -> str:
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"), lines=True)


def _token(document: Document) -> str:
    """A text that stands nowhere in the fields, to find the place for the parts by."""
    taken = " ".join(getattr(document, name) for name in FIELDS if name != "content")
    token = "the parts of this paper go here"
    while token in taken:
        token += "."
    return token


def _describe(word: WordDocument, document: Document, now: datetime) -> None:
    properties = word.core_properties
    properties.title = one_line(document.title)[:_TITLE_LENGTH]
    properties.author = one_line(document.author)[:_TITLE_LENGTH]
    properties.last_modified_by = properties.author
    properties.category = one_line(document.marking)[:_TITLE_LENGTH]
    properties.version = one_line(document.version)[:_TITLE_LENGTH]
    properties.identifier = one_line(document.head)[:_TITLE_LENGTH]
    properties.language = "en-GB"
    # Word's properties are in UTC and say so without an offset.
    properties.created = properties.modified = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)


class _Page:
    """The body of one document, being filled in front of one paragraph."""

    def __init__(self, word: WordDocument, template: Path) -> None:
        self.word, self.template, self.charts = word, template, 0
        section = word.sections[-1]
        width = (section.page_width or Cm(21)) - (section.left_margin or Cm(2)) - (section.right_margin or Cm(2))
        self.width = Length(width)

    def fill(self, place: WordParagraph, parts: tuple[Part, ...]) -> None:
        for part, leads in leading(parts):
            match part:
                case Heading(text, level):
                    self._paragraph(place, one_line(text), f"Heading {level}")
                case Paragraph(text):
                    self._paragraph(place, _many_lines(text), "Normal", leads=leads)
                case Note(text):
                    self._paragraph(place, _many_lines(text), "Intense Quote", leads=leads)
                case Bullets(items):
                    for item in items:
                        self._paragraph(place, _many_lines(item), "List Bullet")
                case Picture():
                    self._picture(place, part)
                case Chart():
                    self.charts += 1
                    paragraph = self._paragraph(place, "", "Normal")
                    add_chart(self.word, paragraph, part, self.charts, self.width)
                case Table():
                    self._table(place, part)
        element = place._element
        element.getparent().remove(element)

    def _paragraph(self, place: WordParagraph, text: str, style: str, *, leads: bool = False) -> WordParagraph:
        self._need(style)
        made = place.insert_paragraph_before(text, style)
        if leads:
            made.paragraph_format.keep_with_next = True
        return made

    def _need(self, style: str) -> None:
        if style not in [known.name for known in self.word.styles]:
            raise _unusable(self.template, f"it has no style “{style}”")

    def _picture(self, place: WordParagraph, picture: Picture) -> None:
        run = place.insert_paragraph_before("", "Normal").add_run()
        shape = run.add_picture(BytesIO(picture.data), width=min(Cm(picture.width_cm), self.width))
        shape._inline.docPr.set("descr", one_line(picture.alternative))

    def _table(self, place: WordParagraph, table: Table) -> None:
        self._need(_TABLE_STYLE)
        columns = len(table.header)
        grid: WordTable = self.word.add_table(1 + len(table.rows), columns, self.word.styles[_TABLE_STYLE])
        grid.autofit = False
        wide = on_paper(table)
        widths = [Length(int(self.width * width / sum(wide))) for width in wide]
        numbers, kept = numeric(table), together(table)
        last = columns * len(table.rows)
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        # A template that a partnership changed before there was a style for cells goes without.
        cell_style = next((one for one in self.word.styles if one.name == CELL_STYLE), None)
        # `_cells` is asked once: through `rows` the time grows with the square of their number.
        cells = grid._cells
        for number, text in enumerate(text for row in (table.header, *table.rows) for text in row):
            cells[number].text = _many_lines(text)
            if cell_style is not None:
                cells[number].paragraphs[0].style = cell_style
            cells[number].width = widths[number % columns]
            spacing = cells[number].paragraphs[0].paragraph_format
            if cell_style is None:
                # Said here, because the style of running text, which cells have too, goes before the table’s.
                spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(1.5), Pt(1.5), 1.0
            if numbers[number % columns]:
                spacing.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number < columns or (kept and number < last):
                # A page never ends with a header that has no row below it, and a short table stays whole.
                spacing.keep_with_next = True
            if number >= columns and text in table.tones:
                _toned(cells[number], *TONES[table.tones[text]])
        for number, line in enumerate(grid._tbl.tr_lst):
            properties = line.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if not number:
                properties.append(OxmlElement("w:tblHeader"))
        if table.caption:
            _described(grid, one_line(table.caption))
        place._element.addprevious(grid._tbl)
        # Two tables with nothing between them become one in Word.
        between = place.insert_paragraph_before("", "Normal").paragraph_format
        between.space_after, between.line_spacing = Pt(0), Pt(7)


def _toned(cell: _Cell, fill: str, ink: str) -> None:
    """A word with its colour: the word is there already, so the colour never stands alone."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill.lstrip("#"))):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
    for run in cell.paragraphs[0].runs:
        run.font.bold, run.font.color.rgb = True, RGBColor.from_string(ink.lstrip("#"))


def _described(grid: WordTable, words: str) -> None:
    """What the table holds, for those who hear it; Word shows it under the table's properties."""
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), words)
    grid._tbl.tblPr.append(described)


def _checked(template: Path) -> bytes:
    """The template's bytes, if it is a Word file of a sensible size that fetches nothing and runs nothing."""
    try:
        if template.stat().st_size > LARGEST:
            raise _unusable(template, f"it is larger than {LARGEST:,} bytes")
        data = template.read_bytes()
        with zipfile.ZipFile(BytesIO(data)) as parts:
            infos = parts.infolist()
            if len(infos) > 1_000 or sum(info.file_size for info in infos) > 5 * LARGEST:
                raise _unusable(template, "it unpacks to far more than a document holds")
            names = {info.filename.casefold() for info in infos}
            if "word/document.xml" not in names:
                raise _unusable(template, "it is not a Word document (.docx)")
            if any("vbaproject" in name or "activex" in name for name in names):
                raise _unusable(template, "it holds macros or controls")
            for info in infos:
                if not info.filename.casefold().endswith((".xml", ".rels")):
                    continue
                text = parts.read(info)
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise _unusable(template, "it holds declarations that no Word document has")
                if any(b"/hyperlink" not in link for link in _EXTERNAL.findall(text)):
                    raise _unusable(template, "it fetches something from elsewhere each time it is opened")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as fault:
        raise _unusable(template, "it is damaged, encrypted or not a Word document (.docx)") from fault
    except OSError as fault:
        raise _unusable(template, f"it cannot be read ({fault.strerror})") from fault
    return data


def _known() -> str:
    return ", ".join(FIELDS)


def _unusable(template: Path, reason: str) -> InputError:
    return InputError(
        f"The Word template {template} cannot be used: {visible(reason)}. Put it right in Word, or take it away and "
        "the shipped one is used."
    )
