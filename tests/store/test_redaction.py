"""A text that should never have been typed goes, and the history still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.store.cache import cached
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.redaction import affected, redact
from qa_toolkit.store.seam import Place
from qa_toolkit.store.verify import verify_journal

Making = Callable[..., Journal]
RETURN = "audits/CE-2026-01/returns/CE-2026-01-C01-POLICE"
CHAIR = "chair@partnership"


def put(journal: Journal, now: datetime, **docs: str) -> int:
    with journal.event(by="a@police", did="answered", now=now) as event:
        for doc_id, text in docs.items():
            event.put("answers", doc_id, {"text": text})
    return journal.seq


def texts(journal: Journal) -> dict[str, str]:
    return {doc_id: doc["text"] for doc_id, doc in journal.docs("answers").items()}


def test_the_text_goes_the_line_stays_and_another_says_why(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    bad = put(journal, now, A="Jane Secret", B="fine")
    put(journal, now, C="later")
    assert affected(journal, bad) == [("answers", "A"), ("answers", "B")]
    line = redact(
        journal, bad, by=CHAIR, why="a child's name", now=now,
        puts=[("answers", "A", {"text": "-"}), ("answers", "B", {"text": "fine"})],
    )  # fmt: skip
    assert b"Secret" not in place.read(RETURN).data
    for found in (journal, Journal.open(place, RETURN)):
        assert texts(found) == {"A": "-", "B": "fine", "C": "later"}
        assert (found.line_of(bad).body, found.line_of(bad).by) == (None, "a@police")
        said = found.line_of(4)
        assert (said.by, said.did, said.why) == (CHAIR, "redacted", "a child's name")
        assert found.waiting == frozenset()
    assert line.seq == 4
    report = verify_journal(place, RETURN)
    assert (report.faults, report.redacted, report.waiting) == ((), (bad,), ())


def test_documents_that_were_put_again_later_keep_what_they_have(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    bad = put(journal, now, A="Jane Secret")
    put(journal, now, A="put right")
    assert affected(journal, bad) == []
    redact(journal, bad, by=CHAIR, why="a name", now=now)
    assert texts(journal) == {"A": "put right"} == texts(Journal.open(place, RETURN))
    assert journal.seq_of("answers", "A") == 3


def test_a_document_not_put_anew_is_absent_and_not_an_older_one(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    put(journal, now, A="older")
    bad = put(journal, now + timedelta(hours=1), A="Jane Secret")
    redact(journal, bad, by=CHAIR, why="a name", now=now + timedelta(hours=2))
    assert texts(journal) == {}
    then = Journal.open(place, RETURN, until=now + timedelta(hours=1))
    assert (then.seq, texts(then), then.line_of(3).body) == (3, {}, None)
    assert texts(Journal.open(place, RETURN, until=now)) == {"A": "older"}


def test_an_announced_text_is_hidden_before_it_is_taken_out(folder: FolderStore, make: Making, now: datetime) -> None:
    journal = make(folder)
    bad = put(journal, now, A="Jane Secret")
    before = folder.path(RETURN).read_bytes()
    redact(journal, bad, by=CHAIR, why="a name", now=now, puts=[("answers", "A", {"text": "-"})])
    announcement = folder.path(RETURN).read_bytes().splitlines(keepends=True)[-1]
    folder.path(RETURN).write_bytes(before + announcement)
    found = Journal.open(folder, RETURN)
    assert (texts(found), found.waiting, found.line_of(bad).body) == ({"A": "-"}, {bad}, None)
    assert verify_journal(folder, RETURN).waiting == (bad,)
    assert Journal.open(folder, RETURN, until=now).line_of(bad).body is None
    put(found, now, B="next")
    assert b"Secret" not in folder.path(RETURN).read_bytes()
    assert (texts(found), found.waiting) == ({"A": "-", "B": "next"}, frozenset())
    assert verify_journal(folder, RETURN).faults == ()


def test_another_reader_follows_a_redaction(folder: FolderStore, make: Making, now: datetime) -> None:
    journal = make(folder)
    bad = put(journal, now, A="Jane Secret", B="fine")
    other = Journal.open(folder, RETURN)
    redact(journal, bad, by=CHAIR, why="a name", now=now, puts=[("answers", "B", {"text": "fine"})])
    assert other.refresh()
    assert (texts(other), other.damage) == ({"B": "fine"}, None)
    put(other, now, C="on")
    journal.refresh()
    assert texts(journal) == {"B": "fine", "C": "on"}


def test_several_lines_can_be_redacted_one_after_another(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    bad = [put(journal, now, **{name: "Jane Secret"}) for name in "ABC"]
    for seq in bad:
        redact(journal, seq, by=CHAIR, why="a name", now=now)
    assert b"Secret" not in place.read(RETURN).data
    assert (texts(journal), verify_journal(place, RETURN).redacted) == ({}, tuple(bad))


def test_what_cannot_be_redacted_is_refused_and_nothing_is_recorded(place: Place, make: Making, now: datetime) -> None:
    journal = make(place)
    bad = put(journal, now, A="Jane Secret")
    for seq, error in ((99, NotFound), (0, NotFound)):
        with pytest.raises(error):
            redact(journal, seq, by=CHAIR, why="a name", now=now)
    with pytest.raises(InputError, match="reason"):
        redact(journal, bad, by=CHAIR, why=" ", now=now)
    redact(journal, bad, by=CHAIR, why="a name", now=now)
    for seq, reason in ((bad, "already"), (3, "has to stay")):
        with pytest.raises(InputError, match=reason):
            redact(journal, seq, by=CHAIR, why="a name", now=now)
    with pytest.raises(RuntimeError), journal.event(by=CHAIR, did="x", now=now) as event:
        event.put("redactions", "2", {"seq": 2, "touched": []})
    assert journal.seq == 3


def test_snapshots_that_might_hold_the_text_are_forgotten(folder: FolderStore, make: Making, now: datetime) -> None:
    journal = make(folder)
    bad = put(journal, now, A="Jane Secret")
    cached(folder, "texts", [RETURN], lambda name: texts(Journal.open(folder, name)))
    redact(journal, bad, by=CHAIR, why="a name", now=now)
    assert not any(b"Secret" in path.read_bytes() for path in folder.root.rglob("*") if path.is_file())


def announced_only(folder: FolderStore, journal: Journal, now: datetime) -> tuple[bytes, bytes]:
    """The file before a redaction, and the line that announces it: what stands there if the rest is cut short."""
    bad = put(journal, now, A="Jane Secret")
    before = folder.path(RETURN).read_bytes()
    redact(journal, bad, by=CHAIR, why="a name", now=now, puts=[("answers", "A", {"text": "-"})])
    return before, folder.path(RETURN).read_bytes().splitlines(keepends=True)[-1]


def test_a_reader_that_sees_only_the_announcement_hides_the_text(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    before, announcement = announced_only(folder, make(folder), now)
    folder.path(RETURN).write_bytes(before)
    reader = Journal.open(FolderStore(folder.root), RETURN)
    assert texts(reader) == {"A": "Jane Secret"}
    with folder.path(RETURN).open("ab") as file:
        file.write(announcement)
    assert reader.refresh()
    assert (texts(reader), reader.line_of(2).body, reader.waiting) == ({"A": "-"}, None, {2})


def test_a_reader_that_sees_a_missing_text_arrive_stops_before_it(
    folder: FolderStore, make: Making, now: datetime
) -> None:
    journal = make(folder)
    put(journal, now, A="one")
    reader = Journal.open(FolderStore(folder.root), RETURN)
    put(journal, now, A="two")
    data = folder.path(RETURN).read_bytes()
    folder.path(RETURN).write_bytes(data[: data.rindex(b"\t") + 1] + b"\n")
    reader.refresh()
    assert reader.damage is not None
    assert (reader.damage.line, texts(reader)) == (3, {"A": "one"})
