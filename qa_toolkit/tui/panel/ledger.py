"""What moved between agencies' own grades and the agreed ones, and why: in one audit, or over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from qa_toolkit.reports.audits.trace_text import ledger_lines
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.reading import ReadingScreen
from qa_toolkit.workflow import hearings

DEEDS = (
    Deed("over-audits", "d", "All audits", "Every audit, where there is more to tell from; or this one alone.", True),
    Deed("sections", "s", "Sections", "Sections too, or the whole alone.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class LedgerScreen(ReadingScreen):
    """The ledger of grades."""

    HELP: ClassVar[str] = (
        "Each agency’s own grade stands beside the one that the panel agreed; neither is ever changed by the other. "
        "First how they stand to each other, agency by agency, with how many returns that is; under five says too "
        "few. Then child by child what moved, with the panel’s reason.\n\nA difference is something to talk about, "
        "not a fault. d shows every audit, s sections too."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id, self.everything, self.with_sections = audit_id, False, False

    def heading(self) -> str:
        """Of which audit."""
        return f"What moved: {'all audits' if self.everything else self.audit_id}"

    def lines(self) -> Iterator[str]:
        """By agency, then what moved."""
        workspace, by = self.qa.workspace, self.qa.person.id if self.qa.person else ""
        if self.everything:
            found = hearings.ledgers(workspace, by=by)
            yield from found.closed
            yield from ledger_lines(found.shifts, sections=self.with_sections)
            return
        hearings.require_reader(workspace, self.audit_id, by)
        yield from ledger_lines(hearings.ledger(workspace, self.audit_id), sections=self.with_sections)

    def action_over_audits(self) -> None:
        """Every audit, or this one."""
        self.everything = not self.everything
        self.fill()

    def action_sections(self) -> None:
        """Sections too, or not."""
        self.with_sections = not self.with_sections
        self.fill()
