"""What meetings asked for and has not come back yet, from a snapshot: home shows it to whoever answers."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from qa_toolkit.domain.people import Kept, Person, Role
from qa_toolkit.store import cache
from qa_toolkit.store.workspace import ACTIONS, Workspace

_SHAPE = 1
"""Raised when what is kept changes, so that old snapshots are not used."""


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
    """`2026-11-23`."""

    @property
    def day(self) -> date:
        """By when the group wants to hear."""
        return date.fromisoformat(self.back)


def asked_of(workspace: Workspace, person: Person) -> list[AskedFor]:
    """What this person is asked for, soonest first: as the owner, or for their agency as its lead."""
    if workspace.partnership_shelf.get(Kept, ACTIONS) is None:
        return []
    kept = cache.cached(workspace.folder, "asked", [ACTIONS], lambda _: _read(workspace), version=_SHAPE).get(ACTIONS)
    leads = person.agency if person.is_(Role.AGENCY_LEAD) else ""
    found = [AskedFor(*row) for row in (kept or {}).get("asked", ())]
    mine = [one for one in found if one.owner == person.id or (not one.owner and leads and one.agency == leads)]
    return sorted(mine, key=lambda one: (one.back, one.id))


def _read(workspace: Workspace) -> dict[str, Any]:
    from qa_toolkit.domain.plans.meetings import Decision
    from qa_toolkit.domain.plans.records import Action

    shelf = workspace.actions_shelf
    decisions = shelf.all(Decision).values()
    heard = {one.subject for one in decisions}
    found = []
    for one in decisions:
        if one.due_back is None or one.answered or one.id in heard:
            continue
        action = shelf.get(Action, one.subject)
        if action is not None and action.sensitive and not action.owner:
            continue  # its words are for no lead
        owner, agency = (action.owner, action.agency) if action else ("", one.subject.partition(":")[2])
        found.append(list(AskedFor(one.id, one.subject, one.text, owner, agency, one.due_back.isoformat())))
    return {"asked": found}
