"""One page for an auditor: what came of the cases they scored. A thank-you that shows what their reading led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import day, paper, some
from qa_toolkit.reports.views.board import ActionForBoard, FindingForBoard
from qa_toolkit.reports.views.public import ForPublic

MOST: Final = 5
"""Lines under each heading, so that it stays one page."""

LETTERS: Final = 600
"""Under each heading, for the same reason."""
CASES: Final = 13
"""Cases that it lists; few auditors score more in a year."""


@dataclass(frozen=True, kw_only=True)
class OwnCase(View):
    """A case that they scored, with their own grade and the agreed one; no other agency's."""

    made_for: ClassVar[Audience] = Audience.CASE
    id: str
    own: str
    agreed: str


@dataclass(frozen=True, kw_only=True)
class ForAuditor(View):
    """What one auditor sees of what came of it."""

    made_for: ClassVar[Audience] = Audience.CASE
    name: str
    cases: tuple[OwnCase, ...]
    findings: tuple[FindingForBoard, ...]
    """Those seen in their cases."""
    actions: tuple[ActionForBoard, ...]
    """Those that answer these findings."""


def came_of_it(about: ForPublic, view: ForAuditor, audience: str) -> Document:
    """The page."""
    return paper(about, f"What came of it: {view.name}", audience, _parts(view))


def _parts(view: ForAuditor) -> Iterator[Part]:
    yield Paragraph("Thank you for reading these files. This is what your reading led to so far.")
    yield Heading("What the panel agreed")
    rows = tuple((one.id, one.own or "No grade", one.agreed or "Not agreed yet") for one in view.cases[:CASES])
    if rows:
        yield Table(("Case", "Your grade", "Agreed grade"), rows, (3, 3, 3), "Your grades and the agreed ones")
        if len(view.cases) > CASES:
            yield Paragraph(f"And {len(view.cases) - CASES} more, which the co-ordinator can show you.")
        yield Paragraph("Where the two differ, the panel had every agency’s view; yours stands in the record.")
    else:
        yield Paragraph("You gave no grade that is compared: nil returns and self-assessments have none.")
    yield Heading("What was found")
    if view.findings:
        yield from _most([f"{one.kind}: {one.text}" for one in view.findings])
    else:
        yield Paragraph("No finding rests on these cases so far.")
    yield Heading("What has been done since")
    if view.actions:
        yield from _most([f"{one.text} ({one.agency}, {one.state.lower()}, {day(one.due)})" for one in view.actions])
    else:
        yield Paragraph("No action answers these findings yet.")


def _most(texts: list[str]) -> Iterator[Part]:
    shown = some(texts, MOST, LETTERS)
    yield Bullets(tuple(shown))
    if len(texts) > len(shown):
        yield Paragraph(f"And {len(texts) - len(shown)} more, which the co-ordinator can show you.")
