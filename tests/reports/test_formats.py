"""Every format of a paper can be heard as well as seen, shows what people typed, and runs and fetches nothing."""

from __future__ import annotations

import base64
import re
import sys
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError
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
)
from qa_toolkit.reports.layout.formats import FORMATS, check_format, write_paper
from qa_toolkit.reports.layout.html import html
from qa_toolkit.reports.layout.pdf import WRITTEN_OUT, pdf
from qa_toolkit.reports.layout.plain import plain_text
from qa_toolkit.sheets.columns import Tone
from qa_toolkit.sheets.tones import ACCENT, BARS, HEAD, INK, SOFT, TONES, contrast

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOSTILE = 'a" onload=x <script>alert(1)</script> #panic("x") \\ $x$ [b] *c* @d `e` </svg> \x1b[31m\u202e &amp; {{ 7 }}'
SHOWN = HOSTILE.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
CHART = Chart(
    "Open actions by colour", "actions", (Bar("Red", 3, Tone.BAD), Bar("Green", 12, Tone.GOOD), Bar("Blue", 0))
)
TABLE = Table(
    ("Agency", "Colour", "Open"), (("Police", "Red", "3"), ("Health", "Green", "12")), caption="Actions by agency",
    tones={"Red": Tone.BAD},
)  # fmt: skip


def a_paper(*parts: Part, title: str = "Six-monthly report", subtitle: str = "To 30 Sep 2026") -> Document:
    return Document(title, "OFFICIAL-SENSITIVE", "24 Nov 2026", "3f9a1c2b", parts, subtitle, "2", "Eastmoor", "Board")


WHOLE = a_paper(
    Heading("How good"), Paragraph("One\ntwo"), Bullets(("a", "b")), Heading("By agency", 2), TABLE, Note("Read"),
    Heading("Stuck"), CHART, Heading("Risks"), Picture(DOT, "A dot"), Heading("Asks"),
)  # fmt: skip


class Page(HTMLParser):
    """A page's elements in order, with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "col", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_html_says_what_it_is_and_where_everything_is() -> None:
    page = Page(html(WHOLE))
    assert not page.open
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
    assert [tag for tag, _ in page.tags if tag in ("header", "nav", "main", "footer")] == [
        "header", "nav", "main", "footer",
    ]  # fmt: skip
    targets = {attrs.get("id") for _, attrs in page.tags}
    assert all(str(attrs["href"]).removeprefix("#") in targets for attrs in page.all("a"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 3, 2, 2, 2]
    assert [attrs["scope"] for attrs in page.all("th")] == ["col"] * 3 + ["row"] * 2
    assert page.all("img")[0]["alt"] == "A dot"
    (chart,) = page.all("svg")
    assert chart["role"] == "img"
    assert chart["aria-label"] == CHART.alternative
    assert " ".join(page.words).index("How good") < " ".join(page.words).index("Asks")


def test_bars_begin_at_nought_and_are_as_long_as_their_numbers() -> None:
    rects = Page(html(a_paper(CHART))).all("rect")
    widths = [float(str(rect["width"])) for rect in rects]
    assert len({rect["x"] for rect in rects}) == 1
    assert widths[0] * 4 == pytest.approx(widths[1], abs=0.5)
    assert widths[2] == 0
    with pytest.raises(ValueError, match="begins at nought"):
        Bar("below", -1)


def test_html_fetches_and_runs_nothing() -> None:
    source = html(a_paper(Heading(HOSTILE), Paragraph(HOSTILE), Bullets((HOSTILE,)), Note(HOSTILE), CHART,
                          Table((HOSTILE,), ((HOSTILE,),), caption=HOSTILE), Picture(DOT, HOSTILE),
                          Chart(HOSTILE, HOSTILE, (Bar(HOSTILE, 1),)), title=HOSTILE, subtitle=HOSTILE))  # fmt: skip
    page = Page(source)
    assert not page.all("script")
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    links = [str(value) for _, attrs in page.tags for name, value in attrs.items() if name in ("href", "src")]
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in links)
    assert "@import" not in source
    assert "url(" not in source
    assert "default-src 'none'" in source
    assert "".join(page.words).count(SHOWN) >= 7


def test_colours_can_be_told_apart_from_what_they_stand_on() -> None:
    for fill, ink in TONES.values():
        assert contrast(fill, ink) >= 7
        assert contrast("#FFFFFF", ink) >= 7
    for colour in (INK, SOFT, HEAD, ACCENT):
        assert contrast("#FFFFFF", colour) >= 4.5
        assert contrast("#F3F6FA", colour) >= 4.5
    # A bar is told from the paper by its outline, which is the ink of its tone.
    assert all(contrast("#FFFFFF", TONES[tone][1]) >= 3 for tone in BARS)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_word_draws_the_chart_itself_with_its_words(tmp_path: Path) -> None:
    out = tmp_path / "paper.docx"
    write_paper(a_paper(CHART, TABLE, Chart(HOSTILE, HOSTILE, (Bar(HOSTILE, 2),))), out, now=NOW)
    word = docx.Document(str(out))
    assert word.element.xpath(".//wp:docPr/@descr")[0] == CHART.alternative
    assert word.tables[0]._tbl.xpath(".//w:tblDescription/@w:val") == ["Actions by agency"]
    assert word.tables[0]._tbl.xpath(".//w:shd/@w:fill") == [TONES[Tone.BAD][0].lstrip("#")]
    assert "For: Board · As at 24 Nov 2026 · version 2 · record 3f9a1c2b" in [p.text for p in word.paragraphs]
    with zipfile.ZipFile(out) as parts:
        first, second = (parts.read(f"word/charts/chart{n}.xml").decode() for n in (1, 2))
        links = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))
    assert '<c:min val="0"/>' in first
    assert re.findall(r"<c:v>([^<]*)</c:v>", first) == ["actions", "Red", "Green", "Blue", "3", "12", "0"]
    assert "<script" not in second
    assert "External" not in links


def test_a_pdf_is_tagged_titled_and_in_english(tmp_path: Path) -> None:
    # Typst refuses to write PDF/UA without a title, a language or the words of a picture: so being written is a check.
    data = pdf(WHOLE, NOW)
    assert data.startswith(b"%PDF-")
    for mark in (b"/Lang", b"/MarkInfo", b"pdfuaid:part>1<", b"/DisplayDocTitle true"):
        assert mark in data
    assert data == pdf(WHOLE, NOW)


def test_hostile_text_is_shown_in_a_pdf_and_never_run() -> None:
    parts = (
        Heading(HOSTILE), Paragraph(HOSTILE), Bullets((HOSTILE, HOSTILE)), Bullets(()), Note(HOSTILE), CHART,
        Table((HOSTILE,), ((HOSTILE,),), caption=HOSTILE, tones={HOSTILE: Tone.BAD}),
        Chart(HOSTILE, HOSTILE, (Bar(HOSTILE, 1),)), Table(("Only a header",), ()),
    )  # fmt: skip
    assert pdf(a_paper(*parts, title=HOSTILE, subtitle=HOSTILE), NOW).startswith(b"%PDF-")


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_text_at_all_can_be_written(typed: str) -> None:
    paper = a_paper(Heading(typed), Paragraph(typed), Table(("A", "B"), ((typed, "1"),)), title=typed)
    assert pdf(paper, NOW)
    assert not Page(html(paper)).open


def test_letters_without_a_font_are_written_out_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    real, sources = typst.compile, []

    def without_fonts(source: bytes, **options: object) -> bytes:
        sources.append(source.decode())
        if "漢" in sources[-1]:
            raise typst.TypstError("the text “漢” could not be displayed with any font", "")
        return bytes(real(source, **options))

    monkeypatch.setattr(typst, "compile", without_fonts)
    assert pdf(a_paper(Paragraph("漢 and é")), NOW)
    assert "\\\\u6f22 and é" in sources[-1]
    assert WRITTEN_OUT in sources[-1]


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match=r"pip install 'qa-toolkit\[pdf\]'"):
        write_paper(WHOLE, tmp_path / "paper.pdf", now=NOW)
    assert not list(tmp_path.iterdir())


def test_plain_text_draws_the_chart_or_says_it() -> None:
    shown = plain_text(a_paper(CHART))
    assert "Red     3  ###" in shown
    assert "Blue    0\n" in shown
    assert "For: Board" in shown
    long = Chart("Long", "actions", (Bar("label " * 12, 1),))
    assert "[Chart] Long. A bar each" in plain_text(a_paper(long))


def test_the_files_name_says_the_format(tmp_path: Path) -> None:
    for ending in FORMATS:
        write_paper(WHOLE, tmp_path / f"paper{ending}", now=NOW)
        with pytest.raises(InputError, match="is there already"):
            check_format(tmp_path / f"paper{ending}", replace=False)
    with pytest.raises(InputError, match="ends in none of"):
        write_paper(WHOLE, tmp_path / "paper.odt", now=NOW)
    assert len(list(tmp_path.iterdir())) == len(FORMATS)
