"""Where plans, recommendations, actions and meetings are kept: one file, so that a decision stands with what it decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.people import Kept
from qa_toolkit.domain.plans.records import Action, Plan, Recommendation
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.text import clean
from qa_toolkit.store.shelf import R, Shelf
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Change, Seen, Workspace


@contextmanager
def changing(
    workspace: Workspace, *, by: str, did: str, now: datetime, why: str | None = None, seen: Seen | None = None
) -> Iterator[Change]:
    """One verb, one line of the actions' file, which is begun with the first."""
    if not workspace.folder.exists(ACTIONS):
        _begin(workspace, by, now)
    with workspace.change(ACTIONS, by=by, did=did, why=why, now=now, seen=seen) as change:
        yield change


def _begin(workspace: Workspace, by: str, now: datetime) -> None:
    """The file for a workspace that was made before there was one. Refused where the records say it was begun."""
    _ = workspace.actions_shelf
    workspace.begin(ACTIONS, by=by, did="began the action plans", now=now)
    with workspace.change(PARTNERSHIP, by=by, did="began the action plans", now=now) as change:
        change.put(Kept(id=ACTIONS, since=now))


def find(workspace: Workspace, kind: type[R], id: str) -> R:
    """The record of that kind with that id, whatever the case of its letters.

    Raises:
        NotFound: There is none.
    """
    found = workspace.actions_shelf.get(kind, id.strip().upper())
    if found is None:
        command = {Action: "action", Plan: "plan", Recommendation: "recommendation"}.get(kind, "meeting")
        raise NotFound(f"There is no {command} {id.strip()}. `qa {command} list` shows those there are.")
    return found


def mint(shelf: Shelf, kind: type[Record], letter: str, day: date) -> str:
    """The next id of the year, `A-2026-031`: numbers are never given twice."""
    prefix = f"{letter}-{day.year}-"
    return f"{prefix}{next_number(prefix, shelf.journal.ever(kind.table)):03}"


def mint_under(shelf: Shelf, kind: type[Record], owner: str, letter: str, width: int = 2) -> str:
    """The next id of something that belongs to an action or a meeting, `A-2026-031/U07`."""
    prefix = f"{owner}/{letter}"
    return f"{prefix}{next_number(prefix, shelf.ids_under(kind, owner)):0{width}}"


def sentence(text: str, otherwise: str, least: int = 10) -> str:
    """The text, if it is at least a short sentence.

    Raises:
        InputError: It is not; `otherwise` says what is wanted.
    """
    text = clean(text).strip()
    if len(text) < least:
        raise InputError(otherwise)
    return text
