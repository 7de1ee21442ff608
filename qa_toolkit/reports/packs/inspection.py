"""The inspection pack: what was audited, child by child under pseudonyms, what was found, done and is missing."""

from __future__ import annotations

from collections.abc import Iterator

from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import COLOUR_TONES, Draft, day, paper, why
from qa_toolkit.reports.views.case import Whole


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
        (one.id, one.title, day(one.opened), "Open" if one.open else "Closed", str(one.children), str(one.agencies))
        for one in view.audits
    )
    yield Table(("Audit", "Title", "Opened", "Now", "Children", "Agencies"), rows, (7, 13, 6, 5, 6, 6), "Audits held")


def _children(view: Whole) -> Iterator[Part]:
    yield Heading("Children, with their grades")
    children = [one for one in view.cases if any(audit.id == one.audit and audit.children for audit in view.audits)]
    if not children:
        yield Paragraph("No audit of this time is about single children.")
        return
    rows = tuple(
        (one.id, one.agreed or "Not agreed yet",
         "\n".join(f"{agency}: {graded or state}" for agency, _, state, graded in one.returns),
         ", ".join(one.findings))
        for one in children
    )  # fmt: skip
    yield Table(("Child", "Agreed grade", "Each agency", "Findings"), rows, (4, 4, 9, 4),
                "Children by pseudonym, with agreed and agencies’ own grades")  # fmt: skip


def _under(themes: tuple[str, ...], theme: str) -> bool:
    return not theme or theme.casefold() in {one.casefold() for one in themes}


def _findings(view: Whole, theme: str) -> Iterator[Part]:
    yield Heading("Findings")
    found = [one for one in view.findings if _under(one.themes, theme)]
    if not found:
        yield Paragraph("No finding is recorded here.")
        return
    rows = tuple((one.id, one.kind, one.text, one.prevalence, ", ".join(one.themes)) for one in found)
    yield Table(("Finding", "Kind", "What was found", "Seen in", "Themes"), rows, (2, 3, 6, 3, 3), "Findings")


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
    shown = [f"{one.id}: {each}" for one in view.actions if not theme or one.answers_finding in wanted
             for each in one.evidence]  # fmt: skip
    if shown:
        yield Bullets(tuple(shown))
    else:
        yield Paragraph("No evidence is recorded for these actions.")


def _missing(view: Whole, draft: Draft) -> Iterator[Part]:
    yield Heading("What is missing")
    *_, missing, excused = view.returns
    lines = [draft.say("{} [return is|returns are] missing and {} [was|were] excused.", missing, excused)]
    lines += [draft.say(f"{one.label}: {{}} of the open actions.", one) for one in view.quality if one.value]
    ungraded = [one.id for one in view.cases if not one.agreed]
    if ungraded:
        lines.append(f"No grade is agreed yet for {', '.join(ungraded)}.")
    yield Bullets(tuple(lines))
