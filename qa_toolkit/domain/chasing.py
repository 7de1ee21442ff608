"""When an agency is reminded, in which tone, and to whom it goes when reminders do not help. Rules are dated data.

Days are working days from the due date: negative before it. The same ladder serves late returns and, later, actions:
owner, agency lead, Quality Assurance Group, Business Group. The default days are those of docs/commands.md, “Chasing”.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.records import Frozen, Record


class Rung(StrEnum):
    """Who is written to."""

    OWNER = "owner"
    AGENCY_LEAD = "agency_lead"
    QA_GROUP = "qa_group"
    BUSINESS_GROUP = "business_group"
    MAIN_BOARD = "main_board"

    @property
    def label(self) -> str:
        """Who, in words."""
        return {
            Rung.OWNER: "the auditor",
            Rung.AGENCY_LEAD: "the agency lead",
            Rung.QA_GROUP: "the Quality Assurance Group",
            Rung.BUSINESS_GROUP: "the Business Group",
            Rung.MAIN_BOARD: "the Main Board",
        }[self]


class Step(Frozen):
    """One step of the ladder: from that many working days after the due date on."""

    day: int
    rung: Rung
    tone: str
    """The sentence that the message begins with."""


class Ladder(Record):
    """The steps in force from a day on; the id is its name."""

    table: ClassVar[str] = "ladders"

    since: date
    steps: tuple[Step, ...]


DEFAULT = Ladder(
    id="HSCP-default",
    since=date(2026, 1, 1),
    steps=(
        Step(day=-5, rung=Rung.OWNER, tone="A friendly note: these returns are due soon. Thank you for taking part."),
        Step(day=0, rung=Rung.OWNER, tone="These returns are due today. If something stands in the way, tell us."),
        Step(day=2, rung=Rung.OWNER, tone="These returns have not reached us yet. Can you say by when they will come?"),
        Step(
            day=5, rung=Rung.AGENCY_LEAD,
            tone="We have written twice and these returns are still missing. Can you help to free the time for them?",
        ),
        Step(day=20, rung=Rung.QA_GROUP, tone="These returns are four weeks late, so the group will be told of them."),
        Step(day=60, rung=Rung.BUSINESS_GROUP, tone="These returns are twelve weeks late: the Business Group is told."),
    ),
)  # fmt: skip
"""The ladder that ships: five days before, on the day, and two and five days after, then up the tiers."""


class Chase(Record):
    """One message to an agency; it counts once it is marked sent. The id is `<agency>-<number>`."""

    table: ClassVar[str] = "chases"

    agency: str
    rung: Rung
    day: int
    """The step of the ladder that it is of."""
    ladder: str
    """Name of the ladder."""
    returns: tuple[str, ...]
    drafted: date
    sent_at: datetime | None = None
    sent_how: str = ""


class Promise(Record):
    """A day that an agency has promised for a return; reminders wait for it. The id is the return's."""

    table: ClassVar[str] = "promises"

    day: date
    by_whom: str
    """Role of the person who promised."""


class Excuse(Record):
    """A return that need not come, with who agreed; the id is the return's."""

    table: ClassVar[str] = "excuses"

    reason: str
    agreed_by: str
    """Role of the person who agreed."""


class Due(NamedTuple):
    """One return as the ladder sees it."""

    return_id: str
    days: int
    """Working days since its due date, or since the day that was promised; negative before it."""


def step_for(ladder: Ladder, days: int) -> Step | None:
    """The last step that has been reached, or None before the first."""
    reached = [step for step in ladder.steps if step.day <= days]
    return max(reached, key=lambda step: step.day) if reached else None


def ladder_of(ladders: dict[str, Ladder], on: date) -> Ladder:
    """The ladder in force on that day: the latest of the partnership's own, else the default."""
    found = [ladder for ladder in ladders.values() if ladder.since <= on]
    return max(found, key=lambda ladder: ladder.since) if found else DEFAULT


def to_chase(ladder: Ladder, due: list[Due], already: dict[str, int]) -> tuple[Step, list[Due]] | None:
    """The message that an agency is due: the highest step that any of its returns newly reached, and all it owes.

    `already` gives, for each return, the day of the highest step for which a message was sent.
    """
    fresh = []
    for one in due:
        step = step_for(ladder, one.days)
        if step is not None and step.day > already.get(one.return_id, -10_000):
            fresh.append(step)
    if not fresh:
        return None
    owed = [one for one in due if step_for(ladder, one.days) is not None]
    return max(fresh, key=lambda step: step.day), sorted(owed, key=lambda one: (-one.days, one.return_id))
