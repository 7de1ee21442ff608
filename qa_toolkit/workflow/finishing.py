"""A return that came back as finished: what it still lacks, and sending it in with what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.returns import OVERALL, Check, Concern, Declaration, GradeGiven, Return, Submission
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import clean
from qa_toolkit.store.change import Change
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import submission
from qa_toolkit.workflow.returns import Opened, nearness, opened, owed
from qa_toolkit.workflow.starting import unbegun

if TYPE_CHECKING:
    from qa_toolkit.workflow.taking_in import Filled

NOT_SHOWN = "Graded in a workbook, which does not show the indicative grade."
"""Why an own grade differs from the indicative one, where its rater could not see that it does."""


class Ending(NamedTuple):
    """The rater's word that a return is finished."""

    safe: str = ""
    """The second answer to the safety question."""
    checked_by: str = ""
    """Role of the lead who has checked it, where the audit asks for that."""


def lacking(workspace: Workspace, filled: Filled) -> list[str]:
    """What keeps a return that came as finished from being sent in: it is taken in, and stays with its agency."""
    file, allocation = owed(workspace, filled.return_id)
    if allocation.id in file.started:
        at = opened(workspace, allocation.id)
    else:
        ret = unbegun(workspace, file, allocation, allocation.asked)
        at = Opened(ret, file, workspace.template(file.audit.template))
    return _lacks(becomes(at, filled), filled)


def send(change: Change, at: Opened, filled: Filled, rater: str) -> None:
    """Send in a return that is finished and lacks nothing; `at` is as it became."""
    ending, given, round = filled.ending, at.ret.grades.get(OVERALL), at.ret.round + 1
    if ending is None or _lacks(at, filled):
        return
    if given is not None:
        change.put(given)
    if ending.checked_by:
        note = f"As the workbook says: {clean(ending.checked_by).strip()}"
        change.put(Check(id=str(len(at.ret.checks) + 1), note=note))
    relation = at.ret.declarations["start"].relation
    waiver = nearness(at.file, at.ret.id, relation, rater).waiver
    change.put(
        Declaration(id=f"submission-{round}", relation=relation, waiver=waiver),
        Submission(id=str(round), safe=ending.safe, indicative=submission.indicative_words(at)),
    )


def becomes(at: Opened, filled: Filled) -> Opened:
    """The return with the answers, facts and grades that came."""
    ret, seq = at.ret, at.ret.last + 1
    declarations = dict(ret.declarations)
    if filled.relation is not None:
        declarations["start"] = Declaration(id="start", relation=filled.relation)
    ret = replace(
        ret,
        declarations=declarations,
        facts={**ret.facts, **filled.facts},
        answers={**ret.answers, **{one.id: one.model_copy(update={"seq": seq}) for one in filled.answers}},
        grades={**ret.grades, **{of: _grade(ret, of, *given) for of, given in filled.grades.items()}},
    )
    at = at._replace(ret=ret)
    given = at.ret.grades.get(OVERALL)
    if filled.ending is None or given is None or given.departure:
        return at
    if indicative(at.template, at.ret, at.header).grade is given.grade:
        return at
    grades = {**at.ret.grades, OVERALL: given.model_copy(update={"departure": NOT_SHOWN})}
    return at._replace(ret=replace(at.ret, grades=grades))


def _grade(ret: Return, of: str, grade: Grade, reasons: str) -> GradeGiven:
    before = ret.grades.get(of)
    kept = before.departure if before is not None and before.grade is grade else ""
    return GradeGiven(id=of, grade=grade, reasons=clean(reasons), departure=kept)


def asks_for_concern(at: Opened) -> str:
    """The first question whose answer asks for a concern that nobody has raised; nothing where there is none."""
    raised = {concern.question for concern in at.ret.concerns.values()}
    for _, question in at.template.asked(at.ret.head.kind):
        answer = at.ret.answers.get(question.id)
        if answer is not None and answer.main in question.raises_concern and question.id not in raised:
            return question.id
    return ""


def _lacks(at: Opened, filled: Filled) -> list[str]:
    if filled.ending is None:
        return []
    if filled.concern is not None:
        moment = datetime.min.replace(tzinfo=UTC)
        written = Concern(id="written", question=asks_for_concern(at), what=filled.concern.what, raised_at=moment)
        at = at._replace(ret=replace(at.ret, concerns={**at.ret.concerns, written.id: written}))
    stops = (stop.sentence for stop in submission.what_stops(at, checked=False))
    return [*stops, *submission.safety_again(at, filled.ending.safe)]
