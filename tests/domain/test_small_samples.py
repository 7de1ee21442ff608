"""The exact tests, held against published tables and against every way of dealing the values out."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.small_samples import Verdict, Way, same_cases, two_samples

# Mann and Whitney (1947), table I: the chance of a U as small as this, one-sided, for two samples without ties.
MANN_WHITNEY = [
    (3, 3, 0, 0.050), (3, 3, 1, 0.100), (3, 3, 2, 0.200), (3, 3, 3, 0.350),
    (4, 4, 0, 0.014), (4, 4, 1, 0.029), (4, 4, 2, 0.057), (4, 4, 3, 0.100), (4, 4, 4, 0.171), (4, 4, 5, 0.243),
    (5, 5, 0, 0.004), (5, 5, 1, 0.008), (5, 5, 2, 0.016), (5, 5, 3, 0.028), (5, 5, 4, 0.048), (5, 5, 5, 0.075),
]  # fmt: skip


def with_u(n: int, m: int, u: int) -> tuple[list[int], list[int]]:
    """Two samples without ties in which exactly u pairs have a smaller value then than now."""
    for chosen in combinations(range(n + m), n):
        rest = [place for place in range(n + m) if place not in chosen]
        if sum(a < b for a in chosen for b in rest) == u:
            return list(chosen), rest
    raise AssertionError


@pytest.mark.parametrize(("n", "m", "u", "published"), MANN_WHITNEY)
def test_two_samples_agree_with_the_table_of_mann_and_whitney(n: int, m: int, u: int, published: float) -> None:
    then, now = with_u(n, m, u)
    assert two_samples(then, now).chance / 2 == pytest.approx(published, abs=0.0006)


def test_with_two_steps_it_is_fishers_exact_test() -> None:
    # R. A. Fisher, The Design of Experiments (1935), chapter 2: eight cups; all right 1 in 70, three of four 17 in 70.
    assert two_samples([1, 1, 1, 1], [3, 3, 3, 3]).chance == pytest.approx(2 / 70)
    assert two_samples([1, 1, 1, 3], [3, 3, 3, 1]).chance == pytest.approx(2 * 17 / 70)


# Siegel (1956), table D: one-sided chances of the sign test; the example of 14 pairs is his own.
SIEGEL = [(6, 0, 0.016), (8, 1, 0.035), (10, 1, 0.011), (14, 3, 0.029), (15, 2, 0.004)]


@pytest.mark.parametrize(("moved", "fewer", "published"), SIEGEL)
def test_the_same_cases_agree_with_the_table_of_siegel(moved: int, fewer: int, published: float) -> None:
    pairs = [(2, 1)] * fewer + [(1, 2)] * (moved - fewer) + [(2, 2)] * 3
    assert same_cases(pairs).chance / 2 == pytest.approx(published, abs=0.0006)
    assert same_cases(pairs).counts == (moved, moved + 3)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_it_counts_every_way_of_dealing_the_values_out(then: list[int], now: list[int]) -> None:
    both, held = [*then, *now], []
    rank = [Fraction(sum(o < v for o in both)) + Fraction(sum(o == v for o in both) + 1, 2) for v in both]
    seen = sum(rank[len(then) :])
    for chosen in combinations(range(len(both)), len(now)):
        held.append(sum(rank[place] for place in chosen))
    up, down = (sum(s >= seen for s in held), sum(s <= seen for s in held))
    found = two_samples(then, now)
    assert found.chance == pytest.approx(min(1, 2 * min(up, down) / len(held)))
    assert two_samples(now, then).chance == pytest.approx(found.chance)
    assert two_samples(now, then).lean == -found.lean


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.lists(st.integers(1, 4), min_size=1, max_size=8))
def test_nothing_is_told_where_nothing_could_be(then: list[int], now: list[int]) -> None:
    found = two_samples(then, now)
    assert found.least <= found.chance
    assert found.testable or found.way is Way.CANNOT_TELL


def test_many_cases_are_dealt_out_too() -> None:
    found = two_samples([1, 2, 3, 4] * 10, [2, 3, 4, 4] * 10)
    assert found.way is Way.BETTER
    assert found.chance < 0.05


LIKE_THIS = "chance alone would give a difference like this about 1 time in"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (two_samples([1] * 4, [3] * 4), f"Better: {LIKE_THIS} 35."),
        (two_samples([3] * 4, [1] * 4), f"Lower: {LIKE_THIS} 35."),
        (two_samples([1, 1], [3, 3]), "Cannot tell: 2 then and 2 now is too few, whichever way they fell."),
        (two_samples([1, 1, 3, 3] * 2, [1, 3, 3, 3] * 2),
         "Cannot tell: it leans up, but chance alone would do that more often than not."),
        (two_samples([1, 1, 1, 3] * 2, [1, 3, 3, 3] * 2),
         "Cannot tell: it leans up, but chance alone would do that about 1 time in 8."),
        (two_samples([1, 3] * 4, [3, 1] * 4),
         "Cannot tell: the two are level, and small changes would not show in so few."),
        (two_samples([3] * 4, [3] * 4),
         "Cannot tell: all are the same then and now, and a small change would not show in so few."),
        (two_samples([], [1]), "Cannot tell: one of the two audits has nothing to compare."),
        (same_cases([(1, 2)] * 3), "Cannot tell: 3 moved is too few, whichever way they fell."),
        (same_cases([(2, 2)] * 3), "Cannot tell: none moved."),
        (same_cases([(1, 3)] * 6), f"Better: {LIKE_THIS} 32."),
    ],
)  # fmt: skip
def test_it_says_so_in_one_sentence(found: Verdict, sentence: str) -> None:
    assert found.sentence == sentence
