"""A journal's bytes made into a state: all of them, up to a damage, or up to a moment.

A sound journal without redactions, which nearly every one is, is checked column by column; any other line by line, to
name what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qa_toolkit.domain.errors import Damaged
from qa_toolkit.store import lines
from qa_toolkit.store.quick import sound
from qa_toolkit.store.replay import Redaction, State


@dataclass(frozen=True, slots=True)
class Opened:
    """A state, and what stopped it short."""

    state: State
    damage: Damaged | None
    watched: str
    """The hash of the line that the caller asked about; empty if there is none."""


def open_bytes(data: bytes, path: str, *, until: datetime | None = None, watch: int = 0) -> Opened:
    """The state after whole lines `data`, read again when a redaction is announced further down.

    `watch` is a line whose hash is wanted: how a caller sees that a replaced file holds what it has read before.

    Raises:
        Damaged: Nothing can be read: the file is empty, or its first line is not right.
        TooNew: A line is of a newer version.
    """
    if not data:
        raise Damaged(
            f"{path} is empty: a record is never empty, so something has emptied it. Put back a copy from a backup.",
            path=path,
        )
    raws = data.split(b"\n")[:-1]
    if (swift := _swiftly(raws, path, [until], watch)) is not None:
        return swift[0]
    limit, damage = len(raws), None
    redacted: dict[int, Redaction] = {}
    while True:
        state, found, watched, cut = _pass(raws[:limit], path, redacted, watch, until)
        if found is not None:
            limit, damage = found.line - 1, found
        elif state.news:
            redacted |= state.news
        elif state.unexplained:
            limit = state.unexplained - 1
            damage = lines.damage(path, limit + 1, "its text is missing, and no later line says that it was taken out")
        elif until is not None and cut < limit:
            # Redactions were gathered from the whole journal; now only what was so at that moment.
            return Opened(_upto(raws[:cut], path, redacted), damage, watched)
        else:
            return Opened(state, damage, watched)
        if limit == 0:
            assert damage is not None
            raise damage


def open_at(data: bytes, path: str, moments: Sequence[datetime | None]) -> list[Opened]:
    """The state at each of some moments (None is now) from one reading, each as `open_bytes` gives it."""
    swift = _swiftly(data.split(b"\n")[:-1], path, moments) if data else None
    return swift if swift is not None else [open_bytes(data, path, until=moment) for moment in moments]


def _swiftly(raws: list[bytes], path: str, moments: Sequence[datetime | None], watch: int = 0) -> list[Opened] | None:
    """The states of a journal in which every line is exactly right; None for any other."""
    found = sound(raws)
    if found is None or not raws:
        return None
    cuts = [_cut(found.stamps, moment) for moment in moments]
    states, state = dict[int, State](), State(path)
    try:
        for cut in sorted(set(cuts)):
            state = state.fork() if states else state
            state.take_sound(raws[:cut], found)
            states[cut] = state
    except Damaged:
        return None
    watched = found.hashes[watch - 1] if 0 < watch <= len(raws) else ""
    # Each its own, also where two moments come to the same line: one that is now goes on.
    shared = {cut for cut in cuts if cuts.count(cut) > 1}
    return [Opened(states[cut].fork() if cut in shared else states[cut], None, watched) for cut in cuts]


def _cut(stamps: Sequence[str], until: datetime | None) -> int:
    """How many lines there were."""
    if until is None:
        return len(stamps)
    # Times are written in one way, so that they sort as texts; what is finer than a thousandth is never written.
    moment = lines.stamp(until)
    return next((n for n in range(len(stamps), 0, -1) if stamps[n - 1] <= moment), 0)


def _pass(
    raws: list[bytes], path: str, redacted: dict[int, Redaction], watch: int, until: datetime | None
) -> tuple[State, Damaged | None, str, int]:
    """One reading: the state, the damage that stopped it, the watched hash, and the last line not after `until`."""
    state, watched, cut = State(path, redacted), "", 0
    for raw in raws:
        try:
            line = state.take(raw)
        except Damaged as damage:
            return state, damage, watched, cut
        if line.seq == watch:
            watched = line.hash
        if until is not None and line.at <= until:
            cut = line.seq
    return state, None, watched, cut


def _upto(raws: list[bytes], path: str, redacted: dict[int, Redaction]) -> State:
    state = State(path, redacted)
    for raw in raws:
        state.take(raw)
    return state
