"""A self-assessment begins from last time's answers, each to be looked at again before it counts as this year's."""

from __future__ import annotations

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.audits import Allocation, AuditStatus
from qa_toolkit.domain.errors import NotFound, StoreError
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.sealing import seals


def carried(workspace: Workspace, file: AuditFile, allocation: Allocation) -> list[Answer]:
    """The agency's answers of the last round that was filed, marked unconfirmed; empty where there was none.

    Only for self-assessments, from the same template of any edition, and only questions that both editions ask under
    the same id and that are carried forward. An answer whose options have changed is left out.
    """
    before = last_filed(workspace, file, allocation.agency)
    return _unconfirmed(workspace, file, *before) if before is not None else []


def last_filed(workspace: Workspace, file: AuditFile, agency: str) -> tuple[AuditFile, str] | None:
    """The agency's return of the last self-assessment round that was filed, of the same template: its audit and id."""
    if file.audit.kind is not Kind.SELF_ASSESSMENT:
        return None
    earlier = [
        entry
        for entry in workspace.audits().values()
        if entry.kind is Kind.SELF_ASSESSMENT
        and entry.id != file.audit.id
        and entry.opened < file.audit.opened
        and entry.status is not AuditStatus.ABANDONED
    ]
    for entry in sorted(earlier, key=lambda one: one.opened, reverse=True):
        before = workspace.audit(entry.id)
        if before.audit.template_id != file.audit.template_id:
            continue
        mine = [one.id for one in before.allocations.values() if one.agency == agency]
        closed = seals(workspace, entry.id)
        told = (id for id in mine if id in before.received and not before.received[id].nil)
        filed = next((id for id in told if not closed.closed(id)), None)
        if filed is not None:
            return before, filed
    return None


def _unconfirmed(workspace: Workspace, file: AuditFile, before: AuditFile, return_id: str) -> list[Answer]:
    now, then = workspace.template(file.audit.template), workspace.template(before.audit.template)
    try:
        answers = workspace.ret(return_id).answers
    except (StoreError, NotFound):
        return []  # a damaged file of last year must not keep anybody from beginning this year's
    found = []
    for id, answer in answers.items():
        question, old = now.questions.get(id), then.questions.get(id)
        if question is None or old is None or not question.carry_forward or not answer.answered:
            continue
        if [part.type for part in question.parts] == [part.type for part in old.parts] and all(
            [option.value for option in now.options_of(part)] == [option.value for option in then.options_of(other)]
            for part, other in zip(question.parts, old.parts, strict=True)
        ):
            found.append(answer.model_copy(update={"unconfirmed": True}))
    return found
