"""How the columns of somebody else's action plan are understood: proposed from its headings, kept once confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, Final

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.records import Record


class PlanField(StrEnum):
    """What a column can hold."""

    RECOMMENDATION = "recommendation"
    TEXT = "text"
    OUTCOME = "outcome"
    MEASURE = "measure"
    OWNER = "owner"
    AGENCY = "agency"
    DUE = "due"
    START = "start"
    PRIORITY = "priority"
    PROGRESS = "progress"
    STATUS = "status"
    UPDATE = "update"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        """What it is, in words."""
        return {
            PlanField.RECOMMENDATION: "the recommendation that it answers", PlanField.TEXT: "what is to be done",
            PlanField.OUTCOME: "what is to be different for children", PlanField.MEASURE: "how one will know",
            PlanField.OWNER: "who owns it", PlanField.AGENCY: "the owner’s agency", PlanField.DUE: "when it is due",
            PlanField.START: "when it begins", PlanField.PRIORITY: "how pressing it is",
            PlanField.PROGRESS: "percent done", PlanField.STATUS: "where it stood, kept in the first update",
            PlanField.UPDATE: "what was last said, kept as the first update", PlanField.IGNORE: "not used",
        }[self]  # fmt: skip


SEVERAL: Final = frozenset({PlanField.UPDATE, PlanField.IGNORE})
"""What more than one column may hold."""

_WORDS: Final[tuple[tuple[PlanField, tuple[str, ...]], ...]] = (
    # In the order in which they are tried: the first whose words are in a heading has it; after = they are all of it.
    (PlanField.PROGRESS, ("percent", "% complete", "% done", "progress %", "% progress", "complete %")),
    (PlanField.DUE, ("due", "deadline", "target date", "timescale", "timeframe", "by when", "completion date",
                     "complete by", "date for completion", "to be completed", "end date", "finish",
                     "target completion", "review date", "when will", "=when")),
    (PlanField.START, ("start date", "start", "begins", "date raised", "date agreed")),
    (PlanField.OWNER, ("responsible person", "person responsible", "responsible officer")),
    (PlanField.RECOMMENDATION, ("priority area", "objective")),
    (PlanField.AGENCY, ("agency", "organisation", "organization", "service", "partner")),
    (PlanField.OWNER, ("owner", "lead officer", "responsible", "lead", "by whom", "accountable", "who", "assigned")),
    (PlanField.STATUS, ("status", "rag", "brag", "state", "colour")),
    (PlanField.PRIORITY, ("priority", "urgency")),
    (PlanField.UPDATE, ("update", "progress", "comment", "commentary", "note", "evidence", "position")),
    (PlanField.MEASURE, ("measure", "how will we know", "how we will know", "success", "kpi", "indicator")),
    (PlanField.OUTCOME, ("outcome", "impact", "intended", "difference", "so what")),
    (PlanField.RECOMMENDATION, ("recommendation", "finding", "learning", "area for improvement", "issue")),
    (PlanField.TEXT, ("action", "what", "task", "step", "activity")),
)  # fmt: skip
_NUMBERS: Final = re.compile(r"\b(?:ref|reference|no|number|id|item)\b|#")


class PlanMapping(Record):
    """How the columns under certain headings are understood; the id is made from the headings."""

    table: ClassVar[str] = "plan_mappings"

    columns: dict[str, PlanField]
    """Each heading and what stands under it."""


def heading_key(heading: str) -> str:
    """A heading as it is compared: without case, punctuation and double spaces."""
    return " ".join(re.sub(r"[^\w%#?]+", " ", heading.casefold()).split())


def mapping_id(headings: Iterable[str]) -> str:
    """By which a mapping is found again for a plan with the same headings, in whatever order they stand."""
    keys = "\n".join(sorted(key for heading in headings if (key := heading_key(heading))))
    return f"PM-{sha256(keys.encode()).hexdigest()[:12].upper()}"


def propose(headings: Sequence[str]) -> dict[str, PlanField]:
    """What each column seems to hold, by the words of its heading; each field once, where it is met first."""
    found: dict[str, PlanField] = {}
    taken: set[PlanField] = set()
    for field, words in _WORDS:
        for heading in headings:
            key = heading_key(heading)
            if heading in found or field in taken - SEVERAL or not key or (_NUMBERS.search(key) and not _says(key)):
                continue
            if any(_holds(key, word) for word in words):
                found[heading] = field
                taken.add(field)
    return {heading: found.get(heading, PlanField.IGNORE) for heading in headings if heading_key(heading)}


def _holds(key: str, word: str) -> bool:
    if word.startswith("="):
        return key.rstrip("?") == word[1:]
    return re.search(rf"(?:^|\s){re.escape(word)}(?:s|es)?(?:\s|$|\?)", f"{key} ") is not None


def _says(key: str) -> bool:
    """Whether a heading with a number in it still speaks of the thing itself: “Actions (number them)”."""
    return len(key.split()) > 3


def score(headings: Sequence[str]) -> int:
    """How much a row looks like the headings of a plan."""
    return sum(field is not PlanField.IGNORE for field in propose([h for h in headings if len(h) < 80]).values())


def check_mapping(columns: Mapping[str, PlanField]) -> dict[str, PlanField]:
    """The mapping, if a plan can be read by it.

    Raises:
        InputError: No column says what is to be done, or two hold the same.
    """
    fields = [field for field in columns.values() if field not in SEVERAL]
    for field in fields:
        if fields.count(field) > 1:
            both = " and ".join(f"“{heading}”" for heading, one in columns.items() if one is field)
            raise InputError(f"{both} cannot both hold {field.label}: map one of them to something else, or to ignore.")
    if PlanField.TEXT not in fields:
        raise InputError("No column says what is to be done: map one with --map HEADING=text.")
    return dict(columns)
