"""The facts of the case as the partnership entered them, and the form that says our record differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from qa_toolkit.domain.header import check_fact
from qa_toolkit.domain.saying import show_fact
from qa_toolkit.domain.template.model import HeaderField
from qa_toolkit.tui.forms.form import Form, Values, words
from qa_toolkit.tui.scoring.pages import part_of
from qa_toolkit.workflow.returns import Opened

SAYS: Final = "says"


def case_words(at: Opened) -> str:
    """Every fact of the case on a line, with where our record says otherwise."""
    subject = at.file.subjects[at.ret.head.subject]
    lines = [f"What the partnership entered about {subject.label or at.ret.head.subject}:"]
    for field in at.template.header:
        if field.about != "subject":
            continue
        lines.append(f"  {field.label}: {show_fact(field, subject.facts.get(field.id))}")
        if (differs := at.ret.differences.get(field.id)) is not None:
            note = f" ({differs.note})" if differs.note else ""
            lines.append(f"      Our record says: {show_fact(field, differs.says)}{note}")
    lines.append("Does your own record say otherwise? Press d and say so; nothing above is changed by it.")
    return "\n".join(lines)


def facts_of_subject(at: Opened) -> list[HeaderField]:
    """The facts that a record may differ on."""
    return [field for field in at.template.header if field.about == "subject"]


def differs_form(field: HeaderField, entered: Any, return_id: str, record: Callable[[Any, str], None]) -> Form:
    """What our record says instead, and a note."""

    def attempt(values: Values) -> str:
        record(check_fact(field, values[SAYS]), values.get("note", ""))
        return ""

    says = part_of(field).model_copy(update={"id": SAYS, "label": "Our record says", "required": True})
    return Form(
        title=f"{return_id}, {field.label}: our record says otherwise",
        about=f"The partnership entered: {show_fact(field, entered)}", attempt=attempt, read=lambda _, text: text,
        parts=(says, words("note", "A note, if it needs one: where it is recorded", required=False)),
        options={SAYS: field.options},
    )  # fmt: skip
