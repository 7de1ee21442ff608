"""A workbook for the business unit to write names into, outside the workspace: written here, and never read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.sampling import Drawn
from qa_toolkit.sheets.columns import Column
from qa_toolkit.sheets.writer import Book
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import allowed

EMPTY = ("Name", "Date of birth", "Address", "Parents or carers", "Brothers and sisters")


def write_identity_sheet(workspace: Workspace, audit_id: str, out: Path, *, by: str, now: datetime) -> int:
    """Write it; the number of cases in it. Every column but the two references is empty.

    Raises:
        InputError: The file would lie inside the workspace, or is there already.
    """
    allowed.coordinator(workspace, by, "write an identity sheet")
    if workspace.root.resolve() in out.resolve().parents:
        raise InputError("The key from pseudonym to child never lies in the workspace: choose a place outside it.")
    if out.exists():
        raise InputError(f"{out} is there already, and may hold names by now: choose another name.")
    file = workspace.audit(audit_id)
    drawn = file.all(Drawn)
    rows = [(id, drawn[id].ref if id in drawn else "", *([None] * len(EMPTY))) for id in file.subjects]
    partnership = workspace.partnership()
    with Book(
        out, title=f"Identities for {file.audit.id}", marking=partnership.marking, as_at=now, author=partnership.name,
        subject="For the business unit only: send by your own secure route, and destroy it when the audit is over",
    ) as book:  # fmt: skip
        columns = [Column(title="Case", width=18), Column(title="Reference in the list", width=22)]
        columns += [Column(title=title, width=30, editable=True) for title in EMPTY]
        book.table(
            "Identities", "tblIdentities", columns, rows, protect=True,
            description="Cases of one audit, with empty columns for who the children are.",
        )  # fmt: skip
    return len(rows)
