"""Taking words out of plans, actions and meetings that should never have been typed, such as a child's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.records import Reason
from qa_toolkit.store import lines, redaction
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow import allowed, drafts

TAKEN_OUT: Final = "(taken out)"
TYPED: Final[dict[str, tuple[str, ...]]] = {
    "plans": ("title", "edition", "owner"),
    "commitments": ("heading", "aim", "text", "owner"),
    "statements": ("text", "difference"),
    "recommendations": ("text", "measure", "withdrawn"),
    "responses": ("reason", "by_whom"),
    "actions": ("text", "outcome", "measure", "baseline", "target", "owner_role", "outside", "sponsor", "re_audit"),
    "steps": ("reason",),
    "updates": ("text",),
    "milestones": ("text",),
    "evidence": ("pointer", "shows", "seen_by"),
    "acceptances": ("reason", "by_whom"),
    "date_changes": ("reason", "decided_by"),
    "asked": ("reason",),
    "judgements": ("shown_by",),
    "escalations": ("reason",),
    "verifier_waivers": ("reason", "agreed_by"),
    "practices": ("text",),
    "uptakes": ("shown_by", "note"),
    "decisions": ("text", "to", "answered"),
    "corrections": ("text",),
    "meetings": ("cancelled",),
    "meeting_interests": ("why",),
}
"""In each table, the fields that people type freely."""


def holds(workspace: Workspace, id: str) -> bool:
    """Whether something of plans, actions or meetings stands under that id."""
    return ACTIONS in workspace.folder.list() and bool(_tables(workspace, id))


def _tables(workspace: Workspace, id: str) -> list[tuple[str, str]]:
    journal, wanted = workspace.actions_shelf.journal, id.strip().casefold()
    return [(table, key) for table in TYPED for key in journal.docs(table) if key.casefold() == wanted]


def redact(workspace: Workspace, id: str, *, why: str, by: str, now: datetime) -> int:
    """How many lines lost their words: every one that put what stands under that id, reasons that it gave included.

    The words are replaced by “(taken out)” in what stands now; who, when, days and numbers stay.
    Forms about it that were begun and not done go too.

    Raises:
        InputError: No reason is given, or nothing that was typed stands under it.
        NotAllowed: Only a co-ordinator or a chair does it.
        NotSaved: The disk refused; what could be taken out is out.
    """
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(f"Only a co-ordinator or a chair takes words out of plans; {person.name} ({by}) is neither.")
    if not why.strip():
        raise InputError("Say why the words are taken out, without repeating them: the reason is all that stays.")
    wanted = set(_tables(workspace, id))
    journal = workspace.actions_shelf.journal
    found = [line.seq for line in journal.lines() if line.body is not None and _typed_in(line, wanted)]
    if not found:
        raise InputError(f"Nothing that was typed is left under {id.strip()}.")
    for seq in found:
        puts = []
        for table, key in redaction.affected(journal, seq):
            document = journal.doc(table, key) or {}
            if (table, key) in wanted or table == Reason.table:
                document = _without_words(table, document)
            puts.append((table, key, document))
        redaction.redact(journal, seq, by=by, why=why, now=now, puts=puts)
    drafts.discard_forms_about(workspace, id.strip())
    return len(found)


def _typed_in(line: lines.Line, wanted: set[tuple[str, str]]) -> bool:
    assert line.body is not None
    body = lines.parse_body(line.body, seq=line.seq, path="")
    return any(
        (table, key) in wanted and _without_words(table, document) != document for table, key, document in body.puts
    )


def _without_words(table: str, document: dict[str, Any]) -> dict[str, Any]:
    fields = ("text",) if table == Reason.table else TYPED[table]
    return {key: TAKEN_OUT if key in fields and value else value for key, value in document.items()}
