"""A draw that anybody can repeat: same list, seed and method give the same cases, on any machine and in any order."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.sampling import Candidate, Method, draw, frame_digest, quotas, stratum_of

LIST = [
    Candidate(ref=f"K{n:03}", strata={"plan": ("CIN", "CP", "CLA")[n % 3], "sex": "FM"[n % 2]},
              excluded="moved away" if n in (5, 9) else "")
    for n in range(40)
]  # fmt: skip


def test_the_numbers_behind_the_draw_never_change() -> None:
    """Worked out by hand with `printf '%s\\n%s' SEED REF | sha256sum`: another version must draw the same."""
    found = draw(LIST, Method.SIMPLE, 5, seed="12 May TM", reserves=2)
    assert [one.ref for one in found.chosen] == ["K032", "K013", "K008", "K029", "K034"]
    assert [one.ref for one in found.reserves] == ["K004", "K014"]


@given(st.integers(0, 10_000), st.text(max_size=12), st.integers(1, 20))
def test_neither_the_order_of_rows_nor_of_columns_matters(shuffle: int, seed: str, size: int) -> None:
    mixed = [one.model_copy(update={"strata": dict(reversed(one.strata.items()))}) for one in LIST]
    Random(shuffle).shuffle(mixed)
    for method, by in ((Method.SIMPLE, ()), (Method.STRATIFIED, ("plan",))):
        first = draw(LIST, method, size, seed=seed, by=by, reserves=3)
        again = draw(mixed, method, size, seed=seed, by=by, reserves=3)
        assert [one.ref for one in first.chosen] == [one.ref for one in again.chosen]
        assert [one.ref for one in first.reserves] == [one.ref for one in again.reserves]
    assert frame_digest(mixed) == frame_digest(LIST)


@given(st.text(max_size=12), st.integers(1, 30))
def test_nobody_is_drawn_twice_and_nobody_who_is_excluded(seed: str, size: int) -> None:
    found = draw(LIST, Method.SIMPLE, size, seed=seed, reserves=8)
    refs = [one.ref for one in (*found.chosen, *found.reserves)]
    assert len(set(refs)) == len(refs) == size + 8
    assert not {"K005", "K009"} & set(refs)


@pytest.mark.parametrize(
    ("counts", "size", "shares"),
    [
        # The textbook case of the largest remainder: quotas 4.77, 3.83, 1.40.
        ({"A": 4770, "B": 3830, "C": 1400}, 10, {"A": 5, "B": 4, "C": 1}),
        ({"A": 1, "B": 1, "C": 1}, 2, {"A": 1, "B": 1, "C": 0}),
        ({"A": 10, "B": 30}, 8, {"A": 2, "B": 6}),
        ({"A": 3}, 9, {"A": 3}),
        ({}, 4, {}),
    ],
)
def test_shares_follow_the_largest_remainder(counts: dict[str, int], size: int, shares: dict[str, int]) -> None:
    assert quotas(counts, size) == shares


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 50), min_size=1), st.integers(1, 60))
def test_shares_add_up_and_never_ask_for_more_than_there_is(counts: dict[str, int], size: int) -> None:
    found = quotas(counts, size)
    total = sum(counts.values())
    assert sum(found.values()) == min(size, total)
    for name, count in counts.items():
        assert found[name] <= count
        assert abs(found[name] - min(size, total) * count / total) < 1


def test_a_stratified_draw_takes_each_stratum_its_share() -> None:
    found = draw(LIST, Method.STRATIFIED, 12, seed="x", by=("plan",))
    assert Counter(stratum_of(one, ("plan",)) for one in found.chosen) == Counter(found.quotas)


def test_by_purpose_keeps_the_reason_for_each() -> None:
    found = draw(LIST, Method.PURPOSIVE, 2, seed="x", named={"K007": "longest open", "K003": "newest referral"})
    assert [one.ref for one in found.chosen] == ["K007", "K003"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"size": 0}, "one case"),
        ({"size": 99}, "38 candidates"),
        ({"method": Method.STRATIFIED}, "needs the column"),
        ({"method": Method.STRATIFIED, "by": ("school",)}, "no column “school”"),
        ({"method": Method.PURPOSIVE, "named": {"K005": "open longest"}}, "excluded"),
        ({"method": Method.PURPOSIVE, "named": {"K001": "?"}}, "Say why K001"),
        ({"candidates": [LIST[0], LIST[0]]}, "twice"),
        ({"candidates": []}, "no candidates"),
    ],
)
def test_what_cannot_be_drawn_is_refused(more: dict[str, object], says: str) -> None:
    given = {"candidates": LIST, "method": Method.SIMPLE, "size": 1, "seed": "x", **more}
    with pytest.raises(InputError, match=says):
        draw(**given)  # type: ignore[arg-type]
