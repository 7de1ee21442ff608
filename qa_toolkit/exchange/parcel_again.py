"""A second parcel of the same audit at an agency that has opened one: what is new is added, and its own work stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.audits import Allocation, AuditEntry
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.parcels import Origin, Outgoing
from qa_toolkit.domain.records import Record
from qa_toolkit.exchange.parcel_check import check_journal
from qa_toolkit.exchange.parcel_in import Step, append, filed_here
from qa_toolkit.exchange.parcel_open import check_outgoing
from qa_toolkit.exchange.parcel_return import origin_of
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal
from qa_toolkit.workflow import allowed


class Again(NamedTuple):
    """What a second parcel changed."""

    workspace: Workspace
    fresh: tuple[str, ...]
    """Returns that are asked for now and were not before."""
    changed: int
    """How many records differ from what was there."""


def open_again(parcel: Outgoing, folder: Path, *, by: str, now: datetime) -> Again:
    """The small workspace with what the parcel has beyond it; the same parcel twice changes nothing.

    Returns that were begun here stay as they are. Where the partnership has filed more of one than is here, that is
    added; where less, nothing.

    Raises:
        InputError: The folder is of another partnership, audit, agency or template, or a return has two histories.
    """
    template, workspace = check_outgoing(parcel), Workspace(folder)
    origin, audit = origin_of(workspace), parcel.audit
    allowed.person(workspace, by)
    if (origin.workspace, origin.id, origin.agency) != (parcel.workspace, audit.id, parcel.agency.id):
        raise InputError(
            f"{folder} holds {origin.id} of {origin.agency}, and this parcel is {audit.id} of {parcel.agency.id} from "
            "another work or place. Choose another folder with --to."
        )
    if origin.rater != parcel.rater:
        raise InputError(
            f"{folder} holds what {origin.rater or origin.agency} scores, and this parcel is for {parcel.addressee}. "
            "What is scored blind has a folder of its own: choose one with --to."
        )
    if origin.template != audit.template:
        raise InputError(f"This parcel asks another edition of the template than {folder} was begun with.")
    parcel = parcel.without({*parcel.withheld} - workspace.audit(audit.id).started)
    owed = {one.id: one for one in parcel.allocations}
    steps = []
    for id, text in parcel.journals.items():
        checked = check_journal(text.encode(), owed[id], audit, parcel.agency.kind, template, ours=True)
        steps.append(Step(checked, filed_here(workspace, checked, "the co-ordinator"), ()))
    for step in steps:
        if step.fresh:
            append(workspace, step, by)
    return _record(workspace, parcel, origin, steps, by, now)


def _record(workspace: Workspace, parcel: Outgoing, origin: Origin, steps: list[Step], by: str, now: datetime) -> Again:
    audit, did = parcel.audit, "opened a further parcel"
    file = workspace.audit(audit.id)
    fresh = tuple(one.id for one in parcel.allocations if one.id not in file.allocations)
    records = [
        audit, parcel.terms, *parcel.subjects, *(_named(file, one) for one in parcel.allocations),
        *parcel.record_checks, *parcel.waivers, *parcel.queries, *parcel.reopenings, *parcel.ties,
    ]  # fmt: skip
    begun = [step.checked for step in steps if step.checked.id not in file.started]
    changed = 0
    with workspace.change(audit_journal(audit.id), by=by, did=did, now=now) as change:
        for record in records:
            if _differs(change.shelf.get(type(record), record.id), record):
                change.put(record)
                changed += 1
        for checked in begun:
            change.put_plain("started", checked.id, {"rater": checked.rater})
    entry = AuditEntry(id=audit.id, title=audit.title, kind=audit.kind, opened=audit.opened, due=audit.due)
    sent = origin.model_copy(update={"reply_key": parcel.reply_key, "token": parcel.token})
    with workspace.change(PARTNERSHIP, by=by, did=did, now=now) as change:
        known = workspace.people()
        for record in (parcel.agency, entry, sent, *(one for one in parcel.people if one.id not in known)):
            if _differs(change.shelf.get(type(record), record.id), record):
                change.put(record)
                changed += 1
    return Again(workspace, fresh, changed + len(begun) + sum(step.fresh for step in steps))


def _named(file: AuditFile, one: Allocation) -> Allocation:
    """The allocation, with whoever took it up here where the partnership names nobody."""
    here = file.allocations.get(one.id)
    return one.model_copy(update={"rater": here.rater}) if here is not None and not one.rater else one


def _differs(before: Record | None, after: Record) -> bool:
    return before is None or before.document() != after.document()
