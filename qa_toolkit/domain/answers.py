"""Answers: one question's values on one return, or why there are none."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from qa_toolkit.domain.records import Record
from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.questions import Missing


class Cause(StrEnum):
    """What lay behind a weak answer, so that an agency is not marked down for another's part."""

    OWN_PRACTICE = "own_practice"
    PARTNER = "partner"
    SYSTEM = "system"
    FAMILY = "family_circumstances"
    RECORD_ONLY = "record_only"

    @property
    def label(self) -> str:
        """The cause in words."""
        return {
            Cause.OWN_PRACTICE: "Our own practice",
            Cause.PARTNER: "A partner’s part",
            Cause.SYSTEM: "System or commissioning",
            Cause.FAMILY: "Family circumstances",
            Cause.RECORD_ONLY: "The record only",
        }[self]


class Answer(Record):
    """An answer as it was last put; the id is the question's."""

    table: ClassVar[str] = "answers"

    values: dict[str, Any] = {}
    """Part id to value, in the plain form that its type takes."""
    unknown: tuple[str, ...] = ()
    """Parts, other than the main one, that are not known."""
    missing: Missing | None = None
    """Why the question as a whole has no value."""
    reason: str = ""
    """Why it does not apply."""
    comment: str = ""
    evidence: str = ""
    """References to where it can be seen: never the record itself."""
    cause: Cause | None = None
    sensitive: bool = False
    """For this agency and the chair only."""
    unconfirmed: bool = False
    """Carried forward from last time, and not yet looked at."""

    @property
    def answered(self) -> bool:
        """Whether there is a value, or a stated reason for none."""
        return bool(self.values) or self.missing is not None

    @property
    def empty(self) -> bool:
        """Whether nothing at all is left in it."""
        return not (self.answered or self.comment or self.evidence or self.reason or self.unknown or self.cause)

    @property
    def main(self) -> Any:
        """The value of the main part, or None."""
        return self.values.get(MAIN)
