"""How those who are asked in an audit are listed: what is still to come, what was last made for them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from qa_toolkit.domain.dates import day_of, show_date, show_moment
from qa_toolkit.domain.text import cells as width_of
from qa_toolkit.domain.text import how_many

if TYPE_CHECKING:
    from qa_toolkit.exchange.sent import Addressee

COLUMNS: Final = (("For", 0), ("To come", 8), ("Last made", 11), ("How", 11), ("Parcels", 9))


def rows(listed: Sequence[Addressee], place: tzinfo, room: int) -> Iterator[tuple[str, ...]]:
    """A line for each, whose name has so many columns."""
    names = [_name(one, one.name) for one in listed]
    if any(width_of(name) > room for name in names):
        # An agency's id says more than the first half of its name; the whole of that stands below.
        names = [_name(one, one.id) for one in listed]
    for one, name in zip(listed, names, strict=True):
        when = show_date(day_of(one.last.at, place)) if one.last else "–"
        how = one.last.kind if one.last else "nothing yet"
        yield name, f"{one.owed} of {one.asked}", when, how, "has a key" if one.key else "no key"


def _name(one: Addressee, name: str) -> str:
    return f"  {name}, blind" if one.second else name


def facts(rows: Sequence[Addressee]) -> str:
    """How much is still to come, and for how many nothing was made yet."""
    agencies = [one for one in rows if not one.second]
    to_come, asked = sum(one.owed for one in agencies), sum(one.asked for one in agencies)
    never = sum(one.last is None for one in agencies)
    return (
        f"{to_come} of {asked} returns still to come; nothing was made yet for {never or 'none'} of {len(agencies)} "
        "agencies."
    )


def in_words(one: Addressee, by: str) -> str:
    """One of them in a sentence or two; `by` is who made the last, by name."""
    whose = (
        f"{one.name} ({one.id}) scores {how_many(one.asked, 'case')} blind" if one.second else f"{one.name} ({one.id})"
    )
    words = f"{whose}: {one.owed} of {one.asked} still to come. "
    if one.last is None:
        return f"{words}No note says that a tool or a parcel was made."
    article = "an" if one.last.kind[:1] in "aeiou" else "a"
    held = how_many(one.last.returns, "return")
    return (
        f"{words}The last was {article} {one.last.kind}, {one.last.file}, with {held}, made "
        f"{show_moment(one.last.at)} by {by}."
    )
