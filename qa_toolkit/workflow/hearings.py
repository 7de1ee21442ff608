"""What a panel looks at: one child’s returns side by side with what was agreed; and what moved over audits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from qa_toolkit.domain.audits import AuditStatus
from qa_toolkit.domain.comparing import Comparison, compare
from qa_toolkit.domain.errors import NotAllowed
from qa_toolkit.domain.moderation import (
    AgreedGrade,
    Interest,
    Panel,
    PanelAnswer,
    Quorum,
    Shift,
    Turn,
    Voice,
    Whose,
    quorum,
    records_grade,
    shift,
)
from qa_toolkit.domain.people import Agency, Role
from qa_toolkit.domain.returns import OVERALL, Return
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import cache
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed, sealing
from qa_toolkit.workflow.audits import find_subject

_SHAPE = 1
"""Raised when what the ledger keeps changes, so that old snapshots are not used."""


class Hearing(NamedTuple):
    """Everything the panel looks at for one child."""

    file: AuditFile
    template: Template
    subject: str
    panel: Panel | None
    returns: Mapping[str, Return]
    """Agency to the return that was filed."""
    waiting: Mapping[str, str]
    """Agency to the id of a return that was asked for and is not filed."""
    comparison: Comparison
    agreed: Mapping[str, AgreedGrade]
    """`overall` or section id to what was agreed."""
    questions: tuple[Question, ...]
    """What the template asks the panel, once for each child, beside its grade."""
    answers: Mapping[str, PanelAnswer]
    voices: Mapping[Whose, Voice]
    interests: tuple[Interest, ...]
    turn: Turn | None
    quorum: Quorum | None
    sealed: Mapping[str, str] = MappingProxyType({})
    """Agency to why its return is not shown yet: it is scored by more than one, blind."""
    scored_again: tuple[str, ...] = ()
    """Agencies whose return has a second score beside it that may be read."""
    reveal: bool = False
    """Whether what is sensitive is in it."""
    grade_question: Question | None = None
    """The template's question about the panel's grade: agreeing one answers it, and it is not asked twice."""

    @property
    def shifts(self) -> list[Shift]:
        """How each agency's own grade for the whole and the agreed one stand to each other."""
        return _shifts(self.subject, [OVERALL], self.agreed, self.returns)

    @property
    def all_shifts(self) -> list[Shift]:
        """The same for the whole and for each section that the panel agreed a grade for."""
        return _shifts(self.subject, _places(self.template), self.agreed, self.returns)

    @property
    def order(self) -> tuple[str, ...]:
        """The children in the order in which they are heard."""
        return self.panel.subjects if self.panel and self.panel.subjects else tuple(self.file.subjects)


def panel_of(file: AuditFile) -> Panel | None:
    """The latest sitting, if there was one."""
    return next(reversed(list(file.all(Panel).values())), None)


def hearing(workspace: Workspace, subject_id: str, *, reveal: bool = False) -> Hearing:
    """What the panel looks at for one child. Returns count once they are filed; those scored blind, once all are in.

    With `reveal`, for the chair alone, what is sensitive is in it.
    """
    subject = find_subject(workspace, subject_id)
    file = workspace.audit(audit_of(subject.id))
    template = workspace.template(file.audit.template)
    owed = {a.agency: a.id for a in file.allocations.values() if a.subject == subject.id}
    closed = sealing.seals(workspace, file.audit.id)
    sealed = {agency: group.why for agency, id in owed.items() if (group := closed.of(id)) and closed.closed(id)}
    returns = {a: workspace.ret(id) for a, id in owed.items() if id in file.received and a not in sealed}
    panel = panel_of(file)
    asked = [question for question in template.questions.values() if question.asked_of == "panel"]
    interests = tuple(i for i in file.all(Interest).values() if i.subject == subject.id)
    return Hearing(
        file=file, template=template, subject=subject.id, panel=panel, returns=returns,
        waiting={a: id for a, id in owed.items() if id not in file.received and a not in sealed},
        comparison=compare(template, returns, subject.facts, reveal=reveal),
        agreed={g.of: g for g in file.all(AgreedGrade).values() if g.subject == subject.id},
        questions=tuple(q for q in asked if not records_grade(template, q)),
        grade_question=next((q for q in asked if records_grade(template, q)), None),
        answers={a.question: a for a in file.all(PanelAnswer).values() if a.subject == subject.id},
        voices={v.whose: v for v in file.all(Voice).values() if v.subject == subject.id},
        interests=interests, turn=file.all(Turn).get(subject.id),
        quorum=quorum(panel, subject.id, interests, workspace.agencies()) if panel else None, sealed=sealed,
        reveal=reveal, scored_again=tuple(a for a, id in owed.items() if a not in sealed and closed.of(id)),
    )  # fmt: skip


def in_names(heard: Hearing, agencies: Mapping[str, Agency]) -> Hearing:
    """The same with each agency under its name and not its id: for papers, whose readers do not know the ids."""

    def name(id: str) -> str:
        return agencies[id].name if id in agencies else id

    returns = {name(id): ret for id, ret in heard.returns.items()}
    facts = heard.file.subjects[heard.subject].facts
    return heard._replace(
        returns=returns, comparison=compare(heard.template, returns, facts, reveal=heard.reveal),
        waiting={name(id): owed for id, owed in heard.waiting.items()},
        sealed={name(id): why for id, why in heard.sealed.items()},
        scored_again=tuple(map(name, heard.scored_again)),
    )  # fmt: skip


def require_reader(workspace: Workspace, id: str, by: str, subject: str = "") -> None:
    """Refuse to show moderation to somebody it is not for; `id` is an audit’s, or a child’s.

    A control of work: whoever can read the folder can read the returns.

    Raises:
        NotAllowed: They are no co-ordinator, chair or panel member and do not sit; or they score blind, and not all
            have sent theirs in.
    """
    sealing.require_moderation_open(workspace, audit_of(id), by, subject)
    require_member(workspace, id, by)


def require_member(workspace: Workspace, id: str, by: str) -> None:
    """Refuse somebody who neither moderates nor sits; whether they score blind is another matter.

    Raises:
        NotAllowed: They are no co-ordinator, chair or panel member, and do not sit.
    """
    panel = panel_of(workspace.audit(audit_of(id)))
    if panel is None or by not in {sitter.who for sitter in panel.present}:
        _insider(workspace, by)


def _insider(workspace: Workspace, by: str) -> None:
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR, Role.PANEL):
        raise NotAllowed(f"Moderation is for the chair, the panel and co-ordinators; {person.name} ({by}) is none.")


def ledger(workspace: Workspace, audit_id: str) -> list[Shift]:
    """What the panel agreed beside each agency’s own grade, child by child: the whole, then sections."""
    file = workspace.audit(audit_id)
    places, closed = _places(workspace.template(file.audit.template)), sealing.seals(workspace, audit_id)
    agreed: dict[str, dict[str, AgreedGrade]] = {}
    for grade in file.all(AgreedGrade).values():
        agreed.setdefault(grade.subject, {})[grade.of] = grade
    filed: dict[str, dict[str, Return]] = {}
    for owed in file.allocations.values():
        if owed.subject in agreed and owed.id in file.received and not closed.closed(owed.id):
            filed.setdefault(owed.subject, {})[owed.agency] = workspace.ret(owed.id)
    heard = [id for id in file.subjects if id in agreed]
    return [one for id in heard for one in _shifts(id, places, agreed[id], filed.get(id, {}))]


def _places(template: Template) -> list[str]:
    """What a grade is agreed for: the whole, then each section."""
    return [OVERALL, *(section.id for section in template.sections)]


def _shifts(
    subject: str, places: Iterable[str], agreed: Mapping[str, AgreedGrade], returns: Mapping[str, Return]
) -> list[Shift]:
    found = [
        shift(subject, agency, given.grade, agreed[of].grade, of=of, reasons=agreed[of].reasons)
        for of in places
        if of in agreed
        for agency, ret in returns.items()
        if (given := ret.grades.get(of)) is not None
    ]
    return [one for one in found if one is not None]


class Ledgers(NamedTuple):
    """What moved, over audits."""

    shifts: tuple[Shift, ...]
    closed: tuple[str, ...] = ()
    """Why an audit is left out: whoever looks scores in it blind."""


def ledgers(workspace: Workspace, *, by: str) -> Ledgers:
    """The same of every audit. Of one whose file has not changed nothing is read: its grades are those of that day.

    Raises:
        NotAllowed: Somebody it is not for.
    """
    _insider(workspace, by)
    # Nobody scores blind in an audit that is closed.
    open_ones = [entry.id for entry in workspace.audits().values() if entry.status is AuditStatus.OPEN]
    closed = {id: why for id in open_ones if (why := sealing.moderation_closed(workspace, id, by))}
    found = tuple(one for one in _everywhere(workspace) if audit_of(one.subject) not in closed)
    return Ledgers(found, tuple(closed.values()))


def _everywhere(workspace: Workspace) -> Iterator[Shift]:
    by_name = {audit_journal(id): id for id in workspace.audits()}
    if workspace.until is not None:
        for id in by_name.values():
            yield from ledger(workspace, id)
        return

    def compute(name: str) -> list[list[str]]:
        return [[str(value) for value in one] for one in ledger(workspace, by_name[name])]

    for found in cache.cached(workspace.folder, "shifts", list(by_name), compute, version=_SHAPE).values():
        for subject, agency, own, agreed, of, reasons in found:
            yield Shift(subject, agency, Grade(own), Grade(agreed), of, reasons)
