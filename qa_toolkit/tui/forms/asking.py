"""Small questions put over a screen: a line of text, one of a list, a yes. Each gives back what was said, or None."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.forms.keeping import Keeping
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.typing import TypedText

if TYPE_CHECKING:
    from qa_toolkit.tui.left import Typed

AGAIN = "What you typed here before stands here again."
LEAVE = Binding("escape", "leave", "Leave", id="ask.leave", tooltip="Go back without doing it")


class AskText(Keeping, ModalScreen[str | None]):
    """Asks for text. `check` may refuse it with a sentence, which is shown, and the text stays.

    With a name in `kept` what is typed lasts until the asker calls `forget` on the app's `left`, once it is recorded:
    so it is there again when somebody went back, the record refused it, or the program ended.
    """

    CSS_PATH = "asking.tcss"
    BINDINGS = [LEAVE, Binding("ctrl+s,f10", "done", "Record it", id="ask.done", tooltip="Record what is written")]

    def __init__(
        self, title: str, words: str, text: str = "", *, long: bool = False,
        check: Callable[[str], None] | None = None, kept: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._title, self._words, self._text, self._long, self._check = title, words, text, long, check
        self.kept = kept

    def compose(self) -> ComposeResult:
        before = self.left.of(self.kept) if self.kept else None
        text, words = (str(before["ask"]), f"{self._words}\n{AGAIN}") if before else (self._text, self._words)
        with Vertical(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(words), id="about")
            yield TypedText("ask", text, long=self._long, id="ask")
            yield Static("", id="fault")
            does = "Ctrl+S records it" if self._long else "Enter does it"
            yield Static(shown(f"{does}   Esc goes back{' and keeps it' if self.kept else ''}"), id="keys")

    def on_mount(self) -> None:
        """The cursor stands in the field."""
        self.query_one("#fault").display = False
        self.query_one("#ask", TypedText).focus()
        self.filled = True

    def typed(self) -> Typed | None:
        """The text."""
        text = self.query_one("#ask", TypedText).text
        return {"ask": text} if text.strip() and text != self._text else None

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """A key was pressed."""
        message.stop()
        self.rests()

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
                self._refuse(str(error))
                return
        self.stop()
        self.keep_everything()
        self.dismiss(text)

    def _refuse(self, sentence: str) -> None:
        fault = self.query_one("#fault", Static)
        fault.update(lines_shown(sentence))
        fault.display = True

    def action_leave(self) -> None:
        """Go back."""
        self.stop()
        self.keep_everything()
        self.dismiss(None)


class PickOne(ModalScreen[int | None]):
    """Asks for one of a list; gives back its place, counted from 0."""

    CSS_PATH = "asking.tcss"
    BINDINGS = [LEAVE]

    def __init__(self, title: str, words: str, options: Sequence[str], at: int = 0) -> None:
        super().__init__()
        self._title, self._words, self._options, self._at = title, words, tuple(options), at

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(self._words), id="about")
            yield OptionList(*(shown(option) for option in self._options), id="list")
            yield Static("Up and Down, then Enter   Esc goes back", id="keys")

    def on_mount(self) -> None:
        """The first is marked, or the one that holds now."""
        listed = self.query_one("#list", OptionList)
        listed.highlighted = self._at
        listed.focus()

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
