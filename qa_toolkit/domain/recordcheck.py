"""The record check: the words in which agencies answer it, a pasted column of them, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from qa_toolkit.domain.audits import Allocation, Known, RecordCheck
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import shorten

NO_REPLY = "no_reply"
"""The answer of an agency that has not answered: kept as the absence of a record, so that it can be taken back."""

WORDS: Mapping[str, Known | None] = {
    "known": Known.KNOWN, "k": Known.KNOWN, "yes": Known.KNOWN, "y": Known.KNOWN,
    "not known": Known.NOT_KNOWN, "n": Known.NOT_KNOWN, "no": Known.NOT_KNOWN, "unknown": Known.NOT_KNOWN,
    "family known": Known.FAMILY_KNOWN, "f": Known.FAMILY_KNOWN, "family": Known.FAMILY_KNOWN,
    "no reply": None, "r": None, "": None, "-": None, "–": None,
}  # fmt: skip
"""What people write, without capitals, and what it means; None is no reply."""
HEADINGS = {"child", "case", "ref", "reference", "subject", "pseudonym"}
_SUGGESTED = ("known", "not known", "family known", "no reply")


def label(known: Known | None) -> str:
    """The answer in words, “No reply” where there is none."""
    return "No reply" if known is None else known.label


def read_answer(text: str) -> Known | None:
    """What a word means, however it is written.

    Raises:
        InputError: It is none of the answers; the sentence names the nearest.
    """
    plain = " ".join(text.replace("_", " ").casefold().split())
    if plain in WORDS:
        return WORDS[plain]
    near = get_close_matches(plain, [word for word in WORDS if len(word) > 2], 1, 0.6)
    hint = f"Did you mean “{near[0]}”?" if near else f"Write one of: {', '.join(_SUGGESTED)}."
    raise InputError(f"“{shorten(text.strip(), 40)}” is no answer to a record check. {hint}")


def read_column(text: str, asked: Sequence[str], audit_id: str) -> dict[str, Known | None]:
    """A pasted column: subject id to answer, for lines of “child TAB answer” or answers alone in the grid's order.

    `asked` are the ids of the children that the agency is asked about, in the order of the grid. An empty answer is
    no reply. Where children are named, those that are not keep what they have.

    Raises:
        InputError: Anything is not understood; every such line is named, and nothing is to be taken over.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise InputError("There is nothing in what was pasted. Copy the column of answers, and paste it again.")
    if any("\t" in line for line in lines):
        return _named(lines, asked, audit_id)
    if len(lines) != len(asked):
        raise InputError(
            f"{_count(len(lines), 'answer')} for {_count(len(asked), 'child')}: paste one for each child that is "
            "asked about, in the order of the grid, or put the child’s reference and a tab before each."
        )
    found, faults = {}, []
    for number, (line, subject) in enumerate(zip(lines, asked, strict=True), start=1):
        try:
            found[subject] = read_answer(line)
        except InputError as error:
            faults.append(f"Line {number}: {error}")
    return _all_or_nothing(found, faults)


def _named(lines: Sequence[str], asked: Sequence[str], audit_id: str) -> dict[str, Known | None]:
    short = {id.removeprefix(f"{audit_id}-"): id for id in asked}
    found: dict[str, Known | None] = {}
    first_at: dict[str, int] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        child, _, answer = line.partition("\t")
        wanted = child.strip().upper()
        if not line.strip() or (number == 1 and child.strip().casefold() in HEADINGS):
            continue
        subject = wanted if wanted in asked else short.get(wanted, "")
        if not subject:
            near = get_close_matches(wanted, short, 1)
            hint = f"Did you mean {near[0]}?" if near else "The grid shows the references."
            faults.append(f"Line {number}: this agency is asked about no child “{shorten(child.strip(), 40)}”. {hint}")
        elif subject in first_at:
            faults.append(f"Line {number}: {wanted} stands in line {first_at[subject]} already. Keep one of them.")
        else:
            first_at[subject] = number
            try:
                found[subject] = read_answer(answer)
            except InputError as error:
                faults.append(f"Line {number}: {error}")
    return _all_or_nothing(found, faults)


def _all_or_nothing(found: dict[str, Known | None], faults: list[str]) -> dict[str, Known | None]:
    if faults:
        raise InputError("\n".join(["Nothing was taken over, because of what stands here:", *faults]))
    if not found:
        raise InputError("What was pasted holds a heading and no answers.")
    return found


def _count(number: int, noun: str) -> str:
    many = {"child": "children"}.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else many}"


class Standing(NamedTuple):
    """How far one agency has come with the record check."""

    agency: str
    asked: int
    """Children that it is asked about."""
    counts: Mapping[Known, int]

    @property
    def replied(self) -> int:
        """Children about whom it has answered."""
        return sum(self.counts.values())

    @property
    def silent(self) -> bool:
        """Whether it was asked and has answered nothing at all."""
        return self.asked > 0 and self.replied == 0


def standings(
    agencies: Iterable[str], owed: Iterable[Allocation], checks: Mapping[str, RecordCheck]
) -> tuple[Standing, ...]:
    """How far each agency has come, in the order given."""
    allocations = tuple(owed)
    found = []
    for agency in agencies:
        ids = [one.id for one in allocations if one.agency == agency]
        counts = {known: sum(id in checks and checks[id].known is known for id in ids) for known in Known}
        found.append(Standing(agency, len(ids), counts))
    return tuple(found)


def progress(found: Sequence[Standing]) -> str:
    """How far the whole check has come, in a sentence that names who has not answered at all."""
    asked, replied = sum(one.asked for one in found), sum(one.replied for one in found)
    if not asked:
        return "Nobody is asked yet: add a case first."
    silent = [one.agency for one in found if one.silent]
    rest = f" No reply at all from {', '.join(silent)}." if silent else ""
    return f"{replied} of {asked} asked replied.{rest}"
