"""Moderation of one child, for a wall and one person at the keys: agencies side by side, biggest gap first.

Nothing here changes an agency's return. What is sensitive is not read out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from qa_toolkit.domain.comparing import GradeRow
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.findings import AnswerRef
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import bindings
from qa_toolkit.tui.panel import moderation_table, moderation_words
from qa_toolkit.tui.panel.moderation_deeds import DEEDS, HELP
from qa_toolkit.tui.panel.moderation_table import Row
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import hearings, moderation


class ModerationScreen(QAScreen):
    """One child after the other."""

    HELP: ClassVar[str] = HELP
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "moderation.tcss"

    def __init__(self, audit_id: str, subject: str = "") -> None:
        super().__init__()
        self.audit_id, self.subject = audit_id, subject
        self.hearing: hearings.Hearing | None = None
        self.rows: list[Row] = []
        self.differences = True
        self._shown = False
        self._width = 0
        """Columns of the screen for which the table was drawn."""

    @property
    def by(self) -> str:
        """Who is at the keys."""
        return self.qa.person.id if self.qa.person else ""

    def compose(self) -> ComposeResult:
        """The child and the clock, the table, what was said, the keys."""
        yield TopBar()
        yield Static(id="child")
        yield Static(id="work")
        yield DataTable(id="side", cursor_type="row", cell_padding=0)
        yield Static(id="said")
        yield Footer()

    def on_mount(self) -> None:
        """Show the first child, or the one that was named."""
        subjects = list(self.qa.workspace.audit(self.audit_id).subjects)
        self.subject = self.subject or (subjects[0] if subjects else "")
        self.fill()
        self.query_one(DataTable).focus()
        self.set_interval(30, self.tell_child)

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows here; the first time it was read a moment ago."""
        if self._shown:
            self.fill()
        self._shown = True

    def on_resize(self) -> None:
        """The columns are as wide as the screen allows."""
        if self.hearing is not None and self._width != self.qa.size.width:
            self._draw(self.hearing)
            self.tell_row()

    def _draw(self, heard: hearings.Hearing) -> None:
        self._width = self.qa.size.width
        moderation_table.draw(self.query_one(DataTable), heard, self.rows, self._width)

    def fill(self) -> None:
        """Read the child's returns, and show them."""
        if not self.subject:
            self.query_one("#child", Static).update("This audit has no cases yet.")
            return
        try:
            hearings.require_reader(self.qa.workspace, self.subject, self.by, self.subject)
            self.hearing = hearings.hearing(self.qa.workspace, self.subject)
        except QAError as error:
            self.hearing, self.rows = None, []
            self.query_one(DataTable).clear()
            self.query_one("#child", Static).update(lines_shown(str(error)))
            return
        found = self.hearing.comparison
        questions = [row for row in found.questions if row.gap or row.contradiction or not self.differences]
        self.rows = [*found.grades, *questions]
        self._draw(self.hearing)
        self.tell_child()
        self.tell_row()

    def tell_child(self) -> None:
        """The two lines about the child: the clock, the quorum, what is done and what is missing."""
        if self.hearing is not None:
            words = moderation_words.child_words(self.hearing, self.qa.now())
            self.query_one("#child", Static).update(shown(words))
            done = moderation_words.work_words(self.hearing, self.qa.workspace.people())
            self.query_one("#work", Static).update(shown(done))

    @property
    def row(self) -> Row | None:
        """The row where the cursor stands."""
        place = self.query_one(DataTable).cursor_row
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def on_data_table_row_highlighted(self) -> None:
        """Say in full what stands in the row."""
        self.tell_row()

    def tell_row(self) -> None:
        """What each agency said on the row, as far as there is room; what is left out is said."""
        heard, row = self.hearing, self.row
        if heard is None or row is None:
            self.query_one("#said", Static).update("Nothing has been filed for this child yet.")
            return
        width, room = self.qa.size.width - 3, max(6, self.qa.size.height // 3)
        wrapped = [hanging(line, width, 6) for line in moderation_words.row_lines(heard, row)]
        lines = "\n".join(wrapped).split("\n")
        if len(lines) > room:
            lines = [*lines[: room - 1], f"  … {len(lines) - room + 1} more lines: e shows all of it."]
        self.query_one("#said", Static).update(lines_shown("\n".join(lines)))

    def _page(self, title: str, lines: Iterable[str]) -> None:
        from qa_toolkit.tui.help import Page  # only when it is asked for

        width = min(self.qa.size.width * 9 // 10, 100) - 8
        words = "\n".join(hanging(line, width, len(line) - len(line.lstrip()) + 2) for line in lines)
        self.app.push_screen(Page(title, words))

    # --- looking

    def action_only(self) -> None:
        """Differences only, or everything."""
        self.differences = not self.differences
        self.fill()

    def action_child(self, step: int) -> None:
        """To another child."""
        if self.hearing is None:
            return
        order = self.hearing.order
        place = order.index(self.subject) if self.subject in order else 0
        self.subject = order[max(0, min(place + step, len(order) - 1))]
        self.query_one(DataTable).move_cursor(row=0)
        self.fill()

    def on_data_table_row_selected(self) -> None:
        """Enter on a row."""
        self.action_evidence()

    def action_evidence(self) -> None:
        """All that stands behind the row."""
        if self.hearing is not None and self.row is not None:
            self._page(self.subject, moderation_words.evidence_lines(self.hearing, self.row))

    def action_contradictions(self) -> None:
        """Every contradiction."""
        if self.hearing is not None:
            self._page(f"{self.subject}: contradictions", moderation_words.contradiction_lines(self.hearing))

    def action_turning(self) -> None:
        """What the indicative grades hang on."""
        if self.hearing is not None:
            self._page(f"{self.subject}: what would change it", moderation_words.turning_lines(self.hearing))

    def action_agreement(self) -> None:
        """How far two raters of one return agree."""
        from qa_toolkit.tui.panel.agreement import AgreementScreen  # only when it is asked for

        self.app.push_screen(AgreementScreen(self.audit_id, self.subject))

    def action_ledger(self) -> None:
        """What moved."""
        from qa_toolkit.tui.panel.ledger import LedgerScreen  # only when it is asked for

        self.app.push_screen(LedgerScreen(self.audit_id))

    def action_findings(self) -> None:
        """The audit's findings."""
        from qa_toolkit.tui.panel.findings import FindingsScreen  # only when it is asked for

        self.app.push_screen(FindingsScreen(self.audit_id))

    # --- the panel's deeds

    def action_turn(self) -> None:
        """Begin or end the child's turn."""
        heard = self.hearing
        if heard is None:
            return
        running = heard.turn is not None and heard.turn.ended_at is None
        try:
            deed = moderation.end_turn if running else moderation.begin_turn
            deed(self.qa.workspace, self.subject, by=self.by, now=self.qa.now())
        except QAError as error:
            self.refuse(error)
        self.fill()

    async def _ask(self, asking: Awaitable[object]) -> None:
        """Wait for a form, and show what it recorded, or why it was not."""
        try:
            await asking
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_agree(self) -> None:
        """Ask the grade and its reason, and record them."""
        from qa_toolkit.tui.panel import moderation_asks as moderationasks  # only when it is asked for

        if self.hearing is None or not isinstance(self.row, GradeRow):
            self.say("Choose a row with grades: the whole, or a section.")
            return
        await self._ask(moderationasks.agree(self.qa, self.hearing, self.row, self.by))

    @work
    async def action_ask(self) -> None:
        """Ask one of the panel's own questions."""
        from qa_toolkit.tui.panel import moderation_asks as moderationasks  # only when it is asked for

        if self.hearing is None or not self.hearing.questions:
            self.say("The template asks the panel no questions of its own.")
            return
        await self._ask(moderationasks.ask_panel(self.qa, self.hearing, self.by))

    @work
    async def action_voice(self) -> None:
        """Record a view."""
        from qa_toolkit.tui.panel import moderation_asks as moderationasks  # only when it is asked for

        if self.hearing is not None:
            await self._ask(moderationasks.view(self.qa, self.hearing, self.by))

    @work
    async def action_interest(self) -> None:
        """Record an interest."""
        from qa_toolkit.tui.panel import moderation_asks as moderationasks  # only when it is asked for

        if self.hearing is not None:
            await self._ask(moderationasks.interest(self.qa, self.hearing, self.by))

    @work
    async def action_sitting(self) -> None:
        """Convene, or say who came and left."""
        from qa_toolkit.tui.panel import moderation_asks as moderationasks  # only when it is asked for

        if self.hearing is not None:
            await self._ask(moderationasks.sitting(self.qa, self.hearing, self.by))

    @work
    async def action_finding(self) -> None:
        """Raise a finding from the row."""
        from qa_toolkit.tui.panel import finding  # only when it is asked for

        heard, row = self.hearing, self.row
        if heard is None:
            return
        refs: list[AnswerRef] = []
        if row is not None and not isinstance(row, GradeRow):
            refs = [AnswerRef(return_id=heard.returns[a].id, question=row.question.id) for a in row.answers]
        asked = finding.ask(self.qa, self.audit_id, refs, subject=self.subject, origin="moderation", by=self.by)
        await self._ask(asked)

    @work
    async def action_open_return(self) -> None:
        """Open one agency's return."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        heard = self.hearing
        if heard is None or not heard.returns:
            self.say("Nothing has been filed for this child yet.")
            return
        agencies = list(heard.returns)
        picked = await self.app.push_screen_wait(PickOne("Open a return", "Whose?", agencies))
        if picked is not None:
            self.qa.open_return(heard.returns[agencies[picked]].id)
