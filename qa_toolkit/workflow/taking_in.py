"""A return that was filled in elsewhere, taken in as one line, through the checks of typed answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from qa_toolkit.domain.answering import check_answer
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.header import check_facts
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.returns import Concern, Declaration, Difference, Relation, Return, Submission
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.change import Change
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow import allowed, finishing
from qa_toolkit.workflow.finishing import Ending
from qa_toolkit.workflow.returns import nearness, opened, owed, require_open
from qa_toolkit.workflow.starting import begin


class WrittenConcern(NamedTuple):
    """A concern as it was written down elsewhere."""

    what: str
    why_now: str = ""
    told: str = ""
    told_at: datetime | None = None
    how: str = ""


class Filled(NamedTuple):
    """What came back for one return. Only what differs from the record is in it."""

    return_id: str
    relation: Relation | None = None
    nil: str = ""
    facts: Mapping[str, Any] = {}
    answers: tuple[Answer, ...] = ()
    grades: Mapping[str, tuple[Grade, str]] = {}
    """`overall` or a section's id to the grade and its reasons."""
    differences: Mapping[str, tuple[Any, str]] = {}
    """A fact about the child to what the agency's record says of it, nothing where it says the same, and its note."""
    concern: WrittenConcern | None = None
    ending: Ending | None = None

    @property
    def changes(self) -> int:
        """How many things it would change."""
        singles = (self.relation is not None, bool(self.nil), self.concern is not None, self.ending is not None)
        return sum(singles) + sum(map(len, (self.facts, self.answers, self.grades, self.differences)))

    @property
    def sends_only(self) -> bool:
        """Whether it says nothing but that the return is sent in."""
        return self.changes == bool(self.nil) + (self.ending is not None)


def take_in(
    workspace: Workspace, filled: Filled, rater: str, *, source: str, same_as: str = "", by: str, now: datetime,
    today: date,
) -> list[Concern]:  # fmt: skip
    """The return with all of it, in one line; gives the concerns that are new, to be shown at once.

    `source` names the file it came in. A concern that the record has already, in the same words or as `same_as`, is not
    doubled: what is written of it is added to the one that is there.

    Raises:
        NotAllowed: Not a co-ordinator; the rater is of another agency; or it has been sent in already.
        InputError: A return that is declared as held or supervised by its rater without a waiver.
    """
    file = may_take_in(workspace, filled, rater, by=by)
    allocation, person = file.allocations[filled.return_id], allowed.person(workspace, rater)
    if allocation.id not in file.started:
        begin(workspace, file, allocation, person.id, by=by, now=now, today=today)
    name, why = return_journal(allocation.id), f"filled in by {person.id}, {clean(source)}"
    with workspace.change(name, by=by, did="took in a return", why=why, now=now) as change:
        at = opened(workspace, allocation.id)
        at = at._replace(ret=workspace.read(at.file, change.shelf))
        if not at.editable:
            raise NotAllowed(f"{allocation.id} has been sent in, so nothing was changed. Give it back first.")
        if filled.relation is not None:
            waiver = nearness(at.file, at.ret.id, filled.relation, rater).waiver
            change.put(Declaration(id="start", relation=filled.relation, waiver=waiver))
        for id, value in check_facts(at.template, filled.facts, about="return").items():
            change.put_plain("facts", id, {"value": value})
        for field, (says, note) in filled.differences.items():
            checked = check_facts(at.template, {field: says}, about="subject")
            change.put(Difference(id=field, says=checked.get(field), note=clean(note)))
        for answer in filled.answers:
            change.put(check_answer(at.template, at.template.questions[answer.id], answer))
        became = finishing.becomes(at, filled)
        for of in filled.grades:
            change.put(became.ret.grades[of])
        new = _raise(change, at.ret, filled.concern, clean(source), same_as, finishing.asks_for_concern(became), now)
        if filled.nil:
            change.put(Submission(id=str(at.ret.round + 1), nil=True, nil_reason=clean(filled.nil).strip()))
        elif filled.ending is not None:
            finishing.send(change, became, filled, rater)
        return new


def may_take_in(workspace: Workspace, filled: Filled, rater: str, *, by: str) -> AuditFile:
    """The audit's file, if the return could be taken in; refuses what `take_in` would refuse, and changes nothing."""
    allowed.coordinator(workspace, by, "take in a return that was filled in elsewhere")
    file, allocation = owed(workspace, filled.return_id)
    require_open(workspace, file)
    person = allowed.person(workspace, rater)
    if person.agency != allocation.agency:
        raise NotAllowed(f"{person.name} is not of {allocation.agency}, so cannot have scored {allocation.id}.")
    if allocation.rater and allocation.rater != rater:
        raise NotAllowed(f"{allocation.id} is {allocation.rater}’s to score, and it came as {rater}’s.")
    if allocation.id in file.started and not opened(workspace, allocation.id).editable:
        raise NotAllowed(f"{allocation.id} has been sent in, so nothing was changed. Give it back first.")
    _independent(file, filled, rater)
    return file


def _independent(file: AuditFile, filled: Filled, rater: str) -> None:
    tie = nearness(file, filled.return_id, filled.relation or Relation.NONE, rater).tie
    if tie is not None:
        said = filled.relation.label if filled.relation is not None and not filled.relation.independent else tie.label
        raise InputError(
            f"{filled.return_id} says “{said}”: nobody scores a case that they hold or supervise "
            "without a waiver. Ask the agency to name somebody else, or record one with `qa return waive`."
        )


def logged_as(ret: Return, written: WrittenConcern) -> str:
    """The id of the concern that says the same in the same words, or nothing."""
    words = " ".join(written.what.casefold().split())
    return next((id for id, one in ret.concerns.items() if " ".join(one.what.casefold().split()) == words), "")


def may_be_logged(workspace: Workspace, filled: Filled) -> dict[str, str]:
    """The concerns of the return, id to words, where the written one says in other words what one of them may say."""
    if filled.concern is None or not workspace.has_return(filled.return_id):
        return {}
    ret = workspace.ret(filled.return_id)
    return {} if logged_as(ret, filled.concern) else {id: one.what for id, one in ret.concerns.items()}


def _raise(
    change: Change, ret: Return, written: WrittenConcern | None, source: str, same_as: str, question: str, now: datetime
) -> list[Concern]:
    if written is None:
        return []
    if logged := logged_as(ret, written):
        if question and not ret.concerns[logged].question:
            change.put(ret.concerns[logged].model_copy(update={"question": question}))
        return []
    if same_as:
        before = ret.concerns.get(same_as.strip().upper())
        if before is None:
            raise InputError(f"There is no concern {same_as} in {ret.id}. `qa concern list` shows those there are.")
        if f"As written in {source}: {clean(written.what).strip()}" not in before.what:
            added = _added(before, written, source) | {"question": before.question or question}
            change.put(before.model_copy(update=added))
        return []
    concern = Concern(
        id=f"{ret.id}-K{next_number(f'{ret.id}-K', ret.concerns)}", question=question, what=clean(written.what).strip(),
        why_now=clean(written.why_now), told=clean(written.told), told_at=written.told_at, how=clean(written.how),
        raised_at=now,
    )  # fmt: skip
    change.put(concern)
    return [concern]


def _added(before: Concern, written: WrittenConcern, source: str) -> dict[str, object]:
    update: dict[str, object] = {"what": f"{before.what}\n\nAs written in {source}: {clean(written.what).strip()}"}
    if not before.why_now:
        update["why_now"] = clean(written.why_now)
    if not before.told:
        update |= {"told": clean(written.told), "told_at": written.told_at, "how": clean(written.how)}
    return update
