"""Where agencies' records say otherwise about a child: the list over an audit, and settling one."""

from __future__ import annotations

from datetime import datetime

from qa_toolkit.domain.audits import Subject
from qa_toolkit.domain.differences import Row, Settlement, Stands, Status, settlement_id, status_of
from qa_toolkit.domain.errors import InputError, NotFound, Stale
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import require_open
from qa_toolkit.workflow.sealing import seals

LEAST_REASON = 10
"""Characters of a reason: fewer say nothing to whoever looks later."""


def differences(workspace: Workspace, audit_id: str, *, by: str, settled: bool = False) -> list[Row]:
    """What is to be settled in an audit, by child, fact and agency; with `settled`, what was settled as well.

    Co-ordinators, the chair and the panel see all of it; others see their own agency's. What is sealed for a blind
    second score waits until all have submitted.
    """
    person = allowed.person(workspace, by)
    everything = person.is_(Role.COORDINATOR, Role.CHAIR, Role.PANEL)
    file = workspace.audit(audit_id)
    decided, seal = file.all(Settlement), seals(workspace, file.audit.id)
    found = []
    for id in sorted(file.started):
        owed = file.owed(id)
        if owed is None or not (everything or owed.agency == person.agency) or seal.closed(id, by):
            continue
        facts = file.subjects[owed.subject].facts
        for field, difference in workspace.ret(id).differences.items():
            settlement = decided.get(settlement_id(id, field))
            status = status_of(facts.get(field), difference, settlement)
            if status.open or (settled and status is Status.SETTLED):
                found.append(
                    Row(
                        id, owed.subject, owed.agency, field, facts.get(field), difference.says, difference.note,
                        status, settlement, difference.seq,
                    )
                )  # fmt: skip
    return sorted(found, key=lambda row: (row.subject, row.field, row.agency))


def settle(
    workspace: Workspace,
    return_id: str,
    field: str,
    stands: Stands,
    *,
    why: str,
    agreed_by: str,
    seen: Row | None = None,
    by: str,
    now: datetime,
) -> Settlement:
    """Which of the two stands, why, and who decided, in one line. The agency's own record is not touched.

    Where the agency's stands, the case has it from then on. `seen` is the row that the person looked at.

    Raises:
        InputError: No reason, or nobody named who decided.
        NotFound: There is no such difference to settle.
        Stale: The agency or somebody else changed it meanwhile.
    """
    allowed.coordinator(workspace, by, "settle a difference")
    file = workspace.audit(audit_of(return_id))
    require_open(workspace, file)
    why, agreed_by = clean(why).strip(), clean(agreed_by).strip()
    if len(why) < LEAST_REASON:
        raise InputError("Say in a sentence why this one stands: the next person to look has only that.")
    if not agreed_by:
        raise InputError("Say who decided it, such as “panel chair” or the agency’s lead.")
    id = return_id.upper()
    with workspace.change(audit_journal(file.audit.id), by=by, did="settled a difference", now=now) as change:
        rows = {(row.return_id, row.field): row for row in differences(workspace, file.audit.id, by=by)}
        row = rows.get((id, field))
        if row is None:
            raise NotFound(
                f"There is no difference about “{field}” to settle in {id}. `qa difference list {file.audit.id}` "
                "shows those there are."
            )
        if seen is not None and (seen.case, seen.says, seen.note) != (row.case, row.says, row.note):
            raise Stale(f"What {row.agency} or the case says about “{field}” has changed meanwhile. Look again.")
        made = Settlement(
            id=settlement_id(id, field), stands=stands, case_said=row.case, agency_said=row.says, note=row.note,
            why=why, agreed_by=agreed_by,
        )  # fmt: skip
        change.put(made)
        if stands is Stands.AGENCY:
            subject = change.shelf.all(Subject)[row.subject]
            change.put(subject.model_copy(update={"facts": {**subject.facts, field: row.says}}))
    return workspace.audit(file.audit.id).all(Settlement)[made.id]
