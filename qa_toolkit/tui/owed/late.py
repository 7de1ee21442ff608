"""What is owed: children by agencies over the open audits, with days to go and days late, and what was agreed."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.widgets.data_table import CursorType

from qa_toolkit.domain.dates import show_date, show_moment
from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.home.screen import due_in_words
from qa_toolkit.tui.owed import late_table
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.workflow import chasing
from qa_toolkit.workflow.owing import Owing, owing
from qa_toolkit.workflow.reading import Cell
from qa_toolkit.workflow.reminders import reminded

DEEDS = (
    Deed("open", "enter", "Open", "Open the return that is chosen.", False),
    Deed("messages", "m", "Messages", "Draft this Monday’s messages, read them, and mark them as sent.", True),
    Deed("promise", "p", "Promise", "Record the day by which this return is promised, and by whom.", True),
    Deed("excuse", "x", "Excuse", "Record that this return need not come, with who agreed; or take that back.", True),
    Deed("record", "f", "Fair record", "What was sent to the agency, what it promised, what was excused.", True),
    Deed("audit", "a", "One audit", "One audit after the other, then all of them again.", False),
    Deed("whole", "t", "Everything", "Children for whom everything came in as well, or only what is owed.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class LateScreen(TableScreen):
    """Late, and what is soon to be."""

    HELP: ClassVar[str] = (
        "A row for each child for whom something is owed, a column for each agency. “4 late” counts working days after "
        "the due date, “6 to go” working days before it. Below stands how far the return is, or the day for which it "
        "was promised. A dash: nothing is asked. In: it came.\n\nm drafts one message for each agency across all open "
        "audits, in the tone of the step it has reached; you read and send them yourself, then mark them as sent. "
        "p records a promised day: reminders wait for it, and the due date stays. x excuses a return, with who "
        "agreed. f shows the fair record of all of it."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CURSOR: ClassVar[CursorType] = "cell"

    def __init__(self) -> None:
        super().__init__()
        self.found: Owing | None = None
        self.audit_id = ""
        """The one audit that is shown, or all where it is empty."""
        self._whole = False
        self._rows: list[late_table.Row] = []

    # --- showing

    def fill(self) -> None:
        """Read what is owed, and show it."""
        qa = self.qa
        try:
            self.found = owing(qa.workspace, today=qa.today, calendar=qa.calendar)
        except QAError as error:
            self.head(str(error))
            return
        self.draw()

    def draw(self) -> None:
        """Show it for this width."""
        found = self.found
        if found is None:
            return
        grids = [at for at in found.grids if self.audit_id in ("", at.file.audit.id)]
        self._rows = late_table.rows(grids, found, whole=self._whole)
        where = f"{self.audit_id}  {grids[0].file.audit.title}" if self.audit_id and grids else "all open audits"
        self.head(f"What is owed: {where}", self._facts(found))
        late_table.draw(self.table, self._rows, found, self.qa.size.width)
        self.drawn()

    def _facts(self, found: Owing) -> str:
        cells = [one.cell for one in found.waiting if not one.second and self._shows(one.cell)]
        late = sum(cell.late > 0 for cell in cells)
        soon = sum(not cell.late and cell.days_left <= 5 for cell in cells)
        promised = sum(cell.return_id in found.promised for cell in cells)
        excused = sum(not self.audit_id or id.startswith(f"{self.audit_id}-") for id in found.excused)
        due = len(chasing.to_write(self.qa.workspace, found, today=self.qa.today))
        wait = len(chasing.drafts(self.qa.workspace, found))
        return (
            f"Late {late}, due within five working days {soon}, later {len(cells) - late - soon}. Promised {promised}, "
            f"excused {excused}. Agencies to write to today: {due}; drafted and not sent: {wait}."
        )

    def _shows(self, cell: Cell) -> bool:
        return not self.audit_id or cell.return_id.startswith(f"{self.audit_id}-")

    @property
    def chosen(self) -> Cell | None:
        """The return where the cursor stands."""
        where = self.table.cursor_coordinate
        agencies = late_table.agencies(self._rows)
        if where.row >= len(self._rows) or not 0 < where.column <= len(agencies):
            return None
        return self._rows[where.row].cells.get(agencies[where.column - 1])

    def words(self) -> str:
        """The return, how far it is, and what was agreed."""
        cell, found = self.chosen, self.found
        if found is None or not self._rows:
            return "Nothing is owed. Thank you."
        return self._in_words(found, cell) if cell is not None else "Nothing is asked of this agency here."

    def _in_words(self, found: Owing, cell: Cell) -> str:
        agency = self.qa.workspace.agencies()[cell.agency].name
        done = f", {cell.summary.answered} of {cell.summary.asked} answered" if cell.summary else ""
        excused, promised = found.excused.get(cell.return_id), found.promised.get(cell.return_id)
        when = f"{due_in_words(cell)}." if not excused else f"due {show_date(cell.due)}."
        words = f"{cell.return_id}: {agency}, {cell.rater or 'nobody named yet'}. {cell.state.label}{done}; {when}"
        if excused:
            return f"{words} Excused, agreed by {excused.agreed_by}: {excused.reason}"
        if promised and cell.state.owed:
            words += f" Promised for {show_date(promised.day)} by {promised.by_whom}."
        if cell.state.owed:
            sent = reminded(self.qa.workspace, cell.return_id)
            words += f" Reminded {_times(len(sent))}, last on {show_date(sent[-1])}." if sent else ""
        return words

    def action_open(self) -> None:
        """Open the return."""
        cell = self.chosen
        if cell is not None:
            self.qa.open_return(cell.return_id)

    def action_audit(self) -> None:
        """The next audit; after the last, all of them."""
        ids = ["", *(at.file.audit.id for at in self.found.grids)] if self.found else [""]
        at = ids.index(self.audit_id) if self.audit_id in ids else 0
        self.audit_id = ids[(at + 1) % len(ids)]
        self.draw()

    def action_whole(self) -> None:
        """Everything, or only what is owed."""
        self._whole = not self._whole
        self.draw()

    # --- the co-ordinator's deeds

    def action_messages(self) -> None:
        """The messages: those that wait, or drafted now."""
        from qa_toolkit.tui.owed.messages import MessagesScreen  # only when it is asked for

        self.app.push_screen(MessagesScreen())

    @work
    async def action_promise(self) -> None:
        """Ask for the day, and who promised it."""
        from qa_toolkit.tui.owed.forms import promise_form  # only when it is asked for

        cell, person, found = self.chosen, self.qa.person, self.found
        if cell is None or person is None or found is None:
            return
        if not cell.state.owed or cell.return_id in found.excused:
            self.say(f"{cell.return_id} is not owed, so there is nothing to promise.")
        elif await self.fill_in(promise_form(self.qa, person.id, cell, found.promised.get(cell.return_id))):
            self.fill()

    @work
    async def action_excuse(self) -> None:
        """Ask why it need not come, and who agreed; or why it is expected again."""
        from qa_toolkit.tui.owed.forms import excuse_form, expected_form  # only when it is asked for

        cell, person, found = self.chosen, self.qa.person, self.found
        if cell is None or person is None or found is None:
            return
        excused = cell.return_id in found.excused
        if not excused and not cell.state.owed:
            self.say(f"{cell.return_id} is not owed, so there is nothing to excuse.")
        elif await self.fill_in((expected_form if excused else excuse_form)(self.qa, person.id, cell)):
            self.fill()

    def action_record(self) -> None:
        """The fair record, of the agency of the column; of all, where the cursor stands on none."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        cell = self.chosen
        agency = cell.agency if cell else ""
        facts = [one for one in chasing.fair_record(self.qa.workspace) if agency in ("", one.agency)]
        lines = [
            f"{show_moment(one.at) if one.at else 'Not dated'}  {one.sentence}\n    {', '.join(one.returns)}"
            for one in facts
        ]
        name = self.qa.workspace.agencies()[agency].name if agency else "all agencies"
        none = "No message was sent, no day promised and no return excused."
        self.app.push_screen(Page(f"Fair record: {name}", "\n\n".join(lines) or none))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
