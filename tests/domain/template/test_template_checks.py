"""A template whose keys are right and whose sense is not: each fault, by the sentence that names it."""

# ruff: noqa: E501 — the tables are easier to read with a case on each line

from __future__ import annotations

import pytest
from template_text import small, with_question

from qa_toolkit.domain.errors import TemplateError

UI1, UI2, J1 = "section UI, question UI-01", "section UI, question UI-02", "section J, question J-1"


def faults_of(*changes: tuple[str, str]) -> list[str]:
    """The faults of the small template with these replacements made."""
    with pytest.raises(TemplateError) as caught:
        small(*changes)
    return [str(fault) for fault in caught.value.faults]


NAMES = [
    ("agency of a question", ('sources = ["wt"]', 'agencies = ["polise"]'),
     f"small.toml, line 58: {UI1}: “polise” is not an agency of this template. Did you mean police?"),
    ("agency of a section", ('title = "Identify"', 'title = "Identify"\nagencies = ["helth"]'),
     "small.toml, line 50: section UI: “helth” is not an agency of this template. Did you mean health?"),
    ("theme", ('themes = ["plan"]', 'themes = ["plans"]'),
     "small.toml, line 50: section UI: “plans” is not a theme of this template. Did you mean plan?"),
    ("source", ('sources = ["wt"]', 'sources = ["wtt"]'),
     f"small.toml, line 58: {UI1}: “wtt” is not a source of this template. Did you mean wt?"),
    ("scale", ('type = "yes_partly_no"', 'type = "choice"\nscale = "stepps"'),
     f"small.toml, line 56: {UI1}: There is no scale “stepps”. Did you mean steps?"),
    ("wording for nobody", ('sources = ["wt"]', '[sections.questions.wording.polise]\ntext = "x"'),
     f"small.toml, line 58: {UI1}: “polise” is not an agency of this template. Did you mean police?"),
    ("wording not asked", ('sources = ["wt"]', 'agencies = ["police"]\n[sections.questions.wording.health]\ntext = "x"'),
     f"small.toml, line 59: {UI1}: There is a wording for health, which is not asked this question."),
    ("value that raises a concern", ('["no", "unsure"]', '["no", "unsur"]'),
     "small.toml, line 45: section S0, question S0-1: “unsur” is not an answer to S0-1. Did you mean unsure?"),
    ("descriptor", ('sources = ["wt"]', 'descriptors = { partially = "x" }'),
     f"small.toml, line 58: {UI1}: “partially” is not an option here."),
    ("standard's source", ('type = "yes_partly_no"', 'type = "timed"\nstandard = { within = 3, unit = "days", source = "w" }'),
     f"small.toml, line 56: {UI1}: “w” is not a source of this template."),
]  # fmt: skip

IDS = [
    ("question twice", ('id = "UI-02"', 'id = "UI-01"'),
     "small.toml, line 61: {where}: The question “UI-01” is there already: give this one another id."),
    ("question twice but for case", ('id = "J-1"', 'id = "ui-01"'),
     "small.toml, line 75: section J, question ui-01: The question “ui-01” is there already "
     "(“UI-01” and “ui-01” count as the same): give this one another id."),
    ("section twice", ('id = "J"', 'id = "UI"'), "small.toml, line 71: section UI: The section “UI” is there already"),
    ("part twice", ('id = "days"', 'id = "Answer"'),
     f"small.toml, line 67: {UI2}, part Answer: The part “Answer” is there already"),
    ("header field twice", ('id = "care"', 'id = "Episodes"'),
     "small.toml, line 31: header field Episodes: The header field “Episodes” is there already"),
    ("option twice", ('["At home", "In care"]', '["At home", "At Home"]'),
     "small.toml, line 34: header field care: The option “at_home” is there already"),
    ("option of a scale twice", ('value = "high"', 'value = "low"'),
     "small.toml, line 23: scale steps: The option “low” is there already"),
    ("source twice", ("[[sources]]", '[[sources]]\nid = "WT"\ntitle = "x"\nedition = "1"\n\n[[sources]]'),
     "small.toml, line 22: source wt: The source “wt” is there already"),
    ("agency twice", ('health = "Health"', 'Police = "Police"'), "small.toml, line 11: The id “Police” is there already"),
    ("scale with a built-in name", ("[scales.steps]", "[scales.grade]"),
     "small.toml, line 21: scale grade: “grade” is a built-in type or scale: give this one another id."),
    ("question id in small letters", ('id = "UI-02"', 'id = "ui-02"'), "small.toml, line 61: {where}: “ui-02” cannot be an id"),
    ("question id with a blank", ('id = "UI-02"', 'id = "UI 02"'), "small.toml, line 61: {where}: “UI 02” cannot be an id"),
    ("question id with a new line", ('id = "UI-02"', 'id = "UI-02\\n"'), "small.toml, line 61: {where}: “UI-02\\x0a” cannot"),
    ("device", ('id = "UI-02"', 'id = "COM1"'),
     "small.toml, line 61: {where}: “COM1” cannot be an id: some computers keep that name for a device."),
    ("template id", ('id = "small"', 'id = "Small One"'),
     "small.toml, line 2: “Small One” cannot be an id here: use small letters, digits and dashes"),
    ("template is a device", ('id = "small"', 'id = "nul"'), "small.toml, line 2: “nul” cannot be an id: some computers"),
    ("id too long", ('id = "UI-02"', f'id = "{"U" * 41}"'), "small.toml, line 61: {where}: “UUUU"),
    ("agency called all", ('health = "Health"', 'all = "All"'), "small.toml, line 11: “all” means every agency"),
    ("part id", ('id = "days"', 'id = "No Days"'), f"small.toml, line 67: {UI2}, part No Days: “No Days” cannot be an id here"),
]  # fmt: skip

RULES = [
    ("no agency can answer", ('themes = ["plan"]', 'agencies = ["health"]'), ('sources = ["wt"]', 'agencies = ["police"]'),
     f"small.toml, line 58: {UI1}: No agency can answer this: it asks police, and its section asks health."),
    ("issued without a date", ('status = "draft"', 'status = "issued"'),
     "small.toml, line 5: A template that is issued has an issued date: add issued = 2026-01-31."),
    ("comparable to itself", ('sources = ["wt"]', 'comparable_to = "UI-01"'),
     f"small.toml, line 58: {UI1}: A question cannot be comparable to itself"),
    ("direct identifier", ('label = "Care status"', 'label = "Name"\nidentifier_class = "direct"'),
     "small.toml, line 33: header field care: “care” would identify a child directly."),
    ("no words", ('text = "What is your grade?"', 'text = " "'), f"small.toml, line 76: {J1}: The question has no words."),
    ("empty title", ('title = "Small"', 'title = ""'), "small.toml, line 3: title is empty"),
    ("header choice without options", ('options = ["At home", "In care"]', ""),
     "small.toml, line 33: header field care: A choice needs options, two or more."),
    ("header bounds", ('label = "Missing episodes"\ntype = "integer"', 'label = "x"\ntype = "integer"\nmin = 5\nmax = 1'),
     "small.toml, line 29: header field episodes: min (5) is above max (1), so no number fits."),
    ("no safety question", ('purpose = "safety"\nraises_concern', 'raises_concern'),
     "small.toml, line 6: A case_file template needs a safety question: a question with purpose = \"safety\"."),
    ("no grade question", ('purpose = "auditors_grade"\n', ""), "small.toml, line 6: A case_file template needs a question for"),
    ("two safety questions", ('sources = ["wt"]', 'purpose = "safety"'),
     f"small.toml, line 58: {UI1}: There is a safety question already, S0-1: a template has one."),
    ("safety not asked of all", ('purpose = "safety"', 'purpose = "safety"\nagencies = ["police"]'),
     "small.toml, line 40: section S0, question S0-1: S0-1 is a safety question, which every agency answers"),
    ("safety hidden", ('purpose = "safety"', 'purpose = "safety"\nshow_if = { agency = ["police"] }'),
     "small.toml, line 40: section S0, question S0-1: S0-1 is a safety question, which is always asked"),
    ("safety without a concern", ('raises_concern = ["no", "unsure"]', ""),
     "small.toml, line 40: section S0, question S0-1: S0-1 asks whether the child is safe: say which answers"),
    ("grade of another type", ('type = "grade"', 'type = "yes_no"'), f"small.toml, line 74: {J1}: J-1 asks the auditor’s grade"),
    ("limit without a test", ('{ is = ["no"] }', '{ caps = "section" }'),
     f"small.toml, line 57: {UI1}: A limit has exactly one test, and this has no test"),
    ("limit with two tests", ('{ is = ["no"] }', '{ is = ["no"], less_than = 3 }'),
     f"small.toml, line 57: {UI1}: A limit has exactly one test, and this has more than one test"),
    ("limit on an unknown value", ('{ is = ["no"] }', '{ is = ["noo"] }'),
     f"small.toml, line 57: {UI1}: “noo” is not an answer to UI-01. Did you mean no?"),
    ("limit on an unknown part", ('{ is = ["no"] }', '{ part = "anser", is = ["no"] }'),
     f"small.toml, line 57: {UI1}: UI-01 has no part “anser”. Did you mean answer?"),
    ("limit that caps nothing", ('{ is = ["no"] }', '{ is = ["no"], at = "outstanding" }'),
     f"small.toml, line 57: {UI1}: A limit at outstanding caps nothing"),
    ("limit on words", ('{ is = ["no"] }', "{ less_than = 3 }"),
     f"small.toml, line 57: {UI1}: less_than compares numbers, and the part answer is of type choice."),
    ("limit on safety", ('raises_concern = ["no", "unsure"]', 'raises_concern = ["no"]\nlimits = [{ is = ["no"] }]'),
     "small.toml, line 46: section S0, question S0-1: A limit stands on a scored question"),
]  # fmt: skip

CONDITIONS = [
    ("unknown question", 'show_if = { question = "UI-1", is = ["no"] }', "The condition names no question: “UI-1”."),
    ("unknown part", 'show_if = { question = "UI-02", part = "dys", answered = true }',
     "UI-02 has no part “dys”. Did you mean days?"),
    ("unknown value", 'show_if = { question = "S0-1", is = ["unsur"] }',
     "“unsur” is not an answer to S0-1. Did you mean unsure?"),
    ("unknown header", 'show_if = { header = "cares", is = ["in_care"] }',
     "The condition names no header field: “cares”. Did you mean care?"),
    ("unknown header value", 'show_if = { header = "care", is = ["In care"] }',
     "“In care” is not an answer to the header field care. Did you mean in_care?"),
    ("unknown agency", 'show_if = { agency = ["polce"] }', "“polce” is not an agency of this template. Did you mean police?"),
    ("deep inside", 'show_if = { all = [{ any = [{ question = "XX", answered = true }] }] }', "The condition names no question"),
    ("empty", "show_if = {}", "The condition is empty"),
    ("no comparison", 'show_if = { question = "S0-1" }', "The condition compares S0-1 with nothing"),
    ("no subject", 'show_if = { is = ["no"] }', "The condition says is but not of what"),
    ("two subjects", 'show_if = { question = "S0-1", header = "care", is = ["no"] }', "A condition compares a question or a"),
    ("number of words", 'show_if = { question = "S0-1", more_than = 1 }', "more_than compares numbers, and S0-1 is of type choice."),
    ("words of a number", 'show_if = { header = "episodes", is = ["1"] }', "is compares options, and the header field episodes"),
    ("date of a number", 'show_if = { header = "episodes", before = 2026-01-01 }', "before compares dates"),
    ("no number between", 'show_if = { header = "episodes", more_than = 3, less_than = 4 }', "No number is more than 3"),
    ("unanswered and equal", 'show_if = { question = "S0-1", answered = false, is = ["no"] }', "What is not answered meets no"),
    ("itself", 'show_if = { question = "UI-01", is = ["no"] }', "Conditions go in a circle, UI-01 → UI-01"),
    ("the grade", 'show_if = { question = "J-1", is = ["good"] }', "J-1 is asked at submission, after all others"),
    ("required_if", 'required_if = { question = "S0", is = ["no"] }', "The condition names no question: “S0”."),
]  # fmt: skip


@pytest.mark.parametrize("case", [*NAMES, *IDS, *RULES], ids=lambda case: case[0])
def test_what_makes_no_sense_is_named_with_its_line(case: tuple[object, ...]) -> None:
    *changes, expected = case[1:]
    found = faults_of(*changes)  # type: ignore[arg-type]
    beginning, _, end = str(expected).partition("{where}: ")
    assert any(fault.startswith(beginning) and end in fault for fault in found), found


@pytest.mark.parametrize(("_", "line", "expected"), CONDITIONS, ids=[case[0] for case in CONDITIONS])
def test_a_condition_that_cannot_be_is_refused(_: str, line: str, expected: str) -> None:
    found = faults_of(('sources = ["wt"]', line))
    assert any(fault.startswith("small.toml, line 58: " + UI1) and expected in fault for fault in found), found


PARTS = [
    ("choice without options", 'text = "x?"\ntype = "choice"', "A choice needs a scale, or two options or more."),
    ("choice with one option", 'text = "x?"\ntype = "choices"\noptions = ["One"]', "A choice needs a scale, or two options"),
    ("scale and options", 'text = "x?"\ntype = "choice"\nscale = "rag"\noptions = ["a", "b"]', "A choice has a scale or options"),
    ("options elsewhere", 'text = "x?"\ntype = "date"\noptions = ["a", "b"]', "options belongs to choice or choices"),
    ("bounds elsewhere", 'text = "x?"\ntype = "date"\nmin = 3', "min belongs to integer or percentage, and this is of type date."),
    ("bounds crossed", 'text = "x?"\ntype = "integer"\nmin = 3\nmax = 2', "min (3) is above max (2)"),
    ("percentage", 'text = "x?"\ntype = "percentage"\nmax = 200', "A percentage lies between 0 and 100."),
    ("standard elsewhere", 'text = "x?"\ntype = "date"\nstandard = { within = 3, unit = "days" }', "standard belongs to timed"),
    ("matrix without rows", 'text = "x?"\ntype = "matrix"\nscale = "rag"', "A matrix needs rows"),
    ("matrix without scale", 'text = "x?"\ntype = "matrix"\nrows = ["Home", "School"]', "A matrix needs a scale"),
    ("rows twice", 'text = "x?"\ntype = "matrix"\nscale = "rag"\nrows = ["Home", "home"]', "The row “home” is there already"),
    ("repeat without columns", 'text = "x?"\ntype = "repeat"', "A repeat needs columns"),
    ("nested repeat", 'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "a", type = "repeat" }]', "A column of a repeat cannot be"),
    ("matrix in a repeat", 'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "a", type = "matrix" }]', "A column of a repeat cannot"),
    ("column twice", 'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "a", type = "date" }, { id = "A", type = "date" }]',
     "The column “A” is there already"),
    ("column's scale", 'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "a", type = "choice", scale = "ragg" }]',
     "There is no scale “ragg”. Did you mean rag?"),
    ("part hangs on a later part",
     'text = "x?"\ntype = "yes_no"\nparts = [{ id = "a", type = "date", show_if = { part = "b", answered = true } }, '
     '{ id = "b", type = "date" }]', "“b” is not a part before this one."),
    ("part hangs on another question",
     'text = "x?"\ntype = "yes_no"\nparts = [{ id = "a", type = "date", show_if = { question = "UI-01", is = ["no"] } }]',
     "A part’s show_if looks at earlier parts of its own question, not at “UI-01”."),
    ("column hangs on a later column",
     'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "a", type = "date", show_if = { part = "b", answered = true } }, '
     '{ id = "b", type = "date" }]', "“b” is not a column before this one."),
    ("first part hidden", 'text = "x?"\nparts = [{ id = "a", type = "date", show_if = { agency = ["police"] } }]',
     "The first part is always asked: put show_if on the question."),
    ("limit against itself", 'text = "x?"\ntype = "integer"\nlimits = [{ less_than_part = "answer" }]', "less_than_part compares two"),
    ("hangs on the panel's question", 'text = "x?"\ntype = "yes_no"\nshow_if = { question = "YY-01", is = ["no"] }\n\n'
     '[[sections.questions]]\nid = "YY-01"\ntext = "y?"\ntype = "yes_no"\nasked_of = "panel"',
     "YY-01 is asked of the panel, after every return is in"),
    ("panel hangs on a return", 'text = "x?"\ntype = "yes_no"\nasked_of = "panel"\nshow_if = { question = "S0-1", is = ["no"] }',
     "XX-01 is asked of the panel, which sees many returns"),
    ("hangs on what others are asked",
     'text = "x?"\ntype = "yes_no"\nagencies = ["police"]\nshow_if = { question = "YY-01", is = ["no"] }\n\n'
     '[[sections.questions]]\nid = "YY-01"\ntext = "y?"\ntype = "yes_no"\nagencies = ["health"]',
     "YY-01 is asked of health only, so nobody would ever be shown XX-01."),
    ("shown to nobody who is asked", 'text = "x?"\ntype = "yes_no"\nagencies = ["police"]\nshow_if = { agency = ["health"] }',
     "Only health would be shown XX-01, and none of them is asked it."),
]  # fmt: skip


@pytest.mark.parametrize(("_", "lines", "expected"), PARTS, ids=[case[0] for case in PARTS])
def test_a_question_that_cannot_be_asked_is_refused(_: str, lines: str, expected: str) -> None:
    with pytest.raises(TemplateError) as caught:
        with_question(lines)
    assert any(expected in fault.message for fault in caught.value.faults), caught.value.faults


GOOD = [
    'text = "x?"\ntype = "matrix"\nscale = "rag"\nrows = ["Home", "School"]',
    'text = "x?"\ntype = "timed"',
    'text = "x?"\ntype = "choices"\noptions = ["Sexual", "Criminal"]',
    'text = "x?"\nparts = [{ id = "episodes", type = "integer" }, { id = "offered", type = "integer" }]\n'
    'limits = [{ part = "offered", less_than_part = "episodes" }]',
    'text = "x?"\ntype = "repeat"\ncolumns = [{ id = "kind", type = "yes_no" }, '
    '{ id = "when", type = "timed", show_if = { part = "kind", is = ["yes"] } }]',
    'text = "x?"\ntype = "yes_no"\nparts = [{ id = "why", type = "short_text", show_if = { is = ["no"] } }]',
    'text = "x?"\ntype = "yes_no"\nshow_if = { any = [{ agency = ["health"] }, { question = "S0-1", is = ["no"] }] }',
    'text = "x?"\ntype = "steps"\nshow_if = { question = "UI-02", part = "days", more_than = 3 }',
]


@pytest.mark.parametrize("lines", GOOD)
def test_a_question_that_can_be_asked_is_taken(lines: str) -> None:
    assert "XX-01" in with_question(lines).questions


def test_a_chain_of_conditions_may_not_go_on_for_ever() -> None:
    chain = "".join(
        f'[[sections.questions]]\nid = "XX-{n}"\ntext = "x?"\ntype = "yes_no"\n'
        f'show_if = {{ question = "XX-{n + 1}", is = ["no"] }}\n\n'
        for n in range(2000)
    )
    last = '[[sections.questions]]\nid = "XX-2000"\ntext = "x?"\ntype = "yes_no"\n\n'
    text = f'[[sections]]\nid = "XX"\ntitle = "x"\n\n{chain}{last}[[sections]]\nid = "J"'
    found = faults_of(('[[sections]]\nid = "J"', text))
    assert len(found) == 1
    assert "hangs on more than 50 questions in a row" in found[0]


def test_a_circle_is_told_once_and_whole() -> None:
    assert faults_of(('sources = ["wt"]', 'show_if = { question = "UI-02", answered = true }')) == [
        f"small.toml, line 64: {UI2}: Conditions go in a circle, UI-01 → UI-02 → UI-01, "
        "so none would ever be shown: break it."
    ]


def test_every_fault_of_sense_is_found_in_one_reading() -> None:
    assert len(faults_of(('sources = ["wt"]', 'sources = ["x"]'), ('["no", "unsure"]', '["maybe"]'))) == 2
