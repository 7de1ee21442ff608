"""The figures of actions: how many are open and how that came to be, where they stand, whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import day_of, zone
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.flow import flow
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.plan import Recommendation, Source
from qa_toolkit.domain.plans.records import DateChange, Evidence, Impact, Step
from qa_toolkit.reports.figures.tally import Tally
from qa_toolkit.reports.views.business import DateChangeLine
from qa_toolkit.reports.views.numbers import Breakdown, Number
from qa_toolkit.reports.views.qa_group import ActionForQAGroup
from qa_toolkit.store.shelf import Shelf
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.tracking import Row, rows, yardstick

OUTSIDE = "outside"
"""The key of owners outside the area."""
_NOT_DROPPED = (State.PROPOSED, State.REJECTED, State.SUPERSEDED)


class Moved(NamedTuple):
    """What one action did between two moments: how often it came in and went out of what is open."""

    agreed: int
    reopened: int
    closed: int
    superseded: int
    rejected: int
    undone: int


class Actions(NamedTuple):
    """Everything about actions that packs show."""

    rules: str
    legend: tuple[str, ...]
    flow: tuple[Number, ...]
    closure: tuple[Number, ...]
    impact: tuple[Number, ...]
    colours: tuple[Number, ...]
    open_now: tuple[Number, ...]
    escalated: tuple[Number, ...]
    quality: tuple[Number, ...]
    by_agency: Breakdown
    by_source: Breakdown
    actions: tuple[ActionForQAGroup, ...]
    moved_dates: Number
    date_changes: tuple[DateChangeLine, ...]
    date_reasons: tuple[str, ...]
    open_by_commitment: Mapping[str, int]


def action_figures(
    tally: Tally, now: Workspace, before: Workspace, calendar: WorkingCalendar, agencies: Mapping[str, Agency]
) -> Actions:
    """The figures at the moment of `now`, against that of `before`."""
    assert now.until is not None
    at = yardstick(now, day_of(now.until, zone(now.partnership().zone)), calendar)
    found = rows(now, at)
    old, new = _steps(before.actions_shelf), _steps(now.actions_shelf)
    moved = {id: _moved(old.get(id, ()), new.get(id, ())) for id in sorted({*old, *new})}
    open_rows = [row for row in found if row.standing.state.open]
    changes = _changes(now.actions_shelf, before.actions_shelf)
    agency_of = {row.action.id: row.action.agency or OUTSIDE for row in found}
    return Actions(
        rules=at.rules.title, legend=tuple(at.rules.legend),
        flow=_flow(tally, old, new, moved),
        closure=_closure(tally, "actions.closure", found),
        impact=_impact(tally, found),
        colours=_colours(tally, open_rows, at.rules.title),
        open_now=_open_now(tally, open_rows),
        escalated=_escalated(tally, open_rows),
        quality=_quality(tally, open_rows),
        by_agency=tally.breakdown(
            "Actions by agency", "Agency", _names(agencies, found),
            lambda id: _group(tally, f"agency.{id}", [r for r in found if (r.action.agency or OUTSIDE) == id], moved),
        ),
        by_source=tally.breakdown(
            "Actions by source", "Source", [(s, s.label) for s in Source if any(r.plan.source is s for r in found)],
            lambda id: _group(tally, f"source.{id}", [r for r in found if r.plan.source == id], moved),
        ),
        actions=tuple(
            _line(row, now, agencies, closed_since=bool(moved[row.action.id].closed))
            for row in found
            if row.standing.state.live or moved[row.action.id].closed
        ),
        moved_dates=tally.count(
            "actions.moved_dates", "Due dates changed", "decisions", changes,
            "Decisions to change a due date between the two moments, earlier or later.",
        ),
        date_changes=tuple(_change_line(one, agencies, agency_of) for one in changes.values()),
        date_reasons=tuple(one.reason for one in changes.values()),
        open_by_commitment=_by_commitment(open_rows),
    )  # fmt: skip


def _ids(found: Sequence[Row], test: Callable[[Row], bool]) -> list[str]:
    return [row.action.id for row in found if test(row)]


def _steps(shelf: Shelf) -> dict[str, list[Step]]:
    steps: dict[str, list[Step]] = {}
    for step in shelf.all(Step).values():
        steps.setdefault(step.action, []).append(step)
    return steps


def _moved(before: Sequence[Step], after: Sequence[Step]) -> Moved:
    one = flow({"": before}, {"": after})
    return Moved(one.agreed, one.reopened, one.closed, one.superseded, one.rejected, one.undone)


def _flow(
    tally: Tally, old: Mapping[str, Sequence[Step]], new: Mapping[str, Sequence[Step]], moved: Mapping[str, Moved]
) -> tuple[Number, ...]:
    def times(name: str) -> list[str]:
        return [id for id, one in moved.items() for _ in range(getattr(one, name))]

    def count(name: str, label: str, records: Sequence[str], meaning: str, below: Sequence[str] = ()) -> Number:
        return tally.count(f"actions.flow.{name}", label, "actions", records, meaning, below=below)

    return (
        count("start", "Open at the start", [id for id, steps in old.items() if steps[-1].to.open],
              "Agreed, in progress, submitted, verified, on hold or reopened at the first moment."),
        count("agreed", "Agreed", times("agreed"), "Became open by being agreed between the two moments."),
        count("reopened", "Reopened", times("reopened"), "Became open again between the two moments."),
        count("closed", "Closed", times("closed"), "Closed between the two moments; twice if closed twice."),
        count("superseded", "Superseded", times("superseded"), "Another action took its place."),
        count("rejected", "Rejected after agreement", times("rejected"), "Were open and were rejected."),
        count("undone", "By deeds taken back", [id for id, one in moved.items() for _ in range(max(0, one.undone))],
              "Opened or, below nought, ended by taking back a deed that had been recorded before the first moment.",
              [id for id, one in moved.items() for _ in range(max(0, -one.undone))]),
        count("end", "Open at the end", [id for id, steps in new.items() if steps[-1].to.open],
              "Start + agreed + reopened − closed − superseded − rejected after agreement + deeds taken back."),
    )  # fmt: skip


def _closure(tally: Tally, key: str, found: Sequence[Row]) -> tuple[Number, ...]:
    counted = [row for row in found if row.standing.state not in _NOT_DROPPED]
    return (
        tally.count(f"{key}.submitted", "Submitted as done", "actions",
                    _ids(counted, lambda r: r.standing.state.submitted_or_later),
                    "Submitted for closure or later, of all actions ever agreed and not dropped.", len(counted)),
        tally.count(f"{key}.verified", "Verified", "actions",
                    _ids(counted, lambda r: r.standing.state.verified_or_later),
                    "Somebody independent has seen the evidence, of the same actions.", len(counted)),
        tally.count(f"{key}.confirmed", "Confirmed to have made a difference", "actions",
                    _ids(counted, lambda r: r.standing.state is State.CONFIRMED),
                    "Closed, and a later judgement confirmed its impact, of the same actions.", len(counted)),
    )  # fmt: skip


def _colours(tally: Tally, open_rows: Sequence[Row], rules: str) -> tuple[Number, ...]:
    by_colour: dict[Colour, list[str]] = {one: [] for one in Colour}
    for row in open_rows:
        by_colour[row.standing.colour].append(row.action.id)
    return tuple(
        tally.count(f"actions.colour.{one}", one.label, "actions", by_colour[one],
                    f"Open actions that the rule set {rules} makes {one.value}.", len(open_rows))
        for one in sorted(Colour, key=lambda one: one.rank)
    )  # fmt: skip


def _escalated(tally: Tally, open_rows: Sequence[Row]) -> tuple[Number, ...]:
    by_rung: dict[Rung, list[str]] = {one: [] for one in Rung if one is not Rung.OWNER}
    for row in open_rows:
        if row.standing.rung is not None:
            by_rung[row.standing.rung.rung].append(row.action.id)
    return tuple(
        tally.count(f"actions.escalated.{one}", f"With {one.label}", "actions", ids,
                    f"Open actions that have climbed to {one.label}, by days overdue, extensions, refusal or decision.",
                    len(open_rows))
        for one, ids in by_rung.items()
    )  # fmt: skip


def _impact(tally: Tally, found: Sequence[Row]) -> tuple[Number, ...]:
    marks: dict[Impact, list[str]] = {
        mark: [] for mark in (Impact.CONFIRMED, Impact.SOME, Impact.NO_CHANGE, Impact.NOT_MEASURED)
    }
    for row in found:
        if row.standing.state in (State.CLOSED, State.CONFIRMED):
            marks[row.standing.impact].append(row.action.id)
    n = sum(map(len, marks.values()))
    return tuple(
        tally.count(f"actions.impact.{mark}", mark.label, "closed actions", ids,
                    f"Closed actions whose latest judgement is “{mark.label.lower()}”.", n)
        for mark, ids in marks.items()
    )  # fmt: skip


def _open_now(tally: Tally, open_rows: Sequence[Row]) -> tuple[Number, ...]:
    n = len(open_rows)

    def count(name: str, label: str, test: Callable[[Row], bool], meaning: str) -> Number:
        return tally.count(f"actions.open.{name}", label, "actions", _ids(open_rows, test), meaning, n)

    return (
        count("overdue", "Overdue", lambda r: r.standing.days_overdue > 0,
              "Open, past the due date now agreed, and not submitted or on hold; overdue starts the day after."),
        count("asked", "Closing asked for",
              lambda r: r.standing.state in (State.SUBMITTED, State.VERIFIED),
              "Submitted for closure or verified, and waiting for the group’s decision."),
        count("later", "A later day asked for", lambda r: r.brief.asked is not None,
              "Its owner asks for a later due date, and nobody has answered."),
        count("held", "On hold", lambda r: r.standing.state is State.ON_HOLD, "On hold; they count as open."),
        count("stale", "Without a recent update", lambda r: r.standing.stale,
              "No update within one review cycle of the rule set."),
        count("ownerless", "Without an owner", lambda r: r.standing.ownerless,
              "Nobody owns it, or its owner has left."),
    )  # fmt: skip


def _quality(tally: Tally, open_rows: Sequence[Row]) -> tuple[Number, ...]:
    n = len(open_rows)

    def count(name: str, label: str, test: Callable[[Row], bool]) -> Number:
        return tally.count(
            f"quality.{name}", label, "actions", _ids(open_rows, test), f"Open actions: {label.lower()}.", n
        )

    return (
        count("no_measure", "No success measure", lambda r: not r.action.measure),
        count("no_outcome", "No outcome for children", lambda r: not r.action.outcome),
        count("no_owner", "No named owner", lambda r: not r.action.owner and not r.action.outside),
        count("no_update", "Never updated", lambda r: r.brief.updated is None),
        count("no_evidence", "Closing asked for without evidence",
              lambda r: r.standing.state in (State.SUBMITTED, State.VERIFIED) and not r.brief.evidence),
    )  # fmt: skip


def _group(tally: Tally, key: str, found: Sequence[Row], moved: Mapping[str, Moved]) -> tuple[Number, ...]:
    """The figures of one agency's or source's actions; each column's sum is the figure of all."""
    open_rows = [row for row in found if row.standing.state.open]
    return (
        tally.count(f"actions.{key}.open", "Open", "actions", _ids(open_rows, lambda _: True), "Open at the end."),
        tally.count(f"actions.{key}.red", "Red", "actions",
                    _ids(open_rows, lambda r: r.standing.colour is Colour.RED), "Open and red."),
        tally.count(f"actions.{key}.overdue", "Overdue", "actions",
                    _ids(open_rows, lambda r: r.standing.days_overdue > 0), "Open and overdue."),
        tally.count(f"actions.{key}.closed", "Closed since", "actions",
                    [r.action.id for r in found for _ in range(moved[r.action.id].closed)],
                    "Closed between the two moments."),
        *_closure(tally, f"actions.{key}", found),
    )  # fmt: skip


def _names(agencies: Mapping[str, Agency], found: Sequence[Row]) -> list[tuple[str, str]]:
    used = {row.action.agency or OUTSIDE for row in found}
    return [(id, agency.name) for id, agency in agencies.items() if id in used] + (
        [(OUTSIDE, "Outside the area")] if OUTSIDE in used else []
    )


def _changes(now: Shelf, before: Shelf) -> dict[str, DateChange]:
    known = before.all(DateChange)
    return {id: one for id, one in now.all(DateChange).items() if id not in known}


def _change_line(one: DateChange, agencies: Mapping[str, Agency], agency_of: Mapping[str, str]) -> DateChangeLine:
    id = agency_of.get(one.action, "")
    return DateChangeLine(
        action=one.action, agency=agencies[id].name if id in agencies else "Outside the area", old=one.old, new=one.new,
        decided_by=one.decided_by, on=one.on,
    )  # fmt: skip


def _line(row: Row, now: Workspace, agencies: Mapping[str, Agency], *, closed_since: bool) -> ActionForQAGroup:
    action, standing, brief = row.action, row.standing, row.brief
    people, shelf = now.people(), now.actions_shelf
    climbed = standing.rung
    rests_on = shelf.get(Recommendation, action.recommendation) if action.recommendation else None
    # A sensitive action is counted like any other; its words are for its owner, the co-ordinators and the chair.
    words = SENSITIVE if action.sensitive else action.text
    verified = ""
    if standing.state is State.VERIFIED and not action.sensitive:
        verified = [step.reason for step in shelf.under(Step, action.id) if step.deed is Deed.VERIFY][-1]
    return ActionForQAGroup(
        id=action.id, text=words, agency=_agency(row, agencies), priority=action.priority.value.capitalize(),
        state=standing.state.label, open=standing.state.open, colour=standing.colour.label, reason=standing.reason,
        due=action.due, days_overdue=standing.days_overdue, goes_to=climbed.rung.label if climbed else "",
        why_there=climbed.reason if climbed else "", closed_since=closed_since, answers_audit=row.plan.audit,
        answers_finding=action.finding or (rests_on.findings[0] if rests_on and rests_on.findings else ""),
        commitment=action.commitment, plan=row.plan.title,
        source=row.plan.source.label, owner_role=action.owner_role,
        supporting=tuple(agencies[id].name if id in agencies else id for id in action.supporting),
        first_due=action.first_due, slip=standing.slip, extensions=standing.extensions, progress=standing.progress,
        updated=standing.updated, days_since_update=standing.days_since_update,
        measure="" if action.sensitive else action.measure, outcome="" if action.sensitive else action.outcome,
        impact=standing.impact.label, owner=people[action.owner].name if action.owner in people else action.owner,
        said="" if action.sensitive else brief.said,
        evidence=() if action.sensitive else tuple(
            f"{one.kind.label}: {one.pointer}" for one in shelf.under(Evidence, action.id)
        ),
        asks_closing=standing.state in (State.SUBMITTED, State.VERIFIED),
        verified=verified,
        asks_later=brief.asked.new if brief.asked else None,
        asks_why=brief.asked.reason if brief.asked and not action.sensitive else "",
    )  # fmt: skip


SENSITIVE = "Sensitive: its words are for its owner, the co-ordinators and the chair"


def _agency(row: Row, agencies: Mapping[str, Agency]) -> str:
    action = row.action
    if action.agency in agencies:
        return agencies[action.agency].name
    return action.outside or "Outside the area"


def _by_commitment(open_rows: Sequence[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in open_rows:
        if row.action.commitment:
            counts[row.action.commitment] = counts.get(row.action.commitment, 0) + 1
    return counts
