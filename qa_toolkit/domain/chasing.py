"""When an agency is reminded, in which tone, and to whom it goes when reminders do not help. Rules are dated data.

Days are working days from the due date: negative before it. The same ladder serves late returns and, later, actions:
owner, agency lead, Quality Assurance Group, Business Group. The default days are those of docs/commands.md, “Chasing”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.promises import Promise
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

    @property
    def within(self) -> bool:
        """Whether that is somebody of the agency itself."""
        return self in (Rung.OWNER, Rung.AGENCY_LEAD)


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
            tone="These returns are a week late or more. Can you help to free the time for them?",
        ),
        Step(
            day=20, rung=Rung.QA_GROUP,
            tone="Returns of this agency are four weeks late or more. Please ask what stands in the way, and help.",
        ),
        Step(
            day=60, rung=Rung.BUSINESS_GROUP,
            tone="Returns of this agency are twelve weeks late or more. Please decide with its head what is to happen.",
        ),
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
    actions: dict[str, date] = {}
    """Actions that it names besides, with the day on which each was due then."""
    drafted: date
    sent_at: datetime | None = None
    sent_how: str = ""
    sent_by: str = ""
    """Who said that it was sent."""


class Due(NamedTuple):
    """One return as the ladder sees it."""

    return_id: str
    days: int
    """Working days since its due date, or since the day that was promised; negative before it."""


def steps_sent(chases: Iterable[Chase], promises: Mapping[str, Promise]) -> dict[str, int]:
    """The day of the highest step for which a message about each return was sent, since it was last promised.

    A promise begins anew: one that is broken is asked about again, however far the ladder had been climbed before it.
    """
    found: dict[str, int] = {}
    for chase in chases:
        if chase.sent_at is None:
            continue
        for return_id in chase.returns:
            made = promises[return_id].made_at if return_id in promises else None
            if made is None or chase.sent_at > made:
                found[return_id] = max(found.get(return_id, chase.day), chase.day)
        for id, due in chase.actions.items():
            found[action_key(id, due)] = max(found.get(action_key(id, due), chase.day), chase.day)
    return found


def action_key(id: str, due: date) -> str:
    """What an action is remembered by: with another due date it is asked about anew."""
    return f"{id} {due.isoformat()}"


def step_for(ladder: Ladder, days: int) -> Step | None:
    """The last step that has been reached, or None before the first."""
    reached = [step for step in ladder.steps if step.day <= days]
    return max(reached, key=lambda step: step.day) if reached else None


def ladder_of(ladders: Mapping[str, Ladder], on: date) -> Ladder:
    """The ladder in force on that day: the latest of the partnership's own, else the default."""
    found = [ladder for ladder in ladders.values() if ladder.since <= on]
    return max(found, key=lambda ladder: ladder.since) if found else DEFAULT


def to_chase(ladder: Ladder, due: Iterable[Due], already: Mapping[str, int]) -> tuple[Step, list[Due]] | None:
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


def check_ladder(ladder: Ladder) -> None:
    """Refuse a ladder that cannot be climbed.

    Raises:
        InputError: No step, two for the same day, a step without its sentence, or a group asked before an agency.
    """
    days = [step.day for step in ladder.steps]
    if not days:
        raise InputError("A ladder needs a step: a day, who is written to, and the first sentence of the message.")
    if len(set(days)) < len(days):
        raise InputError("Two steps of this ladder stand on the same day: one message goes out, so keep one of them.")
    if any(not -250 <= day <= 1000 for day in days):
        raise InputError("Days of a ladder are working days from the due date, from -250 to 1000.")
    if any(not step.tone.strip() for step in ladder.steps):
        raise InputError("Every step of a ladder has the sentence that its message begins with.")
    rungs = list(Rung)
    order = [rungs.index(step.rung) for step in sorted(ladder.steps, key=lambda step: step.day)]
    if order != sorted(order):
        raise InputError("A later step of a ladder goes to the same people or higher up, never back down.")
