"""Adding cases to an audit, and entering what is known of a child, by the fields of the audit's own template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qa_toolkit.domain.audits import Subject
from qa_toolkit.domain.errors import IdentifierError, InputError
from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.ids import check_case_ref
from qa_toolkit.domain.template.model import HeaderField, Template
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.forms.followed import HOW, Field, FollowedForm
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.workflow import audits

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

COUNT, REF = "+cases", "+pseudonym"
"""The two fields that are no facts; no field of a template may have such an id."""
_TYPES = {
    "choice": PartType.CHOICE, "choices": PartType.CHOICES, "integer": PartType.INTEGER, "date": PartType.DATE,
    "short_text": PartType.SHORT_TEXT,
}  # fmt: skip


async def ask_cases(app: QAApp, file: AuditFile) -> str:
    """Add one case with its facts, or several whose facts come later; gives back what to say, if any were added."""
    audit, said = file.audit, ""
    template = app.workspace.template(audit.template)

    def record(row: Values) -> None:
        nonlocal said
        count, ref, facts = int(row[COUNT]), str(row.get(REF, "")), _facts(row)
        day: Mapping[str, Any] = {"by": app.person.id if app.person else "", "now": app.now(), "today": app.today}
        if count == 1:
            said = f"Added {audits.add_case(app.workspace, audit.id, ref=ref, facts=facts, **day).id}."
        elif ref or facts:
            raise InputError(
                "A pseudonym and facts belong to one child. Empty them to add several at once; c on the grid "
                "enters the facts of each afterwards."
            )
        else:
            made = audits.add_cases(app.workspace, audit.id, count, **day)
            said = f"Added {made[0].id} to {made[-1].id}. c enters what is known of the child of the row."

    def tell(row: Values) -> str:
        return _ref_said(row, audit.id) or _identifiers_said(app, row, template)

    following = audits.next_case(audit.id, file.subjects)
    about = f"The next free pseudonym is {following}. Nobody’s name, initials or numbers are entered here. {HOW}"
    fields = [
        Field(Part(id=COUNT, type=PartType.INTEGER, label="How many cases; several get their facts afterwards"), (), 1),
        Field(Part(id=REF, type=PartType.SHORT_TEXT, label=f"Another pseudonym than {following}", required=False)),
        *facts_fields(template, {}),
    ]
    await app.push_screen_wait(FollowedForm(f"Add cases to {audit.id}", about, fields, record=record, tell=tell))
    return said


async def ask_facts(app: QAApp, file: AuditFile, subject: Subject) -> str:
    """Enter or change what is known of a child; gives back what to say, if something was recorded."""
    template, said = app.workspace.template(file.audit.template), ""
    fields = facts_fields(template, subject.facts)
    if not fields:
        raise InputError(f"{template.title} asks no facts about the child.")

    def record(row: Values) -> None:
        nonlocal said
        # What was there and is empty now is taken out.
        facts = {**dict.fromkeys(subject.facts), **_facts(row)}
        made = audits.set_case_facts(
            app.workspace, subject.id, facts, seen=seen(subject), by=app.person.id if app.person else "", now=app.now()
        )
        said = f"{made.id}: {len(made.facts)} of {len(fields)} facts are entered."

    about = f"Entered once, for every agency that is asked. {HOW}"
    title = f"What is known of {subject.id}"
    await app.push_screen_wait(
        FollowedForm(title, about, fields, record=record, tell=lambda row: _identifiers_said(app, row, template))
    )
    return said


def facts_fields(template: Template, facts: Mapping[str, Any]) -> list[Field]:
    """A field for each fact about the subject; any may be left empty for now."""
    return [_field(field, facts.get(field.id)) for field in template.header if field.about == "subject"]


def _field(field: HeaderField, value: Any) -> Field:
    label = f"{field.label}: {field.help}" if field.help else field.label
    part = Part(id=field.id, type=_TYPES[field.type], label=label, min=field.min, max=field.max, required=False)
    return Field(part, field.options, value)


def _facts(row: Values) -> dict[str, Any]:
    return {id: value for id, value in row.items() if id not in (COUNT, REF)}


def _ref_said(row: Values, audit_id: str) -> str:
    typed = str(row.get(REF, "")).strip()
    try:
        return f"The case will be {check_case_ref(typed, audit_id)}." if typed else ""
    except IdentifierError as error:
        return str(error)


def _identifiers_said(app: QAApp, row: Values, template: Template) -> str:
    """What looks like an identifier in what is written freely: pointed out, as everywhere."""
    for field in template.header:
        if field.type == "short_text" and (hits := identifiers(str(row.get(field.id, "")), today=app.today)):
            return f"{field.label}: {hits[0].sentence}"
    return ""
