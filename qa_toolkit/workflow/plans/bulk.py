"""One deed done to many actions in one line of the record, shown first: what would change, and what is refused.

The preview runs the deed itself inside a line that is then thrown away, so it can say nothing else than the deed will.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, Protocol

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotAllowed, QAError, StoreError
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import Standing, Thread, Yardstick, brief_of, standing
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace, seen
from qa_toolkit.workflow.plans.actions import put_hand_over
from qa_toolkit.workflow.plans.due_dates import put_due
from qa_toolkit.workflow.plans.judging import put_escalation
from qa_toolkit.workflow.plans.keeping import Stroke, organiser, stroke
from qa_toolkit.workflow.plans.moving import put_move
from qa_toolkit.workflow.plans.progress import put_update


class Change(Protocol):
    """One deed, with what it needs, that can be done to any action."""

    @property
    def did(self) -> str:
        """What the record says was done, before the number of actions."""

    @property
    def why(self) -> str:
        """The reason that the record carries."""

    def put(self, line: Stroke, action_id: str) -> None:
        """Do it to one action. QAError where the rules refuse."""


class HandOver(NamedTuple):
    """Another owner."""

    owner: str = ""
    agency: str = ""
    owner_role: str = ""
    outside: str = ""
    why: str = ""

    @property
    def did(self) -> str:
        """What was done."""
        return "handed over"

    def put(self, line: Stroke, action_id: str) -> None:
        """Do it to one action."""
        if not any((self.owner, self.agency, self.owner_role, self.outside)):
            raise InputError("Name the new owner: a person, an agency, a role, or a body outside the area.")
        put_hand_over(
            line, action_id, owner=self.owner, agency=self.agency, outside=self.outside, owner_role=self.owner_role
        )


class Extend(NamedTuple):
    """Another due date, by decision."""

    new: date
    why: str
    decided_by: str

    @property
    def did(self) -> str:
        """What was done."""
        return "changed the due date of"

    def put(self, line: Stroke, action_id: str) -> None:
        """Do it to one action."""
        organiser(line.person, "change a due date")
        put_due(line, action_id, self.new, self.why, self.decided_by)


class Escalate(NamedTuple):
    """Up to a rung."""

    to: Rung
    why: str

    @property
    def did(self) -> str:
        """What was done."""
        return "escalated"

    def put(self, line: Stroke, action_id: str) -> None:
        """Do it to one action."""
        organiser(line.person, "take an action up a tier")
        put_escalation(line, action_id, self.to, self.why)


class Note(NamedTuple):
    """The same update."""

    text: str
    progress: int | None = None
    why: str = ""
    says: Colour | None = None
    at: Yardstick | None = None
    """The rules of today, where a colour is said."""

    @property
    def did(self) -> str:
        """What was done."""
        return "updated"

    def put(self, line: Stroke, action_id: str) -> None:
        """Do it to one action."""
        if len(clean(self.text).strip()) < 3:
            raise InputError("Say in a sentence how it goes.")
        put_update(line, action_id, self.text, progress=self.progress, says=self.says, at=self.at)


class Moved(NamedTuple):
    """One deed of an action's life."""

    deed: Deed
    why: str = ""
    review: date | None = None
    met: bool | None = None
    successor: str = ""
    impact_due: date | None = None
    due: date | None = None

    @property
    def did(self) -> str:
        """What was done."""
        return {
            Deed.AGREE: "agreed", Deed.START: "began", Deed.HOLD: "put on hold", Deed.RESUME: "took off hold",
            Deed.REJECT: "rejected", Deed.SEND_BACK: "sent back", Deed.SUBMIT: "submitted for closure",
        }.get(self.deed, self.deed.value.replace("_", " "))  # fmt: skip

    def put(self, line: Stroke, action_id: str) -> None:
        """Do it to one action."""
        put_move(
            line, self.deed, action_id, reason=self.why, review=self.review, met=self.met, successor=self.successor,
            impact_due=self.impact_due,
        )  # fmt: skip
        if self.deed is Deed.REOPEN and self.due is not None:
            organiser(line.person, "change a due date")
            put_due(line, action_id, self.due, self.why, line.person.name)


class Effect(NamedTuple):
    """What the deed comes to for one action."""

    id: str
    text: str
    changes: str
    """In words; empty where it is refused."""
    refused: str
    """The sentence of the refusal; empty where it may be done."""
    seen: Mapping[tuple[str, str], int]
    """What was there when it was looked at."""


def preview(
    workspace: Workspace, action_ids: Iterable[str], change: Change, at: Yardstick, *, by: str, now: datetime,
    today: date,
) -> list[Effect]:  # fmt: skip
    """What the deed would come to for each; nothing is written.

    Raises:
        InputError: No action is named.
        NotAllowed: Nobody of that name is here today.
    """
    ids = _checked(action_ids)
    found: list[Effect] = []
    try:
        with stroke(workspace, by=by, did=_did(change, len(ids)), now=now, today=today, why=change.why) as line:
            found += [_effect(line, id, change, at) for id in ids]
            raise _ThrownAway
    except _ThrownAway:
        return found


class _ThrownAway(Exception):
    """Ends a line that was begun only to look."""


def apply(
    workspace: Workspace, action_ids: Iterable[str], change: Change, *, seen: Seen | None = None, by: str,
    now: datetime, today: date,
) -> list[str]:  # fmt: skip
    """The deed done to all of these actions in one line, or to none of them; gives back their numbers.

    Raises:
        QAError: One is refused, or has moved since it was `seen`.
    """
    ids = _checked(action_ids)
    with stroke(
        workspace, by=by, did=_did(change, len(ids)), now=now, today=today, why=clean(change.why).strip(), seen=seen
    ) as line:
        for id in ids:
            change.put(line, id)
    return ids


def _checked(action_ids: Iterable[str]) -> list[str]:
    ids = list(dict.fromkeys(id.strip().upper() for id in action_ids))
    if not ids:
        raise InputError("Mark at least one action.")
    return ids


def _did(change: Change, count: int) -> str:
    return f"{change.did} {'an action' if count == 1 else f'{count} actions'}"


def _effect(line: Stroke, id: str, change: Change, at: Yardstick) -> Effect:
    try:
        before = line.thread(id)
    except NotAllowed as error:
        return Effect(id, "", "", str(error), {})
    action = before.action
    # The next move of its life is looked at too: somebody else may make it meanwhile.
    there = {**seen(action), ("steps", f"{action.id}/S{len(before.steps) + 1:02}"): 0}
    try:
        change.put(line, id)
    except StoreError:
        raise
    except QAError as error:
        return Effect(action.id, action.text, "", str(error), there)
    return Effect(action.id, action.text, _changes(before, line.thread(id), at), "", there)


def _changes(before: Thread, after: Thread, at: Yardstick) -> str:
    """What is different, in words: facts, state, colour and whom it goes to."""
    was, now = standing(brief_of(before), at), standing(brief_of(after), at)
    old, new = before.action, after.action
    pairs = [
        ("owner", _owner(old), _owner(new)), ("agency", old.agency or "none", new.agency or "none"),
        ("due", show_date(old.due), show_date(new.due)), ("state", was.state.label, now.state.label),
        ("colour", was.colour.label, now.colour.label), ("goes to", _goes(was), _goes(now)),
    ]  # fmt: skip
    said = [f"{name} {one} → {other}" for name, one, other in pairs if one != other]
    if len(after.updates) > len(before.updates):
        said.insert(0, "one update more")
    if len(after.date_changes) > len(before.date_changes):
        said.append(f"slip {now.slip:+d} working days")
    if len(after.escalations) > len(before.escalations):
        said.append("taken up by decision")
    if before.acceptance is not None and after.acceptance is None:
        said.append("the new owner has not taken it on yet")
    return "; ".join(said) or "nothing would be different"


def _owner(action: Action) -> str:
    return action.owner or action.owner_role or action.outside or "nobody"


def _goes(where: Standing) -> str:
    return where.rung.rung.label if where.rung else "its owner"
