"""A blind second score on the screens: what nobody is shown before all have sent theirs in, and the page after that."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, a_workspace
from builders_second import FIRST_WORDS, OTHER, SECOND, SECOND_WORDS, asked_twice, first_sends, second_scores
from scoring_app import showing

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.panel.agreement import AgreementScreen
from qa_toolkit.tui.panel.moderation import ModerationScreen
from qa_toolkit.tui.scoring.history import HistoryScreen
from qa_toolkit.workflow import submission


@pytest.fixture
def half(tmp_path: Path) -> Workspace:
    at = second_scores(first_sends(asked_twice(a_workspace(tmp_path / "w"))))
    submission.receive(at, RETURN, by=BOSS, now=START)
    return at


@pytest.fixture
def both(tmp_path: Path) -> Workspace:
    at = second_scores(first_sends(asked_twice(a_workspace(tmp_path / "w"))), send=True)
    submission.receive(at, RETURN, by=BOSS, now=START)
    return at


async def test_the_co_ordinator_sees_how_far_it_is_and_opens_nothing(half: Workspace) -> None:
    async with showing(half, GridScreen("CE-2026-01"), who=BOSS) as at:
        assert at.says(f"Second score: {OTHER}, in progress.")
        assert "answered" not in at.text
        await at.keys("enter")
        assert isinstance(at.screen, GridScreen)
        await at.keys("m")
        assert at.says("Sealed until both raters have submitted: police.")
        assert not at.says("Good")
        await at.keys("a")
        assert isinstance(at.screen, AgreementScreen)
        assert at.says("by the screen only")
        assert FIRST_WORDS not in at.text


async def test_a_rater_cannot_reach_the_others_history_or_moderation(half: Workspace) -> None:
    async with showing(half, HistoryScreen(SECOND, "PL-01"), who=RATER) as at:
        assert at.says("is sealed")
        assert SECOND_WORDS not in at.text
    async with showing(half, ModerationScreen("CE-2026-01"), who=OTHER) as at:
        assert at.says("You score CE-2026-01-C01 blind, so what moderation says is closed to you for now.")
        assert FIRST_WORDS not in at.text


async def test_a_second_score_is_asked_for_on_the_grid(tmp_path: Path) -> None:
    plain = a_workspace(tmp_path / "w")
    async with showing(plain, GridScreen("CE-2026-01"), who=BOSS) as at:
        await at.keys("s")
        assert at.says("by the screen only")
        await at.keys("enter")
        assert at.says(f"Second score: {LEAD}, not started.")
    assert Workspace(plain.root).audit("CE-2026-01").owed(SECOND) is not None


async def test_after_both_have_sent_the_page_says_how_far_they_agree(both: Workspace) -> None:
    async with showing(both, ModerationScreen("CE-2026-01"), who=BOSS) as at:
        assert at.says("Scored by two: police; a says how far they agree.")
        await at.keys("a")
        assert at.says("Of 4 questions both answered, 3 agree. That is too few to say")
        assert at.says("Blind second scores: CE-2026-01-C01")
        await at.keys("d")
        assert at.says("Blind second scores: CE-2026-01 ")
        await at.keys("escape")
        assert isinstance(at.screen, ModerationScreen)
