"""Scoring a return: declaring independence, answering, grading. One verb, one line in its own file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple

from qa_toolkit.domain.answering import check_answer
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.audits import Allocation, AuditStatus
from qa_toolkit.domain.errors import AnswerError, InputError, NotAllowed, NotFound, NotReady
from qa_toolkit.domain.header import check_facts
from qa_toolkit.domain.independence import Ties, blocked
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import OVERALL, Declaration, Difference, GradeGiven, Relation, Return
from qa_toolkit.domain.states import handed_back
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.change import Change
from qa_toolkit.store.returned import load_return, read_return
from qa_toolkit.store.workspace import Seen, Workspace, audit_of
from qa_toolkit.workflow import allowed, sealing


class Opened(NamedTuple):
    """A return with all that its rules need."""

    ret: Return
    file: AuditFile
    template: Template

    @property
    def header(self) -> Mapping[str, Any]:
        """The facts of the case."""
        return self.file.subjects[self.ret.head.subject].facts

    @property
    def open_queries(self) -> dict[str, str]:
        """Question id to what is asked, for queries on the latest submission."""
        found: dict[str, str] = {}
        for query in self.file.queries.values():
            if query.return_id == self.ret.id and query.round == self.ret.round:
                found |= query.questions
        return {id: text for id, text in found.items() if id in self.template.questions}

    @property
    def editable(self) -> bool:
        """Whether its answers may be changed: never sent in, or given back since."""
        ret, file = self.ret, self.file
        return ret.round == 0 or handed_back(ret.id, ret.round, file.queries.values(), file.reopenings.values())


def opened(workspace: Workspace, return_id: str) -> Opened:
    """A return, its audit and its template: the version that it was sent in under, else the one in force."""
    return_id = return_id.upper()
    file = workspace.audit(audit_of(return_id))
    ret = workspace.ret(return_id)
    stands = file.stands_on(ret)
    if stands != file.audit.template:
        ret = workspace.ret(return_id, under=stands)
    return Opened(ret, file, workspace.template(stands))


def owed(workspace: Workspace, return_id: str) -> tuple[AuditFile, Allocation]:
    """The audit and the allocation of a return that is owed."""
    file = workspace.audit(audit_of(return_id))
    allocation = file.owed(return_id.upper())
    if allocation is None:
        raise NotFound(f"No return {return_id} is owed in {file.audit.id}. `qa audit show {file.audit.id}` lists them.")
    return file, allocation


def readable(workspace: Workspace, at: Opened, by: str) -> None:
    """Refuse somebody of another agency who is neither co-ordinator, chair nor panel: returns are not theirs to read.

    While it is scored blind by more than one, it is nobody’s to read but its rater’s.

    A control of work: whoever can read the folder can read the return.
    """
    person = allowed.person(workspace, by)
    insiders = (Role.COORDINATOR, Role.CHAIR, Role.PANEL)
    if person.agency != at.ret.head.agency and not person.is_(*insiders):
        raise NotAllowed(f"{at.ret.id} belongs to {at.ret.head.agency}; {person.name} ({by}) may not read it here.")
    sealing.require_open(workspace, at.ret.id, by)


class Scoring:
    """One change to a return by its rater, while it may be changed: a context manager that gives both.

    It stands around every answer, and as a generator it would make saving one a twentieth dearer.
    """

    def __init__(
        self, workspace: Workspace, return_id: str, *, by: str, did: str, now: datetime, seen: Seen | None,
        why: str | None = None,
    ) -> None:  # fmt: skip
        self._workspace, self._id, self._by = workspace, return_id.upper(), by
        self._did, self._why, self._now, self._seen = did, why, now, seen

    def __enter__(self) -> tuple[Opened, Change]:
        workspace, id = self._workspace, self._id
        with workspace.one_look():
            file = workspace.audit(audit_of(id))
            name = workspace.begun(file, id)
            require_open(workspace, file)
            second = file.seconds.get(id)
            if second is not None and second.withdrawn:
                raise NotAllowed(f"{id} is no longer asked for: {second.withdrawn}")
            self._change = workspace.change(
                name, by=self._by, did=self._did, why=self._why, now=self._now, seen=self._seen
            )
            self._change.__enter__()
            try:
                return self._may_change(file), self._change
            except BaseException as error:
                self.__exit__(type(error), error, error.__traceback__)
                raise

    def _may_change(self, file: AuditFile) -> Opened:
        workspace = self._workspace
        # While it may be changed it stands on the version of its template that is in force.
        at = Opened(read_return(workspace, file, self._change.shelf), file, workspace.template(file.audit.template))
        allowed.rater(workspace, self._by, at.ret.head.agency, at.ret.head.rater, "change")
        if not at.editable:
            raise NotAllowed(
                f"{self._id} has been submitted, so it can be read but not changed. "
                "Ask a co-ordinator to give it back: `qa return reopen` is theirs."
            )
        return at

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._change.__exit__(kind, error, trace)


def require_open(workspace: Workspace, file: AuditFile) -> None:
    """Refuse a change to an audit that is closed."""
    if workspace.audits()[file.audit.id].status is not AuditStatus.OPEN:
        raise NotAllowed(f"{file.audit.id} is closed, so its returns can be read but not changed.")


def ties(file: AuditFile, return_id: str) -> Ties | None:
    """Who holds and who supervises the case in this agency, as far as it is recorded; the same for a second score."""
    second = file.seconds.get(return_id)
    return file.all(Ties).get(second.of if second is not None else return_id)


class Nearness(NamedTuple):
    """How near somebody stands to a case, for whether they may score it."""

    tie: Relation | None
    """What keeps them from scoring it; None if they are free, or a waiver names them."""
    waiver: str
    """The waiver under which they score it, as it is shown; empty where none is needed."""


def nearness(file: AuditFile, return_id: str, relation: Relation, person: str) -> Nearness:
    """What their own word and their agency's records come to."""
    recorded, waiver = ties(file, return_id), file.waivers.get(return_id)
    tie = blocked(recorded, relation, waiver, person)
    needed = waiver is not None and blocked(recorded, relation, None, person) is not None
    return Nearness(tie, waiver.shown if waiver is not None and needed else "")


def require_free(file: AuditFile, return_id: str, relation: Relation, by: str) -> str:
    """The waiver under which somebody scores a case, empty where none is needed; NotAllowed where they may not."""
    near = nearness(file, return_id, relation, by)
    if near.tie is not None:
        recorded = " Your agency recorded that you do." if relation.independent else ""
        raise NotAllowed(
            f"Nobody scores a case that they hold or supervise.{recorded} Ask your agency to name somebody else "
            f"for {return_id}, or a co-ordinator to record a waiver with its reason."
        )
    return near.waiver


def declare(
    workspace: Workspace, return_id: str, relation: Relation, *, by: str, now: datetime, round: int = 0
) -> Return:
    """The rater's word on independence, before the first question (round 0) or at submission.

    Raises:
        NotAllowed: They hold or supervise the case, and no waiver names them.
    """
    with Scoring(workspace, return_id, by=by, did="declared independence", now=now, seen=None) as (at, change):
        waiver = require_free(at.file, at.ret.id, relation, by)
        change.put(Declaration(id="start" if round == 0 else f"submission-{round}", relation=relation, waiver=waiver))
    return load_return(change.shelf)


def answer(
    workspace: Workspace, return_id: str, answer: Answer, *, seen: Seen | None, by: str, now: datetime
) -> Return:
    """The return with one answer put: values, why there are none, comment, evidence, cause, whole.

    Raises:
        AnswerError: The question does not take it, or is not asked of this agency.
        NotReady: Independence has not been declared yet.
        Stale: Somebody else put another answer after the one that was seen.
    """
    with Scoring(workspace, return_id, by=by, did="answered", now=now, seen=seen) as (at, change):
        _declared(at)
        change.put(check_answer(at.template, find_question(at, answer.id), answer))
    return load_return(change.shelf)


def answer_all(workspace: Workspace, return_id: str, answers: list[Answer], *, by: str, now: datetime) -> Return:
    """The return with many answers put in one line: all of them, or none."""
    with Scoring(workspace, return_id, by=by, did="answered from a file", now=now, seen=None) as (at, change):
        _declared(at)
        change.put(*(check_answer(at.template, find_question(at, one.id), one) for one in answers))
    return load_return(change.shelf)


def clear(
    workspace: Workspace, return_id: str, question_id: str, *, seen: Seen | None, by: str, now: datetime
) -> Return:
    """The return with that question back to “not answered”; its comment and evidence stay."""
    with Scoring(workspace, return_id, by=by, did="cleared the answer", now=now, seen=seen) as (at, change):
        before = at.ret.answers.get(find_question(at, question_id).id)
        if before is not None:
            update: dict[str, Any] = {"values": {}, "missing": None, "reason": "", "unknown": (), "cause": None}
            change.put(before.model_copy(update=update))
    return load_return(change.shelf)


def find_question(at: Opened, question_id: str) -> Question:
    """The question with that id, if this return is asked it.

    Raises:
        AnswerError: There is none, the agency is not asked it, or it is the grade.
    """
    wanted = question_id.strip().upper()
    question = at.template.questions.get(wanted)
    if question is None:
        raise AnswerError(f"There is no question {question_id} here. `qa return show {at.ret.id}` lists them.")
    if not at.template.is_asked(wanted, at.ret.head.kind):
        raise AnswerError(f"{wanted} is not asked of {at.ret.head.agency}.")
    if question.purpose == "auditors_grade":
        raise AnswerError(f"{wanted} is your grade for the whole: give it with `qa return grade`, not as an answer.")
    return question


def _declared(at: Opened) -> None:
    if "start" not in at.ret.declarations:
        raise NotReady(
            f"Say first how near you stand to this case: `qa return declare {at.ret.id} none` if you have no part."
        )


def grade(
    workspace: Workspace,
    return_id: str,
    grade: Grade,
    *,
    reasons: str,
    departure: str = "",
    of: str = OVERALL,
    seen: Seen | None,
    by: str,
    now: datetime,
) -> Return:
    """The return with the auditor's own grade, for the whole or for a section."""
    with Scoring(workspace, return_id, by=by, did="graded", now=now, seen=seen) as (at, change):
        _declared(at)
        if of != OVERALL and all(s.id != of or not s.own_grade for s in at.template.sections):
            raise InputError(f"{at.template.title} asks for no grade of its own for “{of}”.")
        change.put(GradeGiven(id=of, grade=grade, reasons=clean(reasons), departure=clean(departure)))
    return load_return(change.shelf)


def set_facts(workspace: Workspace, return_id: str, facts: Mapping[str, Any], *, by: str, now: datetime) -> Return:
    """The return with header fields about itself set (the look-back it used, the evidence it saw)."""
    with Scoring(workspace, return_id, by=by, did="entered facts", now=now, seen=None) as (at, change):
        for id, value in check_facts(at.template, facts, about="return").items():
            change.put_plain("facts", id, {"value": value})
    return load_return(change.shelf)


def differ(workspace: Workspace, return_id: str, field: str, says: Any, *, note: str, by: str, now: datetime) -> Return:
    """The return noting that this agency's record says otherwise about the child."""
    with Scoring(workspace, return_id, by=by, did="noted a difference", now=now, seen=None) as (at, change):
        checked = check_facts(at.template, {field: says}, about="subject")
        change.put(Difference(id=field, says=checked.get(field), note=clean(note)))
    return load_return(change.shelf)
