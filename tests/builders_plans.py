"""A workspace with a plan and people of every part, and an action brought to any state."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.records import Action, EvidenceKind, Impact
from qa_toolkit.domain.plans.standing import Yardstick
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import setup
from qa_toolkit.workflow.plans import actions, judging, moving, plans, progress, tracking

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CO = "co@business-unit"
OWNER = "o.owner@police"
COLLEAGUE = "c.colleague@police"
LEAD = "l.lead@police"
OTHER_LEAD = "h.lead@health"
CHAIR = "chair@business-unit"
MEMBER = "q.member@education"
SCRUTINEER = "s.scrutineer@business-unit"
AUDITOR = "a.auditor@health"

PEOPLE: dict[str, tuple[Role, ...]] = {
    OWNER: (Role.AUDITOR,),
    COLLEAGUE: (Role.QA_GROUP,),
    LEAD: (Role.AGENCY_LEAD,),
    OTHER_LEAD: (Role.AGENCY_LEAD,),
    CHAIR: (Role.CHAIR,),
    MEMBER: (Role.QA_GROUP,),
    SCRUTINEER: (Role.SCRUTINEER,),
    AUDITOR: (Role.AUDITOR,),
}


def days(count: int) -> date:
    """Today and so many calendar days."""
    return TODAY + timedelta(days=count)


def moment(count: int) -> datetime:
    """Nine o'clock, so many calendar days from today."""
    return NOW + timedelta(days=count)


def planned_workspace(root: Path) -> Workspace:
    """A workspace with agencies, people of every part, and no plan: a copy of one that is made once."""
    return Workspace(Path(shutil.copytree(Path(_made_once().name) / "northshire", root)))


@cache
def _made_once() -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory()
    workspace = setup.make_workspace(
        Path(place.name) / "northshire", "Northshire", now=moment(-2000),
        first=Person(id=CO, name="Cleo Co", roles=(Role.COORDINATOR,)),
    )  # fmt: skip
    for id, kind in (("police", "police"), ("health", "health"), ("education", "education"),
                     ("social-care", "childrens-social-care")):  # fmt: skip
        setup.add_agency(workspace, id, id.title(), kind, by=CO, now=moment(-2000))
    for id, roles in PEOPLE.items():
        setup.add_person(workspace, id, id.partition("@")[0].title(), roles, by=CO, now=moment(-2000))
    workspace.close()
    return place


def a_plan(workspace: Workspace, on: int = -300) -> Plan:
    """A plan of a review."""
    return plans.open_plan(
        workspace, "Review of a young person", Source.REVIEW, by=CO, now=moment(on), today=days(on)
    )  # fmt: skip


def an_action(workspace: Workspace, plan: Plan, on: int = -200, due: int = 60, **given: Any) -> Action:
    """A proposed action, owned by the police unless it says otherwise."""
    facts: dict[str, Any] = {"owner": OWNER, "measure": "9 of 10 files show it"} | given
    return actions.propose(
        workspace, plan.id, facts.pop("text", "Audit ten files for the return home interview"), due=days(due), by=CO,
        now=moment(on), today=days(on), **facts,
    )  # fmt: skip


WAY: dict[State, tuple[Deed, ...]] = {
    State.PROPOSED: (),
    State.AGREED: (Deed.AGREE,),
    State.IN_PROGRESS: (Deed.AGREE, Deed.START),
    State.SUBMITTED: (Deed.AGREE, Deed.START, Deed.SUBMIT),
    State.VERIFIED: (Deed.AGREE, Deed.START, Deed.SUBMIT, Deed.VERIFY),
    State.CLOSED: (Deed.AGREE, Deed.START, Deed.SUBMIT, Deed.VERIFY, Deed.CLOSE),
    State.CONFIRMED: (Deed.AGREE, Deed.START, Deed.SUBMIT, Deed.VERIFY, Deed.CLOSE),
    State.ON_HOLD: (Deed.AGREE, Deed.HOLD),
    State.REOPENED: (Deed.AGREE, Deed.START, Deed.SUBMIT, Deed.VERIFY, Deed.CLOSE, Deed.REOPEN),
    State.SUPERSEDED: (Deed.AGREE, Deed.SUPERSEDE),
    State.REJECTED: (Deed.REJECT,),
}
"""The deeds by which an action comes to each state."""

BY = {Deed.START: OWNER, Deed.SUBMIT: OWNER}
"""Who does what on the way; a co-ordinator the rest."""


def do(workspace: Workspace, deed: Deed, id: str, by: str | None = None, on: int = 0) -> None:
    """One deed with all that it needs."""
    moving.move(
        workspace, deed, [id], reason="Because the group says that it is so.", met=True, review=days(on + 30),
        meeting="M-2026-001", by=by or BY.get(deed, CO), now=moment(on), today=days(on),
    )  # fmt: skip


def bring(workspace: Workspace, id: str, state: State, on: int = -100) -> None:
    """An action brought to a state, a day for each deed."""
    for step, deed in enumerate(WAY[state]):
        if deed is Deed.SUBMIT:
            evidence(workspace, id, on + step)
        do(workspace, deed, id, on=on + step)
    if state is State.CONFIRMED:
        judging.judge(
            workspace, id, Impact.CONFIRMED, "Re-audit CE-2026-02", by=CO, now=moment(on + 9), today=days(on + 9)
        )


def evidence(workspace: Workspace, id: str, on: int = 0) -> None:
    """Something to see."""
    progress.add_evidence(
        workspace, id, EvidenceKind.DIP_SAMPLE, "Dip sample of ten files, v2", days(on), by=CO, now=moment(on),
        today=days(on),
    )  # fmt: skip


def yardstick(workspace: Workspace, on: int = 0) -> Yardstick:
    """What actions are held against on that day."""
    return tracking.yardstick(workspace, days(on), england_and_wales())


def states(workspace: Workspace, ids: Iterable[str]) -> list[State]:
    """Where actions stand."""
    return [moving.state_of(workspace, id) for id in ids]
