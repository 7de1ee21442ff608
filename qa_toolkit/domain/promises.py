"""What is agreed about a return that is late: a day that was promised, or that it need not come."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from qa_toolkit.domain.records import Record


class Promise(Record):
    """A day that an agency has promised for a return; reminders wait for it. The id is the return's."""

    table: ClassVar[str] = "promises"

    day: date
    by_whom: str
    """Role of the person who promised."""
    made_at: datetime | None = None
    """When; messages sent before it were about an earlier day."""
    earlier: tuple[date, ...] = ()
    """Days that were promised before and were given up, in order: a promise that moves is seen to move."""


class Excuse(Record):
    """A return that need not come, with who agreed; the id is the return's."""

    table: ClassVar[str] = "excuses"

    reason: str
    agreed_by: str
    """Role of the person who agreed."""
    made_at: datetime | None = None
