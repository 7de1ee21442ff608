"""Packs of two days held against each other: what one more child would tell is hidden from the second."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from builders_packs import CALENDAR
from builders_scoring import BOSS, START, a_workspace

from qa_toolkit.reports.before import given_out
from qa_toolkit.reports.checking import Looked, check
from qa_toolkit.reports.delivering import deliver, paper_for
from qa_toolkit.reports.explaining import in_short, small_numbers
from qa_toolkit.reports.sending import Paper
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits

JUNE, JULY = START + timedelta(days=10), START + timedelta(days=40)


def add(workspace: Workspace, band: str, count: int, days: int = 0) -> None:
    now = START + timedelta(days=days)
    for _ in range(count):
        audits.add_case(workspace, "CE-2026-01", facts={"age_band": band}, by=BOSS, now=now, today=now.date())


def board(workspace: Workspace, out: Path, days: int) -> Paper:
    now = START + timedelta(days=days)
    paper = paper_for(workspace, "main-board", {}, calendar=CALENDAR, now=now, today=now.date())
    deliver(workspace, paper, out, by=BOSS, now=now, today=now.date())
    return paper


def ages(paper: Paper) -> dict[str, str]:
    return {value: count for one in paper.figures.profile if one.title == "Age band" for value, count in one.rows}


def looked(workspace: Workspace, file: Path) -> list[Looked]:
    return check(workspace, file, calendar=CALENDAR, now=JULY, today=JULY.date())


def test_a_second_pack_hides_what_one_more_child_would_tell(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "w", facts={"age_band": "17"})
    for band, count in (("15 to 16", 11), ("17", 8), ("13 to 14", 7)):
        add(workspace, band, count)
    june = board(workspace, tmp_path / "june.html", 10)
    assert (ages(june)["17"], ages(june)["15 to 16"]) == ("9", "11")
    assert given_out(workspace, JUNE) == []  # packs before it, and not itself

    add(workspace, "17", 1, 20)
    july = board(workspace, tmp_path / "july.html", 40)
    # The child that came is 17: neither pack says so, and before this was held against June the two did together.
    assert ages(july)["17"] == "*"
    assert ages(july)["15 to 16"] == "11"
    said = small_numbers(july)
    assert any("because beside june.html of" in line and "17" in line for line in said)
    assert any(line.startswith("What helps: wait") and "june.html" in line for line in said)
    assert in_short(july).startswith("Small numbers: ")
    assert [one.sentence for one in looked(workspace, tmp_path / "july.html") if not one.ok] == []
    assert [one.sentence for one in looked(workspace, tmp_path / "june.html") if not one.ok] == []


def test_the_note_keeps_what_was_shown_and_why_the_rest_was_not(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "w", facts={"age_band": "10 to 12"})
    for band, count in (("15 to 16", 11), ("17", 8), ("13 to 14", 7)):
        add(workspace, band, count)
    paper = board(workspace, tmp_path / "june.html", 10)
    (kept,) = given_out(workspace, JULY)
    (table,) = (one for one in kept.kept.tables if one.title == "Age band")
    assert table.counts["15 to 16"] == 11
    assert table.counts["10 to 12"] == "small"
    note = (workspace.root / "exports").glob("*-main-board.json").__next__().read_text()
    assert '"children of the audits (age_band=10 to 12)": "from 1 to 4"' in note
    assert "so that a small number cannot be worked out" in note
    assert kept.name == "june.html"
    assert sum(kept.kept.sizes.values()) == sum(map(int, [one.total for one in paper.figures.profile][:1]))


def test_a_pack_in_which_a_fact_is_left_out_says_so(tmp_path: Path) -> None:
    # Two children in all: of no fact can anything be said, and how many there are stands in the pack.
    workspace = a_workspace(tmp_path / "w")
    add(workspace, "17", 1)
    paper = board(workspace, tmp_path / "june.html", 10)
    assert paper.figures.profile == ()
    text = (tmp_path / "june.html").read_text()
    assert "No table of the children can be shown without telling of a single one." in text
    assert "tables of children are left out" in in_short(paper)
