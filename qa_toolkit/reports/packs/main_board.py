"""The Main Board's six-monthly report: a few pages under the strategy's own headings, always beside the last one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.reports.figures.collecting import numbers
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.packs.profile import who_the_children_were
from qa_toolkit.reports.packs.wording import (
    COLOUR_TONES,
    DRAFTED,
    Draft,
    chart_of,
    day,
    grades_chart,
    listed,
    paper,
    some,
    why,
)
from qa_toolkit.reports.views.board import ActionForBoard, AuditForBoard, FindingForBoard, ForBoard
from qa_toolkit.reports.views.numbers import Number

MOST: Final = 10
"""Findings of a kind, actions and changes that the report names; more would be a tracker, and it says how many there
are."""
LETTERS: Final = 1_150
"""Of the findings of a kind together, so that long ones do not push the report past its six pages."""
_COMPARED: Final = (
    "actions.flow.end", "actions.open.overdue", "actions.colour.red", "actions.closure.submitted",
    "actions.closure.verified", "actions.closure.confirmed", "actions.moved_dates", "concerns.raised",
    "returns.in_time", "returns.late", "returns.missing",
)  # fmt: skip


def main_board_report(view: ForBoard, last: ForBoard | None, draft: Draft, audience: str) -> Document:
    """The report; `last` holds the figures of the report before, of the same length of time."""
    return paper(view, "Main Board: six-monthly report on quality assurance", audience, _parts(view, last, draft))


def _parts(view: ForBoard, last: ForBoard | None, draft: Draft) -> Iterator[Part]:
    yield from _short(view, draft)
    yield from _audited(view, draft)
    yield from _practice(view, draft)
    yield from _strategy(view)
    yield from _changed(view, draft)
    yield from _stuck(view, draft)
    yield from _risks(view, draft)
    yield from _asks(view)
    yield from _against(view, last)
    yield from who_the_children_were(view)
    yield Heading("How to read this")
    yield Bullets(
        (
            f"Colours by {view.rules}. Days are working days; overdue starts on the day after the due date.",
            "Counts are shown for fewer than twenty; a percentage of few says more than is known.",
            DRAFTED,
        )
    )


def _short(view: ForBoard, draft: Draft) -> Iterator[Part]:
    submitted, verified, confirmed = view.closure
    yield Heading("In short")
    strengths = sum(one.strength for one in view.findings)
    lines = []
    if view.findings:
        lines.append(f"{len(view.findings)} findings stand from {len(view.audits)} audits; {strengths} of them are "
                     "strengths or good practice to spread.")  # fmt: skip
    lines.append(
        draft.say("{} [action is|actions are] open, of which {} [is|are] overdue and {} red.",
                  view.flow[-1], view.open_now[0], view.colours[0])
    )  # fmt: skip
    lines.append(
        draft.say("Owners say that {} [is|are] done; for {} somebody independent has seen the evidence; for {} a later "
                  "check confirmed a difference for children.", submitted, verified, confirmed)
    )  # fmt: skip
    yield Bullets(tuple(lines))


def _audited(view: ForBoard, draft: Draft) -> Iterator[Part]:
    yield Heading("What we audited, and why")
    if not view.audits:
        yield Paragraph("No audit was open in this time.")
        return
    rows = tuple(
        (f"{one.title}\n{one.id}", one.purpose or "No purpose is recorded.",
         f"{one.children} children, {one.agencies} agencies" if one.children else f"{one.agencies} agencies",
         "Open" if one.open else "Closed")
        for one in view.audits
    )  # fmt: skip
    yield Table(("Audit", "Why", "Looked at", "Now"), rows, (6, 6, 3, 2), "Audits of this time and why they were done")
    asked, in_time, late, nil, waiting, missing, excused = view.returns
    if asked.value:
        yield Paragraph(
            draft.say("Agencies were asked for {} [return|returns]: {} came in time, {} late, {} [is|are] nil, "
                      "{} not due "
                      "yet, {} missing and {} excused.", asked, in_time, late, nil, waiting, missing, excused)
        )  # fmt: skip


def _practice(view: ForBoard, draft: Draft) -> Iterator[Part]:
    yield Heading("How good practice is")
    graded = [one for one in view.audits if one.grades is not None]
    for one in graded:
        yield _grades(one, draft)
        assert one.grades is not None
        yield grades_chart(one.grades.numbers, f"Agreed grades: {one.title}")
    if not graded:
        yield Paragraph("No panel has agreed grades for children in this time.")
    for heading, strength in (("What is strong", True), ("What has to be better", False)):
        found = [one for one in view.findings if one.strength is strength]
        if found:
            yield Heading(heading, 2)
            yield from _some([_finding(one) for one in found], "in the audits’ own reports")


def _grades(one: AuditForBoard, draft: Draft) -> Paragraph:
    assert one.grades is not None
    given = [number for number in one.grades.numbers if number.value]
    words = listed(draft.say(f"{number.label} for {{}}", number) for number in given)
    return Paragraph(f"The panel of {one.id} looked at {one.children} children and agreed: {words}.")


def _strategy(view: ForBoard) -> Iterator[Part]:
    yield Heading("The strategy: where each commitment stands")
    plans = list(dict.fromkeys(f"{one.plan} ({one.id.rpartition('/')[0]})" for one in view.commitments))
    if plans:
        yield Paragraph(f"Commitments of {listed(plans)}.")
    headings = list(dict.fromkeys(one.heading for one in view.commitments))
    if not headings:
        yield Paragraph("No strategy or Business Plan with commitments is in the record.")
    for heading in headings:
        yield Heading(heading, 2)
        rows = []
        for one in (each for each in view.commitments if each.heading == heading):
            said = one.statement or "Nothing has been said yet."
            if one.statement and not one.said_since:
                said = f"{said} Nothing new since {day(one.stated)}."
            rows.append((_number(one.id), one.text, said, one.owner))
        yield Table(("No.", "Commitment", "Where it stands", "Leads"), tuple(rows), (1, 9, 6, 4),
                    f"Commitments under {heading}")  # fmt: skip
        themed = [one.id for one in view.findings if heading.casefold() in {theme.casefold() for theme in one.themes}]
        if themed:
            yield Paragraph(f"Findings under this heading: {listed(themed)}.")


def _number(commitment: str) -> str:
    """“C04” of “AP-2024-001/C04”: the plan is named once, above them all."""
    return commitment.rpartition("/")[2]


def _changed(view: ForBoard, draft: Draft) -> Iterator[Part]:
    yield Heading("What changed for children")
    confirmed, some, none, unmeasured = view.impact
    if confirmed.of:
        yield Paragraph(
            draft.say("Of the closed actions, {} [is|are] confirmed to have made a difference and {} some; {} "
                      "made none, "
                      "and of {} it is not known yet.", confirmed, some, none, unmeasured)
        )  # fmt: skip
    else:
        yield Paragraph("No action is closed, so nothing can be said yet of what actions changed.")
    lines = [f"{one.text} ({one.agency})" for one in view.actions if one.state == State.CONFIRMED.label]
    lines += [_finding(one) for one in view.findings if "Impact on children" in one.tags]
    # One difference is often said of several commitments: it is told once, with all of them.
    differences: dict[str, list[str]] = {}
    for one in view.commitments:
        if one.difference and one.said_since:
            differences.setdefault(one.difference, []).append(_number(one.id))
    lines += [f"{difference} (Said of {listed(ids)}.)" for difference, ids in differences.items()]
    if lines:
        yield from _some(lines, "in the record")


def _some(lines: list[str], others: str) -> Iterator[Part]:
    """As many lines as there is room for, and where the others are."""
    shown = some(lines, MOST, LETTERS)
    yield Bullets(tuple(shown))
    if len(lines) > len(shown):
        left = len(lines) - len(shown)
        yield Paragraph(f"{left} more {'is' if left == 1 else 'are'} {others}.")


def _finding(one: FindingForBoard) -> str:
    return f"{one.id}: {one.text}" + (f" ({one.prevalence})" if one.prevalence else "")


def _stuck(view: ForBoard, draft: Draft) -> Iterator[Part]:
    yield Heading("What is stuck, and who owns it")
    yield chart_of(view.colours, "Open actions by colour", "actions", COLOUR_TONES)
    stuck = [one for one in view.actions if one.open and (one.days_overdue or one.colour == Colour.RED.label)]
    stuck.sort(key=lambda one: (-one.days_overdue, one.due, one.id))
    if not stuck:
        yield Paragraph(draft.say("Nothing is red: {} of the open actions.", view.colours[0]))
        return
    shown = len(some([one.text for one in stuck], MOST, LETTERS))
    rows = tuple(
        (one.id, one.text, one.agency, day(one.due), why(one), one.goes_to[:1].upper() + one.goes_to[1:])
        for one in stuck[:shown]
    )
    yield Table(("Action", "What", "Whose", "Due", "Why it is red", "With"), rows, (8, 13, 9, 6, 12, 7),
                "Actions that are stuck, the latest first")  # fmt: skip
    if len(stuck) > shown:
        yield Note(f"{len(stuck) - shown} more are stuck; the Business Group’s workbook of the day lists all.")


def _risks(view: ForBoard, draft: Draft) -> Iterator[Part]:
    yield Heading("Risks")
    _, _, _, held, stale, ownerless = view.open_now
    lines = [
        draft.say(
            "{} immediate safeguarding [concern of these audits is|concerns of these audits are] still open.",
            view.concerns[-1],
        ),
        draft.say("{} open [action has|actions have] no owner, and {} no recent update.", ownerless, stale),
        draft.say(
            "{} due [date was|dates were] changed in this time; {} [action is|actions are] on hold.",
            view.moved_dates,
            held,
        ),
    ]
    yield Bullets(tuple(lines))


def _asks(view: ForBoard) -> Iterator[Part]:
    yield Heading("What we ask of the Board")
    found = [one for one in view.actions if one.open and one.goes_to == "the Main Board"]
    if not found:
        yield Paragraph("No action has climbed to the Board. It is asked to note this report.")
        return
    yield Paragraph("A decision on each of these, minuted:")
    yield Bullets(tuple(_ask(one) for one in found))


def _ask(one: ActionForBoard) -> str:
    return f"{one.id}, {one.agency}: {one.text} Due {show_date(one.due)}; {one.why_there}."


def _against(view: ForBoard, last: ForBoard | None) -> Iterator[Part]:
    yield Heading("Against the last report")
    start, agreed, reopened, closed, superseded, rejected, undone, end = view.flow
    undone_words = f" {undone.value:+d} by deeds taken back" if undone.value else ""
    yield Paragraph(
        f"{start.value} open at the start + {agreed.value} agreed + {reopened.value} reopened − {closed.value} closed "
        f"− {superseded.value} superseded − {rejected.value} rejected after agreement{undone_words} = {end.value} open."
    )
    if last is None:
        yield Paragraph("There is no earlier report to hold it against.")
        return
    now, then = numbers(view), numbers(last)
    rows = tuple(
        (f"{now[key].label} ({now[key].unit})", _of(then, key), _of(now, key))
        for key in _COMPARED
        if key in now and key in then
    )
    yield Table(("Figure", "Last report", "This report"), rows, (5, 3, 3), "Figures of the last report and of this one")


def _of(found: dict[str, Number], key: str) -> str:
    number = found[key]
    return str(number.value) if number.of is None else f"{number.value} of {number.of}"
