"""All audits."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.audits import AuditEntry, AuditStatus
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.text import cells
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen

DEEDS = (
    Deed("open", "enter", "Open", "Open the grid of the audit that is chosen.", True),
    Deed("new", "n", "New audit", "Open an audit: its template, who is asked, by when.", True),
    Deed("close", "x", "Close", "Close an audit to changes; or abandon it; or open it again, with the reason.", True),
    Deed("compare", "c", "Compare", "A re-audit beside the audit before it; a round beside the last one.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


CHANGES = ("new", "close")
"""What only a co-ordinator may do here."""


class AuditsScreen(TableScreen):
    """Every audit, open ones first."""

    HELP: ClassVar[str] = (
        "Every audit here, open ones first. Enter opens its grid of children and agencies. c sets a re-audit beside "
        "the audit before it, which stands after its title, and a round of self-assessment beside the last one.\n\n"
        "A co-ordinator opens an audit with n: first its template, then who is asked, then the rest on a form; what is "
        "typed there is kept until it is done. x closes the audit that is chosen: nothing in it changes afterwards. "
        "One that came to nothing is abandoned with its reason, and stays in the list. x on a closed one opens it "
        "again, with the reason."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[AuditEntry] = []

    def fill(self) -> None:
        """List them."""
        found = self.qa.workspace.audits().values()
        self._entries = sorted(found, key=lambda e: (e.status is not AuditStatus.OPEN, e.due, e.id))
        begins = "n opens the first" if self.check_action("new", ()) else "a co-ordinator opens the first"
        self.head("Audits", "" if self._entries else f"No audit yet: {begins}, on one of the templates.")
        wide = max((cells(one.id) for one in self._entries), default=0)
        columns = (("Audit", max(wide, 10)), ("Status", 9), ("Due", 11), ("Title", 0))
        self.rows(columns, [self._texts(one) for one in self._entries])

    def words(self) -> str:
        """What became of an audit that was abandoned."""
        chosen = self.at_cursor(self._entries)
        return f"{chosen.id} was abandoned: {chosen.reason}" if chosen is not None and chosen.reason else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a co-ordinator is offered a change."""
        return action not in CHANGES or (self.qa.person is not None and self.qa.person.is_(Role.COORDINATOR))

    def _texts(self, one: AuditEntry) -> tuple[str, ...]:
        title = f"{one.title} (re-audit of {one.re_audit_of})" if one.re_audit_of else one.title
        return one.id, one.status.value.capitalize(), show_date(one.due), title

    def action_open(self) -> None:
        """Open the grid."""
        if (chosen := self.at_cursor(self._entries)) is not None:
            self.qa.open_audit(chosen.id)

    def action_compare(self) -> None:
        """The re-audit that is chosen, beside the audit before it."""
        from qa_toolkit.tui.audits.indicators import IndicatorsScreen  # only when it is asked for
        from qa_toolkit.tui.audits.re_audit import ReAuditScreen

        chosen = self.at_cursor(self._entries)
        if chosen is None:
            return
        if chosen.kind is Kind.SELF_ASSESSMENT:
            self.app.push_screen(IndicatorsScreen(chosen.id))
        elif chosen.re_audit_of:
            self.app.push_screen(ReAuditScreen(chosen.id))
        else:
            self.say(f"{chosen.id} looks again at no earlier audit: one that does says so when it is opened.")

    # --- the co-ordinator's deeds

    @work
    async def action_new(self) -> None:
        """Ask for everything, open it and go there."""
        from qa_toolkit.tui.audits.opening import ask_audit  # only when it is asked for

        try:
            made = await ask_audit(self.qa)
        except QAError as error:
            self.refuse(error)
            return
        if made is not None:
            self.fill()
            self.qa.open_audit(made.id)
            self.say(f"{made.id} is open; returns are due by {show_date(made.due)}.")

    @work
    async def action_close(self) -> None:
        """Ask how, and close it; or open again what was closed."""
        from qa_toolkit.tui.audits.closing import ask_closing, ask_reopening  # only when it is asked for

        chosen = self.at_cursor(self._entries)
        if chosen is None:
            return
        ask = ask_closing if chosen.status is AuditStatus.OPEN else ask_reopening
        try:
            closed = await ask(self.qa, chosen)
        except QAError as error:
            self.refuse(error)
            return
        if closed is not None:
            self.fill()
            self.say(f"{closed.id} is {closed.status.value}.")
