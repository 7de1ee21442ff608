"""A new workspace, its agencies, its people and its tiers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.ids import check_agency_id, check_id, check_person_id, slug
from qa_toolkit.domain.people import Agency, Kept, Partnership, Person, Role, Tier
from qa_toolkit.domain.text import clean
from qa_toolkit.store import manifest
from qa_toolkit.store.files import Disk
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Seen, Workspace
from qa_toolkit.workflow import allowed

BUSINESS_UNIT = "business-unit"

STATUTORY = ("childrens-social-care", "police", "health")

TIERS = (
    Tier(id="qa-group", name="Quality Assurance Group", order=1, quorum=STATUTORY),
    Tier(id="business-group", name="Business Group", order=2, quorum=STATUTORY, audience="business_group"),
    Tier(id="main-board", name="Main Board", order=3, quorum=STATUTORY, audience="main_board"),
    Tier(id="child-exploitation-group", name="Child Exploitation Group", order=4, quorum_number=4),
)
"""The tiers a new workspace begins with; names and number are the partnership's to change."""


def make_workspace(
    root: Path,
    name: str,
    *,
    first: Person,
    now: datetime,
    marking: str = "OFFICIAL-SENSITIVE",
    tiers: Iterable[Tier] = TIERS,
    example: bool = False,
    disk: Disk | None = None,
) -> Workspace:
    """A new workspace in `root`, with its business unit and one co-ordinator.

    Raises:
        InputError: Something stands in that place already.
    """
    name = clean(name).strip()
    if not name:
        raise InputError("A workspace needs a name, such as “Northshire”.")
    manifest.create(root, folder_name(name).upper(), name)
    workspace = Workspace(root, disk=disk)
    unit = Agency(id=BUSINESS_UNIT, name="Business unit", kind=BUSINESS_UNIT)
    partnership = Partnership(id=PARTNERSHIP, name=name, marking=marking, example=example)
    kept = Kept(id=ACTIONS, since=now)
    workspace.begin(ACTIONS, by=first.id, did="made the workspace", now=now)
    workspace.begin(PARTNERSHIP, partnership, unit, first, kept, *tiers, by=first.id, did="made the workspace", now=now)
    return workspace


def folder_name(name: str) -> str:
    """The name of the folder for a workspace called that: small letters, digits and dashes.

    Raises:
        InputError: Nothing is left of the name that a folder can be called.
    """
    folder = slug(name, 40)
    if not folder:
        raise InputError(f"“{name}” has no letters for a folder’s name: use a name with letters or digits.")
    return check_id(folder, "name of a workspace").lower()


def add_agency(
    workspace: Workspace,
    id: str,
    name: str,
    kind: str,
    *,
    contact: str = "",
    by: str,
    now: datetime,
    seen: Seen | None = None,
) -> Agency:
    """A new agency, or with `seen` the same one with another name, contact or kind.

    Raises:
        InputError: It is here already; or its kind, which decides what it is asked, would change under an audit.
    """
    allowed.coordinator(workspace, by, "add an agency")
    id, kind = check_agency_id(id), check_agency_id(kind)
    agency = Agency(id=id, name=_named(name, "An agency"), kind=kind, contact=clean(contact).strip())
    if seen is not None:
        _require_kind_free(workspace, agency)
    did = "added an agency" if seen is None else "changed an agency"
    with workspace.change(PARTNERSHIP, by=by, did=did, now=now, seen=seen) as change:
        if seen is None and change.shelf.get(Agency, agency.id):
            raise InputError(f"There is an agency {agency.id} already: {workspace.agencies()[agency.id].name}.")
        called = {one.name.casefold(): id for id, one in change.shelf.all(Agency).items() if id != agency.id}
        if other := called.get(agency.name.casefold()):
            raise InputError(
                f"{agency.name} is the name of {other} already. Give each agency a name of its own: papers and "
                "spreadsheets know them by it."
            )
        change.put(agency)
    return workspace.agencies()[agency.id]


def _named(name: str, who: str) -> str:
    name = clean(name).strip()
    if not name:
        raise InputError(f"{who} needs a name.")
    return name


def _require_kind_free(workspace: Workspace, agency: Agency) -> None:
    before = workspace.agencies().get(agency.id)
    if before is None:
        raise InputError(f"There is no agency {agency.id} to change.")
    if before.kind == agency.kind:
        return
    if before.kind == BUSINESS_UNIT:
        raise InputError(f"{before.name} is the business unit, and stays it.")
    asked = next((id for id in workspace.audits() if agency.id in workspace.audit(id).audit.agencies), None)
    if asked is not None:
        raise InputError(
            f"{before.name} is asked in {asked} as “{before.kind}”, so that stays: its questions follow from it. "
            "Add another agency for the other kind."
        )


def add_person(
    workspace: Workspace,
    id: str,
    name: str,
    roles: Iterable[Role] = (Role.AUDITOR,),
    *,
    since: date | None = None,
    until: date | None = None,
    by: str,
    now: datetime,
    seen: Seen | None = None,
) -> Person:
    """A new person, or with `seen` the same one with another name, other roles or a last day (inclusive).

    Raises:
        InputError: Somebody of that id is here already, the agency is not, or no co-ordinator would be left.
    """
    allowed.coordinator(workspace, by, "add a person")
    if since is not None and until is not None and until < since:
        raise InputError(f"{name} cannot leave before the day of coming: look at the two dates.")
    name = _named(name, "A person")
    person = Person(id=check_person_id(id), name=name, roles=tuple(roles), since=since, until=until)
    if person.agency not in workspace.agencies():
        known = ", ".join(workspace.agencies())
        raise InputError(f"There is no agency {person.agency}. Add it first with `qa agencies add`, or use: {known}.")
    did = "added a person" if seen is None else "changed a person"
    with workspace.change(PARTNERSHIP, by=by, did=did, now=now, seen=seen) as change:
        before = change.shelf.get(Person, person.id)
        if before is not None and seen is None:
            raise InputError(f"{person.id} is here already: {before.name}.")
        if before is not None and before.is_(Role.COORDINATOR):
            others = [one for id, one in change.shelf.all(Person).items() if id != person.id]
            if not any(_goes_on(one, now.date()) for one in (person, *others)):
                raise InputError(f"{before.name} is the only co-ordinator here: make somebody else one first.")
        change.put(person)
    return workspace.people()[person.id]


def _goes_on(person: Person, today: date) -> bool:
    """Whether somebody is a co-ordinator from today on."""
    return person.is_(Role.COORDINATOR) and (person.until is None or person.until >= today)
