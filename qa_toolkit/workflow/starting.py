"""Beginning a return: who may, how it looks before, and its own file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.errors import NotAllowed
from qa_toolkit.domain.returns import Relation, Return, ReturnHead
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.returned import load_return
from qa_toolkit.store.workspace import Workspace, audit_journal, return_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.carrying import carried
from qa_toolkit.workflow.returns import declare, owed, require_free, require_open


def to_begin(workspace: Workspace, return_id: str, *, by: str, today: date) -> tuple[AuditFile, Allocation]:
    """A return that is owed and that this person may begin; nothing is begun.

    Raises:
        NotAllowed: It is somebody else’s, or the audit is closed.
        NotFound: It is not owed.
    """
    file, allocation = owed(workspace, return_id)
    require_open(workspace, file)
    allowed.active(workspace, by, today)
    allowed.rater(workspace, by, allocation.agency, allocation.rater, "start")
    _one_of_the_raters(file, allocation, by)
    return file, allocation


def start(workspace: Workspace, return_id: str, *, by: str, now: datetime, today: date) -> Return:
    """The return begun by its rater; a second start changes nothing and gives it back as it is."""
    file, allocation = owed(workspace, return_id)
    if allocation.id not in file.started:
        to_begin(workspace, allocation.id, by=by, today=today)
        begin(workspace, file, allocation, by, by=by, now=now, today=today)
    return workspace.ret(allocation.id)


def start_declared(
    workspace: Workspace, return_id: str, relation: Relation, *, by: str, now: datetime, today: date
) -> Return:
    """The return begun with its rater's word on independence. Who may not score it begins nothing.

    Raises:
        NotAllowed: It is somebody else’s; or they hold or supervise the case, and no waiver names them.
    """
    file, allocation = owed(workspace, return_id)
    if allocation.id not in file.started:
        require_free(file, allocation.id, relation, by)
        start(workspace, allocation.id, by=by, now=now, today=today)
    return declare(workspace, allocation.id, relation, by=by, now=now)


def _one_of_the_raters(file: AuditFile, allocation: Allocation, person: str) -> None:
    if isinstance(allocation, SecondScore) and allocation.withdrawn:
        raise NotAllowed(f"{allocation.id} is no longer asked for: {allocation.withdrawn}")
    beside = file.seconds.values()
    if any(one.of == allocation.id and one.rater == person and not one.withdrawn for one in beside):
        raise NotAllowed(f"{person} is the second rater of {allocation.id}: somebody else has to score it first.")


def blank(workspace: Workspace, file: AuditFile, allocation: Allocation, rater: str, today: date) -> Return:
    """The return as it would be begun: nothing answered, and nothing on the disk."""
    head = ReturnHead(
        id=allocation.id, audit=file.audit.id, subject=allocation.subject, agency=allocation.agency,
        kind=workspace.agencies()[allocation.agency].kind, rater=rater, template=file.audit.template, started=today,
    )  # fmt: skip
    return Return(head=head)


def unbegun(workspace: Workspace, file: AuditFile, allocation: Allocation, today: date) -> Return:
    """The return as its beginning would make it, with last time's answers where it is a self-assessment."""
    before = {answer.id: answer for answer in carried(workspace, file, allocation)}
    return replace(blank(workspace, file, allocation, allocation.rater, today), answers=before)


def begin(
    workspace: Workspace, file: AuditFile, allocation: Allocation, rater: str, *, by: str, now: datetime, today: date
) -> None:
    """Make a return's own file, and note it in the audit's; who may is the caller's to ask.

    The return's file first, the audit's note of it last. Cut between, the next beginning finds the file and notes it,
    in the name of the rater for whom it was made.
    """
    _one_of_the_raters(file, allocation, rater)
    name = return_journal(allocation.id)
    if name in workspace.folder.list(f"audits/{file.audit.id}/returns/"):
        rater = load_return(workspace.shelf(name)).head.rater
    else:
        head = blank(workspace, file, allocation, rater, today).head
        before = carried(workspace, file, allocation)
        did = "started the return, with last time’s answers" if before else "started the return"
        workspace.begin(name, head, *before, by=by, did=did, now=now)
    with workspace.change(audit_journal(file.audit.id), by=by, did="started a return", now=now) as change:
        change.put_plain("started", allocation.id, {"rater": rater})
        if not allocation.rater:
            change.put(allocation.model_copy(update={"rater": rater}))
