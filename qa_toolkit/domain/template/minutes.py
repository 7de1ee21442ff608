"""How long a template takes, for each kind of agency: the sum over its questions of one table of minutes by type.

The table is a planning figure, meant to be argued with: reading the file to find the answer is in it, because that is
where the time goes. A question may say its own `minutes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Final

from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, PartType, Question

PER_PART: Final[Mapping[PartType, float]] = {
    PartType.CHOICE: 2.0,
    PartType.CHOICES: 2.0,
    PartType.INTEGER: 1.5,
    PartType.PERCENTAGE: 2.0,
    PartType.DATE: 1.0,
    PartType.TIMED: 2.0,
    PartType.SHORT_TEXT: 1.0,
    PartType.LONG_TEXT: 4.0,
    PartType.EVIDENCE_LIST: 2.0,
    PartType.MATRIX: 0.5,
    PartType.REPEAT: 4.0,
}
"""Minutes for one part; a matrix half a minute for each row."""
A_GRADE: Final = 1.5
"""More for a judgement on the scale `grade`: it weighs several things."""
EVIDENCE: Final[Mapping[str, float]] = {"none": 0.0, "optional": 0.0, "when_weak": 0.5, "required": 1.0}
"""More for writing down where it can be seen."""


def minutes(template: Template, agency_kind: str) -> int:
    """Minutes for one return of an agency of that kind, all its questions shown; rounded up."""
    return ceil(sum(minutes_of(question) for _, question in template.asked(agency_kind)))


def minutes_of(question: Question) -> float:
    """Minutes for one question."""
    if question.minutes is not None:
        return question.minutes
    return sum(_part(part) for part in question.parts) + EVIDENCE[question.evidence.rule]


def _part(part: Part) -> float:
    if part.type is PartType.MATRIX:
        return PER_PART[part.type] * len(part.rows)
    return PER_PART[part.type] + (A_GRADE if part.scale == "grade" else 0.0)
