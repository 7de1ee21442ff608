"""A QA Group with three agencies at its table, and meetings brought as far as a test wants them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builders_plans import CHAIR, CO, COLLEAGUE, OTHER_LEAD, a_plan, days, moment, planned_workspace

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.agenda_items import Item
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import setup
from qa_toolkit.workflow.plans import agenda, attending, deciding, meetings
from qa_toolkit.workflow.plans.acting import Given

SOCIAL = "w.worker@social-care"
GROUP = (COLLEAGUE, OTHER_LEAD, SOCIAL)
"""Who makes the QA Group quorate, with its chair."""


def a_group(root: Path) -> tuple[Workspace, str]:
    """A workspace with everybody the QA Group needs, and the id of a plan."""
    workspace = planned_workspace(root)
    setup.add_person(workspace, SOCIAL, "W. Worker", (Role.QA_GROUP,), by=CO, now=moment(-2000))
    return workspace, a_plan(workspace, on=-500).id


def a_meeting(
    workspace: Workspace, on: int = 0, papers: int | None = None, *, tier: str = "qa-group", chair: str = CHAIR,
    there: tuple[str, ...] = GROUP, sits: bool = True,
) -> Meeting:  # fmt: skip
    """A meeting on that day, sitting, with those there."""
    made = meetings.plan_meeting(
        workspace, tier, days(on), papers=days(on if papers is None else papers), chair=chair, by=CO,
        now=moment(on - 10), today=days(on - 10),
    )  # fmt: skip
    if not sits:
        return made
    made = meetings.open_meeting(workspace, made.id, by=CO, now=moment(on), today=days(on))
    if there:
        made = attending.attend(workspace, made.id, there, by=CO, now=moment(on), today=days(on))
    return made


def papers(workspace: Workspace, meeting: str, on: int = 0) -> agenda.Papers:
    """What a meeting looks at."""
    return agenda.papers(workspace, meeting, now=moment(on), today=days(on), calendar=england_and_wales())


def items(workspace: Workspace, meeting: str, on: int = 0) -> dict[str, Item]:
    """Its agenda by key."""
    return {item.key: item for item in agenda.items(workspace, papers(workspace, meeting, on))}


def decide(
    workspace: Workspace, meeting: str, subject: str, kind: Kind, text: str = "", on: int = 0, by: str = CO,
    **given: Any,
) -> Decision:  # fmt: skip
    """One decision."""
    return deciding.decide(
        workspace, meeting, subject, kind, text, Given(**given), by=by, now=moment(on), today=days(on)
    )


def end(workspace: Workspace, meeting: str, on: int = 0) -> Meeting:
    """The meeting ended, with what was not reached."""
    left = [item.key for item in agenda.unreached(workspace, papers(workspace, meeting, on))]
    return meetings.end_meeting(workspace, meeting, left, by=CO, now=moment(on), today=days(on))
