"""`qa audit move`: the plan first, nothing without --yes, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_re_audit import fill
from builders_scoring import BOSS, RATER, RETURN, START, a_workspace
from keyboard import Keyboard

from qa_toolkit.domain.returns import Relation
from qa_toolkit.store import library
from qa_toolkit.workflow import returns, submission

AUDIT = "CE-2026-01"


@pytest.fixture
def qa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    at = a_workspace(tmp_path / "findings" / "n")
    fill(at, RETURN, send=False)
    at.close()
    return Keyboard(tmp_path / "findings" / "n", capsys)


@pytest.fixture
def file(tmp_path: Path) -> str:
    text = library.load("dip-sample")[1].replace('edition = "1.0"', 'edition = "1.1"', 1)
    text = text.replace('id = "VC-01"', 'id = "VC-03"').replace("Is there a current", "Is there today a current")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    return str(tmp_path / "mine.toml")


def edition(qa: Keyboard) -> str:
    return qa.workspace.audit(AUDIT).audit.template_edition


def test_the_plan_is_printed_and_nothing_is_done(qa: Keyboard, file: str) -> None:
    ran = qa("audit", "move", AUDIT, file)
    assert ran.code == 0
    assert f"{AUDIT}: dip-sample, from edition 1.0 to 1.1\n4 answers stay as they are.\n" in ran.out
    assert "No longer asked\n  VC-01 is no longer asked (1 answer, kept in the record)" in ran.out
    assert "is now “Is there today a current multi-agency safety plan?” (1 answer)" in ran.out
    assert "New\n  VC-03 is asked from now on: Was the child seen alone" in ran.out
    assert "Nothing was changed" in ran.err
    assert edition(qa) == "1.0"
    found = qa("audit", "move", AUDIT, file, "--json").json
    assert found["kept"] == 4
    assert [one["fate"] for one in found["questions"]] == ["no longer asked", "reworded", "new"]


def test_it_is_done_and_taken_back(qa: Keyboard, file: str) -> None:
    ran = qa("audit", "move", AUDIT, file, "--yes")
    assert ran.code != 0
    assert "Say in a few words why" in ran.err
    assert qa("audit", "move", AUDIT, file, "--yes", "--reason", "Clearer words").code == 0
    assert edition(qa) == "1.1"
    shown = qa("return", "show", RETURN, by=RATER).out
    assert "Answered under other words: “Is there a current" in shown
    assert "Answers of another version, kept, and set aside" in shown
    assert "VC-01" in shown
    assert qa("audit", "move", AUDIT, "--back").code == 0
    assert edition(qa) == "1.1"
    assert qa("audit", "move", AUDIT, "--back", "--yes").code == 0
    assert edition(qa) == "1.0"
    assert qa("verify").code == 0
    shown = qa("audit", "show", AUDIT).out
    assert f"{AUDIT}-T1: from edition 1.0 to 1.1. Clearer words\n{AUDIT}-T2: from edition 1.1 to 1.0" in shown


def test_a_return_that_was_sent_in_says_on_what_it_stands(qa: Keyboard, file: str) -> None:
    at = qa.workspace
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)
    assert "1 return was sent in already, and stays as it was" in qa("audit", "move", AUDIT, file).out
    assert qa("audit", "move", AUDIT, file, "--yes", "--reason", "Clearer words").code == 0
    shown = qa("return", "show", RETURN, by=BOSS).out
    assert "Sent in on edition 1.0, and shown so" in shown
    assert "VC-01" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name the other version"),
        (("--back",), "no move to take back"),
        (("nowhere.toml",), "nowhere.toml"),
        (("missing-children-case-file",), "is another template"),
    ],
)
def test_refusals_are_sentences(qa: Keyboard, words: tuple[str, ...], said: str) -> None:
    ran = qa("audit", "move", AUDIT, *words)
    assert ran.code != 0
    assert said in ran.err
