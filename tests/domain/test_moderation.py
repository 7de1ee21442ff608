"""The panel's rules: who makes a quorum, what differs, what contradicts, and how a shift is told without blame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders_grading import a_return, question, section, template

from qa_toolkit.domain.comparing import HIDDEN, compare
from qa_toolkit.domain.moderation import Interest, Panel, Shift, Sitter, quorum, shift, shifts_by_agency
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade

AGENCIES = {
    id: Agency(id=id, name=id, kind=kind)
    for id, kind in (("csc", "childrens-social-care"), ("police", "police"), ("gp", "health"), ("school", "education"))
}
PANEL = Panel(
    id="X-2026-01-P1", day=date(2026, 11, 24), chair="t@unit", subjects=("X-2026-01-C01",),
    present=(Sitter(who="t@unit"), Sitter(who="a@csc", agency="csc"), Sitter(who="b@police", agency="police"),
             Sitter(who="named nurse", agency="gp")),
)  # fmt: skip
CHILD = "X-2026-01-C01"


def interest(who: str, *, abstains: bool = True, subject: str = CHILD) -> Interest:
    id, why = f"{subject}:{who}", "managed it"
    return Interest(id=id, panel=PANEL.id, subject=subject, who=who, why=why, abstains=abstains)


@pytest.mark.parametrize(
    ("interests", "met", "says"),
    [
        ([], True, "Quorate: 4 present and voting."),
        ([interest("b@police")], False, "Not quorate for this child: nobody from police."),
        ([interest("b@police", abstains=False)], True, "Quorate"),
        ([interest("b@police", subject="X-2026-01-C02")], True, "Quorate"),
        ([interest("t@unit")], False, "without the chair"),
        ([interest("a@csc"), interest("named nurse")], False, "nobody from children’s social care or health"),
    ],
)
def test_who_stands_aside_does_not_count_for_that_child(interests: list[Interest], met: bool, says: str) -> None:
    found = quorum(PANEL, CHILD, interests, AGENCIES)
    assert found.met is met
    assert says in found.sentence


def test_the_quorum_is_the_partnerships_to_set() -> None:
    small = PANEL.model_copy(update={"quorum": ("education",)})
    assert not quorum(small, CHILD, [], AGENCIES).met
    assert quorum(PANEL.model_copy(update={"quorum": ()}), CHILD, [], AGENCIES).met


SEVERAL = template(
    section("A", question("A-1"), question("A-2"), question("A-3", "grade"), question("A-4", "integer"),
            question("A-5", more="sensitive = true")),
)  # fmt: skip


def of(agency: str, **values: object) -> Return:
    ret = a_return(**values)
    return replace(ret, head=ret.head.model_copy(update={"agency": agency}))


def test_the_biggest_gap_comes_first_as_a_part_of_what_the_scale_allows() -> None:
    found = compare(
        SEVERAL,
        {
            "police": of("police", A_1="partly", A_2="no", A_3="good"),
            "csc": of("csc", A_1="partly", A_2="yes", A_3="requires_improvement"),
        },
        {},
    )
    assert [(row.question.id, round(row.gap, 2)) for row in found.questions] == [
        ("A-2", 1.0), ("A-3", 0.33), ("A-1", 0.0),
    ]  # fmt: skip


def test_opposite_ends_and_other_facts_contradict_and_the_middle_does_not() -> None:
    found = compare(
        SEVERAL,
        {
            "police": of("police", A_1="yes", A_2="partly", A_4=5),
            "csc": of("csc", A_1="no", A_2="no", A_4=3),
        },
        {},
    )
    said = {row.question.id: row.contradiction for row in found.contradictions}
    assert said == {"A-1": "police: Yes; csc: No", "A-4": "police: 5; csc: 3"}


def test_no_answer_makes_no_gap_and_one_answer_is_no_comparison() -> None:
    found = compare(
        SEVERAL,
        {"police": of("police", A_1="yes", A_2="no"), "csc": of("csc", A_1=Missing.NOT_KNOWN)},
        {},
    )
    (row,) = found.questions
    assert (row.question.id, row.gap, row.contradiction) == ("A-1", 0.0, "")


def test_what_is_sensitive_is_not_read_out() -> None:
    found = compare(SEVERAL, {"police": of("police", A_5="yes"), "csc": of("csc", A_5="no")}, {})
    (row,) = found.questions
    assert set(row.words.values()) == {HIDDEN}
    assert row.contradiction == ""


@pytest.mark.parametrize(
    ("own", "agreed", "steps", "says"),
    [
        (Grade.GOOD, Grade.GOOD, 0, "agree on Good"),
        (Grade.OUTSTANDING, Grade.REQUIRES_IMPROVEMENT, -2, "two steps lower"),
        (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, 1, "one step higher"),
    ],
)
def test_a_shift_is_counted_in_steps_and_told_plainly(own: Grade, agreed: Grade, steps: int, says: str) -> None:
    found = shift(CHILD, "police", own, agreed)
    assert found is not None
    assert found.steps == steps
    assert says in found.sentence


@pytest.mark.parametrize(("own", "agreed"), [(None, Grade.GOOD), (Grade.GOOD, None), (Grade.NOT_GRADED, Grade.GOOD)])
def test_a_grade_that_was_not_given_is_no_shift(own: Grade | None, agreed: Grade | None) -> None:
    assert shift(CHILD, "police", own, agreed) is None


def test_shifts_of_an_agency_say_how_many_and_when_that_is_too_few() -> None:
    lower = [Shift(f"C{n}", "police", Grade.OUTSTANDING, Grade.GOOD) for n in range(4)]
    same = [Shift(f"D{n}", "police", Grade.GOOD, Grade.GOOD) for n in range(2)]
    one = [Shift("E1", "csc", Grade.GOOD, Grade.GOOD)]
    csc, police = shifts_by_agency([*lower, *same, *one])
    assert csc.sentence == "One return moderated: too few to say anything."
    assert (police.n, police.lower, police.same, police.higher) == (6, 4, 2, 0)
    assert police.sentence == (
        "Of 6 returns, the panel agreed as given in 2, higher in 0, lower in 4: "
        "where they differ, the panel lies mostly lower."
    )
