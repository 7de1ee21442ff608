"""A parcel opened at an agency: a small workspace of its own, in which the same screens and commands work."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from pydantic import ValidationError

from qa_toolkit.domain.audits import AuditEntry
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.ids import check_person_id
from qa_toolkit.domain.parcels import Origin, Outgoing
from qa_toolkit.domain.people import Partnership, Person, Role
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.text import clean
from qa_toolkit.exchange.keys import check_public
from qa_toolkit.exchange.parcel_check import check_journal
from qa_toolkit.store import manifest
from qa_toolkit.store.names import is_id
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal

ROLES = (Role.AUDITOR, Role.AGENCY_LEAD)


def check_outgoing(parcel: Outgoing) -> Template:
    """The template inside, once everything in the parcel belongs together.

    Raises:
        InputError: Something in it is not of this audit and this agency.
    """
    audit, agency = parcel.audit, parcel.agency.id
    if sha256(parcel.template.encode()).hexdigest() != audit.template:
        raise InputError("The template in this parcel is not the audit’s own: it was altered. Ask for it again.")
    try:
        template = Template.model_validate_json(parcel.template)
    except ValidationError:
        raise InputError("The template in this parcel cannot be read. Ask for the parcel again.") from None
    ids, subjects = {one.id for one in parcel.allocations}, {one.id for one in parcel.subjects}
    beside = [*(one.id for one in parcel.record_checks), *(one.id for one in parcel.waivers),
              *(one.id for one in parcel.ties),
              *(one.return_id for one in parcel.queries), *(one.return_id for one in parcel.reopenings)]  # fmt: skip
    good = (
        is_id(audit.id) and is_id(parcel.workspace) and parcel.terms.id == audit.id
        and all(is_id(id) and id.startswith(f"{audit.id}-") for id in ids | subjects)
        and all(one.agency == agency and one.subject in subjects for one in parcel.allocations)
        and (not parcel.rater or all(one.rater == parcel.rater for one in parcel.allocations))
        and all(person.agency == agency for person in parcel.people)
        and all(one.agency == agency for one in parcel.ties)
        and ids >= {*parcel.journals, *beside, *parcel.withheld} and not {*parcel.journals} & {*parcel.withheld}
    )  # fmt: skip
    if not good:
        raise InputError("This parcel holds something that is not of its own audit and agency. Ask for it again.")
    check_public(parcel.reply_key)
    owed = {one.id: one for one in parcel.allocations}
    for id, text in parcel.journals.items():
        check_journal(text.encode(), owed[id], audit, parcel.agency.kind, template, ours=True)
    return template


def open_parcel(
    parcel: Outgoing, folder: Path, *, handle: str, name: str, role: Role, now: datetime
) -> tuple[Workspace, Person]:
    """The small workspace, made whole or not at all, and who works in it.

    Raises:
        InputError: The folder is there already, the person cannot be one, or the parcel does not hold together.
    """
    template = check_outgoing(parcel)
    if role not in ROLES:
        raise InputError("In an agency’s own workspace you are an auditor or an agency lead.")
    if not clean(name).strip():
        raise InputError("Say your name, as others should see it.")
    person = Person(id=check_person_id(f"{handle}@{parcel.agency.id}"), name=clean(name).strip(), roles=(role,))
    if parcel.rater and (person.id, role) != (parcel.rater, Role.AUDITOR):
        raise InputError(f"This parcel is for {parcel.addressee}, who scores blind as an auditor, and for nobody else.")
    if folder.exists():
        raise InputError(f"{folder} is there already; nothing was changed. Choose another folder with --to.")
    parcel = parcel.without(set(parcel.withheld))
    if not parcel.allocations:
        raise InputError(
            "This parcel brings word of returns that are begun elsewhere and sealed, and no return to begin here. Open "
            "it into the folder in which they were begun, with --to."
        )
    making = folder.with_name(f".{folder.name}.making")
    rmtree(making, ignore_errors=True)
    audit = parcel.audit
    ending = "-SECOND" if parcel.rater else ""
    manifest.create(making, f"{audit.id}-{parcel.agency.id}{ending}".upper(), f"{parcel.partnership}, {audit.id}")
    workspace = Workspace(making)
    workspace.keep_template(template, parcel.source)
    partnership = Partnership(id=PARTNERSHIP, name=parcel.partnership, marking=parcel.marking, zone=parcel.zone)
    people = [one for one in parcel.people if one.id != person.id]
    entry = AuditEntry(id=audit.id, title=audit.title, kind=audit.kind, opened=audit.opened, due=audit.due)
    origin = Origin(id=audit.id, workspace=parcel.workspace, agency=parcel.agency.id, rater=parcel.rater,
                    template=audit.template, reply_key=parcel.reply_key, token=parcel.token)  # fmt: skip
    records = [audit, parcel.terms, *parcel.subjects, *parcel.allocations, *parcel.record_checks, *parcel.waivers,
               *parcel.queries, *parcel.reopenings, *parcel.ties]  # fmt: skip
    did = "opened a parcel"
    workspace.begin(audit_journal(audit.id), *records, by=person.id, did=did, now=now)
    for id, text in parcel.journals.items():
        workspace.folder.create(return_journal(id), text.encode())
        rater = workspace.shelf(return_journal(id)).journal.line_of(1).by
        with workspace.change(audit_journal(audit.id), by=person.id, did=did, now=now) as change:
            change.put_plain("started", id, {"rater": rater})
    workspace.begin(PARTNERSHIP, partnership, parcel.agency, *people, person, entry, origin, by=person.id, did=did,
                    now=now)  # fmt: skip
    workspace.close()
    workspace.folder.close()
    making.rename(folder)
    return Workspace(folder), person
