"""Where every journal stands, in a few lines that can be filed with minutes: the proof against a rewritten past.

    qa-heads 1
    partnership 12 5f0c…
    audits/CE-2026-01/audit 40 91ab…
    workspace 7d20…

A history that was recomputed or cut off is found against any such list that was kept elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from qa_toolkit.domain.errors import Damaged, InputError, NotFound
from qa_toolkit.store import lines
from qa_toolkit.store.names import file_of, is_name
from qa_toolkit.store.seam import Place
from qa_toolkit.store.verify import verify_journal

_TITLE = "qa-heads 1"
LARGEST = 10_000_000
"""Bytes of a list; one of ten years is a twentieth of it."""
_LINE = re.compile(r"(\S+) (\d{1,15}) ([0-9a-f]{64})")


class Head(NamedTuple):
    """One journal's last line: its number and its hash, which stands for everything before it."""

    name: str
    seq: int
    hash: str


class Change(StrEnum):
    """What became of a journal since its head was filed."""

    SAME = "same"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    REWRITTEN = "rewritten"
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One filed head and what is there now."""

    filed: Head
    change: Change
    seq: int
    """Lines there now."""

    @property
    def ok(self) -> bool:
        return self.change in (Change.SAME, Change.EXTENDED)


def heads(place: Place, names: Iterable[str] | None = None) -> tuple[Head, ...]:
    """The heads of these journals, or of all, sorted by name. They are read and not checked: `verify` does that.

    Raises:
        Damaged: A journal has no whole last line.
    """
    return tuple(head_of(place, name) for name in sorted(place.list() if names is None else names))


def head_of(place: Place, name: str) -> Head:
    """One journal's head, read from its last line."""
    data = place.read(name).data
    last = lines.claimed(data[data.rfind(b"\n", 0, -1) + 1 : -1])
    if last is None:
        raise Damaged(f"{file_of(name)} has no last line that can be read; run `qa verify`.", path=file_of(name))
    return Head(name, last.seq, last.hash)


def head_at(place: Place, name: str, seq: int) -> Head:
    """A journal's line of that number, as it is claimed to be; it is read and not checked.

    Raises:
        NotFound: There is no such journal, or it has no such line.
    """
    rows = place.read(name).data.split(b"\n")
    line = lines.claimed(rows[seq - 1]) if 0 < seq < len(rows) else None
    if line is None or line.seq != seq:
        raise NotFound(f"{file_of(name)} has no line {seq} any more.")
    return Head(name, seq, line.hash)


def workspace_head(found: Iterable[Head]) -> str:
    """The sha256 of the sorted lines `journal seq hash`, each with its newline: one value for the whole workspace."""
    return sha256("".join(_lines(found)).encode()).hexdigest()


def to_text(found: Iterable[Head]) -> str:
    """The list as it is filed."""
    found = tuple(found)
    return f"{_TITLE}\n{''.join(_lines(found))}workspace {workspace_head(found)}\n"


def from_text(text: str) -> tuple[Head, ...]:
    """A filed list.

    Raises:
        InputError: It is not one, or its last line does not agree with the others.
    """
    rows = [row.strip() for row in text.strip().splitlines()]
    if not rows or rows[0] != _TITLE or not rows[-1].startswith("workspace "):
        raise InputError(f"This is not a list of where the records stood: it begins “{_TITLE}” and ends in a total.")
    found = []
    for row in rows[1:-1]:
        parts = _LINE.fullmatch(row)
        if not parts or not is_name(parts[1]):
            raise InputError(f"“{row[:80]}” is not a line of such a list; file it again from the workspace.")
        found.append(Head(parts[1], int(parts[2]), parts[3]))
    if rows[-1] != f"workspace {workspace_head(found)}":
        raise InputError("This list was changed after it was filed: its total does not agree with its lines.")
    return tuple(found)


def contains(place: Place, filed: Iterable[Head]) -> tuple[Comparison, ...]:
    """What became of each journal since its head was filed. The journals are verified on the way."""
    return tuple(_compare(place, head) for head in sorted(filed))


def _compare(place: Place, filed: Head) -> Comparison:
    try:
        report = verify_journal(place, filed.name)
    except NotFound:
        return Comparison(filed, Change.MISSING, 0)
    if report.faults:
        return Comparison(filed, Change.DAMAGED, report.lines)
    if report.lines < filed.seq:
        return Comparison(filed, Change.SHORTENED, report.lines)
    line = lines.claimed(place.read(filed.name).data.split(b"\n")[filed.seq - 1]) if filed.seq else None
    if line is None or line.hash != filed.hash:
        return Comparison(filed, Change.REWRITTEN, report.lines)
    return Comparison(filed, Change.SAME if report.lines == filed.seq else Change.EXTENDED, report.lines)


def _lines(found: Iterable[Head]) -> list[str]:
    return [f"{head.name} {head.seq} {head.hash}\n" for head in sorted(found)]
