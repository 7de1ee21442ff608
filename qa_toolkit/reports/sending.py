"""A paper on its way out: looked through for identifiers, written, and noted with all that a later check needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.disclosure.tables import said
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.release import Found, Handled, Handling, changed, look
from qa_toolkit.reports import document, spreadsheet
from qa_toolkit.reports.collecting import digest
from qa_toolkit.reports.document import Document
from qa_toolkit.reports.formats import FORMATS, check_format, write_paper
from qa_toolkit.reports.spreadsheet import Spreadsheet, write_spreadsheet
from qa_toolkit.reports.views import Whole
from qa_toolkit.reports.wording import Said
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import releasing

_SHOWN = 20
"""Places that a refusal lists; the rest is counted."""


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
    return look(
        _places(paper.body), paper.audience, releasing.handlings(workspace), today=today,
        contacts=releasing.contacts(workspace),
    )  # fmt: skip


def as_released(workspace: Workspace, paper: Paper, found: list[Found], *, today: date) -> Document | Spreadsheet:
    """The body as it goes out: with other words where that was decided."""
    if not any(one.handling is not None and one.handling.handled is Handled.CHANGED for one in found):
        return paper.body
    handlings = releasing.handlings(workspace)
    return _rewritten(paper.body, lambda text: changed(text, paper.audience, handlings, today=today))


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
    _refuse_open(found, paper)
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


def _refuse_open(found: list[Found], paper: Paper) -> None:
    undecided = list(dict.fromkeys(one.sentence for one in found if one.handling is None))
    if not undecided:
        return
    more = len(undecided) - _SHOWN
    raise NotReady(
        f"It was not written, because its text could identify somebody, and it is for {paper.audience.label}. Put the "
        "text right in the record, or decide by the code in brackets: `qa release change CODE …` puts other words in "
        "its place, `qa release allow CODE …` lets it through with a reason.",
        undecided[:_SHOWN] + ([f"… and {more} more"] if more > 0 else []),
    )


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
    released = figures.children
    return {
        "audience_class": paper.audience.value, "as_at": figures.as_at.isoformat(), "since": figures.since.isoformat(),
        "record": figures.head, "figures": digest(figures), "asked": dict(paper.asked), "colours": figures.rules,
        "small_numbers": figures.small_numbers,
        "hidden": sorted(said(cell) for cell in released.hidden) if released and paper.counts_children else [],
        "held_back": figures.held_back,
        "decided": decisions(one.handling for one in found),
        "sentences": [{"text": one.text, "figures": list(one.keys)} for one in paper.sentences],
    }  # fmt: skip


def decisions(made: Iterable[Handling | None]) -> list[dict[str, str]]:
    """What was decided, each once, as a note keeps it."""
    return [
        {"what": one.words, "kind": one.kind.value, "handled": one.handled.value, "reason": one.reason, "by": one.by,
         "on": one.on.isoformat()}
        for one in {one.id: one for one in made if one is not None}.values()
    ]  # fmt: skip
