"""A list of any length: only the lines that are seen are drawn, so thousands cost what a screenful costs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qa_toolkit.domain.text import cells, shorten, visible

Piece = tuple[str, str]
"""A text, and the component class that it is drawn in; empty for the line's own."""
L = TypeVar("L")


class LongList(ScrollView, Generic[L], can_focus=True):
    """Lines to move over. What a line is and how it is drawn is for a subclass to say."""

    DEFAULT_CSS = """
    LongList { background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    LongList > .longlist--cursor { background: $panel; }
    LongList:focus > .longlist--cursor { background: $primary; color: $background; text-style: bold; }
    LongList > .longlist--heading { color: $primary; text-style: bold; }
    LongList > .longlist--faint { color: $text-muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"longlist--cursor", "longlist--heading", "longlist--faint"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="longlist.up", tooltip="To the line above"),
        Binding("down", "move(1)", "Down", show=False, id="longlist.down", tooltip="To the line below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="longlist.pageup", tooltip="A screenful up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="longlist.pagedown", tooltip="A screenful down"),
        Binding("home", "end(-1)", "First", show=False, id="longlist.home", tooltip="To the first line"),
        Binding("end", "end(1)", "Last", show=False, id="longlist.end", tooltip="To the last line"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another line, or on none."""

        source: LongList[Any]

    @dataclass
    class Chosen(Message):
        """A click on the line where the cursor stood. Enter is the screen's own key."""

        source: LongList[Any]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[L] = ()
        self.cursor = -1
        """The place of the line where the cursor stands; -1 where there is none."""

    # --- for a subclass

    def key_of(self, line: L) -> Hashable | None:
        """What a line stands for, by which the cursor finds it again; None for a heading."""
        raise NotImplementedError

    def pieces(self, line: L, width: int) -> Sequence[Piece]:
        """What is drawn, from the left; what does not fit is cut off."""
        raise NotImplementedError

    # --- what stands in it

    @property
    def chosen(self) -> L | None:
        """The line where the cursor stands."""
        return self.lines[self.cursor] if 0 <= self.cursor < len(self.lines) else None

    def show(self, lines: Sequence[L]) -> None:
        """Show other lines; the cursor stays on what it stood on if that is still there, else near it."""
        before, place = self.chosen, self.cursor
        wanted = self.key_of(before) if before is not None else None
        self.lines = lines
        self.virtual_size = Size(max(self.size.width, 1), len(lines))
        found = next((n for n, line in enumerate(lines) if wanted is not None and self.key_of(line) == wanted), -1)
        self.cursor = -1
        self._to(found if found >= 0 else self._near(min(max(place, 0), len(lines) - 1)))
        self.refresh()

    def _near(self, place: int, step: int = 1) -> int:
        """The nearest line that is no heading, looking on first; -1 where there is none."""
        for way in (step, -step):
            at = place
            while 0 <= at < len(self.lines):
                if self.key_of(self.lines[at]) is not None:
                    return at
                at += way
        return -1

    def _to(self, place: int) -> None:
        self.cursor = place
        if place >= 0:
            # With the heading above it, where there is one.
            top = place - 1 if place and self.key_of(self.lines[place - 1]) is None else place
            self.scroll_to_region(Region(0, top, 1, place - top + 1), animate=False, force=True)
        self.refresh()
        self.post_message(self.Moved(self))

    def move_to(self, key: Hashable) -> bool:
        """Put the cursor on the line that stands for this; whether there is one."""
        place = next((n for n, line in enumerate(self.lines) if self.key_of(line) == key), -1)
        if place >= 0:
            self._to(place)
        return place >= 0

    # --- keys and the mouse

    def action_move(self, step: int) -> None:
        """To the next line that is no heading."""
        if self.lines and self.cursor >= 0:
            place = self.cursor + step
            while 0 <= place < len(self.lines) and self.key_of(self.lines[place]) is None:
                place += step
            if 0 <= place < len(self.lines):
                self._to(place)

    def action_page(self, step: int) -> None:
        """A screenful on."""
        if self.lines:
            place = self.cursor + step * max(self.size.height - 1, 1)
            self._to(self._near(min(max(place, 0), len(self.lines) - 1), step))

    def action_end(self, step: int) -> None:
        """To the first or the last line."""
        if self.lines:
            self._to(self._near(0 if step < 0 else len(self.lines) - 1, -step))

    def on_click(self, event: events.Click) -> None:
        """The mouse puts the cursor there; once more opens the line."""
        place = int(event.y + self.scroll_offset.y)
        if 0 <= place < len(self.lines) and self.key_of(self.lines[place]) is not None:
            if place == self.cursor:
                self.post_message(self.Chosen(self))
            else:
                self._to(place)

    def on_resize(self) -> None:
        """The lines are as wide as the list."""
        self.virtual_size = Size(max(self.size.width, 1), len(self.lines))
        if self.cursor >= 0:
            self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    # --- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        place, width = int(y + self.scroll_offset.y), self.scrollable_content_region.width
        own = self.rich_style
        if not 0 <= place < len(self.lines):
            return Strip.blank(width, own)
        chosen = place == self.cursor
        if chosen:
            own += self.get_component_rich_style("longlist--cursor", partial=True)
        segments, left = [], width
        for text, kind in self.pieces(self.lines[place], width):
            piece = shorten(visible(text), left)
            # On the ground of the cursor a colour of its own could not be read; the word is there.
            style = own + self.get_component_rich_style(kind, partial=True) if kind and not chosen else own
            segments.append(Segment(piece, style))
            left -= cells(piece)
            if left <= 0:
                break
        return Strip(segments).adjust_cell_length(width, own)


def fitted(text: str, width: int) -> str:
    """The text in exactly so many cells, with a space after it."""
    piece = shorten(visible(text), width - 1)
    return piece + " " * (width - cells(piece))
