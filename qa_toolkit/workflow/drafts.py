"""Text that is being typed: kept outside the record, offered back, forgotten once it is recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from qa_toolkit.store.drafts import Draft, Drafts
from qa_toolkit.store.workspace import Workspace

FORMS = "FORMS"
"""Where drafts of forms are kept, which are about no return; no return has an id like it."""


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


def keep_form(workspace: Workspace, name: str, typed: Mapping[str, Any], *, by: str, now: datetime) -> None:
    """Keep what stands in a form that is open; each person has their own.

    Raises:
        NotSaved: The disk refused.
    """
    text = json.dumps({"form": name, "typed": dict(typed)}, ensure_ascii=False)
    Drafts(workspace.folder).keep(FORMS, _code(name), by, text, by=by, now=now)


def kept_form(workspace: Workspace, name: str, *, by: str) -> dict[str, Any] | None:
    """What one person had typed in a form, or None; a draft that was hurt counts as none."""
    found = Drafts(workspace.folder).read(FORMS, _code(name), by)
    return _form(found)[1] if found is not None else None


def discard_form(workspace: Workspace, name: str, *, by: str) -> None:
    """Forget it: it was done, or given up."""
    Drafts(workspace.folder).discard(FORMS, _code(name), by)


def discard_forms_about(workspace: Workspace, id: str) -> None:
    """Forget everybody's forms that name an id: words are taken out of it, and must not come back from there."""
    held = Drafts(workspace.folder)
    for draft in held.list(FORMS):
        if id.casefold() in _form(draft)[0].casefold():
            held.discard(FORMS, draft.question_id, draft.field)


def _form(draft: Draft) -> tuple[str, dict[str, Any] | None]:
    """Which form it is and what was typed in it."""
    try:
        found = json.loads(draft.text)
        name, typed = str(found["form"]), found["typed"]
    except (ValueError, KeyError, TypeError):
        return "", None
    return name, typed if isinstance(typed, dict) and typed else None


def _code(name: str) -> str:
    """A name of any length and in any letters, as a file's name can hold it."""
    return sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
