"""Two packs of two days: what both tell together, judged by trying every course that the children can have taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.disclosure.beside import make_safe
from qa_toolkit.domain.disclosure.earlier import Before, Kept, Who, keep, told
from qa_toolkit.domain.disclosure.rules import DEFAULT
from qa_toolkit.domain.disclosure.suppress import suppress
from qa_toolkit.domain.disclosure.tables import Axis, Pack, Unit, key, table

GIRLS, BOYS, OTHER = VALUES = ("girls", "boys", "not recorded")
JUNE = date(2026, 6, 26)


def pack(children: Sequence[str]) -> Pack:
    counts = {(value,): children.count(value) for value in VALUES}
    made = table("Gender", "children", Unit.CHILDREN, [Axis("gender", VALUES)], counts)
    return Pack((made,), known=frozenset({key("children", {})}))


def released(children: Sequence[str]) -> Kept:
    return keep(suppress(pack(children), DEFAULT), {"CE-2026-01": len(children)})


def june(kept: Kept) -> list[Before]:
    return [Before("June.docx", JUNE, kept)]


def children(girls: int, boys: int, other: int = 0) -> list[str]:
    return [GIRLS] * girls + [BOYS] * boys + [OTHER] * other


def shown(kept: Kept) -> dict[str, int | str]:
    return {value: count if isinstance(count, int) else count.value for value, count in kept.tables[0].counts.items()}


def test_one_more_child_is_told_by_two_packs_and_by_neither_alone() -> None:
    found = told(released(children(7, 20)), released(children(6, 20)), DEFAULT)
    assert [(one.value, one.who, one.least, one.most) for one in found] == [(GIRLS, Who.CAME, 1, 1)]


def test_what_june_hid_is_told_by_july() -> None:
    # Five are shown in July and one came, so there were four in June.
    found = told(released(children(5, 20, 9)), released(children(4, 20, 9)), DEFAULT)
    assert (GIRLS, Who.EARLIER, 4, 4) in [(one.value, one.who, one.least, one.most) for one in found]


def test_so_more_is_hidden_in_july() -> None:
    before = june(released(children(6, 20, 9)))
    made = make_safe(pack(children(7, 20, 9)), DEFAULT, {"CE-2026-01": 36}, before)
    assert made.released.may_go
    after = keep(made.released, {"CE-2026-01": 36})
    assert shown(after) == {GIRLS: "cover", BOYS: 20, OTHER: "cover"}
    assert {pack.name for pack in made.because.values()} == {"June.docx"}
    assert not told(after, before[0].kept, DEFAULT)


def test_a_pack_of_other_audits_hides_nothing() -> None:
    june = keep(suppress(pack(children(6, 20)), DEFAULT), {"MC-2026-01": 26})
    assert not told(released(children(7, 20)), june, DEFAULT)


def test_the_same_pack_made_again_hides_nothing_more() -> None:
    first = released(children(3, 20, 9))
    assert not told(first, first, DEFAULT)


def test_a_record_that_was_put_right_is_told() -> None:
    found = told(released(children(7, 19)), released(children(6, 20)), DEFAULT)
    assert {(one.value, one.who) for one in found} == {(GIRLS, Who.CAME), (BOYS, Who.LEFT)}


def test_what_is_kept_holds_no_hidden_number() -> None:
    kept = released(children(3, 20, 9))
    assert kept.tables[0].counts == {GIRLS: "small", BOYS: 20, OTHER: "cover"}


def test_a_table_that_nothing_makes_safe_is_left_out_alone() -> None:
    # All of one kind: whatever is hidden, the number of children gives it away.
    def two(size: int) -> Pack:
        kind = table("Kind", "children", Unit.CHILDREN, [Axis("kind", ("one",))], {("one",): size})
        return Pack((kind, pack(children(9, size - 9)).tables[0]), known=frozenset({key("children", {})}))

    before = keep(suppress(two(20), DEFAULT), {"A": 20})
    made = make_safe(two(30), DEFAULT, {"A": 20, "B": 10}, june(before))
    assert not made.left_out
    made = make_safe(two(21), DEFAULT, {"A": 21}, june(before))
    assert list(made.left_out) == ["Kind"]
    assert made.left_out["Kind"].startswith("“Kind” is left out: beside June.docx of 26 Jun 2026")
    assert [one.title for one in made.kept.tables] == ["Gender"]


def test_one_table_that_cannot_be_safe_does_not_take_another_with_it() -> None:
    # The search stops at the first count that nothing covers, and what comes after it is in doubt for nothing.
    one_each = table("One each", "children", Unit.CHILDREN, [Axis("a", ("x", "y", "z"))], {(v,): 1 for v in "xyz"})
    all_alike = table("All alike", "children", Unit.CHILDREN, [Axis("b", ("x", "y"))], {("x",): 3})
    known = frozenset({key("children", {})})
    assert list(make_safe(Pack((one_each, all_alike), known=known), DEFAULT, {"A": 3}).left_out) == ["One each"]


def test_nothing_is_shown_where_no_table_is_safe() -> None:
    made = make_safe(pack(children(1, 1, 1)), DEFAULT, {"A": 3})
    assert made.kept.tables == ()
    assert made.why_not.startswith("No table of the children can be shown. “Gender” is left out: whatever")


# --- an attacker of another kind


def ways(earlier: Kept, later: Kept, came: int, left: int) -> Iterator[dict[Who, tuple[int, ...]]]:
    """Every course of the children that would show exactly this."""
    first, second = earlier.tables[0].counts, later.tables[0].counts
    size = sum(earlier.sizes.values())
    for then in splits(size, len(VALUES)):
        if not fits(then, first):
            continue
        for gone in splits(left, len(VALUES)):
            if any(g > t for g, t in zip(gone, then, strict=True)):
                continue
            for new in splits(came, len(VALUES)):
                stayed = tuple(t - g for t, g in zip(then, gone, strict=True))
                now = tuple(s + n for s, n in zip(stayed, new, strict=True))
                if fits(now, second):
                    yield {Who.EARLIER: then, Who.LATER: now, Who.STAYED: stayed, Who.CAME: new, Who.LEFT: gone}


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    return (one for one in product(range(total + 1), repeat=parts) if sum(one) == total)


def fits(counts: Sequence[int], printed: dict[str, object]) -> bool:
    for count, said in zip(counts, (printed[value] for value in VALUES), strict=True):
        if (said == "small" and not DEFAULT.small(count)) or (isinstance(said, int) and count != said):
            return False
    return True


def ranges(found: Sequence[dict[Who, tuple[int, ...]]]) -> dict[tuple[Who, str], tuple[int, int]]:
    return {
        (who, value): (min(one[who][place] for one in found), max(one[who][place] for one in found))
        for who in Who
        for place, value in enumerate(VALUES)
    }


courses = st.tuples(
    st.lists(st.sampled_from(VALUES), min_size=6, max_size=10),
    st.integers(0, 2),
    st.lists(st.sampled_from(VALUES), max_size=2),
)


@settings(max_examples=120, deadline=None)
@given(courses)
def test_what_is_said_to_be_told_is_just_that(course: tuple[list[str], int, list[str]]) -> None:
    then, left, came = course
    earlier = keep(suppress(pack(then), DEFAULT), {"A": len(then) - left, "B": left})
    later = keep(suppress(pack([*then[left:], *came]), DEFAULT), {"A": len(then) - left, "C": len(came)})
    if earlier.tables and later.tables:
        exact = ranges(list(ways(earlier, later, len(came), left)))
        for one in told(later, earlier, DEFAULT):
            assert exact[one.who, one.value] == (one.least, one.most)


@settings(max_examples=120, deadline=None)
@given(courses)
def test_of_packs_that_go_no_few_children_are_told(course: tuple[list[str], int, list[str]]) -> None:
    then, left, came = course
    earlier = keep(suppress(pack(then), DEFAULT), {"A": len(then) - left, "B": left})
    sizes = {"A": len(then) - left, "C": len(came)}
    made = make_safe(pack([*then[left:], *came]), DEFAULT, sizes, june(earlier))
    if not earlier.tables or made.left_out:
        return
    exact = ranges(list(ways(earlier, keep(made.released, sizes), len(came), left)))
    for (who, value), (least, most) in exact.items():
        if who in (Who.CAME, Who.LEFT) and least == most and DEFAULT.small(least):
            size = len(came) if who is Who.CAME else left
            assert not size, (who, value, least)
        hidden = earlier.tables[0].counts[value] if who is Who.EARLIER else None
        if hidden == "small":
            assert most - least + 1 >= DEFAULT.values
