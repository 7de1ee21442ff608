"""The thread of an agenda item, as far as a group may follow it: from the action to the finding, and no further.

What single answers say belongs to the case; a return is opened from a meeting by `meetings.open_return`, which is
written down.
"""

from __future__ import annotations

from datetime import tzinfo

from qa_toolkit.domain.dates import day_of, show_date, zone
from qa_toolkit.domain.errors import NotFound
from qa_toolkit.domain.plans.agenda_items import HIDDEN
from qa_toolkit.domain.plans.meetings import Decision, rung_of
from qa_toolkit.domain.plans.plan import Recommendation
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import findings, sealing
from qa_toolkit.workflow.plans.agenda import Papers
from qa_toolkit.workflow.plans.keeping import find, thread_on
from qa_toolkit.workflow.plans.recommendations import responses

STOPS = "The thread stops here: what single returns say is not for this group."
RECENT = 3
"""Updates that are shown; `qa action show` has them all."""


def followed(workspace: Workspace, at: Papers, key: str, reader: str) -> list[str]:
    """The thread of one item in lines; nothing for an item without one.

    Where `reader` scores blind what a finding is about, the finding is closed to them.
    """
    key = key.strip().upper()
    shelf = workspace.actions_shelf
    tz = zone(workspace.partnership().zone)
    if shelf.get(Action, key) is not None:
        return _action(workspace, at, thread_on(shelf, key), tz, reader)
    if key.startswith("F-"):
        return _finding(workspace, key, reader)
    if (decision := shelf.get(Decision, key)) is not None:
        lines = _decision(decision, tz)
        return lines + (followed(workspace, at, decision.subject, reader) if decision.subject.startswith("A-") else [])
    return []


def _action(workspace: Workspace, at: Papers, thread: Thread, tz: tzinfo, reader: str) -> list[str]:
    action = thread.action
    if action.sensitive:
        return [HIDDEN + "."]
    person = workspace.people().get(action.owner)
    owner = " · ".join(
        part for part in (person.name if person else "", action.owner_role, action.agency or action.outside) if part
    )
    lines = [f"Owner: {owner or 'nobody'}"]
    if action.outcome:
        lines.append(f"For children: {action.outcome}")
    lines.append(f"Measure: {action.measure or 'none set'}")
    line = at.lines.get(action.id)
    if line is not None:
        now = line.standing
        slip = f", {now.slip} working days after the first ({show_date(action.first_due)})" if now.slip else ""
        lines += [f"Due: {show_date(line.brief.action.due)}{slip}. {now.state.label}.", now.reason]
        if now.rung is not None and now.rung.rung is not rung_of(at.tier):
            lines.append(f"Goes to: {now.rung.rung.label}, because {now.rung.reason}")
    lines += [f"Day changed on {show_date(one.on)}: {show_date(one.old)} to {show_date(one.new)}, {one.decided_by}: "
              f"{one.reason}" for one in thread.date_changes]  # fmt: skip
    asked = thread.wants_later_day
    if asked is not None:
        lines.append(f"Later day asked for on {show_date(asked.on)}: {show_date(asked.new)}. {asked.reason}")
    lines += [_update(one.at.date() > day_of(at.moment, tz), show_date(day_of(one.at, tz)), one.text, one.progress)
              for one in thread.updates[-RECENT:]]  # fmt: skip
    lines += [
        f"Evidence, {one.kind.label.lower()}, {show_date(one.on)}: {one.pointer}"
        + (f". Shows: {one.shows}" if one.shows else "") + (f". Seen by: {one.seen_by}" if one.seen_by else "")
        for one in thread.evidence
    ]  # fmt: skip
    lines += [f"{step.to.label} on {show_date(day_of(step.at, tz))}: {step.reason}"
              for step in thread.steps if step.reason]  # fmt: skip
    for one in workspace.actions_shelf.all(Decision).values():
        if one.subject == action.id:
            lines += _decision(one, tz)
    return lines + _recommendation(workspace, action, reader)


def _update(late: bool, day: str, text: str, progress: int | None) -> str:
    done = f" ({progress}%)" if progress is not None else ""
    return f"{'After the papers, said' if late else 'Said'} on {day}{done}: {text}"


def _decision(one: Decision, tz: tzinfo) -> list[str]:
    where = f" at {one.meeting}" if one.meeting else ", chair’s action"
    lines = [f"{one.kind.label} on {show_date(day_of(one.at, tz))}{where}: {one.text}"]
    if one.answered and one.answered_on:
        lines.append(f"Answered on {show_date(one.answered_on)}: {one.answered}")
    return lines


def _recommendation(workspace: Workspace, action: Action, reader: str) -> list[str]:
    if not action.recommendation:
        return _finding(workspace, action.finding, reader) if action.finding else []
    made = find(workspace, Recommendation, action.recommendation)
    lines = [f"Recommendation {made.id}: {made.text}"]
    lines += [f"  {one.answer.label} by {one.by_whom}{f': {one.reason}' if one.reason else ''}"
              for one in responses(workspace, made.id)]  # fmt: skip
    found = made.findings or ((action.finding,) if action.finding else ())
    return lines + [line for id in found for line in _finding(workspace, id, reader)]


def _finding(workspace: Workspace, id: str, reader: str) -> list[str]:
    try:
        finding = findings.find(workspace, id)
    except NotFound:
        return [f"Finding {id} is no longer there."]
    if closed := sealing.moderation_closed(workspace, finding.audit, reader):
        return [f"Finding {id}: {closed}"]
    lines = [
        f"Finding {finding.id} of {finding.audit}: {finding.text}",
        f"  {finding.kind.label}, seen in {findings.how_common(workspace, finding).sentence}.",
    ]
    lines += [f"  Found before: {one.earlier.id} of {one.earlier.audit}"
              for one in findings.repeated(workspace, finding)[:3]]  # fmt: skip
    return [*lines, STOPS]
