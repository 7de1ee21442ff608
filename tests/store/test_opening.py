"""Opening a journal the swift way and line by line comes to the same, whatever its bytes are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from qa_toolkit.domain.errors import StoreError
from qa_toolkit.store import lines, opening
from qa_toolkit.store.replay import REDACTIONS

HOURS = (0, 2, 1, 3, 5)
"""When each line was written: the clock was put back once."""


def journal(now: datetime, *more: tuple[str, str, dict[str, Any]]) -> bytes:
    """Lines that put, replace, drop and put again."""
    made, prev = [], lines.GENESIS
    for seq, hours in enumerate(HOURS, 1):
        puts = [("answers", f"Q-{seq % 3}", {"value": seq, "é": ["tab\t"]}), ("grades", "G", {"seq": seq})]
        raw, line = lines.build(
            seq=seq, prev=prev, at=now + timedelta(hours=hours), by="é@x", did="answered", why=None, salt=b"s" * 16,
            puts=[*puts, *(more if seq == len(HOURS) else ())], drops=[("answers", "Q-1")] if seq == 3 else [],
        )  # fmt: skip
        made.append(raw)
        prev = line.hash
    return b"".join(made)


def came_to(data: bytes, until: datetime | None = None, watch: int = 0) -> object:
    """What opening comes to, as plain values."""
    try:
        found = opening.open_bytes(data, "x.journal", until=until, watch=watch)
    except StoreError as error:
        return type(error), str(error)
    return values(found)


def values(found: opening.Opened) -> object:
    at = found.state
    return (
        at.tables, at.seqs, at.moved, at.seq, at.hash, at.last, list(at.starts), at.end, at.redacted,
        at.waiting, at.blank, str(found.damage), found.watched,
    )  # fmt: skip


def both_ways(monkeypatch: pytest.MonkeyPatch, data: bytes, until: datetime | None = None, watch: int = 0) -> None:
    swift = came_to(data, until, watch)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "sound", lambda rows: None)
        assert came_to(data, until, watch) == swift


@pytest.mark.parametrize("watch", [0, 1, 3, 5, 6])
@pytest.mark.parametrize("hours", [None, -1, 0, 0.5, 1, 2, 2.999, 3, 9])
def test_a_sound_journal_is_the_same_both_ways(
    now: datetime, monkeypatch: pytest.MonkeyPatch, hours: float | None, watch: int
) -> None:
    until = None if hours is None else now + timedelta(hours=hours, microseconds=999)
    both_ways(monkeypatch, journal(now), until, watch)


@pytest.mark.parametrize("hurt", [False, True])
def test_one_reading_for_several_moments_is_each_of_them(now: datetime, hurt: bool) -> None:
    data = journal(now)
    data = b"invented".join(data.rsplit(b"answered", 1)) if hurt else data
    moments = [now + timedelta(hours=3), None, now - timedelta(hours=1), now, None, now + timedelta(hours=3)]
    found = opening.open_at(data, "x.journal", moments)
    assert [values(one) for one in found] == [came_to(data, moment) for moment in moments]
    # Each goes on by itself.
    before = [values(one) for one in found]
    for table in found[1].state.tables.values():
        table.clear()
    found[1].state.seqs.clear()
    found[1].state.starts.append(7)
    assert [values(one) for n, one in enumerate(found) if n != 1] == [one for n, one in enumerate(before) if n != 1]


def test_the_swift_way_is_taken(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise AssertionError("read line by line")

    monkeypatch.setattr(opening, "_pass", slow)
    assert opening.open_bytes(journal(now), "x.journal").state.seq == len(HOURS)


@pytest.mark.parametrize("byte", [b"", b"\n", b"\t", b"0", b'"', b"}"])
def test_any_byte_put_in_the_place_of_another_comes_to_the_same(
    now: datetime, monkeypatch: pytest.MonkeyPatch, byte: bytes
) -> None:
    data = journal(now)
    for at in range(0, len(data), 11):
        both_ways(monkeypatch, data[:at] + byte + data[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        b"[]",
        b"{",
        b'{"salt":"","puts":[["a","b"]],"drops":[]}',
        b'{"salt":"","puts":[],"drops":[1]}',
        b'{"salt":1,"puts":[],"drops":[]}',
        b'{"puts":[],"salt":"","drops":[]}',
    ],
)
def test_a_text_that_is_not_made_right_is_named(now: datetime, monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Its hash agrees: a faulty program wrote it."""
    from hashlib import sha256

    from pydantic_core import to_json

    data = journal(now)
    last = data.splitlines()[-1]
    envelope = to_json(
        {"v": 1, "seq": 6, "prev": last[:64].decode(), "at": lines.stamp(now), "by": "x@y", "did": "z", "why": None,
         "body": sha256(text).hexdigest()}
    )  # fmt: skip
    data += b"%b\t%b\t%b\n" % (sha256(envelope).hexdigest().encode(), envelope, text)
    both_ways(monkeypatch, data)
    assert "line 6" in str(opening.open_bytes(data, "x.journal").damage)


def test_a_text_announced_as_taken_out_is_read_by_neither(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    announced = (REDACTIONS, "2", {"seq": 2, "touched": [["answers", "Q-2"], ["grades", "G"]]})
    data = journal(now, announced)
    both_ways(monkeypatch, data)
    rows = data.split(b"\n")
    rows[1] = rows[1].rpartition(b"\t")[0] + b"\t"
    both_ways(monkeypatch, b"\n".join(rows))
    both_ways(monkeypatch, b"\n".join(rows), now + timedelta(hours=1))
