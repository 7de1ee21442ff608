"""An audit tool that came back, read strictly: every fault names sheet, row and column, and nothing is taken by halves.

Rows are found by their hidden key, so sorting them does no harm; a copied row must say the same as its original; a row
without a key that holds something is named. What is as it went out changes nothing, even where another program has
shown it in other characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from qa_toolkit.domain.dates import parse_moment, show_date
from qa_toolkit.domain.errors import NotFound, SheetError
from qa_toolkit.domain.header import check_fact
from qa_toolkit.domain.returns import Relation, Return
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import how_many, visible
from qa_toolkit.exchange.cell_text import cell_text, same_text
from qa_toolkit.exchange.tool_answers import answer_from, group_changes
from qa_toolkit.exchange.tool_cells import Cells, Faults, keyed_rows
from qa_toolkit.exchange.tool_out import KEY, KIND
from qa_toolkit.exchange.tool_rows import (
    ANSWER,
    CAUSE,
    CHECKED,
    COMMENT,
    DIFFERS,
    EVIDENCE,
    FINISHED,
    GRADE,
    NIL,
    REASON,
    RELATION,
    SAFE,
    SENT,
    tool_rows,
)
from qa_toolkit.sheets.reader import read_book
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.finishing import Ending
from qa_toolkit.workflow.returns import opened
from qa_toolkit.workflow.starting import unbegun
from qa_toolkit.workflow.taking_in import Filled, WrittenConcern

_WORRY = "What worries you"
_ABOUT = (_WORRY, "Why it cannot wait", "Whom you told (role)", "When", "How")
"""Columns of the sheet for concerns."""


class ToolRead(NamedTuple):
    """What a tool brings back."""

    audit: str
    agency: str
    filled: tuple[Filled, ...]
    """Returns in which something differs from the record."""
    notes: tuple[str, ...]


def read_tool(file: Path, workspace: Workspace) -> ToolRead:
    """What differs from the record, checked.

    Raises:
        SheetError: It is no audit tool of this workspace, or has faults; all of them are listed.
    """
    book = read_book(file)
    if book.properties.get("kind") != KIND:
        raise SheetError(f"{visible(file.name)} is not an audit tool that `qa tool out` wrote. Nothing was taken in.")
    if any("formulas" in note for note in book.notes):
        # A formula that was never worked out reads as an empty cell, and would clear what stood there.
        raise SheetError(
            f"{visible(file.name)} holds formulas, and an audit tool has none. Put an apostrophe before each cell that "
            "begins with an equals sign, or type it as words. Nothing was taken in."
        )
    audit, agency = str(book.properties.get("audit", "")), str(book.properties.get("agency", ""))
    try:
        at = workspace.audit(audit)
    except NotFound as error:
        raise SheetError(f"{visible(file.name)} belongs to another workspace: {error}") from None
    if book.properties.get("template") != at.audit.template:
        raise SheetError(
            f"{visible(file.name)} was made for another edition of the template than {audit} uses. If the audit was "
            f"moved since it went out, `qa audit move {audit} --back` takes that back until it is in."
        )
    template, faults = workspace.template(at.audit.template), Faults()
    keyed = keyed_rows(book, faults)
    by_return: dict[str, dict[str, Cells]] = {}
    for key, cells in keyed.items():
        by_return.setdefault(key.partition("|")[0], {})[key] = cells
    filled = []
    for return_id, rows in by_return.items():
        owed = at.allocations.get(return_id)
        if owed is None or owed.agency != agency:
            faults.add(next(iter(rows.values())), KEY, f"{visible(return_id)} is no return of {agency} in {audit}")
            continue
        opened_at = opened(workspace, return_id) if return_id in at.started else None
        ret = opened_at.ret if opened_at is not None else unbegun(workspace, at, owed, owed.asked)
        one = _filled(template, ret, at.subjects[owed.subject].facts, rows, faults, at.audit.agency_check)
        sent_in = opened_at is not None and not opened_at.editable
        if one.changes and not (sent_in and one.sends_only):
            filled.append(one)
    if faults.found:
        many = how_many(len(faults.found), "fault")
        raise SheetError(f"Nothing was taken from {visible(file.name)}, because of {many}:", faults.found[:200])
    return ToolRead(audit, agency, tuple(filled), book.notes)


def written_concerns(file: Path, workspace: Workspace) -> list[tuple[str, str]]:
    """(return, words) of every concern written in a tool, whatever else is wrong with it: these are shown at once."""
    try:
        book = read_book(file)
    except SheetError:
        return []  # it is refused with its reason by `read_tool`
    audit = str(book.properties.get("audit", ""))
    if book.properties.get("kind") != KIND or audit not in workspace.audits():
        return []
    found = []
    for table in book.tables:
        titles = [str(title) for title in table.columns]
        if KEY not in titles or _WORRY not in titles:
            continue
        for row in table.rows:
            values = {title: cell_text(value).strip() for title, value in zip(titles, row.values, strict=False)}
            words = "; ".join(filter(None, (values.get(title, "") for title in _ABOUT)))
            if words:
                found.append((values.get(KEY, ""), words))
    return found


def _filled(
    template: Template, ret: Return, facts: dict[str, Any], rows: dict[str, Cells], faults: Faults, lead_check: bool
) -> Filled:
    sent = {row.key: row for row in tool_rows(template, ret, facts, lead_check=lead_check)}
    filled = Filled(ret.id)
    given: dict[str, Any] = {}
    grades: dict[str, tuple[Grade, str]] = {}
    differs: dict[str, tuple[Any, str]] = {}
    answered: set[str] = set()
    for key, cells in rows.items():
        _, what, part = [*key.split("|"), "", ""][:3]
        row, came = sent.get(key), cells.values.get(ANSWER, "").strip()
        for title in (COMMENT, EVIDENCE, REASON, CAUSE):
            if row is not None and title not in row.texts and cells.values.get(title, "").strip():
                faults.add(cells, title, "nothing is asked here and it would be lost: write it beside its question")
        if key == ret.id:
            filled = filled._replace(concern=_concern(cells, faults))
        elif what == RELATION and row is not None and not same_text(row.answer, came) and came:
            labels = {one.label.casefold(): one for one in Relation}
            relation = labels.get(came.casefold())
            if relation is None:
                faults.add(cells, ANSWER, f"“{came[:60]}” is none of the five: pick one from the list")
            filled = filled._replace(relation=relation)
        elif what == NIL and came:
            filled = filled._replace(nil=came)
        elif what.startswith("#") and row is not None and not same_text(row.answer, came):
            field = template.fields[what.removeprefix("#")]
            value = faults.trying(cells, ANSWER, partial(check_fact, field, came)) if came else None
            if value is not None:
                given[field.id] = value
        elif what == DIFFERS and row is not None and cells.touched(row.answer, row.texts):
            note = cells.values.get(COMMENT, "").strip()
            if note and not came:
                faults.add(cells, ANSWER, "say what your record has: there is only a comment on it")
            says = faults.trying(cells, ANSWER, partial(check_fact, template.fields[part], came)) if came else None
            differs[part] = (says, note)
        elif what == GRADE and row is not None:
            _grade(cells, row.answer, row.texts.get(COMMENT, ""), part, grades, faults)
        elif what in template.questions and row is not None and cells.touched(row.answer, row.texts):
            answered.add(what)
    answers = tuple(
        answer
        for id in group_changes(template, ret, facts, rows) | answered
        if (answer := answer_from(template, ret, facts, template.questions[id], rows, faults)) is not None
    )
    filled = filled._replace(ending=_ending(template, ret, rows, faults))
    order = list(template.questions)
    filled = filled._replace(differences=differs)
    return filled._replace(facts=given, grades=grades, answers=tuple(sorted(answers, key=lambda a: order.index(a.id))))


def _ending(template: Template, ret: Return, rows: dict[str, Cells], faults: Faults) -> Ending | None:
    """What sends the return in, where its rater says that it is finished."""
    said = {what: rows.get(f"{ret.id}|{what}|") for what in (SAFE, CHECKED, SENT)}
    words = {what: cells.values.get(ANSWER, "").strip() if cells is not None else "" for what, cells in said.items()}
    sent = said[SENT]
    if sent is None or not words[SENT]:
        return None
    if words[SENT].casefold() not in (FINISHED.casefold(), "yes"):
        faults.add(sent, ANSWER, f"“{words[SENT][:60]}” is not in the list: pick “{FINISHED}”, or leave it empty")
        return None
    safe, safety, at = "", template.safety_question, said[SAFE]
    if safety is not None and at is not None:
        options = {option.label.casefold(): option.value for option in template.options_of(safety.main)}
        safe = options.get(words[SAFE].casefold(), "")
        if not safe:
            faults.add(at, ANSWER, "the return is marked as finished: answer once more whether the child is safe")
    lead = said[CHECKED]
    if lead is not None and not words[CHECKED]:
        faults.add(lead, ANSWER, "the return is marked as finished: say which lead of the agency has checked it")
    return Ending(safe, words[CHECKED])


def _grade(
    cells: Cells, answer: str, reasons: str, of: str, grades: dict[str, tuple[Grade, str]], faults: Faults
) -> None:
    came, why = cells.values.get(ANSWER, "").strip(), cells.values.get(COMMENT, "")
    if not came or (same_text(answer, came) and same_text(reasons, why)):
        return
    grade = {one.label.casefold(): one for one in Grade}.get(came.casefold())
    if grade is None:
        faults.add(cells, ANSWER, f"“{came[:60]}” is no grade: pick one from the list")
    else:
        grades[of] = (grade, reasons if same_text(reasons, why) else why.strip())


def _concern(cells: Cells, faults: Faults) -> WrittenConcern | None:
    names = _ABOUT
    what, why, told, when, how = (cells.values.get(name, "").strip() for name in names)
    if not any((what, why, told, when, how)):
        return None
    if not what:
        faults.add(cells, names[0], "say in a sentence what worries you")
        return None
    moment = faults.trying(cells, "When", lambda: parse_moment(when)) if when else None
    if moment is not None and not isinstance(moment, datetime):
        faults.add(cells, "When", f"give the time as well as the day, such as {show_date(moment)} 14:05")
        moment = None
    return WrittenConcern(what, why, told, moment, how)


def summary(read: ToolRead) -> Iterator[str]:
    """What taking it in would change, a line for each return."""
    for one in read.filled:
        parts = [f"{len(one.answers)} answers"] if one.answers else []
        parts += ["how near they stand"] if one.relation else []
        parts += [f"{len(one.facts)} facts"] if one.facts else []
        parts += [f"{len(one.differences)} facts on which their record differs"] if one.differences else []
        parts += [f"{len(one.grades)} grades"] if one.grades else []
        parts += ["a nil return"] if one.nil else []
        parts += ["finished"] if one.ending else []
        parts += ["A CONCERN"] if one.concern else []
        yield f"{one.return_id}: {', '.join(parts)}"
