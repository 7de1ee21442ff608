"""The accuracy check of an audit's report: drafts 0.1, 0.2 …, each agency's comments answered, then the final 1.0.

Nothing an agency says is lost: a comment is accepted, or declined with the reason, and the final report shows both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import ClassVar

from qa_toolkit.domain.records import Record


class Answer(StrEnum):
    """What became of a comment."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class ReportVersion(Record):
    """A version of the report that was written; the id is `<audit>/0.2`."""

    table: ClassVar[str] = "report_versions"

    audit: str
    version: str
    final: bool
    on: date
    by: str
    figures: str
    """The code of the figures that it was drafted from."""


class Comment(Record):
    """What an agency says is not right in a draft; the id is `<audit>/K03`."""

    table: ClassVar[str] = "accuracy_comments"

    audit: str
    version: str
    """The draft that it is about."""
    agency: str
    place: str
    """Which part of the report."""
    text: str
    by_whom: str
    """Role of the person who said so."""
    on: date
    answer: Answer | None = None
    reason: str = ""
    """What was changed, or why nothing was."""
    answered_by: str = ""


def next_version(made: Iterable[ReportVersion], *, final: bool) -> str:
    """`0.3` after `0.2`; `1.0` for the first final one, and `1.1` for a draft after it."""
    finals, drafts = 0, 0
    for one in made:
        finals, drafts = (finals + 1, 0) if one.final else (finals, drafts + 1)
    return f"{finals + 1}.0" if final else f"{finals}.{drafts + 1}"
