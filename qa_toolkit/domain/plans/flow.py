"""How the open actions at one moment became those at a later one: every pack's numbers reconcile by this.

open at end = open at start + agreed + reopened − closed − superseded − rejected after agreement. A deed that was undone
between the two is shown by itself, because an undone step is no longer among the steps of the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Step


class Flow(NamedTuple):
    """Counts of actions."""

    start: int
    agreed: int
    reopened: int
    closed: int
    superseded: int
    rejected: int
    """After agreement; what is rejected before was never open."""
    undone: int
    """What taking back earlier deeds added or, negative, took away."""
    end: int

    @property
    def balanced(self) -> bool:
        """Whether they add up."""
        return (
            self.start + self.agreed + self.reopened - self.closed - self.superseded - self.rejected + (self.undone)
            == self.end
        )

    @property
    def sentence(self) -> str:
        """The sum in words."""
        undone = f" {self.undone:+d} by deeds taken back" if self.undone else ""
        return (
            f"{self.start} open at the start + {self.agreed} agreed + {self.reopened} reopened − {self.closed} closed "
            f"− {self.superseded} superseded − {self.rejected} rejected after agreement{undone} = {self.end} open."
        )


Steps = Mapping[str, Sequence[Step]]
"""Each action's steps in order, by its id."""


def flow(before: Steps, after: Steps) -> Flow:
    """From the steps that there were at the start to those at the end."""
    counts = dict.fromkeys((State.AGREED, State.REOPENED, State.CLOSED, State.SUPERSEDED, State.REJECTED), 0)
    undone = 0
    for id in before.keys() | after.keys():
        old, new = before.get(id, ()), after.get(id, ())
        shared = _shared(old, new)
        undone += _is_open(new[:shared]) - _is_open(old)
        open_now = _is_open(new[:shared])
        for step in new[shared:]:
            if step.to.open != open_now:
                counts[State.REOPENED if step.to.open and step.to is not State.AGREED else step.to] += 1
            open_now = step.to.open
    return Flow(
        start=sum(_is_open(steps) for steps in before.values()), agreed=counts[State.AGREED],
        reopened=counts[State.REOPENED], closed=counts[State.CLOSED], superseded=counts[State.SUPERSEDED],
        rejected=counts[State.REJECTED], undone=undone, end=sum(_is_open(steps) for steps in after.values()),
    )  # fmt: skip


def _shared(old: Sequence[Step], new: Sequence[Step]) -> int:
    """How many steps both begin with."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if (before.at, before.to) != (after.at, after.to):
            break
        count += 1
    return count


def _is_open(steps: Sequence[Step]) -> bool:
    return bool(steps) and steps[-1].to.open


class Closure(NamedTuple):
    """The three numbers that always stand together, of all actions that were ever agreed and not dropped."""

    submitted: int
    """Submitted or later: the owner says that it is done."""
    verified: int
    """Verified or later: somebody independent has seen the evidence."""
    confirmed: int
    """Impact confirmed: it made the difference it was meant to make."""
    of: int

    @property
    def sentence(self) -> str:
        """The three numbers in words; counts, because a percentage of one hides the other two."""
        return (
            f"Of {self.of} actions, {self.submitted} were submitted as done, {self.verified} of them verified by "
            f"somebody independent, and {self.confirmed} confirmed to have made a difference."
        )


def closure(states: Sequence[State]) -> Closure:
    """The three numbers for actions in these states; proposed, rejected and superseded ones do not count."""
    counted = [s for s in states if s not in (State.PROPOSED, State.REJECTED, State.SUPERSEDED)]
    return Closure(
        sum(s.submitted_or_later for s in counted), sum(s.verified_or_later for s in counted),
        sum(s is State.CONFIRMED for s in counted), len(counted),
    )  # fmt: skip
