"""Events, reading, following others, and the moment something was as it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from tinydb import where
from tinydb.table import Document

from qa_toolkit.domain.errors import Damaged, InputError, NotFound, ReadOnly, Stale
from qa_toolkit.store.files import Disk
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.seam import Place

Making = Callable[..., Journal]
RETURN = "audits/CE-2026-01/returns/CE-2026-01-C01-POLICE"
ME = "a.auditor@police"


def test_all_tables_of_an_event_are_one_line(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    with journal.event(by=ME, did="answered", why="told", now=now) as event:
        event.put("answers", "UI-01", {"value": "yes"})
        event.put("grades", "A", {"grade": "good"})
    assert journal.seq == 2
    assert event.saved_at == now
    assert (event.line.by, event.line.did, event.line.why) == (ME, "answered", "told")
    again = Journal.open(place, RETURN)
    assert (again.doc("answers", "UI-01"), again.doc("grades", "A")) == ({"value": "yes"}, {"grade": "good"})
    assert again.head == journal.head == event.line.hash


def test_first_documents_come_with_the_first_line(place: Place, now: datetime) -> None:
    made = Journal.create(place, "actions", by=ME, did="made", now=now, puts=[("a", "X", {"n": 1})])
    assert (made.seq, made.doc("a", "X"), made.seq_of("a", "X")) == (1, {"n": 1}, 1)


def test_reads_inside_an_event_see_its_changes_and_others_do_not(place: Place, make: Making, now: datetime) -> None:
    journal, other = make(place, answers=2), Journal.open(place, RETURN)
    with journal.event(by=ME, did="answered", now=now) as event:
        event.put("answers", "Q-0", {"value": 9})
        event.drop("answers", "Q-1")
        journal.table("answers").insert(Document({"value": 3}, doc_id="Q-2"))
        assert journal.doc("answers", "Q-0") == {"value": 9}
        assert journal.doc("answers", "Q-1") is None
        assert set(journal.docs("answers")) == {"Q-0", "Q-2"}
        assert journal.table("answers").count(where("value") == 3) == 1
        other.refresh()
        assert set(other.docs("answers")) == {"Q-0", "Q-1"}
    assert other.refresh() is True
    assert set(other.docs("answers")) == {"Q-0", "Q-2"}


def test_an_exception_discards_everything(place: Place, make: Making, now: datetime) -> None:
    journal = make(place, answers=1)
    with suppress(KeyError), journal.event(by=ME, did="answered", now=now) as event:
        event.put("answers", "Q-0", {"value": 9})
        raise KeyError
    assert (journal.seq, journal.doc("answers", "Q-0")["value"]) == (2, 0)
    with journal.event(by=ME, did="answered", now=now) as event:
        event.put("answers", "Q-0", {"value": 1})
    assert journal.seq == 3


@pytest.mark.parametrize("same", [True, False])
def test_an_event_that_changes_nothing_leaves_no_line(place: Place, make: Making, now: datetime, same: bool) -> None:
    journal = make(place, answers=1)
    with journal.event(by=ME, did="answered", now=now) as event:
        if same:
            event.put("answers", "Q-0", {"value": 5})
            event.put("answers", "Q-0", {"value": 0, "comment": "seen alone"})
            event.put("answers", "Q-9", {})
            event.drop("answers", "Q-9")
    assert (journal.seq, event.line, event.saved_at) == (2, None, None)


def test_one_true_and_one_point_nought_are_three_different_values(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    for value in (1, True, 1.0, 1):
        with journal.event(by=ME, did="answered", now=now) as event:
            event.put("a", "X", {"v": value})
        assert event.line is not None


def test_events_do_not_nest_and_are_entered_once(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    with journal.event(by=ME, did="x", now=now) as event:
        with pytest.raises(RuntimeError), journal.event(by=ME, did="y", now=now):
            pass
        event.put("a", "X", {})
    assert journal.seq == 2
    with pytest.raises(RuntimeError), event:
        pass


def test_a_change_outside_an_event_is_refused(place: Place, make: Making) -> None:
    journal = make(place, answers=1)
    table = journal.table("answers")
    for change in (
        lambda: table.insert(Document({}, doc_id="X")),
        lambda: table.update({"a": 1}),
        lambda: table.remove(doc_ids=["Q-0"]),
        table.truncate,
        journal.drop_tables,
        lambda: journal.drop_table("answers"),
        lambda: journal.storage.write({}),
    ):
        with pytest.raises(RuntimeError):
            change()
    assert set(Journal.open(place, RETURN).docs("answers")) == {"Q-0"} == set(journal.docs("answers"))


def test_a_document_needs_an_id_of_its_own(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    with journal.event(by=ME, did="x", now=now):
        with pytest.raises(TypeError):
            journal.table("answers").insert({"value": 1})
        assert len(journal.table("answers")) == 0


def test_nothing_handed_out_is_shared_with_the_store(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    mine = {"n": {"v": [1]}}
    with journal.event(by=ME, did="x", now=now) as event:
        event.put("a", "X", mine)
        mine["n"]["v"].append(2)
    handed = [
        journal.doc("a", "X"), journal.docs("a")["X"], journal.table("a").get(doc_id="X"), journal.table("a").all()[0],
        journal.table("a").search(where("n").exists())[0], next(iter(journal.table("a"))),
    ]  # fmt: skip
    for document in handed:
        document["n"]["v"].append(99)
    assert journal.doc("a", "X") == {"n": {"v": [1]}}


def test_the_second_of_two_people_is_told_who_when_and_what(place: Place, make: Making, now: datetime) -> None:
    mine, theirs = make(place, answers=1), Journal.open(place, RETURN)
    seen = {("answers", "Q-0"): mine.seq_of("answers", "Q-0")}
    with theirs.event(by="b.lead@police", did="corrected", now=now) as event:
        event.put("answers", "Q-0", {"value": 7})
    with pytest.raises(Stale) as caught, mine.event(by=ME, did="answered", now=now, seen=seen) as event:
        pytest.fail("entered")
    assert (caught.value.who, caught.value.what) == ("b.lead@police", "corrected")
    assert caught.value.when == "23 Nov 2026 at 14:02"
    assert mine.doc("answers", "Q-0") == {"value": 7}
    with mine.event(by=ME, did="answered", now=now, seen={("answers", "Q-0"): 3}) as event:
        event.put("answers", "Q-0", {"value": 8})
    assert mine.seq == 4


@pytest.mark.parametrize("what", ["dropped", "made"])
def test_dropping_or_making_a_document_moves_it(place: Place, make: Making, now: datetime, what: str) -> None:
    journal = make(place, answers=1)
    seen = {("answers", "Q-0"): 2} if what == "dropped" else {("answers", "Q-5"): 0}
    with journal.event(by=ME, did=what, now=now) as event:
        event.drop("answers", "Q-0") if what == "dropped" else event.put("answers", "Q-5", {})
    with pytest.raises(Stale), journal.event(by=ME, did="answered", now=now, seen=seen):
        pass


def test_a_document_that_others_left_alone_does_not_stand_in_the_way(place: Place, make: Making, now: datetime) -> None:
    journal, other = make(place, answers=2), Journal.open(place, RETURN)
    with other.event(by=ME, did="answered", now=now) as event:
        event.put("answers", "Q-1", {"value": 7})
    with journal.event(by=ME, did="answered", now=now, seen={("answers", "Q-0"): 2}) as event:
        event.put("answers", "Q-0", {"value": 8})
    assert other.refresh()
    assert other.doc("answers", "Q-0") == {"value": 8}


def test_text_that_cannot_be_kept_is_refused_and_the_rest_goes_on(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    with journal.event(by=ME, did="x", now=now) as event:
        with pytest.raises(InputError):
            event.put("a", "X", {"v": "\ud800"})
        with pytest.raises(InputError):
            journal.table("a").insert(Document({"v": float("nan")}, doc_id="Y"))
        event.put("a", "Z", {"v": 1})
    assert set(journal.docs("a")) == {"Z"}


def test_as_at_is_every_line_up_to_the_last_that_is_not_later(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    for number, minutes in enumerate([1, 5, 3, 9]):
        with journal.event(by=ME, did="answered", now=now + timedelta(minutes=minutes)) as event:
            event.put("a", f"Q-{number}", {})
    expected = {-1: 0, 0: 1, 2: 2, 3: 4, 4: 4, 5: 4, 8: 4, 9: 5, 100: 5}
    for minutes, seq in expected.items():
        then = Journal.open(place, RETURN, until=now + timedelta(minutes=minutes))
        assert (then.seq, len(then.docs("a")), len(list(then.lines()))) == (seq, max(0, seq - 1), seq)
        with pytest.raises(ReadOnly), then.event(by=ME, did="x", now=now):
            pass


def test_lines_tell_the_history_and_any_one_of_them(place: Place, make: Making) -> None:
    journal = make(place, answers=3)
    assert [line.seq for line in journal.lines()] == [1, 2, 3, 4]
    assert [line.seq for line in journal.lines(2, 3)] == [2, 3]
    assert [journal.line_of(seq).seq for seq in (1, 2, 4)] == [1, 2, 4]
    assert b"Q-1" in journal.line_of(3).body
    for seq in (0, 5):
        with pytest.raises(NotFound):
            journal.line_of(seq)


def test_a_journal_is_true_even_when_its_default_table_is_empty(place: Place, make: Making) -> None:
    assert make(place)


def test_a_time_without_a_zone_is_refused_before_anything_is_locked(place: Place, make: Making, now: datetime) -> None:
    with pytest.raises(ValueError, match="zone"):
        make(place).event(by=ME, did="x", now=now.replace(tzinfo=None))


def test_a_refresh_that_finds_nothing_opens_no_file(folder: FolderStore, make: Making, monkeypatch) -> None:
    journal = make(folder, answers=3)
    monkeypatch.setattr(folder.disk, "open", lambda *_: pytest.fail("opened"))
    assert journal.refresh() is False


def test_a_save_opens_no_file_and_reads_none(folder: FolderStore, make: Making, now: datetime, monkeypatch) -> None:
    journal = make(folder, answers=3)
    for call in ("open", "read"):
        monkeypatch.setattr(folder.disk, call, lambda *_: pytest.fail("opened"))
    with journal.event(by=ME, did="x", now=now) as event:
        event.put("a", "X", {})
    assert event.saved_at


def test_files_and_folders_are_for_their_owner_only(folder: FolderStore, make: Making) -> None:
    make(folder)
    path = folder.path(RETURN)
    modes = [os.stat(p).st_mode & 0o777 for p in (path, path.with_suffix(".lock"), path.parent)]
    assert modes == [0o600, 0o600, 0o700]


class Counting(Disk):
    """A disk that counts its reads."""

    reads = 0

    def read(self, fd: int, size: int) -> bytes:
        self.reads += 1
        return super().read(fd, size)


def test_opening_a_return_reads_its_file_once_however_many_answers_it_has(folder: FolderStore, make: Making) -> None:
    make(folder, answers=100)
    disk = Counting()
    Journal.open(FolderStore(folder.root, disk), RETURN)
    # The whole file, and a look whether more came meanwhile.
    assert disk.reads == 2


def test_a_missing_journal_is_not_found_and_not_made(folder: FolderStore) -> None:
    with pytest.raises(NotFound):
        Journal.open(folder, RETURN)
    assert not folder.path(RETURN).exists()


def test_an_emptied_journal_is_damage_and_never_new(folder: FolderStore, make: Making) -> None:
    make(folder, answers=2)
    folder.path(RETURN).write_bytes(b"")
    with pytest.raises(Damaged, match="empty"):
        Journal.open(folder, RETURN)
