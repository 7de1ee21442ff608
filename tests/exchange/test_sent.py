"""What was last made for whom: noted when it is made, and read back whatever else lies among the notes."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, START, TODAY, a_workspace
from builders_second import OTHER, asked_twice
from keyboard import Keyboard

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.parcels import AgencyKey
from qa_toolkit.exchange import keys
from qa_toolkit.exchange.parcel_out import write_parcel
from qa_toolkit.exchange.sent import PARCEL, TOOL, addressees, last_sent, place_for
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace

AUDIT = "CE-2026-01"


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Keys recorded for the agency and its second rater; a tool made, then a parcel for each."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "keys"))
    workspace = asked_twice(a_workspace(tmp_path / "w"))
    with workspace.change(PARTNERSHIP, by=BOSS, did="key", now=START) as change:
        change.put(*(AgencyKey(id=whose, key=keys.own().public) for whose in ("police", OTHER)))
    write_tool(workspace, AUDIT, "police", tmp_path / "tool.xlsx", by=BOSS, now=START)
    return workspace


def test_the_last_for_each_is_what_was_made_last(at: Workspace, tmp_path: Path) -> None:
    assert {to: (one.kind, one.file, one.returns) for to, one in last_sent(at, AUDIT).items()} == {
        "police": (TOOL, "tool.xlsx", 1)
    }
    later = START + timedelta(days=1)
    write_parcel(at, AUDIT, "police", tmp_path / "a.parcel", by=BOSS, now=later)
    write_parcel(at, AUDIT, "police", tmp_path / "b.parcel", second=OTHER, by=BOSS, now=later)
    found = last_sent(at, AUDIT)
    assert {to: (one.kind, one.file, one.at) for to, one in found.items()} == {
        "police": (PARCEL, "a.parcel", later), OTHER: (PARCEL, "b.parcel", later),
    }  # fmt: skip
    rows = addressees(at, AUDIT, today=TODAY, calendar=england_and_wales())
    assert [(one.id, one.asked, one.owed, one.key, one.second) for one in rows] == [
        ("police", 1, 1, True, False), (OTHER, 1, 1, True, True),
    ]  # fmt: skip
    assert last_sent(at, "CE-2026-02") == {}
    assert list(exports.released(at.folder)) == [], "what others fill in holds nothing by having been made"


@pytest.mark.parametrize(
    "change",
    [
        {"at": "yesterday"}, {"at": "2026-11-23T09:00:00"}, {"returns": 7}, {"kind": "pack"}, {"audit": "CE-2026-09"},
        {"to": None, "at": None},
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_read_is_passed_over(at: Workspace, change: dict[str, object]) -> None:
    (note,) = (at.root / exports.FOLDER).glob("*.json")
    note.write_text(json.dumps({**json.loads(note.read_text()), **change}))
    assert last_sent(at, AUDIT) == {}


def test_notes_that_are_no_notes_do_no_harm(at: Workspace) -> None:
    folder = at.root / exports.FOLDER
    for number, text in enumerate(("", "[]", "null", "{", '{"kind": []}', "\x00")):
        (folder / f"9999{number}-{AUDIT}-police.json").write_text(text)
    (folder / f"9999-{AUDIT}-folder.json").mkdir()
    assert last_sent(at, AUDIT)["police"].file == "tool.xlsx"


def test_a_file_that_is_there_keeps_its_name(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a-2.xlsx", "a-3.xlsx"):
        assert place_for(tmp_path / "out", "a.xlsx").name == name
        (tmp_path / "out" / name).touch()
    for folder in (tmp_path / "out" / "a.xlsx", tmp_path / "x" / "y", Path("\x00"), tmp_path / ("n" * 300)):
        with pytest.raises(InputError, match="is no folder, and cannot be made"):
            place_for(folder, "a.xlsx")


def test_by_command(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    qa = Keyboard(at.root, capsys)
    assert "audit tool" in qa("audit", "sent", AUDIT).out
    rows = qa("audit", "sent", AUDIT, "--json").json
    assert [(row["for"], row["last"], row["file"]) for row in rows] == [
        ("police", "audit tool", "tool.xlsx"), (OTHER, "nothing yet", ""),
    ]  # fmt: skip
