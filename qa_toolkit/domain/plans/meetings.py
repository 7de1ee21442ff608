"""Meetings of the tiers: who came, what was decided, and the minutes, which are a draft until the next meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.people import Agency, Tier, kinds_in_words
from qa_toolkit.domain.records import Frozen, Record


class Stage(StrEnum):
    """How far a meeting has come; worked out, never stored."""

    PLANNED = "planned"
    OPEN = "open"
    DRAFT = "draft"
    """Ended, and its minutes are not approved yet."""
    APPROVED = "approved"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The stage in words."""
        special = {Stage.OPEN: "Sitting", Stage.DRAFT: "Ended, minutes in draft", Stage.APPROVED: "Minutes approved"}
        return special.get(self, self.value.capitalize())


class Came(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"

    @property
    def there(self) -> bool:
        """Whether they were in the room, themselves or for another."""
        return self in (Came.PRESENT, Came.DEPUTY)

    @property
    def label(self) -> str:
        """In words."""
        return self.value.capitalize()


class Attendee(Frozen):
    """Somebody of the meeting."""

    who: str
    """A person of the workspace, or a role in words for a guest."""
    agency: str = ""
    came: Came = Came.PRESENT
    instead_of: str = ""
    """For a deputy: whose place they took."""


class Meeting(Record):
    """One meeting of a tier; the id is `M-2026-004`."""

    table: ClassVar[str] = "meetings"

    tier: str
    day: date
    papers: date
    """The day on which papers are made: updates after it are shown as having come later."""
    chair: str = ""
    attendees: tuple[Attendee, ...] = ()
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    carried: tuple[str, ...] = ()
    """Keys of the agenda items that were not reached: they carry over."""
    approved_by: str = ""
    """The meeting that approved its minutes; a draft until then."""
    approved_at: datetime | None = None
    head: str = ""
    """The code of the workspace as it stood when the meeting ended; the minutes' footer carries it."""
    cancelled: str = ""
    """Why it did not take place."""

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.cancelled:
            return Stage.CANCELLED
        if self.ended_at is not None:
            return Stage.APPROVED if self.approved_by else Stage.DRAFT
        return Stage.OPEN if self.opened_at is not None else Stage.PLANNED

    def attendee(self, who: str) -> Attendee | None:
        """What is recorded of somebody, or nothing."""
        return next((one for one in self.attendees if one.who == who), None)


class Interest(Record):
    """A declared interest in one item of a meeting: who declares it takes no part there. The id is
    `<meeting>/<subject>/<who>`."""

    table: ClassVar[str] = "meeting_interests"

    meeting: str
    subject: str
    who: str
    why: str


class Handover(Record):
    """Another chair for one item, because the chair is of the agency that owns it; the id is `<meeting>/<subject>`."""

    table: ClassVar[str] = "handovers"

    meeting: str
    subject: str
    to: str


class Kind(StrEnum):
    """What was decided."""

    CLOSE = "close"
    SEND_BACK = "send_back"
    EXTEND = "extend"
    REFUSE_DATE = "refuse_date"
    AGREE = "agree"
    REJECT = "reject"
    HOLD = "hold"
    SUPERSEDE = "supersede"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    CHALLENGE = "challenge"
    ASK_MORE = "ask_more"
    SET_ACTION = "set_action"
    APPROVE_MINUTES = "approve_minutes"
    RATIFY = "ratify"
    NOT_RATIFIED = "not_ratified"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The decision in words, as minutes say it."""
        return _LABELS[self]


_LABELS = {
    Kind.CLOSE: "Closed", Kind.SEND_BACK: "Sent back to its owner", Kind.EXTEND: "Later day agreed",
    Kind.REFUSE_DATE: "Later day not agreed", Kind.AGREE: "Agreed", Kind.REJECT: "Rejected",
    Kind.HOLD: "Put on hold", Kind.SUPERSEDE: "Superseded", Kind.REOPEN: "Reopened", Kind.ESCALATE: "Taken up a tier",
    Kind.CHALLENGE: "Challenged", Kind.ASK_MORE: "More was asked for", Kind.SET_ACTION: "Action set",
    Kind.APPROVE_MINUTES: "Minutes approved", Kind.RATIFY: "Ratified",
    Kind.NOT_RATIFIED: "Not ratified", Kind.NOTE: "Noted",
}  # fmt: skip


class Decision(Record):
    """One decision, with its minute; the id is `<meeting>/D07`, or `CA-2026-003` for a chair's action between meetings.

    What it did to its subject is in the same line of the record.
    """

    table: ClassVar[str] = "decisions"

    meeting: str = ""
    """Empty for a chair's action until a meeting ratifies it."""
    tier: str
    item: str = ""
    """Key of the agenda item."""
    subject: str = ""
    """Id of what it was about: an action, a recommendation, a meeting."""
    kind: Kind
    text: str
    """The minute."""
    at: datetime
    by: str
    """Who recorded it."""
    chair: str = ""
    """Who was in the chair for it."""
    consent: bool = False
    """Taken with others in one vote of the consent list."""
    quorate: bool = True
    """Whether the meeting could decide when it was taken; what it could not has to be ratified."""
    due_back: date | None = None
    """When the meeting wants to hear of it again."""
    to: str = ""
    """Whom it asks."""
    ratified_by: str = ""
    """For what had to be ratified: the meeting that did."""
    refused_by: str = ""
    """The meeting that did not stand by it. What it did stays until a decision on its subject changes it."""
    answered: str = ""
    """What came back, for what was due back."""
    answered_by: str = ""
    answered_on: date | None = None

    @property
    def to_ratify(self) -> bool:
        """Whether a meeting still has to ratify it: a chair's action, or one taken without a quorum."""
        return not (self.ratified_by or self.refused_by) and (not self.meeting or not self.quorate)


class Correction(Record):
    """A dated correction of minutes; the id is `<meeting>/C01`. The decision it corrects stays as it was recorded."""

    table: ClassVar[str] = "corrections"

    meeting: str
    on: date
    by: str
    text: str
    decision: str = ""
    """The decision whose minute it corrects; the minutes as a whole otherwise."""


class Opened(Record):
    """A return that was opened from a meeting, whose own papers stop at the finding; the id is `<meeting>/O01`."""

    table: ClassVar[str] = "meeting_openings"

    meeting: str
    return_id: str
    why: str
    by: str
    at: datetime


def rung_of(tier: Tier) -> Rung | None:
    """The rung of the ladders at which something comes to this group; None for one that stands beside them."""
    return next((rung for rung in Rung if rung.value.replace("_", "-") == tier.id), None)


class Quorum(NamedTuple):
    """Whether a meeting may decide, with the sentence that says why."""

    met: bool
    sentence: str


def quorum(meeting: Meeting, tier: Tier, agencies: Mapping[str, Agency], aside: Iterable[str] = ()) -> Quorum:
    """Whether the kinds of agency that the tier's terms name are there, and somebody in the chair.

    `aside` are people who take no part in one subject because of an interest.
    """
    out = set(aside)
    there = [one for one in meeting.attendees if one.came.there and one.who not in out]
    kinds = {agencies[one.agency].kind for one in there if one.agency in agencies}
    absent, short = [kind for kind in tier.quorum if kind not in kinds], tier.quorum_number - len(there)
    lacking = ["nobody in the chair"] if not meeting.chair or meeting.chair in out else []
    if absent:
        lacking.append(f"nobody from {kinds_in_words(absent)}")
    if short > 0:
        lacking.append(f"{short} too few present")
    if lacking:
        return Quorum(False, f"Not quorate: {'; '.join(lacking)}. What is decided has to be ratified.")
    return Quorum(True, f"Quorate: {len(there)} present.")
