"""The findings of an audit, strengths first: each with how common it is, and its thread one key away."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Footer, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.findings import Finding
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import hanging, lines_shown, rich_shown, shown
from qa_toolkit.workflow import findings, sealing

DEEDS = (
    Deed("open", "enter", "Thread", "What shows the finding, and what came of it.", True),
    Deed("raise-one", "f", "Raise one", "Raise a finding that rests on no single answer.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
COLUMNS = (("Finding", 10), ("What it is", 23), ("Children", 8), ("Returns", 8))


class FindingsScreen(QAScreen):
    """Every finding that stands."""

    HELP: ClassVar[str] = (
        "Strengths first, then good practice to spread, areas to develop, system issues. Children and returns say in "
        "how many of how many it was seen: counted from its answers, never typed.\n\nEnter follows one back to its "
        "answers and forward to what came of it. f raises one; from an answer, f on that answer’s screen does it "
        "better, because it is tied to what shows it."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "../grid.tcss"

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self._found: list[Finding] = []

    def compose(self) -> ComposeResult:
        """Title, counts, the list, the chosen one in full."""
        yield TopBar()
        yield Static(id="grid-title", classes="title")
        yield Static(id="grid-facts", classes="facts")
        yield DataTable(id="grid", cursor_type="row")
        yield Static(id="cell")
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        self.fill()
        self.query_one(DataTable).focus()

    def on_screen_resume(self) -> None:
        """What was raised or taken back elsewhere shows here."""
        self.fill()

    def on_resize(self) -> None:
        """The words have more room now, or less."""
        self.fill()

    def fill(self) -> None:
        """Read the findings, and show them."""
        workspace, by = self.qa.workspace, self.qa.person.id if self.qa.person else ""
        self.query_one("#grid-title", Static).update(shown(f"{self.audit_id}  Findings"))
        try:
            sealing.require_moderation_open(workspace, self.audit_id, by)
            self._found = findings.of_audit(workspace, self.audit_id)
        except QAError as error:
            self._found = []
            self.query_one("#grid-facts", Static).update(lines_shown(str(error)))
            return
        strong = sum(not one.kind.to_improve for one in self._found)
        counts = f"{strong} strengths and good practice, {len(self._found) - strong} to improve."
        self.query_one("#grid-facts", Static).update(shown(counts if self._found else "None yet: f raises one."))
        table = self.query_one(DataTable)
        row, room = table.cursor_row, max(16, self.qa.size.width - sum(width + 2 for _, width in COLUMNS) - 6)
        table.clear(columns=True)
        for title, width in (*COLUMNS, ("What was found", room)):
            table.add_column(rich_shown(title), width=width)
        for one in self._found:
            common = findings.how_common(workspace, one)
            seen = (f"{common.children} of {common.of_children}", f"{common.returns} of {common.of_returns}")
            texts = (one.id, one.kind.label, *seen, shorten(one.text, room))
            table.add_row(*(rich_shown(text) for text in texts), key=one.id)
        if self._found:
            table.move_cursor(row=min(row, len(self._found) - 1))
        self._tell()

    @property
    def chosen(self) -> Finding | None:
        """The finding where the cursor stands."""
        row = self.query_one(DataTable).cursor_row
        return self._found[row] if 0 <= row < len(self._found) else None

    def _tell(self) -> None:
        one = self.chosen
        words = f"{one.id}: {one.text}" if one is not None else ""
        self.query_one("#cell", Static).update(lines_shown(hanging(words, self.qa.size.width - 6, 4)))

    def on_data_table_row_highlighted(self) -> None:
        """Say in full what is chosen."""
        self._tell()

    def on_data_table_row_selected(self) -> None:
        """Enter."""
        self.action_open()

    def action_open(self) -> None:
        """The thread of the chosen one."""
        from qa_toolkit.tui.panel.trace import TraceScreen  # only when it is asked for

        if self.chosen is not None:
            self.app.push_screen(TraceScreen(self.chosen.id))

    @work
    async def action_raise_one(self) -> None:
        """Raise a finding about the audit as a whole."""
        from qa_toolkit.tui.panel import finding  # only when it is asked for

        by = self.qa.person.id if self.qa.person else ""
        try:
            await finding.ask(self.qa, self.audit_id, [], origin="report", by=by)
        except QAError as error:
            self.refuse(error)
        self.fill()

    def action_back(self) -> None:
        """To the screen before."""
        self.app.pop_screen()
