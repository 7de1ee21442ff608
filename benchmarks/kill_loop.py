"""Kill a saving program at random moments, and count what it had been told was saved and is not there.

    python benchmarks/kill_loop.py --kills 10000 [--seed 1] [--writers 2]

A child writes to one journal as fast as it can and reports each acknowledged line to its parent over a pipe. The
parent kills it (SIGKILL), verifies the journal, and holds every acknowledged line against the history. Prints the
kills, the acknowledged lines, and how many were lost; exits 1 if any was, or if a file was damaged.
Power cuts are not simulated: what the kernel has been given survives a kill.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qa_toolkit.store.files import Disk
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.verify import verify_journal

NAME = "actions"
_START = datetime(2026, 1, 1, tzinfo=UTC)
_LENGTHS = (0, 40, 400, 4000)
_LONGEST_LIFE = 0.02
"""Seconds for which a child may write before it is killed."""
_PATIENCE = 5
"""Seconds for which a first save is waited for."""
_ANEW = 1_000
"""Lines after which a fresh journal is begun, so that verifying it does not become the work."""


_SIP = 61
"""Bytes that the slow disk takes at once, so that many kills fall inside a line."""


class SippingDisk(Disk):
    """Takes a few bytes at a time."""

    def write(self, fd: int, data: bytes | memoryview) -> int:
        return super().write(fd, data[:_SIP])


@dataclass
class Result:
    """What a run of kills came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    torn: int = 0
    """Kills that left an unfinished line behind: shows that the kills hit home."""

    @property
    def ok(self) -> bool:
        return self.lost == 0 and self.damaged == 0


def run(kills: int, *, seed: int = 1, writers: int = 1, folder: Path | None = None) -> Result:
    """Kill `kills` times; the same seed gives the same waits, though not the same moments."""
    chance = random.Random(seed)
    root = Path(tempfile.mkdtemp(prefix="kill-loop-", dir=folder))
    result = Result()
    try:
        place = _fresh(root)
        while result.kills < kills:
            acknowledged = _one(root, writers, chance)
            result.kills += writers
            result.acknowledged += len(acknowledged)
            last = _check(place, acknowledged, result)
            if last > _ANEW:
                place.path(NAME).unlink()
                place = _fresh(root)
    finally:
        shutil.rmtree(root)
    return result


def _fresh(root: Path) -> FolderStore:
    place = FolderStore(root)
    Journal.create(place, NAME, by="parent@here", did="started", now=_START)
    return place


def _one(root: Path, writers: int, chance: random.Random) -> dict[int, str]:
    """Let some children write for a moment, kill them, and return what they had been told was saved."""
    pipes = [os.pipe() for _ in range(writers)]
    children = []
    for _, write in pipes:
        if (pid := os.fork()) == 0:
            _child(root, write, chance.random())
        children.append(pid)
        chance.random()
    if chance.random() < 0.5:
        # Half of the children are let live until something was saved, however slow the machine is.
        select.select([read for read, _ in pipes], [], [], _PATIENCE)
    time.sleep(chance.uniform(0.001, _LONGEST_LIFE))
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    said = b""
    for read, write in pipes:
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            said += pipe.read().rpartition(b"\n")[0] + b"\n"
    return {int(seq): digest for seq, digest in (row.split() for row in said.decode().splitlines() if row)}


def _child(root: Path, pipe: int, seed: float) -> None:
    """Save for ever, and say so after each save only. Never returns."""
    try:
        chance = random.Random(seed)
        disk = SippingDisk() if chance.random() < 0.5 else Disk()
        journal = Journal.open(FolderStore(root, disk, wait=60), NAME)
        number = 0
        while True:
            number += 1
            with journal.event(by="child@here", did="answered", now=_START + timedelta(seconds=number)) as event:
                text = "x" * chance.choice(_LENGTHS)
                event.put("answers", f"Q-{chance.randrange(60)}", {"n": number, "pid": os.getpid(), "text": text})
            assert event.line is not None
            os.write(pipe, f"{event.line.seq} {event.line.hash}\n".encode())
    except BaseException as error:
        os.write(2, f"child: {error!r}\n".encode())
    finally:
        os._exit(1)


def _check(place: FolderStore, acknowledged: dict[int, str], result: Result) -> int:
    report = verify_journal(place, NAME)
    result.damaged += bool(report.faults)
    result.torn += bool(report.torn)
    rows = place.read(NAME).data.split(b"\n")
    for seq, digest in acknowledged.items():
        result.lost += seq > report.lines or rows[seq - 1][:64].decode() != digest
    return report.lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writers", type=int, default=1, help="children writing at once, each killed")
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder unless said")
    given = parser.parse_args()
    begun = time.perf_counter()
    found = run(given.kills, seed=given.seed, writers=given.writers, folder=given.folder)
    print(
        f"{found.kills} kills in {time.perf_counter() - begun:.0f} s (seed {given.seed}, {given.writers} at once): "
        f"{found.acknowledged} acknowledged, {found.lost} lost, {found.damaged} damaged, {found.torn} unfinished ends"
    )
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())
