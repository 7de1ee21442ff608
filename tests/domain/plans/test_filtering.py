"""The tracker's filter: what it keeps, how it is typed, and that what is written out reads the same again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.dates import zone
from qa_toolkit.domain.plans import escalation, rule_sets
from qa_toolkit.domain.plans.filtering import GROUPS, Among, Due, Is, Not, Query, Sort, Words, grouped, kept, ordered
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.querying import in_words, read, show, vocabulary
from qa_toolkit.domain.plans.records import Action, Asked, Priority
from qa_toolkit.domain.plans.standing import Brief, Standing, Yardstick, standing
from qa_toolkit.domain.plans.tracked import Field, Flag, values_of

TODAY = date(2026, 11, 23)
AT = Yardstick(TODAY, england_and_wales(), rule_sets.DEFAULT, escalation.DEFAULT, zone())
PLAN = Plan(id="AP-2026-001", title="Review of a young person", source=Source.REVIEW, opened=TODAY)
STRATEGY = Plan(id="AP-2026-002", title="Strategy", source=Source.STRATEGY, opened=TODAY)


class Row(NamedTuple):
    brief: Brief
    standing: Standing
    plan: Plan

    @property
    def action(self) -> Action:
        return self.brief.action


def row(number: int, state: State = State.IN_PROGRESS, due: int = 60, plan: Plan = PLAN, **given: Any) -> Row:
    moment = datetime(2026, 11, 16, 9, tzinfo=UTC)
    of_brief = {name: given.pop(name) for name in list(given) if name in Brief.model_fields}
    facts = {"text": "Audit ten files", "owner": "o.owner@police", "agency": "police"} | given
    day = TODAY + timedelta(days=due)
    action = Action(id=f"A-2026-{number:03}", plan=plan.id, owner_since=TODAY, first_due=day, due=day, **facts)
    brief = Brief(action=action, state=state, since=moment, began=moment, **{"progress": 90} | of_brief)
    return Row(brief, standing(brief, AT), plan)


ROWS = [
    row(1),
    row(2, due=-10, owner="h.head@health", agency="health", themes=("voice", "risk")),
    row(3, State.SUBMITTED, due=-3, plan=STRATEGY, tier="main-board"),
    row(4, State.CLOSED, due=-90, text="Write the pathway"),
    row(5, State.PROPOSED, owner="", agency="", outside="Southshire “Police”", priority=Priority.HIGH),
    row(6, State.AGREED, due=5, owner_role="Head of \"Early\" Help, North", owner="", supporting=("health",),
        asked=Asked(id="A-2026-006/Q01", action="A-2026-006", new=TODAY, reason="r", by="x", on=TODAY)),
    row(7, State.REJECTED, extensions=1),
]  # fmt: skip
NAMES = {
    Field.AGENCY: {"police": "Police", "health": "Health Trust", "education": "Schools and colleges"},
    Field.OWNER: {"o.owner@police": "Olive Owner"}, Field.TIER: {"qa-group": "QA Group", "main-board": "Main Board"},
}  # fmt: skip
KNOWN = vocabulary(ROWS, NAMES)
TEXTS = {one.action.id: f"{one.action.id} {one.action.text}".casefold() for one in ROWS}


def found(text: str) -> list[int]:
    return sorted(int(one.action.id[-3:]) for one in kept(read(text, KNOWN).query, ROWS, TEXTS, "o.owner@police"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2, 3, 5, 6]),
        ("all", [1, 2, 3, 4, 5, 6, 7]),
        ("ended", [4, 7]),
        ("-ended", [1, 2, 3, 5, 6]),
        ("open", [1, 2, 3, 6]),
        ("state:closed", [4]),
        ("state:closed,rejected", [4, 7]),
        ("agency:police", [1, 3, 6]),
        ("agency:pol", [1, 3, 6]),
        ("agency:\"health trust\"", [2]),
        ("agency:outside", [5]),
        ("-agency:police", [2, 5]),
        ("agency:police colour:red", [6]),
        ("colour:red overdue", [2]),
        ("color:RED", [2, 6]),
        ("\"overdue\"", []),
        ("owner:olive", [1, 3]),
        ("owner:\"head of early help, north\"", [6]),
        ("theme:voice", [2]),
        ("source:strategy", [3]),
        ("plan:strat", [3]),
        ("tier:main", [3]),
        ("with:health", [6]),
        ("priority:high", [5]),
        ("goes-to:agency_lead", [2]),
        ("goes-to:\"the agency lead\"", [2]),
        ("mine", [1, 3]),
        ("waiting", [3]),
        ("asked", [6]),
        ("is:asked", [6]),
        ("due:10", [2, 3, 6]),
        ("due:2026-11", [2, 3, 6]),
        ("due:20/11/2026", [2, 3]),
        ("files", [1, 2, 3, 5, 6]),
        ("TEN a-2026-001", [1]),
        ("\"ten files\" -a-2026-001", [2, 3, 5, 6]),
        ("pathway all", [4]),
    ],
)  # fmt: skip
def test_what_is_typed_keeps_what_was_meant(text: str, numbers: list[int]) -> None:
    assert read(text, KNOWN).faults == ()
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("agncy:police", "Nothing is filtered by “agncy:”. Did you mean agency:? Words go in quotes."),
        ("agency:polcie", "No agency is called “polcie”. Did you mean police?"),
        ("colour:purple", "No colour is called “purple”. colour: amber, blue, green, grey, red."),
        ("is:overdu", "Nothing is called “overdu” here. Did you mean overdue?"),
        ("due:soon", "“soon” is not a date"),
        ("due:2026-13-01", "has no month 13"),
        ("sort:wrost", "No order is called “wrost”. Did you mean worst?"),
        ("group:x", "No grouping is called “x”."),
        ("agency:\x1b[2J", "No agency is called “\\x1b[2J”."),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(text: str, sentence: str) -> None:
    reading = read(f"files {text}", KNOWN)
    assert len(reading.faults) == 1
    assert sentence in reading.faults[0]
    assert reading.query.terms == (Words("files"),)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("agency:", "agency: education, health, none, outside, police."), ("due:", "due: a number of working days"),
     ("sort:", "sort: agency, due"), ("group:", "group: agency, colour")],
)  # fmt: skip
def test_what_may_follow_is_said_while_it_is_typed(text: str, hint: str) -> None:
    reading = read(text, KNOWN)
    assert reading.hint.startswith(hint) if hint[-1] != "." else True
    assert (reading.faults, reading.query) == ((), Query())


def test_a_filter_of_any_length_is_read_and_says_what_was_left() -> None:
    assert "2,000" in read("x " * 5000, KNOWN).faults[0]


LETTERS = st.characters(codec="utf-8", exclude_characters='"')
TEXT = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
PLAIN = st.one_of(
    TEXT.map(Words), st.sampled_from(Flag).map(Is),
    st.sampled_from([(field, value) for field in Field for value in KNOWN[field]]).map(
        lambda one: Among(one[0], (one[1],))
    ),
    st.sampled_from([Due(within=0), Due(within=30), Due(last=TODAY),
                     Due(first=date(2026, 12, 1), last=date(2026, 12, 31))]),
)  # fmt: skip
QUERIES = st.builds(
    Query, st.lists(st.one_of(PLAIN, PLAIN.map(Not)), max_size=5, unique=True).map(tuple), st.sampled_from(Sort),
    st.one_of(st.none(), st.sampled_from(GROUPS)),
)  # fmt: skip


@given(QUERIES)
def test_what_is_written_out_reads_the_same_again(query: Query) -> None:
    reading = read(show(query), KNOWN)
    assert reading.faults == ()
    assert reading.query == query
    assert in_words(query, KNOWN).endswith(".")


@given(st.text(max_size=60))
def test_anything_can_be_typed(text: str) -> None:
    reading = read(text, KNOWN)
    assert read(show(reading.query), KNOWN).query == reading.query
    kept(reading.query, ROWS, TEXTS)


@given(PLAIN)
def test_a_condition_and_its_opposite_share_the_rows_out(term: Any) -> None:
    both = [len(kept(Query((Is(Flag.ALL), one)), ROWS, TEXTS)) for one in (term, Not(term))]
    assert sum(both) == len(ROWS)


@given(QUERIES, PLAIN)
def test_one_more_condition_never_adds_a_row(query: Query, term: Any) -> None:
    before = {one.action.id for one in kept(query._replace(terms=(Is(Flag.ALL), *query.terms)), ROWS, TEXTS)}
    after = {one.action.id for one in kept(query._replace(terms=(Is(Flag.ALL), *query.terms, term)), ROWS, TEXTS)}
    assert after <= before


@given(st.sampled_from(Sort), st.permutations(ROWS))
def test_an_order_loses_nothing_and_does_not_hang_on_the_order_before(sort: Sort, rows: list[Row]) -> None:
    assert ordered(sort, rows) == ordered(sort, ROWS)
    assert {one.action.id for one in rows} == {one.action.id for one in ordered(sort, rows)}


@pytest.mark.parametrize("field", GROUPS)
def test_groups_hold_every_row_under_each_of_its_values(field: Field) -> None:
    groups = dict(grouped(field, ROWS))
    for one in ROWS:
        for value in values_of(field, one) or ("",):
            assert one in groups[value]
    assert sum(map(len, groups.values())) == sum(max(1, len(values_of(field, one))) for one in ROWS)


def test_worst_comes_first() -> None:
    colours = [one.standing.colour.value for one in ordered(Sort.WORST, ROWS)]
    assert colours == sorted(colours, key=["red", "amber", "green", "grey", "blue"].index)


def test_the_chooser_writes_what_can_be_typed() -> None:
    query = read("files agency:police", KNOWN).query.asking(Field.AGENCY, ("health", "police")).turned(Flag.OVERDUE)
    assert show(query) == "files agency:health,police overdue"
    assert query.values(Field.AGENCY) == ("health", "police")
    assert show(query.asking(Field.AGENCY, ()).turned(Flag.OVERDUE)) == "files"
