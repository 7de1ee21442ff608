"""Changes that are laid over an answer."""

from __future__ import annotations

import pytest

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.tui.scoring.edits import Edit, cleared, given, left_out, typed

VALUES = {"answer": "no", "days": 3}
FULL = Answer(id="A-01", values=VALUES, comment="mine", evidence="log 4", cause=Cause.SYSTEM, seq=7)


def test_a_change_touches_only_what_was_touched():
    theirs = Answer(id="A-01", values={"answer": "no"}, comment="theirs", seq=9)
    after = typed("evidence", "log 7").over(theirs)
    assert (after.values, after.comment, after.evidence, after.seq) == ({"answer": "no"}, "theirs", "log 7", 9)


def test_giving_a_value_takes_the_reason_for_none_away():
    before = Answer(id="A-01", missing=Missing.NOT_APPLICABLE, reason="too young")
    after = given("answer", "yes").over(before)
    assert (after.values, after.missing, after.reason) == ({"answer": "yes"}, None, "")


def test_clearing_keeps_comment_and_evidence():
    after = cleared().over(FULL)
    assert (after.values, after.cause, after.comment, after.evidence) == ({}, None, "mine", "log 4")
    assert not after.answered


def test_a_reason_for_none_takes_the_values_away():
    after = left_out(Missing.NOT_APPLICABLE, "no such meeting").over(FULL)
    assert (after.values, after.missing, after.reason) == ({}, Missing.NOT_APPLICABLE, "no such meeting")


@pytest.mark.parametrize(
    ("first", "second", "values", "comment"),
    [
        (given("answer", "yes"), given("days", 2), {"answer": "yes", "days": 2}, "mine"),
        (given("answer", "yes"), cleared(), {}, "mine"),
        (typed("comment", "new"), cleared(), {}, "new"),
        (cleared(), given("answer", "yes"), {"answer": "yes"}, "mine"),
        (given("answer", "yes"), given("answer", None), {"days": 3}, "mine"),
        (Edit(), Edit(), {"answer": "no", "days": 3}, "mine"),
    ],
)
def test_two_changes_are_one_with_the_later_winning(first, second, values, comment):
    both, one_by_one = first.and_then(second).over(FULL), second.over(first.over(FULL))
    assert (both.values, both.comment) == (values, comment)
    assert both.values == one_by_one.values
    assert both.comment == one_by_one.comment


def test_a_part_marked_unknown_is_known_once_it_has_a_value():
    before = Answer(id="A-01", values={"answer": "no"}, unknown=("days",))
    assert given("days", 4).over(before).unknown == ()
    assert given("days", None).over(before).unknown == ("days",)
