"""Keys that come faster than a screen can answer, as somebody pastes or leans on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_plans import CO, a_plan, an_action, planned_workspace
from scoring_app import At, showing
from textual.events import Key

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.tracker import TrackerScreen


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    at = planned_workspace(tmp_path / "w")
    an_action(at, a_plan(at))
    return at


async def at_once(at: At, *keys: str) -> list[str]:
    """These keys without a breath between them; the kinds of screens that stand over the first one then."""
    for key in keys:
        at.app.post_message(Key(key, key if len(key) == 1 else None))
    await at.pilot.pause()
    await at.pilot.pause()
    return [type(one).__name__ for one in at.app.screen_stack[2:]]


@pytest.mark.parametrize("key", ["f", "d", "t", "n", "enter", "p", "question_mark"])
async def test_one_question_is_asked_at_a_time(workspace: Workspace, key: str) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=(80, 24)) as at:
        once = await at_once(at, key)
        await at.keys("escape")
        assert once
        assert await at_once(at, key, key, key) == once
