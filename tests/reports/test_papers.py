"""A paper is written once and laid out twice; what people typed is never run, and a Word template cannot do harm."""

from __future__ import annotations

import base64
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import cells
from qa_toolkit.reports.layout.document import (
    Bar,
    Bullets,
    Chart,
    Document,
    Heading,
    Note,
    Paragraph,
    Part,
    Picture,
    Table,
    texts,
)
from qa_toolkit.reports.layout.plain import plain_text, wrap
from qa_toolkit.reports.layout.word import FOLDER, PAPER, word_template, write_word
from qa_toolkit.reports.layout.word_look import build

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOSTILE = "{{ 7*7 }} {% import 'os' %} <w:p/> & \x0b\x1b[31m\u202e \ufffe"


def a_paper(*parts: Part, title: str = "Panel paper") -> Document:
    return Document(title, "OFFICIAL-SENSITIVE", "24 Nov 2026", "3f9a1c2b", parts, "For the panel", "2", "Eastmoor")


def written(tmp_path: Path, document: Document, workspace: Path | None = None) -> WordDocument:
    out = tmp_path / "paper-out.docx"
    write_word(document, out, now=NOW, workspace=workspace)
    return docx.Document(str(out))


def test_word_shows_every_part_with_its_own_style_and_says_whose_paper_it_is(tmp_path: Path) -> None:
    table = Table(("Agency", "Grade"), (("Police", "Good"), ("Health", "Not seen")), (1, 3))
    word = written(
        tmp_path,
        a_paper(Heading("Strengths"), Heading("Voice", 2), Paragraph("One\ntwo"), Bullets(("a", "b")), Note("Read"),
                table, Picture(DOT, "A dot")),
    )  # fmt: skip
    assert [(p.style.name if p.style else "", p.text) for p in word.paragraphs][:9] == [
        ("Title", "Panel paper"), ("Subtitle", "For the panel"),
        ("Normal", "As at 24 Nov 2026 · version 2 · record 3f9a1c2b"), ("Heading 1", "Strengths"),
        ("Heading 2", "Voice"), ("Normal", "One\ntwo"), ("List Bullet", "a"), ("List Bullet", "b"),
        ("Intense Quote", "Read"),
    ]  # fmt: skip
    (grid,) = word.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [list(table.header), *map(list, table.rows)]
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in grid.rows] == [True, False, False]
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE\tPanel paper"
    assert "record 3f9a1c2b" in section.footer.paragraphs[0].text
    assert [e.text for e in section.footer._element.xpath(".//w:instrText")] == ["PAGE", "NUMPAGES"]
    assert word.element.xpath(".//wp:docPr/@descr") == ["A dot"]
    assert set(word.styles.element.xpath(".//w:lang/@w:val")) == {"en-GB"}
    properties = word.core_properties
    assert (properties.title, properties.language, properties.author) == ("Panel paper", "en-GB", "Eastmoor")
    assert properties.created == NOW


def test_what_people_typed_is_shown_and_never_run(tmp_path: Path) -> None:
    word = written(
        tmp_path,
        a_paper(Heading(HOSTILE), Paragraph(HOSTILE), Bullets((HOSTILE,)), Note(HOSTILE),
                Table((HOSTILE,), ((HOSTILE,),)),
                Picture(DOT, HOSTILE), Paragraph("{{ content }}"), title=HOSTILE),
    )  # fmt: skip
    shown = r"{{ 7*7 }} {% import 'os' %} <w:p/> & \x0b\x1b[31m\u202e \ufffe"
    # In one line a vertical tab is a space between words.
    in_a_line = shown.replace(r"\x0b", "")
    everything = [p.text for p in word.paragraphs]
    assert everything.count(shown) == 3
    assert everything.count(in_a_line) == 2
    assert [cell.text for cell in word.tables[0]._cells] == [shown, shown]
    assert "{{ content }}" in everything
    assert word.core_properties.title == in_a_line


def own_template(workspace: Path, *lines: str) -> Path:
    place = workspace / FOLDER / PAPER
    place.parent.mkdir(parents=True)
    build(place)
    word = docx.Document(str(place))
    for line in lines:
        word.add_paragraph(line)
    word.save(str(place))
    return place


def test_the_partnerships_own_word_template_wins(tmp_path: Path) -> None:
    own_template(tmp_path, "Made for {{ author | upper }}{% if version %}, version {{ version }}{% endif %}")
    assert "Made for EASTMOOR, version 2" in [p.text for p in written(tmp_path, a_paper(), tmp_path).paragraphs]
    assert word_template(tmp_path / "elsewhere") == word_template()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ ''.__class__.__mro__ }}", "what no Word template may"),
        ("{{ title.format(1) }}", "what no Word template may"),
        ("{{ 'a' * 1000000000 }}", "what no Word template may"),
        ("{% import 'os' as os %}{{ os }}", "cannot be understood"),
        ("{% include '/etc/passwd' %}", "cannot be understood"),
        ("{{ cycler }}", "'cycler' is undefined"),
        ("{{ childs_name }}", "childs_name"),
        ("{{ 'x' | center(1000000000) }}", "cannot be understood"),
        ("{{ title", "cannot be understood"),
        ("{{ 1 / 0 }}", "cannot be understood"),
        ("{{ content }}", "must stand once"),
    ],
)
def test_a_word_template_that_is_no_mere_template_is_refused(tmp_path: Path, line: str, says: str) -> None:
    own_template(tmp_path, line)
    with pytest.raises(InputError, match=says):
        written(tmp_path, a_paper(), tmp_path)
    assert not list(tmp_path.glob("*.docx"))
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/_rels/x.rels", b'<Relationship Type="a/attachedTemplate" TargetMode="External"/>', "fetches"),
        ("word/y.xml", b"<!DOCTYPE a>", "declarations"),
    ],
)
def test_a_word_template_with_dangerous_parts_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    place = own_template(tmp_path)
    with zipfile.ZipFile(place, "a") as parts:
        parts.writestr(name, data)
    with pytest.raises(InputError, match=says):
        written(tmp_path, a_paper(), tmp_path)


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)], ids=["empty", "text", "empty zip"])
def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / PAPER).write_bytes(data)
    with pytest.raises(InputError, match=r"not a Word document"):
        written(tmp_path, a_paper(), tmp_path)


def test_the_shipped_word_template_is_what_its_program_makes(tmp_path: Path) -> None:
    build(tmp_path / "built.docx")
    with zipfile.ZipFile(tmp_path / "built.docx") as built, zipfile.ZipFile(word_template()) as shipped:
        for part in ("word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml"):
            assert built.read(part) == shipped.read(part)


def test_plain_text_wraps_its_tables_and_cuts_nothing() -> None:
    table = Table(("Agency", "Evidence"), (("Police", "word " * 30), ("Health", "x" * 200)), (1, 4))
    text = plain_text(a_paper(Heading("Answers"), table, Bullets(("one",)), Note("read")))
    assert max(map(cells, text.splitlines())) <= 80
    assert (text.count("word"), text.count("x")) == (30, 200)
    for block in ("Answers\n=======", "- one", "! read"):
        assert f"\n{block}\n" in text
    many = plain_text(
        a_paper(Table(tuple(f"Column {n}" for n in range(9)), (tuple(f"{c} word" for c in "abcdefghi"),)))
    )
    assert "Column 0: a word\nColumn 1: b word\n" in many


@given(st.text(max_size=200), st.integers(4, 80))
def test_wrapping_keeps_every_letter_and_its_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join("".join(wrap(text, 10_000)).split())


def test_the_texts_of_a_paper_are_all_of_them() -> None:
    paper = a_paper(
        Heading("h"),
        Paragraph("p"),
        Bullets(("b",)),
        Note("n"),
        Table(("t",), (("c",),)),
        Picture(DOT, "a"),
        Chart("x", "y", (Bar("z", 1),)),
    )
    assert [text for text in texts(paper) if len(text) == 1] == ["h", "p", "b", "n", "t", "c", "a", "x", "y", "z"]
