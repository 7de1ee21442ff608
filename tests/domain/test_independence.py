"""Who is proposed for a return, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.audits import Waiver
from qa_toolkit.domain.independence import Owed, Proposal, Ties, blocked, propose
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Relation

TODAY = date(2026, 11, 23)
A, B, LEAD = (
    Person(id="a@police", name="A"),
    Person(id="b@police", name="B"),
    Person(id="l@police", name="L", roles=(Role.AGENCY_LEAD,)),
)
GONE = Person(id="0@police", name="Gone", until=date(2026, 1, 1))
PEOPLE = (LEAD, B, A, GONE)


def tie(id: str, holds: tuple[str, ...] = (), supervises: tuple[str, ...] = ()) -> Ties:
    return Ties(id=id, subject="C", agency="police", holds=holds, supervises=supervises)


def run(count: int = 1, load: dict[str, int] | None = None, ties: tuple[Ties, ...] = (), role: Role = Role.AUDITOR,
        people: tuple[Person, ...] = PEOPLE) -> list[Proposal]:  # fmt: skip
    owed = [Owed(f"R{n}", "police") for n in range(1, count + 1)]
    return propose(owed, people, load or {}, {one.id: one for one in ties}, role=role, today=TODAY)


def test_returns_go_out_evenly_and_the_reason_is_said() -> None:
    assert [one.person for one in run(4)] == ["a@police", "b@police", "a@police", "b@police"]
    assert run(2)[1].reason == "0 open returns, the fewest of 2"


def test_open_returns_of_every_audit_count() -> None:
    assert [one.person for one in run(3, {"a@police": 2})] == ["b@police", "b@police", "a@police"]


@pytest.mark.parametrize("how", ["holds", "supervises"])
def test_who_holds_or_supervises_is_never_proposed(how: str) -> None:
    only = run(1, ties=(tie("R1", **{how: ("a@police",)}),))[0]
    assert only.person == "b@police"
    assert only.reason == "0 open returns, the only auditor free; 1 left out, who holds or supervises it"


def test_a_block_leaves_nobody_over() -> None:
    """R2 has only b to choose from, so b is kept for it although R1 comes first."""
    found = run(2, {"a@police": 1}, (tie("R2", ("a@police",)),))
    assert [one.person for one in found] == ["a@police", "b@police"]


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (run(1, ties=(tie("R1", ("a@police",), ("b@police",)),)),
         "Auditor of police: all 2 hold or supervise the case. Name somebody else, or record a waiver."),
        (run(1, people=(LEAD, GONE)),
         "police has nobody here with the role auditor. Add somebody: g on the first screen, or `qa people add`."),
    ],
    ids=["all-tied", "no-such-role"],
)  # fmt: skip
def test_where_there_is_nobody_it_says_why(found: list[Proposal], reason: str) -> None:
    assert [(one.person, one.reason) for one in found] == [("", reason)]


def test_a_second_rater_is_not_proposed_to_score_it_first() -> None:
    found = propose([Owed("R1", "police")], PEOPLE, {}, {}, role=Role.AUDITOR, today=TODAY, beside={"R1": {"a@police"}})
    assert [one.person for one in found] == ["b@police"]


def test_another_role_may_be_wanted() -> None:
    assert run(1, role=Role.AGENCY_LEAD)[0].person == "l@police"


@pytest.mark.parametrize(
    ("recorded", "declared", "waived", "found"),
    [
        ("", Relation.NONE, "", None),
        ("", Relation.SAME_TEAM, "", None),
        ("", Relation.HOLDS, "", Relation.HOLDS),
        ("holds", Relation.NONE, "", Relation.HOLDS),
        ("supervises", Relation.NONE, "", Relation.SUPERVISES),
        ("holds", Relation.HOLDS, "a@police", None),
        ("holds", Relation.NONE, "b@police", Relation.HOLDS),
    ],
)
def test_what_blocks(recorded: str, declared: Relation, waived: str, found: Relation | None) -> None:
    ties = tie("R1", **{recorded: ("a@police",)}) if recorded else None
    waiver = Waiver(id="R1", person=waived, reason="r", agreed_by="chair") if waived else None
    assert blocked(ties, declared, waiver, "a@police") is found


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5), st.integers(0, 20))
def test_loads_end_as_even_as_they_can_be(start: list[int], count: int) -> None:
    people = tuple(Person(id=f"p{n}@police", name="P") for n in range(len(start)))
    load = {f"p{n}@police": have for n, have in enumerate(start)}
    found = run(count, load, people=people)
    assert found == run(count, load, people=people[::-1])
    given = {who: sum(one.person == who for one in found) for who in load}
    assert sum(given.values()) == count
    ends = {who: load[who] + given[who] for who in load}
    assert all(ends[who] <= min(ends.values()) + 1 for who in load if given[who])
