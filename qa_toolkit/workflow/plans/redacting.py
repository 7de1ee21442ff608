"""Taking words out of plans, actions and meetings that should never have been typed, such as a child's name."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from qa_toolkit.domain.errors import NotAllowed
from qa_toolkit.domain.people import Role
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow import allowed, drafts
from qa_toolkit.workflow.taking_out import nothing_left, standing, take_out, without_words

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
    "meeting_openings": ("why",),
    "undone": ("why",),
}
"""In each table, the fields that people type freely."""


def holds(workspace: Workspace, id: str) -> bool:
    """Whether something of plans, actions or meetings stands under that id."""
    return ACTIONS in workspace.folder.list() and bool(standing(workspace.actions_shelf.journal, TYPED, id))


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
    journal = workspace.actions_shelf.journal
    wanted = standing(journal, TYPED, id)
    count = take_out(journal, wanted, without_words(TYPED), why=why, by=by, now=now)
    if not count:
        raise nothing_left(id.strip())
    drafts.discard_forms_about(workspace, id.strip())
    return count
