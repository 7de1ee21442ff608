"""A choice by digit keys: one option or several, each on a line with its key, its words and what it means."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from qa_toolkit.domain.template.scales import Option
from qa_toolkit.domain.text import visible

KEYS = "1234567890-="
"""The row of keys on the keyboard, from the left: as many options as a scale may have."""
KEY_NAMES = (*"1234567890", "minus", "equals_sign")
"""The same keys by the names that the terminal face gives them."""


class Choice(Widget, can_focus=True):
    """Options to choose from. It never moves; it only says what would be chosen."""

    DEFAULT_CSS = """
    Choice {
        height: auto; width: 1fr; padding: 0 1 0 0; border-left: vkey $border-blurred;
        &:focus { border-left: thick $border; }
    }
    """

    @dataclass
    class Chosen(Message):
        """An option was clicked; `values` is what is chosen with it."""

        source: Choice
        values: tuple[str, ...]
        turn: int
        """How often it had been turned to something else by then."""

    def __init__(
        self, field: str, options: Sequence[Option], chosen: Sequence[str] = (), *, several: bool = False,
        inline: bool = False, label: str = "", id: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.field, self.options, self.several, self.inline, self.label = field, tuple(options), several, inline, label
        self.chosen = tuple(chosen)
        self._rows: list[int] = []
        self.turns = 0

    @property
    def keyed(self) -> tuple[Option, ...]:
        """The options that have a key of their own."""
        return self.options[: len(KEYS)]

    def show(self, chosen: Sequence[str]) -> None:
        """Show what is chosen now."""
        if tuple(chosen) != self.chosen:
            self.chosen = tuple(chosen)
            self.refresh(layout=True)

    def turn(self, field: str, options: Sequence[Option], chosen: Sequence[str], *, several: bool) -> None:
        """Offer something else."""
        self.field, self.options, self.chosen, self.several = field, tuple(options), tuple(chosen), several
        self.turns += 1
        self.refresh(layout=True)

    def with_key(self, number: int) -> tuple[str, ...] | None:
        """What would be chosen once the key at that place, counted from 0, is pressed; None where it has no option.

        A screen asks this and acts at once. A message would come later than the next key, which may turn the page.
        """
        if not 0 <= number < len(self.keyed):
            return None
        value = self.options[number].value
        if not self.several:
            return (value,)
        if value in self.chosen:
            return tuple(one for one in self.chosen if one != value)
        return tuple(o.value for o in self.options if o.value in self.chosen or o.value == value)

    def on_click(self, event: events.Click) -> None:
        """The mouse may do what the digit does."""
        if not self.inline and 0 <= event.y < len(self._rows):
            values = self.with_key(self._rows[event.y])
            if values is not None:
                self.post_message(self.Chosen(self, values, self.turns))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """The options as lines."""
        lines = self._lines(self.size.width or 40)
        self._rows = [row for row, _ in lines]
        return Content("\n").join([line for _, line in lines])

    def _mark(self, option: Option) -> str:
        on = option.value in self.chosen
        return ("[x]" if on else "[ ]") if self.several else ("(•)" if on else "( )")

    def _lines(self, width: int) -> list[tuple[int, Content]]:
        lines: list[tuple[int, Content]] = []
        if self.inline:
            return self._in_a_row(width)
        if self.label:
            lines += [(-1, Content(part)) for part in textwrap.wrap(visible(self.label), max(10, width - 1))]
        for number, option in enumerate(self.options):
            key = KEYS[number] if number < len(KEYS) else " "
            on = option.value in self.chosen
            label = visible(option.label)
            text = f"{label}: {visible(option.descriptor)}" if option.descriptor else label
            wrapped = textwrap.wrap(text, max(10, width - 8)) or [label]
            for place, part in enumerate(wrapped):
                head = f" {self._mark(option)} {key} " if place == 0 else "       "
                line = Content(head + part)
                if place == 0 and not on:
                    line = line.stylize("$text-accent bold", 5, 6)
                lines.append((number, line.stylize("bold" if not self.is_nocolor else "bold reverse") if on else line))
        return lines

    def _in_a_row(self, width: int) -> list[tuple[int, Content]]:
        words = [f"{self._mark(o)} {KEYS[n] if n < len(KEYS) else ' '} {visible(o.label)}" for n, o in
                 enumerate(self.options)]  # fmt: skip
        lines = [(-1, Content(part)) for part in textwrap.wrap(visible(self.label), max(10, width - 1))]
        row = ""
        for word in words:
            if row and len(row) + 3 + len(word) > width - 2:
                lines.append((-1, Content(f" {row}")))
                row = word
            else:
                row = f"{row}   {word}" if row else word
        return [*lines, (-1, Content(f" {row}"))]

    @property
    def is_nocolor(self) -> bool:
        """Whether colours are switched off, so that weight alone has to tell."""
        return self.app.no_color
