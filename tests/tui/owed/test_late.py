"""What is owed over all audits, and this Monday's messages, at the keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_return, a_workspace
from scoring_app import showing
from textual.widgets import OptionList

from qa_toolkit.domain.chasing import Chase
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.promises import Excuse, Promise
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.home.screen import LATE_SHOWN, HomeScreen
from qa_toolkit.tui.owed.late import LateScreen
from qa_toolkit.tui.owed.messages import MessagesScreen
from qa_toolkit.workflow import audits

AUDIT = "CE-2026-01"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two children; the second's return is four working days late."""
    at = a_return(a_workspace(tmp_path / "w"))
    audits.add_case(at, AUDIT, by=BOSS, now=START, today=TODAY)
    audits.allocate(at, f"{AUDIT}-C02-POLICE", RATER, due=date(2026, 11, 17), by=BOSS, now=START)
    return at


async def test_the_grid_says_days_late_and_days_to_go_in_words(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("l")
        assert isinstance(at.screen, LateScreen)
        assert at.says("4 late")
        assert at.says("9 to go")
        assert at.says("Late 1, due within five working days 0, later 1.")
        assert at.says(f"{RETURN}: Police, {RATER}. In progress")
        await at.keys("a")
        assert at.says("What is owed: CE-2026-01 An audit")


async def test_home_offers_it_to_those_who_run_audits_only(workspace: Workspace) -> None:
    async with showing(workspace, HomeScreen(), who=RATER, size=(80, 24)) as at:
        await at.keys("l")
        assert isinstance(at.screen, HomeScreen)
        assert not at.says("What is owed")


async def test_home_shows_the_first_late_ones_and_says_how_many_more_there_are(workspace: Workspace) -> None:
    for number in range(3, LATE_SHOWN + 4):
        audits.add_case(workspace, AUDIT, by=BOSS, now=START, today=TODAY)
        late = f"{AUDIT}-C{number:02}-POLICE"
        audits.allocate(workspace, late, RATER, due=date(2026, 11, 17), by=BOSS, now=START)
    async with showing(workspace, HomeScreen(), who=BOSS, size=(100, 60)) as at:
        assert at.says(f"Late ({LATE_SHOWN + 2})")
        assert at.says(f"{AUDIT}-C{LATE_SHOWN + 1:02}-POLICE")
        assert not at.says(f"{AUDIT}-C{LATE_SHOWN + 2:02}-POLICE")
        listed = at.screen.query_one(OptionList)
        more = next(n for n, one in enumerate(listed.options) if one.id == "Late:late:")
        assert str(listed.options[more].prompt).strip() == "and 2 more: What is owed (l) shows them all"
        listed.highlighted = more
        await at.keys("enter")
        assert isinstance(at.screen, LateScreen)


async def test_a_promise_and_an_excuse_name_who_and_stand_in_the_record(workspace: Workspace) -> None:
    async with showing(workspace, LateScreen(), who=BOSS, size=(80, 24)) as at:
        await at.keys("p", '"1/11/2026"', "enter", "ctrl+s")
        assert at.says("“Who promised it: a role” is empty. It is needed.")
        await at.keys('"inspector"', "ctrl+s")
        assert at.says("1 Nov 2026 has passed: a promise names a day to come.")
        # What was typed stands there again, however the form was left.
        await at.keys("escape", "p")
        assert at.says("inspector")
        await at.keys(*["backspace"] * 10, '"7/12/2026"', "ctrl+s")
        assert workspace.audit(AUDIT).all(Promise)[RETURN].by_whom == "inspector"
        assert at.says("by 7 Dec")
        await at.keys("down", "x", '"The child moved in May."', "tab", '"panel chair"', "ctrl+s")
        assert list(workspace.audit(AUDIT).all(Excuse)) == [f"{AUDIT}-C02-POLICE"]
        assert at.says("Late 0")
        assert not at.says("C02"), "nothing is owed for the child any more"
        await at.keys("f")
        assert isinstance(at.screen, Page)
        assert at.says("Promised for 7 Dec 2026 by inspector")
        assert at.says("Excused, agreed by panel chair: The child moved in May.")
        await at.keys("escape", "t", "down", "x", '"It was another child."', "ctrl+s")
        assert dict(workspace.audit(AUDIT).all(Excuse)) == {}
        assert at.says("4 late")


async def test_messages_are_drafted_read_written_and_marked_as_sent(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with showing(workspace, LateScreen(), who=BOSS, size=(100, 30)) as at:
        assert at.says("Agencies to write to today: 1; drafted and not sent: 0.")
        await at.keys("m")
        assert isinstance(at.screen, MessagesScreen)
        assert at.says("1 agency is due a message.")
        assert workspace.partnership_shelf.all(Chase) == {}
        await at.keys("d")
        assert at.says("have not reached us yet")
        await at.keys("w", "down", "enter", "enter")
        assert "have not reached us" in (tmp_path / "messages-2026-11-23" / "police-1.txt").read_text()
        await at.keys("s", "enter")
        assert at.says("none waits to be sent")
        assert workspace.partnership_shelf.all(Chase)["police-1"].sent_by == BOSS
        await at.keys("escape", "down")
        assert at.says("Reminded once, last on 23 Nov 2026.")


async def test_nobody_else_drafts(workspace: Workspace) -> None:
    chair = Person(id="c.chair@business-unit", name="Chair", roles=(Role.CHAIR,))
    with workspace.change(PARTNERSHIP, by=BOSS, did="added", now=START) as change:
        change.put(chair)
    async with showing(workspace, MessagesScreen(), who=chair.id, size=(80, 24)) as at:
        await at.keys("d")
        assert "Only a co-ordinator may draft" in next(iter(at.app._notifications)).message
        assert workspace.partnership_shelf.all(Chase) == {}
