"""The action tracker at the keyboard: filter, headings, story, and the tracker of an earlier day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_plans import AUDITOR, CO, COLLEAGUE, OWNER, a_plan, an_action, bring, days, moment, planned_workspace
from scoring_app import At, showing
from textual.widgets import OptionList

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Update
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.action import StoryScreen
from qa_toolkit.tui.actions.bulk import PreviewScreen
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.forms.asking import PickOne
from qa_toolkit.tui.forms.form import FormScreen
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.workflow.plans import moving, progress, recommendations

SMALL, WIDE = (80, 24), (120, 40)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Five actions: in time, overdue, submitted, closed, and proposed for health."""
    at = planned_workspace(tmp_path / "w")
    plan = a_plan(at)
    asked = recommendations.recommend(
        at, plan.id, "Interviews after missing episodes are offered in three days", by=CO, now=moment(-250),
        today=days(-250),
    )  # fmt: skip
    first = an_action(at, plan, text="Audit ten files for the interview", recommendation=asked.id)
    late = an_action(at, plan, due=-20, text="Write the pathway with [red]every[/] team", themes=("voice",))
    done = an_action(at, plan, due=-5, text="Map the places where children are found")
    closed = an_action(at, plan, text="Train the night team")
    an_action(at, plan, owner="", agency="health", text="Name a nurse for each school")
    for action, state in ((first, State.IN_PROGRESS), (late, State.IN_PROGRESS), (done, State.SUBMITTED),
                          (closed, State.CLOSED)):  # fmt: skip
        bring(at, action.id, state)
    progress.update(
        at, [first.id], "Six of ten files are read", progress=60, by=OWNER, now=moment(-3), today=days(-3)
    )  # fmt: skip
    return at


def numbers(at: At) -> list[str]:
    """The last digits of the actions in the list, headings as they are."""
    assert isinstance(at.screen, TrackerScreen)
    return [line if isinstance(line, str) else line.action.id[-1] for line in at.screen.listed.lines]


def told(at: At) -> list[str]:
    """The short messages that were shown."""
    return [one.message for one in at.app._notifications]


async def test_live_actions_stand_worst_first_with_what_their_colours_mean(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        assert numbers(at) == ["2", "3", "1", "5"]
        assert at.says("4 live of 5 actions: 1 red, 2 green, 1 grey; worst first.")
        assert at.says("Of 4: 2 submitted, 1 verified, 0 confirmed. HSCP-default, version 1 (l)")
        assert at.says("A-2026-002 In progress. Red: past its due date and not submitted for closure")
        assert at.says("Write the pathway with [red]every[/] team")
        await at.keys("l")
        assert isinstance(at.screen, Page)
        assert at.says("R Red: past its due date and not submitted for closure.")


async def test_the_filter_sifts_with_every_key_and_names_what_it_does_not_know(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        await at.keys("slash", '"interv"')
        assert numbers(at) == ["1"], "by its text and its recommendation"
        await at.keys(*["backspace"] * 6, '"agency:hea"')
        assert numbers(at) == ["5"]
        await at.keys('"x"')
        assert at.says("No agency is called “heax”. Did you mean health?")
        await at.keys(*["backspace"] * 20, '"colour:"')
        assert at.says("colour: amber, blue, green, grey, red.")
        await at.keys('"red,blue all"', "enter", "down")
        assert numbers(at) == ["2", "4"]
        assert at.says("Train the night team")
        await at.keys("slash", *["backspace"] * 30, '"nothing"')
        assert numbers(at) == []
        assert at.says("Nothing is like that.")
        await at.keys("escape", "escape")
        assert isinstance(at.screen, HomeScreen)


async def test_the_chooser_writes_the_filter(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        await at.keys("f", "enter", "enter")
        assert at.screen.reading.query.terms, "the first field with its first value"  # type: ignore[attr-defined]
        assert at.says("Filter ▏ agency:")
        await at.keys("f", "end", "enter")
        assert numbers(at) == ["2", "3", "1", "5"]


async def test_headings_count_and_the_cursor_passes_them_by(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        await at.keys("g", "down", "enter")
        assert numbers(at) == ["Health (1: 1 grey)", "5", "Police (3: 1 red, 2 green)", "2", "3", "1"]
        await at.keys("end", "up", "up")
        assert at.screen.row.action.id == "A-2026-002"  # type: ignore[attr-defined]
        await at.keys("up")
        assert at.screen.row.action.id == "A-2026-005"  # type: ignore[attr-defined]
        await at.keys("s", *["down"] * 7, "enter")
        assert at.says("sort:number")


async def test_the_story_stands_beside_the_list_or_on_a_screen_of_its_own(workspace: Workspace) -> None:
    for size, keys in ((WIDE, ("down", "down")), (SMALL, ("down", "down", "enter"))):
        async with showing(workspace, TrackerScreen(), who=CO, size=size) as at:
            await at.keys(*keys)
            assert isinstance(at.screen, StoryScreen) is (size == SMALL)
            await at.keys("tab", "end") if size == WIDE else await at.keys("end")
            assert at.says("Recommendation R-2026-001: Interviews after missing episodes are offered in three days")
            assert at.says("60% done (G Green that day): Six of ten files are read")


async def test_an_earlier_day_is_shown_as_it_was_and_says_so(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        await at.keys("t", '"1/1/2020"', "enter")
        assert at.says("was begun on 2 Jun 2021: there is nothing before that.")
        await at.keys(*["backspace"] * 10, '"1/1/2030"', "enter")
        assert at.says("is to come")
        await at.keys(*["backspace"] * 10, '"16/8/2026"', "enter")
        assert at.screen.past == date(2026, 8, 16)  # type: ignore[attr-defined]
        assert at.says("As it stood on 16 Aug 2026: to read only.")
        assert at.says("5 live of 5 actions")
        await at.keys("enter")
        assert at.says("As it stood on 16 Aug 2026: to read only.")
        assert not at.says("Six of ten files are read")
        await at.keys("escape", "escape")
        assert at.says("4 live of 5 actions")


async def test_a_list_without_actions_says_so(tmp_path: Path) -> None:
    async with showing(planned_workspace(tmp_path / "w"), TrackerScreen(), who=CO, size=SMALL) as at:
        assert at.says("No action has been proposed yet.")
        await at.keys("enter", "down", "end", "s", "escape", "l", "escape")
        assert isinstance(at.screen, TrackerScreen)


# --- deeds


async def test_an_update_is_typed_in_the_list_and_shows_in_the_story(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=OWNER, size=SMALL) as at:
        await at.keys("u")
        assert isinstance(at.screen, FormScreen)
        assert at.says("Red: past its due date and not submitted for closure")
        await at.keys("ctrl+s")
        assert at.says("“How it goes” is empty. It is needed.")
        await at.keys('"Three teams agree"', "tab", '"140"', "ctrl+s")
        assert at.says("140 is no percentage: give a number from 0 to 100."), at.text
        await at.keys("escape", "u")
        assert at.says("What you typed before you left this form stands here again.")
        await at.keys("tab", "end", *["backspace"] * 3, '"40"', "ctrl+s")
        assert isinstance(at.screen, TrackerScreen)
        (said,) = workspace.actions_shelf.under(Update, "A-2026-002")
        assert (said.text, said.progress, said.by) == ("Three teams agree", 40, OWNER)
        assert numbers(at) == ["2", "3", "1", "5"]


async def test_only_what_this_person_may_do_is_offered(workspace: Workspace) -> None:
    for who, offered in ((OWNER, "Submit it for closure"), (CO, "Put it on hold")):
        async with showing(workspace, TrackerScreen("a-2026-001"), who=who, size=SMALL) as at:
            await at.keys("slash", *["backspace"] * 12, '"ten"', "enter", "d")
            assert isinstance(at.screen, PickOne)
            assert at.says("Update: say how it goes")
            assert ("Put it on hold" in at.text) is (offered == "Put it on hold")
            assert "Close it" not in at.text
    async with showing(workspace, TrackerScreen("ten"), who=AUDITOR, size=SMALL) as at:
        await at.keys("d")
        assert told(at)[-1].startswith("There is nothing that you may do to A-2026-001 now.")
        await at.keys("u")
        assert told(at)[-1].startswith("You may not update A-2026-001 (in progress)")


async def test_a_deed_is_done_on_the_story_and_taken_back(workspace: Workspace) -> None:
    async with showing(workspace, StoryScreen("A-2026-003"), who=CO, size=(100, 30)) as at:
        await at.keys("d")
        assert at.says("Verify it: the evidence is seen")
        screen = at.screen
        assert isinstance(screen, PickOne)
        offered = [str(one.prompt) for one in screen.query_one(OptionList).options]
        place = offered.index("Send it back, with what is missing")
        await at.keys(*["down"] * place, "enter")
        assert at.says("Evidence: Dip sample of ten files, v2.")
        await at.keys('"short"', "ctrl+s")
        assert at.says("give a reason in a sentence.")
        await at.keys('" of the sample of May"', "ctrl+s")
        assert moving.state_of(workspace, "A-2026-003") is State.IN_PROGRESS
        assert at.says("A-2026-003 Amber In progress") or at.says("A-2026-003 Red In progress")
        await at.keys("z")
        assert at.says("(A-2026-003). Both what you did and that you took it back stay"), at.text
        await at.keys("y")
        assert moving.state_of(workspace, "A-2026-003") is State.SUBMITTED
        assert at.says("Submitted for closure")


async def test_nothing_is_done_to_an_earlier_day(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        await at.keys("t", '"16/8/2026"', "enter", "d")
        assert told(at)[-1].startswith("This is the tracker as it stood on 16 Aug 2026, so nothing can be changed")
        await at.keys("enter", "u")
        assert isinstance(at.screen, StoryScreen)
        assert told(at)[-1] == "This is the action as it stood on 16 Aug 2026, so nothing can be changed here."


async def test_many_are_marked_shown_changed_in_one_line_and_taken_back(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        await at.keys("b")
        assert told(at)[-1].startswith("Mark actions first")
        await at.keys("space", "space", "space")
        assert at.says("3 marked.")
        await at.keys("b", "down", "down", "down", "down", "down", "enter")
        assert at.says("Put on hold: 3 actions")
        before = workspace.actions_shelf.journal.seq
        await at.keys('"Waits for the new law"', "tab", '"1/3/2027"', "ctrl+s")
        assert isinstance(at.screen, PreviewScreen)
        assert at.says("Put on hold: 2 of 3 would change. 1 refused, and left out.")
        assert at.says("state In progress → On hold; colour Red → Grey; goes to the agency lead → its owner")
        assert at.says("refused: A-2026-003 is submitted for closure, so nobody can put it on hold now")
        assert workspace.actions_shelf.journal.seq == before
        await at.keys("y")
        assert workspace.actions_shelf.journal.seq == before + 1
        assert told(at)[-1] == "Done to 2 of 3. z takes all of it back at once."
        assert [moving.state_of(workspace, f"A-2026-00{n}") for n in (1, 2)] == [State.ON_HOLD] * 2
        await at.keys("z", "y")
        assert [moving.state_of(workspace, f"A-2026-00{n}") for n in (1, 2)] == [State.IN_PROGRESS] * 2


async def test_a_no_to_the_preview_changes_nothing(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=SMALL) as at:
        before = workspace.actions_shelf.journal.seq
        await at.keys("a", "b", "enter", '"Well"', "ctrl+s", "n")
        assert isinstance(at.screen, TrackerScreen)
        assert workspace.actions_shelf.journal.seq == before
        await at.keys("a")
        assert at.says("4 live of 5 actions: 1 red, 2 green, 1 grey; worst first.")


async def test_a_wording_is_advised_on_as_it_is_typed_and_never_barred(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=(100, 50)) as at:
        await at.keys("n", "enter")
        assert at.says("Review of a young person")
        await at.keys("tab", '"Remind all staff"')
        assert at.says("“Remind” has no end: what would be there when it is done?")
        assert at.says("“all staff” is nobody in particular: name who does it.")
        assert at.says("No person or role is named, so nobody can be asked how it goes.")
        assert at.says("It has no day by which it is done.")
        await at.keys("tab", '"o.owne@police"')
        assert at.says("Did you mean o.owner@police")
        await at.keys("backspace", *["backspace"] * 6, '"r@police"')
        assert at.says("O.Owner, police")
        await at.keys("tab", "tab", '"1/3/2027"', "ctrl+s")
        assert told(at)[-1] == "A-2026-006 is proposed. It counts from when it is agreed."
        assert numbers(at) == ["2", "3", "1", "5", "6"]


async def test_a_recommendation_and_a_plan_are_added(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO, size=(100, 50)) as at:
        await at.keys("n", "down", "enter", "tab", '"Interviews after missing episodes are offered in three days"')
        assert at.says("R-2026-001 (open) says much the same: would it do to add to that one?")
        await at.keys("ctrl+s")
        assert told(at)[-1].startswith("R-2026-002 is recorded.")
        await at.keys("n", "end", "enter", '"Section 11 of 2026"', "tab", "4", "ctrl+s")
        assert told(at)[-1] == "AP-2026-002 is open."


async def test_the_facts_of_an_action_are_corrected_by_keys_with_a_reason(workspace: Workspace) -> None:
    async with showing(workspace, StoryScreen("A-2026-002"), who=CO, size=(100, 80)) as at:
        await at.keys("d", "end", "enter")
        assert isinstance(at.screen, FormScreen)
        assert at.says("A-2026-002: Correct its facts")
        to_the_themes = ["tab"] * 8
        await at.keys(*to_the_themes, *["backspace"] * 5, '"prevention, voice"', "ctrl+s")
        assert at.says("“Why: it was agreed” is empty. It is needed.")
        await at.keys(*["tab"] * 7, '"The group put it there"', "ctrl+s")
        assert told(at)[-1] == "A-2026-002 is corrected."
        assert at.says("Themes: prevention, voice")
        await at.keys("d", "end", "enter", "ctrl+s")
        assert at.says("“Why: it was agreed” is empty.")


async def test_a_verifier_who_is_not_independent_is_let_in_by_keys(workspace: Workspace) -> None:
    async with showing(workspace, StoryScreen("A-2026-003"), who=CO, size=(80, 24)) as at:
        await at.keys("d", "end", "up", "enter")
        assert at.says("A-2026-003: Let somebody verify who is not independent")
        near = [one.id for one in workspace.people().values() if one.agency == "police" and one.id != OWNER]
        await at.keys(str(near.index(COLLEAGUE) + 1), "tab", '"Nobody else may see the files"')
        await at.keys("tab", '"QA Group chair"', "ctrl+s")
        assert told(at)[-1] == f"{COLLEAGUE} may verify A-2026-003. It shows wherever the action does."
    async with showing(workspace, StoryScreen("A-2026-003"), who=COLLEAGUE, size=(80, 24)) as at:
        await at.keys("d")
        assert at.says("Verify it: the evidence is seen")


async def test_a_milestone_is_reached_and_evidence_copied_by_keys(workspace: Workspace, tmp_path: Path) -> None:
    progress.add_milestone(workspace, "A-2026-001", "Half is read", days(20), by=OWNER, now=moment(-2), today=days(-2))
    (tmp_path / "roll.txt").write_text("roll")
    async with showing(workspace, StoryScreen("A-2026-001"), who=OWNER, size=(100, 50)) as at:
        await at.keys("d", *["down"] * 4, "enter")
        assert at.says("Half is read, by 13 Dec 2026")
        await at.keys("ctrl+s")
        assert told(at)[-1] == "A-2026-001/M01 was reached on 23 Nov 2026."
        assert at.says("Milestone A-2026-001/M01: Half is read, by 13 Dec 2026: reached 23 Nov 2026")
        await at.keys("e", "4", "tab", '"Roll, v2"', "tab", '"23/11/2026"', "tab", "tab", "tab")
        await at.keys(f'"{tmp_path / "roll.txt"}"', "tab", "1", "ctrl+s")
        assert told(at)[-1].endswith("A copy is kept here.")
    assert list((workspace.folder.root / "evidence").iterdir())
