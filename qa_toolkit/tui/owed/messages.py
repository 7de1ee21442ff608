"""This Monday's messages: drafted at once, read one by one, written to files, and marked as sent. Nothing is sent."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import chasing
from qa_toolkit.workflow.owing import owing
from qa_toolkit.workflow.reminders import Message

DEEDS = (
    Deed("draft", "d", "Draft", "Draft every message that is due today; those not sent are drafted anew.", True),
    Deed("sent", "s", "Mark as sent", "Say that you have sent this message: it counts from now.", True),
    Deed("all-sent", "S", "All sent", "Say that you have sent every message of the list.", False),
    Deed("files", "w", "Write files", "Write them as files: for a mail program, or as text.", True),
    Deed("read", "tab", "Read on", "To the message and back; there the arrows scroll.", False, "app.focus_next"),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class MessagesScreen(QAScreen):
    """One message for each agency."""

    HELP: ClassVar[str] = (
        "One message for each agency, about everything it owes in all open audits, in the tone of the step it has "
        "reached: its auditor, its lead, and then the groups. d drafts those that are due today. Up and down choose "
        "one; it stands below.\n\nThe toolkit sends nothing. Send them yourself: w writes files that a mail program "
        "opens unsent, or plain text. Then s marks one as sent, and it counts from then on. A draft that was never "
        "sent is replaced by the next drafting."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "late.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        """What it is, the list, the chosen message."""
        yield TopBar()
        yield Static(id="told")
        yield OptionList(id="messages", markup=False)
        with VerticalScroll(id="message"):
            yield Static(id="words")
        yield Footer()

    def on_mount(self) -> None:
        """What waits to be sent."""
        self.fill()
        self.query_one(OptionList).focus()

    def fill(self) -> None:
        """Read the messages, and show them."""
        qa = self.qa
        try:
            found = owing(qa.workspace, today=qa.today, calendar=qa.calendar)
            self.messages = chasing.drafts(qa.workspace, found)
            due = len(chasing.to_write(qa.workspace, found, today=qa.today))
        except QAError as error:
            self.query_one("#told", Static).update(lines_shown(str(error)))
            return
        if self.messages:
            told = f"{len(self.messages)} to send. Read each, send it yourself, then mark it with s."
        elif due:
            told = f"{due} {'agency is' if due == 1 else 'agencies are'} due a message. d drafts them; nothing is sent."
        else:
            told = "Nobody is due a message today, and none waits to be sent."
        self.query_one("#told", Static).update(shown(told))
        listed = self.query_one(OptionList)
        before = listed.highlighted or 0
        listed.clear_options()
        width = max(self.qa.size.width - 8, 30)
        listed.add_options(
            Option(shown(shorten(f"{one.agency.name}, to {one.chase.rung.label}: {one.about}", width)))
            for one in self.messages
        )
        listed.display = bool(self.messages)
        if self.messages:
            listed.highlighted = min(before, len(self.messages) - 1)
        self._tell()

    @property
    def chosen(self) -> Message | None:
        """The message that is marked."""
        at = self.query_one(OptionList).highlighted
        return self.messages[at] if at is not None and at < len(self.messages) else None

    def _tell(self) -> None:
        one = self.chosen
        contact = one.agency.contact if one else ""
        words = f"{contact or 'No contact is recorded'}\n{one.subject}\n\n{one.body}" if one else ""
        self.query_one("#words", Static).update(lines_shown(words))
        self.query_one("#message").scroll_home(animate=False)

    def on_option_list_option_highlighted(self) -> None:
        """Another message."""
        self._tell()

    # --- deeds

    def action_draft(self) -> None:
        """Draft what is due."""
        qa = self.qa
        if qa.person is None:
            return
        try:
            made = chasing.draft(qa.workspace, by=qa.person.id, now=qa.now(), today=qa.today, calendar=qa.calendar)
            self.say(f"{len(made)} drafted. Nothing was sent." if made else "Nothing is due to be chased today.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_sent(self) -> None:
        """Ask how it was sent, and mark it."""
        one = self.chosen
        if one is not None:
            await self._mark([one], f"{one.agency.name}: sent")

    @work
    async def action_all_sent(self) -> None:
        """Ask how they were sent, and mark them all."""
        if self.messages:
            await self._mark(self.messages, f"All {len(self.messages)} messages: sent")

    async def _mark(self, messages: list[Message], title: str) -> None:
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        person = self.qa.person
        how = await self.app.push_screen_wait(AskText(title, "How? Such as: by e-mail.", "by e-mail"))
        if how is None or person is None:
            return
        try:
            for one in list(messages):
                chasing.mark_sent(self.qa.workspace, one.chase.id, how, by=person.id, now=self.qa.now())
            self.say(f"{len(messages)} marked as sent.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_files(self) -> None:
        """Ask which kind and where, and write them."""
        from qa_toolkit.exchange.chase_files import write_messages  # only when it is asked for
        from qa_toolkit.tui.forms.asking import AskText, PickOne

        if not self.messages:
            self.say("There is no message to write. d drafts those that are due.")
            return
        kinds = ("For a mail program, which opens them unsent (.eml)", "As plain text (.txt)")
        kind = await self.app.push_screen_wait(PickOne("Write the messages", "As what?", kinds))
        if kind is None:
            return
        words = "Into which folder? It is made where there is none."
        where = await self.app.push_screen_wait(
            AskText("Write the messages", words, f"messages-{self.qa.today.isoformat()}", check=_somewhere)
        )
        if where is None:
            return
        try:
            files = write_messages(Path(where).expanduser(), self.messages, mail=kind == 0)
            self.say(f"{len(files)} written in {files[0].parent.absolute()}. They are not sent yet.")
        except QAError as error:
            self.refuse(error)


def _somewhere(text: str) -> None:
    if not text:
        raise InputError("Name a folder.")
