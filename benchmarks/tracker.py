"""The action tracker on 2,500 actions of ten years: first shown, filtered again, and as at five years ago.

The screen is opened in a running program of 100 by 30. It counts from the call, or the key, until its list holds what
is asked for and has been drawn. The workspace is opened anew each time, with its snapshot there, as on any day but the
first.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from measure import machine, report_ms
from places import COORDINATOR, NOW
from years import people, plans

from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.app import QAApp
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow.plans.watching import as_at

TIMES = 7
THEN = date(2021, 11, 2)

FILTERS = {
    "filtered to one agency": "agency:police", "ended ones too, by words": "all files of kind 1",
    "ended ones too, under headings": "all group:agency sort:due",
}  # fmt: skip


async def drawn(app: QAApp, ready: Callable[[], bool]) -> None:
    """Until the screen shows it."""
    while app._batch_count or not ready():
        await asyncio.sleep(0)
    done = asyncio.Event()
    app.screen.call_after_refresh(done.set)
    await done.wait()


async def once(root: Path) -> dict[str, float]:
    """Milliseconds of each deed, in a program that has read nothing of it yet."""
    workspace = Workspace(root)
    app = QAApp(workspace, workspace.people()[COORDINATOR], now=lambda: NOW)
    found = {}
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        began = time.perf_counter()
        screen = TrackerScreen()
        await app.push_screen(screen)
        await drawn(app, lambda: bool(screen.watched and screen.listed.lines))
        found["first shown"] = (time.perf_counter() - began) * 1000
        assert screen.watched is not None
        assert screen.watched.count == 2500
        field = screen.query_one("#find", TypedText)
        field.focus()
        await pilot.pause()
        for name, text in FILTERS.items():
            before, began = screen.listed.lines, time.perf_counter()
            field.load_text(text)
            await drawn(app, lambda before=before: screen.listed.lines is not before)  # type: ignore[misc]
            found[name] = (time.perf_counter() - began) * 1000
        field.load_text("")
        await pilot.pause()
        before, began = screen.listed.lines, time.perf_counter()
        screen.past, screen.looking = THEN, as_at(workspace, THEN, NOW.date())
        screen.fill()
        await drawn(app, lambda: screen.listed.lines is not before)
        found["as at five years ago"] = (time.perf_counter() - began) * 1000
        assert 1000 < screen.watched.count < 1500, screen.watched.count
    workspace.close()
    return found


def main() -> None:
    """Print the medians."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ten-years"
        workspace = people(root)
        plans(workspace)
        workspace.close()
        asyncio.run(once(root))
        runs = [asyncio.run(once(root)) for _ in range(TIMES)]
    for name in runs[0]:
        taken = [run[name] for run in runs]
        report_ms(name, statistics.median(taken), 1000 if name.startswith("as at") else 300)
        print(f"    slowest of {TIMES}: {max(taken):.0f} ms")


if __name__ == "__main__":
    main()
