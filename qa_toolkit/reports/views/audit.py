"""What an audit’s own report may say: how each question is answered, and by what law or guidance it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.reports.views.numbers import Number
from qa_toolkit.reports.views.qa_group import ForQAGroup

EVERY_AGENCY = "All agencies"


@dataclass(frozen=True, kw_only=True)
class SourceOfQuestion(View):
    """A law or guidance that asks for something, as it was when the template was made."""

    id: str
    title: str
    edition: str
    in_force: date | None


@dataclass(frozen=True, kw_only=True)
class QuestionLine(View):
    """How the returns of one agency answer one question."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    audit: str
    id: str
    text: str
    agency: str
    """Its name; `EVERY_AGENCY` for all of them together."""
    sources: tuple[SourceOfQuestion, ...]
    themes: tuple[str, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class LawLine(View):
    """How all questions that rest on one law or guidance are answered, all agencies together."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    source: SourceOfQuestion
    questions: tuple[str, ...]
    """Their ids."""
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class ForAudit(ForQAGroup):
    """One audit's own report: what the QA Group sees of it, with the answers to each question as counts."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    questions: tuple[QuestionLine, ...]
    laws: tuple[LawLine, ...]
    """By title and edition."""
    lines_of_enquiry: tuple[str, ...]
    method: str
    cohort: str
    waivers: tuple[str, ...]
    """Why somebody who is not independent scored a return, and who agreed."""
