"""A parcel for one agency: the template, the terms and that agency's cases, and nothing of anybody else."""

from __future__ import annotations

import secrets
from datetime import datetime

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.independence import Ties
from qa_toolkit.domain.parcels import AgencyKey, Outgoing, ParcelToken
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.exchange import keys
from qa_toolkit.exchange.parcel_box import seal
from qa_toolkit.store import frozen
from qa_toolkit.store.workspace import Workspace, audit_journal, return_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import require_open
from qa_toolkit.workflow.sealing import seals
from qa_toolkit.workflow.terms import terms_of


def parcel_out(
    workspace: Workspace, audit_id: str, agency: str, *, passphrase: str = "", by: str, now: datetime
) -> tuple[bytes, Outgoing]:
    """The sealed parcel and what is in it; for the agency's recorded key, unless a passphrase is given.

    Raises:
        NotReady: The agency owes nothing, or has no key recorded and no passphrase is given.
        InputError: A return was begun before the audit moved to another version of its template.
    """
    allowed.coordinator(workspace, by, "make a parcel")
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    owed = [one for one in file.allocations.values() if one.agency == agency]
    if not owed:
        raise NotReady(f"{agency} owes no return in {file.audit.id}, so there is nothing to send it.")
    older = [one.id for one in owed if any(one.id in move.through for move in file.all(TemplateMove).values())]
    if older:
        raise InputError(
            f"{older[0]} was begun on another version of the template, which a parcel cannot carry. Send it as a "
            f"workbook: `qa tool out`, for {agency}."
        )
    closed = seals(workspace, file.audit.id)
    shut = [one.id for one in owed if one.id in file.started and closed.closed(one.id)]
    if shut:
        # A parcel shows the answers that there are, and the second rater is of the same agency.
        raise NotReady(f"{', '.join(shut)} is begun and scored blind by two: a parcel can go out once both are in.")
    recorded = workspace.partnership_shelf.get(AgencyKey, agency)
    if recorded is None and not passphrase:
        raise NotReady(
            f"No key of {agency} is recorded. Record it with `qa agencies key`, or seal the parcel under a passphrase "
            "with --passphrase, and tell it by telephone."
        )
    token = _token(workspace, file.audit.id, agency, by, now)
    packed = _packed(workspace, file.audit.id, agency, owed, token)
    return seal(packed, key=recorded.key if recorded else "", passphrase=passphrase), packed


def _token(workspace: Workspace, audit_id: str, agency: str, by: str, now: datetime) -> str:
    with workspace.change(audit_journal(audit_id), by=by, did="made a parcel", now=now) as change:
        known = change.shelf.get(ParcelToken, agency)
        if known is not None:
            return known.token
        made = ParcelToken(id=agency, token=secrets.token_hex(32))
        change.put(made)
    return made.token


def _packed(workspace: Workspace, audit_id: str, agency: str, owed: list[Allocation], token: str) -> Outgoing:
    file, partnership = workspace.audit(audit_id), workspace.partnership()
    ids, subjects = {one.id for one in owed}, {one.subject for one in owed}
    people, digest = workspace.people(), file.audit.template
    named = {one.rater for one in owed}
    if file.audit.agency_check:  # a lead has to check each return there before it can be sent in
        named |= {one.id for one in people.values() if one.agency == agency and one.is_(Role.AGENCY_LEAD)}
    source = frozen.source(workspace.folder, digest)
    if source is None:
        raise InputError(f"The text of the template of {audit_id} is missing here: put back templates/{digest}.toml.")
    return Outgoing(
        workspace=workspace.manifest.id, partnership=partnership.name, marking=partnership.marking,
        zone=partnership.zone, audit=file.audit.model_copy(update={"agencies": (agency,)}),
        terms=terms_of(workspace, audit_id), template=frozen.read(workspace.folder, digest).decode(),
        source=source.decode(), agency=workspace.agencies()[agency],
        people=tuple(people[id] for id in sorted(named & set(people))),
        subjects=tuple(one for one in file.subjects.values() if one.id in subjects), allocations=tuple(owed),
        record_checks=tuple(one for one in file.record_checks.values() if one.id in ids),
        waivers=tuple(one for one in file.waivers.values() if one.id in ids),
        queries=tuple(one for one in file.queries.values() if one.return_id in ids),
        reopenings=tuple(one for one in file.reopenings.values() if one.return_id in ids),
        ties=tuple(one for one in file.all(Ties).values() if one.id in ids),
        journals={
            id: workspace.folder.read(return_journal(id)).data.decode() for id in sorted(ids & file.started)
        },
        reply_key=keys.own().public, token=token,
    )  # fmt: skip
