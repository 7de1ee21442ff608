"""A meeting's agenda, made by rule from facts: what comes before it, in which order, and why, in one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.agenda_actions import actions
from qa_toolkit.domain.plans.agenda_items import Facts, Item, Section, days
from qa_toolkit.domain.plans.meetings import Kind, Meeting
from qa_toolkit.domain.programme import Standing as Planned
from qa_toolkit.domain.text import shorten

ENOUGH: Final = 5
"""Returns of one agency from which on a shift of its grades says something."""


def agenda(facts: Facts) -> tuple[Item, ...]:
    """Every item in order; what was not reached last time says so, and comes first in its part."""
    found = [item for part in _PARTS for item in part(facts)]
    carried = facts.last.carried if facts.last else ()
    marked = [item._replace(carried=item.key in carried) for item in found]
    order = list(Section)
    gone = set(carried) - {item.key for item in found}
    if facts.last is not None and gone:
        marked.append(_settled(facts.last, gone))
    return tuple(sorted(marked, key=lambda item: (order.index(item.section), not item.carried)))


def _settled(last: Meeting, gone: set[str]) -> Item:
    one = len(gone) == 1
    return Item(
        "settled", Section.ARISING, f"Not reached last time, and settled since: {', '.join(sorted(gone))}",
        f"{'One item' if one else f'{len(gone)} items'} not reached on {show_date(last.day)} "
        f"no longer {'asks' if one else 'ask'} for anything.", (Kind.NOTE,),
    )  # fmt: skip


# --- the meeting's own business


def _minutes(facts: Facts) -> Iterator[Item]:
    for meeting in facts.minutes:
        yield Item(
            meeting.id, Section.MINUTES, f"Minutes of {show_date(meeting.day)}",
            "They are a draft until this meeting approves them.", (Kind.APPROVE_MINUTES,),
        )  # fmt: skip


def _ratify(facts: Facts) -> Iterator[Item]:
    for one in facts.decisions:
        here = facts.meeting.id in (one.ratified_by, one.refused_by)
        if (one.to_ratify or here) and one.meeting != facts.meeting.id:
            what = "Chair’s action between meetings" if not one.meeting else "Decided without a quorum"
            about = f" on {one.subject}" if one.subject else ""
            yield Item(
                one.id, Section.RATIFY, f"{one.kind.label}{about}: {one.text}",
                f"{what} on {show_date(one.at.date())}: this meeting says whether it stands by it.",
                (Kind.RATIFY, Kind.NOT_RATIFIED),
            )  # fmt: skip


def _due_back(facts: Facts) -> Iterator[Item]:
    heard = {one.subject for one in facts.decisions if one.meeting != facts.meeting.id}
    for one in facts.decisions:
        if one.due_back is None or one.due_back > facts.meeting.day or one.id in heard or one.to_ratify:
            continue
        asked = facts.names.get(one.to, one.to) or "anybody"
        back = f"Answered: {one.answered}" if one.answered else f"Nothing came back from {asked} yet."
        about = f" on {one.subject}" if one.subject else ""
        yield Item(
            one.id, Section.DUE_BACK, f"{one.kind.label}{about}: {one.text}",
            f"Due back on {show_date(one.due_back)}. {back}", (Kind.NOTE, Kind.ASK_MORE, Kind.ESCALATE),
        )  # fmt: skip


# --- the year's audits


def _programme(facts: Facts) -> Iterator[Item]:
    month = f"{facts.day:%Y-%m}"
    behind = 0
    for entry in facts.programme:
        first, last = entry.months[0], entry.months[-1]
        if entry.standing in (Planned.PROPOSED, Planned.AGREED) and first < month:
            why = f"Planned from {_month(first)} on, and not begun."
        elif entry.standing is Planned.RUNNING and last < month:
            why = f"Planned to end in {_month(last)}, and still running."
        else:
            continue
        behind += 1
        yield Item(entry.id, Section.PROGRAMME, entry.title, why, (Kind.NOTE, Kind.ASK_MORE, Kind.CHALLENGE))
    counted = [entry for entry in facts.programme if entry.standing is not Planned.ABANDONED]
    if counted:
        done = sum(entry.standing is Planned.DONE for entry in counted)
        running = sum(entry.standing is Planned.RUNNING for entry in counted)
        yield Item(
            "programme", Section.PROGRAMME, f"{len(counted)} planned: {done} done, {running} running, {behind} behind",
            "The group looks at the programme at every meeting.", (Kind.NOTE,),
        )  # fmt: skip


def _month(text: str) -> str:
    return show_date(date(int(text[:4]), int(text[5:]), 1)).removeprefix("1 ")


def _returns(facts: Facts) -> Iterator[Item]:
    asked, filed = sum(one.asked for one in facts.returns), sum(one.filed for one in facts.returns)
    if not asked:
        return
    nil, late = sum(one.nil for one in facts.returns), sum(one.late for one in facts.returns)
    yield Item(
        "returns", Section.RETURNS, f"{filed} of {asked} returns are in ({nil} nil), {late} late",
        "Every agency’s returns of the open audits are counted at every meeting.", (Kind.NOTE,),
    )  # fmt: skip
    for one in sorted(facts.returns, key=lambda one: (-one.latest, one.agency)):
        if one.late:
            many = "one return is late" if one.late == 1 else f"{one.late} returns are late"
            yield Item(
                f"returns:{one.agency}", Section.RETURNS, f"{one.agency}: {one.filed} of {one.asked} in",
                f"{many.capitalize()}, the latest by {days(one.latest)}.",
                (Kind.NOTE, Kind.ASK_MORE, Kind.CHALLENGE), agency=one.agency,
            )  # fmt: skip


def _concerns(facts: Facts) -> Iterator[Item]:
    count = facts.concerns
    if count.raised:
        late = f" {count.overdue} wait longer than the clock allows." if count.overdue else ""
        yield Item(
            "concerns", Section.CONCERNS,
            f"{count.raised} raised, {count.acknowledged} acknowledged, {count.with_outcome} with an outcome, "
            f"{count.closed} closed",
            f"Concerns are counted at every meeting; what they say is not for it.{late}",
            (Kind.NOTE, Kind.CHALLENGE, Kind.ASK_MORE),
        )  # fmt: skip


def _grades(facts: Facts) -> Iterator[Item]:
    moderated = sum(one.n for one in facts.shifts)
    if not moderated:
        return
    same, higher, lower = (sum(getattr(one, way) for one in facts.shifts) for way in ("same", "higher", "lower"))
    yield Item(
        "grades", Section.GRADES,
        f"{moderated} returns moderated: as the agency gave it in {same}, higher in {higher}, lower in {lower}",
        "The panel agreed grades that this group has not looked at yet.", (Kind.NOTE,),
    )  # fmt: skip
    for one in facts.shifts:
        if one.n >= ENOUGH and one.same * 2 < one.n:
            yield Item(
                f"grades:{one.agency}", Section.GRADES, f"{one.agency}: {one.sentence}",
                "In most of its returns the panel saw it otherwise.", (Kind.NOTE, Kind.ASK_MORE), agency=one.agency,
            )  # fmt: skip


def _repeats(facts: Facts) -> Iterator[Item]:
    for finding, repeat in facts.repeats:
        yield Item(
            finding.id, Section.REPEATS, finding.text, f"Found before: {shorten(repeat.sentence, 200)}",
            (Kind.NOTE, Kind.SET_ACTION, Kind.CHALLENGE, Kind.ASK_MORE),
        )  # fmt: skip


_PARTS: tuple[Callable[[Facts], Iterator[Item]], ...] = (
    _minutes, _ratify, _programme, _returns, _concerns, _grades, actions, _repeats, _due_back,
)  # fmt: skip
