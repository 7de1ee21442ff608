"""Audits opened, closed and abandoned at the keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, START, TODAY, a_workspace
from scoring_app import At, showing

from qa_toolkit.domain.audits import AuditStatus
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.forms.followed import FollowedForm
from qa_toolkit.workflow import audits, setup, terms

AUDIT = "CE-2026-01"
TALL = (100, 44)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One audit, of the police; health came later."""
    at = a_workspace(tmp_path / "w")
    setup.add_agency(at, "health", "Health", "health", by=BOSS, now=START)
    return at


def said(at: At) -> str:
    """The last message that came up."""
    return [one.message for one in at.app._notifications][-1]


@pytest.fixture
def new(tmp_path: Path) -> Workspace:
    boss = Person(id=BOSS, name="Co Ordinator", roles=(Role.COORDINATOR,))
    return setup.make_workspace(tmp_path / "n", "Northshire", first=boss, now=START)


async def test_an_empty_list_says_how_to_begin_and_who_is_needed_first(new: Workspace) -> None:
    async with showing(new, AuditsScreen(), who=BOSS, size=(80, 24)) as at:
        assert at.says("No audit yet: n opens the first, on one of the templates.")
        await at.keys("x", "c", "n", "down", "enter")
        assert said(at).startswith("No agency here is asked anything by “Dip sample: plans that keep children safe”.")
        assert isinstance(at.screen, AuditsScreen)


async def test_an_audit_is_opened_from_its_template_to_its_grid(workspace: Workspace) -> None:
    async with showing(workspace, AuditsScreen(), who=BOSS, size=TALL) as at:
        await at.keys("n")
        assert at.says("Dip sample: plans that keep children safe 1.0: 18 to 24 minutes")
        await at.keys("down", "enter")
        assert at.says("[x] Police: about 21 minutes a return")
        await at.keys("space", "down", "space", "ctrl+s")
        assert at.says("Nobody is put in yet")
        await at.keys("down", "space", "ctrl+s")
        assert isinstance(at.screen, FollowedForm)
        assert at.says("Dip sample: plans that keep children safe 1.0, asked of Health.")
        await at.keys("down", '"Plans, winter"', "ctrl+s")
        assert at.says("Say by when returns are due; a joint inspection brings its own day.")
        await at.keys("down", '"18/12/2026"', "down", "down", '"1/9/2025"', "down", '"31/8/2026"', "down", "1", "down",
                      '"Two reviews asked"', "down", '"Duty desk"', "down", '"ce-2026-0"')  # fmt: skip
        assert at.says("There is no audit CE-2026-0 to look at again.")
        await at.keys("1")
        assert at.says("Looks again at CE-2026-01: An audit")
        await at.keys("ctrl+s")
        assert isinstance(at.screen, GridScreen)
        # The code is that of the last audit on the same template.
        made = workspace.audit("CE-2026-02").audit
        assert (made.title, made.agencies, made.due) == ("Plans, winter", ("health",), date(2026, 12, 18))
        assert (made.lookback_from, made.lookback_to) == (date(2025, 9, 1), date(2026, 8, 31))
        assert (made.agency_check, made.purpose, made.phone) == (True, "Two reviews asked", "Duty desk")
        assert made.re_audit_of == AUDIT


async def test_a_joint_inspection_brings_its_own_days(workspace: Workspace) -> None:
    async with showing(workspace, AuditsScreen(), who=BOSS, size=TALL) as at:
        await at.keys("n", "down", "enter", "ctrl+s", "down", '"Joint inspection"', "down", "down", '"23/11/2026"')
        assert at.says("A joint inspection: returns are due by 2 Dec 2026, and each child is added as"), at.text
        await at.keys("ctrl+s")
        assert workspace.audit("CE-2026-02").audit.due == date(2026, 12, 2)
        days = [slot.day for slot in terms.terms_of(workspace, "CE-2026-02").timetable]
        assert (days[0], days[-1]) == (date(2026, 11, 23), date(2026, 12, 7))


async def test_what_is_refused_stays_and_what_was_typed_is_there_again(workspace: Workspace) -> None:
    async with showing(workspace, AuditsScreen(), who=BOSS, size=TALL) as at:
        await at.keys("n", "down", "enter", "ctrl+s", "down", '"Plans"', "down", '"1/11/2026"', "ctrl+s")
        assert at.says("CE-2026-02 cannot be due before it opens")
        await at.keys("escape", "n", "down", "enter", "ctrl+s")
        assert at.says("What you typed before you left this form stands here again.")
        assert at.says("Plans")
        assert list(workspace.audits()) == [AUDIT]


async def test_a_template_of_ones_own_is_read_from_its_file(workspace: Workspace) -> None:
    mine = workspace.root.parent / "mine.toml"
    mine.write_text(library.load("dip-sample")[1].replace('id = "dip-sample"', 'id = "our-own"'), encoding="utf-8")
    async with showing(workspace, AuditsScreen(), who=BOSS, size=TALL) as at:
        await at.keys("n", "up", "enter", '"nowhere.toml"', "enter")
        assert at.says("There is no file nowhere.toml:")
        await at.keys(*["backspace"] * 12, f'"{mine}"', "enter", "ctrl+s")
        assert isinstance(at.screen, FollowedForm)
        assert at.says("OO-2026-01")


async def test_the_code_follows_the_template_the_year_and_what_is_taken(workspace: Workspace) -> None:
    missing = library.load("missing-children-case-file")[0]
    assert audits.free_id(workspace, missing, TODAY) == "MC-2026-01"
    assert audits.free_id(workspace, library.load("dip-sample")[0], TODAY) == "CE-2026-02"
    assert audits.free_id(workspace, library.load("dip-sample")[0], date(2027, 1, 4)) == "CE-2027-01"
    assert audits.free_id(workspace, missing.model_copy(update={"id": "9-lives"}), TODAY) == "AU-2026-01"


async def test_an_audit_is_closed_after_a_look_at_what_is_not_filed(workspace: Workspace) -> None:
    async with showing(workspace, AuditsScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("x")
        assert at.says("1 of 1 returns are not filed. Afterwards nothing in it can be changed.")
        await at.keys("enter", "n")
        assert workspace.audits()[AUDIT].status is AuditStatus.OPEN
        await at.keys("x", "enter", "y")
        assert workspace.audits()[AUDIT].status is AuditStatus.CLOSED
        await at.keys("x")
        assert at.says("is closed. Why is it opened again?")
        await at.keys('"One return came after all"', "enter")
        assert workspace.audits()[AUDIT].status is AuditStatus.OPEN
        assert said(at) == "CE-2026-01 is open."


async def test_only_a_co_ordinator_opens_an_audit_again(workspace: Workspace) -> None:
    audits.close_audit(workspace, AUDIT, by=BOSS, now=START)
    async with showing(workspace, AuditsScreen(), who=RATER, size=(80, 24)) as at:
        await at.keys("x")
        assert isinstance(at.screen, AuditsScreen)
        assert workspace.audits()[AUDIT].status is AuditStatus.CLOSED


async def test_an_audit_is_abandoned_with_its_reason(workspace: Workspace) -> None:
    async with showing(workspace, AuditsScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("x", "down", "enter", '"late"', "enter")
        assert at.says("Say it in a sentence")
        await at.keys('"r: the inspection came first"', "enter")
        entry = workspace.audits()[AUDIT]
        assert (entry.status, entry.reason) == (AuditStatus.ABANDONED, "later: the inspection came first")
        assert at.says("CE-2026-01 was abandoned: later: the inspection came first")


async def test_others_are_offered_neither(workspace: Workspace) -> None:
    async with showing(workspace, AuditsScreen(), who=RATER, size=(80, 24)) as at:
        assert not at.says("n New audit")
        await at.keys("n", "x")
        assert isinstance(at.screen, AuditsScreen)
