"""The items of an agenda, and the facts from which it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from qa_toolkit.domain.findings import Finding, Repeat
from qa_toolkit.domain.moderation import ShiftOfAgency
from qa_toolkit.domain.people import Person, Tier
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.domain.plans.standing import Brief, Standing
from qa_toolkit.domain.programme import Entry

HIDDEN: Final = "Sensitive: its text is for its owner, the co-ordinators and the chair"
"""What stands for a sensitive action wherever a meeting's papers or screen show one."""


class Section(StrEnum):
    """The parts of an agenda, in order."""

    MINUTES = "minutes"
    RATIFY = "ratify"
    ARISING = "arising"
    PROGRAMME = "programme"
    RETURNS = "returns"
    CONCERNS = "concerns"
    GRADES = "grades"
    ESCALATED = "escalated"
    RED = "red"
    AMBER = "amber"
    CLOSURES = "closures"
    LATER_DAYS = "later_days"
    PROPOSED = "proposed"
    REPEATS = "repeats"
    SILENT = "silent"
    RE_AUDITS = "re_audits"
    DUE_BACK = "due_back"

    @property
    def label(self) -> str:
        """Its heading."""
        return _HEADINGS[self]


_HEADINGS = {
    Section.MINUTES: "Minutes of the last meeting", Section.RATIFY: "To be ratified",
    Section.ARISING: "Matters arising", Section.PROGRAMME: "Programme against plan",
    Section.RETURNS: "Returns by agency", Section.CONCERNS: "Immediate safeguarding concerns",
    Section.GRADES: "Grades and shifts", Section.ESCALATED: "Brought up to this group", Section.RED: "Red actions",
    Section.AMBER: "Amber actions", Section.CLOSURES: "Closures asked for", Section.LATER_DAYS: "Later days asked for",
    Section.PROPOSED: "Proposed actions", Section.REPEATS: "Findings that repeat",
    Section.SILENT: "Without owner or news", Section.RE_AUDITS: "Re-audits due", Section.DUE_BACK: "Decisions due back",
}  # fmt: skip


class Item(NamedTuple):
    """One item: what it is about and why it is there."""

    key: str
    """The id of what it is about, or a word for what has none; unique on an agenda."""
    section: Section
    title: str
    why: str
    asks: tuple[Kind, ...]
    """The decisions that answer it, likeliest first."""
    agency: str = ""
    colour: Colour | None = None
    contested: str = ""
    """Of a closure or a later day: why it is taken by itself. Empty for what the consent list may take."""
    carried: bool = False
    """Not reached at the last meeting."""

    @property
    def consent(self) -> bool:
        """Whether the consent list takes it."""
        return self.section in (Section.CLOSURES, Section.LATER_DAYS) and not self.contested


class Line(NamedTuple):
    """An action with where it stands at the papers date."""

    brief: Brief
    standing: Standing
    plan: Plan


class Returned(NamedTuple):
    """How one agency's returns of the open audits stand."""

    agency: str
    asked: int
    filed: int
    """In, nil returns among them."""
    nil: int
    late: int
    latest: int
    """Working days of the latest."""


class ConcernCount(NamedTuple):
    """Immediate safeguarding concerns of the open audits, counted; their text belongs to no meeting."""

    raised: int
    acknowledged: int
    with_outcome: int
    closed: int
    overdue: int
    """Waiting for something longer than the clock allows."""


class Facts(NamedTuple):
    """What an agenda is made from."""

    meeting: Meeting
    tier: Tier
    day: date
    """The papers date."""
    last: Meeting | None = None
    lines: Sequence[Line] = ()
    minutes: Sequence[Meeting] = ()
    """Meetings of this tier whose minutes are not approved, or were by this meeting."""
    decisions: Sequence[Decision] = ()
    """Of this tier, up to now."""
    programme: Sequence[Entry] = ()
    returns: Sequence[Returned] = ()
    concerns: ConcernCount = ConcernCount(0, 0, 0, 0, 0)
    shifts: Sequence[ShiftOfAgency] = ()
    repeats: Sequence[tuple[Finding, Repeat]] = ()
    """New findings that repeat earlier ones, with the likest."""
    interests: Mapping[str, Sequence[str]] = {}
    """Names of those who declared an interest, by what in."""
    names: Mapping[str, str] = {}
    """People as they are shown."""
    chair: Person | None = None
    handed: frozenset[str] = frozenset()
    """What is chaired by somebody else than the chair."""
    waived: frozenset[str] = frozenset()
    """Actions whose verifier was not independent, by a waiver."""
    unmet: frozenset[str] = frozenset()
    """Actions whose evidence was accepted although the measure was not met."""
    soon: date | None = None
    """By when the next meeting is expected: re-audits that are due before are due at this one."""


def days(count: int) -> str:
    """A number of working days in words."""
    return "one working day" if count == 1 else f"{count} working days"
