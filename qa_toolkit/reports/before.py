"""What the packs given out before showed of the children, read from their notes: a new one is held against it."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from qa_toolkit.domain.dates import day_of, zone
from qa_toolkit.domain.disclosure.earlier import Before, Kept
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import Workspace

HELD_AGAINST = 12
"""Packs before a new one that it is held against, the latest: six years of half-yearly reports."""


def given_out(workspace: Workspace, before: datetime) -> list[Before]:
    """The packs with tables of children that were written before a moment, latest first, each content once.

    Whoever they were made for: those who may see a pack may see those of lower classes too. Notes that cannot be read
    are passed over; a pack whose note is gone cannot be held against anything.
    """
    place, found = zone(workspace.partnership().zone), list[Before]()
    for note in exports.notes(workspace.folder):
        try:
            at, kept = datetime.fromisoformat(note.contents["at"]), Kept.model_validate(note.contents["children"])
            if at >= before or not kept.tables or any(one.kept == kept for one in found):
                continue
            found.append(Before(str(note.contents["file"]), day_of(at, place), kept))
        except (KeyError, ValueError, TypeError, ValidationError):
            continue
        if len(found) == HELD_AGAINST:
            break
    return found
