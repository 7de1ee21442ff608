"""Agencies and people at the keyboard: added, changed, refused, and only looked at by others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, START, a_workspace
from scoring_app import At, showing

from qa_toolkit.domain.people import Role
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.tui.forms.followed import FollowedForm
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.partnership.screen import PartnershipScreen
from qa_toolkit.workflow import setup

TALL = (100, 44)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "w")


def said(at: At) -> list[str]:
    return [one.message for one in at.app._notifications]


async def test_who_takes_part_is_listed_with_roles_and_dates_and_said_in_words(workspace: Workspace) -> None:
    rater = workspace.people()[RATER]
    setup.add_person(workspace, RATER, rater.name, since=date(2026, 9, 1), until=date(2027, 8, 31), by=BOSS, now=START,
                     seen=seen(rater))  # fmt: skip
    setup.add_person(workspace, "w.went@police", "Went Away", until=date(2026, 10, 3), by=BOSS, now=START)
    async with showing(workspace, HomeScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("g")
        assert isinstance(at.screen, PartnershipScreen)
        assert at.says("1 agency beside the business unit; 3 people.")
        lines = [line.strip() for line in at.text.splitlines()]
        assert next(line for line in lines if line.startswith("Went Away")).endswith("left 3 Oct 2026")
        assert lines.index(next(line for line in lines if "Went Away" in line)) > lines.index(
            next(line for line in lines if line.startswith("Lee Lead"))
        )
        await at.keys("down", "down")
        assert at.says("police: Police, 2 people. To templates it is police. Contact: nobody named")
        await at.keys("down")
        assert at.says(f"{RATER}: Alex Auditor, Police. Auditor; since 1 Sep 2026, until 31 Aug 2027.")
        await at.keys("escape")
        assert isinstance(at.screen, HomeScreen)


async def test_an_agency_and_its_people_are_added_by_the_forms(workspace: Workspace) -> None:
    async with showing(workspace, PartnershipScreen(), who=BOSS, size=TALL) as at:
        await at.keys("a", '"Northshire Health"', "down", "3", "down", "down", "down", '"Named nurse"')
        assert at.says("Its people will be written a.auditor@health.")
        await at.keys("ctrl+s")
        made = workspace.agencies()["health"]
        assert (made.name, made.kind, made.contact) == ("Northshire Health", "health", "Named nurse")
        assert at.says("Nobody yet of Northshire Health.")
        await at.keys("n", '"Nia Nurse"')
        assert at.says("n.nurse@health will stand beside everything that they record.")
        await at.keys("down", "down", "3", "down", '"1/9/2026"', "ctrl+s")
        nia = workspace.people()["n.nurse@health"]
        assert (nia.name, nia.roles, nia.since) == ("Nia Nurse", (Role.AUDITOR, Role.AGENCY_LEAD), date(2026, 9, 1))
        assert at.says("n.nurse@health: Nia Nurse, Northshire Health. Auditor, Agency lead; since 1 Sep 2026.")


async def test_a_second_agency_of_a_kind_and_a_kind_of_ones_own_get_names_of_their_own(workspace: Workspace) -> None:
    async with showing(workspace, PartnershipScreen(), who=BOSS, size=TALL) as at:
        await at.keys("a", '"Transport Police"', "down", "2", "ctrl+s")
        assert workspace.agencies()["transport-police"].kind == "police"
        await at.keys("a", '"Fire"', "down", "minus", "ctrl+s")
        assert at.says("Write the other kind, in small letters and dashes")
        await at.keys("down", '"fire-service"', "ctrl+s")
        assert workspace.agencies()["fire-service"].kind == "fire-service"


async def test_what_is_refused_stays_and_what_was_typed_is_there_again(workspace: Workspace) -> None:
    async with showing(workspace, PartnershipScreen(), who=BOSS, size=TALL) as at:
        await at.keys("down", "down", "n", '"Alex Auditor"')
        assert at.says(f"{RATER} is here already: Alex Auditor. Write another handle.")
        await at.keys("ctrl+s")
        assert isinstance(at.screen, FollowedForm)
        await at.keys("escape", "n")
        assert at.says("What you typed before you left this form stands here again.")
        await at.keys("down", '"al.auditor"', "ctrl+s")
        assert workspace.people()["al.auditor@police"].name == "Alex Auditor"


async def test_a_person_and_an_agency_are_changed_and_a_second_hand_is_told(workspace: Workspace) -> None:
    async with showing(workspace, PartnershipScreen(), who=BOSS, size=TALL) as at:
        await at.keys(*["down"] * 4, "e", "down", "4", "down", "down", '"31/8/2027"', "ctrl+s")
        lee = workspace.people()[LEAD]
        assert lee.roles == (Role.AUDITOR, Role.AGENCY_LEAD, Role.CHAIR)
        assert lee.until == date(2027, 8, 31)
        await at.keys("e", '", OBE"')
        setup.add_person(workspace, LEAD, "Lee L. Lead", (Role.AUDITOR,), by=BOSS, now=START, seen=seen(lee))
        await at.keys("ctrl+s")
        assert workspace.people()[LEAD].name == "Lee L. Lead"
        assert at.says("Lee Lead, OBE"), "what was typed stays"
        await at.keys("escape", "up", "up", "e", "end", "ctrl+s")
        assert isinstance(at.screen, PartnershipScreen), at.text
        await at.keys("e", "down", "down", "down", '"Duty inspector"', "ctrl+s")
        assert workspace.agencies()["police"].contact == "Duty inspector"
        await at.keys("e", "down", "1", "ctrl+s")
        assert at.says("Police is asked in CE-2026-01 as “police”, so that stays"), at.text


async def test_who_gives_up_the_coordinators_role_is_offered_no_change_any_more(workspace: Workspace) -> None:
    async with showing(workspace, PartnershipScreen(), who=BOSS, size=TALL) as at:
        await at.keys("down", "e", "down", "1", "4", "ctrl+s")
        assert at.says("is the only co-ordinator here: make somebody else one first")
        await at.keys("escape")
        setup.add_person(workspace, "d.deputy@business-unit", "Dee", (Role.COORDINATOR,), by=BOSS, now=START)
        await at.keys("e", "ctrl+s", "n")
        assert workspace.people()[BOSS].roles == (Role.CHAIR,)
        assert isinstance(at.screen, PartnershipScreen)
        assert not at.says("a New agency")


async def test_others_may_look_and_change_nothing(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=RATER, size=(80, 24)) as at:
        await at.keys("g")
        assert at.says("Lee Lead")
        assert not at.says("n New person")
        await at.keys("n", "a", "e", "enter")
        assert isinstance(at.screen, PartnershipScreen)
