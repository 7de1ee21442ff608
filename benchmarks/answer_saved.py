"""One answer saved through the verb, against appending and syncing the same bytes, in a small and a large workspace.

Back to back and in turn, which is what the budget holds to its ratio; `answer_in_terminal.py` has the same where people
save. What it costs a program that slept until then, so that disk and processor sleep too, is printed without a verdict:
most of it is neither ours nor the disk's. Our own work without the sync is printed as well, because on a disk that is
slow, or busy with others, a ratio says little about it.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
from datetime import timedelta
from pathlib import Path

from measure import machine, median_ms, paired_ms, report
from places import AUDITOR, NOW, fill, small

from qa_toolkit.domain.answers import Answer
from qa_toolkit.store.workspace import return_journal
from qa_toolkit.workflow import returns

PAUSE_S = 0.02
BUDGET = 2.0


def main() -> None:
    """Print a ratio for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 1_000_000])
    parser.add_argument("--times", type=int, default=300)
    args = parser.parse_args()
    print(machine())
    for size in args.sizes:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            measure(Path(folder), size, args.times)


def measure(folder: Path, size: int, times: int) -> None:
    """One size: that many answers already in the return's own file."""
    workspace, return_id = small(folder / "workspace")
    fill(workspace, return_id, size)
    count = itertools.count()

    def ours() -> None:
        number = next(count)
        answer = Answer(id="UI-02", values={"answer": "yes" if number % 2 else "no"}, comment=f"Seen {number}.")
        now = NOW + timedelta(days=30, seconds=number)
        returns.answer(workspace, return_id, answer, seen=None, by=AUDITOR, now=now)

    ours()
    line = last_line(workspace.folder.path(return_journal(return_id)))
    bare = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def theirs() -> None:
        os.write(bare, line)
        os.fdatasync(bare)

    for _ in range(20):
        ours(), theirs()
    report(f"an answer saved at {size:,}", *paired_ms(ours, theirs, times), BUDGET, "append and fdatasync")
    mine, bares, ratio = paired_ms(ours, theirs, times, PAUSE_S)
    print(f"  by a program that slept: {mine:.2f} ms, append and fdatasync {bares:.2f} ms, ratio {ratio:.2f}")
    os.close(bare)
    workspace.folder.disk.sync = lambda fd: None  # type: ignore[method-assign]
    paused, quick = median_ms(ours, times, PAUSE_S), median_ms(ours, times)
    print(f"  our own work in it, without the sync: {paused:.2f} ms after a pause, {quick:.2f} ms back to back")
    workspace.close()


def last_line(path: Path) -> bytes:
    """The last line of a file, with its newline."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 10_000, 0))
        return file.read().splitlines(keepends=True)[-1]


if __name__ == "__main__":
    main()
