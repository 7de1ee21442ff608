"""All audits."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import DataTable, Footer, Static

from qa_toolkit.domain.audits import AuditStatus
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import rich_shown

DEEDS = (
    Deed("open", "enter", "Open", "Open the grid of the audit that is chosen.", True),
    Deed("compare", "c", "Compare", "A re-audit beside the audit before it; a round beside the last one.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class AuditsScreen(QAScreen):
    """Every audit, open ones first."""

    HELP: ClassVar[str] = (
        "Every audit here, open ones first. Enter opens its grid of children and agencies. c sets a re-audit beside "
        "the audit before it, which stands after its title, and a round of self-assessment beside the last one."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "../grid.tcss"

    def compose(self) -> ComposeResult:
        """A table."""
        yield TopBar()
        yield Static("Audits", classes="title")
        yield DataTable(id="audits", cursor_type="row", zebra_stripes=True)
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns("Audit", "Status", "Due", "Title")
        entries = sorted(
            self.qa.workspace.audits().values(), key=lambda e: (e.status is not AuditStatus.OPEN, e.due, e.id)
        )
        for entry in entries:
            title = f"{entry.title} (re-audit of {entry.re_audit_of})" if entry.re_audit_of else entry.title
            cells = (entry.id, entry.status.value.capitalize(), show_date(entry.due), title)
            table.add_row(*(rich_shown(cell) for cell in cells), key=entry.id)
        table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the grid."""
        if event.row_key.value:
            self.qa.open_audit(event.row_key.value)

    def action_compare(self) -> None:
        """The re-audit that is chosen, beside the audit before it."""
        from qa_toolkit.tui.audits.indicators import IndicatorsScreen  # only when it is asked for
        from qa_toolkit.tui.audits.re_audit import ReAuditScreen

        table = self.query_one(DataTable)
        if not table.row_count:
            return
        chosen = str(table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value)
        entry = self.qa.workspace.audits()[chosen]
        if entry.kind is Kind.SELF_ASSESSMENT:
            self.app.push_screen(IndicatorsScreen(chosen))
        elif entry.re_audit_of:
            self.app.push_screen(ReAuditScreen(chosen))
        else:
            self.say(f"{chosen} looks again at no earlier audit. `qa audit open … --re-audit-of` links one.")

    def action_back(self) -> None:
        """To the screen before."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.qa.action_home()
