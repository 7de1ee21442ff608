"""Three calm looks: light, dark, high contrast. Text on its ground has 4.5 to 1 or more, in high contrast 7 to 1."""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="qa-light", dark=False, primary="#1f4e79", secondary="#5b6b7b", accent="#1f4e79", foreground="#1c1f24",
        background="#f7f8fa", surface="#ffffff", panel="#e3e8ee", success="#1e6b3a", warning="#8a5300", error="#a3262a",
    ),
    Theme(
        name="qa-dark", dark=True, primary="#7fb2e5", secondary="#9fb0c0", accent="#7fb2e5", foreground="#e4e7eb",
        background="#14181d", surface="#1b2027", panel="#27303a", success="#7cc594", warning="#e0b25c", error="#b3383d",
    ),
    Theme(
        name="qa-contrast", dark=True, primary="#ffff66", secondary="#ffffff", accent="#ffff66", foreground="#ffffff",
        background="#000000", surface="#000000", panel="#1a1a1a", success="#66ff99", warning="#ffcc33", error="#8c0000",
        # Made from the ground of an alarm, which is dark here, it would be too faint on black.
        variables={"text-error": "#ff9999"},
    ),
)  # fmt: skip
