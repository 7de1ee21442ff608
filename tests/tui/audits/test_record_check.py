"""The record check keyed and pasted, and a difference settled, at the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_return, a_workspace
from scoring_app import At, showing
from textual import events

from qa_toolkit.domain.audits import Known
from qa_toolkit.store.workspace import Workspace, audit_journal
from qa_toolkit.tui.audits.differences import DifferencesScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.audits.record_check import RecordCheckScreen
from qa_toolkit.tui.help import Page
from qa_toolkit.workflow import audits, returns

AUDIT = "CE-2026-01"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Three children."""
    at = a_return(a_workspace(tmp_path / "w"))
    for _ in range(2):
        audits.add_case(at, AUDIT, by=BOSS, now=START, today=TODAY)
    return at


def said(workspace: Workspace) -> list[Known | None]:
    checks = workspace.audit(AUDIT).record_checks
    ids = [f"{AUDIT}-C0{n}-POLICE" for n in (1, 2, 3)]
    return [checks[id].known if id in checks else None for id in ids]


async def paste(at: At, text: str) -> None:
    at.app.post_message(events.Paste(text))
    await at.settle()


async def test_one_letter_answers_and_goes_on_and_undo_takes_it_back(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("k")
        assert isinstance(at.screen, RecordCheckScreen)
        assert at.says("0 of 3 asked replied. No reply at all from police.")
        await at.keys("k", "n", "f")
        assert said(workspace) == [Known.KNOWN, Known.NOT_KNOWN, Known.FAMILY_KNOWN]
        await at.keys("up", "r")
        assert said(workspace) == [Known.KNOWN, None, Known.FAMILY_KNOWN]
        assert at.says("2 of 3 asked replied.")
        await at.keys("z")
        assert said(workspace) == [Known.KNOWN, Known.NOT_KNOWN, Known.FAMILY_KNOWN]
        # An answer taken back and given again was once refused as changed by somebody else.
        await at.keys("z", "z", "z")
        assert said(workspace) == [None, None, None]


async def test_a_column_is_filled_only_after_a_yes(workspace: Workspace) -> None:
    async with showing(workspace, RecordCheckScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("n", "up", "c")
        assert at.says("“not known” for every child?")
        await at.keys("n")
        assert said(workspace) == [Known.NOT_KNOWN, None, None]
        await at.keys("c", "y")
        assert said(workspace) == [Known.NOT_KNOWN] * 3


async def test_a_pasted_column_is_shown_and_written_as_one_line(workspace: Workspace) -> None:
    async with showing(workspace, RecordCheckScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        before = workspace.shelf(audit_journal(AUDIT)).journal.seq
        await paste(at, "C01\tknown\nC02\tnot knwon\n")
        assert isinstance(at.screen, Page)
        assert at.says("Line 2: “not knwon”")
        await at.keys("escape")
        await paste(at, "C03\tknown\r\nC01\tfamily known\r\n")
        assert at.says("Paste 2 answers of Police?")
        assert at.says("C03 no reply → known")
        assert workspace.shelf(audit_journal(AUDIT)).journal.seq == before
        await at.keys("y")
        assert workspace.shelf(audit_journal(AUDIT)).journal.seq == before + 1
        assert said(workspace) == [Known.FAMILY_KNOWN, None, Known.KNOWN]
        await at.keys("z")
        assert said(workspace) == [None, None, None]


async def test_a_difference_is_settled_with_why_and_who(workspace: Workspace) -> None:
    returns.differ(workspace, RETURN, "age_band", "15 to 16", note="Passport", by=RATER, now=START)
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("d")
        assert isinstance(at.screen, DifferencesScreen)
        assert at.says("1 to settle.")
        await at.keys("a", '"The passport was seen."', "tab", '"panel chair"', "ctrl+s")
        assert at.says("Nothing is to be settled.")
        await at.keys("t")
        assert at.says("Settled for the agency, panel chair: The passport was seen.")
    assert workspace.ret(RETURN).differences["age_band"].note == "Passport"
