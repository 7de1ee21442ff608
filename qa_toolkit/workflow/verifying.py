"""Checking a workspace: every file, every line, and what one file says of another."""

from __future__ import annotations

from typing import NamedTuple

from qa_toolkit.domain.audits import Received
from qa_toolkit.domain.errors import Damaged, Fault, NotFound, StoreError
from qa_toolkit.domain.people import Kept
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.store import heads
from qa_toolkit.store.names import file_of
from qa_toolkit.store.verify import Report, verify_folder
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal


class Verified(NamedTuple):
    """What was checked, and what was found."""

    report: Report
    faults: tuple[Fault, ...]
    """All of them: of files, and of what one file says about another."""
    expected: int
    """Files that the records say there must be."""
    filed: int
    """Filed returns whose contents were held against the filing."""
    head: str
    """Stands for everything that is in the workspace now; empty when there are faults."""


def verify(workspace: Workspace) -> Verified:
    """Check everything; reads all files, changes nothing."""
    expected, faults = [PARTNERSHIP], []
    filed: list[Received] = []
    try:
        expected += workspace.partnership_shelf.all(Kept)
        for audit_id in workspace.audits():
            expected.append(audit_journal(audit_id))
            file = workspace.audit(audit_id)
            expected += [return_journal(id) for id in file.started]
            filed += file.received.values()
            earlier = (move.before for move in file.all(TemplateMove).values())
            for digest in dict.fromkeys((file.audit.template, *earlier)):
                try:
                    workspace.template(digest)
                except (StoreError, NotFound) as error:
                    faults.append(Fault(f"templates/{digest}.json", str(error)))
    except (StoreError, NotFound, KeyError) as error:
        # A damaged list of audits or audit file: the files are checked all the same and name the damage.
        report = verify_folder(workspace.folder)
        if isinstance(error, Damaged) and not any(one.where.startswith(error.path) for one in report.faults):
            faults.append(Fault(error.path, str(error).partition(" ")[2]))  # one that is gone names nothing
        return Verified(report, tuple(faults) + report.faults, len(expected), 0, "")
    report = verify_folder(workspace.folder, expected)
    faults += report.faults
    faults += [fault for received in filed if (fault := _changed_since(workspace, received)) is not None]
    head = heads.workspace_head(heads.heads(workspace.folder)) if not faults else ""
    return Verified(report, tuple(faults), len(expected), len(filed), head)


def _changed_since(workspace: Workspace, received: Received) -> Fault | None:
    name = return_journal(received.id)
    try:
        line = workspace.shelf(name).journal.line_of(received.through)
    except (StoreError, NotFound):
        return Fault(file_of(name), f"it was filed with {received.through} lines and now has fewer")
    if line.hash == received.hash:
        return None
    return Fault(f"{file_of(name)}, line {received.through}", "it is not what was filed with the partnership")
