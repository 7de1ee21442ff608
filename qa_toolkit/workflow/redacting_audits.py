"""Taking words out of what the partnership wrote about an audit, and of its own lists, such as a child's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.findings import Number
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed, drafts
from qa_toolkit.workflow.plans import redacting as of_plans
from qa_toolkit.workflow.redacting import TEXT_PARTS
from qa_toolkit.workflow.taking_out import Typed, WithoutWords, nothing_left, standing, take_out, without_words

IN_AUDIT: Final[Typed] = {
    "audit": ("purpose",),
    "terms": ("cohort", "method", "governance"),
    "subjects": ("label",),
    "record_checks": ("note",),
    "drawn": ("reason",),
    "waivers": ("reason", "agreed_by"),
    "excuses": ("reason", "agreed_by"),
    "promises": ("by_whom",),
    "second_scores": ("withdrawn",),
    "queries": ("questions",),
    "reopenings": ("reason",),
    "follow_ups": ("acknowledged_by", "outcome"),
    "settlements": ("case_said", "agency_said", "note", "why", "agreed_by"),
    "template_moves": ("reason",),
    "panels": ("apologies",),
    "interests": ("why",),
    "agreed_grades": ("reasons", "dissent"),
    "panel_answers": ("reason", "comment"),
    "moderated": ("reasons",),
    "voices": ("asked_by", "view", "used"),
    "findings": ("text", "withdrawn"),
    "accuracy_comments": ("place", "text", "by_whom", "reason"),
}
"""In each table of an audit's file, the fields that people type freely."""
IN_PARTNERSHIP: Final[Typed] = {
    "audits": ("reason",),
    "programme": ("title", "theme", "why", "lead", "reason"),
    "handlings": ("to", "reason"),
    "chases": ("sent_how",),
}
"""The same of the partnership's own file."""


def redact_by_id(workspace: Workspace, id: str, *, why: str, by: str, now: datetime) -> int:
    """How many lines lost their words: all that put what stands, or stood, under an id of its own.

    That is anything of plans, actions and meetings, a finding, a case or a return as the partnership’s side wrote about
    it (`CE-2026-01-C07`, `CE-2026-01-C07:overall`, `CE-2026-01-C07-POLICE`), an audit, an entry of the programme.
    Who, when, grades, days and numbers stay. Forms about it that were begun and not done go too.

    Raises:
        InputError: No reason is given, or nothing that was typed is left under that id.
        NotAllowed: Only a co-ordinator or a chair does it.
        NotSaved: The disk refused; what could be taken out is out.
    """
    if of_plans.holds(workspace, id):
        return of_plans.redact(workspace, id, why=why, by=by, now=now)
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(f"Only a co-ordinator or a chair takes words out of audits; {person.name} ({by}) is neither.")
    id = id.strip()
    places = [
        (journal, wanted, stripped)
        for journal, typed, stripped in _places(workspace, id)
        if (wanted := standing(journal, typed, id))
    ]
    if not places:
        raise InputError(f"Nothing stands under {id}. Of what a rater wrote in a return, name the question too.")
    count = sum(take_out(journal, wanted, stripped, why=why, by=by, now=now) for journal, wanted, stripped in places)
    if not count:
        raise nothing_left(id)
    drafts.discard_forms_about(workspace, id)
    return count


def _places(workspace: Workspace, id: str) -> Iterator[tuple[Journal, Typed, WithoutWords]]:
    shelf = workspace.partnership_shelf
    yield shelf.journal, IN_PARTNERSHIP, without_words(IN_PARTNERSHIP)
    finding = shelf.get(Number, id.upper())
    try:
        audit_id = finding.audit if finding is not None else audit_of(id)
    except NotFound:
        return
    if audit_id in workspace.audits():
        journal = workspace.shelf(audit_journal(audit_id)).journal
        yield journal, IN_AUDIT, _in_audit(workspace, workspace.audit(audit_id))


def _in_audit(workspace: Workspace, file: AuditFile) -> WithoutWords:
    """As `without_words`; of the panel’s answers and a child’s facts, what is text in any version of the template."""
    digests = dict.fromkeys((file.audit.template, *(move.before for move in file.all(TemplateMove).values())))
    versions = [workspace.template(digest) for digest in digests]
    plain = without_words(IN_AUDIT)

    def stripped(table: str, key: str, document: dict[str, Any]) -> dict[str, Any]:
        kept = plain(table, key, document)
        if table == "panel_answers":
            asked = [one.questions[kept["question"]] for one in versions if kept.get("question") in one.questions]
            texts = {part.id for question in asked for part in question.parts if part.type in TEXT_PARTS}
            kept["values"] = {id: value for id, value in kept.get("values", {}).items() if id not in texts}
        if table == "subjects":
            texts = {id for one in versions for id, field in one.fields.items() if field.type in TEXT_PARTS}
            kept["facts"] = {id: value for id, value in kept.get("facts", {}).items() if id not in texts}
        return kept

    return stripped
