"""The two forms of the partnership: an agency, and a person of one; new, or as they are now, to be changed."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.ids import handle_for, slug
from qa_toolkit.domain.people import Agency, Person, Role
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.tui.forms.followed import HOW, Field, FollowedForm, choice, dated, written
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.tui.widgets.choosing import KEYS
from qa_toolkit.workflow import setup

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

LONGEST_ID = 30
"""Characters of an agency’s id."""
ANOTHER = "other"
"""What is chosen where the kind is none of those listed."""


# --- an agency


async def ask_agency(app: QAApp, before: Agency | None) -> Agency | None:
    """The agency as it was filled in and recorded, or None; what is refused stays in the form."""
    workspace, made = app.workspace, before
    unit = before is not None and before.kind == setup.BUSINESS_UNIT

    def record(row: Values) -> None:
        nonlocal made
        kind = setup.BUSINESS_UNIT if unit else _kind(row)
        if not kind:
            raise InputError("Write the other kind, in small letters and dashes, as your template calls it.")
        id = before.id if before else agency_id(row, workspace.agencies())
        made = setup.add_agency(
            workspace, id, str(row["name"]), kind, contact=str(row.get("contact", "")),
            seen=seen(before) if before else None, by=app.person.id if app.person else "", now=app.now(),
        )  # fmt: skip

    def tell(row: Values) -> str:
        id = agency_id(row, workspace.agencies())
        return f"Its people will be written a.auditor@{id}." if id else ""

    title = f"Change {before.id}" if before else "Add an agency"
    fields = _agency_fields(workspace, before)
    form = FollowedForm(title, HOW, fields, record=record, tell=None if before else tell)
    return made if await app.push_screen_wait(form) is not None else None


def _agency_fields(workspace: Workspace, before: Agency | None) -> list[Field]:
    fields = [written("name", "Its name, such as Northshire Police", before.name if before else "")]
    kind = before.kind if before else ""
    if kind != setup.BUSINESS_UNIT:
        keyed = list(kinds(workspace).items())[: len(KEYS) - 1]
        listed = kind in dict(keyed)
        keyed.append((ANOTHER, "Another, as your own template calls it: write it below"))
        what = "What it is: templates choose its questions by this"
        fields += [
            choice("kind", what, keyed, kind if listed or not kind else ANOTHER),
            written(ANOTHER, "The other kind, such as fire-service", "" if listed else kind, required=False),
        ]
    if before is None:
        fields.append(written("id", "Short name, such as police", required=False))
    contact = before.contact if before else ""
    return [*fields, written("contact", "The role or mailbox that reminders go to", contact, required=False)]


def kinds(workspace: Workspace) -> dict[str, str]:
    """What templates and agencies here call kinds of agency, with the words of the first that names one."""
    found: dict[str, str] = {}
    for name in library.shipped():
        for kind, words in library.load(name)[0].agencies.items():
            found.setdefault(kind, words)
    for agency in workspace.agencies().values():
        if agency.kind != setup.BUSINESS_UNIT:
            found.setdefault(agency.kind, agency.kind)
    return found


def agency_id(row: Values, taken: Container[str]) -> str:
    """The id of a new agency: as typed; else its kind, and where that is taken its name, as an id is written."""
    typed, kind = str(row.get("id", "")).strip().lower(), _kind(row)
    return typed or (kind if kind and kind not in taken else slug(str(row.get("name", "")), LONGEST_ID))


def _kind(row: Values) -> str:
    kind = str(row.get("kind", ""))
    return str(row.get(ANOTHER, "")).strip().lower() if kind == ANOTHER else kind


# --- a person


async def ask_person(app: QAApp, agency: Agency, before: Person | None) -> Person | None:
    """The person as they were filled in and recorded, or None; what is refused stays in the form."""
    workspace, made = app.workspace, before

    def record(row: Values) -> None:
        nonlocal made
        made = setup.add_person(
            workspace, before.id if before else person_id(row, agency), str(row["name"]),
            [Role(one) for one in row["roles"]], since=row.get("since"), until=row.get("until"),
            seen=seen(before) if before else None, by=app.person.id if app.person else "", now=app.now(),
        )  # fmt: skip

    def tell(row: Values) -> str:
        if not row.get("name") and not row.get("handle"):
            return ""
        id = person_id(row, agency)
        there = workspace.people().get(id)
        if there is not None:
            return f"{id} is here already: {there.name}. Write another handle."
        return f"{id} will stand beside everything that they record."

    title = f"Change {before.id}" if before else f"Add a person of {agency.id}"
    form = FollowedForm(
        title, f"{agency.name}. {HOW}", _person_fields(before), record=record, tell=None if before else tell
    )
    return made if await app.push_screen_wait(form) is not None else None


def _person_fields(before: Person | None) -> list[Field]:
    fields = [written("name", "Name that others see", before.name if before else "")]
    if before is None:
        label = "Handle, such as a.auditor"
        fields.append(written("handle", label, required=False))
    options = [(role.value, role.label) for role in Role]
    had = [role.value for role in (before.roles if before else (Role.AUDITOR,))]
    last = "Last day here: nothing can be recorded in that name afterwards"
    return [
        *fields,
        choice("roles", "Roles: a digit puts one in, or takes it out", options, had, several=True),
        dated("since", "First day here", before.since if before else None),
        dated("until", last, before.until if before else None),
    ]


def person_id(row: Values, agency: Agency) -> str:
    """The id of a new person: the handle as typed, else made of the name."""
    handle = str(row.get("handle", "")).strip().partition("@")[0] or handle_for(str(row.get("name", "")))
    return f"{handle.lower()}@{agency.id}"
