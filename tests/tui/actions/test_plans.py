"""Plans at the keyboard: what each holds, who has still to answer, and the answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_plans import CO, OTHER_LEAD, OWNER, a_plan, an_action, bring, days, moment, planned_workspace
from scoring_app import At, showing

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Commitment, Practice, Recommendation, Statement
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.all_plans import PlansScreen
from qa_toolkit.tui.actions.plan import PlanScreen
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.workflow.plans import plans, recommendations, spreading

SIZE = (100, 60)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A plan with a recommendation, a commitment and good practice, and two actions; and one that has ended."""
    at = planned_workspace(tmp_path / "w")
    plan = a_plan(at)
    when = {"by": CO, "now": moment(-250), "today": days(-250)}
    plans.commit(at, plan.id, "Prevention", "Every school knows whom to call", owner="Education lead", **when)
    asked = recommendations.recommend(
        at,
        plan.id,
        "Interviews after missing episodes are offered in three days",
        agencies=("police", "health"),
        **when,
    )
    spreading.add(at, plan.id, "Custody staff ring the school before the child goes home", agency="police", **when)
    bring(at, an_action(at, plan, recommendation=asked.id).id, State.IN_PROGRESS)
    bring(at, an_action(at, plan, due=-20).id, State.SUBMITTED)
    plans.end_plan(at, a_plan(at, -240).id, by=CO, now=moment(-230), today=days(-230))
    return at


def told(at: At) -> str:
    """The last short message."""
    return [one.message for one in at.app._notifications][-1]


async def test_plans_that_go_on_stand_first_with_the_three_numbers(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=(80, 24)) as at:
        await at.keys("p")
        assert isinstance(at.screen, PlansScreen)
        assert at.says("1 go on, 1 ended.")
        assert at.says("AP-2026-001 Review 2 1 0 1 Review of a")
        assert at.says(
            "Of 2 actions, 1 were submitted as done, 0 of them verified by somebody independent, and 0 confirmed to "
            "have made a difference."
        )
        await at.keys("a")
        assert isinstance(at.screen, TrackerScreen)
        assert at.says("2 of 2 actions")


async def test_a_plan_is_opened_and_ended_by_keys(workspace: Workspace) -> None:
    async with showing(workspace, PlansScreen(), who=CO, size=SIZE) as at:
        await at.keys("n", '"Section 11 of 2026"', "tab", "4", "ctrl+s")
        assert told(at) == "AP-2026-003 is open."
        await at.keys("e", "y")
        assert told(at) == "AP-2026-003 is ended. z takes that back."
        assert at.says("1 go on, 2 ended.")
        await at.keys("z", "y")
        assert at.says("2 go on, 1 ended.")


async def test_a_recommendation_is_rejected_with_the_reason_and_taken_back(workspace: Workspace) -> None:
    async with showing(workspace, PlanScreen("AP-2026-001"), who=CO, size=SIZE) as at:
        await at.keys("down")
        assert at.says("waits for police, health")
        await at.keys("r", "tab", "3", "tab", "tab", '"Head of custody"', "ctrl+s")
        assert at.says("Rejected needs a reason, in a sentence.")
        await at.keys("escape", "r", "tab", "tab", '"It is done already."', "ctrl+s")
        assert told(at) == "police: rejected."
        assert at.says("waits for health")
        assert at.says("police: Rejected, 23 Nov 2026, by Head of custody: It is done already.")
        await at.keys("x", '"The law has changed since."', "ctrl+s")
        assert at.says("Taken back: The law has changed since.")
        await at.keys("z", "y")
        assert at.says("waits for health")


async def test_a_lead_answers_for_their_own_agency(workspace: Workspace) -> None:
    async with showing(workspace, PlanScreen("AP-2026-001"), who=OTHER_LEAD, size=SIZE) as at:
        await at.keys("down", "r")
        assert at.says("health Health"), "their own agency stands there already, and what it stands for"
        await at.keys("tab", "1", "tab", "tab", '"Named nurse"', "ctrl+s")
        assert told(at) == "health: accepted."
        assert at.says("waits for police")


async def test_home_and_end_go_to_the_first_line_and_the_last(workspace: Workspace) -> None:
    async with showing(workspace, PlanScreen("AP-2026-001"), who=CO, size=SIZE) as at:
        await at.keys("end")
        assert at.says("G-2026-001: Custody staff ring the school")
        await at.keys("home")
        assert at.says("AP-2026-001/C01: Every school knows whom to call")


async def test_where_a_commitment_stands_is_said_and_an_action_serves_it(workspace: Workspace) -> None:
    async with showing(workspace, PlanScreen("AP-2026-001"), who=CO, size=SIZE) as at:
        assert at.says("late since")
        await at.keys("r", '"Half the schools were reached."', "tab", '"Calls come sooner."', "ctrl+s")
        (said,) = workspace.actions_shelf.all(Statement).values()
        assert at.says("next by 23 May 2027")
        assert at.says("23 Nov 2026: Half the schools were reached. Calls come sooner.")
        await at.keys("n", "enter", "tab", '"Ring each school once"', "tab", '"o.owner@police"', "tab", "tab")
        await at.keys('"1/3/2027"', "ctrl+s")
        made = workspace.actions_shelf.all(Action)["A-2026-003"]
        assert (made.commitment, made.themes) == (said.commitment, ("Prevention",))
        await at.keys("a")
        assert at.says("1 of 3 actions")


async def test_good_practice_is_recorded_and_taken_up(workspace: Workspace) -> None:
    async with showing(workspace, PlanScreen("AP-2026-001"), who=CO, size=SIZE) as at:
        await at.keys("down", "down")
        assert at.says("0 took it up, 3 silent")
        await at.keys("r", '"health"', "tab", "1", "ctrl+s")
        assert at.says("Name what shows that it was taken up.")
        await at.keys("escape", "r", "tab", "tab", '"Ward protocol 3"', "ctrl+s")
        assert at.says("health: Taken up, 23 Nov 2026; shown by Ward protocol 3")
        assert at.says("Not heard from: education, social-care")
        await at.keys("n", "end", "enter", "tab", '"Plans are written with the child"', "ctrl+s")
        assert len(workspace.actions_shelf.all(Practice)) == 2


async def test_who_may_not_is_told_so_and_keeps_the_words(workspace: Workspace) -> None:
    async with showing(workspace, PlanScreen("AP-2026-001"), who=OWNER, size=SIZE) as at:
        await at.keys("down", "r", "tab", "1", "tab", "tab", '"Head"', "tab", "ctrl+s")
        assert at.says("may not record that response")
        await at.keys("escape", "up", "r", '"It goes well, we think."', "ctrl+s")
        assert at.says("may not state the progress of a commitment that another agency leads on")
    assert len(workspace.actions_shelf.all(Recommendation)) == len(workspace.actions_shelf.all(Commitment)) == 1
    assert not workspace.actions_shelf.all(Statement)
