"""One audit, put together from its journal: everything that the partnership's side recorded about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa_toolkit.domain.audits import (
    Allocation,
    Audit,
    FollowUp,
    Query,
    Received,
    RecordCheck,
    Reopening,
    Subject,
    Waiver,
)
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.states import handed_back
from qa_toolkit.domain.template_moves import TemplateMove, stands_on
from qa_toolkit.store.names import check_id
from qa_toolkit.store.shelf import R, Shelf

if TYPE_CHECKING:  # loaded with the first return
    from qa_toolkit.domain.returns import Return


@dataclass(frozen=True)
class AuditFile:
    """Everything the partnership's side recorded about one audit."""

    audit: Audit
    subjects: Mapping[str, Subject]
    record_checks: Mapping[str, RecordCheck]
    allocations: Mapping[str, Allocation]
    started: frozenset[str]
    """Ids of the returns whose files exist."""
    received: Mapping[str, Received]
    queries: Mapping[str, Query]
    reopenings: Mapping[str, Reopening]
    waivers: Mapping[str, Waiver]
    follow_ups: Mapping[str, FollowUp]
    seconds: Mapping[str, SecondScore]
    moves: tuple[TemplateMove, ...]
    last: int
    shelf: Shelf

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """Every record of another kind that the audit's file holds, by id."""
        return self.shelf.all(kind)

    def owed(self, return_id: str) -> Allocation | None:
        """What is owed under that id: an agency's return, or a second score beside one, which counts nowhere."""
        return self.allocations.get(return_id) or self.seconds.get(return_id)

    def stands_on(self, ret: Return) -> str:
        """The digest of the template that a return stands on: what it was sent in under, else what is in force."""
        if not self.moves:
            return self.audit.template
        back = handed_back(ret.id, ret.round, self.queries.values(), self.reopenings.values())
        return stands_on(self.moves, ret, self.audit.template, back=back)

    def why_none(self, return_id: str) -> str:
        """Why there is no file of a return, in a sentence."""
        if self.owed(return_id) is not None:
            return f"The return {return_id} has not been started. `qa return start {return_id}` starts it."
        known = ", ".join(sorted(self.allocations)[:3])
        named = f" Returns of that audit are named like {known}." if known else ""
        return f"There is no return {return_id}.{named}"


def load_audit(shelf: Shelf) -> AuditFile:
    """The audit that a journal holds.

    Raises:
        Damaged: The file holds something else.
    """
    return shelf.once(_load_audit)


def _load_audit(shelf: Shelf) -> AuditFile:
    audit = next(iter(shelf.all(Audit).values()), None)
    check_id(shelf.journal.name, audit.id if audit else "")
    assert audit is not None
    return AuditFile(
        audit=audit,
        subjects=shelf.all(Subject),
        record_checks=shelf.all(RecordCheck),
        allocations=shelf.all(Allocation),
        started=frozenset(shelf.journal.docs("started")),
        received=shelf.all(Received),
        queries=shelf.all(Query),
        reopenings=shelf.all(Reopening),
        waivers=shelf.all(Waiver),
        follow_ups=shelf.all(FollowUp),
        seconds=shelf.all(SecondScore),
        moves=tuple(shelf.all(TemplateMove).values()),
        last=shelf.journal.seq,
        shelf=shelf,
    )
