"""Every kind of decision with what it does, every refusal with its sentence, and all of it in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders_meetings import GROUP, SOCIAL, a_group, a_meeting, decide, end, items, papers
from builders_plans import (
    CHAIR,
    CO,
    COLLEAGUE,
    LEAD,
    OTHER_LEAD,
    OWNER,
    SCRUTINEER,
    an_action,
    bring,
    days,
    do,
    evidence,
    moment,
    states,
)  # fmt: skip

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.records import Action, Priority, Step
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import attending, deciding, due_dates
from qa_toolkit.workflow.plans.acting import Given
from qa_toolkit.workflow.plans.keeping import find, thread_on

K, S = Kind, State
WHY = "Because the group has seen that it is so."


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A workspace with a sitting meeting, M-2026-001, of a quorate group."""
    workspace, _ = a_group(tmp_path / "w")
    a_meeting(workspace)
    return workspace


def action_in(workspace: Workspace, state: State, **given: Any) -> str:
    """An action in that state."""
    plan = next(iter(workspace.actions_shelf.all(Plan).values()))
    action = an_action(workspace, plan, **given)
    bring(workspace, action.id, state)
    return action.id


def wants_later(workspace: Workspace, id: str, new: int = 120) -> None:
    """A later day asked for."""
    due_dates.ask_later(
        workspace, id, days(new), "The new system comes in March.", by=OWNER, now=moment(-20), today=days(-20)
    )


MOVES = [
    (K.CLOSE, S.VERIFIED, "", {}, S.CLOSED),
    (K.CLOSE, S.SUBMITTED, WHY, {"met": True}, S.CLOSED),
    (K.SEND_BACK, S.SUBMITTED, WHY, {}, S.IN_PROGRESS),
    (K.SEND_BACK, S.VERIFIED, WHY, {}, S.IN_PROGRESS),
    (K.AGREE, S.PROPOSED, "", {}, S.AGREED),
    (K.REJECT, S.PROPOSED, WHY, {}, S.REJECTED),
    (K.REJECT, S.IN_PROGRESS, WHY, {}, S.REJECTED),
    (K.HOLD, S.IN_PROGRESS, WHY, {"day": days(30)}, S.ON_HOLD),
    (K.SUPERSEDE, S.IN_PROGRESS, WHY, {}, S.SUPERSEDED),
    (K.REOPEN, S.CLOSED, WHY, {}, S.REOPENED),
    (K.CHALLENGE, S.SUBMITTED, WHY, {"due_back": days(40)}, S.IN_PROGRESS),
    (K.CHALLENGE, S.IN_PROGRESS, WHY, {"due_back": days(40)}, S.IN_PROGRESS),
    (K.ASK_MORE, S.VERIFIED, WHY, {"due_back": days(40)}, S.VERIFIED),
    (K.ESCALATE, S.IN_PROGRESS, WHY, {}, S.IN_PROGRESS),
    (K.NOTE, S.IN_PROGRESS, "", {}, S.IN_PROGRESS),
]


@pytest.mark.parametrize(
    ("kind", "state", "text", "given", "then"), MOVES, ids=[f"{kind.value}-{state.value}" for kind, state, *_ in MOVES]
)
def test_a_decision_acts_on_its_subject_in_the_same_line(
    at: Workspace, kind: Kind, state: State, text: str, given: dict[str, Any], then: State
) -> None:
    id = action_in(at, state)
    before = at.actions_shelf.journal.seq
    made = decide(at, "M-2026-001", id, kind, text, **given)
    assert at.actions_shelf.journal.seq == before + 1
    thread = thread_on(at.actions_shelf, id)
    assert thread.state is then
    assert (made.id, made.subject, made.kind, made.chair) == ("M-2026-001/D01", id, kind, CHAIR)
    assert made.text
    assert made.quorate
    if then is not state:
        assert thread.steps[-1].meeting == "M-2026-001"


def test_a_closure_is_minuted_with_who_verified_it(at: Workspace) -> None:
    made = decide(at, "M-2026-001", action_in(at, S.VERIFIED), K.CLOSE)
    assert made.text == "Cleo Co verified it on 18 Aug 2026: Because the group says that it is so."


def test_a_later_day_is_agreed_as_asked_for_or_another(at: Workspace) -> None:
    first, second = action_in(at, S.IN_PROGRESS), action_in(at, S.IN_PROGRESS)
    wants_later(at, first)
    made = decide(at, "M-2026-001", first, K.EXTEND)
    assert made.text == "23 Mar 2027 instead of 22 Jan 2027: The new system comes in March."
    thread = thread_on(at.actions_shelf, first)
    assert (thread.action.due, thread.asked[-1].answered) == (days(120), "granted")
    assert thread.date_changes[-1].decided_by == "Quality Assurance Group"
    assert thread.date_changes[-1].meeting == "M-2026-001"
    decide(at, "M-2026-001", second, K.EXTEND, "The group wants it a month later.", day=days(90))
    assert find(at, Action, second).due == days(90)


def test_a_later_day_is_refused_with_the_reason(at: Workspace) -> None:
    id = action_in(at, S.IN_PROGRESS)
    wants_later(at, id)
    made = decide(at, "M-2026-001", id, K.REFUSE_DATE, "Children wait meanwhile.")
    thread = thread_on(at.actions_shelf, id)
    assert (thread.action.due, thread.asked[-1].answered) == (days(60), "refused")
    assert made.text == "23 Mar 2027 was asked for; it stays due on 22 Jan 2027: Children wait meanwhile."


def test_what_is_taken_up_goes_one_group_further_or_to_the_one_that_is_named(at: Workspace) -> None:
    first, second = action_in(at, S.IN_PROGRESS), action_in(at, S.IN_PROGRESS)
    assert decide(at, "M-2026-001", first, K.ESCALATE, WHY).to == "the Business Group"
    assert decide(at, "M-2026-001", second, K.ESCALATE, WHY, to="main-board").to == "the Main Board"
    assert thread_on(at.actions_shelf, second).escalations[-1].meeting == "M-2026-001"


def test_an_action_of_the_group_itself_is_agreed_at_once_and_comes_back_under_matters_arising(at: Workspace) -> None:
    text = "Write to the three forces about late returns."
    made = decide(at, "M-2026-001", "returns", K.SET_ACTION, text, day=days(30), owner=OWNER)
    action = find(at, Action, made.subject)
    plan = find(at, Plan, action.plan)
    assert (plan.source, plan.tier, plan.title) == (
        Source.MEETING,
        "qa-group",
        "Actions of the Quality Assurance Group itself",
    )
    assert thread_on(at.actions_shelf, action.id).state is S.AGREED
    assert made.text == "Write to the three forces about late returns. By 23 Dec 2026."
    text = "Ask health for a named nurse."
    again = decide(at, "M-2026-001", "returns", K.SET_ACTION, text, day=days(30), owner=OWNER)
    assert find(at, Action, again.subject).plan == plan.id
    end(at, "M-2026-001")
    following = a_meeting(at, on=40)
    item = items(at, following.id, on=40)[action.id]
    assert item.section.value == "arising"
    assert item.why.startswith("This group set it. Red: past its due date")


REFUSED: list[tuple[str, Callable[[Workspace], Any], type[Exception], str]] = [
    ("closed before verified", lambda at: decide(at, "M-2026-001", action_in(at, S.SUBMITTED), K.CLOSE), InputError,
     "it would have to be verified"),
    ("no reason", lambda at: decide(at, "M-2026-001", action_in(at, S.SUBMITTED), K.SEND_BACK, "no"), InputError,
     "give a reason in a sentence"),
    ("no such action", lambda at: decide(at, "M-2026-001", "A-2026-099", K.CLOSE), NotFound, "There is no action"),
    ("no action at all", lambda at: decide(at, "M-2026-001", "returns:police", K.CLOSE), NotFound,
     "There is no action returns:police"),
    ("no day asked for", lambda at: decide(at, "M-2026-001", action_in(at, S.AGREED), K.EXTEND, WHY), InputError,
     "No later day is asked for"),
    ("nothing to refuse", lambda at: decide(at, "M-2026-001", action_in(at, S.AGREED), K.REFUSE_DATE, WHY), InputError,
     "No later day is asked for"),
    ("no day for the answer", lambda at: decide(at, "M-2026-001", "returns:police", K.ASK_MORE, WHY), InputError,
     "Name a day to come"),
    ("a day gone by", lambda at: decide(at, "M-2026-001", "returns:police", K.CHALLENGE, WHY, due_back=days(0)),
     InputError, "Name a day to come"),
    ("a step that is none", lambda at: decide(at, "M-2026-001", action_in(at, S.AGREED), K.ESCALATE, WHY, to="king"),
     InputError, "“king” is no step of the ladder"),
    ("no day for the action", lambda at: decide(at, "M-2026-001", "returns", K.SET_ACTION, WHY), InputError,
     "Name the day on which the action is due"),
    ("its own minutes", lambda at: decide(at, "M-2026-001", "M-2026-001", K.APPROVE_MINUTES), InputError,
     "approved at another meeting"),
    ("nothing to ratify", lambda at: decide(at, "M-2026-001", decide(at, "M-2026-001", "returns", K.NOTE).id, K.RATIFY),
     InputError, "does not wait to be ratified"),
    ("no meeting", lambda at: decide(at, "M-2026-009", "returns", K.NOTE), NotFound, "There is no meeting M-2026-009"),
    ("not the recorder", lambda at: decide(at, "M-2026-001", "returns", K.NOTE, by=LEAD), NotAllowed,
     "that is for a co-ordinator or a chair"),
    ("no item", lambda at: decide(at, "M-2026-001", "../../x", K.NOTE), InputError, "names no item of an agenda"),
    ("not opened", lambda at: decide(at, a_meeting(at, sits=False).id, "returns", K.NOTE), InputError,
     "M-2026-002 has not been opened: `qa meeting open M-2026-002` opens it."),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "kind", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_says_why_and_writes_nothing(
    at: Workspace, deed: Callable[[Workspace], Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind) as refused:
        deed(at)
    assert words in str(refused.value)
    assert not [one for one in at.actions_shelf.all(Decision).values() if one.kind is not K.NOTE]


# --- the chair


def test_a_chair_of_the_owning_agency_hands_over(tmp_path: Path) -> None:
    workspace, _ = a_group(tmp_path / "w")
    meeting = a_meeting(workspace, chair=COLLEAGUE, there=(OTHER_LEAD, SOCIAL, CHAIR))
    id = action_in(workspace, S.VERIFIED)
    with pytest.raises(NotAllowed) as refused:
        decide(workspace, meeting.id, id, K.CLOSE)
    assert str(refused.value) == (
        f"C.Colleague is of police, which owns {id}, so cannot chair it. `qa meeting hand-over M-2026-001 {id} WHO` "
        "names who chairs this item."
    )
    assert items(workspace, meeting.id)[id].contested == "the chair is of the agency that owns it"
    with pytest.raises(NotAllowed, match="owns"):
        hand_over(workspace, meeting.id, id, COLLEAGUE)
    with pytest.raises(InputError, match="not recorded as present"):
        hand_over(workspace, meeting.id, id, CO)
    hand_over(workspace, meeting.id, id, SOCIAL)
    assert items(workspace, meeting.id)[id].consent
    assert decide(workspace, meeting.id, id, K.CLOSE).chair == SOCIAL
    other = action_in(workspace, S.VERIFIED)
    with pytest.raises(NotAllowed):
        decide(workspace, meeting.id, other, K.CLOSE)


def test_a_group_closes_what_its_minute_taker_owns_in_the_name_of_its_chair(at: Workspace) -> None:
    """The co-ordinator at the keys owns it: the consent list was refused as a whole, though the group had decided."""
    verified, submitted = (action_in(at, S.PROPOSED, owner=CO) for _ in range(2))
    for id in (verified, submitted):
        evidence(at, id, on=-9)
        for deed in (Deed.AGREE, Deed.START, Deed.SUBMIT):
            do(at, deed, id, by=CO, on=-9)
    do(at, Deed.VERIFY, verified, by=SCRUTINEER, on=-8)
    assert items(at, "M-2026-001")[verified].consent
    consent(at, [verified])
    decide(at, "M-2026-001", submitted, K.CLOSE, WHY, met=True)
    assert states(at, [verified, submitted]) == [S.CLOSED, S.CLOSED]
    assert [at.actions_shelf.under(Step, verified)[-1].by] == [CHAIR]
    assert [(one.deed, one.by) for one in at.actions_shelf.under(Step, submitted)[-2:]] == [
        (Deed.VERIFY, CHAIR), (Deed.CLOSE, CHAIR),
    ]  # fmt: skip


def hand_over(workspace: Workspace, meeting: str, subject: str, to: str) -> None:
    """The chair for one item."""
    attending.hand_over(workspace, meeting, subject, to, by=CO, now=moment(0), today=days(0))


def interest(workspace: Workspace, meeting: str, subject: str, who: str) -> None:
    """A declared interest."""
    attending.declare_interest(
        workspace, meeting, subject, who, "managed the team", by=CO, now=moment(0), today=days(0)
    )


def test_who_declared_an_interest_neither_chairs_nor_counts(at: Workspace) -> None:
    id = action_in(at, S.VERIFIED)
    interest(at, "M-2026-001", id, CHAIR)
    with pytest.raises(NotAllowed, match="Chair declared an interest in"):
        decide(at, "M-2026-001", id, K.CLOSE)
    hand_over(at, "M-2026-001", id, SOCIAL)
    interest(at, "M-2026-001", id, OTHER_LEAD)
    assert items(at, "M-2026-001")[id].contested == "Chair, H.Lead declared an interest"
    # Without health and with two of the three left it cannot decide by itself.
    assert not decide(at, "M-2026-001", id, K.CLOSE).quorate


# --- the consent list


def test_the_consent_list_is_one_line_and_each_is_minuted(at: Workspace) -> None:
    done, later, high, put_off = (
        action_in(at, S.VERIFIED),
        action_in(at, S.IN_PROGRESS),
        action_in(at, S.VERIFIED, priority=Priority.HIGH, impact_due=days(200)),
        action_in(at, S.IN_PROGRESS),
    )
    due_dates.change_due(
        at, [put_off], days(70), "The trainer was ill for a month.", "the chair", by=CO, now=moment(-30),
        today=days(-30),
    )  # fmt: skip
    for id in (later, put_off):
        wants_later(at, id)
    found = {
        key: item.contested
        for key, item in items(at, "M-2026-001").items()
        if item.section.value in ("closures", "later_days")
    }
    assert found == {
        done: "", later: "", put_off: "its day was changed before",
        high: "it is of high priority",
    }  # fmt: skip
    before = at.actions_shelf.journal.seq
    made = consent(at, [done, later])
    assert at.actions_shelf.journal.seq == before + 1
    assert [(one.subject, one.kind, one.consent) for one in made] == [(done, K.CLOSE, True), (later, K.EXTEND, True)]
    assert all(one.text for one in made)
    wrongs = {high: "high priority", put_off: "changed before", "A-2026-099": "no closure and no later day"}
    for wrong, words in wrongs.items():
        with pytest.raises(InputError, match=words):
            consent(at, [wrong])
    with pytest.raises(InputError, match="nothing to agree"):
        consent(at, [])


def consent(workspace: Workspace, ids: list[str]) -> list[Decision]:
    """The list agreed."""
    at = papers(workspace, "M-2026-001")
    return deciding.consent(workspace, at, ids, by=CO, now=moment(0), today=days(0))


# --- between meetings


def chairs_action(
    workspace: Workspace, subject: str, kind: Kind, on: int = 10, chair: str = CHAIR, **given: Any
) -> Decision:
    """What a chair decides alone."""
    return deciding.chairs_action(
        workspace, "qa-group", subject, kind, "The inspection begins on Monday.", Given(**given), chair=chair, by=CO,
        now=moment(on), today=days(on),
    )  # fmt: skip


def test_who_owns_it_decides_nothing_of_it_as_chair_between_meetings(tmp_path: Path) -> None:
    workspace, _ = a_group(tmp_path / "w")
    id = action_in(workspace, S.PROPOSED, owner=CO)
    with pytest.raises(NotAllowed, match=f"Cleo Co owns {id}, so cannot chair it. It waits for the meeting"):
        chairs_action(workspace, id, K.REJECT, chair=CO)


def test_a_chairs_action_counts_at_once_and_the_next_meeting_ratifies_it(at: Workspace) -> None:
    id = action_in(at, S.VERIFIED)
    with pytest.raises(InputError, match="M-2026-001 of the Quality Assurance Group is sitting: it decides itself"):
        chairs_action(at, id, K.CLOSE, on=0)
    end(at, "M-2026-001")
    with pytest.raises(NotAllowed, match="It waits for the meeting, or for another chair"):
        chairs_action(at, id, K.CLOSE, chair=COLLEAGUE)
    made = chairs_action(at, id, K.CLOSE)
    assert (made.id, made.meeting, made.to_ratify) == ("CA-2026-001", "", True)
    assert thread_on(at.actions_shelf, id).steps[-1].meeting == "CA-2026-001"
    second = a_meeting(at, on=42)
    item = items(at, second.id, on=42)["CA-2026-001"]
    assert item.why == "Chair’s action between meetings on 3 Dec 2026: this meeting says whether it stands by it."
    decide(at, second.id, "CA-2026-001", K.RATIFY, on=42)
    assert deciding.find_decision(at, "CA-2026-001").ratified_by == second.id
    assert "CA-2026-001" in items(at, second.id, on=42)
    end(at, second.id, on=42)
    third = a_meeting(at, on=84)
    assert "CA-2026-001" not in items(at, third.id, on=84)
    end(at, third.id, on=84)
    with pytest.raises(InputError, match="for a meeting, not for a chair alone"):
        chairs_action(at, "CA-2026-001", K.RATIFY, on=100)


def test_a_chairs_action_that_the_group_does_not_stand_by_is_dealt_with_and_stays_done(at: Workspace) -> None:
    id = action_in(at, S.VERIFIED)
    end(at, "M-2026-001")
    chairs_action(at, id, K.CLOSE)
    second = a_meeting(at, on=42)
    with pytest.raises(InputError, match="Say in a sentence why the group does not stand by CA-2026-001"):
        decide(at, second.id, "CA-2026-001", K.NOT_RATIFIED, on=42)
    made = decide(at, second.id, "CA-2026-001", K.NOT_RATIFIED, "It could have waited.", on=42)
    assert made.text == f"It could have waited. What it did to {id} stays until the group decides on that."
    assert thread_on(at.actions_shelf, id).state is S.CLOSED
    decide(at, second.id, id, K.REOPEN, WHY, on=42)
    end(at, second.id, on=42)
    assert "CA-2026-001" not in items(at, a_meeting(at, on=84).id, on=84)


def test_what_is_decided_without_a_quorum_waits_for_the_next_meeting(tmp_path: Path) -> None:
    workspace, _ = a_group(tmp_path / "w")
    meeting = a_meeting(workspace, there=(COLLEAGUE, CO))
    id = action_in(workspace, S.VERIFIED)
    made = decide(workspace, meeting.id, id, K.CLOSE)
    assert not made.quorate
    end(workspace, meeting.id)
    poor = a_meeting(workspace, on=30, there=())
    item = items(workspace, poor.id, on=30)[made.id]
    assert item.why.startswith("Decided without a quorum on 23 Nov 2026")
    with pytest.raises(InputError, match="without a quorum cannot ratify"):
        decide(workspace, poor.id, made.id, K.RATIFY, on=30)
    attending.attend(workspace, poor.id, GROUP, by=CO, now=moment(30), today=days(30))
    assert decide(workspace, poor.id, made.id, K.RATIFY, on=30).text.startswith("Closed: Cleo Co verified it")


def test_what_was_asked_for_comes_back_with_its_answer(at: Workspace) -> None:
    id = action_in(at, S.IN_PROGRESS)
    made = decide(at, "M-2026-001", id, K.ASK_MORE, "Show the ten files that were looked at.", due_back=days(30))
    assert made.to == OWNER
    end(at, "M-2026-001")
    second = a_meeting(at, on=42)
    why = items(at, second.id, on=42)[made.id].why
    assert why == "Due back on 23 Dec 2026. Nothing came back from O.Owner (police) yet."

    def answer(decision: str, by: str) -> None:
        deciding.answer(at, decision, "Nine of the ten had the interview.", by=by, now=moment(42), today=days(42))

    with pytest.raises(NotAllowed, match="may not answer"):
        answer(made.id, OTHER_LEAD)
    answer(made.id, LEAD)
    with pytest.raises(InputError, match="was answered on 4 Jan 2027 already"):
        answer(made.id, LEAD)
    with pytest.raises(InputError, match="asks for nothing to come back"):
        answer(decide(at, second.id, "returns", K.NOTE, on=42).id, CO)
    assert items(at, second.id, on=42)[made.id].why.endswith("Answered: Nine of the ten had the interview.")
    decide(at, second.id, made.id, K.NOTE, on=42)
    end(at, second.id, on=42)
    assert made.id not in items(at, a_meeting(at, on=84).id, on=84)


def test_minutes_are_a_draft_until_the_next_meeting_of_the_same_group_approves_them(at: Workspace) -> None:
    end(at, "M-2026-001")
    assert find(at, Meeting, "M-2026-001").stage.value == "draft"
    board = a_meeting(at, on=20, tier="main-board")
    with pytest.raises(InputError, match="approved at another meeting of the same group"):
        decide(at, board.id, "M-2026-001", K.APPROVE_MINUTES, on=20)
    second = a_meeting(at, on=42)
    assert items(at, second.id, on=42)["M-2026-001"].why == "They are a draft until this meeting approves them."
    decide(at, second.id, "M-2026-001", K.APPROVE_MINUTES, on=42)
    assert find(at, Meeting, "M-2026-001").approved_by == second.id
    with pytest.raises(InputError, match="no draft minutes to approve"):
        decide(at, second.id, "M-2026-001", K.APPROVE_MINUTES, on=42)
    with pytest.raises(InputError, match="`qa meeting correct M-2026-001` adds a dated line"):
        attending.attend(at, "M-2026-001", [CO], by=CO, now=moment(42), today=days(42))
