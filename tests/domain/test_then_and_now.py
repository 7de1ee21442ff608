"""Two audits side by side: children and not returns, agencies of both and not of one, and what is left apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import OVERALL, GradeGiven, Return, ReturnHead
from qa_toolkit.domain.small_samples import Way
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.then_and_now import Row, Side, ThenAndNow, then_and_now
from qa_toolkit.store import library

TEMPLATE, TEXT = library.load("dip-sample")
KINDS = {"police": "police", "social-care": "childrens-social-care", "health": "health"}


def ret(subject: str, agency: str, answers: Mapping[str, Any], grade: Grade | None = None) -> Return:
    head = ReturnHead(id=f"{subject}-{agency.upper()}", audit=subject[:10], subject=subject, agency=agency,
                      kind=KINDS[agency], rater=f"a@{agency}", template="", started=date(2026, 1, 5))  # fmt: skip
    given = {
        id: value if isinstance(value, Answer) else Answer(id=id, values={"answer": value})
        for id, value in answers.items()
    }
    grades = {OVERALL: GradeGiven(id=OVERALL, grade=grade)} if grade else {}
    return Return(head=head, answers=given, grades=grades)


def side(
    year: int, *children: Mapping[str, Mapping[str, Any]], template: Template = TEMPLATE,
    agreed: Mapping[int, Grade] | None = None,
) -> Side:  # fmt: skip
    """An audit of a year; each child is agency to answers."""
    id = f"CE-{year}-01"
    returns = {
        f"{id}-C{number:02}": {agency: ret(f"{id}-C{number:02}", agency, given) for agency, given in child.items()}
        for number, child in enumerate(children, start=1)
    }
    grades = {f"{id}-C{number:02}": {OVERALL: grade} for number, grade in (agreed or {}).items()}
    return Side(id, template, returns, grades)


def row(found: ThenAndNow, id: str) -> Row:
    return next(one for one in (*found.questions, *found.grades, *found.sections) if one.id == id)


def test_a_child_counts_once_with_the_middle_of_its_agencies() -> None:
    then = side(2026, {"police": {"PL-04": "yes"}, "social-care": {"PL-04": "no"}, "health": {"PL-04": "partly"}})
    now = side(2027, {"police": {"PL-04": "yes"}, "social-care": {"PL-04": "no"}, "health": {"PL-04": "yes"}})
    found = row(then_and_now(then, now, {}), "PL-04")
    assert (found.counts(found.then), found.counts(found.now)) == ("Partly 1", "Yes 1")


def test_an_agency_of_one_audit_only_is_left_out_and_named() -> None:
    then = side(2026, {"police": {"PL-04": "yes"}})
    now = side(2027, {"police": {"PL-04": "yes"}, "health": {"PL-04": "no"}})
    found = row(then_and_now(then, now, {}), "PL-04")
    assert found.counts(found.now) == "Yes 1"
    assert found.left_out == ("health",)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(id="PL-04", missing=Missing.NOT_KNOWN),
        Answer(id="PL-04", missing=Missing.NOT_APPLICABLE, reason="Moved away"),
        Answer(id="PL-04", values={"answer": "no"}, sensitive=True),
        Answer(id="PL-04", values={"answer": "no"}, unconfirmed=True),
        Answer(id="PL-04", comment="Only words"),
    ],
    ids=["not known", "not applicable", "sensitive", "unconfirmed", "no value"],
)
def test_what_is_no_open_value_is_never_a_low_one(answer: Answer) -> None:
    then = side(2026, {"police": {"PL-04": "yes"}}, {"police": {"PL-04": answer}})
    found = row(then_and_now(then, side(2027, {"police": {"PL-04": "yes"}}), {}), "PL-04")
    assert found.counts(found.then) == "Yes 1"


def test_changed_words_are_shown_and_changed_answers_are_set_apart() -> None:
    changed = TEXT.replace("Did the police do what the plan asked", "Did the police do all that the plan asked")
    changed = changed.replace('lower the risk?"\ntype = "grade"', 'lower the risk?"\ntype = "rag"')
    changed = changed.replace('id = "PL-01"', 'id = "PL-05"\ncomparable_to = "PL-01"')
    changed = changed.replace('id = "VC-01"', 'id = "VC-04"')
    later = read_template(changed, "later.toml")
    given = {"PL-01": "no", "PL-05": "yes", "PL-04": "yes", "PL-03": "green"}
    found = then_and_now(side(2026, {"police": given}), side(2027, {"police": given}, template=later), {})
    assert "“Did the police do what the plan asked of them?” is now" in row(found, "PL-04").wording
    compared = row(found, "PL-05")
    assert compared.wording == "it was PL-01"
    assert (compared.counts(compared.then), compared.counts(compared.now)) == ("No 1", "Yes 1")
    apart = dict(found.apart)
    assert apart["PL-03"] == "has other answers now"
    assert apart["VC-04"] == "is new"
    assert apart["VC-01"] == "is asked no more"
    assert "PL-01" not in apart


def test_grades_are_the_panels_and_the_auditors_apart() -> None:
    then = side(2026, {"police": {}}, {"police": {}}, agreed={1: Grade.GOOD, 2: Grade.NOT_GRADED})
    now = side(2027, {"police": {}}, agreed={1: Grade.OUTSTANDING})
    found = row(then_and_now(then, now, {}), "agreed")
    assert (found.counts(found.then), found.counts(found.now)) == ("Good 1", "Outstanding 1")
    assert not [one for one in then_and_now(then, now, {}).grades if one.id == "own"]


def test_all_children_have_to_be_the_same_before_each_stands_beside_itself() -> None:
    then = side(2026, *({"police": {"PL-04": "no"}} for _ in range(7)))
    now = side(2027, *({"police": {"PL-04": "yes"}} for _ in range(6)))
    same = {f"CE-2027-01-C0{n}": f"CE-2026-01-C0{n}" for n in range(1, 7)}
    found = then_and_now(then, now, same)
    assert found.paired
    one = row(found, "PL-04")
    assert (one.counts(one.then), one.tested.counts, one.way) == ("No 6", (6, 6), Way.BETTER)
    assert found.what_a_pair_is == "Each of 6 children is set beside itself (exact sign test)."
    del same["CE-2027-01-C06"]
    assert not then_and_now(then, now, same).paired


def test_how_many_would_differ_by_chance_is_said() -> None:
    then = side(2026, *({"police": {"PL-04": "no", "PL-01": "yes"}} for _ in range(6)))
    now = side(2027, *({"police": {"PL-04": "yes", "PL-01": "yes"}} for _ in range(6)))
    assert then_and_now(then, now, {}).by_chance == (
        "Of 1 question with enough children to tell, 1 differs by more than chance; "
        "fewer than one would by chance alone."
    )
    few = then_and_now(side(2026, {"police": {"PL-04": "no"}}), side(2027, {"police": {"PL-04": "yes"}}), {})
    assert few.by_chance == "With so few children, or answers so alike, no single question can be told from chance."
