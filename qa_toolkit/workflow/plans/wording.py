"""The SMART check with everything that was recommended and done before to hold a new wording against."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans import smart
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Recommendation
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.smart import Earlier, Remark
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.listed import Listing, listing
from qa_toolkit.workflow.plans.tracking import may_see


def earlier_actions(known: Listing, reader: Person) -> dict[str, Earlier]:
    """Every action that somebody may see, open and ended."""
    return {
        one.action.id: Earlier(one.action.text, one.state.label.lower(), one.state.ended)
        for one in known.briefs
        if may_see(one.action, reader)
    }


def earlier_recommendations(known: Listing) -> dict[str, Earlier]:
    """Every recommendation that was not taken back; one is over when each of its actions is."""
    states: dict[str, list[State]] = defaultdict(list)
    for one in known.briefs:
        states[one.action.recommendation].append(one.state)
    found = {}
    for id, text in known.recommendations.items():
        if id not in known.withdrawn:
            ended = bool(states[id]) and all(state.ended for state in states[id])
            found[id] = Earlier(text, "its actions have ended" if ended else "open", ended)
    return found


def on_action(workspace: Workspace, action: Action, *, today: date, reader: Person) -> list[Remark]:
    """What stands in the way of following an action, those like it named, open and closed ones."""
    earlier = earlier_actions(listing(workspace), reader)
    earlier.pop(action.id, None)
    return smart.check_action(
        action.text, today=today, owner=action.owner or action.owner_role or action.outside, due=action.due,
        measure=action.measure, outcome=action.outcome, earlier=earlier,
    )  # fmt: skip


def on_recommendation(workspace: Workspace, made: Recommendation) -> list[Remark]:
    """What stands in the way of following a recommendation, those like it named."""
    earlier = earlier_recommendations(listing(workspace))
    earlier.pop(made.id, None)
    return smart.check_recommendation(made.text, agencies=made.agencies, measure=made.measure, earlier=earlier)


def before(workspace: Workspace, made: Recommendation) -> dict[str, Earlier]:
    """Recommendations of an earlier number that say much the same: this one repeats them."""
    there = {id: one for id, one in earlier_recommendations(listing(workspace)).items() if id < made.id}
    return {id: there[id] for id, _ in smart.alike(made.text, {id: one.text for id, one in there.items()})}
