"""Reminding agencies fairly: one message each across all open audits, in the tone of its step; a record of all of it.

The toolkit sends nothing. A message counts from when somebody says that it was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.chasing import (
    DEFAULT,
    Chase,
    Ladder,
    Rung,
    Step,
    check_ladder,
    ladder_of,
    steps_sent,
    to_chase,
)
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.promises import Excuse, Promise
from qa_toolkit.domain.text import clean
from qa_toolkit.store import cache
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.owing import ActionDue, Owing, Waiting, owing
from qa_toolkit.workflow.reminders import Message, days, listed, worded


class Fact(NamedTuple):
    """One line of the fair record: a message sent, a day promised, a return excused."""

    at: datetime | None
    agency: str
    id: str
    sentence: str
    returns: tuple[str, ...]


def ladder_in_force(workspace: Workspace, today: date) -> Ladder:
    """The partnership's own ladder, or the one that ships."""
    return ladder_of(workspace.partnership_shelf.all(Ladder), today)


class Matter(NamedTuple):
    """One message that is due: to which agency, of which step, and what it is about."""

    agency: str
    step: Step
    rows: list[Waiting]
    actions: list[ActionDue]


def to_write(workspace: Workspace, found: Owing, *, today: date) -> list[Matter]:
    """The messages that are due today, one for each agency at most, about its returns and its actions."""
    chases = workspace.partnership_shelf.all(Chase).values()
    ladder, sent = ladder_in_force(workspace, today), steps_sent(chases, found.promised)
    messages = []
    for agency in sorted({*found.agencies, *(one.row.action.agency for one in found.actions)}):
        rows, actions = found.of(agency), found.actions_of(agency)
        step = to_chase(ladder, [*(one.due for one in rows), *(one.due for one in actions)], sent)
        if step is not None:
            named = {due.return_id for due in step[1]}
            rows = [one for one in rows if one.due.return_id in named]
            messages.append(Matter(agency, step[0], rows, [one for one in actions if one.due.return_id in named]))
    return messages


def draft(workspace: Workspace, *, by: str, now: datetime, today: date, calendar: WorkingCalendar) -> list[Message]:
    """Every message that is due today, one for each agency; drafts that were never sent are replaced."""
    allowed.coordinator(workspace, by, "draft reminders")
    found = owing(workspace, today=today, calendar=calendar)
    ladder = ladder_in_force(workspace, today)
    with workspace.change(PARTNERSHIP, by=by, did="drafted reminders", now=now) as change:
        chases = dict(change.shelf.all(Chase))
        for old in chases.values():
            if old.sent_at is None:
                change.drop(old)
        for agency, step, rows, actions in to_write(workspace, found, today=today):
            change.put(
                Chase(
                    id=f"{agency}-{next_number(f'{agency}-', chases)}", agency=agency, rung=step.rung, day=step.day,
                    ladder=ladder.id, returns=tuple(one.due.return_id for one in rows), drafted=today,
                    actions={one.row.action.id: one.row.action.due for one in actions},
                )
            )  # fmt: skip
    return drafts(workspace, found)


def drafts(workspace: Workspace, found: Owing) -> list[Message]:
    """The messages that were drafted and not yet sent, about what is still owed; those about nothing are left out."""
    chases = sorted(workspace.partnership_shelf.all(Chase).values(), key=lambda one: one.agency)
    messages = []
    for chase in chases:
        rows = [one for one in found.of(chase.agency) if one.due.return_id in chase.returns]
        actions = [one for one in found.actions_of(chase.agency) if one.row.action.id in chase.actions]
        if chase.sent_at is None and (rows or actions):
            messages.append(worded(workspace, chase, rows, actions))
    return messages


def mark_sent(workspace: Workspace, chase_id: str, how: str, *, by: str, now: datetime) -> Chase:
    """The message with when and how it was sent; from here it counts."""
    allowed.coordinator(workspace, by, "mark a reminder as sent")
    with workspace.change(PARTNERSHIP, by=by, did="sent a reminder", now=now) as change:
        chase = change.shelf.get(Chase, chase_id.strip().lower())
        if chase is None:
            raise NotFound(f"There is no reminder {chase_id}. `qa chase show` shows those that wait to be sent.")
        if chase.sent_at is not None:
            raise InputError(f"{chase.id} was marked as sent already.")
        change.put(
            chase.model_copy(update={"sent_at": now, "sent_how": clean(how).strip() or "by e-mail", "sent_by": by})
        )
    return workspace.partnership_shelf.all(Chase)[chase.id]


def set_ladder(workspace: Workspace, ladder: Ladder, *, by: str, now: datetime) -> Ladder:
    """The partnership's own ladder from its day on; messages sent before keep the name of theirs.

    Raises:
        InputError: No steps, two on one day, or a name that is taken.
    """
    allowed.coordinator(workspace, by, "set the days and tones of reminders")
    check_ladder(ladder)
    with workspace.change(PARTNERSHIP, by=by, did="set the ladder of reminders", now=now) as change:
        if ladder.id == DEFAULT.id or change.shelf.get(Ladder, ladder.id) is not None:
            raise InputError(f"There is a ladder “{ladder.id}” already: give the new one another name.")
        change.put(ladder)
    return workspace.partnership_shelf.all(Ladder)[ladder.id]


def fair_record(workspace: Workspace) -> list[Fact]:
    """Every message sent, day promised and return excused, the latest first: for the agency as well as about it."""
    found = []
    for chase in workspace.partnership_shelf.all(Chase).values():
        if chase.sent_at is not None:
            after = f"{days(abs(chase.day))} {'after' if chase.day > 0 else 'before'}" if chase.day else "on the day"
            sentence = f"Reminder to {chase.rung.label} ({after}), sent {chase.sent_how}"
            about = (*chase.returns, *chase.actions)
            found.append(Fact(chase.sent_at, chase.agency, chase.id, sentence, about))
    found += _agreed(workspace)
    return sorted(found, key=lambda one: (one.at is not None, one.at), reverse=True)


def _agreed(workspace: Workspace) -> Iterator[Fact]:
    """What was promised and excused in every audit, closed ones too; of a file that has not changed nothing is read."""
    by_name = {audit_journal(id): id for id in workspace.audits()}

    def compute(name: str) -> list[list[str]]:
        return [
            [one.at.isoformat() if one.at else "", one.agency, one.id, one.sentence]
            for one in _agreed_in(workspace.audit(by_name[name]))
        ]

    if workspace.until is not None:
        rows = {name: compute(name) for name in by_name}
    else:
        rows = cache.cached(workspace.folder, "promises", list(by_name), compute)
    for found in rows.values():
        for at, agency, id, sentence in found:
            yield Fact(datetime.fromisoformat(at) if at else None, agency, id, sentence, (id,))


def _agreed_in(file: AuditFile) -> Iterator[Fact]:
    for id, promise in file.all(Promise).items():
        allocation = file.owed(id)
        moved = f" (before that for {listed([show_date(d) for d in promise.earlier])})" if promise.earlier else ""
        sentence = f"Promised for {show_date(promise.day)} by {promise.by_whom}{moved}"
        yield Fact(promise.made_at, allocation.agency if allocation else "", id, sentence, (id,))
    for id, excuse in file.all(Excuse).items():
        allocation = file.owed(id)
        sentence = f"Excused, agreed by {excuse.agreed_by}: {excuse.reason}"
        yield Fact(excuse.made_at, allocation.agency if allocation else "", id, sentence, (id,))


def rungs_of(workspace: Workspace) -> dict[str, Rung]:
    """The highest rung to which each return has been taken by a message that was sent."""
    found: dict[str, tuple[int, Rung]] = {}
    for chase in workspace.partnership_shelf.all(Chase).values():
        if chase.sent_at is not None:
            for id in chase.returns:
                found[id] = max(found.get(id, (-10_000, chase.rung)), (chase.day, chase.rung), key=lambda one: one[0])
    return {id: rung for id, (_, rung) in found.items()}
