"""Plans, and what they hold besides actions: commitments of a strategy, recommendations, good practice.

The id of what belongs to a plan or a recommendation is its own, a slash and what tells it apart: `AP-2026-003/C04`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.domain.records import Record


class Source(StrEnum):
    """Where a plan comes from."""

    AUDIT = "audit"
    REVIEW = "review"
    INSPECTION = "inspection"
    SELF_ASSESSMENT = "self_assessment"
    SCRUTINY = "scrutiny"
    STRATEGY = "strategy"
    BUSINESS_PLAN = "business_plan"
    MEETING = "meeting"
    """Actions that a meeting set for itself: its matters arising."""

    @property
    def label(self) -> str:
        """The source in words."""
        return self.value.replace("_", "-" if self is Source.SELF_ASSESSMENT else " ").capitalize()


class Plan(Record):
    """An action plan from one source; the id is `AP-2026-003`."""

    table: ClassVar[str] = "plans"

    title: str
    source: Source
    audit: str = ""
    """The audit that it answers."""
    edition: str = ""
    """Of a strategy, a Business Plan or a review's report."""
    owner: str = ""
    """Role or group that answers for the plan as a whole."""
    tier: str = "qa-group"
    """The tier that reviews it."""
    opened: date
    ended: date | None = None
    statement_months: int = 6
    """Of a strategy: how often it is said where each commitment stands."""


class Commitment(Record):
    """One commitment of a strategy or Business Plan; the id is `<plan>/C04`."""

    table: ClassVar[str] = "commitments"

    plan: str
    heading: str
    aim: str = ""
    """What everything under that heading is for."""
    text: str
    owner: str = ""
    """Role or group that leads on it."""
    agency: str = ""
    audits: tuple[str, ...] = ()
    """Themes of audits that speak to it, as template theme ids."""


class Statement(Record):
    """Where a commitment stood, said every six months; the id is `<commitment>/S03`."""

    table: ClassVar[str] = "statements"

    commitment: str
    on: date
    by: str
    text: str
    difference: str = ""
    """What is different for children."""


class Recommendation(Record):
    """What should change, as it was approved; the id is `R-2026-014`."""

    table: ClassVar[str] = "recommendations"

    plan: str
    text: str
    priority: Priority = Priority.MEDIUM
    themes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    """Ids of the findings it answers."""
    tier: str = "qa-group"
    """The tier it is addressed to."""
    agencies: tuple[str, ...] = ()
    """Agencies that are asked to respond; empty for the partnership as a whole."""
    measure: str = ""
    """How one will know that it worked."""
    raised: date
    withdrawn: str = ""
    """Why it was taken back; it stays in the record."""


class Responded(StrEnum):
    """An agency's answer to a recommendation."""

    ACCEPTED = "accepted"
    IN_PART = "in_part"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The answer in words."""
        return {"in_part": "Accepted in part"}.get(self.value, self.value.capitalize())


class Response(Record):
    """One agency's response; the id is `<recommendation>/<agency>`, or `<recommendation>/all` for the partnership."""

    table: ClassVar[str] = "responses"

    recommendation: str
    agency: str = ""
    answer: Responded
    reason: str = ""
    by_whom: str
    """Role of the person who responded."""
    on: date


class Practice(Record):
    """Good practice that an inspection, a review or somebody’s visit found; the id is `G-2026-003`.

    What an audit found is a finding of the audit.
    """

    table: ClassVar[str] = "practices"

    plan: str
    """The plan of the review or inspection that found it."""
    text: str
    agency: str = ""
    """Where it was found; empty for the partnership as a whole, or outside the area."""
    themes: tuple[str, ...] = ()
    raised: date


class Took(StrEnum):
    """What an agency did with good practice."""

    TAKEN_UP = "taken_up"
    ADAPTED = "adapted"
    CONSIDERING = "considering"
    NOT_FOR_US = "not_for_us"

    @property
    def label(self) -> str:
        """It in words."""
        return {
            "taken_up": "Taken up", "adapted": "Taken up, adapted", "considering": "Being considered",
        }.get(self.value, "Not for us")  # fmt: skip

    @property
    def up(self) -> bool:
        """Whether it was taken up, as it was or adapted."""
        return self in (Took.TAKEN_UP, Took.ADAPTED)


class Uptake(Record):
    """An agency taking up good practice; the id is `<finding or practice>/<agency>`."""

    table: ClassVar[str] = "uptakes"

    finding: str
    """Of an audit’s finding, or of what another source found."""
    agency: str
    answer: Took
    shown_by: str = ""
    """What shows it."""
    note: str = ""
    on: date
    by: str
