"""A template as an auditor of one agency will meet it, as plain text of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Final

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.template.check_conditions import comparisons
from qa_toolkit.domain.template.conditions import MAIN, Condition
from qa_toolkit.domain.template.minutes import minutes
from qa_toolkit.domain.template.model import HeaderField, Section, Template
from qa_toolkit.domain.template.questions import Part, PartType, Purpose, Question, Standard
from qa_toolkit.domain.text import visible

WIDTH: Final = 80

_TYPES: Final = {
    PartType.CHOICE: "Choose one",
    PartType.CHOICES: "Choose any that apply",
    PartType.INTEGER: "A whole number",
    PartType.PERCENTAGE: "A percentage, 0 to 100",
    PartType.DATE: "A date",
    PartType.TIMED: "From when, to when",
    PartType.SHORT_TEXT: "A line of text",
    PartType.LONG_TEXT: "Text",
    PartType.EVIDENCE_LIST: "A list of references, one on each line",
    PartType.MATRIX: "Choose one in each row",
    PartType.REPEAT: "As many times as needed",
}
_EVIDENCE: Final = {
    "none": "",
    "optional": "Evidence: if it helps.",
    "required": "Evidence: needed, {length} characters or more.",
    "when_weak": "Evidence: needed for a weak answer, {length} characters or more.",
}


def lines_for(template: Template, agency_kind: str) -> list[str]:
    """The lines, none wider than 80 columns unless a single word is."""
    name = template.agencies.get(agency_kind, "every agency")
    asked = list(template.asked(agency_kind))
    lines = [
        *_wrapped(f"{template.title} ({template.id} {template.edition}, {template.status})"),
        *_wrapped(f"For {name}: {len(asked)} questions, about {minutes(template, agency_kind)} minutes."),
    ]
    if template.summary:
        lines += ["", *_wrapped(template.summary)]
    if template.header:
        lines += ["", "FACTS", *(line for field in template.header for line in _header_field(field))]
    last: Section | None = None
    for section, question in asked:
        if section is not last:
            lines += ["", *_section(section, template)]
            last = section
        lines += ["", *_question(question, template, agency_kind)]
    sources = _sources(template)
    return lines + (["", "SOURCES", *sources] if sources else [])


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    later = first if rest is None else rest
    lines: list[str] = []
    for paragraph in visible(text, lines=True).split("\n"):
        lines += wrap(
            paragraph, WIDTH, initial_indent=later if lines else first, subsequent_indent=later,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return lines


def _header_field(field: HeaderField) -> list[str]:
    about = "the subject" if field.about == "subject" else "this return"
    options = f": {', '.join(option.label for option in field.options)}" if field.options else ""
    needed = ", needed" if field.required else ""
    lines = _wrapped(f"{field.label} (about {about}{needed}){options}", "  ", "    ")
    return lines + (_wrapped(field.help, "    ") if field.help else [])


def _section(section: Section, template: Template) -> Iterator[str]:
    yield from _wrapped(f"{section.id}  {section.title.upper()}")
    if section.themes:
        yield from _wrapped(f"Theme: {', '.join(template.themes[id] for id in section.themes)}", "  ")
    if section.intro:
        yield from _wrapped(section.intro, "  ")
    if section.show_if:
        yield from _wrapped(f"Asked only if {condition_in_words(section.show_if, template)}.", "  ")
    if section.own_grade:
        yield from _wrapped("You give this section a grade of its own.", "  ")


def _question(question: Question, template: Template, kind: str) -> Iterator[str]:
    mark = " !" if question.limits else ""
    yield from _wrapped(f"{question.id}{mark}  {question.text_for(kind)}", "", "    ")
    if question.limits:
        yield from _wrapped("! A limiting question: a weak answer can cap the grade.", "    ")
    if question.purpose is Purpose.SAFETY:
        yield from _wrapped("Asked first, and again when you submit. It never changes a grade.", "    ")
    if question.sensitive:
        yield from _wrapped("Sensitive: only this agency and the chair see the answer.", "    ")
    if question.show_if:
        yield from _wrapped(f"Asked only if {condition_in_words(question.show_if, template)}.", "    ")
    for part in question.parts:
        yield from _part(part, template, "    ")
    guidance = question.guidance_for(kind)
    if guidance:
        yield from _wrapped(f"Guidance: {guidance}", "    ")
    look_for = question.look_for_for(kind)
    if look_for:
        yield from _wrapped(f"Look for: {'; '.join(look_for)}", "    ")
    evidence = _EVIDENCE[question.evidence.rule].format(length=question.evidence.min_length)
    if evidence:
        yield from _wrapped(evidence, "    ")
    if question.missing:
        yield from _wrapped(f"Or: {'; '.join(one.label.lower() for one in question.missing)}.", "    ")
    elif not question.required:
        yield from _wrapped("May be left open.", "    ")


def _part(part: Part, template: Template, indent: str) -> Iterator[str]:
    words = _TYPES[part.type]
    if part.type is PartType.INTEGER and (part.min is not None or part.max is not None):
        low = f" from {part.min}" if part.min is not None else ""
        words += f"{low} to {part.max}" if part.max is not None else low
    if part.unit:
        words += f", in {part.unit}"
    if part.standard:
        words += f" ({standard_in_words(part.standard)})"
    if not part.required:
        words += ", may be left open"
    if part.show_if:
        words += f", only if {condition_in_words(part.show_if, template)}"
    yield from _wrapped(f"{part.label}: {words}" if part.label else words, indent, indent + "  ")
    if part.type is PartType.MATRIX:
        yield from _wrapped(f"Rows: {'; '.join(row.label for row in part.rows)}", indent + "  ")
    for number, option in enumerate(template.options_of(part), 1):
        descriptor = f": {option.descriptor}" if option.descriptor else ""
        yield from _wrapped(f"{number} {option.label}{descriptor}", indent + "  ", indent + "    ")
    for column in part.columns:
        yield from _part(column, template, indent + "  ")


def standard_in_words(standard: Standard) -> str:
    """`within 15 working days`."""
    unit = standard.unit if standard.within != 1 else standard.unit.removesuffix("s")
    return f"within {standard.within} {'working ' if standard.days == 'working' else ''}{unit}"


def condition_in_words(condition: Condition, template: Template) -> str:
    """A condition as a clause: `UI-04 is Yes or Partly, and the agency is Police`."""
    clauses = []
    if condition.agency:
        names = [template.agencies.get(kind, kind) for kind in condition.agency]
        clauses.append(f"the agency is {' or '.join(names)}")
    tests = comparisons(condition)
    if tests:
        subject, labels = _subject(condition, template)
        clauses += [f"{subject} {_test(key, value, labels)}" for key, value in tests.items()]
    clauses += [condition_in_words(inner, template) for inner in condition.all]
    if condition.any:
        clauses.append(" or ".join(condition_in_words(inner, template) for inner in condition.any))
    return ", and ".join(clauses)


def _subject(condition: Condition, template: Template) -> tuple[str, dict[str, str]]:
    if condition.header:
        field = template.fields[condition.header]
        return f"“{field.label}”", {option.value: option.label for option in field.options}
    question = template.questions.get(condition.question)
    if question is None:
        return ("the answer" if condition.part == MAIN else condition.part.replace("_", " ")), {}
    part = question.part(condition.part)
    label = part.label or part.id if part and part is not question.main else ""
    name = f"{question.id} ({label})" if label else question.id
    return name, {option.value: option.label for option in template.options_of(part)} if part else {}


def _test(key: str, value: object, labels: dict[str, str]) -> str:
    if key == "answered":
        return "is answered" if value else "is not answered"
    if isinstance(value, tuple):
        words = " or ".join(labels.get(str(one), str(one)) for one in value)
        return f"is {words}" if key == "is" else f"is not {words}"
    return f"is {key.replace('_', ' ')} {show_date(value) if isinstance(value, date) else value}"


def _sources(template: Template) -> list[str]:
    lines: list[str] = []
    for source in template.sources:
        since = f", in force from {show_date(source.in_force)}" if source.in_force else ""
        lines += _wrapped(f"{source.title}, {source.edition}{since}", "  ", "    ")
    return lines
