"""What a meeting looks at, on the screen: what changed since the last, the agenda, and the page of one item.

It is as at the papers date, and stops at the finding; what is sensitive is not read out.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.agenda_items import Item
from qa_toolkit.domain.plans.meetings import Decision, Meeting
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Seen, seen
from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.meetings import meeting_page
from qa_toolkit.tui.meetings.bar import MeetingBar
from qa_toolkit.tui.meetings.meeting_page import CONSENT, SINCE, on_consent
from qa_toolkit.tui.text import lines_shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow.plans import agenda, attending, following
from qa_toolkit.workflow.plans.agenda import Papers
from qa_toolkit.workflow.plans.keeping import find


class MeetingPage(QAScreen):
    """The agenda of one meeting beside the page of what is chosen. What is done with it, its heir says."""

    CSS_PATH = "meeting.tcss"

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self.meeting_id = meeting_id
        self.papers: Papers | None = None
        self.items: dict[str, Item] = {}
        self.done: dict[str, list[Decision]] = {}
        self.alone: set[str] = set()
        """What somebody asked to be taken by itself, kept as what is typed is: it is no decision."""
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
    def alone_name(self) -> str:
        """Under which name it is kept what is taken by itself."""
        return f"{self.meeting_id} by themselves"

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
        self.alone = set((qa.left.of(self.alone_name) or {}).get("items", ()))
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
        chair = attending.chair_for(shelf, meeting, key) if item else meeting.chair
        reached = sum(key in self.done for key in self.items)
        return meeting_page.head(
            meeting, at.tier.name, names.get(chair, chair),
            attending.quorum_of(workspace, shelf, meeting, key).sentence, f"{reached} of {len(self.items)} reached",
            self.qa.size.width - 3,
        )  # fmt: skip

    def _page(self, at: Papers, names: dict[str, str]) -> Content:
        width, item = max(self.query_one("#page").size.width - 4, 20), self.item
        if self.chosen == CONSENT:
            listed = on_consent(self.items.values(), self.done, self.alone)
            return meeting_page.consent_page(listed, self.done, self.alone, width)
        if item is None:
            return meeting_page.since_page(at.since, at, width)
        action = self.qa.workspace.actions_shelf.get(Action, item.key)
        self._seen = seen(action) if action is not None else {}
        return meeting_page.item_page(
            item, decisions=self.done.get(item.key, ()), later=self.late.get(item.key, ""),
            thread=following.followed(self.qa.workspace, at, item.key, self.qa.by),
            notes=self._notes(self.meeting, item), alone=item.key in self.alone, names=names, width=width,
        )  # fmt: skip

    def _notes(self, meeting: Meeting, item: Item) -> list[str]:
        people = self.qa.workspace.people()
        return [
            f"{people[one.who].name if one.who in people else one.who} declared an interest: {one.why}"
            for one in attending.interests(self.qa.workspace.actions_shelf, meeting.id) if one.subject == item.key
        ]  # fmt: skip

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
