"""Reminding agencies fairly: one message each across all open audits, in the tone of its step; a record of all of it.

The toolkit sends nothing. A message counts from when somebody says that it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.chasing import Chase, Due, Excuse, Ladder, Promise, Rung, ladder_of, to_chase
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.people import Agency, Role
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.reading import Cell, grid, open_audits
from qa_toolkit.workflow.returns import owed


class Message(NamedTuple):
    """One message, ready to be read and sent by a person."""

    chase: Chase
    agency: Agency
    subject: str
    body: str


def owed_by_agency(
    workspace: Workspace, *, today: date, calendar: WorkingCalendar
) -> dict[str, list[tuple[Due, Cell]]]:
    """What each agency owes in the open audits, as the ladder counts it; excused returns are left out."""
    found: dict[str, list[tuple[Due, Cell]]] = {}
    for entry in open_audits(workspace):
        at = grid(workspace, entry.id, today=today, calendar=calendar)
        promised, excused = at.file.all(Promise), at.file.all(Excuse)
        for cell in at.cells.values():
            if not cell.state.owed or cell.return_id in excused:
                continue
            due = promised[cell.return_id].day if cell.return_id in promised else cell.due
            days = calendar.days_late(due, today) or -calendar.working_days_between(today, due)
            found.setdefault(cell.agency, []).append((Due(cell.return_id, days), cell))
    return found


def draft(workspace: Workspace, *, by: str, now: datetime, today: date, calendar: WorkingCalendar) -> list[Message]:
    """Every message that is due today, one for each agency; drafts that were never sent are replaced."""
    allowed.coordinator(workspace, by, "draft reminders")
    shelf = workspace.partnership_shelf
    ladder = ladder_of(dict(shelf.all(Ladder)), today)
    waiting = owed_by_agency(workspace, today=today, calendar=calendar)
    drafted: list[tuple[Chase, list[tuple[Due, Cell]]]] = []
    with workspace.change(PARTNERSHIP, by=by, did="drafted reminders", now=now) as change:
        chases = dict(change.shelf.all(Chase))
        for old in chases.values():
            if old.sent_at is None:
                change.drop(old)
        sent = _steps_sent(chases)
        for agency, rows in sorted(waiting.items()):
            found = to_chase(ladder, [due for due, _ in rows], sent)
            if found is None:
                continue
            step, due = found
            number = next_number(f"{agency}-", chases)
            chase = Chase(
                id=f"{agency}-{number}", agency=agency, rung=step.rung, day=step.day, ladder=ladder.id,
                returns=tuple(one.return_id for one in due), drafted=today,
            )  # fmt: skip
            change.put(chase)
            named = {one.return_id for one in due}
            drafted.append((chase, [row for row in rows if row[0].return_id in named]))
    return [_message(workspace, ladder, chase, rows) for chase, rows in drafted]


def _steps_sent(chases: Mapping[str, Chase]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chase in chases.values():
        if chase.sent_at is not None:
            for return_id in chase.returns:
                found[return_id] = max(found.get(return_id, -10_000), chase.day)
    return found


def _message(workspace: Workspace, ladder: Ladder, chase: Chase, rows: list[tuple[Due, Cell]]) -> Message:
    agency = workspace.agencies()[chase.agency]
    step = next(step for step in ladder.steps if step.day == chase.day and step.rung is chase.rung)
    lines = []
    for due, cell in sorted(rows, key=lambda row: (-row[0].days, row[0].return_id)):
        late = "due today" if due.days == 0 else f"{_days(due.days)} late" if due.days > 0 else f"in {_days(-due.days)}"
        known = cell.summary
        done = f", {known.answered} of {known.asked} answered" if known else ""
        lines.append(f"  {cell.return_id}  {cell.state.label.lower()}{done}; due {show_date(cell.due)} ({late})")
    audits = {audit_of(cell.return_id): "" for _, cell in rows}
    titles = "; ".join(f"{id}, {workspace.audits()[id].title}" for id in audits)
    count = "one return" if len(lines) == 1 else f"{len(lines)} returns"
    body = "\n".join(
        [
            f"To {chase.rung.label}, {agency.name}", "", step.tone, "", *lines, "", f"For: {titles}.",
            "",
            "If a date cannot be kept, tell us which can. If your agency holds nothing on a child, a nil return is a",
            "return. If a child may be in danger, do not wait for the return: telephone.",
            "",
            "Thank you,", workspace.partnership().name,
        ]
    )  # fmt: skip
    return Message(chase, agency, f"{workspace.partnership().name}: {count} to come from {agency.name}", body)


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def mark_sent(workspace: Workspace, chase_id: str, how: str, *, by: str, now: datetime) -> Chase:
    """The message with when and how it was sent; from here it counts."""
    allowed.coordinator(workspace, by, "mark a reminder as sent")
    with workspace.change(PARTNERSHIP, by=by, did="sent a reminder", now=now) as change:
        chase = change.shelf.get(Chase, chase_id.strip().lower())
        if chase is None:
            raise NotFound(f"There is no reminder {chase_id}. `qa chase list` shows those there are.")
        if chase.sent_at is not None:
            raise InputError(f"{chase.id} was marked as sent already.")
        change.put(chase.model_copy(update={"sent_at": now, "sent_how": clean(how).strip() or "by e-mail"}))
    return workspace.partnership_shelf.all(Chase)[chase.id]


def promise(
    workspace: Workspace, return_id: str, day: date, by_whom: str, *, by: str, now: datetime, today: date
) -> Promise:
    """The day by which an agency has promised a return: reminders wait for it. The due date stays."""
    file, allocation = owed(workspace, return_id)
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR):
        allowed.agency_lead(workspace, by, allocation.agency, "promise a day for its returns")
    if day < today:
        raise InputError(f"{show_date(day)} has passed: a promise names a day to come.")
    made = Promise(id=allocation.id, day=day, by_whom=clean(by_whom).strip())
    with workspace.change(audit_journal(file.audit.id), by=by, did="promised a day", now=now) as change:
        change.put(made)
    return workspace.audit(file.audit.id).all(Promise)[made.id]


def excuse(workspace: Workspace, return_id: str, reason: str, agreed_by: str, *, by: str, now: datetime) -> Excuse:
    """A return that need not come: no reminder is drafted for it and it is not late. Who agreed is kept."""
    allowed.coordinator(workspace, by, "excuse a return")
    file, allocation = owed(workspace, return_id)
    reason, agreed_by = clean(reason).strip(), clean(agreed_by).strip()
    if len(reason) < 10 or not agreed_by:
        raise InputError("Say in a sentence why it need not come, and who agreed to it, by role.")
    made = Excuse(id=allocation.id, reason=reason, agreed_by=agreed_by)
    with workspace.change(audit_journal(file.audit.id), by=by, did="excused a return", why=reason, now=now) as change:
        change.put(made)
    return workspace.audit(file.audit.id).all(Excuse)[made.id]


def rungs_of(workspace: Workspace) -> dict[str, Rung]:
    """The highest rung to which each return has been taken by a message that was sent."""
    found: dict[str, tuple[int, Rung]] = {}
    for chase in workspace.partnership_shelf.all(Chase).values():
        if chase.sent_at is not None:
            for id in chase.returns:
                found[id] = max(found.get(id, (-10_000, chase.rung)), (chase.day, chase.rung), key=lambda one: one[0])
    return {id: rung for id, (_, rung) in found.items()}
