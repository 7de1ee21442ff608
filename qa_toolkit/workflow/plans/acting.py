"""What each kind of decision does to its subject, as part of a stroke, and the minute that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import day_of, show_date, zone
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Person, Tier
from qa_toolkit.domain.plans.escalation import RUNGS
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting, Stage, rung_of
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.text import clean
from qa_toolkit.workflow.plans.actions import put_proposed
from qa_toolkit.workflow.plans.attending import chair_for, quorum_of, too_near
from qa_toolkit.workflow.plans.due_dates import put_due, put_refusal
from qa_toolkit.workflow.plans.judging import put_escalation
from qa_toolkit.workflow.plans.keeping import Stroke, sentence
from qa_toolkit.workflow.plans.meetings import subject_of
from qa_toolkit.workflow.plans.moving import put_move

ON_ACTIONS = frozenset(
    {Kind.CLOSE, Kind.SEND_BACK, Kind.EXTEND, Kind.REFUSE_DATE, Kind.AGREE, Kind.REJECT, Kind.HOLD, Kind.SUPERSEDE,
     Kind.REOPEN, Kind.ESCALATE}
)  # fmt: skip
"""What can be decided about an action only."""
DATED = frozenset({Kind.CHALLENGE, Kind.ASK_MORE})
"""What names a day on which the meeting wants to hear of it again."""


class Given(NamedTuple):
    """What a decision needs beside its minute; which of it, its kind says."""

    day: date | None = None
    """The new day, the day of review of a hold, when the action that is set is due, or when impact is judged."""
    due_back: date | None = None
    to: str = ""
    """Whom it asks, or the group to which it goes."""
    met: bool = False
    """Of a closure: the group saw the evidence itself, and the measure is met."""
    successor: str = ""
    owner: str = ""
    """Of an action that is set."""
    agency: str = ""
    measure: str = ""


class Sitting(NamedTuple):
    """Where a decision is taken: at a meeting, or by a chair between meetings."""

    tier: Tier
    meeting: Meeting | None
    chair: str

    def reference(self, decision: str) -> str:
        """What steps and dates name as having decided."""
        return self.meeting.id if self.meeting else decision


def put_decision(
    line: Stroke, at: Sitting, subject: str, kind: Kind, text: str, given: Given, *, consent: bool = False
) -> Decision:
    """One decision as part of a stroke: what it does, and its minute."""
    about = subject_of(line.shelf, subject)
    text = clean(text).strip()
    id = line.mint_under(Decision, at.meeting.id, "D") if at.meeting else line.mint(Decision, "CA")
    chair = chair_for(line.shelf, at.meeting, about) if at.meeting else at.chair
    _check_chair(line, at, about, chair)
    if kind in ON_ACTIONS:
        line.get(Action, about)
    if kind in DATED and (given.due_back is None or given.due_back <= line.today):
        raise InputError("Name a day to come on which the group wants to hear of it: it comes back by itself then.")
    made = _ACTS[kind](line, Doing(at, about, text, given, at.reference(id), line.workspace.people()[chair]))
    decision = Decision(
        id=id, meeting=at.meeting.id if at.meeting else "", tier=at.tier.id, item=about, subject=made.subject,
        kind=kind, text=made.text, at=line.now, by=line.by, chair=chair, consent=consent,
        quorate=quorum_of(line.workspace, line.shelf, at.meeting, about).met if at.meeting else True,
        due_back=given.due_back, to=made.to,
    )  # fmt: skip
    line.put(decision)
    return decision


class Doing(NamedTuple):
    """One decision being carried out."""

    at: Sitting
    subject: str
    text: str
    given: Given
    reference: str
    chair: Person
    """Who chairs it: it is the chair, not whoever writes it down, who must not stand too near."""


class Done(NamedTuple):
    """What came of it."""

    subject: str
    text: str
    to: str = ""


def _check_chair(line: Stroke, at: Sitting, about: str, chair: str) -> None:
    person = line.workspace.people()[chair]
    if at.meeting is not None:
        if said := too_near(line.shelf, at.meeting, about, person):
            way = f"`qa meeting hand-over {at.meeting.id} {about} WHO` names who chairs this item."
            raise NotAllowed(f"{said} {way}")
    elif said := too_near(line.shelf, Meeting(id="", tier="", day=line.today, papers=line.today), about, person):
        raise NotAllowed(f"{said} It waits for the meeting, or for another chair.")


def _close(line: Stroke, do: Doing) -> Done:
    thread = line.thread(do.subject)
    if do.given.met and thread.state is State.SUBMITTED:
        reason = sentence(do.text, f"Say in a sentence what the group saw that {do.subject} meets its measure.")
        put_move(line, Deed.VERIFY, do.subject, reason=reason, met=True, impact_due=do.given.day,
                 meeting=do.reference, decider=do.chair)  # fmt: skip
        thread = line.thread(do.subject)
    put_move(line, Deed.CLOSE, do.subject, reason=do.text, meeting=do.reference, decider=do.chair)
    verified = next((step for step in reversed(thread.steps) if step.deed is Deed.VERIFY), None)
    if do.text or verified is None:
        return Done(do.subject, do.text)
    who = line.workspace.people()[verified.by].name
    day = show_date(day_of(verified.at, zone(line.workspace.partnership().zone)))
    return Done(do.subject, f"{who} verified it on {day}: {verified.reason}")


def _by_step(deed: Deed) -> Callable[[Stroke, Doing], Done]:
    def act(line: Stroke, do: Doing) -> Done:
        put_move(
            line, deed, do.subject, reason=do.text, review=do.given.day, successor=do.given.successor,
            meeting=do.reference, decider=do.chair,
        )  # fmt: skip
        more = ""
        if deed is Deed.HOLD and do.given.day:
            more = f" Looked at again on {show_date(do.given.day)}."
        if deed is Deed.SUPERSEDE and do.given.successor:
            more = f" {do.given.successor.strip().upper()} takes its place."
        return Done(do.subject, (do.text or "As proposed.") + more)

    return act


def _extend(line: Stroke, do: Doing) -> Done:
    thread = line.thread(do.subject)
    asked = thread.wants_later_day
    day = do.given.day or (asked.new if asked else None)
    if day is None:
        raise InputError(f"No later day is asked for {do.subject}: name the new day.")
    reason = do.text or (asked.reason if asked else "")
    change = put_due(line, do.subject, day, reason, do.at.tier.name, meeting=do.reference)
    return Done(do.subject, f"{show_date(change.new)} instead of {show_date(change.old)}: {change.reason}")


def _refuse_date(line: Stroke, do: Doing) -> Done:
    reason = sentence(do.text, f"Say in a sentence why {do.subject} gets no later day.")
    asked = put_refusal(line, do.subject)
    due = line.thread(do.subject).action.due
    return Done(do.subject, f"{show_date(asked.new)} was asked for; it stays due on {show_date(due)}: {reason}")


def _escalate(line: Stroke, do: Doing) -> Done:
    to = _rung(line, do)
    put_escalation(line, do.subject, to, do.text, meeting=do.reference)
    return Done(do.subject, do.text, to.label)


def _rung(line: Stroke, do: Doing) -> Rung:
    wanted = do.given.to.strip().lower().replace("-", "_")
    if wanted:
        found = next((rung for rung in Rung if rung.value == wanted), None)
        if found is None:
            known = ", ".join(rung.value.replace("_", "-") for rung in Rung)
            raise InputError(f"“{do.given.to}” is no step of the ladder: there are {known}.")
        return found
    own = rung_of(do.at.tier)
    place = RUNGS.index(own) + 1 if own else len(RUNGS)
    if place == len(RUNGS):
        raise InputError(f"Name the group to which the {do.at.tier.name} takes {do.subject}.")
    return RUNGS[place]


def _challenge(line: Stroke, do: Doing) -> Done:
    text = sentence(do.text, "Say in a sentence what the group does not accept, and what it wants to see.")
    if line.shelf.get(Action, do.subject) is not None and line.thread(do.subject).state in (
        State.SUBMITTED, State.VERIFIED,
    ):  # fmt: skip
        put_move(line, Deed.SEND_BACK, do.subject, reason=text, meeting=do.reference, decider=do.chair)
    return Done(do.subject, text, _asked(line, do))


def _ask_more(line: Stroke, do: Doing) -> Done:
    return Done(do.subject, sentence(do.text, "Say in a sentence what the group asks for."), _asked(line, do))


def _asked(line: Stroke, do: Doing) -> str:
    """Whom it asks: as was said, else the owner."""
    if do.given.to:
        return clean(do.given.to, limit=200).strip()
    action = line.shelf.get(Action, do.subject)
    if action is None:
        return do.subject.partition(":")[2]
    return action.owner_role or action.owner or action.outside or action.agency


def _set_action(line: Stroke, do: Doing) -> Done:
    if do.given.day is None:
        raise InputError("Name the day on which the action is due.")
    plan = _own_plan(line, do.at.tier)
    about = {"finding": do.subject} if do.subject.startswith("F-") else {}
    made = put_proposed(
        line, plan.id, do.text, due=do.given.day, owner=do.given.owner, agency=do.given.agency, tier=do.at.tier.id,
        measure=do.given.measure, **about,
    )  # fmt: skip
    put_move(line, Deed.AGREE, made.id, meeting=do.reference, decider=do.chair)
    return Done(made.id, f"{made.text} By {show_date(made.due)}.", made.owner or made.agency)


def _own_plan(line: Stroke, tier: Tier) -> Plan:
    """The plan of what the group sets itself; made with the first."""
    plans = line.shelf.all(Plan).values()
    found = next((one for one in plans if one.source is Source.MEETING and one.tier == tier.id and not one.ended), None)
    if found is None:
        found = Plan(
            id=line.mint(Plan, "AP"), title=f"Actions of the {tier.name} itself", source=Source.MEETING,
            owner=tier.name, tier=tier.id, opened=line.today,
        )  # fmt: skip
        line.put(found)
    return found


def _approve(line: Stroke, do: Doing) -> Done:
    minutes = line.get(Meeting, do.subject)
    here = do.at.meeting
    if here is None or minutes.id == here.id or minutes.tier != do.at.tier.id:
        raise InputError(f"The minutes of {minutes.id} are approved at another meeting of the same group.")
    if minutes.stage is not Stage.DRAFT:
        raise InputError(f"{minutes.id} has no draft minutes to approve: {minutes.stage.label.lower()}.")
    line.put(minutes.model_copy(update={"approved_by": here.id, "approved_at": line.now}))
    return Done(minutes.id, do.text or "As a true record, with the corrections that are dated in them.")


def _ratify(line: Stroke, do: Doing, *, refused: bool = False) -> Done:
    one = line.get(Decision, do.subject)
    if not one.to_ratify or do.at.meeting is None or one.meeting == do.at.meeting.id:
        raise InputError(f"{one.id} does not wait to be ratified by this meeting.")
    if one.tier != do.at.tier.id:
        raise InputError(f"{one.id} was decided for another group, which ratifies it.")
    if not quorum_of(line.workspace, line.shelf, do.at.meeting, do.subject).met:
        raise InputError(f"A meeting without a quorum cannot ratify {one.id}: it waits for the next.")
    if refused:
        why = sentence(do.text, f"Say in a sentence why the group does not stand by {one.id}.")
        line.put(one.model_copy(update={"refused_by": do.at.meeting.id}))
        left = f" What it did to {one.subject} stays until the group decides on that." if one.subject else ""
        return Done(one.id, f"{why}{left}")
    line.put(one.model_copy(update={"ratified_by": do.at.meeting.id}))
    return Done(one.id, do.text or f"{one.kind.label}: {one.text}")


def _not_ratified(line: Stroke, do: Doing) -> Done:
    return _ratify(line, do, refused=True)


def _note(line: Stroke, do: Doing) -> Done:
    return Done(do.subject, do.text or "Nothing more is asked.")


_ACTS: dict[Kind, Callable[[Stroke, Doing], Done]] = {
    Kind.CLOSE: _close, Kind.SEND_BACK: _by_step(Deed.SEND_BACK), Kind.EXTEND: _extend,
    Kind.REFUSE_DATE: _refuse_date, Kind.AGREE: _by_step(Deed.AGREE), Kind.REJECT: _by_step(Deed.REJECT),
    Kind.HOLD: _by_step(Deed.HOLD), Kind.SUPERSEDE: _by_step(Deed.SUPERSEDE), Kind.REOPEN: _by_step(Deed.REOPEN),
    Kind.ESCALATE: _escalate, Kind.CHALLENGE: _challenge, Kind.ASK_MORE: _ask_more, Kind.SET_ACTION: _set_action,
    Kind.APPROVE_MINUTES: _approve, Kind.RATIFY: _ratify, Kind.NOT_RATIFIED: _not_ratified,
    Kind.NOTE: _note,
}  # fmt: skip
