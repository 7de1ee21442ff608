"""An audit as it is kept: its terms, its subjects, who was asked, and what came back."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from qa_toolkit.domain.records import Record
from qa_toolkit.domain.template.kind import Kind


class AuditStatus(StrEnum):
    """Where an audit stands in the partnership's list."""

    OPEN = "open"
    CLOSED = "closed"
    ABANDONED = "abandoned"


class AuditEntry(Record):
    """An audit's line in the partnership's list: enough to find it without opening it."""

    table: ClassVar[str] = "audits"

    title: str
    kind: Kind
    opened: date
    due: date
    status: AuditStatus = AuditStatus.OPEN
    reason: str = ""
    """Why it was abandoned."""
    re_audit_of: str = ""
    """The earlier audit that it looks at again, where it does."""


class Audit(Record):
    """An audit's terms: what is asked, about what, of whom, by when."""

    table: ClassVar[str] = "audit"

    title: str
    kind: Kind
    template_id: str
    template_edition: str
    template: str
    """The digest of the template as it was when the audit opened; an edit to the file changes nothing here."""
    subject: str
    """`child`, `organisation` or `team`."""
    agencies: tuple[str, ...]
    """Ids of the agencies that are asked."""
    opened: date
    due: date
    """Last day for returns, inclusive."""
    lookback_from: date | None = None
    lookback_to: date | None = None
    agency_check: bool = False
    """Whether an agency lead checks each return before it is submitted."""
    purpose: str = ""
    phone: str = ""
    """Whom to telephone about an immediate safeguarding concern: a role and a number, as the partnership words it."""
    re_audit_of: str = ""
    """The earlier audit that it looks at again, where it does."""


class Known(StrEnum):
    """An agency's answer to the record check."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    FAMILY_KNOWN = "family_known"

    @property
    def label(self) -> str:
        """The answer in words."""
        return self.value.replace("_", " ").capitalize()


class RecordCheck(Record):
    """What an agency said when asked whether it knows the subject; the id is the return's."""

    table: ClassVar[str] = "record_checks"

    subject: str
    agency: str
    known: Known
    note: str = ""


class Subject(Record):
    """What a return is about: a child by pseudonym, an organisation or a team."""

    table: ClassVar[str] = "subjects"

    label: str = ""
    """For an organisation or team, its name; a child has none."""
    agency: str = ""
    """For an organisation, the agency that it is."""
    facts: dict[str, Any] = {}
    """Header facts, entered once with the case: field id to value."""


class Allocation(Record):
    """One return that is owed; the id is the return's."""

    table: ClassVar[str] = "allocations"

    subject: str
    agency: str
    rater: str = ""
    """Whose it is, as `handle@agency`; empty until the agency names somebody."""
    due: date | None = None
    """Its own last day, where it differs from the audit's."""
    asked: date


class Received(Record):
    """The co-ordinator's filing of a submitted return: the return counts from here. The id is the return's."""

    table: ClassVar[str] = "received"

    round: int
    """Which submission was filed."""
    through: int
    """The last line of the return that was filed."""
    hash: str
    """That line's hash, so that a later change to what was filed can be found."""
    nil: bool = False


class Query(Record):
    """Questions sent back to the agency about one return; the return can be changed again until resubmitted."""

    table: ClassVar[str] = "queries"

    return_id: str
    round: int
    """The submission that is being queried."""
    questions: dict[str, str]
    """Question id to what is asked about it."""


class Reopening(Record):
    """A submitted return given back whole, because its agency asked."""

    table: ClassVar[str] = "reopenings"

    return_id: str
    round: int
    reason: str


class Waiver(Record):
    """Leave for somebody who is not independent to score a case; shown in the report. The id is the return's."""

    table: ClassVar[str] = "waivers"

    person: str
    reason: str
    agreed_by: str = ""
    """Who agreed it: a role, or a person as the partnership names them. Waivers of older versions have none."""

    @property
    def shown(self) -> str:
        """The reason and who agreed, as the report shows them."""
        return f"{self.reason} (agreed by {self.agreed_by})" if self.agreed_by else self.reason


class FollowUp(Record):
    """What the partnership did about a concern; the id is the concern's."""

    table: ClassVar[str] = "follow_ups"

    acknowledged_by: str = ""
    """Role of the person who confirmed that they have it."""
    acknowledged_at: datetime | None = None
    outcome: str = ""
    closed_at: datetime | None = None
