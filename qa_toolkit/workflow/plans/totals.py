"""How the open actions of one day became those of a later one: read from the record as it stood on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from qa_toolkit.domain.dates import end_of_day, show_date, zone
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.flow import Flow, flow
from qa_toolkit.domain.plans.records import Action, Step
from qa_toolkit.store.workspace import Workspace


def flow_between(workspace: Workspace, first: date, last: date, *, plan: str = "") -> Flow:
    """From the end of one day to the end of a later one, of all plans or of one.

    Raises:
        InputError: The days come in the wrong order.
    """
    if last < first:
        raise InputError(f"{show_date(last)} comes before {show_date(first)}: look at the two days.")
    return flow(steps_at(workspace, first, plan=plan), steps_at(workspace, last, plan=plan))


def steps_at(workspace: Workspace, day: date, *, plan: str = "") -> Mapping[str, Sequence[Step]]:
    """Every action's steps as they stood at the end of a day, sensitive ones too: they are counted, not shown."""
    until = end_of_day(day, zone(workspace.partnership().zone))
    if workspace.until is not None:
        until = min(until, workspace.until)
    then = Workspace(workspace.root, until=until)
    try:
        shelf, wanted = then.actions_shelf, plan.strip().upper()
        ids = {id for id, doc in shelf.journal.docs(Action.table).items() if not wanted or doc["plan"] == wanted}
        found: dict[str, list[Step]] = {}
        for step in shelf.all(Step).values():
            if step.action in ids:
                found.setdefault(step.action, []).append(step)
        return found
    finally:
        then.close()
