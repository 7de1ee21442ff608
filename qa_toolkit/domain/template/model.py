"""The template: an audit tool with its sections, rules and sources. A running audit keeps its own copy, by digest."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field

from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.template.conditions import Condition
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.questions import Part, Purpose, Question
from qa_toolkit.domain.template.scales import Option, Scale, builtin_scales

EVERYONE = "all"
"""In a list of agencies: every agency of the template."""


class Source(Frozen):
    """A law, guidance or paper that questions rest on. Law changes: hence edition and date."""

    id: str
    title: str
    edition: str
    in_force: date | None = None


class HeaderField(Frozen):
    """A fact about the subject (entered once, with the case) or about the return."""

    id: str
    label: str
    type: Literal["choice", "choices", "integer", "date", "short_text"]
    options: tuple[Option, ...] = ()
    min: int | None = None
    max: int | None = None
    about: Literal["subject", "return"] = "subject"
    required: bool = False
    identifier_class: Literal["none", "indirect", "direct"] = "none"
    """How far it could identify a child. A template with a `direct` field is refused."""
    help: str = ""


class Section(Frozen):
    """Questions on one subject, with a rule for their indicative grade."""

    id: str
    title: str
    intro: str = ""
    themes: tuple[str, ...] = ()
    agencies: tuple[str, ...] = (EVERYONE,)
    scoring: Literal["none", "median", "mean", "lowest", "count_no"] = "median"
    """`count_no`: no weak bottom answers Good, one Requires improvement, more Inadequate."""
    own_grade: bool = False
    """The auditor grades this section too."""
    show_if: Condition | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Scoring(Frozen):
    """How the parts of a return make an overall indicative grade (advice only)."""

    weights: bool = False
    insufficient_above: float = Field(default=0.25, ge=0, le=1)
    """A section in which more than this share is not known has an insufficient record, not a low grade."""
    inadequate_at: int = Field(default=2, ge=0)
    """This many limiting marks tripped cap the whole at Inadequate; 0 switches it off."""
    outstanding_needs: tuple[Condition, ...] = ()
    """All must hold, and no limiting question be below its best answer, for Outstanding overall."""


class Template(Frozen):
    """An audit tool, whole and checked. `agencies` are kinds of agency: police, health, …"""

    id: str
    title: str
    edition: str
    status: Literal["draft", "issued", "retired"]
    issued: date | None = None
    owner: str = ""
    kind: Kind
    subject: Literal["child", "organisation", "team"]
    language: str = "en-GB"
    summary: str = ""
    """What it is for, in a sentence or two."""
    changes: tuple[str, ...] = ()
    """What each edition changed, newest first."""
    agencies: dict[str, str] = Field(default_factory=dict)
    """Kind of agency to the name by which the template speaks of it."""
    sources: tuple[Source, ...] = ()
    scales: tuple[Scale, ...] = ()
    """Scales of its own, beside the built-in ones."""
    themes: dict[str, str] = Field(default_factory=dict)
    """Theme id to name."""
    header: tuple[HeaderField, ...] = ()
    scoring: Scoring = Scoring()
    sections: tuple[Section, ...] = Field(min_length=1)
    accepted: dict[str, str] = Field(default_factory=dict)
    """Lint rules that the template as a whole breaks on purpose, each with the reason."""

    def canonical(self) -> bytes:
        """The template as canonical JSON: sorted keys, no spaces, UTF-8.

        Defaults are written out, so that a later version's other default cannot change a running audit.
        """
        plain = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @cached_property
    def digest(self) -> str:
        """The sha256 of the canonical form, in hex: what a return pins."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in order."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question's id."""
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def all_scales(self) -> dict[str, Scale]:
        """Built-in and own scales by id; an own scale may not take a built-in name."""
        return builtin_scales() | {scale.id: scale for scale in self.scales}

    @cached_property
    def fields(self) -> dict[str, HeaderField]:
        """Header fields by id."""
        return {field.id: field for field in self.header}

    @property
    def safety_question(self) -> Question | None:
        """The safety question, if the template asks one."""
        return next((q for q in self.questions.values() if q.purpose is Purpose.SAFETY), None)

    @property
    def grade_question(self) -> Question | None:
        """The question that asks the auditor's own grade, if there is one."""
        return next((q for q in self.questions.values() if q.purpose is Purpose.AUDITORS_GRADE), None)

    def agencies_of(self, question_id: str) -> frozenset[str]:
        """The kinds of agency that are asked this question; empty when it is the panel's."""
        question, section = self.questions[question_id], self.section_of[question_id]
        if question.asked_of == "panel":
            return frozenset()
        everyone = frozenset(self.agencies)
        own = everyone if not question.agencies or EVERYONE in question.agencies else frozenset(question.agencies)
        wider = everyone if EVERYONE in section.agencies else frozenset(section.agencies)
        return own & wider if question.agencies else wider

    def asked(self, agency_kind: str) -> tuple[tuple[Section, Question], ...]:
        """What an agency of that kind is asked, in order, whatever conditions later hide.

        A template that names no agencies asks everyone everything.
        """
        # Gone through at every answer: put together once for each kind.
        if agency_kind not in self._asked:
            self._asked[agency_kind] = tuple(
                (section, question)
                for section in self.sections
                for question in section.questions
                if question.asked_of != "panel" and (not self.agencies or agency_kind in self.agencies_of(question.id))
            )
        return self._asked[agency_kind]

    @cached_property
    def _asked(self) -> dict[str, tuple[tuple[Section, Question], ...]]:
        return {}

    def is_asked(self, question_id: str, agency_kind: str) -> bool:
        """Whether an agency of that kind is asked this question."""
        if agency_kind not in self._asked_ids:
            self._asked_ids[agency_kind] = frozenset(question.id for _, question in self.asked(agency_kind))
        return question_id in self._asked_ids[agency_kind]

    @cached_property
    def _asked_ids(self) -> dict[str, frozenset[str]]:
        return {}

    def options_of(self, part: Part) -> tuple[Option, ...]:
        """The options of a choice, with this question's descriptors in place; empty for other types."""
        # Asked for at every answer and every look at a grade: put together once for each part.
        known = self._options.get(id(part))
        if known is None or known[0] is not part:
            known = self._options[id(part)] = (part, self._described(part))
        return known[1]

    @cached_property
    def _options(self) -> dict[int, tuple[Part, tuple[Option, ...]]]:
        return {}

    def _described(self, part: Part) -> tuple[Option, ...]:
        options = self.all_scales[part.scale].options if part.scale else part.options
        if not part.descriptors:
            return options
        return tuple(
            option.model_copy(update={"descriptor": part.descriptors[option.value]})
            if option.value in part.descriptors
            else option
            for option in options
        )
