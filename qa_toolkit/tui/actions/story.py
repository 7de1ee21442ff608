"""The whole story of one action: beside the tracker where there is room, and as a screen of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow.plans.stories import Story
from qa_toolkit.workflow.plans.telling import behind, facts, happened
from qa_toolkit.workflow.plans.tracking import Row


def story_shown(story: Story, width: int) -> Content:
    """The story for so many columns: where it stands, what it is, what led to it, and what happened, latest first."""
    action, where = story.thread.action, story.standing
    parts = [
        shown(f"{action.id}  {where.colour.label}  {where.state.label}", "bold"),
        _wrapped([action.text], width),
        _wrapped(list(_standing(story)), width),
        _titled("What it is", facts(story), width),
        _titled("What led to it", behind(story), width),
        _titled("What happened, latest first", _latest_first(story), width),
    ]
    return Content("\n\n").join([part for part in parts if part.plain])


def _standing(story: Story) -> Iterator[str]:
    where = story.standing
    yield where.reason
    if where.rung:
        yield f"It goes to {where.rung.rung.label}: {where.rung.reason}."


def _latest_first(story: Story) -> Iterator[str]:
    for _, day, said in reversed(happened(story)):
        yield f"{show_date(day)}  {said}"


def _titled(title: str, lines: Iterator[str], width: int) -> Content:
    found = list(lines)
    return shown(title, "bold underline") + Content("\n") + _wrapped(found, width) if found else Content("")


def _wrapped(lines: list[str], width: int) -> Content:
    return lines_shown("\n".join(hanging(part, width, 2) for line in lines for part in line.splitlines() or [""]))


class StoryBox(VerticalScroll, can_focus=True):
    """The story of one action, to scroll through."""

    DEFAULT_CSS = """
    StoryBox { padding: 0 1; scrollbar-size-vertical: 1; background: $background; }
    StoryBox Static { width: 1fr; height: auto; }
    """
    MARGIN: ClassVar[int] = 4
    """Columns that the box keeps for itself."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.story: Story | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("")

    def show(self, story: Story) -> None:
        """Show a story from its beginning, or where it was if it is the same action's."""
        same = self.story is not None and self.story.thread.action.id == story.thread.action.id
        self.story = story
        self._write()
        if not same:
            self.scroll_home(animate=False)

    def show_row(self, row: Row) -> None:
        """What the list has of it, until the rest was read."""
        self.story = None
        where, width = row.standing, self.size.width - self.MARGIN
        goes = [f"It goes to {where.rung.rung.label}: {where.rung.reason}."] if where.rung else []
        said = [f"{show_date(where.updated)}  {row.brief.said}"] if where.updated else []
        lines = [row.action.text, "", where.reason, *goes, "", *said]
        head = shown(f"{row.action.id}  {where.colour.label}  {where.state.label}", "bold")
        self.query_one(Static).update(Content("\n\n").join([head, _wrapped(lines, width)]))

    def say(self, sentence: str) -> None:
        """Say something in its place."""
        self.story = None
        self.query_one(Static).update(lines_shown(sentence))

    def _write(self) -> None:
        if self.story is not None:
            self.query_one(Static).update(story_shown(self.story, max(self.size.width - self.MARGIN, 20)))

    def on_resize(self) -> None:
        """The lines break elsewhere."""
        self._write()


class StoryBeside(StoryBox):
    """The story of the action that is chosen in a list: what the list has of it at once, and all of it a little later.

    Reading the actions of ten years takes half a second: not while somebody types, or is on the way.
    """

    REST_S: ClassVar[float] = 0.8
    """How long the cursor rests before a file that was not read yet is read."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._resting: Timer | None = None

    def follow(self, row: Row, read: Callable[[str], Story | None], *, at_once: bool) -> None:
        """Tell of another action; `at_once` where the file was read already."""
        self._stop()
        if at_once:
            self._tell(row, read)
        else:
            self.show_row(row)
            self._resting = self.set_timer(self.REST_S, lambda: self._rested(row, read))

    def say(self, sentence: str) -> None:
        """Say something in its place, and no longer wait to tell of what was chosen before."""
        self._stop()
        super().say(sentence)

    def _stop(self) -> None:
        if self._resting is not None:
            self._resting.stop()

    def _rested(self, row: Row, read: Callable[[str], Story | None]) -> None:
        if isinstance(self.screen.focused, TypedText):
            self.follow(row, read, at_once=False)
        else:
            self._tell(row, read)

    def _tell(self, row: Row, read: Callable[[str], Story | None]) -> None:
        try:
            if (found := read(row.action.id)) is not None:
                self.show(found)
        except QAError as error:
            self.say(str(error))
