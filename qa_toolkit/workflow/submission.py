"""Sending a return in, checking it in its agency, filing it, asking about it, giving it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qa_toolkit.domain.audits import Query, Received, Reopening
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.progress import Note, Stop, notes, stops
from qa_toolkit.domain.returns import OVERALL, Check, Declaration, Relation, Return, Submission
from qa_toolkit.domain.text import clean
from qa_toolkit.store.returned import read_return
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.returns import Opened, Scoring, nearness, opened, require_open


def what_stops(at: Opened, *, checked: bool = True) -> list[Stop]:
    """What prevents submission; with `checked` false, all but the agency lead's check."""
    check = checked and at.file.audit.agency_check
    return stops(at.template, at.ret, at.header, agency_check=check, open_queries=at.open_queries)


def what_to_note(at: Opened) -> list[Note]:
    """What the rater should see and may let stand."""
    return notes(at.template, at.ret, at.header)


def check(workspace: Workspace, return_id: str, *, note: str = "", by: str, now: datetime) -> Return:
    """The return with its agency lead's check, which stands until an answer or grade is changed.

    Raises:
        NotAllowed: Not a lead of the agency, or the rater in person.
        NotReady: Something else still stops submission.
    """
    at = opened(workspace, return_id)
    require_open(workspace, at.file)
    allowed.agency_lead(workspace, by, at.ret.head.agency, "check its returns")
    if by == at.ret.head.rater:
        raise NotAllowed("Nobody checks a return that they scored themselves: another lead of the agency has to.")
    with workspace.change(return_journal(at.ret.id), by=by, did="checked the return", now=now) as change:
        at = at._replace(ret=read_return(workspace, at.file, change.shelf))
        if not at.editable:
            raise NotAllowed(f"{at.ret.id} has been submitted already.")
        _refuse(what_stops(at, checked=False), f"{at.ret.id} is not ready to be checked")
        change.put(Check(id=str(len(at.ret.checks) + 1), note=clean(note)))
    return workspace.ret(return_id)


def submit(
    workspace: Workspace,
    return_id: str,
    *,
    safe: str,
    relation: Relation,
    acknowledged: tuple[str, ...] = (),
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> Return:
    """The return sent in: safety asked again, independence confirmed, notes acknowledged. Read-only from then on.

    `acknowledged` holds the places (`Note.where`) that the rater let stand.

    Raises:
        NotReady: Something stops it; `.missing` lists every sentence.
    """
    with Scoring(workspace, return_id, by=by, did="submitted", now=now, seen=seen) as (at, change):
        missing = [stop.sentence for stop in what_stops(at)]
        missing += safety_again(at, safe)
        unseen = [note for note in what_to_note(at) if note.where not in acknowledged]
        missing += [f"To be acknowledged: {note.sentence}" for note in unseen]
        near = nearness(at.file, at.ret.id, relation, by)
        if near.tie is not None:
            missing.append("Nobody submits a score on a case that they hold or supervise without a recorded waiver.")
        if missing:
            raise NotReady(f"{at.ret.id} cannot be submitted yet.", missing)
        round = at.ret.round + 1
        words = indicative_words(at)
        change.put(
            Declaration(id=f"submission-{round}", relation=relation, waiver=near.waiver),
            Submission(id=str(round), safe=safe, acknowledged=tuple(acknowledged), indicative=words),
        )
    return workspace.ret(return_id)


def safety_again(at: Opened, safe: str) -> list[str]:
    """What the second answer to the safety question still needs."""
    question = at.template.safety_question
    if question is None:
        return []
    options = {option.value: option.label for option in at.template.options_of(question.main)}
    if safe not in options:
        return [f"Answer once more, today: {question.text} ({', '.join(options.values())})"]
    if safe in question.raises_concern and not at.ret.concerns:
        return [f"You answered “{options[safe]}” to “{question.text}” Raise an immediate safeguarding concern first."]
    return []


def indicative_words(at: Opened) -> str:
    """The indicative grade in words, once the auditor has given theirs."""
    if OVERALL not in at.ret.grades:
        return ""
    found = indicative(at.template, at.ret, at.header)
    return found.because


def _refuse(found: list[Stop], thing: str) -> None:
    if found:
        count = "one thing" if len(found) == 1 else f"{len(found)} things"
        raise NotReady(f"{thing}: {count} to do.", [stop.sentence for stop in found])


def submit_nil(workspace: Workspace, return_id: str, reason: str, *, by: str, now: datetime) -> Return:
    """A nil return: the agency confirms that it has nothing on the subject. It is a return, and is counted."""
    reason = clean(reason).strip()
    if len(reason) < 5:
        raise InputError("A nil return says why in a few words, such as “not known to this service”.")
    with Scoring(workspace, return_id, by=by, did="submitted a nil return", now=now, seen=None) as (at, change):
        if any(answer.answered for answer in at.ret.answers.values()):
            raise InputError(f"{at.ret.id} has answers, so it is not a nil return. Clear them first, or submit it.")
        change.put(Submission(id=str(at.ret.round + 1), nil=True, nil_reason=reason))
    return workspace.ret(return_id)


def receive(workspace: Workspace, return_id: str, *, by: str, now: datetime) -> Received:
    """The submitted return filed by the co-ordinator: it counts from here, exactly as it stands now."""
    allowed.coordinator(workspace, by, "file a return")
    at = opened(workspace, return_id)
    submission = at.ret.submission
    if submission is None or at.editable:
        raise NotReady(f"{at.ret.id} has not been submitted, so it cannot be filed yet.")
    before = at.file.received.get(at.ret.id)
    if before is not None and before.round == at.ret.round:
        return before
    filed = Received(id=at.ret.id, round=at.ret.round, through=at.ret.last, hash=at.ret.last_hash, nil=submission.nil)
    with workspace.change(audit_journal(at.file.audit.id), by=by, did="filed a return", now=now) as change:
        change.put(filed)
    return workspace.audit(at.file.audit.id).received[at.ret.id]


def query(workspace: Workspace, return_id: str, questions: Mapping[str, str], *, by: str, now: datetime) -> Query:
    """Named questions of a submitted return sent back to the agency, answers kept."""
    allowed.coordinator(workspace, by, "query a return")
    at = opened(workspace, return_id)
    asked = {id.upper(): clean(text).strip() for id, text in questions.items()}
    shown = {question.id for _, question in at.template.asked(at.ret.head.kind)}
    for id, text in asked.items():
        if id not in shown:
            raise InputError(f"{id} is not a question of {at.ret.id}.")
        if not text:
            raise InputError(f"Say what is asked about {id}.")
    if not asked:
        raise InputError("Name at least one question to query, with what is asked about it.")
    if at.ret.submission is None:
        raise NotReady(f"{at.ret.id} has not been submitted, so there is nothing to query yet.")
    with workspace.change(audit_journal(at.file.audit.id), by=by, did="queried a return", now=now) as change:
        number = next_number(f"{at.ret.id}-Q", change.shelf.all(Query))
        made = Query(id=f"{at.ret.id}-Q{number}", return_id=at.ret.id, round=at.ret.round, questions=asked)
        change.put(made)
    return workspace.audit(at.file.audit.id).queries[made.id]


def reopen(workspace: Workspace, return_id: str, reason: str, *, by: str, now: datetime) -> Reopening:
    """A submitted return given back whole, with the reason."""
    allowed.coordinator(workspace, by, "give a return back")
    at = opened(workspace, return_id)
    reason = clean(reason).strip()
    if not reason:
        raise InputError("Say why the return is given back, in a few words.")
    if at.editable:
        raise NotReady(f"{at.ret.id} is with its agency already, so there is nothing to give back.")
    with workspace.change(audit_journal(at.file.audit.id), by=by, did="gave a return back", now=now) as change:
        number = next_number(f"{at.ret.id}-O", change.shelf.all(Reopening))
        made = Reopening(id=f"{at.ret.id}-O{number}", return_id=at.ret.id, round=at.ret.round, reason=reason)
        change.put(made)
    return workspace.audit(at.file.audit.id).reopenings[made.id]
