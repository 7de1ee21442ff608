"""Rules 2, 4 and 5: the indicative grade is a middle with limits, explains itself, and never counts a gap as low."""

from __future__ import annotations

from itertools import permutations
from statistics import median_low

import pytest
from builders_grading import a_return, question, section, template
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.grading import indicative, tripped, what_would_change
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade

FOUR = template(section("A", *(question(f"A-{n}") for n in range(1, 5))))
GRADES = template(section("A", *(question(f"A-{n}", "grade") for n in range(1, 5))))


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        (["yes", "yes", "yes", "yes"], Grade.GOOD),
        (["yes", "yes", "partly", "no"], Grade.REQUIRES_IMPROVEMENT),
        (["yes", "yes", "no", "no"], Grade.INADEQUATE),
        (["no", "no", "no", "yes"], Grade.INADEQUATE),
        (["partly", "partly", "yes", "yes"], Grade.REQUIRES_IMPROVEMENT),
        (["partly", "yes", "yes", "yes"], Grade.GOOD),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_the_middle_answer_is_the_grade_and_half_goes_down(answers: list[str], grade: Grade) -> None:
    for order in permutations(answers):
        found = indicative(FOUR, a_return(**{f"A_{n}": a for n, a in enumerate(order, 1)}), {})
        assert found.grade is grade


POINTS = {"outstanding": 4, "good": 3, "requires_improvement": 2, "inadequate": 1}


@given(st.lists(st.sampled_from(list(POINTS)), min_size=1, max_size=4))
def test_grades_count_as_they_are(chosen: list[str]) -> None:
    found = indicative(GRADES, a_return(**{f"A_{n}": c for n, c in enumerate(chosen, 1)}), {})
    assert found.grade.points == median_low(POINTS[c] for c in chosen)


@given(st.lists(st.sampled_from(list(POINTS)), min_size=4, max_size=4), st.integers(0, 3))
def test_a_better_answer_never_lowers_the_grade(chosen: list[str], place: int) -> None:
    def grade(values: list[str]) -> int:
        return indicative(GRADES, a_return(**{f"A_{n}": c for n, c in enumerate(values, 1)}), {}).grade.points

    better = list(chosen)
    better[place] = next(name for name, points in POINTS.items() if points == min(POINTS[chosen[place]] + 1, 4))
    assert grade(better) >= grade(chosen)


@pytest.mark.parametrize("missing", [Missing.NOT_APPLICABLE, Missing.NOT_SEEN])
def test_what_has_no_value_is_no_low_score_and_is_counted(missing: Missing) -> None:
    found = indicative(FOUR, a_return(A_1="yes", A_2=missing, A_3=missing, A_4=missing), {})
    assert found.grade is Grade.GOOD
    (one,) = found.sections
    assert (one.items, one.not_applicable + one.not_seen) == (1, 3)


def test_many_not_knowns_are_an_insufficient_record_and_not_a_low_grade() -> None:
    found = indicative(FOUR, a_return(A_1="yes", A_2="yes", A_3=Missing.NOT_KNOWN, A_4=Missing.NOT_KNOWN), {})
    assert found.grade is Grade.NOT_GRADED
    assert found.sections[0].insufficient
    assert found.because == "Not graded: the record is insufficient in one section."
    assert found.sections[0].because == "Insufficient record: 2 of 4 not known or not recorded."


def test_a_quarter_not_known_is_still_enough() -> None:
    found = indicative(FOUR, a_return(A_1="yes", A_2="yes", A_3="yes", A_4=Missing.NOT_KNOWN), {})
    assert found.grade is Grade.GOOD


LIMITED = template(
    section("A", question("A-1", more='limits = [{ is = ["no"], caps = "both", at = "requires_improvement" }]'),
            *(question(f"A-{n}") for n in range(2, 6))),
    section("B", *(question(f"B-{n}") for n in range(1, 4))),
    section("C", *(question(f"C-{n}") for n in range(1, 4))),
)  # fmt: skip
ALL_YES = {f"{s}_{n}": "yes" for s, most in (("A", 5), ("B", 3), ("C", 3)) for n in range(1, most + 1)}


def test_a_limiting_mark_caps_section_and_whole_and_says_so() -> None:
    found = indicative(LIMITED, a_return(**{**ALL_YES, "A_1": "no"}), {})
    assert found.grade is Grade.REQUIRES_IMPROVEMENT
    assert found.because == "Requires improvement: capped by A-1 = No."
    assert found.sections[0].because == "Requires improvement: capped by A-1 = No."
    assert found.sections[0].capped_by == ("A-1",)
    assert found.tripped == ("A-1",)
    assert indicative(LIMITED, a_return(**ALL_YES), {}).grade is Grade.GOOD


@pytest.mark.parametrize("missing", list(Missing))
def test_what_is_missing_trips_no_limit(missing: Missing) -> None:
    found = indicative(LIMITED, a_return(**{**ALL_YES, "A_1": missing}), {})
    assert found.tripped == ()
    assert found.grade is Grade.GOOD


def test_a_limiting_mark_never_raises_a_grade() -> None:
    worst = dict.fromkeys(ALL_YES, "no")
    assert indicative(LIMITED, a_return(**worst), {}).grade is Grade.INADEQUATE


def test_a_mark_may_compare_two_numbers_of_a_question() -> None:
    parts = """
[[sections.questions]]
id = "A-2"
text = "How many were offered?"
limits = [{ part = "offered", less_than_part = "episodes", caps = "overall", at = "requires_improvement" }]
[[sections.questions.parts]]
id = "episodes"
type = "integer"
[[sections.questions.parts]]
id = "offered"
type = "integer"
"""
    counted = template(section("A", question("A-1"), parts))
    asked = counted.questions["A-2"]
    short, enough = ({"episodes": 3, "offered": n} for n in (2, 3))
    found = indicative(counted, a_return(A_1="yes", A_2=short), {})
    assert found.because == "Requires improvement: capped by A-2 (offered 2 of 3)."
    assert tripped(asked, Answer(id="A-2", values=enough)) == []
    assert tripped(asked, Answer(id="A-2", values={"offered": 0})) == []


def test_two_marks_make_the_whole_inadequate_where_the_template_says_two() -> None:
    mark = 'limits = [{ is = ["no"], caps = "both", at = "requires_improvement" }]'
    rows = (question(f"A-{n}", more=mark if n < 4 else "") for n in range(1, 8))
    marked = template(section("A", *rows), more="[scoring]\ninadequate_at = 2\n")
    good = {f"A_{n}": "yes" for n in range(3, 8)}
    one = indicative(marked, a_return(A_1="no", A_2="yes", **good), {})
    assert one.grade is Grade.REQUIRES_IMPROVEMENT
    found = indicative(marked, a_return(A_1="no", A_2="no", **good), {})
    assert found.grade is Grade.INADEQUATE
    assert found.because == "Inadequate: capped by two limiting marks: A-1 = No, A-2 = No."


def test_outstanding_has_to_be_earned() -> None:
    needs = template(
        section("A", question("A-1", "grade"), question("A-2", "grade", 'purpose = "information"')),
        more='[scoring]\noutstanding_needs = [{ question = "A-2", is = ["outstanding"] }]\n',
    )
    held = indicative(needs, a_return(A_1="outstanding", A_2="good"), {})
    assert (held.grade, held.because) == (
        Grade.GOOD, "Good: held at Good, because Outstanding needs more in A-2.",
    )  # fmt: skip
    assert indicative(needs, a_return(A_1="outstanding", A_2="outstanding"), {}).grade is Grade.OUTSTANDING


@pytest.mark.parametrize(
    ("scoring", "answers", "grade", "words"),
    [
        ("lowest", ["yes", "yes", "no"], Grade.INADEQUATE, "the lowest of three answers"),
        ("mean", ["yes", "yes", "no"], Grade.REQUIRES_IMPROVEMENT, "the mean of three answers"),
        ("mean", ["yes", "partly"], Grade.REQUIRES_IMPROVEMENT, "the mean of two answers"),
        ("count_no", ["yes", "yes", "no"], Grade.REQUIRES_IMPROVEMENT, "one answer at the lowest step"),
        ("count_no", ["no", "no", "yes"], Grade.INADEQUATE, "two answers at the lowest step"),
    ],
)
def test_a_section_may_count_otherwise_and_says_how(scoring: str, answers: list[str], grade: Grade, words: str) -> None:
    other = template(section("A", *(question(f"A-{n}") for n in range(1, len(answers) + 1)), scoring=scoring))
    found = indicative(other, a_return(**{f"A_{n}": a for n, a in enumerate(answers, 1)}), {}).sections[0]
    assert found.grade is grade
    assert words in found.because.replace(" 2 ", " two ").replace(" 3 ", " three ")


def test_weights_count_only_where_they_are_turned_on() -> None:
    rows = (question("A-1", more="weight = 3"), question("A-2"), question("A-3"))
    values = {"A_1": "no", "A_2": "yes", "A_3": "yes"}
    assert indicative(template(section("A", *rows)), a_return(**values), {}).grade is Grade.GOOD
    weighted = template(section("A", *rows), more="[scoring]\nweights = true\n")
    assert indicative(weighted, a_return(**values), {}).grade is Grade.INADEQUATE


def test_nothing_answered_is_not_graded() -> None:
    found = indicative(FOUR, a_return(), {})
    assert (found.grade, found.because) == (Grade.NOT_GRADED, "Not graded: nothing has been answered that counts.")


def test_what_would_change_it_is_known_at_moderation() -> None:
    ret = a_return(**{**ALL_YES, "A_1": "no"})
    assert ("A-1", "Yes", Grade.GOOD) in what_would_change(LIMITED, ret, {})
