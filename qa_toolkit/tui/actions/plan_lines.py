"""The lines of a plan’s screen: each commitment, recommendation and good practice, with how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.plan import Plan, Recommendation
from qa_toolkit.domain.plans.strategy import statement_due
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import answers, recommendations, spreading, strategies
from qa_toolkit.workflow.plans.spreading import Good
from qa_toolkit.workflow.plans.strategies import Kept

_LATEST = 3
"""Statements of a commitment that are shown."""


class Line(NamedTuple):
    """One line of a plan."""

    id: str
    stands: str
    """How it stands, in a few words."""
    text: str
    more: tuple[str, ...]
    """What else there is to say of it, a line each."""
    of: Kept | Recommendation | Good


def lines_of(workspace: Workspace, plan: Plan, by: str, today: date) -> Iterator[Line]:
    """What a plan holds besides its actions, as far as this person may see it."""
    for kept in strategies.commitments(workspace, plan):
        yield _promised(plan, kept, today)
    for made in workspace.actions_shelf.all(Recommendation).values():
        if made.plan == plan.id:
            yield _asked(workspace, made)
    agencies = [id for id, one in workspace.agencies().items() if one.kind != "business-unit"]
    for good in spreading.seen_by(workspace, by):
        if good.source in (plan.id, plan.audit):
            yield _found(good, good.silent(agencies))


def _promised(plan: Plan, kept: Kept, today: date) -> Line:
    promised, due = kept.commitment, statement_due(plan, kept.statements)
    said = (answers.stated(one) for one in reversed(kept.statements[-_LATEST:]))
    led = f"{promised.heading}. Led by {promised.owner or 'nobody named'}."
    stands = "" if plan.ended else f"{'late since' if due < today else 'next by'} {show_date(due)}"
    return Line(promised.id, stands, promised.text, (led, *said), kept)


def _asked(workspace: Workspace, made: Recommendation) -> Line:
    found, waiting = recommendations.responses(workspace, made.id), recommendations.waited_for(workspace, made)
    more = [f"Measure: {made.measure or 'none was set'}", *(answers.responded(one) for one in found)]
    stands = ", ".join(dict.fromkeys(one.answer.label.lower() for one in found))
    if made.withdrawn:
        stands = "taken back"
        more.insert(0, f"Taken back: {made.withdrawn}")
    elif waiting:
        stands = f"waits for {', '.join(waiting)}"
    return Line(made.id, stands, made.text, tuple(more), made)


def _found(good: Good, silent: list[str]) -> Line:
    more = [f"Good practice, found at {', '.join(good.found_at) or 'no agency here'}."]
    more += [answers.took_up(one) for one in good.uptakes]
    if silent:
        more.append(f"Not heard from: {', '.join(silent)}")
    return Line(good.id, f"{len(good.taken_by)} took it up, {len(silent)} silent", good.text, tuple(more), good)
