"""What somebody may do to an action as it stands, so that a screen offers that and nothing else.

The rules are those that the verbs hold it against; a test tries each of them by everybody in every state.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.lifecycle import (
    MOVES,
    ORGANISERS,
    PLANNERS,
    Deed,
    Part,
    State,
    independent,
    parts_of,
    refusal,
)
from qa_toolkit.domain.plans.meetings import Kind
from qa_toolkit.domain.plans.standing import Brief


class Offer(StrEnum):
    """One thing that can be done; those that move its life are called as their deed is."""

    UPDATE = "update"
    EVIDENCE = "evidence"
    ASK_LATER = "ask_later"
    MILESTONE = "milestone"
    REACH = "reach"
    ACCEPT = "accept"
    REFUSE = "refuse"
    START = "start"
    SUBMIT = "submit"
    AGREE = "agree"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    CLOSE = "close"
    JUDGE = "judge"
    EXTEND = "extend"
    HAND_OVER = "hand_over"
    ESCALATE = "escalate"
    HOLD = "hold"
    RESUME = "resume"
    REOPEN = "reopen"
    SUPERSEDE = "supersede"
    REJECT = "reject"
    WAIVE = "waive"
    CORRECT = "correct"

    @property
    def label(self) -> str:
        """It as a list offers it."""
        return _LABELS[self]


_LABELS: Final = {
    Offer.UPDATE: "Update: say how it goes", Offer.EVIDENCE: "Evidence: where it can be seen",
    Offer.ASK_LATER: "Ask for a later day", Offer.MILESTONE: "Milestone: a day on the way",
    Offer.REACH: "Say that a milestone is reached", Offer.CORRECT: "Correct its facts: words, measure, themes, group",
    Offer.ACCEPT: "Take it on", Offer.REFUSE: "Refuse it, with the reason", Offer.START: "Say that work has begun",
    Offer.SUBMIT: "Submit it for closure", Offer.AGREE: "Agree it", Offer.VERIFY: "Verify it: the evidence is seen",
    Offer.SEND_BACK: "Send it back, with what is missing", Offer.CLOSE: "Close it",
    Offer.JUDGE: "Judge what difference it made", Offer.EXTEND: "Change its due date",
    Offer.HAND_OVER: "Hand it over to another owner", Offer.ESCALATE: "Take it up a tier",
    Offer.HOLD: "Put it on hold", Offer.RESUME: "Take it off hold", Offer.REOPEN: "Reopen it",
    Offer.SUPERSEDE: "Put another action in its place", Offer.REJECT: "Reject it, with the reason",
    Offer.WAIVE: "Let somebody verify who is not independent",
}  # fmt: skip
_WORK: Final = frozenset({Offer.UPDATE, Offer.EVIDENCE, Offer.ASK_LATER, Offer.MILESTONE, Offer.REACH})
_ORGANISE: Final = frozenset({Offer.EXTEND, Offer.ESCALATE, Offer.WAIVE})


def offers(
    brief: Brief, person: Person, *, today: date, waived: bool = False, minute_needed: bool = True
) -> list[Offer]:
    """What this person may do now; `waived` that they may verify although they are not independent.

    Closing is for a meeting where its group's decisions are minuted (`minute_needed`).
    """
    if not person.active(today):
        return []
    return [one for one in Offer if _may(one, brief, person, waived, minute_needed)]


def _may(offer: Offer, brief: Brief, person: Person, waived: bool, minute_needed: bool) -> bool:
    action, state = brief.action, brief.state
    parts = parts_of(person, action.owner, action.agency)
    if offer is Offer.REACH and not brief.milestones:
        return False
    if offer is Offer.CORRECT:
        return person.is_(*(PLANNERS if state is State.PROPOSED else ORGANISERS))
    if offer in _WORK:
        return bool(parts & {Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR}) and not state.ended
    if offer in (Offer.ACCEPT, Offer.REFUSE):
        return bool(parts & {Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR}) and state.live
    if offer is Offer.HAND_OVER:
        return bool(parts & {Part.COORDINATOR, Part.CHAIR, Part.OWNER_LEAD}) and not state.ended
    if offer in _ORGANISE:
        fits = state.open if offer is Offer.ESCALATE else not state.ended
        return person.is_(*ORGANISERS) and fits
    if offer is Offer.JUDGE:
        judges = person.is_(Role.COORDINATOR, Role.CHAIR, Role.SCRUTINEER, Role.QA_GROUP)
        return judges and independent(person, action.owner, action.agency) and state in (State.CLOSED, State.CONFIRMED)
    if (offer is Offer.CLOSE and minute_needed) or (offer is Offer.SUBMIT and not brief.evidence):
        return False
    said = refusal(
        Deed(offer.value), action.id, state, person, owner=action.owner, agency=action.agency,
        submitter=brief.submitter, waived=waived,
    )  # fmt: skip
    return said is None


_STEPS: Final = {
    Kind.SEND_BACK: Deed.SEND_BACK, Kind.AGREE: Deed.AGREE, Kind.REJECT: Deed.REJECT, Kind.HOLD: Deed.HOLD,
    Kind.SUPERSEDE: Deed.SUPERSEDE, Kind.REOPEN: Deed.REOPEN,
}  # fmt: skip


def decidable(kind: Kind, brief: Brief) -> bool:
    """Whether a group, or a chair for it, can decide that of an action as it stands. Who may chair is asked apart."""
    state = brief.state
    if kind in _STEPS:
        return state in MOVES[_STEPS[kind]].sources
    if kind is Kind.CLOSE:
        # Of what nobody has verified yet the group says itself what it saw.
        return state is State.VERIFIED or (state is State.SUBMITTED and brief.evidence > 0)
    if kind is Kind.EXTEND:
        return not state.ended
    if kind is Kind.REFUSE_DATE:
        return brief.asked is not None
    if kind is Kind.ESCALATE:
        return state.open
    return True
