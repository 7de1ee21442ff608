"""Conditions: when something is shown, and what trips a limiting mark. Comparisons only, never code."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.template.scales import Grade

MAIN = "answer"
"""The id of a question's main part."""


class Condition(Frozen):
    """True or false for one return; names a question's part, a header field or the agency, and compares it.

    Several comparisons in one condition must all hold. A question that was not answered, or is hidden, meets no
    comparison but `answered = false`.
    """

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    question: str = ""
    part: str = MAIN
    header: str = ""
    agency: tuple[str, ...] = ()
    """True for an agency of one of these kinds."""
    is_: tuple[str, ...] = Field(default=(), alias="is")
    is_not: tuple[str, ...] = ()
    more_than: int | None = None
    less_than: int | None = None
    before: date | None = None
    after: date | None = None
    answered: bool | None = None


class Limit(Frozen):
    """A limiting mark: if the part takes one of these values, the grade can be no better than `at`.

    Exactly one test is given: `is`, `less_than` a number, or `less_than_part` (offered < episodes).
    """

    part: str = MAIN
    is_: tuple[str, ...] = Field(default=(), alias="is")
    less_than: int | None = None
    less_than_part: str = ""
    caps: Literal["section", "overall", "both"] = "both"
    at: Grade = Grade.REQUIRES_IMPROVEMENT
