"""Who holds or supervises a case, as its agency says, and who could score it: by agency, role and load."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.audits import Waiver
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.returns import Relation


class Ties(Record):
    """Who of an agency holds a case and who supervises it; the id is the return's."""

    table: ClassVar[str] = "case_ties"

    subject: str
    agency: str
    holds: tuple[str, ...] = ()
    """People as `handle@agency`."""
    supervises: tuple[str, ...] = ()

    def of(self, person: str) -> Relation:
        """How near that person stands, as far as it is recorded."""
        if person in self.holds:
            return Relation.HOLDS
        return Relation.SUPERVISES if person in self.supervises else Relation.NONE


def blocked(ties: Ties | None, relation: Relation, waiver: Waiver | None, person: str) -> Relation | None:
    """The tie that keeps this person from scoring the case: recorded or declared, and not waived. None if free."""
    if waiver is not None and waiver.person == person:
        return None
    recorded = ties.of(person) if ties is not None else Relation.NONE
    return next((one for one in (recorded, relation) if not one.independent), None)


class Owed(NamedTuple):
    """A return that nobody scores yet."""

    id: str
    agency: str


class Proposal(NamedTuple):
    """Who would score a return, and why; nobody where there is none."""

    return_id: str
    agency: str
    person: str
    reason: str


def propose(
    owed: Iterable[Owed],
    people: Iterable[Person],
    load: Mapping[str, int],
    ties: Mapping[str, Ties],
    *,
    role: Role,
    today: date,
    beside: Mapping[str, Collection[str]] = {},
) -> list[Proposal]:
    """Somebody for each return, evenly by load, by return id. The same records always give the same proposal.

    Returns with the fewest people to choose from are given out first, so that a block leaves nobody over. `load` is
    each person's open returns in every audit; `beside`, who scores a return already as its second rater. Nobody is
    proposed on the strength of a waiver: it is for a named case, and a person names it.
    """
    active = [one for one in people if one.active(today)]
    load = dict(load)
    free: dict[str, list[str]] = {}
    seen: dict[str, tuple[int, int]] = {}
    wanted = {one.id: one for one in owed}
    for id, one in wanted.items():
        theirs = [person.id for person in active if person.agency == one.agency and person.is_(role)]
        theirs = [who for who in theirs if who not in beside.get(id, ())]
        free[id] = [who for who in theirs if blocked(ties.get(id), Relation.NONE, None, who) is None]
        seen[id] = (len(theirs), len(theirs) - len(free[id]))
    found = []
    for id in sorted(wanted, key=lambda id: (len(free[id]), id)):
        agency, (theirs_count, tied) = wanted[id].agency, seen[id]
        if not free[id]:
            found.append(Proposal(id, agency, "", _nobody(agency, role, theirs_count)))
            continue
        chosen = min(free[id], key=lambda who: (load.get(who, 0), who))
        found.append(Proposal(id, agency, chosen, _why(load.get(chosen, 0), len(free[id]), tied, role)))
        load[chosen] = load.get(chosen, 0) + 1
    return sorted(found, key=lambda one: one.return_id)


def _nobody(agency: str, role: Role, theirs: int) -> str:
    if theirs:
        every = "the only one holds or supervises" if theirs == 1 else f"all {theirs} hold or supervise"
        return f"{role.label} of {agency}: {every} the case. Name somebody else, or record a waiver."
    return (
        f"{agency} has nobody here with the role {role.label.lower()}. Add somebody: g on the first screen, or "
        "`qa people add`."
    )


def _why(load: int, choice: int, tied: int, role: Role) -> str:
    returns = f"{load} open return{'s' if load != 1 else ''}"
    words = f"{returns}, the fewest of {choice}" if choice > 1 else f"{returns}, the only {role.label.lower()} free"
    return words + (f"; {tied} left out, who hold{'s' if tied == 1 else ''} or supervise{'s' if tied == 1 else ''} it"
                    if tied else "")  # fmt: skip
