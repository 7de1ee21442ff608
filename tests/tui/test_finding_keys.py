"""Help, keys and palette tell of what can be done: here, now, by this person."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, RETURN, a_return, a_workspace
from scoring_app import showing
from textual.command import CommandPalette

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.commands import working
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.scoring.score import ScoreScreen


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_return(a_workspace(tmp_path / "w"))


async def test_an_auditor_is_told_no_keys_that_do_nothing_for_them(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=RATER, size=(100, 50)) as at:
        await at.keys("f1")
        assert at.says("All audits, and the grid of one.")
        assert not at.says("Returns late")
    async with showing(workspace, HomeScreen(), who=BOSS, size=(100, 50)) as at:
        await at.keys("f1")
        assert at.says("Returns late, from the board.")


async def test_keys_are_told_from_the_page_of_help_too(workspace: Workspace) -> None:
    """Help says that F1 lists every key; pressed there, it once listed those of the page of help: none."""
    async with showing(workspace, ScoreScreen(RETURN), size=(100, 60)) as at:
        await at.keys("question_mark", "f1")
        assert at.says("Next open: To the next question that has no answer yet.")
        await at.keys("escape")
        assert isinstance(at.screen, ScoreScreen), "one page of help at a time"


async def test_the_palette_does_what_the_whole_program_does(workspace: Workspace) -> None:
    """A deed of a screen that is the program's own once could not be run from the palette."""
    async with showing(workspace, HomeScreen()) as at:
        assert [deed.does for deed in working(at.screen)][1] == "app.audits"
        await at.keys("ctrl+p")
        await at.pilot.pause(0.3)
        assert at.says("Audits (a)")
        await at.keys("down", "enter")
        assert isinstance(at.screen, AuditsScreen)


async def test_help_lies_over_its_screen_once(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen()) as at:
        await at.keys("f1", "f1", "f1")
        assert sum(isinstance(screen, Page) for screen in at.app.screen_stack) == 1


async def test_the_palette_opens_once_even_with_help_over_it(workspace: Workspace) -> None:
    """Its key, pressed with help over it, once opened another of the same name, and that ended the program."""
    async with showing(workspace, HomeScreen()) as at:
        await at.keys("ctrl+p", "f1", "ctrl+p", "ctrl+p")
        assert sum(isinstance(screen, CommandPalette) for screen in at.app.screen_stack) == 1
