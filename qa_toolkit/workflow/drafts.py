"""Text that is being typed: kept outside the record, offered back, forgotten once it is recorded."""

from __future__ import annotations

from datetime import datetime

from qa_toolkit.store.drafts import Draft, Drafts
from qa_toolkit.store.workspace import Workspace


def keep(
    workspace: Workspace, return_id: str, question_id: str, field: str, text: str, *, by: str, now: datetime
) -> None:
    """Keep a field's text as it stands; it is on the disk when this returns.

    Raises:
        NotSaved: The disk refused. What was kept before is still there.
    """
    Drafts(workspace.folder).keep(return_id, question_id, field, text, by=by, now=now)


def kept(workspace: Workspace, return_id: str, *, by: str = "") -> list[Draft]:
    """What was being typed in a return; only by that person, if one is named, or by nobody who can be told."""
    found = Drafts(workspace.folder).list(return_id)
    return [draft for draft in found if not by or draft.by in ("", by)]


def discard(workspace: Workspace, return_id: str, question_id: str, field: str) -> None:
    """Forget a draft: it was recorded, or given up."""
    Drafts(workspace.folder).discard(return_id, question_id, field)
