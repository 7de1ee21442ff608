"""The year at a glance: what is planned when, school terms, and what each month asks of each agency."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.widgets.data_table import CursorType

from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.programme import Entry, Load, Standing, month_in_words, month_later, twelve_months
from qa_toolkit.domain.school_terms import read_terms, terms_in_force, whose_are, write_terms
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.calendar import year_table
from qa_toolkit.tui.calendar.year_table import AgencyRow, AuditRow, EntryRow, Row, TermsRow
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.workflow import programme

DEEDS = (
    Deed("open", "enter", "Open", "The audit that came of the entry; an entry without one is changed.", False),
    Deed("new", "n", "New entry", "Plan an audit, a self-assessment or a re-audit.", True),
    Deed("change", "e", "Change", "Change what is planned: months, what it asks, why.", True),
    Deed("standing", "s", "Standing", "Agreed, running, done; or postponed and abandoned, with the reason.", True),
    Deed("later", "l", "Later", "Six months later. b goes back.", True, "turn(6)"),
    Deed("before", "b", "Before", "Six months earlier.", False, "turn(-6)"),
    Deed("terms", "t", "School terms", "Whose term dates these are, and your own in their place.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class CalendarScreen(TableScreen):
    """Twelve months."""

    HELP: ClassVar[str] = (
        "Twelve months from left to right. The first row shows school terms: t where schools are in session, · where "
        "they are not, about a week each. Then what is planned, with where it stands; audits in no plan; and what "
        "each month asks of each agency, in returns. An exclamation mark: more than two things at once.\n\n"
        "Up and down choose a row, left and right a month; below it is said in words. n plans something new, e changes "
        "it, s says where it stands: what is postponed or abandoned keeps its reason. Something that comes every year "
        "is planned anew for each year, as an entry of its own."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CURSOR: ClassVar[CursorType] = "cell"

    def __init__(self) -> None:
        super().__init__()
        self.first = ""
        self._rows: list[Row] = []
        self._loads: list[Load] = []

    def fill(self) -> None:
        """Read the programme, and show it: from this month on, at first."""
        self.first = self.first or f"{self.qa.today:%Y-%m}"
        workspace, months = self.qa.workspace, twelve_months(self.first)
        try:
            self._loads = [load for load in programme.burdens(workspace) if load.month in months]
            self._rows = year_table.rows(
                months, programme.entries(workspace), workspace.audits(), programme.own_terms(workspace), self._loads,
                list(workspace.agencies()),
            )  # fmt: skip
        except QAError as error:
            self.head(str(error))
            return
        self.draw()

    def draw(self) -> None:
        """Show it for this width."""
        months = twelve_months(self.first)
        title = f"The year at a glance: {month_in_words(months[0])} to {month_in_words(months[-1])}"
        self.head(title, self._facts())
        year_table.draw(self.table, months, self._rows, self.qa.size.width)
        self.drawn()

    def _facts(self) -> str:
        planned = [row.entry for row in self._rows if isinstance(row, EntryRow)]
        heavy = [load for load in self._loads if load.too_much]
        too_much = "; ".join(f"{load.agency} in {month_in_words(load.month)}" for load in heavy[:4])
        more = f" and {len(heavy) - 4} more" if len(heavy) > 4 else ""
        asked = f"Asked for too much at once: {too_much}{more}." if heavy else "Nobody is asked for too much at once."
        count = f"{len(planned)} planned" if planned else "Nothing is planned yet: n begins"
        return f"{count}. {asked}"

    @property
    def row(self) -> Row | None:
        """The row where the cursor stands."""
        return self.at_cursor(self._rows)

    @property
    def month(self) -> str:
        """The month where the cursor stands."""
        column = self.table.cursor_column
        return twelve_months(self.first)[min(max(column - 1, 0), 11)]

    def words(self) -> str:
        """What stands where the cursor is, in a sentence."""
        row, month = self.row, self.month
        if isinstance(row, TermsRow):
            months = twelve_months(self.first)
            own = programme.own_terms(self.qa.workspace).values()
            whose = whose_are(own, year_table.day(months[0]), year_table.day(month_later(months[-1], 1)))
            return f"{year_table.terms_in_words(own, month)}. These are: {whose}."
        if isinstance(row, EntryRow):
            return year_table.entry_in_words(row.entry)
        if isinstance(row, AuditRow):
            entry = row.entry
            return f"{entry.id}, {entry.title}: {entry.status.value}, in no plan. Due {row.due}."
        return self._asked_in_words(row.agency, month) if isinstance(row, AgencyRow) else ""

    def _asked_in_words(self, agency: str, month: str) -> str:
        name = self.qa.workspace.agencies()[agency].name
        load = next((one for one in self._loads if (one.agency, one.month) == (agency, month)), None)
        if load is None:
            return f"{name}, {month_in_words(month)}: nothing is asked."
        entries = programme.entries(self.qa.workspace)
        named = "; ".join(f"{id}, {entries[id].title}" for id in load.entries)
        much = " That is more than two things at once." if load.too_much else ""
        returns = f"{load.returns} return{'' if load.returns == 1 else 's'}"
        return f"{name}, {month_in_words(month)}: {returns} for {named}.{much}"

    # --- deeds

    def action_turn(self, months: int) -> None:
        """Later, or earlier."""
        later = month_later(self.first, months)
        if "2000-01" <= later <= "2098-12":
            self.first = later
            self.fill()

    def action_open(self) -> None:
        """The audit of the row."""
        row = self.row
        if isinstance(row, AuditRow):
            self.qa.open_audit(row.entry.id)
        elif isinstance(row, EntryRow) and row.entry.audit:
            self.qa.open_audit(row.entry.audit)
        elif isinstance(row, EntryRow):
            self.action_change()

    @work
    async def action_new(self) -> None:
        """Fill in the form, and plan it."""
        await self._form(None)

    @work
    async def action_change(self) -> None:
        """Change the entry of the row."""
        row = self.row
        if isinstance(row, EntryRow):
            await self._form(row.entry)
        else:
            self.say("Stand on an entry of the plan to change it, or press n for a new one.")

    async def _form(self, entry: Entry | None) -> None:
        from qa_toolkit.tui.calendar.forms import entry_form  # only when it is asked for

        person = self.qa.person
        if person is None:
            return

        def done(made: Entry) -> str:
            heavy = [load for load in programme.burdens(self.qa.workspace) if load.too_much and made.id in load.entries]
            words = f"{made.id} is planned." if entry is None else f"{made.id} is changed."
            if heavy:
                words += f" {heavy[0].agency} is asked for more than two things in {month_in_words(heavy[0].month)}."
            return words

        if await self.fill_in(entry_form(self.qa, entry, person.id, month=self.month, done=done)):
            self.fill()

    @work
    async def action_standing(self) -> None:
        """Ask where it stands, and for what that needs."""
        from qa_toolkit.tui.calendar.forms import ask_standing, standing_kept  # only when it is asked for

        row, person = self.row, self.qa.person
        if not isinstance(row, EntryRow) or person is None:
            self.say("Stand on an entry of the plan to say where it stands.")
            return
        entry = row.entry
        given = await ask_standing(self, entry)
        if given is None:
            return
        standing, words = given
        kept = {"reason": words} if standing.dropped else {"audit": words} if standing is Standing.RUNNING else {}
        if standing is Standing.AGREED:
            kept = {"tier": words}
        try:
            programme.move(
                self.qa.workspace, entry.id, standing, seen=seen(entry), by=person.id, now=self.qa.now(), **kept
            )
            self.qa.left.forget(standing_kept(entry, standing))
            self.say(f"{entry.id} is {standing.value}.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_terms(self) -> None:
        """Show the terms, and take others in their place."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        person, own = self.qa.person, programme.own_terms(self.qa.workspace).values()
        if person is None:
            return
        months = twelve_months(self.first)
        first, last = year_table.day(months[0]), year_table.day(month_later(months[-1], 1))
        held = [term for term in terms_in_force(own) if term.first <= last and term.last >= first]
        words = (
            f"Shown now: {whose_are(own, first, last)}. To put your own in their place, say whose they are and of "
            "which year, such as “Northshire Council, 2026/27”."
        )
        whose = await self.app.push_screen_wait(AskText("School terms", words, check=_whose))
        if not whose:
            return
        words = "One half of a term a line. These are shown now: change them to yours."
        title = f"School terms: {whose}"
        typed = await self.app.push_screen_wait(
            AskText(title, words, write_terms(held), long=True, check=_terms, kept=title)
        )
        if typed is None:
            return
        try:
            made = programme.set_terms(
                self.qa.workspace, whose, read_terms(typed.splitlines()), by=person.id, now=self.qa.now()
            )
            self.qa.left.forget(title)
            self.say(f"{made.whose}: these count from now on.")
        except QAError as error:
            self.refuse(error)
        self.fill()


def _whose(typed: str) -> None:
    if not typed:
        raise InputError("Say whose dates these are, such as “Northshire Council, 2026/27”.")


def _terms(typed: str) -> None:
    read_terms(typed.splitlines())
