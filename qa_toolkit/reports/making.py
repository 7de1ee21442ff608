"""Each pack by its word: for whom it is, and how it is made from the record. The one place that joins the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from qa_toolkit.domain.audience import Audience, narrow
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.disclosure.rules import DEFAULT, RULE_SETS, RuleSet
from qa_toolkit.domain.errors import InputError
from qa_toolkit.reports.before import given_out
from qa_toolkit.reports.figures.whole import Moments, whole
from qa_toolkit.reports.packs.agency_report import agency_report
from qa_toolkit.reports.packs.audit_report import Commented, audit_report
from qa_toolkit.reports.packs.briefing import learning_briefing
from qa_toolkit.reports.packs.business_group import business_group_workbook
from qa_toolkit.reports.packs.came_of_it import ForAuditor, OwnCase, came_of_it
from qa_toolkit.reports.packs.compliance import compliance_sheet
from qa_toolkit.reports.packs.inspection import inspection_pack
from qa_toolkit.reports.packs.main_board import main_board_report
from qa_toolkit.reports.packs.qa_group import qa_group_pack
from qa_toolkit.reports.packs.wording import Draft
from qa_toolkit.reports.sending import Paper
from qa_toolkit.reports.views.audit import ForAudit
from qa_toolkit.reports.views.board import ActionForBoard, FindingForBoard, ForBoard
from qa_toolkit.reports.views.business import ForBusiness
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.reports.views.public import Briefing, FindingForPublic, ForPublic
from qa_toolkit.reports.views.qa_group import ForQAGroup
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import accuracy, allowed
from qa_toolkit.workflow.plans.meetings import meetings


class Request(NamedTuple):
    """What was asked for."""

    moments: Moments
    calendar: WorkingCalendar
    now: datetime
    rules: RuleSet = DEFAULT
    words: Mapping[str, str] = {}
    """Whatever else it needs: the audit, the agency, the person, by name."""
    written: datetime | None = None
    """When it was written, if that is not now: it is held against the packs given out before then."""


class Kind(NamedTuple):
    """One pack."""

    word: str
    title: str
    audience: Audience
    days: int
    """How far back it looks, unless told; 0 for an audit's own, which looks back to its opening."""
    make: Callable[[Workspace, Request, Whole], Paper]
    needs: tuple[str, ...] = ()
    """Which further words it needs."""
    tier: str = ""
    """The group whose last meeting it looks back to, where there was one."""
    holds: str = ""
    """What stands in it, in a sentence."""
    workbook: bool = False
    """Whether it is a workbook and not a paper."""
    counts_children: bool = False
    """Whether it lays out counts of children by facts about them, where small numbers are hidden."""


def make(workspace: Workspace, word: str, request: Request) -> Paper:
    """The pack, made and not yet written.

    Raises:
        InputError: There is none of that name, or what it needs is missing.
    """
    kind = kind_of(word)
    for need in kind.needs:
        if not request.words.get(need):
            raise InputError(f"{kind.title} needs --{need}.")
    before = given_out(workspace, request.written or request.now) if kind.counts_children else ()
    figures = whole(
        workspace, request.moments, calendar=request.calendar, rules=request.rules, now=request.now,
        audit="" if kind.days else request.words["audit"], packs_before=before,
    )  # fmt: skip
    return kind.make(workspace, request, figures)._replace(counts_children=kind.counts_children)


def kind_of(word: str) -> Kind:
    """The pack of that name.

    Raises:
        InputError: There is none.
    """
    found = KINDS.get(word)
    if found is None:
        raise InputError(f"There is no pack “{word}”: there are {', '.join(KINDS)}.")
    return found


def last_meeting(workspace: Workspace, tier: str, before: datetime) -> datetime | None:
    """When the last meeting of a group ended, if it has met."""
    ended = [one.ended_at for one in meetings(workspace, tier) if one.ended_at is not None and one.ended_at < before]
    return max(ended, default=None)


def again(workspace: Workspace, note: Mapping[str, object], calendar: WorkingCalendar, now: datetime) -> Paper:
    """The pack that a note tells of, made again from the record as it stood.

    Raises:
        InputError: The note lacks what is needed, or the pack can no longer be made.
    """
    try:
        since, as_at, sent = (datetime.fromisoformat(str(note[name])) for name in ("since", "as_at", "at"))
        words = {str(name): str(value) for name, value in dict(note["asked"]).items()}  # type: ignore[call-overload]
        rules = next((one for one in RULE_SETS.values() if one.name in str(note["small_numbers"])), DEFAULT)
    except (KeyError, ValueError, TypeError):
        raise InputError("Its note does not say from which moments it was made, so it cannot be made again.") from None
    return make(workspace, str(note["kind"]), Request(Moments(since, as_at), calendar, now, rules, words, sent))


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


def _audit(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    draft, words = Draft(), request.words
    final = words.get("final") == "yes"
    version = words.get("version") or accuracy.coming(workspace, words["audit"], final=final)
    agencies = workspace.agencies()
    said = [
        Commented(agency=agencies[one.agency].name, place=one.place, text=one.text,
                  answer=one.answer.value.capitalize() if one.answer else "Not answered yet", reason=one.reason)
        for one in accuracy.comments(workspace, words["audit"])
    ]  # fmt: skip
    body = audit_report(narrow(figures, ForAudit), said, version, draft, Audience.QA_GROUP.label, final=final)
    return Paper("audit", Audience.QA_GROUP, body, figures, {**words, "version": version}, tuple(draft.said))


def _briefing(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    file, agencies = workspace.audit(request.words["audit"]), workspace.agencies()
    learned = Briefing(
        title=file.audit.title, opened=file.audit.opened,
        agencies=tuple(agencies[id].name for id in file.audit.agencies if id in agencies),
        findings=tuple(narrow(one, FindingForPublic) for one in figures.findings),
    )  # fmt: skip
    body = learning_briefing(narrow(figures, ForPublic), learned, "everybody who works with children")
    return Paper("briefing", Audience.PUBLIC, body, figures, request.words)


def _agency(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    found = workspace.agencies().get(request.words["agency"].lower())
    if found is None:
        raise InputError(f"There is no agency {request.words['agency']}. `qa agencies list` shows those there are.")
    draft, audience = Draft(), f"{found.name}, and {Audience.QA_GROUP.label}"
    body = agency_report(narrow(figures, ForQAGroup), found.name, draft, audience)
    return Paper("agency", Audience.QA_GROUP, body, figures, request.words, tuple(draft.said))


def _compliance(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    body = compliance_sheet(narrow(figures, ForAudit), Audience.QA_GROUP.label)
    return Paper("compliance", Audience.QA_GROUP, body, figures, request.words)


def _inspection(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    draft = Draft()
    body = inspection_pack(figures, request.words.get("theme", ""), draft, "inspectors, through the partnership’s lead")
    return Paper("inspection", Audience.CASE, body, figures, request.words, tuple(draft.said))


def _auditor(workspace: Workspace, request: Request, figures: Whole) -> Paper:
    person = allowed.person(workspace, request.words["person"].lower())
    own = [(case, one) for case in figures.cases for one in case.returns if one[1] == person.id]
    if not own:
        raise InputError(f"{person.name} scored no case of the audits of this time: give an earlier day with --since.")
    seen = {id for case, _ in own for id in case.findings}
    view = ForAuditor(
        name=person.name,
        cases=tuple(OwnCase(id=case.id, own=graded, agreed=case.agreed) for case, (_, _, _, graded) in own if graded),
        findings=tuple(narrow(one, FindingForBoard) for one in figures.findings if one.id in seen),
        actions=tuple(narrow(one, ActionForBoard) for one in figures.actions if one.answers_finding in seen),
    )
    body = came_of_it(narrow(figures, ForPublic), view, f"{person.name}, who scored these cases")
    return Paper("auditor", Audience.CASE, body, figures, request.words)


KINDS: Final = {
    kind.word: kind
    for kind in (
        Kind(
            "qa-group",
            "The QA Group’s pack",
            Audience.QA_GROUP,
            56,
            _qa_group,
            tier="qa-group",
            holds="Agenda with papers: programme, returns, concerns as counts, grades, actions red first, closures and "
            "later days asked for, repeat findings.",
        ),
        Kind(
            "business-group",
            "The Business Group’s workbook",
            Audience.BUSINESS_GROUP,
            91,
            _business_group,
            tier="business-group",
            workbook=True,
            holds="Counts with charts, and tables that its members filter themselves: open actions, overdue, closed "
            "since, changes of date, decisions asked for, commitments. No text of any case.",
        ),
        Kind(
            "main-board",
            "The Main Board’s six-monthly report",
            Audience.MAIN_BOARD,
            182,
            _main_board,
            counts_children=True,
            holds="What was audited, how good practice is, what changed for children, what is stuck and who owns it, "
            "and what the Board is asked, theme by theme.",
        ),
        Kind(
            "audit",
            "An audit’s report",
            Audience.QA_GROUP,
            0,
            _audit,
            ("audit",),
            holds="What one audit found. Drafts go to the agencies, who say what is not right; then the final version.",
        ),
        Kind(
            "briefing",
            "A learning briefing",
            Audience.PUBLIC,
            0,
            _briefing,
            ("audit",),
            holds="One page for everybody who works with children: what works well first, then what to do differently.",
        ),
        Kind(
            "agency",
            "An agency’s report",
            Audience.QA_GROUP,
            182,
            _agency,
            ("agency",),
            holds="One agency’s own picture beside the partnership’s, and what it gave to the commitments.",
        ),
        Kind(
            "compliance",
            "A compliance sheet",
            Audience.QA_GROUP,
            0,
            _compliance,
            ("audit",),
            workbook=True,
            holds="What each law or guidance asks, and how an audit’s returns answer it, agency by agency.",
        ),
        Kind(
            "inspection",
            "The inspection pack",
            Audience.CASE,
            365,
            _inspection,
            holds="Children by pseudonym, audits held, grades, open actions, the evidence, and what is missing.",
        ),
        Kind(
            "auditor",
            "What came of it, for an auditor",
            Audience.CASE,
            365,
            _auditor,
            ("person",),
            holds="For one auditor, of the cases they scored: what the panel agreed, what was found, what is done.",
        ),
    )
}
"""Every pack that is made from the figures."""
