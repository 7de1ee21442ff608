"""What each class of reader may see of the figures: a type for each, every one the next lower with something added.

Public < Main Board < Business Group < QA Group < case. Counts of children that could point at one are in the last view
alone: the others hold the tables as they may be shown, hidden cells already gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.domain.disclosure.beside import Safe
from qa_toolkit.store.heads import Head

EVERY_AGENCY = "All agencies"
PERCENT_FROM = 20
"""Of fewer, a share is shown as counts only (rule 8)."""


@dataclass(frozen=True, kw_only=True)
class Number(View):
    """One figure: what it counts, of how many, and what that means."""

    key: str
    """Its name for ever: `actions.flow.end`."""
    label: str
    value: int
    unit: str
    of: int | None = None
    """n: of how many; None where it is a count of its own."""
    definition: str = ""

    @property
    def words(self) -> str:
        """“3 of 12 returns”; a percentage only of twenty or more."""
        if self.of is None:
            return f"{self.value} {self.unit}"
        share = f" ({round(100 * self.value / self.of)}%)" if self.of >= PERCENT_FROM else ""
        return f"{self.value} of {self.of} {self.unit}{share}"


@dataclass(frozen=True, kw_only=True)
class Line(View):
    """The figures of one agency, source or group."""

    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Breakdown(View):
    """The same figures for each of several; the columns are the labels of the first line's numbers."""

    title: str
    by: str
    lines: tuple[Line, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (self.by, *(number.label for number in self.lines[0].numbers)) if self.lines else (self.by,)


@dataclass(frozen=True, kw_only=True)
class ShownTable(View):
    """Counts of children split by one fact, as they may be shown: a mark stands where a number is hidden."""

    title: str
    by: str
    rows: tuple[tuple[str, str], ...]
    total: str


@dataclass(frozen=True, kw_only=True)
class AuditForPublic(View):
    """That an audit was done, and of what."""

    id: str
    title: str
    opened: date
    open: bool


@dataclass(frozen=True, kw_only=True)
class ForPublic(View):
    """What anybody may see."""

    name: str
    marking: str
    zone: str
    example: bool
    as_at: datetime
    since: datetime
    head: str
    """A short code of the record as it stood."""
    audits: tuple[AuditForPublic, ...]
    flow: tuple[Number, ...]
    """Start, agreed, reopened, closed, superseded, rejected, deeds taken back, end: in this order."""
    closure: tuple[Number, ...]
    """Submitted, verified, confirmed: never one without the others."""
    impact: tuple[Number, ...]
    profile: tuple[ShownTable, ...]
    pooled: tuple[str, ...]
    """Earlier audits whose children are in it as well, because of these alone nothing could be shown."""
    hidden: int
    """Cells of the profile that are not shown."""
    small_numbers: str
    """The rule set by which they are hidden, with its edition."""
    left_out: tuple[str, ...]
    """Facts about the children of which no table can be made safe."""
    held_back: str
    """Why the profile is not shown at all, where it is not."""


@dataclass(frozen=True, kw_only=True)
class GradesOfAudit(View):
    """Agreed grades of an audit, in children."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    audit: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class AuditForBoard(AuditForPublic):
    """An audit as the Board sees it."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    purpose: str
    due: date
    children: int
    agencies: int
    grades: GradesOfAudit | None
    """None where the panel has agreed none, or the subjects are no children."""


@dataclass(frozen=True, kw_only=True)
class FindingForPublic(View):
    """What was learned, without how often or where: for a briefing."""

    kind: str
    """In words."""
    strength: bool
    text: str
    themes: tuple[str, ...]
    """Titles of themes."""


@dataclass(frozen=True, kw_only=True)
class Briefing(View):
    """What a learning briefing may say: what was looked at, what was learned, what is being done."""

    title: str
    opened: date
    agencies: tuple[str, ...]
    findings: tuple[FindingForPublic, ...]


@dataclass(frozen=True, kw_only=True)
class FindingForBoard(FindingForPublic):
    """A finding without anything of a case."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    id: str
    audit: str
    prevalence: str
    new: bool
    """Raised since the last time."""
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActionForBoard(View):
    """An action: what, whose, by when, and where it stands."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    id: str
    text: str
    agency: str
    """Its name, or that of the body outside the area."""
    priority: str
    state: str
    open: bool
    colour: str
    reason: str
    """Why it has that colour, in a sentence."""
    due: date
    days_overdue: int
    goes_to: str
    """The group that it has climbed to, in words."""
    why_there: str
    closed_since: bool
    answers_audit: str
    """The audit that its plan answers, or nothing."""
    answers_finding: str
    """The finding that it answers, directly or through its recommendation; the first of several."""


@dataclass(frozen=True, kw_only=True)
class CommitmentForBoard(View):
    """A commitment of the strategy or Business Plan, with where it stands."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    id: str
    plan: str
    heading: str
    text: str
    owner: str
    agency: str
    """The agency that leads on it, or nothing."""
    stated: date | None
    statement: str
    difference: str
    said_since: bool
    """Whether something was said since the last time."""
    open_actions: int


@dataclass(frozen=True, kw_only=True)
class ForBoard(ForPublic):
    """What the Main Board sees."""

    made_for: ClassVar[Audience] = Audience.MAIN_BOARD
    audits: tuple[AuditForBoard, ...]
    rules: str
    """Name and version of the rule set for colours."""
    legend: tuple[str, ...]
    colours: tuple[Number, ...]
    open_now: tuple[Number, ...]
    """Overdue, without an owner, without an update, on hold, waiting to be closed, a later day asked for."""
    escalated: tuple[Number, ...]
    by_agency: Breakdown
    by_source: Breakdown
    actions: tuple[ActionForBoard, ...]
    """Open ones, and those closed since, by number."""
    findings: tuple[FindingForBoard, ...]
    found: tuple[Number, ...]
    """Findings by kind."""
    concerns: tuple[Number, ...]
    returns: tuple[Number, ...]
    commitments: tuple[CommitmentForBoard, ...]
    meetings: tuple[Number, ...]
    moved_dates: Number


@dataclass(frozen=True, kw_only=True)
class ActionForBusiness(ActionForBoard):
    """An action with what follows its course; nothing that an owner typed about it."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    plan: str
    source: str
    owner_role: str
    supporting: tuple[str, ...]
    first_due: date
    slip: int
    extensions: int
    progress: int
    updated: date | None
    days_since_update: int
    measure: str
    outcome: str
    impact: str


@dataclass(frozen=True, kw_only=True)
class DateChangeLine(View):
    """A change of a due date."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    action: str
    agency: str
    old: date
    new: date
    decided_by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class IndicatorLine(View):
    """One agency's step on one indicator of a self-assessment, now and last time; no comment and no reason."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    audit: str
    section: str
    id: str
    """The question's, or nothing for a section and the whole."""
    text: str
    agency: str
    before: str
    now: str
    """The panel's word, or else the agency's own; in brackets where it is the middle of steps."""
    by_panel: bool
    steps: int | None
    """Up or down since last time; None where the two cannot be compared."""


@dataclass(frozen=True, kw_only=True)
class ForBusiness(ForBoard):
    """What the Business Group sees: no text of a case, and none that an owner typed about one."""

    made_for: ClassVar[Audience] = Audience.BUSINESS_GROUP
    actions: tuple[ActionForBusiness, ...]
    date_changes: tuple[DateChangeLine, ...]
    quality: tuple[Number, ...]
    """What is missing in the data."""
    returns_by_agency: Breakdown
    indicators: tuple[IndicatorLine, ...]
    """Of the self-assessments of this time, as their templates order them."""


@dataclass(frozen=True, kw_only=True)
class ActionForQAGroup(ActionForBusiness):
    """An action with its owner, what was said last, its evidence and what is asked."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    owner: str
    said: str
    evidence: tuple[str, ...]
    asks_closing: bool
    """Submitted or verified: the group decides."""
    verified: str
    """What the verifier said."""
    asks_later: date | None
    asks_why: str


@dataclass(frozen=True, kw_only=True)
class FindingForQAGroup(FindingForBoard):
    """A finding with whose it is, and what it repeats."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    agencies: tuple[str, ...]
    cause: str
    repeats: tuple[str, ...]
    """Sentences."""


@dataclass(frozen=True, kw_only=True)
class EntryLine(View):
    """An entry of the programme."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    id: str
    title: str
    months: str
    standing: str
    why: str
    reason: str
    audit: str


@dataclass(frozen=True, kw_only=True)
class ForQAGroup(ForBusiness):
    """What the Quality Assurance Group sees."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    actions: tuple[ActionForQAGroup, ...]
    findings: tuple[FindingForQAGroup, ...]
    date_reasons: tuple[str, ...]
    """Why each date was moved, in the order of `date_changes`."""
    programme: tuple[EntryLine, ...]
    shifts: Breakdown
    """How the panel's grades stand to the agencies' own."""


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


@dataclass(frozen=True, kw_only=True)
class CaseLine(View):
    """One child by pseudonym, with each agency's return."""

    made_for: ClassVar[Audience] = Audience.CASE
    id: str
    audit: str
    agreed: str
    returns: tuple[tuple[str, str, str, str], ...]
    """Agency, who scored it, where it stands, its own grade."""
    findings: tuple[str, ...]
    """Ids of findings that were seen in it."""


@dataclass(frozen=True, kw_only=True)
class Whole(ForAudit):
    """Everything that was computed, for those who work on the cases."""

    made_for: ClassVar[Audience] = Audience.CASE
    behind: Mapping[str, tuple[str, ...]] = field(hash=False)
    """A figure's key to the ids of the records that it counts, one for each that is counted."""
    children: Safe | None
    """The profile's counts as they are, with what is hidden of them."""
    cases: tuple[CaseLine, ...]
    stood: tuple[Head, ...]
    """Where the files stood that the figures were made from."""
