"""Decisions: each acts on what it decides, and is minuted, in one line of the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.agenda_items import Section
from qa_toolkit.domain.plans.lifecycle import Part, parts_of
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting, Stage
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.acting import Given, Sitting, put_decision
from qa_toolkit.workflow.plans.agenda import Papers, items
from qa_toolkit.workflow.plans.keeping import Stroke, find, known_tier, organiser, sentence, stroke
from qa_toolkit.workflow.plans.meetings import meetings, sitting, tier_of


def decide(
    workspace: Workspace,
    meeting_id: str,
    subject: str,
    kind: Kind,
    text: str = "",
    given: Given | None = None,
    *,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Decision:
    """One decision with what it does, in one line. `text` is the minute; where it follows from the record, it may be
    left out.

    Raises:
        InputError: The meeting does not sit, or something that the decision needs is missing.
        NotAllowed: The chair is of the agency that owns it, or declared an interest, and has not handed over.
    """
    did = f"decided: {kind.label.lower()}"
    with stroke(workspace, by=by, did=did, now=now, today=today, seen=seen) as line:
        organiser(line.person, "record a decision")
        made = put_decision(line, _at(line, meeting_id), subject, kind, text, given or Given())
    return find_decision(workspace, made.id)


def consent(
    workspace: Workspace,
    papers: Papers,
    subjects: Iterable[str],
    *,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> list[Decision]:
    """The consent list: closures and later days in one vote, each minuted; all of them, or none.

    Raises:
        InputError: Nothing is on it, or something that is contested or asks for something else.
    """
    listed = [subject.strip().upper() for subject in subjects]
    if not listed:
        raise InputError("Nothing is on the consent list, so there is nothing to agree.")
    on_list = {item.key: item for item in items(workspace, papers)}
    with stroke(
        workspace, by=by, did=f"agreed the consent list ({len(listed)})", now=now, today=today, seen=seen
    ) as line:
        organiser(line.person, "record a decision")
        at = _at(line, papers.meeting_id)
        made = []
        for subject in listed:
            item = on_list.get(subject)
            if item is None or not item.consent:
                why = item.contested if item and item.contested else "it is no closure and no later day asked for"
                raise InputError(f"{subject} is decided by itself: {why}.")
            kind = Kind.CLOSE if item.section is Section.CLOSURES else Kind.EXTEND
            made.append(put_decision(line, at, subject, kind, "", Given(), consent=True))
    return [find_decision(workspace, one.id) for one in made]


def chairs_action(
    workspace: Workspace,
    tier: str,
    subject: str,
    kind: Kind,
    text: str,
    given: Given | None = None,
    *,
    chair: str,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Decision:
    """What a chair decides between meetings; it acts at once, and the next meeting ratifies it.

    Raises:
        InputError: A meeting of the group sits now, or the chair is not one of the people here.
        NotAllowed: The chair stands too near to it.
    """
    text = sentence(text, "Say in a sentence why it could not wait for the meeting.")
    did = f"recorded a chair’s action: {kind.label.lower()}"
    with stroke(workspace, by=by, did=did, now=now, today=today, why=text, seen=seen) as line:
        organiser(line.person, "record a chair’s action")
        group = workspace.partnership_shelf.all(Tier)[known_tier(workspace, tier.strip().lower())]
        sits = next((one for one in meetings(workspace, group.id) if one.stage is Stage.OPEN), None)
        if sits is not None:
            raise InputError(f"{sits.id} of the {group.name} is sitting: it decides itself.")
        if kind in (Kind.RATIFY, Kind.NOT_RATIFIED, Kind.APPROVE_MINUTES):
            raise InputError(f"{kind.label} is for a meeting, not for a chair alone.")
        person = workspace.people().get(chair.strip().lower())
        if person is None:
            raise InputError(f"“{chair}” is not one of the people here, so cannot act as chair.")
        made = put_decision(line, Sitting(group, None, person.id), subject, kind, text, given or Given())
    return find_decision(workspace, made.id)


def answer(
    workspace: Workspace, decision_id: str, text: str, *, seen: Seen | None = None, by: str, now: datetime, today: date
) -> Decision:
    """What came back to a decision that asked for something; the next meeting hears it.

    Raises:
        InputError: It asked for nothing, or was answered already.
        NotAllowed: It is answered by the owner of what it is about, the lead of that agency, or a co-ordinator.
    """
    text = sentence(text, "Say in a sentence what came back.")
    with stroke(workspace, by=by, did="answered a meeting", now=now, today=today, seen=seen) as line:
        asked = line.get(Decision, decision_id)
        if asked.due_back is None:
            raise InputError(f"{asked.id} asks for nothing to come back.")
        if asked.answered:
            raise InputError(f"{asked.id} was answered on {show_date(asked.answered_on or today)} already.")
        if not _may_answer(line, asked):
            raise NotAllowed(
                f"{line.person.name} ({by}) may not answer {asked.id}: that is for the owner, the lead of the agency "
                "that is asked, a co-ordinator or a chair."
            )
        line.put(asked.model_copy(update={"answered": text, "answered_by": by, "answered_on": today}))
    return find_decision(workspace, decision_id)


def _may_answer(line: Stroke, asked: Decision) -> bool:
    action = line.shelf.get(Action, asked.subject)
    owner, agency = (action.owner, action.agency) if action else ("", asked.subject.partition(":")[2])
    may = {Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR, Part.CHAIR}
    return bool(parts_of(line.person, owner, agency) & may)


def find_decision(workspace: Workspace, decision_id: str) -> Decision:
    """The decision with that id."""
    return find(workspace, Decision, decision_id)


def _at(line: Stroke, meeting_id: str) -> Sitting:
    meeting = sitting(line.get(Meeting, meeting_id))
    return Sitting(tier_of(line.workspace, meeting), meeting, meeting.chair)
