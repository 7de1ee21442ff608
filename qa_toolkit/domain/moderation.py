"""What a panel records: who sat, who stood aside, what was agreed for each child and why, and whose view was heard.

The agencies' own returns are never touched: an agreed grade stands beside them. Who may sit and when a panel is quorate
follows the partnership's own terms; the default asks for the chair and the three statutory partners (Working Together
2023: local authority, police, health).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from qa_toolkit.domain.people import Agency, kinds_in_words
from qa_toolkit.domain.records import Frozen, Record
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Question
from qa_toolkit.domain.template.scales import Grade

STATUTORY = ("childrens-social-care", "police", "health")
"""Kinds of agency that a panel needs unless its terms say otherwise."""


class Sitter(Frozen):
    """Somebody at the panel."""

    who: str
    """A person of the workspace, or a role in words for a guest."""
    agency: str = ""
    """The agency they speak for; empty for the chair and for an independent person."""


class Panel(Record):
    """One sitting of a moderation panel; the id is `<audit>-P1`, `<audit>-P2`, …"""

    table: ClassVar[str] = "panels"

    day: date
    chair: str
    """The person who chairs."""
    present: tuple[Sitter, ...] = ()
    apologies: str = ""
    subjects: tuple[str, ...] = ()
    """Children in the order in which they are heard."""
    minutes_each: int = 40
    quorum: tuple[str, ...] = STATUTORY
    """Kinds of agency without which it is not quorate."""


class Interest(Record):
    """A declared interest in one child; the id is `<child>:<who>`."""

    table: ClassVar[str] = "interests"

    panel: str
    subject: str
    who: str
    why: str
    abstains: bool = True


class Confidence(StrEnum):
    """How sure the panel is of its judgement."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """In words."""
        return {"high": "Sure", "medium": "Fairly sure", "low": "Unsure"}[self.value]


class AgreedGrade(Record):
    """The panel's grade for a child as a whole or in a section; the id is `<child>:<overall or section id>`."""

    table: ClassVar[str] = "agreed_grades"

    panel: str
    subject: str
    of: str
    """`overall`, or a section's id."""
    grade: Grade
    reasons: str
    confidence: Confidence = Confidence.HIGH
    dissent: str = ""
    """Who saw it otherwise and why, in the words they agreed to."""
    voting: tuple[Sitter, ...] = ()
    """Who was there and did not stand aside when it was agreed: people come and go on the day."""
    aside: tuple[str, ...] = ()
    """Who abstained for this child."""


class PanelAnswer(Record):
    """The panel's answer to a question that is asked once for each child; the id is `<child>:<question>`."""

    table: ClassVar[str] = "panel_answers"

    subject: str
    question: str
    values: dict[str, Any] = {}
    missing: Missing | None = None
    reason: str = ""
    comment: str = ""


class Asked(StrEnum):
    """Whether somebody's view was asked, and what came of it."""

    GAVE = "gave"
    DECLINED = "declined"
    NO_REPLY = "no_reply"
    UNSAFE = "unsafe"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The outcome in words."""
        return {
            Asked.GAVE: "Asked, and gave their view",
            Asked.DECLINED: "Asked, and declined",
            Asked.NO_REPLY: "Asked, and no reply came",
            Asked.UNSAFE: "Not asked, because it was not safe",
            Asked.NOT_ASKED: "Not asked",
        }[self]


class Whose(StrEnum):
    """Whose view."""

    PRACTITIONER = "practitioner"
    CHILD = "child"
    FAMILY = "family"


class Voice(Record):
    """A view from outside the panel; the id is `<child>:<whose>`."""

    table: ClassVar[str] = "voices"

    subject: str
    whose: Whose
    asked: Asked
    asked_by: str = ""
    """Role of the person who asked."""
    view: str = ""
    used: str = ""
    """What the panel made of it."""


class Turn(Record):
    """When a child was heard; the id is the child's."""

    table: ClassVar[str] = "turns"

    panel: str
    began_at: datetime
    ended_at: datetime | None = None

    def minutes(self, now: datetime) -> int:
        """Whole minutes that it took, or has taken so far."""
        return int(((self.ended_at or now) - self.began_at).total_seconds() // 60)


class Quorum(NamedTuple):
    """Whether a panel may decide about a child, with the sentence that says why."""

    met: bool
    sentence: str


def quorum(panel: Panel, subject: str, interests: Iterable[Interest], agencies: Mapping[str, Agency]) -> Quorum:
    """Whether the panel is quorate for that child; whoever abstains does not count."""
    return quorum_of(panel, voting(panel, subject, interests), agencies)


def voting(panel: Panel, subject: str, interests: Iterable[Interest]) -> tuple[Sitter, ...]:
    """Who is there and does not stand aside for that child."""
    aside = {i.who for i in interests if i.subject == subject and i.abstains}
    return tuple(sitter for sitter in panel.present if sitter.who not in aside)


def quorum_of(panel: Panel, there: Iterable[Sitter], agencies: Mapping[str, Agency]) -> Quorum:
    """Whether those who are there, or were there when a grade was agreed, make a quorum."""
    there = tuple(there)
    kinds = {agencies[s.agency].kind for s in there if s.agency in agencies}
    absent = [kind for kind in panel.quorum if kind not in kinds]
    lacking = [] if any(sitter.who == panel.chair for sitter in there) else ["without the chair"]
    if absent:
        lacking.append(f"nobody from {kinds_in_words(absent)}")
    if lacking:
        return Quorum(False, f"Not quorate for this child: {'; '.join(lacking)}.")
    return Quorum(True, f"Quorate: {len(there)} present and voting.")


def records_grade(template: Template, question: Question) -> bool:
    """Whether a question to the panel asks for its grade, so that agreeing one answers it."""
    values = {option.value for option in template.options_of(question.main)}
    return Grade.OUTSTANDING.value in values and values <= {grade.value for grade in Grade}


class Shift(NamedTuple):
    """How an agency's own grade and the agreed one stand to each other, for one child."""

    subject: str
    agency: str
    own: Grade
    agreed: Grade
    of: str = "overall"
    """`overall`, or a section’s id."""
    reasons: str = ""
    """Why the panel agreed what it did."""

    @property
    def steps(self) -> int:
        """Steps on the four-point scale; positive where the panel went higher."""
        return self.agreed.points - self.own.points

    @property
    def sentence(self) -> str:
        """The shift in words that blame nobody."""
        if self.steps == 0:
            return f"The panel and the agency agree on {self.own.label}."
        way = "higher" if self.steps > 0 else "lower"
        count = {1: "one step", 2: "two steps", 3: "three steps"}[abs(self.steps)]
        return f"The agency gave {self.own.label}; the panel agreed {self.agreed.label}, {count} {way}."


def shift(
    subject: str, agency: str, own: Grade | None, agreed: Grade | None, *, of: str = "overall", reasons: str = ""
) -> Shift | None:
    """The shift, where both graded; a grade not given is no shift."""
    if own is None or agreed is None or Grade.NOT_GRADED in (own, agreed):
        return None
    return Shift(subject, agency, own, agreed, of, reasons)


class ShiftOfAgency(NamedTuple):
    """Grade shift of one agency over a number of returns."""

    agency: str
    same: int
    higher: int
    """The panel went higher."""
    lower: int

    @property
    def n(self) -> int:
        """Returns with both grades."""
        return self.same + self.higher + self.lower

    @property
    def sentence(self) -> str:
        """In words, with n; too few say so."""
        if self.n < 5:
            many = "One return" if self.n == 1 else f"{self.n} returns"
            return f"{many} moderated: too few to say anything."
        counts = f"agreed as given in {self.same}, higher in {self.higher}, lower in {self.lower}"
        if self.same * 2 >= self.n:
            return f"Of {self.n} returns, the panel {counts}."
        lean = "mostly higher" if self.higher > self.lower else "mostly lower"
        lean = "both ways" if self.higher == self.lower else lean
        return f"Of {self.n} returns, the panel {counts}: where they differ, the panel lies {lean}."


def shifts_by_agency(found: Iterable[Shift]) -> list[ShiftOfAgency]:
    """Grade shift by agency, in the order of their names; of grades for the whole, so that n counts returns."""
    counts: dict[str, list[int]] = {}
    for one in found:
        if one.of != "overall":
            continue
        row = counts.setdefault(one.agency, [0, 0, 0])
        row[0 if one.steps == 0 else 1 if one.steps > 0 else 2] += 1
    return [ShiftOfAgency(agency, *row) for agency, row in sorted(counts.items())]
