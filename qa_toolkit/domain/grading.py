"""The indicative grade: computed from the answers, explained in a sentence, and advice only.

A section's grade is the median of its answered items, half going down; Yes, Partly and No count 3, 2 and 1, grades as
they are. Limiting marks cap a section or the whole. What is not applicable, not known or not seen is never a low
score; many not-knowns make an insufficient record instead. Source: docs/template-format.md, “Grades”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.saying import show_value
from qa_toolkit.domain.template.applying import Facts, holds, in_sight, shown
from qa_toolkit.domain.template.conditions import Limit
from qa_toolkit.domain.template.model import Section, Template
from qa_toolkit.domain.template.questions import Missing, PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade


class SectionGrade(Frozen):
    """One section's indicative grade, and what it was made of. Counts are of questions; `items` of scored values."""

    section: str
    grade: Grade | None
    """None where nothing in it counts, or the record is insufficient."""
    because: str
    items: int = 0
    unanswered: int = 0
    not_known: int = 0
    not_applicable: int = 0
    not_seen: int = 0
    insufficient: bool = False
    capped_by: tuple[str, ...] = ()


class Indicative(Frozen):
    """A return's indicative grade."""

    grade: Grade
    """`NOT_GRADED` where there is too little to go by."""
    because: str
    """One sentence: the rule that fired, and its inputs."""
    sections: tuple[SectionGrade, ...] = ()
    tripped: tuple[str, ...] = ()
    """Questions whose limiting mark was tripped."""


def facts_of(template: Template, ret: Return, header: Mapping[str, Any]) -> Facts:
    """What conditions look at, for a return on a case with those facts."""
    answers = {id: answer.values for id, answer in ret.answers.items() if answer.values}
    return Facts(agency=ret.head.kind, header={**header, **ret.facts}, answers=answers)


def indicative(template: Template, ret: Return, header: Mapping[str, Any]) -> Indicative:
    """The indicative grade of a return as it stands."""
    facts = in_sight(template, facts_of(template, ret, header))
    by_section: dict[str, tuple[Section, list[Question]]] = {}
    for section, question in shown(template, facts):
        if question.purpose is Purpose.SCORED:
            by_section.setdefault(section.id, (section, []))[1].append(question)
    sections = tuple(_section(template, s, questions, ret.answers) for s, questions in by_section.values())
    overall = _limits(template, by_section, ret.answers)
    return _overall(template, sections, overall, facts, by_section, ret.answers)


# --- sections


def _section(
    template: Template, section: Section, questions: list[Question], answers: Mapping[str, Answer]
) -> SectionGrade:
    scored: list[tuple[int, int]] = []
    counts = dict.fromkeys(Missing, 0)
    unanswered = answered = 0
    for question in questions:
        answer = answers.get(question.id)
        if answer is None or not answer.answered:
            unanswered += 1
        elif answer.missing is not None:
            counts[answer.missing] += 1
        else:
            answered += 1
            weight = question.weight if template.scoring.weights else 1
            scored += [(score, weight) for score in scores(template, question, answer)]
    known: dict[str, Any] = {
        "section": section.id,
        "items": len(scored),
        "unanswered": unanswered,
        "not_known": counts[Missing.NOT_KNOWN],
        "not_applicable": counts[Missing.NOT_APPLICABLE],
        "not_seen": counts[Missing.NOT_SEEN],
    }
    asked = answered + counts[Missing.NOT_KNOWN]
    if asked and counts[Missing.NOT_KNOWN] / asked > template.scoring.insufficient_above:
        because = f"Insufficient record: {counts[Missing.NOT_KNOWN]} of {asked} not known or not recorded."
        return SectionGrade(grade=None, because=because, insufficient=True, **known)
    if section.scoring == "none" or not scored:
        return SectionGrade(grade=None, because="Nothing here counts towards a grade.", **known)
    return _capped(template, section, questions, answers, scored, known)


def _capped(
    template: Template,
    section: Section,
    questions: list[Question],
    answers: Mapping[str, Answer],
    scored: list[tuple[int, int]],
    known: dict[str, Any],
) -> SectionGrade:
    points, words = _method(section, scored)
    grade = Grade.from_points(points)
    caps = [(limit, said) for limit, _, said in _tripped(template, questions, answers) if limit.caps != "overall"]
    worst = min((limit.at.points for limit, _ in caps), default=4)
    if worst < grade.points:
        capped = [said for limit, said in caps if limit.at.points == worst]
        grade = Grade.from_points(max(worst, 1))
        because = f"{grade.label}: capped by {' and '.join(capped)}."
        return SectionGrade(grade=grade, because=because, capped_by=tuple(c.split(" ")[0] for c in capped), **known)
    return SectionGrade(grade=grade, because=f"{grade.label}: {words}.", **known)


def _method(section: Section, scored: list[tuple[int, int]]) -> tuple[int, str]:
    values = sorted(score for score, _ in scored)
    count = _many(len(values), "answer")
    match section.scoring:
        case "mean":
            total = sum(score * weight for score, weight in scored)
            weights = sum(weight for _, weight in scored)
            # Half goes down: 2.5 is 2, 2.51 is 3.
            return _within(-((-2 * total + weights) // (2 * weights))), f"the mean of {count}"
        case "lowest":
            return _within(values[0]), f"the lowest of {count}"
        case "count_no":
            lowest = sum(value == 1 for value in values)
            said = {0: "no answer at the lowest step", 1: "one answer at the lowest step"}
            return (3, 2, 1)[min(lowest, 2)], said.get(lowest, f"{lowest} answers at the lowest step")
        case _:
            return _within(lower_median(scored)), f"the middle of {count}"


def lower_median(scored: list[tuple[int, int]]) -> int:
    """The weighted median; between two middle values, the lower."""
    half = sum(weight for _, weight in scored) / 2
    below = 0
    for score, weight in sorted(scored):
        below += weight
        if below >= half:
            return score
    raise ValueError("no scores")


def _within(points: int) -> int:
    return min(max(points, 1), 4)


def scores(template: Template, question: Question, answer: Answer) -> list[int]:
    """What an answer counts for, part by part; empty where nothing in it counts."""
    found = []
    for part in question.parts:
        value = answer.values.get(part.id)
        if value is None or part.type not in (PartType.CHOICE, PartType.MATRIX):
            continue
        worth = {option.value: option.score for option in template.options_of(part)}
        if part.type is PartType.CHOICE:
            one = worth.get(value)
            found += [] if one is None else [one]
        else:
            rows = [(score, 1) for row in value.values() if (score := worth.get(row)) is not None]
            found += [lower_median(rows)] if rows else []
    return found


# --- limiting marks


def tripped(question: Question, answer: Answer | None) -> list[Limit]:
    """The limiting marks of a question that its answer trips. What is missing or not known trips none."""
    if answer is None or answer.missing is not None:
        return []
    return [limit for limit in question.limits if _trips(limit, answer.values)]


def _trips(limit: Limit, values: Mapping[str, Any]) -> bool:
    value = values.get(limit.part)
    if value is None:
        return False
    if limit.is_:
        chosen = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
        return any(one in limit.is_ for one in chosen)
    if not isinstance(value, int):
        return False
    if limit.less_than is not None:
        return value < limit.less_than
    other = values.get(limit.less_than_part)
    return isinstance(other, int) and value < other


def _tripped(
    template: Template, questions: list[Question], answers: Mapping[str, Answer]
) -> list[tuple[Limit, str, str]]:
    """(mark, question id, the mark in words)."""
    return [
        (limit, question.id, _mark(template, question, limit, answers[question.id]))
        for question in questions
        for limit in tripped(question, answers.get(question.id))
    ]


def _mark(template: Template, question: Question, limit: Limit, answer: Answer) -> str:
    part = question.part(limit.part) or question.main
    said = show_value(template, question, part, answer.values.get(part.id))
    if limit.less_than_part:
        other = question.part(limit.less_than_part) or question.main
        than = show_value(template, question, other, answer.values.get(other.id))
        return f"{question.id} ({part.id} {said} of {than})"
    if limit.less_than is not None:
        return f"{question.id} ({part.id} {said}, less than {limit.less_than})"
    return f"{question.id} = {said}"


def _limits(
    template: Template, by_section: Mapping[str, tuple[Section, list[Question]]], answers: Mapping[str, Answer]
) -> list[tuple[Limit, str, str]]:
    questions = [question for _, found in by_section.values() for question in found]
    return [mark for mark in _tripped(template, questions, answers) if mark[0].caps != "section"]


# --- the whole


def _overall(
    template: Template,
    sections: tuple[SectionGrade, ...],
    limits: list[tuple[Limit, str, str]],
    facts: Facts,
    by_section: Mapping[str, tuple[Section, list[Question]]],
    answers: Mapping[str, Answer],
) -> Indicative:
    marks = tuple(dict.fromkeys(id for _, id, _ in limits))
    graded = [section.grade.points for section in sections if section.grade is not None]
    insufficient = sum(section.insufficient for section in sections)
    if not graded or insufficient > len(graded):
        because = (
            f"Not graded: the record is insufficient in {_many(insufficient, 'section')}."
            if insufficient
            else "Not graded: nothing has been answered that counts."
        )
        return Indicative(grade=Grade.NOT_GRADED, because=because, sections=sections, tripped=marks)
    grade = Grade.from_points(_within(lower_median([(points, 1) for points in graded])))
    words = f"the middle of {_many(len(graded), 'section grade')}"
    if len(graded) == 1:
        words = "the grade of its one section that counts"
    grade, words = _cap(template, grade, words, limits, marks)
    if grade is Grade.OUTSTANDING:
        grade, words = _earned(template, facts, by_section, answers, words)
    return Indicative(grade=grade, because=f"{grade.label}: {words}.", sections=sections, tripped=marks)


def _cap(
    template: Template, grade: Grade, words: str, limits: list[tuple[Limit, str, str]], marks: tuple[str, ...]
) -> tuple[Grade, str]:
    said = list(dict.fromkeys(text for _, _, text in limits))
    at = template.scoring.inadequate_at
    if at and len(marks) >= at and grade is not Grade.INADEQUATE:
        return Grade.INADEQUATE, f"capped by {_many(len(marks), 'limiting mark')}: {', '.join(said)}"
    worst = min((limit.at.points for limit, _, _ in limits), default=4)
    if worst < grade.points:
        capped = list(dict.fromkeys(text for limit, _, text in limits if limit.at.points == worst))
        return Grade.from_points(max(worst, 1)), f"capped by {' and '.join(capped)}"
    return grade, words


def _earned(
    template: Template,
    facts: Facts,
    by_section: Mapping[str, tuple[Section, list[Question]]],
    answers: Mapping[str, Answer],
    words: str,
) -> tuple[Grade, str]:
    """Outstanding, if the template's conditions for it hold; else Good, with what was lacking."""
    for need in template.scoring.outstanding_needs:
        if not holds(need, facts):
            lacking = need.question or need.header or "a condition"
            return Grade.GOOD, f"held at Good, because Outstanding needs more in {lacking}"
    for _, questions in by_section.values():
        for question in questions:
            if question.limits and _below_best(template, question, answers.get(question.id)):
                return Grade.GOOD, f"held at Good, because {question.id} is below its best answer"
    return Grade.OUTSTANDING, words


def _below_best(template: Template, question: Question, answer: Answer | None) -> bool:
    """Whether a limiting question's limited part has a score below the best; no value is not below."""
    if answer is None or answer.missing is not None:
        return False
    for limit in question.limits:
        part = question.part(limit.part)
        scores = {o.value: o.score for o in template.options_of(part)} if part and part.type is PartType.CHOICE else {}
        score = scores.get(str(answer.values.get(limit.part)))
        known = [one for one in scores.values() if one is not None]
        if score is not None and score < max(known):
            return True
    return False


def _many(count: int, thing: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = words[count] if count < len(words) else str(count)
    return f"{number} {thing}" if count == 1 else f"{number} {thing}s"


# --- moderation


def what_would_change(template: Template, ret: Return, header: Mapping[str, Any]) -> list[tuple[str, str, Grade]]:
    """Single other answers that would give another overall grade: (question id, answer in words, grade).

    For moderation only, where it cannot be used to reach a grade.
    """
    now = indicative(template, ret, header).grade
    found = []
    for id, answer in ret.answers.items():
        question = template.questions.get(id)
        if question is None or answer.missing is not None:
            continue
        for part in question.parts:
            for option in template.options_of(part) if part.type is PartType.CHOICE else ():
                if option.value == answer.values.get(part.id):
                    continue
                other = answer.model_copy(update={"values": {**answer.values, part.id: option.value}})
                changed = replace(ret, answers={**ret.answers, id: other})
                grade = indicative(template, changed, header).grade
                if grade is not now:
                    found.append((id, option.label, grade))
    return found
