"""A re-audit beside the audit before it, and which child of the one is which of the other.

That the earlier audit is closed to those who still score is asked in `sealing`, where every other seal is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from qa_toolkit.domain.audits import Subject
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.moderation import AgreedGrade
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.re_audit import SameChild
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.then_and_now import Side, ThenAndNow, then_and_now
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.change import Change
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.audits import find_subject
from qa_toolkit.workflow.sealing import require_moderation_open, seals


def compare(workspace: Workspace, audit_id: str, *, by: str) -> ThenAndNow:
    """The re-audit beside the audit it looks at again, as far as both are filed. Writes nothing.

    Raises:
        InputError: It is linked to no earlier audit.
        NotAllowed: Somebody who still scores there, or who is neither co-ordinator, chair nor of the panel.
    """
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR, Role.PANEL):
        raise NotAllowed(f"Two audits side by side are for co-ordinators, the chair and the panel, not {person.name}.")
    file = workspace.audit(audit_id)
    if not file.audit.re_audit_of:
        raise InputError(
            f"{file.audit.id} looks again at no earlier audit. Link one when it is opened: "
            "`qa audit open … --re-audit-of AUDIT`."
        )
    for id in (file.audit.re_audit_of, file.audit.id):
        require_moderation_open(workspace, id, by)
    before = workspace.audit(file.audit.re_audit_of)
    return then_and_now(_side(workspace, before), _side(workspace, file), same_subjects(before, file))


def _side(workspace: Workspace, file: AuditFile) -> Side:
    closed = seals(workspace, file.audit.id)
    returns: dict[str, dict[str, Return]] = {id: {} for id in file.subjects}
    for id, owed in file.allocations.items():
        filed = file.received.get(id)
        if filed is not None and not filed.nil and not closed.closed(id) and owed.subject in returns:
            returns[owed.subject][owed.agency] = workspace.ret(id)
    agreed: dict[str, dict[str, Grade]] = {}
    for one in file.all(AgreedGrade).values():
        agreed.setdefault(one.subject, {})[one.of] = one.grade
    return Side(file.audit.id, workspace.template(file.audit.template), returns, agreed)


def same_subjects(before: AuditFile, after: AuditFile) -> dict[str, str]:
    """For each subject of the later audit that is known to be one of the earlier audit’s, which it is."""
    agencies = {subject.agency: id for id, subject in before.subjects.items() if subject.agency}
    links = {id: link.earlier for id, link in after.all(SameChild).items() if link.earlier}
    return {**{id: agencies[s.agency] for id, s in after.subjects.items() if s.agency in agencies}, **links}


def link_child(workspace: Workspace, later: str, earlier: str, *, by: str, now: datetime) -> SameChild:
    """Record that a child of a re-audit is one of the earlier audit’s; an empty `earlier` takes the link back.

    The key from pseudonym to child is not here, so only whoever holds it can know; this records what they say.

    Raises:
        InputError: The audit is no re-audit, the child is linked already, or it is about agencies.
    """
    allowed.coordinator(workspace, by, "say that two pseudonyms are one child")
    child = find_subject(workspace, later)
    file = workspace.audit(audit_of(child.id))
    audit_before(workspace, file)
    other = _earlier_child(workspace, file, earlier).id if earlier else ""
    with workspace.change(audit_journal(file.audit.id), by=by, did="linked a child", now=now) as change:
        for link in _links(change):
            if other and link.earlier == other and link.id != child.id:
                raise InputError(
                    f"{other} is linked with {link.id} already. Take that back first: b on {link.id} on the grid, or "
                    f"`qa case same {link.id} --none`."
                )
        change.put(SameChild(id=child.id, earlier=other))
    return workspace.audit(file.audit.id).all(SameChild)[child.id]


def audit_before(workspace: Workspace, file: AuditFile) -> AuditFile:
    """The earlier audit, whose children may be those of this one.

    Raises:
        InputError: The audit is no re-audit, or is about agencies.
    """
    if not file.audit.re_audit_of:
        raise InputError(f"{file.audit.id} looks again at no earlier audit, so its children stand beside nobody.")
    if file.audit.subject != "child":
        raise InputError(f"{file.audit.id} is about agencies: each stands beside itself without being linked.")
    return workspace.audit(file.audit.re_audit_of)


def _links(change: Change) -> Iterator[SameChild]:
    yield from change.shelf.all(SameChild).values()


def _earlier_child(workspace: Workspace, file: AuditFile, earlier: str) -> Subject:
    found = find_subject(workspace, earlier)
    if audit_of(found.id) != file.audit.re_audit_of:
        raise NotFound(f"{found.id} is not of {file.audit.re_audit_of}, which {file.audit.id} looks at again.")
    return found
