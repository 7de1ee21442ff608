"""How far raters agree who scored the same case blind: one page to read, for one child or the whole audit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from qa_toolkit.reports.audits.agreement_text import agreement_lines
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.reading import ReadingScreen
from qa_toolkit.workflow.secondscores import agreements

DEEDS = (
    Deed("all", "d", "Whole audit", "Every case that was scored by more than one, or this child alone.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class AgreementScreen(ReadingScreen):
    """The agreement in words, by section, with the differences."""

    HELP: ClassVar[str] = (
        "Some returns are scored by a second rater, who does not see the first one’s answers. Until all have "
        "submitted, nobody else sees them either. Then the page says how far they agree, by section and overall, and "
        "where they differ, the most first. The first rater’s return is the agency’s and counts in moderation; the "
        "second is counted nowhere.\n\nd shows the whole audit, where there are more answers to tell from."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, audit_id: str, subject: str = "") -> None:
        super().__init__()
        self.audit_id, self.subject = audit_id, subject
        self.everything = not subject

    def heading(self) -> str:
        """Of the child, or the whole audit."""
        return f"Blind second scores: {self.audit_id if self.everything else self.subject}"

    def lines(self) -> Iterable[str]:
        """How far they agree, by section, and where they differ."""
        subject = "" if self.everything else self.subject
        return agreement_lines(agreements(self.qa.workspace, self.audit_id, by=self.qa.by, subject=subject))

    def action_all(self) -> None:
        """The whole audit, or the child alone."""
        if self.subject:
            self.everything = not self.everything
            self.fill()
