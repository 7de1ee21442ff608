"""Figures of audits: what was asked and came, what was agreed, concerns as counts, and children who cannot be told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from builders_packs import CALENDAR
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from builders_second import FIRST_WORDS, asked_twice, first_sends, second_scores

from qa_toolkit.domain.audience import narrow
from qa_toolkit.domain.audits import Known
from qa_toolkit.domain.disclosure.rules import DFE
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.figures.collecting import numbers
from qa_toolkit.reports.figures.whole import Moments, whole
from qa_toolkit.reports.layout.document import Document, texts
from qa_toolkit.reports.making import Request, make
from qa_toolkit.reports.views.board import ForBoard
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.reports.views.public import ForPublic
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, concerns, findings, moderation, setup, submission

CHILD = "CE-2026-01-C01"
CHAIR = "t.chair@business-unit"
LATER = START + timedelta(days=20)
BEFORE = START - timedelta(days=1)


def figures(workspace: Workspace, **options: object) -> Whole:
    return whole(workspace, Moments(BEFORE, LATER), calendar=CALENDAR, now=LATER, **options)  # type: ignore[arg-type]


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A return in time with a concern, one missing, a nil by the record check, and a panel that agreed lower."""
    made = a_return(a_workspace(tmp_path / "w"))
    concerns.raise_concern(made, RETURN, what="Seen today in a place of harm", by=RATER, now=START)
    a_full_return(made, send=True)
    submission.receive(made, RETURN, by=BOSS, now=START)
    for _ in range(2):
        audits.add_case(made, "CE-2026-01", facts={"age_band": "15 to 16"}, by=BOSS, now=START, today=TODAY)
    audits.record_check(made, "CE-2026-01-C03-POLICE", Known.NOT_KNOWN, by=BOSS, now=START)
    setup.add_person(made, CHAIR, "T. Chair", (Role.CHAIR,), by=BOSS, now=START)
    moderation.convene(made, "CE-2026-01", TODAY, chair=CHAIR, present=[Sitter(who=LEAD)], by=BOSS, now=START)
    moderation.agree(made, CHILD, Grade.REQUIRES_IMPROVEMENT, "The plan was late for the risk.", by=CHAIR, now=START)
    findings.raise_finding(
        made, "CE-2026-01", FindingKind.DEVELOP, "Plans come late for the risk.",
        answers=[AnswerRef(return_id=RETURN, question="PL-01")], by=BOSS, now=START, today=TODAY,
    )  # fmt: skip
    return made


def test_what_was_asked_for_and_came_is_counted_by_the_day_it_was_sent(at: Workspace) -> None:
    found = {key: number.value for key, number in numbers(figures(at)).items()}
    names = ("asked", "in_time", "late", "nil", "waiting", "missing", "excused")
    assert [found[f"returns.{name}"] for name in names] == [3, 1, 0, 1, 0, 1, 0]
    assert [found[f"concerns.{name}"] for name in ("raised", "acknowledged", "closed", "open")] == [1, 0, 0, 1]
    assert found["grades.CE-2026-01.requires_improvement"] == 1
    assert found["grades.CE-2026-01.waiting"] == 2
    assert [found[f"shifts.police.{name}"] for name in ("same", "higher", "lower")] == [0, 0, 1]
    assert found["findings.develop"] == 1


def test_the_records_behind_name_the_answers_they_rest_on(at: Workspace) -> None:
    behind = figures(at).behind
    assert behind["returns.in_time"] == (RETURN,)
    assert behind["returns.missing"] == ("CE-2026-01-C02-POLICE",)
    assert behind["shifts.police.lower"] == (RETURN,)
    assert behind["concerns.raised"] == (f"{RETURN}-K1",)
    assert behind["grades.CE-2026-01.requires_improvement"] == (CHILD,)


def test_grades_and_findings_are_not_the_publics_and_children_are_no_boards(at: Workspace) -> None:
    found = figures(at)
    public = numbers(narrow(found, ForPublic))
    assert not [key for key in public if key.startswith(("grades", "findings", "shifts", "concerns"))]
    board = narrow(found, ForBoard)
    assert CHILD not in repr(board)
    assert RETURN not in repr(board)
    assert "1 of 3 children, 1 of 1 returns" in repr(board)


def test_few_children_are_hidden_from_everybody_below_the_panel(at: Workspace) -> None:
    found = figures(at)
    assert found.children is not None
    shown = {(one.title, value): count for one in narrow(found, ForBoard).profile for value, count in one.rows}
    assert not [count for count in shown.values() if count in ("1", "2", "3", "4")]
    report = make(at, "main-board", Request(Moments(BEFORE, LATER), CALENDAR, LATER))
    assert isinstance(report.body, Document)
    assert found.held_back.startswith("No table of the children can be shown. “Age band” is left out")
    assert "No table of the children can be shown" in " ".join(texts(report.body))
    assert figures(at, rules=DFE).small_numbers.startswith("1 to 5 shown as c")


def test_enough_children_are_shown_with_what_would_give_others_away_hidden(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "w")
    for band, count in (("15 to 16", 11), ("17", 9), ("13 to 14", 7), ("10 to 12", 3)):
        for _ in range(count):
            audits.add_case(workspace, "CE-2026-01", facts={"age_band": band}, by=BOSS, now=START, today=TODAY)
    found = figures(workspace)
    assert found.children is not None
    assert not found.held_back
    (ages,) = (dict(one.rows) for one in found.profile if one.title == "Age band")
    assert ages["15 to 16"] == "11"
    assert ages["10 to 12"] == "*"
    # One hidden number alone would be the total less the others.
    assert sum(count == "*" for count in ages.values()) >= 2
    assert found.hidden >= 2


def test_a_late_return_is_late_by_its_own_day(tmp_path: Path) -> None:
    made = a_workspace(tmp_path / "w")
    assert made.audit("CE-2026-01").audit.due == date(2026, 12, 4)
    found = {key: number.value for key, number in numbers(figures(made)).items()}
    assert (found["returns.missing"], found["returns.waiting"]) == (1, 0)
    early = whole(made, Moments(BEFORE, START + timedelta(days=2)), calendar=CALENDAR, now=LATER)
    assert numbers(early)["returns.waiting"].value == 1


def test_where_all_audits_together_hold_too_few_children_nothing_is_shown(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "w")
    read, source = library.load("dip-sample")
    audits.close_audit(workspace, "CE-2026-01", by=BOSS, now=START)
    later = START + timedelta(days=10)
    audits.open_audit(
        workspace, "CE-2026-02", "Another", read, source, agencies=["police"], due=later.date() + timedelta(days=20),
        opened=later.date(), by=BOSS, now=later,
    )  # fmt: skip
    for _ in range(2):
        audits.add_case(workspace, "CE-2026-02", facts={"age_band": "17"}, by=BOSS, now=later, today=later.date())
    alone = whole(workspace, Moments(START + timedelta(days=5), LATER), calendar=CALENDAR, now=LATER)
    # One child before and two now are still too few: it is said, and nothing is shown.
    assert alone.pooled == ()
    assert not [count for one in alone.profile for _, count in one.rows if count in "1234"]


def test_enough_children_of_earlier_audits_make_a_table_taken_in_with_these(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "w")
    read, source = library.load("dip-sample")
    for number in range(24):
        band = "17" if number % 2 else "15 to 16"
        audits.add_case(workspace, "CE-2026-01", facts={"age_band": band}, by=BOSS, now=START, today=TODAY)
    audits.close_audit(workspace, "CE-2026-01", by=BOSS, now=START)
    later = START + timedelta(days=10)
    audits.open_audit(
        workspace, "CE-2026-02", "Another", read, source, agencies=["police"], due=later.date() + timedelta(days=20),
        opened=later.date(), by=BOSS, now=later,
    )  # fmt: skip
    for _ in range(2):
        audits.add_case(workspace, "CE-2026-02", facts={"age_band": "17"}, by=BOSS, now=later, today=later.date())
    found = whole(workspace, Moments(START + timedelta(days=5), LATER), calendar=CALENDAR, now=LATER)
    assert found.pooled == ("CE-2026-01",)
    (ages,) = (dict(one.rows) for one in found.profile if one.title == "Age band")
    assert "12" in ages.values() or "14" in ages.values()
    assert not {"1", "2", "3", "4"} & set(ages.values())


def test_what_a_sealed_return_says_is_in_no_figure_and_no_pack(tmp_path: Path) -> None:
    workspace = second_scores(first_sends(asked_twice(a_workspace(tmp_path / "w"))))
    submission.receive(workspace, RETURN, by=BOSS, now=START)
    setup.add_person(workspace, CHAIR, "T. Chair", (Role.CHAIR,), by=BOSS, now=START)
    found = whole(workspace, Moments(BEFORE, LATER), calendar=CALENDAR, now=LATER, audit="CE-2026-01")
    assert numbers(found)["returns.in_time"].value == 1
    assert found.questions == ()
    assert found.shifts.lines == ()
    assert found.cases[0].returns == (("Police", RATER, "Received", ""),)
    for word, words in (("inspection", {}), ("audit", {"audit": "CE-2026-01"}), ("qa-group", {})):
        pack = make(workspace, word, Request(Moments(BEFORE, LATER), CALENDAR, LATER, words=words))
        assert isinstance(pack.body, Document)
        said = " ".join(texts(pack.body))
        assert FIRST_WORDS not in said
        assert "Police: Good" not in said
