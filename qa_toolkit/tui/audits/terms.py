"""An audit's terms of reference on a form: what it asks, of which children, how, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.terms import Slot, Terms, read_line, write_line
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.forms.followed import HOW, Field, FollowedForm, dated, written
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.workflow import terms

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


async def ask_terms(app: QAApp, file: AuditFile) -> str:
    """Set the terms as they were filled in; gives back what to say, if they were."""
    audit, said = file.audit, ""
    before = terms.terms_of(app.workspace, audit.id)

    def record(row: Values) -> None:
        nonlocal said
        slots = _slots(app, row.get("ordinary"), row.get("notified"))
        census: Any = row.get("census", "")
        terms.set_terms(
            app.workspace, audit.id, lines=[read_line(line) for line in _lines(row, "lines")], census=census,
            cohort=str(row.get("cohort", "")), method=str(row.get("method", "")),
            governance=str(row.get("governance", "")), outside=_lines(row, "outside"), slots=slots,
            seen=seen(before), by=app.person.id if app.person else "",
            now=app.now(),
        )  # fmt: skip
        said = f"The terms of {audit.id} are set. They are the first page of what agencies get."

    def tell(row: Values) -> str:
        with suppress(QAError):
            days = [parse_date(text) if (text := str(row.get(name, ""))) else None for name in ("ordinary", "notified")]
            found = _slots(app, *days)
            return _in_words(before.timetable) if found is None else _in_words(found)
        return ""

    sections = ", ".join(section.id for section in app.workspace.template(audit.template).sections)
    about = f"{audit.title}. {HOW}"
    await app.push_screen_wait(
        FollowedForm(f"Terms of {audit.id}", about, _fields(before, sections), record=record, tell=tell)
    )
    return said


def _fields(before: Terms, sections: str) -> list[Field]:
    lines = "\n".join(write_line(line) for line in before.lines)
    asks = f"Key lines of enquiry, one a line; one for certain sections so: UI,VC=Seen early? ({sections})"
    return [
        written("lines", asks, lines, long=True, required=False),
        written("cohort", "Which children are looked at", before.cohort, required=False),
        dated("census", "The day on which a child must be among them", before.census),
        written("method", "How it is done", before.method, required=False),
        written("governance", "Information governance: the agreement, what is kept and for how long",
                before.governance, required=False),
        written("outside", "Agencies from outside the area that take part, one a line", "\n".join(before.outside),
                long=True, required=False),
        dated("ordinary", "The ordinary timetable, from this day on"),
        dated("notified", "Or that of a joint inspection, notified on this day"),
    ]  # fmt: skip


def _lines(row: Values, name: str) -> list[str]:
    return [line.strip() for line in str(row.get(name, "")).splitlines() if line.strip()]


def _slots(app: QAApp, ordinary: date | None, notified: date | None) -> tuple[Slot, ...] | None:
    """The timetable that was asked for; None where it stays as it is."""
    if ordinary and notified:
        raise InputError("One timetable: the ordinary one, or that of a joint inspection. Empty one of the two days.")
    if ordinary:
        return terms.ordinary_timetable(ordinary, app.calendar)
    return terms.inspection_timetable(notified, app.calendar) if notified else None


def _in_words(slots: Sequence[Slot]) -> str:
    return "; ".join(f"{show_date(slot.day)} {slot.title[:1].lower()}{slot.title[1:]}" for slot in slots)
