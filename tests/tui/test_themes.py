"""Three looks that can be read by tired eyes, and states that are words before they are colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, a_full_return, a_return, a_workspace
from scoring_app import At, showing
from textual.color import Color
from textual.screen import Screen

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import LOOKS
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.audits.grid_table import CODES
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.scoring.concern import ConcernScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.scoring.submit import SubmitScreen
from qa_toolkit.tui.themes import THEMES
from qa_toolkit.workflow import concerns

LEAST = {"qa-light": 4.5, "qa-dark": 4.5, "qa-contrast": 7.0}
"""WCAG 2.2, 1.4.3 and, for high contrast, 1.4.6."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_return(a_workspace(tmp_path / "w"))


def light(rgb: tuple[int, int, int]) -> float:
    """WCAG 2.2 relative luminance."""
    channels = (value / 255 for value in rgb)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def drawn(at: At) -> Iterator[tuple[str, float]]:
    """Each run of words on the screen with its contrast, as it is drawn: themes are mixed on the way."""
    for strip in at.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if style is None or style.color is None or style.bgcolor is None or not any(map(str.isalnum, segment.text)):
                continue
            yield segment.text.strip(), contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor())


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme) -> None:
    made = {**theme.to_color_system().generate(), **theme.variables}  # as the app puts them together
    colour = {name: Color.parse(value).rgb for name, value in made.items() if value.startswith("#")}
    texts = {"background": ("foreground", "primary", "text-error", "text-warning"), "panel": ("foreground", "primary")}
    texts["surface"] = texts["background"]
    for ground, names in texts.items():
        for text in names:
            assert contrast(colour[text], colour[ground]) >= LEAST[theme.name], f"{text} on {ground}"


def test_the_looks_are_the_three_themes() -> None:
    assert set(LOOKS) == {theme.name for theme in THEMES} == set(LEAST)


def test_every_state_is_told_by_its_word() -> None:
    assert len(set(CODES.values())) == len(CODES)


SCREENS: dict[str, tuple[Callable[[], Screen[object]], str, str]] = {
    "home": (HomeScreen, LEAD, "Lee Lead"),
    "grid": (lambda: GridScreen("CE-2026-01"), BOSS, "in progress"),
    "score": (lambda: ScoreScreen(RETURN, "PL-01"), RATER, "Is there a current multi-agency safety plan?"),
    "submit": (lambda: SubmitScreen(RETURN), RATER, "Step 1 of"),
    "concern": (lambda: ConcernScreen(RETURN), RATER, "Phone now"),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", SCREENS)
async def test_every_word_can_be_read_in_every_look(workspace: Workspace, name: str, look: str) -> None:
    screen, who, words = SCREENS[name]
    a_full_return(workspace)
    concerns.raise_concern(workspace, RETURN, what="Seen with older men", by=RATER, now=START)
    async with showing(workspace, screen(), who=who, size=(120, 40)) as at:
        at.app.theme = look
        await at.settle()
        assert at.says(words)
        faint = {text: round(ratio, 1) for text, ratio in drawn(at) if ratio < LEAST[look]}
    assert faint == {}


async def test_f6_goes_through_the_looks_and_an_answer_is_marked_by_a_sign(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        met = set()
        for number in ("1", "2", "3"):
            await at.keys("f6", number)
            met.add(at.app.theme)
            assert f"(•) {number}" in at.text
            assert at.text.count("(•)") == 1
        assert met == set(LOOKS)
