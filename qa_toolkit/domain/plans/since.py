"""What changed between two moments, told so that the lists and the totals agree: moved colour, new day, opened, closed.

The totals are `flow`'s, and the lists are made from each action's own flow, so one cannot say what the other does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.dates import show_date, show_moment
from qa_toolkit.domain.plans.agenda_items import HIDDEN, Line
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.flow import Closure, Flow, closure, flow
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Step


class Moment(NamedTuple):
    """All actions as they stood then."""

    at: datetime | None
    """None for before there were any."""
    states: Mapping[str, State]
    """Of every action."""
    lines: Mapping[str, Line]
    """Of those that are live, and of those that moved between the two moments."""
    steps: Mapping[str, Sequence[Step]]
    """Of those that moved between the two moments; the others count as they stand."""


NOTHING = Moment(None, {}, {}, {})


class Moved(NamedTuple):
    """An action that changed its colour."""

    id: str
    text: str
    before: Colour
    after: Colour
    reason: str

    @property
    def worse(self) -> bool:
        """Whether it went the wrong way."""
        return _severity(self.after) < _severity(self.before)

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.id}, {self.text.rstrip('.')}: was {self.before.label}, now {self.reason}"


class Redated(NamedTuple):
    """An action with another due day."""

    id: str
    text: str
    before: date
    after: date

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.id}, {self.text.rstrip('.')}: {show_date(self.before)} to {show_date(self.after)}."


class Named(NamedTuple):
    """An action by its number and text."""

    id: str
    text: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.id}, {self.text}"


class Since(NamedTuple):
    """What changed."""

    start: datetime | None
    end: datetime | None
    worse: tuple[Moved, ...]
    better: tuple[Moved, ...]
    redated: tuple[Redated, ...]
    opened: tuple[Named, ...]
    submitted: tuple[Named, ...]
    closed: tuple[Named, ...]
    reopened: tuple[Named, ...]
    dropped: tuple[Named, ...]
    """Superseded, or rejected after agreement."""
    flow: Flow
    closure_before: Closure
    closure_after: Closure

    @property
    def period(self) -> str:
        """From when to when, in words."""
        end = show_moment(self.end) if self.end else "now"
        return f"From the beginning to {end}." if self.start is None else f"From {show_moment(self.start)} to {end}."

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """Every list with its heading, in the order in which a meeting looks at them; good news is not last."""
        named: list[tuple[str, Sequence[Moved | Redated | Named]]] = [
            ("Closed", self.closed), ("Moved to a better colour", self.better),
            ("Submitted for closure", self.submitted), ("Moved to a worse colour", self.worse),
            ("New day", self.redated), ("Opened", self.opened), ("Reopened", self.reopened),
            ("Superseded or rejected", self.dropped),
        ]  # fmt: skip
        return [(title, [one.sentence for one in found]) for title, found in named]

    @property
    def three(self) -> list[tuple[str, int, int]]:
        """The three numbers of closure, before and after."""
        before, after = self.closure_before, self.closure_after
        return [
            ("Submitted or later", before.submitted, after.submitted),
            ("Verified or later", before.verified, after.verified),
            ("Impact confirmed", before.confirmed, after.confirmed),
        ]


def since(before: Moment, after: Moment) -> Since:
    """What changed from the one moment to the other."""
    moved, redated, submitted = [], [], []
    opened, closed, reopened, dropped = [], [], [], []
    for id in sorted(before.lines.keys() | after.lines.keys()):
        old, new = before.lines.get(id), after.lines.get(id)
        known = new or old
        if known is None:
            continue
        name = Named(id, HIDDEN if known.brief.action.sensitive else known.brief.action.text)
        if before.steps.get(id) != after.steps.get(id):
            one = flow({id: before.steps.get(id, ())}, {id: after.steps.get(id, ())})
            opened += [name] * one.agreed
            closed += [name] * one.closed
            reopened += [name] * one.reopened
            dropped += [name] * (one.superseded + one.rejected)
        if new is None or not new.standing.state.live:
            continue
        if new.standing.state is State.SUBMITTED and (old is None or not old.standing.state.submitted_or_later):
            submitted.append(name)
        if old is None or not old.standing.state.live:
            continue
        if _severity(old.standing.colour) != _severity(new.standing.colour):
            moved.append(Moved(id, name.text, old.standing.colour, new.standing.colour, new.standing.reason))
        if old.brief.action.due != new.brief.action.due:
            redated.append(Redated(id, name.text, old.brief.action.due, new.brief.action.due))
    worse = sorted((one for one in moved if one.worse), key=lambda one: (one.after.rank, one.id))
    return Since(
        start=before.at, end=after.at, worse=tuple(worse),
        better=tuple(one for one in moved if not one.worse), redated=tuple(redated), opened=tuple(opened),
        submitted=tuple(submitted), closed=tuple(closed), reopened=tuple(reopened), dropped=tuple(dropped),
        flow=_flow(before, after), closure_before=_closure(before), closure_after=_closure(after),
    )  # fmt: skip


def _severity(colour: Colour) -> int:
    """Grey and green alike: an action that was agreed has begun to count, not to go wrong or right."""
    return min(colour.rank, Colour.GREEN.rank)


def _flow(before: Moment, after: Moment) -> Flow:
    found = flow(before.steps, after.steps)
    still = sum(state.open for id, state in after.states.items() if id not in before.steps and id not in after.steps)
    return found._replace(start=found.start + still, end=found.end + still)


def _closure(moment: Moment) -> Closure:
    return closure(list(moment.states.values()))
