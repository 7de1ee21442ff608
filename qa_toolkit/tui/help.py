"""Help: what this screen is for, and every key of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_toolkit.tui.text import lines_shown, shown


class Page(ModalScreen[None]):
    """A page of plain text over the screen; any of its keys closes it."""

    BINDINGS: ClassVar = [
        Binding("escape,enter,q", "dismiss", "Close", id="page.close", tooltip="Close this page"),
    ]
    DEFAULT_CSS = """
    Page { align: center middle; }
    Page > VerticalScroll { width: 90%; max-width: 100; height: auto; max-height: 90%; background: $surface;
        border: round $primary; padding: 1 2; }
    Page #page-title { text-style: bold; margin-bottom: 1; }
    Page #page-keys { margin-top: 1; color: $text-muted; }
    """

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._title, self._words = title, words

    def compose(self) -> ComposeResult:
        """Title, words, how to close it."""
        with VerticalScroll():
            yield Static(shown(self._title), id="page-title")
            yield Static(lines_shown(self._words))
            yield Static("Esc or Enter closes this page; arrows scroll.", id="page-keys")

    async def action_dismiss(self, result: None = None) -> None:
        """Close the page."""
        self.dismiss(result)
