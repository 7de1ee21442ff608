"""Every fault in a template file is named: file, line, place, and what was probably meant."""

# ruff: noqa: E501 — the tables are easier to read with a case on each line

from __future__ import annotations

import contextlib
import random

import pytest
from template_text import SMALL, small, spoiled

from qa_toolkit.domain.errors import TemplateError
from qa_toolkit.domain.template.questions import PartType
from qa_toolkit.domain.template.reading import LARGEST, read_template


def faults(text: str | bytes) -> list[str]:
    """Every fault that reading finds, as it is shown."""
    with pytest.raises(TemplateError) as caught:
        read_template(text, "x.toml")
    return [str(fault) for fault in caught.value.faults] or [str(caught.value)]


def test_the_small_template_is_read() -> None:
    template = small()
    assert list(template.questions) == ["S0-1", "UI-01", "UI-02", "J-1"]
    assert template.questions["UI-01"].main.type is PartType.CHOICE
    assert template.questions["UI-01"].main.scale == "yes_partly_no"
    assert template.questions["UI-01"].evidence.rule == "required"
    assert [part.id for part in template.questions["UI-02"].parts] == ["answer", "days"]
    assert [option.value for option in template.fields["care"].options] == ["at_home", "in_care"]


def test_bytes_and_text_give_the_same_template() -> None:
    assert read_template(SMALL.encode(), "x.toml") == read_template(SMALL, "x.toml")


def test_windows_line_ends_are_read_and_counted() -> None:
    text = SMALL.replace("\n", "\r\n")
    assert read_template(text, "x.toml").title == "Small"
    assert faults(text.replace('"grade"', '"grde"'))[0].startswith("x.toml, line 77: section J, question J-1:")


TEXT_FAULTS = [
    ("latin-1", SMALL.encode().replace(b"Safety", b"S\xe9curit"), "x.toml, line 38: The file is not UTF-8."),
    ("BOM", b"\xef\xbb\xbf" + SMALL.encode(), "x.toml, line 1: The file begins with an invisible mark (BOM)."),
    ("BOM in text", "\ufeff" + SMALL, "x.toml, line 1: The file begins with an invisible mark (BOM)."),
    ("UTF-16", SMALL.encode("utf-16"), "x.toml, line 1: The file is not UTF-8."),
    ("NUL", SMALL.replace("Small", "Sm\x00all"), "x.toml, line 3: This is not TOML: Illegal character"),
    ("too large", b"#" * (LARGEST + 1), "x.toml has 2,000,001 bytes and a template may have 2,000,000"),
    (
        "key twice",
        spoiled('title = "Small"', 'title = "Small"\ntitle = "Small"'),
        "x.toml, line 4: This key stands twice",
    ),
    ("table twice", spoiled("[themes]", "[agencies]"), "x.toml, line 13: This table stands twice"),
    ("no quotes", spoiled('"1.0"', "one"), "x.toml, line 4: There is no value that TOML knows."),
    ("quote open", spoiled('"1.0"', '"1.0'), "x.toml, line 4: A text is not closed at the end of its line."),
    ("no value", spoiled('edition = "1.0"', "edition"), "x.toml, line 4: This line is not `key = value`."),
    ("list open", SMALL + "accepted = [", "x.toml, line 79: "),
    ("table name open", spoiled("[themes]", "[themes"), "x.toml, line 13: A table’s name is not closed."),
    ("deep", SMALL + "x = " + "[" * 50_000, "x.toml: Brackets are nested deeper than any template needs"),
    ("long number", SMALL + "x = 1" + "0" * 5000, "x.toml: A number in the file has thousands of digits"),
    ("dotted key", SMALL + ".".join(["a"] * 500_000) + " = 1", "x.toml, line 79: Thirty words are joined by dots"),
    (
        "no such day",
        spoiled('edition = "1.0"', 'edition = "1.0"\nissued = 2026-02-30'),
        "x.toml, line 5: There is no such day. A date is written 2026-01-31, without quotes.",
    ),
    ("empty", "", "x.toml: The table [template] is missing"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in TEXT_FAULTS], ids=[case[0] for case in TEXT_FAULTS]
)
def test_text_that_is_no_template_is_refused_with_its_line(text: str | bytes, expected: str) -> None:
    assert faults(text)[0].startswith(expected)


UI1 = "section UI, question UI-01"
UI2 = "section UI, question UI-02"
# What is replaced, by what, and the fault: the whole of it, or its beginning and its hint.
SHAPE_FAULTS = [
    ('evidence = "required"', 'evidense = "required"',
     f"x.toml, line 56: {UI1}: “evidense” is not a key of a question. Did you mean evidence?"),
    ('title = "Small"', 'titel = "Small"', "x.toml, line 3: “titel” is not a key of the table [template]. Did you mean title?"),
    ("[themes]", "[temes]", "x.toml, line 13: “temes” is not a part of a template. Did you mean themes?"),
    ("[template]", 'summary = "x"\n[template]', "x.toml, line 1: “summary” belongs in the table [template]."),
    ("[agencies]\n", "sections = 1\n[agencies]\n", "x.toml, line 9: “sections” is a table of its own, beside [template]."),
    ('type = "yes_partly_no"', 'type = "yes_prtly_no"',
     f"x.toml, line 55: {UI1}: “yes_prtly_no” is neither a type of answer nor a scale. Did you mean yes_partly_no?"),
    ('type = "yes_partly_no"', 'type = "stepps"',
     f"x.toml, line 55: {UI1}: “stepps” is neither a type of answer nor a scale. Did you mean steps?"),
    ('type = "yes_partly_no"\n', "", f"x.toml, line 52: {UI1}: A question needs the key type, which says how it is answered, or parts."),
    ('text = "Were the first signs noticed?"\n', "", f"x.toml, line 52: {UI1}: A question needs the key text."),
    ('status = "draft"', 'status = "isued"',
     "x.toml, line 5: status takes one of draft, issued, retired; “isued” is none of them. Did you mean issued?"),
    ('kind = "case_file"', 'kind = "casefile"', "x.toml, line 6: kind takes one of"),
    ('edition = "1.0"', "edition = 1.0", "x.toml, line 4: edition takes text between quotes, not the number 1.0."),
    ('edition = "1.0"', "edition = true", "x.toml, line 4: edition takes text between quotes, not true."),
    ('edition = "1.0"', 'edition = "1.0"\nissued = "soon"',
     "x.toml, line 5: issued takes a date, as 2026-01-31, not the text “soon”."),
    ('edition = "1.0"', 'edition = "1.0"\nissued = 2026-01-31T10:00:00', "x.toml, line 5: issued takes a date"),
    ('sources = ["wt"]', 'sources = "wt"',
     f"x.toml, line 58: {UI1}: sources takes a list between [ and ], not the text “wt”."),
    ('sources = ["wt"]', 'weight = "2"', f"x.toml, line 58: {UI1}: weight takes a whole number without quotes"),
    ('sources = ["wt"]', "weight = 2.5", f"x.toml, line 58: {UI1}: weight takes a whole number"),
    ('sources = ["wt"]', "weight = 11", f"x.toml, line 58: {UI1}: weight must be 10 or less, not 11."),
    ('sources = ["wt"]', "weight = 0", f"x.toml, line 58: {UI1}: weight must be 1 or more, not 0."),
    ('sources = ["wt"]', "minutes = nan", f"x.toml, line 58: {UI1}: minutes takes a number"),
    ('sources = ["wt"]', 'sensitive = "yes"', f"x.toml, line 58: {UI1}: sensitive takes true or false"),
    ('sources = ["wt"]', "show_if = 3", f"x.toml, line 58: {UI1}: show_if takes a table of keys and values"),
    ('sources = ["wt"]', 'show_if = { quetion = "S0-1" }',
     f"x.toml, line 58: {UI1}: “quetion” is not a key of a condition. Did you mean question?"),
    ('is = ["no"]', 'iss = ["no"]', f"x.toml, line 57: {UI1}: “iss” is not a key of a limit. Did you mean is?"),
    ('{ is = ["no"] }', '{ is = ["no"], at = "god" }', f"x.toml, line 57: {UI1}: at takes one of"),
    ('evidence = "required"', 'evidence = "requird"',
     f"x.toml, line 56: {UI1}: rule takes one of none, optional, required, when_weak; “requird” is none of them. "
     "Did you mean required?"),
    ('evidence = "required"', "evidence = { min_length = 9999 }",
     f"x.toml, line 56: {UI1}: min_length must be 2000 or less, not 9999."),
    ('id = "days"\n', "", f"x.toml, line 66: {UI2}: A further part needs an id, such as id = \"days\"."),
    ('id = "days"\n', 'id = "days"\nlable = "Days"\n',
     f"x.toml, line 68: {UI2}, part days: “lable” is not a key of a part. Did you mean label?"),
    ('title = "Steps"\n', 'titles = "Steps"\n', "x.toml, line 22: scale steps: “titles” is not a key of a scale."),
    ("score = 3 }]", "scor = 3 }]", "x.toml, line 23: scale steps: “scor” is not a key of an option. Did you mean score?"),
    ("[scales.steps]\n", '[scales.steps]\nid = "x"\n',
     "x.toml, line 22: This scale’s id is “steps”, its table’s name: take id out."),
    ("[scales.steps]", "[[scales]]", "x.toml, line 21: Scales are tables with their id in the name"),
    ("[[header]]\nid = \"episodes\"\n", "[[header]]\n", "x.toml, line 25: header field number 1: A header field needs the key id."),
    ('title = "Judgement"\n', 'title = "Judgement"\nscoring = "modal"\n', "x.toml, line 73: section J: scoring takes one of"),
    ('["At home", "In care"]', '["At home", 3]', "x.toml, line 34: header field care: options takes a table"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), SHAPE_FAULTS, ids=[case[1][:40] for case in SHAPE_FAULTS])
def test_a_wrong_key_or_type_is_named_with_its_place(old: str, new: str, expected: str) -> None:
    found = faults(spoiled(old, new))
    assert any(fault.startswith(expected) for fault in found), found


def test_all_faults_are_listed_together_in_the_order_of_the_file() -> None:
    text = spoiled('evidence = "required"', 'evidense = "required"')
    text = spoiled('type = "grade"', 'type = "grde"', text)
    text = spoiled('edition = "1.0"', "edition = 1", text)
    assert [fault.split(":")[0] for fault in faults(text)] == ["x.toml, line 4", "x.toml, line 56", "x.toml, line 77"]


def test_an_empty_file_lacks_two_things_and_not_eight() -> None:
    found = faults("# nothing yet")
    assert [fault.partition(":")[0] for fault in found] == ["x.toml"] * 2
    assert "There is no section: write [[sections]]" in found[1]


def test_a_question_that_is_asked_of_nobody_is_refused() -> None:
    """An empty list was once taken for none at all, and the question asked of everybody."""
    for old in ('sources = ["wt"]', 'title = "Judgement"'):
        found = faults(spoiled(old, f"{old}\nagencies = []"))
        assert any("An empty list asks nobody. Name agencies, or take the key out" in fault for fault in found), found


def test_a_fault_inside_is_not_echoed_by_what_is_around_it() -> None:
    assert len(faults(spoiled('type = "grade"', 'type = "grde"'))) == 1


def test_lines_are_right_behind_text_and_lists_over_several_lines() -> None:
    text = spoiled('title = "Identify"', 'title = "Identify"\nintro = """\n[[sections]]\nid = "ZZ"\n"""')
    text = spoiled('sources = ["wt"]', 'look_for = [\n  "a [bracket",\n  "b",\n]\nwheight = 2', text)
    assert faults(text)[0].startswith("x.toml, line 66: section UI, question UI-01: “wheight”")


def test_hostile_text_in_a_fault_is_shown_harmless() -> None:
    fault = faults(spoiled('type = "grade"', 'type = "\\u001b]52;c;x\\u0007\\u202e"'))[0]
    assert "\x1b" not in fault
    assert "\u202e" not in fault


def test_of_very_many_faults_the_first_are_listed_at_once() -> None:
    many = "".join(f"wrong{n} = {n}\n" for n in range(100_000))
    with pytest.raises(TemplateError, match="These are the first") as caught:
        read_template(SMALL + many, "x.toml")
    assert len(caught.value.faults) == 300
    hanging = "".join(
        f'[[sections.questions]]\nid = "Q-{n}"\ntext = "x?"\ntype = "yes_no"\nshow_if = {{ question = "Q-X{n}", is = ["no"] }}\n'
        for n in range(4000)
    )
    with pytest.raises(TemplateError, match="These are the first") as caught:
        read_template(SMALL + hanging, "x.toml")
    assert len(caught.value.faults) == 300


VALUES = [
    "1",
    '"x"',
    "true",
    "[]",
    "{}",
    "[[1]]",
    "{ a = 1 }",
    "2026-01-01",
    "nan",
    "[{}]",
    '["no"]',
    '""',
    "12:00:00",
    '{ question = "UI-01", is = ["no"] }',
    "{ all = [{}] }",
    '[{ id = "a", type = "repeat" }]',
    "1" + "0" * 30,
]
KEYS = ["type", "parts", "options", "columns", "rows", "show_if", "limits", "descriptors", "evidence", "standard", "scale",
        "wording", "missing", "id", "questions", "sections", "header", "scales", "agencies", "sources", "template"]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_a_file_spoiled_at_random_is_read_or_refused_and_never_breaks_the_reader(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        lines = SMALL.split("\n")
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(lines))
            if chance.random() < 0.2:
                del lines[at]
            elif chance.random() < 0.5:
                lines.insert(at, f"{chance.choice(KEYS)} = {chance.choice(VALUES)}")
            elif "=" in lines[at]:
                lines[at] = f"{lines[at].split('=')[0]}= {chance.choice(VALUES)}"
        with contextlib.suppress(TemplateError):
            read_template("\n".join(lines), "x.toml")
