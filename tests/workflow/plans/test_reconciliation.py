"""Rule 14: between any two days, what was open, came and went adds up, whatever was done and taken back meanwhile."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from builders_plans import CO, TODAY, a_plan, an_action, days, do, evidence, moment, planned_workspace
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed, State
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import undoing
from qa_toolkit.workflow.plans import moving, totals

LONG_AGO = -300
"""Days from today on which histories begin."""
OPEN = {State.AGREED, State.IN_PROGRESS, State.SUBMITTED, State.VERIFIED, State.ON_HOLD, State.REOPENED}
"""Written out here again: on hold and submitted are open, proposed is not."""
LEADS_TO = {
    Deed.AGREE: State.AGREED, Deed.CLOSE: State.CLOSED, Deed.SUPERSEDE: State.SUPERSEDED, Deed.REJECT: State.REJECTED,
    Deed.REOPEN: State.REOPENED,
}  # fmt: skip

done = st.tuples(st.integers(0, 3), st.integers(0, 11), st.integers(0, 12))
"""To which action, which of the deeds that its state allows, and how many days after the deed before."""
taken_back = st.tuples(st.just(-1), st.just(-1), st.integers(0, 12))
two_days = st.tuples(st.integers(0, 30), st.integers(0, 30))
"""Which of the days on which something happened: there the two days matter."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with four proposed actions that have evidence."""
    root = tmp_path_factory.mktemp("ready") / "northshire"
    workspace = planned_workspace(root)
    plan = a_plan(workspace, LONG_AGO - 1)
    for _ in range(4):
        evidence(workspace, an_action(workspace, plan, LONG_AGO - 1).id, LONG_AGO - 1)
    workspace.close()
    return root


class Told:
    """A history told through the verbs, with a count of its own."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(root)
        self.ids = [f"A-{days(LONG_AGO - 1).year}-{number:03}" for number in range(1, 5)]
        self.day = LONG_AGO
        self.open = {self.day - 1: 0}
        """How many were open at the end of each day on which something happened."""
        self.moved: list[tuple[int, State]] = []
        """On which day something came to be open or ceased to be, and where it led."""

    def tell(self, which: int, turn: int, later: int) -> None:
        self.day += later
        if turn < 0:
            # The next may be one that something stands on, and so has to stay.
            with suppress(InputError):
                undoing.take_back(self.workspace, by=CO, now=moment(self.day), today=days(self.day))
        elif (before := self.state(self.ids[which])) is not None:
            deeds = [deed for deed, rule in MOVES.items() if before in rule.sources]
            deed = deeds[turn % len(deeds)]
            # Its evidence may have been taken back, without which it is not submitted.
            with suppress(InputError):
                do(self.workspace, deed, self.ids[which], on=self.day)
            if (before in OPEN) != (self.state(self.ids[which]) in OPEN):
                self.moved.append((self.day, LEADS_TO[deed]))
        self.open[self.day] = sum(self.state(id) in OPEN for id in self.ids)

    def state(self, id: str) -> State | None:
        """Where it stands; None where its proposal was taken back."""
        if self.workspace.actions_shelf.get(Action, id) is None:
            return None
        return moving.state_of(self.workspace, id)

    def two_of_its_days(self, chosen: tuple[int, int]) -> tuple[int, int]:
        """Two days on which something happened, the earlier first."""
        there = sorted(self.open)
        first, last = sorted(there[number % len(there)] for number in chosen)
        return first, last


@given(history=st.lists(done, min_size=10, max_size=30), chosen=two_days)
@settings(max_examples=25, deadline=None)
def test_any_two_days_add_up(ready: Path, history: list[tuple[int, int, int]], chosen: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(shutil.copytree(ready, Path(place) / "copy"))
        told = Told(root)
        for part in history:
            told.tell(*part)
        start, end = told.two_of_its_days(chosen)
        found = totals.flow_between(told.workspace, days(start), days(end))
        counted = Counter(state for day, state in told.moved if start < day <= end)
        told.workspace.close()
    assert found.balanced, found.sentence
    assert found.undone == 0
    assert (found.start, found.end) == (told.open[start], told.open[end])
    assert (found.agreed, found.reopened, found.closed, found.superseded, found.rejected) == tuple(
        counted[state] for state in (State.AGREED, State.REOPENED, State.CLOSED, State.SUPERSEDED, State.REJECTED)
    )


@given(history=st.lists(done | taken_back, min_size=15, max_size=30), chosen=two_days)
@settings(max_examples=25, deadline=None)
def test_they_add_up_with_deeds_taken_back_too(
    ready: Path, history: list[tuple[int, int, int]], chosen: tuple[int, int]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        told = Told(Path(shutil.copytree(ready, Path(place) / "copy")))
        for part in history:
            told.tell(*part)
        start, end = told.two_of_its_days(chosen)
        found = totals.flow_between(told.workspace, days(start), days(end))
        told.workspace.close()
    assert found.balanced, found.sentence
    assert (found.start, found.end) == (told.open[start], told.open[end])


def test_what_was_taken_back_between_the_two_days_is_counted_by_itself(tmp_path: Path) -> None:
    workspace = planned_workspace(tmp_path / "northshire")
    id = an_action(workspace, a_plan(workspace)).id
    do(workspace, Deed.AGREE, id, on=-100)
    undoing.take_back(workspace, by=CO, now=moment(-60), today=days(-60))
    do(workspace, Deed.AGREE, id, on=-50)
    found = totals.flow_between(workspace, days(-80), TODAY)
    assert (found.start, found.undone, found.agreed, found.end) == (1, -1, 1, 1)
    assert "-1 by deeds taken back" in found.sentence


def test_the_sum_is_said_in_words(tmp_path: Path) -> None:
    workspace = planned_workspace(tmp_path / "northshire")
    plan = a_plan(workspace)
    first, second = (an_action(workspace, plan).id for _ in range(2))
    do(workspace, Deed.AGREE, first, on=-100)
    do(workspace, Deed.AGREE, second, on=-50)
    do(workspace, Deed.REJECT, first, on=-40)
    assert totals.flow_between(workspace, days(-60), TODAY).sentence == (
        "1 open at the start + 1 agreed + 0 reopened − 0 closed − 0 superseded − 1 rejected after agreement = 1 open."
    )
    with pytest.raises(InputError, match="comes before"):
        totals.flow_between(workspace, TODAY, days(-1))
