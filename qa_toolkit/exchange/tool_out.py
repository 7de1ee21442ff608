"""An audit tool as a workbook for one agency: what it is for, whom to telephone, and a sheet for each of its cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.promises import Excuse
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.saying import show_value
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, PartType, Question
from qa_toolkit.domain.terms import Terms
from qa_toolkit.exchange import sent
from qa_toolkit.exchange.tool_rows import (
    ANSWER,
    CAUSE,
    COMMENT,
    EVIDENCE,
    REASON,
    ROWS_OF_A_GROUP,
    ToolRow,
    causes,
    groups,
    tool_rows,
)
from qa_toolkit.sheets.columns import Column, Value
from qa_toolkit.sheets.summary import Summary
from qa_toolkit.sheets.writer import Book
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import Opened, opened
from qa_toolkit.workflow.sealing import seals
from qa_toolkit.workflow.starting import unbegun
from qa_toolkit.workflow.terms import terms_of

KIND = "qa audit tool 1"
"""In the workbook's properties, so that it is known again."""
KEY = "Key"
COLUMNS = (
    Column(title=KEY, hidden=True),
    Column(title="Section", width=16),
    Column(title="No", width=8),
    Column(title="Question", width=42),
    Column(title="What to look at", width=42),
    Column(title=ANSWER, width=26, editable=True, note="Pick from the list, or type."),
    Column(title="How to answer", width=20),
    Column(title=COMMENT, width=40, editable=True),
    Column(title=EVIDENCE, width=30, editable=True, note="Where it can be seen: a reference, never the record itself."),
    Column(title=REASON, width=20, editable=True),
    Column(title=CAUSE, width=20, editable=True, choices=causes()),
)
_TEXTS = {7: COMMENT, 8: EVIDENCE, 9: REASON, 10: CAUSE}
"""Columns of the texts beside an answer."""
_WIDEST = 76
"""Characters of one line on the first page."""
CONCERNS = "Concern"
CONCERN_COLUMNS = (
    Column(title=KEY, hidden=True),
    Column(title="Case", width=18),
    Column(title="What worries you", width=44, editable=True),
    Column(title="Why it cannot wait", width=34, editable=True),
    Column(title="Whom you told (role)", width=22, editable=True),
    Column(title="When", width=20, editable=True, note="Such as 24/11/2026 14:05"),
    Column(title="How", width=18, editable=True),
)


def write_tool(workspace: Workspace, audit_id: str, agency: str, out: Path, *, by: str, now: datetime) -> list[str]:
    """Write the tool; ids of the returns in it. Returns that were sent in already are left out,
    and so are those that are excused, or were begun and are sealed for a blind second score.

    Raises:
        InputError: The agency is not asked; the file is there already.
        NotReady: The agency owes nothing.
    """
    allowed.coordinator(workspace, by, "send out an audit tool")
    file = workspace.audit(audit_id)
    if agency not in file.audit.agencies:
        raise InputError(f"{agency} is not asked in {file.audit.id}: {', '.join(file.audit.agencies)} are.")
    if out.exists():
        raise InputError(f"{out} is there already: choose another name.")
    template = workspace.template(file.audit.template)
    # A workbook shows the answers that there are, and passes through the co-ordinator's hands.
    closed = seals(workspace, file.audit.id)
    asked = [
        owed for owed in file.allocations.values()
        if owed.agency == agency and not (closed.closed(owed.id) and owed.id in file.started)
        and owed.id not in file.all(Excuse)
    ]  # fmt: skip
    waiting = [ret for owed in asked for ret in _owed(workspace, file, owed)]
    if not waiting:
        raise NotReady(
            f"{agency} owes no return in {file.audit.id} that could be sent out, so there is nothing to send. One "
            "that is begun and scored blind by two stays where it is until both are in."
        )
    partnership, name = workspace.partnership(), workspace.agencies()[agency].name
    with Book(
        out, title=f"{file.audit.id} {file.audit.title}: {name}", marking=partnership.marking, as_at=now,
        author=partnership.name, subject="Audit tool",
        properties={"kind": KIND, "audit": file.audit.id, "agency": agency, "template": file.audit.template},
    ) as book:  # fmt: skip
        _read_first(book, workspace, file, name, waiting)
        rows = [(ret.id, ret.head.subject, *([None] * 5)) for ret in waiting]
        book.table(CONCERNS, "tblConcern", CONCERN_COLUMNS, rows, protect=True,
                   description="For an immediate safeguarding concern. Telephone first.")  # fmt: skip
        for ret in waiting:
            _case(book, template, ret, file.subjects[ret.head.subject].facts, lead_check=file.audit.agency_check)
    ids = [ret.id for ret in waiting]
    sent.note(workspace, out, sent.TOOL, file.audit.id, agency, ids, by=by, now=now)
    return ids


def _owed(workspace: Workspace, file: AuditFile, owed: Allocation) -> Iterator[Return]:
    if owed.id in file.started:
        at: Opened = opened(workspace, owed.id)
        if at.editable:
            yield at.ret
    elif owed.id not in file.received:
        yield unbegun(workspace, file, owed, owed.asked)


def _read_first(book: Book, workspace: Workspace, file: AuditFile, agency: str, waiting: list[Return]) -> None:
    audit = file.audit
    page = book.summary("Read first", subtitle=workspace.partnership().name)
    page.fact("For", agency)
    page.fact("Returns due", show_date(audit.due))
    page.heading("If a child may be in danger")
    _long(page, "Telephone now", audit.phone or "your agency’s duty line, or the police")
    page.note("This workbook alerts nobody. Telephone first; then write it on the sheet “Concern”.")
    page.heading("What this audit asks")
    if audit.purpose:
        _long(page, "Purpose", audit.purpose)
    if audit.lookback_from and audit.lookback_to:
        page.fact("Period looked at", f"{show_date(audit.lookback_from)} to {show_date(audit.lookback_to)}")
    page.fact("Cases in this workbook", len(waiting))
    terms = terms_of(workspace, audit.id)
    asked = [workspace.agencies()[id].name for id in audit.agencies]
    _long(page, "Agencies", ", ".join([*asked, *(f"{one} (from outside)" for one in terms.outside)]))
    _terms(page, terms)
    page.heading("How to fill it in")
    for words in (
        "One sheet a case. First say how near you stand to it; then the safety question; then the rest, in any order.",
        "The pale yellow cells are yours to fill in. Names, birth dates and numbers of other systems stay out: the "
        "case reference is enough, and evidence is a reference to your record, never the record itself.",
        "Not applicable, not known and not seen are three different answers, and none is a low score.",
        "Holds your agency nothing on a child? Say so in the second row of its sheet: a nil return is a return.",
        "Finished? Say so in the last rows of the case’s sheet: that sends the return in.",
        "Send the workbook back by the secure route on which it came. It was not tried in Excel itself, only in "
        "LibreOffice: tell us of anything odd.",
    ):
        page.note(f"•  {words}")
    cases = [(_short(ret), f"the questions on {ret.head.subject}") for ret in waiting]
    page.links([(CONCERNS, "an immediate safeguarding concern: telephone first"), *cases])


def _long(page: Summary, name: str, text: str) -> None:
    """A fact on as many lines as it takes: printed, a longer one would make the whole page small."""
    for number, line in enumerate(wrap(text, _WIDEST) or [""]):
        page.fact("" if number else name, line)


def _terms(page: Summary, terms: Terms) -> None:
    for number, line in enumerate(terms.lines, start=1):
        _long(page, f"Key line {number}", line.text)
    census = show_date(terms.census) if terms.census else ""
    for name, text in (("Cohort", terms.cohort), ("Census day", census), ("Method", terms.method),
                       ("Information governance", terms.governance)):  # fmt: skip
        if text:
            _long(page, name, text)
    for slot in terms.timetable:
        page.fact(slot.title, show_date(slot.day))


def _short(ret: Return) -> str:
    return ret.head.subject.removeprefix(f"{ret.head.audit}-")


def _case(book: Book, template: Template, ret: Return, facts: dict[str, Any], *, lead_check: bool) -> None:
    found = list(tool_rows(template, ret, facts, lead_check=lead_check))
    short = _short(ret)
    pick = {(n, 5): row.choices for n, row in enumerate(found) if row.choices}
    # What could be typed there would be read by nobody.
    closed = {(n, place) for n, row in enumerate(found) for place, title in _TEXTS.items() if title not in row.texts}
    book.table(
        short, f"tbl{short.replace('-', '')}", COLUMNS, [_row(row) for row in found], protect=True, pick=pick,
        closed=closed, description=f"Questions on {ret.head.subject}, a row each.",
    )  # fmt: skip
    for question, part, rows in groups(ret, template, facts):
        _group(book, template, ret, short, question, part, rows)


def _row(row: ToolRow) -> tuple[Value, ...]:
    texts = row.texts
    return (
        row.key, row.section, row.id, row.ask, row.help, row.answer, row.hint, texts.get(COMMENT, ""),
        texts.get(EVIDENCE, ""), texts.get(REASON, ""), texts.get(CAUSE, ""),
    )  # fmt: skip


def _group(
    book: Book, template: Template, ret: Return, short: str, question: Question, part: Part, rows: list[dict[str, Any]]
) -> None:
    columns: list[Column] = [Column(title=KEY, hidden=True)]
    for column in part.columns:
        words = column.label or column.id
        labels = tuple(option.label for option in template.options_of(column)) if column.type is PartType.CHOICE else ()
        columns.append(Column(title=words, width=30, editable=True, choices=labels))
    lines: list[tuple[Value, ...]] = []
    for number in range(1, len(rows) + ROWS_OF_A_GROUP + 1):
        row = rows[number - 1] if number <= len(rows) else {}
        cells = [show_value(template, question, column, row.get(column.id)) for column in part.columns]
        lines.append((f"{ret.id}|{question.id}|{part.id}|{number}", *cells))
    name = f"{short} {question.id}"
    book.table(name, f"tbl{short}{question.id}".replace("-", ""), columns, lines, protect=True,
               description=f"{question.text_for(ret.head.kind)} A row each.")  # fmt: skip
