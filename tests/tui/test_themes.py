"""Three looks that can be read by tired eyes, and states that are words before they are colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import RETURN, a_return, a_workspace
from scoring_app import showing
from textual.color import Color

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import LOOKS
from qa_toolkit.tui.gridtable import CODES
from qa_toolkit.tui.score import ScoreScreen
from qa_toolkit.tui.themes import THEMES


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_return(a_workspace(tmp_path / "w"))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def light(text: str) -> float:
        channels = (value / 255 for value in Color.parse(text).rgb)
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme) -> None:
    least = 7.0 if theme.name == "qa-contrast" else 4.5
    for ground in (theme.background, theme.surface, theme.panel):
        assert contrast(theme.foreground, ground) >= least, ground
        assert contrast(theme.primary, ground) >= 4.5, ground
    assert contrast("#ffffff", theme.error) >= 4.5


def test_the_looks_are_the_three_themes() -> None:
    assert set(LOOKS) == {theme.name for theme in THEMES}


def test_every_state_is_told_by_its_word() -> None:
    assert len(set(CODES.values())) == len(CODES)


@pytest.mark.parametrize("look", LOOKS)
async def test_a_question_is_shown_in_every_look(workspace: Workspace, look: str) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        while at.app.theme != look:
            await at.keys("f6")
        assert at.says("Is there a current multi-agency safety plan?")
        await at.keys("1")
        assert "(•) 1" in at.text
