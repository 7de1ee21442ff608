"""Closing an audit to changes, or abandoning it with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.audits import AuditEntry
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.states import State
from qa_toolkit.tui.forms.asking import AskText, PickOne, Sure
from qa_toolkit.workflow import allowed, audits
from qa_toolkit.workflow.reading import grid

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


async def ask_closing(app: QAApp, entry: AuditEntry) -> AuditEntry | None:
    """The audit as it was closed, or None where somebody went back.

    Raises:
        QAError: It was refused.
    """
    options = ["Close it: it is finished", "Abandon it, and say why"]
    words = f"{entry.title}. {_outstanding(app, entry)} Afterwards nothing in it can be changed."
    picked = await app.push_screen_wait(PickOne(f"Close {entry.id}", words, options))
    if picked is None:
        return None
    title = f"Abandon {entry.id}"
    reason = ""
    if picked == 1:
        why = "Why? In a sentence: the list of audits keeps it."
        given = await app.push_screen_wait(AskText(title, why, check=_sentence, kept=title))
        if not given:
            return None
        reason = given
    elif not await app.push_screen_wait(Sure(f"Close {entry.id}", f"{words}\n\nClose it?")):
        return None
    by = app.person.id if app.person else ""
    closed = audits.close_audit(app.workspace, entry.id, by=by, now=app.now(), abandoned=reason)
    app.left.forget(title)
    return closed


async def ask_reopening(app: QAApp, entry: AuditEntry) -> AuditEntry | None:
    """The audit as it was opened again, or None where somebody went back.

    Raises:
        QAError: It was refused.
    """
    by = app.person.id if app.person else ""
    allowed.coordinator(app.workspace, by, "open an audit again")
    title, why = f"Open {entry.id} again", "Why is it opened again? In a sentence. Everything in it is as it was."
    words = f"{entry.title} is {entry.status.value}. {why}"
    reason = await app.push_screen_wait(AskText(title, words, check=_sentence, kept=title))
    if not reason:
        return None
    opened = audits.reopen_audit(app.workspace, entry.id, reason, by=app.person.id if app.person else "", now=app.now())
    app.left.forget(title)
    return opened


def _outstanding(app: QAApp, entry: AuditEntry) -> str:
    at = grid(app.workspace, entry.id, today=app.today, calendar=app.calendar)
    owed, filed = len(at.cells), at.count(State.RECEIVED, State.NIL)
    if not owed:
        return "It has no returns."
    return f"All {owed} returns are filed." if filed == owed else f"{owed - filed} of {owed} returns are not filed."


def _sentence(text: str) -> None:
    if len(text) < 10:
        raise InputError("Say it in a sentence: the next person to look has only that.")
