"""The desk: what is recorded, what waits because the disk refused, what somebody else changed."""

from __future__ import annotations

import errno

import pytest
from builders_scoring import RATER, RETURN, START, Clock, a_return, a_workspace
from faulty_disk import FaultyDisk

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.store.files import Disk
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.scoring.desk import Desk
from qa_toolkit.tui.scoring.edits import cleared, given, typed
from qa_toolkit.workflow import drafts, returns


@pytest.fixture
def workspace(tmp_path):
    return a_return(a_workspace(tmp_path / "w"))


@pytest.fixture
def desk(workspace):
    return Desk(workspace, RETURN, RATER, Clock())


def stored(workspace: Workspace, question: str = "PL-01") -> Answer | None:
    """What a second program finds on the disk."""
    return Workspace(workspace.root).ret(RETURN).answers.get(question)


def full(workspace: Workspace) -> None:
    workspace.folder.disk = FaultyDisk(0, errno.ENOSPC, for_ever=True, only=("write",))


def test_saved_is_said_after_another_program_can_read_it(desk, workspace):
    assert desk.give("PL-01", given("answer", "partly"))
    assert stored(workspace).values == {"answer": "partly"}
    assert desk.said.startswith("Saved ")


def test_a_full_disk_keeps_the_change_and_the_next_change_tries_again(desk, workspace):
    full(workspace)
    assert not desk.give("PL-01", typed("comment", "drifted"))
    assert desk.said.startswith("NOT SAVED")
    assert desk.shown("PL-01").comment == "drifted"
    assert stored(workspace) is None
    workspace.folder.disk = Disk()
    assert desk.give("PL-02", typed("comment", "second"))
    assert stored(workspace).comment == "drifted"
    assert not desk.pending


def test_what_somebody_else_changed_is_told_and_neither_text_is_lost(desk, workspace):
    other = Workspace(workspace.root)
    answer = Answer(id="PL-01", values={"answer": "yes"}, comment="from the other window")
    returns.answer(other, RETURN, answer, seen=None, by=RATER, now=START)
    assert not desk.give("PL-01", typed("comment", "from this window"))
    trouble = desk.trouble["PL-01"]
    assert trouble.stale
    assert RATER in trouble.sentence or "Alex" in trouble.sentence
    assert stored(workspace).comment == "from the other window"
    assert desk.shown("PL-01").comment == "from this window"
    assert not desk.retry(), "it is not put over theirs without being asked for"
    assert desk.retry(stale=True)
    assert stored(workspace).comment == "from this window"
    assert stored(workspace).values == {"answer": "yes"}, "only what was touched is put over theirs"


def test_keeping_theirs_gives_up_mine(desk, workspace):
    other = Workspace(workspace.root)
    returns.answer(other, RETURN, Answer(id="PL-01", comment="theirs"), seen=None, by=RATER, now=START)
    desk.give("PL-01", typed("comment", "mine"))
    desk.let_go("PL-01")
    assert desk.shown("PL-01").comment == "theirs"


def test_a_value_that_is_refused_leaves_what_waited(desk, workspace):
    full(workspace)
    desk.give("PL-01", typed("comment", "waits"))
    workspace.folder.disk = Disk()
    with pytest.raises(AnswerError):
        desk.give("PL-01", given("answer", "no such option"))
    assert desk.shown("PL-01").comment == "waits"


def test_clearing_is_said_as_clearing_in_the_record(desk, workspace):
    desk.give("PL-01", given("answer", "no"))
    desk.give("PL-01", cleared())
    journal = workspace.shelf(f"audits/CE-2026-01/returns/{RETURN}").journal
    assert journal.line_of(journal.seq).did == "cleared the answer"


def test_nothing_is_recorded_when_nothing_changed(desk, workspace):
    desk.give("PL-01", given("answer", "no"))
    before = desk.at.ret.last
    assert desk.give("PL-01", given("answer", "no"))
    assert desk.give("PL-02", typed("comment", ""))
    assert desk.at.ret.last == before


def test_a_draft_is_found_again_and_gone_once_it_is_dropped(desk, workspace):
    assert desk.keep_draft("PL-01", "comment", "half a sen")
    again = Desk(workspace, RETURN, RATER, Clock())
    assert again.drafts["PL-01", "comment"].text == "half a sen"
    again.drop_draft("PL-01", "comment")
    assert drafts.kept(workspace, RETURN) == []


def test_a_draft_that_cannot_be_kept_says_so(desk, workspace):
    full(workspace)
    assert not desk.keep_draft("PL-01", "comment", "x")
    assert desk.said.startswith("NOT SAVED")
