"""Who is at a meeting: who came, who declared an interest, who chairs which item, and whether it may decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.lifecycle import independent
from qa_toolkit.domain.plans.meetings import Attendee, Came, Handover, Interest, Meeting, Quorum, Stage, quorum
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.text import clean
from qa_toolkit.store.shelf import Shelf
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.keeping import Stroke, find, organiser, sentence, stroke
from qa_toolkit.workflow.plans.meetings import find_under, last_before, running, subject_of, tier_of


def attend(
    workspace: Workspace,
    meeting_id: str,
    who: Iterable[str],
    came: Came = Came.PRESENT,
    *,
    instead_of: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Meeting:
    """Who was there, sent a deputy or apologies, or stayed away; said again, the later word counts.

    A guest is a role and an agency, `practice manager=health`.

    Raises:
        InputError: Nobody is named, an agency is not here, a deputy stands for nobody, or the minutes are approved.
    """
    with stroke(workspace, by=by, did="recorded who came to a meeting", now=now, today=today, seen=seen) as line:
        organiser(line.person, "record who came")
        meeting = running(line.get(Meeting, meeting_id), "who came")
        named = [_attendee(line, text, came, instead_of) for text in who]
        if not named:
            raise InputError("Name at least one person, as handle@agency, or a role and an agency: ROLE=AGENCY.")
        if came is Came.DEPUTY:
            if len(named) != 1 or not instead_of.strip():
                raise InputError("A deputy comes for one person: name one deputy, and in whose place they come.")
            missed = _attendee(line, instead_of, Came.APOLOGIES, "")
            named.append(missed)
        gone = next((one for one in named if one.who == meeting.chair and not one.came.there), None)
        if gone is not None and meeting.stage is Stage.OPEN:
            raise InputError(f"{gone.who} is in the chair: name another chair of {meeting.id} first.")
        others = [one for one in meeting.attendees if one.who not in {new.who for new in named}]
        line.put(meeting.model_copy(update={"attendees": (*others, *named)}))
    return find(workspace, Meeting, meeting_id)


def declare_interest(
    workspace: Workspace, meeting_id: str, subject: str, who: str, why: str, *, by: str, now: datetime, today: date
) -> Interest:
    """A declared interest in one item: who declares it takes no part there, and does not count for its quorum."""
    why = sentence(why, "Say in a few words what the interest is.", least=4)
    with stroke(workspace, by=by, did="recorded a declared interest", now=now, today=today) as line:
        organiser(line.person, "record an interest")
        meeting = running(line.get(Meeting, meeting_id))
        about, named = subject_of(line.shelf, subject), _present(line, meeting, who)
        made = Interest(id=f"{meeting.id}/{about}/{named}", meeting=meeting.id, subject=about, who=named, why=why)
        line.put(made)
    return find_under(workspace, Interest, made.id)


def hand_over(
    workspace: Workspace, meeting_id: str, subject: str, to: str, *, by: str, now: datetime, today: date
) -> Handover:
    """Another chair for one item: the chair is of the agency that owns it, or declared an interest.

    Raises:
        InputError: That person is not there.
        NotAllowed: They stand too near to it themselves.
    """
    with stroke(workspace, by=by, did="handed the chair over for an item", now=now, today=today) as line:
        organiser(line.person, "hand the chair over")
        meeting = running(line.get(Meeting, meeting_id))
        about = subject_of(line.shelf, subject)
        person = line.workspace.people().get(to.strip().lower())
        attendee = meeting.attendee(person.id) if person else None
        if person is None or attendee is None or not attendee.came.there:
            raise InputError(f"“{to}” is not recorded as present at {meeting.id}, so cannot take the chair.")
        if said := too_near(line.shelf, meeting, about, person):
            raise NotAllowed(said)
        made = Handover(id=f"{meeting.id}/{about}", meeting=meeting.id, subject=about, to=person.id)
        line.put(made)
    return find_under(workspace, Handover, made.id)


# --- what others ask


INVITED = (Role.COORDINATOR, Role.CHAIR, Role.QA_GROUP, Role.AGENCY_LEAD, Role.SCRUTINEER)
"""Whoever has one of these roles is expected at a meeting."""


def expected(workspace: Workspace, meeting: Meeting, *, today: date) -> dict[str, str]:
    """Who may come, with their agency: of whom something is recorded already, who was at the table of the group's last
    meeting, and whoever has a role in meetings."""
    known = workspace.people()
    last = last_before(workspace.actions_shelf.all(Meeting).values(), meeting)
    found = {one.who: one.agency for one in meeting.attendees}
    for one in last.attendees if last else ():
        # A deputy came for somebody else that day; whoever has left comes no more.
        if one.came is not Came.DEPUTY and (one.who not in known or known[one.who].active(today)):
            found.setdefault(one.who, one.agency)
    for id, person in sorted(known.items(), key=lambda item: (item[1].agency, item[0])):
        if person.is_(*INVITED) and person.active(today):
            found.setdefault(id, person.agency)
    return found


def quorum_of(workspace: Workspace, shelf: Shelf, meeting: Meeting, subject: str = "") -> Quorum:
    """Whether the meeting may decide, or decide on one item: without those who declared an interest in it."""
    aside = [one.who for one in interests(shelf, meeting.id) if subject and one.subject == subject]
    chaired = meeting.model_copy(update={"chair": chair_for(shelf, meeting, subject)}) if subject else meeting
    return quorum(chaired, tier_of(workspace, meeting), workspace.agencies(), aside)


def chair_for(shelf: Shelf, meeting: Meeting, subject: str) -> str:
    """Who is in the chair for one item."""
    other = shelf.get(Handover, f"{meeting.id}/{subject}")
    return other.to if other else meeting.chair


def interests(shelf: Shelf, meeting_id: str) -> list[Interest]:
    """The interests that were declared at a meeting."""
    return [one for one in shelf.all(Interest).values() if one.meeting == meeting_id]


def too_near(shelf: Shelf, meeting: Meeting, subject: str, person: Person) -> str:
    """Why somebody cannot chair an item, in a sentence; empty if they can."""
    if shelf.get(Interest, f"{meeting.id}/{subject}/{person.id}") is not None:
        return f"{person.name} declared an interest in {subject}, so cannot chair it."
    action = shelf.get(Action, subject)
    if action is not None and not independent(person, action.owner, action.agency):
        whose = "owns" if person.id == action.owner else f"is of {person.agency}, which owns"
        return f"{person.name} {whose} {subject}, so cannot chair it."
    return ""


def _attendee(line: Stroke, text: str, came: Came, instead_of: str) -> Attendee:
    who, equals, agency = clean(text, limit=200).partition("=")
    who, agency = who.strip(), agency.strip().lower()
    person = line.workspace.people().get(who.lower())
    if person is not None:
        return Attendee(who=person.id, agency=person.agency, came=came, instead_of=clean(instead_of).strip())
    if "@" in who or not equals:
        raise InputError(
            f"“{who}” is not one of the people here. For a guest give a role and an agency, such as “practice "
            "manager=health”."
        )
    if agency not in line.workspace.agencies():
        raise InputError(f"There is no agency {agency or '(none)'}. `qa agencies list` shows those there are.")
    if len(who) < 3:
        raise InputError("Say which role the guest has, such as “practice manager=health”.")
    return Attendee(who=who, agency=agency, came=came, instead_of=clean(instead_of).strip())


def _present(line: Stroke, meeting: Meeting, who: str) -> str:
    attendee = meeting.attendee(who.strip()) or meeting.attendee(who.strip().lower())
    if attendee is None or not attendee.came.there:
        raise InputError(f"“{who.strip()}” is not recorded as present at {meeting.id}. `qa meeting attend` records it.")
    return attendee.who
