"""Advice on wording and reach: what is pointed out, what is left alone, and how advice is accepted."""

from __future__ import annotations

import pytest
from template_text import small, with_question

from qa_toolkit.domain.template.lint import RULES, Advice, lint, standing
from qa_toolkit.domain.template.lint_wording import is_double, is_leading, long_sentences, repeated
from qa_toolkit.domain.template.model import Template

DOUBLE = [
    "Was it seen? Was it acted on?",
    "Did the plan reduce risk, and was it changed when it did not?",
    "Were the first signs noticed and acted on?",
    "Was crime against the child recorded and investigated properly?",
    "Was specialist support sought and given in time?",
    "Were decisions tracked and used?",
    "Was each episode reported, risk-graded and responded to?",
    "Does the record say what happened and why it did?",
    "Was the child and/or the carer told?",
    "Were both the plan and the review on time?",
]
SINGLE = [
    "Was the child seen alone, where that was safe?",
    "Were parents and carers supported as partners in protection?",
    "Are warning markers and flags correct on this agency’s system?",
    "Was information shared with the right partners in time, lawfully and both ways?",
    "Is there a safety plan with named people and dates?",
    "Were identity, culture, faith and disability considered?",
    "Did the police and social care meet within a day?",
    "Was the risk level revised when the facts changed?",
    "Were both parents told?",
]
LEADING = [
    "Do you agree that the plan worked?",
    "Wasn’t the child seen late?",
    "Did the agency fail to meet?".replace("fail to", "failing to"),
    "How well did the agencies work together?",
]


@pytest.mark.parametrize("text", DOUBLE)
def test_two_asks_in_one_are_heard(text: str) -> None:
    assert is_double(text)


@pytest.mark.parametrize("text", SINGLE)
def test_one_ask_with_an_and_in_it_is_left_alone(text: str) -> None:
    assert is_double(text) == ""


@pytest.mark.parametrize("text", LEADING)
def test_a_hint_at_the_answer_is_heard(text: str) -> None:
    assert is_leading(text)


@pytest.mark.parametrize("text", SINGLE + DOUBLE)
def test_an_open_question_is_no_hint(text: str) -> None:
    assert is_leading(text) == ""


def test_a_sentence_is_long_from_thirty_one_words() -> None:
    assert list(long_sentences("word " * 30)) == []
    assert list(long_sentences("word " * 30 + "and. Short.")) == [
        "has a sentence of 31 words (“word word word word word …”): make two of it."
    ]


def test_nearly_the_same_wording_is_found_and_the_earlier_one_named() -> None:
    asked = [
        ("A", "Was the child seen alone by a social worker?"),
        ("B", "Was the plan shared with every agency?"),
        ("C", "Was the child seen alone by the social worker?"),
    ]
    assert list(repeated(asked)) == [("C", "A")]


def test_among_very_many_questions_only_equal_wording_is_sought() -> None:
    asked = [(str(n), f"Was step number {n} taken?") for n in range(1000)] + [("X", "Was step number 7 taken?")]
    assert list(repeated(asked)) == [("X", "7")]


def rules(template: Template) -> list[tuple[str, str]]:
    """Rule and question of the advice on `XX-01` and on the whole."""
    return [(one.rule, one.where.rpartition(" ")[2]) for one in standing(lint(template)) if "UI-" not in one.where]


GUIDED = 'text = "Was it done?"\ntype = "yes_no"\nguidance = "x"\n'
OWN = ("unused_scale", "steps")


def test_a_plain_question_gets_no_advice() -> None:
    assert rules(with_question(GUIDED)) == [OWN]


ADVICE = [
    ("no_guidance", 'text = "Was it done?"\ntype = "yes_no"'),
    ("double_barrelled", 'text = "Was it seen and was it done?"\ntype = "yes_no"\nguidance = "x"'),
    ("double_barrelled", GUIDED + '[sections.questions.wording.police]\ntext = "Was it seen and was it done?"'),
    ("leading_question", 'text = "Surely it was done?"\ntype = "yes_no"\nguidance = "x"'),
    ("long_sentence", 'text = "Was it done?"\ntype = "yes_no"\nguidance = "' + "word " * 31 + '"'),
    ("no_not_applicable", GUIDED + 'missing = ["not_known"]'),
    ("repeated_wording", 'text = "Were first signs noticed?"\ntype = "yes_no"\nguidance = "x"'),
    ("evidence_never_asked", 'text = "How many?"\ntype = "integer"\nguidance = "x"\nevidence = "when_weak"'),
    ("unreachable_option", 'text = "Which?"\ntype = "choice"\nguidance = "x"\n'
     'options = [{ value = "a", label = "One" }, { value = "b", label = "one" }]'),
    ("unreachable_question", GUIDED + 'show_if = { all = [{ question = "UI-01", is = ["yes"] }, '
     '{ question = "UI-01", is = ["no"] }] }'),
    ("unreachable_question", GUIDED + 'show_if = { header = "episodes", less_than = 0 }'),
    ("unreachable_question", GUIDED + 'show_if = { agency = ["police"] }'),
    ("asked_later", GUIDED + 'show_if = { question = "YY-01", is = ["no"] }\n\n[[sections.questions]]\nid = "YY-01"\n'
     'text = "Is anything else on the record?"\ntype = "yes_no"\nguidance = "x"'),
    ("accepted_in_vain", GUIDED + 'accepted = { leading_question = "because" }'),
    ("accepted_in_vain", GUIDED + 'accepted = { leadin_question = "because" }'),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "lines"), ADVICE)
def test_each_rule_finds_what_it_is_for_and_nothing_else(rule: str, lines: str) -> None:
    assert rules(with_question(lines)) == [(rule, "XX-01"), OWN]


def test_two_asks_in_a_question_of_parts_or_of_words_are_left_alone() -> None:
    asks = 'text = "What was seen and what was done?"\nguidance = "x"\n'
    assert rules(with_question(asks + 'type = "long_text"')) == [OWN]
    assert rules(with_question(asks + 'type = "yes_no"\nparts = [{ id = "done", type = "yes_no" }]')) == [OWN]


def test_advice_that_is_accepted_carries_its_reason() -> None:
    lines = 'text = "Was it seen and was it done?"\ntype = "yes_no"\nguidance = "x"\n'
    template = with_question(lines + 'accepted = { double_barrelled = "One act in law." }')
    assert rules(template) == [OWN]
    found = [one for one in lint(template) if one.rule == "double_barrelled"]
    assert [one.accepted for one in found] == ["One act in law."]
    assert str(found[0]).endswith("make two parts of it, or ask one. [double_barrelled] Accepted: One act in law.")


def test_advice_can_be_accepted_for_the_whole_template() -> None:
    accepted = (
        'subject = "child"',
        'subject = "child"\naccepted = { unused_scale = "For next year.", no_guidance = "Short." }',
    )
    assert standing(lint(small(accepted))) == []


def test_an_acceptance_without_a_reason_does_not_count() -> None:
    found = rules(with_question('text = "Was it done?"\ntype = "yes_no"\naccepted = { no_guidance = " " }'))
    assert found == [("no_guidance", "XX-01"), ("accepted_in_vain", "XX-01"), OWN]


def test_every_rule_has_words_and_a_test() -> None:
    tested = {rule for rule, _ in ADVICE} | {"unused_scale", "unused_theme"}
    assert tested == set(RULES)


def test_an_unused_theme_is_pointed_out() -> None:
    template = small(('themes = ["plan"]\n', ""))
    assert Advice("unused_theme", "theme plan", "belongs to no section or question: take it out.") in lint(template)
