"""One reading of each file for several moments, and for now."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_plans import OWNER, a_plan, an_action, bring, days, moment, planned_workspace

from qa_toolkit.domain.errors import ReadOnly
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Action, Update
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import progress


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An action, and an update of it a week ago."""
    at = planned_workspace(tmp_path / "w")
    made = an_action(at, a_plan(at))
    bring(at, made.id, State.IN_PROGRESS)
    progress.update(at, [made.id], "Six of ten files are read", progress=60, by=OWNER, now=moment(-7), today=days(-7))
    return at


def test_each_is_as_it_stood_and_the_file_is_read_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, read = Workspace(workspace.root), []
    plain = FolderStore.read

    def counted(self: FolderStore, name: str, *after: object) -> object:
        read.append((name, bool(after)))
        return plain(self, name, *after)  # type: ignore[arg-type]

    monkeypatch.setattr(FolderStore, "read", counted)
    with fresh.as_at(moment(-8), moment(-1)) as (before, after):
        assert [len(one.actions_shelf.all(Update)) for one in (before, after, fresh)] == [0, 1, 1]
        assert read.count(("actions", False)) == 1
        assert (before.live, fresh.live) == (fresh, None)
        with pytest.raises(ReadOnly):
            before.actions_shelf.journal.check_writable()


def test_the_one_that_is_now_goes_on_alone(workspace: Workspace) -> None:
    fresh = Workspace(workspace.root)
    with fresh.as_at(moment(-1)) as (then,):
        assert len(then.actions_shelf.all(Update)) == 1
        id = next(iter(fresh.actions_shelf.all(Action)))
        progress.update(fresh, [id], "Seven are read", progress=70, by=OWNER, now=moment(0), today=days(0))
        assert len(fresh.actions_shelf.all(Update)) == 2
        assert len(then.actions_shelf.all(Update)) == 1
