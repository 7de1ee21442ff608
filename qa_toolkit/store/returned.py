"""One return, put together from its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import (
    Check,
    Concern,
    Declaration,
    Difference,
    Fact,
    GradeGiven,
    Return,
    ReturnHead,
    Submission,
)
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.names import check_id
from qa_toolkit.store.shelf import Shelf

if TYPE_CHECKING:
    from qa_toolkit.store.workspace import Workspace


def load_return(shelf: Shelf) -> Return:
    """The return that a journal holds, whatever its template reads of it.

    Raises:
        Damaged: The file holds something else.
    """
    return shelf.once(_load_return)


def read_return(workspace: Workspace, audit: AuditFile, shelf: Shelf, under: str = "") -> Return:
    """The return in a journal, as the audit's template reads it; `under`: as that version of it does."""
    ret = load_return(shelf)
    if not audit.moves:
        return ret
    from qa_toolkit.domain.moving_template import through  # only where an audit was moved, which is seldom

    in_force = audit.audit.template
    return through(ret, audit.moves, in_force, under or in_force, workspace.template)


def _load_return(shelf: Shelf) -> Return:
    facts, last = shelf.all(Fact), shelf.journal.last
    head = next(iter(shelf.all(ReturnHead).values()), None)
    check_id(shelf.journal.name, head.id if head else "")
    assert head is not None
    return Return(
        head=head,
        declarations=shelf.all(Declaration),
        answers=shelf.all(Answer),
        facts={id: fact.value for id, fact in facts.items()} if facts else {},
        facts_seq=max(fact.seq for fact in facts.values()) if facts else 0,
        differences=shelf.all(Difference),
        grades=shelf.all(GradeGiven),
        concerns=shelf.all(Concern),
        checks=shelf.all(Check),
        submissions=shelf.all(Submission),
        last=last.seq,
        last_hash=last.hash,
        changed_at=last.at,
    )
