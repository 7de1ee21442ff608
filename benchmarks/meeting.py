"""What a group's meeting looks at, on ten years: as at its papers date, what changed since the last, and its agenda.

In a process of its own, as `qa meeting agenda` and the opening of the meeting's screen pay for it; then what is asked
again after each decision.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from subprocess import run

from measure import report_ms
from places import COORDINATOR, NOW
from years import ten_years

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import agenda, meetings

LATER = NOW + timedelta(days=42)
LAST = f"M-{LATER.year}-002"
BUDGET_MS = 1000
"""As for the tracker as at an earlier day."""


def two_meetings(root: Path) -> None:
    """One that was held, and one that sits six weeks later with papers of a week before."""
    workspace = Workspace(root)
    for at in (NOW + timedelta(minutes=1), LATER):
        day = at.date()
        made = meetings.plan_meeting(
            workspace, "qa-group", day, papers=day - timedelta(days=7), chair=COORDINATOR, by=COORDINATOR, now=at,
            today=day,
        )  # fmt: skip
        meetings.open_meeting(workspace, made.id, by=COORDINATOR, now=at, today=day)
        if at is not LATER:
            meetings.end_meeting(workspace, made.id, (), by=COORDINATOR, now=at, today=day)
    workspace.close()


def once(root: Path) -> tuple[float, float]:
    """Milliseconds of the processor to read it all, and to ask for the agenda again after something was decided."""
    begin = time.process_time()
    workspace = Workspace(root)
    at = agenda.papers(workspace, LAST, now=LATER, today=LATER.date(), calendar=england_and_wales())
    agenda.items(workspace, at)
    read = time.process_time()
    agenda.items(workspace, at)
    agenda.later(workspace, at)
    return (read - begin) * 1000, (time.process_time() - read) * 1000


def main() -> None:
    """Make it, measure seven times, print."""
    if len(sys.argv) > 1:
        print(*once(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "ten-years"
        ten_years(root).close()
        two_meetings(root)
        found = []
        for _ in range(7):
            done = run([sys.executable, __file__, str(root)], capture_output=True, text=True, check=True)
            found.append([float(word) for word in done.stdout.split()])
    first, again = (statistics.median(values) for values in zip(*found, strict=True))
    report_ms("a meeting's papers and agenda, ten years, snapshot there", first, BUDGET_MS)
    report_ms("the agenda again, after a decision", again, 50)


if __name__ == "__main__":
    main()
