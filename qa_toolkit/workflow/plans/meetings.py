"""The life of a meeting: planned, changed, opened, a return opened from it, ended; and which there are.

Who is there, and who chairs which item, is in `attending`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, StoreError
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.meetings import (
    Attendee,
    Meeting,
    Opened,
    Stage,
)
from qa_toolkit.domain.text import clean
from qa_toolkit.store import filed
from qa_toolkit.store.shelf import R, Shelf
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow import returns
from qa_toolkit.workflow.plans.keeping import Stroke, find, known_tier, organiser, sentence, stroke


def plan_meeting(
    workspace: Workspace,
    tier: str,
    day: date,
    *,
    papers: date | None = None,
    chair: str = "",
    by: str,
    now: datetime,
    today: date,
) -> Meeting:
    """A meeting to come, under the next number of the year; papers are made a week before unless it says otherwise.

    Raises:
        InputError: The papers would come after the meeting, or the chair or the group is not here.
    """
    with stroke(workspace, by=by, did="planned a meeting", now=now, today=today) as line:
        organiser(line.person, "plan a meeting")
        made = Meeting(
            id=line.mint(Meeting, "M"), tier=known_tier(workspace, tier.strip().lower()), day=day,
            papers=papers or max(min(today, day), date.fromordinal(day.toordinal() - 7)),
            chair=_chair(line, chair) if chair else "",
        )  # fmt: skip
        line.put(_checked(made))
    return find(workspace, Meeting, made.id)


def change_meeting(
    workspace: Workspace, meeting_id: str, *, day: date | None = None, papers: date | None = None, chair: str = "",
    seen: Seen | None = None, by: str, now: datetime, today: date,
) -> Meeting:  # fmt: skip
    """The meeting on another day, with another papers date or chair."""
    with stroke(workspace, by=by, did="changed a meeting", now=now, today=today, seen=seen) as line:
        organiser(line.person, "change a meeting")
        meeting = running(line.get(Meeting, meeting_id))
        update: dict[str, Any] = {}
        if (day or papers) and meeting.stage is not Stage.PLANNED:
            raise InputError(f"{meeting.id} has been opened, so its days stay as they are.")
        if day:
            update["day"] = day
        if papers:
            update["papers"] = papers
        if chair:
            update["chair"] = _chair(line, chair)
        line.put(_checked(_with_chair(line, meeting.model_copy(update=update))))
    return find(workspace, Meeting, meeting_id)


def cancel_meeting(workspace: Workspace, meeting_id: str, why: str, *, by: str, now: datetime, today: date) -> Meeting:
    """A meeting that does not take place, with the reason; what was to come before it comes before the next."""
    why = sentence(why, "Say in a sentence why it does not take place.")
    with stroke(workspace, by=by, did="cancelled a meeting", now=now, today=today, why=why) as line:
        organiser(line.person, "cancel a meeting")
        meeting = line.get(Meeting, meeting_id)
        if meeting.stage is not Stage.PLANNED:
            raise InputError(f"{meeting.id} is no longer to come ({meeting.stage.label.lower()}), so it stays.")
        line.put(meeting.model_copy(update={"cancelled": why}))
    return find(workspace, Meeting, meeting_id)


def open_meeting(
    workspace: Workspace, meeting_id: str, *, chair: str = "", by: str, now: datetime, today: date
) -> Meeting:
    """The meeting begun, with somebody in the chair; from now on it can decide.

    Raises:
        InputError: It is not to come, its day has not come, or nobody is in the chair.
    """
    with stroke(workspace, by=by, did="opened a meeting", now=now, today=today) as line:
        organiser(line.person, "open a meeting")
        meeting = line.get(Meeting, meeting_id)
        if meeting.stage is not Stage.PLANNED:
            raise InputError(f"{meeting.id} cannot be opened: it is {_stage(meeting)}.")
        if meeting.day > today:
            raise InputError(f"{meeting.id} is on {show_date(meeting.day)}, which is to come: change its day first.")
        who = _chair(line, chair) if chair else meeting.chair
        if not who:
            raise InputError(f"Name who is in the chair of {meeting.id}: `qa meeting open {meeting.id} --chair WHO`.")
        # Papers of a day to come would let updates in while it sits.
        update = {"chair": who, "opened_at": now, "papers": min(meeting.papers, today)}
        line.put(_with_chair(line, meeting.model_copy(update=update)))
    return find(workspace, Meeting, meeting_id)


def end_meeting(
    workspace: Workspace, meeting_id: str, unreached: Iterable[str], *, by: str, now: datetime, today: date
) -> Meeting:
    """The meeting ended: what was not reached carries over, and where the record stood is filed under a code."""
    try:
        code = filed.keep(workspace.folder)
    except StoreError:
        # A damaged file elsewhere does not keep a group in its room; the minutes say that they carry no code.
        code = ""
    with stroke(workspace, by=by, did="ended a meeting", now=now, today=today) as line:
        organiser(line.person, "end a meeting")
        meeting = sitting(line.get(Meeting, meeting_id))
        line.put(meeting.model_copy(update={"ended_at": now, "carried": tuple(unreached), "head": code}))
    return find(workspace, Meeting, meeting_id)


def open_return(
    workspace: Workspace, meeting_id: str, return_id: str, why: str, *, by: str, now: datetime, today: date
) -> Opened:
    """A return opened from a meeting, which is written down: the meeting's own papers stop at the finding.

    Raises:
        InputError: No reason, or the meeting is not sitting.
        NotAllowed: The group's papers hold nothing of single cases, or this person may not read the return.
    """
    why = sentence(why, "Say in a sentence why the group has to look at the return itself.")
    with stroke(workspace, by=by, did="opened a return in a meeting", now=now, today=today, why=why) as line:
        organiser(line.person, "open a return in a meeting")
        meeting = sitting(line.get(Meeting, meeting_id))
        tier = tier_of(workspace, meeting)
        if tier.audience not in ("case", "panel", "qa_group"):
            raise NotAllowed(f"The {tier.name} is shown nothing of single cases, so no return is opened there.")
        at = returns.opened(workspace, return_id)
        returns.readable(workspace, at, by)
        made = Opened(
            id=line.mint_under(Opened, meeting.id, "O"), meeting=meeting.id, return_id=at.ret.id, why=why, by=by, at=now
        )
        line.put(made)
    return find_under(workspace, Opened, made.id)


# --- what others ask of a meeting


def find_under(workspace: Workspace, kind: type[R], id: str) -> R:
    """The record of a meeting with that id; ids of some of them hold small letters."""
    stored = workspace.actions_shelf.get(kind, id)
    if stored is None:
        raise NotFound(f"There is no record {id} of a meeting.")
    return stored


def meetings(workspace: Workspace, tier: str = "") -> list[Meeting]:
    """The meetings of a group, or of all, by their day."""
    found = workspace.actions_shelf.all(Meeting).values()
    return sorted((one for one in found if tier in ("", one.tier)), key=lambda one: (one.day, one.id))


def tier_of(workspace: Workspace, meeting: Meeting) -> Tier:
    """The group that meets."""
    return workspace.partnership_shelf.all(Tier)[meeting.tier]


def last_before(known: Iterable[Meeting], meeting: Meeting) -> Meeting | None:
    """Of these, the meeting of the same group that ended last before this one."""
    held = [one for one in known if one.tier == meeting.tier and one.ended_at is not None and one.id != meeting.id]
    earlier = [one for one in held if meeting.opened_at is None or str(one.ended_at) <= str(meeting.opened_at)]
    return max(earlier, key=lambda one: str(one.ended_at), default=None)


def next_or_sitting(workspace: Workspace, tier: str = "") -> Meeting | None:
    """The meeting that sits, else the one that comes next."""
    found = [one for one in meetings(workspace, tier) if one.stage in (Stage.OPEN, Stage.PLANNED)]
    return min(found, key=lambda one: (one.stage is not Stage.OPEN, one.day, one.id), default=None)


def subject_of(shelf: Shelf, text: str) -> str:
    """The key of an item as it is kept: ids in capitals, words such as `returns:police` small."""
    text = clean(text, limit=80).strip()
    key = text.upper() if any(char.isdigit() for char in text) and ":" not in text else text.lower()
    if not key or ("/" in key and not key.startswith("M-")):
        raise InputError(f"“{text}” names no item of an agenda: give its id, such as A-2026-031.")
    return key


def running(meeting: Meeting, what: str = "it") -> Meeting:
    """The meeting, if something of it can still be changed.

    Raises:
        InputError: It was cancelled, or its minutes are approved.
    """
    if meeting.stage in (Stage.CANCELLED, Stage.APPROVED):
        more = f" `qa meeting correct {meeting.id}` adds a dated line." if meeting.stage is Stage.APPROVED else ""
        raise InputError(f"{meeting.id} is {_stage(meeting)}, so {what} is no longer changed.{more}")
    return meeting


def sitting(meeting: Meeting) -> Meeting:
    """The meeting, if it sits.

    Raises:
        InputError: It does not.
    """
    if meeting.stage is Stage.PLANNED:
        raise InputError(f"{meeting.id} has not been opened: `qa meeting open {meeting.id}` opens it.")
    if meeting.stage is not Stage.OPEN:
        raise InputError(f"{meeting.id} is {_stage(meeting)}, so nothing more is decided there.")
    return meeting


_STAGES = {
    Stage.PLANNED: "to come", Stage.OPEN: "sitting already", Stage.DRAFT: "ended",
    Stage.APPROVED: "ended and its minutes approved", Stage.CANCELLED: "cancelled",
}  # fmt: skip


def _stage(meeting: Meeting) -> str:
    return _STAGES[meeting.stage]


def _checked(meeting: Meeting) -> Meeting:
    if meeting.papers > meeting.day:
        raise InputError(
            f"Papers of {show_date(meeting.papers)} would come after the meeting on {show_date(meeting.day)}: "
            "give an earlier day."
        )
    return meeting


def _chair(line: Stroke, who: str) -> str:
    person = line.workspace.people().get(who.strip().lower())
    if person is None:
        raise InputError(f"“{who.strip()}” is not one of the people here, so cannot chair: `qa people list`.")
    return person.id


def _with_chair(line: Stroke, meeting: Meeting) -> Meeting:
    """The meeting with its chair among those present, once it sits."""
    attendee = meeting.attendee(meeting.chair)
    if meeting.opened_at is None or not meeting.chair or (attendee is not None and attendee.came.there):
        return meeting
    others = tuple(one for one in meeting.attendees if one.who != meeting.chair)
    agency = line.workspace.people()[meeting.chair].agency
    return meeting.model_copy(update={"attendees": (Attendee(who=meeting.chair, agency=agency), *others)})
