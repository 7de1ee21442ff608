"""What was cut off between two files is finished by the next start."""

from __future__ import annotations

from datetime import datetime

from qa_toolkit.domain.audits import Audit, AuditEntry
from qa_toolkit.domain.errors import NotFound, StoreError
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal


def finish_cut_steps(workspace: Workspace, *, now: datetime) -> list[str]:
    """Ids of audits whose opening was cut off between its two files, and is finished here in its opener's name.

    Costs one look at the folder of audits. What cannot be read or written is left for `qa verify` to name.
    """
    finished = []
    listed = workspace.audits()
    for id in workspace.folder.groups("audits"):
        if id in listed:
            continue
        try:
            shelf = workspace.shelf(audit_journal(id))
            audit = shelf.all(Audit)[id]
            entry = AuditEntry(
                id=audit.id, title=audit.title, kind=audit.kind, opened=audit.opened, due=audit.due,
                re_audit_of=audit.re_audit_of,
            )  # fmt: skip
            by = shelf.journal.line_of(1).by
            with workspace.change(PARTNERSHIP, by=by, did="finished opening the audit", now=now) as change:
                change.put(entry)
        except (StoreError, NotFound, KeyError, ValueError):
            continue
        finished.append(audit.id)
    return finished
