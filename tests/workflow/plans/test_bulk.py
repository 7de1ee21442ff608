"""One deed for many actions: shown first, one line, taken back at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_plans import (
    CO,
    LEAD,
    NOW,
    OTHER_LEAD,
    OWNER,
    TODAY,
    a_plan,
    an_action,
    bring,
    days,
    planned_workspace,
    states,
    yardstick,
)

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.errors import InputError, NotAllowed, Stale
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.records import Action, Update
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import undoing
from qa_toolkit.workflow.plans import bulk, progress
from qa_toolkit.workflow.plans.bulk import Change, Effect, Escalate, Extend, HandOver, Moved, Note
from qa_toolkit.workflow.plans.keeping import find

IDS = ["A-2026-001", "A-2026-002", "A-2026-003"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two in progress, one of them overdue, and one that is closed."""
    at = planned_workspace(tmp_path / "w")
    plan = a_plan(at)
    for due, state in ((60, State.IN_PROGRESS), (-20, State.IN_PROGRESS), (60, State.CLOSED)):
        bring(at, an_action(at, plan, due=due).id, state)
    return at


def look(at: Workspace, change: Change, by: str = CO) -> list[Effect]:
    before = at.actions_shelf.journal.seq
    found = bulk.preview(at, IDS, change, yardstick(at), by=by, now=NOW, today=TODAY)
    assert at.actions_shelf.journal.seq == before, "looking writes nothing"
    return found


@pytest.mark.parametrize(
    ("change", "changes", "refused"),
    [
        (
            Extend(days(100), "Nobody could be freed for it", "QA Group"),
            ("due 22 Jan 2027 → 3 Mar 2027", "due 3 Nov 2026 → 3 Mar 2027; goes to the agency lead"
             " → its owner"), "A-2026-003 is closed, so its day is not changed.",
        ),
        (
            HandOver(owner=OTHER_LEAD), ("owner o.owner@police → h.lead@health; agency police → health",) * 2,
            "A-2026-003 is closed, so nobody has to own it.",
        ),
        (
            Escalate(Rung.BUSINESS_GROUP, "The group is not satisfied"),
            ("goes to its owner → the Business Group", "goes to the agency lead → the Business Group"),
            "A-2026-003 is closed: only what is open is taken up a tier.",
        ),
        (Note("Asked again on Monday"), ("one update more",) * 2, "A-2026-003 is closed, so nobody can update it"),
        (
            Moved(Deed.HOLD, "Waits for the new law", days(30)), ("state In progress → On hold",) * 2,
            "A-2026-003 is closed, so nobody can put it on hold now",
        ),
    ],
    ids=lambda one: type(one).__name__ if not isinstance(one, str | tuple) or hasattr(one, "did") else "",
)  # fmt: skip
def test_the_preview_says_for_each_what_changes_or_why_not(
    workspace: Workspace, change: Change, changes: tuple[str, str], refused: str
) -> None:
    first, second, third = look(workspace, change)
    for effect, words in ((first, changes[0]), (second, changes[1])):
        assert effect.changes.startswith(words), effect.changes
        assert effect.refused == ""
    assert (third.changes, third.refused.startswith(refused)) == ("", True), third.refused
    # Done to those that may be, it comes to what was shown.
    seen = {**first.seen, **second.seen}
    before = workspace.actions_shelf.journal.seq
    bulk.apply(workspace, IDS[:2], change, seen=seen, by=CO, now=NOW, today=TODAY)
    assert workspace.actions_shelf.journal.seq == before + 1
    with pytest.raises(InputError):
        bulk.apply(workspace, IDS, change, by=CO, now=NOW, today=TODAY)
    assert workspace.actions_shelf.journal.seq == before + 1, "all of them or none"


def test_what_was_done_to_many_is_taken_back_at_once(workspace: Workspace) -> None:
    bulk.apply(workspace, IDS[:2], Extend(days(90), "Nobody could be freed", "QA Group"), by=CO, now=NOW, today=TODAY)
    assert find(workspace, Action, IDS[0]).due == days(90)
    assert workspace.actions_shelf.journal.line_of(workspace.actions_shelf.journal.seq).did == (
        "changed the due date of 2 actions"
    )
    undoing.take_back(workspace, by=CO, now=NOW, today=TODAY)
    assert [find(workspace, Action, id).due for id in IDS[:2]] == [days(60), days(-20)]


def test_each_is_refused_in_the_name_of_who_asks(workspace: Workspace) -> None:
    assert ["may not change a due date" in one.refused for one in look(
        workspace, Extend(days(90), "Nobody could be freed", "QA Group"), OWNER
    )] == [True, True, True]  # fmt: skip
    assert [bool(one.refused) for one in look(workspace, HandOver(owner=OWNER), LEAD)] == [False, False, True]
    with pytest.raises(NotAllowed):
        bulk.apply(workspace, IDS[:1], HandOver(owner=OWNER), by=OTHER_LEAD, now=NOW, today=TODAY)


def test_what_has_moved_since_it_was_shown_stops_all_of_it(workspace: Workspace) -> None:
    shown = look(workspace, Moved(Deed.HOLD, "Waits for the new law", days(30)))
    bulk.apply(workspace, IDS[:1], Moved(Deed.HOLD, "For another reason", days(20)), by=CO, now=NOW, today=TODAY)
    seen = {key: seq for effect in shown[:2] for key, seq in effect.seen.items()}
    with pytest.raises(Stale):
        bulk.apply(
            workspace, IDS[:2], Moved(Deed.HOLD, "Waits for it", days(30)), seen=seen, by=CO, now=NOW, today=TODAY
        )
    assert states(workspace, IDS[:2]) == [State.ON_HOLD, State.IN_PROGRESS]


def test_nothing_marked_or_nothing_said_is_named(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Mark at least one"):
        bulk.apply(workspace, [], Note("Well"), by=CO, now=NOW, today=TODAY)
    for empty, words in ((HandOver(), "Name the new owner"), (Note(" "), "Say in a sentence")):
        assert all(words in one.refused for one in look(workspace, empty))


def test_what_is_sensitive_is_not_changed_by_whom_it_is_not_for(workspace: Workspace) -> None:
    plan = find(workspace, Action, IDS[0]).plan
    from qa_toolkit.domain.plans.plan import Plan

    hidden = an_action(workspace, find(workspace, Plan, plan), sensitive=True)
    (effect,) = bulk.preview(workspace, [hidden.id], Note("Well"), yardstick(workspace), by=LEAD, now=NOW, today=TODAY)
    assert "only" in effect.refused


def test_an_update_of_many_is_one_for_each(workspace: Workspace) -> None:
    bulk.apply(workspace, IDS[:2], Note("All teams were briefed", 40), by=CO, now=NOW, today=TODAY)
    for id in IDS[:2]:
        (said,) = workspace.actions_shelf.under(Update, id)
        assert (said.text, said.progress) == ("All teams were briefed", 40)
    progress.update(workspace, IDS[:1], "And again", by=CO, now=NOW, today=TODAY)
