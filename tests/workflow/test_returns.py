"""Returns from start to filing: one verb one line, who may, what is refused, and what survives being cut off."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from faulty_disk import FaultyDisk

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.audits import Audit, AuditStatus
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.dates import end_of_day
from qa_toolkit.domain.errors import AnswerError, InputError, NotAllowed, NotReady, Stale
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.states import State
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import library
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal, seen
from qa_toolkit.workflow import audits, concerns, drafts, reading, redacting, returns, setup, starting, submission
from qa_toolkit.workflow.cut_steps import finish_cut_steps
from qa_toolkit.workflow.history import history
from qa_toolkit.workflow.verifying import verify

LATER = START + timedelta(hours=1)
CALENDAR = england_and_wales()


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """One return, begun and declared."""
    return a_return(a_workspace(tmp_path / "w"))


@pytest.fixture
def sent(at: Workspace) -> Workspace:
    """The return sent in."""
    return a_full_return(at, send=True)


def answer(at: Workspace, value: str = "yes", **more: object) -> None:
    given = Answer.model_validate({"id": "PL-01", "values": {"answer": value}, "evidence": "Plan of May", **more})
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=LATER)


def lengths(at: Workspace) -> dict[str, int]:
    return {name: at.shelf(name).journal.seq for name in at.folder.list()}


def state(at: Workspace) -> State:
    (cell,) = reading.grid(at, "CE-2026-01", today=TODAY, calendar=CALENDAR).cells.values()
    return cell.state


@pytest.mark.parametrize(
    ("deed", "journal"),
    [
        (lambda at: answer(at), return_journal(RETURN)),
        (lambda at: returns.clear(at, RETURN, "S0-1", seen=None, by=RATER, now=LATER), return_journal(RETURN)),
        (
            lambda at: returns.grade(at, RETURN, Grade.GOOD, reasons="Sound", seen=None, by=RATER, now=LATER),
            return_journal(RETURN),
        ),
        (lambda at: concerns.raise_concern(at, RETURN, what="worry", by=RATER, now=LATER), return_journal(RETURN)),
        (lambda at: audits.waive(at, RETURN, RATER, "the only one trained", agreed_by="chair", by=BOSS, now=LATER),
         audit_journal("CE-2026-01")),
        (lambda at: audits.close_audit(at, "CE-2026-01", by=BOSS, now=LATER), PARTNERSHIP),
    ],
    ids=["answer", "clear", "grade", "concern", "waive", "close"],
)  # fmt: skip
def test_one_verb_is_one_line_in_one_file(at: Workspace, deed: object, journal: str) -> None:
    returns.answer(at, RETURN, Answer(id="S0-1", values={"answer": "yes"}), seen=None, by=RATER, now=LATER)
    before = lengths(at)
    deed(at)  # type: ignore[operator]
    after = lengths(at)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {journal: 1}


def test_a_save_asks_the_disk_no_more_than_it_must(at: Workspace) -> None:
    """Two files are looked at for the rules; under the lock, its own file for news, and again before the append."""
    disk = FaultyDisk()
    again = Workspace(at.root, disk=disk)
    answer(again)
    disk.log.clear()
    answer(again, "no")
    assert [operation for operation, _ in disk.log] == [
        "stat", "stat", "try_lock", "stat", "stat", "stat", "write", "fstat", "sync",
    ]  # fmt: skip


def test_a_refused_answer_leaves_no_line(at: Workspace) -> None:
    before = lengths(at)
    with pytest.raises(AnswerError, match="PL-01"):
        answer(at, "perhaps")
    assert lengths(at) == before


def test_nobody_answers_before_they_have_said_how_near_they_stand(tmp_path: Path) -> None:
    at = a_return(a_workspace(tmp_path / "w"), declared=False)
    with pytest.raises(NotReady, match="how near"):
        answer(at)


def test_who_holds_the_case_scores_only_with_a_waiver_that_shows(tmp_path: Path) -> None:
    at = a_return(a_workspace(tmp_path / "w"), declared=False)
    with pytest.raises(NotAllowed, match="waiver"):
        returns.declare(at, RETURN, Relation.HOLDS, by=RATER, now=LATER)
    with pytest.raises(InputError, match="themselves"):
        audits.waive(at, RETURN, BOSS, "because I can", agreed_by="panel chair", by=BOSS, now=LATER)
    audits.waive(at, RETURN, RATER, "The only trained auditor there is.", agreed_by="panel chair", by=BOSS, now=LATER)
    returns.declare(at, RETURN, Relation.HOLDS, by=RATER, now=LATER)
    assert at.ret(RETURN).declarations["start"].waiver == ("The only trained auditor there is. (agreed by panel chair)")


def test_only_its_rater_changes_a_return_and_another_agency_may_not_read_it(at: Workspace) -> None:
    with pytest.raises(NotAllowed, match=RATER):
        returns.answer(at, RETURN, Answer(id="S0-1", values={"answer": "yes"}), seen=None, by=LEAD, now=LATER)
    setup.add_agency(at, "health", "Health", "health", by=BOSS, now=LATER)
    setup.add_person(at, "n.nurse@health", "N. Nurse", by=BOSS, now=LATER)
    opened = returns.opened(at, RETURN)
    with pytest.raises(NotAllowed, match="may not read"):
        returns.readable(at, opened, "n.nurse@health")
    returns.readable(at, opened, LEAD)
    returns.readable(at, opened, BOSS)


def test_the_second_of_two_is_told_who_and_when_and_loses_nothing(at: Workspace) -> None:
    answer(at, "yes")
    saw = seen(at.ret(RETURN).answers["PL-01"])
    answer(at, "partly")
    late = Answer(id="PL-01", values={"answer": "no"})
    with pytest.raises(Stale) as refused:
        returns.answer(at, RETURN, late, seen=saw, by=RATER, now=LATER)
    assert refused.value.who == RATER
    assert refused.value.when
    assert at.ret(RETURN).answers["PL-01"].main == "partly"


def test_a_running_audit_keeps_its_own_template(at: Workspace) -> None:
    """Promise 12: what the file of the template says later changes nothing here."""
    template, source = library.load("dip-sample")
    edited, text = read_template(source.replace("current multi-agency", "signed"), "dip.toml"), source
    assert edited.digest != template.digest
    at.keep_template(edited, text)
    fresh = Workspace(at.root)
    assert fresh.template_of(RETURN).digest == template.digest
    assert "current multi-agency" in fresh.template_of(RETURN).questions["PL-01"].text


# --- sending in


def test_everything_that_stops_it_is_listed(at: Workspace) -> None:
    with pytest.raises(NotReady) as refused:
        submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, by=RATER, now=LATER)
    assert any("PL-01" in sentence for sentence in refused.value.missing)
    assert any("grade" in sentence for sentence in refused.value.missing)
    assert at.ret(RETURN).round == 0


def test_no_or_unsure_needs_a_concern_and_the_concern_touches_no_grade(at: Workspace) -> None:
    a_full_return(at)
    grade = at.ret(RETURN).grades
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    with pytest.raises(NotReady) as refused:
        submission.submit(at, RETURN, safe="unsure", relation=Relation.NONE, acknowledged=notes, by=RATER, now=LATER)
    assert any("Raise an immediate safeguarding concern first" in sentence for sentence in refused.value.missing)
    concerns.raise_concern(at, RETURN, what="Nobody knows where", by=RATER, now=LATER)
    submission.submit(at, RETURN, safe="unsure", relation=Relation.NONE, acknowledged=notes, by=RATER, now=LATER)
    assert at.ret(RETURN).grades == grade


def test_a_grade_that_differs_from_the_indicative_one_needs_a_reason(at: Workspace) -> None:
    a_full_return(at)
    returns.grade(at, RETURN, Grade.OUTSTANDING, reasons="All good", seen=None, by=RATER, now=LATER)
    stops = [stop.sentence for stop in submission.what_stops(returns.opened(at, RETURN))]
    assert any("differs" in sentence or "why" in sentence for sentence in stops)


def test_after_sending_in_it_is_read_only_until_it_is_given_back(sent: Workspace) -> None:
    assert state(sent) is State.SUBMITTED
    with pytest.raises(NotAllowed, match="submitted"):
        answer(sent, "no")
    submission.reopen(sent, RETURN, "The police asked for it", by=BOSS, now=LATER)
    answer(sent, "no")
    assert state(sent) is State.IN_PROGRESS
    assert len(sent.ret(RETURN).answers) > 3


def test_a_query_keeps_the_answers_and_has_to_be_dealt_with(sent: Workspace) -> None:
    submission.query(sent, RETURN, {"PL-01": "Which meeting?"}, by=BOSS, now=LATER)
    at = returns.opened(sent, RETURN)
    assert state(sent) is State.QUERIED
    assert at.open_queries == {"PL-01": "Which meeting?"}
    with pytest.raises(NotReady) as refused:
        submission.submit(sent, RETURN, safe="yes", relation=Relation.NONE, by=RATER, now=LATER)
    assert any("PL-01" in sentence for sentence in refused.value.missing)
    answer(sent, "yes", comment="The one of May")
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(sent, RETURN)))
    submission.submit(sent, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=LATER)
    assert state(sent) is State.SUBMITTED


def test_a_return_counts_from_its_filing_as_it_stood_then(sent: Workspace) -> None:
    filed = submission.receive(sent, RETURN, by=BOSS, now=LATER)
    ret = sent.ret(RETURN)
    assert (filed.through, filed.hash) == (ret.last, ret.last_hash)
    assert state(sent) is State.RECEIVED
    found = verify(sent)
    assert (found.filed, found.faults) == (1, ())


def test_the_agency_leads_check_falls_with_a_change(tmp_path: Path) -> None:
    at = a_full_return(a_return(a_workspace(tmp_path / "w", agency_check=True)))
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))

    def send() -> None:
        submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=LATER)

    with pytest.raises(NotReady):
        send()
    with pytest.raises(NotAllowed):
        submission.check(at, RETURN, by=RATER, now=LATER)
    submission.check(at, RETURN, by=LEAD, now=LATER)
    assert at.ret(RETURN).check_stands
    answer(at, "partly", comment="Later thought")
    assert not at.ret(RETURN).check_stands
    with pytest.raises(NotReady):
        send()


def test_a_nil_return_is_a_return(tmp_path: Path) -> None:
    at = a_return(a_workspace(tmp_path / "w"))
    submission.submit_nil(at, RETURN, "not known to us", by=RATER, now=LATER)
    assert state(at) is State.NIL
    submission.receive(at, RETURN, by=BOSS, now=LATER)
    assert state(at) is State.NIL


def test_a_closed_audit_takes_nothing_more(at: Workspace) -> None:
    audits.close_audit(at, "CE-2026-01", by=BOSS, now=LATER, abandoned="The theme was taken up by a review.")
    assert at.audits()["CE-2026-01"].status is AuditStatus.ABANDONED
    with pytest.raises(InputError):
        answer(at)


def test_a_closed_audit_is_opened_again_with_the_reason_and_goes_on(at: Workspace) -> None:
    audits.close_audit(at, "CE-2026-01", by=BOSS, now=LATER, abandoned="The theme was taken up by a review.")
    with pytest.raises(InputError, match="abandoned already"):
        audits.close_audit(at, "CE-2026-01", by=BOSS, now=LATER)
    with pytest.raises(InputError, match="in a sentence why it is opened again"):
        audits.reopen_audit(at, "CE-2026-01", "oops", by=BOSS, now=LATER)
    with pytest.raises(NotAllowed):
        audits.reopen_audit(at, "CE-2026-01", "The review did not happen.", by=RATER, now=LATER)
    entry = audits.reopen_audit(at, "ce-2026-01", "The review did not happen.", by=BOSS, now=LATER)
    assert (entry.status, entry.reason) == (AuditStatus.OPEN, "")
    answer(at)
    with pytest.raises(InputError, match="is open, so there is nothing to open again"):
        audits.reopen_audit(at, "CE-2026-01", "The review did not happen.", by=BOSS, now=LATER)


# --- time, history, drafts, redaction


def test_as_it_stood_on_a_day_means_the_end_of_that_day_here(at: Workspace) -> None:
    answer(at, "yes")
    evening = end_of_day(TODAY)
    given = Answer(id="PL-01", values={"answer": "no"}, evidence="Plan of May")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=evening + timedelta(milliseconds=1))
    assert at.ret(RETURN).answers["PL-01"].main == "no"
    then = Workspace(at.root, until=evening)
    assert then.ret(RETURN).answers["PL-01"].main == "yes"
    with pytest.raises(InputError, match="earlier day"):
        answer(then)


def test_history_says_who_when_from_what_to_what(at: Workspace) -> None:
    answer(at, "yes")
    answer(at, "no")
    steps = list(history(at, return_journal(RETURN), table="answers", id="PL-01"))
    told = [(step.by, (step.before or {}).get("values"), (step.after or {}).get("values")) for step in steps]
    assert told == [(RATER, None, {"answer": "yes"}), (RATER, {"answer": "yes"}, {"answer": "no"})]


def test_a_draft_stands_outside_the_record_and_is_offered_to_its_writer(at: Workspace) -> None:
    before = lengths(at)
    drafts.keep(at, RETURN, "PL-01", "comment", "half a sent", by=RATER, now=LATER)
    assert lengths(at) == before
    assert [draft.text for draft in drafts.kept(Workspace(at.root), RETURN, by=RATER)] == ["half a sent"]
    assert drafts.kept(at, RETURN, by=LEAD) == []
    drafts.discard(at, RETURN, "PL-01", "comment")
    assert drafts.kept(at, RETURN, by=RATER) == []


def test_words_taken_out_are_in_no_file_and_the_chain_holds(at: Workspace) -> None:
    answer(at, "yes", comment="Marigold Testerson rang")
    drafts.keep(at, RETURN, "PL-01", "comment", "Marigold again", by=RATER, now=LATER)
    reading.grid(at, "CE-2026-01", today=TODAY, calendar=CALENDAR)
    assert redacting.redact(at, RETURN, "PL-01", why="a name was typed", by=RATER, now=LATER) == 1
    for path in at.root.rglob("*"):
        assert not path.is_file() or b"Marigold" not in path.read_bytes(), path
    assert at.ret(RETURN).answers["PL-01"].main == "yes"
    assert verify(Workspace(at.root)).faults == ()
    did = [at.shelf(return_journal(RETURN)).journal.line_of(at.ret(RETURN).last)]
    assert did[0].why == "a name was typed"


# --- cut off between two files


def test_an_opening_that_was_cut_off_is_finished_by_the_next(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    template, source = library.load("dip-sample")
    at.keep_template(template, source)
    audit = Audit(
        id="DS-2026-02", title="Cut off", kind="dip_sample", template_id=template.id, template_edition="1.0",
        template=template.digest, subject="child", agencies=("police",), opened=TODAY, due=date(2026, 12, 18),
    )  # fmt: skip
    at.begin(audit_journal("DS-2026-02"), audit, by=BOSS, did="opened the audit", now=LATER)
    again = Workspace(at.root)
    assert "DS-2026-02" not in again.audits()
    assert finish_cut_steps(again, now=LATER) == ["DS-2026-02"]
    assert again.audits()["DS-2026-02"].title == "Cut off"
    assert finish_cut_steps(again, now=LATER) == []
    assert verify(again).faults == ()


def test_a_return_whose_start_was_cut_off_is_taken_up_by_the_next_start(tmp_path: Path) -> None:
    at = a_return(a_workspace(tmp_path / "w"))
    journal = at.root / "audits" / "CE-2026-01" / "audit.journal"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    again = Workspace(at.root)
    assert not again.has_return(RETURN)
    assert starting.start(again, RETURN, by=RATER, now=LATER, today=TODAY).head.rater == RATER
    assert "start" in again.ret(RETURN).declarations
    assert verify(again).faults == ()


def test_a_person_who_has_left_starts_nothing(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    saw = seen(at.people()[RATER])
    gone = date(2026, 11, 1)
    setup.add_person(at, RATER, "Alex Auditor", (Role.AUDITOR,), until=gone, seen=saw, by=BOSS, now=LATER)
    with pytest.raises(NotAllowed, match="not active"):
        starting.start(at, RETURN, by=RATER, now=LATER, today=TODAY)
