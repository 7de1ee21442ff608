"""Deeds: what a screen can do, declared once. Keys, footer, palette and help are made from the same table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any, NamedTuple

from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

KEY_WORDS = {
    "pagedown": "Page Down", "pageup": "Page Up", "escape": "Esc", "enter": "Enter", "backspace": "Backspace",
    "delete": "Delete", "exclamation_mark": "!", "question_mark": "?", "left": "←", "right": "→", "up": "↑",
    "down": "↓", "space": "Space", "tab": "Tab", "slash": "/", "plus": "+",
}  # fmt: skip


class Deed(NamedTuple):
    """One thing that a screen can do."""

    id: str
    """Unique on its screen; also its action, with dashes for underscores, where none is given."""
    key: str
    """One or more keys, separated by commas."""
    name: str
    """A word or two, for the footer and the palette."""
    help: str
    """A sentence."""
    show: bool = True
    """Whether the footer shows it."""
    action: str = ""

    @property
    def does(self) -> str:
        """The action that Textual runs."""
        return self.action or self.id.replace("-", "_")

    @property
    def keys_in_words(self) -> str:
        """Its keys as they are printed on a keyboard."""
        return " or ".join(key_in_words(key) for key in self.key.split(","))


def key_in_words(key: str) -> str:
    """One key as people call it."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return KEY_WORDS.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def bindings(deeds: Iterable[Deed]) -> list[BindingType]:
    """The deeds as Textual wants them, each with an id and a tooltip. Help comes first in the footer, never cut off."""
    help_first = Binding("question_mark", "app.help_here", "Help", id="deed.help", key_display="?",
                         tooltip="What this screen is for.")  # fmt: skip
    return [
        help_first,
        *(
            Binding(
                deed.key, deed.does, deed.name, show=deed.show, id=f"deed.{deed.id}", tooltip=deed.help,
                key_display=key_in_words(deed.key.split(",")[0]),
            )
            for deed in deeds
        ),
    ]  # fmt: skip


def working(screen: Screen[Any]) -> list[Deed]:
    """The deeds of a screen that can be done as it stands, by whoever sits there."""
    found = []
    for deed in getattr(screen, "DEEDS", ()):
        where, action, parameters = parse(deed.does)
        # A deed of the program as a whole, or of what has the focus, is not the screen's to refuse.
        if where or screen.check_action(action, parameters) is not False:
            found.append(deed)
    return found


class Deeds(Provider):
    """The palette's view of what can be done here and everywhere."""

    def _all(self) -> Sequence[tuple[Deed, str]]:
        from qa_toolkit.tui.app import EVERYWHERE

        here = [(deed, deed.does if parse(deed.does)[0] else f"screen.{deed.does}") for deed in working(self.screen)]
        return [*here, *((deed, f"app.{deed.does}") for deed in EVERYWHERE)]

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Everything, before a letter is typed."""
        for deed, action in self._all():
            yield DiscoveryHit(f"{deed.name}  ({deed.keys_in_words})", self._run(action), help=deed.help)

    async def search(self, query: str) -> Hits:
        """What fits the letters typed."""
        matcher = self.matcher(query)
        for deed, action in self._all():
            words = f"{deed.name}: {deed.help}"
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), self._run(action), help=deed.keys_in_words)

    def _run(self, action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(action, self.screen if action.startswith("screen.") else None)

        return run
