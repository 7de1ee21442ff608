"""The year at a glance, at the keyboard: planned, changed, dropped with a reason, and what it asks of whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, START, a_workspace
from scoring_app import showing

from qa_toolkit.domain.programme import Because, Standing
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.calendar.screen import CalendarScreen
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.workflow import programme

WHY = "Two reviews named it, and the data show a rise."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two things are asked of the police in January."""
    at = a_workspace(tmp_path / "w")
    for title in ("Early signs", "Return interviews"):
        programme.plan(at, title, Kind.CASE_FILE, "2027-01", "2027-02", because=Because.REVIEW, why=WHY,
                       asks={"police": 8}, by=BOSS, now=START)  # fmt: skip
    return at


async def test_the_year_shows_plan_terms_and_what_is_asked_and_says_it_in_words(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("y")
        assert isinstance(at.screen, CalendarScreen)
        assert at.says("The year at a glance: Nov 2026 to Oct 2027")
        assert at.says("P-2027-01 Proposed")
        assert at.says("CE-2026-01 Open, unplanned")
        assert at.says("2 planned. Nobody is asked for too much at once.")
        await at.keys("up")
        assert at.says("Autumn, second half: 2 Nov 2026 to 18 Dec 2026.")
        assert at.says("not your authority’s own")
        await at.keys("down", "down", "down", "down", "right", "right")
        assert at.says("Police, Jan 2027: 8 returns for P-2027-01, Early signs; P-2027-02, Return interviews.")
        await at.keys("l")
        assert at.says("The year at a glance: May 2027 to Apr 2028")
        assert at.says("Nothing is planned yet: n begins")


async def test_an_entry_is_planned_with_the_form_and_a_third_at_once_is_pointed_out(workspace: Workspace) -> None:
    async with showing(workspace, CalendarScreen(), who=BOSS, size=(100, 40)) as at:
        await at.keys("n", '"Far from home"', "enter")
        await at.keys(*["backspace"] * 7, '"2027-01"', "enter", '"2027-00"', "enter")
        assert at.says("is no month")
        await at.keys("up", *["backspace"] * 7, "enter", '"police 4"', "enter")
        await at.keys('"The inspection asked for it."', "enter", "1", "down", "3", "ctrl+s")
        made = programme.find(workspace, "P-2027-03")
        assert (made.title, made.months, made.asks) == ("Far from home", ("2027-01",), {"police": 4})
        assert (made.because, made.kind) == (Because.INSPECTION, Kind.CASE_FILE)
        assert at.says("Asked for too much at once: police in Jan 2027.")


async def test_what_is_refused_stays_in_the_form(workspace: Workspace) -> None:
    async with showing(workspace, CalendarScreen(), who=BOSS, size=(100, 40)) as at:
        await at.keys("n", '"No reason given"', "ctrl+s")
        assert len(programme.entries(workspace)) == 2
        assert at.says("No reason given")
        await at.keys("escape")
        await at.keys("e", '", and late"', "ctrl+s")
        assert programme.find(workspace, "P-2027-01").title == "Early signs, and late"


async def test_postponed_keeps_its_reason_and_running_its_audit(workspace: Workspace) -> None:
    async with showing(workspace, CalendarScreen(), who=BOSS, size=(100, 30)) as at:
        await at.keys("s", "down", "down", "down", "down", "enter", '"no"', "enter")
        assert at.says("the next person to look has only that")
        await at.keys('" time is left"', "enter")
        assert programme.find(workspace, "P-2027-01").reason == "no time is left"
        assert at.says("postponed, because no time is left")
        await at.keys("down", "s", "down", "down", "enter", "down", "enter")
        assert programme.find(workspace, "P-2027-02").audit == "CE-2026-01"
        assert programme.find(workspace, "P-2027-02").standing is Standing.RUNNING
        await at.keys("enter")
        assert isinstance(at.screen, GridScreen)


async def test_own_terms_are_put_in_and_named(workspace: Workspace) -> None:
    async with showing(workspace, CalendarScreen(), who=BOSS, size=(100, 30)) as at:
        await at.keys("t", "enter")
        assert at.says("Say whose dates these are")
        await at.keys('"Northshire"', "enter", '" x"', "ctrl+s")
        assert at.says("is not a date")
        await at.keys("backspace", "backspace", "ctrl+s", "up")
        assert at.says("These are: Northshire.")


async def test_nobody_else_changes_the_plan(workspace: Workspace) -> None:
    async with showing(workspace, CalendarScreen(), who=RATER, size=(100, 30)) as at:
        await at.keys("s", "down", "down", "down", "enter")
        assert "Only a co-ordinator may change the programme" in next(iter(at.app._notifications)).message
        assert programme.find(workspace, "P-2027-01").standing is Standing.PROPOSED
