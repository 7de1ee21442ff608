"""The reason of a deed, where nothing that it records says why."""

from __future__ import annotations

from qa_toolkit.domain.reasons import Reason
from qa_toolkit.store.change import Change


def reason_of(change: Change, why: str) -> Reason:
    """The reason, to be put with the rest of the line that is being written."""
    return Reason(id=str(change.shelf.journal.seq + 1), text=why)
