"""What a hurt file does: it is noticed, never read as something else, and never written over."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qa_toolkit.domain.errors import Damaged, ReadOnly, StoreError
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.verify import verify_journal

Making = Callable[..., Journal]
RETURN = "audits/CE-2026-01/returns/CE-2026-01-C01-POLICE"
ME = "a.auditor@police"


def states(journal: Journal) -> list[dict[str, object]]:
    """The answers after each line."""
    found: list[dict[str, object]] = [{}]
    answers: dict[str, object] = {}
    for line in list(journal.lines())[1:]:
        number = line.seq - 2
        answers = {**answers, f"Q-{number}": {"value": number, "comment": "seen alone"}}
        found.append(answers)
    return found


def save(journal: Journal, now: datetime) -> None:
    with journal.event(by=ME, did="answered", now=now) as event:
        event.put("answers", "NEW", {"value": "new"})


def test_a_cut_at_every_byte_keeps_the_whole_lines_and_sets_the_rest_aside(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    journal = make(folder, answers=3)
    data, wanted, path = folder.path(RETURN).read_bytes(), states(journal), folder.path(RETURN)
    for cut in range(len(data)):
        path.write_bytes(data[:cut])
        whole = data[:cut].count(b"\n")
        if not whole:
            with pytest.raises(Damaged):
                Journal.open(FolderStore(folder.root), RETURN)
            continue
        opened = Journal.open(FolderStore(folder.root), RETURN)
        assert (opened.damage, opened.seq, dict(opened.docs("answers"))) == (None, whole, wanted[whole - 1])
        torn = opened.torn
        assert path.read_bytes() == data[:cut], "a reader changed the file"
        save(opened, now)
        assert verify_journal(folder, RETURN).faults == ()
        assert Journal.open(FolderStore(folder.root), RETURN).seq == whole + 1
        opened.place.close()
        kept = list((folder.root / "quarantine").glob("*"))
        assert [file.read_bytes() for file in kept] == ([data[cut - torn : cut]] if torn else [])
        for file in kept:
            file.unlink()


def test_a_flip_of_every_byte_is_noticed_or_lies_in_an_unfinished_end(folder: FolderStore, make: Making) -> None:
    journal = make(folder, answers=2)
    path = folder.path(RETURN)
    data, wanted = path.read_bytes(), states(journal)
    last_newline = len(data) - 1
    for at in range(len(data)):
        for bit in (0x01, 0x04, 0x20, 0x80):
            path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
            report = verify_journal(folder, RETURN)
            line = data[:at].count(b"\n") + 1
            assert report.faults or report.torn or at == last_newline, f"byte {at} bit {bit}"
            try:
                opened = Journal.open(folder, RETURN)
            except Damaged:
                assert line == 1 or data[at : at + 1] == b"\n"
                continue
            except StoreError as error:
                pytest.fail(f"byte {at}: {error!r}")
            assert opened.seq < 3
            assert dict(opened.docs("answers")) == wanted[opened.seq - 1]
            assert opened.damage is not None or opened.torn


def test_a_flipped_byte_never_reads_as_a_newer_version(folder: FolderStore, make: Making) -> None:
    make(folder, answers=1)
    path = folder.path(RETURN)
    path.write_bytes(path.read_bytes().replace(b'{"v":1,"seq":2', b'{"v":2,"seq":2'))
    opened = Journal.open(folder, RETURN)
    assert (opened.seq, opened.damage.line) == (1, 2)


def test_a_damaged_journal_shows_what_stands_before_and_takes_no_change(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    make(folder, answers=5)
    path = folder.path(RETURN)
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*rows[:3], rows[3].replace(b"seen", b"SEEN"), *rows[4:]]))
    before = path.read_bytes()
    opened = Journal.open(folder, RETURN)
    assert (opened.seq, opened.damage.path, opened.damage.line) == (3, RETURN + ".journal", 4)
    assert set(opened.docs("answers")) == {"Q-0", "Q-1"}
    assert len(list(opened.lines())) == 3
    with pytest.raises(ReadOnly, match="line 4"):
        save(opened, now)
    assert path.read_bytes() == before


def test_damage_that_comes_while_a_journal_is_open_stops_the_next_save(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    journal = make(folder, answers=5)
    path = folder.path(RETURN)
    data = bytearray(path.read_bytes())
    data[data.index(b"seen")] ^= 1
    path.write_bytes(data)
    with pytest.raises(ReadOnly):
        save(journal, now)
    assert path.read_bytes() == data


def test_a_journal_that_is_deleted_while_open_is_missed_and_not_made_anew(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    journal = make(folder, answers=2)
    folder.path(RETURN).unlink()
    with pytest.raises(ReadOnly, match="no longer in its folder"):
        save(journal, now)
    assert journal.docs("answers").keys() == {"Q-0", "Q-1"}
    assert not folder.path(RETURN).exists()


def replace(path: Path, data: bytes) -> None:
    other = path.with_name("other")
    other.write_bytes(data)
    os.replace(other, path)


def test_a_replaced_file_with_the_same_history_is_gone_on_with(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    journal = make(folder, answers=2)
    path = folder.path(RETURN)
    replace(path, path.read_bytes())
    save(journal, now)
    assert Journal.open(folder, RETURN).doc("answers", "NEW") == {"value": "new"}
    assert path.read_bytes().count(b"\n") == 4


@pytest.mark.parametrize("kind", ["older", "other", "empty"])
def test_a_replaced_file_with_another_history_is_never_written_to(
    folder: FolderStore, make: Making, now: datetime, kind: str
) -> None:
    journal = make(folder, answers=3)
    path = folder.path(RETURN)
    if kind == "other":
        data = folder.path(make(folder, "actions", answers=9).name).read_bytes()
    else:
        data = b"" if kind == "empty" else path.read_bytes()[: path.read_bytes().index(b"\n") + 1]
    replace(path, data)
    with pytest.raises(ReadOnly):
        save(journal, now)
    assert path.read_bytes() == data
    assert len(journal.docs("answers")) == 3


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_something_else_in_a_journals_place_is_damage(folder: FolderStore, make: Making, kind: str) -> None:
    make(folder, answers=1)
    path = folder.path(RETURN)
    path.rename(path.with_name("real"))
    path.mkdir() if kind == "folder" else path.symlink_to(path.with_name("real"))
    with pytest.raises(Damaged, match="not a plain file"):
        Journal.open(folder, RETURN)


def test_a_body_that_is_missing_without_a_word_is_damage(folder: FolderStore, make: Making) -> None:
    make(folder, answers=3)
    path = folder.path(RETURN)
    rows = path.read_bytes().split(b"\n")
    rows[2] = rows[2].rpartition(b"\t")[0] + b"\t"
    path.write_bytes(b"\n".join(rows))
    opened = Journal.open(folder, RETURN)
    assert (opened.seq, opened.damage.line) == (2, 3)
    assert "line 3" in str(verify_journal(folder, RETURN).faults[0])
