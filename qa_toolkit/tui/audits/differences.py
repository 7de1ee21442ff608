"""Differences to settle: the facts of a case beside what agencies' records say, and which of the two stands."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Footer, Static

from qa_toolkit.domain.differences import Row, Stands
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.saying import show_fact
from qa_toolkit.domain.template.model import HeaderField
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import lines_shown, rich_shown, shown
from qa_toolkit.workflow import differences

DEEDS = (
    Deed("case-stands", "c", "Case stands", "What was entered with the case stands.", True, "settle('case')"),
    Deed("agency-stands", "a", "Agency stands", "The agency’s word stands, and the case has it.", True,
         "settle('agency')"),
    Deed("all", "t", "All", "Show those that are settled as well, or only what is open.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)  # fmt: skip
COLUMNS = (("Child", 7), ("Fact", 18), ("The case has", 15), ("Says otherwise", 15), ("Agency", 9))


class DifferencesScreen(QAScreen):
    """What agencies' records say otherwise."""

    HELP: ClassVar[str] = (
        "A fact about a child is entered once, with the case. An agency whose record says otherwise notes it in its "
        "return, and it waits here. c lets the case stand as it is; a lets the agency’s word stand, and the case has "
        "it from then on. Either asks why, and who decided.\n\nWhat the agency recorded stays in its return. A settled "
        "difference comes back if the agency changes its word, or somebody changes the fact."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "../grid.tcss"

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self._rows: list[Row] = []
        self._fields: dict[str, HeaderField] = {}
        self._all = False

    def compose(self) -> ComposeResult:
        """Title, counts, the list, the chosen difference in words."""
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

    def fill(self) -> None:
        """Read the differences, and show them; the cursor stays where it was."""
        workspace, person = self.qa.workspace, self.qa.person
        if person is None:
            return
        try:
            audit = workspace.audit(self.audit_id).audit
            self._rows = differences.differences(workspace, audit.id, by=person.id, settled=self._all)
        except QAError as error:
            self.query_one("#grid-title", Static).update(lines_shown(str(error)))
            return
        self._fields = dict(workspace.template(audit.template).fields)
        self.query_one("#grid-title", Static).update(shown(f"{audit.id}  Where records say otherwise"))
        count = sum(row.status.open for row in self._rows)
        words = f"{count} to settle." if count else "Nothing is to be settled."
        self.query_one("#grid-facts", Static).update(shown(words))
        table = self.query_one(DataTable)
        where = table.cursor_coordinate
        table.clear(columns=True)
        for title, width in COLUMNS:
            table.add_column(rich_shown(title), width=width)
        for row in self._rows:
            child = row.subject.removeprefix(f"{audit.id}-")
            texts = (child, self._label(row), self._words(row, row.case), self._words(row, row.says), row.agency)
            plain = [rich_shown(shorten(text, width)) for text, (_, width) in zip(texts, COLUMNS, strict=True)]
            table.add_row(*plain, key=f"{row.return_id}:{row.field}")
        if self._rows:
            table.move_cursor(row=min(where.row, len(self._rows) - 1))
        self._tell()

    def _label(self, row: Row) -> str:
        field = self._fields.get(row.field)
        return field.label if field else row.field

    def _words(self, row: Row, value: object) -> str:
        field = self._fields.get(row.field)
        return show_fact(field, value) if field else str(value)

    @property
    def chosen(self) -> Row | None:
        """The difference where the cursor stands."""
        row = self.query_one(DataTable).cursor_coordinate.row
        return self._rows[row] if row < len(self._rows) else None

    def _tell(self) -> None:
        row, line = self.chosen, self.query_one("#cell", Static)
        if row is None:
            line.update("Every agency’s record agrees with the case, or the difference is settled.")
            return
        note = f" Note: {row.note}" if row.note else ""
        words = (
            f"{row.return_id}, {self._label(row)}: the case has {self._words(row, row.case)}; the agency’s record says "
            f"{self._words(row, row.says)}.{note}\n{row.status.label}."
        )
        if row.settlement is not None:
            whose = "the case" if row.settlement.stands is Stands.CASE else "the agency"
            words += f" Settled for {whose}, {row.settlement.agreed_by}: {row.settlement.why}"
        line.update(lines_shown(words))

    def on_data_table_row_highlighted(self) -> None:
        """Say in words what is chosen."""
        self._tell()

    def action_all(self) -> None:
        """With those that are settled, or without."""
        self._all = not self._all
        self.fill()

    @work
    async def action_settle(self, which: str) -> None:
        """Ask why and who decided, and record it."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        row, person, stands = self.chosen, self.qa.person, Stands(which)
        if row is None or person is None:
            return
        if not row.status.open:
            self.say("This one is settled. It comes back if the agency or the case changes.")
            return
        kept = row.case if stands is Stands.CASE else row.says
        title = f"{self._label(row)}: {self._words(row, kept)} stands"
        why_name = f"{row.return_id} {row.field}: {which}"
        why = await self.app.push_screen_wait(AskText(title, "Why? In a sentence.", check=_enough, kept=why_name))
        if why is None:
            return
        words = "Who decided it? A role, such as “panel chair”."
        agreed = await self.app.push_screen_wait(AskText(title, words, check=_somebody))
        if agreed is None:
            return
        try:
            differences.settle(
                self.qa.workspace, row.return_id, row.field, stands, why=why, agreed_by=agreed, seen=row,
                by=person.id, now=self.qa.now(),
            )  # fmt: skip
            self.qa.left.forget(why_name)
            self.say("Settled. What the agency recorded stays in its return.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    def action_back(self) -> None:
        """To the screen before."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.qa.action_home()


def _enough(text: str) -> None:
    if len(text) < differences.LEAST_REASON:
        raise InputError("Say in a sentence why this one stands: the next person to look has only that.")


def _somebody(text: str) -> None:
    if not text:
        raise InputError("Say who decided it.")
