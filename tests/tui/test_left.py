"""What is typed in a form is on the disk while it is typed, however the program ends, and is offered back."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from builders_plans import CO, OWNER, a_plan, an_action, bring, days, moment, planned_workspace
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_return, a_workspace
from faulty_disk import FaultyDisk
from scoring_app import showing
from terminal import KEYS, Terminal

from qa_toolkit.domain import identifiers
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Update
from qa_toolkit.domain.programme import Because
from qa_toolkit.domain.release import Found
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.audits.differences import DifferencesScreen
from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.calendar.screen import CalendarScreen
from qa_toolkit.tui.left import PAUSE_S
from qa_toolkit.tui.meetings.all import MeetingsScreen
from qa_toolkit.tui.meetings.meeting import MeetingScreen
from qa_toolkit.tui.owed.late import LateScreen
from qa_toolkit.tui.reports.release import ReleaseScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.scoring.submit import SubmitScreen
from qa_toolkit.workflow import drafts, programme, returns
from qa_toolkit.workflow.plans import meetings, redacting

CODE = (
    "import sys; from qa_toolkit.tui.app import run; from pathlib import Path; "
    "run(Path(sys.argv[1]), sys.argv[2], remembers=False)"
)
FORM = "A-2026-001: Update"
AGAIN = "What you typed before you left this form stands here again."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One action that goes on."""
    at = planned_workspace(tmp_path / "w")
    bring(at, an_action(at, a_plan(at), text="Audit ten files").id, State.IN_PROGRESS)
    return at


def terminal(at: Workspace) -> Terminal:
    """The update of the action, open."""
    screen = Terminal([sys.executable, "-c", CODE, str(at.root), OWNER], columns=80, rows=24)
    screen.wait_for("A-2026-001", 30)
    screen.send("\x1b[18~")  # F7
    screen.wait_for("live of", 10)
    screen.send("u")
    screen.wait_for(FORM, 10)
    return screen


def kept(at: Workspace, name: str = FORM, by: str = OWNER) -> dict[str, object] | None:
    return drafts.kept_form(Workspace(at.root), name, by=by)


@pytest.mark.parametrize("how", ["SIGHUP", "Ctrl+Q"])
def test_a_program_that_ends_keeps_what_stands_in_an_open_form(workspace: Workspace, how: str) -> None:
    screen = terminal(workspace)
    screen.send("Six of ten files")
    screen.send(KEYS[how]) if how in KEYS else os.kill(screen.pid, getattr(signal, how))
    end = time.monotonic() + 15
    while os.waitpid(screen.pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < end, screen.settle()
        screen.settle(most_s=0.2)
    os.close(screen.fd)
    assert kept(workspace) == {"text": "Six of ten files"}


async def test_a_program_that_is_killed_keeps_what_rested_and_offers_it_back(workspace: Workspace) -> None:
    screen = terminal(workspace)
    screen.send("Six of ten files")
    end = time.monotonic() + 15
    while kept(workspace) is None:
        assert time.monotonic() < end, screen.text
        screen.settle(most_s=0.2)
    os.kill(screen.pid, signal.SIGKILL)
    os.waitpid(screen.pid, 0)
    os.close(screen.fd)
    async with showing(Workspace(workspace.root), TrackerScreen(), who=OWNER, size=(80, 24)) as at:
        await at.keys("u")
        assert at.says(FORM)
        assert at.says(AGAIN)
        assert at.says("Six of ten files")


async def test_it_is_one_persons_and_gone_once_it_is_done_or_thrown_out(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=OWNER) as at:
        await at.keys("u", '"Six of ten"', "escape")
    async with showing(Workspace(workspace.root), TrackerScreen(), who=CO) as at:
        await at.keys("u")
        assert not at.says(AGAIN)
    async with showing(Workspace(workspace.root), TrackerScreen(), who=OWNER) as at:
        await at.keys("u")
        assert at.says(AGAIN)
        await at.keys("f2", "escape", "u")
        assert not at.says(AGAIN)
        assert kept(workspace) is None
        await at.keys('"Seven of ten"', "escape", "u", "ctrl+s")
    assert kept(workspace) is None
    (said,) = Workspace(workspace.root).actions_shelf.under(Update, "A-2026-001")
    assert said.text == "Seven of ten"


async def test_a_form_that_was_only_looked_at_leaves_nothing(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=CO) as at:
        await at.keys("n", "enter", "tab", "escape")
    assert kept(workspace, "A new action", CO) is None


async def test_a_full_disk_says_so_and_the_text_stays_in_the_program(workspace: Workspace) -> None:
    async with showing(workspace, TrackerScreen(), who=OWNER) as at:
        await at.keys("u", '"Six of ten"')
        workspace.folder.disk = FaultyDisk(0, errno.ENOSPC, for_ever=True, only=("write",))
        at.app.keep_everything()
        await at.settle()
        assert at.says("NOT SAVED")
        await at.keys("escape", "u")
        assert at.says("Six of ten")


def test_words_that_are_taken_out_go_from_forms_too(workspace: Workspace) -> None:
    for name in (FORM, "A-2026-002: Update"):
        drafts.keep_form(workspace, name, {"text": "x"}, by=OWNER, now=moment(0))
    redacting.redact(workspace, "a-2026-001", why="A name stood in it.", by=CO, now=moment(0))
    assert kept(workspace) is None
    assert kept(workspace, "A-2026-002: Update") == {"text": "x"}


async def test_a_draft_that_was_hurt_is_no_form(workspace: Workspace) -> None:
    drafts.keep_form(workspace, FORM, {"text": "x"}, by=OWNER, now=moment(0))
    (file,) = (workspace.root / "drafts" / drafts.FORMS).iterdir()
    file.write_bytes(file.read_bytes()[:-2])
    async with showing(workspace, TrackerScreen(), who=OWNER) as at:
        await at.keys("u")
        assert not at.says(AGAIN)


async def test_a_minute_that_was_cut_off_stands_there_again(workspace: Workspace) -> None:
    made = meetings.plan_meeting(workspace, "qa-group", days(0), papers=days(-1), chair=CO, by=CO, now=moment(-4),
                                 today=days(-4))  # fmt: skip
    meetings.open_meeting(workspace, made.id, by=CO, now=moment(0), today=days(0))
    async with showing(workspace, MeetingScreen(made.id), who=CO) as at:
        await at.keys("n", "m", '"The group notes the pressure"')
        at.app._end()  # type: ignore[attr-defined]
    async with showing(Workspace(workspace.root), MeetingScreen(made.id), who=CO) as at:
        await at.keys("n", "m")
        assert at.says("What you typed here before stands here again."), at.text


SOME = "We have written to the ward"
LATER_FORMS: dict[str, tuple[Callable[[], QAScreen], str, tuple[str, ...]]] = {
    "promise": (LateScreen, BOSS, ("p", "down")),
    "excuse": (LateScreen, BOSS, ("x",)),
    "difference": (lambda: DifferencesScreen("CE-2026-01"), BOSS, ("c",)),
    "entry of the year": (CalendarScreen, BOSS, ("n",)),
    "postponed": (CalendarScreen, BOSS, ("s", "down", "down", "down", "down", "enter")),
    "nil return": (lambda: SubmitScreen(RETURN), RATER, ("z",)),
    "note on a fact": (lambda: ScoreScreen(RETURN, "case"), RATER, ("d", "enter", "down")),
    "meeting cancelled": (MeetingsScreen, BOSS, ("x",)),
    "minutes corrected": (MeetingsScreen, BOSS, ("down", "o")),
    "let through": (lambda: ReleaseScreen(Audience.QA_GROUP, one_postcode), BOSS, ("a",)),
}


def one_postcode() -> list[Found]:
    """Something that a paper says."""
    return [Found("The letter", hit, None) for hit in identifiers.identifiers("Sent to SW1A 1AA.")]


@pytest.mark.parametrize("name", LATER_FORMS)
async def test_what_was_typed_in_any_of_these_stands_there_again_after_a_program_that_just_stopped(
    tmp_path: Path, name: str
) -> None:
    """Each of these was lost when the program was killed before it was done."""
    screen, who, keys = LATER_FORMS[name]
    at_work = a_return(a_workspace(tmp_path / "w"))
    returns.differ(at_work, RETURN, "age_band", "15 to 16", note="", by=RATER, now=START)
    programme.plan(at_work, "Early signs", Kind.CASE_FILE, "2026-12", because=Because.DATA, why="Data of the quarter.",
                   by=BOSS, now=START)  # fmt: skip
    meetings.plan_meeting(at_work, "qa-group", TODAY, chair=BOSS, by=BOSS, now=START, today=TODAY)
    meetings.open_meeting(at_work, "M-2026-001", by=BOSS, now=START, today=TODAY)
    meetings.end_meeting(at_work, "M-2026-001", [], by=BOSS, now=START, today=TODAY)
    meetings.plan_meeting(at_work, "qa-group", TODAY + timedelta(days=30), by=BOSS, now=START, today=TODAY)
    async with showing(at_work, screen(), who=who, size=(100, 40)) as at:
        await at.keys(*keys, f'"{SOME}"')
        assert at.says(SOME), at.text
        await asyncio.sleep(PAUSE_S + 0.3)
        await at.settle()
        # Nothing more is done with this program: it is as if it had been killed.
    async with showing(Workspace(at_work.root), screen(), who=who, size=(100, 40)) as at:
        await at.keys(*keys)
        assert at.says("stands here again"), at.text
        assert at.says(SOME)
