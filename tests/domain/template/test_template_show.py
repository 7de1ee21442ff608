"""The template in plain text: what an auditor of one agency meets, and nothing that could act on a screen."""

from __future__ import annotations

from template_text import small, with_question

from qa_toolkit.domain.template.show import WIDTH, lines_for
from qa_toolkit.domain.template.writing import to_toml


def text_for(lines: str, kind: str = "police") -> str:
    """The text with one more question, lines joined and runs of blanks made one."""
    return " ".join(" ".join(lines_for(with_question(lines), kind)).split())


def test_an_agency_meets_its_own_questions_in_its_own_words() -> None:
    lines = (
        'text = "Was it done?"\ntype = "yes_no"\nguidance = "Look."\nlook_for = ["the log"]\nagencies = ["police"]\n'
        '[sections.questions.wording.police]\ntext = "Did the police do it?"'
    )
    assert "XX-01 Did the police do it?" in text_for(lines)
    assert "Guidance: Look." in text_for(lines)
    assert "Look for: the log" in text_for(lines)
    assert "XX-01" not in text_for(lines, "health")


def test_the_first_lines_say_how_much_it_is() -> None:
    assert lines_for(small(), "police")[:2] == [
        "Small (small 1.0, draft)",
        "For Police: 4 questions, about 12 minutes.",
    ]


def test_options_rules_and_marks_are_shown() -> None:
    text = text_for(
        'text = "Was it done?"\ntype = "yes_no"\ndescriptors = { no = "Not at all." }\nevidence = "when_weak"\n'
        'limits = [{ is = ["no"] }]\nsensitive = true\nshow_if = { question = "UI-01", is = ["partly", "no"] }'
    )
    assert "XX-01 ! Was it done?" in text
    assert "1 Yes 2 No: Not at all." in text
    assert "Evidence: needed for a weak answer, 10 characters or more." in text
    assert "Sensitive: only this agency and the chair see the answer." in text
    assert "Asked only if UI-01 is Partly or No." in text
    assert "Or: not applicable; not known or not recorded; not seen by this agency." in text


def test_every_kind_of_condition_is_put_in_words() -> None:
    condition = (
        '{ agency = ["police", "health"], any = [{ header = "episodes", more_than = 2 }, '
        '{ question = "UI-02", part = "days", answered = true }, { header = "care", is_not = ["at_home"] }] }'
    )
    assert (
        "Asked only if the agency is Police or Health, and “Missing episodes” is more than 2 "
        "or UI-02 (days) is answered or “Care status” is not At home."
    ) in text_for(f'text = "x?"\ntype = "yes_no"\nshow_if = {condition}')


def test_no_line_is_wider_than_a_terminal() -> None:
    long = 'text = "' + "A long question with very many words in it " * 8 + '?"\ntype = "grade"'
    assert max(map(len, lines_for(with_question(long), "police"))) <= WIDTH


def test_what_an_author_wrote_cannot_act_on_the_screen() -> None:
    text = text_for('text = "x \\u001b]52;c;x\\u0007 \\u202e?"\ntype = "yes_no"')
    assert not any(char in text for char in "\x1b\x07\u202e")


def test_showing_changes_nothing() -> None:
    template = small()
    before = to_toml(template)
    lines_for(template, "police")
    assert to_toml(template) == before
