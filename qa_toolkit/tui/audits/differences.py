"""Differences to settle: the facts of a case beside what agencies' records say, and which of the two stands."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.differences import Row, Stands
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.saying import show_fact
from qa_toolkit.domain.template.model import HeaderField
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.workflow import differences

DEEDS = (
    Deed("case-stands", "c", "Case stands", "What was entered with the case stands.", True, "settle('case')"),
    Deed("agency-stands", "a", "Agency stands", "The agency’s word stands, and the case has it.", True,
         "settle('agency')"),
    Deed("all", "t", "All", "Show those that are settled as well, or only what is open.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)  # fmt: skip
COLUMNS = (("Child", 7), ("Fact", 18), ("The case has", 15), ("Says otherwise", 15), ("Agency", 9))


class DifferencesScreen(TableScreen):
    """What agencies' records say otherwise."""

    HELP: ClassVar[str] = (
        "A fact about a child is entered once, with the case. An agency whose record says otherwise notes it in its "
        "return, and it waits here. c lets the case stand as it is; a lets the agency’s word stand, and the case has "
        "it from then on. Either asks why, and who decided.\n\nWhat the agency recorded stays in its return. A settled "
        "difference comes back if the agency changes its word, or somebody changes the fact."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self._rows: list[Row] = []
        self._fields: dict[str, HeaderField] = {}
        self._all = False

    def fill(self) -> None:
        """Read the differences, and show them; the cursor stays where it was."""
        workspace, person = self.qa.workspace, self.qa.person
        if person is None:
            return
        try:
            audit = workspace.audit(self.audit_id).audit
            self._rows = differences.differences(workspace, audit.id, by=person.id, settled=self._all)
        except QAError as error:
            self.head(str(error))
            return
        self._fields = dict(workspace.template(audit.template).fields)
        count = sum(row.status.open for row in self._rows)
        words = f"{count} to settle." if count else "Nothing is to be settled."
        self.head(f"{audit.id}  Where records say otherwise", words)
        self.rows(COLUMNS, [self._texts(row, audit.id) for row in self._rows])

    def _texts(self, row: Row, audit: str) -> tuple[str, ...]:
        child = row.subject.removeprefix(f"{audit}-")
        return child, self._label(row), self._words(row, row.case), self._words(row, row.says), row.agency

    def _label(self, row: Row) -> str:
        field = self._fields.get(row.field)
        return field.label if field else row.field

    def _words(self, row: Row, value: object) -> str:
        field = self._fields.get(row.field)
        return show_fact(field, value) if field else str(value)

    @property
    def chosen(self) -> Row | None:
        """The difference where the cursor stands."""
        return self.at_cursor(self._rows)

    def words(self) -> str:
        """It in full, with how it was settled."""
        row = self.chosen
        if row is None:
            return "Every agency’s record agrees with the case, or the difference is settled."
        note = f" Note: {row.note}" if row.note else ""
        words = (
            f"{row.return_id}, {self._label(row)}: the case has {self._words(row, row.case)}; the agency’s record says "
            f"{self._words(row, row.says)}.{note}\n{row.status.label}."
        )
        if row.settlement is not None:
            whose = "the case" if row.settlement.stands is Stands.CASE else "the agency"
            words += f" Settled for {whose}, {row.settlement.agreed_by}: {row.settlement.why}"
        return words

    def action_all(self) -> None:
        """With those that are settled, or without."""
        self._all = not self._all
        self.fill()

    @work
    async def action_settle(self, which: str) -> None:
        """Ask why and who decided, and record it."""
        from qa_toolkit.tui.forms.form import Form, Values, words  # only when it is asked for

        row, person, stands = self.chosen, self.qa.person, Stands(which)
        if row is None or person is None:
            return
        if not row.status.open:
            self.say("This one is settled. It comes back if the agency or the case changes.")
            return

        def attempt(values: Values) -> str:
            differences.settle(
                self.qa.workspace, row.return_id, row.field, stands, why=values["why"], agreed_by=values["who"],
                seen=row, by=person.id, now=self.qa.now(),
            )  # fmt: skip
            return "Settled. What the agency recorded stays in its return."

        kept = row.case if stands is Stands.CASE else row.says
        form = Form(
            title=f"{row.return_id}, {self._label(row)}: {self._words(row, kept)} stands", about="", attempt=attempt,
            parts=(words("why", "Why? In a sentence", long=True),
                   words("who", "Who decided it: a role, such as “panel chair”")),
        )  # fmt: skip
        if await self.fill_in(form):
            self.fill()
