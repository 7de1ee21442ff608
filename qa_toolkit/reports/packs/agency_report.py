"""One agency's own picture beside the partnership's: returns, what was found, what it does, where it contributes."""

from __future__ import annotations

from collections.abc import Iterator

from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import COLOUR_TONES, Draft, day, paper, why
from qa_toolkit.reports.views.numbers import Line
from qa_toolkit.reports.views.qa_group import ForQAGroup


def agency_report(view: ForQAGroup, name: str, draft: Draft, audience: str) -> Document:
    """The report for the agency of that name."""
    return paper(view, f"{name}: its own picture beside the partnership’s", audience, _parts(view, name, draft))


def _parts(view: ForQAGroup, name: str, draft: Draft) -> Iterator[Part]:
    yield from _findings(view, name)
    yield from _returns(view, name)
    yield from _actions(view, name, draft)
    yield from _commitments(view, name)


def _line(lines: tuple[Line, ...], name: str) -> Line | None:
    return next((line for line in lines if line.name == name), None)


def _findings(view: ForQAGroup, name: str) -> Iterator[Part]:
    yield Heading("What audits found")
    found = [one for one in view.findings if name in one.agencies]
    if not found:
        yield Paragraph("No finding of this time names the agency.")
    for heading, strength in (("Strengths", True), ("To be better", False)):
        mine = [one for one in found if one.strength is strength]
        if mine:
            yield Heading(heading, 2)
            yield Bullets(tuple(f"{one.text} ({one.prevalence})" if one.prevalence else one.text for one in mine))


def _returns(view: ForQAGroup, name: str) -> Iterator[Part]:
    yield Heading("Returns")
    own = _line(view.returns_by_agency.lines, name)
    if own is None:
        yield Paragraph("No return was asked of the agency in this time.")
    else:
        rows = tuple(
            (mine.label, str(mine.value), str(every.value))
            for mine, every in zip(own.numbers, view.returns, strict=True)
        )
        yield Table(("Returns", name, "All agencies"), rows, (4, 2, 2), "Returns of the agency beside all agencies")
    moved = _line(view.shifts.lines, name)
    if moved is not None:
        yield Heading("The panel’s grades beside the agency’s own", 2)
        rows = tuple(
            (mine.label, f"{mine.value} of {mine.of}", f"{every.value} of {every.of}")
            for mine, every in zip(moved.numbers, view.shifts_in_all, strict=True)
        )
        yield Table(("Returns", name, "All agencies"), rows, (4, 2, 2), "The panel’s grades beside the agency’s own")
        yield Paragraph("A difference is a question to talk about, not a fault; few returns say little.")


def _actions(view: ForQAGroup, name: str, draft: Draft) -> Iterator[Part]:
    yield Heading("Actions")
    own, total = _line(view.by_agency.lines, name), view.flow[-1]
    if own is None:
        yield Paragraph("The agency owns no action.")
        return
    open_, red, overdue, closed, *_ = own.numbers
    yield Paragraph(
        draft.say("It has {} open [action|actions], of the partnership’s {}; {} [is|are] red, {} overdue, and "
                  "{} [was|were] "
                  "closed in this time.", open_, total, red, overdue, closed)
    )  # fmt: skip
    found = sorted(
        (one for one in view.actions if one.open and one.agency == name),
        key=lambda one: (-one.days_overdue, one.due, one.id),
    )
    if found:
        rows = tuple(
            (one.id, one.text, one.owner or one.owner_role, day(one.due), one.colour, why(one)) for one in found
        )
        yield Table(("Action", "What", "Whose", "Due", "Colour", "Why"), rows, (9, 14, 9, 7, 6, 12),
                    "The agency’s open actions", COLOUR_TONES)  # fmt: skip


def _commitments(view: ForQAGroup, name: str) -> Iterator[Part]:
    yield Heading("What it gives to the commitments")
    mine = [one for one in view.actions if one.agency == name and one.commitment]
    texts = {one.id: one.text for one in view.commitments}
    if mine:
        given = tuple(
            (one.commitment, texts.get(one.commitment, ""), f"{one.id}: {one.text}", one.state) for one in mine
        )
        yield Table(("Commitment", "What was promised", "Its action", "State"), given, (4, 8, 8, 3),
                    "The agency’s actions that serve a commitment")  # fmt: skip
    else:
        yield Paragraph("None of its open actions serves a commitment of the strategy or Business Plan.")
    found = [one for one in view.commitments if one.agency == name]
    if not found:
        yield Paragraph("It leads on no commitment itself.")
        return
    yield Heading("Commitments that it leads on", 2)
    rows = tuple(
        (one.heading, one.text, one.statement or "Nothing has been said yet.", one.difference) for one in found
    )
    yield Table(("Heading", "Commitment", "Where it stands", "Different for children"), rows, (3, 5, 5, 4),
                "Commitments that the agency leads on")  # fmt: skip
