"""A self-assessment round at work: agencies by indicators with last time beside them, and the panel's word recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qa_toolkit.domain.audits import Allocation
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import Damaged, InputError, NotAllowed, NotFound, NotReady, StoreError
from qa_toolkit.domain.moderation import AgreedGrade, Interest
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.rounds import Board, Moderated, Page, Part, is_indicator, pages
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed, reading
from qa_toolkit.workflow.audits import find_subject
from qa_toolkit.workflow.carrying import last_filed
from qa_toolkit.workflow.hearings import panel_of, require_reader
from qa_toolkit.workflow.moderation import check_reasons
from qa_toolkit.workflow.sealing import seals


def board(workspace: Workspace, audit_id: str, *, by: str, today: date, calendar: WorkingCalendar) -> Board:
    """Agencies by indicators. Returns count once they are filed; sensitive answers are named and not shown.

    Raises:
        InputError: The audit is about children.
        NotAllowed: Somebody for whom moderation is not.
    """
    file = _round(workspace, audit_id)
    require_reader(workspace, file.audit.id, by)
    grid = reading.grid(workspace, file.audit.id, today=today, calendar=calendar)
    states = {key: cell.state.label for key, cell in grid.cells.items()}
    parts, befores, rounds = _parts(workspace, file, states)
    return Board(
        file.audit.id, file.audit.title, tuple(sorted(rounds)), tuple(part.agency for part in parts),
        {part.agency: part.state for part in parts}, {part.agency: part.subject for part in parts},
        pages(workspace.template(file.audit.template), parts, befores),
    )  # fmt: skip


def standings(workspace: Workspace, audit_id: str) -> tuple[Page, ...]:
    """What each agency said and the panel's word beside it, with last time's: for what goes out, where no one asks.

    Raises:
        InputError: The audit is about children.
    """
    file = _round(workspace, audit_id)
    parts, befores, _ = _parts(workspace, file, {})
    return pages(workspace.template(file.audit.template), parts, befores)


def _parts(
    workspace: Workspace, file: AuditFile, states: Mapping[tuple[str, str], str]
) -> tuple[list[Part], dict[str, Part], set[str]]:
    """Each agency's part, its part in the round before, and which rounds those were."""
    closed = seals(workspace, file.audit.id)
    parts, befores, rounds = [], {}, set()
    for owed in file.allocations.values():
        filed = owed.id in file.received and not closed.closed(owed.id)
        parts.append(_part(workspace, file, owed, filed=filed, state=states.get((owed.subject, owed.agency), "")))
        before = last_filed(workspace, file, owed.agency)
        if before is not None:
            befores[owed.agency] = _part(workspace, before[0], before[0].allocations[before[1]], filed=True, state="")
            rounds.add(before[0].audit.id)
    return parts, befores, rounds


def _round(workspace: Workspace, audit_id: str) -> AuditFile:
    file = workspace.audit(audit_id)
    if file.audit.subject == "child":
        raise InputError(f"{file.audit.id} is about children: `qa panel show` sets its agencies side by side.")
    return file


def _part(workspace: Workspace, file: AuditFile, owed: Allocation, *, filed: bool, state: str) -> Part:
    grades = (one for one in file.all(AgreedGrade).values() if one.subject == owed.subject)
    return Part(
        owed.agency, workspace.agencies()[owed.agency].kind, owed.subject, state,
        _ret(workspace, owed.id) if filed else None, _moderated(file, owed.subject),
        {one.of: one for one in grades},
        workspace.template(file.audit.template),
    )  # fmt: skip


def _ret(workspace: Workspace, return_id: str) -> Return | None:
    try:
        return workspace.ret(return_id)
    except (StoreError, Damaged, NotFound):
        return None  # one damaged file must not keep anybody from the other agencies; `qa verify` names it


def _moderated(file: AuditFile, subject: str) -> dict[str, Moderated]:
    return {one.question: one for one in file.all(Moderated).values() if one.subject == subject}


def moderate(
    workspace: Workspace, subject_id: str, question_id: str, value: str, reasons: str, *, seen: Seen | None = None,
    by: str, now: datetime,
) -> Moderated:  # fmt: skip
    """The panel's word on one indicator of one agency, with its reason. The agency's own answer stays as it is.

    `value` is an option of the indicator, or its label.

    Raises:
        NotAllowed: Neither a co-ordinator nor the chair; of the agency itself; or somebody who abstains.
        NotReady: No panel sits yet, or the agency's return is not filed.
    """
    subject = find_subject(workspace, subject_id)
    file = _round(workspace, audit_of(subject.id))
    _may(workspace, file, subject.id, subject.agency, by)
    panel = panel_of(file)
    if panel is None:
        raise NotReady(f"No panel of {file.audit.id} has sat yet. `qa panel convene` records who sits.")
    owed = next(one for one in file.allocations.values() if one.subject == subject.id)
    if owed.id not in file.received or seals(workspace, file.audit.id).closed(owed.id):
        raise NotReady(f"{owed.id} is not filed yet, so there is nothing for the panel to stand beside.")
    made = Moderated(
        id=f"{subject.id}:{question_id.upper()}", panel=panel.id, subject=subject.id, question=question_id.upper(),
        value=_option(workspace, file, owed, question_id.upper(), value), reasons=check_reasons(reasons),
    )  # fmt: skip
    did = "moderated an indicator"
    with workspace.change(audit_journal(file.audit.id), by=by, did=did, now=now, seen=seen) as change:
        change.put(made)
    return workspace.audit(file.audit.id).all(Moderated)[made.id]


def _may(workspace: Workspace, file: AuditFile, subject: str, agency: str, by: str) -> None:
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(f"Only a co-ordinator or the chair may record what a panel says; {person.name} is neither.")
    if person.agency == agency:
        raise NotAllowed(f"{person.name} is of {agency}, so somebody else has to record what the panel says of it.")
    aside = file.all(Interest).get(f"{subject}:{by}")
    if aside is not None and aside.abstains:
        raise NotAllowed(f"You abstain for {subject}, so somebody else has to record what the panel says.")


def _option(workspace: Workspace, file: AuditFile, owed: Allocation, question_id: str, value: str) -> str:
    template, kind = workspace.template(file.audit.template), workspace.agencies()[owed.agency].kind
    question = template.questions.get(question_id)
    if question is None or not is_indicator(template, question):
        raise NotFound(f"{question_id} is no indicator of {template.title}: it has no steps to moderate.")
    if all(asked.id != question_id for _, asked in template.asked(kind)):
        raise InputError(f"{question_id} is not asked of {owed.agency}, so there is nothing to moderate.")
    options = template.options_of(question.main)
    wanted = value.strip().casefold()
    for option in options:
        if wanted in (option.value.casefold(), option.label.casefold()):
            return option.value
    labels = ", ".join(option.label for option in options)
    raise InputError(f"{question_id} takes one of: {labels}. “{value}” is none of them.")
