"""One answer saved in the running terminal face, key by key, against appending and syncing the same bytes there.

This is where people save: a key has just been handled, and some time has passed since the save before. A program that
does nothing but save finds disk and processor awake (`answer_saved.py`), one that sleeps in between finds both asleep.
Here every second pair of keys first appends and syncs a line to a file of its own, at the very place in the program and
the moment at which an answer is saved, and the others save alone: each is measured as the first to come to the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from answer_saved import BUDGET, last_line
from first_screen import begin, end
from key_press import RIGHT, press, rest
from measure import machine, report
from places import AUDITOR, small

from qa_toolkit.cli import main as toolkit
from qa_toolkit.store.workspace import return_journal
from qa_toolkit.workflow import returns

MARK = "(•)".encode()
PAIRS = 60


def main() -> None:
    """Print the ratio; with `--inside FOLDER`, be the program that is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        inside(args.inside)
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        taken = outside(Path(folder))
    ours, theirs = statistics.median(taken["save"]), statistics.median(taken["bare"])
    report("an answer saved in the terminal", ours, theirs, ours / theirs, BUDGET, "append and fdatasync there")


def outside(folder: Path) -> dict[str, list[float]]:
    """Press the keys, and give what the program noted: milliseconds of each save, and of each bare append."""
    workspace, return_id = small(folder / "workspace")
    (folder / "line").write_bytes(last_line(workspace.folder.path(return_journal(return_id))))
    workspace.close()
    environment = {"TERM": "xterm-256color", "XDG_CONFIG_HOME": str(folder), "QA_USER": AUDITOR}
    pid, fd = begin([sys.executable, __file__, "--inside", str(folder)], environment)
    press(pid, fd, b"", b"Returns to score")
    rest(fd)
    press(pid, fd, b"\r", b"S0-1")
    press(pid, fd, b"1", MARK)
    press(pid, fd, b"n", b"UI-01")
    for pair in range(PAIRS):
        if pair % 5 == 4:
            press(pid, fd, RIGHT, b"How to judge")
        press(pid, fd, b"1", MARK)
        press(pid, fd, b"2", MARK)
    end(pid, fd)
    found: dict[str, list[float]] = {"save": [], "bare": []}
    for row in (folder / "taken").read_text(encoding="utf-8").splitlines():
        kind, milliseconds = json.loads(row)
        found[kind].append(milliseconds)
    return found


def inside(folder: Path) -> None:
    """The terminal face, with a clock around its save."""
    real, count = returns.answer, 0
    line = (folder / "line").read_bytes()
    bare = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    notes = (folder / "taken").open("a", encoding="utf-8")

    def save(*arguments: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        bare_first = count // 2 % 2 == 1
        begun = time.perf_counter()
        if bare_first:
            os.write(bare, line)
            os.fdatasync(bare)
            taken = time.perf_counter() - begun
            found = real(*arguments, **named)
        else:
            found = real(*arguments, **named)
            taken = time.perf_counter() - begun
        print(json.dumps(["bare" if bare_first else "save", taken * 1000]), file=notes, flush=True)
        return found

    returns.answer = save
    sys.exit(toolkit(["--workspace", str(folder / "workspace")]))


if __name__ == "__main__":
    main()
