"""A reminder in words: in the tone of its step, about what is still owed, and only what the record can show."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import NamedTuple

from qa_toolkit.domain.chasing import DEFAULT, Chase, Ladder
from qa_toolkit.domain.dates import day_of, show_date
from qa_toolkit.domain.people import Agency
from qa_toolkit.store.workspace import Workspace, audit_of
from qa_toolkit.workflow.owing import Waiting

_WIDTH = 76
"""Columns of a message: what a mail program shows without breaking lines again."""


class Message(NamedTuple):
    """One message, ready to be read and sent by a person."""

    chase: Chase
    agency: Agency
    subject: str
    body: str
    about: str
    """How many returns it is about, in words."""


def worded(workspace: Workspace, chase: Chase, rows: list[Waiting]) -> Message:
    """The message of a chase about these returns, as they stand now."""
    agency, name = workspace.agencies()[chase.agency], workspace.partnership().name
    ladder = workspace.partnership_shelf.get(Ladder, chase.ladder) or DEFAULT
    tone = next((s.tone for s in ladder.steps if (s.day, s.rung) == (chase.day, chase.rung)), "Returns are owed.")
    lines = [_line(one) for one in sorted(rows, key=lambda one: (-one.due.days, one.due.return_id))]
    audits = workspace.audits()
    titles = "; ".join(f"{id}, {audits[id].title}" for id in dict.fromkeys(audit_of(one.due.return_id) for one in rows))
    count = "one return" if len(lines) == 1 else f"{len(lines)} returns"
    to = f"To {chase.rung.label}, {agency.name}"
    if not chase.rung.within:
        to = f"To {chase.rung.label}, about {agency.name}, which gets a copy"
    closing = (
        "If a date cannot be kept, tell us which can. If your agency holds nothing on a child, a nil return is a "
        "return. If a child may be in danger, do not wait for the return: telephone."
        if chase.rung.within else "If a child may be in danger, do not wait for the return: telephone."
    )  # fmt: skip
    before = _before(workspace, rows)
    above = [_filled(part) for part in (to, f"{tone} {before}".strip())]
    below = [_filled(part) for part in (f"For: {titles}.", closing)]
    block = "\n".join(_filled(line, initial_indent="  ", subsequent_indent="      ") for line in lines)
    body = "\n\n".join([*above, block, *below, f"Thank you,\n{name}"])
    return Message(chase, agency, f"{name}: {count} to come from {agency.name}", body, count)


def _filled(text: str, initial_indent: str = "", subsequent_indent: str = "") -> str:
    # An id is not broken at its hyphens.
    return fill(text, _WIDTH, break_on_hyphens=False, break_long_words=False, initial_indent=initial_indent,
                subsequent_indent=subsequent_indent)  # fmt: skip


def _before(workspace: Workspace, rows: list[Waiting]) -> str:
    """When the same returns were asked about before: said from the record, never from the step."""
    days = sorted({day for one in rows for day in reminded(workspace, one.due.return_id)})
    return f"We asked about these before, on {listed([show_date(day) for day in days])}." if days else ""


def reminded(workspace: Workspace, return_id: str) -> list[date]:
    """The days on which a message about a return was sent, in order."""
    chases = workspace.partnership_shelf.all(Chase).values()
    return sorted(day_of(one.sent_at) for one in chases if one.sent_at is not None and return_id in one.returns)


def listed(words: list[str]) -> str:
    """“a, b and c”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _line(one: Waiting) -> str:
    cell, late = one.cell, one.due.days
    known = cell.summary
    done = f", {known.answered} of {known.asked} answered" if known and known.round == 0 else ""
    second = " (second score)" if one.second else ""
    if one.promise is None:
        when = "due today" if late == 0 else f"{days(late)} late" if late > 0 else f"in {days(-late)}"
        return f"{cell.return_id}{second}, {cell.state.label.lower()}{done}; due {show_date(cell.due)} ({when})"
    when = "today" if late == 0 else f"{days(late)} ago" if late > 0 else f"in {days(-late)}"
    return (
        f"{cell.return_id}{second}, {cell.state.label.lower()}{done}; due {show_date(cell.due)}, promised for "
        f"{show_date(one.promise.day)} ({when})"
    )


def days(count: int) -> str:
    """A number of working days in words."""
    return f"{count} working day{'' if count == 1 else 's'}"
