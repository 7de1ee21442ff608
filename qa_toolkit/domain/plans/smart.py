"""Whether a recommendation or an action can be followed to its end: advice in words as it is typed, never a bar.

Specific, measurable, achievable, relevant, timed. What it looks for is what published trackers show to fail: no named
owner, “all agencies”, no day, a verb that nobody can finish, no measure, output without outcome, two deeds in one, and
words that an earlier recommendation or action used already, which is itself worth reporting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

VAGUE: Final = frozenset(
    {
        "consider", "continue", "develop", "embed", "encourage", "enhance", "ensure", "explore", "highlight", "improve",
        "monitor", "promote", "raise", "reinforce", "remind", "review", "strengthen", "support",
    }
)  # fmt: skip
_OUTPUTS = re.compile(
    r"\b(circulate|e-?mail|send|share|issue|publish|distribute|cascade|present|disseminate|brief)\b", re.IGNORECASE
)
_ALL = re.compile(r"\b(all|every|each) (agenc(y|ies)|partners?|professionals|staff)\b", re.IGNORECASE)
_DEEDS = re.compile(
    r"(?:;|\band (?:also )?|\bas well as )\s*(?:to )?"
    r"(write|review|train|check|audit|agree|publish|share|circulate|set up|report|develop|update|ensure|provide|"
    r"deliver|design|test|record|introduce|brief|map|measure)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\W*(?:to )?([a-z]+)")
_SHOULD = re.compile(r"\b(?:should|must|will|shall|needs? to|ha(?:s|ve) to|(?:are|is) to)(?: \w+ly)? ([a-z]+)")
_NUMBER = re.compile(r"\d|\b(half|third|quarter|none|every|each|all)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")
_SMALL = frozenset(
    {
        "agencies", "agency", "all", "and", "any", "are", "been", "child", "children", "each", "every", "for", "from",
        "has", "have", "into", "its", "must", "not", "out", "partner", "partners", "people", "shall", "should", "that",
        "the", "their", "they", "this", "when", "which", "who", "will", "with", "young",
    }
)  # fmt: skip
ALIKE: Final = 0.6
"""The share of the shorter text's words that the longer one has too, from which on both are taken to say the same."""
_NAMED: Final = 2
"""How many that say much the same are named."""


class Remark(NamedTuple):
    """One thing that was found, in a sentence."""

    code: str
    """`owner`, `all`, `date`, `far`, `verb`, `measure`, `outcome`, `two` or `alike`."""
    sentence: str


class Earlier(NamedTuple):
    """What was recommended or begun before, to hold a new wording against."""

    text: str
    stands: str = ""
    """Where it stands, in a word or two: “in progress”."""
    ended: bool = False
    """Whether it is over: then the new one is a repeat."""


def check_action(
    text: str,
    *,
    today: date,
    owner: str = "",
    due: date | None = None,
    measure: str = "",
    outcome: str = "",
    earlier: Mapping[str, Earlier] | None = None,
) -> list[Remark]:
    """What stands in the way of following an action, in the order in which it is best mended.

    `owner` is a person, a role or a body outside the area; `earlier` are open and ended actions by id.
    """
    words = text.strip()
    if not words:
        return []
    found = _nobody(words)
    if not owner.strip():
        found.append(Remark("owner", "No person or role is named, so nobody can be asked how it goes."))
    if due is None:
        found.append(Remark("date", "It has no day by which it is done."))
    elif (due - today).days > 366:
        found.append(Remark("far", "Its day is more than a year away: add milestones, or a nearer first step."))
    return [*found, *_wording(words, measure, outcome), *_repeats(words, earlier or {})]


def check_recommendation(
    text: str, *, agencies: Iterable[str] = (), measure: str = "", earlier: Mapping[str, Earlier] | None = None
) -> list[Remark]:
    """The same of a recommendation, which has no owner or day of its own: it is put to agencies, that answer it."""
    words = text.strip()
    if not words:
        return []
    found = _nobody(words)
    if not any(agency.strip() for agency in agencies):
        whole = "the partnership as a whole may be nobody in particular"
        found.append(Remark("owner", f"No agency is asked to respond, and {whole}."))
    return [*found, *_wording(words, measure, ""), *_repeats(words, earlier or {})]


def _nobody(words: str) -> list[Remark]:
    said = _ALL.search(words)
    return [Remark("all", f"“{said[0]}” is nobody in particular: name who does it.")] if said else []


def _wording(words: str, measure: str, outcome: str) -> Iterator[Remark]:
    if (verb := _vague(words)) is not None:
        yield Remark("verb", f"“{verb.capitalize()}” has no end: what would be there when it is done?")
    if deeds := _DEEDS.findall(words):
        yield Remark("two", f"It may hold more than one deed (“… {deeds[0].lower()} …”): one each is followed.")
    if not measure.strip():
        yield Remark("measure", "No measure says how one will know that it worked.")
    elif not _NUMBER.search(measure):
        yield Remark("measure", "The measure has no number in it: how many, of how many?")
    if _OUTPUTS.search(words) and not outcome.strip():
        yield Remark("outcome", "It sends something out, and does not say what changes for children.")


def _repeats(words: str, earlier: Mapping[str, Earlier]) -> Iterator[Remark]:
    for id, _ in alike(words, {id: one.text for id, one in earlier.items()})[:_NAMED]:
        there = earlier[id]
        stands = f" ({there.stands})" if there.stands else ""
        ask = "what did it not change" if there.ended else "would it do to add to that one"
        yield Remark("alike", f"{id}{stands} says much the same: {ask}? A repeat is worth reporting.")


def _vague(words: str) -> str | None:
    """The verb that nobody can finish, if the deed begins with one: at the start, or after “should”, “must”, “will”."""
    lowered = words.lower()
    for found in (_FIRST.match(lowered), *_SHOULD.finditer(lowered)):
        if found and found[1] in VAGUE and (found[1] != "raise" or "awareness" in lowered):
            return "raise awareness" if found[1] == "raise" else found[1]
    return None


def alike(text: str, others: Mapping[str, str]) -> list[tuple[str, float]]:
    """Ids of texts that say much the same, with the share of words they have in common, likest first."""
    mine = _stems(text)
    if len(mine) < 3:
        return []
    found = [(id, _overlap(mine, _stems(other))) for id, other in others.items()]
    return sorted(((id, share) for id, share in found if share >= ALIKE), key=lambda one: (-one[1], one[0]))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    least = min(len(one), len(other))
    return len(one & other) / max(least, 3) if least else 0.0


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    """The words that carry meaning, without their endings: enough to compare, and no more."""
    words = _WORD.findall(text.lower())
    return frozenset(re.sub(r"(ing|ed|es|s)$", "", word) for word in words if word not in _SMALL)
