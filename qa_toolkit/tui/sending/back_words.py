"""What is said of a file that came back: what becomes of it, its concerns, and all of it in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from qa_toolkit.domain.text import how_many, shorten, visible

if TYPE_CHECKING:
    from qa_toolkit.exchange.inbox import Item

TAKEN = "taken in"
_COUNTED = {
    TAKEN: TAKEN, "a question": "with a question", "to take in": "to take in", "waits": "waiting",
    "nothing new": "with nothing new", "a plan": "that may be a plan", "not ours": "not for here",
}  # fmt: skip
"""What can become of a file, in the order of the list, with the words of a count."""
_CONCERNS, _LONGEST = 3, 300
"""Concerns in the band above the list, and characters of one; the rest stands in what is said of their file."""


def becomes(item: Item) -> str:
    """What would become of it."""
    if item.asks:
        return "a question"
    if item.foreign:
        return "a plan" if item.plan else "not ours"
    return "waits" if item.waits else "to take in" if item.changes else "nothing new"


def rank(item: Item) -> tuple[bool, int]:
    """Its place in the list: concerns first, then what waits for a key press."""
    return not item.concerns, list(_COUNTED).index(becomes(item))


def facts(states: Sequence[str]) -> str:
    """How many files there are, and what becomes of them."""
    counted = ((words, states.count(state)) for state, words in _COUNTED.items())
    return f"{how_many(len(states), 'file')}: {', '.join(f'{count} {words}' for words, count in counted if count)}."


def concern(item: Item, words: str) -> str:
    """One of its concerns, on one line."""
    return " ".join(visible(f"CONCERN in {item.name}, {words}", lines=True).split())


def band(items: Sequence[Item]) -> list[str]:
    """The concerns that stand above everything: the first few, and how many more there are."""
    told = [concern(item, one) for item in items for one in item.concerns]
    lines = [shorten(one, _LONGEST) for one in told[:_CONCERNS]]
    more = len(told) - _CONCERNS
    return [*lines, f"and {more} more, said of their files below."] if more > 0 else lines


def said(item: Item, done: str, told: Collection[str] = ()) -> str:
    """All that is said of it; what is `told` already, above the list, is not said twice."""
    parts = [line for one in item.concerns if (line := concern(item, one)) not in told]
    parts.append(f"{item.name}, {item.what}: {done or becomes(item)}.")
    parts += [why] if (why := item.waits or item.foreign) else []
    return "\n".join([*parts, *(f"  {change}" for change in item.changes)])
