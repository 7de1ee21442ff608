"""Whether a template makes sense: names that name something, rules that can be met, ids that will last.

Everything is looked at once, in order; the answer is a list of faults with their places in the models. Keys and types
are the models' own business and are right by now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from qa_toolkit.domain.template.check_conditions import circles, condition_faults, show_if_faults
from qa_toolkit.domain.template.check_parts import part_faults
from qa_toolkit.domain.template.conditions import Limit
from qa_toolkit.domain.template.faults import Found, did_you_mean, shown
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.known import Known
from qa_toolkit.domain.template.model import EVERYONE, HeaderField, Section, Template
from qa_toolkit.domain.template.naming import ANY, CAPITAL, NAME, SMALL, bad_id, option_faults, repeated
from qa_toolkit.domain.template.questions import PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade, builtin_scales
from qa_toolkit.domain.template.shape import Loc


def check(template: Template, most: int = 300) -> list[Found]:
    """The faults of a template whose keys and types are right, `most` at most; empty when it can be used."""
    known = Known.of(template)
    found = chain(
        _identity(template),
        _lists(template),
        _header(template),
        _sections(template, known),
        _safety(template),
        _grade(template),
        _scoring(template, known),
        circles(template),
    )
    return list(islice(found, most))


def _identity(template: Template) -> Iterator[Found]:
    bad = bad_id(template.id, SMALL, "child-exploitation-case-file")
    if bad:
        yield Found(("id",), bad)
    for key in ("title", "edition"):
        if not getattr(template, key).strip():
            yield Found((key,), f"{key} is empty: every template has one.")
    if template.status != "draft" and template.issued is None:
        yield Found(("status",), f"A template that is {template.status} has an issued date: add issued = 2026-01-31.")


def _lists(template: Template) -> Iterator[Found]:
    """Agencies, themes, sources and scales."""
    for table in ("agencies", "themes"):
        named: dict[str, str] = getattr(template, table)
        for id, name in named.items():
            bad = bad_id(id, SMALL if table == "agencies" else ANY, "police" if table == "agencies" else "voice")
            if bad or not name.strip():
                yield Found((table, id), bad or f"{shown(id)} has no name.")
        if table == "agencies" and EVERYONE in named:
            yield Found((table, EVERYONE), "“all” means every agency and cannot be one: choose another id.")
        ids = [((table, id), id) for id in named]
        yield from (Found(f.loc[:-1], f.message) for f in repeated(ids, "id"))
    yield from repeated(((("sources", i), source.id) for i, source in enumerate(template.sources)), "source")
    for i, source in enumerate(template.sources):
        bad = bad_id(source.id, ANY, "working-together")
        if bad:
            yield Found(("sources", i, "id"), bad)
    yield from repeated(((("scales", i), scale.id) for i, scale in enumerate(template.scales)), "scale")
    taken = set(builtin_scales()) | set(PartType)
    for i, scale in enumerate(template.scales):
        bad = bad_id(scale.id, NAME, "four_steps")
        if bad or scale.id.casefold() in taken:
            words = f"{shown(scale.id)} is a built-in type or scale: give this one another id."
            yield Found(("scales", i, "id"), bad or words)
        yield from option_faults(("scales", i), [option.value for option in scale.options])


def _header(template: Template) -> Iterator[Found]:
    yield from repeated(((("header", i), field.id) for i, field in enumerate(template.header)), "header field")
    for i, field in enumerate(template.header):
        for key, words in _header_field(field):
            yield Found(("header", i, *((key,) if key else ())), words)
        yield from option_faults(("header", i), [option.value for option in field.options])


def _header_field(field: HeaderField) -> Iterator[tuple[str, str]]:
    bad = bad_id(field.id, NAME, "age_band")
    if bad:
        yield "id", bad
    if field.identifier_class == "direct":
        yield (
            "identifier_class",
            (
                f"{shown(field.id)} would identify a child directly. "
                "Leave it out, or ask a banded fact such as age band."
            ),
        )
    choice = field.type in ("choice", "choices")
    if choice and len(field.options) < 2:
        yield "type", "A choice needs options, two or more."
    if not choice and field.options:
        yield "options", f"options belong to a choice, and this field is of type {field.type}."
    yield from _bounds(field.min, field.max, field.type == "integer", field.type)


def _bounds(low: int | None, high: int | None, allowed: bool, kind: str) -> Iterator[tuple[str, str]]:
    if not allowed and (low is not None or high is not None):
        key = "min" if low is not None else "max"
        yield key, f"min and max belong to a whole number, and this is of type {kind}."
    elif low is not None and high is not None and low > high:
        yield "min", f"min ({low}) is above max ({high}), so no number fits. Exchange them."


def _names(loc: Loc, given: Iterable[str], known: Iterable[str], thing: str) -> Iterator[Found]:
    for id in given:
        if id not in known:
            yield Found(loc, f"{shown(id)} is not {thing} of this template.{did_you_mean(id, known)}")


def _sections(template: Template, known: Known) -> Iterator[Found]:
    yield from repeated(((("sections", i), section.id) for i, section in enumerate(template.sections)), "section")
    places: list[tuple[Loc, str]] = [
        (("sections", s, "questions", q), question.id)
        for s, section in enumerate(template.sections)
        for q, question in enumerate(section.questions)
    ]
    yield from repeated(places, "question")
    for s, section in enumerate(template.sections):
        loc: Loc = ("sections", s)
        yield from _section(section, loc, template, known)
        for q, question in enumerate(section.questions):
            yield from _question(question, section, (*loc, "questions", q), template, known)


def _section(section: Section, loc: Loc, template: Template, known: Known) -> Iterator[Found]:
    bad = bad_id(section.id, CAPITAL, "UI")
    if bad:
        yield Found((*loc, "id"), bad)
    if not section.title.strip():
        yield Found((*loc, "title"), "The section’s title is empty.")
    yield from _names((*loc, "agencies"), section.agencies, known.agencies, "an agency")
    yield from _names((*loc, "themes"), section.themes, template.themes, "a theme")
    if section.show_if is not None:
        yield from show_if_faults(section.show_if, (*loc, "show_if"), known, None)


def _question(question: Question, section: Section, loc: Loc, template: Template, known: Known) -> Iterator[Found]:
    bad = bad_id(question.id, CAPITAL, "UI-04")
    if bad:
        yield Found((*loc, "id"), bad)
    if not question.text.strip():
        yield Found((*loc, "text"), "The question has no words.")
    yield from _names((*loc, "agencies"), question.agencies, known.agencies, "an agency")
    yield from _names((*loc, "themes"), question.themes, template.themes, "a theme")
    yield from _names((*loc, "sources"), question.sources, known.sources, "a source")
    yield from _who_answers(question, section, loc, template, known)
    if question.comparable_to and question.comparable_to.casefold() == question.id.casefold():
        yield Found((*loc, "comparable_to"), "A question cannot be comparable to itself: name the earlier question.")
    yield from part_faults(question, loc, known)
    for i, limit in enumerate(question.limits):
        yield from _limit(limit, question, (*loc, "limits", i), known)
    yield from _concern_values(question, loc, known)
    if question.show_if is not None:
        yield from show_if_faults(question.show_if, (*loc, "show_if"), known, question)
    if question.required_if is not None:
        yield from condition_faults(question.required_if, (*loc, "required_if"), known, question)


def _who_answers(question: Question, section: Section, loc: Loc, template: Template, known: Known) -> Iterator[Found]:
    if question.asked_of == "panel" or not template.agencies:
        return
    asked = known.asked[question.id]
    named = [kind for kind in question.agencies if kind in known.agencies]
    if not asked and named and len(named) == len(question.agencies):
        wider = ", ".join(section.agencies)
        words = f"No agency can answer this: it asks {', '.join(named)}, and its section asks {wider}."
        yield Found((*loc, "agencies"), words)
    for kind in question.wording:
        if kind not in template.agencies:
            hint = did_you_mean(kind, template.agencies)
            yield Found((*loc, "wording", kind), f"{shown(kind)} is not an agency of this template.{hint}")
        elif asked and kind not in asked:
            yield Found((*loc, "wording", kind), f"There is a wording for {kind}, which is not asked this question.")


def _limit(limit: Limit, question: Question, loc: Loc, known: Known) -> Iterator[Found]:
    if question.purpose in (Purpose.SAFETY, Purpose.AUDITORS_GRADE):
        yield Found(loc, "A limit stands on a scored question: safety and the auditor’s grade never cap a grade.")
    if limit.at in (Grade.OUTSTANDING, Grade.NOT_GRADED):
        yield Found((*loc, "at"), f"A limit at {limit.at} caps nothing: use good, requires_improvement or inadequate.")
    tests = [bool(limit.is_), limit.less_than is not None, bool(limit.less_than_part)]
    if sum(tests) != 1:
        number = "no test" if not any(tests) else "more than one test"
        yield Found(loc, f"A limit has exactly one test, and this has {number}: give is, less_than or less_than_part.")
    part = question.part(limit.part)
    if part is None:
        yield Found((*loc, "part"), known.no_part(question, limit.part))
        return
    numbers = (PartType.INTEGER, PartType.PERCENTAGE)
    if limit.is_:
        values = known.values(part)
        if not values:
            yield Found((*loc, "is"), f"The part {part.id} has no options, so `is` never holds: use less_than.")
        for value in limit.is_ if values else ():
            if value not in values:
                hint = did_you_mean(value, values)
                yield Found((*loc, "is"), f"{shown(value)} is not an answer to {question.id}.{hint}")
    if limit.less_than is not None and part.type not in numbers:
        yield Found((*loc, "less_than"), f"less_than compares numbers, and the part {part.id} is of type {part.type}.")
    if limit.less_than_part:
        other = question.part(limit.less_than_part)
        if other is None:
            yield Found((*loc, "less_than_part"), known.no_part(question, limit.less_than_part))
        elif other is part or part.type not in numbers or other.type not in numbers:
            yield Found((*loc, "less_than_part"), "less_than_part compares two different parts that are whole numbers.")


def _concern_values(question: Question, loc: Loc, known: Known) -> Iterator[Found]:
    values = known.values(question.main)
    for value in question.raises_concern:
        if value not in values:
            hint = did_you_mean(value, values) if values else " It has no options."
            yield Found((*loc, "raises_concern"), f"{shown(value)} is not an answer to {question.id}.{hint}")


def _with_purpose(template: Template, purpose: Purpose) -> list[tuple[Loc, Section, Question]]:
    return [
        (("sections", s, "questions", q), section, question)
        for s, section in enumerate(template.sections)
        for q, question in enumerate(section.questions)
        if question.purpose is purpose
    ]


def _special(
    template: Template, purpose: Purpose, words: str, more: Callable[[Loc, Question], Iterator[Found]]
) -> Iterator[Found]:
    """What holds for the safety question and the auditor's grade alike."""
    found = _with_purpose(template, purpose)
    if not found and template.kind is Kind.CASE_FILE:
        yield Found(("kind",), f'A case_file template needs {words}: a question with purpose = "{purpose}".')
    for loc, _, _ in found[1:]:
        yield Found((*loc, "purpose"), f"There is {words} already, {found[0][2].id}: a template has one.")
    for loc, section, question in found[:1]:
        everyone = frozenset(template.agencies)
        if question.asked_of == "panel" or (everyone and template.agencies_of(question.id) != everyone):
            yield Found(loc, f"{question.id} is {words}, which every agency answers: take its agencies out.")
        if question.show_if or section.show_if:
            yield Found(loc, f"{question.id} is {words}, which is always asked: take show_if out.")
        yield from more(loc, question)


def _safety(template: Template) -> Iterator[Found]:
    def more(loc: Loc, question: Question) -> Iterator[Found]:
        if loc != ("sections", 0, "questions", 0):
            yield Found(loc, f"{question.id} asks whether the child is safe, so it comes first: move it to the top.")
        if question.main.type is not PartType.CHOICE:
            yield Found(loc, f"{question.id} asks whether the child is safe: its type is a scale, as yes_no_unsure.")
        elif not question.raises_concern:
            words = 'say which answers open an immediate concern, as raises_concern = ["no", "unsure"].'
            yield Found(loc, f"{question.id} asks whether the child is safe: {words}")

    yield from _special(template, Purpose.SAFETY, "a safety question", more)


def _grade(template: Template) -> Iterator[Found]:
    def more(loc: Loc, question: Question) -> Iterator[Found]:
        if question.main.type is not PartType.CHOICE or question.main.scale != "grade":
            yield Found(loc, f"{question.id} asks the auditor’s grade: its type is grade.")

    yield from _special(template, Purpose.AUDITORS_GRADE, "a question for the auditor’s grade", more)


def _scoring(template: Template, known: Known) -> Iterator[Found]:
    for i, condition in enumerate(template.scoring.outstanding_needs):
        yield from condition_faults(condition, ("scoring", "outstanding_needs", i), known, None)
