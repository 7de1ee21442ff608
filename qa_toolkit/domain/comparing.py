"""Agencies side by side for one child: the biggest gap first, and what contradicts.

A gap is the distance between the best and the lowest answer, as a part of what its scale allows (0 to 1). What is not
applicable, not known or not seen is no answer and makes no gap. Two agencies contradict each other where their answers
stand at opposite ends of a scale, or where the same question, asked in the same words, has another fact for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.grading import indicative, what_would_change
from qa_toolkit.domain.returns import OVERALL, Return
from qa_toolkit.domain.saying import show_answer, show_value
from qa_toolkit.domain.template.model import Section, Template
from qa_toolkit.domain.template.questions import Part, PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade

FACTS = (PartType.INTEGER, PartType.DATE, PartType.PERCENTAGE)
"""Types whose values are the same for everybody who looks, where they look at the same thing."""

HIDDEN = "Sensitive: its agency and the chair have it"
"""What a panel sees of an answer that is marked sensitive."""

REWORDED = " (asked in other words)"
"""What stands after an answer that was given under an earlier version of the template, in other words."""


class QuestionRow(NamedTuple):
    """One question across the agencies."""

    section: Section
    question: Question
    words: dict[str, str]
    """Agency to its answer in words; those not asked or without an answer are left out."""
    answers: dict[str, Answer]
    gap: float
    contradiction: str
    """The sentence for the panel, or nothing."""


class GradeRow(NamedTuple):
    """The grades of one section, or of the whole, across the agencies."""

    of: str
    title: str
    own: dict[str, Grade]
    """The auditors' grades."""
    indicative: dict[str, Grade]
    gap: int
    """Steps between the highest and the lowest grade, the auditor's where given, else the indicative one."""


class Comparison(NamedTuple):
    """One child's returns, side by side."""

    agencies: tuple[str, ...]
    grades: tuple[GradeRow, ...]
    """The whole first, then sections by gap."""
    questions: tuple[QuestionRow, ...]
    """Those that two agencies or more answered, biggest gap first, then as the template has them."""

    @property
    def contradictions(self) -> tuple[QuestionRow, ...]:
        """Rows on which two agencies contradict each other."""
        return tuple(row for row in self.questions if row.contradiction)


def compare(
    template: Template, returns: Mapping[str, Return], header: Mapping[str, Any], *, reveal: bool = False
) -> Comparison:
    """The returns (agency to return) of one child side by side; nil returns have nothing to compare.

    With `reveal`, for the chair alone, what is sensitive is in words too.
    """
    telling = {agency: ret for agency, ret in returns.items() if not (ret.submission and ret.submission.nil)}
    rows = [row for row in _questions(template, telling, reveal=reveal) if len(row.words) > 1]
    order = {question: place for place, question in enumerate(template.questions)}
    rows.sort(key=lambda row: (-row.gap, not row.contradiction, order[row.question.id]))
    return Comparison(tuple(telling), _grades(template, telling, header), tuple(rows))


def _questions(template: Template, returns: Mapping[str, Return], *, reveal: bool) -> Iterable[QuestionRow]:
    for id, question in template.questions.items():
        if question.asked_of == "panel" or question.purpose is Purpose.AUDITORS_GRADE:
            continue
        answers = {agency: ret.answers[id] for agency, ret in returns.items() if id in ret.answers}
        answers = {agency: answer for agency, answer in answers.items() if answer.answered}
        open_ones = {a: answer for a, answer in answers.items() if reveal or not secret(question, answer)}
        words = {a: show_answer(template, question, x) if a in open_ones else HIDDEN for a, x in answers.items()}
        words |= {a: f"{said}{REWORDED}" for a, said in words.items() if id in returns[a].reworded}
        kinds = {agency: returns[agency].head.kind for agency in open_ones}
        reworded = any(id in returns[agency].reworded for agency in open_ones)
        said = _contradiction(template, question, open_ones, kinds, reworded=reworded)
        yield QuestionRow(template.section_of[id], question, words, answers, _gap(template, question, answers), said)


def secret(question: Question, answer: Answer) -> bool:
    """Whether an answer is for its agency and the chair only."""
    return question.sensitive or answer.sensitive


def _gap(template: Template, question: Question, answers: Mapping[str, Answer]) -> float:
    return max((_gap_of(template, part, answers) for part in question.parts if part.type is PartType.CHOICE), default=0)


def _gap_of(template: Template, part: Part, answers: Mapping[str, Answer]) -> float:
    scores = {option.value: option.score for option in template.options_of(part) if option.score is not None}
    given = [scores[value] for answer in answers.values() if (value := answer.values.get(part.id)) in scores]
    span = max(scores.values(), default=0) - min(scores.values(), default=0)
    return (max(given) - min(given)) / span if len(given) > 1 and span else 0.0


def _contradiction(
    template: Template, question: Question, answers: Mapping[str, Answer], kinds: Mapping[str, str], *, reworded: bool
) -> str:
    same_words = not reworded and len({question.text_for(kind) for kind in kinds.values()}) == 1
    for part in question.parts:
        given = {agency: a.values[part.id] for agency, a in answers.items() if a.values.get(part.id) is not None}
        if len(given) < 2:
            continue
        if part.type is PartType.CHOICE:
            apart = _opposite(template, part, given)
        elif part.type in FACTS and same_words and len({str(value) for value in given.values()}) > 1:
            apart = given
        else:
            apart = {}
        if apart:
            said = (f"{agency}: {show_value(template, question, part, value)}" for agency, value in apart.items())
            return "; ".join(said)
    return ""


def _opposite(template: Template, part: Part, given: Mapping[str, Any]) -> dict[str, Any]:
    scores = {option.value: option.score for option in template.options_of(part) if option.score is not None}
    if not scores:
        return {}
    best, worst = max(scores.values()), min(scores.values())
    ends = {agency: value for agency, value in given.items() if scores.get(value) in (best, worst)}
    found = {scores[value] for value in ends.values()}
    return ends if len(found) > 1 else {}


def _grades(template: Template, returns: Mapping[str, Return], header: Mapping[str, Any]) -> tuple[GradeRow, ...]:
    computed = {agency: indicative(template, ret, header) for agency, ret in returns.items()}
    rows = []
    for section in template.sections:
        own = {a: r.grades[section.id].grade for a, r in returns.items() if section.id in r.grades}
        advice = {
            agency: found.grade
            for agency, result in computed.items()
            for found in result.sections
            if found.section == section.id and found.grade is not None
        }
        if own or advice:
            rows.append(GradeRow(section.id, section.title, own, advice, _steps(own, advice)))
    rows.sort(key=lambda row: -row.gap)
    own = {agency: ret.grades[OVERALL].grade for agency, ret in returns.items() if OVERALL in ret.grades}
    advice = {agency: result.grade for agency, result in computed.items()}
    return (GradeRow(OVERALL, "The whole", own, advice, _steps(own, advice)), *rows)


def _steps(own: Mapping[str, Grade], advice: Mapping[str, Grade]) -> int:
    points = [grade.points for grade in {**advice, **own}.values() if grade is not Grade.NOT_GRADED]
    return max(points) - min(points) if points else 0


# --- beside the comparison: what worked, and what the indicative grade hangs on

WELL = 0.66
"""From which part of its scale on an answer counts as good practice: Yes, Good, Outstanding; not Partly."""


class Strength(NamedTuple):
    """A question that everybody who answered it with a score answered well."""

    question: Question
    words: dict[str, str]


def strengths(template: Template, returns: Mapping[str, Return]) -> list[Strength]:
    """What worked well for one child: seen by the most agencies first, then as the template has them."""
    found = []
    for id, question in template.questions.items():
        if question.purpose is not Purpose.SCORED or question.main.type is not PartType.CHOICE:
            continue
        answers = {agency: ret.answers[id] for agency, ret in returns.items() if id in ret.answers}
        if any(secret(question, answer) for answer in answers.values()):
            continue
        heights = {agency: _height(template, question, answer) for agency, answer in answers.items()}
        scored = {agency: height for agency, height in heights.items() if height is not None}
        if scored and min(scored.values()) >= WELL:
            found.append(Strength(question, short_words(template, question, {a: answers[a] for a in scored})))
    return sorted(found, key=lambda one: -len(one.words))


def short_words(template: Template, question: Question, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Each agency's main value, or why there is none, without the further parts."""
    return {
        agency: answer.missing.label if answer.missing else show_value(template, question, question.main, answer.main)
        for agency, answer in answers.items()
    }


def _height(template: Template, question: Question, answer: Answer) -> float | None:
    """Where on its scale an answer stands, 0 to 1; None where it has no score."""
    scores = {o.value: o.score for o in template.options_of(question.main) if o.score is not None}
    score = scores.get(answer.main)
    span = max(scores.values(), default=0) - min(scores.values(), default=0)
    return (score - min(scores.values())) / span if score is not None and span else None


class Turning(NamedTuple):
    """One answer that would, had it been another, have given another indicative grade."""

    agency: str
    question: Question
    said: str
    others: tuple[str, ...]
    grade: Grade

    @property
    def sentence(self) -> str:
        """In words."""
        return (
            f"{self.agency}: {self.question.id} is {self.said}. With {' or '.join(self.others)} its indicative grade "
            f"would be {self.grade.label}."
        )


def turning_points(
    template: Template, returns: Mapping[str, Return], header: Mapping[str, Any], *, reveal: bool = False
) -> list[Turning]:
    """Every answer of a child's returns on which the indicative grade of its return hangs."""
    found = []
    for agency, ret in returns.items():
        groups: dict[tuple[str, Grade], list[str]] = {}
        for id, label, grade in what_would_change(template, ret, header):
            if reveal or not secret(template.questions[id], ret.answers[id]):
                groups.setdefault((id, grade), []).append(label)
        for (id, grade), labels in groups.items():
            question = template.questions[id]
            said = show_answer(template, question, ret.answers[id])
            found.append(Turning(agency, question, said, tuple(dict.fromkeys(labels)), grade))
    return found
