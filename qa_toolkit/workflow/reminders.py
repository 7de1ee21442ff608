"""A reminder in words: in the tone of its step, about what is still owed, and only what the record can show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import fill
from typing import NamedTuple

from qa_toolkit.domain.chasing import DEFAULT, Chase, Ladder, Rung
from qa_toolkit.domain.dates import day_of, show_date
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.text import shorten
from qa_toolkit.store.workspace import Workspace, audit_of
from qa_toolkit.workflow.owing import ActionDue, Waiting

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


ACTION_TONES = {
    Rung.OWNER: "These actions are due soon, or have gone past their day. Can you say how they go?",
    Rung.AGENCY_LEAD: "Actions of your agency have gone past their day. Can you help to free the time for them?",
    Rung.QA_GROUP: "Actions of this agency are well past their day. Please ask what stands in the way, and help.",
    Rung.BUSINESS_GROUP: "Actions of this agency are long past their day. Please decide with its head what happens.",
    Rung.MAIN_BOARD: "Actions of this agency are long past their day. Please decide with its head what happens.",
}
"""How a message begins whose step was reached by actions alone; the ladder's own sentences speak of returns."""
_DANGER = "If a child may be in danger, do not wait: telephone."


def worded(workspace: Workspace, chase: Chase, rows: list[Waiting], actions: Sequence[ActionDue] = ()) -> Message:
    """The message of a chase about these returns and actions, as they stand now."""
    agency, name = workspace.agencies()[chase.agency], workspace.partnership().name
    begins = f"{_tone(workspace, chase, rows, bool(actions))} {_before(workspace, rows)}".strip()
    parts = [_to(chase, agency, bool(rows)), begins]
    paragraphs = [_filled(part) for part in parts]
    if rows:
        paragraphs += [_block([_line(one) for one in sorted(rows, key=lambda one: (-one.due.days, one.due.return_id))])]
        audits = workspace.audits()
        of = dict.fromkeys(audit_of(one.due.return_id) for one in rows)
        paragraphs.append(_filled(f"For: {'; '.join(f'{id}, {audits[id].title}' for id in of)}."))
    if actions:
        paragraphs += [_filled("Actions of the plans:"), _block([_action_line(one) for one in actions])]
    about = " and ".join(
        [*([_count(len(rows), "return")] if rows else []), *([_count(len(actions), "action")] if actions else [])]
    )
    paragraphs += [_filled(_closing(chase, bool(rows), bool(actions))), f"Thank you,\n{name}"]
    subject = f"{name}: {about} {'to come from' if rows else 'of'} {agency.name}"
    return Message(chase, agency, subject, "\n\n".join(paragraphs), about)


def _to(chase: Chase, agency: Agency, returns: bool) -> str:
    if not chase.rung.within:
        return f"To {chase.rung.label}, about {agency.name}, which gets a copy"
    whom = "the owners of these actions" if chase.rung is Rung.OWNER and not returns else chase.rung.label
    return f"To {whom}, {agency.name}"


def _tone(workspace: Workspace, chase: Chase, rows: list[Waiting], actions: bool) -> str:
    """The step's own sentence where a return has come so far; what only actions have reached is said of actions.

    Since it was drafted a day may have been promised: then it is the sentence of the step that is reached now.
    """
    ladder = workspace.partnership_shelf.get(Ladder, chase.ladder) or DEFAULT
    most = max((one.due.days for one in rows), default=-10_000)
    if most < chase.day and actions:
        return ACTION_TONES[chase.rung]
    reached = [step for step in ladder.steps if step.day <= min(most, chase.day)]
    return max(reached, key=lambda step: step.day).tone if reached else "Returns are owed."


def _closing(chase: Chase, returns: bool, actions: bool) -> str:
    if not chase.rung.within:
        return "If a child may be in danger, do not wait for the return: telephone." if returns else _DANGER
    asks = []
    if returns:
        asks.append("If a date cannot be kept, tell us which can.")
        asks.append("If your agency holds nothing on a child, a nil return is a return.")
    if actions:
        asks.append("For an action, send how it goes, where its evidence is, or the later day that you ask for.")
    danger = "If a child may be in danger, do not wait for the return: telephone." if returns else _DANGER
    return " ".join([*asks, danger])


def _count(number: int, noun: str) -> str:
    return f"one {noun}" if number == 1 else f"{number} {noun}s"


def _block(lines: list[str]) -> str:
    return "\n".join(_filled(line, initial_indent="  ", subsequent_indent="      ") for line in lines)


def _action_line(one: ActionDue) -> str:
    action, where, late = one.row.action, one.row.standing, one.due.days
    when = "due today" if late == 0 else f"{days(late)} late" if late > 0 else f"in {days(-late)}"
    done = f", {where.progress}% done" if where.progress else ""
    return (
        f"{action.id}, {where.state.label.lower()}{done}; due {show_date(action.due)} ({when}): "
        f"{shorten(' '.join(action.text.split()), 200)}"
    )


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
