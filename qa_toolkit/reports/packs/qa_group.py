"""The QA Group's pack: the papers of its agenda in order, strengths and what was done before what is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import COLOUR_TONES, Draft, chart_of, day, paper, table_by, table_of, why
from qa_toolkit.reports.views.qa_group import ActionForQAGroup, ForQAGroup

SINCE: Final = "Since last time"
PROGRAMME: Final = "Programme"
RETURNS: Final = "Returns by agency"
CONCERNS: Final = "Immediate safeguarding concerns"
GRADES: Final = "Grades and how they moved"
ACTIONS: Final = "Actions"
CLOSING: Final = "Closing asked for"
LATER: Final = "Later days asked for"
AGAIN: Final = "Found again"


def qa_group_pack(view: ForQAGroup, draft: Draft, audience: str) -> Document:
    """The pack."""
    return paper(view, "Quality Assurance Group: papers", audience, _parts(view, draft))


def _parts(view: ForQAGroup, draft: Draft) -> Iterator[Part]:
    yield from _agenda(view)
    yield from _since(view, draft)
    yield from _programme(view)
    yield from _returns(view, draft)
    yield from _concerns(view, draft)
    yield from _grades(view)
    yield from _actions(view, draft)
    yield from _closing(view)
    yield from _later(view)
    yield from _repeats(view)
    yield Heading("How to read the colours")
    yield Paragraph(f"Colours by {view.rules}. An owner may say worse, never better.")
    yield Bullets(view.legend)


def _agenda(view: ForQAGroup) -> Iterator[Part]:
    """The items in the order of their papers, each under its paper's own heading."""
    _, asked_to_close, asked_later, *_ = view.open_now
    missing, still = view.returns[5], view.concerns[-1]
    red, amber, *_ = view.colours
    repeats = sum(bool(one.repeats) for one in view.findings)
    rows = (
        (SINCE, "To note", f"{view.flow[1].value} agreed, {view.flow[3].value} closed"),
        (PROGRAMME, "To note", f"{len(view.programme)} planned"),
        (RETURNS, "To ask about" if missing.value else "To note", f"{missing.value} missing"),
        (CONCERNS, "To act on today" if still.value else "To note", f"{still.value} still open"),
        (GRADES, "To talk about", f"{sum(one.grades is not None for one in view.audits)} graded"),
        (ACTIONS, "To challenge", f"{red.value} red, {amber.value} amber"),
        (CLOSING, "To decide", f"{asked_to_close.value} asked for"),
        (LATER, "To decide", f"{asked_later.value} asked for"),
        (AGAIN, "To talk about", f"{repeats} found again"),
    )
    yield Heading("Agenda")
    yield Table(("Item", "The group is asked", "Now"), rows, (5, 3, 4), "The agenda, in the order of the papers")


def _since(view: ForQAGroup, draft: Draft) -> Iterator[Part]:
    start, agreed, reopened, closed, superseded, rejected, undone, end = view.flow
    yield Heading(SINCE)
    yield Paragraph(
        draft.say("{} [action was|actions were] open; {} agreed since, {} reopened, {} closed, {} superseded, "
                  "{} rejected.", start,
                  agreed, reopened, closed, superseded, rejected)
        + (" " + draft.say("Deeds taken back make {}.", undone) if undone.value else "")
        + " " + draft.say("{} [is|are] open now.", end)
    )  # fmt: skip
    submitted, verified, confirmed = view.closure
    yield Paragraph(
        draft.say("Submitted as done: {}; verified by somebody independent: {}; confirmed to have made a "
                  "difference: {}",
                  submitted, verified, confirmed) + f", of {submitted.of} actions ever agreed and not dropped."
    )  # fmt: skip
    closed_now = [f"{one.id}, {one.agency}: {one.text}" for one in view.actions if one.closed_since and not one.open]
    if closed_now:
        yield Heading("Closed since last time", 2)
        yield Bullets(tuple(closed_now))
    if view.date_changes:
        yield Heading("Dates changed", 2)
        rows = tuple(
            (one.action, one.agency, day(one.old), day(one.new), reason, one.decided_by)
            for one, reason in zip(view.date_changes, view.date_reasons, strict=True)
        )
        yield Table(("Action", "Agency", "Was due", "Now due", "Why", "Decided by"), rows, (9, 10, 7, 7, 13, 9),
                    "Due dates changed since last time")  # fmt: skip


def _programme(view: ForQAGroup) -> Iterator[Part]:
    yield Heading(PROGRAMME)
    if not view.programme:
        yield Paragraph("Nothing is planned in the record.")
        return
    rows = tuple((one.title, one.months, one.standing, one.reason or one.why) for one in view.programme)
    yield Table(("What", "When", "Standing", "Why"), rows, (4, 3, 2, 5), "The programme, with where each entry stands")


def _returns(view: ForQAGroup, draft: Draft) -> Iterator[Part]:
    asked, in_time, late, nil, waiting, missing, excused = view.returns
    yield Heading(RETURNS)
    if not asked.value:
        yield Paragraph("No audit asks for returns in this time.")
        return
    yield Paragraph(
        draft.say("Of {} [return|returns] asked for, {} came in time and {} late; {} [is|are] nil.",
                  asked, in_time, late, nil)
        + " " + draft.say("{} [is|are] not due yet, {} [is|are] missing and {} [was|were] excused.",
                          waiting, missing, excused)
    )  # fmt: skip
    yield table_by(view.returns_by_agency)


def _concerns(view: ForQAGroup, draft: Draft) -> Iterator[Part]:
    raised, acknowledged, closed, still = view.concerns
    yield Heading(CONCERNS)
    if not raised.value:
        yield Paragraph(draft.say("{} [was|were] raised in the audits of this time.", raised))
        return
    yield Paragraph(
        draft.say("{} raised: {} acknowledged, {} closed with an outcome, {} still open.", raised, acknowledged, closed,
                  still)
    )  # fmt: skip
    if still.value:
        yield Note("What is still open is for the co-ordinator and the chair today, not for the next meeting.")


def _grades(view: ForQAGroup) -> Iterator[Part]:
    yield Heading(GRADES)
    graded = [one for one in view.audits if one.grades is not None]
    if not graded:
        yield Paragraph("No panel has agreed grades in the audits of this time.")
    for one in graded:
        assert one.grades is not None
        yield table_of(one.grades.numbers, f"{one.id}: {one.title}", f"Agreed grades of {one.id}, in children")
    if view.shifts.lines:
        yield Heading("The panel’s grades beside the agencies’ own", 2)
        yield Paragraph("Few returns say little about an agency: read these as a start of a conversation.")
        yield table_by(view.shifts)


def _actions(view: ForQAGroup, draft: Draft) -> Iterator[Part]:
    overdue, _, _, held, stale, ownerless = view.open_now
    yield Heading(ACTIONS)
    if not view.flow[-1].value:
        yield Paragraph("No action is open.")
        return
    yield chart_of(view.colours, "Open actions by colour", "actions", COLOUR_TONES)
    yield Paragraph(
        draft.say("{} [is|are] overdue, {} on hold, {} without a recent update, {} without an owner.",
                  overdue, held, stale, ownerless)
    )  # fmt: skip
    for colour in (Colour.RED, Colour.AMBER):
        found = [one for one in view.actions if one.open and one.colour == colour.label]
        yield Heading(f"{colour.label}: {len(found)}", 2)
        if found:
            yield _table(sorted(found, key=lambda one: (-one.days_overdue, one.due, one.id)), colour)
        else:
            yield Paragraph("None.")


def _table(found: list[ActionForQAGroup], colour: Colour) -> Table:
    rows = tuple(
        (
            one.id, one.text, f"{one.agency}\n{one.owner or one.owner_role}", _due(one), why(one),
            f"{one.said}\n{_age(one)}".strip(),
        )
        for one in found
    )  # fmt: skip
    return Table(("Action", "What", "Whose", "Due", "Why this colour", "Said last"), rows, (9, 13, 10, 8, 11, 12),
                 f"{colour.label} actions with what was said of them last")  # fmt: skip


def _due(one: ActionForQAGroup) -> str:
    late = f"\n{one.days_overdue} working days late" if one.days_overdue else ""
    moved = f"\nfirst {day(one.first_due)}" if one.first_due != one.due else ""
    return f"{day(one.due)}{moved}{late}"


def _age(one: ActionForQAGroup) -> str:
    if one.updated is None:
        return "Never updated"
    if not one.days_since_update:
        return day(one.updated)
    ago = "1 working day" if one.days_since_update == 1 else f"{one.days_since_update} working days"
    return f"{day(one.updated)}, {ago} ago"


def _closing(view: ForQAGroup) -> Iterator[Part]:
    yield Heading(CLOSING)
    found = [one for one in view.actions if one.asks_closing]
    if not found:
        yield Paragraph("Nobody asks for an action to be closed.")
    for one in found:
        yield Heading(f"{one.id}, {one.agency}: {one.state.lower()}", 2)
        yield Paragraph(one.text)
        facts = [f"Success measure: {one.measure or 'none was named'}."]
        facts += [f"Evidence: {each}" for each in one.evidence] or ["Evidence: none is recorded."]
        facts += [f"The verifier says: {one.verified}"] if one.verified else ["Nobody independent has verified it yet."]
        yield Bullets(tuple(facts))


def _later(view: ForQAGroup) -> Iterator[Part]:
    yield Heading(LATER)
    found = [one for one in view.actions if one.asks_later]
    if not found:
        yield Paragraph("Nobody asks for a later day.")
        return
    rows = tuple(
        (one.id, one.agency, day(one.due), day(one.asks_later), str(one.extensions), one.asks_why) for one in found
    )
    yield Table(("Action", "Agency", "Due", "Asked for", "Changed before", "Why"), rows, (9, 10, 7, 7, 8, 14),
                "Later days that owners ask for")  # fmt: skip


def _repeats(view: ForQAGroup) -> Iterator[Part]:
    yield Heading(AGAIN)
    found = [one for one in view.findings if one.repeats]
    if not found:
        yield Paragraph("No finding of this time repeats an earlier one.")
    for one in found:
        yield Paragraph(f"{one.id}: {one.text}")
        yield Bullets(one.repeats)
