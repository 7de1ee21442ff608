"""The program with one scoring screen open, driven by keys; and what stands on the screen, as text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from builders_scoring import RATER, Clock
from textual import events
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import QAApp

NAMES = {
    " ": "space", "/": "slash", ":": "colon", ",": "comma", ".": "full_stop", "-": "minus", "'": "apostrophe",
    "!": "exclamation_mark", "=": "equals_sign", "+": "plus", "@": "at",
}  # fmt: skip


class At:
    """A running program."""

    def __init__(self, app: QAApp) -> None:
        self.app = app
        self.pilot: Pilot[None]
        self._heard = 0

    def hear(self, message: Message) -> None:
        """Count what the program deals with; its own calls to itself come by the dozen and tell nothing."""
        self._heard += not isinstance(message, events.Callback)

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    async def keys(self, *keys: str) -> None:
        """Press keys, each when the one before has been dealt with; `"…"` in quotes is typed."""
        for key in keys:
            if key.startswith('"'):
                for char in key.strip('"'):
                    self._send(NAMES.get(char, char), char)
            else:
                self._send(key, _character(key))
            await self.settle()

    def _send(self, key: str, character: str | None) -> None:
        driver = self.app._driver
        assert driver is not None
        event = events.Key(key, character)
        event.set_sender(self.app)
        driver.send_message(event)

    async def settle(self) -> None:
        """Wait until nothing happens any more: three rounds of every widget’s queue without a message.

        Told by messages rather than by the processor’s rest, which is what the pilot waits for and which takes a tenth
        of a second for every key.
        """
        calm = 0
        while calm < 3:
            before = self._heard
            # A new screen is drawn a twentieth of a second after it was put up, all at once.
            await self.pilot.pause(0.01 if self.app._batch_count else 0)
            calm = calm + 1 if self._heard == before and not self.app._batch_count else 0

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return screen_text(self.app)

    def says(self, words: str) -> bool:
        """Whether these words stand on the screen, wherever the lines break."""
        lines = [line.split("│") for line in self.text.splitlines()]
        wanted = " ".join(words.split())
        for place in range(max(len(line) for line in lines)):
            column = (line[place].strip(" ▏█▌▇▆▅▄▃▂▁") for line in lines if len(line) > place)
            if wanted in " ".join(" ".join(column).split()):
                return True
        return False


def _character(key: str) -> str | None:
    """What a key writes; None for one that writes nothing."""
    written = {name: char for char, name in NAMES.items()}
    return written.get(key, key if len(key) == 1 else None)


def screen_text(app: QAApp) -> str:
    """What stands on the screen."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@asynccontextmanager
async def showing(
    workspace: Workspace, screen: Screen[object], *, who: str = RATER, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[At]:
    """The program with that screen on top."""
    app = QAApp(workspace, workspace.people()[who], now=Clock())
    at = At(app)
    async with app.run_test(size=size, message_hook=at.hear) as at.pilot:
        await app.push_screen(screen)
        await at.settle()
        yield at
