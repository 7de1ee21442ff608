"""Opening an audit, its cases, and who owes a return on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from qa_toolkit.domain.audits import (
    Allocation,
    Audit,
    AuditEntry,
    AuditStatus,
    Known,
    RecordCheck,
    Subject,
    Waiver,
)
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.header import check_facts
from qa_toolkit.domain.ids import check_audit_id, check_case_ref, next_number, return_id
from qa_toolkit.domain.independence import Ties, blocked
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import PARTNERSHIP, Seen, Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.checking import record_checks
from qa_toolkit.workflow.reasons import reason_of
from qa_toolkit.workflow.returns import require_open


def open_audit(
    workspace: Workspace,
    id: str,
    title: str,
    template: Template,
    source: str,
    *,
    agencies: Iterable[str] = (),
    due: date,
    opened: date,
    by: str,
    now: datetime,
    lookback_from: date | None = None,
    lookback_to: date | None = None,
    agency_check: bool = False,
    purpose: str = "",
    phone: str = "",
    re_audit_of: str = "",
) -> Audit:
    """A new audit on its own copy of the template; asks every agency the template has questions for, unless named.

    For organisations, each agency becomes a subject and is asked about itself. `re_audit_of` names the earlier audit
    that this one looks at again.

    Raises:
        InputError: The id is taken, the due date lies before the opening, an agency is unknown or has no question.
    """
    allowed.coordinator(workspace, by, "open an audit")
    id = check_audit_id(id)
    if due < opened:
        raise InputError(f"{id} cannot be due before it opens: choose a due date on or after the opening date.")
    if template.status == "retired":
        raise InputError(f"The template {template.id} {template.edition} is retired. Choose its newer edition.")
    again = _looked_at_again(workspace, template, re_audit_of)
    chosen = _agencies(workspace, template, agencies)
    audit = Audit(
        id=id, title=clean(title).strip(), kind=template.kind, template_id=template.id,
        template_edition=template.edition, template=template.digest, subject=template.subject, agencies=chosen,
        opened=opened, due=due, lookback_from=lookback_from, lookback_to=lookback_to, agency_check=agency_check,
        purpose=clean(purpose), phone=clean(phone), re_audit_of=again,
    )  # fmt: skip
    if id in workspace.audits():
        raise InputError(f"There is an audit {id} already: {workspace.audits()[id].title}. Choose the next number.")
    workspace.keep_template(template, source)
    records: list[Subject | Allocation] = []
    if template.subject != "child":
        for number, agency in enumerate(chosen, start=1):
            subject = Subject(id=f"{id}-O{number:02}", label=workspace.agencies()[agency].name, agency=agency)
            owed = Allocation(id=return_id(subject.id, agency), subject=subject.id, agency=agency, asked=opened)
            records += [subject, owed]
    # The audit's own file first, the partnership's list last: the list decides, and what is cut between is finished
    # by `cut_steps`.
    workspace.begin(audit_journal(id), audit, *records, by=by, did="opened the audit", now=now)
    entry = AuditEntry(id=id, title=audit.title, kind=audit.kind, opened=opened, due=due, re_audit_of=again)
    with workspace.change(PARTNERSHIP, by=by, did="opened the audit", now=now) as change:
        change.put(entry)
    return workspace.audit(id).audit


RECENT = 12
"""So many of the last audits are looked into for the code of their template: each is a file to read."""


def free_id(workspace: Workspace, template: Template, today: date) -> str:
    """The next free id for an audit on a template: the code of the last one on it, the year, the next number.

    The first on a template begins with the letters of its first two words, such as CE for child exploitation.
    """
    audits = workspace.audits()
    same_kind = [id for id in reversed(list(audits)) if audits[id].kind is template.kind][:RECENT]
    before = next((id for id in same_kind if workspace.audit(id).audit.template_id == template.id), "")
    initials = "".join(word[0] for word in template.id.split("-")[:2] if word[0].isalpha()).upper()
    code = before.partition("-")[0] or (initials if len(initials) == 2 else "AU")
    series = f"{code}-{today.year}-"
    return f"{series}{next_number(series, audits):02}"


def _agencies(workspace: Workspace, template: Template, agencies: Iterable[str]) -> tuple[str, ...]:
    known = workspace.agencies()
    named = tuple(dict.fromkeys(agencies))
    for agency in named:
        if agency not in known:
            raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
        if not any(template.asked(known[agency].kind)):
            raise InputError(f"{template.title} has no question for {known[agency].name}, so it cannot be asked.")
    chosen = named or tuple(id for id, agency in known.items() if any(template.asked(agency.kind)) and agency.kind)
    chosen = tuple(id for id in chosen if known[id].kind != "business-unit")
    if not chosen:
        raise InputError(f"No agency here is asked anything by {template.title}. Add agencies first.")
    return chosen


def _looked_at_again(workspace: Workspace, template: Template, earlier: str) -> str:
    if not earlier:
        return ""
    before = workspace.audit(earlier).audit
    if template.kind is Kind.SELF_ASSESSMENT:
        raise InputError("A self-assessment round stands beside the last one by itself: leave --re-audit-of out.")
    if before.subject != template.subject:
        raise InputError(
            f"{before.id} is about a {before.subject} and {template.title} about a {template.subject}, so one cannot "
            "look again at the other. Choose the template of the earlier audit, or a newer edition of it."
        )
    return before.id


def add_case(
    workspace: Workspace,
    audit_id: str,
    *,
    ref: str = "",
    facts: Mapping[str, Any] | None = None,
    agencies: Iterable[str] | None = None,
    by: str,
    now: datetime,
    today: date,
) -> Subject:
    """A new case under the next free pseudonym, with a return owed by each agency of the audit.

    `facts` are header fields, entered once with the case.
    """
    audit = _takes_cases(workspace, audit_id, by)
    checked = check_facts(workspace.template(audit.template), facts or {}, about="subject")
    asked = tuple(agencies) if agencies is not None else audit.agencies
    for agency in asked:
        if agency not in audit.agencies:
            raise InputError(f"{agency} is not asked in {audit.id}: {', '.join(audit.agencies)} are.")
    with workspace.change(audit_journal(audit.id), by=by, did="added a case", now=now) as change:
        subjects = change.shelf.all(Subject)
        id = check_case_ref(ref, audit.id) if ref else next_case(audit.id, subjects)
        if id in subjects:
            raise InputError(f"There is a case {id} already. Leave the reference out for the next free one.")
        change.put(Subject(id=id, facts=checked), *_owed(id, asked, today))
    return workspace.audit(audit.id).subjects[id]


MOST_CASES = 100
"""As many are added at once: more than any audit reads, and few enough to be no slip of a key."""


def add_cases(workspace: Workspace, audit_id: str, count: int, *, by: str, now: datetime, today: date) -> list[Subject]:
    """So many new cases under the next free pseudonyms, in one line; their facts are entered afterwards."""
    audit = _takes_cases(workspace, audit_id, by)
    if not 1 <= count <= MOST_CASES:
        raise InputError(f"Add from 1 to {MOST_CASES} cases at once; {count} is outside.")
    with workspace.change(audit_journal(audit.id), by=by, did="added cases", now=now) as change:
        first = next_number(f"{audit.id}-C", change.shelf.all(Subject))
        ids = [f"{audit.id}-C{number:02}" for number in range(first, first + count)]
        for id in ids:
            change.put(Subject(id=id), *_owed(id, audit.agencies, today))
    subjects = workspace.audit(audit.id).subjects
    return [subjects[id] for id in ids]


def next_case(audit_id: str, subjects: Iterable[str]) -> str:
    """The next free pseudonym in an audit."""
    return f"{audit_id}-C{next_number(f'{audit_id}-C', subjects):02}"


def _takes_cases(workspace: Workspace, audit_id: str, by: str) -> Audit:
    allowed.coordinator(workspace, by, "add a case")
    file = workspace.audit(audit_id)
    require_open(workspace, file)
    if file.audit.subject != "child":
        raise InputError(f"{file.audit.id} is about agencies, not children, so it has no cases to add.")
    return file.audit


def _owed(subject: str, agencies: Iterable[str], today: date) -> list[Allocation]:
    return [Allocation(id=return_id(subject, a), subject=subject, agency=a, asked=today) for a in agencies]


def set_case_facts(
    workspace: Workspace, subject_id: str, facts: Mapping[str, Any], *, seen: Seen | None, by: str, now: datetime
) -> Subject:
    """The case with these header fields changed; one that is empty is taken out, and those not named stay."""
    allowed.coordinator(workspace, by, "change the facts of a case")
    subject = find_subject(workspace, subject_id)
    file = workspace.audit(audit_of(subject.id))
    require_open(workspace, file)
    checked = check_facts(workspace.template(file.audit.template), facts, about="subject")
    with workspace.change(
        audit_journal(file.audit.id), by=by, did="changed facts of a case", now=now, seen=seen
    ) as change:
        current = change.shelf.all(Subject)[subject.id]
        stay = {id: value for id, value in current.facts.items() if id not in facts}
        change.put(current.model_copy(update={"facts": {**stay, **checked}}))
    return find_subject(workspace, subject.id)


def find_subject(workspace: Workspace, subject_id: str) -> Subject:
    """The case, organisation or team with that id."""
    file = workspace.audit(audit_of(subject_id))
    subject = file.subjects.get(subject_id.upper())
    if subject is None:
        raise NotFound(f"There is no case {subject_id} in {file.audit.id}. `qa audit show {file.audit.id}` lists them.")
    return subject


def allocate(
    workspace: Workspace,
    return_id: str,
    rater: str,
    *,
    due: date | None = None,
    relation: Relation = Relation.NONE,
    by: str,
    now: datetime,
) -> Allocation:
    """The return with its rater named; the agency's lead or a co-ordinator names them.

    `relation` is how near the rater stands to the case, where that is known as they are named.

    Raises:
        NotAllowed: The rater holds or supervises the case, as declared here or recorded, and no waiver names them.
    """
    actor = allowed.person(workspace, by)
    file = workspace.audit(audit_of(return_id))
    owed = file.allocations.get(return_id.upper())
    if owed is None:
        raise NotFound(f"No return {return_id} is owed in {file.audit.id}.")
    named = allowed.person(workspace, rater)
    if named.agency != owed.agency:
        raise InputError(f"{named.name} is of {named.agency}, and this return is {owed.agency}’s: name one of theirs.")
    if not actor.is_(Role.COORDINATOR):
        allowed.agency_lead(workspace, by, owed.agency, "say who scores its returns")
    if any(one.of == owed.id and one.rater == rater and not one.withdrawn for one in file.all(SecondScore).values()):
        raise InputError(f"{named.name} is the second rater of {owed.id}: name somebody else to score it first.")
    tie = blocked(file.all(Ties).get(owed.id), relation, file.waivers.get(owed.id), named.id)
    if tie is not None:
        raise NotAllowed(
            f"{named.name} {'holds' if tie is Relation.HOLDS else 'supervises'} the case {owed.subject}, and nobody "
            "scores a case that they hold or supervise. Name somebody else, or record a waiver with `qa return waive`."
        )
    with workspace.change(audit_journal(file.audit.id), by=by, did="named the rater", now=now) as change:
        change.put(owed.model_copy(update={"rater": rater, "due": due or owed.due}))
    return workspace.audit(file.audit.id).allocations[owed.id]


def record_check(
    workspace: Workspace, return_id: str, known: Known, *, note: str = "", by: str, now: datetime
) -> RecordCheck:
    """The agency's word on whether it knows the child; keyed by the agency or a co-ordinator."""
    audit_id, id = audit_of(return_id), return_id.upper()
    record_checks(workspace, audit_id, {id: known}, note=note, by=by, now=now)
    return workspace.audit(audit_id).record_checks[id]


def waive(
    workspace: Workspace, return_id: str, person: str, reason: str, *, agreed_by: str, by: str, now: datetime
) -> Waiver:
    """Leave for somebody who is not independent to score a case; the report shows the reason and who agreed.

    Raises:
        NotFound: No such return is owed.
        NotAllowed: It is for a co-ordinator; or the audit is closed.
        InputError: It is for themselves, for somebody of another agency, or lacks its reason or who agreed.
    """
    allowed.coordinator(workspace, by, "waive independence")
    if by == person:
        raise InputError("Nobody waives the rule for themselves: another co-ordinator has to record it.")
    id = return_id.upper()
    file = workspace.audit(audit_of(id))
    require_open(workspace, file)
    owed = file.allocations.get(id) or file.seconds.get(id)
    if owed is None:
        raise NotFound(f"No return {return_id} is owed in {file.audit.id}.")
    named = allowed.person(workspace, person)
    if named.agency != owed.agency:
        raise InputError(f"{named.name} is of {named.agency}, and this return is {owed.agency}’s: name one of theirs.")
    reason = clean(reason).strip()
    if len(reason) < 10:
        raise InputError("A waiver needs its reason in a sentence: the report shows it.")
    agreed_by = clean(agreed_by).strip()
    if not agreed_by:
        raise InputError("A waiver says who agreed it, such as “panel chair”: the report shows it.")
    if agreed_by.casefold() == person.casefold():
        raise InputError("Nobody agrees a waiver for themselves: say who else agreed it.")
    with workspace.change(audit_journal(file.audit.id), by=by, did="waived independence", now=now) as change:
        change.put(Waiver(id=id, person=named.id, reason=reason, agreed_by=agreed_by))
    return workspace.audit(file.audit.id).waivers[id]


def close_audit(workspace: Workspace, audit_id: str, *, by: str, now: datetime, abandoned: str = "") -> AuditEntry:
    """The audit closed to changes; with a reason, abandoned.

    Raises:
        NotFound: No audit has that id.
        NotAllowed: It is for a co-ordinator.
        InputError: It is closed already.
    """
    allowed.coordinator(workspace, by, "close an audit")
    status = AuditStatus.ABANDONED if abandoned else AuditStatus.CLOSED
    with workspace.change(PARTNERSHIP, by=by, did=f"{status.value} the audit", now=now) as change:
        entry = _entry(workspace, audit_id)
        if entry.status is not AuditStatus.OPEN:
            raise InputError(f"{entry.id} is {entry.status.value} already. `qa audit reopen` opens it again.")
        change.put(entry.model_copy(update={"status": status, "reason": clean(abandoned).strip()}))
    return workspace.audits()[entry.id]


def reopen_audit(workspace: Workspace, audit_id: str, reason: str, *, by: str, now: datetime) -> AuditEntry:
    """An audit that was closed or abandoned open to changes again, with the reason; everything in it is as it was.

    Raises:
        NotFound: No audit has that id.
        NotAllowed: It is for a co-ordinator.
        InputError: It is open, or no reason is given.
    """
    allowed.coordinator(workspace, by, "open an audit again")
    reason = clean(reason).strip()
    if len(reason) < 10:
        raise InputError("Say in a sentence why it is opened again: the history keeps it.")
    with workspace.change(PARTNERSHIP, by=by, did="opened the audit again", now=now) as change:
        entry = _entry(workspace, audit_id)
        if entry.status is AuditStatus.OPEN:
            raise InputError(f"{entry.id} is open, so there is nothing to open again.")
        change.put(entry.model_copy(update={"status": AuditStatus.OPEN, "reason": ""}), reason_of(change, reason))
    return workspace.audits()[entry.id]


def _entry(workspace: Workspace, audit_id: str) -> AuditEntry:
    entry = workspace.audits().get(audit_id.upper())
    if entry is None:
        raise NotFound(f"There is no audit {audit_id}. `qa audit list` shows those there are.")
    return entry
