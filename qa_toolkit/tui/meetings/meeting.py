"""A meeting for a wall and one person at the keys: what changed first, then item by item: thread, decide, minute, next.

What it shows is as at the papers date, and stops at the finding; what is sensitive is not read out.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.agenda_items import Item
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Seen, seen
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.meetings import meeting_page
from qa_toolkit.tui.meetings.meeting_page import CONSENT, SINCE, on_consent
from qa_toolkit.tui.text import lines_shown
from qa_toolkit.workflow.plans import agenda, deciding, following, meetings
from qa_toolkit.workflow.plans.agenda import Papers
from qa_toolkit.workflow.plans.keeping import find

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


class MeetingBar(TopBar):
    """The first line; of an open concern it says that there is one, because a case’s number is not for a wall."""

    def tell(self) -> None:
        """Look at the concerns again."""
        super().tell()
        if self._concern.startswith("CONCERN"):
            self._concern = "CONCERN: an immediate safeguarding concern is open. F4 shows it."
            self._write()


class MeetingScreen(QAScreen):
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
    CSS_PATH = "meeting.tcss"

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self.meeting_id = meeting_id
        self.papers: Papers | None = None
        self.items: dict[str, Item] = {}
        self.done: dict[str, list[Decision]] = {}
        self.alone: set[str] = set()
        """What somebody asked to be taken by itself."""
        self.late: dict[str, str] = {}
        self._seen: Seen = {}
        self._shown = 0
        """The line of the record up to which it shows."""

    def compose(self) -> ComposeResult:
        """The meeting and its quorum, the agenda beside the page of the item, the keys."""
        yield MeetingBar()
        yield Static("Reading what the meeting looks at …", id="meeting-head")
        with Horizontal(id="meeting-body"):
            yield OptionList(id="agenda", markup=False)
            with VerticalScroll(id="page", can_focus=False):
                yield Static(id="page-words")
        yield Footer()

    def on_mount(self) -> None:
        """Read it, and show what changed."""
        self.query_one(OptionList).focus()
        # After the first layout, because the lines break at the width of the page.
        self.call_after_refresh(self.read_papers)

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows here; after a question that changed nothing, nothing is drawn anew."""
        if self.papers is not None and self._shown != self.qa.workspace.actions_shelf.journal.seq:
            self.fill()

    def on_resize(self) -> None:
        """The lines break elsewhere."""
        if self.papers is not None:
            self.call_after_refresh(self.fill)

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is now."""
        return find(self.qa.workspace, Meeting, self.meeting_id)

    @property
    def by(self) -> str:
        """Who is at the keys."""
        return self.qa.person.id if self.qa.person else ""

    def read_papers(self) -> None:
        """Read what is frozen, which is the slow part, and show everything."""
        qa = self.qa
        try:
            self.papers = agenda.papers(
                qa.workspace, self.meeting_id, now=qa.now(), today=qa.today, calendar=qa.calendar
            )
        except QAError as error:
            self.query_one("#meeting-head", Static).update(lines_shown(str(error)))
            return
        self.fill()

    def fill(self) -> None:
        """Show the agenda with what was decided; the cursor stays on its item."""
        at = self.papers
        if at is None:
            return
        self._shown = self.qa.workspace.actions_shelf.journal.seq
        items = agenda.items(self.qa.workspace, at)
        self.items = {item.key: item for item in items}
        self.done = agenda.decided(self.qa.workspace, self.meeting_id)
        self.late = agenda.later(self.qa.workspace, at)
        listed = self.query_one(OptionList)
        chosen = self.chosen
        options = meeting_page.options(items, self.done, self.alone, max(listed.size.width - 2, 24))
        listed.clear_options()
        listed.add_options(options)
        ids = [option.id for option in options]
        listed.highlighted = ids.index(chosen) if chosen in ids else 0
        self.tell()

    @property
    def chosen(self) -> str:
        """The key of what is chosen in the list."""
        listed = self.query_one(OptionList)
        if listed.highlighted is None or listed.highlighted >= listed.option_count:
            return SINCE
        return listed.get_option_at_index(listed.highlighted).id or SINCE

    @property
    def item(self) -> Item | None:
        """The item that is chosen; None on what changed and on the consent list."""
        return self.items.get(self.chosen)

    def on_option_list_option_highlighted(self) -> None:
        """Show its page, from its beginning; what was decided shows there, so nothing has to pop up."""
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self.tell()

    def on_option_list_option_selected(self) -> None:
        """Enter decides."""
        self.action_decide()

    def tell(self) -> None:
        """The head, and the page of what is chosen."""
        if self.papers is None:
            return
        names = {id: f"{one.name} ({one.agency})" for id, one in self.qa.workspace.people().items()}
        self.query_one("#meeting-head", Static).update(self._head(self.papers, names))
        self.query_one("#page-words", Static).update(self._page(self.papers, names))

    def _head(self, at: Papers, names: dict[str, str]) -> Content:
        workspace, meeting, item = self.qa.workspace, self.meeting, self.item
        shelf, key = workspace.actions_shelf, item.key if item else ""
        chair = meetings.chair_for(shelf, meeting, key) if item else meeting.chair
        reached = sum(key in self.done for key in self.items)
        return meeting_page.head(
            meeting, at.tier.name, names.get(chair, chair),
            meetings.quorum_of(workspace, shelf, meeting, key).sentence, f"{reached} of {len(self.items)} reached",
            self.qa.size.width - 3,
        )  # fmt: skip

    def _page(self, at: Papers, names: dict[str, str]) -> Content:
        width, item = max(self.query_one("#page").size.width - 4, 20), self.item
        if self.chosen == CONSENT:
            listed = on_consent(self.items.values(), self.done, self.alone)
            return meeting_page.consent_page(listed, self.alone, width)
        if item is None:
            return meeting_page.since_page(at.since, at, width)
        action = self.qa.workspace.actions_shelf.get(Action, item.key)
        self._seen = seen(action) if action is not None else {}
        return meeting_page.item_page(
            item, decisions=self.done.get(item.key, ()), later=self.late.get(item.key, ""),
            thread=following.followed(self.qa.workspace, at, item.key), notes=self._notes(self.meeting, item),
            alone=item.key in self.alone, names=names, width=width,
        )  # fmt: skip

    def _notes(self, meeting: Meeting, item: Item) -> list[str]:
        people = self.qa.workspace.people()
        return [
            f"{people[one.who].name if one.who in people else one.who} declared an interest: {one.why}"
            for one in meetings.interests(self.qa.workspace.actions_shelf, meeting.id) if one.subject == item.key
        ]  # fmt: skip

    # --- deeds

    def action_read(self, way: int) -> None:
        """Scroll the page."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_page_down(animate=False) if way > 0 else page.scroll_page_up(animate=False)

    def action_next(self) -> None:
        """To the next item on which nothing was decided, round to the first."""
        keys = list(self.items)
        at = keys.index(self.chosen) + 1 if self.chosen in keys else 0
        left = next((key for key in [*keys[at:], *keys[:at]] if key not in self.done), None)
        if left is None:
            self.say("Every item was reached. b ends the meeting, s writes the minutes.")
            return
        listed = self.query_one(OptionList)
        listed.highlighted = listed.get_option_index(left)
        listed.scroll_to_highlight()

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
                self.qa.workspace, at, [item.key for item in listed], by=self.by, now=self.qa.now(), today=self.qa.today
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
