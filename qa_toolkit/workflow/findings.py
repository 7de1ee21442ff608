"""Findings raised from an answer, at the panel or while the report is written; and the thread back to the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.findings import (
    AnswerRef,
    Finding,
    FindingKind,
    Number,
    Prevalence,
    Repeat,
    Tag,
    prevalence,
    repeats,
)
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.saying import show_answer
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.domain.text import clean
from qa_toolkit.store import cache
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import PARTNERSHIP, Seen, Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.sealing import seals

RAISERS = (Role.COORDINATOR, Role.CHAIR, Role.PANEL)
"""Who raises findings, and reads the answers behind them whichever agency's they are."""
_SHAPE = 1
"""Raised when what the list of findings keeps changes, so that old snapshots are not used."""


def raise_finding(
    workspace: Workspace,
    audit_id: str,
    kind: FindingKind,
    text: str,
    *,
    answers: Iterable[AnswerRef] = (),
    themes: Iterable[str] = (),
    agencies: Iterable[str] = (),
    subjects: Iterable[str] = (),
    cause: Cause | None = None,
    tags: Iterable[Tag] = (),
    origin: str = "report",
    by: str,
    now: datetime,
    today: date,
) -> Finding:
    """A finding under the next number of the year. Themes and agencies follow from the answers unless named.

    Raises:
        InputError: No words, an answer, theme, agency or child that the audit does not have.
        NotAllowed: Only a co-ordinator, the chair or a panel member raises one.
    """
    file = workspace.audit(audit_id)
    _may(workspace, by, "raise a finding")
    finding = _checked(
        workspace, file,
        Finding(
            id="", audit=file.audit.id, kind=kind, text=clean(text).strip(), themes=tuple(themes),
            agencies=tuple(agencies), subjects=tuple(s.upper() for s in subjects), answers=tuple(answers),
            cause=cause, tags=tuple(tags), origin=origin,
        ),
    )  # fmt: skip
    # The number is given out first: cut between the two lines, it is a gap, and numbers are never used twice.
    with workspace.change(PARTNERSHIP, by=by, did="gave a number to a finding", now=now) as change:
        prefix = f"F-{today.year}-"
        id = f"{prefix}{next_number(prefix, change.shelf.all(Number)):03}"
        change.put(Number(id=id, audit=file.audit.id))
    with workspace.change(audit_journal(file.audit.id), by=by, did="raised a finding", now=now) as change:
        change.put(finding.model_copy(update={"id": id}))
    return find(workspace, id)


def draft(
    workspace: Workspace,
    audit_id: str,
    kind: FindingKind,
    *,
    answers: Iterable[AnswerRef] = (),
    themes: Iterable[str] = (),
    subjects: Iterable[str] = (),
    cause: Cause | None = None,
) -> Finding:
    """A finding that is not raised yet, with what follows from its answers: to say how common it is."""
    found = Finding(id="", audit=audit_id, kind=kind, text="Not raised yet.", themes=tuple(themes),
                    subjects=tuple(subjects), answers=tuple(answers), cause=cause)  # fmt: skip
    return _checked(workspace, workspace.audit(audit_id), found)


def alike(workspace: Workspace, audit_id: str, answers: Iterable[AnswerRef]) -> tuple[AnswerRef, ...]:
    """Every other answer of the audit that says the same: to the same question, with the same main value, and filed.

    Answers without a main value are like none.
    """
    file, closed = workspace.audit(audit_id), seals(workspace, audit_id)
    given = dict.fromkeys(answers)
    filed = [id for id, got in file.received.items() if not got.nil and id in file.allocations]
    returns = {id: workspace.ret(id) for id in filed if not closed.closed(id)}
    wanted = set()
    for ref in given:
        answer = returns[ref.return_id].answers.get(ref.question) if ref.return_id in returns else None
        if answer is not None and isinstance(answer.main, str):
            wanted.add((ref.question, answer.main))
    return tuple(
        AnswerRef(return_id=id, question=question)
        for question, value in sorted(wanted)
        for id, ret in returns.items()
        if (said := ret.answers.get(question)) is not None and said.main == value
        and AnswerRef(return_id=id, question=question) not in given
    )  # fmt: skip


def require_raiser(workspace: Workspace, by: str) -> None:
    """Refuse somebody who may not raise findings, before they write one.

    Raises:
        NotAllowed: They are no co-ordinator, chair or panel member.
    """
    _may(workspace, by, "raise a finding")


def _may(workspace: Workspace, by: str, deed: str) -> None:
    person = allowed.person(workspace, by)
    if not person.is_(*RAISERS):
        raise NotAllowed(f"Only a co-ordinator, the chair or a panel member may {deed}; {person.name} ({by}) is none.")


def _no_return(file: AuditFile, return_id: str) -> None:
    if (second := file.all(SecondScore).get(return_id)) is not None:
        raise InputError(f"{return_id} is a second score: a finding rests on the agency’s own return, {second.of}.")
    raise InputError(f"There is no return {return_id} in {file.audit.id}.")


def _checked(workspace: Workspace, file: AuditFile, finding: Finding) -> Finding:
    template = workspace.template(file.audit.template)
    closed = seals(workspace, file.audit.id)
    if len(finding.text) < 10:
        raise InputError("Say in a sentence what was found.")
    for answer in finding.answers:
        if answer.return_id not in file.allocations:
            _no_return(file, answer.return_id)
        if closed.closed(answer.return_id):
            raise NotAllowed(f"{answer.return_id} is sealed, so no finding can rest on it yet.")
        if answer.question not in template.questions:
            raise InputError(f"{template.title} has no question {answer.question}.")
    for subject in finding.subjects:
        if subject not in file.subjects:
            raise InputError(f"There is no case {subject} in {file.audit.id}.")
    for agency in finding.agencies:
        if agency not in workspace.agencies():
            raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
    known = template.themes
    for theme in finding.themes:
        if theme not in known:
            raise InputError(f"{template.title} has no theme {theme}: it has {', '.join(known) or 'none'}.")
    themes = finding.themes or tuple(
        dict.fromkeys(theme for q in finding.questions for theme in template.section_of[q].themes)
    )
    agencies = finding.agencies or tuple(
        dict.fromkeys(file.allocations[answer.return_id].agency for answer in finding.answers)
    )
    return finding.model_copy(update={"themes": themes, "agencies": agencies})


def add_answers(
    workspace: Workspace, finding_id: str, answers: Iterable[AnswerRef], *, seen: Seen | None = None, by: str,
    now: datetime,
) -> Finding:  # fmt: skip
    """The finding with more answers that show it; those it has already are left out."""
    _may(workspace, by, "add to a finding")
    finding = find(workspace, finding_id)
    file = workspace.audit(finding.audit)
    with workspace.change(audit_journal(file.audit.id), by=by, did="added to a finding", now=now, seen=seen) as change:
        current = change.shelf.all(Finding)[finding.id]
        more = tuple(dict.fromkeys([*current.answers, *answers]))
        wider = current.model_copy(update={"answers": more, "agencies": (), "themes": current.themes})
        change.put(_checked(workspace, file, wider))
    return find(workspace, finding.id)


def withdraw(workspace: Workspace, finding_id: str, why: str, *, by: str, now: datetime) -> Finding:
    """The finding taken back, with the reason; it stays in the record and leaves every list and count."""
    _may(workspace, by, "take a finding back")
    finding = find(workspace, finding_id)
    why = clean(why).strip()
    if len(why) < 10:
        raise InputError("Say in a sentence why it is taken back.")
    name = audit_journal(finding.audit)
    with workspace.change(name, by=by, did="took a finding back", now=now) as change:
        change.put(change.shelf.all(Finding)[finding.id].model_copy(update={"withdrawn": why}))
    return find(workspace, finding.id)


# --- reading


def find(workspace: Workspace, finding_id: str) -> Finding:
    """The finding with that number."""
    id = finding_id.strip().upper()
    number = workspace.partnership_shelf.get(Number, id)
    found = workspace.audit(number.audit).all(Finding).get(id) if number is not None else None
    if found is None:
        raise NotFound(f"There is no finding {id}. `qa finding list` shows those there are.")
    return found


def of_audit(workspace: Workspace, audit_id: str) -> list[Finding]:
    """The audit's findings that stand: strengths first, then by number."""
    order = list(FindingKind)
    found = [one for one in workspace.audit(audit_id).all(Finding).values() if not one.withdrawn]
    return sorted(found, key=lambda one: (order.index(one.kind), one.id))


def everywhere(workspace: Workspace) -> Iterator[Finding]:
    """Every finding of every audit that stands; only audits whose files changed are read again."""
    by_name = {audit_journal(id): id for id in workspace.audits()}

    def compute(name: str) -> dict[str, object]:
        found = workspace.audit(by_name[name]).all(Finding).values()
        return {one.id: {**one.document(), "id": one.id} for one in found if not one.withdrawn}

    if workspace.until is not None:
        plain: Iterable[dict[str, object]] = (compute(name) for name in by_name)
    else:
        plain = cache.cached(workspace.folder, "findings", list(by_name), compute, version=_SHAPE).values()
    for documents in plain:
        yield from (Finding.model_validate(document) for document in documents.values())


def before(workspace: Workspace, audit_id: str) -> list[Finding]:
    """Every finding of the audits that were opened earlier than this one."""
    listed = workspace.audits()
    opened = listed[audit_id].opened
    return [one for one in everywhere(workspace) if listed[one.audit].opened < opened]


def repeated(workspace: Workspace, finding: Finding) -> list[Repeat]:
    """Findings of other audits opened earlier that this one repeats."""
    return repeats(finding, before(workspace, finding.audit))


def how_common(workspace: Workspace, finding: Finding) -> Prevalence:
    """In how many children and returns it was seen.

    A nil return could have shown nothing, and is not counted; nor is a second score, which is no agency’s return.
    """
    file = workspace.audit(finding.audit)
    subject_of = {id: owed.subject for id, owed in file.allocations.items()}
    told = [id for id, filed in file.received.items() if not filed.nil and id in file.allocations]
    return prevalence(finding, subject_of, told, len(file.subjects))


SEALED = "Sealed until every rater has submitted"


class Shown(NamedTuple):
    """One answer behind a finding."""

    ref: AnswerRef
    question: Question
    agency: str
    answer: Answer | None
    words: str
    evidence: str
    """Empty for what is sensitive."""


OTHERS = "For the panel and its own agency"


def answers_behind(workspace: Workspace, finding: Finding, reader: Person | None = None) -> list[Shown]:
    """The answers that a finding rests on, as they stand in the returns.

    A `reader` who is no co-ordinator, chair or panel member reads those of their own agency only.
    """
    insider = reader is None or reader.is_(*RAISERS)
    template = workspace.template(workspace.audit(finding.audit).audit.template)
    found = []
    closed = seals(workspace, finding.audit)
    for ref in finding.answers:
        question = template.questions[ref.question]
        agency = workspace.audit(audit_of(ref.return_id)).allocations[ref.return_id].agency
        answer = workspace.ret(ref.return_id).answers.get(ref.question) if _started(workspace, ref) else None
        if closed.closed(ref.return_id):
            found.append(Shown(ref, question, agency, None, SEALED, ""))
            continue
        if not insider and (reader is None or reader.agency != agency):
            found.append(Shown(ref, question, agency, None, OTHERS, ""))
            continue
        hidden = question.sensitive or (answer is not None and answer.sensitive)
        words = show_answer(template, question, answer) if answer is not None and not hidden else ""
        evidence = answer.evidence if answer is not None and not hidden else ""
        found.append(Shown(ref, question, agency, answer, "Sensitive" if hidden else words, evidence))
    return found


def _started(workspace: Workspace, ref: AnswerRef) -> bool:
    return workspace.has_return(ref.return_id)
