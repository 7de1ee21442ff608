"""The worked example: plausible, whole, the same for the same moment, and with nobody real in it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qa_toolkit.domain.audits import Known
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.differences import Stands
from qa_toolkit.domain.findings import FindingKind
from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.moderation import Whose
from qa_toolkit.domain.plans.agenda_items import Section
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.lifecycle import State as Life
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting, Stage
from qa_toolkit.domain.plans.plan import Plan, Source, Statement
from qa_toolkit.domain.plans.records import Action, Impact
from qa_toolkit.domain.programme import Standing
from qa_toolkit.domain.progress import items
from qa_toolkit.domain.states import State
from qa_toolkit.example import build as example
from qa_toolkit.example import re_audit
from qa_toolkit.example.build import build
from qa_toolkit.example.story import last_round
from qa_toolkit.store.files import Hasty
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import (
    chasing,
    concerns,
    differences,
    findings,
    programme,
    reading,
    returns,
    rounds,
    sampling,
    secondscores,
    submission,
)
from qa_toolkit.workflow.hearings import hearing
from qa_toolkit.workflow.owing import owing
from qa_toolkit.workflow.plans import agenda, deciding, meetings
from qa_toolkit.workflow.plans.keeping import thread_on
from qa_toolkit.workflow.verifying import verify

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
CO = "c.oakenby@business-unit"
CALENDAR = england_and_wales()


@pytest.fixture(scope="module")
def at(example: Path) -> Workspace:
    return Workspace(example)


def everything(at: Workspace) -> dict[str, list[tuple[datetime, str, str]]]:
    """Every line's time, person and deed, without the salt that makes each line its own."""
    return {name: [(one.at, one.by, one.did) for one in at.shelf(name).journal.lines()] for name in at.folder.list()}


def test_eight_agencies_and_about_twelve_people(at: Workspace) -> None:
    assert len([agency for agency in at.agencies().values() if agency.kind != "business-unit"]) == 8
    assert 11 <= len(at.people()) <= 14


def test_it_verifies_without_a_fault_or_a_notice(at: Workspace) -> None:
    found = verify(at)
    assert found.faults == ()
    assert found.report.notices == ()
    assert found.filed > 40


def test_the_same_moment_makes_the_same_records(at: Workspace, tmp_path: Path) -> None:
    other = build(tmp_path / "again", now=NOW)
    assert everything(other) == everything(at)
    some = "CE-2026-01-C03-POLICE"
    assert other.ret(some).answers == at.ret(some).answers


def test_one_audit_is_finished_with_some_forty_returns(at: Workspace) -> None:
    grid = reading.grid(at, "CE-2026-01", today=TODAY, calendar=CALENDAR)
    assert len(grid.subjects) == 8
    assert grid.count(State.RECEIVED) >= 40
    assert grid.count(State.RECEIVED, State.NIL) == len(grid.cells)


def test_one_is_running_with_every_state_that_a_co_ordinator_meets(at: Workspace) -> None:
    grid = reading.grid(at, "MC-2026-01", today=TODAY, calendar=CALENDAR)
    states = {cell.state for cell in grid.cells.values()}
    assert {State.NOT_STARTED, State.IN_PROGRESS, State.SUBMITTED, State.QUERIED, State.RECEIVED, State.NIL} <= states
    assert 2 <= len(grid.late) <= 5
    raised = [one for id in at.audit("MC-2026-01").started for one in concerns.of_return(at, id)]
    assert [one.closed for one in raised] == [False]


def test_a_blind_second_score_agrees_as_people_do(at: Workspace) -> None:
    found = secondscores.agreements(at, "CE-2026-01", by=CO).overall
    assert found.n > 60
    assert 0.5 < found.same / found.n < 0.95


def test_a_panel_agreed_a_grade_for_every_child_and_said_why(at: Workspace) -> None:
    for audit_id in ("CE-2026-01", "RA-2026-01"):
        for child in at.audit(audit_id).subjects:
            heard = hearing(at, child)
            assert heard.agreed["overall"].reasons
            assert heard.quorum is not None
            assert heard.turn is not None
            assert set(heard.voices) == set(Whose)
            assert {question.id for question in heard.questions} == set(heard.answers)
    # The police lead stood aside for one child, so no decision about that child was quorate without police.
    aside = hearing(at, "CE-2026-01-C04")
    assert [interest.abstains for interest in aside.interests] == [True]


def test_findings_rest_on_answers_strengths_among_them_and_one_is_found_again(at: Workspace) -> None:
    found = [finding for audit_id in ("CE-2026-01", "RA-2026-01") for finding in findings.of_audit(at, audit_id)]
    assert len(found) >= 12
    assert all(finding.answers for finding in found)
    assert {finding.kind for finding in found} == set(FindingKind)
    again = [finding for finding in found if finding.audit == "RA-2026-01" and finding.kind.to_improve]
    assert any(repeat.questions for finding in again for repeat in findings.repeated(at, finding))


def test_the_sample_of_the_re_audit_can_be_drawn_again(at: Workspace) -> None:
    proof = sampling.prove(at, "RA-2026-01", re_audit.frame())
    assert proof.same, proof.sentence
    assert not sampling.prove(at, "RA-2026-01", re_audit.frame()[1:]).same


def test_the_programme_says_what_became_of_each_entry(at: Workspace) -> None:
    standings = [entry.standing for entry in programme.entries(at).values()]
    assert {Standing.DONE, Standing.RUNNING, Standing.AGREED, Standing.POSTPONED} <= set(standings)
    postponed = [entry for entry in programme.entries(at).values() if entry.standing is Standing.POSTPONED]
    assert all(entry.reason for entry in postponed)


def test_last_years_round_is_finished_and_this_years_begun_from_it(at: Workspace) -> None:
    last = reading.grid(at, "SA-2025-01", today=TODAY, calendar=CALENDAR)
    assert (len(last.cells), last.count(State.RECEIVED)) == (8, 8)
    carried = [answer for answer in at.ret("SA-2026-01-O02-POLICE").answers.values() if answer.unconfirmed]
    assert len(carried) > 5


def test_last_years_round_was_moderated_beside_what_agencies_said(at: Workspace) -> None:
    board = rounds.board(at, "SA-2025-01", by=CO, today=TODAY, calendar=CALENDAR)
    cells = [cell for page in board.pages for line in page.lines for cell in line.cells.values()]
    words = [(cell.own, cell.moderated) for cell in cells if cell.moderated and not cell.moderated.computed]
    moved = [own.step - panel.step for own, panel in words if own and own.step and panel.step]
    assert {-1, 0, 1} <= set(moved)
    assert all(panel.note for _, panel in words)
    this = rounds.board(at, "SA-2026-01", by=CO, today=TODAY, calendar=CALENDAR)
    cell = this.find("police", "DI-02")
    assert cell is not None
    assert cell.before is not None
    assert cell.before.note.startswith("None of the four agencies")


def test_people_agreed_what_they_had_to_agree_and_it_is_all_on_record(at: Workspace) -> None:
    said = at.audit("MC-2026-01").record_checks
    assert {one.known for one in said.values()} == set(Known)
    assert not any(id.endswith(("PLACEMENT", "EDUCATION")) for id in said), "two agencies are silent yet"
    waiver = at.audit("CE-2026-01").waivers["CE-2026-01-C03-YOUTH-JUSTICE"]
    assert at.ret(waiver.id).declarations["start"].waiver == waiver.shown
    rows = differences.differences(at, "CE-2026-01", by=CO, settled=True)
    assert {row.settlement.stands for row in rows if row.settlement} == set(Stands)
    assert [row.status.open for row in differences.differences(at, "MC-2026-01", by=CO)] == [True]
    facts = [fact.sentence for fact in chasing.fair_record(at)]
    for began in ("Reminder to", "Promised for", "Excused, agreed by chair of the panel"):
        assert any(sentence.startswith(began) for sentence in facts), facts
    waiting = owing(at, today=TODAY, calendar=CALENDAR)
    assert chasing.drafts(at, waiting)


def test_two_years_of_plans_have_every_life_that_an_action_can_have(at: Workspace) -> None:
    shelf = at.actions_shelf
    threads = [thread_on(shelf, id) for id in shelf.all(Action)]
    assert len(threads) >= 55
    sources = {plan.source for plan in shelf.all(Plan).values()}
    assert {Source.AUDIT, Source.REVIEW, Source.INSPECTION, Source.SELF_ASSESSMENT, Source.SCRUTINY} <= sources
    assert Source.STRATEGY in sources
    assert {thread.state for thread in threads} >= set(Life) - {Life.AGREED, Life.REOPENED}
    assert {thread.impact for thread in threads} == set(Impact)
    deeds = {step.deed for thread in threads for step in thread.steps}
    assert deeds >= set(Deed) - {Deed.RESUME}
    assert max(len(thread.date_changes) for thread in threads) >= 2
    assert any(thread.escalations for thread in threads)
    assert shelf.all(Statement)


def test_the_groups_met_and_their_minutes_were_approved(at: Workspace) -> None:
    held = [meeting for meeting in at.actions_shelf.all(Meeting).values() if meeting.ended_at]
    group = [meeting for meeting in held if meeting.tier == "qa-group"]
    assert len(group) == 6
    assert [meeting.stage for meeting in group[:-1]] == [Stage.APPROVED] * 5
    for meeting in held:
        decided = at.actions_shelf.under(Decision, meeting.id)
        assert len(decided) >= 2
        # The first was held without health, so the next had to ratify what it decided.
        assert all(decision.quorate or decision.ratified_by == group[1].id for decision in decided), meeting.id
    assert not all(decision.quorate for decision in at.actions_shelf.under(Decision, group[0].id))
    assert any(decision.consent for decision in at.actions_shelf.all(Decision).values())
    assert any(meeting.stage is Stage.PLANNED for meeting in at.actions_shelf.all(Meeting).values())


def test_grades_and_repeated_findings_that_were_not_reached_stand_on_the_next_agenda_again(
    example: Path, tmp_path: Path
) -> None:
    """They were new since the last meeting only, and the next said that they were settled."""
    shutil.copytree(example, tmp_path / "w")
    here, found = Workspace(tmp_path / "w"), []
    for hour, noted in enumerate((False, True, False), start=1):
        now = NOW + timedelta(hours=hour)
        named = {"by": "c.oakenby@business-unit", "now": now, "today": TODAY}
        made = meetings.plan_meeting(here, "qa-group", TODAY, papers=TODAY, chair="t.moss@business-unit", **named)
        meetings.open_meeting(here, made.id, **named)
        at = agenda.papers(here, made.id, now=now, today=TODAY, calendar=CALENDAR)
        found.append(
            {
                item.key: item.carried
                for item in agenda.items(here, at)
                if item.section in (Section.GRADES, Section.REPEATS)
            }
        )
        if noted:
            for key in found[-1]:
                deciding.decide(here, made.id, key, Kind.NOTE, **named)
        meetings.end_meeting(here, made.id, [item.key for item in agenda.unreached(here, at)], **named)
    new, again, after = found
    assert {"grades", "F-2026-012", "F-2026-013"} <= new.keys()
    assert not any(new.values())
    assert again == dict.fromkeys(new, True)
    assert after == {}


def test_what_is_made_in_haste_is_on_the_disk_once_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fdatasync", lambda fd: synced.append(os.fstat(fd).st_ino))
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.fstat(fd).st_ino))
    disk = Hasty()
    disk.make_dirs(tmp_path / "a" / "b")
    disk.create_file(tmp_path / "a" / "b" / "one", b"1")
    assert synced == []
    disk.settle(tmp_path / "a")
    wanted = {path.stat().st_ino for path in ((tmp_path / "a"), *(tmp_path / "a").rglob("*"))}
    assert set(synced) == wanted


def test_one_round_of_self_assessment_is_begun(at: Workspace) -> None:
    grid = reading.grid(at, "SA-2026-01", today=TODAY, calendar=CALENDAR)
    assert (len(grid.cells), grid.count(State.IN_PROGRESS), grid.count(State.SUBMITTED)) == (8, 2, 1)


def test_what_was_sent_in_hangs_together(at: Workspace) -> None:
    for audit_id in at.audits():
        for id in at.audit(audit_id).started:
            opened = returns.opened(at, id)
            if opened.ret.submission is None or opened.ret.submission.nil:
                continue
            left = submission.what_stops(opened)
            assert opened.open_queries or left == [], f"{id}: {left}"


def test_answers_vary_and_grades_do_too(at: Workspace) -> None:
    grades = [ret.grades["overall"].grade for ret in _returns(at, "CE-2026-01") if "overall" in ret.grades]
    assert len(set(grades)) >= 4
    comments = [a.comment for ret in _returns(at, "CE-2026-01") for a in ret.answers.values() if a.comment]
    assert len(set(comments)) > 60
    for ret in _returns(at, "CE-2026-01"):
        said = [answer.comment for answer in ret.answers.values() if answer.comment]
        assert len(said) - len(set(said)) <= 6, ret.id


def _returns(at: Workspace, audit_id: str):
    return [at.ret(id) for id in at.audit(audit_id).started]


def test_nothing_typed_in_it_could_identify_anybody(at: Workspace) -> None:
    for audit_id in at.audits():
        file = at.audit(audit_id)
        template = at.template(file.audit.template)
        for id in file.started:
            ret = at.ret(id)
            for item in items(template, ret, file.subjects[ret.head.subject].facts):
                if item.answer is not None:
                    text = f"{item.answer.comment}\n{item.answer.evidence}"
                    assert identifiers(text, today=TODAY) == [], (id, item.question.id)


def test_a_making_that_is_cut_off_leaves_no_half_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_builder: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(example, "tell", stop)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "example", now=NOW)
    assert not (tmp_path / "example").exists()
    monkeypatch.setattr(example, "tell", last_round)
    assert build(tmp_path / "example", now=NOW).audits()
    assert [path.name for path in tmp_path.iterdir()] == ["example"]
