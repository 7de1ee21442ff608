"""Keys without sense, as a cat on the keyboard presses them, in the worked example: no screen may end the program.

`QA_KEYS=2000 pytest tests/example/test_any_keys.py` presses more of them, which is worth doing before a release: it has
found what no planned test did.
"""

from __future__ import annotations

import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import QAApp
from qa_toolkit.workflow.verifying import verify

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
KEYS = int(os.environ.get("QA_KEYS", "120"))
OFTEN = ("enter", "enter", "enter", "down", "down", "down", "up", "escape")
SIZES = ((80, 24), (100, 30), (160, 50), (60, 15), (20, 5), (7, 3), (1, 1))
"""Windows are dragged, and for a moment they can be any size."""
SELDOM = (
    *"abcdefghijklmnopqrstuvwxyz0123456789", "left", "right", "tab", "shift+tab", "pageup", "pagedown", "home", "end",
    "space", "backspace", "delete", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "ctrl+s",
    "ctrl+p", "ctrl+t", "question_mark", "exclamation_mark", "slash", "plus", "left_square_bracket",
)  # fmt: skip


@pytest.mark.parametrize(
    ("seed", "who", "size"),
    [
        (1, "c.oakenby@business-unit", (80, 24)),
        (2, "t.moss@business-unit", (100, 30)),
        (3, "s.thistleworth@police", (80, 24)),
    ],
)
async def test_no_keys_end_the_program_or_harm_the_record(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, who: str, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(Path(shutil.copytree(example, tmp_path / "example")))
    throw, minute = random.Random(seed), timedelta(minutes=1)
    pressed: list[str] = []
    app = QAApp(workspace, workspace.people()[who], now=lambda: NOW + len(pressed) * minute)
    async with app.run_test(size=size) as pilot:
        while len(pressed) < KEYS and app.is_running:
            if throw.random() < 0.05:
                await pilot.resize_terminal(*throw.choice(SIZES))
            pressed.append(throw.choice(OFTEN if throw.random() < 0.5 else SELDOM))
            await pilot.press(pressed[-1])
    # What a screen raised is raised again here; `pressed` stands in the report.
    assert verify(workspace).faults == ()
