"""Each pack by its word: for whom it is, and how it is made from the record. The one place that joins the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from qa_toolkit.domain.audience import Audience, narrow
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.disclosure.rules import DEFAULT, RULE_SETS, RuleSet
from qa_toolkit.domain.errors import InputError
from qa_toolkit.reports.figures import Moments, whole
from qa_toolkit.reports.packs.business_group import business_group_workbook
from qa_toolkit.reports.packs.main_board import main_board_report
from qa_toolkit.reports.packs.qa_group import qa_group_pack
from qa_toolkit.reports.sending import Paper
from qa_toolkit.reports.views import ForBoard, ForBusiness, ForQAGroup, Whole
from qa_toolkit.reports.wording import Draft
from qa_toolkit.store.workspace import Workspace


class Request(NamedTuple):
    """What was asked for."""

    moments: Moments
    calendar: WorkingCalendar
    now: datetime
    rules: RuleSet = DEFAULT
    words: Mapping[str, str] = {}
    """Whatever else it needs: the audit, the agency, the person, by name."""


class Kind(NamedTuple):
    """One pack."""

    word: str
    title: str
    audience: Audience
    days: int
    """How far back it looks, unless told."""
    make: Callable[[Workspace, Request, Whole], Paper]


def make(workspace: Workspace, word: str, request: Request) -> Paper:
    """The pack, made and not yet written.

    Raises:
        InputError: There is none of that name, or what it needs is missing.
    """
    kind = kind_of(word)
    figures = whole(workspace, request.moments, calendar=request.calendar, rules=request.rules, now=request.now)
    return kind.make(workspace, request, figures)


def kind_of(word: str) -> Kind:
    """The pack of that name.

    Raises:
        InputError: There is none.
    """
    found = KINDS.get(word)
    if found is None:
        raise InputError(f"There is no pack “{word}”: there are {', '.join(KINDS)}.")
    return found


def again(workspace: Workspace, note: Mapping[str, object], calendar: WorkingCalendar, now: datetime) -> Paper:
    """The pack that a note tells of, made again from the record as it stood.

    Raises:
        InputError: The note lacks what is needed, or the pack can no longer be made.
    """
    try:
        since, as_at = (datetime.fromisoformat(str(note[name])) for name in ("since", "as_at"))
        words = {str(name): str(value) for name, value in dict(note["asked"]).items()}  # type: ignore[call-overload]
        rules = next((one for one in RULE_SETS.values() if one.name in str(note["small_numbers"])), DEFAULT)
    except (KeyError, ValueError, TypeError):
        raise InputError("Its note does not say from which moments it was made, so it cannot be made again.") from None
    return make(workspace, str(note["kind"]), Request(Moments(since, as_at), calendar, now, rules, words))


def _qa_group(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    draft = Draft()
    body = qa_group_pack(narrow(figures, ForQAGroup), draft, Audience.QA_GROUP.label)
    return Paper("qa-group", Audience.QA_GROUP, body, figures, request.words, tuple(draft.said))


def _business_group(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    body = business_group_workbook(narrow(figures, ForBusiness), Audience.BUSINESS_GROUP.label)
    return Paper("business-group", Audience.BUSINESS_GROUP, body, figures, request.words)


def _main_board(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    since, as_at = request.moments
    earlier = Moments(since - (as_at - since), since)
    began = workspace.partnership_shelf.journal.line_of(1).at
    last = None
    if began < since:
        before = whole(workspace, earlier, calendar=request.calendar, rules=request.rules, now=request.now)
        last = narrow(before, ForBoard)
    draft = Draft()
    body = main_board_report(narrow(figures, ForBoard), last, draft, Audience.MAIN_BOARD.label)
    return Paper("main-board", Audience.MAIN_BOARD, body, figures, request.words, tuple(draft.said))


KINDS: Final = {
    kind.word: kind
    for kind in (
        Kind("qa-group", "The QA Group’s pack", Audience.QA_GROUP, 56, _qa_group),
        Kind("business-group", "The Business Group’s workbook", Audience.BUSINESS_GROUP, 91, _business_group),
        Kind("main-board", "The Main Board’s six-monthly report", Audience.MAIN_BOARD, 182, _main_board),
    )
}
"""Every pack that is made from the figures."""
