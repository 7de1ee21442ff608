"""Findings: what an audit found, tied to the answers that show it, with its prevalence counted and never typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.records import Frozen, Record


class FindingKind(StrEnum):
    """What a finding is. Strengths come first wherever findings are listed."""

    STRENGTH = "strength"
    SPREAD = "spread"
    DEVELOP = "develop"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            FindingKind.STRENGTH: "Strength",
            FindingKind.SPREAD: "Good practice to spread",
            FindingKind.DEVELOP: "Area to develop",
            FindingKind.SYSTEM: "System issue",
        }[self]

    @property
    def to_improve(self) -> bool:
        """Whether something should change because of it."""
        return self in (FindingKind.DEVELOP, FindingKind.SYSTEM)


class Tag(StrEnum):
    """What the yearly report looks for."""

    IMPACT = "impact"
    FAMILY_VOICE = "family_voice"
    LITTLE_PROGRESS = "little_progress"

    @property
    def label(self) -> str:
        """The tag in words."""
        return {
            Tag.IMPACT: "Impact on children",
            Tag.FAMILY_VOICE: "The voice of families",
            Tag.LITTLE_PROGRESS: "Little progress",
        }[self]


class AnswerRef(Frozen):
    """An answer that shows the finding."""

    return_id: str
    question: str

    @property
    def words(self) -> str:
        """As it is typed: `CE-2026-01-C03-POLICE/UI-04`."""
        return f"{self.return_id}/{self.question}"


class Finding(Record):
    """One finding; the id is `F-2026-012`."""

    table: ClassVar[str] = "findings"

    audit: str
    kind: FindingKind
    text: str
    themes: tuple[str, ...] = ()
    """Theme ids of the audit's template."""
    agencies: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    """Children it was seen in, beside those of the answers."""
    answers: tuple[AnswerRef, ...] = ()
    cause: Cause | None = None
    tags: tuple[Tag, ...] = ()
    origin: str = ""
    """`answer`, `moderation` or `report`: where it was raised."""
    withdrawn: str = ""
    """Why it was taken back; it stays in the record."""

    @property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions whose answers show it, each once."""
        return tuple(dict.fromkeys(answer.question for answer in self.answers))


class Number(Record):
    """A number that was given out, and the audit that it was given out for; the id is the number itself."""

    table: ClassVar[str] = "numbers"

    audit: str


class Prevalence(NamedTuple):
    """How widely a finding was seen. Counts, with what they are counts of."""

    children: int
    of_children: int
    returns: int
    of_returns: int

    @property
    def sentence(self) -> str:
        """In words; counts, not percentages, because an audit looks at few children."""
        return f"{self.children} of {self.of_children} children, {self.returns} of {self.of_returns} returns"


def prevalence(finding: Finding, subject_of: Mapping[str, str], filed: Iterable[str], children: int) -> Prevalence:
    """How widely it was seen: `subject_of` gives the child of each return, `filed` the returns that count."""
    counted = set(filed)
    returns = {answer.return_id for answer in finding.answers} & counted
    seen_in = {subject_of[id] for id in returns if id in subject_of} | set(finding.subjects)
    return Prevalence(len(seen_in), children, len(returns), len(counted))


class Repeat(NamedTuple):
    """An earlier finding that says the same, and why it is taken to."""

    earlier: Finding
    questions: tuple[str, ...]
    """Question ids that both rest on."""
    themes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Why it counts as a repeat."""
        shared = f"the same questions ({', '.join(self.questions)})" if self.questions else "the same theme"
        return f"{self.earlier.id} of {self.earlier.audit} rests on {shared}: {self.earlier.text}"


def repeats(finding: Finding, others: Iterable[Finding]) -> list[Repeat]:
    """Findings of earlier audits that this one repeats; only what should change counts, and what was taken back not.

    Two findings are alike where they share a question id (ids are never reused), or a theme and the cause. Those that
    share questions come first, then the latest.
    """
    found = []
    for other in others:
        if other.audit == finding.audit or other.withdrawn or not (finding.kind.to_improve and other.kind.to_improve):
            continue
        questions = tuple(q for q in finding.questions if q in other.questions)
        themes = tuple(theme for theme in finding.themes if theme in other.themes)
        if questions or (themes and finding.cause is not None and finding.cause is other.cause):
            found.append(Repeat(other, questions, themes))
    return sorted(found, key=lambda one: (bool(one.questions), one.earlier.id), reverse=True)
