"""A co-ordinator's home screen in a new partnership: the first steps, each a key away, until an audit has cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, START, TODAY
from scoring_app import showing

from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.partnership.screen import PartnershipScreen
from qa_toolkit.workflow import audits, setup
from qa_toolkit.workflow.plans import meetings, plans

SMALL = (80, 24)
MEMBER = "p.chair@business-unit"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Fresh from `qa init`."""
    boss = Person(id=BOSS, name="Co Ordinator", roles=(Role.COORDINATOR,))
    return setup.make_workspace(tmp_path / "w", "Northshire", first=boss, now=START)


def with_people(at: Workspace) -> None:
    for id in ("police", "health"):
        setup.add_agency(at, id, id.capitalize(), id, by=BOSS, now=START)
    setup.add_person(at, RATER, "Alex Auditor", by=BOSS, now=START)


def with_audit(at: Workspace) -> None:
    template, source = library.load("dip-sample")
    audits.open_audit(at, "DS-2026-01", "Plans", template, source, due=TODAY, opened=TODAY, by=BOSS, now=START)


async def test_a_new_workspace_says_what_to_do_first_and_not_seven_times_none(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=BOSS, size=SMALL) as at:
        assert at.says("A new partnership: a digit goes to each first step, and there is no hurry.")
        assert at.says("1 Agencies (next): those that take part, with kind and contact")
        assert at.says("5 Who scores: proposed for every return")
        assert not at.says("none")
        await at.keys("5", "4")
        assert isinstance(at.screen, HomeScreen)
        await at.keys("1")
        assert isinstance(at.screen, PartnershipScreen)


async def test_a_step_is_opened_with_enter_and_from_the_list_of_everything(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=BOSS, size=SMALL) as at:
        await at.keys("enter")
        assert isinstance(at.screen, PartnershipScreen)
        await at.keys("escape")
        await at.app.run_action("open", at.screen)
        await at.settle()
        assert isinstance(at.screen, PartnershipScreen), "“Open” of the palette once did nothing here"


async def test_each_step_ticks_off_in_words_as_it_is_done(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=BOSS, size=SMALL) as at:
        with_people(workspace)
        await at.keys("r")
        assert at.says("1 Agencies (done): Police, Health")
        assert at.says("2 People (done): 1 beside the business unit; nobody yet of Health")
        assert at.says("3 An audit (next)")
        await at.keys("3")
        assert isinstance(at.screen, AuditsScreen)
        await at.keys("escape")
        with_audit(workspace)
        await at.keys("r")
        assert at.says("3 An audit (done): DS-2026-01")
        assert at.says("4 Cases (next): each child by a pseudonym, never by name")
        await at.keys("4")
        assert isinstance(at.screen, GridScreen)


async def test_it_goes_away_by_itself_once_an_audit_has_cases(workspace: Workspace) -> None:
    with_people(workspace)
    with_audit(workspace)
    async with showing(workspace, HomeScreen(), who=BOSS, size=SMALL) as at:
        await at.keys("4")
        audits.add_case(workspace, "DS-2026-01", by=BOSS, now=START, today=TODAY)
        await at.keys("escape")
        assert not at.says("First steps")
        assert at.says("1 Returns late: none")


async def test_what_is_there_to_look_at_stands_below_the_first_steps(workspace: Workspace) -> None:
    meetings.plan_meeting(workspace, "qa-group", TODAY, papers=TODAY, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, HomeScreen(), who=BOSS, size=SMALL) as at:
        assert at.says("6 Next papers: 23 Nov 2026")
        assert not at.says("Returns late")


async def test_a_partnership_that_follows_actions_alone_has_its_board(workspace: Workspace) -> None:
    plans.open_plan(workspace, "A review", Source.REVIEW, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, HomeScreen(), who=BOSS, size=SMALL) as at:
        assert not at.says("First steps")
        assert at.says("4 Actions overdue: none")


async def test_they_are_a_coordinators(workspace: Workspace) -> None:
    setup.add_person(workspace, MEMBER, "Pat Chair", (Role.CHAIR,), by=BOSS, now=START)
    async with showing(workspace, HomeScreen(), who=MEMBER, size=SMALL) as at:
        assert not at.says("First steps")
        assert at.says("Nothing is owed today. Thank you.")
