"""A paper on its way out: looked through for identifiers, written, and noted with all that a later check needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.disclosure.tables import said
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.release import Found
from qa_toolkit.reports.figures.collecting import digest
from qa_toolkit.reports.layout import document, spreadsheet
from qa_toolkit.reports.layout.document import Document
from qa_toolkit.reports.layout.formats import FORMATS, check_format, write_paper
from qa_toolkit.reports.layout.spreadsheet import Spreadsheet, write_spreadsheet
from qa_toolkit.reports.packs.wording import Said
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import releasing


class Paper(NamedTuple):
    """Something to send: what it is, for whom, what it says, and what it was made from."""

    kind: str
    """The command's word for it: `main-board`."""
    audience: Audience
    body: Document | Spreadsheet
    figures: Whole
    asked: Mapping[str, str]
    """By which words it was asked for, so that it can be made again."""
    sentences: tuple[Said, ...] = ()
    counts_children: bool = False
    """Whether it lays out counts of children by facts about them, where small numbers are hidden."""


class Sent(NamedTuple):
    """What became of a paper."""

    note: Path
    cut: list[tuple[str, str, int]]
    """Texts too long for a cell."""
    handled: list[Found]
    """What was found and let through or changed."""


def looked_through(workspace: Workspace, paper: Paper, *, today: date) -> list[Found]:
    """Everything in its text that could identify somebody to its audience, with what was decided."""
    return releasing.looked_through(workspace, _places(paper.body), paper.audience, today=today)


def as_released(workspace: Workspace, paper: Paper, found: list[Found], *, today: date) -> Document | Spreadsheet:
    """The body as it goes out: with other words where that was decided."""
    put = releasing.in_other_words(workspace, found, paper.audience, today=today)
    return paper.body if put is None else _rewritten(paper.body, put)


def send(
    workspace: Workspace, paper: Paper, out: Path, *, by: str, now: datetime, today: date, replace: bool = False
) -> Sent:
    """Write the paper and the note of it.

    Raises:
        NotAllowed: Only a co-ordinator or a chair releases what goes out.
        NotReady: Its text could identify somebody, and nobody has decided; every place is listed.
        InputError: The file's name does not fit, or it is there already.
        NotSaved: The disk refused; nothing was left behind.
    """
    releasing.releaser(workspace, by)
    _check_name(paper.body, out, replace=replace)
    found = looked_through(workspace, paper, today=today)
    releasing.require_decided(found, paper.audience, out.name)
    cut: list[tuple[str, str, int]] = []
    body = as_released(workspace, paper, found, today=today)
    if isinstance(body, Document):
        write_paper(body, out, now=now, workspace=workspace.root)
    else:
        cut = write_spreadsheet(body, out)
    note = exports.note(
        workspace.folder, out, kind=paper.kind, subject=paper.kind, audience=paper.audience.label, by=by, now=now,
        journals=[], identifiers=len(found), stood=paper.figures.stood, more=_more(paper, found),
    )  # fmt: skip
    return Sent(note, cut, found)


def hidden_in(paper: Paper) -> dict[str, str]:
    """The counts of children that it hides, in words, each with why."""
    children = paper.figures.children
    if children is None or not paper.counts_children:
        return {}
    released = children.released
    why = dict.fromkeys(released.complementary, "so that a small number cannot be worked out")
    why |= {cell: f"because of {pack.name}, which was given out before" for cell, pack in children.because.items()}
    why |= dict.fromkeys(released.primary, f"from {released.rules.low} to {released.rules.high}")
    return {said(cell): why[cell] for cell in sorted(released.hidden)}


def _check_name(body: Document | Spreadsheet, out: Path, *, replace: bool) -> None:
    if isinstance(body, Spreadsheet):
        if out.suffix.lower() != ".xlsx":
            raise InputError(f"{out.name} does not end in .xlsx: this is a workbook, so give it a name that does.")
        if out.exists() and not replace:
            raise InputError(f"{out} is there already. Choose another name, or add --force to replace it.")
    elif out.suffix.lower() == ".xlsx":
        raise InputError(f"{out.name} would be a workbook and this is a paper: end it in one of {', '.join(FORMATS)}.")
    else:
        check_format(out, replace=replace)


def _places(body: Document | Spreadsheet) -> list[tuple[str, str]]:
    return list(document.places(body) if isinstance(body, Document) else spreadsheet.places(body))


def _rewritten(body: Document | Spreadsheet, change: Callable[[str], str]) -> Document | Spreadsheet:
    if isinstance(body, Document):
        return document.rewritten(body, change)
    return spreadsheet.rewritten(body, change)


def _more(paper: Paper, found: list[Found]) -> dict[str, Any]:
    figures = paper.figures
    children, hidden = figures.children if paper.counts_children else None, hidden_in(paper)
    return {
        "audience_class": paper.audience.value, "as_at": figures.as_at.isoformat(), "since": figures.since.isoformat(),
        "record": figures.head, "figures": digest(figures), "asked": dict(paper.asked), "colours": figures.rules,
        "small_numbers": figures.small_numbers,
        "hidden": sorted(hidden), "why_hidden": hidden, "held_back": figures.held_back,
        # What is shown, to hold a later pack against it; never a number that is hidden.
        **({"children": children.kept.document(), "left_out": dict(children.left_out)} if children else {}),
        "decided": releasing.decisions(one.handling for one in found),
        "sentences": [{"text": one.text, "figures": list(one.keys)} for one in paper.sentences],
    }  # fmt: skip
