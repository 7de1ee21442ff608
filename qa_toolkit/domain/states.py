"""Where a return stands, computed from what its agency and the partnership each recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from qa_toolkit.domain.audits import Allocation, Known, Query, Received, RecordCheck, Reopening
from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.template.scales import Grade


class State(StrEnum):
    """The states of a return in the grid, in the order in which it passes through them."""

    NOT_ASKED = "not_asked"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    QUERIED = "queried"
    RECEIVED = "received"
    NIL = "nil"
    UNREADABLE = "unreadable"
    """Its file is damaged, gone, or another's: nothing is known of it but that it was begun."""

    @property
    def label(self) -> str:
        """The state in words."""
        return {State.CHECKED: "Agency-checked", State.NIL: "Nil return", State.UNREADABLE: "Cannot be read"}.get(
            self, self.value.replace("_", " ").capitalize()
        )

    @property
    def owed(self) -> bool:
        """Whether the agency still has to do something."""
        return self in (State.NOT_STARTED, State.IN_PROGRESS, State.CHECKED, State.QUERIED)


class Summary(Frozen):
    """What a list or grid needs of one return, small enough to keep thousands of."""

    id: str
    rater: str
    asked: int
    """Questions that it is asked."""
    answered: int
    round: int = 0
    nil: bool = False
    checked: bool = False
    grade: Grade | None = None
    """The auditor's overall grade."""
    concerns: tuple[str, ...] = ()
    """Ids of the concerns raised in it."""
    changed_at: datetime | None = None
    """When its last line was written."""


def handed_back(return_id: str, round: int, queries: Iterable[Query], reopenings: Iterable[Reopening]) -> bool:
    """Whether the submission of that round was queried or given back, so that the agency may change it."""
    back: list[Query | Reopening] = [*queries, *reopenings]
    return any(one.return_id == return_id and one.round == round for one in back)


def state_of(
    allocation: Allocation | None,
    summary: Summary | None,
    received: Received | None = None,
    check: RecordCheck | None = None,
    queries: Iterable[Query] = (),
    reopenings: Iterable[Reopening] = (),
) -> State:
    """The state of one return in the grid."""
    if allocation is None or (check is not None and check.known is Known.NOT_KNOWN and summary is None):
        return State.NIL if check is not None and check.known is Known.NOT_KNOWN else State.NOT_ASKED
    if summary is None:
        return State.NOT_STARTED
    if summary.round == 0:
        return State.CHECKED if summary.checked else State.IN_PROGRESS
    if any(q.return_id == summary.id and q.round == summary.round for q in queries):
        return State.QUERIED
    if any(r.return_id == summary.id and r.round == summary.round for r in reopenings):
        return State.CHECKED if summary.checked else State.IN_PROGRESS
    if received is not None and received.round == summary.round:
        return State.NIL if received.nil else State.RECEIVED
    return State.NIL if summary.nil else State.SUBMITTED
