"""Two places that keep journals, and a clock that is told what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.memory import MemoryStore
from qa_toolkit.store.seam import Place

NOW = datetime(2026, 11, 23, 14, 2, 11, 310_000, tzinfo=UTC)
RETURN = "audits/CE-2026-01/returns/CE-2026-01-C01-POLICE"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "work", wait=0.05)


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return FolderStore(tmp_path / "work", wait=0.05) if request.param == "folder" else MemoryStore(wait=0.05)


Making = Callable[..., Journal]


@pytest.fixture
def make() -> Making:
    """A journal with `answers` saved one a line: line n + 2 puts `Q-n`."""

    def journal(place: Place, name: str = RETURN, answers: int = 0) -> Journal:
        made = Journal.create(place, name, by="a.auditor@police", did="started", now=NOW)
        for number in range(answers):
            with made.event(by="a.auditor@police", did="answered", now=NOW) as event:
                event.put("answers", f"Q-{number}", {"value": number, "comment": "seen alone"})
        return made

    return journal
