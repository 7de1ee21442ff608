"""An audit return: one agency's answers on one subject by one rater."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.template.scales import Grade

OVERALL = "overall"
"""The id of the auditor's grade for the whole, beside those of sections."""


def reworded_note(question: str) -> str:
    """The place of the note by which a rater is shown that a question’s words changed since they answered it."""
    return f"{question} reworded"


class ReturnHead(Record):
    """What a return is of; its first line."""

    table: ClassVar[str] = "return"

    audit: str
    subject: str
    agency: str
    kind: str
    """The agency's kind, which decides what it is asked."""
    rater: str
    template: str
    """The digest of the template that it answers."""
    started: date


class Relation(StrEnum):
    """How near the rater stands to the case."""

    NONE = "none"
    SAME_SERVICE = "same_service"
    SAME_TEAM = "same_team"
    SUPERVISES = "supervises"
    HOLDS = "holds"

    @property
    def label(self) -> str:
        """The relation in words."""
        return {
            Relation.NONE: "I have no part in this case",
            Relation.SAME_SERVICE: "I work in the same service",
            Relation.SAME_TEAM: "I work in the same team",
            Relation.SUPERVISES: "I supervise or manage somebody who holds it",
            Relation.HOLDS: "I hold or have held this case",
        }[self]

    @property
    def independent(self) -> bool:
        """Whether somebody so placed may score it without a waiver."""
        return self not in (Relation.SUPERVISES, Relation.HOLDS)


class Declaration(Record):
    """The rater's word on independence; the id is `start`, or `submission-<round>`."""

    table: ClassVar[str] = "declarations"

    relation: Relation
    waiver: str = ""
    """The reason of the waiver under which it stands, where one was needed."""


class GradeGiven(Record):
    """The auditor's grade; the id is `overall` or a section's."""

    table: ClassVar[str] = "grades"

    grade: Grade
    reasons: str = ""
    departure: str = ""
    """Why it differs from the indicative grade, where it does."""


class Concern(Record):
    """An immediate safeguarding concern. It never touches a grade; the tool is not the alert channel."""

    table: ClassVar[str] = "concerns"

    question: str = ""
    """The question it was raised from, if one."""
    what: str
    why_now: str = ""
    told: str = ""
    """Role of the person who was told."""
    told_at: datetime | None = None
    how: str = ""
    """How they were told: by telephone, in person, …"""
    raised_at: datetime


class Check(Record):
    """The agency lead's check; holds while no answer is put after it. The id is its number."""

    table: ClassVar[str] = "checks"

    note: str = ""


class Submission(Record):
    """One sending-in of the return; the id is its round, from 1."""

    table: ClassVar[str] = "submissions"

    safe: str = ""
    """The second answer to the safety question."""
    acknowledged: tuple[str, ...] = ()
    """The notes that the rater saw and let stand."""
    nil: bool = False
    nil_reason: str = ""
    indicative: str = ""
    """The indicative grade in the words shown to the rater at that moment."""

    @property
    def round(self) -> int:
        """Which sending-in it is, from 1."""
        return int(self.id)


class Difference(Record):
    """Where the agency's record says otherwise than the facts entered with the case; the id is the header field's."""

    table: ClassVar[str] = "differences"

    says: Any = None
    """Nothing where the agency took its word back."""
    note: str = ""


class Fact(Record):
    """A header field about the return itself; the id is the field's."""

    table: ClassVar[str] = "facts"

    value: Any = None


@dataclass(frozen=True)
class Return:
    """A return as it stands: what its file holds, loaded. Its records were checked one by one, so it is not again."""

    head: ReturnHead
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    aside: Mapping[str, Answer] = field(default_factory=dict)
    """Answers given under another version of the template that this one cannot read: kept, and not lost."""
    reworded: Mapping[str, str] = field(default_factory=dict)
    """Answers given under other words: question id to how the words changed."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Header fields about the return itself."""
    facts_seq: int = 0
    differences: Mapping[str, Difference] = field(default_factory=dict)
    grades: Mapping[str, GradeGiven] = field(default_factory=dict)
    concerns: Mapping[str, Concern] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    last: int = 0
    """The number of its last line."""
    last_hash: str = ""
    changed_at: datetime | None = None
    """When it was last changed."""

    @property
    def id(self) -> str:
        """The return's id."""
        return self.head.id

    @property
    def round(self) -> int:
        """How many times it has been sent in."""
        return len(self.submissions)

    @property
    def submission(self) -> Submission | None:
        """The latest sending-in, if there was one."""
        return self.submissions.get(str(self.round))

    @property
    def check_stands(self) -> bool:
        """Whether the agency lead's latest check came after every change to answers and grades."""
        if not self.checks:
            return False
        latest = max(check.seq for check in self.checks.values())
        return all(a.seq < latest for a in self.answers.values()) and all(g.seq < latest for g in self.grades.values())
