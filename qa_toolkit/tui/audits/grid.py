"""One audit: a row for each child, a column for each agency, and what can be done with a return."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.widgets.data_table import CursorType

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.header import facts_lacking
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.promises import Excuse
from qa_toolkit.domain.sealing import SHARED_FOLDER
from qa_toolkit.domain.states import State
from qa_toolkit.domain.text import how_many, shorten
from qa_toolkit.tui.audits import grid_table
from qa_toolkit.tui.audits.grid_deeds import DEEDS, FIRST, HELP
from qa_toolkit.tui.commands import bindings
from qa_toolkit.tui.home.screen import days, due_in_words
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.workflow import audits, hearings, submission
from qa_toolkit.workflow.reading import Cell, Grid, grid


class GridScreen(TableScreen):
    """The grid of one audit."""

    HELP: ClassVar[str] = HELP
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CURSOR: ClassVar[CursorType] = "cell"

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self.grid: Grid | None = None

    def fill(self) -> None:
        """Read the audit, and show it."""
        qa = self.qa
        try:
            self.grid = grid(qa.workspace, self.audit_id, today=qa.today, calendar=qa.calendar, whole=False)
        except QAError as error:
            self.head(str(error))
            return
        at = self.grid
        audit = at.file.audit
        left = qa.calendar.working_days_between(qa.today, audit.due)
        when = f"{days(left)} left" if left > 0 else "today" if left == 0 else f"{days(-left)} ago"
        counts = ", ".join(f"{state.label.lower()} {at.count(state)}" for state in State if at.count(state))
        totals = f"{len(at.cells)} return{'' if len(at.cells) == 1 else 's'}: {counts or 'none'}. Late {len(at.late)}."
        self.head(
            f"{audit.id}  {audit.title}",
            f"Due {show_date(audit.due)} ({when}). {totals}{self._unnamed()}{self._lacking()}",
        )
        self.draw()

    def _unnamed(self) -> str:
        """For how many returns nobody is named, for who can propose somebody."""
        if self.grid is None or not self._runs_it:
            return ""
        free = (c.return_id for c in self.grid.cells.values() if not c.rater and c.state is State.NOT_STARTED)
        count = len(set(free).difference(self.grid.file.all(Excuse)))
        return f" Nobody is named for {count} of them: a proposes who scores." if count else ""

    def _lacking(self) -> str:
        """For how many children a fact that the template needs is not entered, for who can enter it."""
        if self.grid is None or not self._runs_it:
            return ""
        audit = self.grid.file.audit
        if audit.subject != "child":
            return ""
        template = self.qa.workspace.template(audit.template)
        count = sum(bool(facts_lacking(template, one.facts)) for one in self.grid.file.subjects.values())
        return (
            f" Facts are still needed of {count} {'child' if count == 1 else 'children'}: c enters them."
            if count
            else ""
        )

    def draw(self) -> None:
        """Show it for this width."""
        if self.grid is not None:
            grid_table.draw(self.table, self.grid, self.qa.size.width)
            self.drawn()

    @property
    def chosen(self) -> Cell | None:
        """The return where the cursor stands."""
        return None if self.grid is None else grid_table.chosen(self.table, self.grid)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Setting an audit up is offered to co-ordinators; which child is which, in a re-audit."""
        if action == "set_up" and parameters == ("same",):
            return self._runs_it and self.grid is not None and bool(self.grid.file.audit.re_audit_of)
        return action != "set_up" or self._runs_it

    @property
    def _runs_it(self) -> bool:
        return self.qa.person is not None and self.qa.person.is_(Role.COORDINATOR)

    def words(self) -> str:
        """The return, how far it is, and its blind second score."""
        cell = self.chosen
        if self.grid is not None and not self.grid.subjects:
            return FIRST if self._runs_it else "No cases yet: a co-ordinator adds them."
        if cell is None:
            return "No return is asked for here."
        agency = self.qa.workspace.agencies()[cell.agency].name
        rater = cell.rater or "nobody named yet"
        done = f", {cell.summary.answered} of {cell.summary.asked} answered" if cell.summary else ""
        words = f"{cell.return_id}: {agency}, {rater}. {cell.state.label}{done}; {due_in_words(cell)}."
        seconds = self.grid.seconds.values() if self.grid else ()
        for second in (one for one in seconds if one.return_id.startswith(f"{cell.return_id}-R")):
            words += f" Second score: {second.rater}, {second.state.label.lower()}."
        return words

    def action_open(self) -> None:
        """Open the return."""
        cell = self.chosen
        if cell is not None:
            self.qa.open_return(cell.return_id)

    def action_moderate(self) -> None:
        """The panel's view of the row's child."""
        from qa_toolkit.tui.panel.moderation import ModerationScreen  # only when it is asked for

        row = self.table.cursor_row
        subjects = self.grid.subjects if self.grid else ()
        person = self.qa.person
        try:
            hearings.require_member(self.qa.workspace, self.audit_id, person.id if person else "")
        except QAError as error:
            self.refuse(error)
            return
        if self.grid is not None and self.grid.file.audit.subject != "child":
            from qa_toolkit.tui.audits.indicators import IndicatorsScreen  # only when it is asked for

            self.app.push_screen(IndicatorsScreen(self.audit_id))
        elif 0 <= row < len(subjects):
            self.app.push_screen(ModerationScreen(self.audit_id, subjects[row]))

    def action_findings(self) -> None:
        """The audit's findings."""
        from qa_toolkit.tui.panel.findings import FindingsScreen  # only when it is asked for

        if self.grid is not None:
            self.app.push_screen(FindingsScreen(self.grid.file.audit.id))

    def action_ledger(self) -> None:
        """What moved."""
        from qa_toolkit.tui.panel.ledger import LedgerScreen  # only when it is asked for

        if self.grid is not None:
            self.app.push_screen(LedgerScreen(self.grid.file.audit.id))

    def action_record_check(self) -> None:
        """Who knows which child."""
        from qa_toolkit.tui.audits.record_check import RecordCheckScreen  # only when it is asked for

        if self.grid is not None and self.grid.file.audit.subject == "child":
            self.app.push_screen(RecordCheckScreen(self.grid.file.audit.id))
        else:
            self.say("A record check is asked about children, and this audit is about agencies.")

    def action_differences(self) -> None:
        """Where records say otherwise."""
        from qa_toolkit.tui.audits.differences import DifferencesScreen  # only when it is asked for

        if self.grid is not None:
            self.app.push_screen(DifferencesScreen(self.grid.file.audit.id))

    def action_send(self) -> None:
        """Tools and parcels out, and what came back."""
        from qa_toolkit.tui.sending.board import SendingScreen  # only when it is asked for
        from qa_toolkit.workflow import allowed

        person = self.qa.person
        if self.grid is None or person is None:
            return
        try:
            allowed.coordinator(self.qa.workspace, person.id, "send out and take in")
        except QAError as error:
            self.refuse(error)
            return
        self.app.push_screen(SendingScreen(self.grid.file.audit.id))

    # --- the co-ordinator's deeds

    def action_file(self) -> None:
        """File the return."""
        cell, person = self.chosen, self.qa.person
        if cell is None or person is None:
            return
        try:
            submission.receive(self.qa.workspace, cell.return_id, by=person.id, now=self.qa.now())
            self.say(f"{cell.return_id} is filed as it stands.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_query(self) -> None:
        """Ask which question, and what about it."""
        cell = self.chosen
        if cell is None:
            return

        def query(typed: str) -> str:
            asked = _pairs(typed)
            submission.query(self.qa.workspace, cell.return_id, asked, by=self.qa.by, now=self.qa.now())
            return f"{cell.return_id} goes back with {how_many(len(asked), 'question')}; its answers are kept."

        words = "Write the question’s id, an equals sign, and what you ask. Several: one a line."
        await self._ask(f"Query {cell.return_id}", words, query, long=True)

    @work
    async def action_give_back(self) -> None:
        """Ask why, and give it back."""
        cell = self.chosen
        if cell is None:
            return

        def give_back(reason: str) -> str:
            submission.reopen(self.qa.workspace, cell.return_id, reason, by=self.qa.by, now=self.qa.now())
            return f"{cell.return_id} is with its agency again."

        await self._ask(f"Give {cell.return_id} back", "Why? In a few words.", give_back)

    async def _ask(self, title: str, words: str, deed: Callable[[str], str], *, long: bool = False) -> None:
        """Do something with what is typed, and say what it gave; what is refused is there when it is asked again."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        typed = await self.app.push_screen_wait(AskText(title, words, long=long, kept=title))
        if not typed:
            return
        try:
            self.say(deed(typed))
            self.qa.left.forget(title)
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_name_rater(self) -> None:
        """Ask who, and name them."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        cell, person = self.chosen, self.qa.person
        if cell is None or person is None:
            return
        people = [p for p in self.qa.workspace.people().values() if p.agency == cell.agency]
        labels = [f"{p.name} ({p.id})" for p in people]
        picked = await self.app.push_screen_wait(PickOne("Name the rater", f"Who scores {cell.return_id}?", labels))
        if picked is None:
            return
        try:
            audits.allocate(self.qa.workspace, cell.return_id, people[picked].id, by=person.id, now=self.qa.now())
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_held(self) -> None:
        """Ask who holds the case of this return, and who supervises it."""
        from qa_toolkit.tui.audits.ties import ask_ties  # only when it is asked for

        cell = self.chosen
        if cell is None or self.grid is None:
            return
        try:
            said = await ask_ties(self.qa, self.grid.file, cell)
        except QAError as error:
            self.refuse(error)
            return
        if said:
            self.fill()
            self.say(said)

    @work
    async def action_second_score(self) -> None:
        """Ask who, and ask them for a blind second score."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for
        from qa_toolkit.workflow import secondscores

        cell, person = self.chosen, self.qa.person
        if cell is None or person is None:
            return
        people = [p for p in self.qa.workspace.people().values() if p.agency == cell.agency and p.id != cell.rater]
        if not people:
            self.say(f"{cell.agency} has nobody else who could score it: g on the first screen adds people.")
            return
        words = f"Who scores {cell.return_id} as well, blind? {SHARED_FOLDER}"
        labels = [f"{p.name} ({p.id})" for p in people]
        picked = await self.app.push_screen_wait(PickOne("Second score", words, labels))
        if picked is None:
            return
        try:
            secondscores.ask(
                self.qa.workspace, cell.return_id, people[picked].id, by=person.id, now=self.qa.now(),
                today=self.qa.today,
            )  # fmt: skip
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_prove(self) -> None:
        """Ask for the list, and draw from it again."""
        from qa_toolkit.tui.audits.sampling import ask_proof  # only when it is asked for

        if self.grid is None:
            return
        try:
            await ask_proof(self.qa, self.grid.file)
        except QAError as error:
            self.refuse(error)

    @work
    async def action_set_up(self, what: str) -> None:
        """What a co-ordinator sets up: cases, a sample and its reserves, facts, terms, who scores, waivers."""
        from qa_toolkit.tui.audits.setting_up import set_up  # only when it is asked for

        if self.grid is None:
            return
        try:
            said = await set_up(self.qa, self.grid, what, row=self.table.cursor_row, cell=self.chosen)
        except QAError as error:
            self.refuse(error)
            return
        if said:
            self.fill()
            self.say(said)


def _pairs(typed: str) -> dict[str, str]:
    found = {}
    for line in typed.splitlines():
        if not line.strip():
            continue
        id, equals, text = line.partition("=")
        if not equals:
            raise InputError(f"“{shorten(line, 40)}” names no question: write UI-02 = what you ask.")
        found[id.strip()] = text.strip()
    return found
