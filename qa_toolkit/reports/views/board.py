"""What the Main Board sees: all that is public, and the record without any text of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.reports.views.numbers import Breakdown, Number
from qa_toolkit.reports.views.public import AuditForPublic, FindingForPublic, ForPublic


@dataclass(frozen=True, kw_only=True)
class GradesOfAudit(View):
    """Agreed grades of an audit, in children."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    audit: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class AuditForBoard(AuditForPublic):
    """An audit as the Board sees it."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    purpose: str
    due: date
    children: int
    agencies: int
    grades: GradesOfAudit | None
    """None where the panel has agreed none, or the subjects are no children."""


@dataclass(frozen=True, kw_only=True)
class FindingForBoard(FindingForPublic):
    """A finding without anything of a case."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    id: str
    audit: str
    prevalence: str
    new: bool
    """Raised since the last time."""
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActionForBoard(View):
    """An action: what, whose, by when, and where it stands."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    id: str
    text: str
    agency: str
    """Its name, or that of the body outside the area."""
    priority: str
    state: str
    open: bool
    colour: str
    reason: str
    """Why it has that colour, in a sentence."""
    due: date
    days_overdue: int
    goes_to: str
    """The group that it has climbed to, in words."""
    why_there: str
    closed_since: bool
    answers_audit: str
    """The audit that its plan answers, or nothing."""
    answers_finding: str
    """The finding that it answers, directly or through its recommendation; the first of several."""
    commitment: str
    """The commitment of the strategy or Business Plan that it serves, or nothing."""


@dataclass(frozen=True, kw_only=True)
class CommitmentForBoard(View):
    """A commitment of the strategy or Business Plan, with where it stands."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    id: str
    plan: str
    heading: str
    text: str
    owner: str
    agency: str
    """The agency that leads on it, or nothing."""
    stated: date | None
    statement: str
    difference: str
    said_since: bool
    """Whether something was said since the last time."""
    open_actions: int


@dataclass(frozen=True, kw_only=True)
class ForBoard(ForPublic):
    """What the Main Board sees."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    audits: tuple[AuditForBoard, ...]
    rules: str
    """Name and version of the rule set for colours."""
    legend: tuple[str, ...]
    colours: tuple[Number, ...]
    open_now: tuple[Number, ...]
    """Overdue, without an owner, without an update, on hold, waiting to be closed, a later day asked for."""
    escalated: tuple[Number, ...]
    by_agency: Breakdown
    by_source: Breakdown
    actions: tuple[ActionForBoard, ...]
    """Open ones, and those closed since, by number."""
    findings: tuple[FindingForBoard, ...]
    found: tuple[Number, ...]
    """Findings by kind."""
    concerns: tuple[Number, ...]
    returns: tuple[Number, ...]
    commitments: tuple[CommitmentForBoard, ...]
    meetings: tuple[Number, ...]
    moved_dates: Number
