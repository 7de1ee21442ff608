"""A folder of journals keeps few files open, however many are written."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

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
