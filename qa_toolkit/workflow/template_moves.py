"""Moving a running audit to another version of its template: the plan first, then one line; and back again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.findings import Finding
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.moderation import AgreedGrade, PanelAnswer
from qa_toolkit.domain.moving_template import Fate, MovePlan, fits, plan
from qa_toolkit.domain.parcels import ParcelToken
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, audit_journal, return_journal, seen
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import opened, require_open


def plan_move(workspace: Workspace, audit_id: str, template: Template) -> MovePlan:
    """What the move would do; writes nothing.

    Raises:
        InputError: It is no other version of the audit's template.
        NotReady: Something recorded since rests on the version in force; every reason is listed.
    """
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    before = workspace.template(file.audit.template)
    _another_version(file.audit, before, template)
    returns = [workspace.ret(id) for id in sorted(file.started)]
    kinds = {agency: workspace.agencies()[agency].kind for agency in file.audit.agencies}
    facts = {id for subject in file.subjects.values() for id in subject.facts}
    sent = [ret.id for ret in returns if ret.round and not opened(workspace, ret.id).editable]
    found = plan(file.audit.id, before, template, kinds, returns, sent, facts)
    if reasons := list(_in_the_way(workspace, file, template, found, kinds)):
        raise NotReady(f"{file.audit.id} cannot move to {template.title} {template.edition} as things stand.", reasons)
    return found


def _another_version(audit: Audit, before: Template, after: Template) -> None:
    if after.id != audit.template_id:
        raise InputError(
            f"{audit.id} uses {audit.template_id}, and {after.id} is another template, not a version of it. "
            "Open an audit of its own on that one."
        )
    if after.digest == audit.template:
        raise InputError(f"{audit.id} uses this version of {after.id} already; nothing would change.")
    if (after.subject, after.kind) != (before.subject, before.kind):
        raise InputError(f"This version of {after.id} is about something else, so {audit.id} cannot move to it.")


def _in_the_way(
    workspace: Workspace, file: AuditFile, after: Template, found: MovePlan, kinds: dict[str, str]
) -> Iterator[str]:
    agreed: int = len(file.all(AgreedGrade)) + len(file.all(PanelAnswer))
    if agreed:
        yield "The panel has recorded what it agrees on the version in force, which would come to be about other words."
    for agency, kind in kinds.items():
        if not any(after.asked(kind)):
            yield f"{agency} would be asked nothing."
    for subject in file.subjects.values():
        for id, value in subject.facts.items():
            if id in after.fields and not fits(after, id, value, "subject"):
                yield f"“{after.fields[id].label}” of {subject.id} is not one of its answers there: change it first."
    gone = {line.question for line in found.lines if line.fate in (Fate.LOST, Fate.ORPHANED)}
    for finding in file.all(Finding).values():
        if not finding.withdrawn and (resting := sorted(gone & set(finding.questions))):
            yield f"{finding.id} rests on answers to {', '.join(resting)}, which could not be read any more."


def parcels_out(workspace: Workspace, audit_id: str) -> list[str]:
    """Agencies to which a parcel was sent: what comes back in it is refused after a move."""
    return list(workspace.audit(audit_id).all(ParcelToken))


def move(
    workspace: Workspace, audit_id: str, template: Template, source: str, reason: str, *, by: str, now: datetime
) -> TemplateMove:
    """The audit on another version of its template, in one line of its own file. No return is touched.

    Raises:
        InputError, NotReady: As for the plan.
    """
    allowed.coordinator(workspace, by, "move an audit to another version of its template")
    if len(reason := clean(reason).strip()) < 5:
        raise InputError("Say in a few words why the audit moves to another version: the record shows it.")
    plan_move(workspace, audit_id, template)
    workspace.keep_template(template, source)
    return _write(workspace, workspace.audit(audit_id), template, reason, "", by=by, now=now)


def move_to_undo(workspace: Workspace, audit_id: str) -> TemplateMove:
    """The latest move that was not taken back.

    Raises:
        InputError: There is none.
    """
    moves = workspace.audit(audit_id).all(TemplateMove)
    undone = {move.undoes for move in moves.values()}
    found = [move for id, move in moves.items() if not move.undoes and id not in undone]
    if not found:
        raise InputError(f"{audit_id.upper()} is on the version it was opened on, so there is no move to take back.")
    return found[-1]


def move_back(workspace: Workspace, audit_id: str, *, by: str, now: datetime) -> TemplateMove:
    """The latest move taken back. What was set aside is there again, unless it was answered anew since."""
    allowed.coordinator(workspace, by, "move an audit back to the version before")
    undo = move_to_undo(workspace, audit_id)
    template = workspace.template(undo.before)
    plan_move(workspace, audit_id, template)
    reason = f"Takes back {undo.id}"
    return _write(workspace, workspace.audit(audit_id), template, reason, undo.id, by=by, now=now)


def _write(
    workspace: Workspace, file: AuditFile, template: Template, reason: str, undoes: str, *, by: str, now: datetime
) -> TemplateMove:
    audit = file.audit
    did = "moved the audit back to the version before" if undoes else "moved the audit to another template version"
    name = audit_journal(audit.id)
    with workspace.change(name, by=by, did=did, now=now, seen=seen(audit)) as change:
        started = sorted(change.shelf.journal.docs("started"))
        made = TemplateMove(
            id=f"{audit.id}-T{next_number(f'{audit.id}-T', change.shelf.all(TemplateMove))}",
            before=audit.template, after=template.digest, before_edition=audit.template_edition,
            after_edition=template.edition, through={id: _last(workspace, id) for id in started}, reason=reason,
            undoes=undoes,
        )  # fmt: skip
        change.put(audit.model_copy(update={"template": template.digest, "template_edition": template.edition}), made)
    return workspace.audit(audit.id).all(TemplateMove)[made.id]


def _last(workspace: Workspace, return_id: str) -> int:
    return workspace.shelf(return_journal(return_id)).journal.seq


def moves_of(workspace: Workspace, audit_id: str) -> list[TemplateMove]:
    """Every move of the audit, in order."""
    return list(workspace.audit(audit_id).all(TemplateMove).values())


def as_sent(workspace: Workspace, ret: Return) -> TemplateMove | None:
    """The move since which the audit asks by another version than this return was sent in under, if there is one."""
    file = workspace.audit(ret.head.audit)
    stands = file.stands_on(ret)
    moves = file.all(TemplateMove).values()
    return next((move for move in moves if move.before == stands), None) if stands != file.audit.template else None
