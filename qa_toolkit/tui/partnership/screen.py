"""Agencies and people: who takes part, what each person does here, and adding and changing them."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.people import Role
from qa_toolkit.tui.base import TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.partnership import people_table
from qa_toolkit.tui.partnership.people_table import Row
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.workflow.setup import BUSINESS_UNIT

DEEDS = (
    Deed("change", "e,enter", "Change", "Change the agency or the person of the row.", True),
    Deed("new-person", "n", "New person", "Add a person to the agency of the row.", True),
    Deed("new-agency", "a", "New agency", "Add an agency that takes part.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
CHANGES = ("change", "new_person", "new_agency")
"""What only a co-ordinator may do here."""


class PartnershipScreen(TableScreen):
    """Every agency, its people under it."""

    HELP: ClassVar[str] = (
        "Who takes part: each agency with its kind and contact, and under it its people with their roles and, where "
        "they are said, their first and last days. People whose last day has passed stand last and stay in the record."
        "\n\nThe kind decides which questions of a template an agency is asked; the contact is whom reminders go to. "
        "A co-ordinator adds an agency with a, a person to the agency of the row with n, and changes a row with e.\n\n"
        "Auditors score; an agency lead checks and names raters; chairs and panel members moderate; a reader looks on. "
        "Roles keep work apart; they are no lock: see docs/what-it-cannot-protect.md."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a co-ordinator is offered a change."""
        return action not in CHANGES or self._runs_it

    @property
    def _runs_it(self) -> bool:
        return self.qa.person is not None and self.qa.person.is_(Role.COORDINATOR)

    def fill(self) -> None:
        """Read who there is, and show it."""
        workspace, today = self.qa.workspace, self.qa.today
        self._rows = people_table.rows(workspace.agencies(), workspace.people().values(), today)
        self.head("Agencies and people", self._facts())
        self.draw()

    def draw(self) -> None:
        """Show it for this width: names and roles share two thirds of it."""
        wide = max(self.qa.size.width - 10, 60)
        widths = self.widths((("", wide * 38 // 100), ("", wide * 34 // 100), ("", 0)))
        people_table.draw(self.table, self._rows, self.qa.today, widths)
        self.drawn()

    def _facts(self) -> str:
        here = [row for row in self._rows if row.person and not people_table.gone(row.person, self.qa.today)]
        agencies = [row.agency for row in self._rows if row.person is None]
        others = sum(agency.kind != BUSINESS_UNIT for agency in agencies)
        told = f"{others} {'agency' if others == 1 else 'agencies'} beside the business unit"
        if not others:
            told = "No agency yet beside the business unit"
        people = f"{len(here)} {'person' if len(here) == 1 else 'people'}"
        quiet = [agency.name for agency in agencies if not any(row.agency.id == agency.id for row in here)]
        if quiet:
            more = f" and {len(quiet) - 2} more" if len(quiet) > 2 else ""
            return f"{told}; {people}. Nobody yet of {', '.join(quiet[:2])}{more}."
        return f"{told}; {people}."

    @property
    def row(self) -> Row | None:
        """The row where the cursor stands."""
        return self.at_cursor(self._rows)

    def words(self) -> str:
        """The row in full."""
        row = self.row
        return people_table.in_words(row, self.qa.workspace.people().values(), self.qa.today) if row else ""

    def action_open(self) -> None:
        """Change the row, for those who may."""
        if self._runs_it:
            self.action_change()

    def _show(self, key: str) -> None:
        """What there is now, with the cursor on that row."""
        self.fill()
        people_table.go_to(self.table, self._rows, key)

    # --- deeds

    @work
    async def action_new_agency(self) -> None:
        """Fill in the form of an agency."""
        from qa_toolkit.tui.partnership.forms import ask_agency  # only when it is asked for

        made = await ask_agency(self.qa, None)
        if made is not None:
            self._show(made.id)
            self.say(f"Added {made.name} as {made.id}. n adds its people.")

    @work
    async def action_new_person(self) -> None:
        """Fill in the form of a person of the agency of the row."""
        from qa_toolkit.tui.partnership.forms import ask_person  # only when it is asked for

        row = self.row
        made = await ask_person(self.qa, row.agency, None) if row else None
        if made is not None:
            self._show(made.id)
            self.say(f"Added {made.name} as {made.id}.")

    @work
    async def action_change(self) -> None:
        """Fill in the form of what the row shows."""
        from qa_toolkit.tui.partnership.forms import ask_agency, ask_person  # only when it is asked for

        row = self.row
        if row is None:
            return
        made = await (ask_person(self.qa, row.agency, row.person) if row.person else ask_agency(self.qa, row.agency))
        if made is None:
            return
        if self.qa.person is not None and self.qa.person.id == made.id:
            # Whoever changed themselves is another person from now on.
            self.qa.person = self.qa.workspace.people()[made.id]
            self.refresh_bindings()
            self.query_one(TopBar).tell()
        self._show(made.id)
        self.say(f"{made.id} is changed.")
