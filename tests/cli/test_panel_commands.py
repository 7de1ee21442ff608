"""The panel and its findings from the command line: every deed of the screens, with plain output and data."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_panel import AUDIT, CHAIR, CHILD, HEALTH, LEAD, POLICE, SECRET, a_panel_workspace
from builders_scoring import BOSS, RATER
from keyboard import Keyboard


@pytest.fixture
def qa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    a_panel_workspace(tmp_path / "w").close()
    return Keyboard(tmp_path / "w", capsys)


def test_papers_and_minutes_are_written_and_named(qa: Keyboard, tmp_path: Path) -> None:
    ran = qa("panel", "papers", CHILD, str(tmp_path), "--format", "txt")
    assert ran.out == f"{tmp_path / f'{CHILD}-panel-paper.txt'}\n"
    assert SECRET not in (tmp_path / f"{CHILD}-panel-paper.txt").read_text(encoding="utf-8")
    assert qa("panel", "papers", CHILD, str(tmp_path), "--format", "txt").code == 3
    assert qa("panel", "papers", CHILD, str(tmp_path), "--for-chair").code == 3
    assert qa("panel", "papers", CHILD, str(tmp_path), "--for-chair", "--format", "txt", by=CHAIR).code == 0
    assert qa("panel", "minutes", AUDIT, str(tmp_path)).out.splitlines() == [
        str(tmp_path / f"{AUDIT}-P1-minutes.docx"), str(tmp_path / f"{AUDIT}-P1-minutes.txt"),
    ]  # fmt: skip


def test_who_came_and_left_and_an_interest_taken_back(qa: Keyboard) -> None:
    assert "4 present" in qa("panel", "present", AUDIT, "--came", "named nurse=health").err
    assert "3 present" in qa("panel", "present", AUDIT, "--left", LEAD).err
    assert "is not recorded as present" in qa("panel", "present", AUDIT, "--left", LEAD).err
    assert "There is no agency moon" in qa("panel", "present", AUDIT, "--came", "x=moon").err
    assert qa("panel", "interest", CHILD, "named nurse", "knows the family").code == 0
    assert "is taken back" in qa("panel", "interest", CHILD, "named nurse", "a slip of names", "--withdraw").err


def test_a_finding_as_common_as_it_is_and_its_thread_as_data(qa: Keyboard) -> None:
    ran = qa("finding", "raise", AUDIT, "strength", "Children are asked", "--answer", f"{POLICE}/VC-01", "--alike")
    assert "seen in 1 of 2 children, 2 of 2 returns" in ran.err
    found = qa("trace", ran.out.strip(), "--json").json
    assert [one["answer"] for one in found["answers"]] == [f"{POLICE}/VC-01", f"{HEALTH}/VC-01"]
    assert (found["recommendations"], found["actions"], found["found_again"]) == ([], [], [])
    figure = qa("trace", f"{AUDIT}/VC-01", "--json").json
    assert figure["counts"] == {"Yes": [POLICE, HEALTH]}
    assert figure["findings"] == [ran.out.strip()]
    assert "nothing that can be traced" in qa("trace", "nonsense").err


def test_the_ledger_of_one_audit_and_of_all(qa: Keyboard) -> None:
    assert "No agreed grade stands beside" in qa("panel", "ledger", AUDIT).err
    qa("panel", "agree", CHILD, "good", "--reasons", "The plan did no harm.")
    qa("panel", "agree", CHILD, "good", "--section", "PL", "--reasons", "The plan did no harm.")
    one, every = qa("panel", "ledger", AUDIT, "--json").json, qa("panel", "ledger", "--json").json
    assert one == every
    assert {row["why"] for row in one} == {"The plan did no harm."}
    assert {row["steps"] for row in one} == {"0", "+1"}
    assert "Moderation is for the chair" in qa("panel", "ledger", by=RATER).err
    assert "Moderation is for the chair" in qa("panel", "show", CHILD, by=RATER).err
    assert "its indicative grade would be" in qa("panel", "show", CHILD, by=BOSS).out
