"""Two editions of a template side by side: what stays comparable, what was reworded, what is new and what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Question


class Change(StrEnum):
    """What became of a question, from the gravest on."""

    GONE = "gone"
    OTHER_ANSWERS = "other answers"
    OTHER_AGENCIES = "other agencies"
    REWORDED = "reworded"
    NEW = "new"

    @property
    def comparable(self) -> bool:
        """Whether answers to the two can still be set side by side."""
        return self in (Change.REWORDED, Change.OTHER_AGENCIES)


class Difference(NamedTuple):
    """One question that is not the same in both."""

    question: str
    change: Change
    sentence: str


def differences(before: Template, after: Template) -> list[Difference]:
    """Every question that differs, in the order of the newer edition, what is gone last. Ids are never used again."""
    found = [one for id, question in after.questions.items() for one in _of(before, after, id, question)]
    gone = [
        Difference(id, Change.GONE, question.text) for id, question in before.questions.items()
        if id not in after.questions
    ]  # fmt: skip
    return [*found, *gone]


def _of(before: Template, after: Template, id: str, question: Question) -> Iterator[Difference]:
    old = before.questions.get(id)
    if old is None:
        yield Difference(id, Change.NEW, question.text)
        return
    if not same_answers(before, old, after, question):
        yield Difference(id, Change.OTHER_ANSWERS, "its answers changed, so the two cannot be compared")
    if before.agencies_of(id) != after.agencies_of(id):
        left = sorted(before.agencies_of(id) - after.agencies_of(id))
        more = sorted(after.agencies_of(id) - before.agencies_of(id))
        words = [f"no longer asked of {', '.join(left)}"] if left else []
        words += [f"also asked of {', '.join(more)}"] if more else []
        yield Difference(id, Change.OTHER_AGENCIES, "; ".join(words))
    if old.text != question.text:
        yield Difference(id, Change.REWORDED, f"“{old.text}” is now “{question.text}”")


def same_answers(before: Template, old: Question, after: Template, new: Question) -> bool:
    """Whether two questions take the same answers, which count for the same."""
    return _answers(before, old) == _answers(after, new)


def _answers(template: Template, question: Question) -> list[tuple[str, str, tuple[tuple[str, int | None], ...]]]:
    return [
        (part.id, part.type.value, tuple((option.value, option.score) for option in template.options_of(part)))
        for part in question.parts
    ]
