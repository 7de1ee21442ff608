"""The moderation screen of one child, eight agencies, each with every question they are asked, until it is first shown.

The screen is opened in a running program of 100 by 30. It counts from the call to open it until its table is filled and
has been drawn. Each time the workspace is opened anew, so every return is read from the disk and verified as well.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import time
from pathlib import Path

from measure import machine, report_ms
from places import NOW
from textual.widgets import DataTable

from qa_toolkit.domain.ids import return_id
from qa_toolkit.example.builder import Builder
from qa_toolkit.example.cast import AGENCIES
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.app import QAApp
from qa_toolkit.tui.panel.moderation import ModerationScreen

TIMES = 7


def make(root: Path) -> tuple[str, str, int]:
    """A workspace whose one child has a filed return of every agency; the audit, the co-ordinator, questions answered.

    The shipped template asks each agency half of its questions at most; here everybody is asked all of them.
    """
    builder = Builder(root, NOW)
    builder.people()
    text = library.load("child-exploitation-case-file")[1]
    # The first such line says which kinds of agency there are; the others say who is asked.
    head, first, rest = text.partition("[[sections]]")
    asked = re.sub(r"^agencies = \[[^\]]*\]$", 'agencies = ["all"]', first + rest, flags=re.MULTILINE)
    template = root.with_name("everybody.toml")
    template.write_text(head + asked, encoding="utf-8")
    audit = builder.open("CE", "Benchmark", str(template), opened=-60, due=-30)
    case = builder.case(audit, {"missing_episodes": 3})
    ids = [return_id(case, agency) for agency in audit.agencies]
    for number, id in enumerate(ids):
        builder.score(id, 1.5 + number % 3, at=builder.at(-50 + number))
    builder.file(ids, day=-20)
    answers = min(len(builder.workspace.ret(id).answers) for id in ids)
    builder.workspace.close()
    return audit.id, builder.by, answers


async def shown_ms(root: Path, audit: str, who: str) -> float:
    """Milliseconds from the call until the screen is drawn, in a program that has read nothing of it yet."""
    workspace = Workspace(root)
    app = QAApp(workspace, workspace.people()[who])
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        begun = time.perf_counter()
        await app.push_screen(ModerationScreen(audit))
        # A new screen is drawn once, when its batch of changes ends.
        while app._batch_count or not app.screen.query_one(DataTable).row_count:
            await asyncio.sleep(0)
        drawn = asyncio.Event()
        app.screen.call_after_refresh(drawn.set)
        await drawn.wait()
        taken = (time.perf_counter() - begun) * 1000
        assert len(app.screen.query_one(DataTable).columns) == len(AGENCIES) + 2
    workspace.close()
    return taken


def main() -> None:
    """Print the median."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "place"
        audit, who, answers = make(root)
        assert answers >= 42, answers
        taken = [asyncio.run(shown_ms(root, audit, who)) for _ in range(TIMES)]
        report_ms(f"{len(AGENCIES)} agencies × {answers} questions or more, first shown", statistics.median(taken), 300)
        print(f"slowest of {TIMES}: {max(taken):.1f} ms")


if __name__ == "__main__":
    main()
