"""The accuracy check of an audit's report, as lines of the audit's own file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qa_toolkit.domain.accuracy import Answer, Comment, ReportVersion, next_version
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, NotReady
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal
from qa_toolkit.workflow import allowed, releasing


def versions(workspace: Workspace, audit_id: str) -> list[ReportVersion]:
    """The versions that were written, in order."""
    return list(workspace.audit(audit_id).all(ReportVersion).values())


def comments(workspace: Workspace, audit_id: str) -> list[Comment]:
    """What agencies said, in order."""
    return list(workspace.audit(audit_id).all(Comment).values())


def still_so(workspace: Workspace, audit_id: str, *, final: bool, today: date) -> tuple[ReportVersion, datetime] | None:
    """The version written last and the moment before it was, where writing it again would say the same.

    So one version can be had in several formats: a final one at any time, a draft on its day while nothing is recorded.
    """
    made = versions(workspace, audit_id)
    if not made or made[-1].final is not final:
        return None
    journal = workspace.shelf(audit_journal(workspace.audit(audit_id).audit.id)).journal
    written = journal.line_of(made[-1].seq).at
    if not final:
        others = [
            shelf.journal for shelf in (workspace.partnership_shelf, workspace.actions_shelf) if shelf.journal.seq
        ]
        later = journal.seq > made[-1].seq or any(one.line_of(one.seq).at > written for one in others)
        if later or made[-1].on != today:
            return None
    # The line that records it is none of what it says.
    return made[-1], written - timedelta(milliseconds=1)


def coming(workspace: Workspace, audit_id: str, *, final: bool) -> str:
    """The version that would be written now.

    Raises:
        NotReady: It would be final, and there was no draft, or comments wait for an answer; each is named.
    """
    made = versions(workspace, audit_id)
    if final:
        if not made or made[-1].final:
            raise InputError("Write a draft first, so that the agencies can say what is not right in it.")
        waiting = [one for one in comments(workspace, audit_id) if one.answer is None]
        if waiting:
            raise NotReady(
                "It cannot be final yet, because comments wait for an answer. `qa accuracy answer` gives one.",
                [f"{one.id}, {one.agency}, on {one.place}: {one.text}" for one in waiting],
            )
    return next_version(made, final=final)


def record_version(
    workspace: Workspace, audit_id: str, version: str, figures: str, *, final: bool, by: str, now: datetime, today: date
) -> ReportVersion:
    """That a version was written, once its file is there."""
    releasing.releaser(workspace, by)
    audit = workspace.audit(audit_id).audit
    did = "wrote the final report" if final else "wrote a draft of the report"
    with workspace.change(audit_journal(audit.id), by=by, did=did, now=now) as change:
        made = ReportVersion(
            id=f"{audit.id}/{version}", audit=audit.id, version=version, final=final, on=today, by=by, figures=figures
        )
        change.put(made)
    return workspace.audit(audit.id).all(ReportVersion)[made.id]


def comment(
    workspace: Workspace, audit_id: str, agency: str, place: str, text: str, *, by_whom: str, by: str, now: datetime,
    today: date,
) -> Comment:  # fmt: skip
    """What an agency says is not right in the latest draft.

    Raises:
        InputError: There is no draft, the agency took no part, or nothing is said.
        NotAllowed: Neither a lead of the agency nor a co-ordinator who keys it for them.
    """
    person, file = allowed.person(workspace, by), workspace.audit(audit_id)
    own = person.is_(Role.AGENCY_LEAD) and person.agency == agency
    if not own and not person.is_(Role.COORDINATOR):
        raise NotAllowed(f"{person.name} ({by}) may not comment for {agency}: that is for its lead, or a co-ordinator.")
    if agency not in file.audit.agencies:
        raise InputError(f"{agency} takes no part in {file.audit.id}: {', '.join(file.audit.agencies)} do.")
    made = versions(workspace, file.audit.id)
    if not made or made[-1].final:
        raise InputError(f"There is no draft of the report on {file.audit.id} to comment on.")
    place, text, by_whom = (clean(one).strip() for one in (place, text, by_whom))
    if len(text) < 10 or not place or not by_whom:
        raise InputError("Say which part it is about, what is not right in it, and in which role you say so.")
    with workspace.change(audit_journal(file.audit.id), by=by, did="commented on the draft report", now=now) as change:
        prefix = f"{file.audit.id}/K"
        found = Comment(
            id=f"{prefix}{next_number(prefix, change.shelf.all(Comment)):02}", audit=file.audit.id,
            version=made[-1].version, agency=agency, place=place, text=text, by_whom=by_whom, on=today,
        )  # fmt: skip
        change.put(found)
    return find(workspace, found.id)


def answer(
    workspace: Workspace, comment_id: str, given: Answer, reason: str, *, seen: Seen | None = None, by: str,
    now: datetime,
) -> Comment:  # fmt: skip
    """A comment accepted, saying what was changed, or declined with the reason.

    Raises:
        InputError: No reason is given.
    """
    releasing.releaser(workspace, by)
    found, reason = find(workspace, comment_id), clean(reason).strip()
    if len(reason) < 10:
        raise InputError("Say in a sentence what was changed, or why nothing was: the agency reads it.")
    name = audit_journal(found.audit)
    with workspace.change(name, by=by, did=f"{given.value} a comment", now=now, seen=seen) as change:
        change.put(found.model_copy(update={"answer": given, "reason": reason, "answered_by": by}))
    return find(workspace, found.id)


def find(workspace: Workspace, comment_id: str) -> Comment:
    """The comment with that id.

    Raises:
        NotFound: There is none.
    """
    id = comment_id.strip().upper()
    found = workspace.audit(id.partition("/")[0]).all(Comment).get(id)
    if found is None:
        raise NotFound(f"There is no comment {id}. `qa accuracy list` shows those there are.")
    return found
