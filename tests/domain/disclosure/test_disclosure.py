"""Small numbers: what is hidden stays hidden, judged by an attacker of another kind who tries every table there is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.disclosure.pooling import offer, pooled
from qa_toolkit.domain.disclosure.rules import DEFAULT, DFE, RuleSet
from qa_toolkit.domain.disclosure.suppress import Released, suppress
from qa_toolkit.domain.disclosure.tables import Axis, Key, Pack, Sum, Table, Unit, key, table
from qa_toolkit.domain.errors import InputError

AGE = Axis("age", ("10–13", "14–15", "16–17"))
SEX = Axis("sex", ("girls", "boys"))
KNOWN = Axis("known", ("yes", "no"))


def made(rows: list[list[int]], one: Axis = AGE, other: Axis = SEX, unit: Unit = Unit.CHILDREN) -> Table:
    counts = {
        (a, b): count
        for a, row in zip(one.values, rows, strict=True)
        for b, count in zip(other.values, row, strict=True)
    }
    return table("Made", "children", unit, (one, other), counts)


def possible(released: Released) -> dict[Key, set[int]]:
    """Every value that each hidden count can have, by trying all tables of inner counts against what is shown.

    Counts that only add up (totals) are worked out, never guessed. What is hidden and not small is tried from nought
    to 4 more than it is; a wider reader could only find more to be possible.
    """
    pack, rules = released.pack, released.rules
    made_of = [(cell, parts) for one in pack.tables for cell, parts in _made_of(one)]
    totals = {one.total for one in pack.sums()}
    inner = sorted(cell for cell in pack.counts if cell not in totals)
    found: dict[Key, set[int]] = {cell: set() for cell in released.hidden}

    def fits(cell: Key, value: int) -> bool:
        if cell in released.primary:
            return rules.low <= value <= rules.high
        return cell in released.hidden or value == pack.counts[cell]

    def fill(place: int, chosen: dict[Key, int]) -> None:
        values: dict[Key, int] = {}
        for cell, parts in made_of:
            if parts <= chosen.keys():
                value = sum(chosen[part] for part in parts)
                # A total that two tables show must come to the same in both.
                if not fits(cell, value) or values.setdefault(cell, value) != value:
                    return
        if place == len(inner):
            for cell in found:
                found[cell].add(values[cell])
            return
        true = pack.counts[inner[place]]
        highest = true + 4 if inner[place] in released.hidden - released.primary else max(true, rules.high)
        for value in range(highest + 1):
            if fits(inner[place], value):
                fill(place + 1, {**chosen, inner[place]: value})

    fill(0, {})
    return found


def _made_of(one: Table) -> list[tuple[Key, frozenset[Key]]]:
    inner = [cell for cell in one.counts if len(cell) == len(one.axes) + 1]
    return [(cell, frozenset(part for part in inner if set(cell) <= set(part))) for cell in one.counts]


grids = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=3, max_size=3)


@settings(max_examples=60, deadline=None)
@given(grids, st.sampled_from([DEFAULT, DFE]))
def test_no_hidden_count_can_be_narrowed(rows: list[list[int]], rules: RuleSet) -> None:
    released = suppress(Pack((made(rows),)), rules)
    if released.may_go:
        assert all(len(values) >= rules.values for values in possible(released).values())


@settings(max_examples=60, deadline=None)
@given(grids)
def test_nor_by_a_reader_who_has_the_total_from_elsewhere(rows: list[list[int]]) -> None:
    # The total used to be hidden to cover others, while the same pack said how many children there were.
    everybody = key("children", {})
    released = suppress(Pack((made(rows),), known=frozenset({everybody})), DEFAULT)
    assert everybody not in released.hidden
    if released.may_go:
        assert all(len(values) >= DEFAULT.values for values in possible(released).values())


@settings(max_examples=60, deadline=None)
@given(grids, st.sampled_from([DEFAULT, DFE]))
def test_what_is_shown_is_true_and_never_small(rows: list[list[int]], rules: RuleSet) -> None:
    released = suppress(Pack((made(rows),)), rules)
    for cell, count in released.pack.counts.items():
        assert released.shown(cell) in (None, count)
        assert released.shown(cell) is None or not rules.small(count)


@settings(max_examples=60, deadline=None)
@given(grids)
def test_hiding_again_hides_no_more(rows: list[list[int]]) -> None:
    first = suppress(Pack((made(rows),)), DEFAULT)
    assert suppress(first.pack, DEFAULT, also=first.hidden).hidden == first.hidden


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=8, max_size=8))
def test_nothing_can_be_narrowed_from_two_tables_with_shared_totals(counts: list[int]) -> None:
    ages = Axis("age", ("under 14", "14 and over"))
    cube = {(a, s, k): counts.pop() for a in ages.values for s in SEX.values for k in KNOWN.values}
    by_sex, by_known = {}, {}
    for (a, s, k), count in cube.items():
        by_sex[a, s] = by_sex.get((a, s), 0) + count
        by_known[a, k] = by_known.get((a, k), 0) + count
    released = suppress(
        Pack(
            (
                table("By sex", "children", Unit.CHILDREN, (ages, SEX), by_sex),
                table("By what is known", "children", Unit.CHILDREN, (ages, KNOWN), by_known),
            )
        ),
        DEFAULT,
    )
    if released.may_go:
        assert all(len(values) >= DEFAULT.values for values in possible(released).values())


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        pytest.param([[20, 30], [40, 50], [60, 70]], 0, id="nothing small, nothing hidden"),
        pytest.param([[0, 30], [40, 50], [60, 70]], 0, id="a nought counts nobody"),
        pytest.param([[3, 30], [40, 50], [60, 70]], 4, id="one small count takes three with it"),
        pytest.param([[3, 30], [40, 2], [60, 70]], 4, id="two small counts across share their cover"),
    ],
)
def test_how_much_is_hidden(rows: list[list[int]], hidden: int) -> None:
    released = suppress(Pack((made(rows),)), DEFAULT)
    assert released.may_go
    assert len(released.hidden) == hidden


@pytest.mark.parametrize(
    ("rules", "count", "text"),
    [(DEFAULT, 1, "*"), (DEFAULT, 4, "*"), (DEFAULT, 5, "5"), (DFE, 5, "c"), (DFE, 6, "6"), (DFE, 0, "0")],
)
def test_the_edge_of_each_rule_set(rules: RuleSet, count: int, text: str) -> None:
    released = suppress(Pack((made([[count, 30], [40, 50], [60, 70]]),)), rules)
    assert released.text(key("children", {"age": "10–13", "sex": "girls"})) == text


def test_four_and_four_of_eight_are_not_left_alone() -> None:
    # Each is at most 4, so a total of 8 gives both away although two are hidden.
    released = suppress(Pack((made([[4, 4], [40, 50], [60, 70]]),)), DEFAULT)
    assert key("children", {"age": "10–13"}) in released.hidden


@pytest.mark.parametrize("unit", [unit for unit in Unit if not unit.suppressed])
def test_what_counts_no_child_is_never_hidden(unit: Unit) -> None:
    released = suppress(Pack((made([[1, 2], [3, 4], [0, 1]], unit=unit),)), DEFAULT)
    assert not released.hidden
    assert released.kept == 1


def test_a_percentage_goes_with_its_counts() -> None:
    released = suppress(Pack((made([[3, 30], [40, 50], [60, 70]]),)), DEFAULT)
    everybody = key("children", {})
    assert released.share(key("children", {"age": "10–13", "sex": "girls"}), everybody) is None
    assert released.share(key("children", {"age": "16–17", "sex": "boys"}), everybody) == 70 / 253


def test_a_percentage_whose_rest_is_small_is_hidden() -> None:
    ages = table("Ages", "children", Unit.CHILDREN, [AGE], {("10–13",): 40, ("14–15",): 2, ("16–17",): 0})
    released = suppress(Pack((ages,)), DEFAULT)
    assert released.share(key("children", {"age": "10–13"}), key("children", {})) is None


def test_a_pack_that_cannot_be_made_sure_is_held_back() -> None:
    # Where the rule hides one number only, its mark says which.
    only = table("One", "children", Unit.CHILDREN, [Axis("age", ("all",))], {("all",): 3})
    strict = RuleSet("x", "x", "1", "a test", low=3, high=3, mark="*")
    released = suppress(Pack((only,)), strict)
    assert not released.may_go
    assert released.why_not.startswith("It cannot be made sure that ")
    assert released.shown(key("children", {})) is None


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(lambda: Pack((made([[1, 2]] * 3), made([[1, 3]] * 3))), id="two figures for one count"),
        pytest.param(lambda: Pack((made([[1, 2]] * 3), made([[1, 2]] * 3, unit=Unit.ACTIONS))), id="two units"),
        pytest.param(lambda: made([[-1, 2]] * 3), id="below nought"),
        pytest.param(
            lambda: Pack((made([[1, 2]] * 3),), (Sum(key("children", {}), (key("children", {"sex": "girls"}),)),)),
            id="a link that does not add up",
        ),
        pytest.param(
            lambda: table("T", "children", Unit.CHILDREN, [AGE], {("18",): 1}), id="a value that the axis has not"
        ),
    ],
)
def test_figures_that_cannot_be_right_are_refused(deed: object) -> None:
    with pytest.raises(InputError):
        deed()  # type: ignore[operator]


def test_periods_are_pooled_where_one_would_vanish() -> None:
    quarters = {f"Q{n}": made([[4, 4], [4, 4], [4, 4]]) for n in (1, 2, 3, 4)}
    found = offer(quarters, DEFAULT)
    assert found is not None
    assert found.periods == ("Q3", "Q4")
    assert found.released.may_go


def test_nothing_is_offered_where_the_last_period_can_be_read() -> None:
    assert offer({"Q1": made([[1, 1]] * 3), "Q2": made([[20, 30]] * 3)}, DEFAULT) is None


def test_tables_split_otherwise_are_not_pooled() -> None:
    with pytest.raises(InputError):
        pooled([made([[1, 2]] * 3), made([[1, 2]] * 3, other=KNOWN)])
