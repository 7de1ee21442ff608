"""Taking back what was done to plans, actions and meetings: one new line that puts back what was, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.dates import day_of, show_moment, zone
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.meetings import Meeting
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.reasons import Reason
from qa_toolkit.domain.text import clean
from qa_toolkit.domain.undoing import OF_ACTIONS, Stood, Undone, built_on, built_on_words, held
from qa_toolkit.store import exports, undo
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.lines import Line
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans.tracking import may_see


def take_back(
    workspace: Workspace, seq: int | None = None, *, why: str = "", by: str, now: datetime, today: date
) -> Undone:
    """A line of the actions' file taken back: by its number, or else the last that this person wrote.

    Raises:
        NotFound: There is no such line.
        InputError: Something was built on it since, a released pack or approved minutes hold it, or its words are gone.
        NotAllowed: Only who wrote it, a co-ordinator or a chair takes it back.
    """
    person = allowed.active(workspace, by, today)
    journal = workspace.actions_shelf.journal
    seq = seq if seq is not None else _last(journal, by)
    line = journal.line_of(seq)
    did = f"took back line {seq}: {line.did}"
    with workspace.change(ACTIONS, by=by, did=did, now=now) as change:
        past = undo.past(journal, seq)
        if said := _refusal(workspace, journal, past, person):
            raise said
        for after, before in zip(past.after, past.before, strict=True):
            if before.document is not None:
                change.put_plain(before.table, before.id, dict(before.document))
            elif after.document is not None:
                change.drop_plain(after.table, after.id)
        stood = tuple(Stood(table=doc.table, id=doc.id, seq=doc.seq) for doc in past.before)
        change.put(Undone(id=str(seq), did=line.did, by=line.by, why=clean(why).strip(), stood=stood))
    found = workspace.actions_shelf.get(Undone, str(seq))
    assert found is not None
    return found


def _last(journal: Journal, by: str) -> int:
    found = undo.last_of(journal, by)
    if found is None:
        raise NotFound(
            "You have recorded nothing in plans, actions or meetings that could be taken back. Anything else is put "
            "right by saying it again: the later word counts, and both stay in the record."
        )
    return found.seq


def _refusal(workspace: Workspace, journal: Journal, past: undo.Past, person: Person) -> InputError | None:
    """Why the line has to stay, or None."""
    seq, line = past.line.seq, past.line
    if line.by != person.id and not person.is_(Role.COORDINATOR, Role.CHAIR):
        return NotAllowed(
            f"Line {seq} is {line.by}’s: it is taken back by them, a co-ordinator or a chair, not by {person.name}."
        )
    if not _may_see(workspace, past, person):
        return NotAllowed(f"Line {seq} is about an action that only its owner, the co-ordinators and the chairs see.")
    if seq in undo.cancelled(journal) and str(seq) in journal.docs(Undone.table):
        return InputError(f"Line {seq} ({line.did}) was taken back already.")
    if any(doc.document is undo.TAKEN_OUT for doc in past.before):
        return InputError(f"What stood before line {seq} was taken out of the record, so it cannot be put back.")
    if (doc := built_on(past.after, past.created, undo.later(journal, seq))) is not None:
        there = next(journal.read_lines(doc.seq, doc.seq))
        words = built_on_words(doc, there.by, there.did, there.at)
        return InputError(f"Line {seq} ({line.did}) cannot be taken back: {words}")
    approved = {id for id, one in workspace.actions_shelf.all(Meeting).items() if one.approved_at is not None}
    if said := held(ACTIONS, seq, past.after, packs=exports.released(workspace.folder), approved=approved):
        return InputError(f"Line {seq} ({line.did}) cannot be taken back: {said}")
    return None


def _may_see(workspace: Workspace, past: undo.Past, person: Person) -> bool:
    ids = {doc.id.partition("/")[0] for doc in past.after if doc.table in OF_ACTIONS}
    actions = (workspace.actions_shelf.get(Action, id) for id in ids)
    return all(action is None or may_see(action, person) for action in actions)


class Takeable(NamedTuple):
    """The line that this person would take back now."""

    seq: int
    on: date
    """The day on which it was written."""
    words: str
    """What it did, to what and when."""


def next_back(workspace: Workspace, *, by: str, today: date) -> Takeable:
    """The last line that this person wrote and that stands.

    Raises:
        QAError: There is none, or it has to stay: in the same words as when it is tried.
    """
    person = allowed.active(workspace, by, today)
    journal = workspace.actions_shelf.journal
    past = undo.past(journal, _last(journal, by))
    if said := _refusal(workspace, journal, past, person):
        raise said
    about = list(dict.fromkeys(doc.id.partition("/")[0] for doc in past.after if doc.table != Reason.table))
    shown = ", ".join(about[:6]) + (f" and {len(about) - 6} more" if len(about) > 6 else "")
    tz = zone(workspace.partnership().zone)
    words = f"Line {past.line.seq}, {show_moment(past.line.at, tz)}: {past.line.did} ({shown})."
    return Takeable(past.line.seq, day_of(past.line.at, tz), words)


class Recent(NamedTuple):
    """A line, and why it has to stay."""

    line: Line
    refused: str
    """In a sentence; empty where it can be taken back."""


def recent(workspace: Workspace, *, by: str, count: int = 10) -> Iterator[Recent]:
    """The latest lines that this person may see, newest first, each with whether it can be taken back."""
    person = allowed.person(workspace, by)
    journal = workspace.actions_shelf.journal
    pages = undo.Pages(journal)
    for seq in range(journal.seq, max(0, journal.seq - count), -1):
        line = pages.line(seq)
        try:
            past = undo.past(journal, seq, pages)
        except InputError as error:
            yield Recent(line, str(error))
            continue
        if _may_see(workspace, past, person):
            said = _refusal(workspace, journal, past, person)
            # Which line it is stands beside it already.
            yield Recent(
                line, str(said).removeprefix(f"Line {seq} ({line.did}) cannot be taken back: ") if said else ""
            )
