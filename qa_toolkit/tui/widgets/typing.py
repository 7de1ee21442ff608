"""A field to write in: wraps, grows, marks what looks like an identifier, and never lets a character act on the screen.

One widget serves a long comment and a short date, because they owe the writer the same: a draft, a record on leaving,
and text that is kept when the disk refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.message import Message
from textual.widgets import TextArea

from qa_toolkit.domain.identifiers import Hit, identifiers
from qa_toolkit.domain.text import visible

_CELL = "\N{REPLACEMENT CHARACTER}"
_LONG = 4000
"""Characters up to which every key press looks for identifiers; a longer text is looked at when the typing pauses."""


class TypedText(TextArea):
    """Text that somebody types. `field` names what it belongs to; `recorded` is the text as it was last recorded."""

    DEFAULT_CSS = """
    TypedText {
        height: auto; min-height: 1; max-height: 12; border: none; border-left: vkey $border-blurred; padding: 0 1;
        &:focus { border: none; border-left: thick $border; }
        &.-long { min-height: 2; }
    }
    """

    @dataclass
    class Paused(Message):
        """The text was changed by a key (not by the program)."""

        source: TypedText

    @dataclass
    class Finished(Message):
        """The cursor left the field, or Enter was pressed in a field of one line."""

        source: TypedText
        onward: bool = False

    def __init__(
        self, field: str, recorded: str = "", *, long: bool = False, only: str = "", hint: str = "",
        read_only: bool = False, today: date | None = None, id: str | None = None,
    ) -> None:  # fmt: skip
        """A field; `only` is a pattern for the characters it takes, all other keys stay commands."""
        super().__init__(
            recorded, highlight_cursor_line=False, placeholder=hint, read_only=read_only, id=id,
            classes="-long" if long else "",
        )  # fmt: skip
        self.field, self.recorded, self.long = field, recorded, long
        self.hits: list[Hit] = []
        self._only = re.compile(only) if only else None
        self._today = today
        self.move_cursor(self.document.end)
        self._look()

    @property
    def changed(self) -> bool:
        """Whether it holds something that is not recorded."""
        return self.text != self.recorded

    def show(self, field: str, text: str, recorded: str | None = None) -> None:
        """Turn to another field: the text is put in without counting as typed."""
        self.field, self.recorded = field, text if recorded is None else recorded
        if self.text == text:
            self.history.clear()  # what was undone here is not to come back there
        else:
            with self.prevent(TextArea.Changed):
                self.load_text(text)
        self.move_cursor(self.document.end)
        self._look()

    def look(self) -> None:
        """Look for identifiers in a text of any length."""
        self._look(at_any_length=True)

    def _look(self, at_any_length: bool = False) -> None:
        if at_any_length or len(self.text) <= _LONG:
            self.hits = identifiers(self.text, today=self._today)
            self._line_cache.clear()

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn: a mark for each character that could act, a line under each identifier."""
        source = self.document.get_line(line_index)
        line = source if visible(source) == source else "".join(c if visible(c) == c else _CELL for c in source)
        shown = Text(line, end="", no_wrap=True)
        if self.hits:
            before = sum(len(self.document.get_line(n)) + 1 for n in range(line_index))
            for hit in self.hits:
                if hit.end > before and hit.start < before + len(line):
                    shown.stylize("underline reverse", max(0, hit.start - before), min(len(line), hit.end - before))
        return shown

    def place_of(self, hit: Hit) -> tuple[int, int]:
        """Line and place in it, both counted from 1, at which the identifier begins."""
        before = self.text[: hit.start]
        return before.count("\n") + 1, hit.start - (before.rfind("\n") + 1) + 1

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether the key is typed rather than a command."""
        if self._only is not None and character is not None:
            return bool(self._only.fullmatch(character)) and not self.read_only
        return super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.long:
            event.stop()
            event.prevent_default()
            self.post_message(self.Finished(self, onward=True))
        elif self._only is not None and event.is_printable and not self._only.fullmatch(event.character or ""):
            event.prevent_default()  # not stopped: it goes on to the screen, as a command

    async def _on_paste(self, event: events.Paste) -> None:
        if not self.long:
            event.prevent_default()
            event.stop()
            if not self.read_only:
                self.insert(" ".join(event.text.split()))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Every key: look again, and tell the screen that typing goes on."""
        event.stop()
        self._look()
        self.post_message(self.Paused(self))

    def on_blur(self, event: events.Blur) -> None:
        """The cursor went elsewhere. A look at another window is no leaving: the draft is kept, nothing is recorded."""
        if self.app.app_focus:
            self.post_message(self.Finished(self))

    def action_cursor_page_up(self) -> None:
        """A page up in a long text; from a short one the key goes on to the screen, which turns the page."""
        if not self.long:
            raise SkipAction
        super().action_cursor_page_up()

    def action_cursor_page_down(self) -> None:
        """A page down in a long text; from a short one the key goes on to the screen."""
        if not self.long:
            raise SkipAction
        super().action_cursor_page_down()

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up; from the first line, out of the field to the one above."""
        if not select and self.wrapped_document.location_to_offset(self.cursor_location).y == 0:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down; from the last line, out of the field to the one below."""
        at = self.wrapped_document.location_to_offset(self.cursor_location).y
        if not select and at >= self.wrapped_document.height - 1:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)
