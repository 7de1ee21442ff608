"""Who may see what while a return is scored blind: one rule, by every combination."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.sealing import Standing, closed_to, scores, sealed, why

A, B, C = "a@police", "b@police", "c@police"


def group(*sent: bool, gone: tuple[int, ...] = ()) -> list[Standing]:
    raters = (A, B, C)
    return [Standing(f"R{n + 1}", raters[n], one, n in gone) for n, one in enumerate(sent)]


@pytest.mark.parametrize(
    ("standings", "closed"),
    [
        (group(False), False),
        (group(False, False), True),
        (group(True, False), True),
        (group(False, True), True),
        (group(True, True), False),
        (group(True, True, False), True),
        (group(True, True, False, gone=(2,)), False),
        (group(False, False, gone=(1,)), False),
    ],
    ids=["one rater", "none sent", "first sent", "second sent", "both sent", "third not", "third taken back",
         "second taken back"],
)  # fmt: skip
def test_answers_are_sealed_until_all_have_sent(standings: list[Standing], closed: bool) -> None:
    assert sealed(standings) is closed


@pytest.mark.parametrize(
    ("viewer", "checks", "closed"),
    [(A, False, False), (B, False, True), (B, True, True), (C, False, True), (C, True, False), ("", False, True)],
    ids=["its rater", "the other rater", "the other rater who leads", "a co-ordinator", "the lead who checks", "lists"],
)
def test_who_reads_a_sealed_return(viewer: str, checks: bool, closed: bool) -> None:
    assert closed_to(group(True, False), "R1", viewer, checks=checks) is closed


def test_what_was_taken_back_stays_its_raters() -> None:
    standings = group(True, False, gone=(1,))
    assert not closed_to(standings, "R1", C)
    assert closed_to(standings, "R2", A)
    assert not closed_to(standings, "R2", B)
    assert not scores(standings, B)


@given(sent=st.lists(st.booleans(), min_size=2, max_size=3), viewer=st.sampled_from([A, B, C, "x@y", ""]))
def test_nobody_reads_anothers_answers_while_one_is_missing(sent: list[bool], viewer: str) -> None:
    standings = group(*sent)
    for one in standings:
        assert closed_to(standings, one.return_id, viewer) is (one.rater != viewer and not all(sent))


def test_the_sentence_says_who_is_missing_and_nothing_more() -> None:
    assert "(R1 submitted, R2 in progress)" in why(group(True, False))
