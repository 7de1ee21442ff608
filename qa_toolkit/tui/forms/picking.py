"""Some of a long list: a mark in words before each, Space puts it in or takes it out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from qa_toolkit.tui.text import lines_shown, shown


class PickMany(ModalScreen[tuple[int, ...] | None]):
    """Asks for some of a list; gives back their places, counted from 0, or None when it was left."""

    CSS_PATH = "followed.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="pick.leave", tooltip="Go back without recording"),
        Binding("space", "turn_one", "In or out", id="pick.toggle", tooltip="Put this one in, or take it out"),
        Binding("ctrl+s,f10", "done", "Record it", id="pick.done", tooltip="Record those with a mark"),
    ]

    def __init__(self, title: str, words: str, options: Sequence[str], picked: Collection[int] = ()) -> None:
        super().__init__()
        self._title, self._words, self._options, self._picked = title, words, tuple(options), set(picked)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(self._words), id="about")
            yield OptionList(*(self._line(n) for n in range(len(self._options))), id="list")
        yield Static("Space or Enter puts in or takes out   Ctrl+S records it   Esc goes back", id="keys")

    def _line(self, place: int) -> Content:
        return shown(f"{'[x]' if place in self._picked else '[ ]'} {self._options[place]}")

    def on_mount(self) -> None:
        """The first is marked."""
        self.query_one("#list", OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click."""
        event.stop()
        self._turn(event.option_index)

    def action_turn_one(self) -> None:
        """Space."""
        place = self.query_one("#list", OptionList).highlighted
        if place is not None:
            self._turn(place)

    def _turn(self, place: int) -> None:
        self._picked ^= {place}
        self.query_one("#list", OptionList).replace_option_prompt_at_index(place, self._line(place))

    def action_done(self) -> None:
        """Give back those with a mark."""
        self.dismiss(tuple(sorted(self._picked)))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
