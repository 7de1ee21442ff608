"""Several programs at once, and programs killed while they save."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from qa_toolkit.domain.errors import Locked
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.verify import verify_journal

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, tzinfo=UTC)
SAVES = 40

WRITER = """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from qa_toolkit.store.folder import FolderStore
    from qa_toolkit.store.journal import Journal

    who, saves = sys.argv[2], int(sys.argv[3])
    journal = Journal.open(FolderStore(Path(sys.argv[1]), wait=60), "actions")
    for number in range(saves):
        with journal.event(by=f"{who}@police", did="answered", now=datetime(2026, 11, 23, tzinfo=UTC)) as event:
            count = journal.doc("counts", "all")["n"]
            event.put("counts", "all", {"n": count + 1})
            event.put("answers", f"{who}-{number}", {"n": number})
        print(event.line.seq, flush=True)
"""

HOLDER = """
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    from qa_toolkit.store.folder import FolderStore
    from qa_toolkit.store.journal import Journal

    journal = Journal.open(FolderStore(Path(sys.argv[1])), "actions")
    with journal.event(by="b.lead@police", did="answered", now=datetime(2026, 11, 23, tzinfo=UTC)) as event:
        event.put("answers", "HELD", {})
        print("held", flush=True)
        time.sleep(60)
"""


def started(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    place = FolderStore(tmp_path / "w", wait=0.05)
    return Journal.create(place, "actions", by="a@police", did="made", now=NOW, puts=[("counts", "all", {"n": 0})])


@pytest.mark.parametrize("writers", [2, 8])
def test_programs_that_save_at_once_lose_nothing_and_readers_see_whole_lines(journal: Journal, writers: int) -> None:
    place = journal.place
    assert isinstance(place, FolderStore)
    running = [started(WRITER, place.root, f"W{number}", SAVES) for number in range(writers)]
    seen = [journal.seq]
    while any(process.poll() is None for process in running):
        journal.refresh()
        assert journal.damage is None
        # Both documents of every line came together.
        assert journal.docs("counts")["all"]["n"] == len(journal.docs("answers")) == journal.seq - 1
        seen.append(journal.seq)
        time.sleep(0.001)
    acknowledged = [int(row) for process in running for row in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0] * writers
    assert sorted(acknowledged) == list(range(2, 2 + writers * SAVES))
    assert seen == sorted(seen)
    journal.refresh()
    assert journal.doc("counts", "all") == {"n": writers * SAVES}
    report = verify_journal(place, "actions")
    assert (report.faults, report.lines, report.torn) == ((), 1 + writers * SAVES, 0)


def test_who_holds_a_record_is_named_and_its_lock_ends_with_the_program(journal: Journal) -> None:
    assert isinstance(journal.place, FolderStore)
    holder = started(HOLDER, journal.place.root)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=r"b\.lead@police") as caught, journal.event(by="a@police", did="x", now=NOW):
            pass
        assert caught.value.holder.startswith("b.lead@police")
        assert journal.refresh() is False, "reading needs no lock"
    finally:
        holder.kill()
        holder.communicate()
    with journal.event(by="a@police", did="x", now=NOW) as event:
        event.put("answers", "MINE", {})
    assert set(journal.docs("answers")) == {"MINE"}


def test_a_lock_file_that_is_removed_does_not_let_two_in(journal: Journal, tmp_path: Path) -> None:
    other = Journal.open(FolderStore(tmp_path / "w", wait=0.05), "actions")
    for number, one in enumerate([journal, other, journal, other]):
        (tmp_path / "w" / "actions.lock").unlink(missing_ok=True)
        with one.event(by="a@police", did="x", now=NOW) as event:
            event.put("answers", f"Q-{number}", {})
            with pytest.raises(Locked), (other if one is journal else journal).event(by="b@police", did="y", now=NOW):
                pass
    assert verify_journal(journal.place, "actions").lines == 5


def kill_loop() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kill_loop", ROOT / "benchmarks" / "kill_loop.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_loop"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform == "win32", reason="forks and kills")
@pytest.mark.parametrize(("kills", "writers", "loops"), [(125, 1, 4), (60, 3, 1)])
def test_what_was_acknowledged_survives_being_killed(tmp_path: Path, kills: int, writers: int, loops: int) -> None:
    # Programs of their own, because a process with threads, as a test runner's worker is, should not fork; several at
    # once, because each waits most of its time: for the disk, and for the moment of the next kill.
    program = [sys.executable, str(ROOT / "benchmarks" / "kill_loop.py"), "--folder", str(tmp_path)]
    running = [
        subprocess.Popen([*program, "--kills", str(kills), "--seed", str(20261123 + number), "--writers", str(writers)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(loops)
    ]  # fmt: skip
    acknowledged = 0
    for one in running:
        said, trouble = one.communicate()
        found = re.search(r"^(\d+) kills .*: (\d+) acknowledged, (\d+) lost, (\d+) damaged", said)
        assert found, trouble
        done, saved, lost, damaged = map(int, found.groups())
        assert (done, lost, damaged, one.returncode) == (kills, 0, 0, 0)
        acknowledged += saved
    assert acknowledged > kills * loops // 4, "the kills came before anything was saved"


def test_the_kill_loop_would_notice_a_loss(tmp_path: Path) -> None:
    module = kill_loop()
    place = module._fresh(tmp_path)
    found = module.Result()
    module._check(place, {1: "0" * 64, 2: "1" * 64}, found)
    assert found.lost == 2
