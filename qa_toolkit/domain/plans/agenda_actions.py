"""The actions on an agenda. Each stands there once: a closure, a later day, no owner, its colour, or silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.agenda_items import HIDDEN, Facts, Item, Line, Section, days
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.escalation import RUNGS
from qa_toolkit.domain.plans.lifecycle import State, independent
from qa_toolkit.domain.plans.meetings import Kind, rung_of
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.plans.records import Impact, Priority
from qa_toolkit.domain.text import shorten

_ON_ACTION: tuple[Kind, ...] = (Kind.NOTE, Kind.ASK_MORE, Kind.CHALLENGE, Kind.ESCALATE, Kind.EXTEND, Kind.HOLD)


def actions(facts: Facts) -> Iterator[Item]:
    """The items of this group's own actions, and of those that have climbed up to it."""
    own = [line for line in facts.lines if line.brief.action.tier == facts.tier.id]
    for line in sorted(own, key=_worst_first):
        item = _arising(facts, line) or _decided_here(facts, line) or _by_colour(line)
        if item is not None:
            yield item
    rung = rung_of(facts.tier)
    if rung is not None:
        for line in sorted(facts.lines, key=_worst_first):
            climbed = line.standing.rung
            if (
                line.brief.action.tier != facts.tier.id
                and climbed is not None
                and (RUNGS.index(climbed.rung) >= RUNGS.index(rung))
            ):
                why = f"{climbed.reason[:1].upper()}{climbed.reason[1:]}. {line.standing.reason}"
                yield _item(line, Section.ESCALATED, why, (Kind.CHALLENGE, Kind.ASK_MORE, *_ON_ACTION))


def _worst_first(line: Line) -> tuple[int, int, str]:
    return (line.standing.colour.rank, -line.standing.days_overdue, line.standing.id)


def _item(line: Line, section: Section, why: str, asks: Sequence[Kind], contested: str = "") -> Item:
    action = line.brief.action
    return Item(
        action.id, section, HIDDEN if action.sensitive else action.text, why, tuple(dict.fromkeys(asks)),
        agency=action.agency, colour=line.standing.colour, contested=contested,
    )  # fmt: skip


def _arising(facts: Facts, line: Line) -> Item | None:
    if line.plan.source is not Source.MEETING or not line.standing.state.live:
        return None
    if line.standing.state in (State.SUBMITTED, State.VERIFIED) or line.brief.asked is not None:
        return None
    said = f" Last said: {shorten(line.brief.said, 120)}" if line.brief.said and not line.brief.action.sensitive else ""
    return _item(line, Section.ARISING, f"This group set it. {line.standing.reason}{said}", _ON_ACTION)


def _decided_here(facts: Facts, line: Line) -> Item | None:
    brief, at = line.brief, line.standing
    action = brief.action
    if at.state in (State.SUBMITTED, State.VERIFIED):
        seen = "Verified by somebody independent" if at.state is State.VERIFIED else "Submitted by its owner as done"
        why = f"{seen} on {show_date(at.since)}; {_evidence(brief.evidence)}. Measure: {action.measure or 'none set'}."
        answers = (Kind.CLOSE, Kind.SEND_BACK, Kind.ASK_MORE, Kind.CHALLENGE)
        return _item(line, Section.CLOSURES, why, answers, _contested_closure(facts, line))
    if brief.asked is not None and at.state.open:
        why = f"Asks for {show_date(brief.asked.new)} instead of {show_date(action.due)}: {brief.asked.reason}"
        asks = (Kind.EXTEND, Kind.REFUSE_DATE, Kind.ASK_MORE, Kind.CHALLENGE, Kind.ESCALATE)
        return _item(line, Section.LATER_DAYS, why, asks, _contested_day(facts, line))
    if at.state is State.PROPOSED:
        return _item(
            line, Section.PROPOSED, f"Proposed on {show_date(at.since)}; nobody has agreed it yet.",
            (Kind.AGREE, Kind.REJECT, Kind.ASK_MORE),
        )  # fmt: skip
    if (
        at.state is State.CLOSED
        and at.impact is Impact.NOT_MEASURED
        and action.impact_due is not None
        and (action.impact_due <= (facts.soon or facts.day))
    ):
        by = f" by {action.re_audit}" if action.re_audit else ""
        why = f"Closed on {show_date(at.since)}; its impact is to be judged{by} by {show_date(action.impact_due)}."
        return _item(line, Section.RE_AUDITS, why, (Kind.NOTE, Kind.ASK_MORE, Kind.REOPEN))
    return None


def _by_colour(line: Line) -> Item | None:
    at = line.standing
    if not at.state.open:
        return None
    asks = (*_ON_ACTION, Kind.SUPERSEDE, Kind.REJECT)
    if at.ownerless:
        return _item(line, Section.SILENT, f"Nobody owns it. {at.reason}", asks)
    news = f" No update for {days(at.days_since_update)}." if at.stale else ""
    news = "" if "update" in at.reason else news
    if at.colour is Colour.RED:
        return _item(line, Section.RED, f"{at.reason}{news}", asks)
    if at.stale:
        return _item(line, Section.SILENT, f"{at.reason}{news}", asks)
    return _item(line, Section.AMBER, at.reason, asks) if at.colour is Colour.AMBER else None


def _contested_closure(facts: Facts, line: Line) -> str:
    action = line.brief.action
    if line.standing.state is not State.VERIFIED:
        return "nobody independent has seen the evidence yet"
    if action.id in facts.waived:
        return "its verifier was not independent (waived)"
    if action.id in facts.unmet:
        return "its measure was not met"
    if action.priority is Priority.HIGH:
        return "it is of high priority"
    return _aside(facts, line)


def _contested_day(facts: Facts, line: Line) -> str:
    rung = line.standing.rung
    if line.standing.extensions:
        return "its day was changed before"
    if line.standing.days_overdue:
        return "it is past its day already"
    if line.brief.action.priority is Priority.HIGH:
        return "it is of high priority"
    if rung is not None and RUNGS.index(rung.rung) > 1:
        return "it has climbed the ladder"
    return _aside(facts, line)


def _aside(facts: Facts, line: Line) -> str:
    action = line.brief.action
    if names := facts.interests.get(action.id, ()):
        return f"{', '.join(names)} declared an interest"
    if facts.chair and action.id not in facts.handed and not independent(facts.chair, action.owner, action.agency):
        return "the chair is of the agency that owns it"
    return ""


def _evidence(count: int) -> str:
    return {0: "no evidence", 1: "one piece of evidence"}.get(count, f"{count} pieces of evidence")
