"""The seal of a blind second score, held against what is so now; every place that shows answers asks here.

Reads the present even where an earlier day is looked at: otherwise the day before the second score was asked for would
show what the seal keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from qa_toolkit.domain import re_audit, sealing
from qa_toolkit.domain.audits import Allocation, AuditStatus
from qa_toolkit.domain.errors import Damaged, NotAllowed, NotFound, StoreError
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.sealing import SecondScore, Standing
from qa_toolkit.domain.states import handed_back
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, audit_of


class Group(NamedTuple):
    """One agency’s return on one subject, with the second scores that stand beside it."""

    first: Allocation
    standings: tuple[Standing, ...]
    """The first rater’s return, then the others."""

    @property
    def sealed(self) -> bool:
        """Whether answers are closed to all but their raters."""
        return sealing.sealed(self.standings)

    @property
    def why(self) -> str:
        """What stands where answers would."""
        return sealing.why(self.standings)

    def beside(self, return_id: str) -> set[str]:
        """The raters of the others, who are not to see this one while it is sealed."""
        others = (one for one in self.standings if one.return_id != return_id and not one.withdrawn)
        return {one.rater for one in others if one.rater}


class Seals(NamedTuple):
    """The groups of one audit by the id of each return in them; empty where nothing is scored twice."""

    groups: dict[str, Group]
    checked: bool
    """Whether an agency lead checks returns before they are sent in."""

    def of(self, return_id: str) -> Group | None:
        """The group of a return, where it is scored by more than one."""
        return self.groups.get(return_id)

    def closed(self, return_id: str, viewer: str = "") -> bool:
        """Whether its answers are closed in lists, figures, moderation, exports: to everybody, or to this viewer."""
        group = self.of(return_id)
        return group is not None and sealing.closed_to(group.standings, return_id, viewer)

    def keeps_from(self, subject: str, viewer: str) -> Group | None:
        """The sealed group on that subject in which the viewer scores: moderation is closed to them meanwhile."""
        return next(
            (g for g in self.groups.values()
             if (not subject or g.first.subject == subject) and g.sealed and sealing.scores(g.standings, viewer)),
            None,
        )  # fmt: skip


def seals(workspace: Workspace, audit_id: str) -> Seals:
    """What is sealed in one audit now; costs a look at each return that is scored twice."""
    with _now(workspace) as present:
        try:
            file = present.audit(audit_of(audit_id))
        except NotFound:
            return Seals({}, False)
        groups: dict[str, Group] = {}
        seconds: dict[str, list[SecondScore]] = {}
        for one in file.all(SecondScore).values():
            seconds.setdefault(one.of, []).append(one)
        for of, others in seconds.items():
            first = file.allocations[of]
            standings = (_standing(present, file, first), *(_standing(present, file, one) for one in others))
            groups |= {one.return_id: Group(first, standings) for one in standings}
        return Seals(groups, file.audit.agency_check)


@contextmanager
def _now(workspace: Workspace) -> Iterator[Workspace]:
    if workspace.until is None or workspace.live is not None:
        yield workspace.live or workspace
        return
    present = Workspace(workspace.root)
    try:
        yield present
    finally:
        present.close()


def _standing(workspace: Workspace, file: AuditFile, owed: Allocation) -> Standing:
    rater, sent = owed.rater, False
    if owed.id in file.started:
        try:
            ret = workspace.ret(owed.id)
        except (StoreError, Damaged, NotFound):
            pass  # a file that cannot be read counts as not sent in: the seal holds
        else:
            back = handed_back(ret.id, ret.round, file.queries.values(), file.reopenings.values())
            rater, sent = ret.head.rater, ret.round > 0 and not back
    return Standing(owed.id, rater, sent, isinstance(owed, SecondScore) and bool(owed.withdrawn))


def require_open(workspace: Workspace, return_id: str, by: str) -> None:
    """Refuse to show the answers of a return that is sealed for this person.

    Raises:
        NotAllowed: It is scored by more than one, and not all have sent theirs in; or they score in a re-audit of it.
    """
    if why := earlier_closed(workspace, return_id, by):
        raise NotAllowed(why)
    found = seals(workspace, return_id)
    group = found.of(return_id)
    if group is None:
        return
    person = workspace.people().get(by)
    checks = found.checked and person is not None and person.is_(Role.AGENCY_LEAD)
    checks = checks and person is not None and person.agency == group.first.agency
    if sealing.closed_to(group.standings, return_id, by, checks=checks):
        raise NotAllowed(f"{return_id} is sealed. {group.why}")


def moderation_closed(workspace: Workspace, audit_id: str, by: str, subject: str = "") -> str:
    """Why moderation is closed to somebody who scores blind, of that subject or of any in the audit; else nothing.

    It is closed, too, to whoever scores in a re-audit of this audit.
    """
    if why := earlier_closed(workspace, audit_id, by):
        return why
    group = seals(workspace, audit_id).keeps_from(subject, by)
    if group is None:
        return ""
    return f"You score {group.first.subject} blind, so what moderation says is closed to you for now. {group.why}"


def require_moderation_open(workspace: Workspace, audit_id: str, by: str, subject: str = "") -> None:
    """Refuse to show moderation to somebody who scores blind.

    Raises:
        NotAllowed: They score one of several blind returns that are not all sent in, or in a re-audit of this audit.
    """
    if why := moderation_closed(workspace, audit_id, by, subject):
        raise NotAllowed(why)


def earlier_closed(workspace: Workspace, id: str, by: str) -> str:
    """Why an audit’s answers and grades are closed to somebody who scores in a re-audit of it; else nothing.

    A return of their own that came back to them stays open, or they could not do it.
    """
    with _now(workspace) as present:
        audit_id, entries = audit_of(id), present.audits()
        person = present.people().get(by)
        for again in re_audit.looking_again(entries, audit_id) if person is not None else ():
            assert person is not None
            file = present.audit(again)
            mine = [
                owed for owed in (*file.allocations.values(), *file.all(SecondScore).values())
                if owed.rater in ("", by) and not getattr(owed, "withdrawn", "")
            ]  # fmt: skip
            stand = ((owed, _standing(present, file, owed)) for owed in mine)
            owing = [re_audit.Owing(one.return_id, owed.agency, one.rater, one.sent) for owed, one in stand]
            waiting = re_audit.still_to_score(owing, by, person.agency, scores=person.is_(Role.AUDITOR))
            if waiting and not _own_and_open(present, id, by):
                return re_audit.why(audit_id, again, waiting)
    return ""


def _own_and_open(workspace: Workspace, id: str, by: str) -> bool:
    file = workspace.audit(audit_of(id))
    owed = file.owed(id.upper())
    if owed is None or owed.rater != by or workspace.audits()[file.audit.id].status is not AuditStatus.OPEN:
        return False
    return not _standing(workspace, file, owed).sent
