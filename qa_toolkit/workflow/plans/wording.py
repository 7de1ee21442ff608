"""The SMART check with everything that was recommended and done before to hold a new wording against."""

from __future__ import annotations

from datetime import date

from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans import smart
from qa_toolkit.domain.plans.plan import Recommendation
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.smart import Remark
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import tracking


def on_action(workspace: Workspace, action: Action, *, today: date, reader: Person | None = None) -> list[Remark]:
    """What stands in the way of following an action, those like it named, open and closed ones."""
    others = {
        one.action.id: one.action.text
        for one in tracking.briefs(workspace)
        if one.action.id != action.id and (reader is None or tracking.may_see(one.action, reader))
    }
    return smart.check(
        action.text, today=today, owner=action.owner or action.owner_role or action.outside, agency=action.agency,
        due=action.due, measure=action.measure, outcome=action.outcome, others=others,
    )  # fmt: skip


def on_recommendation(workspace: Workspace, made: Recommendation, *, today: date) -> list[Remark]:
    """What stands in the way of following a recommendation, those like it named."""
    before = workspace.actions_shelf.all(Recommendation).values()
    return smart.check(
        made.text, today=today, measure=made.measure, of_action=False,
        others={one.id: one.text for one in before if one.id != made.id and not one.withdrawn},
    )  # fmt: skip
