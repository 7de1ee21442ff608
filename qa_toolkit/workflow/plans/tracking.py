"""The tracker's rows: every action with where it stands on a day, for somebody who may see it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import zone
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.colour import RuleSet, rules_on
from qa_toolkit.domain.plans.escalation import ActionLadder, ladder_on
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.rule_sets import DEFAULT
from qa_toolkit.domain.plans.standing import Brief, Standing, Yardstick, standing
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.listed import Listing, listing


class Row(NamedTuple):
    """One action of the tracker."""

    brief: Brief
    standing: Standing
    plan: Plan

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.brief.action


def yardstick(workspace: Workspace, today: date, calendar: WorkingCalendar) -> Yardstick:
    """What every action of that day is held against: rules, ladder, who has gone."""
    shelf = workspace.partnership_shelf
    left = {person.id: person.until for person in workspace.people().values() if person.until is not None}
    return Yardstick(
        today=today, calendar=calendar, rules=rules_on(today, shelf.all(RuleSet), DEFAULT),
        ladder=ladder_on(today, shelf.all(ActionLadder)), zone=zone(workspace.partnership().zone), left=left,
    )  # fmt: skip


def rows(workspace: Workspace, at: Yardstick, reader: Person | None = None) -> list[Row]:
    """Every action with its standing, in the order of their numbers; what is sensitive only for those it is for."""
    return rows_of(listing(workspace), at, reader)


def rows_of(found: Listing, at: Yardstick, reader: Person | None = None) -> list[Row]:
    """The rows of what was listed."""
    of = {plan.id: plan for plan in found.plans}
    return [
        Row(brief, standing(brief, at), of[brief.action.plan])
        for brief in found.briefs
        if reader is None or may_see(brief.action, reader)
    ]


def may_see(action: Action, reader: Person) -> bool:
    """Whether somebody may see an action: one that is sensitive, its owner, co-ordinators and chairs only."""
    return not action.sensitive or reader.id == action.owner or reader.is_(Role.COORDINATOR, Role.CHAIR)
