"""Screens held against those in tests/tui/golden; a change that is meant is taken over with QA_REWRITE_SCREENS=1."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "tui" / "golden"


def as_written(name: str, size: tuple[int, int], shown: list[str]) -> None:
    """Hold a screen against the one in the folder."""
    text = "\n".join(shown).rstrip() + "\n"
    file = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("QA_REWRITE_SCREENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    golden = file.read_text(encoding="utf-8") if file.is_file() else ""
    changes = "\n".join(difflib.unified_diff(golden.splitlines(), text.splitlines(), "golden", "now", lineterm=""))
    assert changes == "", changes
