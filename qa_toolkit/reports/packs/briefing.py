"""The learning briefing: one page for everybody who works with children, strengths first, no case and no count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Paragraph, Part
from qa_toolkit.reports.packs.wording import day, listed, paper, some
from qa_toolkit.reports.views.public import Briefing, ForPublic

MARKING: Final = "OFFICIAL"
MOST: Final = 6
"""Lines under each heading: a page that is read."""
LETTERS: Final = 900
"""Letters under each heading, so that long findings stay on the page too."""


def learning_briefing(view: ForPublic, learned: Briefing, audience: str) -> Document:
    """The briefing."""
    # What anybody may read carries no marking that forbids it.
    return replace(paper(view, f"Learning briefing: {learned.title}", audience, _parts(learned)), marking=MARKING)


def _parts(learned: Briefing) -> Iterator[Part]:
    yield Heading("What was looked at")
    yield Paragraph(
        f"{learned.title}, from {day(learned.opened)}. {listed(learned.agencies)} read their own records, and a panel "
        "of all of them agreed what they show."
    )
    strong = [one for one in learned.findings if one.strength]
    better = [one for one in learned.findings if not one.strength]
    yield from _list("What works: keep doing it", [one.text for one in strong], "No strength is recorded yet.")
    yield from _list("What has to be better", [one.text for one in better], "Nothing was found to improve.")
    themes = list(dict.fromkeys(theme for one in learned.findings for theme in one.themes))
    yield Heading("Talk about it")
    yield Paragraph(
        f"Themes: {listed(themes)}. Where have you seen this in your own work, and what helped?"
        if themes
        else "Where have you seen this in your own work, and what helped?"
    )


def _list(heading: str, texts: list[str], none: str) -> Iterator[Part]:
    yield Heading(heading)
    if not texts:
        yield Paragraph(none)
        return
    shown = some(texts, MOST, LETTERS)
    yield Bullets(tuple(shown))
    left = len(texts) - len(shown)
    if left:
        yield Paragraph(f"{left} more {'is' if left == 1 else 'are'} in the audit’s report; your agency’s lead has it.")
