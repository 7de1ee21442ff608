"""An action where it stands, without a workspace: for rules that look at nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from qa_toolkit.domain.plans.agenda_items import Line
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.records import Action, Asked, Impact, Priority
from qa_toolkit.domain.plans.standing import Brief, Standing

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def line(
    state: State = State.IN_PROGRESS, colour: Colour = Colour.GREEN, *, id: str = "A-2026-001",
    source: Source = Source.REVIEW, tier: str = "qa-group", priority: Priority = Priority.MEDIUM,
    agency: str = "police", asked: bool = False,
    impact_due: date | None = None, sensitive: bool = False, evidence: int = 1, **at: Any,
) -> Line:  # fmt: skip
    """An action where it stands."""
    action = Action(
        id=id, plan="AP-2026-001", text="Audit ten files.", owner="o@police", agency=agency, owner_since=DAY, tier=tier,
        first_due=DAY, due=DAY, priority=priority, impact_due=impact_due, sensitive=sensitive, measure="9 of 10",
    )  # fmt: skip
    wants = Asked(id=f"{id}/Q01", action=id, new=date(2027, 1, 30), reason="The trainer is ill.", by="o@police", on=DAY)
    facts: dict[str, Any] = {
        "since": AT.date(), "reason": f"{colour.label}: by a rule.", "days_overdue": 0, "days_to_due": 9,
        "extensions": 0, "slip": 0, "progress": 0, "updated": None, "days_since_update": 3, "rung": None,
        "ownerless": False, "stale": False, "impact": Impact.NOT_MEASURED,
    } | at  # fmt: skip
    return Line(
        Brief(action=action, state=state, since=AT, began=AT, asked=wants if asked else None, evidence=evidence),
        Standing(id=id, state=state, colour=colour, **facts),
        Plan(id="AP-2026-001", title="A review", source=source, opened=DAY),
    )
