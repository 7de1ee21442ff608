"""Record checks in one line, allocation by load, and differences settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_return, a_workspace

from qa_toolkit.domain.audits import Known, RecordCheck
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.differences import Stands, Status
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, QAError, Stale
from qa_toolkit.domain.returns import Relation
from qa_toolkit.store.workspace import Workspace, audit_journal, seen
from qa_toolkit.workflow import (
    allocating,
    audits,
    checking,
    differences,
    promises,
    returns,
    secondscores,
    setup,
    starting,
)

AUDIT = "CE-2026-01"
SECOND = "CE-2026-01-C02-POLICE"
LATER = START + timedelta(hours=1)
CALENDAR = england_and_wales()


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """Two children, one of whose returns is declared; an auditor who has no part in it, and a nurse."""
    made = a_return(a_workspace(tmp_path / "w"))
    audits.add_case(made, AUDIT, by=BOSS, now=START, today=TODAY)
    setup.add_person(made, "b.auditor@police", "Bo Auditor", by=BOSS, now=START)
    setup.add_agency(made, "health", "Health", "health", by=BOSS, now=START)
    setup.add_person(made, "n.nurse@health", "N. Nurse", by=BOSS, now=START)
    return made


def lines(at: Workspace) -> int:
    return at.shelf(audit_journal(AUDIT)).journal.seq


def known(at: Workspace) -> dict[str, Known]:
    return {id: check.known for id, check in at.audit(AUDIT).record_checks.items()}


def test_a_pasted_column_is_one_line_and_can_be_taken_back(at: Workspace) -> None:
    found = checking.preview(at, AUDIT, "police", "known\nnot known")
    assert [(one.subject[-3:], one.before, one.after) for one in found] == [
        ("C01", None, Known.KNOWN), ("C02", None, Known.NOT_KNOWN)
    ]  # fmt: skip
    before = lines(at)
    assert checking.record_checks(at, AUDIT, {o.return_id: o.after for o in found}, by=BOSS, now=LATER) == 2
    assert (lines(at), known(at)) == (before + 1, {RETURN: Known.KNOWN, SECOND: Known.NOT_KNOWN})
    assert checking.record_checks(at, AUDIT, {SECOND: None, RETURN: Known.KNOWN}, by=LEAD, now=LATER) == 1
    assert known(at) == {RETURN: Known.KNOWN}
    assert checking.record_checks(at, AUDIT, {SECOND: None}, by=BOSS, now=LATER) == 0
    assert lines(at) == before + 2


def test_a_note_stays_until_another_is_written(at: Workspace) -> None:
    checking.record_checks(at, AUDIT, {RETURN: Known.KNOWN}, note="Since May", by=BOSS, now=LATER)
    checking.record_checks(at, AUDIT, {RETURN: Known.FAMILY_KNOWN}, by=BOSS, now=LATER)
    assert at.audit(AUDIT).record_checks[RETURN].note == "Since May"


def test_two_people_do_not_overwrite_each_other(at: Workspace) -> None:
    checking.record_checks(at, AUDIT, {RETURN: Known.KNOWN}, by=BOSS, now=LATER)
    saw = seen(at.audit(AUDIT).record_checks[RETURN])
    checking.record_checks(at, AUDIT, {RETURN: Known.NOT_KNOWN}, by=LEAD, now=LATER)
    with pytest.raises(Stale):
        checking.record_checks(at, AUDIT, {RETURN: Known.FAMILY_KNOWN}, seen=saw, by=BOSS, now=LATER)
    with pytest.raises(Stale):
        checking.record_checks(at, AUDIT, {RETURN: None}, seen={(RecordCheck.table, RETURN): 0}, by=BOSS, now=LATER)


def tied(at: Workspace, **who: str) -> None:
    holds, supervises = who.get("holds", ""), who.get("supervises", "")
    allocating.record_ties(at, SECOND, holds=[holds] if holds else [], supervises=[supervises] if supervises else [],
                           by=BOSS, now=LATER)  # fmt: skip


def closed(at: Workspace) -> None:
    audits.close_audit(at, AUDIT, by=BOSS, now=LATER)


def waive(at: Workspace, agreed_by: str, person: str = RATER) -> None:
    audits.waive(at, SECOND, person, "The only trained auditor.", agreed_by=agreed_by, by=BOSS, now=LATER)


def check(at: Workspace, id: str, by: str, answer: Known | None = Known.KNOWN) -> None:
    checking.record_checks(at, AUDIT, {id: answer}, by=by, now=LATER)


def ties_of(at: Workspace, who: str, by: str) -> None:
    allocating.record_ties(at, SECOND, holds=[who], supervises=[], by=by, now=LATER)


def held(at: Workspace) -> None:
    tied(at, holds=RATER)
    audits.allocate(at, SECOND, RATER, by=BOSS, now=LATER)


def supervised(at: Workspace) -> None:
    audits.allocate(at, SECOND, RATER, relation=Relation.SUPERVISES, by=BOSS, now=LATER)


def settle(at: Workspace, field: str = "age_band", why: str = "The birth register was seen.", agreed_by: str = "chair",
           by: str = BOSS, stands: Stands = Stands.CASE) -> None:  # fmt: skip
    differences.settle(at, RETURN, field, stands, why=why, agreed_by=agreed_by, by=by, now=LATER)


@pytest.mark.parametrize(
    ("deed", "kind", "sentence"),
    [
        (lambda at: check(at, RETURN, "n.nurse@health"), NotAllowed, "N. Nurse is not of police"),
        (lambda at: check(at, AUDIT + "-C09-POLICE", BOSS), NotFound, "No return CE-2026-01-C09-POLICE is owed"),
        (lambda at: (closed(at), check(at, RETURN, BOSS)), NotAllowed, "is closed"),
        (lambda at: checking.preview(at, AUDIT, "gp", "k"), NotFound, "There is no agency gp in CE-2026-01"),
        (lambda at: checking.preview(at, AUDIT, "police", "k\nperhap"), InputError, "Line 2: “perhap”"),
        (lambda at: ties_of(at, "n.nurse@health", BOSS), InputError, "n.nurse@health is not of police"),
        (lambda at: ties_of(at, RATER, "n.nurse@health"), NotAllowed, "cannot say who holds this case"),
        (held, NotAllowed, "Alex Auditor holds the case CE-2026-01-C02, and nobody scores a case"),
        (supervised, NotAllowed, "Alex Auditor supervises the case"),
        (lambda at: waive(at, " "), InputError, "A waiver says who agreed it"),
        (lambda at: waive(at, RATER), InputError, "Nobody agrees a waiver for themselves"),
        (settle, NotFound, "There is no difference about “age_band” to settle"),
        (lambda at: settle(at, why="so"), InputError, "Say in a sentence why"),
        (lambda at: settle(at, agreed_by=""), InputError, "Say who decided it"),
        (lambda at: settle(at, by=RATER), NotAllowed, "Only a co-ordinator may settle a difference"),
    ],
)
def test_what_is_refused_says_why(
    at: Workspace, deed: Callable[[Workspace], object], kind: type[QAError], sentence: str
) -> None:
    with pytest.raises(kind) as refused:
        deed(at)
    assert sentence in str(refused.value)


def proposal(at: Workspace) -> list[tuple[str, str]]:
    found = allocating.proposal(at, AUDIT, today=TODAY, calendar=CALENDAR)
    return [(one.return_id, one.person) for one in found]


def test_a_proposal_counts_open_returns_and_is_written_in_one_line(at: Workspace) -> None:
    # The first child's return is a.auditor's already, so the second goes to somebody with none.
    assert proposal(at) == [(SECOND, "b.auditor@police")]
    found = allocating.proposal(at, AUDIT, today=TODAY, calendar=CALENDAR)
    before = lines(at)
    assert allocating.allocate_all(at, AUDIT, found, by=BOSS, now=LATER) == 1
    assert (lines(at), proposal(at)) == (before + 1, [])
    with pytest.raises(Stale, match="was changed since"):
        allocating.allocate_all(at, AUDIT, found, by=BOSS, now=LATER)


def test_what_an_agency_does_not_know_is_not_given_out(at: Workspace) -> None:
    checking.record_checks(at, AUDIT, {SECOND: Known.NOT_KNOWN}, by=BOSS, now=LATER)
    assert proposal(at) == []


def test_what_is_excused_is_not_given_out(at: Workspace) -> None:
    promises.excuse(at, SECOND, "The child was never here.", "chair of the panel", by=BOSS, now=LATER)
    assert proposal(at) == []


def test_a_tie_recorded_after_the_proposal_stops_it(at: Workspace) -> None:
    found = allocating.proposal(at, AUDIT, today=TODAY, calendar=CALENDAR)
    tied(at, supervises="b.auditor@police")
    with pytest.raises(Stale):
        allocating.allocate_all(at, AUDIT, found, by=BOSS, now=LATER)
    assert at.audit(AUDIT).allocations[SECOND].rater == ""


def test_a_recorded_tie_counts_even_where_the_rater_declares_none(at: Workspace) -> None:
    tied(at, holds=RATER)
    starting.start(at, SECOND, by=RATER, now=LATER, today=TODAY)
    with pytest.raises(NotAllowed, match="Your agency recorded that you do"):
        returns.declare(at, SECOND, Relation.NONE, by=RATER, now=LATER)
    waive(at, "panel chair")
    returns.declare(at, SECOND, Relation.NONE, by=RATER, now=LATER)
    assert at.ret(SECOND).declarations["start"].waiver == "The only trained auditor. (agreed by panel chair)"


def differ(at: Workspace, says: str, note: str = "") -> None:
    returns.differ(at, RETURN, "age_band", says, note=note, by=RATER, now=LATER)


def rows(at: Workspace, *, settled: bool = False) -> list[tuple[object, object, Status]]:
    return [(row.case, row.says, row.status) for row in differences.differences(at, AUDIT, by=BOSS, settled=settled)]


@pytest.mark.parametrize("stands", list(Stands))
def test_a_settled_difference_is_shown_anew_when_the_agency_changes_it(at: Workspace, stands: Stands) -> None:
    case = at.audit(AUDIT).subjects[AUDIT + "-C01"].facts["age_band"]
    differ(at, "15 to 16")
    says = at.ret(RETURN).differences["age_band"].says
    assert rows(at) == [(case, says, Status.OPEN)]
    before, sealed = lines(at), at.ret(RETURN).last
    settle(at, stands=stands)
    stood = case if stands is Stands.CASE else says
    assert (lines(at), at.ret(RETURN).last) == (before + 1, sealed)
    assert at.audit(AUDIT).subjects[AUDIT + "-C01"].facts["age_band"] == stood
    assert (rows(at), rows(at, settled=True)) == ([], [(stood, says, Status.SETTLED)])
    differ(at, "10 to 12", "Passport seen")
    assert [row[2] for row in rows(at)] == [Status.ANEW]


def test_a_settled_difference_is_shown_anew_when_the_case_is_changed(at: Workspace) -> None:
    differ(at, "15 to 16")
    settle(at)
    audits.set_case_facts(at, AUDIT + "-C01", {"age_band": "10 to 12"}, seen=None, by=BOSS, now=LATER)
    assert [row[2] for row in rows(at)] == [Status.ANEW]


def test_what_moved_meanwhile_is_not_settled(at: Workspace) -> None:
    differ(at, "15 to 16")
    saw = differences.differences(at, AUDIT, by=BOSS)[0]
    differ(at, "10 to 12")
    with pytest.raises(Stale, match="has changed meanwhile"):
        differences.settle(at, RETURN, "age_band", Stands.AGENCY, why="The register was seen.", agreed_by="chair",
                           seen=saw, by=BOSS, now=LATER)  # fmt: skip


def test_another_agency_sees_only_its_own(at: Workspace) -> None:
    differ(at, "15 to 16")
    assert len(differences.differences(at, AUDIT, by=RATER)) == 1
    assert differences.differences(at, AUDIT, by="n.nurse@health") == []


def test_what_is_sealed_for_a_second_score_is_not_listed_yet(at: Workspace) -> None:
    differ(at, "15 to 16")
    secondscores.ask(at, RETURN, "b.auditor@police", by=BOSS, now=LATER, today=TODAY)
    assert rows(at) == []
    assert len(differences.differences(at, AUDIT, by=RATER)) == 1
