"""`qa release check` on what is not made from the figures: sheets, papers and workbooks, each by its own text."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import docx
import pytest
from builders_packs import CALENDAR
from builders_panel import CHILD, a_panel_workspace
from builders_scoring import BOSS, START

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import NotReady
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.reports.checking import Looked, check
from qa_toolkit.reports.own_words import words_of
from qa_toolkit.reports.panels.out import write_panel_papers
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import releasing

LATER = START + timedelta(hours=1)
TELEPHONE = "Seen. Ring 07700 900123."


def looked(at: Workspace, file: Path) -> list[Looked]:
    return check(at, file, calendar=CALENDAR, now=LATER, today=LATER.date())


def test_word_and_text_of_one_paper_each_have_a_note(tmp_path: Path) -> None:
    # They are written in one moment, and the note of the second once took the place of the first.
    at = a_panel_workspace(tmp_path / "w")
    written = write_panel_papers(at, CHILD, tmp_path, by=BOSS, now=LATER)
    assert {path.suffix for path in written} == {".docx", ".txt"}
    assert {note.contents["file"] for note in exports.notes(at.folder)} == {path.name for path in written}
    for path in written:
        assert [one.sentence for one in looked(at, path)][1:] == [
            "The record still has every line that it was made from.",
            "Its text holds nothing undecided; 0 places are let through by name.",
        ]


def test_what_was_let_through_is_counted_and_a_changed_file_is_told(tmp_path: Path) -> None:
    at = a_panel_workspace(tmp_path / "w", typed=TELEPHONE)
    with pytest.raises(NotReady) as refused:
        write_panel_papers(at, CHILD, tmp_path, by=BOSS, now=LATER)
    code = refused.value.missing[0].partition("[")[2].rstrip("]")
    why = "The duty number, which is public."
    releasing.release(at, code, Audience.PANEL, why, by=BOSS, now=LATER, today=LATER.date())
    word, text = write_panel_papers(at, CHILD, tmp_path, by=BOSS, now=LATER)
    for path in (word, text):
        found = looked(at, path)
        assert all(one.ok for one in found)
        assert "places are let through by name" in found[-1].sentence
        assert "; 0 places" not in found[-1].sentence
    text.write_text(text.read_text(encoding="utf-8") + "x", encoding="utf-8")
    assert [one.ok for one in looked(at, text)] == [False, True, True]


def test_an_audit_tool_is_held_against_the_record_alone(tmp_path: Path) -> None:
    at = a_panel_workspace(tmp_path / "w")
    file = tmp_path / "tool.xlsx"
    write_tool(at, "CE-2026-01", "police", file, by=BOSS, now=LATER)
    said = [one.sentence for one in looked(at, file)]
    assert said[1] == "The record still has every line that it was made from."
    assert "not looked through" in said[2]


def test_a_record_that_was_cut_short_is_told(tmp_path: Path) -> None:
    at = a_panel_workspace(tmp_path / "w")
    (text,) = write_panel_papers(at, CHILD, tmp_path, formats=("txt",), by=BOSS, now=LATER)
    journal = at.root / "partnership.journal"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    (bad,) = [one.sentence for one in looked(Workspace(at.root), text) if not one.ok]
    assert bad.startswith("What it was made from is not there any more: partnership.journal has no line")


def test_the_words_of_each_kind_of_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><style>p {}</style><h1>Title</h1><p>Some <b>words</b></p></html>", encoding="utf-8")
    assert words_of(page) == [("Title", "Title"), ("Title", "Some"), ("Title", "words")]
    paper = docx.Document()
    paper.add_paragraph("One")
    paper.add_table(1, 1).cell(0, 0).text = "Two"
    paper.save(str(tmp_path / "a.docx"))
    assert [text for _, text in words_of(tmp_path / "a.docx") or []] == ["One", "Two"]
    assert words_of(tmp_path / "a.pdf") is None
