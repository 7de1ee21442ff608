"""All audits."""

from __future__ import annotations

from typing import ClassVar

from qa_toolkit.domain.audits import AuditEntry, AuditStatus
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.text import cells
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen

DEEDS = (
    Deed("open", "enter", "Open", "Open the grid of the audit that is chosen.", True),
    Deed("compare", "c", "Compare", "A re-audit beside the audit before it; a round beside the last one.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class AuditsScreen(TableScreen):
    """Every audit, open ones first."""

    HELP: ClassVar[str] = (
        "Every audit here, open ones first. Enter opens its grid of children and agencies. c sets a re-audit beside "
        "the audit before it, which stands after its title, and a round of self-assessment beside the last one."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[AuditEntry] = []

    def fill(self) -> None:
        """List them."""
        found = self.qa.workspace.audits().values()
        self._entries = sorted(found, key=lambda e: (e.status is not AuditStatus.OPEN, e.due, e.id))
        self.head("Audits" if self._entries else "No audit is open yet: `qa audit open` opens one.")
        wide = max((cells(one.id) for one in self._entries), default=0)
        columns = (("Audit", max(wide, 10)), ("Status", 9), ("Due", 11), ("Title", 0))
        self.rows(columns, [self._texts(one) for one in self._entries])

    def _texts(self, one: AuditEntry) -> tuple[str, ...]:
        title = f"{one.title} (re-audit of {one.re_audit_of})" if one.re_audit_of else one.title
        return one.id, one.status.value.capitalize(), show_date(one.due), title

    def action_open(self) -> None:
        """Open the grid."""
        if (chosen := self.at_cursor(self._entries)) is not None:
            self.qa.open_audit(chosen.id)

    def action_compare(self) -> None:
        """The re-audit that is chosen, beside the audit before it."""
        from qa_toolkit.tui.audits.indicators import IndicatorsScreen  # only when it is asked for
        from qa_toolkit.tui.audits.re_audit import ReAuditScreen

        chosen = self.at_cursor(self._entries)
        if chosen is None:
            return
        if chosen.kind is Kind.SELF_ASSESSMENT:
            self.app.push_screen(IndicatorsScreen(chosen.id))
        elif chosen.re_audit_of:
            self.app.push_screen(ReAuditScreen(chosen.id))
        else:
            self.say(f"{chosen.id} looks again at no earlier audit. `qa audit open … --re-audit-of` links one.")
