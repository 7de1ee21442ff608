"""After the work: what difference a closed action made; and actions taken up a tier."""

from __future__ import annotations

from datetime import date, datetime

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.lifecycle import State, independent
from qa_toolkit.domain.plans.records import Escalated, Impact, Judgement
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.keeping import Stroke, find, organiser, sentence, stroke


def judge(
    workspace: Workspace,
    action_id: str,
    impact: Impact,
    shown_by: str,
    *,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Judgement:
    """What difference a closed action made, by a re-audit, an indicator or a dip sample that is named.

    Raises:
        InputError: It is not closed, or nothing is named that shows it.
        NotAllowed: Only somebody independent of its owner judges it.
    """
    shown_by = sentence(shown_by, "Name what shows it: a re-audit, an indicator with its value, a dip sample.", least=5)
    with stroke(workspace, by=by, did="judged an action’s impact", now=now, today=today, seen=seen) as line:
        thread = line.thread(action_id)
        action = thread.action
        if thread.state not in (State.CLOSED, State.CONFIRMED):
            raise InputError(f"{action.id} is {thread.state.label.lower()}: its impact is judged after it was closed.")
        roles = (Role.COORDINATOR, Role.CHAIR, Role.SCRUTINEER, Role.QA_GROUP)
        if not line.person.is_(*roles) or not independent(line.person, action.owner, action.agency):
            raise NotAllowed(
                f"{line.person.name} ({by}) may not judge the impact of {action.id}: that is for a co-ordinator, a "
                "chair, the scrutineer or the QA Group, and for nobody of the agency that owns it."
            )
        made = Judgement(
            id=line.mint_under(Judgement, action.id, "J"), action=action.id, impact=impact, shown_by=shown_by, at=now,
            by=by,
        )  # fmt: skip
        line.put(made)
    return find(workspace, Judgement, made.id)


def escalate(
    workspace: Workspace, action_id: str, to: Rung, reason: str, *, by: str, now: datetime, today: date
) -> Escalated:
    """An action taken up to a rung by decision, where the ladder would not have brought it yet."""
    with stroke(workspace, by=by, did="took an action up a tier", now=now, today=today, why=clean(reason)) as line:
        organiser(line.person, "take an action up a tier")
        made = put_escalation(line, action_id, to, reason)
    return find(workspace, Escalated, made.id)


def put_escalation(line: Stroke, action_id: str, to: Rung, reason: str, *, meeting: str = "") -> Escalated:
    """Taking an action up as part of a stroke."""
    thread = line.thread(action_id)
    reason = sentence(reason, f"Say in a sentence why {thread.action.id} goes to {to.label}.")
    if not thread.state.open:
        raise InputError(f"{thread.action.id} is {thread.state.label.lower()}: only what is open is taken up a tier.")
    made = Escalated(
        id=line.mint_under(Escalated, thread.action.id, "X"), action=thread.action.id, to=to.value, reason=reason,
        on=line.today, meeting=meeting,
    )  # fmt: skip
    line.put(made)
    return made
