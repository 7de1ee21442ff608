"""Minutes: corrected by dated lines, gathered for print, and held against the record by the code in their footer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import InputError, StoreError
from qa_toolkit.domain.people import Person, Tier
from qa_toolkit.domain.plans.agenda_items import Item
from qa_toolkit.domain.plans.meetings import (
    Correction,
    Decision,
    Interest,
    Meeting,
    Opened,
    Quorum,
    Stage,
)
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store import filed, heads
from qa_toolkit.store.names import file_of
from qa_toolkit.store.shelf import Shelf
from qa_toolkit.store.workspace import Workspace, audit_of
from qa_toolkit.workflow.plans.agenda import Papers, items, papers
from qa_toolkit.workflow.plans.attending import interests, quorum_of
from qa_toolkit.workflow.plans.keeping import find, organiser, sentence, stroke
from qa_toolkit.workflow.plans.meetings import meetings


class Minutes(NamedTuple):
    """Everything that the minutes of a meeting say."""

    meeting: Meeting
    tier: Tier
    papers: Papers
    quorum: Quorum
    items: tuple[Item, ...]
    decisions: tuple[Decision, ...]
    interests: tuple[Interest, ...]
    opened: tuple[Opened, ...]
    whose: Mapping[str, str]
    """Of each return that was opened, the audit and the agency: its number names a child’s case."""
    corrections: tuple[Correction, ...]
    approved_by: Meeting | None
    people: Mapping[str, Person]
    sensitive: frozenset[str]
    """Actions whose text is not for the group."""
    titles: Mapping[str, str]
    """Of the actions that were decided on."""

    def name(self, who: str) -> str:
        """A person by name and agency; a guest by role."""
        person = self.people.get(who)
        return f"{person.name} ({person.agency})" if person else who


def minutes(workspace: Workspace, meeting_id: str, *, now: datetime, today: date, calendar: WorkingCalendar) -> Minutes:
    """The minutes as they stand.

    Raises:
        InputError: The meeting has not been opened.
    """
    meeting = find(workspace, Meeting, meeting_id)
    if meeting.stage in (Stage.PLANNED, Stage.CANCELLED):
        raise InputError(f"{meeting.id} has no minutes: it is {meeting.stage.label.lower()}.")
    at = papers(workspace, meeting.id, now=now, today=today, calendar=calendar)
    shelf = workspace.actions_shelf
    return Minutes(
        meeting=meeting, tier=at.tier, papers=at, quorum=quorum_of(workspace, shelf, meeting),
        items=items(workspace, at), decisions=shelf.under(Decision, meeting.id),
        interests=tuple(interests(shelf, meeting.id)), opened=shelf.under(Opened, meeting.id),
        whose={one.return_id: _whose(workspace, one.return_id) for one in shelf.under(Opened, meeting.id)},
        corrections=shelf.under(Correction, meeting.id),
        approved_by=find(workspace, Meeting, meeting.approved_by) if meeting.approved_by else None,
        people=workspace.people(),
        sensitive=hidden(workspace), titles=_titles(shelf, meeting.id),
    )  # fmt: skip


def _whose(workspace: Workspace, return_id: str) -> str:
    audit = audit_of(return_id)
    owed = workspace.audit(audit).owed(return_id) if audit in workspace.audits() else None
    return f"{audit}, {owed.agency}" if owed is not None else audit


def _titles(shelf: Shelf, meeting_id: str) -> dict[str, str]:
    found = {one.item: shelf.get(Action, one.item) for one in shelf.under(Decision, meeting_id)}
    return {id: action.text for id, action in found.items() if action is not None and not action.sensitive}


def correct(
    workspace: Workspace,
    meeting_id: str,
    text: str,
    *,
    decision: str = "",
    by: str,
    now: datetime,
    today: date,
) -> Correction:
    """A dated correction of the minutes. What was recorded stays as it was, also after approval.

    Raises:
        InputError: No sentence, a decision of another meeting, or the meeting has not ended.
    """
    text = sentence(text, "Say in a sentence what the minutes should say instead.")
    with stroke(workspace, by=by, did="corrected minutes", now=now, today=today) as line:
        organiser(line.person, "correct minutes")
        meeting = line.get(Meeting, meeting_id)
        if meeting.ended_at is None:
            raise InputError(f"{meeting.id} has not ended, so there are no minutes to correct yet.")
        about = line.get(Decision, decision) if decision else None
        if about is not None and about.meeting != meeting.id:
            raise InputError(f"{about.id} was not decided at {meeting.id}.")
        made = Correction(
            id=line.mint_under(Correction, meeting.id, "C"), meeting=meeting.id, on=today, by=by, text=text,
            decision=about.id if about else "",
        )  # fmt: skip
        line.put(made)
    return find(workspace, Correction, made.id)


def decision_log(workspace: Workspace, tier: str = "") -> list[Decision]:
    """Every decision of a group, or of all groups, latest first; chair's actions among them."""
    found = [one for one in workspace.actions_shelf.all(Decision).values() if tier in ("", one.tier)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def hidden(workspace: Workspace) -> frozenset[str]:
    """Ids of the actions whose text is shown to no group."""
    return frozenset(id for id, one in workspace.actions_shelf.all(Action).items() if one.sensitive)


# --- the code in the footer


class Answer(StrEnum):
    """Whether today's record contains what the minutes were made from."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


class Held(NamedTuple):
    """The answer, with its sentence."""

    answer: Answer
    sentence: str


def held_against(workspace: Workspace, code: str) -> Held:
    """Whether today's record contains all that was there when a paper with that code was made."""
    found, where = filed.find(workspace.folder, code), "as filed then"
    if found is None:
        found, where = _worked_out(workspace, code), "as worked out from the records"
    if found is None:
        return Held(
            Answer.CANNOT_TELL,
            f"Cannot tell: no list of where the records stood is filed here under {code}, so it comes from another "
            f"workspace, or exports/heads/{code}.txt was lost. Put that file back from a backup, and ask again.",
        )
    compared = heads.contains(workspace.folder, found)
    wrong = [one for one in compared if not one.ok]
    if wrong:
        said = ", ".join(f"{file_of(one.filed.name)} was {_BECAME[one.change]}" for one in wrong[:3])
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        return Held(Answer.NO, f"No: since {code} was printed, {said}{more}. Keep a copy of the folder as it is.")
    grown = sum(one.change is heads.Change.EXTENDED for one in compared)
    has = "has" if grown == 1 else "have"
    since = f"; {grown} of them {has} grown since" if grown else ", and nothing was added since"
    there = f"{len(compared)} files, {where}{since}"
    return Held(Answer.YES, f"Yes: every line that stood behind {code} is still there ({there}).")


_BECAME = {
    heads.Change.SHORTENED: "cut short", heads.Change.REWRITTEN: "rewritten", heads.Change.DAMAGED: "damaged",
    heads.Change.MISSING: "taken away",
}  # fmt: skip


def _worked_out(workspace: Workspace, code: str) -> tuple[heads.Head, ...] | None:
    """The list behind a meeting's own code, from the moment at which it ended, where no list is filed any more."""
    for meeting in meetings(workspace):
        if meeting.head == code and meeting.ended_at is not None:
            try:
                found = tuple(_before(workspace, name, meeting.ended_at) for name in workspace.folder.list())
            except StoreError:
                return None
            kept = tuple(one for one in found if one.seq)
            return kept if heads.workspace_head(kept).startswith(code) else None
    return None


def _before(workspace: Workspace, name: str, moment: datetime) -> heads.Head:
    """A record's head before the line of that moment."""
    journal = workspace.shelf(name).journal
    seq = journal.seq
    while seq and journal.line_of(seq).at >= moment:
        seq -= 1
    return heads.Head(name, seq, journal.line_of(seq).hash if seq else "")
