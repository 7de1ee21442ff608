"""Everything that was counted, child by child: for those who work on the cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.domain.disclosure.beside import Safe
from qa_toolkit.reports.views.audit import ForAudit
from qa_toolkit.store.heads import Head


@dataclass(frozen=True, kw_only=True)
class CaseLine(View):
    """One child by pseudonym, with each agency's return."""

    made_for: ClassVar[Audience] = Audience.CASE
    id: str
    audit: str
    agreed: str
    returns: tuple[tuple[str, str, str, str], ...]
    """Agency, who scored it, where it stands, its own grade."""
    findings: tuple[str, ...]
    """Ids of findings that were seen in it."""


@dataclass(frozen=True, kw_only=True)
class Whole(ForAudit):
    """Everything that was computed, for those who work on the cases."""

    made_for: ClassVar[Audience] = Audience.CASE
    behind: Mapping[str, tuple[str, ...]] = field(hash=False)
    """A figure's key to the ids of the records that it counts, one for each that is counted."""
    children: Safe | None
    """The profile's counts as they are, with what is hidden of them."""
    cases: tuple[CaseLine, ...]
    stood: tuple[Head, ...]
    """Where the files stood that the figures were made from."""
