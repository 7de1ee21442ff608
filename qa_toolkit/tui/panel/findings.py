"""The findings of an audit, strengths first: each with how common it is, and its thread one key away."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.findings import Finding
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import hanging
from qa_toolkit.workflow import findings, sealing

DEEDS = (
    Deed("open", "enter", "Thread", "What shows the finding, and what came of it.", True),
    Deed("raise-one", "f", "Raise one", "Raise a finding that rests on no single answer.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
COLUMNS = (("Finding", 10), ("What it is", 23), ("Children", 8), ("Returns", 8), ("What was found", 0))


class FindingsScreen(TableScreen):
    """Every finding that stands."""

    HELP: ClassVar[str] = (
        "Strengths first, then good practice to spread, areas to develop, system issues. Children and returns say in "
        "how many of how many it was seen: counted from its answers, never typed.\n\nEnter follows one back to its "
        "answers and forward to what came of it. f raises one; from an answer, f on that answer’s screen does it "
        "better, because it is tied to what shows it."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self._found: list[Finding] = []

    def fill(self) -> None:
        """Read the findings, and show them."""
        workspace, by = self.qa.workspace, self.qa.person.id if self.qa.person else ""
        title = f"{self.audit_id}  Findings"
        try:
            sealing.require_moderation_open(workspace, self.audit_id, by)
            self._found = findings.of_audit(workspace, self.audit_id)
        except QAError as error:
            self._found = []
            self.head(title, str(error))
            return
        strong = sum(not one.kind.to_improve for one in self._found)
        counts = f"{strong} strengths and good practice, {len(self._found) - strong} to improve."
        self.head(title, counts if self._found else "None yet: f raises one.")
        self.rows(COLUMNS, [self._texts(one) for one in self._found])

    def _texts(self, one: Finding) -> tuple[str, ...]:
        common = findings.how_common(self.qa.workspace, one)
        seen = (f"{common.children} of {common.of_children}", f"{common.returns} of {common.of_returns}")
        return one.id, one.kind.label, *seen, one.text

    @property
    def chosen(self) -> Finding | None:
        """The finding where the cursor stands."""
        return self.at_cursor(self._found)

    def words(self) -> str:
        """It in full."""
        one = self.chosen
        return hanging(f"{one.id}: {one.text}", self.qa.size.width - 6, 4) if one is not None else ""

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
