"""The minutes of a panel: who sat; then for each child what was strong, what was agreed and why, whose view was heard.

The agencies' own grades stand beside the agreed ones. What is sensitive is not in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.dates import show_date, show_time
from qa_toolkit.domain.findings import Finding, Prevalence
from qa_toolkit.domain.moderation import AgreedGrade, Panel, Shift, Sitter, quorum_of, shifts_by_agency
from qa_toolkit.domain.people import Agency, Person
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.saying import NOT_ANSWERED, show_answer
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.domain.text import full_stop
from qa_toolkit.reports.layout.document import Bullets, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.panels.papers import said, voices
from qa_toolkit.workflow.hearings import Hearing

SENSITIVE = "Sensitive: the chair has it"


def minutes(
    panel: Panel,
    heard: Sequence[Hearing],
    found: Sequence[tuple[Finding, Prevalence]],
    *,
    agencies: Mapping[str, Agency],
    people: Mapping[str, Person],
    zone: tzinfo,
) -> tuple[Part, ...]:
    """The record of one sitting; `found` are the audit's findings, strengths first."""
    return tuple(_parts(panel, heard, found, agencies, people, zone))


def _parts(
    panel: Panel, heard: Sequence[Hearing], found: Sequence[tuple[Finding, Prevalence]],
    agencies: Mapping[str, Agency], people: Mapping[str, Person], zone: tzinfo,
) -> Iterator[Part]:  # fmt: skip
    open_ones = [one.subject for one in heard if OVERALL not in one.agreed]
    if open_ones:
        yield Note(f"No grade for the whole is agreed yet for {', '.join(open_ones)}: these minutes are not complete.")
    yield Heading("Present")
    rows = tuple((_name(sitter, people), _speaks_for(sitter, panel, agencies)) for sitter in panel.present)
    yield Table(("Who", "For"), rows, (1, 1))
    needed = ", ".join(kind.replace("-", " ") for kind in panel.quorum)
    yield Paragraph(f"A quorum needs the chair{f', {needed}' if needed else ''}.")
    if panel.apologies:
        yield Paragraph(f"Apologies: {panel.apologies}")
    strong = [(one, seen) for one, seen in found if not one.kind.to_improve]
    if strong:
        yield Heading("Strengths found")
        yield _findings(strong)
    for one in heard:
        yield from _child(one, panel, found, agencies, people, zone)
    weak = [(one, seen) for one, seen in found if one.kind.to_improve]
    if weak:
        yield Heading("To improve")
        yield _findings(weak)
    yield from _shifts(heard)
    yield Heading("Agreed as a true record")
    yield Paragraph(f"{_name(Sitter(who=panel.chair), people)}, chair. Date: ____________________")


def _name(sitter: Sitter, people: Mapping[str, Person]) -> str:
    person = people.get(sitter.who)
    return person.name if person else sitter.who


def _speaks_for(sitter: Sitter, panel: Panel, agencies: Mapping[str, Agency]) -> str:
    if sitter.who == panel.chair:
        return "Chair"
    return agencies[sitter.agency].name if sitter.agency in agencies else "Nobody: independent"


def _findings(found: Iterable[tuple[Finding, Prevalence]]) -> Bullets:
    lines = (f"{one.id} ({one.kind.label}): {full_stop(one.text)} Seen in {seen.sentence}." for one, seen in found)
    return Bullets(tuple(lines))


def _child(
    heard: Hearing, panel: Panel, found: Sequence[tuple[Finding, Prevalence]], agencies: Mapping[str, Agency],
    people: Mapping[str, Person], zone: tzinfo,
) -> Iterator[Part]:  # fmt: skip
    yield Heading(heard.subject)
    if not (heard.turn or heard.agreed or heard.answers or heard.voices):
        yield Paragraph("Not heard yet.")
        return
    yield Bullets(tuple(_about(heard, panel, agencies, people, zone)))
    mine = [(one, seen) for one, seen in found if _concerns(one, heard)]
    if mine:
        yield Heading("Findings that this child’s file shows", 2)
        yield Bullets(tuple(f"{one.id} ({one.kind.label}): {full_stop(one.text)}" for one, _ in mine))
    yield Heading("Grades agreed", 2)
    if heard.agreed:
        rows = tuple(_grade_row(heard, agreed, title) for agreed, title in _agreed(heard))
        yield Table(("Of", "Agreed", "Agencies’ own", "Reason"), rows, (3, 3, 5, 7))
        dissent = [f"{title}: {agreed.dissent}" for agreed, title in _agreed(heard) if agreed.dissent]
        if dissent:
            yield Heading("Seen otherwise", 2)
            yield Bullets(tuple(dissent))
    else:
        yield Paragraph("No grade was agreed.")
    if heard.shifts:
        yield Bullets(tuple(_moved(heard.shifts)))
    if heard.questions:
        yield Heading("Questions put to the panel", 2)
        yield Table(("Question", "Answer"), tuple(_asked(heard, question) for question in heard.questions), (1, 1))
    yield Heading("Whose view was heard", 2)
    yield voices(heard)
    settled = heard.comparison.contradictions
    if settled:
        yield Heading("Contradictions that lay before the panel", 2)
        yield Bullets(tuple(f"{row.question.id}: {row.contradiction}" for row in settled))


def _about(
    heard: Hearing, panel: Panel, agencies: Mapping[str, Agency], people: Mapping[str, Person], zone: tzinfo
) -> Iterator[str]:
    overall = heard.agreed.get(OVERALL)
    if overall is not None and overall.voting:
        yield quorum_of(panel, overall.voting, agencies).sentence
        away = [sitter for sitter in panel.present if sitter not in overall.voting and sitter.who not in overall.aside]
        if away:
            yield f"Not there when it was agreed: {', '.join(_name(sitter, people) for sitter in away)}."
    elif heard.quorum is not None:
        yield heard.quorum.sentence
    for interest in heard.interests:
        deed = "stood aside" if interest.abstains else "declared an interest and stayed"
        yield f"{_name(Sitter(who=interest.who), people)} {deed}: {interest.why}"
    if heard.turn is not None:
        ended = heard.turn.ended_at
        until = f" to {show_time(ended, zone)[:5]}" if ended else ", not ended"
        yield f"Heard from {show_time(heard.turn.began_at, zone)[:5]}{until}."
    if heard.waiting:
        yield f"Not filed, so not before the panel: {', '.join(heard.waiting)}."
    if heard.sealed:
        yield f"Sealed, so not before the panel: {', '.join(heard.sealed)}."


def _concerns(finding: Finding, heard: Hearing) -> bool:
    """Whether a finding rests on this child's returns, or names the child."""
    return heard.subject in finding.subjects or any(
        (owed := heard.file.allocations.get(ref.return_id)) is not None and owed.subject == heard.subject
        for ref in finding.answers
    )


def _moved(shifts: Sequence[Shift]) -> Iterator[str]:
    """What moved, and in one sentence where nothing did."""
    same = [shift for shift in shifts if shift.steps == 0]
    if same:
        yield f"{same[0].agreed.label}, as given by {', '.join(shift.agency for shift in same)}."
    yield from (f"{shift.agency}: {shift.sentence}" for shift in shifts if shift.steps)


def _agreed(heard: Hearing) -> Iterator[tuple[AgreedGrade, str]]:
    sections = {section.id: f"{section.id} {section.title}" for section in heard.template.sections}
    for of, title in {OVERALL: "The whole", **sections}.items():
        if of in heard.agreed:
            yield heard.agreed[of], title


def _grade_row(heard: Hearing, agreed: AgreedGrade, title: str) -> tuple[str, str, str, str]:
    row = next((row for row in heard.comparison.grades if row.of == agreed.of), None)
    own = said({agency: grade.label for agency, grade in row.own.items()}, "\n") if row else ""
    return (title, f"{agreed.grade.label} ({agreed.confidence.label.lower()})", own or "none given", agreed.reasons)


def _asked(heard: Hearing, question: Question) -> tuple[str, str]:
    words = f"{question.id} {question.text}"
    given = heard.answers.get(question.id)
    if given is None:
        return (words, NOT_ANSWERED)
    if question.sensitive and not heard.reveal:
        return (words, SENSITIVE)
    answer = Answer(id=question.id, values=given.values, missing=given.missing, reason=given.reason)
    comment = f"\n{given.comment}" if given.comment else ""
    return (words, show_answer(heard.template, question, answer) + comment)


def _shifts(heard: Sequence[Hearing]) -> Iterator[Part]:
    found = shifts_by_agency(shift for one in heard for shift in one.shifts)
    if not found:
        return
    yield Heading("How agencies’ own grades and the agreed ones stand to each other")
    yield Bullets(tuple(f"{one.agency}: {one.sentence}" for one in found))
    yield Paragraph("A difference is something to talk about, not a fault: the panel saw all records together.")


def sitting_words(panel: Panel) -> str:
    """The sitting in a line."""
    return f"{panel.id}, {show_date(panel.day)}"
