"""A folder of journals keeps few files open, and never trusts that they are still the ones it opened."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa_toolkit.domain.errors import Locked, NotSaved
from qa_toolkit.store.folder import MOST_OPEN, FolderStore
from qa_toolkit.store.journal import Journal

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HANDLES = Path("/proc/self/fd")


@pytest.mark.skipif(not HANDLES.is_dir(), reason="only Linux lists the handles of a program here")
def test_handles_do_not_pile_up_with_the_journals_that_were_written(tmp_path: Path) -> None:
    """A co-ordinator files hundreds of returns in one sitting; a system allows 256 open files at the least."""
    opened = len(os.listdir(HANDLES))
    store = FolderStore(tmp_path)
    journals = [Journal.create(store, f"audits/A-2026-01/returns/A-2026-01-C{n:03}-X", by="a@b", did="began", now=NOW)
                for n in range(100)]  # fmt: skip
    for journal in journals:
        with journal.event(by="a@b", did="answered", now=NOW) as event:
            event.put("answers", "A", {"x": 1})
    if opened:
        assert len(os.listdir("/proc/self/fd")) - opened <= 2 * MOST_OPEN + 4
        store.close()
        assert len(os.listdir("/proc/self/fd")) - opened <= 2


def test_a_lock_file_that_was_put_aside_is_not_the_lock_any_more(tmp_path: Path) -> None:
    """A program that keeps its handle open would otherwise hold a lock that nobody else asks for."""
    first, second = FolderStore(tmp_path, wait=0.05), FolderStore(tmp_path, wait=0.05)
    Journal.create(first, "actions", by="a@b", did="began", now=NOW).close()
    with first.lock("actions", "first"):
        pass
    (tmp_path / "actions.lock").rename(tmp_path / "elsewhere")
    with second.lock("actions", "second"), pytest.raises(Locked, match="second"), first.lock("actions", "first"):
        pass
    with first.lock("actions", "first"), pytest.raises(Locked, match="first"), second.lock("actions", "second"):
        pass


def test_a_line_is_not_added_to_a_file_that_was_put_aside(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("actions", b"one\n")
    mark = store.append("actions", b"two\n", store.read("actions").mark)
    (tmp_path / "actions.journal").rename(tmp_path / "elsewhere")
    (tmp_path / "actions.journal").write_bytes(b"one\ntwo\n")
    with pytest.raises(NotSaved):
        store.append("actions", b"three\n", mark)
    again = store.append("actions", b"three\n", store.read("actions").mark)
    assert (tmp_path / "actions.journal").read_bytes() == b"one\ntwo\nthree\n"
    assert (tmp_path / "elsewhere").read_bytes() == b"one\ntwo\n"
    assert again.seq == 3
