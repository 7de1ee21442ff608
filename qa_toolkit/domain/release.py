"""The check before something goes out: identifiers in free text, each changed or released by name, and remembered.

What was decided is remembered by a code of the words, not by the words, so that the record does not repeat them. A
pattern is kept as it was written: whoever writes one chooses what it says. What a class may see, those above it may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.identifiers import Hit, Kind, case_references, identifiers
from qa_toolkit.domain.records import Record

_LEAST_PATTERN = 4
"""Letters and digits that a pattern must name, so that it lets one thing through and not everything."""
_CODE = re.compile(r"[a-z_]+:[0-9a-f]{12}")


class Handled(StrEnum):
    """What became of something found."""

    RELEASED = "released"
    CHANGED = "changed"


class Handling(Record):
    """What was decided about a text, or about all that are like it; the id is its code, or `<kind>~<pattern>`."""

    table: ClassVar[str] = "handlings"

    kind: Kind
    pattern: str = ""
    """`*@northshire.gov.uk`: every text of that kind that is like it; empty for one text alone."""
    handled: Handled
    to: str = ""
    """What stands in its place, where it was changed."""
    audience: Audience
    """The lowest class that it was decided for."""
    reason: str
    by: str
    on: date

    @property
    def words(self) -> str:
        """What it is about, without repeating it."""
        return self.pattern or self.id


class Found(NamedTuple):
    """Something in the text of an output that could identify somebody."""

    place: str
    """Where, as a reader would look for it."""
    hit: Hit
    handling: Handling | None
    """What was decided about it for this audience; None while nobody has."""

    @property
    def code(self) -> str:
        """The code by which it is decided on."""
        return code(self.hit)

    @property
    def sentence(self) -> str:
        """Where it is, what it looks like, and the code."""
        return f"{self.place}: {self.hit.sentence} [{self.code}]"


def plain(text: str) -> str:
    """The same thing written in another way gives the same: no spaces or dashes, small letters."""
    return re.sub(r"[\s()\u00a0-]", "", text).casefold()


def code(hit: Hit) -> str:
    """The code of the words: `phone:3f9a1c2b7d10`."""
    return f"{hit.kind}:{sha256(f'{hit.kind} {plain(hit.text)}'.encode()).hexdigest()[:12]}"


def hits(text: str, audience: Audience, today: date) -> list[Hit]:
    """What could identify somebody to that audience: a case's pseudonym too, for those who see no cases."""
    found = identifiers(text, today=today)
    return found if audience.sees_cases else sorted([*found, *case_references(text)], key=lambda hit: hit.start)


def decided(hit: Hit, audience: Audience, handlings: Mapping[str, Handling]) -> Handling | None:
    """What was decided about it for that audience: about itself first, then by pattern."""
    exact = handlings.get(code(hit))
    if exact is not None and audience.sees(exact.audience):
        return exact
    for one in handlings.values():
        if one.pattern and one.kind is hit.kind and audience.sees(one.audience) and like(hit.text, one.pattern):
            return one
    return None


def like(text: str, pattern: str) -> bool:
    """Whether the text is like the pattern, however it is spaced; `*` stands for anything."""
    return fnmatchcase(plain(text), plain(pattern).replace("[", "[[]"))


def look(
    texts: Iterable[tuple[str, str]], audience: Audience, handlings: Mapping[str, Handling], *, today: date,
    contacts: Iterable[str] = (),
) -> list[Found]:  # fmt: skip
    """Everything found in (place, text); what stands in a contact field of an agency is no free text."""
    contact = {plain(one) for one in contacts if one}
    # The same words stand in many cells of a workbook: each text is looked through once.
    known: dict[str, list[Hit]] = {}
    found = []
    for place, text in texts:
        if text not in known:
            known[text] = [hit for hit in hits(text, audience, today) if plain(hit.text) not in contact]
        found += [Found(place, hit, decided(hit, audience, handlings)) for hit in known[text]]
    return found


def changed(text: str, audience: Audience, handlings: Mapping[str, Handling], *, today: date) -> str:
    """The text with what was decided to be changed in it changed."""
    done, end = [], 0
    for hit in hits(text, audience, today):
        handling = decided(hit, audience, handlings)
        if handling is not None and handling.handled is Handled.CHANGED and hit.start >= end:
            done += [text[end : hit.start], handling.to]
            end = hit.end
    return "".join([*done, text[end:]])


def check_code(text: str) -> tuple[Kind, str]:
    """The kind and the code that were typed.

    Raises:
        InputError: It is no code.
    """
    typed = text.strip().lower()
    if not _CODE.fullmatch(typed) or typed.partition(":")[0] not in list(Kind):
        raise InputError(f"“{text}” is no code of something found: `qa release hits` shows them (phone:3f9a1c2b7d10).")
    return Kind(typed.partition(":")[0]), typed


def check_pattern(kind: Kind, pattern: str) -> str:
    """The id of a handling by pattern.

    Raises:
        InputError: It says too little, or has a sign that means something else elsewhere.
    """
    said = plain(pattern)
    if sum(char.isalnum() for char in said) < _LEAST_PATTERN or "?" in said or "[" in said:
        raise InputError(
            f"“{pattern}” says too little: write at least {_LEAST_PATTERN} letters or digits that they share, and * "
            "for the rest, as *@northshire.gov.uk."
        )
    return f"{kind}~{said}"
