"""Actions as facts: proposed, corrected, handed over, taken on by their owner. Their life is in `moving`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.plans.lifecycle import Deed, Part, State, parts_of
from qa_toolkit.domain.plans.plan import Commitment, Plan, Recommendation
from qa_toolkit.domain.plans.records import Acceptance, Action, Priority, Step
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow import findings
from qa_toolkit.workflow.plans.keeping import (
    Stroke,
    find,
    known_agencies,
    known_tier,
    organiser,
    planner,
    sentence,
    stroke,
)
from qa_toolkit.workflow.plans.recommendations import running

_TEXTS = ("outcome", "measure", "baseline", "target", "owner_role", "outside", "sponsor", "re_audit")
CORRECTABLE = frozenset(
    {"text", "priority", "themes", "supporting", "tier", "start", "impact_due", "sensitive", *_TEXTS} - {"outside"}
)
"""What `correct` may change. Owner and due date have verbs of their own."""


def propose(
    workspace: Workspace,
    plan_id: str,
    text: str,
    *,
    due: date,
    recommendation: str = "",
    commitment: str = "",
    finding: str = "",
    owner: str = "",
    agency: str = "",
    supporting: Iterable[str] = (),
    tier: str = "",
    priority: Priority = Priority.MEDIUM,
    themes: Iterable[str] = (),
    start: date | None = None,
    impact_due: date | None = None,
    sensitive: bool = False,
    by: str,
    now: datetime,
    today: date,
    **texts: str,
) -> Action:
    """A proposed action under the next number of the year; `texts` are outcome, measure, baseline, target, owner_role,
    outside, sponsor and re_audit. Its agency is its owner's; an action owned outside the area has none.

    Raises:
        InputError: No sentence, days in the wrong order, an owner who is not here, or the plan has ended.
        NotFound: A plan, recommendation, commitment or finding is not there.
    """
    with stroke(workspace, by=by, did="proposed an action", now=now, today=today) as line:
        planner(line.person, "propose an action")
        action = put_proposed(
            line, plan_id, text, due=due, recommendation=recommendation, commitment=commitment, finding=finding,
            owner=owner, agency=agency, supporting=supporting, tier=tier, priority=priority, themes=themes,
            start=start, impact_due=impact_due, sensitive=sensitive, **texts,
        )  # fmt: skip
    return find(workspace, Action, action.id)


def put_proposed(line: Stroke, plan_id: str, text: str, *, due: date, **given: Any) -> Action:
    """A proposed action as part of a stroke; fields as in `propose`."""
    workspace = line.workspace
    plan = running(line.get(Plan, plan_id))
    wanted = sentence(text, "Say in a sentence what is to be done.")
    facts: dict[str, Any] = {name: clean(given.pop(name, "")).strip() for name in _TEXTS}
    themes = tuple(given.pop("themes", ()))
    if recommendation := given.pop("recommendation", ""):
        answered = line.get(Recommendation, recommendation)
        if answered.plan != plan.id:
            raise InputError(f"{answered.id} belongs to {answered.plan}, not to {plan.id}.")
        facts["recommendation"], themes = answered.id, themes or answered.themes
    if commitment := given.pop("commitment", ""):
        served = line.get(Commitment, commitment)
        # The headings of a strategy are its themes.
        facts["commitment"], themes = served.id, themes or (served.heading,)
    if finding := given.pop("finding", ""):
        found = findings.find(workspace, finding)
        facts["finding"], themes = found.id, themes or found.themes
    owner, agency = owned_by(workspace, given.pop("owner", ""), given.pop("agency", ""), facts["outside"])
    action = Action(
        id=line.mint(Action, "A"), plan=plan.id, text=wanted, owner=owner, agency=agency, owner_since=line.today,
        supporting=known_agencies(workspace, given.pop("supporting", ())), themes=themes, first_due=due, due=due,
        tier=known_tier(workspace, given.pop("tier", "") or plan.tier), **facts, **given,
    )  # fmt: skip
    check_days(action)
    step = Step(
        id=line.mint_under(Step, action.id, "S"), action=action.id, deed=Deed.PROPOSE, to=State.PROPOSED, at=line.now,
        by=line.by,
    )  # fmt: skip
    line.put(action, step)
    return action


def owned_by(workspace: Workspace, owner: str, agency: str, outside: str) -> tuple[str, str]:
    """The owner and the agency, which follows from the owner.

    Raises:
        InputError: The owner is not one of the people here, is of another agency, or it is owned outside as well.
    """
    owner, agency = owner.strip().lower(), agency.strip().lower()
    if outside and (owner or agency):
        raise InputError("It is owned either by an agency here or by a body outside the area: name one of them.")
    if owner:
        person = workspace.people().get(owner)
        if person is None:
            raise InputError(f"“{owner}” is not one of the people here, so cannot own an action. Name a role instead.")
        if agency and agency != person.agency:
            raise InputError(f"{person.name} is of {person.agency}, not of {agency}.")
        return owner, person.agency
    if agency:
        known_agencies(workspace, [agency])
    return "", agency


def check_days(action: Action) -> None:
    """That the days come in order.

    Raises:
        InputError: They do not.
    """
    if action.start and action.start > action.due:
        raise InputError("It would be due before it begins: look at the two days.")
    if action.impact_due and action.impact_due < action.due:
        raise InputError("Its impact would be judged before it is due: look at the two days.")


def correct(
    workspace: Workspace,
    action_id: str,
    changes: dict[str, Any],
    *,
    why: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Action:
    """The action with other facts. Once it is agreed a reason is needed, and owners may not do it.

    Raises:
        InputError: A fact that has a verb of its own, or no reason.
    """
    unknown = [name for name in changes if name not in CORRECTABLE]
    if unknown:
        raise InputError(f"{unknown[0]} is not changed in this way: there are {', '.join(sorted(CORRECTABLE))}.")
    with stroke(workspace, by=by, did="corrected an action", now=now, today=today, why=clean(why), seen=seen) as line:
        thread = line.thread(action_id)
        if thread.state is State.PROPOSED:
            planner(line.person, "correct an action")
        else:
            organiser(line.person, "correct an action that was agreed")
            sentence(why, f"{thread.action.id} was agreed: say in a sentence why it is changed.")
        if "text" in changes:
            changes["text"] = sentence(changes["text"], "Say in a sentence what is to be done.")
        if "tier" in changes:
            known_tier(workspace, changes["tier"])
        if "supporting" in changes:
            changes["supporting"] = known_agencies(workspace, changes["supporting"])
        texts = {name: clean(value).strip() for name, value in changes.items() if isinstance(value, str)}
        action = Action.model_validate({**thread.action.model_dump(), **changes, **texts})
        if {"start", "impact_due"} & set(changes):
            check_days(action)
        line.put(action)
    return find(workspace, Action, action_id)


def hand_over(
    workspace: Workspace,
    action_ids: Iterable[str],
    *,
    owner: str = "",
    agency: str = "",
    outside: str = "",
    owner_role: str = "",
    why: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> list[Action]:
    """Actions with another owner, person and role, or none; who was asked before has not accepted for the new one.

    The role stays where only the person changes within an agency: it outlasts whoever holds it.
    """
    ids = list(dict.fromkeys(id.strip().upper() for id in action_ids))
    with stroke(workspace, by=by, did="handed actions over", now=now, today=today, why=clean(why), seen=seen) as line:
        for id in ids:
            put_hand_over(line, id, owner=owner, agency=agency, outside=outside, owner_role=owner_role)
    return [find(workspace, Action, id) for id in ids]


def put_hand_over(
    line: Stroke, action_id: str, *, owner: str = "", agency: str = "", outside: str = "", owner_role: str = ""
) -> Action:
    """Another owner as part of a stroke."""
    outside, owner_role = clean(outside).strip(), clean(owner_role).strip()
    new, of = owned_by(line.workspace, owner, agency, outside)
    thread = line.thread(action_id)
    before = thread.action
    if not parts_of(line.person, before.owner, before.agency) & {Part.COORDINATOR, Part.CHAIR, Part.OWNER_LEAD}:
        raise NotAllowed(
            f"{line.person.name} ({line.by}) may not hand {before.id} over: that is for a co-ordinator, a chair, or "
            "the lead of its agency."
        )
    if thread.state.ended:
        raise InputError(f"{before.id} is {thread.state.label.lower()}, so nobody has to own it.")
    agency_now = "" if outside else of or before.agency
    changed = {
        "owner": new, "agency": agency_now, "owner_since": line.today,
        "owner_role": owner_role or (before.owner_role if agency_now == before.agency and not outside else ""),
        "outside": outside or ("" if new or of else before.outside),
    }  # fmt: skip
    after = before.model_copy(update=changed)
    line.put(after)
    if thread.acceptance is not None:
        line.change.drop(thread.acceptance)
    return after


def accept(
    workspace: Workspace,
    action_id: str,
    accepted: bool,
    *,
    reason: str = "",
    by_whom: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Acceptance:
    """That its owner takes it on, or refuses it with a reason, which takes it up to the Main Board."""
    reason = clean(reason).strip()
    if not accepted and len(reason) < 10:
        raise InputError("Say in a sentence why it is refused: it goes to the Main Board with that reason.")
    did = "accepted an action" if accepted else "refused an action"
    with stroke(workspace, by=by, did=did, now=now, today=today, why=reason, seen=seen) as line:
        thread = line.thread(action_id)
        parts = parts_of(line.person, thread.action.owner, thread.action.agency)
        if not parts & {Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR}:
            raise NotAllowed(
                f"{line.person.name} ({by}) may not answer for {thread.action.id}: that is for its owner, the lead of "
                "its owner’s agency, or a co-ordinator who was told."
            )
        if not thread.state.live:
            raise InputError(f"{thread.action.id} is {thread.state.label.lower()}: there is nothing to take on.")
        line.put(
            Acceptance(
                id=thread.action.id, accepted=accepted, reason=reason, on=today,
                by_whom=clean(by_whom).strip() or line.person.name,
            )
        )  # fmt: skip
    stored = workspace.actions_shelf.get(Acceptance, find(workspace, Action, action_id).id)
    if stored is None:
        raise NotFound(f"The answer for {action_id} is not there.")
    return stored
