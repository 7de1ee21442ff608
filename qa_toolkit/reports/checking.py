"""A pack that was sent, looked at again: is it as it was released, do its figures still come to the same, may it go?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import show_moment
from qa_toolkit.domain.errors import InputError, NotFound, QAError
from qa_toolkit.reports.figures.collecting import digest
from qa_toolkit.reports.making import KINDS, again
from qa_toolkit.reports.own_words import words_of
from qa_toolkit.reports.sending import Paper, hidden_in, looked_through
from qa_toolkit.store import exports
from qa_toolkit.store.exports import Note
from qa_toolkit.store.heads import head_at, workspace_head
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import releasing

FOR_WORK = ("audit tool", "parcel")
"""Kinds that agencies fill in on their own cases."""


class Looked(NamedTuple):
    """One thing that was looked at."""

    ok: bool
    sentence: str


def check(workspace: Workspace, file: Path, *, calendar: WorkingCalendar, now: datetime, today: date) -> list[Looked]:
    """What can be said of a file that was sent.

    Raises:
        NotFound: It is not there, or no note of it is.
    """
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    notes = exports.notes_of(workspace.folder, file)
    if not notes:
        raise NotFound(f"exports/ holds no note of {file.name}: it was not sent from here, or its note is gone.")
    return list(_looked(workspace, file, notes[0], calendar, now, today))


def _looked(
    workspace: Workspace, file: Path, note: Note, calendar: WorkingCalendar, now: datetime, today: date
) -> Iterator[Looked]:
    told = note.contents
    same = told["sha256"] == sha256(file.read_bytes()).hexdigest()
    when = show_moment(datetime.fromisoformat(str(told["at"])))
    yield Looked(
        same,
        f"{file.name} is byte for byte as {told['by']} released it on {when}, for {told['audience']}."
        if same
        else f"{file.name} was changed after {told['by']} released it on {when}, for {told['audience']}.",
    )
    if told["kind"] not in KINDS:
        yield _record(workspace, told)
        yield from _own_words(workspace, file, told, today, same=same)
        return
    try:
        paper = again(workspace, told, calendar, now)
    except InputError as fault:
        yield Looked(False, f"It could not be made again: {fault}")
        return
    except QAError as fault:
        yield Looked(False, f"What it was made from can no longer be read ({fault}); what the note says still stands.")
        return
    yield _figures(paper, told)
    yield from _text(workspace, paper, today)
    yield _numbers(paper, told)


def _record(workspace: Workspace, told: dict[str, object]) -> Looked:
    """What is not made from the figures: whether the record still has the lines that it was made from."""
    try:
        stood = dict(told["stood"])  # type: ignore[call-overload]
        found = [head_at(workspace.folder, str(name), int(seq)) for name, seq in stood.items()]
    except (KeyError, TypeError, ValueError):
        return Looked(False, "Its note does not say where the record stood when it was made.")
    except QAError as fault:
        return Looked(False, f"What it was made from is not there any more: {fault} `qa verify` says more.")
    if workspace_head(found) != told.get("state"):
        return Looked(False, "The record was rewritten since it was made: `qa verify` says where.")
    return Looked(True, "The record still has every line that it was made from.")


def _own_words(
    workspace: Workspace, file: Path, told: dict[str, object], today: date, *, same: bool
) -> Iterator[Looked]:
    """Its own text, looked through again with what has been decided by now."""
    if told["kind"] in FOR_WORK:
        yield Looked(True, "It goes to those who work on its cases, so its text is not looked through.")
        return
    if not same:
        yield Looked(True, "What others wrote in it is looked at when it is taken in.")
        return
    try:
        audience = Audience(str(told["audience_class"]))
    except (KeyError, ValueError):
        yield Looked(True, "Its note does not say which class it was for, so its text is not looked through again.")
        return
    texts = words_of(file)
    if texts is None:
        yield Looked(True, f"Text in a file of the kind {file.suffix} is not looked through again.")
        return
    found = releasing.looked_through(workspace, texts, audience, today=today)
    undecided = list(dict.fromkeys(one.sentence for one in found if one.handling is None))
    if not undecided:
        yield Looked(True, f"Its text holds nothing undecided; {len(found)} places are let through by name.")
    for sentence in undecided:
        yield Looked(False, f"Nobody has decided on this: {sentence}")


def _figures(paper: Paper, told: dict[str, object]) -> Looked:
    now = digest(paper.figures)
    if now == told.get("figures"):
        return Looked(True, f"Its figures come to the same from the record as it stood (record {paper.figures.head}).")
    return Looked(False, "Its figures come to others now: words were taken out of the record, or it was rewritten. "
                         "`qa verify` says which.")  # fmt: skip


def _text(workspace: Workspace, paper: Paper, today: date) -> Iterator[Looked]:
    found = looked_through(workspace, paper, today=today)
    undecided = [one for one in found if one.handling is None]
    if not undecided:
        yield Looked(True, f"Its text holds nothing undecided; {len(found)} places are let through or changed by name.")
    for sentence in dict.fromkeys(one.sentence for one in undecided):
        yield Looked(False, f"Nobody has decided on this: {sentence}")


def _numbers(paper: Paper, told: dict[str, object]) -> Looked:
    children = paper.figures.children
    if paper.audience.sees_cases:
        return Looked(True, f"Its reader sees single cases ({paper.audience.label}), so small numbers are not hidden.")
    if children is None or not paper.counts_children:
        return Looked(True, "It holds no table of children by facts about them.")
    if children.why_not:
        return Looked(True, children.why_not)
    released = children.released
    if sorted(hidden_in(paper)) != told.get("hidden"):
        return Looked(False, "Other numbers of children would be hidden now than then: hold it back and make it anew.")
    return Looked(
        True, f"{len(released.hidden)} numbers of children are hidden, and none can be worked out from what is shown "
        f"({released.rules.name}), nor with a pack that was given out before it; {released.kept:.0%} are shown.",
    )  # fmt: skip
