"""A parcel for one agency, or for one rater's blind second scores: the template, the terms and those cases alone."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.independence import Ties
from qa_toolkit.domain.parcels import AgencyKey, Outgoing, ParcelToken
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.exchange import keys, sent
from qa_toolkit.exchange.parcel_box import keep, seal
from qa_toolkit.store import frozen
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, audit_journal, return_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import require_open
from qa_toolkit.workflow.sealing import seals
from qa_toolkit.workflow.terms import terms_of


def parcel_out(
    workspace: Workspace,
    audit_id: str,
    agency: str,
    *,
    second: str = "",
    passphrase: str = "",
    by: str,
    now: datetime,
) -> tuple[bytes, Outgoing]:
    """The sealed parcel and what is in it; for the recorded key, unless a passphrase is given.

    `second`: the rater of blind second scores, who gets those alone; the agency's own returns stay out of it.

    Raises:
        NotReady: They owe nothing, or have no key recorded and no passphrase is given.
        InputError: A return was begun before the audit moved to another version of its template.
    """
    allowed.coordinator(workspace, by, "make a parcel")
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    owed = _seconds(file, agency, second) if second else _own(file, agency)
    older = [one.id for one in owed if any(one.id in move.through for move in file.all(TemplateMove).values())]
    if older:
        raise InputError(
            f"{older[0]} was begun on another version of the template, which a parcel cannot carry."
            + ("" if second else f" Send it as a workbook: `qa tool out`, for {agency}.")
        )
    closed = seals(workspace, file.audit.id)
    # A parcel shows the answers that there are, and the second rater is of the same agency.
    shut = tuple(one.id for one in owed if one.id in file.started and closed.closed(one.id, second))
    whose = second or agency
    if len(shut) == len(owed) and file.shelf.get(ParcelToken, whose) is None:
        raise NotReady(f"{', '.join(shut)} is begun and scored blind by two: a parcel can go out once both are in.")
    recorded = workspace.partnership_shelf.get(AgencyKey, whose)
    if recorded is None and not passphrase:
        raise NotReady(
            f"No key of {whose} is recorded. Record it with `qa {'people' if second else 'agencies'} key`, or seal "
            "the parcel under a passphrase with --passphrase, and tell it by telephone."
        )
    token = _token(workspace, file.audit.id, whose, by, now)
    packed = _packed(workspace, file.audit.id, agency, second, owed, shut, token)
    return seal(packed, key=recorded.key if recorded else "", passphrase=passphrase), packed


def write_parcel(
    workspace: Workspace,
    audit_id: str,
    agency: str,
    out: Path,
    *,
    second: str = "",
    passphrase: str = "",
    by: str,
    now: datetime,
) -> Outgoing:
    """The sealed parcel in a new file, noted in `exports/`; what is in it.

    Raises:
        QAError: As `parcel_out`; or the file is there already, or the disk refused.
    """
    sealed, packed = parcel_out(workspace, audit_id, agency, second=second, passphrase=passphrase, by=by, now=now)
    keep(out, sealed)
    ids = [one.id for one in packed.allocations]
    sent.note(workspace, out, sent.PARCEL, packed.audit.id, second or agency, ids, by=by, now=now)
    return packed


def _own(file: AuditFile, agency: str) -> list[Allocation]:
    owed = [one for one in file.allocations.values() if one.agency == agency]
    if not owed:
        raise NotReady(f"{agency} owes no return in {file.audit.id}, so there is nothing to send it.")
    return owed


def _seconds(file: AuditFile, agency: str, rater: str) -> list[Allocation]:
    owed: list[Allocation] = [
        one for one in file.all(SecondScore).values()
        if one.rater == rater and one.agency == agency and not one.withdrawn
    ]  # fmt: skip
    if not owed:
        raise NotReady(
            f"No second score is asked of {rater} in {file.audit.id}. `qa return allocate RETURN {rater} --second` "
            "asks for one."
        )
    return owed


def _token(workspace: Workspace, audit_id: str, whose: str, by: str, now: datetime) -> str:
    with workspace.change(audit_journal(audit_id), by=by, did="made a parcel", now=now) as change:
        known = change.shelf.get(ParcelToken, whose)
        if known is not None:
            return known.token
        made = ParcelToken(id=whose, token=secrets.token_hex(32))
        change.put(made)
    return made.token


def _packed(
    workspace: Workspace,
    audit_id: str,
    agency: str,
    second: str,
    owed: list[Allocation],
    shut: tuple[str, ...],
    token: str,
) -> Outgoing:
    file, partnership = workspace.audit(audit_id), workspace.partnership()
    ids, subjects = {one.id for one in owed}, {one.subject for one in owed}
    people, digest = workspace.people(), file.audit.template
    named = {one.rater for one in owed} | _leads(workspace, file, agency, owed)
    of = {one.of: one.id for one in owed if isinstance(one, SecondScore)}
    ties = [one.model_copy(update={"id": of.get(one.id, one.id)}) for one in file.all(Ties).values()]
    source = frozen.source(workspace.folder, digest)
    if source is None:
        raise InputError(f"The text of the template of {audit_id} is missing here: put back templates/{digest}.toml.")
    return Outgoing(
        workspace=workspace.manifest.id, partnership=partnership.name, marking=partnership.marking,
        zone=partnership.zone, audit=file.audit.model_copy(update={"agencies": (agency,)}),
        terms=terms_of(workspace, audit_id), template=frozen.read(workspace.folder, digest).decode(),
        source=source.decode(), agency=workspace.agencies()[agency], rater=second,
        people=tuple(people[id] for id in sorted(named & set(people))),
        subjects=tuple(one for one in file.subjects.values() if one.id in subjects),
        allocations=tuple(_plain(one) for one in owed),
        record_checks=tuple(one for one in file.record_checks.values() if one.id in ids),
        waivers=tuple(one for one in file.waivers.values() if one.id in ids),
        queries=tuple(one for one in file.queries.values() if one.return_id in ids),
        reopenings=tuple(one for one in file.reopenings.values() if one.return_id in ids),
        ties=tuple(one for one in ties if one.id in ids),
        journals={
            id: workspace.folder.read(return_journal(id)).data.decode()
            for id in sorted((ids & file.started) - {*shut})
        },
        withheld=shut,
        reply_key=keys.own().public, token=token,
    )  # fmt: skip


def _leads(workspace: Workspace, file: AuditFile, agency: str, owed: list[Allocation]) -> set[str]:
    """Who has to check each return there before it can be sent in; never somebody who scores one of them blind."""
    if not file.audit.agency_check:
        return set()
    closed = seals(workspace, file.audit.id)
    blind = set[str]().union(*(group.beside(one.id) for one in owed if (group := closed.of(one.id)) is not None))
    leads = (one for one in workspace.people().values() if one.agency == agency and one.is_(Role.AGENCY_LEAD))
    found = {one.id for one in leads} - blind - {one.rater for one in owed if isinstance(one, SecondScore)}
    if not found and isinstance(owed[0], SecondScore):
        raise NotReady(
            f"A lead checks each return of {file.audit.id}, and every lead of {agency} scores this case. Add another "
            "with `qa people add`, who may read this one."
        )
    return found


def _plain(one: Allocation) -> Allocation:
    """A second score as its rater's workspace holds it: the one return that is owed there, and counted there."""
    return Allocation(**one.model_dump(include=set(Allocation.model_fields))) if isinstance(one, SecondScore) else one
