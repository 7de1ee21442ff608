"""Where an action stands on a day: state, colour, lateness, slip, rung and impact, each computed from what is kept.

A `Thread` is an action with its whole story; a `Brief` is the little of it that a day's standing needs, so that a
tracker of thousands reads only that.
"""

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
from qa_toolkit.domain.records import Frozen


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
        return State.CONFIRMED if last.to is State.CLOSED and self.impact is Impact.CONFIRMED else last.to

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
        """The latest judgement since its last step."""
        if self.judgements and self.judgements[-1].at >= self.steps[-1].at:
            return self.judgements[-1].impact
        return Impact.NOT_MEASURED


class Brief(Frozen):
    """An action and what its standing is worked out from. No day is in it, so it holds until a line is added."""

    action: Action
    state: State
    since: datetime
    """When the last step was made."""
    began: datetime
    """When it was agreed; before that, proposed."""
    submitter: str = ""
    updated: datetime | None = None
    said: str = ""
    """The latest update."""
    progress: int = 0
    says: str = ""
    """The worse colour that the latest update named."""
    extensions: int = 0
    milestones: tuple[date, ...] = ()
    """Days of the milestones that are not done."""
    review: date | None = None
    """Of a hold."""
    asked: Asked | None = None
    evidence: int = 0
    refused: bool = False
    rung: Rung | None = None
    """Where a meeting took it."""
    impact: Impact = Impact.NOT_MEASURED


def brief_of(thread: Thread) -> Brief:
    """The little that a day's standing needs. Of the updates only the latest and the latest with a progress count."""
    last, latest = thread.steps[-1], thread.updates[-1] if thread.updates else None
    agreed = next((step.at for step in thread.steps if step.to is State.AGREED), thread.steps[0].at)
    return Brief(
        action=thread.action, state=thread.state, since=last.at, began=agreed, submitter=thread.submitter,
        updated=latest.at if latest else None, said=latest.text if latest else "",
        progress=next((one.progress for one in reversed(thread.updates) if one.progress is not None), 0),
        says=latest.says if latest else "",
        extensions=sum(1 for change in thread.date_changes if change.new > change.old),
        milestones=tuple(one.due for one in thread.milestones if one.done is None),
        review=last.review if last.to is State.ON_HOLD else None, asked=thread.wants_later_day,
        evidence=len(thread.evidence), refused=thread.acceptance is not None and not thread.acceptance.accepted,
        rung=_taken_to(thread), impact=thread.impact,
    )  # fmt: skip


def _taken_to(thread: Thread) -> Rung | None:
    """Where a meeting took it since it was last reopened."""
    reopened = next((step.seq for step in reversed(thread.steps) if step.deed is Deed.REOPEN), 0)
    return next((Rung(one.to) for one in reversed(thread.escalations) if one.seq >= reopened), None)


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
        if self.state.submitted_or_later or self.state is State.ON_HOLD:
            # Its day does not run: it waits for others.
            return self.state.label.lower() if self.state is State.ON_HOLD else "handed in"
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


def facts_of(brief: Brief, at: Yardstick) -> Facts:
    """What the rules look at."""
    action, state = brief.action, brief.state
    today, between = at.today, at.calendar.working_days_between
    updated = day_of(max(brief.updated or brief.began, brief.since), at.zone)
    without, late = _without_owner_since(action, at), between(action.due, today)
    return Facts(
        closed=state in (State.CLOSED, State.CONFIRMED), ended=state in (State.SUPERSEDED, State.REJECTED),
        submitted=state.submitted_or_later, begun=state not in (State.PROPOSED, State.AGREED),
        proposed=state is State.PROPOSED,
        on_hold=state is State.ON_HOLD and (brief.review is None or brief.review >= today),
        days_overdue=max(0, late), days_to_due=max(0, -late),
        days_to_start=max(0, between(today, action.start)) if action.start else 0, progress=brief.progress,
        extensions=brief.extensions, days_without_owner=max(0, between(without, today)) if without else 0,
        days_since_update=max(0, between(max(updated, action.start or updated), today)),
        milestones_missed=sum(1 for due in brief.milestones if due < today), at_risk=bool(brief.says),
    )  # fmt: skip


def standing(brief: Brief, at: Yardstick) -> Standing:
    """Where it stands."""
    action, state, facts = brief.action, brief.state, facts_of(brief, at)
    colour = coloured(at.rules, facts, brief.says)
    overdue = facts.days_overdue if state.open and not state.submitted_or_later and not facts.on_hold else 0
    rung = None
    if state.live:
        rung = climbed(
            at.ladder, overdue=overdue, extensions=facts.extensions, refused=brief.refused, decided=brief.rung
        )
    return Standing(
        id=action.id, state=state, since=day_of(brief.since, at.zone), colour=colour.colour,
        reason=colour.reason, days_overdue=overdue, days_to_due=facts.days_to_due, extensions=facts.extensions,
        slip=at.calendar.working_days_between(action.first_due, action.due), progress=facts.progress,
        updated=day_of(brief.updated, at.zone) if brief.updated else None,
        days_since_update=facts.days_since_update, rung=rung,
        ownerless=state.open and _without_owner_since(action, at) is not None,
        stale=state.open and not state.submitted_or_later and not facts.on_hold
        and facts.days_since_update > at.rules.cycle_days,
        impact=brief.impact,
    )  # fmt: skip


def says_better(brief: Brief, at: Yardstick) -> str | None:
    """That an owner says better than the rules do, in a sentence; None where they say worse, or the same."""
    by_rules = coloured(at.rules, facts_of(brief, at))
    if not brief.says or Colour(brief.says).rank <= by_rules.colour.rank:
        return None
    return (
        f"By the rules {brief.action.id} is {by_rules.reason[0].lower()}{by_rules.reason[1:]} An owner may say worse, "
        f"never better, so it cannot be {brief.says}: leave the colour out."
    )


def as_on(thread: Thread, moment: datetime, tz: tzinfo) -> Thread | None:
    """The thread without what came after a moment: for the colour of a past day. None before it was there.

    The due date of that moment is worked out from the decisions; other facts are as they are now.
    """
    steps = [step for step in thread.steps if step.at <= moment]
    if not steps:
        return None
    day = day_of(moment, tz)
    changes = [one for one in thread.date_changes if one.on <= day]
    due = changes[-1].new if changes else thread.action.first_due
    return thread._replace(
        action=thread.action.model_copy(update={"due": due}), steps=steps,
        updates=[one for one in thread.updates if one.at <= moment], date_changes=changes,
        evidence=[one for one in thread.evidence if one.added <= day],
        judgements=[one for one in thread.judgements if one.at <= moment],
        escalations=[one for one in thread.escalations if one.on <= day],
        milestones=[
            one if one.done is None or one.done <= day else one.model_copy(update={"done": None})
            for one in thread.milestones
            if one.added is None or one.added <= day
        ],
        acceptance=thread.acceptance if thread.acceptance and thread.acceptance.on <= day else None,
    )  # fmt: skip


def _without_owner_since(action: Action, at: Yardstick) -> date | None:
    """Since when nobody owns it: a role counts as an owner, and so does a body outside the area.

    A person who has gone leaves it without one, whatever their role: somebody has to be named again.
    """
    if action.owner:
        gone = at.left.get(action.owner)
        return gone if gone is not None and gone < at.today else None
    return None if action.outside or action.owner_role else action.owner_since
