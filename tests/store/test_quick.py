"""The quick check accepts what was written and nothing else, however the bytes come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from qa_toolkit.store import lines, quick
from qa_toolkit.store.quick import Quick

LINES = 4


@pytest.fixture
def data(now: datetime) -> bytes:
    """A sound journal of four lines, with a name beyond ASCII, a reason, and a clock that was put back once."""
    made, prev = [], lines.GENESIS
    deeds = [(0, "é@x", None), (2, "b@x", 'tab\t "quote"'), (1, "a@x", ""), (3, "a@x", None)]
    for seq, (hours, by, why) in enumerate(deeds, 1):
        raw, line = lines.build(
            seq=seq, prev=prev, at=now + timedelta(hours=hours), by=by, did="answered", why=why, salt=b"s" * 16,
            puts=[("answers", f"Q-{seq}", {"value": "yes"})],
        )  # fmt: skip
        made.append(raw)
        prev = line.hash
    return b"".join(made)


def check(data: bytes, size: int = 1 << 17) -> Quick | None:
    """The check, with the bytes in blocks of that size."""
    return quick.quick(data[at : at + size] for at in range(0, len(data), size))


def test_a_sound_journal_comes_to_what_it_holds(data: bytes, now: datetime) -> None:
    found = check(data)
    assert found == Quick(
        seq=LINES, head=data.splitlines()[-1][:64].decode(), first=lines.stamp(now),
        last=lines.stamp(now + timedelta(hours=3)), steps=[3],
    )  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 63, 64, 65, 200, 449, 450, 451, 10_000])
def test_blocks_may_be_cut_anywhere(data: bytes, size: int) -> None:
    assert check(data, size) == check(data)
    torn = check(data + b"half a li", size)
    assert torn is not None
    assert (torn.seq, torn.torn) == (LINES, 9)


def altered(data: bytes, how: str) -> Iterator[bytes]:
    """The journal with one thing done to it, at every byte in turn."""
    for at in range(len(data)):
        before, byte, after = data[:at], data[at : at + 1], data[at + 1 :]
        yield {
            "flipped": before + bytes([byte[0] ^ 1]) + after,
            "deleted": before + after,
            "doubled": before + byte + byte + after,
            "swapped with the next": before + after[:1] + byte + after[1:],
            "a tab put in": before + b"\t" + byte + after,
            "a newline put in": before + b"\n" + byte + after,
            "made a tab": before + b"\t" + after,
            "made a newline": before + b"\n" + after,
        }[how]


HOWS = ["flipped", "deleted", "doubled", "swapped with the next", "a tab put in", "a newline put in", "made a tab",
        "made a newline"]  # fmt: skip


@pytest.mark.parametrize("how", HOWS)
def test_nothing_done_to_any_byte_passes(data: bytes, how: str) -> None:
    """What passes is the same journal, or one whose end alone is unfinished: the lines before it are whole."""
    whole = len(data.splitlines()[-1]) + 1
    for one in altered(data, how):
        found = check(one)
        if found is None or one == data:
            continue
        assert one[: len(data) - whole] == data[:-whole]
        assert (found.seq, found.torn > 0) == (LINES - 1, True)


def rows(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def a_byte_wanders(data: bytes) -> bytes:
    """The last character of one line's hash stands at the start of the next line's."""
    one, two, three, four = rows(data)
    return one + two[:63] + two[64:] + two[63:64] + three + four


def all_of_a_hash_wanders(data: bytes) -> bytes:
    one, two, three, four = rows(data)
    return one + two[64:] + two[:64] + three + four


def a_part_more(data: bytes) -> bytes:
    """One line has four parts where the others have three."""
    one, two, three, four = rows(data)
    return one + two[:-1] + b"\tmore\n" + three + four


def a_part_more_everywhere(data: bytes) -> bytes:
    return b"".join(row[:-1] + b"\tmore\n" for row in rows(data))


def a_part_less(data: bytes) -> bytes:
    one, two, three, four = rows(data)
    return one + two.rpartition(b"\t")[0] + b"\n" + three + four


def separators_exchanged(data: bytes) -> bytes:
    """The tab before a text is a newline, and the newline after it a tab."""
    one, two, three, four = rows(data)
    head, _, text = two[:-1].rpartition(b"\t")
    return one + head + b"\n" + text + b"\t" + three + four


def a_blank_line(data: bytes) -> bytes:
    one, *others = rows(data)
    return one + b"\n" + b"".join(others)


def carriage_returns(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


CROOKED: list[Callable[[bytes], bytes]] = [
    a_byte_wanders, all_of_a_hash_wanders, a_part_more, a_part_more_everywhere, a_part_less, separators_exchanged,
    a_blank_line, carriage_returns,
]  # fmt: skip


@pytest.mark.parametrize("crooked", CROOKED, ids=[one.__name__ for one in CROOKED])
@pytest.mark.parametrize("size", [100, 1 << 17])
def test_what_checking_by_columns_could_miss_does_not_pass(
    data: bytes, crooked: Callable[[bytes], bytes], size: int
) -> None:
    assert check(crooked(data), size) is None


FORGED = {
    "a minute that is none": (b":02:11.310Z", b":72:11.310Z"),
    "a second that is none": (b":11.310Z", b":71.310Z"),
    "a fraction that is none": (b".310Z", b".3x0Z"),
    "a zone that is another": (b".310Z", b".310z"),
    "a person that is none": (b'"by":"a@x"', b'"by":12345'),
    "a deed that is none": (b'"did":"answered"', b'"did":["answer"]'),
    "a newer version": (b'{"v":1', b'{"v":2'),
    "a space": (b',"by"', b', "by"'),
    "a key more": (b',"body"', b',"more":1,"body"'),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_last_line_made_by_hand_does_not_pass_for_its_checksums(data: bytes, kind: str) -> None:
    *others, last = rows(data)
    _, envelope, text = last.split(b"\t")
    old, new = FORGED[kind]
    assert envelope.count(old) == 1
    forged = envelope.replace(old, new)
    assert check(b"".join([*others, sha256(forged).hexdigest().encode(), b"\t", forged, b"\t", text])) is None


def test_nothing_is_no_journal() -> None:
    assert check(b"") is None
    assert check(b"\n") is None
    assert check(b"no line at all") is None


def test_a_redaction_that_may_be_announced_is_pointed_out(now: datetime) -> None:
    raw, _ = lines.build(
        seq=1, prev=lines.GENESIS, at=now, by="a@x", did="d", why=None, salt=b"s" * 16, puts=[("redactions", "1", {})]
    )
    for size in (7, 1 << 17):
        found = check(raw, size)
        assert found is not None
        assert found.marked


def test_what_was_found_right_may_be_forgotten(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check(data)
    monkeypatch.setattr(quick, "_KNOWN_MOST", 1)
    assert check(data, 450) == expected
