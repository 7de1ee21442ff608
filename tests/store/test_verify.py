"""Every way of forging a journal is named, by file and line; honest ones raise no alarm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from qa_toolkit.store import frozen, heads, lines, manifest
from qa_toolkit.store.drafts import Drafts
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.heads import Change
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.verify import verify_folder, verify_journal

Making = Callable[..., Journal]
RETURN = "audits/CE-2026-01/returns/CE-2026-01-C01-POLICE"
LINES = 8


@pytest.fixture
def rows(folder: FolderStore, make: Making) -> list[bytes]:
    """A sound journal of eight lines."""
    make(folder, answers=LINES - 1).close()
    return folder.path(RETURN).read_bytes().splitlines(keepends=True)


def forged(row: bytes, old: bytes, new: bytes) -> bytes:
    """A line changed in its envelope, with a checksum that is right again."""
    _, envelope, body = row[:-1].split(b"\t")
    assert old in envelope
    envelope = envelope.replace(old, new, 1)
    return b"\t".join([sha256(envelope).hexdigest().encode(), envelope, body]) + b"\n"


def rebodied(row: bytes, old: bytes, new: bytes) -> bytes:
    """A line whose text was changed, with every checksum on the line right again."""
    _, envelope, body = row[:-1].split(b"\t")
    assert old in body
    body = body.replace(old, new)
    envelope = envelope[:-66] + sha256(body).hexdigest().encode() + b'"}'
    return b"\t".join([sha256(envelope).hexdigest().encode(), envelope, body]) + b"\n"


def relinked(rows: list[bytes], first: int) -> list[bytes]:
    """The lines from index `first` on, chained anew: what someone with this program could make."""
    made = rows[:first]
    for row in rows[first:]:
        made.append(forged(row, row.split(b'"prev":"')[1][:64], made[-1][:64]))
    return made


def at(*where: int) -> list[str]:
    return [f"{RETURN}.journal, line {number}" for number in where]


FORGERIES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], list[int], str]] = {
    "a text edited": (lambda r: [*r[:3], r[3].replace(b"seen", b"SEEN"), *r[4:]], [4], "text was changed"),
    "a name edited": (lambda r: [*r[:3], r[3].replace(b"a.aud", b"b.aud"), *r[4:]], [4], "who, when or what"),
    "a checksum edited": (lambda r: [*r[:3], b"0" * 64 + r[3][64:], *r[4:]], [4, 5], "who, when or what was changed"),
    "a name and its checksum": (lambda r: [*r[:3], forged(r[3], b"a.aud", b"b.aud"), *r[4:]], [5], "does not follow"),
    "a text and its checksums": (lambda r: [*r[:3], rebodied(r[3], b"seen", b"SEEN"), *r[4:]], [5], "does not follow"),
    "a line deleted": (lambda r: [*r[:3], *r[4:]], [4], "number 4 is missing"),
    "three lines deleted": (lambda r: [*r[:3], *r[6:]], [4], "number 4 to 6 is missing"),
    "the first line deleted": (lambda r: r[1:], [1], "number 1 is missing"),
    "a line inserted": (
        lambda r: [*r[:3], forged(r[3], b"answered", b"invented"), *r[3:]], [5, 6], "stands here again"),
    "a line repeated": (lambda r: [*r[:4], r[3], *r[4:]], [5], "stands here again"),
    "two lines swapped": (lambda r: [*r[:3], r[4], r[3], *r[5:]], [4, 5], "number 4 is missing"),
    "a second ending": (lambda r: [*r, forged(r[-1], b"answered", b"invented")], [9], "stands here again"),
    "a text taken out": (lambda r: [*r[:3], r[3].rpartition(b"\t")[0] + b"\t\n", *r[4:]], [4], "text is missing"),
    "a line that is none": (lambda r: [*r[:3], b"hello\n", *r[3:]], [4, 5], "not made"),
    "a time that is none": (lambda r: relinked([*r[:7], forged(r[7], b"T14:", b"T94:")], 7), [8], "not made"),
    "a person that is none": (
        lambda r: relinked([*r[:7], forged(r[7], b'"a.auditor@police"', b"7")], 7), [8], "not made"),
    "emptied": (lambda r: [], [], "empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forgery_is_named_with_its_line(folder: FolderStore, rows: list[bytes], kind: str) -> None:
    forge, where, reason = FORGERIES[kind]
    folder.path(RETURN).write_bytes(b"".join(forge(rows)))
    faults = verify_journal(folder, RETURN).faults
    found = [fault.where for fault in faults]
    assert list(dict.fromkeys(found)) == (at(*where) or [f"{RETURN}.journal"])
    assert reason in faults[0].message


def test_a_text_of_the_wrong_shape_with_right_checksums_is_found_on_opening(
    folder: FolderStore, rows: list[bytes]
) -> None:
    """The quick way reads no texts; whoever reads them finds it, and so does the check of files from outside."""
    folder.path(RETURN).write_bytes(b"".join([*rows[:7], rebodied(rows[7], b'"puts"', b'"outs"')]))
    assert Journal.open(folder, RETURN).damage.line == 8
    assert [fault.where for fault in verify_journal(folder, RETURN, foreign=True).faults] == at(8)


def test_a_sound_journal_raises_no_alarm_and_is_counted(folder: FolderStore, rows: list[bytes], now: datetime) -> None:
    report = verify_journal(folder, RETURN)
    assert (report.faults, report.lines, report.head) == ((), LINES, rows[-1][:64].decode())
    assert (report.first, report.last, report.clock_steps, report.torn) == (now, now, (), 0)


def test_the_quick_and_the_thorough_way_agree(folder: FolderStore, make: Making, now: datetime) -> None:
    journal = make(folder)
    for number, (by, why) in enumerate([("é@x", None), ('q"\\@x', "a\tb\nc"), ("a@x", "x" * 3000), ("b@x", "")]):
        with journal.event(by=by, did="answered", why=why, now=now + timedelta(days=40 * number)) as event:
            event.put("answers", "Q", {"n": number, "redactions": "redactions"})
    quick, thorough = verify_journal(folder, RETURN), verify_journal(folder, RETURN, foreign=True)
    assert quick == thorough
    assert quick.faults == ()


def test_a_clock_that_steps_back_is_recorded_and_pointed_out(folder: FolderStore, make: Making, now: datetime) -> None:
    journal = make(folder)
    for hours in (2, 1, 3):
        with journal.event(by="a@x", did="answered", now=now + timedelta(hours=hours)) as event:
            event.put("answers", "Q", {"n": hours})
    report = verify_journal(folder, RETURN)
    assert (report.faults, report.clock_steps) == ((), (3,))
    assert journal.line_of(3).at == now + timedelta(hours=1)


def test_a_text_from_outside_that_reads_two_ways_is_a_fault(folder: FolderStore, rows: list[bytes]) -> None:
    twice = rebodied(rows[-1], b'{"value":6', b'{"value":5,"value":6')
    folder.path(RETURN).write_bytes(b"".join([*rows[:-1], twice]))
    assert verify_journal(folder, RETURN, foreign=True).faults[0].where == at(LINES)[0]


@pytest.mark.parametrize(
    ("what", "forge"),
    [
        (Change.SAME, lambda r: r),
        (Change.SHORTENED, lambda r: r[:5]),
        (Change.REWRITTEN, lambda r: relinked([*r[:3], rebodied(r[3], b"seen", b"SEEN"), *r[4:]], 4)),
        (Change.DAMAGED, lambda r: [*r[:3], *r[4:]]),
    ],
)
def test_a_filed_head_finds_what_verify_alone_cannot(
    folder: FolderStore, rows: list[bytes], what: Change, forge: Callable[[list[bytes]], list[bytes]]
) -> None:
    filed = heads.heads(folder)
    folder.path(RETURN).write_bytes(b"".join(forge(rows)))
    if what is not Change.DAMAGED:
        assert verify_journal(folder, RETURN).faults == ()
    assert [found.change for found in heads.contains(folder, filed)] == [what]


def test_a_history_that_went_on_contains_its_filed_head(folder: FolderStore, make: Making, now: datetime) -> None:
    journal = make(folder, answers=3)
    filed = heads.heads(folder)
    with journal.event(by="a@x", did="answered", now=now) as event:
        event.put("answers", "Q", {})
    (found,) = heads.contains(folder, filed)
    assert (found.change, found.ok, found.seq) == (Change.EXTENDED, True, 5)
    folder.path(RETURN).unlink()
    assert heads.contains(folder, filed)[0].change is Change.MISSING


def test_a_list_of_heads_reads_back_and_its_total_is_what_the_format_says(folder: FolderStore, make: Making) -> None:
    for name in ("partnership", "actions", RETURN):
        make(folder, name, answers=1)
    found = heads.heads(folder)
    assert heads.from_text(heads.to_text(found)) == found
    rows = "".join(sorted(f"{head.name} {head.seq} {head.hash}\n" for head in found))
    assert heads.workspace_head(found) == sha256(rows.encode()).hexdigest()


CHANGES = [("actions 2", "actions 3"), ("qa-heads 1", "x"), ("actions", "../x"), ("workspace", "w")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_list_of_heads_that_was_changed_is_refused(
    folder: FolderStore, make: Making, change: tuple[str, str]
) -> None:
    make(folder, "actions", answers=1)
    with pytest.raises(heads.InputError):
        heads.from_text(heads.to_text(heads.heads(folder)).replace(*change))


def test_a_sound_workspace_has_no_faults_and_no_strangers(folder: FolderStore, make: Making, now: datetime) -> None:
    manifest.create(folder.root, "EXAMPLE", "Example")
    for name in ("partnership", RETURN):
        make(folder, name, answers=2)
    frozen.keep(folder, b"{}", b"")
    Drafts(folder).keep("CE-2026-01-C01-POLICE", "UI-01", "comment", "x", by="a@x", now=now)
    report = verify_folder(folder, ["partnership", RETURN])
    assert (report.ok, report.faults, report.notices, report.lines, len(report.journals)) == (True, (), (), 6, 2)


def test_what_is_missing_strange_or_a_second_copy_is_listed(folder: FolderStore, make: Making) -> None:
    manifest.create(folder.root, "EXAMPLE", "Example")
    make(folder, RETURN)
    digest = frozen.keep(folder, b"{}", b"")
    (folder.root / "templates" / f"{digest}.json").write_bytes(b"{ }")
    path = folder.path(RETURN)
    for name in ("CE-2026-01-C01-POLICE (conflicted copy).journal", "CE-2026-01-C01-POLICE.sync-conflict-1.journal",
                 "CE-2026-01-C01-POLICE-LAPTOP7.journal~", "notes.txt"):  # fmt: skip
        path.with_name(name).write_bytes(path.read_bytes())
    report = verify_folder(folder, [RETURN, "partnership", "audits/CE-2026-01/audit"])
    assert [fault.where for fault in report.faults] == [
        "audits/CE-2026-01/audit.journal", "partnership.journal", f"templates/{digest}.json",
    ]  # fmt: skip
    assert [("second copy" in notice.message) for notice in report.notices] == [True, True, True, False]


def test_a_line_of_the_verifiers_own_idea_is_what_the_builder_makes(now: datetime) -> None:
    raw, line = lines.build(seq=1, prev=lines.GENESIS, at=now, by="a@x", did="d", why=None, salt=b"1" * 16)
    claim = lines.claimed(raw[:-1])
    assert claim is not None
    assert (claim.seq, claim.prev, claim.hash, claim.body) == (1, line.prev, line.hash, line.body)
