"""The steps of sending a return in, in the order in which they are asked: what is judged before what is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.progress import Note, Stop
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.scales import Grade, Option, builtin_scales
from qa_toolkit.tui.scoring.pages import pages_of
from qa_toolkit.workflow.returns import Opened
from qa_toolkit.workflow.submission import what_stops, what_to_note

SAFETY, GRADE, ADVICE, MISSING, NOTES, INDEPENDENCE, CHECK, SEND = (
    "safety", "grade", "advice", "missing", "notes", "independence", "check", "send",
)  # fmt: skip


def grade_options() -> tuple[Option, ...]:
    """The four grades with what they mean, and the honest fifth."""
    meant = {option.value: option.descriptor for option in builtin_scales()["grade"].options}
    meant[Grade.NOT_GRADED.value] = "There is too little in the record to judge. It is never a low grade."
    return tuple(Option(value=g.value, label=g.label, descriptor=meant.get(g.value, "")) for g in Grade)


@dataclass(frozen=True)
class Step:
    """One step, with its title; `of` is the section of a grade."""

    kind: str
    title: str
    of: str = ""


def steps_of(at: Opened, *, lead: bool) -> list[Step]:
    """The steps that this return needs; a lead who only checks it sees what stops it and the check."""
    found = list(_steps(at))
    if lead:
        found = [step for step in found if step.kind in (MISSING, CHECK)]
    return found


def _steps(at: Opened) -> Iterator[Step]:
    if at.template.safety_question is not None:
        yield Step(SAFETY, "Safe today?")
    grading = at.template.grade_question
    if grading is not None and at.template.is_asked(grading.id, at.ret.head.kind):
        yield Step(GRADE, "Your grade", OVERALL)
    sections = {page.section for page in pages_of(at)}
    for section in at.template.sections:
        if section.own_grade and section.id in sections:
            yield Step(GRADE, f"Grade: {section.title}", section.id)
    if grading is not None:
        yield Step(ADVICE, "Indicative grade")
    yield Step(MISSING, "What is missing")
    yield Step(NOTES, "To acknowledge")
    yield Step(INDEPENDENCE, "Independence")
    if at.file.audit.agency_check:
        yield Step(CHECK, "Agency check")
    yield Step(SEND, "Send it in")


@dataclass(frozen=True)
class Standing:
    """What is still missing, looked at once for each change."""

    at: Opened
    stops: tuple[Stop, ...]
    notes: tuple[Note, ...]

    @classmethod
    def of(cls, at: Opened) -> Standing:
        """Where the return stands."""
        return cls(at, tuple(what_stops(at, checked=False)), tuple(what_to_note(at)))

    @property
    def differs(self) -> bool:
        """Whether the auditor's grade and the indicative one are two."""
        given = self.at.ret.grades.get(OVERALL)
        return given is not None and indicative(self.at.template, self.at.ret, self.at.header).grade is not given.grade

    def done(self, step: Step, safe: str, relation: str, acknowledged: set[str]) -> bool:
        """Whether a step needs nothing more."""
        ret = self.at.ret
        given = ret.grades.get(OVERALL)
        if step.kind == SAFETY:
            return bool(safe)
        if step.kind == GRADE:
            return step.of in ret.grades and bool(ret.grades[step.of].reasons.strip())
        if step.kind == ADVICE:
            return given is not None and (not self.differs or bool(given.departure.strip()))
        if step.kind == MISSING:
            return not self.stops
        if step.kind == NOTES:
            return all(note.where in acknowledged for note in self.notes)
        if step.kind == INDEPENDENCE:
            return bool(relation)
        if step.kind == CHECK:
            return ret.check_stands
        return False
