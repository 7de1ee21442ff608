"""How each question was answered, agency by agency: met, partly, not, or a kind of missing. Counts of returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from qa_toolkit.domain.answering import elapsed
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.grading import scores
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.progress import items
from qa_toolkit.domain.template.model import Source, Template
from qa_toolkit.domain.template.questions import Missing, PartType, Question
from qa_toolkit.reports.figures.audits import Seen
from qa_toolkit.reports.figures.tally import Tally
from qa_toolkit.reports.views.audit import EVERY_AGENCY, LawLine, QuestionLine, SourceOfQuestion
from qa_toolkit.reports.views.numbers import Number
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.returns import opened

HOW: Final = {
    "met": "Met", "partly": "Partly met", "not_met": "Not met", "not_known": "Not known or not recorded",
    "not_seen": "Not seen by this agency", "not_applicable": "Not applicable", "words": "Answered in words",
    "open": "Not answered",
}  # fmt: skip
"""How an answer counts, in the order in which it is shown."""
_MEANING: Final = {
    "met": "Yes, good, outstanding or the like, and within its standard where it has one.",
    "partly": "Partly, requires improvement or the like.", "not_met": "No, inadequate or the like, or out of time.",
    "not_known": "The record does not say. It counts as no low score.",
    "not_seen": "This agency could not see it. It counts as no low score.",
    "not_applicable": "It did not arise. It counts as no low score.",
    "words": "An answer that is not judged.", "open": "Asked, and left without an answer.",
}  # fmt: skip
_MISSING: Final = {
    Missing.NOT_KNOWN: "not_known", Missing.NOT_SEEN: "not_seen", Missing.NOT_APPLICABLE: "not_applicable",
}  # fmt: skip


class Answers(NamedTuple):
    """What is counted of an audit's answers."""

    questions: tuple[QuestionLine, ...]
    """Every question that somebody was asked, agency by agency."""
    laws: tuple[LawLine, ...]
    """The same by what each question rests on."""


def answer_figures(
    tally: Tally, workspace: Workspace, one: Seen, agencies: Mapping[str, Agency], calendar: WorkingCalendar
) -> Answers:
    """The answers of an audit's filed returns, by question and by law or guidance."""
    file = one.file
    counted = _counted(workspace, one, calendar)
    template = workspace.template(file.audit.template)

    def line(question: Question, key: str, name: str, found: Mapping[str, list[str]]) -> QuestionLine:
        return QuestionLine(
            audit=file.audit.id, id=question.id, text=question.text, agency=name,
            sources=_sources(template, question), themes=tuple(template.themes.get(t, t) for t in question.themes),
            numbers=_numbers(tally, file.audit.id, question.id, key, found),
        )  # fmt: skip

    lines = []
    for question in template.questions.values():
        by_agency = counted.get(question.id, {})
        if by_agency:
            every = {how: [id for found in by_agency.values() for id in found.get(how, ())] for how in HOW}
            lines.append(line(question, "all", EVERY_AGENCY, every))
        lines += [line(question, id, agencies[id].name, by_agency[id]) for id in agencies if id in by_agency]
    return Answers(tuple(lines), _laws(tally, file.audit.id, template, counted))


def _counted(workspace: Workspace, one: Seen, calendar: WorkingCalendar) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Question to agency to how it was answered, to the returns that answer it so."""
    file = one.file
    counted: dict[str, dict[str, dict[str, list[str]]]] = {}
    for id, filed in file.received.items():
        owed = file.allocations.get(id)
        if owed is None or filed.nil or id in one.sealed:
            continue
        at = opened(workspace, id)
        for item in items(at.template, at.ret, at.header):
            how = judged(at.template, item.question, item.answer, calendar)
            counted.setdefault(item.question.id, {}).setdefault(owed.agency, {}).setdefault(how, []).append(id)
    return counted


def _laws(
    tally: Tally, audit: str, template: Template, counted: Mapping[str, Mapping[str, Mapping[str, list[str]]]]
) -> tuple[LawLine, ...]:
    found = []
    for source in sorted(template.sources, key=lambda one: (one.title, one.edition)):
        asked = [id for id, question in template.questions.items() if source.id in question.sources and id in counted]
        answers = {
            how: [f"{id} {question}" for question in asked for by in counted[question].values()
                  for id in by.get(how, ())]
            for how in HOW
        }  # fmt: skip
        if asked:
            found.append(
                LawLine(
                    source=_source(source), questions=tuple(asked),
                    numbers=_numbers(tally, audit, "source", source.id, answers, "answers"),
                )
            )  # fmt: skip
    return tuple(found)


def judged(template: Template, question: Question, answer: Answer | None, calendar: WorkingCalendar) -> str:
    """How an answer counts: by the lowest of its parts that are judged."""
    if answer is None or not answer.answered:
        return "open"
    if answer.missing is not None:
        return _MISSING[answer.missing]
    worth = scores(template, question, answer)
    for part in question.parts:
        value = answer.values.get(part.id)
        if part.type is PartType.TIMED and part.standard is not None and value:
            worth.append(3 if elapsed(part, value, calendar).met else 1)
    if not worth:
        return "words"
    return "met" if min(worth) >= 3 else "partly" if min(worth) == 2 else "not_met"


def _numbers(
    tally: Tally, audit: str, question: str, agency: str, found: Mapping[str, list[str]], unit: str = "returns"
) -> tuple[Number, ...]:
    n = sum(map(len, found.values()))
    return tuple(
        tally.count(f"answers.{audit}.{question}.{agency}.{how}", label, unit, found.get(how, ()), _MEANING[how],
                    n)
        for how, label in HOW.items()
    )  # fmt: skip


def _sources(template: Template, question: Question) -> tuple[SourceOfQuestion, ...]:
    known = {source.id: source for source in template.sources}
    return tuple(_source(known[id]) for id in question.sources if id in known)


def _source(source: Source) -> SourceOfQuestion:
    return SourceOfQuestion(id=source.id, title=source.title, edition=source.edition, in_force=source.in_force)
