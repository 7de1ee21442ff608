"""Taking out words that should never have been typed, such as a child's name. The record says that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.store import lines, redaction
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow import allowed, drafts
from qa_toolkit.workflow.returns import opened
from qa_toolkit.workflow.taking_out import TAKEN_OUT

TYPED: dict[str, tuple[str, ...]] = {
    "answers": ("comment", "evidence", "reason"),
    "grades": ("reasons", "departure"),
    "concerns": ("what", "why_now", "told", "how"),
    "differences": ("says", "note"),
    "checks": ("note",),
    "declarations": ("waiver",),
    "submissions": ("nil_reason",),
    "facts": (),
}
"""In each table of a return, the fields that people type freely."""

TEXT_PARTS = (PartType.SHORT_TEXT, PartType.LONG_TEXT, PartType.EVIDENCE_LIST, PartType.REPEAT)
"""Kinds of parts that hold typed text."""


def redact(workspace: Workspace, return_id: str, id: str, *, why: str, by: str, now: datetime) -> int:
    """How many lines of a return lost their words: every one that put what stands under `id`.

    `id` is a question, a concern, `grade`, a header field, `start` (its waiver) or the round of a nil return. Options
    chosen and numbers stay; what was typed goes, and drafts of it with it.

    Raises:
        NotFound: Nothing stands under it.
        NotSaved: The disk refused; what could be taken out is out.
    """
    at = opened(workspace, return_id)
    person = allowed.person(workspace, by)
    if by != at.ret.head.rater and not person.is_(Role.COORDINATOR):
        raise NotAllowed(f"Only the rater of {at.ret.id} or a co-ordinator may take words out of it.")
    if not why.strip():
        raise InputError("Say why the words are taken out, without repeating them: the reason is all that stays.")
    shelf = workspace.shelf(return_journal(at.ret.id))
    table, key = _find(shelf.journal.docs, id)
    moves = at.file.all(TemplateMove).values()
    digests = dict.fromkeys((at.file.audit.template, *(move.before for move in moves)))
    versions = [workspace.template(digest) for digest in digests]
    found = [
        line.seq for line in shelf.journal.lines() if line.body is not None and _typed_in(line, table, key, versions)
    ]
    if not found:
        raise NotFound(f"Nothing that was typed under {id} is left in {at.ret.id}.")
    for seq in found:
        puts = [
            (where, which, _without_words(where, which, shelf.journal.doc(where, which) or {}, versions))
            if (where, which) == (table, key)
            else (where, which, shelf.journal.doc(where, which) or {})
            for where, which in redaction.affected(shelf.journal, seq)
        ]
        redaction.redact(shelf.journal, seq, by=by, why=why, now=now, puts=puts)
    # Lines written meanwhile by the loop carry the stripped document, never the words.
    for draft in drafts.kept(workspace, at.ret.id):
        if draft.question_id.casefold() == key.casefold():
            drafts.discard(workspace, at.ret.id, draft.question_id, draft.field)
    return len(found)


def _find(docs: Any, id: str) -> tuple[str, str]:
    wanted = {"grade": "overall"}.get(id.strip().lower(), id.strip())
    for table in TYPED:
        for key in docs(table):
            if key.casefold() == wanted.casefold():
                return table, key
    raise NotFound(f"Nothing stands under “{id}”: name a question, a concern, or `grade`.")


def _typed_in(line: lines.Line, table: str, key: str, versions: Sequence[Template]) -> bool:
    assert line.body is not None
    body = lines.parse_body(line.body, seq=line.seq, path="")
    return any(
        where == table and which == key and _without_words(where, which, document, versions) != document
        for where, which, document in body.puts
    )


def _without_words(table: str, key: str, document: dict[str, Any], versions: Sequence[Template]) -> dict[str, Any]:
    kept = dict(document)
    for field in TYPED.get(table, ()):
        if kept.get(field):
            kept[field] = TAKEN_OUT if (table, field) == ("concerns", "what") else ""
    if table == "facts" and any(key in one.fields and one.fields[key].type in TEXT_PARTS for one in versions):
        kept["value"] = TAKEN_OUT if kept.get("value") else kept.get("value")
    # A part that took text in any version of the template may hold some: the line does not say which version it was.
    asked = [version.questions[key] for version in versions if key in version.questions]
    if table == "answers" and asked:
        texts = {part.id for question in asked for part in question.parts if part.type in TEXT_PARTS}
        kept["values"] = {id: value for id, value in kept.get("values", {}).items() if id not in texts}
    if kept.get("what") == TAKEN_OUT and document.get("what") == TAKEN_OUT:
        kept["what"] = document["what"]
    return kept
