"""An audit's sample: drawn once, kept with its proof, replaced only with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.audits import Allocation, Subject
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number, return_id
from qa_toolkit.domain.sampling import (
    Candidate,
    Drawn,
    Method,
    Sample,
    check_frame,
    draw,
    frame_digest,
    stratum_of,
)
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import require_open


def draw_sample(
    workspace: Workspace,
    audit_id: str,
    frame: Sequence[Candidate],
    method: Method,
    size: int,
    *,
    seed: str,
    by_columns: Sequence[str] = (),
    reserves: int = 0,
    named: Mapping[str, str] | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Sample:
    """The audit's cases, drawn and added under the next pseudonyms, with a return owed by each agency of the audit.

    Raises:
        InputError: The audit has its sample already, or the list cannot be drawn from as asked.
    """
    allowed.coordinator(workspace, by, "draw a sample")
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    if file.audit.subject != "child":
        raise InputError(f"{file.audit.id} is about agencies, so no cases are drawn for it.")
    if not seed.strip():
        raise InputError("Give a seed, such as a date and the chair’s initials: with it the draw can be repeated.")
    drawn = draw(frame, method, size, seed=seed, by=by_columns, reserves=reserves, named=named)
    with workspace.change(audit_journal(file.audit.id), by=by, did="drew the sample", now=now) as change:
        if change.shelf.all(Sample):
            raise InputError(f"{file.audit.id} has its sample already. `qa sample replace` exchanges a case.")
        number = next_number(f"{file.audit.id}-C", change.shelf.all(Subject))
        for place, candidate in enumerate(drawn.chosen, start=number):
            subject = Subject(id=f"{file.audit.id}-C{place:02}")
            reason = (named or {}).get(candidate.ref, "")
            change.put(subject, *_owed(file, subject.id, today))
            stratum = stratum_of(candidate, by_columns)
            change.put(Drawn(id=subject.id, ref=candidate.ref, stratum=stratum, reason=reason))
        sample = Sample(
            id=file.audit.id, method=method, seed=seed, by=tuple(by_columns), size=len(drawn.chosen), reserves=reserves,
            frame=frame_digest(frame), listed=len(frame), excluded=sum(bool(one.excluded) for one in frame),
            reserve_refs=tuple(one.ref for one in drawn.reserves),
        )  # fmt: skip
        change.put(sample)
    return workspace.audit(file.audit.id).all(Sample)[file.audit.id]


def _owed(file: AuditFile, subject: str, today: date) -> list[Allocation]:
    return [
        Allocation(id=return_id(subject, agency), subject=subject, agency=agency, asked=today)
        for agency in file.audit.agencies
    ]


def sample_of(workspace: Workspace, audit_id: str) -> Sample:
    """The audit's sample.

    Raises:
        NotFound: None was drawn.
    """
    file = workspace.audit(audit_id)
    found = file.all(Sample).get(file.audit.id)
    if found is None:
        raise NotFound(f"No sample was drawn for {file.audit.id}. `qa sample draw` draws one.")
    return found


class Proof(NamedTuple):
    """Whether a second draw gives the same."""

    same: bool
    sentence: str


def prove(workspace: Workspace, audit_id: str, frame: Sequence[Candidate]) -> Proof:
    """Draw again from the list, and say whether the cases are the same; replacements do not count against it."""
    sample = sample_of(workspace, audit_id)
    check_frame(frame)
    if frame_digest(frame) != sample.frame:
        counts = f"{sample.listed} candidates were drawn from, and this one has {len(frame)}"
        if len(frame) == sample.listed:
            counts = "it has as many candidates, and something of them was changed"
        return Proof(False, f"Not the same list: {counts}.")
    file = workspace.audit(audit_id)
    first = {one.ref: one.reason for one in file.all(Drawn).values() if not one.replaces}
    named = first if sample.method is Method.PURPOSIVE else None
    again = draw(
        frame, sample.method, sample.size, seed=sample.seed, by=sample.by, reserves=sample.reserves, named=named
    )
    drawn = [candidate.ref for candidate in again.chosen]
    same = drawn == list(first) and tuple(one.ref for one in again.reserves) == sample.reserve_refs
    counts = f"{len(drawn)} of {sample.listed - sample.excluded} candidates, {sample.excluded} excluded"
    word = "The same cases" if same else "Not the same cases"
    return Proof(same, f"{word}: {sample.method.value}, seed “{sample.seed}”, {counts}.")


def replace_case(workspace: Workspace, subject_id: str, reason: str, *, by: str, now: datetime, today: date) -> Drawn:
    """The next reserve in the place of a case, with the reason; the case that goes keeps what was recorded on it."""
    allowed.coordinator(workspace, by, "replace a case")
    file = workspace.audit(audit_of(subject_id))
    require_open(workspace, file)
    gone = file.all(Drawn).get(subject_id.upper())
    if gone is None:
        raise NotFound(f"{subject_id} was not drawn in the sample of {file.audit.id}.")
    reason = clean(reason).strip()
    if len(reason) < 10:
        raise InputError("Say in a sentence why it is replaced: the sample keeps its reasons.")
    sample = sample_of(workspace, file.audit.id)
    with workspace.change(audit_journal(file.audit.id), by=by, did="replaced a case", now=now) as change:
        drawn = change.shelf.all(Drawn)
        if any(one.replaces == gone.id for one in drawn.values()):
            raise InputError(f"{gone.id} has been replaced already.")
        used = {one.ref for one in drawn.values()}
        reserve = next((ref for ref in sample.reserve_refs if ref not in used), None)
        if reserve is None:
            raise InputError(f"No reserve is left in the sample of {file.audit.id}.")
        number = next_number(f"{file.audit.id}-C", change.shelf.all(Subject))
        subject = Subject(id=f"{file.audit.id}-C{number:02}")
        change.put(subject, *_owed(file, subject.id, today))
        change.put(Drawn(id=subject.id, ref=reserve, stratum=gone.stratum, reason=reason, replaces=gone.id))
    return workspace.audit(file.audit.id).all(Drawn)[subject.id]
