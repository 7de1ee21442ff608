"""A meeting at the keys: what changed first, then item by item, with one person typing while others talk."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_meetings import GROUP, SOCIAL, a_group, a_meeting, decide, end
from builders_plans import CHAIR, CO, COLLEAGUE, OTHER_LEAD, OWNER, an_action, bring, days, moment
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_return, a_workspace
from scoring_app import At, showing
from textual.widgets import OptionList

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Came, Correction, Decision, Kind, Meeting, Opened, Stage
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.meetings.all import MeetingsScreen
from qa_toolkit.tui.meetings.meeting import MeetingScreen
from qa_toolkit.tui.meetings.people import MeetingPeopleScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.workflow import concerns
from qa_toolkit.workflow.plans import actions, attending, due_dates, meetings
from qa_toolkit.workflow.plans.keeping import find, thread_on

ID = "M-2026-002"
RED, DONE, LATER, OTHER = "A-2026-001", "A-2026-002", "A-2026-003", "A-2026-004"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A red action, one verified, one that asks for a later day, one submitted; a meeting held, and one today."""
    at, _ = a_group(tmp_path / "w")
    plan = next(iter(at.actions_shelf.all(Plan).values()))
    made = [
        (an_action(at, plan, text=text, due=due).id, state)
        for text, due, state in (
            ("Train the front desk.", -20, State.IN_PROGRESS), ("Check ten files a month.", 60, State.VERIFIED),
            ("Write a guide on consent.", 60, State.IN_PROGRESS), ("Name a contact for schools.", 60, State.SUBMITTED),
        )
    ]  # fmt: skip
    end(at, a_meeting(at, on=-40).id, on=-40)
    for id, state in made:
        bring(at, id, state, on=-10)
    due_dates.ask_later(at, LATER, days(120), "The trainer is ill.", by=OWNER, now=moment(-5), today=days(-5))
    meetings.plan_meeting(at, "qa-group", days(0), papers=days(-1), chair=CHAIR, by=CO, now=moment(-4), today=days(-4))
    return at


def opened(workspace: Workspace, *, there: tuple[str, ...] = GROUP, chair: str = CHAIR) -> None:
    """Today's meeting, sitting."""
    meetings.open_meeting(workspace, ID, chair=chair, by=CO, now=moment(0), today=days(0))
    if there:
        attending.attend(workspace, ID, there, by=CO, now=moment(0), today=days(0))


def decisions(workspace: Workspace) -> list[tuple[str, Kind, bool]]:
    """What today's meeting decided."""
    found = Workspace(workspace.root).actions_shelf.under(Decision, ID)
    return [(one.subject, one.kind, one.consent) for one in found]


def told(at: At) -> str:
    """What was said in passing; it is not drawn here."""
    return " ".join(one.message for one in at.app._notifications)


async def go_to(at: At, key: str) -> None:
    """Choose an item."""
    screen = at.screen
    assert isinstance(screen, MeetingScreen)
    listed = screen.query_one(OptionList)
    listed.highlighted = listed.get_option_index(key)
    await at.settle()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_it_opens_on_what_changed_and_the_three_numbers(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, MeetingScreen(ID), who=CO, size=size) as at:
        for words in ("From 14 Oct 2026 10:00 to 22 Nov 2026 23:59.", "Submitted or later", "Verified or later",
                      "Impact confirmed", "4 agreed", "not opened yet: b opens it", "Consent list: 2"):  # fmt: skip
            assert at.says(words), words
        assert at.says("R A-2026-001 Train the fron") or at.says(f"R {RED} Train the front desk.")


async def test_a_whole_meeting_at_the_keys(workspace: Workspace) -> None:
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await at.keys("b")
        assert at.says("sitting")
        assert at.says("Not quorate")
        await at.keys("w")
        assert isinstance(at.screen, MeetingPeopleScreen)
        for who in (SOCIAL, OTHER_LEAD, COLLEAGUE):
            screen = at.screen
            while screen.chosen != who:
                await at.keys("down" if screen.people.index(who) > screen.people.index(screen.chosen) else "up")
            await at.keys("p")
        assert at.says("Quorate: 4 present.")
        await at.keys("escape", "n")
        assert at.says("They are a draft until this meeting approves them.")
        await at.keys("d", "enter", "y")
        assert find(workspace, Meeting, "M-2026-001").approved_by == ID
        await at.keys("n")
        assert at.says("Red: past its due date and not submitted for closure (13 working days).")
        await at.keys("m", '"Heard with thanks"', "ctrl+s")
        assert at.says("✓ Noted. Heard with thanks")
        await at.keys("c")
        assert at.says("Does the group agree these 2 in one decision?")
        await at.keys("y", "n")
        assert at.says("Taken by itself: nobody independent has seen the evidence yet.")
        await at.keys("d", "enter", '"Nine of ten files show it"', "ctrl+s")
        assert thread_on(workspace.actions_shelf, OTHER).state is State.CLOSED
        await at.keys("n")
        assert "Every item was reached." in told(at)
        await at.keys("b")
        assert at.says("All was reached.")
        await at.keys("y")
    assert decisions(workspace) == [
        ("M-2026-001", Kind.APPROVE_MINUTES, False), (RED, Kind.NOTE, False), (DONE, Kind.CLOSE, True),
        (LATER, Kind.EXTEND, True), (OTHER, Kind.CLOSE, False),
    ]  # fmt: skip
    assert find(workspace, Meeting, ID).stage is Stage.DRAFT
    assert find(workspace, Action, LATER).due == days(120)


async def test_what_somebody_wants_to_discuss_is_taken_off_the_consent_list(workspace: Workspace) -> None:
    opened(workspace)
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await go_to(at, LATER)
        await at.keys("x")
        assert at.says("Consent list: 1")
        assert at.says("Taken by itself: somebody asked for it.")
    # It is asked for until the meeting ends, also where the program ends before.
    async with showing(Workspace(workspace.root), MeetingScreen(ID), who=CO) as at:
        assert at.says("Consent list: 1")
        await go_to(at, LATER)
        await at.keys("c", "y")
        assert decisions(workspace) == [(DONE, Kind.CLOSE, True)]
        await at.keys("d", "enter")
        # The day and the reason that the owner gave stand there, to be changed or taken.
        assert at.says("23 Mar 2027")
        await at.keys("enter")
        assert at.says("The trainer is ill.")
        await at.keys("ctrl+s")
    assert decisions(workspace)[1:] == [(LATER, Kind.EXTEND, False)]


async def test_a_chair_of_the_owning_agency_is_asked_who_takes_over(workspace: Workspace) -> None:
    opened(workspace, there=(OTHER_LEAD, SOCIAL), chair=COLLEAGUE)
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await go_to(at, DONE)
        assert at.says("Taken by itself: the chair is of the agency that owns it.")
        await at.keys("d")
        assert at.says("so cannot chair it. Who takes the chair for it?")
        await at.keys("escape")
        assert decisions(workspace) == []
        await at.keys("d", "enter", "enter", "ctrl+s")
        assert at.says("Chair: H.Lead (health)")
    assert decisions(workspace) == [(DONE, Kind.CLOSE, False)]


async def test_a_decision_asks_for_what_it_needs_and_keeps_what_was_typed(workspace: Workspace) -> None:
    opened(workspace)
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await go_to(at, RED)
        await at.keys("d", "down", "enter", "ctrl+s")
        assert at.says("This cannot be left out.")
        await at.keys('"Show the roll"', "ctrl+s", '"31/02/2027"', "enter")
        assert at.says("does not exist")
        await at.keys(*["backspace"] * 10, '"31/01/2027"', "enter")
        assert at.says("✓ More was asked for. Show the roll. Asked of O.Owner (police), back by 31 Jan 2027.")
    assert decisions(workspace) == [(RED, Kind.ASK_MORE, False)]


async def test_what_is_refused_says_why_and_an_interest_is_declared(workspace: Workspace) -> None:
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await go_to(at, RED)
        await at.keys("d")
        assert "M-2026-002 has not been opened: " in told(at)
        opened(workspace)
        await at.keys("i", "enter", '"was the manager"', "enter")
        assert at.says("declared an interest: was the manager")
    assert decisions(workspace) == []


async def test_who_decides_on_what_somebody_else_has_changed_is_told(workspace: Workspace) -> None:
    opened(workspace)
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await go_to(at, RED)
        actions.correct(
            Workspace(workspace.root), RED, {"measure": "8 of 10"}, why="The measure was too high.", by=CHAIR,
            now=moment(0), today=days(0),
        )  # fmt: skip
        await at.keys("m", "ctrl+s")
        assert "chair@business-unit" in told(at)
    assert decisions(workspace) == []


async def test_a_return_is_opened_from_the_screen_and_the_minutes_say_so_without_the_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    at_work = a_return(a_workspace(tmp_path / "w"))
    made = meetings.plan_meeting(at_work, "qa-group", TODAY, chair=BOSS, by=BOSS, now=START, today=TODAY)
    meetings.open_meeting(at_work, made.id, by=BOSS, now=START, today=TODAY)
    async with showing(at_work, MeetingScreen(made.id), who=BOSS) as at:
        await at.keys("t", f'"{RETURN.lower()}"', "enter", '"The dates are in doubt."', "enter")
        assert isinstance(at.screen, ScoreScreen)
        opened_here = at_work.actions_shelf.under(Opened, made.id)
        assert [(one.return_id, one.by, one.why) for one in opened_here] == [(RETURN, BOSS, "The dates are in doubt.")]
        await at.keys("escape", "b", "y", "s", "end", *["backspace"] * 4, '"txt"', "enter")
    minutes = " ".join((tmp_path / f"{made.id}-minutes.txt").read_text(encoding="utf-8").split())
    assert f"{opened_here[0].id}: a return of CE-2026-01, police, by Co Ordinator (business-unit)" in minutes
    assert "C01" not in minutes


async def test_an_open_concern_is_named_on_no_wall(tmp_path: Path) -> None:
    at_work = a_return(a_workspace(tmp_path / "w"))
    made = meetings.plan_meeting(at_work, "qa-group", TODAY, chair=BOSS, by=BOSS, now=START, today=TODAY)
    concerns.raise_concern(at_work, RETURN, what="Seen with older men", why_now="Tonight again", told="duty manager",
                           told_at=START, how="telephone", by=RATER, now=START)  # fmt: skip
    for screen in (MeetingScreen(made.id), MeetingPeopleScreen(made.id), MeetingsScreen()):
        async with showing(at_work, screen, who=BOSS) as at:
            assert at.says("CONCERN: an immediate safeguarding concern is open."), type(screen)
            assert not at.says("C01"), type(screen)


async def test_who_was_at_the_last_meeting_is_on_the_list_and_anybody_here_can_be_added(workspace: Workspace) -> None:
    attending.attend(workspace, "M-2026-001", ["named nurse=health"], by=CO, now=moment(-39), today=days(-39))
    opened(workspace, there=())
    async with showing(workspace, MeetingPeopleScreen(ID), who=CO) as at:
        screen = at.screen
        assert isinstance(screen, MeetingPeopleScreen)
        assert screen.people[0] == CHAIR
        assert set(screen.people[1:5]) == {*GROUP, "named nurse"}
        while screen.chosen != "named nurse":
            await at.keys("down")
        await at.keys("p", "g", f'"{OWNER}"', "enter")
    came = {one.who: one.agency for one in find(workspace, Meeting, ID).attendees if one.came is Came.PRESENT}
    assert came == {CHAIR: "business-unit", "named nurse": "health", OWNER: "police"}


async def test_guests_deputies_and_another_chair(workspace: Workspace) -> None:
    opened(workspace)
    async with showing(workspace, MeetingPeopleScreen(ID), who=CO) as at:
        await at.keys("g", '"named nurse=health"', "enter")
        assert at.says("named nurse")
        await at.keys("down", "c")
        found = find(workspace, Meeting, ID)
        assert found.chair == at.screen.chosen  # type: ignore[attr-defined]
        await at.keys("a")
        assert "is in the chair: name another chair" in told(at)
        await at.keys("down", "d", "enter")
        assert [one.came for one in find(workspace, Meeting, ID).attendees].count(Came.DEPUTY) == 1


async def test_the_list_of_meetings_plans_and_opens(workspace: Workspace) -> None:
    async with showing(workspace, MeetingsScreen(), who=CO) as at:
        assert at.says("Planned")
        await at.keys("p", "2", "down", '"14/1/2027"', "ctrl+s")
        assert at.says("14 Jan 2027")
        await at.keys("enter")
        assert isinstance(at.screen, MeetingScreen)
        await at.keys("f8")
        assert isinstance(at.screen, MeetingsScreen)


async def test_a_meeting_to_come_is_changed_and_cancelled_and_minutes_are_corrected(workspace: Workspace) -> None:
    async with showing(workspace, MeetingsScreen(), who=CO) as at:
        assert at.says(f"{ID}, Quality Assurance Group. Papers as at 22 Nov 2026. Chair: ")
        await at.keys("e", "down", *["backspace"] * 11, '"1/12/2026"', "ctrl+s")
        assert at.says("would come after the meeting")
        await at.keys(*["backspace"] * 9, '"20/11/2026"', "ctrl+s")
        assert find(workspace, Meeting, ID).papers == days(-3)
        await at.keys("x", '"The building was shut by snow."', "ctrl+s")
        assert find(workspace, Meeting, ID).stage is Stage.CANCELLED
        await at.keys("x")
        assert "Choose a meeting that is to come" in told(at)
        await at.keys("o")
        assert "there are no minutes to correct" in told(at)
        await at.keys("down", "o")
        assert at.says("Correct the minutes of M-2026-001")
        await at.keys('"It was the lead of health who asked."', "ctrl+s")
    (made,) = workspace.actions_shelf.under(Correction, "M-2026-001")
    assert made.text == "It was the lead of health who asked."


async def test_minutes_are_written_from_the_screen(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened(workspace)
    decide(workspace, ID, RED, Kind.NOTE)
    end(workspace, ID)
    async with showing(workspace, MeetingScreen(ID), who=CO) as at:
        await at.keys("s", "end", *["backspace"] * 4, '"txt"', "enter")
        assert "The code in the footer is" in told(at)
    assert "DRAFT" in (tmp_path / "M-2026-002-minutes.txt").read_text(encoding="utf-8")
