"""A small workspace in three states, and nothing of the person who runs the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import a_full_return, a_return, a_workspace
from keyboard import Keyboard


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings and no variables of the person who runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("QA_USER", raising=False)
    monkeypatch.delenv("QA_WORKSPACE", raising=False)


@pytest.fixture
def qa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    """A workspace with one audit, one case, one return that nobody has begun."""
    a_workspace(tmp_path / "findings" / "northshire").close()
    return Keyboard(tmp_path / "findings" / "northshire", capsys)


@pytest.fixture
def begun(qa: Keyboard) -> Keyboard:
    """The return begun and declared."""
    a_return(qa.workspace).close()
    return qa


@pytest.fixture
def full(begun: Keyboard) -> Keyboard:
    """Every question answered, and the grade given."""
    a_full_return(begun.workspace).close()
    return begun
