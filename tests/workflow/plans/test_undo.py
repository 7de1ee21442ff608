"""Taking a deed back: what was stands again, and where something was built on it or holds it, the refusal says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_plans import (
    CHAIR,
    CO,
    LEAD,
    MEMBER,
    NOW,
    OWNER,
    TODAY,
    a_plan,
    an_action,
    bring,
    days,
    do,
    evidence,
    moment,
    planned_workspace,
    yardstick,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.meetings import Meeting
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.undoing import Doc, Pack, Undone, built_on, held
from qa_toolkit.store import exports, redaction
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow import undoing
from qa_toolkit.workflow.plans import actions, due_dates, keeping, moving, progress, recommendations, tracking


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return planned_workspace(tmp_path / "northshire")


def undo(workspace: Workspace, line: int | None = None, by: str = CO) -> Undone:
    return undoing.take_back(workspace, line, by=by, now=NOW, today=TODAY)


def last(workspace: Workspace) -> int:
    return workspace.actions_shelf.journal.seq


def documents(workspace: Workspace) -> dict[str, dict[str, object]]:
    """Everything that stands, without the notes of what was taken back."""
    journal = workspace.actions_shelf.journal
    kept = {table: dict(journal.docs(table)) for table in journal.tables() - {Undone.table}}
    return {table: found for table, found in kept.items() if found}


def test_one_new_line_puts_back_what_was_and_says_so(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.AGREED)
    before, line = documents(workspace), last(workspace)
    due_dates.change_due(workspace, [action.id], days(90), "The court has two files.", "QA Group", by=CO, now=NOW,
                         today=TODAY)  # fmt: skip
    made = undo(workspace)
    assert documents(workspace) == before
    assert (made.id, made.did, made.by) == (str(line + 1), "changed a due date", CO)
    assert last(workspace) == line + 2
    assert workspace.actions_shelf.journal.line_of(line + 2).did == f"took back line {line + 1}: changed a due date"


def test_many_actions_in_one_line_are_one_undo(workspace: Workspace) -> None:
    plan = a_plan(workspace)
    ids = [an_action(workspace, plan).id for _ in range(3)]
    moving.move(workspace, Deed.AGREE, ids, by=CO, now=NOW, today=TODAY)
    undo(workspace)
    assert [moving.state_of(workspace, id) for id in ids] == [State.PROPOSED] * 3
    (first, *_) = tracking.rows(workspace, yardstick(workspace))
    assert first.standing.state is State.PROPOSED


def test_a_number_is_not_given_again(workspace: Workspace) -> None:
    plan = a_plan(workspace)
    gone = an_action(workspace, plan)
    undo(workspace)
    with pytest.raises(NotFound, match=gone.id):
        keeping.find(workspace, Action, gone.id)
    assert an_action(workspace, plan).id > gone.id


def test_deeds_are_taken_back_one_after_the_other_and_brought_again(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    proposed = documents(workspace)
    bring(workspace, action.id, State.IN_PROGRESS)
    begun = documents(workspace)
    undo(workspace, by=OWNER)
    undo(workspace)
    assert documents(workspace) == proposed
    again, once_more = last(workspace), last(workspace) - 1
    undo(workspace, again)
    undo(workspace, once_more)
    assert documents(workspace) == begun


def test_what_was_taken_back_is_not_taken_back_again(workspace: Workspace) -> None:
    an_action(workspace, a_plan(workspace))
    line = last(workspace)
    undo(workspace)
    with pytest.raises(InputError, match=f"Line {line} .* was taken back already"):
        undo(workspace, line)


def test_a_later_line_on_the_same_thing_is_named(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.AGREED)
    line = last(workspace)
    do(workspace, Deed.START, action.id)
    with pytest.raises(InputError) as refused:
        undo(workspace, line)
    assert str(refused.value) == (
        f"Line {line} (agreed an action) cannot be taken back: line {line + 1} stands on it: {OWNER} began an action "
        f"on 23 Nov 2026 09:00 ({action.id}/S03). Take that back first, or put it right with a later deed."
    )


@pytest.mark.parametrize("what", ["an update of it", "evidence of it", "a recommendation of the plan", "an answer"])
def test_what_was_built_on_it_in_other_records_counts_too(workspace: Workspace, what: str) -> None:
    plan = a_plan(workspace)
    if what in ("a recommendation of the plan", "an answer"):
        line = last(workspace)
        made = recommendations.recommend(workspace, plan.id, "Screen at the first episode", by=CO, now=NOW, today=TODAY)
        if what == "an answer":
            line = last(workspace)
            recommendations.respond(
                workspace, made.id, recommendations.Responded.ACCEPTED, by_whom="Head", by=CO, now=NOW, today=TODAY
            )
    else:
        action = an_action(workspace, plan)
        line = last(workspace)
        if what == "an update of it":
            progress.update(workspace, [action.id], "Six are read", by=CO, now=NOW, today=TODAY)
        else:
            evidence(workspace, action.id)
    with pytest.raises(InputError, match=f"line {line + 1} stands on it"):
        undo(workspace, line)


def test_what_was_done_and_taken_back_does_not_stand_in_the_way(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.AGREED)
    line = last(workspace)
    do(workspace, Deed.START, action.id)
    undo(workspace, line + 1)
    undo(workspace, line)
    assert moving.state_of(workspace, action.id) is State.PROPOSED


def test_another_action_does_not_stand_in_the_way(workspace: Workspace) -> None:
    plan = a_plan(workspace)
    first, second = an_action(workspace, plan).id, an_action(workspace, plan).id
    do(workspace, Deed.AGREE, first)
    line = last(workspace)
    do(workspace, Deed.AGREE, second)
    undo(workspace, line)
    assert moving.state_of(workspace, first) is State.PROPOSED


def test_a_handover_puts_the_acceptance_back(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    actions.accept(workspace, action.id, True, by=OWNER, now=NOW, today=TODAY)
    before = documents(workspace)
    actions.hand_over(workspace, [action.id], owner=LEAD, by=CO, now=NOW, today=TODAY)
    assert moving.thread_on(workspace.actions_shelf, action.id).acceptance is None
    undo(workspace)
    assert documents(workspace) == before


def test_only_whoever_did_it_a_coordinator_or_a_chair_takes_it_back(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.IN_PROGRESS)
    line = last(workspace)
    with pytest.raises(NotAllowed, match=rf"Line {line} is o.owner@police’s"):
        undo(workspace, line, by=MEMBER)
    with pytest.raises(NotFound, match="You have recorded nothing"):
        undo(workspace, by=MEMBER)
    undo(workspace, line, by=CHAIR)


def test_a_line_that_is_not_there_or_holds_nothing_is_refused(workspace: Workspace) -> None:
    for line in (0, -1, last(workspace) + 1):
        with pytest.raises(NotFound, match="has no line"):
            undo(workspace, line)
    with pytest.raises(InputError, match="changed nothing that could be put back"):
        undo(workspace, 1)


def test_what_was_released_stays(workspace: Workspace, tmp_path: Path) -> None:
    action = an_action(workspace, a_plan(workspace))
    do(workspace, Deed.AGREE, action.id)
    line = last(workspace)
    pack = tmp_path / "group-pack.xlsx"
    pack.write_bytes(b"a pack")
    exports.note(
        workspace.folder, pack, kind="pack", subject="qa-group", audience="qa_group", by=CO, now=moment(0),
        journals=[ACTIONS],
    )  # fmt: skip
    with pytest.raises(InputError, match=r"“group-pack.xlsx”, released on 23 Nov 2026, was made with it"):
        undo(workspace, line)
    do(workspace, Deed.START, action.id)
    undo(workspace, line + 1)


def test_a_pack_of_other_records_and_a_broken_note_hold_nothing(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, a_plan(workspace))
    file = tmp_path / "audit.xlsx"
    file.write_bytes(b"an audit")
    exports.note(
        workspace.folder, file, kind="workbook", subject="CE", audience="panel", by=CO, now=NOW,
        journals=["partnership"],
    )  # fmt: skip
    for number, kind in enumerate(sorted(exports.NO_PACK)):
        exports.note(
            workspace.folder, file, kind=kind, subject=f"X-{number}", audience="qa_group", by=CO, now=NOW,
            journals=[ACTIONS],
        )  # fmt: skip
    (workspace.root / "exports" / "z.json").write_text("[]", encoding="utf-8")
    assert [pack.file for pack in exports.released(workspace.folder)] == ["audit.xlsx"]
    undo(workspace)


def test_approved_minutes_stay(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.VERIFIED)
    with workspace.change(ACTIONS, by=CO, did="called a meeting", now=NOW) as change:
        change.put(Meeting(id="M-2026-001", tier="qa-group", day=date(2026, 11, 20), papers=date(2026, 11, 13)))
    do(workspace, Deed.CLOSE, action.id)
    line = last(workspace)
    meeting = keeping.find(workspace, Meeting, "M-2026-001")
    with workspace.change(ACTIONS, by=CO, did="approved minutes", now=NOW) as change:
        change.put(meeting.model_copy(update={"approved_at": NOW, "approved_by": "M-2027-001"}))
    for number in (line, line + 1):
        with pytest.raises(InputError, match="the minutes of M-2026-001, which were approved, hold it"):
            undo(workspace, number)


def test_words_that_were_taken_out_do_not_come_back(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace), text="Audit the file of Jane Example")
    named = last(workspace)
    actions.correct(workspace, action.id, {"text": "Audit ten files"}, by=CO, now=NOW, today=TODAY)
    corrected = last(workspace)
    journal = workspace.actions_shelf.journal
    stays = [(table, id, journal.doc(table, id) or {}) for table, id in redaction.affected(journal, named)]
    redaction.redact(journal, named, by=CO, why="a name was typed", now=NOW, puts=stays)
    with pytest.raises(InputError, match="was taken out of the record, so it cannot be put back"):
        undo(workspace, corrected)
    with pytest.raises(InputError, match=r"were taken out of the record, so it has to stay"):
        undo(workspace, named)


def test_the_list_says_which_lines_can_be_taken_back(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    do(workspace, Deed.AGREE, action.id)
    listed = list(undoing.recent(workspace, by=CO, count=3))
    assert [one.line.did for one in listed] == ["agreed an action", "proposed an action", "opened a plan"]
    assert listed[0].refused == ""
    assert "stands on it" in listed[1].refused


def test_what_is_sensitive_is_not_listed_for_others(workspace: Workspace) -> None:
    an_action(workspace, a_plan(workspace), sensitive=True)
    assert [one.line.did for one in undoing.recent(workspace, by=MEMBER, count=2)] == ["opened a plan"]


@given(deeds=st.lists(st.sampled_from(["agree", "update", "evidence", "date", "milestone", "start"]), max_size=6))
@settings(max_examples=20, deadline=None)
def test_whatever_was_done_taking_all_of_it_back_leaves_what_was(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[str]
) -> None:
    workspace = planned_workspace(tmp_path_factory.mktemp("undo") / "northshire")
    action = an_action(workspace, a_plan(workspace))
    stood = [documents(workspace)]
    for number, deed in enumerate(deeds):
        before = last(workspace)
        try:
            _do(workspace, deed, action.id, number)
        except InputError:
            continue
        assert last(workspace) == before + 1
        stood.append(documents(workspace))
    while len(stood) > 1:
        stood.pop()
        undo(workspace)
        assert documents(workspace) == stood[-1]


def _do(workspace: Workspace, deed: str, id: str, number: int) -> None:
    if deed == "agree":
        do(workspace, Deed.AGREE, id)
    elif deed == "start":
        do(workspace, Deed.START, id, by=CO)
    elif deed == "update":
        progress.update(workspace, [id], f"Update {number}", progress=number, by=CO, now=NOW, today=TODAY)
    elif deed == "evidence":
        evidence(workspace, id)
    elif deed == "milestone":
        progress.add_milestone(workspace, id, f"Step {number}", days(20), by=CO, now=NOW, today=TODAY)
    else:
        due_dates.change_due(
            workspace, [id], days(100 + number), "The court has two files.", "QA Group", by=CO, now=NOW, today=TODAY
        )


@pytest.mark.parametrize(
    ("later", "stands"),
    [
        (Doc("actions", "A-1", 5, {}), True),
        (Doc("updates", "A-1/U001", 5, {}), True),
        (Doc("updates", "A-2/U001", 5, {}), False),
        (Doc("decisions", "M-1/D01", 5, {"subject": "A-1"}), True),
        (Doc("decisions", "M-1/D01", 5, {"subject": "A-2", "items": ["x", {"of": "A-1"}]}), True),
        (Doc("decisions", "M-1/D01", 5, {"subject": "A-10"}), False),
        (Doc("decisions", "M-1/D01", 5, None), False),
        (Doc("undone", "3", 5, {"stood": [{"id": "A-1"}]}), False),
    ],
)
def test_what_stands_on_a_proposal(later: Doc, stands: bool) -> None:
    touched = [Doc("actions", "A-1", 4, {}), Doc("steps", "A-1/S01", 4, {})]
    found = built_on(touched, {("actions", "A-1"), ("steps", "A-1/S01")}, [later])
    assert (found is later) is stands


def test_a_pack_holds_what_was_there_when_it_was_made() -> None:
    pack = Pack("pack.xlsx", NOW, {"actions": 7})
    assert held("actions", 7, [], packs=[pack], approved=())
    assert held("actions", 8, [], packs=[pack], approved=()) is None
    assert held("partnership", 7, [], packs=[pack], approved=()) is None
