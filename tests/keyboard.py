"""Commands run in a workspace as at a keyboard, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from builders_scoring import BOSS

from qa_toolkit.cli import main
from qa_toolkit.store.workspace import Workspace


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Keyboard:
    """Runs commands in one workspace."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys

    def __call__(self, *words: str, by: str = BOSS, inside: bool = True) -> Ran:
        self._capsys.readouterr()
        place = ["--workspace", str(self.root)] if inside else []
        try:
            code = main([*place, *(["--as", by] if by else []), *words])
        except SystemExit as stop:  # argparse ends like this
            code = int(stop.code or 0)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)
