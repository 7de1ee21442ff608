"""A template as rows of a simple table, for co-ordinators, who write a table and not TOML.

Two tables: the facts, pairs such as (Title, Dip sample), and the rows, one question each under the headings of
`COLUMNS`. Where they are kept is somebody else's business. `template_from_rows` is the way back.
"""

from __future__ import annotations

from typing import Final

from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.template.conditions import Limit
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Purpose, Question
from qa_toolkit.domain.template.table_cells import fits, options_cell, type_cell
from qa_toolkit.domain.template.table_reading import COLUMNS, FACTS, FACTS_SHEET, QUESTIONS_SHEET, template_from_rows

__all__ = [
    "COLUMNS",
    "FACTS",
    "FACTS_SHEET",
    "QUESTIONS_SHEET",
    "facts_from_template",
    "left_out",
    "rows_from_template",
    "template_from_rows",
]

_SETTINGS: Final = frozenset(
    {"required", "weight", "sensitive", "comparable_to", "minutes", "carry_forward", "asked_of", "themes", "accepted"}
)


def rows_from_template(template: Template) -> list[tuple[str, ...]]:
    """The table of a template, headings first; `left_out` says what it cannot hold."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for section in template.sections:
        for question in section.questions:
            values = {one for limit in question.limits for one in limit.is_}
            options = template.options_of(question.main) if fits(question.main) else ()
            labels = [option.label for option in options if option.value in values]
            agencies = question.agencies or section.agencies
            length = f", {question.evidence.min_length}" if question.evidence.min_length != 10 else ""
            rows.append((
                f"{section.id}: {section.title}", question.id, question.text, "; ".join(agencies),
                type_cell(question.main), options_cell(template, question.main), question.guidance,
                question.evidence.rule.replace("_", " ") + length, "\n".join(question.look_for), "; ".join(labels),
                question.purpose.value.replace("_", " "),
            ))  # fmt: skip
    return rows


def facts_from_template(template: Template) -> list[tuple[str, str]]:
    """The pairs about the template itself, in the order of `FACTS`."""
    agencies = "; ".join(f"{kind} = {name}" for kind, name in template.agencies.items())
    issued = template.issued.isoformat() if template.issued else ""
    values = (
        template.id, template.title, template.edition, template.status, issued, template.owner, template.kind.value,
        template.subject, template.summary, agencies,
    )  # fmt: skip
    return list(zip(FACTS, values, strict=True))


def left_out(template: Template) -> list[str]:
    """What the table cannot hold of this template, a sentence for each kind of thing."""
    questions = list(template.questions.values())
    kinds = {
        "further parts": [q.id for q in questions if len(q.parts) > 1],
        "conditions": [q.id for q in questions if q.show_if or q.required_if],
        "wordings for one agency": [q.id for q in questions if q.wording],
        "limits other than by an answer of the first part": [q.id for q in questions if _special_limit(q)],
        "descriptors": [q.id for q in questions if q.main.descriptors],
        "sources": [q.id for q in questions if q.sources],
        "their own ways to leave a question open": [q.id for q in questions if _special_missing(q)],
        "settings such as weight, theme or minutes": [q.id for q in questions if _SETTINGS & _given(q)],
    }
    found = [f"The table leaves out {what} of {', '.join(ids)}." for what, ids in kinds.items() if ids]
    if groups := [q.id for q in questions if not fits(q.main)]:
        found.insert(
            0, f"The table has no rows or columns within a question: {', '.join(groups)} become questions for text."
        )
    whole = {"the header fields": template.header, "the sources": template.sources, "the themes": template.themes}
    found += [f"The table leaves out {what} of the template." for what, things in whole.items() if things]
    sections = [section.id for section in template.sections if _given(section) - {"id", "title", "questions"}]
    if sections:
        found.append(f"The table leaves out the settings of section {', '.join(sections)}.")
    return found


def _given(model: Frozen) -> set[str]:
    """The keys that do not stand at their default."""
    return set(model.model_dump(exclude_defaults=True))


def _special_limit(question: Question) -> bool:
    return len(question.limits) > 1 or any(limit != Limit(is_=limit.is_) for limit in question.limits)


def _special_missing(question: Question) -> bool:
    return "missing" in _given(question) and question.purpose not in (Purpose.SAFETY, Purpose.AUDITORS_GRADE)
