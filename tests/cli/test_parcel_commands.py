"""Parcels by command: a key read out, a parcel out, work at the agency, a parcel back, taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import RATER, RETURN, a_full_return
from builders_second import OTHER, SECOND, SECOND_WORDS, asked_twice, second_scores
from keyboard import Keyboard

from qa_toolkit.store.workspace import return_journal


def test_a_parcel_goes_out_and_comes_back(
    qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = str(tmp_path / "ours"), str(tmp_path / "theirs")
    out, back, small = tmp_path / "out.parcel", tmp_path / "back.parcel", tmp_path / "small"

    monkeypatch.setenv("XDG_CONFIG_HOME", theirs)
    key = qa("key", "show", "--json", inside=False)
    assert "If it is lost" in key.err

    monkeypatch.setenv("XDG_CONFIG_HOME", ours)
    assert qa("parcel", "out", "--audit", "CE-2026-01", "--agency", "police", "-o", str(out)).code != 0
    wrong = qa("agencies", "key", "police", key.json["key"], "--fingerprint", "00000 00000")
    assert wrong.code != 0
    assert "not this key’s" in wrong.err
    assert qa("agencies", "key", "police", key.json["key"], "--fingerprint", key.json["fingerprint"]).code == 0
    assert qa("parcel", "out", "--audit", "CE-2026-01", "--agency", "police", "-o", str(out)).code == 0
    assert "somebody else" in qa("parcel", "in", str(out)).err

    monkeypatch.setenv("XDG_CONFIG_HOME", theirs)
    opened = qa("parcel", "open", str(out), "--to", str(small), "--name", "Alex", "--role", "auditor", "--handle",
                "a.auditor", inside=False)  # fmt: skip
    assert opened.code == 0
    assert "due 4 Dec 2026" in opened.err
    agency = Keyboard(small, capsys)
    assert agency("return", "start", RETURN, by=RATER).code == 0
    assert agency("return", "declare", RETURN, "none", by=RATER).code == 0
    a_full_return(agency.workspace, send=True).close()
    assert agency("parcel", "return", "-o", str(back), by=RATER).code == 0
    assert agency("verify", by=RATER).code == 0

    monkeypatch.setenv("XDG_CONFIG_HOME", ours)
    shown = qa("parcel", "in", str(back))
    assert shown.code == 0
    assert "submitted" in shown.out
    assert "Nothing was changed" in shown.err
    assert not qa.workspace.has_return(RETURN)
    assert RETURN in qa("parcel", "in", str(back), "--yes").err
    again = qa("parcel", "in", str(back), "--yes")
    assert "nothing to do" in again.out
    assert "none" in again.err
    assert qa("verify").code == 0
    name = return_journal(RETURN)
    assert qa.workspace.folder.read(name).data == agency.workspace.folder.read(name).data


def test_a_second_score_goes_out_and_comes_back(
    qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, back, small = tmp_path / "out.parcel", tmp_path / "back.parcel", tmp_path / "small"
    asked_twice(qa.workspace).close()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "theirs"))
    key = qa("key", "show", "--json", inside=False).json

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ours"))
    assert "Say for whom" in qa("parcel", "out", "--audit", "CE-2026-01").err
    pack = ("parcel", "out", "--audit", "CE-2026-01", "--second", OTHER, "-o", str(out))
    assert "qa people key" in qa(*pack).err
    assert qa("people", "key", OTHER, key["key"], "--fingerprint", key["fingerprint"]).code == 0
    assert "For Bo Second (b.second@police) alone: 1 return" in qa(*pack).err

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "theirs"))
    opened = qa("parcel", "open", str(out), "--to", str(small), inside=False)
    assert opened.code == 0
    assert f"You are {OTHER}" in opened.err
    agency = Keyboard(small, capsys)
    second_scores(agency.workspace, send=True).close()
    assert agency("parcel", "return", "-o", str(back), by=OTHER).code == 0

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ours"))
    shown = qa("parcel", "in", str(back), "--yes")
    assert shown.code == 0
    assert f"{SECOND}: came back, submitted, round 1. Its answers are sealed" in shown.out
    assert SECOND_WORDS not in shown.out + shown.err
    assert qa.workspace.has_return(SECOND)
    assert qa("verify").code == 0
