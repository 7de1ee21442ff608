"""The figures of one audit, computed once; what is written from them only lays them out.

Units: a *return* is one agency's on one subject; an *answer* is one question of one return that the agency was shown.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.answering import show_value
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.identifiers import Hit, identifiers
from qa_toolkit.domain.progress import Item, items
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.states import State
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.concerns import of_return
from qa_toolkit.workflow.reading import Cell, Grid, grid
from qa_toolkit.workflow.returns import Opened, opened
from qa_toolkit.workflow.sealing import seals

WITHHELD = "Sensitive: for the agency and the chair only"
NO_RETURN = "No return"
NIL = "Nil return"
NOT_ANSWERED = "Not answered"
SEALED = "Sealed: scored by a second rater"

COUNTED = (State.SUBMITTED, State.RECEIVED, State.QUERIED)
"""States of returns whose grade is shown; a return in progress is nobody's business yet."""


class ReturnRow(NamedTuple):
    """One return."""

    cell: Cell
    grade: str
    reasons: str
    indicative: str
    waiver: str
    """The reason of the waiver of independence under which it was scored, if any."""


class AnswerRow(NamedTuple):
    """One question of one submitted return."""

    return_id: str
    subject: str
    agency: str
    section: str
    question: str
    text: str
    answer: str
    kind: str
    """`Answered`, or which kind of missing."""
    cause: str
    comment: str
    evidence: str


class ConcernRow(NamedTuple):
    """How many concerns one agency raised, and how far they are."""

    agency: str
    raised: int
    told: int
    acknowledged: int
    closed: int


class Found(NamedTuple):
    """Something in typed text that could identify a person."""

    return_id: str
    place: str
    hit: Hit


class Figures(NamedTuple):
    """Everything that the audit's workbook shows."""

    grid: Grid
    as_at: datetime
    today: date
    agencies: dict[str, str]
    """Id to name."""
    returns: tuple[ReturnRow, ...]
    answers: tuple[AnswerRow, ...]
    concerns: tuple[ConcernRow, ...]
    identifiers: tuple[Found, ...]

    @property
    def states(self) -> Counter[str]:
        """How many returns are in each state."""
        return Counter(row.cell.state.label for row in self.returns)

    @property
    def grades(self) -> Counter[str]:
        """How many returns carry each auditor's grade."""
        return Counter(row.grade for row in self.returns)


def audit_figures(
    workspace: Workspace, audit_id: str, *, as_at: datetime, today: date, calendar: WorkingCalendar
) -> Figures:
    """The figures of one audit at one moment."""
    at = grid(workspace, audit_id, today=today, calendar=calendar)
    closed = seals(workspace, audit_id)
    rows, answers, found = [], [], []
    raised: Counter[str] = Counter()
    stages: Counter[tuple[str, str]] = Counter()
    for cell in at.cells.values():
        loaded = opened(workspace, cell.return_id) if cell.summary is not None else None
        rows.append(_return_row(cell, loaded, sealed=closed.closed(cell.return_id)))
        if loaded is not None and cell.state in COUNTED:
            shown = items(loaded.template, loaded.ret, loaded.header)
            answers += [_answer_row(cell, loaded, item) for item in shown]
            found += list(_identifiers(cell.return_id, loaded, today))
    for cell in (*at.cells.values(), *at.seconds.values()):
        # A concern is about the child, not about who scored: it counts, sealed or not, and whoever raised it.
        for one in of_return(workspace, cell.return_id) if cell.return_id in at.file.started else ():
            raised[cell.agency] += 1
            follow = one.follow_up
            stages[cell.agency, "told"] += bool(one.concern.told)
            stages[cell.agency, "acknowledged"] += bool(follow and follow.acknowledged_at)
            stages[cell.agency, "closed"] += one.closed
    concerns = [
        ConcernRow(a, raised[a], stages[a, "told"], stages[a, "acknowledged"], stages[a, "closed"]) for a in at.agencies
    ]
    names = {id: agency.name for id, agency in workspace.agencies().items()}
    return Figures(at, as_at, today, names, tuple(rows), tuple(answers), tuple(concerns), tuple(found))


def _return_row(cell: Cell, loaded: Opened | None, *, sealed: bool = False) -> ReturnRow:
    if sealed and cell.state in COUNTED:
        return ReturnRow(cell, SEALED, "", "", "")
    if cell.state is State.NIL:
        return ReturnRow(cell, NIL, "", "", "")
    if loaded is None or cell.state not in COUNTED:
        return ReturnRow(cell, NO_RETURN, "", "", "")
    given = loaded.ret.grades.get(OVERALL)
    waiver = next((d.waiver for d in loaded.ret.declarations.values() if d.waiver), "")
    label = given.grade.label if given else Grade.NOT_GRADED.label
    advice = indicative(loaded.template, loaded.ret, loaded.header).because if given else ""
    return ReturnRow(cell, label, given.reasons if given else "", advice, waiver)


def _answer_row(cell: Cell, at: Opened, item: Item) -> AnswerRow:
    answer, question = item.answer, item.question
    withheld = answer is not None and (question.sensitive or answer.sensitive)
    return AnswerRow(
        return_id=cell.return_id,
        subject=cell.subject,
        agency=cell.agency,
        section=f"{item.section.id} {item.section.title}",
        question=question.id,
        text=question.text_for(at.ret.head.kind),
        answer=_said(at, item),
        kind=_kind(answer),
        cause=answer.cause.label if answer and answer.cause else "",
        comment=WITHHELD if withheld and answer and answer.comment else answer.comment if answer else "",
        evidence=WITHHELD if withheld and answer and answer.evidence else answer.evidence if answer else "",
    )


def _kind(answer: Answer | None) -> str:
    if answer is None or not answer.answered:
        return NOT_ANSWERED
    return answer.missing.label if answer.missing else "Answered"


def _said(at: Opened, item: Item) -> str:
    answer = item.answer
    if answer is None or not answer.answered:
        return NOT_ANSWERED
    if answer.missing is not None:
        reason = f": {answer.reason}" if answer.missing is Missing.NOT_APPLICABLE and answer.reason else ""
        return f"{answer.missing.label}{reason}"
    texts = []
    for part in item.question.parts:
        if part.id in answer.values:
            shown = show_value(at.template, item.question, part, answer.values[part.id])
            texts.append(f"{part.label}: {shown}" if part.label and len(item.question.parts) > 1 else shown)
    return "; ".join(texts)


def _identifiers(return_id: str, at: Opened, today: date) -> list[Found]:
    typed: list[tuple[str, str]] = []
    for id, answer in at.ret.answers.items():
        texts = [answer.comment, answer.evidence, answer.reason, *_strings(answer.values)]
        typed += [(id, text) for text in texts if text]
    for id, given in at.ret.grades.items():
        typed += [(f"grade ({id})", text) for text in (given.reasons, given.departure) if text]
    return [Found(return_id, place, hit) for place, text in typed for hit in identifiers(text, today=today)]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    return []
