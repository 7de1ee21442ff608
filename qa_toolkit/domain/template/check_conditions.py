"""Faults in conditions: names that name nothing, comparisons that cannot be made or met, and circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from qa_toolkit.domain.template.conditions import Condition
from qa_toolkit.domain.template.faults import Found, did_you_mean, shown
from qa_toolkit.domain.template.known import CHOICES, NUMBERS, Known
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, PartType, Purpose, Question
from qa_toolkit.domain.template.shape import Loc

DEEPEST: Final = 50
"""How many questions may hang on each other in a row."""


def comparisons(condition: Condition) -> dict[str, object]:
    """What a condition compares with: key to value, as written in a file."""
    pairs = {
        "is": condition.is_ or None,
        "is_not": condition.is_not or None,
        "more_than": condition.more_than,
        "less_than": condition.less_than,
        "before": condition.before,
        "after": condition.after,
        "answered": condition.answered,
    }
    return {key: value for key, value in pairs.items() if value is not None}


def names_in(condition: Condition) -> Iterator[str]:
    """The questions that a condition names, at any depth."""
    if condition.question:
        yield condition.question
    for inner in (*condition.all, *condition.any):
        yield from names_in(inner)


def condition_faults(condition: Condition, loc: Loc, known: Known, owner: Question | None) -> Iterator[Found]:
    """Faults in a condition on a question (its `owner`), a section or the whole."""

    def compared(one: Condition, where: Loc) -> Iterator[Found]:
        question = known.questions.get(one.question)
        if question is None:
            hint = did_you_mean(one.question, known.questions)
            yield Found((*where, "question"), f"The condition names no question: {shown(one.question)}.{hint}")
            return
        part = question.part(one.part)
        if part is None:
            yield Found((*where, "part"), known.no_part(question, one.part))
            return
        yield from _comparison(one, where, part.type, known.values(part), f"{question.id}")

    yield from _walk(condition, loc, known, compared)


def part_condition_faults(
    condition: Condition, loc: Loc, known: Known, question: Question, earlier: tuple[Part, ...], thing: str
) -> Iterator[Found]:
    """Faults in a part's or column's condition, which looks back at what stands before it in the same question."""
    by_id = {part.id: part for part in earlier}

    def compared(one: Condition, where: Loc) -> Iterator[Found]:
        if one.question and one.question != question.id:
            words = f"A {thing}’s show_if looks at earlier {thing}s of its own question, not at {shown(one.question)}."
            yield Found((*where, "question"), words)
        elif one.part not in by_id:
            hint = did_you_mean(one.part, by_id)
            yield Found((*where, "part"), f"{shown(one.part)} is not a {thing} before this one.{hint}")
        else:
            part = by_id[one.part]
            yield from _comparison(one, where, part.type, known.values(part), f"the {thing} {part.id}")

    yield from _walk(condition, loc, known, compared, own_parts=True)


def _walk(
    condition: Condition,
    loc: Loc,
    known: Known,
    compared: Callable[[Condition, Loc], Iterator[Found]],
    *,
    own_parts: bool = False,
) -> Iterator[Found]:
    tests = comparisons(condition)
    subject = bool(condition.question) or (own_parts and not condition.header and bool(tests))
    for kind in condition.agency:
        if kind not in known.template.agencies:
            hint = did_you_mean(kind, known.template.agencies)
            yield Found((*loc, "agency"), f"{shown(kind)} is not an agency of this template.{hint}")
    if condition.question and condition.header:
        yield Found(loc, "A condition compares a question or a header field, not both: join two under all = [...].")
    elif tests and not subject and not condition.header:
        yield Found(loc, f"The condition says {', '.join(tests)} but not of what: add question = or header =.")
    elif (subject or condition.header) and not tests:
        named = condition.question or condition.header
        yield Found(loc, f"The condition compares {named} with nothing: add is = [...].")
    elif condition.header:
        yield from _header(condition, loc, known)
    elif subject:
        yield from compared(condition, loc)
    elif not (condition.agency or condition.all or condition.any):
        yield Found(loc, "The condition is empty: say what it compares, or take it out.")
    for key in ("all", "any"):
        for i, inner in enumerate(getattr(condition, key)):
            yield from _walk(inner, (*loc, key, i), known, compared, own_parts=own_parts)


def _header(condition: Condition, loc: Loc, known: Known) -> Iterator[Found]:
    field = known.header.get(condition.header)
    if field is None:
        hint = did_you_mean(condition.header, known.header)
        yield Found((*loc, "header"), f"The condition names no header field: {shown(condition.header)}.{hint}")
        return
    values = tuple(option.value for option in field.options)
    yield from _comparison(condition, loc, PartType(field.type), values, f"the header field {field.id}")


def _comparison(condition: Condition, loc: Loc, kind: PartType, values: tuple[str, ...], of: str) -> Iterator[Found]:
    choice = kind in CHOICES or kind is PartType.MATRIX
    for key, given in (("is", condition.is_), ("is_not", condition.is_not)):
        if not given:
            continue
        if not choice:
            yield Found((*loc, key), f"{key} compares options, and {of} is of type {kind}.{_instead(kind)}")
            continue
        for value in given:
            if value not in values:
                yield Found((*loc, key), f"{shown(value)} is not an answer to {of}.{did_you_mean(value, values)}")
    counted = kind in NUMBERS or kind is PartType.REPEAT
    for key in ("more_than", "less_than"):
        if getattr(condition, key) is not None and not counted:
            yield Found((*loc, key), f"{key} compares numbers, and {of} is of type {kind}.{_instead(kind)}")
    for key in ("before", "after"):
        if getattr(condition, key) is not None and kind is not PartType.DATE:
            yield Found((*loc, key), f"{key} compares dates, and {of} is of type {kind}.{_instead(kind)}")
    low, high = condition.more_than, condition.less_than
    if low is not None and high is not None and high - low < 2:
        yield Found(loc, f"No number is more than {low} and less than {high}.")
    if condition.answered is False and len(comparisons(condition)) > 1:
        yield Found(loc, "What is not answered meets no other comparison: take answered = false or the others out.")


def _instead(kind: PartType) -> str:
    if kind in CHOICES or kind is PartType.MATRIX:
        return " Use is or is_not."
    if kind in NUMBERS or kind is PartType.REPEAT:
        return " Use more_than or less_than."
    return " Use before or after." if kind is PartType.DATE else " Use answered = true."


def show_if_faults(condition: Condition, loc: Loc, known: Known, owner: Question | None) -> Iterator[Found]:
    """As `condition_faults`, and what can never be met when it decides whether something is shown."""
    yield from condition_faults(condition, loc, known, owner)
    for name in dict.fromkeys(names_in(condition)):
        named = known.questions.get(name)
        if named is None:
            continue
        if owner is not None and owner.asked_of == "panel":
            yield Found(loc, f"{owner.id} is asked of the panel, which sees many returns: it cannot hang on {name}.")
        elif named.asked_of == "panel":
            yield Found(loc, f"{name} is asked of the panel, after every return is in, so this could never be met.")
        elif named.purpose is Purpose.AUDITORS_GRADE:
            yield Found(loc, f"{name} is asked at submission, after all others, so this could never be met in time.")
    yield from _nobody_meets(condition, loc, known, owner)


def _nobody_meets(condition: Condition, loc: Loc, known: Known, owner: Question | None) -> Iterator[Found]:
    """A question that hangs on one that none of its agencies is asked."""
    if owner is None or not known.template.agencies or owner.asked_of == "panel":
        return
    asked = known.asked[owner.id]
    for one in (condition, *condition.all):
        named = known.questions.get(one.question)
        if named is None or named.asked_of == "panel" or one.answered is False or not asked:
            continue
        if not asked & known.asked[named.id]:
            others = ", ".join(sorted(known.asked[named.id])) or "nobody"
            yield Found(loc, f"{named.id} is asked of {others} only, so nobody would ever be shown {owner.id}.")
    for one in (condition, *condition.all):
        if one.agency and asked and not asked & frozenset(one.agency):
            words = f"Only {', '.join(one.agency)} would be shown {owner.id}, and none of them is asked it."
            yield Found(loc, words)


def depends_on(template: Template) -> dict[str, tuple[str, ...]]:
    """Question id to the questions that decide whether it is shown; only those that hang on any."""
    found: dict[str, tuple[str, ...]] = {}
    for section in template.sections:
        outer = tuple(names_in(section.show_if)) if section.show_if else ()
        for question in section.questions:
            own = tuple(names_in(question.show_if)) if question.show_if else ()
            if outer or own:
                found[question.id] = tuple(dict.fromkeys(outer + own))
    return found


def circles(template: Template) -> Iterator[Found]:
    """Conditions that hang on themselves, each circle once; and chains too long to follow."""
    needs = depends_on(template)
    places = {
        question.id: ("sections", s, "questions", q)
        for s, section in enumerate(template.sections)
        for q, question in enumerate(section.questions)
    }
    depth: dict[str, int] = {}
    for start in needs:
        if start in depth:
            continue
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(needs[start]))]
        path.append(start)
        while stack:
            here, rest = stack[-1]
            following = next((name for name in rest if name in needs), None)
            if following is None:
                stack.pop()
                path.pop()
                depth[here] = 1 + max((depth.get(name, 0) for name in needs[here]), default=0)
                if depth[here] == DEEPEST + 1:
                    words = f"{here} hangs on more than {DEEPEST} questions in a row: shorten the chain."
                    yield Found((*places[here], "show_if"), words)
            elif following in path:
                circle = [*path[path.index(following) :], following]
                words = f"Conditions go in a circle, {' → '.join(circle)}, so none would ever be shown: break it."
                yield Found((*places[here], "show_if"), words)
            elif following not in depth:
                stack.append((following, iter(needs[following])))
                path.append(following)
