"""What the Business Group sees: no text of a case, and none that an owner typed about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.reports.views.board import ActionForBoard, ForBoard
from qa_toolkit.reports.views.numbers import Breakdown, Number


@dataclass(frozen=True, kw_only=True)
class ActionForBusiness(ActionForBoard):
    """An action with what follows its course; nothing that an owner typed about it."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    plan: str
    source: str
    owner_role: str
    supporting: tuple[str, ...]
    first_due: date
    slip: int
    extensions: int
    progress: int
    updated: date | None
    days_since_update: int
    measure: str
    outcome: str
    impact: str


@dataclass(frozen=True, kw_only=True)
class DateChangeLine(View):
    """A change of a due date."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    action: str
    agency: str
    old: date
    new: date
    decided_by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class IndicatorLine(View):
    """One agency's step on one indicator of a self-assessment, now and last time; no comment and no reason."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    audit: str
    section: str
    id: str
    """The question's, or nothing for a section and the whole."""
    text: str
    agency: str
    before: str
    now: str
    """The panel's word, or else the agency's own; in brackets where it is the middle of steps."""
    by_panel: bool
    steps: int | None
    """Up or down since last time; None where the two cannot be compared."""


@dataclass(frozen=True, kw_only=True)
class ForBusiness(ForBoard):
    """What the Business Group sees: no text of a case, and none that an owner typed about one."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    actions: tuple[ActionForBusiness, ...]
    date_changes: tuple[DateChangeLine, ...]
    quality: tuple[Number, ...]
    """What is missing in the data."""
    returns_by_agency: Breakdown
    indicators: tuple[IndicatorLine, ...]
    """Of the self-assessments of this time, as their templates order them."""
