"""A screen that is one page to read: lines of text, wrapped to its width."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer


class ReadingScreen(QAScreen):
    """Says its `heading` and its `lines`; a line hangs by as much as it is indented, and four more."""

    # Whole, because a screen looks for its style beside the class that it is made of, and those stand in other rooms.
    CSS_PATH = Path(__file__).with_name("reading.tcss")

    def heading(self) -> str:
        """What the page is about."""
        raise NotImplementedError

    def lines(self) -> Iterable[str]:
        """The page.

        Raises:
            QAError: It is not this person's to read; the sentence is the page.
        """
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """A title and the page."""
        yield TopBar()
        with VerticalScroll(id="steps"):
            yield Static(id="title")
            yield Static(id="all")
        yield Footer()

    def on_mount(self) -> None:
        """Read it."""
        self.fill()
        self.query_one("#steps").focus()

    def on_resize(self) -> None:
        """The lines break elsewhere."""
        self.fill()

    def fill(self) -> None:
        """Work it out, and show it."""
        self.query_one("#title", Static).update(shown(self.heading()))
        try:
            lines = list(self.lines())
        except QAError as error:
            lines = str(error).splitlines()
        width = max(self.qa.size.width - 6, 30)
        wrapped = [hanging(line, width, len(line) - len(line.lstrip()) + 4) for line in lines]
        self.query_one("#all", Static).update(lines_shown("\n".join(wrapped)))
