"""The rows of an audit tool in Excel: one for each thing to fill in, each with a key that no sorting can lose.

A key is `RETURN|QUESTION|PART`. Beside questions there are `@relation`, `@nil`, `#field` for facts about the return,
`@grade` with `overall` or a section's id for a part, and `@differs` with a fact about the child. `@safe`, `@checked`
and `@sent` come last, and send it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.dates import show_date, show_moment
from qa_toolkit.domain.progress import Item, items
from qa_toolkit.domain.returns import OVERALL, Relation, Return
from qa_toolkit.domain.saying import show_value
from qa_toolkit.domain.template.conditions import Condition
from qa_toolkit.domain.template.model import HeaderField, Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.values import moment

RELATION, NIL, GRADE = "@relation", "@nil", "@grade"
DIFFERS = "@differs"
SAFE, CHECKED, SENT = "@safe", "@checked", "@sent"
FINISHED = "Yes, send it in"
ROWS_OF_A_GROUP = 8
"""Empty lines for a repeating group; what is there already comes on top."""
ANSWER, REASON, COMMENT, EVIDENCE, CAUSE = "Answer", "If not applicable, why", "Comment", "Evidence", "What lay behind"


class ToolRow(NamedTuple):
    """One row as it goes out."""

    key: str
    section: str
    id: str
    ask: str
    help: str
    hint: str
    answer: str
    texts: Mapping[str, str]
    """Title of a further column to what stands in it; columns that are not named are closed in this row."""
    choices: tuple[str, ...] = ()


def tool_rows(
    template: Template, ret: Return, header: Mapping[str, Any], *, lead_check: bool = False
) -> Iterator[ToolRow]:
    """Everything that one return asks for, in the order in which it is met. What conditions hide now is left out.

    `lead_check` asks which lead of the agency has checked it.
    """
    kind = ret.head.kind
    relation = ret.declarations.get("start")
    yield ToolRow(
        f"{ret.id}|{RELATION}|", "First", "", "How near do you stand to this case?",
        "Nobody scores a case that they hold or supervise.", "Pick one.", relation.relation.label if relation else "",
        {}, tuple(one.label for one in Relation),
    )  # fmt: skip
    yield ToolRow(
        f"{ret.id}|{NIL}|", "First", "", "Does your agency hold nothing on this child?",
        "Then say so in a few words and leave the rest empty: a nil return is a return.",
        "Such as: not known to this service.", "", {},
    )  # fmt: skip
    shown = _asked(template, ret, header)
    first = [item for item in shown if item.question.purpose is Purpose.SAFETY]
    for item in first:
        yield from _question(template, ret, item.section.title, item.question, kind)
    for field in template.header:
        if field.about == "return":
            yield _fact(ret, field)
    for item in shown:
        if item not in first:
            yield from _question(template, ret, item.section.title, item.question, kind)
    yield from _grades(template, ret, kind)
    for field in template.header:
        if field.about == "subject" and header.get(field.id) not in (None, "", []):
            yield _otherwise(ret, field, header[field.id])
    yield from _ending(template, ret, lead_check)


def _asked(template: Template, ret: Return, header: Mapping[str, Any]) -> list[Item]:
    """What is shown now, and what other answers may bring: a workbook cannot ask on as the program does."""
    now = {item.question.id: item for item in items(template, ret, header)}
    found = []
    for section, question in template.asked(ret.head.kind):
        item = now.get(question.id)
        if item is None and question.purpose is not Purpose.AUDITORS_GRADE:
            conditions = [one for one in (section.show_if, question.show_if) if one is not None]
            if any(_hangs_on_an_answer(one) for one in conditions):
                item = Item(section, question, ret.answers.get(question.id), False)
        if item is not None:
            found.append(item)
    return found


def _hangs_on_an_answer(condition: Condition) -> bool:
    return bool(condition.question) or any(_hangs_on_an_answer(one) for one in (*condition.all, *condition.any))


def _fact(ret: Return, field: HeaderField) -> ToolRow:
    key, words = f"{ret.id}|#{field.id}|", _words(field, ret.facts.get(field.id))
    return ToolRow(key, "About this return", "", field.label, field.help, _asks(field), words, {}, _choices(field))


def _otherwise(ret: Return, field: HeaderField, value: Any) -> ToolRow:
    """A fact about the child, and room for an agency whose record says otherwise."""
    said = ret.differences.get(field.id)
    return ToolRow(
        f"{ret.id}|{DIFFERS}|{field.id}", "If your record differs", "", f"{field.label}: {_words(field, value)}",
        "Leave it empty if your record says the same. Otherwise give what it says, and under Comment why, if you know.",
        _asks(field), _words(field, said.says) if said else "", {COMMENT: said.note if said else ""}, _choices(field),
    )  # fmt: skip


def _words(field: HeaderField, value: Any) -> str:
    labels = {option.value: option.label for option in field.options}
    values = value if isinstance(value, list) else [] if value is None else [value]
    words = "; ".join(labels.get(str(one), str(one)) for one in values)
    return _moment(words) if field.type == "date" and words else words


def _asks(field: HeaderField) -> str:
    if field.type == "choices":
        return f"One or more, with semicolons between: {', '.join(option.label for option in field.options)}."
    return "A day, such as 24/11/2026." if field.type == "date" else ""


def _choices(field: HeaderField) -> tuple[str, ...]:
    return tuple(option.label for option in field.options) if field.type == "choice" else ()


def _question(template: Template, ret: Return, section: str, question: Question, kind: str) -> Iterator[ToolRow]:
    answer = ret.answers.get(question.id) or Answer(id=question.id)
    help = "\n".join([question.guidance_for(kind), *(f"- {one}" for one in question.look_for_for(kind))]).strip()
    texts = {
        REASON: answer.reason if answer.missing is Missing.NOT_APPLICABLE else "", COMMENT: answer.comment,
        EVIDENCE: answer.evidence, CAUSE: answer.cause.label if answer.cause else "",
    }  # fmt: skip
    for part in question.parts:
        options = tuple(option.label for option in template.options_of(part)) if _picks(part) else ()
        for place, (suffix, label, said) in enumerate(_cells(template, question, part, answer)):
            lead = part is question.main and place == 0
            missing = tuple(one.label for one in question.missing) if lead else ()
            words = [question.text_for(kind) if lead else "", "" if part is question.main else part.label, label]
            yield ToolRow(
                f"{ret.id}|{question.id}|{part.id}{suffix}", section, question.id, " ".join(filter(None, words)),
                help if lead else "", _hint(template, part),
                answer.missing.label if lead and answer.missing else said, texts if lead else {},
                (*options, *missing) if options else (),
            )  # fmt: skip


def _picks(part: Part) -> bool:
    return part.type in (PartType.CHOICE, PartType.MATRIX)


def _cells(template: Template, question: Question, part: Part, answer: Answer) -> Iterator[tuple[str, str, str]]:
    """(what is added to the key, what is added to the words, what stands there now) of each cell of a part."""
    value = answer.values.get(part.id)
    if part.type is PartType.TIMED:
        held = value if isinstance(value, dict) else {}
        yield "#from", "From when?", _moment(held.get("from"))
        yield "#to", "To when?", _moment(held.get("to"))
    elif part.type is PartType.MATRIX:
        labels = {option.value: option.label for option in template.options_of(part)}
        held = value if isinstance(value, dict) else {}
        for row in part.rows:
            yield f"#{row.id}", row.label, labels.get(held.get(row.id, ""), "")
    elif part.type is PartType.EVIDENCE_LIST:
        yield "", "", "\n".join(value or [])
    elif part.type is not PartType.REPEAT:
        yield "", "", show_value(template, question, part, value)
    else:
        yield "", "(a line each on the sheet beside)", ""


def _moment(text: str | None) -> str:
    if not text:
        return ""
    found = moment(text)
    return show_moment(found) if isinstance(found, datetime) else show_date(found)


def _hint(template: Template, part: Part) -> str:
    match part.type:
        case PartType.CHOICE | PartType.MATRIX:
            return "Pick one."
        case PartType.CHOICES:
            labels = ", ".join(option.label for option in template.options_of(part))
            return f"One or more, with semicolons between: {labels}."
        case PartType.INTEGER:
            return f"A whole number{f' of {part.unit}' if part.unit else ''}."
        case PartType.PERCENTAGE:
            return "A whole number from 0 to 100."
        case PartType.DATE:
            return "A day, such as 24/11/2026."
        case PartType.TIMED:
            return "A day, or a day and a time, such as 24/11/2026 14:05."
        case PartType.EVIDENCE_LIST:
            return "One reference a line."
        case PartType.REPEAT:
            return "Not here: on the sheet beside."
        case _:
            return "Text."


def _grades(template: Template, ret: Return, kind: str) -> Iterator[ToolRow]:
    labels = tuple(grade.label for grade in Grade)
    asked = {section.id for section, _ in template.asked(kind)}
    for section in template.sections:
        if section.own_grade and section.id in asked:
            yield _grade(ret, section.id, f"Your own grade for “{section.title}”", labels)
    question = template.grade_question
    if question is not None and template.is_asked(question.id, kind):
        yield _grade(ret, OVERALL, question.text_for(kind), labels)._replace(help=question.guidance_for(kind))


def _grade(ret: Return, of: str, ask: str, labels: tuple[str, ...]) -> ToolRow:
    given = ret.grades.get(of)
    texts = {COMMENT: given.reasons if given else ""}
    hint = "Pick one, and say why under Comment."
    answer = given.grade.label if given else ""
    return ToolRow(f"{ret.id}|{GRADE}|{of}", "Your grade", "", ask, "", hint, answer, texts, labels)


def _ending(template: Template, ret: Return, lead_check: bool) -> Iterator[ToolRow]:
    """What sends the return in; empty as it goes out."""
    section, safety = "At the end", template.safety_question
    if safety is not None:
        labels = tuple(option.label for option in template.options_of(safety.main))
        yield ToolRow(
            f"{ret.id}|{SAFE}|", section, "", f"Once more, as you finish: {safety.text_for(ret.head.kind)}",
            "If not: telephone now, then write it on the sheet “Concern”.", "Pick one.", "", {}, labels,
        )  # fmt: skip
    if lead_check:
        yield ToolRow(
            f"{ret.id}|{CHECKED}|", section, "", "Which lead of your agency has checked this return?",
            "Somebody other than you, by role.", "Such as: head of safeguarding.", "", {},
        )  # fmt: skip
    yield ToolRow(
        f"{ret.id}|{SENT}|", section, "", "Is this return finished?",
        "Yes sends it in, and confirms what you said at the top about how near you stand. Leave it empty if more "
        "will come.", "Pick it, or leave it empty.", "", {}, (FINISHED,),
    )  # fmt: skip


def causes() -> tuple[str, ...]:
    """The words of the column for causes."""
    return tuple(cause.label for cause in Cause)


Group = tuple[Question, Part, list[dict[str, Any]]]
"""A repeating group: its question, its part, and the rows that it has."""


def groups(ret: Return, template: Template, header: Mapping[str, Any]) -> Iterator[Group]:
    """Each repeating group of a return."""
    for item in _asked(template, ret, header):
        for part in item.question.parts:
            if part.type is PartType.REPEAT:
                held = ret.answers.get(item.question.id)
                yield item.question, part, list(held.values.get(part.id, [])) if held else []
