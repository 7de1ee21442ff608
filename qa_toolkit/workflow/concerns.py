"""Immediate safeguarding concerns: raised in a return, followed up by the partnership. The tool never alerts anyone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.audits import FollowUp
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.parcels import ParcelToken
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Concern
from qa_toolkit.domain.text import clean
from qa_toolkit.store.returned import load_return
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal, audit_of, return_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import opened, owed, require_open
from qa_toolkit.workflow.starting import begin


class Raised(NamedTuple):
    """A concern with what was done about it."""

    return_id: str
    concern: Concern
    follow_up: FollowUp | None

    @property
    def closed(self) -> bool:
        """Whether the partnership has closed it."""
        return self.follow_up is not None and self.follow_up.closed_at is not None


def raise_concern(
    workspace: Workspace,
    return_id: str,
    *,
    what: str,
    why_now: str = "",
    question: str = "",
    told: str = "",
    told_at: datetime | None = None,
    how: str = "",
    by: str,
    now: datetime,
) -> Concern:
    """A concern recorded in a return; allowed at any time, even after submission, because danger does not wait."""
    what = clean(what).strip()
    if not what:
        raise InputError("Say in a sentence what worries you. Telephone first if the child may be in danger now.")
    at = opened(workspace, return_id)
    allowed.rater(workspace, by, at.ret.head.agency, at.ret.head.rater, "raise a concern in")
    did = "raised a concern"
    with workspace.change(return_journal(at.ret.id), by=by, did=did, now=now) as change:
        number = next_number(f"{at.ret.id}-K", load_return(change.shelf).concerns)
        concern = Concern(
            id=f"{at.ret.id}-K{number}", question=question.upper(), what=what, why_now=clean(why_now),
            told=clean(told), told_at=told_at, how=clean(how), raised_at=now,
        )  # fmt: skip
        change.put(concern)
    return workspace.ret(at.ret.id).concerns[concern.id]


def phoned(
    workspace: Workspace, return_id: str, *, what: str, caller: str, rater: str = "", why_now: str = "", by: str,
    now: datetime, today: date,
) -> Concern:  # fmt: skip
    """A concern that an agency telephoned to the co-ordinator, in its return, which is begun for its rater if need be.

    Only where the agency works from a workbook: one that has a copy of its own by parcel is the only writer of it.

    Raises:
        InputError: Nothing said, nobody named, or the agency has a copy of its own.
    """
    allowed.coordinator(workspace, by, "log a concern that was telephoned")
    what, caller = clean(what).strip(), clean(caller).strip()
    if not what or not caller:
        raise InputError("Say in a sentence what worries them, and who telephoned, by role.")
    file, allocation = owed(workspace, return_id)
    if file.shelf.get(ParcelToken, allocation.agency) is not None:
        raise InputError(
            f"{allocation.agency} scores {allocation.id} in its own copy, sent by parcel. Act on the call now; then "
            "ask them to write the concern down there and send the parcel back."
        )
    name, rater = return_journal(allocation.id), allocation.rater or rater
    if allocation.id not in file.started:
        require_open(workspace, file)
        if not rater or allowed.person(workspace, rater).agency != allocation.agency:
            raise InputError(f"Say with --rater who of {allocation.agency} scores {allocation.id}.")
        begin(workspace, file, allocation, rater, by=by, now=now, today=today)
    with workspace.change(name, by=by, did="logged a concern by telephone", now=now) as change:
        number = next_number(f"{allocation.id}-K", load_return(change.shelf).concerns)
        concern = Concern(
            id=f"{allocation.id}-K{number}", what=what, why_now=clean(why_now), told="co-ordinator", told_at=now,
            how=f"telephone, from the {caller}", raised_at=now,
        )  # fmt: skip
        change.put(concern)
    return workspace.ret(allocation.id).concerns[concern.id]


def tell(
    workspace: Workspace, concern_id: str, *, told: str, how: str, told_at: datetime, seen: Seen | None = None,
    by: str, now: datetime,
) -> Concern:  # fmt: skip
    """The concern with whom the rater told, how and when."""
    raised = find(workspace, concern_id)
    at = opened(workspace, raised.return_id)
    allowed.rater(workspace, by, at.ret.head.agency, at.ret.head.rater, "add to a concern of")
    if told_at > now:
        raise InputError("The time at which somebody was told cannot lie in the future.")
    with workspace.change(return_journal(at.ret.id), by=by, did="told of a concern", now=now, seen=seen) as change:
        update = {"told": clean(told), "how": clean(how), "told_at": told_at}
        change.put(raised.concern.model_copy(update=update))
    return find(workspace, concern_id).concern


def follow_up(
    workspace: Workspace,
    concern_id: str,
    *,
    acknowledged_by: str = "",
    acknowledged_at: datetime | None = None,
    outcome: str = "",
    close: bool = False,
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> FollowUp:
    """What the partnership recorded: who confirmed that they have it, what came of it, and that it is closed."""
    actor = allowed.person(workspace, by)
    raised = find(workspace, concern_id)
    if not actor.is_(Role.COORDINATOR, Role.CHAIR):
        allowed.coordinator(workspace, by, "follow up a concern")
    audit_id = audit_of(raised.return_id)
    with workspace.change(audit_journal(audit_id), by=by, did="followed up a concern", now=now, seen=seen) as change:
        before = change.shelf.get(FollowUp, raised.concern.id) or FollowUp(id=raised.concern.id)
        update: dict[str, object] = {}
        if acknowledged_by:
            update |= {"acknowledged_by": clean(acknowledged_by), "acknowledged_at": acknowledged_at or now}
        if outcome:
            update["outcome"] = clean(outcome)
        after = before.model_copy(update=update)
        if close:
            if not after.outcome:
                raise InputError("A concern is closed with its outcome: say what was done and how the child is now.")
            after = after.model_copy(update={"closed_at": now})
        change.put(after)
    return workspace.audit(audit_id).follow_ups[raised.concern.id]


def find(workspace: Workspace, concern_id: str) -> Raised:
    """The concern with that id."""
    return_id = concern_id.upper().rpartition("-K")[0]
    if return_id and workspace.has_return(return_id):
        concern = workspace.ret(return_id).concerns.get(concern_id.upper())
        if concern is not None:
            file = workspace.audit(audit_of(return_id))
            return Raised(return_id, concern, file.follow_ups.get(concern.id))
    raise NotFound(f"There is no concern {concern_id}. `qa concern list` shows those there are.")


def of_return(workspace: Workspace, return_id: str) -> Iterator[Raised]:
    """The concerns raised in one return."""
    file = workspace.audit(audit_of(return_id))
    for concern in workspace.ret(return_id).concerns.values():
        yield Raised(return_id, concern, file.follow_ups.get(concern.id))
