"""A parcel that came back: proved, checked, shown, and only then filed; twice the same changes nothing."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import NamedTuple

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.errors import InputError, NotSaved
from qa_toolkit.domain.independence import Ties, blocked
from qa_toolkit.domain.parcels import Outgoing, ParcelToken, Returning
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Concern
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.text import clean
from qa_toolkit.exchange.parcel_check import Checked, check_journal
from qa_toolkit.exchange.parcel_return import proof
from qa_toolkit.store import lines
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.seam import START
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, audit_of, return_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import Opened, opened, require_open
from qa_toolkit.workflow.sealing import seals
from qa_toolkit.workflow.submission import receive, what_stops


class Step(NamedTuple):
    """What one return of a parcel would change."""

    checked: Checked
    filed: int
    """Lines that are filed already."""
    concerns: tuple[tuple[Concern, str], ...]
    """New concerns, each with the id of the one logged before in the same words, or empty."""
    sealed: bool = False
    """Whether it is scored blind by more than one: then nothing is said of it but that it came, and its state."""

    @property
    def fresh(self) -> int:
        """Lines that would be added."""
        return max(len(self.checked.lines) - self.filed, 0)

    @property
    def sentence(self) -> str:
        """What would happen, in words."""
        id = self.checked.id
        if not self.fresh:
            return f"{id}: nothing to do, it is filed already as far as line {self.filed}."
        state = f"submitted, round {self.checked.round}" if self.checked.round else "still in progress"
        if self.sealed:
            return f"{id}: came back, {state}. Its answers are sealed until all its raters have submitted."
        return f"{id}: {'new' if not self.filed else 'goes on'}, {self.fresh} entries to add ({state})."


class Plan(NamedTuple):
    """What a parcel would change."""

    parcel: Returning
    steps: tuple[Step, ...]

    @property
    def concerns(self) -> list[tuple[Concern, str]]:
        """Concerns that the record does not have yet."""
        return [one for step in self.steps for one in step.concerns]


def plan(workspace: Workspace, parcel: Outgoing | Returning, *, by: str) -> Plan:
    """What the parcel would change, once everything in it is proved and checked; changes nothing.

    Raises:
        InputError: Another workspace, audit, sender, template or allocation; altered; or two histories of one return.
        Damaged: A chain is broken.
    """
    allowed.coordinator(workspace, by, "take in a parcel")
    if isinstance(parcel, Outgoing):
        raise InputError(f"This parcel goes out to {parcel.agency.name}: they open it with `qa parcel open`.")
    if parcel.workspace != workspace.manifest.id:
        raise InputError(f"This parcel is for another workspace than “{workspace.name}”. Name it with --workspace.")
    if parcel.audit not in workspace.audits():
        raise InputError(f"This parcel is of the audit {parcel.audit[:60]}, and there is none of that name here.")
    file = workspace.audit(parcel.audit)
    token = file.shelf.get(ParcelToken, parcel.sender)
    if token is None:
        raise InputError(f"No parcel of {file.audit.id} was sent to “{parcel.sender[:80]}”, so none can come back.")
    if not hmac.compare_digest(proof(parcel, token.token), parcel.proof):
        raise InputError(
            f"Whoever made this parcel does not hold what was sent to {parcel.sender}: it was altered or is not "
            "theirs. Telephone them on a number you know."
        )
    if parcel.template != file.audit.template:
        raise InputError(
            f"This parcel answers another edition of the template than {file.audit.id} asks. If the audit was moved "
            f"since it went out, `qa audit move {file.audit.id} --back` takes that back until it is in."
        )
    agency = workspace.agencies().get(parcel.agency)
    if agency is None or parcel.sender.partition("@")[2] not in ("", agency.id):
        raise InputError(f"This parcel names the agency “{parcel.agency[:40]}”, and it is {parcel.sender}’s.")
    template, steps = workspace.template(file.audit.template), []
    for person in parcel.people:
        if person.agency != agency.id:
            raise InputError(f"This parcel names {person.id[:60]}, who is not of {agency.id}. Nothing was filed.")
    for id, text in parcel.journals.items():
        owed = _asked(file, parcel, id)
        checked = check_journal(text.encode(), owed, file.audit, agency.kind, template)
        steps.append(_step(workspace, checked))
    found = Plan(parcel, tuple(steps))
    if any(step.fresh for step in steps):
        require_open(workspace, file)
    return found


def _asked(file: AuditFile, parcel: Returning, id: str) -> Allocation:
    """What was asked of whoever sends this: an agency its own returns, a rater their second scores, never each other's.

    Raises:
        InputError: It was not, or is not any more.
    """
    second = file.all(SecondScore).get(id)
    if parcel.rater and second is not None and second.rater == parcel.rater:
        if second.withdrawn:
            raise InputError(f"{id} is no longer asked for ({second.withdrawn}), so nothing of this parcel was filed.")
        return second
    owed = file.allocations.get(id)
    if parcel.rater or owed is None or owed.agency != parcel.agency:
        raise InputError(f"{id[:80]} was not asked of {parcel.sender}, so nothing of this parcel was filed.")
    return owed


def filed_here(workspace: Workspace, checked: Checked, whom: str) -> int:
    """How many lines of a return are here already.

    Raises:
        InputError: What is here and what came part somewhere; both ends are shown, to be settled with `whom`.
    """
    name = return_journal(checked.id)
    there: tuple[lines.Line, ...] = ()
    if name in workspace.folder.list(name):
        there = tuple(lines.parse_all(workspace.folder.read(name).data, path=f"{name}.journal"))
    for ours, theirs in zip(there, checked.lines, strict=False):
        if ours.hash != theirs.hash:
            raise InputError(
                f"{checked.id} has two histories that part at line {ours.seq}: here it ends at line {there[-1].seq} "
                f"({there[-1].hash[:16]}), in the parcel at line {checked.lines[-1].seq} "
                f"({checked.lines[-1].hash[:16]}). Nothing was filed: settle with {whom} which one stands."
            )
    return len(there)


def _step(workspace: Workspace, checked: Checked) -> Step:
    there, group = filed_here(workspace, checked, "the agency"), seals(workspace, checked.id).of(checked.id)
    if there < len(checked.lines):
        _extends(checked, there, group.beside(checked.id) if group is not None and group.sealed else set())
        _independent(workspace, checked)
    known = _logged(workspace, checked.id)
    fresh: dict[str, Concern] = {one.id: one for seq, one in checked.concerns if seq > there}
    found = tuple((one, known.get(_words(one.what), "")) for one in fresh.values() if one.id not in known.values())
    return Step(checked, there, found, group is not None and group.sealed)


def _extends(checked: Checked, filed: int, beside: set[str]) -> None:
    agency = checked.rater.partition("@")[2]
    if blind := beside & {checked.rater, *(line.by for line in checked.lines[filed:])}:
        raise InputError(
            f"{checked.id} in this parcel was worked on by {min(blind)}, who scores the same case blind beside it. "
            "Nothing of the parcel was filed: one of the two scores has to be somebody else’s."
        )
    for line in checked.lines[filed:]:
        if line.by.partition("@")[2] != agency:
            raise InputError(f"{checked.id} in this parcel, line {line.seq}: {line.by[:60]} is not of {agency}.")


def _independent(workspace: Workspace, checked: Checked) -> None:
    file = workspace.audit(audit_of(checked.id))
    second = file.all(SecondScore).get(checked.id)
    held = file.all(Ties).get(second.of if second is not None else checked.id)
    tie = blocked(held, checked.relation, file.waivers.get(checked.id), checked.rater)
    if tie is not None:
        raise InputError(
            f"{checked.id} is scored by {checked.rater}, who may not without a waiver ({tie.label.lower()}). Nothing "
            "of the parcel was filed: record one with `qa return waive`, or ask the agency to name somebody else."
        )


def _logged(workspace: Workspace, return_id: str) -> dict[str, str]:
    """The words of every concern about the same child, to the id under which it is recorded."""
    file = workspace.audit(audit_of(return_id))
    this = file.owed(return_id)
    ids = [id for id in file.started if (one := file.owed(id)) is not None and this and one.subject == this.subject]
    return {_words(one.what): one.id for id in ids for one in workspace.ret(id).concerns.values()}


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def take_in(workspace: Workspace, plan: Plan, *, by: str, now: datetime) -> list[str]:
    """File what the plan shows; gives the ids of returns that were filed as received.

    One that was sent in with something missing, which the program does not do, is kept and not filed as received.
    Cut between two steps, taking in the same parcel again finishes it.

    Raises:
        NotSaved: Something was filed since the plan was made, or the disk refused.
    """
    audit_id = plan.parcel.audit
    people = {one.id: one for one in plan.parcel.people}
    with workspace.change(PARTNERSHIP, by=by, did="took in a parcel", now=now) as change:
        for id in sorted({step.checked.rater for step in plan.steps}):
            if change.shelf.get(Person, id) is None:
                name = clean(people[id].name).strip() if id in people else id
                change.put(Person(id=id, name=name, roles=(Role.AUDITOR,)))
    for step in plan.steps:
        if step.fresh:
            append(workspace, step, by)
    with workspace.change(audit_journal(audit_id), by=by, did="took in a parcel", now=now) as change:
        file = workspace.audit(audit_id)
        for step in plan.steps:
            if step.checked.id not in file.started:
                change.put_plain("started", step.checked.id, {"rater": step.checked.rater})
            owed = file.allocations.get(step.checked.id)
            if owed is not None and not owed.rater:
                change.put(owed.model_copy(update={"rater": step.checked.rater}))
    filed = []
    for step in plan.steps:
        at = opened(workspace, step.checked.id)
        if at.ret.id not in at.file.allocations:
            continue  # a second score is filed nowhere and counted nowhere: it stands beside the agency's return
        before = at.file.received.get(at.ret.id)
        if at.ret.round and not at.editable and (before is None or before.round != at.ret.round) and complete(at):
            receive(workspace, at.ret.id, by=by, now=now)
            filed.append(at.ret.id)
    return filed


def complete(at: Opened) -> bool:
    """Whether what was sent in is a nil return, or lacks nothing."""
    return at.ret.submission is not None and (at.ret.submission.nil or not what_stops(at))


def append(workspace: Workspace, step: Step, by: str) -> None:
    """Put the lines of a return that are not here behind those that are."""
    name, folder = return_journal(step.checked.id), workspace.folder
    raws = step.checked.data.split(b"\n")[step.filed : -1]
    data = b"".join(raw + b"\n" for raw in raws)
    if not step.filed:
        folder.create(name, data)
        return
    with folder.lock(name, by):
        tail = folder.read(name, START)
        last = lines.claimed(tail.data.split(b"\n")[-2])
        if last is None or last.hash != step.checked.lines[step.filed - 1].hash:
            raise NotSaved(f"{step.checked.id} was changed while the parcel was being looked at; take it in again.")
        folder.append(name, data, folder.set_aside(name, tail.mark))
