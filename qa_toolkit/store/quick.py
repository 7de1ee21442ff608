"""The quick check of a journal: what its bytes must be is built from what varies in them, and compared.

Some lines at a time, column by column, because a step of Python for each line and each check costs more than the
hashing. No text is read, and no JSON but who, did and why, once for each that is different.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from qa_toolkit.store import lines
from qa_toolkit.store.lines import GENESIS, VERSION
from qa_toolkit.store.replay import REDACTIONS

_MARKED = b'"' + REDACTIONS.encode() + b'"'
_SECONDS = re.compile(r"[0-5][0-9]\.[0-9]{3}Z").fullmatch
_START = f'{{"v":{VERSION},"seq":'
"""How each line's envelope begins, up to its number."""
_END = 64 + len('"}')
"""How many characters the text's hash, and what closes the envelope, take."""
_MINUTE, _STAMP = len("2026-11-23T14:02:"), len("2026-11-23T14:02:11.310Z")
_KNOWN_MOST = 10_000
"""Distinct who-did-why texts, minutes and seconds, that are remembered at a time."""


@dataclass(slots=True)
class Quick:
    """What a sound journal comes to."""

    seq: int = 0
    head: str = GENESIS
    first: str = ""
    last: str = ""
    steps: list[int] = field(default_factory=list)
    """Lines whose time is before that of the line above them."""
    marked: bool = False
    """A redaction may be announced in it."""
    torn: int = 0
    """Bytes after the last whole line."""


class _Known:
    """Texts that were found right, so that each is looked at once."""

    def __init__(self, good: Callable[[str], object]) -> None:
        self._good = good
        self._texts: set[str] = set()

    def all(self, texts: set[str]) -> bool:
        """Whether all of these are right."""
        fresh = texts - self._texts
        if not all(map(self._good, fresh)):
            return False
        if len(self._texts) + len(fresh) > _KNOWN_MOST:
            self._texts.clear()
        self._texts |= fresh
        return True


def quick(blocks: Iterator[bytes]) -> Quick | None:
    """What a journal's blocks come to, or None as soon as anything is not exactly as it must be."""
    found = Quick()
    minutes, seconds, deeds = _Known(_is_minute), _Known(_SECONDS), _Known(_is_deed)
    for rows in _rows(blocks, found):
        linked = _linked(found, rows)
        if linked is None:
            return None
        tails = linked.tails
        stamps = [tail[:_STAMP] for tail in tails]
        if not (
            minutes.all({stamp[:_MINUTE] for stamp in stamps})
            and seconds.all({stamp[_MINUTE:] for stamp in stamps})
            and deeds.all({tail[_STAMP:] for tail in tails})
        ):
            return None
        _follow_clock(found, stamps)
    return found if found.seq else None


class Sound(NamedTuple):
    """Lines that are exactly as they must be, column by column."""

    stamps: list[str]
    hashes: list[str]
    texts: list[bytes]


_AT_A_TIME = 2_000


def sound(rows: Sequence[bytes]) -> Sound | None:
    """What a journal's lines, from its first on and without their newlines, hold; None if one is not exactly right.

    A line whose text is missing, or that announces such a line, is not looked into: that is None as well.
    """
    found, all_of = Quick(), Sound([], [], [])
    minutes, seconds, deeds = _Known(_is_minute), _Known(_SECONDS), _Known(_is_deed)
    for first in range(0, len(rows), _AT_A_TIME):
        linked = _linked(found, rows[first : first + _AT_A_TIME])
        if linked is None or any(not text or _MARKED in text for text in linked.texts):
            return None
        stamps = [tail[:_STAMP] for tail in linked.tails]
        if not (
            minutes.all({stamp[:_MINUTE] for stamp in stamps})
            and seconds.all({stamp[_MINUTE:] for stamp in stamps})
            and deeds.all({tail[_STAMP:] for tail in linked.tails})
        ):
            return None
        all_of.stamps.extend(stamps)
        all_of.hashes.extend(linked.hashes)
        all_of.texts.extend(linked.texts)
    return all_of


def _rows(blocks: Iterator[bytes], found: Quick) -> Iterator[list[bytes]]:
    """Some whole lines at a time, without their newlines."""
    rest: list[bytes] = []
    for block in blocks:
        cut = block.rfind(b"\n")
        if cut < 0:
            rest.append(block)
            continue
        data = b"".join([*rest, block[:cut]])
        rest = [block[cut + 1 :]]
        found.marked = found.marked or _MARKED in data
        yield data.split(b"\n")
    found.torn = sum(map(len, rest))


class _Linked(NamedTuple):
    """Lines that follow one another."""

    tails: list[str]
    """What each has between the hash before it and that of its text."""
    hashes: list[str]
    texts: tuple[bytes, ...]


def _linked(found: Quick, rows: Sequence[bytes]) -> _Linked | None:
    """The lines' columns; None if a hash is not right."""
    try:
        # Strict, because a line with more parts than another would otherwise lose them here unseen.
        claimed, envelopes, texts = zip(*[row.split(b"\t") for row in rows], strict=True)
    except ValueError:
        return None
    hashes = [sha256(envelope).hexdigest() for envelope in envelopes]
    # Joined by what stands in none of them: without it, a byte could wander from one line's hash to the next.
    if b"\t".join(claimed) != "\t".join(hashes).encode():
        return None
    # One character for each byte, so that equal texts are equal bytes whatever the bytes are.
    said = [envelope.decode("latin-1") for envelope in envelopes]
    before = [found.head, *hashes[:-1]]
    starts = [f'{_START}{seq},"prev":"{prev}","at":"' for seq, prev in enumerate(before, found.seq + 1)]
    tails = [one[len(start) : -_END] for one, start in zip(said, starts, strict=True)]
    parts = zip(starts, tails, texts, strict=True)
    if said != [f'{start}{tail}{sha256(text).hexdigest()}"}}' for start, tail, text in parts]:
        return None
    found.seq, found.head = found.seq + len(rows), hashes[-1]
    return _Linked(tails, hashes, texts)


def _follow_clock(found: Quick, stamps: list[str]) -> None:
    """Note the lines whose time is before that of the line above; texts of one form sort as the times do."""
    run = [found.last, *stamps]
    if run != sorted(run):
        first = found.seq - len(stamps) + 1
        found.steps += [seq for seq, (above, here) in enumerate(pairwise(run), first) if here < above]
    found.first, found.last = found.first or stamps[0], stamps[-1]


def _is_minute(minute: str) -> bool:
    """Whether a text is a time down to the minute, as `2026-11-23T14:02:`."""
    return lines.is_stamp(f"{minute}00.000Z")


def _is_deed(tail: str) -> bool:
    """Whether what stands between the time and the text's hash is who, did and why."""
    deed = tail.removesuffix(',"body":"')
    try:
        lines.check_deed(deed.encode("latin-1"))
    except ValueError:
        return False
    return deed != tail
