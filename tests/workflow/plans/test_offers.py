"""A screen offers what the verbs allow and nothing else: tried by everybody, in every state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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
    WAY,
    a_plan,
    an_action,
    bring,
    days,
    evidence,
    moment,
    planned_workspace,
)

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.meetings import Kind
from qa_toolkit.domain.plans.offers import Offer, decidable, offers
from qa_toolkit.domain.plans.records import EvidenceKind, Impact
from qa_toolkit.domain.plans.standing import brief_of
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.meetings.between import KINDS
from qa_toolkit.workflow.plans import actions, deciding, due_dates, judging, keeping, moving, progress
from qa_toolkit.workflow.plans.acting import Given

EVERYBODY = (CO, OWNER, COLLEAGUE, LEAD, OTHER_LEAD, CHAIR, MEMBER, SCRUTINEER, AUDITOR)
REASON = "Because the group says that it is so."


class Allowed(Exception):
    """The verb had nothing against it; what it would have written is thrown away."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One action in each state with a milestone, most with evidence, and one that has neither."""
    at = planned_workspace(tmp_path_factory.mktemp("w") / "w")
    plan = a_plan(at)
    for state in WAY:
        action = an_action(at, plan)
        progress.add_milestone(at, action.id, "Half of it", days(1), by=CO, now=moment(-150), today=days(-150))
        if state not in (State.CLOSED, State.CONFIRMED, State.REOPENED):
            evidence(at, action.id, -150)
        bring(at, action.id, state)
    an_action(at, plan)
    bring(at, f"A-2026-{len(WAY) + 1:03}", State.IN_PROGRESS)
    return at


def verb(offer: Offer, at: Workspace, id: str, other: str, by: str) -> None:
    """The deed with all that it needs."""
    day: dict[str, Any] = {"by": by, "now": NOW, "today": TODAY}
    deeds: dict[Offer, Callable[[], object]] = {
        Offer.UPDATE: lambda: progress.update(at, [id], "It goes well", **day),
        Offer.EVIDENCE: lambda: progress.add_evidence(at, id, EvidenceKind.DATA, "Dashboard of May", TODAY, **day),
        Offer.MILESTONE: lambda: progress.add_milestone(at, id, "Half of it", days(1), **day),
        Offer.REACH: lambda: progress.reach_milestone(at, f"{id}/M01", TODAY, **day),
        Offer.CORRECT: lambda: actions.correct(at, id, {"measure": "8 of 10 files"}, why=REASON, **day),
        Offer.ASK_LATER: lambda: due_dates.ask_later(at, id, days(400), REASON, **day),
        Offer.EXTEND: lambda: due_dates.change_due(at, [id], days(400), REASON, "QA Group", **day),
        Offer.ACCEPT: lambda: actions.accept(at, id, True, **day),
        Offer.REFUSE: lambda: actions.accept(at, id, False, reason=REASON, **day),
        Offer.HAND_OVER: lambda: actions.hand_over(at, [id], agency="health", **day),
        Offer.ESCALATE: lambda: judging.escalate(at, id, Rung.MAIN_BOARD, REASON, **day),
        Offer.JUDGE: lambda: judging.judge(at, id, Impact.SOME, "Re-audit CE-2026-02", **day),
        Offer.WAIVE: lambda: moving.waive(at, id, COLLEAGUE, REASON, "QA Group chair", **day),
    }  # fmt: skip
    if offer in deeds:
        deeds[offer]()
    else:
        moving.move(at, Deed(offer.value), [id], reason=REASON, met=True, review=days(30), successor=other, **day)


@pytest.mark.parametrize("by", EVERYBODY)
def test_what_is_offered_is_what_the_verbs_allow(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    real = keeping.stroke

    @contextmanager
    def looked_at(*args: Any, **given: Any) -> Iterator[Any]:
        with real(*args, **given) as line:
            yield line
            raise Allowed

    for module in (actions, due_dates, judging, moving, progress):
        monkeypatch.setattr(module, "stroke", looked_at)
    person, ids = workspace.people()[by], [f"A-2026-{n:03}" for n in range(1, len(WAY) + 2)]
    wrong = []
    for number, id in enumerate(ids):
        offered = offers(brief_of(keeping.thread_on(workspace.actions_shelf, id)), person, today=TODAY)
        for offer in Offer:
            try:
                verb(offer, workspace, id, ids[number - 1], by)
                raise AssertionError("it was written")
            except Allowed:
                allowed = True
            except InputError:
                allowed = False
            if allowed != (offer in offered):
                wrong.append((id, moving.state_of(workspace, id), offer, allowed))
    assert wrong == []


def test_nobody_who_has_gone_is_offered_anything(workspace: Workspace) -> None:
    gone = workspace.people()[CO].model_copy(update={"until": days(-1)})
    assert offers(brief_of(keeping.thread_on(workspace.actions_shelf, "A-2026-001")), gone, today=TODAY) == []


def test_closing_is_offered_where_no_minute_is_needed_and_verifying_where_it_was_waived(workspace: Workspace) -> None:
    people, shelf = workspace.people(), workspace.actions_shelf
    ids = {state: f"A-2026-{n:03}" for n, state in enumerate(WAY, start=1)}
    verified = brief_of(keeping.thread_on(shelf, ids[State.VERIFIED]))
    assert Offer.CLOSE in offers(verified, people[CO], today=TODAY, minute_needed=False)
    assert Offer.CLOSE not in offers(verified, people[CO], today=TODAY)
    submitted = brief_of(keeping.thread_on(shelf, ids[State.SUBMITTED]))
    assert Offer.VERIFY not in offers(submitted, people[COLLEAGUE], today=TODAY)
    assert Offer.VERIFY in offers(submitted, people[COLLEAGUE], today=TODAY, waived=True)


GIVEN: dict[Kind, Given] = {
    Kind.CLOSE: Given(met=True), Kind.EXTEND: Given(day=days(400)), Kind.HOLD: Given(day=days(30)),
    Kind.ASK_MORE: Given(due_back=days(30)), Kind.CHALLENGE: Given(due_back=days(30)),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_chair_may_decide_is_what_the_verb_allows(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    real = keeping.stroke

    @contextmanager
    def looked_at(*args: Any, **given: Any) -> Iterator[Any]:
        with real(*args, **given) as line:
            yield line
            raise Allowed

    monkeypatch.setattr(deciding, "stroke", looked_at)
    ids = [f"A-2026-{n:03}" for n in range(1, len(WAY) + 2)]
    wrong = []
    for number, id in enumerate(ids):
        brief = brief_of(keeping.thread_on(workspace.actions_shelf, id))
        given = GIVEN.get(kind, Given())._replace(successor=ids[number - 1] if kind is Kind.SUPERSEDE else "")
        try:
            deciding.chairs_action(
                workspace, "qa-group", id, kind, REASON, given, chair=CHAIR, by=CO, now=NOW, today=TODAY
            )  # fmt: skip
        except Allowed:
            allowed = True
        except InputError as error:
            allowed, said = False, str(error)
        if allowed != decidable(kind, brief):
            wrong.append((id, brief.state, allowed, "" if allowed else said))
    assert wrong == []
