"""From a key to its sign on the screen while scoring the exploitation template, behind a terminal of 100 by 30.

A digit counts when its mark stands on the screen (the answer is on the disk by then), an arrow when the next question's
id does, a letter when it is echoed.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

from first_screen import begin, end
from measure import machine, report_ms
from places import AUDITOR, small

OPEN = "import sys; from qa_toolkit.cli import main; sys.exit(main())"
RIGHT = b"\x1b[C"


def press(fd: int, key: bytes, sign: bytes) -> float:
    """Milliseconds until the sign comes out; then everything else is let come, so that the next key finds rest."""
    begun = time.perf_counter()
    os.write(fd, key)
    seen = b""
    while sign not in seen:
        if not select.select([fd], [], [], 10)[0]:
            raise SystemExit(f"{sign!r} never came after {key!r}: {seen[-400:]!r}")
        seen += os.read(fd, 65536)
    taken = (time.perf_counter() - begun) * 1000
    rest(fd)
    return taken


def rest(fd: int) -> None:
    """Read until a third of a second has been quiet."""
    while select.select([fd], [], [], 0.3)[0]:
        os.read(fd, 65536)


def main() -> None:
    """Print the medians, and the slowest in twenty."""
    print(machine())
    taken: dict[str, list[float]] = {"digit": [], "next question": [], "letter": []}
    with tempfile.TemporaryDirectory() as folder:
        workspace, _ = small(Path(folder) / "workspace")
        workspace.close()
        environment = {"TERM": "xterm-256color", "XDG_CONFIG_HOME": folder, "QA_USER": AUDITOR}
        pid, fd = begin([sys.executable, "-c", OPEN, "--workspace", str(workspace.root)], environment)
        press(fd, b"", b"Returns to score")
        rest(fd)
        press(fd, b"\r", b"S0-1")
        press(fd, b"1", "(•)".encode())
        press(fd, b"n", b"UI-01")
        for _ in range(12):
            taken["next question"].append(press(fd, RIGHT, b"How to judge"))
            taken["digit"].append(press(fd, b"1", "(•)".encode()))
            taken["digit"].append(press(fd, b"2", "(•)".encode()))
            press(fd, b"c", b"F2")
            taken["letter"] += [press(fd, letter.encode(), letter.encode()) for letter in "éüöñç"]
            press(fd, b"\x1b", b"Submit")
        end(pid, fd)
    for kind, found in taken.items():
        slow = sorted(found)[int(len(found) * 0.95)]
        print(f"{kind}: {len(found)} presses, one in twenty takes {slow:.1f} ms or more")
        report_ms(f"{kind}, key to screen", statistics.median(found), 50)


if __name__ == "__main__":
    main()
