"""What the ids and values in a template may look like, and that none comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from qa_toolkit.domain.template.faults import Found, shown
from qa_toolkit.domain.template.shape import Loc

CAPITAL: Final = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
SMALL: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
ANY: Final = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_DEVICE: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
_LONGEST: Final = 40


def bad_id(id: str, pattern: re.Pattern[str], example: str) -> str:
    """Why this cannot be an id of that pattern, in a sentence; empty when it can."""
    if not pattern.fullmatch(id):
        kinds = {CAPITAL: "capital letters, digits and single dashes", SMALL: "small letters, digits and dashes",
                 NAME: "small letters, digits and _", ANY: "letters, digits, dots, _ and -"}  # fmt: skip
        return f"{shown(id)} cannot be an id here: use {kinds[pattern]}, such as {example}."
    if len(id) > _LONGEST:
        return f"{shown(id)} is too long for an id: {_LONGEST} characters at most."
    if _DEVICE.fullmatch(id):
        return f"{shown(id)} cannot be an id: some computers keep that name for a device. Choose another."
    return ""


def repeated(ids: Iterable[tuple[Loc, str]], thing: str) -> Iterator[Found]:
    """Ids that were there before, compared without case."""
    first: dict[str, str] = {}
    for loc, id in ids:
        folded = id.casefold()
        if folded in first:
            same = f" ({shown(first[folded])} and {shown(id)} count as the same)" if first[folded] != id else ""
            yield Found((*loc, "id"), f"The {thing} {shown(id)} is there already{same}: give this one another id.")
        else:
            first[folded] = id


def option_faults(loc: Loc, values: list[str]) -> Iterator[Found]:
    """Values that are repeated or cannot be a value."""
    places = [((*loc, "options", i), value) for i, value in enumerate(values)]
    yield from (Found((*f.loc[:-1], "value"), f.message.replace("id.", "value.")) for f in repeated(places, "option"))
    for place, value in places:
        bad = bad_id(value, NAME, "partly")
        if bad:
            yield Found((*place, "value"), bad.replace("an id", "a value"))
