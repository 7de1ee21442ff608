"""Whether a condition can ever be met by an agency of some kind, as far as that can be told without any answer."""

from __future__ import annotations

from qa_toolkit.domain.template.conditions import Condition
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, PartType


def never_met(condition: Condition, template: Template, kind: str) -> bool:
    """Whether no answers at all could make it true for that kind of agency; False where it cannot be told."""
    if condition.agency and kind and kind not in condition.agency:
        return True
    if any(never_met(inner, template, kind) for inner in condition.all):
        return True
    if condition.any and all(never_met(inner, template, kind) for inner in condition.any):
        return True
    if _not_asked(condition, template, kind) or _out_of_range(condition, template):
        return True
    return _against_itself((condition, *condition.all), template)


def _not_asked(condition: Condition, template: Template, kind: str) -> bool:
    if not condition.question or condition.question not in template.questions or condition.answered is False:
        return False
    return bool(kind) and kind not in template.agencies_of(condition.question)


def _out_of_range(condition: Condition, template: Template) -> bool:
    low, high = _bounds(condition, template)
    if condition.more_than is not None and high is not None and condition.more_than >= high:
        return True
    return condition.less_than is not None and low is not None and condition.less_than <= low


def _bounds(condition: Condition, template: Template) -> tuple[int | None, int | None]:
    if condition.header in template.fields:
        field = template.fields[condition.header]
        return field.min if field.min is not None else 0, field.max
    part = _part(condition, template)
    if part is None:
        return None, None
    if part.type is PartType.PERCENTAGE:
        return 0, 100
    return (part.min, part.max) if part.type is PartType.INTEGER else (None, None)


def _part(condition: Condition, template: Template) -> Part | None:
    question = template.questions.get(condition.question)
    return question.part(condition.part) if question else None


def _against_itself(together: tuple[Condition, ...], template: Template) -> bool:
    """Comparisons of one single choice that must all hold and leave no option."""
    left: dict[tuple[str, str, str], set[str]] = {}
    for one in together:
        if not (one.is_ or one.is_not):
            continue
        key = (one.question, one.part, one.header)
        if key not in left:
            options = _single_choice(one, template)
            if not options:
                continue
            left[key] = options
        if one.is_:
            left[key] &= set(one.is_)
        left[key] -= set(one.is_not)
    return any(not options for options in left.values())


def _single_choice(condition: Condition, template: Template) -> set[str]:
    if condition.header in template.fields:
        field = template.fields[condition.header]
        return {option.value for option in field.options} if field.type == "choice" else set()
    part = _part(condition, template)
    if part is None or part.type is not PartType.CHOICE:
        return set()
    return {option.value for option in template.options_of(part)}
