"""What a chair decides between meetings, at the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_meetings import a_group
from builders_plans import CHAIR, CO, OWNER, a_plan, an_action, bring
from scoring_app import At, showing

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Decision, Kind
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.meetings.all import MeetingsScreen
from qa_toolkit.workflow.plans import moving

TALL = (100, 50)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One action that was verified and one in progress."""
    at, _ = a_group(tmp_path / "w")
    plan = a_plan(at)
    for state in (State.VERIFIED, State.IN_PROGRESS):
        bring(at, an_action(at, plan).id, state)
    return at


def told(at: At) -> str:
    return [one.message for one in at.app._notifications][-1]


async def test_a_chair_closes_an_action_between_meetings(workspace: Workspace) -> None:
    async with showing(workspace, MeetingsScreen(), who=CHAIR, size=TALL) as at:
        await at.keys("b", '"A-2026-099"', "enter")
        assert at.says("A-2026-099")
        await at.keys(*["backspace"] * 3, '"001"', "enter")
        assert at.says("What does the chair decide?")
        await at.keys("enter")
        assert at.says("A-2026-001, chair’s action: close it")
        await at.keys("tab", "tab", '"The inspectors asked for it today"', "ctrl+s")
        [made] = workspace.actions_shelf.all(Decision).values()
        assert (made.kind, made.subject) == (Kind.CLOSE, "A-2026-001")
        assert moving.state_of(workspace, "A-2026-001") is State.CLOSED
        assert told(at) == f"{made.id}: closed. It counts from now, and the next meeting ratifies it."


async def test_what_a_decision_needs_besides_is_asked_with_it(workspace: Workspace) -> None:
    async with showing(workspace, MeetingsScreen(), who=CHAIR, size=TALL) as at:
        await at.keys("b", '"A-2026-002"', "enter")
        assert not at.says("Close it")
        await at.keys("enter")
        assert at.says("A-2026-002, chair’s action: agree a later day")
        assert at.says("The new day")
        assert at.says("Why, and what it means for children? And why could it not wait?")


async def test_it_is_recorded_by_a_co_ordinator_or_a_chair_only(workspace: Workspace) -> None:
    async with showing(workspace, MeetingsScreen(), who=OWNER, size=(80, 24)) as at:
        await at.keys("b")
        assert told(at) == "A chair’s action is recorded by a co-ordinator or a chair. Ask one of them."
    async with showing(workspace, MeetingsScreen(), who=CO, size=(80, 24)) as at:
        await at.keys("b", '"A-2026-001"', "enter", "enter")
        assert at.says("For which group")
        assert at.says("Who decides")
