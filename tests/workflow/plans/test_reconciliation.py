"""Rule 14: between any two days, what was open, came and went adds up, whatever was done and taken back meanwhile."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from builders_plans import CO, TODAY, a_plan, an_action, days, do, evidence, moment, planned_workspace
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import undoing
from qa_toolkit.workflow.plans import moving, totals

LONG_AGO = -300
"""Days from today on which histories begin."""
LEADS_TO = {
    Deed.AGREE: State.AGREED, Deed.CLOSE: State.CLOSED, Deed.SUPERSEDE: State.SUPERSEDED, Deed.REJECT: State.REJECTED,
    Deed.REOPEN: State.REOPENED,
}  # fmt: skip

done = st.tuples(
    st.integers(0, 3), st.sampled_from([deed for deed in Deed if deed is not Deed.PROPOSE]), st.integers(0, 12)
)
"""To which action, what, and how many days after the deed before."""
taken_back = st.tuples(st.just(-1), st.just(None), st.integers(0, 12))


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

    def tell(self, which: int, deed: Deed | None, later: int) -> None:
        self.day += later
        try:
            if deed is None:
                undoing.take_back(self.workspace, by=CO, now=moment(self.day), today=days(self.day))
            else:
                before = moving.state_of(self.workspace, self.ids[which])
                do(self.workspace, deed, self.ids[which], on=self.day)
                after = moving.state_of(self.workspace, self.ids[which])
                if before.open != after.open:
                    self.moved.append((self.day, LEADS_TO[deed]))
        except InputError:
            pass
        self.open[self.day] = sum(map(self.is_open, self.ids))

    def is_open(self, id: str) -> bool:
        """Whether it is; one whose proposal was taken back is not there any more."""
        return self.workspace.actions_shelf.get(Action, id) is not None and moving.state_of(self.workspace, id).open

    def open_on(self, day: int) -> int:
        return self.open[max(at for at in self.open if at <= max(day, LONG_AGO - 1))]


@given(
    history=st.lists(done, min_size=10, max_size=30), first=st.integers(0, 200), length=st.integers(0, 200),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_any_two_days_add_up(ready: Path, history: list[tuple[int, Deed, int]], first: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(shutil.copytree(ready, Path(place) / "copy"))
        told = Told(root)
        for part in history:
            told.tell(*part)
        start, end = LONG_AGO + first, LONG_AGO + first + length
        found = totals.flow_between(told.workspace, days(start), days(end))
        counted = Counter(state for day, state in told.moved if start < day <= end)
        told.workspace.close()
    assert found.balanced, found.sentence
    assert found.undone == 0
    assert (found.start, found.end) == (told.open_on(start), told.open_on(end))
    assert (found.agreed, found.reopened, found.closed, found.superseded, found.rejected) == tuple(
        counted[state] for state in (State.AGREED, State.REOPENED, State.CLOSED, State.SUPERSEDED, State.REJECTED)
    )


@given(
    history=st.lists(done | taken_back, min_size=15, max_size=30), first=st.integers(0, 200),
    length=st.integers(0, 200),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_they_add_up_with_deeds_taken_back_too(
    ready: Path, history: list[tuple[int, Deed | None, int]], first: int, length: int
) -> None:
    with tempfile.TemporaryDirectory() as place:
        told = Told(Path(shutil.copytree(ready, Path(place) / "copy")))
        for part in history:
            told.tell(*part)
        start, end = LONG_AGO + first, LONG_AGO + first + length
        found = totals.flow_between(told.workspace, days(start), days(end))
        told.workspace.close()
    assert found.balanced, found.sentence
    assert (found.start, found.end) == (told.open_on(start), told.open_on(end))


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
