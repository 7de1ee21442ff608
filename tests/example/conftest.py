"""The worked example, made once: tests that change something work on a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa_toolkit.example.build import build

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder, as it stands at `NOW`."""
    root = tmp_path_factory.mktemp("example") / "example"
    build(root, now=NOW).close()
    return root
