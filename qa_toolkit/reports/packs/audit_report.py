"""One audit's report: what was looked at, how good practice is, strengths first, what agencies said of the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from qa_toolkit.domain.audience import Audience, View
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import (
    COLOUR_TONES,
    DRAFTED,
    Draft,
    day,
    grades_chart,
    paper,
    table_by,
    table_of,
)
from qa_toolkit.reports.views.audit import EVERY_AGENCY, ForAudit
from qa_toolkit.reports.views.qa_group import FindingForQAGroup


@dataclass(frozen=True, kw_only=True)
class Commented(View):
    """What an agency said of a draft, and what became of it."""

    made_for: ClassVar[Audience] = Audience.QA_GROUP
    agency: str
    place: str
    text: str
    answer: str
    reason: str


def audit_report(
    view: ForAudit, comments: Sequence[Commented], version: str, draft: Draft, audience: str, *, final: bool
) -> Document:
    """The report."""
    title = view.audits[0].title
    first: list[Part] = []
    if not final:
        first.append(Note(f"Draft {version} for the accuracy check: facts may change. Tell the co-ordinator what is "
                          "not right; each comment is answered with its reason."))  # fmt: skip
    parts = [*first, *_parts(view, comments, draft, final=final)]
    return paper(view, f"Audit report: {title}", audience, parts, version=version)


def _parts(view: ForAudit, comments: Sequence[Commented], draft: Draft, *, final: bool) -> Iterator[Part]:
    yield from _looked_at(view, draft)
    yield from _grades(view)
    yield from _findings(view)
    yield from _questions(view)
    yield from _returns(view, draft)
    yield from _done(view)
    if comments or final:
        yield from _comments(comments)
    yield Heading("How to read this")
    yield Bullets(
        (
            "Each agency’s auditor graded its own part; the panel agreed a grade for each child. Both stand.",
            "Not known, not seen and not applicable are no low scores; each is counted by itself.",
            "Counts are of returns or of children, as each says; of fewer than twenty no percentage is given.",
            *(() if final else (DRAFTED,)),
        )
    )  # fmt: skip


def _looked_at(view: ForAudit, draft: Draft) -> Iterator[Part]:
    audit = view.audits[0]
    yield Heading("What we looked at, and how")
    yield Paragraph(audit.purpose or "No purpose is recorded.")
    facts = [f"{audit.children} children, {audit.agencies} agencies." if audit.children else
             f"{audit.agencies} agencies.", f"Opened on {day(audit.opened)}."]  # fmt: skip
    facts += [f"Which children: {view.cohort}"] if view.cohort else []
    facts += [f"How: {view.method}"] if view.method else []
    yield Bullets(tuple(facts))
    if view.lines_of_enquiry:
        yield Heading("What we asked", 2)
        yield Bullets(view.lines_of_enquiry)
    raised, acknowledged, closed, still = view.concerns
    if raised.value:
        yield Paragraph(
            draft.say("While reading, auditors raised {} immediate safeguarding [concern|concerns]; {} [was|were] "
                      "acknowledged, {} [is|are] closed with an outcome and {} still open.",
                      raised, acknowledged, closed, still)
        )  # fmt: skip


def _grades(view: ForAudit) -> Iterator[Part]:
    yield Heading("How good practice is")
    grades = view.audits[0].grades
    if grades is None:
        yield Paragraph("The panel has agreed no grades yet.")
        return
    yield grades_chart(grades.numbers, "Agreed grades")
    yield table_of(grades.numbers, "Agreed grade", "Agreed grades, in children")
    if view.shifts.lines:
        yield Heading("The panel’s grades beside the agencies’ own", 2)
        yield Paragraph("A difference is a question to talk about, not a fault; few returns say little.")
        yield table_by(view.shifts)


def _findings(view: ForAudit) -> Iterator[Part]:
    for heading, strength in (("What is strong", True), ("What has to be better", False)):
        found = [one for one in view.findings if one.strength is strength]
        yield Heading(heading)
        if not found:
            yield Paragraph("No finding of this kind was recorded.")
        for one in found:
            yield Heading(f"{one.id}: {one.kind.lower()}", 2)
            yield Paragraph(one.text)
            facts = _facts(one)
            if facts:
                yield Bullets(tuple(facts))


def _facts(one: FindingForQAGroup) -> list[str]:
    facts = [f"Seen in {one.prevalence}."] if one.prevalence else []
    facts += [f"Agencies: {', '.join(one.agencies)}."] if one.agencies else []
    facts += [f"Themes: {', '.join(one.themes)}."] if one.themes else []
    facts += [f"Cause: {one.cause.lower()}."] if one.cause else []
    return facts + [f"Found before: {repeat}" for repeat in one.repeats]


def _questions(view: ForAudit) -> Iterator[Part]:
    lines = [one for one in view.questions if one.agency == EVERY_AGENCY]
    if not lines:
        return
    yield Heading("How each question was answered")
    header = ("Question", "Met", "Partly", "Not", "Not known", "Not seen", "Not applicable", "Of")
    rows = tuple(
        (f"{one.id}  {one.text}", *(str(number.value) for number in one.numbers[:6]), str(one.numbers[0].of))
        for one in lines
        if any(number.value for number in one.numbers[:6])
    )
    yield Table(header, rows, (22, 4, 5, 4, 6, 5, 8, 4), "How each question was answered, in returns")


def _returns(view: ForAudit, draft: Draft) -> Iterator[Part]:
    asked, in_time, late, nil, waiting, missing, excused = view.returns
    yield Heading("What agencies sent in")
    yield Paragraph(
        draft.say("Of {} [return|returns] asked for, {} came in time and {} late; {} [is|are] nil. {} [is|are] not "
                  "due yet, {} [is|are] missing and {} [was|were] excused.",
                  asked, in_time, late, nil, waiting, missing, excused)
    )  # fmt: skip
    if view.returns_by_agency.lines:
        yield table_by(view.returns_by_agency)
    if view.waivers:
        yield Paragraph("Scored by somebody who is not independent of the case, by leave that names its reason:")
        yield Bullets(view.waivers)


def _done(view: ForAudit) -> Iterator[Part]:
    yield Heading("What is being done about it")
    found = [one for one in view.actions if one.answers_audit == view.audits[0].id]
    if not found:
        yield Paragraph("No action that answers this audit is recorded yet.")
        return
    rows = tuple((one.id, one.text, one.agency, day(one.due), one.colour, one.state) for one in found)
    yield Table(("Action", "What", "Whose", "Due", "Colour", "State"), rows, (8, 14, 9, 6, 6, 8),
                "Actions that answer this audit", COLOUR_TONES)  # fmt: skip


def _comments(comments: Sequence[Commented]) -> Iterator[Part]:
    yield Heading("The accuracy check")
    if not comments:
        yield Paragraph("Agencies had the draft and said nothing against its facts.")
        return
    rows = tuple((one.agency, one.place, one.text, one.answer, one.reason) for one in comments)
    yield Table(("Agency", "About", "What it says", "Answer", "Why"), rows, (3, 3, 6, 2, 5),
                "What agencies said of the draft, and what became of it")  # fmt: skip
