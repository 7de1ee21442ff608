"""Due dates: asked for by owners, changed by decision. The first date is never lost, and every change says why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.plans.lifecycle import Part, parts_of
from qa_toolkit.domain.plans.records import Asked, DateChange
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.keeping import Stroke, find, organiser, sentence, stroke


def ask_later(
    workspace: Workspace,
    action_id: str,
    new: date,
    reason: str,
    *,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Asked:
    """The owner's request for a later day; it stands until a decision answers it. A later request takes its place.

    Raises:
        InputError: The day is not later than the present one and today, no reason, or the action has ended.
        NotAllowed: It is asked by its owner, the lead of its owner's agency, or a co-ordinator.
    """
    reason = sentence(reason, "Say in a sentence why more time is needed, and what it means for children.")
    with stroke(workspace, by=by, did="asked for a later day", now=now, today=today, why=reason, seen=seen) as line:
        asked = put_asked(line, action_id, new, reason)
    return find(workspace, Asked, asked.id)


def put_asked(line: Stroke, action_id: str, new: date, reason: str) -> Asked:
    """One request for a later day as part of a stroke."""
    thread = _running(line, action_id)
    action = thread.action
    if not parts_of(line.person, action.owner, action.agency) & {Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR}:
        raise NotAllowed(
            f"{line.person.name} ({line.by}) may not ask for {action.id}: that is for its owner, the lead of its "
            "owner’s agency, or a co-ordinator."
        )
    if new <= action.due or new <= line.today:
        raise InputError(f"{action.id} is due on {show_date(action.due)}: ask for a day after that, and to come.")
    if (before := thread.wants_later_day) is not None:
        line.put(before.model_copy(update={"answered": "withdrawn"}))
    asked = Asked(
        id=line.mint_under(Asked, action.id, "Q"), action=action.id, new=new, reason=clean(reason).strip(), by=line.by,
        on=line.today,
    )  # fmt: skip
    line.put(asked)
    return asked


def change_due(
    workspace: Workspace,
    action_ids: Iterable[str],
    new: date,
    reason: str,
    decided_by: str,
    *,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> list[DateChange]:
    """The decision to change the due day of one or many actions, in one line.

    Raises:
        InputError: No reason, nobody who decided, the same day, or an action that has ended.
        NotAllowed: It is recorded by a co-ordinator or a chair.
    """
    ids = list(dict.fromkeys(id.strip().upper() for id in action_ids))
    did = "changed a due date" if len(ids) == 1 else f"changed {len(ids)} due dates"
    with stroke(workspace, by=by, did=did, now=now, today=today, why=clean(reason), seen=seen) as line:
        organiser(line.person, "change a due date")
        made = [put_due(line, id, new, reason, decided_by) for id in ids]
    return [find(workspace, DateChange, one.id) for one in made]


def put_due(line: Stroke, action_id: str, new: date, reason: str, decided_by: str, *, meeting: str = "") -> DateChange:
    """One change of a due day as part of a stroke; a request that waits for it is answered."""
    thread = _running(line, action_id)
    action = thread.action
    reason = sentence(reason, f"Say in a sentence why the day of {action.id} is changed.")
    decided_by = sentence(decided_by, "Say who decided on the new day: a group, or a role.", least=3)
    if new == action.due:
        raise InputError(f"{action.id} is due on {show_date(new)} already.")
    if new < line.today:
        raise InputError(f"{show_date(new)} has gone by: {action.id} would be overdue at once. Name a day to come.")
    if action.start and new < action.start:
        raise InputError(f"{action.id} would be due before it begins on {show_date(action.start)}.")
    if (asked := thread.wants_later_day) is not None:
        line.put(asked.model_copy(update={"answered": "granted"}))
    made = DateChange(
        id=line.mint_under(DateChange, action.id, "D"), action=action.id, old=action.due, new=new, reason=reason,
        decided_by=decided_by, on=line.today, meeting=meeting,
    )  # fmt: skip
    line.put(action.model_copy(update={"due": new}), made)
    return made


def put_refusal(line: Stroke, action_id: str) -> Asked:
    """The refusal of a later day as part of a stroke; the day stays."""
    thread = line.thread(action_id)
    if (asked := thread.wants_later_day) is None:
        raise InputError(f"No later day is asked for {thread.action.id}.")
    answered = asked.model_copy(update={"answered": "refused"})
    line.put(answered)
    return answered


def _running(line: Stroke, action_id: str) -> Thread:
    thread = line.thread(action_id)
    if thread.state.ended:
        raise InputError(f"{thread.action.id} is {thread.state.label.lower()}, so its day is not changed.")
    return thread
