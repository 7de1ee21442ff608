"""An action sheet that came back, on the screen: named, looked at, settled, taken in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from builders_plans import CO, OWNER, a_plan, an_action, bring, planned_workspace
from builders_scoring import START
from openpyxl import load_workbook
from scoring_app import At, showing
from textual.widgets import DataTable

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.exchange.action_out import write_actions
from qa_toolkit.exchange.action_rows import DUE, PROGRESS, UPDATE
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.forms.asking import AskText, PickOne, Sure
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.sending.action_sheet import BringBackScreen
from qa_toolkit.workflow.plans import progress
from qa_toolkit.workflow.plans.keeping import thread_on

A1, A2 = "A-2026-001", "A-2026-002"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two actions in progress, whose sheet came back with an update, two percentages and a due day."""
    at = planned_workspace(tmp_path / "w")
    plan = a_plan(at)
    for _ in range(2):
        bring(at, an_action(at, plan).id, State.IN_PROGRESS)
    folder = tmp_path / "back"
    folder.mkdir()
    file = folder / "police.xlsx"
    write_actions(at, "police", file, calendar=england_and_wales(), by=CO, now=START, today=START.date())
    book = load_workbook(file)
    sheet = book["Actions"]
    titles = [cell.value for cell in sheet[1]]
    for row, title, value in ((2, UPDATE, "Nine of ten files [red]were[/] read."), (2, PROGRESS, 90),
                              (3, PROGRESS, 60), (3, DUE, "whenever")):  # fmt: skip
        sheet.cell(row, titles.index(title) + 1).value = value
    book.save(file)
    later = START + timedelta(minutes=1)
    progress.update(at, [A2], "By telephone.", progress=50, by=OWNER, now=later, today=later.date())
    return at


def becomes(at: At) -> list[str]:
    """What becomes of each difference, as the list says it."""
    table = at.screen.query_one(DataTable)
    return [" ".join(str(cell) for cell in table.get_row_at(row)[:3]) for row in range(table.row_count)]


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_a_sheet_is_named_looked_at_settled_and_taken_in(
    workspace: Workspace, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=size) as at:
        await at.keys("i")
        assert isinstance(at.screen, AskText)
        await at.keys("ctrl+u", f'"{tmp_path / "none"}"', "enter")
        assert at.says("There is no file or folder")
        at.screen.query_one("#ask").text = str(tmp_path / "back")  # type: ignore[attr-defined]
        await at.keys("enter")
        assert isinstance(at.screen, PickOne)
        await at.keys("enter")
        assert isinstance(at.screen, BringBackScreen)
        assert becomes(at) == [
            f"{A2} percent to settle", f"{A1} update clean", f"{A1} percent clean", f"{A2} row not taken",
        ]  # fmt: skip
        assert at.says("Ours now: 50%")
        await at.keys("t")
        assert becomes(at)[0] == f"{A2} percent theirs settled"
        await at.keys("down")
        assert at.says("[red]were[/]")
        await at.keys("t")
        assert "nothing to settle here" in [one.message for one in at.app._notifications][-1]
        await at.keys("enter")
        assert isinstance(at.screen, Page)
        await at.keys("escape", "y")
        assert isinstance(at.screen, Sure)
        assert at.says("For 2 actions, in one step. 1 are left out.")
        await at.keys("y")
        assert becomes(at) == [f"{A2} row not taken", f"{A1} update known already", f"{A1} percent known already",
                               f"{A2} percent known already"]  # fmt: skip
    kept = thread_on(Workspace(workspace.root).actions_shelf, A2)
    assert kept.updates[-1].progress == 60


async def test_what_cannot_be_read_and_what_somebody_may_not_take_in_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"no workbook")
    async with showing(workspace, BringBackScreen(wrong), who=CO) as at:
        assert at.says("is not an Excel workbook")
        await at.keys("y")
        assert "name the workbook first" in [one.message for one in at.app._notifications][-1]
    async with showing(workspace, BringBackScreen(tmp_path / "back" / "police.xlsx"), who="h.lead@health") as at:
        await at.keys("o", "y", "y")
        assert "may not" in [one.message for one in at.app._notifications][-1]
    assert thread_on(workspace.actions_shelf, A1).updates == ()
