"""Words that should never have been typed leave plans, actions and their reasons, wherever they stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_plans import CO, NOW, OWNER, TODAY, a_plan, an_action, bring, days, planned_workspace

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store import heads
from qa_toolkit.store.verify import verify_journal
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow.plans import actions, due_dates, keeping, moving, progress, redacting

NAME = "Jane Example"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return planned_workspace(tmp_path / "northshire")


def kept(workspace: Workspace) -> str:
    return (workspace.root / f"{ACTIONS}.journal").read_text(encoding="utf-8")


def test_a_name_is_gone_wherever_it_stood_and_the_rest_stays(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace), text=f"Audit the file of {NAME}")
    other = an_action(workspace, a_plan(workspace))
    actions.correct(workspace, action.id, {"measure": f"{NAME} is safe"}, by=CO, now=NOW, today=TODAY)
    actions.hand_over(workspace, [action.id, other.id], owner=OWNER, why=f"{NAME} moved", by=CO, now=NOW, today=TODAY)
    assert NAME in kept(workspace)
    assert redacting.redact(workspace, action.id.lower(), why="a name was typed", by=CO, now=NOW) == 3
    assert NAME not in kept(workspace)
    now = keeping.find(workspace, Action, action.id)
    assert (now.text, now.measure, now.owner) == ("(taken out)", "(taken out)", OWNER)
    assert keeping.find(workspace, Action, other.id).text.startswith("Audit ten files")
    assert verify_journal(workspace.folder, ACTIONS).faults == ()
    assert heads.head_of(workspace.folder, ACTIONS).seq == workspace.actions_shelf.journal.seq


def test_what_was_typed_as_a_reason_is_in_no_part_of_the_line_that_has_to_stay(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.IN_PROGRESS)
    moving.move(
        workspace, Deed.HOLD, [action.id], reason=f"{NAME} is in court", review=days(9), by=CO, now=NOW, today=TODAY
    )
    due_dates.change_due(workspace, [action.id], days(90), f"{NAME} is away", "QA Group", by=CO, now=NOW, today=TODAY)
    for id in (f"{action.id}/S04", f"{action.id}/D01"):
        redacting.redact(workspace, id, why="a name was typed", by=CO, now=NOW)
    assert NAME not in kept(workspace)
    thread = moving.thread_on(workspace.actions_shelf, action.id)
    assert (thread.state, thread.action.due, thread.steps[-1].reason) == (State.ON_HOLD, days(90), "(taken out)")


@pytest.mark.parametrize(("by", "why", "said"), [(OWNER, "a name", "Only a co-ordinator"), (CO, " ", "Say why")])
def test_who_may_and_with_what(workspace: Workspace, by: str, why: str, said: str) -> None:
    action = an_action(workspace, a_plan(workspace))
    with pytest.raises((InputError, NotAllowed), match=said):
        redacting.redact(workspace, action.id, why=why, by=by, now=NOW)


def test_what_is_gone_already_is_said_to_be(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    (made,) = progress.update(workspace, [action.id], "Well", by=CO, now=NOW, today=TODAY)
    assert redacting.holds(workspace, made.id)
    assert not redacting.holds(workspace, f"{action.id}/U009")
    redacting.redact(workspace, made.id, why="a name was typed", by=CO, now=NOW)
    with pytest.raises(InputError, match="Nothing that was typed is left"):
        redacting.redact(workspace, made.id, why="a name was typed", by=CO, now=NOW)
