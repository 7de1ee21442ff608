"""A blind second score: asked for, sealed everywhere until all are in, compared after, and counted nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from builders_second import (
    FIRST_WORDS,
    OTHER,
    SECOND,
    SECOND_WORDS,
    asked_twice,
    first_sends,
    second_scores,
)
from openpyxl import load_workbook

from qa_toolkit.cli import main
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, NotReady, QAError
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.states import State
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.audits.agreement_text import agreement_lines
from qa_toolkit.reports.audits.counts import SEALED, audit_figures
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import (
    audits,
    chasing,
    concerns,
    findings,
    hearings,
    moderation,
    reading,
    returns,
    secondscores,
    setup,
    starting,
    submission,
)
from qa_toolkit.workflow.plans import actions, plans
from qa_toolkit.workflow.verifying import verify

AUDIT, CHILD = "CE-2026-01", "CE-2026-01-C01"
CHAIR = "t.chair@business-unit"
CALENDAR = england_and_wales()


@pytest.fixture
def asked(tmp_path: Path) -> Workspace:
    made = asked_twice(a_workspace(tmp_path / "w"))
    setup.add_person(made, CHAIR, "T. Chair", (Role.CHAIR,), by=BOSS, now=START)
    return made


@pytest.fixture
def half(asked: Workspace) -> Workspace:
    """The first sent in and filed, the second filled in and not sent."""
    second_scores(first_sends(asked))
    submission.receive(asked, RETURN, by=BOSS, now=START)
    moderation.convene(asked, AUDIT, TODAY, chair=CHAIR, present=[Sitter(who=LEAD)], by=BOSS, now=START)
    return asked


@pytest.fixture
def both(asked: Workspace) -> Workspace:
    second_scores(first_sends(asked), send=True)
    submission.receive(asked, RETURN, by=BOSS, now=START)
    return asked


# --- asking for it


@pytest.mark.parametrize(
    ("deed", "refused", "says"),
    [
        (lambda at: ask(at, RATER), InputError, "scores CE-2026-01-C01-POLICE already"),
        (lambda at: ask(at, OTHER), InputError, "scores CE-2026-01-C01-POLICE already"),
        (lambda at: ask(at, BOSS), InputError, "name one of theirs"),
        (lambda at: ask(at, LEAD, by=RATER), NotAllowed, "Only an agency lead"),
        (lambda at: ask(at, LEAD, of="CE-2026-01-C09-POLICE"), NotFound, "No return"),
        (lambda at: audits.allocate(at, RETURN, OTHER, by=BOSS, now=START), InputError, "is the second rater"),
        (lambda at: starting.start(at, SECOND, by=RATER, now=START, today=TODAY), NotAllowed, "it is b.second"),
        (lambda at: secondscores.withdraw(at, RETURN, "They are ill", by=BOSS, now=START), NotFound, "No second score"),
        (lambda at: secondscores.withdraw(at, SECOND, " ", by=BOSS, now=START), InputError, "in a few words"),
        (lambda at: secondscores.withdraw(at, SECOND, "They are ill", by=LEAD, now=START), NotAllowed, "co-ordinator"),
    ],
    ids=["the same rater", "asked twice", "another agency", "not a lead", "no such return", "first is the second",
         "the first starts the second", "not a second score", "no reason", "not a co-ordinator"],
)  # fmt: skip
def test_what_is_refused(asked: Workspace, deed: Callable[[Workspace], object], refused: type[QAError],
                         says: str) -> None:  # fmt: skip
    before = asked.audit(AUDIT).last
    with pytest.raises(refused, match=says):
        deed(asked)
    assert asked.audit(AUDIT).last == before


def ask(at: Workspace, rater: str, *, of: str = RETURN, by: str = BOSS) -> object:
    return secondscores.ask(at, of, rater, by=by, now=START, today=TODAY)


def test_the_second_rater_cannot_take_an_unnamed_first_return(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    audits.add_case(at, AUDIT, facts={"age_band": "13 to 14"}, by=BOSS, now=START, today=TODAY)
    secondscores.ask(at, "CE-2026-01-C02-POLICE", RATER, by=LEAD, now=START, today=TODAY)
    with pytest.raises(NotAllowed, match="somebody else has to score it first"):
        starting.start(at, "CE-2026-01-C02-POLICE", by=RATER, now=START, today=TODAY)
    assert not at.has_return("CE-2026-01-C02-POLICE")


def test_what_was_filed_has_been_open_and_cannot_be_scored_blind(tmp_path: Path) -> None:
    at = a_full_return(a_return(a_workspace(tmp_path / "w")), send=True)
    submission.receive(at, RETURN, by=BOSS, now=START)
    with pytest.raises(NotReady, match="would not be blind"):
        ask(at, LEAD)


def test_a_third_rater_gets_the_next_number(asked: Workspace) -> None:
    ask(asked, LEAD)
    assert f"{RETURN}-R3" in asked.audit(AUDIT).all(secondscores.SecondScore)


def test_a_second_score_taken_back_opens_the_first_and_stays_its_raters(half: Workspace) -> None:
    secondscores.withdraw(half, SECOND, "They have left the service", by=BOSS, now=START)
    assert list(hearings.hearing(half, CHILD).returns) == ["police"]
    at = returns.opened(half, SECOND)
    with pytest.raises(NotAllowed, match="sealed"):
        returns.readable(half, at, BOSS)
    returns.readable(half, at, OTHER)
    with pytest.raises(NotAllowed, match="no longer asked for: They have left"):
        returns.clear(half, SECOND, "PL-01", seen=None, by=OTHER, now=START)
    with pytest.raises(NotFound):
        secondscores.withdraw(half, SECOND, "Once more", by=BOSS, now=START)


def test_one_that_all_have_sent_stands(both: Workspace) -> None:
    with pytest.raises(NotReady, match="the second score stands"):
        secondscores.withdraw(both, SECOND, "Not wanted after all", by=BOSS, now=START)


# --- the seal, at every place


Place = Callable[[Workspace, str, pytest.CaptureFixture[str], Path], str]


def command(*words: str) -> Place:
    def run(at: Workspace, by: str, capsys: pytest.CaptureFixture[str], tmp: Path) -> str:
        main(["--workspace", str(at.root), "--as", by, *words])
        said = capsys.readouterr()
        return said.out + said.err

    return run


def workbook(at: Workspace, by: str, capsys: pytest.CaptureFixture[str], tmp: Path) -> str:
    out = tmp / f"{by.partition('@')[0]}-{len(list(tmp.glob('*.xlsx')))}.xlsx"
    said = command("export", "workbook", "--audit", AUDIT, str(out))(at, by, capsys, tmp)
    return said + (_cells(out) if out.exists() else "")


def tool(at: Workspace, by: str, capsys: pytest.CaptureFixture[str], tmp: Path) -> str:
    out = tmp / f"tool-{len(list(tmp.glob('*.xlsx')))}.xlsx"
    said = command("tool", "out", "--audit", AUDIT, "--agency", "police", str(out))(at, by, capsys, tmp)
    return said + (_cells(out) if out.exists() else "")


def _cells(file: Path) -> str:
    book = load_workbook(file, read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def heard(at: Workspace, by: str, capsys: pytest.CaptureFixture[str], tmp: Path) -> str:
    found = hearings.hearing(at, CHILD)
    return str([*found.returns.values(), *found.comparison.grades, *(row.words for row in found.comparison.questions)])


def behind(at: Workspace, by: str, capsys: pytest.CaptureFixture[str], tmp: Path) -> str:
    return str([(x.answer, x.words, x.evidence) for x in findings.answers_behind(at, findings.find(at, "F-2026-001"))])


PLACES: dict[str, Place] = {
    "the return": command("return", "show", RETURN),
    "the second return": command("return", "show", SECOND),
    "the return as data": command("return", "show", RETURN, "--json"),
    "an earlier day": command("return", "show", RETURN, "--as-at", "2026-11-23"),
    "the second on an earlier day": command("return", "show", SECOND, "--as-at", "2026-11-23"),
    "its history": command("history", RETURN),
    "the history of an answer": command("history", SECOND, "PL-01"),
    "notes at submission": command("return", "submit", SECOND, "--safe", "yes"),
    "the panel": command("panel", "show", CHILD, "--all"),
    "the panel as data": command("panel", "show", CHILD, "--json"),
    "the ledger": command("panel", "ledger", AUDIT),
    "what a hearing holds": heard,
    "the thread back": command("trace", "F-2026-001"),
    "answers behind a finding": behind,
    "the grid": command("audit", "show", AUDIT),
    "the grid as data": command("audit", "show", AUDIT, "--json"),
    "agreement": command("agreement", "--audit", AUDIT),
    "agreement as data": command("agreement", "--audit", AUDIT, "--child", CHILD, "--json"),
    "the workbook": workbook,
    "the audit tool": tool,
}
TYPED = (FIRST_WORDS, SECOND_WORDS, "Log 12", "page 2", "came late")
TOLD = (*TYPED, "Partly", "partly", "Good", "good", "5 Nov", "requires")
LEGENDS = ("the workbook", "the audit tool")
"""Places that print every grade and answer there is, as words to choose from or to look up."""


@pytest.mark.parametrize("place", list(PLACES))
def test_the_other_rater_and_the_co_ordinator_see_nothing_before_all_have_sent(
    half: Workspace, place: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _finding(half)
    half.close()
    for by in (BOSS, CHAIR, RATER, OTHER, LEAD):
        said = PLACES[place](Workspace(half.root), by, capsys, tmp_path)
        mine = {RATER: FIRST_WORDS, OTHER: SECOND_WORDS}.get(by, "")
        assert not [words for words in (FIRST_WORDS, SECOND_WORDS) if words in said and words != mine]
        if not mine:
            assert not [words for words in (TYPED if place in LEGENDS else TOLD) if words in said], said


def _finding(at: Workspace) -> None:
    """A finding that was raised before its answers were sealed, which the journal still holds."""
    change = findings.raise_finding(
        at, AUDIT, FindingKind.DEVELOP, "Plans come later than the risk asks.", by=BOSS, now=START, today=TODAY
    )
    with at.change("audits/CE-2026-01/audit", by=BOSS, did="added", now=START) as line:
        line.put(change.model_copy(update={"answers": (AnswerRef(return_id=RETURN, question="PL-01"),)}))


OPEN_AFTER = {
    "the return": FIRST_WORDS, "the second return": SECOND_WORDS, "the return as data": FIRST_WORDS,
    "its history": FIRST_WORDS, "the history of an answer": SECOND_WORDS, "the panel": "Good",
    "what a hearing holds": FIRST_WORDS, "answers behind a finding": FIRST_WORDS, "the thread back": "Partly",
    "agreement": "Second rater: No",
    "agreement as data": "requires_improvement", "the workbook": FIRST_WORDS, "an earlier day": FIRST_WORDS,
}  # fmt: skip


@pytest.mark.parametrize("place", list(OPEN_AFTER))
def test_after_all_have_sent_it_is_open(
    both: Workspace, place: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _finding(both)
    both.close()
    for by in (BOSS, LEAD):
        if place not in ("the workbook", "the panel") or by == BOSS:
            assert OPEN_AFTER[place] in PLACES[place](Workspace(both.root), by, capsys, tmp_path)


def test_a_return_given_back_is_sealed_again(both: Workspace) -> None:
    submission.reopen(both, SECOND, "Their manager asked for it", by=BOSS, now=START)
    with pytest.raises(NotAllowed, match="sealed"):
        returns.readable(both, returns.opened(both, RETURN), OTHER)
    assert "in progress" in hearings.hearing(both, CHILD).sealed["police"]


def test_a_day_before_the_second_score_was_asked_for_shows_nothing_either(tmp_path: Path) -> None:
    at = first_sends(a_workspace(tmp_path / "w"))
    setup.add_person(at, OTHER, "Bo Second", by=BOSS, now=START)
    secondscores.ask(at, RETURN, OTHER, by=BOSS, now=START + timedelta(days=3), today=TODAY)
    at.close()
    then = Workspace(at.root, until=START + timedelta(days=1))
    with pytest.raises(NotAllowed, match="sealed"):
        returns.readable(then, returns.opened(then, RETURN), OTHER)
    assert reading.grid(then, AUDIT, today=TODAY, calendar=CALENDAR).cells[CHILD, "police"].summary is None
    assert hearings.hearing(then, CHILD).returns == {}


def test_a_file_that_cannot_be_read_keeps_the_seal(half: Workspace) -> None:
    name = half.root / "audits" / AUDIT / "returns" / f"{SECOND}.journal"
    half.close()
    name.unlink()
    fresh = Workspace(half.root)
    with pytest.raises(NotAllowed, match="sealed"):
        returns.readable(fresh, returns.opened(fresh, RETURN), BOSS)


def test_who_scores_blind_hears_nothing_of_moderation(half: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    moderation.agree(half, CHILD, Grade.INADEQUATE, "Nobody spoke with the child.", by=CHAIR, now=START)
    half.close()
    for words in (("panel", "show", CHILD), ("panel", "ledger", AUDIT), ("history", AUDIT), ("finding", "list")):
        main(["--workspace", str(half.root), "--as", OTHER, *words])
        assert "Nobody spoke" not in capsys.readouterr().out
    assert main(["--workspace", str(half.root), "--as", OTHER, "panel", "show", CHILD]) != 0
    assert main(["--workspace", str(half.root), "--as", BOSS, "panel", "show", CHILD]) == 0


def test_a_meeting_does_not_tell_who_scores_blind_what_was_found(
    half: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    found = findings.raise_finding(
        half, AUDIT, FindingKind.DEVELOP, "Nobody spoke with the child.", by=BOSS, now=START, today=TODAY
    )
    half.close()
    at = ["--workspace", str(half.root), "--as"]
    main([*at, BOSS, "meeting", "plan", "qa-group", "14/1/2030"])
    for who, told in ((OTHER, False), (BOSS, True)):
        capsys.readouterr()
        main([*at, who, "meeting", "item", "M-2026-001", found.id])
        out, err = capsys.readouterr()
        assert found.id in out, err
        assert ("Nobody spoke with the child." in out) is told
        assert ("You score CE-2026-01-C01 blind" in out) is not told


def test_an_action_does_not_tell_who_scores_blind_what_was_found(
    half: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    day = {"by": BOSS, "now": START, "today": TODAY}
    found = findings.raise_finding(half, AUDIT, FindingKind.DEVELOP, "Nobody spoke with the child.", **day)
    plan = plans.open_plan(half, "What the audit asks for", Source.AUDIT, audit=AUDIT, **day)
    actions.propose(half, plan.id, "Ask each child in the first week", due=TODAY, finding=found.id, **day)
    half.close()
    for who, told in ((OTHER, False), (BOSS, True)):
        main(["--workspace", str(half.root), "--as", who, "action", "show", "A-2026-001"])
        said = capsys.readouterr().out
        assert ("Nobody spoke" in said, "blind" in said) == (told, not told)


def test_notes_before_submission_are_its_raters_alone(half: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Fixed before release: notes were printed before it was asked who wants to submit."""
    given = Answer(id="PL-01", values={"answer": "no"}, evidence="Plan of May, page 2")
    returns.answer(half, SECOND, given, seen=None, by=OTHER, now=START)
    half.close()
    for by, told in ((OTHER, True), (RATER, False), (BOSS, False)):
        main(["--workspace", str(half.root), "--as", by, "return", "submit", SECOND, "--safe", "yes"])
        assert ("PL-01 is a weak answer without a comment" in capsys.readouterr().err) is told


def test_a_lead_who_has_to_check_reads_one_they_do_not_score(tmp_path: Path) -> None:
    at = asked_twice(a_workspace(tmp_path / "w", agency_check=True))
    a_full_return(a_return(at))
    returns.readable(at, returns.opened(at, RETURN), LEAD)
    for by in (BOSS, OTHER):
        with pytest.raises(NotAllowed, match="sealed"):
            returns.readable(at, returns.opened(at, RETURN), by)
    assert RETURN in [cell.return_id for cell in _today(at, LEAD).to_check]


def test_a_concern_is_never_sealed(half: Workspace) -> None:
    """Danger does not wait for the other rater."""
    concerns.raise_concern(half, SECOND, what="Left alone at night", told="duty worker", by=OTHER, now=START)
    for by in (BOSS, LEAD):
        found = list(reading.concerns(half, half.people()[by]))
        assert [one.concern.what for one in found] == ["Left alone at night"]
    figures = audit_figures(half, AUDIT, as_at=START, today=TODAY, calendar=CALENDAR)
    assert [(row.agency, row.raised) for row in figures.concerns] == [("police", 1)]


def test_no_finding_rests_on_a_sealed_or_a_second_return(half: Workspace) -> None:
    for id, refused in ((RETURN, NotAllowed), (SECOND, InputError)):
        with pytest.raises(refused):
            findings.raise_finding(
                half, AUDIT, FindingKind.DEVELOP, "Plans come late.",
                answers=[AnswerRef(return_id=id, question="PL-01")], by=BOSS, now=START, today=TODAY,
            )  # fmt: skip


# --- it counts nowhere


def _today(at: Workspace, who: str, day: date = TODAY) -> reading.Today:
    return reading.today_for(at, at.people()[who], today=day, calendar=CALENDAR)


def test_the_agency_owes_one_return_and_its_second_rater_sees_theirs(asked: Workspace) -> None:
    late = date(2026, 12, 9)
    grid = reading.grid(asked, AUDIT, today=late, calendar=CALENDAR)
    assert [cell.return_id for cell in grid.cells.values()] == [RETURN]
    assert [cell.return_id for cell in grid.late] == [RETURN]
    assert grid.count(*State) == 1
    assert [cell.return_id for cell in reading.late(asked, today=late, calendar=CALENDAR)] == [RETURN]
    assert [cell.return_id for cell in _today(asked, OTHER).returns] == [SECOND]
    assert [cell.return_id for cell in _today(asked, RATER).returns] == [RETURN]
    a_return(asked)
    assert _today(asked, RATER).returns[0].summary is not None  # how far one’s own is stays one’s own to see
    assert _today(asked, LEAD).late == []
    # A reminder names it beside the first, because its rater owes it; it is counted nowhere all the same.
    (message,) = chasing.draft(asked, by=BOSS, now=START, today=date(2026, 12, 4), calendar=CALENDAR)
    assert message.chase.returns == (RETURN, SECOND)
    assert f"{SECOND} (second score)" in message.body


def test_a_second_score_is_filed_and_counted_as_nobodys_return(both: Workspace) -> None:
    """Fixed before release: prevalence counted each filed file, so a second score made one return two."""
    submission.receive(both, SECOND, by=BOSS, now=START)
    found = findings.raise_finding(
        both, AUDIT, FindingKind.DEVELOP, "Plans come late.", answers=[AnswerRef(return_id=RETURN, question="PL-01")],
        by=BOSS, now=START, today=TODAY,
    )  # fmt: skip
    assert (findings.how_common(both, found).returns, findings.how_common(both, found).of_returns) == (1, 1)
    figures = audit_figures(both, AUDIT, as_at=START, today=TODAY, calendar=CALENDAR)
    assert [row.cell.return_id for row in figures.returns] == [RETURN]
    assert {row.return_id for row in figures.answers} == {RETURN}
    assert hearings.hearing(both, CHILD).returns["police"].id == RETURN
    found = verify(both)
    assert (found.faults, found.filed) == ((), 2)


def test_the_list_of_returns_names_second_scores_apart(half: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    half.close()
    main(["--workspace", str(half.root), "--as", BOSS, "audit", "show", AUDIT])
    said = capsys.readouterr().out
    assert "1 returns: received 1; late 0" in said
    assert f"{SECOND}  in progress  {OTHER}" in said


def test_a_sealed_return_counts_as_sent_in_and_says_why_it_is_not_shown(half: Workspace) -> None:
    figures = audit_figures(half, AUDIT, as_at=START, today=TODAY, calendar=CALENDAR)
    assert [(row.cell.state, row.grade) for row in figures.returns] == [(State.RECEIVED, SEALED)]
    assert figures.answers == ()


def test_a_nil_return_that_is_sealed_is_not_told_from_another(asked: Workspace) -> None:
    starting.start(asked, RETURN, by=RATER, now=START, today=TODAY)
    submission.submit_nil(asked, RETURN, "not known to this service", by=RATER, now=START)
    assert reading.grid(asked, AUDIT, today=TODAY, calendar=CALENDAR).cells[CHILD, "police"].state is State.SUBMITTED


# --- how far they agree


def test_agreement_is_told_with_what_was_left_out(both: Workspace) -> None:
    found = secondscores.agreements(both, AUDIT, by=BOSS)
    lines = "\n".join(agreement_lines(found))
    assert (found.overall.n, found.overall.same, found.overall.ac1) == (4, 3, None)
    assert "Of 4 questions both answered, 3 agree. That is too few to say" in lines
    assert "PL  The plan: 1 of 2 agree; too few to say more." in lines
    assert "counts in moderation" in lines
    assert "one question one has an answer and another has not (not known or not recorded 1)" in lines
    assert lines.index("The whole: first rater Good; second rater Requires improvement") < lines.index("PL-01  ")
    assert "First rater: Partly" in lines
    assert "Second rater: No" in lines


def test_while_sealed_it_says_who_is_missing_and_what_a_folder_can_keep(half: Workspace) -> None:
    lines = "\n".join(agreement_lines(secondscores.agreements(half, AUDIT, by=BOSS)))
    assert f"({RETURN} submitted, {SECOND} in progress)" in lines
    assert "by the screen only" in lines
    assert "agree" not in lines.replace("agreement", "")


def test_what_was_sent_in_again_is_said_not_to_be_blind(both: Workspace) -> None:
    submission.reopen(both, SECOND, "Their manager asked for it", by=BOSS, now=START)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(both, SECOND)))
    submission.submit(both, SECOND, safe="yes", relation=returns.Relation.NONE, acknowledged=notes, by=OTHER, now=START)
    assert secondscores.agreements(both, AUDIT, by=BOSS).scored[0].again == (SECOND,)


def test_others_see_the_agreement_of_their_own_agency_alone(both: Workspace) -> None:
    setup.add_agency(both, "health", "Health", "health", by=BOSS, now=START)
    setup.add_person(both, "h.one@health", "H One", by=BOSS, now=START)
    assert secondscores.agreements(both, AUDIT, by="h.one@health").scored == ()
    assert len(secondscores.agreements(both, AUDIT, by=RATER).scored) == 1


def test_the_command_says_what_a_shared_folder_can_keep(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = a_workspace(tmp_path / "w")
    at.close()
    ran = ["--workspace", str(at.root), "--as", BOSS, "return", "allocate"]
    assert main([*ran, RETURN, LEAD, "--second"]) == 0
    assert "by the screen only" in capsys.readouterr().err
    assert main([*ran, RETURN]) != 0
    assert "Name who scores it" in capsys.readouterr().err
    assert main([*ran, SECOND, "--withdraw", "They are ill"]) == 0
    assert f"{SECOND} is no longer asked for" in capsys.readouterr().err
