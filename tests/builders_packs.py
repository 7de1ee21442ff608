"""Action plans with a history drawn by lot, for what is said of them to be held against itself."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from random import Random

from builders_plans import CO, NOW, OWNER, SCRUTINEER, TODAY, an_action, days, do, evidence, moment, planned_workspace

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed, State
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.plans.records import Action, Impact
from qa_toolkit.reports.figures.whole import Moments, whole
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import undoing
from qa_toolkit.workflow.plans import due_dates, judging, moving, plans, progress

CALENDAR = england_and_wales()
OWNERS = {"police": OWNER, "health": "", "education": "", "social-care": ""}


def a_history(root: Path, seed: int, count: int = 10, deeds: int = 90) -> Workspace:
    """Actions of three sources and four agencies, and deeds that each was open to, some taken back, over 260 days."""
    lot = Random(seed)
    workspace = planned_workspace(root)
    sources = [
        plans.open_plan(workspace, f"Plan of {s.value}", s, by=CO, now=moment(-290), today=days(-290))
        for s in (Source.REVIEW, Source.SCRUTINY, Source.BUSINESS_PLAN)
    ]
    ids: list[str] = []
    for on in sorted(lot.choices(range(-260, -1), k=count + deeds)):
        if len(ids) < 2 or (len(ids) < count and lot.random() < count / (count + deeds)):
            agency = lot.choice([*OWNERS])
            owner = {"owner": OWNERS[agency], "agency": agency, "owner_role": "Lead"}
            plan, due = lot.choice(sources), lot.choice([-60, -5, 40, 200])
            ids.append(an_action(workspace, plan, on=on, due=due, **owner).id)
        else:
            _deed(workspace, lot, lot.choice(ids), on)
    return workspace


LIKELY = {
    Deed.AGREE: 9, Deed.START: 4, Deed.SUBMIT: 9, Deed.VERIFY: 9, Deed.CLOSE: 12, Deed.RESUME: 6, Deed.REOPEN: 3,
    Deed.SEND_BACK: 2, Deed.HOLD: 1, Deed.SUPERSEDE: 1, Deed.REJECT: 1,
}  # fmt: skip
"""How likely each deed is beside the others that an action is open to: most go on to their end, and some come back."""


def _deed(workspace: Workspace, lot: Random, id: str, on: int) -> None:
    if lot.random() < 0.06:
        # The last may be one that something stands on, and then it stays.
        with suppress(InputError):
            undoing.take_back(workspace, by=CO, now=moment(on), today=days(on))
        return
    if workspace.actions_shelf.get(Action, id) is None:
        return  # its proposal was taken back
    state = moving.state_of(workspace, id)
    open_to = [deed for deed, move in MOVES.items() if state in move.sources]
    chance = lot.random()
    if state.open and state is not State.SUBMITTED and chance < 0.1:
        due_dates.change_due(
            workspace, [id], days(on + lot.randrange(250, 400)), "The group put it off by a few weeks.", "QA Group",
            by=CO, now=moment(on), today=days(on),
        )  # fmt: skip
    elif state in (State.CLOSED, State.CONFIRMED) and chance < 0.75:
        impact = lot.choice([*Impact])
        judging.judge(workspace, id, impact, "Dip sample of ten files", by=CO, now=moment(on), today=days(on))
    elif state.open and chance < 0.2:
        progress.update(workspace, [id], "Half of the files are read.", progress=lot.randrange(100), by=CO,
                        now=moment(on), today=days(on))  # fmt: skip
    else:
        (deed,) = lot.choices(open_to, [LIKELY[deed] for deed in open_to])
        if deed is Deed.SUPERSEDE:
            others = [one for one in sorted(workspace.actions_shelf.all(Action)) if one != id]
            moving.move(workspace, deed, [id], reason="Another says it better.", successor=lot.choice(others), by=CO,
                        now=moment(on), today=days(on))  # fmt: skip
            return
        if deed is Deed.SUBMIT:
            evidence(workspace, id, on)
        do(workspace, deed, id, by=SCRUTINEER if deed is Deed.VERIFY else CO, on=on)


def figures_of(workspace: Workspace, since: datetime, as_at: datetime = NOW) -> Whole:
    """The figures between two moments."""
    return whole(workspace, Moments(since, as_at), calendar=CALENDAR, now=NOW)


__all__ = ["CALENDAR", "NOW", "TODAY", "a_history", "figures_of"]
