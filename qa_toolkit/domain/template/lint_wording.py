"""What can be told about a question's wording by rule: two asks in one, a hint at the answer, length, repetition.

*Two asks* is: two question marks; `and/or`; `both`, as a word; `and` or `or` followed by the beginning of a second
question (`and was`, `and how`); or `and` joining two things done (`recorded and investigated`). `and` between things
(`parents and carers`) is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST_SENTENCE: Final = 30
"""Words."""
_ALIKE: Final = 0.8
"""Share of words in common, from which two questions ask nearly the same."""
_MOST_COMPARED: Final = 400
"""Questions; beyond that only equal wording is found, because all pairs would take seconds."""

_DONE = (
    r"(?:[a-z]{3,}ed|used|seen|heard|given|made|held|told|kept|taken|sent|shown|found|written|known|"
    r"met|led|sought|built|brought|put|set|understood)"
)
_SECOND_ASK: Final = re.compile(
    r",? (?:and|or) (?:(?:was|were|is|are|did|does|do|has|have|had|can|could|would|will|should|"
    r"when|how|why|what|who|where|whether)\b)"
    r"(?! (?:relevant|appropriate|necessary|needed|possible))",
    re.IGNORECASE,
)
_TWO_DONE: Final = re.compile(
    rf"\b(?P<one>{_DONE})(?: [a-z]+ly| [a-z]+){{0,2}},? and (?:then |also )?(?:[a-z]+ly )?(?P<two>{_DONE})\b"
    r"(?! (?:by|or) (?:date|them)\b)",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(r"\bboth\b(?! (?:ways|parents|carers|sides|agencies|directions|of them)\b)", re.IGNORECASE)
# Words that end like a thing done and are not.
_NOT_DONE: Final = frozenset({"need", "needed", "indeed", "based", "named", "dated", "missed", "related", "led", "set"})
_LEADING: Final = re.compile(
    r"\b(?:(?:do|would) you (?:not )?agree|surely|obviously|of course|how (?:well|effectively|successfully)\b"
    r"|(?:is|was|did|do|does|has|were|are)n['’]t|fail(?:ed|ure|ing) to|(?:un)?fortunately)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.?!:;])\s+|\n+")
_WORD: Final = re.compile(r"[a-z0-9’']+")
_EMPTY_WORDS: Final = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "was", "were", "is", "are", "did"}
    | {"does", "do", "has", "have", "had"}
)


def is_double(text: str) -> str:
    """The words that join two asks, or an empty text."""
    if text.count("?") > 1:
        return "two question marks"
    if "and/or" in text.casefold():
        return "and/or"
    both = _BOTH.search(text)
    if both:
        return both[0]
    second = _SECOND_ASK.search(text)
    if second:
        return second[0].lstrip(", ")
    for found in _TWO_DONE.finditer(text):
        if found["one"].casefold() not in _NOT_DONE and found["two"].casefold() not in _NOT_DONE:
            return found[0]
    return ""


def is_leading(text: str) -> str:
    """The words that hint at an answer, or an empty text."""
    found = _LEADING.search(text)
    return found[0] if found else ""


def long_sentences(text: str) -> Iterator[str]:
    """For each sentence that is too long, advice that begins with how long it is."""
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if len(words) > LONGEST_SENTENCE:
            yield f"has a sentence of {len(words)} words (“{' '.join(words[:5])} …”): make two of it."


def repeated(questions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of ids: a question, and an earlier one that asks nearly the same."""
    sets = [(id, frozenset(_WORD.findall(text.casefold())) - _EMPTY_WORDS) for id, text in questions]
    if len(sets) > _MOST_COMPARED:
        first: dict[frozenset[str], str] = {}
        for id, words in sets:
            if first.setdefault(words, id) != id:
                yield id, first[words]
        return
    earlier: dict[int, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for id, words in sets:
        yield from _first_alike(id, words, earlier)
        earlier[len(words)].append((id, words))


def _first_alike(
    id: str, words: frozenset[str], earlier: dict[int, list[tuple[str, frozenset[str]]]]
) -> Iterator[tuple[str, str]]:
    # Sets whose sizes differ by more than the share cannot be alike.
    for size in range(int(len(words) * _ALIKE), int(len(words) / _ALIKE) + 1):
        for other, theirs in earlier[size]:
            if words and len(words & theirs) >= _ALIKE * len(words | theirs):
                yield id, other
                return
