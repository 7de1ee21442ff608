"""A file that is gone, or in another's place: nothing reads it as empty, and `verify` names it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import Damaged
from qa_toolkit.domain.states import State
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import audits, reading, starting
from qa_toolkit.workflow.verifying import verify

AUDIT = "CE-2026-01"
OTHER = f"{AUDIT}-C02-POLICE"
CALENDAR = england_and_wales()
LONG_AFTER = TODAY + timedelta(days=365)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two returns of one rater: one full of answers, one just begun."""
    at = a_full_return(a_return(a_workspace(tmp_path / "w")))
    audits.add_case(at, AUDIT, facts={"age_band": "15 to 16"}, by=BOSS, now=START, today=TODAY)
    starting.start(at, OTHER, by=RATER, now=START, today=TODAY)
    reading.late(at, today=TODAY, calendar=CALENDAR)  # so that there is a snapshot
    at.close()
    return tmp_path / "w"


def file(root: Path, name: str) -> Path:
    return root / f"{name}.journal"


def put(root: Path, name: str, there: str) -> str:
    """Put a copy of one file in the place of another; gives the path of that."""
    shutil.copy(file(root, name), file(root, there))
    return f"{there}.journal"


def named(root: Path) -> list[str]:
    return [fault.where for fault in verify(Workspace(root)).faults]


@pytest.mark.parametrize("name", [return_journal(RETURN), audit_journal(AUDIT), PARTNERSHIP])
def test_a_sound_file_in_another_returns_place_is_not_read_as_that_return(root: Path, name: str) -> None:
    """One return's answers were once shown as those of another child, and `qa verify` found no fault."""
    path = put(root, name, return_journal(OTHER))
    with pytest.raises(Damaged, match="another file stands in its place") as refused:
        Workspace(root).ret(OTHER)
    assert refused.value.path == path
    with pytest.raises(Damaged, match=OTHER):
        reading.grid(Workspace(root), AUDIT, today=TODAY, calendar=CALENDAR)
    assert named(root) == [path]


def test_a_sound_file_in_an_audits_place_is_not_read_as_that_audit(root: Path) -> None:
    path = put(root, return_journal(RETURN), audit_journal(AUDIT))
    with pytest.raises(Damaged, match="holds no such record, and not CE-2026-01"):
        Workspace(root).audit(AUDIT)
    assert named(root) == [path]


def test_a_return_that_is_gone_is_not_called_not_started(root: Path) -> None:
    """The grid once said so, with no word of the file."""
    file(root, return_journal(OTHER)).unlink()
    with pytest.raises(Damaged, match="is missing, and the records say"):
        reading.grid(Workspace(root), AUDIT, today=TODAY, calendar=CALENDAR)
    assert named(root) == [f"{return_journal(OTHER)}.journal"]


@pytest.mark.parametrize("how", ["gone", "emptied", "another's"])
def test_one_return_that_cannot_be_read_does_not_hide_the_others_from_those_who_look(root: Path, how: str) -> None:
    """Home, the grid and what is late were once refused to everybody for it."""
    lost = file(root, return_journal(OTHER))
    kept = lost.read_bytes()
    if how == "gone":
        lost.unlink()
    else:
        lost.write_bytes(b"" if how == "emptied" else file(root, return_journal(RETURN)).read_bytes())
    at = Workspace(root)
    seen = reading.grid(at, AUDIT, today=LONG_AFTER, calendar=CALENDAR, whole=False)
    states = {cell.return_id: cell.state for cell in seen.cells.values()}
    assert (states[RETURN], states[OTHER]) == (State.IN_PROGRESS, State.UNREADABLE)
    assert [cell.return_id for cell in reading.late(at, today=LONG_AFTER, calendar=CALENDAR)] == [RETURN]
    mine = reading.today_for(at, at.people()[RATER], today=TODAY, calendar=CALENDAR)
    assert [cell.return_id for cell in mine.returns] == [RETURN]
    assert [damage.path for damage in at.damages] == [f"{return_journal(OTHER)}.journal"], "every screen says it"
    lost.write_bytes(kept)
    # What was read of another's file stays on the screen until the workspace is opened again.
    at = Workspace(root) if how == "another's" else at
    reading.late(at, today=TODAY, calendar=CALENDAR)
    assert at.damages == ()


@pytest.mark.parametrize("name", [audit_journal(AUDIT), PARTNERSHIP])
def test_an_audit_or_the_partnership_that_is_gone_is_damage_with_a_way_out(root: Path, name: str) -> None:
    file(root, name).unlink()
    with pytest.raises(Damaged, match="Put it back from a backup"):
        Workspace(root).audit(AUDIT)
    assert named(root) == [f"{name}.journal"]
