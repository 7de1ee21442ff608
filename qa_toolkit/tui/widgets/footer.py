"""The keys of a screen in its last line, drawn as one line.

Textual's own footer is a widget for each key, taken out and put in again whenever the cursor goes to another field: a
dozen widgets, a tenth of the time that the next question may take.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from qa_toolkit.domain.text import cells


class Shown(NamedTuple):
    """One key of the line."""

    key: str
    """As Textual names it."""
    printed: str
    """As it stands on the keyboard."""
    name: str
    enabled: bool
    help: str


class Footer(Widget):
    """As many keys as fit, from the left, and at the right end the one that finds all others; a click presses a key."""

    DEFAULT_CSS = """
    Footer { dock: bottom; height: 1; background: $footer-background; color: $footer-foreground; text-wrap: nowrap;
        & > .footer--key { color: $footer-key-foreground; text-style: bold; }
        & > .footer--over { color: $footer-key-foreground; background: $block-hover-background; }
        & > .footer--off { text-style: dim; }
        & > .footer--edge { color: $foreground 20%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--over", "footer--off", "footer--edge"}
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[Shown, ...] = ()
        self._last: Shown | None = None
        """The key at the right end."""
        self._places: list[tuple[int, int, Shown]] = []
        """From and to which column each key stands, as it was last drawn."""
        self._over: Shown | None = None
        """The key under the mouse."""

    def on_mount(self) -> None:
        """Follow what the screen can do."""
        self.screen.bindings_updated_signal.subscribe(self, self._look)
        self._look(self.screen)

    def on_unmount(self) -> None:
        """Follow no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _look(self, screen: Screen[object]) -> None:
        """What can be done now; drawn again only if it differs."""
        if not self.app.app_focus or not self.is_attached or screen is not self.screen:
            return
        found: dict[str, Shown] = {}
        last = None
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            one = Shown(binding.key, self.app.get_key_display(binding), binding.description, enabled, tooltip)
            if binding.show:
                found.setdefault(binding.action, one)
            if binding.key == self.app.COMMAND_PALETTE_BINDING:
                last = one
        keys = tuple(found.values())
        if (keys, last) != (self.keys, self._last):
            self.keys, self._last = keys, last
            self.refresh()

    def render(self) -> Content:
        """The line."""
        width = self.size.width
        end = f" {self._last.printed} {self._last.name} " if self._last else ""
        room = width - cells(end)
        pieces: list[Content] = []
        self._places = []
        at = 0
        for one in self.keys:
            taken = cells(one.printed) + cells(one.name) + 2
            if at + taken > room:
                break
            pieces.append(self._piece(one))
            self._places.append((at, at + taken, one))
            at += taken
            if at < room:
                pieces.append(Content(" "))
                at += 1
        if self._last:
            pieces.append(Content(" " * (room - at)))
            pieces.append(Content.styled("▏", self.get_visual_style("footer--edge", partial=True)))
            pieces.append(self._piece(self._last)[1:])
            self._places.append((room, width, self._last))
        return Content("").join(pieces)

    def _piece(self, one: Shown) -> Content:
        line = Content.assemble((f" {one.printed} ", self.get_visual_style("footer--key", partial=True)), one.name)
        if not one.enabled:
            return line.stylize(self.get_visual_style("footer--off", partial=True))
        return line.stylize(self.get_visual_style("footer--over", partial=True)) if one == self._over else line

    def _at(self, column: int) -> Shown | None:
        return next((one for start, end, one in self._places if start <= column < end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The key under the mouse says what it does."""
        self._point(self._at(event.x))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._point(None)

    def _point(self, one: Shown | None) -> None:
        if one != self._over:
            self._over = one
            self.tooltip = one.help if one else None
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click is the key."""
        one = self._at(event.x)
        if one is not None and one.enabled:
            self.app.simulate_key(one.key)
        elif one is not None:
            self.app.bell()
