"""A finding's thread, and what moved over audits, as lines of plain text: commands and screens show the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.moderation import Shift, shifts_by_agency
from qa_toolkit.domain.plans.records import Impact
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.workflow.plans.tracking import Row
from qa_toolkit.workflow.tracing import Answered, Figure, Trace

NOTHING_YET = "Nothing yet: no recommendation and no action names it."


def trace_lines(found: Trace) -> Iterator[str]:
    """The finding, what shows it, what came before, what came of it."""
    finding = found.finding
    yield f"{finding.id}  {finding.kind.label}  {finding.audit} {found.title}"
    yield finding.text
    if finding.withdrawn:
        yield f"Taken back: {finding.withdrawn}"
    yield f"Seen in {found.common.sentence}."
    about = [f"Themes: {', '.join(found.themes)}."] if found.themes else []
    about += [f"Agencies: {', '.join(finding.agencies)}."] if finding.agencies else []
    about += [f"Children beside those of the answers: {', '.join(finding.subjects)}."] if finding.subjects else []
    about += [f"What lay behind it: {finding.cause.label}."] if finding.cause else []
    about += [f"For the yearly report: {', '.join(tag.label for tag in finding.tags)}."] if finding.tags else []
    yield from about
    yield from ("", "What shows it")
    for one in found.answers:
        yield f"  {one.ref.words}  {one.agency}: {one.words or 'Not answered'}"
        yield f"      {one.question.text}"
        if one.evidence:
            yield f"      Evidence: {one.evidence}"
    if not found.answers:
        yield "  No single answer: it was raised from what the panel saw."
    if found.before or found.again:
        yield from ("", "Found in other audits")
        yield from (f"  Before: {one.sentence}" for one in found.before)
        yield from (f"  Again: {one.id} of {one.audit}: {one.text}" for one in found.again)
    yield from ("", "What came of it")
    for answered in found.answered:
        yield from _answered(answered)
    for row in found.actions:
        yield from _action(row, "  ")
    if not found.answered and not found.actions:
        yield f"  {NOTHING_YET}"


def _answered(answered: Answered) -> Iterator[str]:
    made = answered.recommendation
    back = f" Taken back: {made.withdrawn}" if made.withdrawn else ""
    yield f"  {made.id}  Recommendation, {show_date(made.raised)}: {made.text}{back}"
    for one in answered.responses:
        reason = f" {one.reason}" if one.reason else ""
        yield f"      {one.agency or 'The partnership'}: {one.answer.label.lower()}, {show_date(one.on)}.{reason}"
    if not answered.responses and not made.withdrawn:
        yield "      Nobody has responded yet."
    for row in answered.actions:
        yield from _action(row, "      ")
    if not answered.actions:
        yield "      No action yet."


def _action(row: Row, lead: str) -> Iterator[str]:
    action, standing = row.action, row.standing
    yield f"{lead}{action.id}  {standing.state.label}: {action.text}"
    due = f", {standing.due_words}" if standing.due_words else ""
    who = action.outside or action.agency or "nobody yet"
    impact = f" Impact: {standing.impact.label.lower()}." if standing.impact is not Impact.NOT_MEASURED else ""
    yield f"{lead}    {standing.colour.value.capitalize()}. Owner {who}, due {show_date(action.due)}{due}.{impact}"


def figure_lines(found: Figure) -> Iterator[str]:
    """What was said how often, by which returns, and what was found from it."""
    total = sum(len(ids) for _, ids in found.counts)
    yield f"{found.audit}  {found.question.id}  {found.question.text}"
    yield f"Asked in {total} filed returns. A nil return tells nothing, and is not counted."
    if found.sealed:
        yield f"{found.sealed} sealed, and not counted until both raters have submitted."
    for said, ids in found.counts:
        yield ""
        yield f"  {said}: {len(ids)} of {total} returns"
        yield f"      {', '.join(ids)}"
    yield from ("", "Findings that rest on it")
    yield from (f"  {one.id}  {one.kind.label}: {one.text}" for one in found.findings)
    if not found.findings:
        yield "  None."


def ledger_lines(shifts: Sequence[Shift], *, sections: bool = False) -> Iterator[str]:
    """By agency with n first, then child by child what moved and why; what did not move is counted."""
    whole = [one for one in shifts if one.of == OVERALL]
    if not shifts:
        yield "No agreed grade stands beside one of a filed return yet."
        return
    yield "How agencies’ own grades and the agreed ones stand to each other"
    yield from (f"  {one.agency}: {one.sentence}" for one in shifts_by_agency(whole))
    yield "  A difference is something to talk about, not a fault: the panel saw all records together."
    listed = [one for one in shifts if one.steps and (sections or one.of == OVERALL)]
    counted = shifts if sections else whole
    yield from ("", f"What moved: {len(listed)} of {len(counted)} grades")
    for one in listed:
        of = "" if one.of == OVERALL else f", section {one.of}"
        yield f"  {one.subject}{of}, {one.agency}: {one.sentence}"
        yield f"      {one.reasons}"
