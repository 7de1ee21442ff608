"""What the Quality Assurance Group sees: with owners, their updates and evidence, and what repeats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.reports.views.board import FindingForBoard
from qa_toolkit.reports.views.business import ActionForBusiness, ForBusiness
from qa_toolkit.reports.views.numbers import Breakdown, Number


@dataclass(frozen=True, kw_only=True)
class ActionForQAGroup(ActionForBusiness):
    """An action with its owner, what was said last, its evidence and what is asked."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    owner: str
    said: str
    evidence: tuple[str, ...]
    asks_closing: bool
    """Submitted or verified: the group decides."""
    verified: str
    """What the verifier said."""
    asks_later: date | None
    asks_why: str


@dataclass(frozen=True, kw_only=True)
class FindingForQAGroup(FindingForBoard):
    """A finding with whose it is, and what it repeats."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    agencies: tuple[str, ...]
    cause: str
    repeats: tuple[str, ...]
    """Sentences."""


@dataclass(frozen=True, kw_only=True)
class EntryLine(View):
    """An entry of the programme."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    id: str
    title: str
    months: str
    standing: str
    why: str
    reason: str
    audit: str


@dataclass(frozen=True, kw_only=True)
class ForQAGroup(ForBusiness):
    """What the Quality Assurance Group sees."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    actions: tuple[ActionForQAGroup, ...]
    findings: tuple[FindingForQAGroup, ...]
    date_reasons: tuple[str, ...]
    """Why each date was moved, in the order of `date_changes`."""
    programme: tuple[EntryLine, ...]
    shifts: Breakdown
    """How the panel's grades stand to the agencies' own."""
    shifts_in_all: tuple[Number, ...]
    """The same of all agencies together; nothing where no panel has agreed a grade."""
