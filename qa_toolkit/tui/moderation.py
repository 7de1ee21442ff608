"""Moderation of one child, for a wall and one person at the keys: agencies side by side, biggest gap first.

Nothing here changes an agency's return. What is sensitive is not read out.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Footer, Static

from qa_toolkit.domain.comparing import GradeRow, QuestionRow
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.moderation import AgreedGrade
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import shorten
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.gridtable import in_two_lines
from qa_toolkit.tui.text import hanging, lines_shown, rich_shown, shown
from qa_toolkit.workflow import hearings, moderation, sealing

DEEDS = (
    Deed("agree", "g", "Agree a grade", "Record the panel’s grade for the row: the whole, or a section.", True),
    Deed("only", "d", "Differences", "Only where agencies differ, or everything.", True),
    Deed("next", "n", "Next child", "To the next child. p goes back.", True, "child(1)"),
    Deed("previous", "p", "Child before", "To the child before.", False, "child(-1)"),
    Deed("turn", "t", "Begin or end", "Begin this child’s turn, or end it: the clock runs meanwhile.", True),
    Deed("agreement", "a", "Second score", "How far two raters agree who scored this child blind.", False),
    Deed("back", "escape", "Back", "To the grid.", True),
)
SHORT = {
    Grade.OUTSTANDING: "Outst.", Grade.GOOD: "Good", Grade.REQUIRES_IMPROVEMENT: "Req.imp.",
    Grade.INADEQUATE: "Inadeq.", Grade.NOT_GRADED: "Not gr.",
}  # fmt: skip
"""Grades short enough for a column; the line below the table has them in full."""
COLUMN = 10


class ModerationScreen(QAScreen):
    """One child after the other."""

    HELP: ClassVar[str] = (
        "Rows are grades first, then questions, the biggest gap first. A star marks where two agencies contradict each "
        "other. Up and down choose a row; what each agency said, with its comment and evidence, stands below.\n\n"
        "Grades in brackets are indicative: computed from the answers, advice only. g records what the panel agrees "
        "for a grade row, with its reason; the agencies’ own grades stay as they are. t begins and ends a child’s "
        "turn. Who sits, interests and views are recorded with `qa panel`."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "moderation.tcss"

    def __init__(self, audit_id: str, subject: str = "") -> None:
        super().__init__()
        self.audit_id, self.subject = audit_id, subject
        self.hearing: hearings.Hearing | None = None
        self.rows: list[GradeRow | QuestionRow] = []
        self.differences = True

    def compose(self) -> ComposeResult:
        """The child and the clock, the table, what was said, the keys."""
        yield TopBar()
        yield Static(id="child")
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

    def fill(self) -> None:
        """Read the child's returns, and show them."""
        if not self.subject:
            self.query_one("#child", Static).update("This audit has no cases yet.")
            return
        try:
            by = self.qa.person.id if self.qa.person else ""
            sealing.require_moderation_open(self.qa.workspace, self.subject, by, self.subject)
            self.hearing = hearings.hearing(self.qa.workspace, self.subject)
        except QAError as error:
            self.hearing, self.rows = None, []
            self.query_one(DataTable).clear()
            self.query_one("#child", Static).update(lines_shown(str(error)))
            return
        found = self.hearing.comparison
        questions = [row for row in found.questions if row.gap or row.contradiction or not self.differences]
        self.rows = [*found.grades, *questions]
        self._table(found.agencies)
        self.tell_child()
        self.tell_row()

    def _table(self, agencies: tuple[str, ...]) -> None:
        table = self.query_one(DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        table.header_height = 2
        table.add_column(rich_shown("Row"), width=12)
        for agency in agencies:
            table.add_column(in_two_lines(agency, "-"), width=COLUMN + 1)
        table.add_column(rich_shown("Agreed"), width=COLUMN + 1)
        for one in self.rows:
            table.add_row(*self._cells(one, agencies))
        if self.rows:
            table.move_cursor(row=min(row, len(self.rows) - 1))

    def _cells(self, row: GradeRow | QuestionRow, agencies: tuple[str, ...]) -> list[Text]:
        assert self.hearing is not None
        if isinstance(row, GradeRow):
            agreed = self.hearing.agreed.get(row.of)
            cells = [self._grade(row, agency) for agency in agencies]
            label = "The whole" if row.of == OVERALL else row.of
            return [rich_shown(label, "bold"), *cells, rich_shown(SHORT[agreed.grade] if agreed else "", "bold")]
        mark = "* " if row.contradiction else "  "
        said = [rich_shown(shorten(row.words.get(agency, ""), COLUMN)) for agency in agencies]
        return [rich_shown(mark + row.question.id, "bold" if row.contradiction else ""), *said, rich_shown("")]

    @staticmethod
    def _grade(row: GradeRow, agency: str) -> Text:
        if agency in row.own:
            return rich_shown(SHORT[row.own[agency]])
        advice = row.indicative.get(agency)
        return rich_shown(f"({SHORT[advice]})" if advice else "", "dim")

    def tell_child(self) -> None:
        """The line about the child: which of how many, the clock, the quorum, what is missing."""
        heard = self.hearing
        if heard is None:
            return
        order = list(heard.panel.subjects if heard.panel and heard.panel.subjects else heard.file.subjects)
        place = order.index(self.subject) + 1 if self.subject in order else 0
        words = [f"{self.subject}, child {place} of {len(order)}"]
        if heard.turn is not None and heard.panel is not None:
            minutes = heard.turn.minutes(self.qa.now())
            left = heard.panel.minutes_each - minutes
            ended = heard.turn.ended_at is not None
            words.append(f"heard in {minutes} minutes" if ended else f"{minutes} minutes, {max(left, 0)} left")
        words.append(heard.quorum.sentence if heard.quorum else "No panel sits yet: `qa panel convene` records it.")
        if heard.waiting:
            words.append(f"Not filed: {', '.join(heard.waiting)}.")
        if heard.sealed:
            words.append(f"Sealed until both raters have submitted: {', '.join(heard.sealed)}.")
        if heard.scored_again:
            words.append(f"Scored by two: {', '.join(heard.scored_again)}; a says how far they agree.")
        self.query_one("#child", Static).update(shown(" · ".join(words)))

    @property
    def row(self) -> GradeRow | QuestionRow | None:
        """The row where the cursor stands."""
        place = self.query_one(DataTable).cursor_row
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def on_data_table_row_highlighted(self) -> None:
        """Say in full what stands in the row."""
        self.tell_row()

    def tell_row(self) -> None:
        """What each agency said on the row, in full."""
        heard, row = self.hearing, self.row
        if heard is None or row is None:
            self.query_one("#said", Static).update("Nothing has been filed for this child yet.")
            return
        lines = [row.title] if isinstance(row, GradeRow) else [f"{row.question.id}  {row.question.text}"]
        if isinstance(row, GradeRow):
            lines += [f"  {agency}: {grade.label}" for agency, grade in row.own.items()]
            others = {agency: grade for agency, grade in row.indicative.items() if agency not in row.own}
            lines += [f"  {agency}: {grade.label} (indicative)" for agency, grade in others.items()]
            agreed = heard.agreed.get(row.of)
            if agreed is not None:
                lines.append(f"  Agreed: {agreed.grade.label}. {agreed.reasons}")
        else:
            for agency, words in row.words.items():
                answer = row.answers[agency]
                hidden = row.question.sensitive or answer.sensitive
                more = [] if hidden else [text for text in (answer.comment, answer.evidence) if text]
                lines.append(f"  {agency}: {' · '.join([words, *more])}")
        width = self.qa.size.width - 3
        self.query_one("#said", Static).update(lines_shown("\n".join(hanging(line, width, 6) for line in lines)))

    # --- deeds

    def action_only(self) -> None:
        """Differences only, or everything."""
        self.differences = not self.differences
        self.fill()

    def action_child(self, step: int) -> None:
        """To another child."""
        if self.hearing is None:
            return
        panel = self.hearing.panel
        order = list(panel.subjects if panel and panel.subjects else self.hearing.file.subjects)
        place = order.index(self.subject) if self.subject in order else 0
        self.subject = order[max(0, min(place + step, len(order) - 1))]
        self.query_one(DataTable).move_cursor(row=0)
        self.fill()

    def action_turn(self) -> None:
        """Begin or end the child's turn."""
        heard, by = self.hearing, self.qa.person.id if self.qa.person else ""
        if heard is None:
            return
        running = heard.turn is not None and heard.turn.ended_at is None
        try:
            deed = moderation.end_turn if running else moderation.begin_turn
            deed(self.qa.workspace, self.subject, by=by, now=self.qa.now())
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_agree(self) -> None:
        """Ask the grade and its reason, and record them."""
        from qa_toolkit.tui.asking import AskText, PickOne  # only when it is asked for

        row, heard = self.row, self.hearing
        if heard is None or not isinstance(row, GradeRow):
            self.say("Choose a row with grades: the whole, or a section.")
            return
        grades = list(Grade)
        words = f"What does the panel agree? ({row.title})"
        picked = await self.app.push_screen_wait(PickOne("Agreed grade", words, [grade.label for grade in grades]))
        if picked is None:
            return
        before = heard.agreed.get(row.of)
        words = f"{grades[picked].label} ({row.title}): what decided it?"

        def check(text: str) -> None:
            moderation.check_reasons(text)

        reasons = await self.app.push_screen_wait(AskText("Why", words, long=True, check=check))
        if not reasons:
            return
        saw = seen(before) if before else unseen(AgreedGrade, f"{self.subject}:{row.of}")
        try:
            moderation.agree(
                self.qa.workspace, self.subject, grades[picked], reasons, of=row.of, seen=saw,
                by=self.qa.person.id if self.qa.person else "", now=self.qa.now(),
            )  # fmt: skip
        except QAError as error:
            self.refuse(error)
        self.fill()

    def action_agreement(self) -> None:
        """How far two raters of one return agree."""
        from qa_toolkit.tui.agreement import AgreementScreen  # only when it is asked for

        self.app.push_screen(AgreementScreen(self.audit_id, self.subject))

    def action_back(self) -> None:
        """To the screen before."""
        self.app.pop_screen()
