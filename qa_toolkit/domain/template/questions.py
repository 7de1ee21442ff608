"""Questions and their typed parts, as a template defines them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.template.conditions import MAIN, Condition, Limit
from qa_toolkit.domain.template.scales import Option


class PartType(StrEnum):
    """What kind of value a part takes; `type` in a template may also name a scale, which makes it a `choice`."""

    CHOICE = "choice"
    """One option: its value."""
    CHOICES = "choices"
    """Any number of options: a list of values."""
    INTEGER = "integer"
    """A whole number within `min` and `max`."""
    PERCENTAGE = "percentage"
    """A whole number from 0 to 100."""
    DATE = "date"
    """A day: `YYYY-MM-DD`."""
    TIMED = "timed"
    """Two moments, `{"from": …, "to": …}` (a day, or a day and time), held against a standard."""
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    EVIDENCE_LIST = "evidence_list"
    """A list of references, a line each."""
    MATRIX = "matrix"
    """One option of a scale for each row: `{row: value}`."""
    REPEAT = "repeat"
    """A group asked as often as there are things to describe: a list of `{column: value}`."""


class Missing(StrEnum):
    """Why there is no value. Three different things; none is a low score."""

    NOT_APPLICABLE = "not_applicable"
    """Does not apply to this child; a reason is asked for."""
    NOT_KNOWN = "not_known"
    """Not known, or not recorded."""
    NOT_SEEN = "not_seen"
    """This agency could not have seen it."""

    @property
    def label(self) -> str:
        """The reason in words."""
        return {
            Missing.NOT_APPLICABLE: "Not applicable",
            Missing.NOT_KNOWN: "Not known or not recorded",
            Missing.NOT_SEEN: "Not seen by this agency",
        }[self]


class Standard(Frozen):
    """A time within which something should happen."""

    within: int = Field(gt=0)
    unit: Literal["hours", "days"]
    days: Literal["calendar", "working"] = "calendar"
    """What is counted; hours are working hours only if this is `working` (24 of them in a working day)."""
    source: str = ""
    """Id of the source that sets it."""


class Row(Frozen):
    """A row of a matrix."""

    id: str
    label: str


class Part(Frozen):
    """One typed value of a question. Most questions have one, `answer`."""

    id: str = MAIN
    type: PartType
    scale: str = ""
    """The named scale of a `choice` or a `matrix`; empty where `options` are given."""
    label: str = ""
    """The words beside it; a main part needs none."""
    options: tuple[Option, ...] = ()
    unit: str = ""
    min: int | None = None
    max: int | None = None
    rows: tuple[Row, ...] = ()
    columns: tuple[Part, ...] = ()
    standard: Standard | None = None
    required: bool = True
    show_if: Condition | None = None
    """May name only earlier parts of the same question."""
    descriptors: dict[str, str] = Field(default_factory=dict)
    """For each option's value, what it means in this question."""


class Evidence(Frozen):
    """Whether evidence is asked for, and how much of it."""

    rule: Literal["none", "optional", "required", "when_weak"] = "optional"
    min_length: int = Field(default=10, ge=0, le=2000)
    """Characters, when it is required."""


class Wording(Frozen):
    """The same question in one agency's words. What is empty stays as it is for everyone."""

    text: str = ""
    guidance: str = ""
    look_for: tuple[str, ...] = ()


class Purpose(StrEnum):
    """What a question is for."""

    SCORED = "scored"
    """Counts towards a section's indicative grade, where its type has scores."""
    INFORMATION = "information"
    """Answered, but never counted."""
    SAFETY = "safety"
    """Is the child safe today? Asked first, and again at submission; never counted."""
    AUDITORS_GRADE = "auditors_grade"
    """The auditor's own overall grade and reasons; asked at submission, before any indicative grade is shown."""


class Question(Frozen):
    """One question, under an id that is never reused."""

    id: str
    text: str
    parts: tuple[Part, ...] = Field(min_length=1)
    purpose: Purpose = Purpose.SCORED
    asked_of: Literal["agency", "panel"] = "agency"
    """`panel`: asked once per child, at moderation."""
    agencies: tuple[str, ...] = ()
    """Kinds of agency; empty means those of the section."""
    guidance: str = ""
    look_for: tuple[str, ...] = ()
    wording: dict[str, Wording] = Field(default_factory=dict)
    """Per kind of agency."""
    evidence: Evidence = Evidence()
    limits: tuple[Limit, ...] = ()
    raises_concern: tuple[str, ...] = ()
    """Values of the main part that open an immediate safeguarding concern."""
    missing: tuple[Missing, ...] = (Missing.NOT_APPLICABLE, Missing.NOT_KNOWN, Missing.NOT_SEEN)
    """The ways in which it may be left without a value."""
    required: bool = True
    show_if: Condition | None = None
    required_if: Condition | None = None
    weight: int = Field(default=1, ge=1, le=10)
    """Counts only where the template turns weights on."""
    sensitive: bool = False
    """Its answer is for this agency and the chair only."""
    sources: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    comparable_to: str = ""
    """The id of an earlier question that this one can be compared with."""
    carry_forward: bool = True
    """In a self-assessment: begin from last time's answer, marked unconfirmed."""
    minutes: float | None = Field(default=None, gt=0)
    """Minutes to answer, where the table by type is wrong for this one."""
    accepted: dict[str, str] = Field(default_factory=dict)
    """Lint rules that this question breaks on purpose, each with the reason."""

    @property
    def main(self) -> Part:
        """The part that is asked first."""
        return self.parts[0]

    def part(self, part_id: str) -> Part | None:
        """The part with that id, or None."""
        for part in self.parts:
            if part.id == part_id:
                return part
        return None

    def text_for(self, agency_kind: str) -> str:
        """The question as that kind of agency meets it."""
        wording = self.wording.get(agency_kind)
        return wording.text if wording and wording.text else self.text

    def guidance_for(self, agency_kind: str) -> str:
        """The guidance as that kind of agency meets it."""
        wording = self.wording.get(agency_kind)
        return wording.guidance if wording and wording.guidance else self.guidance

    def look_for_for(self, agency_kind: str) -> tuple[str, ...]:
        """The evidence to look for, as that kind of agency meets it."""
        wording = self.wording.get(agency_kind)
        return wording.look_for if wording and wording.look_for else self.look_for
