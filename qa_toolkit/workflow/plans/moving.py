"""The moves of an action's life: one or many in one line, each held against the rules of `domain.plans.lifecycle`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed, State, independent, refusal
from qa_toolkit.domain.plans.records import Action, Priority, Step, VerifierWaiver
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.due_dates import put_due
from qa_toolkit.workflow.plans.keeping import Stroke, organiser, sentence, stroke, thread_on, tiers

_DID = {
    Deed.AGREE: "agreed {}", Deed.START: "began {}", Deed.SUBMIT: "submitted {} for closure",
    Deed.SEND_BACK: "sent {} back", Deed.VERIFY: "verified {}", Deed.CLOSE: "closed {}", Deed.HOLD: "put {} on hold",
    Deed.RESUME: "took {} off hold", Deed.SUPERSEDE: "superseded {}", Deed.REJECT: "rejected {}",
    Deed.REOPEN: "reopened {}",
}  # fmt: skip


def move(
    workspace: Workspace,
    deed: Deed,
    action_ids: Iterable[str],
    *,
    reason: str = "",
    met: bool | None = None,
    review: date | None = None,
    successor: str = "",
    impact_due: date | None = None,
    due: date | None = None,
    meeting: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> list[Thread]:
    """Every action moved by that deed, or, where one may not be, none of them.

    Raises:
        InputError: It stands where the deed does not apply, or something that the deed needs is missing.
        NotAllowed: This person may not.
    """
    ids = list(dict.fromkeys(id.strip().upper() for id in action_ids))
    if not ids:
        raise InputError("Name at least one action.")
    did = _DID[deed].format("an action" if len(ids) == 1 else f"{len(ids)} actions")
    with stroke(workspace, by=by, did=did, now=now, today=today, why=clean(reason).strip(), seen=seen) as line:
        for id in ids:
            put_move(
                line, deed, id, reason=reason, met=met, review=review, successor=successor, impact_due=impact_due,
                meeting=meeting,
            )  # fmt: skip
            if deed is Deed.REOPEN and due is not None:
                organiser(line.person, "change a due date")
                put_due(line, id, due, reason, line.person.name, meeting=meeting)
    return [thread_on(workspace.actions_shelf, id) for id in ids]


def put_move(
    line: Stroke,
    deed: Deed,
    action_id: str,
    *,
    reason: str = "",
    met: bool | None = None,
    review: date | None = None,
    successor: str = "",
    impact_due: date | None = None,
    meeting: str = "",
    decider: Person | None = None,
) -> Step:
    """One move as part of a stroke, held against every rule.

    `met` belongs to a verification, and so does `impact_due`, which an action of high priority needs; `review` to a
    hold; `successor` to what is superseded. `decider` is the chair, where a group decides and `line` only minutes it.
    """
    thread = line.thread(action_id)
    action, rules = thread.action, MOVES[deed]
    waiver = line.shelf.get(VerifierWaiver, action.id)
    if thread.state not in rules.sources:
        raise InputError(_refused(line, deed, thread, None, decider))
    if said := _refused(line, deed, thread, waiver, decider):
        raise NotAllowed(said)
    reason = clean(reason).strip()
    if rules.reason and len(reason) < 10:
        raise InputError(f"To {deed.phrase.replace('an action', action.id)}, give a reason in a sentence.")
    if deed is Deed.SUBMIT and not thread.evidence:
        raise InputError(f"{action.id} has no evidence yet: add where it can be seen, then submit it for closure.")
    if deed is Deed.VERIFY:
        if met is None:
            raise InputError(
                f"Say whether {action.id} meets its success measure ({action.measure or 'none was set'}). What does "
                "not is sent back, or accepted with the reason why."
            )
        action = _with_impact_day(line, action, impact_due)
    tier = tiers(line.workspace)[action.tier]
    if deed is Deed.CLOSE and not meeting and tier.minute_needed:
        raise InputError(f"{action.id} is closed by a minuted decision of the {tier.name}: `qa meeting decide` does.")
    if deed is Deed.HOLD and (review is None or review <= line.today):
        raise InputError(f"Name a day to come on which {action.id} is looked at again.")
    if deed is Deed.SUPERSEDE:
        successor = line.get(Action, successor).id if successor else ""
        if successor == action.id:
            raise InputError(f"{action.id} cannot take its own place.")
    step = Step(
        id=line.mint_under(Step, action.id, "S"), action=action.id, deed=deed, to=rules.target, at=line.now,
        by=decider.id if decider else line.by, reason=reason, met=met if deed is Deed.VERIFY else None,
        review=review if deed is Deed.HOLD else None, successor=successor, meeting=meeting,
    )  # fmt: skip
    line.put(step)
    return step


def _with_impact_day(line: Stroke, action: Action, impact_due: date | None) -> Action:
    """The action with the day on which its impact is judged: a deed that nobody looks at again has no known effect."""
    if impact_due is None:
        if action.priority is Priority.HIGH and action.impact_due is None:
            raise InputError(
                f"{action.id} is of high priority: name the day on which its impact is to be judged (`--impact-due`)."
            )
        return action
    if impact_due <= line.today:
        raise InputError(f"The impact of {action.id} is judged on a day to come.")
    changed = action.model_copy(update={"impact_due": impact_due})
    line.put(changed)
    return changed


def _refused(line: Stroke, deed: Deed, thread: Thread, waiver: VerifierWaiver | None, decider: Person | None) -> str:
    action, who = thread.action, decider or line.person
    return refusal(
        deed, action.id, thread.state, line.person, owner=action.owner, agency=action.agency,
        submitter=thread.submitter, waived=waiver is not None and waiver.person == who.id, decider=decider,
    ) or ""  # fmt: skip


def waive(
    workspace: Workspace,
    action_id: str,
    person: str,
    reason: str,
    agreed_by: str,
    *,
    by: str,
    now: datetime,
    today: date,
) -> VerifierWaiver:
    """Leave for one person of the owner's agency to verify one action. It shows wherever the action does.

    Raises:
        InputError: The action has ended, or the person is its owner, independent anyway, or not here; or no reason.
        NotAllowed: It is for a co-ordinator or a chair.
    """
    reason = sentence(reason, "Say in a sentence why nobody independent can verify it.")
    agreed_by = sentence(agreed_by, "Say who agreed to it, as a role.", least=3)
    with stroke(
        workspace, by=by, did="let somebody verify who is not independent", now=now, today=today, why=reason
    ) as line:
        organiser(line.person, "waive the independence of a verifier")
        thread = line.thread(action_id)
        action = thread.action
        if thread.state.ended:
            raise InputError(f"{action.id} is {thread.state.label.lower()}, so nobody is to verify it.")
        named = workspace.people().get(person.strip().lower())
        if named is None:
            raise InputError(f"“{person}” is not one of the people here.")
        if named.id == action.owner:
            raise InputError(f"{named.name} owns {action.id}: a waiver is never for the owner.")
        if independent(named, action.owner, action.agency):
            raise InputError(f"{named.name} is independent of {action.id}, so no waiver is needed.")
        line.put(VerifierWaiver(id=action.id, person=named.id, reason=reason, agreed_by=agreed_by, on=today))
    stored = workspace.actions_shelf.get(VerifierWaiver, action.id)
    assert stored is not None
    return stored


def state_of(workspace: Workspace, action_id: str) -> State:
    """Where an action stands."""
    return thread_on(workspace.actions_shelf, action_id).state
