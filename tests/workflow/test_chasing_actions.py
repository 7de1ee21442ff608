"""One message for each agency: it names its actions beside its returns, and never says of one what is of the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_plans import CO, NOW, TODAY, a_plan, an_action, bring, days, moment, planned_workspace

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.chasing import Chase, Rung
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, chasing
from qa_toolkit.workflow.plans import due_dates

CALENDAR = england_and_wales()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Of the police: an action late by six working days, one due soon, one done, one far away, one sensitive."""
    at = planned_workspace(tmp_path / "w")
    plan = a_plan(at)
    for due, state, sensitive in ((-10, State.IN_PROGRESS, False), (3, State.IN_PROGRESS, False),
                                  (-9, State.SUBMITTED, False), (90, State.AGREED, False),
                                  (-8, State.IN_PROGRESS, True)):  # fmt: skip
        bring(at, an_action(at, plan, due=due, sensitive=sensitive, text=f"Deed due in {due} days").id, state)
    return at


def drafts(at: Workspace, today: date = TODAY) -> list[chasing.Message]:
    return chasing.draft(at, by=CO, now=NOW, today=today, calendar=CALENDAR)


def an_audit(at: Workspace, due: int) -> None:
    template, source = library.load("dip-sample")
    audits.open_audit(
        at, "CE-2026-01", "How early", template, source, agencies=["police"], due=days(due), opened=TODAY, by=CO,
        now=NOW,
    )  # fmt: skip
    audits.add_case(at, "CE-2026-01", facts={"age_band": "13 to 14"}, by=CO, now=NOW, today=TODAY)


def test_an_agency_that_owes_no_return_is_reminded_of_its_actions(workspace: Workspace) -> None:
    (message,) = drafts(workspace)
    assert message.subject == "Northshire: 2 actions of Police"
    assert (message.chase.rung, message.about) == (Rung.AGENCY_LEAD, "2 actions")
    said = " ".join(message.body.split())
    assert "A-2026-001, in progress; due 13 Nov 2026 (6 working days late): Deed due in -10 days" in said
    assert "A-2026-002, in progress; due 26 Nov 2026 (in 3 working days): Deed due in 3 days" in said
    assert "Actions of your agency have gone past their day." in said
    for hidden in ("A-2026-003", "A-2026-004", "A-2026-005", "return"):
        assert hidden not in said, "submitted, far away, sensitive, or of returns"


def test_returns_and_actions_stand_in_one_message(workspace: Workspace) -> None:
    an_audit(workspace, due=5)
    (message,) = drafts(workspace)
    assert message.subject == "Northshire: one return and 2 actions to come from Police"
    assert "CE-2026-01-C01-POLICE" in message.body
    # The step was reached by an action: nothing is said of returns that is not so.
    assert message.chase.rung is Rung.AGENCY_LEAD
    assert "week late" not in message.body
    assert message.chase.actions == {"A-2026-001": days(-10), "A-2026-002": days(3)}


def test_what_was_sent_is_not_sent_again_until_a_step_or_another_due_date(workspace: Workspace) -> None:
    (message,) = drafts(workspace)
    chasing.mark_sent(workspace, message.chase.id, "by e-mail", by=CO, now=NOW)
    assert drafts(workspace) == []
    due_dates.change_due(
        workspace, ["A-2026-001"], days(4), "Nobody could be freed", "QA Group", by=CO, now=moment(0), today=TODAY
    )
    (again,) = drafts(workspace, days(1))
    assert again.chase.rung is Rung.OWNER
    assert "A-2026-001" in again.body
    assert [one.id for one in workspace.partnership_shelf.all(Chase).values()] == ["police-1", "police-2"]
