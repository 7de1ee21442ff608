"""The program with one scoring screen open, driven by keys; and what stands on the screen, as text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from builders_scoring import RATER, Clock
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

    def __init__(self, app: QAApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    async def keys(self, *keys: str) -> None:
        """Press keys, each when the one before has been dealt with; `"…"` in quotes is typed."""
        for key in keys:
            if key.startswith('"'):
                await self.pilot.press(*(NAMES.get(char, char) for char in key.strip('"')))
            else:
                await self.pilot.press(key)
            await self.pilot.pause()
            await self.pilot.pause()

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
    async with app.run_test(size=size) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        await pilot.pause()
        yield At(app, pilot)
