"""What every shipped template owes its reader, and what is special to the newer two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.template.lint import lint
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType, Purpose
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade

FOLDER = Path(__file__).parents[1] / "audit_templates"
FILES = sorted(FOLDER.glob("*.toml"))
ALL = {path.stem: read_template(path.read_text(encoding="utf-8"), path.name) for path in FILES}
MISSING = ALL["missing-children-case-file"]
OURS = ALL["exploitation-response-self-assessment"]


@pytest.fixture(params=ALL, scope="module")
def template(request: pytest.FixtureRequest) -> Template:
    return ALL[request.param]


def test_the_four_are_shipped() -> None:
    assert set(ALL) == {
        "child-exploitation-case-file",
        "dip-sample",
        "exploitation-response-self-assessment",
        "missing-children-case-file",
    }
    assert {name: template.id for name, template in ALL.items()} == {name: name for name in ALL}


def test_it_passes_its_own_lint_or_says_why_not(template: Template) -> None:
    assert [str(advice) for advice in lint(template) if not advice.accepted] == []


def test_no_question_id_means_two_things() -> None:
    """Ids are never used again, so a re-audit may compare by id across templates."""
    seen: dict[str, str] = {}
    for template in ALL.values():
        if template.kind == "dip_sample":
            continue  # the teaching example has ids of its own page
        for id in template.questions:
            assert id not in seen, f"{id} is in {seen.get(id)} and in {template.id}"
            seen[id] = template.id


def test_what_is_comparable_names_a_question_that_exists() -> None:
    known = {id for template in ALL.values() for id in template.questions}
    named = {q.comparable_to for template in ALL.values() for q in template.questions.values() if q.comparable_to}
    assert named <= known
    assert {"S0-1", "MR-02", "MR-03", "MR-04"} <= named


def test_every_question_helps_its_reader(template: Template) -> None:
    if template.kind == "dip_sample":
        pytest.skip("the smallest example keeps its guidance to a line")
    for question in template.questions.values():
        for kind in template.agencies:
            sentences = re.split(r"(?<=[.!?])\s+", question.guidance_for(kind).strip())
            assert 2 <= len(sentences) <= 4, f"{question.id} for {kind}"
            assert 2 <= len(question.look_for_for(kind)) <= 5, f"{question.id} for {kind}"
            assert len(question.text_for(kind)) <= 110, question.id
            assert len(question.guidance_for(kind)) <= 340, question.id
        assert question.sources, question.id


def test_every_option_has_a_digit_and_fits_the_screen(template: Template) -> None:
    for question in template.questions.values():
        columns = (column for part in question.parts for column in part.columns)
        for part in (*question.parts, *columns):
            options = template.options_of(part)
            assert len(options) <= 9, question.id
            assert all(len(option.descriptor) <= 110 for option in options), question.id


def test_sources_carry_an_edition_and_each_is_used(template: Template) -> None:
    used = {source for question in template.questions.values() for source in question.sources}
    parts = (part for question in template.questions.values() for part in question.parts)
    used |= {part.standard.source for part in parts if part.standard and part.standard.source}
    assert all(source.edition for source in template.sources)
    if template.kind != "dip_sample":
        assert used == {source.id for source in template.sources}


def test_nothing_in_it_identifies_anybody(template: Template) -> None:
    assert {field.identifier_class for field in template.header} <= {"none", "indirect"}
    text = "\n".join(question.text + question.guidance for question in template.questions.values())
    assert identifiers(text) == []


def test_a_case_file_asks_about_safety_first_and_the_grade_last(template: Template) -> None:
    if template.kind != "case_file":
        pytest.skip("not a case file")
    first = next(iter(template.questions.values()))
    assert first.purpose is Purpose.SAFETY
    assert set(first.raises_concern) == {"no", "unsure"}
    assert template.grade_question is not None
    assert template.section_of[first.id].scoring == "none"


# --- missing children


def test_thirty_questions_are_scored_about_missing_children() -> None:
    scored = [q for q in MISSING.questions.values() if q.purpose is Purpose.SCORED]
    assert 28 <= len(scored) <= 34
    assert {s.id for s in MISSING.sections if s.own_grade} == {"RI", "VM"}


def test_episodes_are_a_group_that_repeats_and_the_counts_can_be_compared() -> None:
    (episodes,) = MISSING.questions["RP-04"].parts
    assert episodes.type is PartType.REPEAT
    assert [column.id for column in episodes.columns] == ["away", "category", "interview"]
    count = MISSING.questions["OM-04"]
    assert (count.main.type, count.purpose) == (PartType.INTEGER, Purpose.INFORMATION)
    assert set(MISSING.agencies_of("OM-04")) == {"childrens-social-care", "police", "placement", "specialist-service"}


def test_the_interview_is_measured_against_72_hours_from_the_return() -> None:
    part = MISSING.questions["RI-02"].part("timing")
    assert part is not None
    assert part.standard is not None
    assert (part.standard.within, part.standard.unit, part.standard.source) == (72, "hours", "MISSING")


def test_what_caps_the_grade_of_a_missing_childs_file() -> None:
    marks = {q.id: (m.part, m.is_, m.less_than_part, m.caps) for q in MISSING.questions.values() for m in q.limits}
    assert marks == {
        "RP-02": ("answer", ("inadequate",), "", "both"),
        "WM-02": ("answer", ("no",), "", "both"),
        "FW-02": ("answer", ("no",), "", "section"),
        "RI-01": ("offered", (), "episodes", "section"),
        "AP-03": ("answer", ("no",), "", "both"),
        "VM-03": ("answer", ("no",), "", "section"),
        "OM-01": ("answer", ("inadequate",), "", "both"),
    }
    assert {m.at for q in MISSING.questions.values() for m in q.limits} == {Grade.REQUIRES_IMPROVEMENT}


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("childrens-social-care", 30, 34), ("police", 26, 31), ("health", 12, 16), ("early-help", 10, 13)],
)
def test_each_agency_is_asked_what_it_can_know(kind: str, least: int, most: int) -> None:
    assert least <= len(list(MISSING.asked(kind))) <= most


# --- the self-assessment


def test_thirty_indicators_in_seven_parts_on_four_steps() -> None:
    indicators = [q for q in OURS.questions.values() if q.purpose is Purpose.SCORED]
    assert len(indicators) == 30
    assert [section.id for section in OURS.sections] == ["KN", "PR", "SU", "DI", "GO", "HV", "RK"]
    assert OURS.subject == "organisation"
    assert {question.main.scale for question in indicators} == {"maturity"}
    for question in indicators:
        assert set(question.main.descriptors) == {"not_started", "developing", "in_place", "embedded"}, question.id
        assert (question.evidence.rule, question.evidence.min_length) == ("required", 20), question.id


def test_no_two_indicators_describe_a_step_alike() -> None:
    steps = [text for q in OURS.questions.values() for text in q.main.descriptors.values()]
    assert len(steps) == len(set(steps))


def test_a_share_is_asked_as_a_share_and_may_be_left_out() -> None:
    shares = [
        (q.id, p.id, p.required) for q in OURS.questions.values() for p in q.parts if p.type is PartType.PERCENTAGE
    ]
    assert shares == [("KN-02", "share", False)]


def test_risks_and_asks_begin_afresh_each_year() -> None:
    assert [q.id for q in OURS.questions.values() if not q.carry_forward] == ["RK-02", "RK-03", "RK-04"]
