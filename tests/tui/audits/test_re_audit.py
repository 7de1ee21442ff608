"""A re-audit on the screen: reached from the list, said in words, closed to whoever still scores."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_re_audit import AGAIN, FIRST, a_re_audit, file_it, two_audits
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_workspace
from scoring_app import showing

from qa_toolkit.domain.people import Role
from qa_toolkit.domain.re_audit import SameChild
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.audits.re_audit import ReAuditScreen
from qa_toolkit.tui.commands import working
from qa_toolkit.tui.panel.moderation import ModerationScreen
from qa_toolkit.workflow import audits, setup


async def test_it_is_reached_from_the_list_and_says_what_can_be_told(tmp_path: Path) -> None:
    at_work = two_audits(tmp_path / "w", ["no"] * 4, ["yes"] * 4)
    async with showing(at_work, AuditsScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("c")
        assert [one.message for one in at.app._notifications] == [
            f"{FIRST} looks again at no earlier audit: one that does says so when it is opened."
        ]
        await at.keys("down", "c")
        assert isinstance(at.screen, ReAuditScreen)
        assert at.says("The same questions about two samples: 4 children then, 4 now")
        await at.keys("d")
        assert at.says("Good 4")
        await at.keys("down")
        assert at.says("then: No 4 (4 children); now: Yes 4 (4 children)")
        assert at.says("Better: chance alone would give a difference like this about 1 time in 35.")
        assert not at.says("PL-01")
        await at.keys("n")
        assert at.says("PL-02 has no steps to compare (a date, a number, free text).")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_every_row_is_there_in_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    at_work = two_audits(tmp_path / "w", ["no", "yes"], ["yes"])
    async with showing(at_work, ReAuditScreen(AGAIN), who=BOSS, size=size) as at:
        for words in ("Auditors’", "PL-01", "VC-01", "No: leans up"):
            assert at.says(words), words
        assert at.says("Asked") == (size[0] == 160)


async def test_a_rater_of_the_re_audit_is_told_why_the_earlier_audit_is_closed(tmp_path: Path) -> None:
    at_work = a_workspace(tmp_path / "w")
    file_it(at_work, RETURN)
    a_re_audit(at_work)
    audits.add_case(at_work, AGAIN, by=BOSS, now=START, today=TODAY)
    both = "b.both@police"
    setup.add_person(at_work, both, "Bo Both", (Role.AUDITOR, Role.PANEL), by=BOSS, now=START)
    async with showing(at_work, ModerationScreen(FIRST), who=both) as at:
        assert at.says(f"{FIRST} is closed to you until you have sent in {AGAIN}-C01-POLICE.")
        assert not at.says("Good")
    async with showing(at_work, ReAuditScreen(AGAIN), who=BOSS) as at:
        assert at.says("one of the two audits has nothing to compare")


async def test_which_child_is_which_is_recorded_on_the_grid_and_taken_back(tmp_path: Path) -> None:
    at_work = two_audits(tmp_path / "w", ["no", "no"], ["yes", "yes"])
    audits.close_audit(at_work, AGAIN, by=BOSS, now=START)

    def links() -> dict[str, str]:
        return {id[-3:]: link.earlier[-3:] for id, link in at_work.audit(AGAIN).all(SameChild).items()}

    async with showing(at_work, GridScreen(AGAIN), who=BOSS, size=(80, 24)) as at:
        await at.keys("b")
        assert at.says(f"Which child of {FIRST} is {AGAIN}-C01?")
        await at.keys("escape")
        assert links() == {}
        await at.keys("b", "down", "enter")
        assert links() == {"C01": "C02"}
        assert [one.message for one in at.app._notifications][-1] == f"{AGAIN}-C01 is {FIRST}-C02 of the earlier audit."
        await at.keys("down", "b")
        assert at.says(f"{FIRST}-C02, linked with {AGAIN}-C01")
        assert not at.says("None of them")
        await at.keys("down", "enter")
        assert "Take that back first" in [one.message for one in at.app._notifications][-1]
        await at.keys("up", "b", "down", "enter")
        assert links() == {"C01": ""}


async def test_who_is_who_is_for_co_ordinators_and_in_a_re_audit_only(tmp_path: Path) -> None:
    at_work = two_audits(tmp_path / "w", ["no"], ["yes"])
    for audit, who, offered in ((AGAIN, BOSS, True), (FIRST, BOSS, False), (AGAIN, RATER, False)):
        async with showing(at_work, GridScreen(audit), who=who, size=(80, 24)) as at:
            assert ("same" in [deed.id for deed in working(at.screen)]) == offered
            await at.keys("b")
            assert isinstance(at.screen, GridScreen) != offered
