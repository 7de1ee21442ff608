"""One return, put together from its journal."""

from __future__ import annotations

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
from qa_toolkit.store.shelf import Shelf


def load_return(shelf: Shelf) -> Return:
    """The return that a journal holds, whatever its template reads of it."""
    return shelf.once(_load_return)


def _load_return(shelf: Shelf) -> Return:
    journal = shelf.journal
    facts = shelf.all(Fact)
    return Return(
        head=next(iter(shelf.all(ReturnHead).values())),
        declarations=shelf.all(Declaration),
        answers=shelf.all(Answer),
        facts={id: fact.value for id, fact in facts.items()},
        facts_seq=max((fact.seq for fact in facts.values()), default=0) if facts else 0,
        differences=shelf.all(Difference),
        grades=shelf.all(GradeGiven),
        concerns=shelf.all(Concern),
        checks=shelf.all(Check),
        submissions=shelf.all(Submission),
        last=journal.seq,
        last_hash=journal.head,
        changed_at=journal.changed_at,
    )
