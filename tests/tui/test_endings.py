"""Nothing typed is lost, however the program ends; and without colours it says the same."""

from __future__ import annotations

import errno
import gc
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest
from builders_scoring import RATER, RETURN, START, a_return, a_workspace, every_type
from faulty_disk import FaultyDisk
from scoring_app import showing
from terminal import KEYS, Terminal

from qa_toolkit.domain.answers import Answer
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import QAApp
from qa_toolkit.tui.forms.row import RowScreen
from qa_toolkit.tui.scoring.concern import ConcernScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.workflow import drafts, returns

CODE = (
    "import sys; from qa_toolkit.tui.app import run; from pathlib import Path; "
    "run(Path(sys.argv[1]), sys.argv[2], remembers=False)"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    at = a_return(a_workspace(tmp_path / "w"))
    returns.answer(at, RETURN, Answer(id="S0-1", values={"answer": "yes"}), seen=None, by=RATER, now=START)
    return at


def terminal(at: Workspace, **env: str) -> Terminal:
    return Terminal([sys.executable, "-c", CODE, str(at.root), RATER], columns=80, rows=24, env=env)


def writing(at: Workspace) -> Terminal:
    """A comment half typed on PL-01."""
    screen = terminal(at)
    screen.wait_for("C01-POLICE", 30)
    screen.send(KEYS["Enter"])
    screen.wait_for("PL-01")
    screen.send("1")
    screen.wait_for("Saved")
    screen.send("c")
    screen.send("seen in the log of the")
    return screen


def kept_words(at: Workspace) -> str:
    """What is there of the comment, as a record or as a draft."""
    fresh = Workspace(at.root)
    given = fresh.ret(RETURN).answers.get("PL-01")
    found = [draft.text for draft in drafts.kept(fresh, RETURN, by=RATER)]
    return "|".join([given.comment if given else "", *found])


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM], ids=lambda how: how.name)
def test_a_closed_window_loses_nothing_that_rested(workspace: Workspace, how: signal.Signals) -> None:
    screen = writing(workspace)
    screen.wait_for("Draft kept", 10)
    os.kill(screen.pid, how)
    os.waitpid(screen.pid, 0)
    os.close(screen.fd)
    assert "seen in the log of the" in kept_words(workspace)


def test_a_program_that_is_killed_keeps_the_draft_and_offers_it_back(workspace: Workspace) -> None:
    screen = writing(workspace)
    screen.wait_for("Draft kept", 10)
    os.kill(screen.pid, signal.SIGKILL)
    os.waitpid(screen.pid, 0)
    os.close(screen.fd)
    assert "seen in the log of the" in kept_words(workspace)
    again = terminal(workspace)
    again.wait_for("C01-POLICE", 30)
    again.send(KEYS["Enter"])
    again.wait_for("draft", 10)
    again.end()


def test_ctrl_q_records_what_is_typed(workspace: Workspace) -> None:
    screen = writing(workspace)
    screen.send(KEYS["Ctrl+Q"])
    end = time.monotonic() + 15
    while os.waitpid(screen.pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < end, screen.settle()
        screen.settle(most_s=0.2)
    os.close(screen.fd)
    assert Workspace(workspace.root).ret(RETURN).answers["PL-01"].comment == "seen in the log of the"


def test_without_colours_nothing_is_coloured_and_all_is_said(workspace: Workspace) -> None:
    screen = terminal(workspace, NO_COLOR="1")
    raw: list[str] = []
    take = screen._take
    screen._take = lambda data: (raw.append(data), take(data))[1]  # type: ignore[method-assign]
    screen.wait_for("C01-POLICE", 30)
    assert "In progress" in screen.text
    screen.send(KEYS["Enter"])
    screen.wait_for("PL-01")
    screen.send("1")
    assert "(•) 1" in screen.text
    screen.end()
    styles = re.findall(r"\x1b\[([0-9;]*)m", "".join(raw))
    coloured = [
        style for style in styles
        if re.search(r"(^|;)(3[0-7]|4[0-7]|9[0-7]|10[0-7])(;|$)", re.sub(r"[34]8;(2;\d+;\d+;\d+|5;\d+)", "", style))
    ]  # fmt: skip
    # What is left are shades of grey, in which red, green and blue are the same.
    triples = re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", ";".join(styles))
    assert coloured == []
    assert [rgb for rgb in triples if max(map(int, rgb)) - min(map(int, rgb)) > 2] == []


async def test_a_full_disk_says_not_saved_and_keeps_the_text(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "PL-01"), size=(80, 24)) as at:
        await at.keys("1", "c", '"typed before"')
        whole = workspace.folder.disk
        workspace.folder.disk = FaultyDisk(0, errno.ENOSPC, for_ever=True, only=("write",))
        await at.keys("escape")
        assert at.says("NOT SAVED")
        workspace.folder.disk = whole
        await at.keys("r")
        assert not at.says("NOT SAVED")
    assert Workspace(workspace.root).ret(RETURN).answers["PL-01"].comment == "typed before"


async def test_what_a_second_program_put_is_named_and_nothing_is_overwritten(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        await at.keys("1", "c", '"mine"')
        other = Workspace(workspace.root)
        given = Answer(id="PL-01", values={"answer": "no"}, comment="theirs")
        returns.answer(other, RETURN, given, seen=None, by=RATER, now=START)
        await at.keys("escape")
        assert at.says("r records yours over it, t keeps theirs")
        assert Workspace(workspace.root).ret(RETURN).answers["PL-01"].comment == "theirs"
        await at.keys("r")
    assert Workspace(workspace.root).ret(RETURN).answers["PL-01"].comment == "mine"


async def test_a_concern_that_is_being_written_is_put_back_on_reopening(workspace: Workspace) -> None:
    async with showing(workspace, ConcernScreen(RETURN)) as at:
        await at.keys('"Seen with older men"')
        at.app._end()
    async with showing(Workspace(workspace.root), ConcernScreen(RETURN)) as at:
        assert at.says("What you were typing last time was put back.")
        assert at.says("Seen with older men")
    assert Workspace(workspace.root).ret(RETURN).concerns == {}


@pytest.mark.parametrize(
    ("keys", "comment"), [(("u", "escape"), "half a sentence"), (("o",), "")], ids=["taken-back", "thrown-out"]
)
async def test_a_draft_is_taken_back_or_thrown_out_by_the_keys_it_names(
    workspace: Workspace, keys: tuple[str, ...], comment: str
) -> None:
    drafts.keep(workspace, RETURN, "PL-01", "comment", "half a sentence", by=RATER, now=START)
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        assert at.says("Not recorded last time (the comment")
        assert at.says("u takes it back, o throws it out.")
        await at.keys(*keys)
        assert not at.says("Not recorded last time")
    given = Workspace(workspace.root).ret(RETURN).answers.get("PL-01")
    assert (given.comment if given else "") == comment
    assert drafts.kept(workspace, RETURN) == []


async def test_a_row_that_is_being_filled_in_is_offered_back(tmp_path: Path) -> None:
    at_disk = a_return(a_workspace(tmp_path / "rows", every_type()))
    async with showing(at_disk, ScoreScreen(RETURN, "T-23")) as at:
        await at.keys("down", "enter", '"3/11/2026"', "enter", "7")
        at.app._end()
    async with showing(at_disk, ScoreScreen(RETURN, "T-23")) as at:
        assert at.says("Not recorded last time (a row")
        await at.keys("u")
        assert isinstance(at.screen, RowScreen)
        assert at.says("3/11/2026")
        await at.keys("ctrl+s")
    assert at_disk.ret(RETURN).answers["T-23"].main == [{"began": "2026-11-03", "hours": 7}]


async def test_garbage_is_collected_again_once_the_first_screen_stands(workspace: Workspace) -> None:
    """The collector rests while the program starts (`qa open` turns it off); left off, memory would only grow."""
    app = QAApp(workspace, workspace.people()[RATER], now=lambda: START)
    before = gc.get_freeze_count()
    gc.disable()
    try:
        async with app.run_test() as pilot:
            await pilot.pause()
            assert gc.isenabled()
            assert gc.get_freeze_count() > before
    finally:
        gc.enable()
