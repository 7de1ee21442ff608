"""Every figure is counted once, names what it counts, and all that are counted from one moment come to the same."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from builders_packs import NOW, a_history, figures_of
from builders_plans import days, moment

from qa_toolkit.domain.dates import end_of_day
from qa_toolkit.domain.errors import InputError
from qa_toolkit.reports.figures.collecting import digest, numbers
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.reports.views.numbers import Breakdown, Number
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.totals import flow_between


def value(found: Whole, key: str) -> int:
    return numbers(found)[key].value


def column(of: Breakdown, label: str) -> int:
    return sum(number.value for line in of.lines for number in line.numbers if number.label == label)


def balanced(found: Whole) -> bool:
    start, agreed, reopened, closed, superseded, rejected, undone, end = (number.value for number in found.flow)
    return start + agreed + reopened - closed - superseded - rejected + undone == end


SEEDS = (7, 9, 11, 12)
MOMENTS = [moment(on) for on in (-270, -200, -120, -50)] + [NOW]


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Workspace, list[Whole]]]:
    """Histories, each with the figures of its periods."""
    found = {}
    for seed in SEEDS:
        workspace = a_history(tmp_path_factory.mktemp("history") / "w", seed)
        found[seed] = (workspace, [figures_of(workspace, *pair) for pair in pairwise(MOMENTS)])
    return found


def test_the_histories_hold_everything_that_is_counted(histories: dict[int, tuple[Workspace, list[Whole]]]) -> None:
    # A history in which nothing is closed twice, or taken back, lets a count of it be wrong without a sound.
    periods = [period for _, periods in histories.values() for period in periods]
    for place in range(len(periods[0].flow)):
        assert any(period.flow[place].value for period in periods), periods[0].flow[place].label
    closed = (period.behind["actions.flow.closed"] for period in periods)
    assert any(len(ids) > len(set(ids)) for ids in closed)
    for place in range(3):
        assert len({period.closure[place].value for period in periods}) > 1
    assert any(period.impact[0].value for period in periods)


@pytest.mark.parametrize("seed", SEEDS)
def test_on_any_history_the_totals_reconcile_between_groups_and_dates(
    histories: dict[int, tuple[Workspace, list[Whole]]], seed: int
) -> None:
    workspace, periods = histories[seed]
    for found in periods:
        assert balanced(found)
        end, closed = value(found, "actions.flow.end"), value(found, "actions.flow.closed")
        assert sum(number.value for number in found.colours) == end
        for group in (found.by_agency, found.by_source):
            assert column(group, "Open") == end
            assert column(group, "Closed since") == closed
            for number in (*found.closure, *found.open_now[:1], found.colours[0]):
                assert column(group, number.label) == number.value
        assert sum(action.open for action in found.actions) == end
        assert len({action.id for action in found.actions if action.closed_since}) == len(
            set(found.behind["actions.flow.closed"])
        )
        assert all(number.value <= (number.of or number.value) for number in numbers(found).values())
        assert sum(number.value for number in found.impact) == found.impact[0].of
        submitted, verified, confirmed = (number.value for number in found.closure)
        assert submitted >= verified >= confirmed
    for earlier, later in pairwise(periods):
        assert value(earlier, "actions.flow.end") == value(later, "actions.flow.start")
    through = figures_of(workspace, MOMENTS[0])
    assert balanced(through)
    assert value(through, "actions.moved_dates") == sum(value(one, "actions.moved_dates") for one in periods)
    assert value(through, "actions.flow.end") == value(periods[-1], "actions.flow.end")


def test_every_figure_counts_the_records_that_it_names(tmp_path: Path) -> None:
    found = figures_of(a_history(tmp_path / "w", 11), moment(-150))
    each = numbers(found)
    assert set(each) == set(found.behind)
    for key, number in each.items():
        if key != "actions.flow.undone":
            assert number.value == len(found.behind[key]), key
        assert number.definition.endswith("."), key
        assert number.unit
    assert set(found.behind["actions.flow.end"]) == {action.id for action in found.actions if action.open}


def test_the_same_moment_gives_the_same_figures_whenever_it_is_asked(tmp_path: Path) -> None:
    workspace = a_history(tmp_path / "w", 3)
    then: datetime = moment(-60)
    first = figures_of(workspace, moment(-150), then)
    again = figures_of(Workspace(workspace.root), moment(-150), then)
    assert first == again
    assert digest(first) == digest(again) != digest(figures_of(workspace, moment(-150)))
    assert first.head == again.head != figures_of(workspace, moment(-150)).head


def test_a_share_is_a_percentage_only_of_twenty_or_more() -> None:
    few = Number(key="a", label="A", value=3, unit="returns", of=19)
    many = Number(key="a", label="A", value=5, unit="returns", of=20)
    assert few.words == "3 of 19 returns"
    assert many.words == "5 of 20 returns (25%)"
    assert Number(key="a", label="A", value=5, unit="returns").words == "5 returns"


def test_moments_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    workspace = a_history(tmp_path / "w", 1, count=2, deeds=2)
    with pytest.raises(InputError, match="is not before"):
        figures_of(workspace, NOW, NOW)
    with pytest.raises(InputError, match="there was no workspace yet"):
        figures_of(workspace, moment(-3000), moment(-2900))


def test_the_tracker_and_the_packs_say_the_same_of_the_same_days(tmp_path: Path) -> None:
    workspace = a_history(tmp_path / "w", 9)
    first, last = days(-150), days(-40)
    told = flow_between(workspace, first, last)
    found = figures_of(workspace, end_of_day(first), end_of_day(last))
    assert [number.value for number in found.flow] == [
        told.start, told.agreed, told.reopened, told.closed, told.superseded, told.rejected, told.undone, told.end,
    ]  # fmt: skip
