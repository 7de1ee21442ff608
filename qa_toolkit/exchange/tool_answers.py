"""An answer as its rows in an audit tool give it, on top of what the record has.

A question may have several rows: one for each part that is asked apart, one for each row of a repeating group. A part
that stands as it went out keeps the record's value, whatever characters it is shown in.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from qa_toolkit.domain.answering import check_answer, read_missing, read_value
from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.saying import show_value
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, PartType, Question
from qa_toolkit.domain.values import check_values
from qa_toolkit.exchange.cell_text import same_text
from qa_toolkit.exchange.tool_cells import Cells, Faults
from qa_toolkit.exchange.tool_out import KEY
from qa_toolkit.exchange.tool_rows import (
    ANSWER,
    CAUSE,
    COMMENT,
    EVIDENCE,
    REASON,
    ToolRow,
    groups,
    tool_rows,
)


def answer_from(
    template: Template, ret: Return, facts: dict[str, Any], question: Question, rows: dict[str, Cells], faults: Faults
) -> Answer | None:
    """The answer as the question's rows give it, on top of what the record has."""
    before = ret.answers.get(question.id) or Answer(id=question.id)
    prefix = f"{ret.id}|{question.id}|"
    mine = {key.removeprefix(prefix): cells for key, cells in rows.items() if key.startswith(prefix)}
    sent = {row.key.removeprefix(prefix): row for row in tool_rows(template, ret, facts) if row.key.startswith(prefix)}
    lead = next((cells for key, cells in mine.items() if sent.get(key) and sent[key].texts), None)
    if lead is None:
        if mine:
            faults.add(next(iter(mine.values())), ANSWER, f"{question.id} does not apply to this case as it stands")
        return None
    missing = read_missing(lead.values.get(ANSWER, ""))
    values = {} if missing else _values(template, question, before, mine, sent, faults)
    update: dict[str, Any] = {"values": values, "missing": missing, "unconfirmed": False}
    for title, name in ((COMMENT, "comment"), (EVIDENCE, "evidence"), (REASON, "reason")):
        came, shown = lead.values.get(title, ""), getattr(before, name)
        update[name] = shown if same_text(shown, came) else came.replace("\r\n", "\n").strip("\n")
    if missing is not Missing.NOT_APPLICABLE:
        update["reason"] = ""
    cause = lead.values.get(CAUSE, "").strip()
    found = {one.label.casefold(): one for one in Cause}.get(cause.casefold())
    if cause and found is None:
        faults.add(lead, CAUSE, f"“{cause[:60]}” is none of the list")
    update["cause"] = found
    made = before.model_copy(update=update)
    checked: Answer | None = faults.trying(lead, ANSWER, partial(check_answer, template, question, made))
    return checked


def _values(
    template: Template, question: Question, before: Answer, mine: dict[str, Cells], sent: dict[str, ToolRow],
    faults: Faults,
) -> dict[str, Any]:  # fmt: skip
    values: dict[str, Any] = {}
    for part in question.parts:
        cells = {key: one for key, one in mine.items() if key.split("#")[0].split("|")[0] == part.id}
        texts = {key: one.values.get(ANSWER, "").strip() for key, one in cells.items()}
        if not cells:
            continue
        grouped = part.type is PartType.REPEAT
        if not grouped and all(key in sent and same_text(sent[key].answer, text) for key, text in texts.items()):
            if part.id in before.values:
                values[part.id] = before.values[part.id]
            continue
        first = next(iter(cells.values()))
        match part.type:
            case PartType.TIMED:
                ends = {key.split("#")[1]: text for key, text in texts.items() if text}
                raw: Any = ends
            case PartType.MATRIX:
                raw = {key.split("#")[1]: text for key, text in texts.items() if text}
            case PartType.REPEAT:
                raw = _group_rows(template, question, part.id, cells, faults)
            case _:
                typed = next(iter(texts.values()))
                raw = faults.trying(first, ANSWER, partial(read_value, template, question, part, typed))
        if raw not in (None, "", [], {}):
            place = ANSWER if ANSWER in first.values else KEY
            values |= faults.trying(first, place, partial(check_values, template, question, {part.id: raw})) or {}
    return values


def _group_rows(
    template: Template, question: Question, part_id: str, cells: dict[str, Cells], faults: Faults
) -> list[dict[str, Any]]:
    part = question.part(part_id)
    assert part is not None
    found = []
    for key in sorted((key for key in cells if "|" in key), key=lambda key: int(key.rpartition("|")[2])):
        one, row = cells[key], dict[str, Any]()
        for column in part.columns:
            title = column.label or column.id
            text = one.values.get(title, "").strip()
            if text:
                value = faults.trying(one, title, partial(read_value, template, question, column, text))
                if value is not None:
                    row[column.id] = value
        if row:
            found.append(row)
    return found


def group_changes(template: Template, ret: Return, facts: dict[str, Any], rows: dict[str, Cells]) -> set[str]:
    """Questions whose repeating group differs from the record."""
    changed = set()
    for question, part, held in groups(ret, template, facts):
        prefix = f"{ret.id}|{question.id}|{part.id}|"
        for key, cells in rows.items():
            if not key.startswith(prefix):
                continue
            number = int(key.removeprefix(prefix) or 0)
            before = held[number - 1] if 0 < number <= len(held) else {}
            for column in part.columns:
                shown = show_value(template, question, column, before.get(column.id))
                if not same_text(shown, cells.values.get(column.label or column.id, "")):
                    changed.add(question.id)
    return changed
