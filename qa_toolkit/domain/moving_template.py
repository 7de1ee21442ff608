"""A running audit on another version of its template: what becomes of each answer, and how an old one is read.

An answer is read through the version in force where it still fits, and is set aside where it does not. Going back is a
move like any other, and what was set aside is there again. A return that was sent in stands on the version it was sent
in under until it is given back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, NamedTuple

from qa_toolkit.domain.answering import check_answer
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import AnswerError, InputError
from qa_toolkit.domain.header import check_facts
from qa_toolkit.domain.returns import OVERALL, Return, reworded_note
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.domain.template_moves import TemplateMove, given_under

Templates = Callable[[str], Template]
"""From a digest to the template."""


_NOTHING: Mapping[str, Any] = {"values": {}, "missing": None, "reason": "", "unknown": (), "cause": None}


class Fate(StrEnum):
    """What becomes of a question and its answers, the gravest first."""

    LOST = "asked again"
    ORPHANED = "no longer asked"
    REWORDED = "reworded"
    NEW = "new"
    KEPT = "kept"


def fate(before: Template, after: Template, kind: str, id: str, answer: Answer | None = None) -> Fate:
    """What becomes of one question, or of one answer to it, for that kind of agency."""
    old, new = before.questions.get(id), after.questions.get(id)
    if old is None or (answer is None and not _asks(before, kind, id)):
        return Fate.NEW if _asks(after, kind, id) else Fate.ORPHANED
    if new is None or not _asks(after, kind, id):
        return Fate.ORPHANED
    if _shape(before, old) != _shape(after, new) or (answer is not None and not _takes(after, new, answer)):
        return Fate.LOST
    return Fate.REWORDED if wording(before, after, kind, id) else Fate.KEPT


def _asks(template: Template, kind: str, id: str) -> bool:
    question = template.questions.get(id)
    if question is None or question.asked_of == "panel":
        return False
    return not template.agencies or kind in template.agencies_of(id)


def wording(before: Template, after: Template, kind: str, id: str) -> str:
    """How a question's words differ for that kind of agency, in a sentence; empty where they do not."""
    old, new = before.questions.get(id), after.questions.get(id)
    if old is None or new is None:
        return ""
    said = [(old.text_for(kind), new.text_for(kind))]
    for one, other in zip(old.parts, new.parts, strict=False):
        said.append((one.label, other.label))
        options = zip(before.options_of(one), after.options_of(other), strict=False)
        said += [(was.label, now.label) for was, now in options]
    return "; ".join(f"“{was}” is now “{now}”" for was, now in said if was != now)


def _shape(template: Template, question: Question) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(p.id, p.type.value, tuple(o.value for o in template.options_of(p))) for p in question.parts]


def _takes(template: Template, question: Question, answer: Answer) -> bool:
    try:
        check_answer(template, question, answer)
    except AnswerError:
        return False
    return True


def fits(template: Template, field: str, value: Any, about: str) -> bool:
    """Whether a fact is one that the template has and takes."""
    try:
        check_facts(template, {field: value}, about="return" if about == "return" else "subject")
    except InputError:
        return False
    return True


def through(ret: Return, moves: Sequence[TemplateMove], in_force: str, under: str, template: Templates) -> Return:
    """The return as one version reads it: answers that do not fit are set aside, those under other words are marked.

    `in_force` is the audit's version now, `under` the one to read with.
    """
    kept: dict[str, Answer] = {}
    aside: dict[str, Answer] = {}
    reworded: dict[str, str] = {}
    kind, now = ret.head.kind, template(under)
    for id, answer in ret.answers.items():
        given = given_under(moves, ret.id, _stood_by(ret, answer), in_force)
        became = Fate.KEPT if given == under else fate(template(given), now, kind, id, answer)
        if became in (Fate.KEPT, Fate.REWORDED):
            kept[id] = answer
        else:
            aside[id] = answer
        if became is Fate.LOST:
            # Not answered, but what was said about it stays in view, for whoever answers it again.
            kept[id] = answer.model_copy(update=dict(_NOTHING))
        if became is Fate.REWORDED:
            reworded[id] = wording(template(given), now, kind, id)
    sections = {OVERALL, *(section.id for section in now.sections)}
    return replace(
        ret,
        answers=kept,
        aside=aside,
        reworded=reworded,
        facts={id: value for id, value in ret.facts.items() if fits(now, id, value, "return")},
        grades={of: grade for of, grade in ret.grades.items() if of in sections},
    )


def _stood_by(ret: Return, answer: Answer) -> int:
    """The line by which an answer was last given: put, or let stand by its rater who was shown its new words."""
    let_stand = (one.seq for one in ret.submissions.values() if reworded_note(answer.id) in one.acknowledged)
    return max([answer.seq, *let_stand])


# --- the plan


class Line(NamedTuple):
    """One question that does not simply stay, and how many answers that is about."""

    question: str
    fate: Fate
    sentence: str
    answers: int


class MovePlan(NamedTuple):
    """What a move would do, before anything is done."""

    audit: str
    before: Template
    after: Template
    kept: int
    """Answers that stay as they are."""
    lines: tuple[Line, ...]
    submitted: tuple[str, ...]
    """Returns that were sent in, and stand as they were sent in."""
    facts: tuple[str, ...]
    """Facts that stay in the record and are not asked by the other version."""

    def count(self, fate: Fate) -> int:
        """How many questions meet that fate."""
        return sum(line.fate is fate for line in self.lines)


def plan(
    audit: str, before: Template, after: Template, kinds: Mapping[str, str], returns: Iterable[Return],
    submitted: Iterable[str], subject_facts: Iterable[str],
) -> MovePlan:  # fmt: skip
    """The plan for these returns, each as the version before reads it; `kinds` are the agencies that are asked."""
    found = list(returns)
    ids = [*after.questions, *(id for id in before.questions if id not in after.questions)]
    kept, lines = 0, []

    def asked(kind: str, id: str) -> bool:
        return _asks(before, kind, id) or _asks(after, kind, id)

    for id in ids:
        by_answer = [fate(before, after, ret.head.kind, id, ret.answers[id]) for ret in found if id in ret.answers]
        kept += by_answer.count(Fate.KEPT)
        by_kind = {kind: fate(before, after, kind, id) for kind in kinds.values() if asked(kind, id)}
        for one in Fate:
            meeting = [kind for kind, became in by_kind.items() if became is one]
            many = by_answer.count(one)
            if one is not Fate.KEPT and (meeting or many):
                of = "" if len(meeting) == len(by_kind) else ", ".join(sorted(meeting))
                said = _sentence(before, after, meeting or list(kinds.values()), id, one, of)
                lines.append(Line(id, one, said, many))
    held = {id for ret in found for id in ret.facts} | set(subject_facts)
    gone = tuple(sorted(id for id in held if id in before.fields and id not in after.fields))
    order = list(Fate)
    lines.sort(key=lambda line: order.index(line.fate))
    return MovePlan(audit, before, after, kept, tuple(lines), tuple(submitted), gone)


def _sentence(before: Template, after: Template, kinds: Sequence[str], id: str, fate: Fate, of: str) -> str:
    whom = f" of {of}" if of else ""
    match fate:
        case Fate.LOST:
            return f"takes other answers now{whom and f' ({of})'}"
        case Fate.ORPHANED:
            return f"is no longer asked{whom}"
        case Fate.NEW:
            return f"is asked{whom} from now on: {after.questions[id].text}"
        case _:
            said = next((words for kind in kinds if (words := wording(before, after, kind, id))), "")
            return f"{said}{whom and f' ({of})'}"
