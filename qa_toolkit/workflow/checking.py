"""The record check, keyed or pasted: any number of answers in one line of the audit's file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from qa_toolkit.domain.audits import Known, RecordCheck
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.recordcheck import read_column
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import require_open


class Answered(NamedTuple):
    """One answer of a pasted column, beside what was there."""

    return_id: str
    subject: str
    before: Known | None
    after: Known | None


def children_asked(file: AuditFile, agency: str) -> tuple[str, ...]:
    """Ids of the children that the agency is asked about, in the order of the grid.

    Raises:
        NotFound: It is not asked in this audit.
    """
    if agency not in file.audit.agencies:
        asked = ", ".join(file.audit.agencies)
        raise NotFound(f"There is no agency {agency} in {file.audit.id}: it asks {asked}.")
    owed = {one.subject for one in file.allocations.values() if one.agency == agency}
    return tuple(id for id in file.subjects if id in owed)


def as_seen(file: AuditFile) -> dict[tuple[str, str], int]:
    """What somebody sees who looks now: for each return, the line that last put its answer or took it back."""
    journal = file.shelf.journal
    return {(RecordCheck.table, id): journal.seq_of(RecordCheck.table, id) for id in file.allocations}


def preview(workspace: Workspace, audit_id: str, agency: str, text: str) -> list[Answered]:
    """What a pasted column would record, beside what is there; writes nothing.

    Raises:
        InputError: A line is not understood.
    """
    file = workspace.audit(audit_id)
    answers = read_column(text, children_asked(file, agency), file.audit.id)
    return _beside(file, agency, answers)


def whole_column(workspace: Workspace, audit_id: str, agency: str, known: Known | None) -> list[Answered]:
    """What one answer for every child of the agency would record, beside what is there; writes nothing."""
    file = workspace.audit(audit_id)
    return _beside(file, agency, dict.fromkeys(children_asked(file, agency), known))


def _beside(file: AuditFile, agency: str, answers: Mapping[str, Known | None]) -> list[Answered]:
    ids = {one.subject: one.id for one in file.allocations.values() if one.agency == agency}
    found = []
    for subject, after in answers.items():
        before = file.record_checks.get(ids[subject])
        found.append(Answered(ids[subject], subject, before.known if before else None, after))
    return found


def record_checks(
    workspace: Workspace,
    audit_id: str,
    answers: Mapping[str, Known | None],
    *,
    note: str | None = None,
    did: str = "answered the record check",
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> int:
    """Put these answers, return id to answer, in one line; None takes an answer back. Gives how many changed.

    Raises:
        NotFound: One of the returns is not owed.
        NotAllowed: Somebody who is no co-ordinator answers for another agency, or the audit is closed.
    """
    actor = allowed.person(workspace, by)
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    wanted = {id.upper(): known for id, known in answers.items()}
    for id in wanted:
        owed = file.allocations.get(id)
        if owed is None:
            raise NotFound(f"No return {id} is owed in {file.audit.id}.")
        if not actor.is_(Role.COORDINATOR) and actor.agency != owed.agency:
            raise NotAllowed(f"{actor.name} is not of {owed.agency}, so cannot say whether it knows this child.")
    changed = 0
    with workspace.change(audit_journal(file.audit.id), by=by, did=did, now=now, seen=seen) as change:
        current = change.shelf.all(RecordCheck)
        for id, known in wanted.items():
            before = current.get(id)
            if known is None and before is not None:
                if note:
                    raise InputError("A note belongs to an answer: “no reply” takes the answer away, and its note.")
                change.drop(before)
                changed += 1
            elif known is not None:
                said = clean(note) if note is not None else before.note if before else ""
                after = RecordCheck(
                    id=id, subject=file.allocations[id].subject, agency=file.allocations[id].agency, known=known,
                    note=said,
                )  # fmt: skip
                if before is None or (before.known, before.note) != (after.known, after.note):
                    change.put(after)
                    changed += 1
    return changed
