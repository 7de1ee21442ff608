"""Action sheets by command: out, back as a dry run, settled, taken in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from builders_plans import CO, a_plan, an_action, bring, planned_workspace
from keyboard import Keyboard
from openpyxl import load_workbook

from qa_toolkit import clock
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.exchange.action_rows import PROGRESS, UPDATE
from qa_toolkit.workflow.plans import progress

A1, A2 = "A-2026-001", "A-2026-002"


@pytest.fixture
def tracked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    """Two actions of the police in progress."""
    workspace = planned_workspace(tmp_path / "w")
    plan = a_plan(workspace)
    for _ in range(2):
        bring(workspace, an_action(workspace, plan).id, State.IN_PROGRESS)
    return Keyboard(workspace.root, capsys)


def sent(tracked: Keyboard, file: Path) -> None:
    ran = tracked("export", "actions", str(file), "--agency", "police", "--back-by", "4/12/2030", by=CO)
    assert (ran.code, ran.out.strip()) == (0, str(file))
    book = load_workbook(file)
    sheet = book["Actions"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index(UPDATE) + 1).value = "Nine of ten files were read."
    sheet.cell(3, titles.index(PROGRESS) + 1).value = 60
    book.save(file)


def test_a_sheet_goes_out_comes_back_and_is_taken_in(tracked: Keyboard, tmp_path: Path) -> None:
    file = tmp_path / "police.xlsx"
    sent(tracked, file)
    now = clock.now()
    progress.update(tracked.workspace, [A2], "By telephone.", progress=50, by=CO, now=now, today=now.date())
    dry = tracked("import", "actions", str(file), by=CO)
    assert dry.code == 0
    assert f"{A1}.update: clean" in dry.out
    assert f"{A2}.progress: to settle" in dry.out
    assert f"--theirs {A2}.progress takes what the sheet says" in dry.err
    assert "Nothing was changed" in dry.err
    assert [row["verdict"] for row in tracked("import", "actions", str(file), "--json", by=CO).json] == [
        "clean", "to settle",
    ]  # fmt: skip
    first = tracked("import", "actions", str(file), "--yes", by=CO)
    assert (first.code, f"Taken in, in one step: {A1}." in first.err) == (3, True), "one waits to be settled"
    questions = tmp_path / "questions.csv"
    tracked("import", "actions", str(file), "--questions", str(questions), by=CO)
    with questions.open(newline="", encoding="utf-8-sig") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["what"], row["theirs"], row["ours"]) for row in rows] == [(f"{A2}.progress", "60%", "50%")]
    questions.write_text(f"what,take\n{A2}.progress,theirs\n", encoding="utf-8")
    settled = tracked("import", "actions", str(file), "--settle", str(questions), "--yes", by=CO)
    assert (settled.code, f"in one step: {A2}." in settled.err) == (0, True)
    again = tracked("import", "actions", str(file), "--yes", by=CO)
    assert (again.code, "There is nothing to take in." in again.err) == (0, True)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["export", "actions", "x.xlsx"], 3, "Say for whom"),
        (["export", "actions", "x.xlsx", "--agency", "navy"], 3, "There is no agency navy"),
        (["export", "actions", "x.xlsx", "--agency", "health"], 3, "has no open action"),
        (["import", "actions", "none.xlsx"], 4, "There is no file"),
        (["import", "actions", "FILE", "--theirs", "all", "--ours", f"{A1}.update"], 3, "is not asked about"),
        (["import", "actions", "FILE", "--settle", "none.csv"], 3, "There is no file none.csv"),
    ],
)
def test_what_is_refused(tracked: Keyboard, tmp_path: Path, words: list[str], code: int, says: str) -> None:
    file = tmp_path / "police.xlsx"
    sent(tracked, file)
    ran = tracked(*(str(file) if word == "FILE" else word for word in words), by=CO)
    assert (ran.code, says in ran.err) == (code, True), ran.err
    assert not Path("x.xlsx").exists()


def test_a_plan_is_shown_first_and_brought_in_when_it_is_confirmed(tracked: Keyboard, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text("What,Lead,By when\nAudit ten files,Police,31/3/2031\nTrain them all,Bert,soon\n", encoding="utf-8")
    dry = tracked("import", "plan", str(file), by=CO)
    assert dry.code == 0
    assert "Audit ten files" in dry.out
    assert "line 3: “soon” is not a date" in dry.err
    assert "Nothing was changed" in dry.err
    refused = tracked("import", "plan", str(file), "--yes", by=CO)
    assert (refused.code, "--into" in refused.err) == (3, True)
    wrong = tracked("import", "plan", str(file), "--map", "Which=owner", by=CO)
    assert (wrong.code, "names no column" in wrong.err) == (3, True)
    done = tracked("import", "plan", str(file), "--into", "AP-2026-001", "--yes", by=CO)
    assert (done.code, "A-2026-003" in done.err or "Brought in" in done.err) == (3, True), "one row was not read"
    again = tracked("import", "plan", str(file), "--into", "AP-2026-001", "--json", by=CO).json
    assert again["actions"] == []
    assert [fault["where"] for fault in again["faults"]] == ["line 3"]
