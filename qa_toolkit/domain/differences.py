"""Where an agency's record says otherwise than the facts entered with the case, and which of the two stands.

Nothing is overwritten: the agency's word stays in its return, and the decision is a record beside the case.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from qa_toolkit.domain.records import Record
from qa_toolkit.domain.returns import Difference


class Stands(StrEnum):
    """Which of the two stands."""

    CASE = "case"
    AGENCY = "agency"


class Settlement(Record):
    """That a difference was settled; the id is the return's and the fact's, with a colon between."""

    table: ClassVar[str] = "settlements"

    stands: Stands
    case_said: Any = None
    """What the case had when it was settled; nothing where the fact was not entered."""
    agency_said: Any
    note: str = ""
    """The agency's note as it then was."""
    why: str
    agreed_by: str
    """Who decided: a role, or a person as the partnership names them."""

    @property
    def value(self) -> Any:
        """The fact as it was settled."""
        return self.agency_said if self.stands is Stands.AGENCY else self.case_said


def settlement_id(return_id: str, field: str) -> str:
    """The id under which a difference is settled."""
    return f"{return_id}:{field}"


class Status(StrEnum):
    """Where a difference stands."""

    OPEN = "open"
    ANEW = "anew"
    """Settled once, and something of it was changed since."""
    SETTLED = "settled"
    NONE = "none"
    """The two say the same, or the agency took its word back."""

    @property
    def label(self) -> str:
        """The status in words."""
        return {Status.OPEN: "To settle", Status.ANEW: "To settle again", Status.SETTLED: "Settled"}.get(self, "–")

    @property
    def open(self) -> bool:
        """Whether somebody has to decide."""
        return self in (Status.OPEN, Status.ANEW)


class Row(NamedTuple):
    """One difference in the list."""

    return_id: str
    subject: str
    agency: str
    field: str
    case: Any
    """What the case has now."""
    says: Any
    note: str
    status: Status
    settlement: Settlement | None
    seq: int
    """The line of the return that last put it."""


def status_of(case: Any, difference: Difference, settlement: Settlement | None) -> Status:
    """Where a difference stands, given what the case has now and how it was last settled.

    A settled one stays settled while the agency says the same with the same note, and the case has what stands.
    """
    if settlement is not None:
        same = (settlement.agency_said, settlement.note) == (difference.says, difference.note)
        if same and _plain(case) == _plain(settlement.value):
            return Status.SETTLED
    if difference.says is None or _plain(case) == _plain(difference.says):
        return Status.NONE
    return Status.OPEN if settlement is None else Status.ANEW


def _plain(value: Any) -> Any:
    """Lists in any order are the same, and so are all ways to have nothing."""
    if value in (None, "", [], ()):
        return None
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value
