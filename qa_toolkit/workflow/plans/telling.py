"""One action’s whole story as plain lines, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.workflow.plans.stories import Story


def tell(story: Story) -> Iterator[str]:
    """What led to it, what it is, where it stands, and everything that happened, oldest first."""
    action, where = story.thread.action, story.standing
    yield f"{action.id}  {where.state.label}  {where.colour.letter} {where.colour.label}"
    yield action.text
    yield ""
    yield where.reason
    if where.rung:
        yield f"It goes to {where.rung.rung.label}: {where.rung.reason}."
    yield from facts(story)
    yield from behind(story)
    yield ""
    for _, day, said in happened(story):
        yield f"  {show_date(day)}  {said}"
    yield ""
    yield f"Colours by {story.rules.title}, in force since {show_date(story.rules.since)}:"
    for line in story.rules.legend:
        yield f"  {line}"


def facts(story: Story) -> Iterator[str]:
    """What it is, a line each; what is empty is left out."""
    action, where, thread = story.thread.action, story.standing, story.thread
    owner = ", ".join(one for one in (action.owner, action.owner_role, action.agency or action.outside) if one)
    slip = f"; first {show_date(action.first_due)}, slip {where.slip:+d} working days" if where.slip else ""
    put_off = f", put off {where.extensions} times" if where.extensions > 1 else ", put off once"
    accepted = thread.acceptance
    rows = (
        ("Plan", f"{story.plan.id} {story.plan.title} ({story.plan.source.label.lower()})"),
        # Nearly always it is the group that reviews the plan.
        ("Reviewed by", story.tier if action.tier != story.plan.tier else ""),
        ("Owner", owner or "nobody"),
        ("Taken on", "" if accepted is None else f"{'yes' if accepted.accepted else 'refused'}, {accepted.by_whom}"
         + (f": {accepted.reason}" if accepted.reason else "")),
        ("With", ", ".join(action.supporting)),
        ("Sponsor", action.sponsor),
        ("Due", f"{show_date(action.due)}{slip}{put_off if where.extensions else ''}"
         + (f"; {where.progress}% done" if where.progress else "")),
        ("Begins", show_date(action.start) if action.start else ""),
        ("Priority", action.priority.value),
        ("Themes", ", ".join(action.themes)),
        ("For children", action.outcome),
        ("Measure", action.measure),
        ("From, to", " → ".join(one for one in (action.baseline, action.target) if one)),
        ("Impact", where.impact.label + (f"; judged by {show_date(action.impact_due)}" if action.impact_due else "")
         + (f", from {action.re_audit}" if action.re_audit else "")),
        ("Sensitive", "for its owner, the co-ordinators and chairs only" if action.sensitive else ""),
        ("Waiver", f"{story.waiver.person} may verify it: {story.waiver.reason} Agreed by {story.waiver.agreed_by}."
         if story.waiver else ""),
    )  # fmt: skip
    for title, said in rows:
        if said:
            yield f"{title}: {said}"
    for milestone in thread.milestones:
        done = f"reached {show_date(milestone.done)}" if milestone.done else "not reached yet"
        yield f"Milestone {milestone.id}: {milestone.text}, by {show_date(milestone.due)}: {done}"
    if (asked := thread.wants_later_day) is not None:
        yield f"Asked for: {show_date(asked.new)} ({asked.reason})"


def behind(story: Story) -> Iterator[str]:
    """What led to it: finding, recommendation with its answers, commitment."""
    for finding in story.findings:
        yield f"Finding {finding.id}: {finding.text}"
    for id, why in story.closed.items():
        yield f"Finding {id}: {why}"
    if story.recommendation:
        yield f"Recommendation {story.recommendation.id}: {story.recommendation.text}"
    for one in story.responses:
        yield f"  {one.agency or 'The partnership'}: {one.answer.label}{f': {one.reason}' if one.reason else ''}"
    if story.commitment:
        yield f"Commitment {story.commitment.id}, {story.commitment.heading}: {story.commitment.text}"


def happened(story: Story) -> list[tuple[int, date, str]]:
    """Everything that was recorded, oldest first: the line that did it, its day, and what it said."""
    return sorted(_happened(story), key=lambda one: one[0])


def _happened(story: Story) -> Iterator[tuple[int, date, str]]:
    thread = story.thread
    for step in thread.steps:
        why = f": {step.reason}" if step.reason else ""
        more = "".join(
            (f" [{step.meeting}]" if step.meeting else "",
             f" Looked at again on {show_date(step.review)}." if step.review else "",
             f" In its place: {step.successor}." if step.successor else "",
             " The measure was not met." if step.deed is Deed.VERIFY and step.met is False else "")
        )  # fmt: skip
        did = "Sent back" if step.deed is Deed.SEND_BACK else step.to.label
        yield step.seq, story.day(step.at), f"{did}, {step.by}{why}{more}"
    colours = {update.id: colour for update, colour in story.colours}
    for update in thread.updates:
        progress = f", {update.progress}% done" if update.progress is not None else ""
        coloured = colours.get(update.id)
        then = f" ({coloured.colour.letter} {coloured.colour.label} that day)" if coloured else ""
        yield update.seq, story.day(update.at), f"{update.by}{progress}{then}: {update.text}"
    for change in thread.date_changes:
        old, new = show_date(change.old), show_date(change.new)
        said = f"Due {new} in the place of {old}, decided by {change.decided_by}: {change.reason}"
        yield change.seq, change.on, said
    for one in thread.evidence:
        digest = f", SHA-256 {one.sha256[:16]}…" if one.sha256 else ""
        seen = f", seen by {one.seen_by}" if one.seen_by else ""
        kind = f"{one.kind.label} of {show_date(one.on)}"
        shows = f": {one.shows}" if one.shows else ""
        yield one.seq, one.added, f"Evidence {one.id}, {kind}: {one.pointer}{seen}{digest}{shows}"
    for judged in thread.judgements:
        said = f"Impact: {judged.impact.label.lower()}, {judged.by}; shown by {judged.shown_by}"
        yield judged.seq, story.day(judged.at), said
    for taken in thread.escalations:
        yield taken.seq, taken.on, f"Taken up to {Rung(taken.to).label}: {taken.reason}"


def as_data(story: Story) -> dict[str, Any]:
    """The story as plain data."""
    thread, where = story.thread, story.standing
    colours = {update.id: colour for update, colour in story.colours}
    parts = ("steps", "milestones", "evidence", "date_changes", "asked", "judgements", "escalations")
    return {
        "action": thread.action.id, **thread.action.document(),
        "state": where.state.value, "colour": where.colour.value, "because": where.reason, "slip": where.slip,
        "extensions": where.extensions, "days_overdue": where.days_overdue, "impact": where.impact.value,
        "goes_to": where.rung.rung.value if where.rung else None,
        "goes_because": where.rung.reason if where.rung else None,
        "rules": story.rules.title, "legend": story.rules.legend,
        "findings": [one.id for one in story.findings],
        "responses": [one.document() for one in story.responses],
        "acceptance": thread.acceptance.document() if thread.acceptance else None,
        "waiver": story.waiver.document() if story.waiver else None,
        "updates": [
            {
                "id": one.id, **one.document(),
                "colour_of_its_day": colours[one.id].colour.value if one.id in colours else None,
                "because": colours[one.id].reason if one.id in colours else None,
            }
            for one in thread.updates
        ],
        **{name: [{"id": one.id, **one.document()} for one in getattr(thread, name)] for name in parts},
    }  # fmt: skip
