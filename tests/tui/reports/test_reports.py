"""Packs at the keyboard: chosen, read, decided on, written, and looked at again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders_plans import CO, MEMBER, a_plan, an_action, bring, planned_workspace
from builders_scoring import START, TODAY
from scoring_app import At, showing

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.reports.choose import ReportsScreen
from qa_toolkit.tui.reports.preview import PreviewScreen
from qa_toolkit.tui.reports.release import ReleaseScreen
from qa_toolkit.tui.reports.sent import SentScreen
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow import releasing
from qa_toolkit.workflow.plans import progress

WHY = "The desk is no secret."
DAY: dict[str, Any] = {"by": CO, "now": START, "today": TODAY}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Two overdue actions, whose updates name a telephone and two people of one council."""
    monkeypatch.chdir(tmp_path)
    at = planned_workspace(tmp_path / "w")
    plan = a_plan(at)
    for text in ("Rang 07700 900123 and wrote to a.one@shire.gov.uk.", "Wrote to b.two@shire.gov.uk."):
        one = an_action(at, plan, on=-90, due=-9)
        bring(at, one.id, State.IN_PROGRESS, on=-80)
        progress.update(at, [one.id], text, **DAY)
    return at


async def write(at: At, text: str) -> None:
    """Write into the field that asks, as if it were pasted, and press Enter."""
    at.screen.query_one("#ask", TypedText).insert(text)
    await at.keys("enter")


async def open_pack(at: At, down: int = 0) -> PreviewScreen:
    await at.keys(*["down"] * down, "enter")
    assert isinstance(at.screen, PreviewScreen)
    return at.screen


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_a_pack_is_read_page_by_page_and_nothing_is_written(
    workspace: Workspace, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with showing(workspace, ReportsScreen(), who=CO, size=size) as at:
        assert at.says("Agenda with papers")
        assert at.says("for the Quality Assurance Group")
        preview = await open_pack(at)
        assert at.says("Quality Assurance Group: papers: page 1 of")
        assert at.says("3 things to decide on before it is written: c.")
        read = [at.text]
        for _ in preview.starts[1:]:
            await at.keys("pagedown")
            read.append(at.text)
        shown = [line.strip() for page in read for line in page.splitlines()]
        missing = [line for line in preview.text.lines if line.strip() and line.strip() not in shown]
        assert missing == [], "every line stands on some page"
        await at.keys("home")
        assert at.text == read[0]
        await at.keys("end", "pageup", "pageup", "g", "down", "enter")
        name, line = preview.text.headings[1]
        assert preview.line == line
        assert at.says(name)
        await at.keys("escape")
        assert isinstance(at.screen, ReportsScreen)
    assert list(tmp_path.iterdir()) == [workspace.root]


async def test_what_could_identify_somebody_is_decided_there_and_the_pack_is_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    async with showing(workspace, ReportsScreen(), who=CO, size=(80, 24)) as at:
        await open_pack(at)
        await at.keys("w")
        assert isinstance(at.screen, ReleaseScreen)
        assert "First decide" in next(iter(at.app._notifications)).message
        assert at.says("3 to decide on, so it may not go yet")
        assert at.says("07700 900123")
        await _stand_on(at, "07700 900123")
        await at.keys("o")
        await write(at, "the night desk")
        await write(at, "too short")
        assert at.says("Say in a sentence why")
        await write(at, " as it was")
        assert at.says("2 to decide on")
        assert at.says("changed")
        await _stand_on(at, "a.one@shire.gov.uk")
        await at.keys("l", "enter")
        await write(at, WHY)
        assert at.says("it may go, as far as rules can tell")
        await _stand_on(at, "a.one@shire.gov.uk")
        assert at.says("let through (like *@shire.gov.uk)")
        await at.keys("enter")
        assert isinstance(at.screen, Page)
        assert at.says(f"by {CO} on {show_date(TODAY)}: The desk is no secret.")
        await at.keys("escape", "escape")
        assert at.says("Everything found in its text is decided.")
        assert isinstance(at.screen, PreviewScreen)
        text = "\n".join(at.screen.text.lines)
        assert "the night desk" in text
        assert "07700" not in text, "the preview says what will be written"
        await at.keys("w", "down", "down", "down", "enter", "enter")
        written = tmp_path / f"qa-group-{TODAY.isoformat()}.txt"
        assert "Rang the night desk and wrote to a.one@shire.gov.uk." in written.read_text(encoding="utf-8")
        await at.keys("w", "down", "down", "down", "enter", "enter")
        assert at.says("is there already: choose another name")
        await at.keys("escape", "escape", "x")
        assert isinstance(at.screen, SentScreen)
        assert at.says("What has been sent: 1 file")
        assert at.says(f"written by {CO}")
        await at.keys("enter")
        assert at.says("changed by")
        await at.keys("escape", "c", "enter")
        assert at.says("is byte for byte as")
        assert at.says("Its text holds nothing undecided")
        await at.keys("escape")
        written.write_text("Something else", encoding="utf-8")
        await at.keys("c", "enter")
        assert at.says("was changed after")


async def _stand_on(at: At, text: str) -> None:
    screen = at.screen
    assert isinstance(screen, ReleaseScreen)
    await at.keys("home", *["down"] * [one.hit.text for one in screen.listed].index(text))
    assert screen.chosen is not None
    assert screen.chosen.hit.text == text


async def test_one_thing_is_let_through_and_the_next_pack_remembers(workspace: Workspace) -> None:
    async with showing(workspace, ReportsScreen(), who=CO, size=(100, 30)) as at:
        await open_pack(at)
        await at.keys("c")
        await _stand_on(at, "07700 900123")
        await at.keys("a")
        await write(at, WHY)
        await at.keys("escape", "escape")
        await open_pack(at)
        assert at.says("2 things to decide on")
    assert [one.reason for one in releasing.handlings(workspace).values()] == ["The desk is no secret."]


async def test_a_preview_that_is_left_while_it_is_laid_out_is_left(workspace: Workspace) -> None:
    """Its page was turned once more after it was gone, and that ended the program."""
    async with showing(workspace, ReportsScreen(), who=CO, size=(80, 24)) as at:
        preview = await open_pack(at)
        await at.keys("escape")
        assert at.screen is not preview
        preview.turn()


async def test_days_rules_and_small_numbers_are_asked_for(workspace: Workspace) -> None:
    async with showing(workspace, ReportsScreen(), who=CO, size=(80, 24)) as at:
        tomorrow = (TODAY + timedelta(days=1)).isoformat()
        await at.keys("t")
        await write(at, tomorrow)
        assert at.says("is still to come")
        await at.keys("escape", "t")
        await write(at, (TODAY - timedelta(days=2)).isoformat())
        assert at.says(f"to the end of {show_date(TODAY - timedelta(days=2))}")
        await at.keys("s")
        await write(at, (TODAY - timedelta(days=20)).isoformat())
        assert at.says(f"From {show_date(TODAY - timedelta(days=20))}")
        await at.keys("n", "down", "enter")
        assert at.says("Small numbers of children: 1 to 5 shown as c.")
        await open_pack(at, 2)
        await at.keys("c", "n")
        assert at.says("It counts no children by facts about them")


async def test_a_workbook_is_previewed_as_its_tables(workspace: Workspace, tmp_path: Path) -> None:
    async with showing(workspace, ReportsScreen(), who=CO, size=(100, 30)) as at:
        preview = await open_pack(at, 1)
        text = "\n".join(preview.text.lines)
        assert "Sheet: Open actions" in text
        assert "2 rows." in text
        await at.keys("w", "enter")
        assert (tmp_path / f"business-group-{TODAY.isoformat()}.xlsx").is_file()


async def test_what_a_pack_needs_is_asked_and_what_is_not_there_is_said(workspace: Workspace) -> None:
    async with showing(workspace, ReportsScreen(), who=CO, size=(80, 24)) as at:
        await at.keys("down", "down", "down", "enter")
        assert isinstance(at.screen, ReportsScreen)
        assert "There is no audit yet." in next(iter(at.app._notifications)).message
        await at.keys("down", "down", "enter", "down", "enter")
        assert isinstance(at.screen, PreviewScreen)
        await at.keys("escape", "down", "down", "down", "enter", "enter")
        assert at.says("scored no case of the audits of this time")


async def test_it_is_for_those_who_release(workspace: Workspace) -> None:
    async with showing(workspace, ReportsScreen(), who=MEMBER, size=(80, 24)) as at:
        await at.keys("enter")
        assert isinstance(at.screen, ReportsScreen)
        assert "may not release what goes out" in next(iter(at.app._notifications)).message
