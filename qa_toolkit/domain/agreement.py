"""How far raters who scored the same things agree: in counts, and allowing for chance (Gwet’s AC1 and AC2).

AC1 counts an answer as the same or not; AC2 lets answers that lie near each other on an ordered scale count in part.
Two raters or more, and not everybody need have rated everything. Formulas and variance: K. L. Gwet, Computing
inter-rater reliability and its variance in the presence of high agreement, British Journal of Mathematical and
Statistical Psychology 61 (2008), 29–48, and Handbook of Inter-Rater Reliability, 4th edition (2014), chapters 3 to 5.

Questions of one audit stand on different scales, and an answer of one scale cannot be agreed with by chance on another.
So chance agreement is worked out within each scale and averaged over the items. That step is ours; with one scale the
numbers are Gwet’s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import combinations
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

FEWEST = 10
"""Below so many items rated by two, no coefficient is given: it is too few to say."""
FEWEST_FOR_PERCENT = 20
"""Below so many, counts only: a percentage of fewer pretends to more than is known."""


class Weights(StrEnum):
    """How much two different answers on an ordered scale count as agreement (Gwet 2014, chapter 3)."""

    NONE = "none"
    ORDINAL = "ordinal"
    """By the number of steps between them, without a claim that steps are equally wide: what fits words in order."""
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Item(NamedTuple):
    """One thing that was rated."""

    scale: tuple[str, ...]
    """Its categories, in order where there is one."""
    ordered: bool
    ratings: tuple[str | None, ...]
    """One for each rater; None where this rater gave none."""

    @property
    def given(self) -> list[str]:
        """The ratings that there are."""
        return [rating for rating in self.ratings if rating is not None]


class Coefficient(NamedTuple):
    """An agreement coefficient with what it rests on; everything lies between −1 and 1."""

    value: float
    observed: float
    """The part of pairs that agree."""
    chance: float
    """The part that would agree by chance."""
    variance: float
    low: float
    high: float
    """The 95 per cent interval, by Student’s t with one degree of freedom less than there are items."""


class Agreement(NamedTuple):
    """How far raters agree on a number of items."""

    n: int
    """Items that two raters or more rated."""
    same: int
    """Of these, those on which all who rated them say the same."""
    raters: int
    """The most raters that any item has."""
    ac1: Coefficient | None
    """None where there are too few items to say."""
    ac2: Coefficient | None
    """None where there are too few, or where no scale with more than two steps has an order."""
    weights: Weights


class Band(NamedTuple):
    """A word for a stretch of a coefficient."""

    above: float
    """It holds above this value."""
    word: str


class Bands(NamedTuple):
    """Words for coefficients, as one source has them."""

    id: str
    edition: str
    source: str
    bands: tuple[Band, ...]
    """From the highest down."""

    def word(self, value: float) -> str:
        """The word for this value."""
        return next((band.word for band in self.bands if round(value, 2) > band.above), self.bands[-1].word)


LANDIS_KOCH = Bands(
    id="landis-koch", edition="1977",
    source="J. R. Landis and G. G. Koch, The measurement of observer agreement for categorical data, "
    "Biometrics 33 (1977), 159–174",
    bands=(Band(0.80, "almost perfect"), Band(0.60, "substantial"), Band(0.40, "moderate"), Band(0.20, "fair"),
           Band(-0.01, "slight"), Band(-2.0, "poor")),
)  # fmt: skip
"""Their words avoid “good”, which is a grade here."""


def agreement(items: Iterable[Item], weights: Weights = Weights.ORDINAL) -> Agreement:
    """The agreement over these items; an item that nobody rated counts for nothing."""
    rated = [item for item in items if item.given]
    paired = [item for item in rated if len(item.given) > 1]
    same = sum(len(set(item.given)) == 1 for item in paired)
    most = max((len(item.given) for item in rated), default=0)
    enough = len(paired) >= FEWEST
    graded = weights is not Weights.NONE and any(_graded(item) for item in paired)
    return Agreement(
        len(paired), same, most, coefficient(rated, Weights.NONE) if enough else None,
        coefficient(rated, weights) if enough and graded else None, weights,
    )  # fmt: skip


def _graded(item: Item) -> bool:
    return item.ordered and len(item.scale) > 2


def weight(weights: Weights, steps: int, one: int, other: int) -> float:
    """How much categories number `one` and `other` of a scale of so many steps agree: 1 for the same, down to 0."""
    apart = abs(one - other)
    if apart == 0:
        return 1.0
    match weights:
        case Weights.LINEAR:
            return 1 - apart / (steps - 1)
        case Weights.QUADRATIC:
            return 1 - (apart / (steps - 1)) ** 2
        case Weights.ORDINAL:
            return 1 - apart * (apart + 1) / (steps * (steps - 1))
        case _:
            return 0.0


def coefficient(rated: Sequence[Item], weights: Weights) -> Coefficient:
    """AC1 (`Weights.NONE`) or AC2 over items with a rating each, of which two at least have two.

    Weights reach only scales that have an order. What one rater alone rated tells how common the categories are.
    """
    n, paired = len(rated), sum(len(item.given) > 1 for item in rated)
    scales: dict[tuple[tuple[str, ...], bool], list[Item]] = {}
    for item in rated:
        scales.setdefault((item.scale, item.ordered), []).append(item)
    tables = {key: _Scale(key[0], weights if key[1] else Weights.NONE, found) for key, found in scales.items()}
    table_of = [tables[item.scale, item.ordered] for item in rated]
    observed = sum(table.observed(item) for table, item in zip(table_of, rated, strict=True)) / paired
    chance = sum(table.chance for table in table_of) / n
    value = (observed - chance) / (1 - chance)
    shifted = []
    for table, item in zip(table_of, rated, strict=True):
        own = (n / paired) * (table.observed(item) - chance) / (1 - chance) if len(item.given) > 1 else 0.0
        moved = 2 * (table.chance_of(item) - table.chance) + (table.chance - chance)
        shifted.append(own - (1 - value) * moved / (1 - chance))
    variance = sum((one - value) ** 2 for one in shifted) / (n * (n - 1)) if n > 1 else 0.0
    reach = student(n - 1) * sqrt(variance) if n > 1 else 0.0
    return Coefficient(_held(value), observed, chance, variance, _held(value - reach), _held(value + reach))


class _Scale:
    """One scale with the ratings given on it."""

    def __init__(self, scale: tuple[str, ...], weights: Weights, items: Sequence[Item]) -> None:
        self.place = {category: number for number, category in enumerate(scale)}
        self.steps, self.weights = len(scale), weights
        shares = dict.fromkeys(scale, 0.0)
        for item in items:
            for category, count in Counter(item.given).items():
                shares[category] += count / len(item.given) / len(items)
        self.shares = shares
        total = sum(weight(weights, self.steps, a, b) for a in range(self.steps) for b in range(self.steps))
        self.factor = total / (self.steps * (self.steps - 1)) if self.steps > 1 else 0.0
        self.chance = self.factor * sum(share * (1 - share) for share in shares.values())

    def observed(self, item: Item) -> float:
        """The part of the item’s pairs that agree; 0 for an item without a pair."""
        pairs = list(combinations((self.place[rating] for rating in item.given), 2))
        return sum(weight(self.weights, self.steps, a, b) for a, b in pairs) / len(pairs) if pairs else 0.0

    def chance_of(self, item: Item) -> float:
        """What this item adds to chance agreement."""
        return self.factor * sum(1 - self.shares[rating] for rating in item.given) / len(item.given)


def _held(value: float) -> float:
    # With weights and many items of one rater alone, the formula itself can leave the range.
    return min(max(value, -1.0), 1.0)


def student(freedom: int, part: float = 0.95) -> float:
    """The two-sided point of Student’s t that holds this part, for 9 degrees of freedom or more to four figures.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 10th printing (1972), 26.7.5.
    """
    z, v = NormalDist().inv_cdf((1 + part) / 2), float(max(freedom, 1))
    return (
        z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )  # fmt: skip


def in_words(found: Agreement, unit: str = "questions", bands: Bands = LANDIS_KOCH) -> str:
    """The agreement in a sentence or two of plain words."""
    who = "both" if found.raters <= 2 else "two or more"
    unit = unit if found.n != 1 else unit.removesuffix("s")
    if not found.n:
        return f"No {unit} were answered by {who}, so there is nothing to say about agreement."
    agree = "agrees" if found.same == 1 else "agree"
    percent = f" ({round(100 * found.same / found.n)} in 100)" if found.n >= FEWEST_FOR_PERCENT else ""
    said = f"Of {found.n} {unit} {who} answered, {found.same} {agree}{percent}."
    if found.ac1 is None:
        return f"{said} That is too few to say how far they agree beyond chance."
    ac1 = found.ac1
    said += (
        f" Allowing for chance, agreement is {ac1.value:.2f} on a scale where 1 is complete (Gwet’s AC1; likely "
        f"between {ac1.low:.2f} and {ac1.high:.2f}): “{bands.word(ac1.value)}”."
    )
    if found.ac2 is not None:
        said += (
            f" Where answers a step apart count in part, it is {found.ac2.value:.2f} (AC2, {found.weights.value} "
            f"weights; {found.ac2.low:.2f} to {found.ac2.high:.2f})."
        )
    return said
