"""What a meeting asked for and has not come back yet, with who answers it. Light: the first screen shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.people import Person, Role


class AskedFor(NamedTuple):
    """One decision that waits for an answer."""

    id: str
    """Of the decision, such as `M-2026-004/D07`."""
    subject: str
    words: str
    owner: str
    """Who owns the action that it is about; empty where nobody does, or where it is about no action."""
    agency: str
    back: str
    """By when the group wants to hear: `2026-11-23`."""

    @property
    def day(self) -> date:
        """The same as a day."""
        return date.fromisoformat(self.back)


def asked_of(found: Iterable[AskedFor], person: Person) -> list[AskedFor]:
    """What this person is asked for, soonest first: as the owner, or for their agency as its lead."""
    leads = person.agency if person.is_(Role.AGENCY_LEAD) else ""
    mine = [one for one in found if one.owner == person.id or (not one.owner and leads and one.agency == leads)]
    return sorted(mine, key=lambda one: (one.back, one.id))
