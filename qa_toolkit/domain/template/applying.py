"""A template applied to one return: which questions and parts are shown, and what must be answered.

What is hidden does not count: a hidden question meets no comparison of another condition but `answered = false`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from qa_toolkit.domain.template.conditions import Condition
from qa_toolkit.domain.template.model import Section, Template
from qa_toolkit.domain.template.questions import Part, Question

_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at."""

    agency: str
    """The agency's kind."""
    header: Mapping[str, Any]
    """Header field to its value, in the plain form in which it is kept."""
    answers: Mapping[str, Mapping[str, Any]]
    """Question id to the values of its parts. A question without a value, or with a reason for none, is absent."""


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the condition is true for these facts, taken as they are; `in_sight` leaves out what is hidden."""
    return _holds(condition, facts, _NOTHING)


def in_sight(template: Template, facts: Facts) -> Facts:
    """The same facts without the answers of questions that are hidden, or not asked of this agency."""
    return Facts(facts.agency, facts.header, _Visible(template, facts))


def shown(template: Template, facts: Facts) -> list[tuple[Section, Question]]:
    """What an agency of that kind is asked now, in order."""
    visible = _Visible(template, facts)
    return [(section, question) for section, question in visible.asked.values() if visible.shows(question.id)]


def parts_shown(question: Question, values: Mapping[str, Any], facts: Facts) -> tuple[Part, ...]:
    """The parts of a question that are asked, given the values of its parts so far."""
    return _parts(question.parts, values, facts, question.id)


def columns_shown(part: Part, row: Mapping[str, Any], facts: Facts) -> tuple[Part, ...]:
    """The columns of a repeating group that are asked, given the values in one of its rows so far."""
    return _parts(part.columns, row, facts, "")


def is_required(question: Question, facts: Facts) -> bool:
    """Whether a shown question must have an answer, or a reason for none. Pass facts `in_sight`."""
    if question.required_if is not None:
        return holds(question.required_if, facts)
    return question.required


def _parts(parts: tuple[Part, ...], values: Mapping[str, Any], facts: Facts, question_id: str) -> tuple[Part, ...]:
    if all(part.show_if is None for part in parts):
        return parts
    found: list[Part] = []
    seen: dict[str, Any] = {}
    for part in parts:
        if part.show_if is None or _holds(part.show_if, facts, seen, question_id):
            found.append(part)
            if part.id in values:
                seen[part.id] = values[part.id]
    return tuple(found)


class _Visible(Mapping[str, Mapping[str, Any]]):
    """Answers of questions that can be seen: each is decided when it is first asked for, and only once."""

    def __init__(self, template: Template, facts: Facts) -> None:
        self.asked = {question.id: (section, question) for section, question in template.asked(facts.agency)}
        self._given = facts.answers
        self._facts = Facts(facts.agency, facts.header, self)
        self._shows: dict[str, bool] = {}
        self._sections: dict[str, bool] = {}

    def shows(self, question_id: str) -> bool:
        """Whether the question is asked of this agency and not hidden."""
        known = self._shows.get(question_id)
        if known is not None:
            return known
        found = self.asked.get(question_id)
        if found is None:
            return False
        section, question = found
        answer = self._section(section) and (question.show_if is None or holds(question.show_if, self._facts))
        self._shows[question_id] = answer
        return answer

    def _section(self, section: Section) -> bool:
        if section.show_if is None:
            return True
        if section.id not in self._sections:
            self._sections[section.id] = holds(section.show_if, self._facts)
        return self._sections[section.id]

    def __getitem__(self, question_id: str) -> Mapping[str, Any]:
        if question_id in self._given and self.shows(question_id):
            return self._given[question_id]
        raise KeyError(question_id)

    def __iter__(self) -> Iterator[str]:
        return (question_id for question_id in self._given if self.shows(question_id))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _holds(condition: Condition, facts: Facts, own: Mapping[str, Any], own_id: str = "") -> bool:
    """As `holds`; `own` are the values of the question whose parts are being decided."""
    if condition.agency and facts.agency not in condition.agency:
        return False
    if not all(_holds(inner, facts, own, own_id) for inner in condition.all):
        return False
    if condition.any and not any(_holds(inner, facts, own, own_id) for inner in condition.any):
        return False
    if not _compares(condition):
        return True
    if condition.header:
        return _compare(condition, facts.header.get(condition.header))
    if condition.question and condition.question != own_id:
        return _compare(condition, facts.answers.get(condition.question, _NOTHING).get(condition.part))
    # Without a question it looks at the parts of its own.
    return _compare(condition, own.get(condition.part))


def _compares(condition: Condition) -> bool:
    return bool(
        condition.is_
        or condition.is_not
        or condition.more_than is not None
        or condition.less_than is not None
        or condition.before
        or condition.after
        or condition.answered is not None
    )


def _compare(condition: Condition, value: Any) -> bool:
    if value is None or value == "" or value == [] or value == {}:
        return condition.answered is False
    if condition.answered is False:
        return False
    if condition.is_ or condition.is_not:
        given = _options(value)
        if condition.is_ and given.isdisjoint(condition.is_):
            return False
        if condition.is_not and not given.isdisjoint(condition.is_not):
            return False
    return _within(condition, value)


def _options(value: Any) -> set[str]:
    """The options chosen: one of a choice, several of choices, one in each row of a matrix."""
    if isinstance(value, list | tuple):
        return {str(one) for one in value}
    if isinstance(value, Mapping):
        return {str(one) for one in value.values()}
    return {str(value)}


def _within(condition: Condition, value: Any) -> bool:
    if condition.more_than is not None or condition.less_than is not None:
        # A repeating group counts as many as it has rows.
        number = len(value) if isinstance(value, list | tuple) else value
        if not isinstance(number, int | float):
            return False
        if condition.more_than is not None and not number > condition.more_than:
            return False
        if condition.less_than is not None and not number < condition.less_than:
            return False
    if condition.before is not None or condition.after is not None:
        day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        if condition.before is not None and not day < condition.before:
            return False
        if condition.after is not None and not day > condition.after:
            return False
    return True
