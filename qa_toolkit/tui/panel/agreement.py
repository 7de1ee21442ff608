"""How far raters agree who scored the same case blind: one page to read, for one child or the whole audit."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.reports.audits.agreement_text import agreement_lines
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow.secondscores import agreements

DEEDS = (
    Deed("all", "d", "Whole audit", "Every case that was scored by more than one, or this child alone.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class AgreementScreen(QAScreen):
    """The agreement in words, by section, with the differences."""

    HELP: ClassVar[str] = (
        "Some returns are scored by a second rater, who does not see the first one’s answers. Until all have "
        "submitted, nobody else sees them either. Then the page says how far they agree, by section and overall, and "
        "where they differ, the most first. The first rater’s return is the agency’s and counts in moderation; the "
        "second is counted nowhere.\n\nd shows the whole audit, where there are more answers to tell from."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "agreement.tcss"

    def __init__(self, audit_id: str, subject: str = "") -> None:
        super().__init__()
        self.audit_id, self.subject = audit_id, subject
        self.everything = not subject

    def compose(self) -> ComposeResult:
        """A title and the page."""
        yield TopBar()
        with VerticalScroll(id="steps"):
            yield Static(id="title")
            yield Static(id="all")
        yield Footer()

    def on_mount(self) -> None:
        """Read it."""
        self.fill()
        self.query_one("#steps").focus()

    def on_resize(self) -> None:
        """The lines break elsewhere."""
        self.fill()

    def fill(self) -> None:
        """Work the figures out, and show them."""
        of = self.audit_id if self.everything else self.subject
        self.query_one("#title", Static).update(shown(f"Blind second scores: {of}"))
        by = self.qa.person.id if self.qa.person else ""
        try:
            found = agreements(self.qa.workspace, self.audit_id, by=by, subject="" if self.everything else self.subject)
        except QAError as error:
            self.query_one("#all", Static).update(lines_shown(str(error)))
            return
        width = max(self.qa.size.width - 6, 30)
        lines = [hanging(line, width, len(line) - len(line.lstrip()) + 4) for line in agreement_lines(found)]
        self.query_one("#all", Static).update(lines_shown("\n".join(lines)))

    def action_all(self) -> None:
        """The whole audit, or the child alone."""
        if self.subject:
            self.everything = not self.everything
            self.fill()
