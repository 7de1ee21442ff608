"""Setting an audit's terms of reference, and reading them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.terms import JOINT_AUDIT, JOINT_INSPECTION, ORDINARY, KeyLine, Slot, Terms, timetable
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import require_open


def set_terms(
    workspace: Workspace,
    audit_id: str,
    *,
    lines: Iterable[KeyLine] | None = None,
    cohort: str | None = None,
    census: date | Literal[""] | None = None,
    method: str | None = None,
    governance: str | None = None,
    outside: Iterable[str] | None = None,
    slots: Iterable[Slot] | None = None,
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> Terms:
    """The terms with what is given changed; what is empty is taken out, and what is not named stays.

    Raises:
        InputError: A key line names a section that the template does not have, or says nothing.
    """
    allowed.coordinator(workspace, by, "set the terms of an audit")
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    template = workspace.template(file.audit.template)
    known = {section.id for section in template.sections}
    update: dict[str, object] = {}
    if lines is not None:
        update["lines"] = tuple(lines)
        for line in lines:
            wrong = [section for section in line.sections if section not in known]
            if wrong:
                raise InputError(f"{template.title} has no section {wrong[0]}: it has {', '.join(sorted(known))}.")
            if not line.text.strip():
                raise InputError("A key line of enquiry is a question or a sentence.")
    for name, text in (("cohort", cohort), ("method", method), ("governance", governance)):
        if text is not None:
            update[name] = clean(text).strip()
    if census is not None:
        update["census"] = census or None
    if outside is not None:
        update["outside"] = tuple(clean(one).strip() for one in outside)
    if slots is not None:
        update["timetable"] = tuple(sorted(slots, key=lambda slot: slot.day))
    with workspace.change(audit_journal(file.audit.id), by=by, did="set the terms", now=now, seen=seen) as change:
        before = change.shelf.get(Terms, file.audit.id) or Terms(id=file.audit.id)
        change.put(before.model_copy(update=update))
    return terms_of(workspace, file.audit.id)


def terms_of(workspace: Workspace, audit_id: str) -> Terms:
    """The audit's terms; empty ones where none were set."""
    file = workspace.audit(audit_id)
    return file.all(Terms).get(file.audit.id) or Terms(id=file.audit.id)


def ordinary_timetable(start: date, calendar: WorkingCalendar) -> tuple[Slot, ...]:
    """The days of an ordinary audit that opens on a day."""
    return timetable(ORDINARY, start, calendar)


def inspection_timetable(notified: date, calendar: WorkingCalendar) -> tuple[Slot, ...]:
    """The days of a joint inspection that was notified on a day."""
    return timetable(JOINT_INSPECTION, notified, calendar)


def returns_due(inspection: Iterable[Slot]) -> date:
    """The last day for returns in the timetable of a joint inspection."""
    return next(slot.day for slot in inspection if slot.title == JOINT_AUDIT)
