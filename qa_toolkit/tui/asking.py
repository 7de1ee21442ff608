"""Small questions put over a screen: a line of text, one of a list, a yes. Each gives back what was said, or None."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.typing import TypedText

LEAVE = Binding("escape", "leave", "Leave", id="ask.leave", tooltip="Go back without doing it")


class AskText(ModalScreen[str | None]):
    """Asks for text. `check` may refuse it with a sentence, which is shown, and the text stays."""

    CSS_PATH = "asking.tcss"
    BINDINGS = [LEAVE, Binding("ctrl+s,f10", "done", "Record it", id="ask.done", tooltip="Record what is written")]

    def __init__(
        self, title: str, words: str, text: str = "", *, long: bool = False, check: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self._title, self._words, self._text, self._long, self._check = title, words, text, long, check

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(self._words), id="about")
            yield TypedText("ask", self._text, long=self._long, id="ask")
            yield Static("", id="fault")
            keys = "Ctrl+S records it   Esc goes back" if self._long else "Enter does it   Esc goes back"
            yield Static(keys, id="keys")

    def on_mount(self) -> None:
        """The cursor stands in the field."""
        self.query_one("#fault").display = False
        self.query_one("#ask", TypedText).focus()

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """Enter, in a field of one line."""
        message.stop()
        if message.onward:
            self.action_done()

    def action_done(self) -> None:
        """Give back what was written, unless it is refused."""
        text = self.query_one("#ask", TypedText).text.strip()
        if self._check is not None:
            try:
                self._check(text)
            except QAError as error:
                fault = self.query_one("#fault", Static)
                fault.update(lines_shown(str(error)))
                fault.display = True
                return
        self.dismiss(text)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


class PickOne(ModalScreen[int | None]):
    """Asks for one of a list; gives back its place, counted from 0."""

    CSS_PATH = "asking.tcss"
    BINDINGS = [LEAVE]

    def __init__(self, title: str, words: str, options: Sequence[str]) -> None:
        super().__init__()
        self._title, self._words, self._options = title, words, tuple(options)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(self._words), id="about")
            yield OptionList(*(shown(option) for option in self._options), id="list")
            yield Static("Up and Down, then Enter   Esc goes back", id="keys")

    def on_mount(self) -> None:
        """The first is marked."""
        self.query_one("#list", OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter."""
        self.dismiss(event.option_index)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


class Sure(ModalScreen[bool]):
    """Asks for a yes before something that is hard to take back."""

    CSS_PATH = "asking.tcss"
    BINDINGS = [
        Binding("y", "say(True)", "Yes", id="sure.yes", tooltip="Do it"),
        Binding("n,escape", "say(False)", "No", id="sure.no", tooltip="Go back"),
    ]

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._title, self._words = title, words

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(self._words), id="about")
            yield Static("y Yes   n No", id="keys")

    def action_say(self, yes: bool) -> None:
        """Give back the answer."""
        self.dismiss(yes)
