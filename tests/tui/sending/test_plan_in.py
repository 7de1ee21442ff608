"""Somebody else's action plan on the screen: its columns, its rows, and bringing it in; and a whole week's post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_plans import CO, OWNER, a_plan, planned_workspace
from golden import as_written
from openpyxl import Workbook
from scoring_app import At, showing
from textual.widgets import DataTable

from qa_toolkit.domain.plan_mapping import PlanField
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Workspace as Records
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.forms.asking import AskText, PickOne, Sure
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.sending.came_back import TakeInScreen
from qa_toolkit.tui.sending.plan_in import PlanInScreen
from qa_toolkit.workflow.plan_import import kept_mapping

SIZES = [(80, 24), (100, 30)]
IDS = ["80x24", "100x30"]
PLAN = "AP-2026-001"


@pytest.fixture
def workspace(tmp_path: Path) -> Records:
    at = planned_workspace(tmp_path / "w")
    a_plan(at)
    return at


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder as it is on a Friday: a plan with a heading of two lines, another, minutes, a picture, a folder."""
    folder = tmp_path / "week"
    (folder / "older").mkdir(parents=True)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    for cells in (
        ["Northshire action plan"], ["Ref", "Action", "Responsibility", None, "Due", "RAG"],
        [None, None, "Lead", "Agency", None, None],
        [1, "Audit ten files with [red]care[/]", None, "Police", "31/3/2027", "G"],
        [2, "Train every new starter", "Bert", None, "Ongoing", "A"],
        [3, "Ask each child what changed", None, "Health", "end of June 2027", None],
    ):  # fmt: skip
        sheet.append(cells)
    other = book.create_sheet("Old plan")
    other.append(["Action", "Owner", "Due"])
    book.save(folder / "plan.xlsx")
    (folder / "plan.csv").write_text("What,Lead,By when\nAudit them again,Police,1/4/2027\n", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    return folder


def table(at: At) -> list[str]:
    found = at.screen.query_one(DataTable)
    return [" | ".join(str(cell).strip() for cell in found.get_row_at(n)) for n in range(found.row_count)]


def lines(at: At, *places: Path) -> list[str]:
    text = at.text
    for place in places:
        text = text.replace(str(place), "FOLDER")
    return text.splitlines()[1:]


@pytest.mark.parametrize("size", SIZES, ids=IDS)
async def test_a_plan_is_looked_at_column_by_column_and_brought_in(
    workspace: Records, week: Path, size: tuple[int, int]
) -> None:
    async with showing(workspace, PlanInScreen(week / "plan.xlsx"), who=CO, size=size) as at:
        assert at.says("3 rows: 2 to bring in, 1 that cannot be read. Into AP-2026-001."), "there is one plan only"
        assert at.says("Old plan could be read too: s.")
        as_written("plan-in", size, lines(at))
        await at.keys("v")
        assert [row.split(" | ")[:2] for row in table(at)] == [
            ["row 5", "not read"], ["row 4", "comes"], ["row 6", "comes"],
        ]  # fmt: skip
        assert at.says("row 5 does not come: “Ongoing” is not a date")
        as_written("plan-in-rows", size, lines(at))
        await at.keys("down", "enter")
        assert isinstance(at.screen, Page)
        assert at.says("[red]care[/]")
        await at.keys("escape", "d")
        assert isinstance(at.screen, AskText)
        await at.keys('"soon"', "enter")
        assert at.says("“soon” is not a date")
        await at.keys("ctrl+u", '"30/4/2027"', "enter")
        assert at.says("Rows without a day are due on 30 Apr 2027.")
        assert at.says("3 rows: 3 to bring in.")
        await at.keys("y")
        assert isinstance(at.screen, Sure)
        assert at.says("3 actions into AP-2026-001, in one step.")
        await at.keys("y")
        assert [row.split(" | ")[1] for row in table(at)] == ["there already"] * 3
        await at.keys("y")
        assert "nothing to bring in" in [one.message for one in at.app._notifications][-1]
    made = sorted(Records(workspace.root).actions_shelf.all(Action).values(), key=lambda one: one.id)
    assert [(one.agency, one.due) for one in made] == [
        ("police", date(2027, 3, 31)), ("", date(2027, 4, 30)), ("health", date(2027, 6, 30)),
    ]  # fmt: skip
    kept = kept_mapping(Records(workspace.root), ["Ref", "Action", "Lead", "Agency", "Due", "RAG"])
    assert kept is not None
    assert kept["Lead"] is PlanField.OWNER


async def test_a_column_is_given_another_meaning_and_another_gives_way(workspace: Records, week: Path) -> None:
    async with showing(workspace, PlanInScreen(week / "plan.csv"), who=CO) as at:
        assert table(at)[0].startswith("What | what is to be done")
        await at.keys("down", "enter")
        assert isinstance(at.screen, PickOne)
        await at.keys("enter")
        assert table(at)[1].startswith("Lead | who owns it"), "what holds now is marked first"
        await at.keys("enter", *(["home"] + ["down"] * list(PlanField).index(PlanField.TEXT)), "enter")
        assert table(at)[:2] == ["What | not used | Audit them again", "Lead | what is to be done | Police"]
        assert "“What” is not used now" in [one.message for one in at.app._notifications][-1]
        await at.keys("enter", *(["home"] + ["down"] * list(PlanField).index(PlanField.OWNER)), "enter")
        assert at.says("No column says what is to be done")
        await at.keys("y")
        assert "Press f" in [one.message for one in at.app._notifications][-1]


async def test_another_sheet_is_read_and_what_is_no_plan_is_said(workspace: Records, week: Path) -> None:
    async with showing(workspace, PlanInScreen(week / "plan.xlsx"), who=CO) as at:
        await at.keys("s", "enter")
        assert at.says("Bring in a plan: plan.xlsx, sheet Old plan")
        await at.keys("f")
        at.screen.query_one("#ask").text = str(week / "photo.jpg")  # type: ignore[attr-defined]
        await at.keys("enter")
        assert at.says("photo.jpg: not read")
        await at.keys("f")
        at.screen.query_one("#ask").text = str(week)  # type: ignore[attr-defined]
        await at.keys("enter")
        assert isinstance(at.screen, PickOne)
        await at.keys("escape")
        assert isinstance(at.screen, PlanInScreen)


async def test_only_a_co_ordinator_or_chair_brings_a_plan_in(workspace: Records, week: Path) -> None:
    async with showing(workspace, PlanInScreen(week / "plan.csv"), who=OWNER) as at:
        await at.keys("y", "y")
        assert not Records(workspace.root).actions_shelf.all(Action)


async def test_the_tracker_leads_to_it(workspace: Records) -> None:
    async with showing(workspace, TrackerScreen(), who=CO) as at:
        await at.keys("I")
        assert isinstance(at.screen, AskText)
        await at.keys("escape")
        assert isinstance(at.screen, PlanInScreen)
        assert at.says("Press f and name the workbook or CSV.")


@pytest.mark.parametrize("size", SIZES, ids=IDS)
async def test_a_weeks_post_is_looked_through_from_home_and_a_plan_in_it_followed(
    workspace: Records, week: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Under its short name: a long path takes more lines of the screen, and how long it is depends on the machine.
    monkeypatch.chdir(week.parent)
    async with showing(workspace, HomeScreen(), who=CO, size=size) as at:
        await at.keys("i")
        assert isinstance(at.screen, AskText)
        at.screen.query_one("#ask").text = week.name  # type: ignore[attr-defined]
        await at.keys("enter")
        assert isinstance(at.screen, TakeInScreen)
        assert [row.split(" | ")[::2] for row in table(at)] == [
            ["plan.csv", "a plan"], ["plan.xlsx", "a plan"], ["photo.jpg", "not ours"], ["scan.pdf", "not ours"],
        ]  # fmt: skip
        assert at.says("Not looked into: older.")
        as_written("take-in", size, lines(at, week))
        await at.keys("down", "down", "y")
        assert "none of ours" in [one.message for one in at.app._notifications][-1]
        await at.keys("up", "p")
        assert isinstance(at.screen, PlanInScreen)
        assert at.says("Bring in a plan: plan.xlsx")
        await at.keys("escape")
        assert isinstance(at.screen, TakeInScreen)
        await at.keys("f4", "ctrl+t")
        assert isinstance(at.screen, AskText), "from anywhere"


async def test_a_folder_that_has_become_empty_has_no_file_under_the_cursor(workspace: Records, week: Path) -> None:
    """A table without rows puts its cursor on row -1, which is the last of a list."""
    async with showing(workspace, TakeInScreen(week), who=CO, size=(80, 24)) as at:
        screen = at.screen
        assert isinstance(screen, TakeInScreen)
        assert screen.chosen == 0
        screen.query_one(DataTable).clear()
        screen._items.clear()
        screen.query_one(DataTable).move_cursor(row=-1)
        await at.settle()
        assert screen.chosen is None
        await at.keys("end", "up", "enter", "y", "p")
        assert at.screen is screen
