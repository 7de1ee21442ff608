"""The inspection pack: what was audited, child by child under pseudonyms, what was found, done and is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qa_toolkit.domain.states import State
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import COLOUR_TONES, GRADE_MARKS, MARK_TONES, Draft, day, paper, why
from qa_toolkit.reports.views.board import FindingForBoard
from qa_toolkit.reports.views.case import CaseLine, Whole

ABREAST: Final = 10
"""Children beside each other in one table."""
NIL, NOT_IN, SENT = "Nil", "–", "Sent"
_OWED: Final = frozenset(state.label for state in State if state.owed)
_MARKS: Final = (
    f"{', '.join(f'{mark} {label.lower()}' for label, mark in GRADE_MARKS.items())}; {NIL}: a nil return, the agency "
    f"holds nothing; {SENT}: sent in, without a grade; {NOT_IN}: not in or not agreed yet."
)


def inspection_pack(view: Whole, theme: str, draft: Draft, audience: str) -> Document:
    """The pack; with a theme, of the findings and actions under it."""
    title = f"Inspection pack: {theme}" if theme else "Inspection pack"
    return paper(view, title, audience, _parts(view, theme, draft))


def _parts(view: Whole, theme: str, draft: Draft) -> Iterator[Part]:
    yield Note("It names children by pseudonym. Who they are is not in the record, and goes by another way.")
    yield from _audits(view)
    yield from _children(view)
    yield from _findings(view, theme)
    yield from _actions(view, theme)
    yield from _missing(view, draft)


def _audits(view: Whole) -> Iterator[Part]:
    yield Heading("Audits held")
    if not view.audits:
        yield Paragraph("No audit was open in this time.")
        return
    rows = tuple(
        (
            one.id,
            one.title,
            day(one.opened),
            "Open" if one.open else "Closed",
            str(one.children or "–"),
            str(one.agencies),
        )
        for one in view.audits
    )
    yield Table(("Audit", "Title", "Opened", "Now", "Children", "Agencies"), rows, (7, 13, 6, 5, 6, 6), "Audits held")


def _children(view: Whole) -> Iterator[Part]:
    yield Heading("Children, with their grades")
    children = [one for one in view.cases if any(audit.id == one.audit and audit.children for audit in view.audits)]
    if not children:
        yield Paragraph("No audit of this time is about single children.")
        return
    yield Paragraph(_MARKS)
    for audit in view.audits:
        mine = [one for one in children if one.audit == audit.id]
        if mine:
            yield Heading(f"{audit.id}: {audit.title}", 2)
        for first in range(0, len(mine), ABREAST):
            yield _grid(audit.id, mine[first : first + ABREAST])


def _grid(audit: str, children: list[CaseLine]) -> Table:
    """Agencies down, children across: what each graded, under what the panel agreed."""
    own = [{agency: _mark(state, graded) for agency, _, state, graded in one.returns} for one in children]
    agencies = list(dict.fromkeys(agency for one in own for agency in one))
    rows = (
        ("Agreed by the panel", *(GRADE_MARKS.get(one.agreed, NOT_IN) for one in children)),
        *((agency, *(one.get(agency, "") for one in own)) for agency in agencies),
    )
    header = ("", *(one.id.removeprefix(f"{audit}-") for one in children))
    return Table(("Agency", *header[1:]), rows, (8, *(2 for _ in children)),
                 f"Children of {audit} by pseudonym, with agreed and agencies’ own grades", MARK_TONES)  # fmt: skip


def _mark(state: str, graded: str) -> str:
    if graded:
        return GRADE_MARKS[graded]
    return NIL if state == State.NIL.label else NOT_IN if state in _OWED else SENT


def _under(themes: tuple[str, ...], theme: str) -> bool:
    return not theme or theme.casefold() in {one.casefold() for one in themes}


def _findings(view: Whole, theme: str) -> Iterator[Part]:
    yield Heading("Findings")
    found = [one for one in view.findings if _under(one.themes, theme)]
    if not found:
        yield Paragraph("No finding is recorded here.")
        return
    rows = tuple(
        (one.id, one.kind, one.text, "\n".join(filter(None, (one.prevalence, _seen_in(view, one)))),
         ", ".join(one.themes))
        for one in found
    )  # fmt: skip
    yield Table(("Finding", "Kind", "What was found", "Seen in", "Themes"), rows, (2, 3, 6, 4, 3), "Findings")


def _seen_in(view: Whole, one: FindingForBoard) -> str:
    cases = [case.id.removeprefix(f"{one.audit}-") for case in view.cases if one.id in case.findings]
    return f"{one.audit}: {', '.join(cases)}" if cases else ""


def _actions(view: Whole, theme: str) -> Iterator[Part]:
    wanted = {one.id for one in view.findings if _under(one.themes, theme)}
    found = [one for one in view.actions if one.open and (not theme or one.answers_finding in wanted)]
    yield Heading("Open actions")
    if found:
        rows = tuple((one.id, one.text, one.agency, day(one.due), one.colour, why(one)) for one in found)
        yield Table(("Action", "What", "Whose", "Due", "Colour", "Why"), rows, (8, 14, 9, 6, 6, 12), "Open actions",
                    COLOUR_TONES)  # fmt: skip
    else:
        yield Paragraph("No action is open here.")
    yield Heading("Evidence index")
    shown = tuple(
        (one.id, one.text, "\n".join(one.evidence))
        for one in view.actions if one.evidence and (not theme or one.answers_finding in wanted)
    )  # fmt: skip
    if shown:
        yield Table(("Action", "What", "Evidence"), shown, (2, 5, 6), "Evidence by action")
    else:
        yield Paragraph("No evidence is recorded for these actions.")


def _missing(view: Whole, draft: Draft) -> Iterator[Part]:
    yield Heading("What is missing")
    *_, missing, excused = view.returns
    lines = [draft.say("{} [return is|returns are] missing and {} [was|were] excused.", missing, excused)]
    lines += [draft.say(f"{one.label}: {{}} of the open actions.", one) for one in view.quality if one.value]
    about_children = {one.id for one in view.audits if one.children}
    ungraded = [one.id for one in view.cases if not one.agreed and one.audit in about_children]
    if ungraded:
        lines.append(f"No grade is agreed yet for {', '.join(ungraded)}.")
    yield Bullets(tuple(lines))
