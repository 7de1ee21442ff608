"""The returns of several raters on one case side by side: what can be compared, what cannot, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from qa_toolkit.domain.agreement import Item
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.comparing import FACTS, GradeRow, QuestionRow, compare
from qa_toolkit.domain.progress import items
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType, Purpose, Question

NOT_ANSWERED = "not answered"


class SideBySide(NamedTuple):
    """What two raters or more said of one case; raters go by the ids of their returns."""

    returns: tuple[str, ...]
    rated: tuple[tuple[str, Item], ...]
    """Question id and ratings, for every choice from a scale that any of them was shown."""
    facts: tuple[int, int]
    """Dates, numbers and percentages that two or more gave, and how many of them are the same."""
    same_missing: int
    """Choices for which all say the same reason for having no value, such as not applicable."""
    one_sided: Mapping[str, int]
    """Where one rater has a value and another has none: what the other said, and how often."""
    uncompared: int
    """Questions answered in words, lists or spans of time: these are read, not compared."""
    grades: tuple[GradeRow, ...]
    """The raters’ own grades (and the indicative ones), for the whole and for sections, where they differ."""
    differences: tuple[QuestionRow, ...]
    """Questions to which they answered differently, the biggest gap first."""

    @property
    def missing_said(self) -> str:
        """What was left out of the comparison, in words; empty if nothing was."""
        said = []
        if self.same_missing:
            said.append(f"for {_questions(self.same_missing)} they give the same reason for having no answer")
        if self.one_sided:
            kinds = ", ".join(f"{kind.lower()} {count}" for kind, count in self.one_sided.items())
            count = sum(self.one_sided.values())
            said.append(f"for {_questions(count)} one has an answer and another has not ({kinds})")
        if self.uncompared:
            said.append(f"{_questions(self.uncompared)} answered in words, lists or spans of time, for people to read")
        return f"Left out of the figures: {'; '.join(said)}." if said else ""

    @property
    def facts_said(self) -> str:
        """How dates and numbers compare, in words; empty if there were none."""
        given, same = self.facts
        if not given:
            return ""
        return f"Of {given} date{'' if given == 1 else 's'} or numbers given by more than one, {same} are the same."


def _questions(count: int) -> str:
    return "one question" if count == 1 else f"{count} questions"


def side_by_side(template: Template, returns: Mapping[str, Return], header: Mapping[str, Any]) -> SideBySide:
    """Return id to return, the first rater’s first. A nil return has nothing to compare, and is left out."""
    telling = {id: ret for id, ret in returns.items() if not (ret.submission and ret.submission.nil)}
    shown = {id: {item.question.id for item in items(template, ret, header)} for id, ret in telling.items()}
    rated: list[tuple[str, Item]] = []
    one_sided: Counter[str] = Counter()
    given = same = same_missing = uncompared = 0
    for id, question in template.questions.items():
        if question.asked_of == "panel" or question.purpose is Purpose.AUDITORS_GRADE:
            continue
        answers = [ret.answers.get(id) if id in shown[which] else None for which, ret in telling.items()]
        if not any(id in asked for asked in shown.values()):
            continue
        values = [answer.main if answer is not None else None for answer in answers]
        if question.main.type is PartType.CHOICE:
            rated.append((id, _item(template, question, values)))
            said = [_said(answer) for answer in answers]
            if all(said) and len(set(said)) == 1 and said[0] != NOT_ANSWERED:
                same_missing += 1
            elif any(said) and not all(said):
                one_sided[next(one for one in said if one)] += 1
        elif question.main.type in FACTS:
            known = [str(value) for value in values if value is not None]
            given += len(known) > 1
            same += len(known) > 1 and len(set(known)) == 1
        elif any(value is not None for value in values):
            uncompared += 1
    found = compare(template, telling, header)
    return SideBySide(
        tuple(telling), tuple(rated), (given, same), same_missing, dict(one_sided), uncompared,
        tuple(row for row in found.grades if row.gap),
        tuple(row for row in found.questions if row.gap or row.contradiction or _apart(row)),
    )  # fmt: skip


def _said(answer: Answer | None) -> str:
    """Why there is no value; empty where there is one."""
    if answer is not None and answer.main is not None:
        return ""
    return answer.missing.label if answer is not None and answer.missing is not None else NOT_ANSWERED


def _apart(row: QuestionRow) -> bool:
    if row.question.main.type not in (PartType.CHOICE, *FACTS):
        return False
    return len({(str(answer.main), answer.missing) for answer in row.answers.values()}) > 1


def _item(template: Template, question: Question, values: list[Any]) -> Item:
    options = template.options_of(question.main)
    scores = [option.score for option in options]
    ordered = None not in scores and len(set(scores)) == len(scores)
    ranked = sorted(options, key=lambda option: option.score or 0) if ordered else list(options)
    scale = tuple(option.value for option in ranked)
    return Item(scale, ordered, tuple(value if value in scale else None for value in values))
