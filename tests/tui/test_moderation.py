"""The panel's screen: what it shows, what one person can do on it while others talk, and what it never touches."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from scoring_app import showing

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.grid import GridScreen
from qa_toolkit.tui.moderation import ModerationScreen
from qa_toolkit.workflow import audits, hearings, moderation, returns, setup, submission

CHILD = "CE-2026-01-C01"
EVIL = "[red]x[/red] [/x] [@click=app.bell]y[/] \x1b[31m \u202eever"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A child with one filed return that holds hostile text, a second child, and a panel that sits."""
    at = a_full_return(a_return(a_workspace(tmp_path / "w")))
    given = Answer(id="PL-01", values={"answer": "no"}, comment=EVIL, evidence="Plan of May")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)
    submission.receive(at, RETURN, by=BOSS, now=START)
    audits.add_case(at, "CE-2026-01", facts={"age_band": "15 to 16"}, by=BOSS, now=START, today=TODAY)
    setup.add_person(at, "t.chair@business-unit", "T. Chair", (Role.CHAIR,), by=BOSS, now=START)
    moderation.convene(
        at, "CE-2026-01", TODAY, chair="t.chair@business-unit", present=[Sitter(who=LEAD)], quorum=["police"],
        by=BOSS, now=START - timedelta(minutes=1),
    )  # fmt: skip
    return at


async def test_a_grade_is_agreed_with_its_reason_and_no_return_is_touched(workspace: Workspace) -> None:
    before = workspace.ret(RETURN).last
    async with showing(workspace, ModerationScreen("CE-2026-01"), who=BOSS) as at:
        assert at.says("CE-2026-01-C01, child 1 of 2")
        assert at.says("Quorate: 2 present and voting.")
        assert at.says("police: Good")
        await at.keys("g", "down", "down", "enter", '"The plan came late."', "ctrl+s")
        assert at.says("Agreed: Requires improvement. The plan came late.")
    fresh = hearings.hearing(Workspace(workspace.root), CHILD)
    assert fresh.agreed["overall"].grade is Grade.REQUIRES_IMPROVEMENT
    assert fresh.agreed["overall"].reasons == "The plan came late."
    assert Workspace(workspace.root).ret(RETURN).last == before


async def test_without_a_reason_nothing_is_agreed(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen("CE-2026-01"), who=BOSS) as at:
        await at.keys("g", "enter", '"ok"', "ctrl+s")
        assert at.says("needs its reason")
    assert hearings.hearing(Workspace(workspace.root), CHILD).agreed == {}


async def test_the_turn_runs_and_the_next_child_is_a_key_away(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen("CE-2026-01"), who=BOSS) as at:
        await at.keys("t")
        assert at.says("0 minutes, 40 left")
        await at.keys("t")
        assert at.says("heard in 0 minutes")
        await at.keys("n")
        assert at.says("CE-2026-01-C02, child 2 of 2")
        assert at.says("Not filed: police.")
        await at.keys("p")
        assert at.says("child 1 of 2")


async def test_from_the_grid_for_those_who_moderate_only(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen("CE-2026-01"), who=RATER) as at:
        await at.keys("m")
        assert isinstance(at.screen, GridScreen)
    async with showing(workspace, GridScreen("CE-2026-01"), who="t.chair@business-unit") as at:
        await at.keys("m")
        assert isinstance(at.screen, ModerationScreen)


async def test_nothing_typed_acts_on_the_wall(workspace: Workspace) -> None:
    health = "n.nurse@health"
    setup.add_agency(workspace, "health", f"Health {EVIL}", "health", by=BOSS, now=START)
    setup.add_person(workspace, health, f"N {EVIL}", by=BOSS, now=START)
    async with showing(workspace, ModerationScreen("CE-2026-01"), who=BOSS, size=(160, 50)) as at:
        await at.keys("d", *["down"] * 8)
        for strip in at.app.screen._compositor.render_strips():
            for segment in strip:
                assert not set(segment.text) & {"\x1b", "\u202e"}
                assert "@click" not in (segment.style.meta if segment.style else {})
