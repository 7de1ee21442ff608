"""The life of an action: its states, the deeds that move it, and who may do each.

proposed → agreed → in progress → submitted for closure → verified → closed → impact confirmed; beside them on hold,
superseded, rejected and reopened. State is not colour. A verifier is neither the owner nor of the owner's agency; the
business unit and the independent scrutineer count as no agency.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from qa_toolkit.domain.people import Person, Role

UNIT = "business-unit"
PLANNERS: Final = (Role.COORDINATOR, Role.CHAIR, Role.QA_GROUP, Role.AGENCY_LEAD, Role.SCRUTINEER)
"""Who may recommend and propose."""
ORGANISERS: Final = (Role.COORDINATOR, Role.CHAIR)
"""Who keeps the plans: opens and ends them, decides on days, corrects what was agreed."""


class State(StrEnum):
    """Where an action stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    """Closed, and the latest judgement says that it made the difference it was meant to make. Never stored."""
    ON_HOLD = "on_hold"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The state in words."""
        special = {State.SUBMITTED: "Submitted for closure", State.CONFIRMED: "Impact confirmed"}
        return special.get(self, self.value.replace("_", " ").capitalize())

    @property
    def open(self) -> bool:
        """Whether it counts as open: on hold and submitted do, proposed does not."""
        return self in OPEN

    @property
    def live(self) -> bool:
        """Whether anybody still has something to do with it: open, or waiting to be agreed."""
        return self in OPEN or self is State.PROPOSED

    @property
    def submitted_or_later(self) -> bool:
        """Whether the owner has said that it is done."""
        return self in (State.SUBMITTED, State.VERIFIED, State.CLOSED, State.CONFIRMED)

    @property
    def verified_or_later(self) -> bool:
        """Whether somebody independent has seen the evidence."""
        return self in (State.VERIFIED, State.CLOSED, State.CONFIRMED)

    @property
    def ended(self) -> bool:
        """Whether it is over unless it is reopened."""
        return self in (State.CLOSED, State.CONFIRMED, State.SUPERSEDED, State.REJECTED)


OPEN = frozenset(
    {State.AGREED, State.IN_PROGRESS, State.SUBMITTED, State.VERIFIED, State.ON_HOLD, State.REOPENED}
)  # fmt: skip


class Part(StrEnum):
    """What somebody is to one action."""

    OWNER = "its owner"
    OWNER_LEAD = "the lead of its owner’s agency"
    COORDINATOR = "a co-ordinator"
    CHAIR = "a chair"
    SCRUTINEER = "the independent scrutineer"
    REVIEWER = "a member of the QA Group, or another agency’s lead"


class Deed(StrEnum):
    """What is done to an action; each is one step."""

    PROPOSE = "propose"
    AGREE = "agree"
    START = "start"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    VERIFY = "verify"
    CLOSE = "close"
    HOLD = "hold"
    RESUME = "resume"
    SUPERSEDE = "supersede"
    REJECT = "reject"
    REOPEN = "reopen"

    @property
    def phrase(self) -> str:
        """It completes “may …” and “cannot …”."""
        return _PHRASES[self]


_PHRASES = {
    Deed.PROPOSE: "propose an action",
    Deed.AGREE: "agree an action",
    Deed.START: "say that work on an action has begun",
    Deed.SUBMIT: "submit an action for closure",
    Deed.SEND_BACK: "send an action back",
    Deed.VERIFY: "verify an action",
    Deed.CLOSE: "close an action",
    Deed.HOLD: "put an action on hold",
    Deed.RESUME: "take an action off hold",
    Deed.SUPERSEDE: "put another in the place of an action",
    Deed.REJECT: "reject an action",
    Deed.REOPEN: "reopen an action",
}


class Move(NamedTuple):
    """One deed: from which states, to which, by whom, and what it must bring."""

    sources: frozenset[State]
    target: State
    parts: frozenset[Part]
    reason: bool = False
    """Whether a reason in a sentence is needed."""


_DOERS = frozenset({Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR})
_DECIDERS = frozenset({Part.COORDINATOR, Part.CHAIR})
_WORKING = frozenset({State.AGREED, State.IN_PROGRESS, State.REOPENED})

MOVES: dict[Deed, Move] = {
    Deed.AGREE: Move(frozenset({State.PROPOSED}), State.AGREED, _DECIDERS),
    Deed.START: Move(frozenset({State.AGREED, State.REOPENED}), State.IN_PROGRESS, _DOERS),
    Deed.SUBMIT: Move(_WORKING, State.SUBMITTED, _DOERS),
    Deed.SEND_BACK: Move(
        frozenset({State.SUBMITTED, State.VERIFIED}), State.IN_PROGRESS,
        frozenset({Part.COORDINATOR, Part.CHAIR, Part.SCRUTINEER, Part.REVIEWER}), reason=True,
    ),
    Deed.VERIFY: Move(
        frozenset({State.SUBMITTED}), State.VERIFIED,
        frozenset({Part.COORDINATOR, Part.CHAIR, Part.SCRUTINEER, Part.REVIEWER}), reason=True,
    ),
    Deed.CLOSE: Move(frozenset({State.VERIFIED}), State.CLOSED, _DECIDERS),
    Deed.HOLD: Move(_WORKING, State.ON_HOLD, _DECIDERS, reason=True),
    Deed.RESUME: Move(frozenset({State.ON_HOLD}), State.IN_PROGRESS, _DECIDERS),
    Deed.SUPERSEDE: Move(
        OPEN | {State.PROPOSED}, State.SUPERSEDED, _DECIDERS, reason=True
    ),
    Deed.REJECT: Move(OPEN | {State.PROPOSED}, State.REJECTED, _DECIDERS, reason=True),
    Deed.REOPEN: Move(
        frozenset({State.CLOSED, State.CONFIRMED, State.SUPERSEDED, State.REJECTED}), State.REOPENED,
        frozenset({Part.COORDINATOR, Part.CHAIR, Part.SCRUTINEER}), reason=True,
    ),
}  # fmt: skip
"""Every deed but proposing, which makes the action."""


def parts_of(person: Person, owner: str, agency: str) -> frozenset[Part]:
    """What somebody is to an action with that owner, of that agency."""
    found = set()
    if person.id == owner:
        found.add(Part.OWNER)
    if person.is_(Role.AGENCY_LEAD) and person.agency == agency:
        found.add(Part.OWNER_LEAD)
    if person.is_(Role.COORDINATOR):
        found.add(Part.COORDINATOR)
    if person.is_(Role.CHAIR):
        found.add(Part.CHAIR)
    if person.is_(Role.SCRUTINEER):
        found.add(Part.SCRUTINEER)
    if person.is_(Role.QA_GROUP) or (person.is_(Role.AGENCY_LEAD) and person.agency != agency):
        found.add(Part.REVIEWER)
    return frozenset(found)


def independent(person: Person, owner: str, agency: str) -> bool:
    """Whether somebody is neither the owner nor of the owner's agency."""
    if person.id == owner:
        return False
    return person.agency == UNIT or person.is_(Role.SCRUTINEER) or person.agency != agency


def refusal(
    deed: Deed, id: str, state: State, person: Person, *, owner: str, agency: str, submitter: str = "",
    waived: bool = False, decider: Person | None = None,
) -> str | None:  # fmt: skip
    """Why somebody may not do this to an action in that state, in a sentence; None if they may.

    `submitter` is whoever submitted it last; `waived` that a waiver lets them verify or close all the same. `decider`
    is who decides where `person` only writes it down, as at a meeting: then it is they who must be independent.
    """
    move = MOVES[deed]
    if state not in move.sources:
        allowed = _either(s.label.lower() for s in State if s in move.sources)
        return f"{id} is {state.label.lower()}, so nobody can {deed.phrase.replace('an action', 'it')} now: " + (
            f"it would have to be {allowed}."
        )
    if not parts_of(person, owner, agency) & move.parts:
        return f"{person.name} ({person.id}) may not {deed.phrase}: that is for " + _either(
            part.value for part in Part if part in move.parts
        ) + "."  # fmt: skip
    who = decider or person
    if deed in (Deed.VERIFY, Deed.CLOSE) and not waived:
        if not independent(who, owner, agency):
            whose = "owns it" if who.id == owner else f"is of the agency that owns it ({agency})"
            return f"{who.name} {whose}, so somebody from elsewhere has to {deed.value} {id}."
        if deed is Deed.VERIFY and who.id == submitter:
            return f"{who.name} submitted {id}, so somebody else has to verify it."
    return None


def _either(words: Iterable[str]) -> str:
    found = list(words)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " or " + found[-1]
