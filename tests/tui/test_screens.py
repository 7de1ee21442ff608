"""The screens as text, at the two sizes that have to be good. A change that is meant is taken over with

    QA_REWRITE_SCREENS=1 pytest tests/tui/test_screens.py

and then read, line by line, in the difference that version control shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from builders_meetings import a_group, a_meeting, end
from builders_plans import CHAIR, CO, OWNER, an_action, bring, days, moment
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from golden import as_written
from scoring_app import showing
from textual.screen import Screen

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.action import StoryScreen
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.audits.differences import DifferencesScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.audits.record_check import RecordCheckScreen
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.meetings.meeting import MeetingScreen
from qa_toolkit.tui.partnership.screen import PartnershipScreen
from qa_toolkit.tui.scoring.concern import ConcernScreen
from qa_toolkit.tui.scoring.declare import DeclareScreen
from qa_toolkit.tui.scoring.history import HistoryScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.scoring.submit import SubmitScreen
from qa_toolkit.tui.who import WhoScreen
from qa_toolkit.workflow import audits, concerns, returns, setup
from qa_toolkit.workflow.plans import due_dates, meetings

SIZES = ((80, 24), (100, 30))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two cases, one return full of answers, one concern."""
    at = a_full_return(a_return(a_workspace(tmp_path / "w", title="How early it is seen", agency_check=True)))
    later = START + timedelta(minutes=9)
    given = Answer(id="PL-01", values={"answer": "no"}, comment="Older than I thought.", evidence="Plan of May")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=later)
    audits.add_case(at, "CE-2026-01", facts={"age_band": "15 to 16"}, by=BOSS, now=later, today=TODAY)
    return at


def with_concern(at: Workspace) -> None:
    concerns.raise_concern(at, RETURN, what="Seen with older men", why_now="Tonight again", told="duty manager",
                           told_at=START, how="telephone", by=RATER, now=START)  # fmt: skip


SCREENS: dict[str, tuple[Callable[[], Screen[object]], str, tuple[str, ...]]] = {
    "who": (WhoScreen, RATER, ()),
    "home-auditor": (HomeScreen, RATER, ()),
    "home-coordinator": (HomeScreen, BOSS, ()),
    "home-lead": (HomeScreen, LEAD, ()),
    "audits": (AuditsScreen, BOSS, ()),
    "grid": (lambda: GridScreen("CE-2026-01"), BOSS, ()),
    "record-check": (lambda: RecordCheckScreen("CE-2026-01"), BOSS, ("k", "up")),
    "differences": (lambda: DifferencesScreen("CE-2026-01"), BOSS, ()),
    "declare": (lambda: DeclareScreen(RETURN), RATER, ()),
    "score-safety": (lambda: ScoreScreen(RETURN, "S0-1"), RATER, ()),
    "score": (lambda: ScoreScreen(RETURN, "PL-01"), RATER, ()),
    "score-timed": (lambda: ScoreScreen(RETURN, "PL-02"), RATER, ()),
    "submit-safety": (lambda: SubmitScreen(RETURN), RATER, ()),
    "submit-grade": (lambda: SubmitScreen(RETURN), RATER, ("right",)),
    "submit-advice": (lambda: SubmitScreen(RETURN), RATER, ("right", "right")),
    "submit-send": (lambda: SubmitScreen(RETURN), RATER, ("right",) * 8),
    "concern": (lambda: ConcernScreen(RETURN), RATER, ()),
    "history": (lambda: HistoryScreen(RETURN, "PL-01"), RATER, ()),
    "help": (lambda: ScoreScreen(RETURN, "PL-01"), RATER, ("question_mark",)),
    "keys": (lambda: GridScreen("CE-2026-01"), BOSS, ("f1",)),
    "agencies-and-people": (PartnershipScreen, BOSS, ("down", "down", "down")),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_reads_as_it_should(workspace: Workspace, name: str, size: tuple[int, int]) -> None:
    screen, who, keys = SCREENS[name]
    if name == "concern":
        with_concern(workspace)
    if name == "differences":
        returns.differ(workspace, RETURN, "age_band", "15 to 16", note="Passport seen in May", by=RATER, now=START)
    async with showing(workspace, screen(), who=who, size=size) as at:
        await at.keys(*keys)
        # The folder is another each time; what is shown of it is as long as it can be.
        shown = [line for n, line in enumerate(at.text.splitlines()) if n > 0]
    as_written(name, size, shown)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_first_steps_of_a_new_partnership_read_as_they_should(tmp_path: Path, size: tuple[int, int]) -> None:
    boss = Person(id=BOSS, name="Co Ordinator", roles=(Role.COORDINATOR,))
    at = setup.make_workspace(tmp_path / "w", "Northshire", first=boss, now=START)
    setup.add_agency(at, "police", "Northshire Police", "police", by=BOSS, now=START)
    async with showing(at, HomeScreen(), who=BOSS, size=size) as shown:
        as_written("first-steps", size, shown.text.splitlines()[1:])


PLANS: dict[str, tuple[Callable[[], Screen[object]], str, tuple[str, ...]]] = {
    "tracker": (TrackerScreen, CO, ()),
    "tracker-form": (TrackerScreen, OWNER, ("u",)),
    "story": (lambda: StoryScreen("A-2026-003"), CO, ()),
    "home-actions": (HomeScreen, CO, ()),
    "meeting-since": (lambda: MeetingScreen("M-2026-002"), CO, ()),
    "meeting-item": (lambda: MeetingScreen("M-2026-002"), CO, ("n", "n")),
}


@pytest.fixture
def planned(tmp_path: Path) -> Workspace:
    """Four actions: overdue, verified, with a later day asked for, submitted; a meeting held and one today."""
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
    due_dates.ask_later(at, made[2][0], days(120), "The trainer is ill.", by=OWNER, now=moment(-5), today=days(-5))
    meetings.plan_meeting(at, "qa-group", days(0), papers=days(-1), chair=CHAIR, by=CO, now=moment(-4), today=days(-4))
    return at


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PLANS)
async def test_the_screens_of_plans_read_as_they_should(planned: Workspace, name: str, size: tuple[int, int]) -> None:
    screen, who, keys = PLANS[name]
    async with showing(planned, screen(), who=who, size=size) as at:
        await at.keys(*keys)
        as_written(name, size, at.text.splitlines()[1:])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_first_line_says_where_and_who(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, HomeScreen(), size=size) as at:
        first = at.text.splitlines()[0]
        assert first.strip().startswith("Northshire")
        assert first.rstrip().endswith("Alex Auditor, police")
        assert len(first.rstrip()) <= size[0]
