"""Every deed from every state by every part: allowed as the table says, or refused with the very sentence."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from builders_plans import (
    AUDITOR,
    CHAIR,
    CO,
    COLLEAGUE,
    LEAD,
    MEMBER,
    NOW,
    OTHER_LEAD,
    OWNER,
    SCRUTINEER,
    TODAY,
    a_plan,
    an_action,
    bring,
    days,
    do,
    evidence,
    planned_workspace,
)  # fmt: skip

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import moving

D, S = Deed, State

FROM_TO: dict[Deed, dict[State, State]] = {
    D.AGREE: {S.PROPOSED: S.AGREED},
    D.START: {S.AGREED: S.IN_PROGRESS, S.REOPENED: S.IN_PROGRESS},
    D.SUBMIT: {S.AGREED: S.SUBMITTED, S.IN_PROGRESS: S.SUBMITTED, S.REOPENED: S.SUBMITTED},
    D.SEND_BACK: {S.SUBMITTED: S.IN_PROGRESS, S.VERIFIED: S.IN_PROGRESS},
    D.VERIFY: {S.SUBMITTED: S.VERIFIED},
    D.CLOSE: {S.VERIFIED: S.CLOSED},
    D.HOLD: {S.AGREED: S.ON_HOLD, S.IN_PROGRESS: S.ON_HOLD, S.REOPENED: S.ON_HOLD},
    D.RESUME: {S.ON_HOLD: S.IN_PROGRESS},
    D.SUPERSEDE: dict.fromkeys(
        (S.PROPOSED, S.AGREED, S.IN_PROGRESS, S.SUBMITTED, S.VERIFIED, S.ON_HOLD, S.REOPENED), S.SUPERSEDED
    ),
    D.REJECT: dict.fromkeys(
        (S.PROPOSED, S.AGREED, S.IN_PROGRESS, S.SUBMITTED, S.VERIFIED, S.ON_HOLD, S.REOPENED), S.REJECTED
    ),
    D.REOPEN: dict.fromkeys((S.CLOSED, S.CONFIRMED, S.SUPERSEDED, S.REJECTED), S.REOPENED),
}  # fmt: skip
"""Written out here again, so that a change of the rule has to be meant."""

DOERS = {OWNER, LEAD, CO}
DECIDERS = {CO, CHAIR}
MAY: dict[Deed, set[str]] = {
    D.AGREE: DECIDERS, D.START: DOERS, D.SUBMIT: DOERS, D.HOLD: DECIDERS, D.RESUME: DECIDERS, D.SUPERSEDE: DECIDERS,
    D.REJECT: DECIDERS, D.CLOSE: DECIDERS, D.REOPEN: {CO, CHAIR, SCRUTINEER},
    D.VERIFY: {CO, CHAIR, SCRUTINEER, MEMBER, OTHER_LEAD},
    D.SEND_BACK: {CO, CHAIR, SCRUTINEER, MEMBER, OTHER_LEAD, COLLEAGUE},
}  # fmt: skip
_WORKING = "agreed, in progress or reopened"
_LIVE = "proposed, agreed, in progress, submitted for closure, verified, on hold or reopened"
_DOERS, _DECIDERS = "its owner, the lead of its owner’s agency or a co-ordinator", "a co-ordinator or a chair"
_LOOKERS = (
    "a co-ordinator, a chair, the independent scrutineer or a member of the QA Group, or another agency’s lead"
)  # fmt: skip
SAID: dict[Deed, tuple[str, str, str]] = {
    D.AGREE: ("agree {}", "proposed", _DECIDERS),
    D.START: ("say that work on {} has begun", "agreed or reopened", _DOERS),
    D.SUBMIT: ("submit {} for closure", _WORKING, _DOERS), D.CLOSE: ("close {}", "verified", _DECIDERS),
    D.SEND_BACK: ("send {} back", "submitted for closure or verified", _LOOKERS),
    D.VERIFY: ("verify {}", "submitted for closure", _LOOKERS), D.HOLD: ("put {} on hold", _WORKING, _DECIDERS),
    D.RESUME: ("take {} off hold", "on hold", _DECIDERS), D.REJECT: ("reject {}", _LIVE, _DECIDERS),
    D.SUPERSEDE: ("put another in the place of {}", _LIVE, _DECIDERS),
    D.REOPEN: ("reopen {}", "closed, impact confirmed, superseded or rejected",
               "a co-ordinator, a chair or the independent scrutineer"),
}  # fmt: skip
"""The deed in words, what the action would have to be, and whom it is for."""


def refused_with(deed: Deed, state: State, id: str, person: str) -> str:
    """The whole sentence with which this person is refused."""
    phrase, would_be, whom = SAID[deed]
    name = person.partition("@")[0].title() if person != CO else "Cleo Co"
    if state not in FROM_TO[deed]:
        return (
            f"{id} is {state.label.lower()}, so nobody can {phrase.format('it')} now: it would have to be {would_be}."
        )
    if deed is Deed.VERIFY and person == COLLEAGUE:
        return f"{name} is of the agency that owns it (police), so somebody from elsewhere has to verify {id}."
    return f"{name} ({person}) may not {phrase.format('an action')}: that is for {whom}."


EVERYBODY = (OWNER, COLLEAGUE, LEAD, OTHER_LEAD, CO, CHAIR, MEMBER, SCRUTINEER, AUDITOR)


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[State, str]]:
    """A workspace with an action in each state."""
    workspace = planned_workspace(tmp_path_factory.mktemp("moves") / "northshire")
    plan, found = a_plan(workspace), {}
    for state in State:
        action = an_action(workspace, plan)
        bring(workspace, action.id, state)
        found[state] = action.id
    return workspace, found


@pytest.mark.parametrize(("deed", "state"), list(product(FROM_TO, State)), ids=lambda one: one.value)
def test_every_deed_from_every_state_by_everybody(
    brought: tuple[Workspace, dict[State, str]], deed: Deed, state: State
) -> None:
    workspace, ids = brought
    id, wrong = ids[state], []
    if moving.state_of(workspace, id) is not state:
        bring_again(workspace, ids, state)
        id = ids[state]
    for person in EVERYBODY:
        allowed = state in FROM_TO[deed] and person in MAY[deed]
        lines = workspace.actions_shelf.journal.seq
        try:
            if (
                deed is Deed.SUBMIT
                and state in FROM_TO[deed]
                and not moving.thread_on(workspace.actions_shelf, id).evidence
            ):
                evidence(workspace, id)
                lines += 1
            do(workspace, deed, id, by=person)
        except (InputError, NotAllowed) as error:
            if allowed:
                wrong.append(f"{person} was refused: {error}")
            if workspace.actions_shelf.journal.seq != lines or moving.state_of(workspace, id) is not state:
                wrong.append(f"{person} was refused, and something moved")
            expected = NotAllowed if state in FROM_TO[deed] else InputError
            if type(error) is not expected or str(error) != refused_with(deed, state, id, person):
                wrong.append(f"{person}: {type(error).__name__}: {error}")
        else:
            if not allowed:
                wrong.append(f"{person} was allowed")
            elif moving.state_of(workspace, id) is not FROM_TO[deed][state]:
                wrong.append(f"{person} led to {moving.state_of(workspace, id)}")
            bring_again(workspace, ids, state)
            id = ids[state]
    assert wrong == []


def bring_again(workspace: Workspace, ids: dict[State, str], state: State) -> None:
    """Another action in that state, in the place of one that has moved on."""
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, state)
    ids[state] = action.id


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return planned_workspace(tmp_path / "northshire")


def test_a_state_is_refused_in_words_that_say_what_it_would_have_to_be(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    with pytest.raises(InputError) as refused:
        do(workspace, D.VERIFY, action.id)
    assert str(refused.value) == (
        f"{action.id} is proposed, so nobody can verify it now: it would have to be submitted for closure."
    )


def test_whoever_submitted_it_does_not_verify_it(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, S.IN_PROGRESS)
    evidence(workspace, action.id)
    do(workspace, D.SUBMIT, action.id, by=CO)
    with pytest.raises(NotAllowed, match=r"Cleo Co submitted .*, so somebody else has to verify it"):
        do(workspace, D.VERIFY, action.id, by=CO)
    do(workspace, D.VERIFY, action.id, by=SCRUTINEER)


def test_nobody_verifies_for_their_own_agency_except_by_a_waiver(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, S.SUBMITTED)
    with pytest.raises(NotAllowed, match="is of the agency that owns it"):
        do(workspace, D.VERIFY, action.id, by=COLLEAGUE)
    moving.waive(
        workspace, action.id, COLLEAGUE, "Nobody else may see custody records.", "Chair", by=CO, now=NOW, today=TODAY
    )
    do(workspace, D.VERIFY, action.id, by=COLLEAGUE)
    assert moving.state_of(workspace, action.id) is S.VERIFIED


@pytest.mark.parametrize(
    ("person", "why"), [(OWNER, "a waiver is never for the owner"), (MEMBER, "so no waiver is needed")]
)
def test_a_waiver_that_nobody_needs_is_refused(workspace: Workspace, person: str, why: str) -> None:
    action = an_action(workspace, a_plan(workspace))
    with pytest.raises(InputError, match=why):
        moving.waive(workspace, action.id, person, "Because we like to.", "Chair", by=CO, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("deed", "state", "given", "why"),
    [
        (D.SUBMIT, S.IN_PROGRESS, {}, "has no evidence yet"),
        (D.VERIFY, S.SUBMITTED, {"reason": "It is all there."}, "meets its success measure"),
        (D.VERIFY, S.SUBMITTED, {"met": True}, "give a reason"),
        (D.CLOSE, S.VERIFIED, {}, "minuted decision of the Quality Assurance Group"),
        (D.HOLD, S.AGREED, {"reason": "The court has it now."}, "Name a day to come"),
        (D.HOLD, S.AGREED, {"reason": "The court has it now.", "review": TODAY}, "Name a day to come"),
        (D.REJECT, S.AGREED, {"reason": "no"}, "give a reason"),
        (D.SUPERSEDE, S.AGREED, {"reason": "Another one says it.", "successor": "A-1999-001"}, "There is no action"),
    ],
)
def test_what_a_deed_needs(workspace: Workspace, deed: Deed, state: State, given: dict[str, object], why: str) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, state)
    with pytest.raises(InputError, match=why):
        moving.move(workspace, deed, [action.id], by=CO, now=NOW, today=TODAY, **given)  # type: ignore[arg-type]
    assert moving.state_of(workspace, action.id) is state


def test_many_are_moved_in_one_line_or_none_of_them(workspace: Workspace) -> None:
    plan = a_plan(workspace)
    first, second, other = (an_action(workspace, plan).id for _ in range(3))
    before = workspace.actions_shelf.journal.seq
    moving.move(workspace, D.AGREE, [first, second], by=CO, now=NOW, today=TODAY)
    assert workspace.actions_shelf.journal.seq == before + 1
    with pytest.raises(InputError, match=f"{first} is agreed"):
        moving.move(workspace, D.AGREE, [other, first], by=CO, now=NOW, today=TODAY)
    assert moving.state_of(workspace, other) is S.PROPOSED


def test_it_is_reopened_with_all_that_it_had(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, S.CONFIRMED)
    do(workspace, D.REOPEN, action.id)
    thread = moving.thread_on(workspace.actions_shelf, action.id)
    assert thread.state is S.REOPENED
    assert [step.to for step in thread.steps][-2:] == [S.CLOSED, S.REOPENED]
    assert thread.evidence
    assert thread.judgements
    assert thread.impact.value == "not_measured"


def test_a_hold_whose_review_has_gone_by_is_late_again(workspace: Workspace) -> None:
    from builders_plans import yardstick

    from qa_toolkit.workflow.plans import tracking

    action = an_action(workspace, a_plan(workspace), due=-50)
    bring(workspace, action.id, S.ON_HOLD, on=-90)
    (row,) = tracking.rows(workspace, yardstick(workspace, -70))
    assert (row.standing.colour.value, row.standing.days_overdue) == ("grey", 0)
    (row,) = tracking.rows(workspace, yardstick(workspace))
    assert row.standing.colour.value == "red"
    assert row.standing.days_overdue > 0
    assert row.standing.since == days(-89)
