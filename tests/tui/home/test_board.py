"""Home for a co-ordinator: what there is to look at, each a digit away; and for somebody who owns actions."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_meetings import a_meeting, decide
from builders_plans import CO, LEAD, MEMBER, NOW, OWNER, TODAY, a_plan, an_action, bring, days, planned_workspace
from scoring_app import At, showing
from textual.widgets import OptionList

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Decision, Kind
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.action import StoryScreen
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.audits.record_check import RecordCheckScreen
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.meetings.meeting import MeetingScreen
from qa_toolkit.workflow import audits
from qa_toolkit.workflow.plans import meetings

SMALL = (80, 24)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An audit in which two agencies are silent, three actions that want something, and a meeting to come."""
    at = planned_workspace(tmp_path / "w")
    template, source = library.load("dip-sample")
    audits.open_audit(
        at, "CE-2026-01", "How early it is seen", template, source, agencies=["police", "health"], due=days(10),
        opened=TODAY, by=CO, now=NOW,
    )  # fmt: skip
    audits.add_case(at, "CE-2026-01", facts={"age_band": "13 to 14"}, by=CO, now=NOW, today=TODAY)
    plan = a_plan(at)
    for due, state in ((-10, State.IN_PROGRESS), (200, State.AGREED), (30, State.SUBMITTED), (90, State.CLOSED)):
        bring(at, an_action(at, plan, due=due, text=f"Deed due in {due} days").id, state)
    meetings.plan_meeting(at, "qa-group", days(14), papers=days(7), by=CO, now=NOW, today=TODAY)
    return at


def filter_of(at: At) -> str:
    assert isinstance(at.screen, TrackerScreen)
    return at.screen.query_one("#find").text  # type: ignore[attr-defined,no-any-return]


async def test_a_coordinator_sees_everything_there_is_to_look_at(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=CO, size=SMALL) as at:
        for line in (
            "1 Returns late: none",
            "2 Record checks without a word: 2: police (CE-2026-01), health (CE-2026-01)",
            "3 Concerns not acknowledged: none",
            "4 Actions overdue: 1, the latest by 6 working days",
            "5 Actions without an update: 1, not overdue",
            "6 Closures waiting: 1",
            "7 Next papers: 30 Nov 2026, for the Quality Assurance Group on 7 Dec 2026",
        ):
            assert at.says(line), at.text


@pytest.mark.parametrize(
    ("key", "typed", "found"),
    [("4", "overdue", ["A-2026-001"]), ("5", "stale -overdue", ["A-2026-002"]),
     ("6", "waiting sort:updated", ["A-2026-003"])],
)  # fmt: skip
async def test_each_line_is_a_digit_away(workspace: Workspace, key: str, typed: str, found: list[str]) -> None:
    async with showing(workspace, HomeScreen(), who=CO, size=SMALL) as at:
        await at.keys(key)
        assert filter_of(at) == typed
        assert isinstance(at.screen, TrackerScreen)
        assert sorted(line.action.id for line in at.screen.listed.lines if not isinstance(line, str)) == found
        await at.keys("escape")
        assert isinstance(at.screen, HomeScreen)


async def test_what_is_not_there_leads_nowhere_and_the_record_check_is_near(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=CO, size=SMALL) as at:
        await at.keys("1", "3")
        assert isinstance(at.screen, HomeScreen)
        await at.keys("2")
        assert isinstance(at.screen, RecordCheckScreen)
        await at.keys("escape", "7")
        assert isinstance(at.screen, MeetingScreen)


async def test_an_owner_sees_the_actions_that_want_something(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=OWNER, size=SMALL) as at:
        assert at.says("Your actions (2)")
        assert at.says("A-2026-001 Red, due 13 Nov 2026 (6d late): Deed due in -10 days")
        assert "To look at today" not in at.text
        await at.keys("4")
        assert isinstance(at.screen, HomeScreen), "the board is for who runs it"
        await at.keys("down", "down", "up", "up", "enter")
    async with showing(workspace, HomeScreen(), who=MEMBER, size=SMALL) as at:
        assert "Your actions" not in at.text


async def test_an_action_of_ones_own_opens_its_story(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=OWNER, size=SMALL) as at:
        await at.keys("end", "enter")
        assert isinstance(at.screen, StoryScreen)


async def test_what_a_meeting_asked_stands_on_the_home_of_whoever_answers(workspace: Workspace) -> None:
    """It came to nobody but by the minutes, and could be answered by a command alone."""
    made = a_meeting(workspace, there=())
    decide(workspace, made.id, "A-2026-001", Kind.ASK_MORE, "What is different for children meanwhile?",
           due_back=days(20))  # fmt: skip
    decide(workspace, made.id, "returns:police", Kind.CHALLENGE, "Two returns in a row came late.", due_back=days(9))
    async with showing(workspace, HomeScreen(), who=MEMBER, size=SMALL) as at:
        assert not at.says("Asked by a meeting")
    async with showing(workspace, HomeScreen(), who=LEAD, size=SMALL) as at:
        assert at.says("returns:police to answer by 2 Dec 2026: Two returns in a row came late.")
        assert not at.says("meanwhile")
    async with showing(workspace, HomeScreen(), who=OWNER, size=SMALL) as at:
        assert at.says("Asked by a meeting (1)")
        assert at.says("A-2026-001 to answer by 13 Dec 2026: What is different for children meanwhile?")
        listed = at.screen.query_one(OptionList)
        listed.highlighted = listed.get_option_index(f"Asked by a meeting:asked:{made.id}/D01")
        await at.keys("enter", '"They are met by the duty team."', "ctrl+s")
        assert not at.says("Asked by a meeting")
    answered = workspace.actions_shelf.under(Decision, made.id)[0]
    assert (answered.answered, answered.answered_by) == ("They are met by the duty team.", OWNER)
