"""Every pack of the example, in every format: named, in English, in order, with headers and words for its charts."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.reports.delivering import paper_for
from qa_toolkit.reports.layout.document import Bullets, Chart, Document, Heading, Note, Paragraph, Table
from qa_toolkit.reports.layout.html import html
from qa_toolkit.reports.layout.pdf import pdf
from qa_toolkit.reports.layout.plain import plain_text
from qa_toolkit.reports.layout.spreadsheet import Spreadsheet, write_spreadsheet
from qa_toolkit.reports.layout.word import write_word
from qa_toolkit.reports.making import KINDS
from qa_toolkit.store.workspace import Workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WORDS = {"audit": "CE-2026-01", "agency": "social-care", "person": "s.thistleworth@police"}
PAPERS = sorted(word for word, kind in KINDS.items() if not kind.workbook)
BOOKS = sorted(word for word, kind in KINDS.items() if kind.workbook)


@pytest.fixture(scope="module")
def bodies(example: Path) -> dict[str, Document | Spreadsheet]:
    """Every pack, made once."""
    workspace = Workspace(example)
    return {
        word: paper_for(
            workspace, word, {need: WORDS[need] for need in kind.needs}, calendar=england_and_wales(), now=NOW,
            today=date(2026, 11, 24),
        ).body
        for word, kind in KINDS.items()
    }  # fmt: skip


def paper(bodies: dict[str, Document | Spreadsheet], word: str) -> Document:
    body = bodies[word]
    assert isinstance(body, Document)
    return body


def headings(body: Document) -> list[tuple[int, str]]:
    return [(part.level, part.text) for part in body.parts if isinstance(part, Heading)]


def test_there_is_a_paper_or_a_workbook_of_each_kind() -> None:
    assert len(PAPERS) + len(BOOKS) == len(KINDS) == 9


@pytest.mark.parametrize("word", PAPERS)
def test_headings_go_down_one_level_at_a_time_and_each_has_something_under_it(
    bodies: dict[str, Document | Spreadsheet], word: str
) -> None:
    body = paper(bodies, word)
    levels = [level for level, _ in headings(body)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for part, after in pairwise([*body.parts, None]):
        if isinstance(part, Heading):
            assert after is not None, part.text
            assert not isinstance(after, Heading) or after.level > part.level, part.text
    assert all(part.caption for part in body.parts if isinstance(part, Table))


@pytest.mark.parametrize("word", PAPERS)
def test_html_can_be_heard(bodies: dict[str, Document | Spreadsheet], word: str) -> None:
    body = paper(bodies, word)
    page = html(body)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert re.search(r"<title>[^<]{10,}</title>", page)
    assert page.count("<h1>") == page.count("<main ") == 1
    found = re.findall(r'<h([2-4]) id="[^"]+">', page)
    assert [int(level) - 1 for level in found] == [level for level, _ in headings(body)]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == sum(isinstance(part, Table) for part in body.parts)
    for table in tables:
        head, _, rows = table.partition("</thead>")
        assert '<caption class="heard">' in head
        assert head.count('<th scope="col"') == head.count("<th ")
        # What is laid out as blocks on a narrow screen says by itself what it is.
        if 'class="words' in table:
            assert rows.count('role="row"') == rows.count("<tr")
            assert rows.count('role="cell"') == rows.count("<td")
    charts = sum(isinstance(part, Chart) for part in body.parts)
    assert len(re.findall(r'<svg [^>]*role="img" aria-label="[^"]{30,}"', page)) == page.count("<svg") == charts


@pytest.mark.parametrize("word", PAPERS)
def test_word_can_be_heard(bodies: dict[str, Document | Spreadsheet], word: str, tmp_path: Path) -> None:
    body = paper(bodies, word)
    write_word(body, tmp_path / "p.docx", now=NOW)
    made = docx.Document(str(tmp_path / "p.docx"))
    assert made.core_properties.title == body.title
    assert made.core_properties.language == "en-GB"
    assert set(made.styles.element.xpath(".//w:lang/@w:val")) == {"en-GB"}
    styled = [(p.style.name, p.text) for p in made.paragraphs if p.style is not None]
    assert [(f"Heading {level}", text) for level, text in headings(body)] == [
        one for one in styled if one[0].startswith("Heading")
    ]
    assert len(made.tables) == sum(isinstance(part, Table) for part in body.parts)
    for table in made.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert table._tbl.xpath(".//w:tblDescription/@w:val")[0]
    drawn = made.element.xpath(".//wp:docPr")
    assert len(drawn) == sum(isinstance(part, Chart) for part in body.parts)
    assert all(len(one.get("descr") or "") >= 30 for one in drawn)
    # In the order in which it is read: headings and tables stand as the paper has them.
    wanted = [part.text if isinstance(part, Heading) else part.header[0] for part in body.parts
              if isinstance(part, Heading | Table)]  # fmt: skip
    assert [said for child in made.element.body if (said := spoken(child))] == wanted


def spoken(child: Any) -> str:
    """The words of a heading, or the first of a table; nothing for all else."""
    if child.tag == qn("w:tbl"):
        return str(child.xpath(".//w:t")[0].text)
    headed = child.xpath("./w:pPr/w:pStyle[starts-with(@w:val, 'Heading')]")
    return "".join(word.text or "" for word in child.xpath(".//w:t")) if headed else ""


@pytest.mark.parametrize("word", PAPERS)
def test_a_pdf_can_be_heard(bodies: dict[str, Document | Spreadsheet], word: str) -> None:
    pytest.importorskip("typst")
    body = paper(bodies, word)
    data = pdf(body, NOW)
    for mark in (b"/Lang(en-GB)", b"/DisplayDocTitle true", b"pdfuaid:part>1<", b"/StructTreeRoot"):
        assert mark in data, mark
    columns = sum(len(part.header) for part in body.parts if isinstance(part, Table))
    # Typst repeats a header on each page for the eye; to the ear it is said once.
    assert len(re.findall(rb"/S ?/TH\b", data)) == columns
    assert len(re.findall(rb"/S ?/Figure\b", data)) == sum(isinstance(part, Chart) for part in body.parts)
    assert len(re.findall(rb"/Alt\b", data)) >= len(re.findall(rb"/S ?/Figure\b", data))
    assert len(re.findall(rb"/S ?/H[1-3]\b", data)) >= len(headings(body))


@pytest.mark.parametrize("word", PAPERS)
def test_text_holds_everything_in_order_and_no_line_is_too_long(
    bodies: dict[str, Document | Spreadsheet], word: str
) -> None:
    body = paper(bodies, word)
    shown = plain_text(body)
    assert max(map(len, shown.splitlines())) <= 80
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown)
    flat, at = re.sub(r"\W+", "", shown), 0
    for part in body.parts:
        said = part.items if isinstance(part, Bullets) else [part.text] if isinstance(
            part, Heading | Paragraph | Note
        ) else []  # fmt: skip
        for text in said:
            # Without spaces and marks, which lines, dashes and breaks change.
            at = flat.index(re.sub(r"\W+", "", text), at)


@pytest.mark.parametrize("word", BOOKS)
def test_a_workbook_can_be_heard(bodies: dict[str, Document | Spreadsheet], word: str, tmp_path: Path) -> None:
    body = bodies[word]
    assert isinstance(body, Spreadsheet)
    out = tmp_path / "b.xlsx"
    write_spreadsheet(body, out)
    book = openpyxl.load_workbook(out)
    assert book.properties.title == body.title
    assert book.sheetnames[0] == "Summary"
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.headerRowCount != 0
        assert sheet.freeze_panes[1:] == "2"
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.merged_cells.ranges
        assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
        assert "&P of &N" in sheet.oddFooter.right.text.replace("&[Page]", "&P").replace("&[Pages]", "&N")
    with zipfile.ZipFile(out) as parts:
        tables = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/tables/")]
        drawn = "".join(
            parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")
        )
    assert all(re.search(r'altText="[^"]+" altTextSummary="[^"]{10,}"', table) for table in tables)
    assert len(re.findall(r'descr="[^"]{20,}"', drawn)) == drawn.count("<xdr:graphicFrame")
    assert drawn.count("<xdr:graphicFrame") == sum(bool(block.chart) for block in body.blocks)
