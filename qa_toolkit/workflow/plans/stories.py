"""The whole story of one action: what led to it, everything that was said and decided, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from qa_toolkit.domain.dates import day_of, end_of_day
from qa_toolkit.domain.errors import NotFound
from qa_toolkit.domain.findings import Finding
from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans.colour import Coloured, RuleSet, rules_on
from qa_toolkit.domain.plans.plan import Commitment, Plan, Recommendation, Response
from qa_toolkit.domain.plans.records import Update, VerifierWaiver
from qa_toolkit.domain.plans.rule_sets import DEFAULT
from qa_toolkit.domain.plans.standing import Standing, Thread, Yardstick, as_on, brief_of, standing
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import findings, sealing
from qa_toolkit.workflow.plans import recommendations
from qa_toolkit.workflow.plans.keeping import thread_on, tiers, visible_to


@dataclass(frozen=True)
class Story:
    """One action with all that belongs to it."""

    thread: Thread
    standing: Standing
    plan: Plan
    at: Yardstick
    """What it is held against."""
    tier: str
    """The name of the group that reviews it."""
    recommendation: Recommendation | None = None
    responses: tuple[Response, ...] = ()
    commitment: Commitment | None = None
    findings: tuple[Finding, ...] = ()
    closed: Mapping[str, str] = field(default_factory=dict)
    """Findings that the reader may not see for now, each with why: they score blind what the panel spoke about."""
    waiver: VerifierWaiver | None = None
    colours: Sequence[tuple[Update, Coloured]] = field(default=())
    """Each update with the colour of its day, by the rules that were in force on it."""

    @property
    def rules(self) -> RuleSet:
        """The rules that gave its colour."""
        return self.at.rules

    def day(self, moment: datetime) -> date:
        """The day it was at that moment, in the workspace's zone."""
        return day_of(moment, self.at.zone)


def story(workspace: Workspace, action_id: str, at: Yardstick, reader: Person) -> Story:
    """The story of an action, for somebody who may see it.

    Raises:
        NotFound: There is no action of that number.
        NotAllowed: It is for its owner, the co-ordinators and chairs only.
    """
    shelf = workspace.actions_shelf
    thread = thread_on(shelf, action_id)
    action = thread.action
    visible_to(action, reader)
    made = shelf.get(Recommendation, action.recommendation) if action.recommendation else None
    behind = dict.fromkeys([*([action.finding] if action.finding else ()), *(made.findings if made else ())])
    there = [found for found in (_finding(workspace, id) for id in behind) if found is not None]
    closed = {found.id: sealing.moderation_closed(workspace, found.audit, reader.id) for found in there}
    return Story(
        thread=thread, standing=standing(brief_of(thread), at), plan=shelf.all(Plan)[action.plan], at=at,
        tier=tiers(workspace)[action.tier].name,
        recommendation=made, responses=recommendations.responses(workspace, made.id) if made else (),
        commitment=shelf.get(Commitment, action.commitment) if action.commitment else None,
        findings=tuple(found for found in there if not closed[found.id]),
        closed={id: why for id, why in closed.items() if why},
        waiver=shelf.get(VerifierWaiver, action.id), colours=colours_of(workspace, thread, at),
    )  # fmt: skip


def _finding(workspace: Workspace, id: str) -> Finding | None:
    """The finding, or None where its audit has been disposed of: the action outlasts it."""
    try:
        return findings.find(workspace, id)
    except NotFound:
        return None


def colours_of(workspace: Workspace, thread: Thread, at: Yardstick) -> list[tuple[Update, Coloured]]:
    """Each update with the colour that the action had at the end of its day."""
    own = workspace.partnership_shelf.all(RuleSet)
    found = []
    for update in thread.updates:
        day = day_of(update.at, at.zone)
        then = at._replace(today=day, rules=rules_on(day, own, DEFAULT))
        past = as_on(thread, _last_said_on(update, at), at.zone)
        if past is not None:
            where = standing(brief_of(past), then)
            found.append((update, Coloured(where.colour, where.reason)))
    return found


def _last_said_on(update: Update, at: Yardstick) -> datetime:
    return end_of_day(day_of(update.at, at.zone), at.zone)
