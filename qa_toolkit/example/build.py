"""The worked example, made through the verbs that people use, at invented moments before `now`.

The same `now` makes the same records, but for the random salt of each line.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from qa_toolkit.example.builder import Builder
from qa_toolkit.example.story import tell
from qa_toolkit.store.workspace import Workspace


def build(root: Path, *, now: datetime) -> Workspace:
    """The worked example in `root`, as it stands at `now`; there whole or, if its making is cut off, not at all."""
    making = root.with_name(f".{root.name}-being-made")
    shutil.rmtree(making, ignore_errors=True)
    builder = Builder(making, now)
    builder.people()
    tell(builder)
    builder.workspace.close()
    builder.disk.settle(making)
    making.rename(root)
    return Workspace(root)
