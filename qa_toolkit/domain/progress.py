"""How far a return is: what it is asked, what is answered, what stops it, and what its rater should see first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from qa_toolkit.domain.answering import elapsed, is_weak
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.grading import facts_of, indicative
from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.returns import OVERALL, Return, reworded_note
from qa_toolkit.domain.states import Summary
from qa_toolkit.domain.template.applying import Facts, columns_shown, in_sight, is_required, parts_shown, shown
from qa_toolkit.domain.template.model import Section, Template
from qa_toolkit.domain.template.questions import Missing, PartType, Purpose, Question


class Item(NamedTuple):
    """One question that the agency is shown."""

    section: Section
    question: Question
    answer: Answer | None
    required: bool

    @property
    def answered(self) -> bool:
        """Whether it has a value, or a reason for none."""
        return self.answer is not None and self.answer.answered


class Stop(NamedTuple):
    """One thing that prevents submission."""

    where: str
    """A question's or section's id, `declaration`, `facts`, `grade` or `check`."""
    sentence: str


class Note(NamedTuple):
    """One thing to be seen before submission, which may stand."""

    where: str
    """Unique among the notes of a return: `UI-04 timed`, `section UI`, …"""
    sentence: str


def items(template: Template, ret: Return, header: Mapping[str, Any]) -> list[Item]:
    """What the agency is shown, in order; the auditor's own grade is asked at submission and is not among them."""
    facts = in_sight(template, facts_of(template, ret, header))
    return [
        Item(section, question, ret.answers.get(question.id), is_required(question, facts))
        for section, question in shown(template, facts)
        if question.purpose is not Purpose.AUDITORS_GRADE
    ]


def last_touched(ret: Return) -> str | None:
    """The question that was answered last."""
    return max(ret.answers.values(), key=lambda answer: answer.seq).id if ret.answers else None


def summary(template: Template, ret: Return, header: Mapping[str, Any]) -> Summary:
    """What lists and grids need of a return."""
    found = items(template, ret, header)
    given, submission = ret.grades.get(OVERALL), ret.submission
    return Summary(
        id=ret.id, rater=ret.head.rater, asked=len(found), answered=sum(item.answered for item in found),
        round=ret.round,
        nil=submission is not None and submission.nil, checked=ret.check_stands,
        grade=given.grade if given else None, concerns=tuple(ret.concerns), changed_at=ret.changed_at,
    )  # fmt: skip


# --- what stops submission


def stops(
    template: Template,
    ret: Return,
    header: Mapping[str, Any],
    *,
    agency_check: bool,
    open_queries: Mapping[str, str] | None = None,
) -> list[Stop]:
    """Everything that prevents submission, in the order in which the rater meets it."""
    facts = in_sight(template, facts_of(template, ret, header))
    found: list[Stop] = []
    if "start" not in ret.declarations:
        found.append(Stop("declaration", "Say how near you stand to this case."))
    for field in template.header:
        if field.about == "return" and field.required and ret.facts.get(field.id) in (None, "", []):
            found.append(Stop("facts", f"{field.label} is not filled in."))
    raised = {concern.question for concern in ret.concerns.values()}
    for item in items(template, ret, header):
        found += _item_stops(template, item, facts, raised)
    found += [
        Stop(id, f"{id} was queried and has not been looked at since: {text}")
        for id, text in (open_queries or {}).items()
        if not _touched_since(ret, id)
    ]
    found += _grade_stops(template, ret, header)
    if agency_check and not ret.check_stands:
        found.append(Stop("check", "An agency lead has not checked it since the last change."))
    return found


def _touched_since(ret: Return, question_id: str) -> bool:
    answer, submission = ret.answers.get(question_id), ret.submission
    return answer is not None and submission is not None and answer.seq > submission.seq


def _item_stops(template: Template, item: Item, facts: Facts, raised: set[str]) -> list[Stop]:
    question, answer = item.question, item.answer
    if answer is None or not answer.answered:
        return [Stop(question.id, f"{question.id} is not answered.")] if item.required else []
    found = []
    if answer.missing is Missing.NOT_APPLICABLE and not answer.reason.strip():
        found.append(Stop(question.id, f"{question.id} does not apply: say why, in a few words."))
    if answer.missing is None:
        found += _part_stops(question, answer, facts)
    found += _evidence_stops(template, question, answer)
    if answer.main in question.raises_concern and question.id not in raised:
        found.append(Stop(question.id, f"{question.id} asks for an immediate safeguarding concern: raise one first."))
    return found


def _part_stops(question: Question, answer: Answer, facts: Facts) -> list[Stop]:
    found = []
    for part in parts_shown(question, answer.values, facts):
        label = part.label or part.id
        if part.id not in answer.values:
            if part.required and part.id not in answer.unknown:
                found.append(Stop(question.id, f"{question.id}: “{label}” is empty; fill it in, or mark it not known."))
        elif part.type is PartType.REPEAT:
            for number, row in enumerate(answer.values[part.id], start=1):
                for column in columns_shown(part, row, facts):
                    if column.required and column.id not in row:
                        name = column.label or column.id
                        found.append(Stop(question.id, f"{question.id}, row {number}: “{name}” is empty."))
        elif part.type is PartType.MATRIX and part.required:
            left = [row.label for row in part.rows if row.id not in answer.values[part.id]]
            if left:
                found.append(Stop(question.id, f"{question.id}: no answer for {', '.join(left)}."))
    return found


def _evidence_stops(template: Template, question: Question, answer: Answer) -> list[Stop]:
    rule, least = question.evidence.rule, question.evidence.min_length
    wanted = rule == "required" or (rule == "when_weak" and is_weak(template, question, answer))
    if not wanted or answer.missing is not None:
        return []
    length = len(answer.evidence.strip())
    if length == 0:
        return [Stop(question.id, f"{question.id} needs evidence: a reference to where it can be seen.")]
    if length < least:
        return [Stop(question.id, f"{question.id}: the evidence is too short to find it again ({length} of {least}).")]
    return []


def _grade_stops(template: Template, ret: Return, header: Mapping[str, Any]) -> list[Stop]:
    found = []
    for section in template.sections:
        if (
            section.own_grade
            and section.id not in ret.grades
            and any(s.id == section.id for s, _ in template.asked(ret.head.kind))
        ):
            found.append(Stop("grade", f"Your grade for section {section.id}, {section.title}, is missing."))
    question = template.grade_question
    if question is None or all(q.id != question.id for _, q in template.asked(ret.head.kind)):
        return found
    given = ret.grades.get(OVERALL)
    if given is None:
        return [*found, Stop("grade", "Your own grade for the whole is missing.")]
    if not given.reasons.strip():
        found.append(Stop("grade", "Your grade for the whole needs its reasons."))
    advice = indicative(template, ret, header)
    if advice.grade is not given.grade and not given.departure.strip():
        found.append(
            Stop("grade", f"Your grade differs from the indicative one ({advice.because.rstrip('.')}): say why.")
        )
    return found


# --- what to see before submission


def notes(template: Template, ret: Return, header: Mapping[str, Any]) -> list[Note]:
    """What the rater should see and may let stand."""
    found: list[Note] = []
    for item in items(template, ret, header):
        answer = item.answer
        if answer is None:
            continue
        found += _typed(answer)
        if answer.unconfirmed:
            sentence = f"{answer.id} is carried over from last time and not confirmed."
            found.append(Note(f"{answer.id} unconfirmed", sentence))
        if answer.id in ret.reworded:
            sentence = f"{answer.id} was answered under other words: {ret.reworded[answer.id]}."
            found.append(Note(reworded_note(answer.id), sentence))
        if is_weak(template, item.question, answer) and not answer.comment.strip():
            found.append(Note(f"{answer.id} comment", f"{answer.id} is a weak answer without a comment."))
        found += _times(item.question, answer)
    for section in indicative(template, ret, header).sections:
        if section.insufficient:
            found.append(Note(f"section {section.section}", f"Section {section.section}: {section.because}"))
    return found


def _typed(answer: Answer) -> list[Note]:
    found = []
    for name in ("comment", "evidence", "reason"):
        hits = identifiers(getattr(answer, name))
        if hits:
            found.append(Note(f"{answer.id} {name}", f"{answer.id}, {name}: {hits[0].sentence}"))
    return found


def _times(question: Question, answer: Answer) -> list[Note]:
    if answer.comment.strip():
        return []
    found = []
    for part in question.parts:
        if part.type is PartType.TIMED and part.id in answer.values:
            took = elapsed(part, answer.values[part.id], england_and_wales())
            if took.met is False:
                sentence = f"{question.id}: {took.sentence} There is no comment."
                found.append(Note(f"{question.id} {part.id}", sentence))
    return found
