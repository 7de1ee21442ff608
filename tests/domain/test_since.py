"""What changed between two moments: the lists say what the totals say, for any history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from builders_agenda import line
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.plans.agenda_items import HIDDEN
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed, State
from qa_toolkit.domain.plans.records import Step
from qa_toolkit.domain.plans.since import NOTHING, Moment, since

BEGIN = datetime(2026, 1, 1, 9, tzinfo=UTC)
ALL = [Deed.PROPOSE, *MOVES]


@st.composite
def histories(draw: st.DrawFn) -> list[list[Step]]:
    """Lives of a few actions, each step allowed by the lifecycle."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        steps, state = [], State.PROPOSED
        id = f"A-2026-{number:03}"
        at = BEGIN + timedelta(days=draw(st.integers(0, 20)))
        steps.append(Step(id=f"{id}/S01", action=id, deed=Deed.PROPOSE, to=state, at=at, by="co@unit"))
        for place in range(draw(st.integers(0, 8))):
            deed = draw(st.sampled_from([deed for deed, move in MOVES.items() if state in move.sources]))
            state, at = MOVES[deed].target, at + timedelta(days=draw(st.integers(1, 9)))
            steps.append(Step(id=f"{id}/S{place + 2:02}", action=id, deed=deed, to=state, at=at, by="co@unit"))
        found.append(steps)
    return found


def as_at(lives: list[list[Step]], moment: datetime) -> Moment:
    """Everything up to that moment."""
    steps = {life[0].action: [step for step in life if step.at <= moment] for life in lives}
    steps = {id: found for id, found in steps.items() if found}
    states = {id: found[-1].to for id, found in steps.items()}
    return Moment(moment, states, {id: line(state, id=id) for id, state in states.items()}, steps)


def only(moment: datetime, lives: list[list[Step]], start: datetime, end: datetime) -> Moment:
    """The same, with the steps of those alone that moved between the two."""
    whole = as_at(lives, moment)
    still = {id for id, found in as_at(lives, end).steps.items() if as_at(lives, start).steps.get(id) == found}
    return whole._replace(steps={id: found for id, found in whole.steps.items() if id not in still})


@given(histories(), st.integers(0, 60), st.integers(0, 60))
def test_lists_and_totals_agree_between_any_two_moments(lives: list[list[Step]], first: int, more: int) -> None:
    start, end = BEGIN + timedelta(days=first), BEGIN + timedelta(days=first + more)
    found = since(as_at(lives, start), as_at(lives, end))
    assert found.flow.balanced
    assert found.flow.undone == 0
    counts = (len(found.opened), len(found.closed), len(found.reopened), len(found.dropped))
    assert counts == (
        found.flow.agreed, found.flow.closed, found.flow.reopened, found.flow.superseded + found.flow.rejected,
    )  # fmt: skip
    assert since(only(start, lives, start, end), only(end, lives, start, end)) == found
    middle = since(as_at(lives, end), as_at(lives, end))
    assert middle.flow.start == found.flow.end
    assert not any(sentences for _, sentences in middle.lists)


def moment(*lines: tuple[Colour, date, State]) -> Moment:
    """Actions with a colour, a due day and a state."""
    found = {}
    for number, (colour, due, state) in enumerate(lines):
        one = line(state, colour, id=f"A-2026-{number:03}")
        action = one.brief.action.model_copy(update={"due": due})
        found[one.standing.id] = one._replace(brief=one.brief.model_copy(update={"action": action}))
    step = {
        id: [Step(id=f"{id}/S1", action=id, deed=Deed.AGREE, to=one.standing.state, at=BEGIN, by="x")]
        for id, one in found.items()
    }
    return Moment(BEGIN, {id: one.standing.state for id, one in found.items()}, found, step)


def test_colours_and_days_that_moved_are_told_apart() -> None:
    one, other = date(2026, 5, 1), date(2026, 6, 1)
    go, grey = State.IN_PROGRESS, State.PROPOSED
    before = moment(
        (Colour.GREEN, one, go), (Colour.RED, one, go), (Colour.AMBER, one, go), (Colour.GREY, one, grey),
        (Colour.GREEN, one, go),
    )  # fmt: skip
    after = moment(
        (Colour.RED, one, go), (Colour.AMBER, one, go), (Colour.AMBER, other, go), (Colour.GREEN, one, go),
        (Colour.BLUE, one, State.CLOSED),
    )  # fmt: skip
    found = since(before, after)
    assert [one.sentence for one in found.worse] == ["A-2026-000, Audit ten files: was Green, now Red: by a rule."]
    assert [one.sentence for one in found.better] == ["A-2026-001, Audit ten files: was Red, now Amber: by a rule."]
    assert [one.sentence for one in found.redated] == ["A-2026-002, Audit ten files: 1 May 2026 to 1 Jun 2026."]


def test_a_sensitive_action_is_named_by_its_number_only() -> None:
    one = line(State.AGREED, id="A-2026-001", sensitive=True)
    step = Step(id="A-2026-001/S01", action="A-2026-001", deed=Deed.AGREE, to=State.AGREED, at=BEGIN, by="x")
    found = since(NOTHING, Moment(BEGIN, {"A-2026-001": State.AGREED}, {"A-2026-001": one}, {"A-2026-001": [step]}))
    assert [one.text for one in found.opened] == [HIDDEN]
    assert found.period == "From the beginning to 1 Jan 2026 09:00."
