"""A part of a screen that scrolls to what has the focus, and leaves every key to the screen."""

from __future__ import annotations

from textual.containers import VerticalScroll


class Sheet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls, but binds no arrow: on these screens the arrows move between fields and questions."""

    DEFAULT_CSS = "Sheet { scrollbar-size-vertical: 1; }"
