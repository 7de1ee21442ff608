"""Drawing a sample of cases so that anybody can draw it again: method, seed and the digest of the list are kept.

The draw uses no random generator of the language, whose results may change from version to version. Each candidate gets
the sha256 of `seed`, a newline and its reference; candidates are taken in the order of these numbers. A stratified draw
shares the size out by the largest remainder (Hamilton's method): each stratum gets the whole part of its quota, and
what is left goes to the largest fractions, ties to the stratum that comes first by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.records import Frozen, Record


class Method(StrEnum):
    """How cases are chosen."""

    SIMPLE = "simple"
    STRATIFIED = "stratified"
    PURPOSIVE = "purposive"


class Candidate(Frozen):
    """One row of the list that is drawn from: a pseudonym, and what it is sorted by."""

    ref: str
    strata: dict[str, str] = {}
    excluded: str = ""
    """Why it is not drawn from, where it is not."""


class Drawn(Record):
    """A case that was drawn; the id is the audit's subject."""

    table: ClassVar[str] = "drawn"

    ref: str
    """The candidate's reference in the list."""
    stratum: str = ""
    reason: str = ""
    """Why it was chosen, in a purposive sample; or why it replaced another."""
    replaces: str = ""
    """The subject that it stands in for."""


class Sample(Record):
    """How an audit's cases were drawn; the id is the audit's."""

    table: ClassVar[str] = "samples"

    method: Method
    seed: str
    by: tuple[str, ...] = ()
    """Columns by which a stratified sample is shared out."""
    size: int
    reserves: int = 0
    frame: str
    """The sha256 of the list in its canonical form."""
    listed: int
    """Candidates in the list."""
    excluded: int
    """Of these, not drawn from."""
    reserve_refs: tuple[str, ...] = ()
    """Candidates that stand by, in the order in which they step in."""


class Draw(NamedTuple):
    """The outcome of a draw."""

    chosen: tuple[Candidate, ...]
    reserves: tuple[Candidate, ...]
    quotas: dict[str, int]
    """Cases of each stratum, by its name."""


def frame_digest(candidates: Iterable[Candidate]) -> str:
    """The sha256 of the list, whatever the order of its rows and columns."""
    rows = sorted(
        "\t".join([c.ref, *(f"{k}={v}" for k, v in sorted(c.strata.items())), f"excluded={c.excluded}"])
        for c in candidates
    )
    return sha256("\n".join(rows).encode()).hexdigest()


def check_frame(candidates: Sequence[Candidate]) -> None:
    """Refuse a list with a reference twice, or with nobody in it."""
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.ref.casefold() in seen:
            raise InputError(f"{candidate.ref} stands in the list twice: each candidate has one row.")
        seen.add(candidate.ref.casefold())
    if not candidates:
        raise InputError("The list has no candidates.")


def stratum_of(candidate: Candidate, by: Sequence[str]) -> str:
    """The stratum's name: the values of its columns."""
    return " / ".join(candidate.strata.get(column, "") or "not recorded" for column in by)


def quotas(counts: Mapping[str, int], size: int) -> dict[str, int]:
    """Cases for each stratum, by the largest remainder; never more than it holds."""
    total = sum(counts.values())
    size = min(size, total)
    exact = {name: Fraction(size * count, total) for name, count in counts.items()} if total else {}
    found = {name: int(share) for name, share in exact.items()}
    by_fraction = sorted(exact, key=lambda name: (-(exact[name] - found[name]), name))
    for name in by_fraction[: size - sum(found.values())]:
        found[name] += 1
    return found


def draw(
    candidates: Sequence[Candidate],
    method: Method,
    size: int,
    *,
    seed: str,
    by: Sequence[str] = (),
    reserves: int = 0,
    named: Mapping[str, str] | None = None,
) -> Draw:
    """The draw. A purposive one takes `named`: reference to the reason for choosing it.

    Raises:
        InputError: More asked for than the list holds, a column that it lacks, a name without a reason.
    """
    check_frame(candidates)
    eligible = [candidate for candidate in candidates if not candidate.excluded]
    if size < 1:
        raise InputError("Draw one case at the least.")
    if size > len(eligible):
        raise InputError(f"The list has {len(eligible)} candidates to draw from, and {size} are asked for.")
    order = sorted(eligible, key=lambda candidate: (_number(seed, candidate.ref), candidate.ref))
    if method is Method.PURPOSIVE:
        return _purposive(order, named or {}, reserves)
    if method is Method.SIMPLE:
        return Draw(tuple(order[:size]), tuple(order[size : size + reserves]), {"": size})
    return _stratified(order, size, by, reserves)


def _number(seed: str, ref: str) -> str:
    return sha256(f"{seed}\n{ref}".encode()).hexdigest()


def _purposive(order: list[Candidate], named: Mapping[str, str], reserves: int) -> Draw:
    known = {candidate.ref: candidate for candidate in order}
    for ref, reason in named.items():
        if ref not in known:
            raise InputError(f"{ref} is not in the list, or is excluded from it.")
        if len(reason.strip()) < 5:
            raise InputError(f"Say why {ref} was chosen: a sample by purpose keeps its reasons.")
    chosen = tuple(known[ref] for ref in named)
    rest = [candidate for candidate in order if candidate.ref not in named]
    return Draw(chosen, tuple(rest[:reserves]), {"": len(chosen)})


def _stratified(order: list[Candidate], size: int, by: Sequence[str], reserves: int) -> Draw:
    if not by:
        raise InputError("A stratified sample needs the column, or columns, by which it is shared out.")
    known = {column for candidate in order for column in candidate.strata}
    for column in by:
        if column not in known:
            raise InputError(f"The list has no column “{column}”. It has: {', '.join(sorted(known)) or 'none'}.")
    strata: dict[str, list[Candidate]] = {}
    for candidate in order:
        strata.setdefault(stratum_of(candidate, by), []).append(candidate)
    shares = quotas({name: len(rows) for name, rows in strata.items()}, size)
    chosen = tuple(candidate for name in sorted(strata) for candidate in strata[name][: shares[name]])
    taken = {candidate.ref for candidate in chosen}
    rest = [candidate for candidate in order if candidate.ref not in taken]
    return Draw(chosen, tuple(rest[:reserves]), shares)
