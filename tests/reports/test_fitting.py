"""A paper breaks where a reader would break it: no word, id or day is cut, and short tables stay whole."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.text import cells
from qa_toolkit.reports.layout import fitting
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.layout.formats import write_paper
from qa_toolkit.reports.layout.html import html
from qa_toolkit.reports.layout.plain import plain_text

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
RETURNS = Table(
    ("Agency", "Asked for", "In time", "Late", "Nil", "Not due yet", "Missing", "Excused"),
    (("Children’s Social Care", "8", "6", "0", "0", "2", "0", "0"),
     ("Youth Justice", "8", "1", "0", "4", "3", "0", "0")),
    (24, 6, 6, 6, 6, 6, 7, 7), "Returns by agency",
)  # fmt: skip
ACTIONS = Table(
    ("Action", "What", "Whose", "Due", "Why"),
    (("A-2026-008", "Train foster carers.", "Homes and fostering", "28 Sep 2026", "Past its due date."),
     ("AP-2024-001/C07", "Hold a lesson.", "Education", "1 Oct 2026", "CE-2026-01-C07 shows it.")),
    (1, 5, 3, 1, 5), "Actions",
)  # fmt: skip


def a_paper(*parts: Part) -> Document:
    return Document("Papers", 'OFFICIAL</style>"\\ SENSITIVE', "24 Nov 2026", "3f9a", parts, audience="Board")


@pytest.mark.parametrize("table", [RETURNS, ACTIONS])
def test_no_column_is_narrower_than_its_longest_word_id_or_day(table: Table) -> None:
    found = fitting.on_paper(table)
    assert sum(found) == pytest.approx(fitting.PAGE_WIDTH)
    for column, width in enumerate(found):
        for text in (table.header[column], *(row[column] for row in table.rows)):
            for piece, kept in fitting.pieces(text):
                for word in (piece,) if kept else piece.split():
                    assert fitting.points(word) <= width - 2 * fitting.PADDING, (word, width)


@given(st.lists(st.tuples(*[st.text(max_size=40)] * 4), min_size=1, max_size=6), st.tuples(*[st.integers(1, 30)] * 4))
def test_widths_fill_the_room_whatever_the_words(rows: list[tuple[str, ...]], shares: tuple[int, ...]) -> None:
    found = fitting.widths(Table(("A", "B", "C", "D"), tuple(rows), shares), 80, cells, narrowest=9)
    assert sum(found) == pytest.approx(80)
    assert all(width >= 0 for width in found)


def test_ids_and_days_are_the_pieces_that_stay_in_one_line() -> None:
    text = (
        "See A-2026-008, CE-2026-01-C07 and AP-2024-001/C07 by 28 Sep 2026; UI-02 is a well-known question of 3 of 12."
    )
    assert [piece for piece, kept in fitting.pieces(text) if kept] == [
        "A-2026-008", "CE-2026-01-C07", "AP-2024-001/C07", "28 Sep 2026", "UI-02",
    ]  # fmt: skip
    assert "".join(piece for piece, _ in fitting.pieces(text)) == text


def test_numbers_stand_to_the_right_and_names_never_do() -> None:
    assert fitting.numeric(RETURNS) == (False, *[True] * 7)
    assert fitting.numeric(Table(("Year", "Open"), (("2025", "*"), ("2026", "−3")))) == (False, True)
    assert fitting.numeric(Table(("Fact", "Is"), (("a", ""), ("b", "")))) == (False, False)


def test_what_leads_in_a_table_stays_with_it_and_short_tables_stay_whole(tmp_path: Path) -> None:
    long = Table(("Id", "What"), tuple((f"A-2026-{n:03}", "Something to be done") for n in range(40)), caption="Long")
    parts = (Heading("Returns"), Paragraph("Of 16 returns"), RETURNS, Paragraph("After"), Heading("All"), long)
    assert [leads for _, leads in fitting.leading(parts)] == [False, True, False, False, False, False]
    assert [leads for _, leads in fitting.leading((Note("n"), Bullets(("a",))))] == [True, False]
    page = html(a_paper(*parts))
    assert page.count('class="together"') == 1
    assert '<p class="leads">Of 16 returns</p>' in page
    write_paper(a_paper(*parts), tmp_path / "x.docx", now=NOW)
    word = docx.Document(str(tmp_path / "x.docx"))
    assert next(p for p in word.paragraphs if p.text == "Of 16 returns").paragraph_format.keep_with_next
    short, other = word.tables
    kept = [[cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in short.rows]
    assert kept == [[True] * 8, [True] * 8, [None] * 8]
    assert other.rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next is None
    assert all(row.cells[3].paragraphs[0].alignment == 2 for row in short.rows)
    assert short.rows[1].cells[0].paragraphs[0].alignment is None


def test_a_narrow_screen_shows_rows_as_blocks_that_are_still_a_table_to_the_ear() -> None:
    page = html(a_paper(ACTIONS, RETURNS))
    words, numbers = page.split("<table")[1:]
    assert ' class="words together" role="table"' in words
    assert words.count('role="row"') == 3
    assert words.count('role="columnheader"') == 5
    assert words.count('role="rowheader"') == 2
    assert '<td role="cell" data-name="Due"><span class="kept">28 Sep 2026</span></td>' in words
    # Numbers stay in columns, which are pushed sideways.
    assert "role=" not in numbers


def test_each_printed_sheet_has_its_marking_and_number_and_no_text_ends_the_style() -> None:
    page = html(a_paper(Paragraph("x")))
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert page.count("</style>") == 1
    assert r'@top-left { content: "OFFICIAL\3c \2f style\3e \22 \5c  SENSITIVE"' in style
    assert '"Page " counter(page) " of " counter(pages)' in style
    assert "As at 24 Nov 2026" in style


def test_text_has_a_table_where_it_can_be_read_and_blocks_where_not() -> None:
    shown = plain_text(a_paper(RETURNS))
    assert "Youth Justice" in shown
    assert max(map(len, shown.splitlines())) <= 80
    row = next(line for line in shown.splitlines() if line.startswith("Youth"))
    assert row.split()[2:] == ["8", "1", "0", "4", "3", "0", "0"]
    long = Table(("Action", "What", "Said"), (("A-2026-001", "word " * 60, "more " * 60),), caption="Long")
    assert "What: word word" in plain_text(a_paper(long))


def test_an_older_word_template_without_a_style_for_cells_still_serves(tmp_path: Path) -> None:
    from qa_toolkit.reports.layout.word_look import build

    own = tmp_path / "word_templates" / "paper.docx"
    own.parent.mkdir()
    build(own)
    with zipfile.ZipFile(own) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(own, "w") as parts:
        for name, data in held.items():
            parts.writestr(name, data.replace(b"QA Cell", b"Elsewhere").replace(b"QACell", b"Elsewhere"))
    write_paper(a_paper(RETURNS), tmp_path / "x.docx", now=NOW, workspace=tmp_path)
    cell = docx.Document(str(tmp_path / "x.docx")).tables[0].rows[1].cells[0].paragraphs[0]
    assert cell.paragraph_format.space_before is not None
