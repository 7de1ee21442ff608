"""What anybody may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qa_toolkit.domain.audience import View
from qa_toolkit.reports.views.numbers import Number, ShownTable


@dataclass(frozen=True, kw_only=True)
class AuditForPublic(View):
    """That an audit was done, and of what."""

    id: str
    title: str
    opened: date
    open: bool


@dataclass(frozen=True, kw_only=True)
class FindingForPublic(View):
    """What was learned, without how often or where: for a briefing."""

    kind: str
    """In words."""
    strength: bool
    text: str
    themes: tuple[str, ...]
    """Titles of themes."""


@dataclass(frozen=True, kw_only=True)
class Briefing(View):
    """What a learning briefing may say: what was looked at, what was learned, what is being done."""

    title: str
    opened: date
    agencies: tuple[str, ...]
    findings: tuple[FindingForPublic, ...]


@dataclass(frozen=True, kw_only=True)
class ForPublic(View):
    """What anybody may see."""

    name: str
    marking: str
    zone: str
    example: bool
    as_at: datetime
    since: datetime
    head: str
    """A short code of the record as it stood."""
    audits: tuple[AuditForPublic, ...]
    flow: tuple[Number, ...]
    """Start, agreed, reopened, closed, superseded, rejected, deeds taken back, end: in this order."""
    closure: tuple[Number, ...]
    """Submitted, verified, confirmed: never one without the others."""
    impact: tuple[Number, ...]
    profile: tuple[ShownTable, ...]
    pooled: tuple[str, ...]
    """Earlier audits whose children are in it as well, because of these alone nothing could be shown."""
    hidden: int
    """Cells of the profile that are not shown."""
    small_numbers: str
    """The rule set by which they are hidden, with its edition."""
    left_out: tuple[str, ...]
    """Facts about the children of which no table can be made safe."""
    held_back: str
    """Why the profile is not shown at all, where it is not."""
