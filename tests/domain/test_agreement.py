"""Agreement of raters: against published values, by its laws, and in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.agreement import (
    LANDIS_KOCH,
    Agreement,
    Item,
    Weights,
    agreement,
    coefficient,
    in_words,
    student,
    weight,
)

FIVE = ("1", "2", "3", "4", "5")
THREE = ("ectopic", "abnormal", "normal")
FOUR_RATERS = ("11-1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "-555", "--11", "--3-")
SIX_RATERS = (
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006", "10050", "11040",
    "03300", "10050", "02031",
)  # fmt: skip


def raw(rows: tuple[str, ...]) -> list[Item]:
    return [Item(FIVE, True, tuple(None if x == "-" else x for x in row)) for row in rows]


def table(counts: list[list[int]], scale: tuple[str, ...]) -> list[Item]:
    return [
        Item(scale, True, (scale[i], scale[j]))
        for i, row in enumerate(counts)
        for j, count in enumerate(row)
        for _ in range(count)
    ]


ABSTRACTORS = table([[13, 0, 0], [0, 20, 7], [0, 4, 56]], THREE)


@pytest.mark.parametrize(
    ("weights", "observed", "chance", "value", "error", "low"),
    [
        (Weights.NONE, 0.81818, 0.19032, 0.77544, 0.14295, 0.461),
        (Weights.LINEAR, 0.939, 0.571, 0.859, 0.117, 0.600),
        (Weights.ORDINAL, 0.968, 0.685, 0.899, 0.107, 0.664),
        (Weights.QUADRATIC, 0.975, 0.714, 0.914, 0.104, 0.685),
    ],
    ids=str,
)
def test_four_raters_with_missing_ratings_as_published(
    weights: Weights, observed: float, chance: float, value: float, error: float, low: float
) -> None:
    """Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014): 4 raters, 12 units, 5 categories, some unrated.

    Numbers: the data set `cac.raw4raters` and its results in the README of the R package irrCAC 1.0 (K. L. Gwet, for
    AC1 with five digits) and in the tests of the Python package irrCAC (A. Fergadis, to three, for the weights).
    """
    found = coefficient(raw(FOUR_RATERS), weights)
    digits = 5e-6 if weights is Weights.NONE else 5.1e-4
    assert found.observed == pytest.approx(observed, abs=digits)
    assert found.chance == pytest.approx(chance, abs=digits)
    assert found.value == pytest.approx(value, abs=digits)
    assert found.variance**0.5 == pytest.approx(error, abs=digits)
    # The weighted intervals were worked out there from numbers rounded to three digits.
    assert found.low == pytest.approx(low, abs=5.1e-4 if weights is Weights.NONE else 1.1e-3)
    assert found.high == 1.0


@pytest.mark.parametrize(
    ("weights", "value", "low", "high"),
    [
        (Weights.NONE, 0.8493305, 0.764, 0.935),
        (Weights.LINEAR, 0.900, 0.842, 0.958),
        (Weights.ORDINAL, 0.925, 0.881, 0.969),
        (Weights.QUADRATIC, 0.940, 0.905, 0.976),
    ],
    ids=str,
)
def test_two_raters_of_a_hundred_records_as_published(weights: Weights, value: float, low: float, high: float) -> None:
    """Gwet 2014: two abstractors, 100 records, 3 categories; `cont3x3abstractors` of the R package irrCAC 1.0.

    AC1 0.8493305 with standard error 0.04321747 from its README; the weighted ones from the Python package’s tests. For
    a table of counts Gwet divides the variance by n, for raw ratings, as here, by n − 1.
    """
    found = coefficient(ABSTRACTORS, weights)
    assert found.value == pytest.approx(value, abs=5e-8 if weights is Weights.NONE else 5.1e-4)
    error = (found.variance * 99 / 100) ** 0.5
    assert found.value - student(99) * error == pytest.approx(low, abs=5.1e-4)
    assert found.value + student(99) * error == pytest.approx(high, abs=5.1e-4)
    if weights is Weights.NONE:
        assert error == pytest.approx(0.04321747, abs=5e-8)
        assert found.observed == pytest.approx(0.89)


def test_six_raters_as_published() -> None:
    """15 patients, 6 psychiatrists, 5 diagnoses: `distrib.6raters` in the README of the R package irrCAC 1.0."""
    rows = [Item(FIVE, False, tuple(FIVE[k] for k in range(5) for _ in range(int(row[k])))) for row in SIX_RATERS]
    found = coefficient(rows, Weights.NONE)
    assert found.value == pytest.approx(0.4448007, abs=5e-8)
    assert found.variance**0.5 == pytest.approx(0.08418757, abs=5e-8)
    assert (found.observed, found.chance) == (pytest.approx(0.5511111, abs=5e-8), pytest.approx(0.1914815, abs=5e-8))
    assert (found.low, found.high) == (pytest.approx(0.264, abs=5.1e-4), pytest.approx(0.625, abs=5.1e-4))


@pytest.mark.parametrize(
    ("weights", "row"),
    [
        (Weights.NONE, (1, 0, 0)),
        (Weights.LINEAR, (1, 0.5, 0)),
        (Weights.ORDINAL, (1, 2 / 3, 0)),
        (Weights.QUADRATIC, (1, 0.75, 0)),
    ],
    ids=str,
)
def test_weights_of_three_steps_as_published(weights: Weights, row: tuple[float, ...]) -> None:
    """The first row of each matrix in “Computing weighted agreement coefficients”, a vignette of irrCAC 1.0."""
    assert [weight(weights, 3, 0, other) for other in range(3)] == pytest.approx(list(row))


@pytest.mark.parametrize(
    ("freedom", "point"),
    [(9, 2.262), (11, 2.201), (14, 2.145), (30, 2.042), (99, 1.984), (1000, 1.962)],
    ids=lambda x: str(x),
)
def test_students_t(freedom: int, point: float) -> None:
    """Abramowitz and Stegun 1972, table 26.10 (0.95, two-sided)."""
    assert student(freedom) == pytest.approx(point, abs=6e-4)


# --- laws

SCALES = (("yes", "no"), ("yes", "partly", "no"), ("o", "g", "r", "i"), FIVE)


@st.composite
def items(draw: st.DrawFn, raters: int = 2, missing: bool = True) -> list[Item]:
    made = []
    for _ in range(draw(st.integers(10, 40))):
        scale = draw(st.sampled_from(SCALES))
        one = st.sampled_from([*scale, None] if missing else list(scale))
        made.append(Item(scale, draw(st.booleans()), tuple(draw(one) for _ in range(raters))))
    return made


few = settings(max_examples=40)
every = pytest.mark.parametrize("weights", list(Weights), ids=str)


@every
@few
@given(found=items(missing=False))
def test_raters_who_say_the_same_agree_completely(weights: Weights, found: list[Item]) -> None:
    twins = [one._replace(ratings=(one.ratings[0],) * 3) for one in found]
    result = agreement(twins, weights)
    assert result.same == result.n == len(twins)
    assert result.ac1 is not None
    assert result.ac1.value == pytest.approx(1.0)
    assert result.ac2 is None or result.ac2.value == pytest.approx(1.0)


@every
@few
@given(found=items(raters=3))
def test_it_does_not_matter_who_is_first(weights: Weights, found: list[Item]) -> None:
    there, back = agreement(found, weights), agreement([x._replace(ratings=x.ratings[::-1]) for x in found], weights)
    assert there[:3] == back[:3]
    for one, other in ((there.ac1, back.ac1), (there.ac2, back.ac2)):
        assert (one is None) == (other is None)
        assert one is None or other is None or one == pytest.approx(other)


@few
@given(found=items(raters=3), turn=st.integers(1, 3))
def test_ac1_does_not_see_what_categories_are_called(found: list[Item], turn: int) -> None:
    def renamed(item: Item) -> Item:
        new = {old: item.scale[(n + turn) % len(item.scale)] for n, old in enumerate(item.scale)}
        return item._replace(ratings=tuple(None if x is None else new[x] for x in item.ratings))

    one, other = agreement(found).ac1, agreement([renamed(item) for item in found]).ac1
    assert (one is None) == (other is None)
    assert one is None or other is None or one == pytest.approx(other)


@every
@few
@given(found=items(raters=3))
def test_nothing_lies_outside_minus_one_and_one(weights: Weights, found: list[Item]) -> None:
    result = agreement(found, weights)
    for one in (result.ac1, result.ac2):
        if one is not None:
            assert -1 <= one.low <= one.value <= one.high <= 1
            assert one.variance >= 0


@few
@given(found=items())
def test_what_nobody_rated_changes_nothing(found: list[Item]) -> None:
    assert agreement([*found, Item(FIVE, True, (None, None))]) == agreement(found)


# --- words


def yes_no(same: int, apart: int, alone: int = 0) -> Agreement:
    scale = ("yes", "no")
    made = [Item(scale, False, ("yes" if n % 2 else "no",) * 2) for n in range(same)]
    made += [Item(scale, False, ("yes", "no")) for _ in range(apart)]
    return agreement([*made, *(Item(scale, False, ("yes", None)) for _ in range(alone))])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (yes_no(31, 7), "Of 38 questions both answered, 31 agree (82 in 100). Allowing for chance, agreement is 0.63"),
        (yes_no(9, 3), "Of 12 questions both answered, 9 agree. Allowing for chance, agreement is 0.50"),
        (yes_no(6, 3), "Of 9 questions both answered, 6 agree. That is too few to say"),
        (yes_no(1, 0), "Of 1 question both answered, 1 agrees. That is too few to say"),
        (yes_no(0, 0, 5), "No questions were answered by both, so there is nothing to say"),
    ],
    ids=["percent from twenty", "counts below twenty", "too few below ten", "one", "none"],
)
def test_agreement_in_words(found: Agreement, said: str) -> None:
    assert in_words(found).startswith(said)
    assert ("in 100" in in_words(found)) == (found.n >= 20)


def test_the_interval_the_band_and_the_weights_are_said() -> None:
    said = in_words(agreement(ABSTRACTORS))
    assert "0.85 on a scale where 1 is complete (Gwet’s AC1; likely between 0.76 and 0.94): “almost perfect”" in said
    assert "0.93 (AC2, ordinal weights; 0.88 to 0.97)" in said


@pytest.mark.parametrize(
    ("value", "word"),
    [(1.0, "almost perfect"), (0.81, "almost perfect"), (0.80, "substantial"), (0.61, "substantial"),
     (0.60, "moderate"), (0.41, "moderate"), (0.40, "fair"), (0.21, "fair"), (0.20, "slight"), (0.0, "slight"),
     (-0.01, "poor"), (-1.0, "poor")],
    ids=str,
)  # fmt: skip
def test_words_of_landis_and_koch(value: float, word: str) -> None:
    """Landis and Koch 1977, page 165: below 0 poor, 0–0.20 slight, and so on by fifths."""
    assert LANDIS_KOCH.word(value) == word
    assert "1977" in LANDIS_KOCH.source
