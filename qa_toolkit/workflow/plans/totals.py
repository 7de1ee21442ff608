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
    before, after = steps_at(workspace, first, last, plan=plan)
    return flow(before, after)


def steps_at(workspace: Workspace, *days: date, plan: str = "") -> list[Mapping[str, Sequence[Step]]]:
    """Every action's steps as they stood at the end of each day, sensitive ones too: they are counted, not shown."""
    tz = zone(workspace.partnership().zone)
    ends = [end_of_day(day, tz) for day in days]
    until = [min(end, workspace.until) if workspace.until is not None else end for end in ends]
    # What was so on several of the days is checked once: of years of steps that is nearly all.
    known: dict[tuple[str, int], Step] = {}
    with workspace.as_at(*until) as found:
        return [_steps(then, known, plan.strip().upper()) for then in found]


def _steps(then: Workspace, known: dict[tuple[str, int], Step], plan: str) -> Mapping[str, Sequence[Step]]:
    shelf = then.actions_shelf
    ids = {id for id, doc in shelf.journal.docs(Action.table).items() if not plan or doc["plan"] == plan}
    found: dict[str, list[Step]] = {}
    for id in shelf.journal.docs(Step.table):
        action = id.rpartition("/")[0]
        if action not in ids:
            continue
        at = id, shelf.journal.seq_of(Step.table, id)
        step = known.get(at) or shelf.get(Step, id)
        if step is not None:
            known[at] = step
            found.setdefault(action, []).append(step)
    return found
