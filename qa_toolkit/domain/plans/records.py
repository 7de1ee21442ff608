"""What is kept of actions. What grows is a record of its own, under its action's id.

The id of what belongs to an action is the action's, a slash and a number: `A-2026-014/U03`. A past update, decision or
step is never changed: a later one says more.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.records import Record


class Priority(StrEnum):
    """How pressing a recommendation or an action is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Action(Record):
    """A deed that somebody owns, with its facts as they are now; the id is `A-2026-031`."""

    table: ClassVar[str] = "actions"

    plan: str
    text: str
    recommendation: str = ""
    commitment: str = ""
    finding: str = ""
    """A finding it answers directly, as with good practice to spread."""
    outcome: str = ""
    """What is to be different for children."""
    measure: str = ""
    baseline: str = ""
    target: str = ""
    owner: str = ""
    """A person of the workspace, or empty."""
    owner_role: str = ""
    """The role that owns it, which outlasts the person."""
    owner_since: date
    """Since when it has that owner, or none."""
    agency: str = ""
    """The owner's agency; empty for an owner outside the area."""
    outside: str = ""
    """The body outside the area that owns it, such as a neighbouring force."""
    supporting: tuple[str, ...] = ()
    sponsor: str = ""
    """Role at the Board that stands behind it."""
    tier: str = "qa-group"
    priority: Priority = Priority.MEDIUM
    themes: tuple[str, ...] = ()
    start: date | None = None
    first_due: date
    """The day first agreed: never lost."""
    due: date
    """The day now agreed, inclusive."""
    impact_due: date | None = None
    """When its impact is to be judged."""
    re_audit: str = ""
    """The audit by which its impact is judged."""
    sensitive: bool = False
    """Shown to its owner, the co-ordinators and the chair only."""


class Step(Record):
    """One move in an action's life; the id is `<action>/S02`. The state is where the last step led."""

    table: ClassVar[str] = "steps"

    action: str
    deed: Deed
    to: State
    at: datetime
    by: str
    reason: str = ""
    met: bool | None = None
    """Of a verification: whether the success measure was met; the reason says so or why not."""
    review: date | None = None
    """Of a hold: when it is looked at again."""
    successor: str = ""
    """Of what was superseded: the action in its place."""
    meeting: str = ""
    """The meeting that decided or minuted it."""


class Update(Record):
    """What the owner said on a day; the id is `<action>/U003`. Never changed: a later one says more."""

    table: ClassVar[str] = "updates"

    action: str
    at: datetime
    by: str
    text: str
    progress: int | None = None
    """Percent, 0 to 100."""
    says: str = ""
    """A colour worse than the computed one, as the owner sees it: `amber` or `red`."""


class Milestone(Record):
    """A day on the way; the id is `<action>/M02`."""

    table: ClassVar[str] = "milestones"

    action: str
    text: str
    due: date
    done: date | None = None
    added: date | None = None


class EvidenceKind(StrEnum):
    """What kind of proof."""

    POLICY = "policy"
    TRAINING = "training"
    DIP_SAMPLE = "dip_sample"
    DATA = "data"
    FEEDBACK = "feedback"
    MINUTES = "minutes"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "policy": "Policy or procedure", "training": "Training record", "dip_sample": "Dip sample",
            "data": "Data", "feedback": "Feedback from children, families or staff", "minutes": "Minutes",
        }.get(self.value, "Other")  # fmt: skip


class Evidence(Record):
    """Proof by reference; the id is `<action>/E02`. The thing itself stays where it is kept."""

    table: ClassVar[str] = "evidence"

    action: str
    kind: EvidenceKind
    pointer: str
    """Where it is: a document's name and version, a system's reference."""
    on: date
    """The day it is of."""
    shows: str = ""
    seen_by: str = ""
    """Role of whoever has seen it with their own eyes."""
    sha256: str = ""
    """Of the file, where one was at hand."""
    copied: str = ""
    """Where the workspace keeps a copy, if somebody chose to."""
    added_by: str
    added: date


class Acceptance(Record):
    """Whether the owner took the action on; the id is the action's."""

    table: ClassVar[str] = "acceptances"

    accepted: bool
    reason: str = ""
    by_whom: str
    on: date


class DateChange(Record):
    """A decision to change a due date; the id is `<action>/D02`."""

    table: ClassVar[str] = "date_changes"

    action: str
    old: date
    new: date
    reason: str
    decided_by: str
    """Role or group that decided."""
    on: date
    meeting: str = ""


class Asked(Record):
    """Something asked of a meeting: a later day. The id is `<action>/Q02`."""

    table: ClassVar[str] = "asked"

    action: str
    new: date
    reason: str
    by: str
    on: date
    answered: str = ""
    """`granted`, `refused` or `withdrawn`."""


class Impact(StrEnum):
    """What difference it made."""

    NOT_MEASURED = "not_measured"
    NO_CHANGE = "no_change"
    SOME = "some"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """The judgement in words."""
        return {
            Impact.NOT_MEASURED: "Not yet measured", Impact.NO_CHANGE: "No change", Impact.SOME: "Some",
            Impact.CONFIRMED: "Confirmed",
        }[self]  # fmt: skip


class Judgement(Record):
    """What difference a closed action was found to have made; the id is `<action>/J01`."""

    table: ClassVar[str] = "judgements"

    action: str
    impact: Impact
    shown_by: str
    """A re-audit, an indicator, a dip sample: named."""
    at: datetime
    by: str


class Escalated(Record):
    """An action taken up a tier by decision; the id is `<action>/X01`."""

    table: ClassVar[str] = "escalations"

    action: str
    to: str
    """The rung, as in `chasing.Rung`."""
    reason: str
    on: date
    meeting: str = ""


class VerifierWaiver(Record):
    """Leave for somebody of the owner's agency to verify, because nobody else can; shown in reports. The id is the
    action's."""

    table: ClassVar[str] = "verifier_waivers"

    person: str
    reason: str
    agreed_by: str
    on: date
