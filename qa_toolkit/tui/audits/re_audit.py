"""A re-audit beside the audit before it: grades, sections, questions, and what can be told from chance."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.small_samples import Way
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import shorten
from qa_toolkit.domain.then_and_now import Row, ThenAndNow
from qa_toolkit.reports.audits.re_audit_text import NOTHING, row_lines, row_title
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import hanging, lines_shown, rich_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import re_audits

DEEDS = (
    Deed("told", "d", "Can be told", "Only rows whose change can be told from chance, or every row.", True),
    Deed("apart", "n", "Not compared", "Questions that cannot be set beside each other, and why.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
NAME, COUNTS, TOLD = 10, 34, 16
"""Columns of a row’s name, of counts where there is room, and of what can be said."""
_SHORT = {Grade.OUTSTANDING.label: "Outst.", Grade.REQUIRES_IMPROVEMENT.label: "Req.imp.",
          Grade.INADEQUATE.label: "Inadeq."}  # fmt: skip
LEANS = {1: "leans up", -1: "leans down", 0: "level"}


class ReAuditScreen(QAScreen):
    """Then and now, a row for each grade, section and question."""

    HELP: ClassVar[str] = (
        "A re-audit beside the audit before it. First grades, then sections, then questions: those that are better, "
        "those that are lower, those of which one cannot tell.\n\nWhat is counted is a child, not a return: where "
        "several agencies answered about one child, the child counts once, with the middle of their answers. Only "
        "agencies that answered in both audits count.\n\n“Cannot tell” is a full answer: with few children, chance "
        "alone moves much. The line below says how often it would give a difference like the one in the row.\n\nEach "
        "question is the same by its id; where its words changed, both are shown. n lists what cannot be compared."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "re_audit.tcss"

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self.found: ThenAndNow | None = None
        self.rows: list[Row] = []
        self.told_only = False

    def compose(self) -> ComposeResult:
        """What is compared, the table, the row in words, the keys."""
        yield TopBar()
        yield Static(id="child")
        yield DataTable(id="side", cursor_type="row")
        yield Static(id="said")
        yield Footer()

    def on_mount(self) -> None:
        """Read both audits."""
        by = self.qa.person.id if self.qa.person else ""
        try:
            self.found = re_audits.compare(self.qa.workspace, self.audit_id, by=by)
        except QAError as error:
            self.query_one("#child", Static).update(lines_shown(str(error)))
            return
        self.fill()
        self.query_one(DataTable).focus()

    def on_resize(self) -> None:
        """The columns may be wider now."""
        if self.found is not None:
            self.fill()

    def fill(self) -> None:
        """Show what was read."""
        found = self.found
        if found is None:
            return
        words = f"{found.later} beside {found.earlier}. {found.what_a_pair_is} {found.by_chance}"
        self.query_one("#child", Static).update(lines_shown(words))
        order = list(Way)
        questions = sorted(found.questions, key=lambda row: order.index(row.way))
        every = [*found.grades, *found.sections, *questions]
        self.rows = [row for row in every if not self.told_only or row.way is not Way.CANNOT_TELL]
        table = self.query_one(DataTable)
        at = table.cursor_row
        table.clear(columns=True)
        columns = _columns(self.qa.size.width)
        for heading, width in columns.items():
            table.add_column(rich_shown(heading), width=width)
        for row in self.rows:
            bold = "bold" if row.way is not Way.CANNOT_TELL else ""
            cells = (_name(row), _counts(row, row.then), _counts(row, row.now), _told(row), row.title)
            # The last column is there only where the screen has room for it.
            shortened = (shorten(cell, width) for cell, width in zip(cells, columns.values(), strict=False))
            table.add_row(*(rich_shown(cell, bold) for cell in shortened))
        if self.rows:
            table.move_cursor(row=min(at, len(self.rows) - 1))
        self.tell_row()

    def on_data_table_row_highlighted(self) -> None:
        """Say the row in full."""
        self.tell_row()

    def tell_row(self) -> None:
        """The row in words."""
        at = self.query_one(DataTable).cursor_row
        line = self.query_one("#said", Static)
        if self.found is None:
            return
        if not 0 <= at < len(self.rows):
            none = "Nothing here can be told from chance; d shows every row."
            line.update(shown(none if self.told_only else NOTHING))
            return
        row, width = self.rows[at], self.qa.size.width - 3
        said = [row_title(row), *(f"  {one}" for one in row_lines(row, self.found.unit))]
        line.update(lines_shown("\n".join(hanging(one, width, 4) for one in said)))

    def action_told(self) -> None:
        """Only what can be told, or everything."""
        self.told_only = not self.told_only
        self.fill()

    def action_apart(self) -> None:
        """What cannot be compared."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        if self.found is not None:
            words = "\n".join(f"{id} {why}." for id, why in self.found.apart) or "Every question can be compared."
            self.app.push_screen(Page("Not compared", words))


def _columns(width: int) -> dict[str, int]:
    """Heading to width: a title, too, where the counts have all the room they need."""
    rest = width - NAME - TOLD - 10
    title = rest - 2 * COUNTS - 2
    counts = COUNTS if title >= 20 else max(rest // 2, 12)
    found = {"Row": NAME, "Then": counts, "Now": counts, "Can it be told": TOLD}
    return {**found, "Asked": title} if title >= 20 else found


def _name(row: Row) -> str:
    if row.agreed:
        return f"{row.id} agreed"
    return {"agreed": "The whole", "own": "Auditors’"}.get(row.id, row.id)


def _counts(row: Row, found: Counter[int]) -> str:
    """One side's counts, its grades short enough for a column; the line below the table has them in full."""
    steps = {points: _SHORT.get(label, label) for points, label in row.steps.items()}
    return row._replace(steps=steps).counts(found)


def _told(row: Row) -> str:
    return row.way.label if row.way is not Way.CANNOT_TELL else f"No: {LEANS[row.tested.lean]}"
