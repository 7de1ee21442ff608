"""One action on a screen of its own, with everything that can be done to it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.deeds import ON_ONE, ActionDeeds
from qa_toolkit.tui.actions.story import StoryBox
from qa_toolkit.tui.base import TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow.plans.stories import Story, story
from qa_toolkit.workflow.plans.tracking import yardstick

DEEDS = (
    *ON_ONE,
    Deed("back", "escape", "Back", "To the screen before.", True),
)  # fmt: skip


class StoryScreen(ActionDeeds):
    """The story of one action."""

    HELP: ClassVar[str] = (
        "Where the action stands and the rule that gave its colour; what it is; the finding and the recommendation "
        "that led to it; and everything that was said and decided, the latest first. Beside each update stands the "
        "colour that the action had at the end of that day. Nothing here is ever written over.\n\n"
        "d lists everything that you may do to it now; what is not there is for somebody else, or for another state."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "tracker.tcss"

    def __init__(self, action_id: str, *, past: date | None = None, looking: Workspace | None = None) -> None:
        super().__init__()
        self.action_id, self.past, self.looking = action_id, past, looking
        self.story: Story | None = None

    def compose(self) -> ComposeResult:
        """The story, the keys."""
        yield TopBar()
        yield Static(id="past")
        yield StoryBox(id="whole")
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        line = self.query_one("#past", Static)
        line.display = self.past is not None
        if self.past is not None:
            line.update(shown(f"As it stood on {show_date(self.past)}: to read only."))
        self.fill()
        self.query_one(StoryBox).focus()

    def fill(self) -> None:
        """Read the action, and tell its story."""
        person, box = self.qa.person, self.query_one(StoryBox)
        if person is None:
            return
        workspace = self.looking or self.qa.workspace
        try:
            at = yardstick(workspace, self.past or self.qa.today, self.qa.calendar)
            self.story = story(workspace, self.action_id, at, person)
            box.show(self.story)
        except QAError as error:
            self.story = None
            box.say(str(error))

    def subject(self) -> Story | None:
        """The action, if it is today's."""
        if self.past is not None:
            self.say(f"This is the action as it stood on {show_date(self.past)}, so nothing can be changed here.")
            return None
        self.fill()
        return self.story
