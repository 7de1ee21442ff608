"""From a key to its sign on the screen while scoring the exploitation template, behind a terminal of 100 by 30.

A digit counts when its mark stands on the screen (the answer is on the disk by then), an arrow when the next question's
id does, a letter when it is echoed. On Linux the processor's own time is printed beside it: what other programs on the
machine take is in the first and not in the second, which says what the program itself needs.
"""

from __future__ import annotations

import math
import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from first_screen import begin, end
from measure import machine, report_ms
from places import AUDITOR, small

OPEN = "import sys; from qa_toolkit.cli import main; sys.exit(main())"
RIGHT = b"\x1b[C"


class Taken(NamedTuple):
    """Milliseconds from a key to its sign."""

    clock: float
    processor: float


def processor(pid: int) -> float:
    """Milliseconds of processor time that a program has used; not a number where the system does not say."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in threads) / 1e6 if Path("/proc").is_dir() else math.nan
    except OSError:
        return math.nan


def press(pid: int, fd: int, key: bytes, sign: bytes) -> Taken:
    """What it took until the sign came out; then everything else is let come, so that the next key finds rest."""
    begun, used = time.perf_counter(), processor(pid)
    os.write(fd, key)
    seen = b""
    while sign not in seen:
        if not select.select([fd], [], [], 10)[0]:
            raise SystemExit(f"{sign!r} never came after {key!r}: {seen[-400:]!r}")
        seen += os.read(fd, 65536)
    taken = Taken((time.perf_counter() - begun) * 1000, processor(pid) - used)
    rest(fd)
    return taken


def rest(fd: int) -> None:
    """Read until a third of a second has been quiet."""
    while select.select([fd], [], [], 0.3)[0]:
        os.read(fd, 65536)


def main() -> None:
    """Print the medians, and the slowest in twenty."""
    print(machine())
    taken: dict[str, list[Taken]] = {"digit": [], "next question": [], "letter": []}
    with tempfile.TemporaryDirectory() as folder:
        workspace, _ = small(Path(folder) / "workspace")
        workspace.close()
        environment = {"TERM": "xterm-256color", "XDG_CONFIG_HOME": folder, "QA_USER": AUDITOR}
        pid, fd = begin([sys.executable, "-c", OPEN, "--workspace", str(workspace.root)], environment)
        press(pid, fd, b"", b"Returns to score")
        rest(fd)
        press(pid, fd, b"\r", b"S0-1")
        press(pid, fd, b"1", "(•)".encode())
        press(pid, fd, b"n", b"UI-01")
        for _ in range(12):
            taken["next question"].append(press(pid, fd, RIGHT, b"How to judge"))
            taken["digit"].append(press(pid, fd, b"1", "(•)".encode()))
            taken["digit"].append(press(pid, fd, b"2", "(•)".encode()))
            press(pid, fd, b"c", b"F2")
            taken["letter"] += [press(pid, fd, letter.encode(), letter.encode()) for letter in "éüöñç"]
            press(pid, fd, b"\x1b", b"Submit")
        end(pid, fd)
    for kind, found in taken.items():
        clock = sorted(one.clock for one in found)
        print(f"{kind}: {len(found)} presses, one in twenty takes {clock[int(len(clock) * 0.95)]:.1f} ms or more")
        print(f"{kind}, of it processor: {statistics.median(one.processor for one in found):.1f} ms")
        report_ms(f"{kind}, key to screen", statistics.median(clock), 50)


if __name__ == "__main__":
    main()
