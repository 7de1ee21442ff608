"""A round of self-assessment as agencies by indicators: eight agencies, thirty indicators, last year beside it.

The screen is opened in a running program of 100 by 30. It counts from the call to open it until its table is filled and
has been drawn. Each time the workspace is opened anew, so the returns of both rounds are read and verified as well.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from measure import machine, report_ms
from places import NOW
from textual.widgets import DataTable

from qa_toolkit.example.builder import Builder
from qa_toolkit.example.cast import AGENCIES
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import QAApp
from qa_toolkit.tui.audits.indicators import IndicatorsScreen

TIMES = 7
TEMPLATE = "exploitation-response-self-assessment"


def make(root: Path) -> tuple[str, str]:
    """A workspace with two rounds, each filed by every agency; this year's round, and the co-ordinator."""
    builder = Builder(root, NOW)
    builder.people()
    for opened in (-400, -60):
        audit = builder.open("SA", "Benchmark", TEMPLATE, opened=opened, due=opened + 30)
        ids = list(builder.workspace.audit(audit.id).allocations)
        for number, id in enumerate(ids):
            builder.score(id, 1.5 + number % 3, at=builder.at(opened + 10 + number))
        builder.file(ids, day=opened + 40)
    builder.workspace.close()
    return audit.id, builder.by


async def shown_ms(root: Path, audit: str, who: str) -> float:
    """Milliseconds from the call until the screen is drawn, in a program that has read nothing of it yet."""
    workspace = Workspace(root)
    app = QAApp(workspace, workspace.people()[who])
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        begun = time.perf_counter()
        await app.push_screen(IndicatorsScreen(audit))
        # A new screen is drawn once, when its batch of changes ends.
        while app._batch_count or not app.screen.query_one(DataTable).row_count:
            await asyncio.sleep(0)
        drawn = asyncio.Event()
        app.screen.call_after_refresh(drawn.set)
        await drawn.wait()
        taken = (time.perf_counter() - begun) * 1000
        board = app.screen.board if isinstance(app.screen, IndicatorsScreen) else None
        assert board is not None
        assert len(board.agencies) == len(AGENCIES)
        assert sum(len(page.lines) for page in board.pages[1:]) == 30
        assert len(board.before) == 1
    workspace.close()
    return taken


def main() -> None:
    """Print the median."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "place"
        audit, who = make(root)
        taken = [asyncio.run(shown_ms(root, audit, who)) for _ in range(TIMES)]
        report_ms(f"{len(AGENCIES)} agencies × 30 indicators, first shown", statistics.median(taken), 300)
        print(f"slowest of {TIMES}: {max(taken):.1f} ms")


if __name__ == "__main__":
    main()
