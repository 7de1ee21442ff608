"""Send and take in: what was last made for each agency of an audit, and how; tools, parcels, and what came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work

from qa_toolkit.domain.dates import show_date, zone
from qa_toolkit.domain.errors import InputError, NotReady, QAError
from qa_toolkit.domain.text import how_many
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.sending import board_table
from qa_toolkit.tui.tablescreen import TableScreen

if TYPE_CHECKING:
    from qa_toolkit.exchange.sent import Addressee

DEEDS = (
    Deed("tool", "t", "Tool", "Write the audit tool for the agency that is chosen, as a workbook.", True),
    Deed("all-tools", "T", "All tools", "Write the audit tool for every agency that owes something.", True),
    Deed("parcel", "p", "Parcel", "Seal a parcel for the one that is chosen: they run the program too.", True),
    Deed("take-in", "i", "Take in", "Look at what came back, a file or a folder, and take it in.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
SECURE = "Send it by your secure route; the toolkit sends nothing."


class SendingScreen(TableScreen):
    """Whom an audit asks, and what was last made for them."""

    HELP: ClassVar[str] = (
        "A row for each agency, and below it one for each of its raters who scores blind. “To come” is how many of its "
        "returns are still owed. Then what was made for it last, and when.\n\n"
        "t writes the audit tool, a workbook, into a folder; T does so for every agency that owes something. p seals a "
        "parcel, for those who run the program themselves: for their key, or under a passphrase that is shown once and "
        "told by telephone. The toolkit sends nothing: send the files by your secure route.\n\n"
        "i looks at what came back, whatever the files are called: nothing is changed until you say so. A written "
        "concern is shown first. Telephone."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self._rows: list[Addressee] = []

    def fill(self) -> None:
        """Read who is asked and what was made for them, and show it."""
        from qa_toolkit.exchange.sent import addressees  # loads what reads and writes parcels only here

        qa = self.qa
        try:
            self._rows = addressees(qa.workspace, self.audit_id, today=qa.today, calendar=qa.calendar)
            audit = qa.workspace.audit(self.audit_id).audit
        except QAError as error:
            self.head(str(error))
            return
        title = f"Send and take in: {audit.id}  {audit.title}"
        self.head(title, f"Due {show_date(audit.due)}. {board_table.facts(self._rows)}")
        self.draw()

    def draw(self) -> None:
        """Show it for this width."""
        columns, place = board_table.COLUMNS, zone(self.qa.workspace.partnership().zone)
        self.rows(columns, board_table.rows(self._rows, place, self.widths(columns)[0]))

    @property
    def chosen(self) -> Addressee | None:
        """The one where the cursor stands."""
        return self.at_cursor(self._rows)

    def words(self) -> str:
        """One of them in a sentence or two."""
        one = self.chosen
        if one is None:
            return "This audit asks no agency."
        by = self.qa.workspace.people().get(one.last.by) if one.last else None
        return board_table.in_words(one, by.name if by else one.last.by if one.last else "")

    # --- sending

    @work
    async def action_tool(self) -> None:
        """Write the tool for one agency."""
        one = self.chosen
        if one is None:
            return
        if one.second:
            self.say("A blind second score never goes as a workbook, which passes your hands: p seals a parcel.")
            return
        await self._tools([one], f"The audit tool for {one.name}")

    @work
    async def action_all_tools(self) -> None:
        """Write the tool for everybody who owes something."""
        owing = [one for one in self._rows if one.owed and not one.second]
        if not owing:
            self.say("No agency owes a return here, so there is nothing to send.")
            return
        await self._tools(owing, f"The audit tool for {len(owing)} agencies")

    async def _tools(self, for_whom: list[Addressee], title: str) -> None:
        from qa_toolkit.exchange.sent import place_for  # only when it is asked for
        from qa_toolkit.exchange.tool_out import write_tool

        folder, person = await self._folder(title), self.qa.person
        if folder is None or person is None:
            return
        made, left = [], []
        for one in for_whom:
            try:
                out = place_for(folder, f"{self.audit_id}-{one.id}.xlsx")
                write_tool(self.qa.workspace, self.audit_id, one.id, out, by=person.id, now=self.qa.now())
                made.append(out.name)
            except NotReady as nothing:
                left.append(str(nothing))
            except QAError as error:
                self.refuse(error)
                break
        self.fill()
        if made and not left:
            files = made[0] if len(made) == 1 else f"{len(made)} workbooks"
            self.say(f"Written in {folder}: {files}. {SECURE}")
        elif left:
            self._page(f"{len(made)} written", "\n\n".join([f"In {folder}: {', '.join(made) or 'none'}.", *left]))

    @work
    async def action_parcel(self) -> None:
        """Seal a parcel: for a key, or under words that are shown once."""
        from qa_toolkit.exchange import keys  # only when it is asked for
        from qa_toolkit.exchange.parcel_out import write_parcel
        from qa_toolkit.exchange.sent import place_for
        from qa_toolkit.tui.forms.asking import Sure

        one, person = self.chosen, self.qa.person
        if one is None or person is None:
            return
        title = f"A parcel for {one.name}"
        if not one.key:
            words = (
                f"No key of {one.id} is recorded. Seal it under a passphrase, which is shown once and which you tell "
                f"by telephone? `qa {'people' if one.second else 'agencies'} key` records a key."
            )
            if not await self.app.push_screen_wait(Sure(title, words)):
                return
        folder = await self._folder(title)
        if folder is None:
            return
        phrase = "" if one.key else keys.words()
        try:
            out = place_for(folder, f"{self.audit_id}-{one.id.replace('@', '-')}.parcel")
            packed = write_parcel(
                self.qa.workspace, self.audit_id, one.agency, out, second=one.id if one.second else "",
                passphrase=phrase, by=person.id, now=self.qa.now(),
            )  # fmt: skip
        except QAError as error:
            self.refuse(error)
            return
        self.fill()
        parts = [
            f"{out.name}, in {folder}: for {packed.addressee}, {how_many(len(packed.allocations), 'return')}. {SECURE}"
        ]
        if packed.withheld:
            parts.append(f"Begun, scored blind and sealed, so without its answers: {', '.join(packed.withheld)}.")
        if phrase:
            told = "The passphrase, shown this once; tell it by telephone, never with the file:"
            parts.insert(0, f"{told}\n\n    {phrase}")
        parts.append(f"What comes back is sealed for your key in {keys.path()}. {keys.LOST}")
        self._page(title, "\n\n".join(parts))

    def _page(self, title: str, words: str) -> None:
        from qa_toolkit.tui.help import Page  # only when it is asked for

        self.app.push_screen(Page(title, words))

    async def _folder(self, title: str) -> Path | None:
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        words = "Into which folder? It is made where there is none. A file that is there already stays."
        before = self.qa.folders.get("send", str(Path.cwd()))
        typed = await self.app.push_screen_wait(AskText(title, words, before, check=_somewhere))
        if typed is None:
            return None
        folder = Path(typed).expanduser()
        self.qa.remember_folder("send", str(folder))
        return folder

    # --- what came back

    def action_take_in(self) -> None:
        """Look at what came back."""
        from qa_toolkit.tui.sending.came_back import TakeInScreen  # only when it is asked for

        self.app.push_screen(TakeInScreen())


def _somewhere(text: str) -> None:
    try:
        named = bool(text) and bool(Path(text).expanduser().name)
    except RuntimeError:
        named = False  # `~somebody` who has no home here
    if not named:
        raise InputError("Name a folder.")
