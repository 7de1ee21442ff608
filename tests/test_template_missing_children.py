"""The shipped missing children audit: who is asked what, and what its answers come to when they are counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_grading import a_return

from qa_toolkit.domain.answering import elapsed, is_weak
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.grading import indicative, tripped
from qa_toolkit.domain.template.minutes import minutes
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType, Purpose, Question
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.template.show import lines_for

FOLDER = Path(__file__).parents[1] / "audit_templates"

KINDS = {
    "CSC": "childrens-social-care",
    "POL": "police",
    "HLT": "health",
    "MH": "mental-health",
    "EDU": "education",
    "YJS": "youth-justice",
    "SPX": "specialist-service",
    "PLC": "placement",
    "EH": "early-help",
    "ADS": "adult-services",
}
ALL = " ".join(KINDS)

SCORED = """
RP-01 | POL EDU PLC                   | when_weak
RP-02 | POL                           | required
RP-03 | CSC POL SPX PLC               | required
WM-01 | POL                           | when_weak
WM-02 | CSC POL HLT                   | required
WM-03 | CSC POL PLC                   | optional
WM-04 | CSC POL                       | when_weak
WM-05 | HLT MH EDU YJS SPX EH ADS     | when_weak
FW-01 | POL                           | when_weak
FW-02 | CSC POL HLT SPX PLC           | required
FW-03 | CSC POL PLC                   | optional
RI-01 | CSC SPX                       | optional
RI-02 | CSC SPX                       | when_weak
RI-03 | CSC SPX                       | when_weak
RI-04 | CSC SPX PLC                   | when_weak
RI-05 | CSC SPX                       | when_weak
RI-06 | CSC POL EDU SPX PLC           | required
AP-01 | ALL                           | when_weak
AP-02 | CSC POL EDU SPX               | when_weak
AP-03 | CSC MH YJS SPX PLC EH         | required
AP-04 | CSC POL HLT EDU PLC           | when_weak
AP-05 | CSC                           | optional
EX-01 | CSC POL HLT EDU YJS SPX       | required
EX-02 | CSC POL YJS SPX               | when_weak
EX-03 | POL EDU YJS PLC               | when_weak
VM-01 | ALL                           | when_weak
VM-02 | CSC MH EDU YJS SPX PLC EH ADS | optional
VM-03 | CSC POL SPX PLC               | when_weak
VM-04 | CSC POL SPX PLC               | when_weak
OM-01 | ALL                           | when_weak
OM-02 | CSC POL PLC                   | when_weak
OM-03 | ALL                           | optional
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in SCORED.strip().splitlines()]

COMPARABLE = {
    "SM-1": "S0-1",
    "WM-02": "UI-04",
    "RI-01": "MR-02",
    "RI-05": "MR-03",
    "RI-06": "MR-04",
    "AP-04": "MR-05",
    "EX-01": "UI-02",
    "EX-02": "IS-07",
    "VM-02": "IS-05",
    "VM-04": "VC-04",
    "OM-01": "MO-01",
    "JM-1": "J-1",
    "JM-2": "J-2",
    "JM-3": "J-3",
    "JM-4": "J-4",
    "JM-5": "J-5",
}


def load(name: str) -> Template:
    path = FOLDER / f"{name}.toml"
    return read_template(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def template() -> Template:
    return load("missing-children-case-file")


@pytest.fixture(scope="module")
def exploitation() -> Template:
    return load("child-exploitation-case-file")


def scored(template: Template) -> list[Question]:
    return [question for question in template.questions.values() if question.purpose is Purpose.SCORED]


# --- who is asked what


def test_it_is_the_first_issued_edition_of_a_case_file_audit(template: Template) -> None:
    assert (template.id, template.edition, template.status) == ("missing-children-case-file", "1.0", "issued")
    assert (template.kind.value, template.subject) == ("case_file", "child")


def test_the_scored_questions_are_these_in_this_order(template: Template) -> None:
    assert [question.id for question in scored(template)] == [row[0] for row in ROWS]


@pytest.mark.parametrize(("id", "agencies", "evidence"), ROWS, ids=[row[0] for row in ROWS])
def test_each_question_asks_its_agencies_and_its_evidence(
    template: Template, id: str, agencies: str, evidence: str
) -> None:
    kinds = ALL if agencies == "ALL" else agencies
    assert template.agencies_of(id) == {KINDS[short] for short in kinds.split()}
    assert template.questions[id].evidence.rule == evidence


def test_both_case_file_audits_ask_the_same_kinds_of_agency(template: Template, exploitation: Template) -> None:
    assert list(template.agencies) == list(exploitation.agencies) == list(KINDS.values())


@pytest.mark.parametrize(
    ("kind", "count", "most"),
    [
        ("childrens-social-care", 26, 100),
        ("police", 23, 100),
        ("specialist-service", 20, 85),
        ("placement", 18, 80),
        ("education", 12, 60),
        ("youth-justice", 10, 55),
        ("health", 9, 50),
        ("mental-health", 7, 45),
        ("early-help", 7, 45),
        ("adult-services", 6, 40),
    ],
)
def test_each_agency_is_asked_only_what_it_can_know_and_in_a_fair_time(
    template: Template, exploitation: Template, kind: str, count: int, most: int
) -> None:
    assert sum(question.purpose is Purpose.SCORED for _, question in template.asked(kind)) == count
    assert minutes(template, kind) <= most
    assert minutes(template, kind) < minutes(exploitation, kind) * 0.8


def test_agencies_with_a_view_of_their_own_are_asked_in_their_own_words(template: Template) -> None:
    """Every question that police and the placement share with others is put to each as it meets the matter."""
    for kind in ("police", "placement", "education"):
        shared = [q for _, q in template.asked(kind) if q.purpose is Purpose.SCORED and len(q.agencies) != 1]
        own = [q for q in shared if kind in q.wording]
        assert len(own) >= 0.7 * len(shared), f"{kind}: {sorted({q.id for q in shared} - {q.id for q in own})}"


# --- what it can be compared with


def test_what_is_comparable_is_asked_in_the_same_kind_of_answer(template: Template, exploitation: Template) -> None:
    named = {question.id: question.comparable_to for question in template.questions.values() if question.comparable_to}
    assert named == COMPARABLE
    for mine, theirs in named.items():
        one, other = template.questions[mine], exploitation.questions[theirs]
        assert (one.main.type, one.main.scale) == (other.main.type, other.main.scale), mine
        assert (one.purpose, one.asked_of) == (other.purpose, other.asked_of), mine


def test_the_facts_that_both_audits_ask_have_the_same_options(template: Template, exploitation: Template) -> None:
    """So that one child’s facts are not two different facts; `placed` is about the place that a child goes from."""
    theirs = {field.id: field for field in exploitation.header}
    shared = [field for field in template.header if field.id in theirs and field.id != "placed"]
    assert len(shared) >= 9
    for field in shared:
        same = [option.value for option in theirs[field.id].options]
        assert [option.value for option in field.options] == same, field.id


def test_the_number_of_episodes_is_a_fact_of_the_case_and_needed(template: Template) -> None:
    (field,) = [field for field in template.header if field.id == "missing_episodes"]
    assert (field.type, field.about, field.required, field.min) == ("integer", "subject", True, 1)


# --- what the answers come to


@pytest.mark.parametrize(
    ("timing", "met"),
    [
        ({"from": "2026-10-02T09:00+00:00", "to": "2026-10-05T09:00+00:00"}, True),
        ({"from": "2026-10-02T09:00+00:00", "to": "2026-10-05T09:01+00:00"}, False),
        ({"from": "2026-10-02", "to": "2026-10-05"}, True),
        ({"from": "2026-10-02", "to": "2026-10-06"}, False),
        ({"from": "2026-10-23T20:00+01:00", "to": "2026-10-26T19:00+00:00"}, True),
        ({"from": "2026-10-23T20:00+01:00", "to": "2026-10-26T19:30+00:00"}, False),
    ],
    ids=["to the minute", "a minute late", "in days", "a day late", "clocks go back, in time", "clocks go back, late"],
)
def test_the_72_hours_run_from_the_return_over_weekends_too(
    template: Template, timing: dict[str, str], met: bool
) -> None:
    part = template.questions["RI-02"].part("timing")
    assert part is not None
    assert elapsed(part, timing).met is met


@pytest.mark.parametrize(
    ("episodes", "offered", "caps"),
    [(4, 3, True), (4, 4, False), (1, 0, True), (0, 0, False)],
    ids=["one not offered", "all offered", "none offered", "no episode"],
)
def test_an_episode_without_an_offer_caps_the_section(
    template: Template, episodes: int, offered: int, caps: bool
) -> None:
    answer = Answer(id="RI-01", values={"episodes": episodes, "offered": offered})
    assert [mark.caps for mark in tripped(template.questions["RI-01"], answer)] == (["section"] if caps else [])


POLICE = {
    "RP_01": "yes", "RP_02": "good", "RP_03": "yes", "WM_01": "good", "WM_02": "yes", "WM_03": "yes", "WM_04": "yes",
    "FW_01": "good", "FW_02": "yes", "FW_03": "yes", "RI_06": "yes", "AP_01": "good", "AP_02": "yes", "AP_04": "yes",
    "EX_01": "yes", "EX_02": "yes", "EX_03": "good", "VM_01": "yes", "VM_03": "yes", "VM_04": "good", "OM_01": "good",
    "OM_02": "yes", "OM_03": "yes",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "grade", "marks"),
    [
        ({}, Grade.GOOD, ()),
        ({"RP_02": "inadequate"}, Grade.REQUIRES_IMPROVEMENT, ("RP-02",)),
        ({"RP_02": "inadequate", "WM_02": "no"}, Grade.INADEQUATE, ("RP-02", "WM-02")),
        ({"FW_02": "no", "VM_03": "no"}, Grade.GOOD, ()),
    ],
    ids=["all done well", "one mark", "two marks", "marks on sections only"],
)
def test_a_police_return_comes_to_the_grade_that_its_marks_allow(
    template: Template, changed: dict[str, str], grade: Grade, marks: tuple[str, ...]
) -> None:
    found = indicative(template, a_return(**{**POLICE, **changed}), {"missing_episodes": 5})
    assert (found.grade, found.tripped) == (grade, marks), found.because


def test_every_question_that_police_are_asked_counts_in_that_return(template: Template) -> None:
    found = indicative(template, a_return(**POLICE), {"missing_episodes": 5})
    assert [section.unanswered for section in found.sections] == [0] * 8
    assert sum(section.items for section in found.sections) == len(POLICE)


def test_the_meeting_about_repeated_episodes_is_asked_from_the_third(template: Template) -> None:
    without = a_return(**{id: value for id, value in POLICE.items() if id != "AP_04"})
    open_at = {
        episodes: sum(s.unanswered for s in indicative(template, without, {"missing_episodes": episodes}).sections)
        for episodes in (1, 2, 3)
    }
    assert open_at == {1: 0, 2: 0, 3: 1}


@pytest.mark.parametrize(
    ("last", "weak"),
    [("no_part", False), ("yes", False), ("partly", True), ("no", True)],
)
def test_a_role_that_nobody_has_is_no_weak_answer(template: Template, last: str, weak: bool) -> None:
    question = template.questions["AP-05"]
    assert question.main.type is PartType.MATRIX
    *others, final = [row.id for row in question.main.rows]
    answer = Answer(id="AP-05", values={"answer": {**dict.fromkeys(others, "yes"), final: last}})
    assert is_weak(template, question, answer) is weak
    scores = {option.value: option.score for option in template.options_of(question.main)}
    assert scores == {"yes": 3, "partly": 2, "no": 1, "no_part": None}


# --- what is kept close, and what the panel asks


def test_intelligence_is_asked_by_reference_only(template: Template) -> None:
    assert {q.id for q in template.questions.values() if q.sensitive} == {"RI-06", "AP-02"}
    for id in ("RI-06", "AP-02"):
        for kind in template.agencies_of(id):
            assert "reference" in template.questions[id].guidance_for(kind), (id, kind)
            assert "never the" in template.questions[id].guidance_for(kind), (id, kind)


def test_the_panel_grades_and_sets_the_counts_side_by_side(template: Template) -> None:
    panel = [question for question in template.questions.values() if question.asked_of == "panel"]
    assert [(question.id, question.purpose) for question in panel] == [
        ("JM-5", Purpose.INFORMATION),
        ("JM-6", Purpose.INFORMATION),
    ]
    assert [part.id for part in template.questions["JM-6"].parts] == ["answer", "agreed", "reasons"]
    assert "OM-04" in template.questions["JM-6"].guidance


def test_only_the_two_numbers_that_the_mark_compares_are_needed(template: Template) -> None:
    exact = (PartType.INTEGER, PartType.DATE, PartType.TIMED)
    needed = [(q.id, p.id) for q in scored(template) for p in q.parts if p.type in exact and p.required]
    assert needed == [("RI-01", "episodes"), ("RI-01", "offered")]


def test_every_grade_says_what_it_means_for_that_question(template: Template, exploitation: Template) -> None:
    graded = [question for question in template.questions.values() if question.main.scale == "grade"]
    steps = {"outstanding", "good", "requires_improvement", "inadequate"}
    assert all(set(question.main.descriptors) == steps for question in graded)
    meanings = [text for question in graded for text in question.main.descriptors.values()]
    assert len(meanings) == len(set(meanings)), "a descriptor is written for its own question"
    assert max(map(len, meanings)) <= 110


def test_police_read_the_whole_of_it_within_eighty_columns(template: Template) -> None:
    lines = lines_for(template, "police")
    text = "\n".join(lines)
    assert max(map(len, lines)) <= 80
    assert "RP-02 !" in text
    assert "Did police hold a current plan" in text
    assert "RI-01" not in text
    assert "return home interview?" not in text
