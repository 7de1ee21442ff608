"""The shipped self-assessment: who is asked what, in whose words, what may be left out, and that it promises nothing.

What every shipped template owes its reader is in `test_templates_shipped.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.lint import lint
from qa_toolkit.domain.template.minutes import minutes
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, PartType, Purpose, Question
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import builtin_scales
from qa_toolkit.domain.template.show import lines_for

FOLDER = Path(__file__).parents[1] / "audit_templates"
FILE = FOLDER / "exploitation-response-self-assessment.toml"

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

# Indicator | asked of | kinds that meet it in words of their own
INDICATORS = """
KN-01 | ALL                              | POL HLT EDU YJS SPX PLC
KN-02 | ALL                              | POL HLT EDU YJS SPX PLC
KN-03 | ALL                              | POL HLT EDU SPX
KN-04 | ALL                              | POL HLT EDU YJS SPX
KN-05 | ALL                              | CSC POL HLT EDU
KN-06 | ALL                              | POL HLT EDU SPX ADS
PR-01 | ALL                              | POL HLT EDU YJS SPX
PR-02 | ALL                              | CSC POL EDU SPX
PR-03 | ALL                              | CSC POL HLT EDU YJS SPX PLC
PR-04 | CSC HLT MH EDU YJS SPX PLC EH    | CSC HLT MH EDU YJS SPX PLC
PR-05 | ALL                              | POL HLT MH EDU YJS SPX ADS
PR-06 | ALL                              | POL HLT EDU SPX
SU-01 | ALL                              | CSC POL HLT EDU SPX
SU-02 | ALL                              | POL EDU SPX PLC
SU-03 | ALL                              | POL HLT MH EDU YJS SPX
SU-04 | CSC HLT MH EDU YJS SPX           | HLT MH EDU YJS SPX
SU-05 | ALL                              | POL EDU SPX PLC
DI-01 | ALL                              | POL HLT EDU YJS SPX
DI-02 | ALL                              | POL
DI-03 | CSC POL HLT EDU YJS PLC ADS      | CSC POL HLT EDU YJS PLC ADS
DI-04 | CSC POL EDU YJS PLC              | CSC POL EDU YJS PLC
DI-05 | CSC POL YJS ADS                  | CSC POL YJS ADS
GO-01 | ALL                              | POL HLT EDU SPX
GO-02 | ALL                              |
GO-03 | ALL                              | SPX
GO-04 | ALL                              |
GO-05 | ALL                              | CSC POL HLT EDU YJS SPX
HV-01 | ALL                              | POL EDU SPX
HV-02 | ALL                              |
HV-03 | ALL                              | POL
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in INDICATORS.strip().splitlines()]

STEPS = ("not_started", "developing", "in_place", "embedded")


@pytest.fixture(scope="module")
def template() -> Template:
    return read_template(FILE.read_bytes(), FILE.name)


def kinds(shorts: str) -> set[str]:
    return {KINDS[short] for short in (ALL if shorts == "ALL" else shorts).split()}


def indicators(template: Template) -> list[Question]:
    return [question for question in template.questions.values() if question.purpose is Purpose.SCORED]


def test_it_is_the_first_issued_edition_of_a_self_assessment(template: Template) -> None:
    assert (template.id, template.edition, template.status) == (FILE.stem, "1.0", "issued")
    assert (template.kind, template.subject) == (Kind.SELF_ASSESSMENT, "organisation")


def test_the_indicators_are_these_in_this_order(template: Template) -> None:
    assert [question.id for question in indicators(template)] == [row[0] for row in ROWS]


@pytest.mark.parametrize(("id", "asked_of", "own_words"), ROWS, ids=[row[0] for row in ROWS])
def test_each_indicator_asks_its_agencies_in_their_words(
    template: Template, id: str, asked_of: str, own_words: str
) -> None:
    assert template.agencies_of(id) == kinds(asked_of)
    assert set(template.questions[id].wording) == kinds(own_words)


def test_words_of_ones_own_differ_from_everybodys(template: Template) -> None:
    for question in indicators(template):
        for kind, own in question.wording.items():
            where = f"{question.id} for {kind}"
            assert own.text or own.guidance or own.look_for, where
            assert own.text != question.text, where
            assert own.guidance != question.guidance, where
            assert own.look_for != question.look_for, where


def test_the_steps_answer_the_question_in_everybodys_words(template: Template) -> None:
    """Steps are the same for all agencies, so a question in one agency’s words must still be answered by how far."""
    for question in indicators(template):
        for kind, own in question.wording.items():
            if own.text:
                assert own.text.startswith("How far "), f"{question.id} for {kind}"
                assert own.text.endswith("?"), f"{question.id} for {kind}"


def test_the_police_are_not_asked_whether_they_send_themselves_forms(template: Template) -> None:
    """Their first wording asked of work done in time, and the steps spoke of who sends."""
    question = template.questions["DI-01"]
    assert "become police intelligence" in question.text
    assert "become police intelligence in time" in question.text_for("police")
    assert not [step for step in question.main.descriptors.values() if "send" in step.lower() or "sent" in step.lower()]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_it_takes_an_agency_one_to_two_hours(template: Template, kind: str) -> None:
    assert 60 <= minutes(template, kind) <= 120


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_it_reads_within_80_columns_for_every_agency(template: Template, kind: str) -> None:
    assert max(len(line) for line in lines_for(template, kind)) <= 80


def test_each_step_says_what_it_looks_like_and_all_ask_evidence(template: Template) -> None:
    scale = {option.value for option in builtin_scales()["maturity"].options}
    assert scale == set(STEPS)
    for question in indicators(template):
        assert question.main.scale == "maturity", question.id
        assert tuple(question.main.descriptors) == STEPS, question.id
        assert all(15 <= len(text) <= 100 for text in question.main.descriptors.values()), question.id
        assert (question.evidence.rule, question.evidence.min_length) == ("required", 20), question.id


def test_an_agency_may_say_that_it_does_not_apply_but_not_that_it_did_not_see_itself(template: Template) -> None:
    for question in indicators(template):
        assert question.missing == (Missing.NOT_APPLICABLE, Missing.NOT_KNOWN), question.id
    assert not [q.id for q in template.questions.values() if Missing.NOT_SEEN in q.missing]


def test_it_says_when_not_applicable_is_rightly_said(template: Template) -> None:
    said = {
        question.id
        for question in indicators(template)
        if any("not applicable" in question.guidance_for(kind) for kind in template.agencies)
    }
    assert said >= {"KN-04", "PR-02", "PR-03", "PR-05", "SU-02", "DI-03", "GO-02", "GO-03", "HV-03"}


def test_what_can_be_counted_is_asked_beside_the_step_and_may_be_left_open(template: Template) -> None:
    counted = {
        q.id: [(part.id, part.type, part.required) for part in q.parts if part is not q.main]
        for q in indicators(template)
        if len(q.parts) > 1
    }
    assert counted == {
        "KN-02": [("share", PartType.PERCENTAGE, False)],
        "SU-02": [("days", PartType.INTEGER, False)],
        "GO-02": [("held", PartType.INTEGER, False), ("attended", PartType.INTEGER, False)],
    }


def test_the_last_part_holds_strengths_three_actions_and_what_is_asked_of_others(template: Template) -> None:
    last = template.sections[-1]
    assert (last.id, last.scoring) == ("RK", "none")
    assert not [question.id for question in last.questions if question.purpose is Purpose.SCORED]
    strengths, risks, asks, agreed = last.questions
    assert (strengths.main.type, asks.main.type, agreed.main.scale) == (
        PartType.LONG_TEXT, PartType.LONG_TEXT, "yes_no",
    )  # fmt: skip
    assert [column.id for column in risks.main.columns] == ["risk", "deed", "by"]
    assert "Up to three" in risks.guidance
    assert (strengths.missing, agreed.missing) == ((), ())


def test_no_mark_caps_and_no_concern_is_raised_by_an_agency_that_judges_itself(template: Template) -> None:
    """It is about an organisation: an honest low step must cost nothing."""
    assert not [q.id for q in template.questions.values() if q.limits or q.raises_concern]
    assert template.scoring.inadequate_at == 0
    assert template.safety_question is None


def test_it_asks_roles_and_never_intelligence(template: Template) -> None:
    assert {field.about for field in template.header} == {"return"}
    assert all("not a name" in f.help or "role" in f.help.lower() for f in template.header if f.type == "short_text")
    for kind in template.agencies:
        assert "never the intelligence" in template.questions["DI-01"].guidance_for(kind), kind


def test_it_needs_no_exception_from_the_advice_on_wording(template: Template) -> None:
    assert [str(advice) for advice in lint(template)] == []


def test_its_ids_begin_with_letters_that_no_case_file_audit_uses(template: Template) -> None:
    others = [path for path in sorted(FOLDER.glob("*.toml")) if path != FILE]
    taken = {id.partition("-")[0] for path in others for id in read_template(path.read_bytes(), path.name).questions}
    assert not {id.partition("-")[0] for id in template.questions} & taken


def test_law_is_named_with_the_day_from_which_it_holds(template: Template) -> None:
    dated = {source.id for source in template.sources if source.in_force}
    assert dated == {"CA04", "MISSING", "KCSIE", "MSA-45", "VICTIMS", "EQUALITY"}
    assert all(source.in_force.isoformat() <= "2026-11-24" for source in template.sources if source.in_force)
    assert all(source.edition for source in template.sources)


def test_it_promises_nothing_that_the_toolkit_does_not_do(template: Template) -> None:
    """The first text spoke of last year’s answers brought back, and of figures set beside one’s own."""
    words = " ".join(
        [template.summary, *(s.intro for s in template.sections)]
        + [q.guidance_for(kind) for q in template.questions.values() for kind in template.agencies]
    ).lower()
    claims = ("last year’s answers", "set beside", "unconfirmed", "filled in for you")
    assert not [claim for claim in claims if claim in words]
