"""What is agreed about a return that is late: a day promised, an excuse, and an excuse taken back. Each names who."""

from __future__ import annotations

from datetime import date, datetime

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.promises import Excuse, Promise
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.reasons import reason_of
from qa_toolkit.workflow.returns import owed


def promise(
    workspace: Workspace, return_id: str, day: date, by_whom: str, *, seen: Seen | None = None, by: str, now: datetime,
    today: date,
) -> Promise:  # fmt: skip
    """The day by which an agency has promised a return: reminders wait for it. The due date stays.

    Raises:
        InputError: A day that has passed, or nobody who promised it.
    """
    file, allocation = owed(workspace, return_id)
    person, by_whom = allowed.person(workspace, by), clean(by_whom).strip()
    if not person.is_(Role.COORDINATOR):
        allowed.agency_lead(workspace, by, allocation.agency, "promise a day for its returns")
        by_whom = by_whom or Role.AGENCY_LEAD.label.lower()
    if day < today:
        raise InputError(f"{show_date(day)} has passed: a promise names a day to come.")
    if not by_whom:
        raise InputError("Say who promised it, by role: a promise is somebody’s.")
    with workspace.change(audit_journal(file.audit.id), by=by, did="promised a day", now=now, seen=seen) as change:
        before = change.shelf.get(Promise, allocation.id)
        earlier = (*before.earlier, before.day) if before is not None and before.day != day else ()
        if before is not None and before.day == day:
            earlier = before.earlier
        change.put(Promise(id=allocation.id, day=day, by_whom=by_whom, made_at=now, earlier=earlier))
    return workspace.audit(file.audit.id).all(Promise)[allocation.id]


def excuse(
    workspace: Workspace, return_id: str, reason: str, agreed_by: str, *, seen: Seen | None = None, by: str,
    now: datetime,
) -> Excuse:  # fmt: skip
    """A return that need not come: no reminder is drafted for it and it is not late. Who agreed is kept."""
    allowed.coordinator(workspace, by, "excuse a return")
    file, allocation = owed(workspace, return_id)
    reason, agreed_by = clean(reason).strip(), clean(agreed_by).strip()
    if len(reason) < 10 or not agreed_by:
        raise InputError("Say in a sentence why it need not come, and who agreed to it, by role.")
    made = Excuse(id=allocation.id, reason=reason, agreed_by=agreed_by, made_at=now)
    name = audit_journal(file.audit.id)
    with workspace.change(name, by=by, did="excused a return", now=now, seen=seen) as change:
        change.put(made)
    return workspace.audit(file.audit.id).all(Excuse)[made.id]


def expect_again(workspace: Workspace, return_id: str, reason: str, *, by: str, now: datetime) -> None:
    """Take an excuse back: the return is owed as before. Why stands in the history."""
    allowed.coordinator(workspace, by, "take an excuse back")
    file, allocation = owed(workspace, return_id)
    reason = clean(reason).strip()
    if len(reason) < 10:
        raise InputError("Say in a sentence why it is expected again.")
    name = audit_journal(file.audit.id)
    with workspace.change(name, by=by, did="took an excuse back", now=now) as change:
        before = change.shelf.get(Excuse, allocation.id)
        if before is None:
            raise InputError(f"{allocation.id} is not excused, so it is expected already.")
        change.drop(before)
        change.put(reason_of(change, reason))
