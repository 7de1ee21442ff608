"""What the grid asks in words and then does: questions back to an agency, and a return given back whole."""

from __future__ import annotations

from pathlib import Path

from builders_scoring import BOSS, RETURN, a_full_return, a_return, a_workspace
from scoring_app import showing

from qa_toolkit.store.workspace import Workspace, audit_of
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.forms.asking import AskText

AUDIT = audit_of(RETURN)


def submitted(root: Path) -> Workspace:
    return a_full_return(a_return(a_workspace(root)), send=True)


async def test_a_query_that_is_refused_stands_there_again_and_one_that_is_right_goes_back(tmp_path: Path) -> None:
    workspace = submitted(tmp_path / "w")
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("u")
        assert isinstance(at.screen, AskText)
        await at.keys('"PL-99=Which tool?"', "ctrl+s")
        assert isinstance(at.screen, GridScreen)
        assert "PL-99" in list(at.app._notifications)[-1].message
        await at.keys("u")
        assert at.screen.query_one("#ask").text == "PL-99=Which tool?"  # type: ignore[attr-defined]
        at.screen.query_one("#ask").text = "PL-01=Which tool?"  # type: ignore[attr-defined]
        await at.keys("ctrl+s")
        assert "goes back with 1 question; its answers are kept." in list(at.app._notifications)[-1].message
        assert at.says("queried 1")
    assert [one.questions for one in workspace.audit(AUDIT).queries.values()] == [{"PL-01": "Which tool?"}]


async def test_a_return_is_given_back_with_its_reason(tmp_path: Path) -> None:
    workspace = submitted(tmp_path / "w")
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("o", '"A date was wrong"', "enter")
        assert "is with its agency again." in list(at.app._notifications)[-1].message
    assert [one.reason for one in workspace.audit(AUDIT).reopenings.values()] == ["A date was wrong"]
