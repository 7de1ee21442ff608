"""The worked example, made once for all processes of a run: tests that change something work on a copy."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa_toolkit.example.build import build

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder, as it stands at `NOW`."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    root = shared / "example of all" / "example"
    root.parent.mkdir(exist_ok=True)
    with (root.parent / "making").open("w") as making:
        # Whoever comes first makes it; it appears whole, so the others find it.
        fcntl.flock(making, fcntl.LOCK_EX)
        if not root.exists():
            build(root, now=NOW).close()
    return root
