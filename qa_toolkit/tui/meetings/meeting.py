"""A meeting for a wall and one person at the keys: what changed, then item by item: thread, decide, minute, next."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.meetings import Kind
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.meetings.meeting_page import CONSENT, on_consent
from qa_toolkit.tui.meetings.showing import MeetingPage
from qa_toolkit.workflow.plans import deciding, meetings

DEEDS = (
    Deed("next", "n", "Next", "To the next item on which nothing was decided.", True),
    Deed("decide", "d,enter", "Decide", "Decide on the item: it acts at once, and is minuted.", True),
    Deed("minute", "m", "Minute", "Note the item, with a minute or without.", True),
    Deed("consent", "c", "Consent", "Agree the consent list in one decision.", False),
    Deed("who-is-here", "w", "Who", "Who is there, in whose place, and who chairs.", True),
    Deed("begin", "b", "Begin", "Open the meeting, or end it.", True),
    Deed("alone", "x", "By itself", "Take the item off the consent list, or put it back.", False),
    Deed("interest", "i", "Interest", "Somebody declares an interest in the item.", False),
    Deed("set-action", "a", "Set action", "An action of the group’s own, out of this item.", False),
    Deed("open-return", "t", "Open a return", "Open a return from here: it is written down, and minuted.", False),
    Deed("write", "s", "Minutes", "Write the minutes as Word or text, before people leave.", False),
    Deed("read-on", "space", "Read on", "Scroll the page of the item. Backspace goes back.", False, "read(1)"),
    Deed("read-back", "backspace", "Read back", "Scroll the page back.", False, "read(-1)"),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class MeetingScreen(MeetingPage):
    """One meeting."""

    HELP: ClassVar[str] = (
        "It opens on what changed since the last meeting and the three numbers of closure. The list on the left is the "
        "agenda, made by rule: each item says why it is there. ↻ was not reached last time, ✓ was decided.\n\n"
        "n goes to the next item on which nothing was decided, d decides, m notes it. Up and Down choose any item; "
        "Space and Backspace scroll its page.\n\n"
        "c agrees the consent list: closures and later days that nobody contests, in one decision, each minuted. x "
        "takes one by itself. If the chair is of the agency that owns an item, it asks who chairs it.\n\n"
        "Everything is as at the papers date; what came later says so. The thread stops at the finding: t opens a "
        "return, and writes down that it was opened. w says who is there and whether the group may decide. b opens the "
        "meeting and ends it; s writes the minutes."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def on_option_list_option_selected(self) -> None:
        """Enter decides."""
        self.action_decide()

    def action_decide(self) -> None:
        """Decide on the item, or agree the consent list."""
        if self.chosen == CONSENT:
            self.action_consent()
        elif self.item is None:
            self.action_next()
        else:
            self._decide(None)

    def action_minute(self) -> None:
        """Note the item."""
        if self.item is None:
            self.say("Choose an item of the agenda first: n goes to the next.")
        else:
            self._decide(Kind.NOTE)

    def action_set_action(self) -> None:
        """An action of the group's own."""
        if self.item is None:
            self.say("Choose the item out of which it comes first.")
        else:
            self._decide(Kind.SET_ACTION)

    @work
    async def _decide(self, kind: Kind | None) -> None:
        from qa_toolkit.tui.meetings.decide import decide  # only when it is asked for

        item = self.item
        if item is None:
            return
        try:
            meeting = meetings.sitting(self.meeting)
            await decide(self, meeting, item, kind, self._seen)
        except QAError as error:
            self.refuse(error)
        self.fill()

    @work
    async def action_consent(self) -> None:
        """Agree the consent list."""
        from qa_toolkit.tui.forms.asking import Sure  # only when it is asked for

        at = self.papers
        listed = on_consent(self.items.values(), self.done, self.alone)
        if at is None or not listed:
            self.say("Nothing is left on the consent list.")
            return
        words = "\n".join(f"{item.key}  {item.title}" for item in listed)
        sure = f"Does the group agree these {len(listed)} in one decision?\n\n{words}"
        if not await self.app.push_screen_wait(Sure("Consent list", sure)):
            return
        try:
            made = deciding.consent(
                self.qa.workspace,
                at,
                [item.key for item in listed],
                by=self.qa.by,
                now=self.qa.now(),
                today=self.qa.today,
            )
            self.say(f"Agreed in one decision, and each minuted: {len(made)}.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    def action_alone(self) -> None:
        """Take the item off the consent list, or put it back."""
        item = self.item
        if item is None or not item.consent:
            self.say("This is not on the consent list.")
            return
        self.alone ^= {item.key}
        self.qa.left.keep(self.alone_name, {"items": sorted(self.alone)})
        self.fill()

    @work
    async def action_interest(self) -> None:
        """Somebody declares an interest in the item."""
        from qa_toolkit.tui.meetings.decide import declare  # only when it is asked for

        if self.item is None:
            self.say("Choose the item in which the interest is first.")
        elif await declare(self, self.meeting, self.item):
            self.fill()

    def action_who_is_here(self) -> None:
        """Who is there."""
        from qa_toolkit.tui.meetings.people import MeetingPeopleScreen  # only when it is asked for

        self.app.push_screen(MeetingPeopleScreen(self.meeting_id))

    @work
    async def action_begin(self) -> None:
        """Open the meeting, or end it."""
        from qa_toolkit.tui.meetings.deeds import begin_or_end  # only when it is asked for

        await begin_or_end(self)

    @work
    async def action_open_return(self) -> None:
        """Ask which and why, write it down, and open it."""
        from qa_toolkit.tui.meetings.deeds import open_return  # only when it is asked for

        await open_return(self)

    @work
    async def action_write(self) -> None:
        """Ask for a file, and write the minutes."""
        from qa_toolkit.tui.meetings.deeds import write  # only when it is asked for

        await write(self)
