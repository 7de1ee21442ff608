"""Where an action stands on a day: state, colour, lateness, slip, rung and impact, each computed from what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import day_of
from qa_toolkit.domain.plans.colour import Colour, Facts, RuleSet, coloured
from qa_toolkit.domain.plans.escalation import ActionLadder, Climbed, climbed
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.records import (
    Acceptance,
    Action,
    Asked,
    DateChange,
    Escalated,
    Evidence,
    Impact,
    Judgement,
    Milestone,
    Step,
    Update,
)


class Thread(NamedTuple):
    """An action with everything that belongs to it, each in the order in which it was put."""

    action: Action
    steps: Sequence[Step]
    updates: Sequence[Update] = ()
    milestones: Sequence[Milestone] = ()
    evidence: Sequence[Evidence] = ()
    date_changes: Sequence[DateChange] = ()
    asked: Sequence[Asked] = ()
    judgements: Sequence[Judgement] = ()
    escalations: Sequence[Escalated] = ()
    acceptance: Acceptance | None = None

    @property
    def state(self) -> State:
        """Where its last step led; closed and confirmed by a later judgement is impact confirmed."""
        last = self.steps[-1]
        if last.to is State.CLOSED and self.judgements:
            judged = self.judgements[-1]
            if judged.at >= last.at and judged.impact is Impact.CONFIRMED:
                return State.CONFIRMED
        return last.to

    @property
    def submitter(self) -> str:
        """Who submitted it last, or nobody."""
        return next((step.by for step in reversed(self.steps) if step.deed is Deed.SUBMIT), "")

    @property
    def wants_later_day(self) -> Asked | None:
        """The request for a later day that nobody has answered, if there is one."""
        return next((one for one in reversed(self.asked) if not one.answered), None)

    @property
    def impact(self) -> Impact:
        """The latest judgement since it was closed."""
        if self.judgements and self.judgements[-1].at >= self.steps[-1].at:
            return self.judgements[-1].impact
        return Impact.NOT_MEASURED


class Standing(NamedTuple):
    """Where one action stands on a day. Days are working days."""

    id: str
    state: State
    since: date
    colour: Colour
    reason: str
    """The rule that gave the colour, in a sentence."""
    days_overdue: int
    days_to_due: int
    extensions: int
    slip: int
    """From the first due date to the present one; negative where it was brought forward."""
    progress: int
    updated: date | None
    days_since_update: int
    rung: Climbed | None
    ownerless: bool
    stale: bool
    """Open, and no update within one review cycle."""
    impact: Impact

    @property
    def due_words(self) -> str:
        """How late or how soon, in a few words."""
        if not self.state.live:
            return ""
        if self.days_overdue:
            return f"{self.days_overdue}d late"
        return "due today" if self.days_to_due == 0 else f"in {self.days_to_due}d"


class Yardstick(NamedTuple):
    """What every action of a day is held against."""

    today: date
    calendar: WorkingCalendar
    rules: RuleSet
    ladder: ActionLadder
    zone: tzinfo
    left: Mapping[str, date] = {}
    """People who have gone, with their last day."""


def facts_of(thread: Thread, at: Yardstick) -> Facts:
    """What the rules look at."""
    action, state = thread.action, thread.state
    today, between = at.today, at.calendar.working_days_between
    began = _began(thread, at.zone)
    updated = day_of(thread.updates[-1].at, at.zone) if thread.updates else began
    without = _without_owner_since(action, at)
    hold = thread.steps[-1] if state is State.ON_HOLD else None
    progress = next((one.progress for one in reversed(thread.updates) if one.progress is not None), 0)
    return Facts(
        closed=state in (State.CLOSED, State.CONFIRMED), ended=state in (State.SUPERSEDED, State.REJECTED),
        submitted=state.submitted_or_later, begun=state not in (State.PROPOSED, State.AGREED),
        proposed=state is State.PROPOSED, on_hold=hold is not None and (hold.review is None or hold.review >= today),
        days_overdue=max(0, between(action.due, today)), days_to_due=max(0, between(today, action.due)),
        days_to_start=max(0, between(today, action.start)) if action.start else 0, progress=progress or 0,
        extensions=sum(1 for change in thread.date_changes if change.new > change.old),
        days_without_owner=max(0, between(without, today)) if without else 0,
        days_since_update=max(0, between(max(updated, action.start or updated), today)),
        milestones_missed=sum(1 for one in thread.milestones if one.done is None and one.due < today),
        at_risk=bool(thread.updates and thread.updates[-1].says),
    )  # fmt: skip


def standing(thread: Thread, at: Yardstick) -> Standing:
    """Where it stands."""
    action, state, facts = thread.action, thread.state, facts_of(thread, at)
    says = thread.updates[-1].says if thread.updates else ""
    colour = coloured(at.rules, facts, says)
    overdue = facts.days_overdue if state.open and not state.submitted_or_later and not facts.on_hold else 0
    decided = Rung(thread.escalations[-1].to) if thread.escalations else None
    rung = None
    if state.open:
        refused = thread.acceptance is not None and not thread.acceptance.accepted
        rung = climbed(at.ladder, overdue=overdue, extensions=facts.extensions, refused=refused, decided=decided)
    return Standing(
        id=action.id, state=state, since=day_of(thread.steps[-1].at, at.zone), colour=colour.colour,
        reason=colour.reason, days_overdue=overdue, days_to_due=facts.days_to_due, extensions=facts.extensions,
        slip=at.calendar.working_days_between(action.first_due, action.due), progress=facts.progress,
        updated=day_of(thread.updates[-1].at, at.zone) if thread.updates else None,
        days_since_update=facts.days_since_update, rung=rung,
        ownerless=state.open and _without_owner_since(action, at) is not None,
        stale=state.open and not state.submitted_or_later and not facts.on_hold
        and facts.days_since_update > at.rules.cycle_days,
        impact=thread.impact,
    )  # fmt: skip


def as_on(thread: Thread, moment: datetime) -> Thread | None:
    """The thread without what came after a moment: for the colour of a past day. None before it was there.

    The due date of that moment is worked out from the decisions; other facts are as they are now.
    """
    steps = [step for step in thread.steps if step.at <= moment]
    if not steps:
        return None
    changes = [one for one in thread.date_changes if one.on <= moment.date()]
    due = changes[-1].new if changes else thread.action.first_due
    return thread._replace(
        action=thread.action.model_copy(update={"due": due}), steps=steps,
        updates=[one for one in thread.updates if one.at <= moment], date_changes=changes,
        evidence=[one for one in thread.evidence if one.added <= moment.date()],
        judgements=[one for one in thread.judgements if one.at <= moment],
        escalations=[one for one in thread.escalations if one.on <= moment.date()],
        milestones=[
            one if one.done is None or one.done <= moment.date() else one.model_copy(update={"done": None})
            for one in thread.milestones
        ],
    )  # fmt: skip


def _began(thread: Thread, zone: tzinfo) -> date:
    for step in thread.steps:
        if step.to is State.AGREED:
            return day_of(step.at, zone)
    return day_of(thread.steps[0].at, zone)


def _without_owner_since(action: Action, at: Yardstick) -> date | None:
    """Since when nobody owns it; an owner outside the area counts as one, and so does a role there."""
    if action.owner:
        gone = at.left.get(action.owner)
        return gone if gone is not None and gone < at.today else None
    return None if action.outside else action.owner_since
