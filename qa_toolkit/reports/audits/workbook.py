"""An audit as a workbook, for its co-ordinator and panel: counts first, then grades, returns, answers, definitions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.bank_holidays import EDITION
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import day_of, show_date, zone
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.release import Handled, Handling, changed, code, decided
from qa_toolkit.domain.rounds import Board
from qa_toolkit.domain.states import State
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade, builtin_scales
from qa_toolkit.reports.audits.counts import (
    NIL,
    NO_RETURN,
    NOT_ANSWERED,
    AnswerRow,
    Figures,
    Found,
    audit_figures,
)
from qa_toolkit.reports.audits.indicators_sheet import PANELS, SHEET, indicators, typed_by_panel
from qa_toolkit.sheets.columns import Column, Tone, Value, count_where
from qa_toolkit.sheets.summary import Tally
from qa_toolkit.sheets.writer import Book
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import allowed, releasing, rounds
from qa_toolkit.workflow.sealing import earlier_closed

AUDIENCE = "Case: the audit’s co-ordinator, chair and panel"

GRADE_TONES = {
    Grade.OUTSTANDING.label: Tone.FAIR,
    Grade.GOOD.label: Tone.GOOD,
    Grade.REQUIRES_IMPROVEMENT.label: Tone.POOR,
    Grade.INADEQUATE.label: Tone.BAD,
    Grade.NOT_GRADED.label: Tone.QUIET,
    NO_RETURN: Tone.QUIET,
    NIL: Tone.QUIET,
}

STATE_TONES = {
    State.NOT_ASKED.label: Tone.QUIET,
    State.NOT_STARTED.label: Tone.POOR,
    State.IN_PROGRESS.label: Tone.INFO,
    State.CHECKED.label: Tone.INFO,
    State.SUBMITTED.label: Tone.FAIR,
    State.QUERIED.label: Tone.POOR,
    State.RECEIVED.label: Tone.GOOD,
    State.NIL.label: Tone.QUIET,
}


def write_audit_workbook(
    workspace: Workspace,
    audit_id: str,
    out: Path,
    *,
    by: str,
    now: datetime,
    calendar: WorkingCalendar,
    replace: bool = False,
) -> list[tuple[str, str, int]]:
    """Write the workbook; gives the texts that were too long for a cell (sheet, cell, whole length).

    Raises:
        NotReady: Typed text could identify somebody, and nobody has decided; every place is listed.
        NotSaved: The disk refused; nothing was left behind.
    """
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR, Role.PANEL):
        raise InputError(f"The workbook is for co-ordinators, the chair and the panel; {person.name} is none of these.")
    if why := earlier_closed(workspace, audit_id, by):
        raise NotAllowed(why)
    if out.exists() and not replace:
        raise InputError(f"{out} is there already. Choose another name, or add --force to replace it.")
    partnership = workspace.partnership()
    figures = audit_figures(
        workspace, audit_id, as_at=now, today=day_of(now, zone(partnership.zone)), calendar=calendar
    )
    audit = figures.grid.file.audit
    board = None
    if audit.subject != "child":
        board = rounds.board(workspace, audit.id, by=by, today=figures.today, calendar=calendar)
        found = typed_by_panel(board, figures.today)
        figures = figures._replace(identifiers=(*figures.identifiers, *found))
    handlings = releasing.handlings(workspace)
    _check_identifiers(figures, handlings)
    figures = _as_decided(figures, handlings)
    with Book(
        out,
        title=f"{audit.id} {audit.title}",
        marking=partnership.marking,
        as_at=now,
        author=partnership.name,
        subject="Multi-agency audit",
        properties={"audit_id": audit.id, "audience": AUDIENCE, "template": audit.template},
    ) as book:
        _summary(book, workspace, figures, board)
        if board is not None:
            indicators(book, board, figures.agencies)
        _grades(book, figures)
        _returns(book, figures)
        _answers(book, figures)
        _concerns(book, figures)
        _late(book, figures)
        _definitions(book)
    exports.note(
        workspace.folder, out, kind="audit workbook", subject=audit.id, audience=AUDIENCE, by=by, now=now,
        identifiers=len(figures.identifiers), journals=_journals(figures, board),
        more={
            "audience_class": Audience.CASE.value,
            "decided": releasing.decisions(decided(one.hit, Audience.CASE, handlings) for one in figures.identifiers)
        },
    )  # fmt: skip
    return book.cut


def _journals(figures: Figures, board: Board | None) -> list[str]:
    file = figures.grid.file
    audits = [file.audit.id, *(board.before if board is not None else ())]
    return [PARTNERSHIP, *map(audit_journal, audits), *(return_journal(id) for id in sorted(file.started))]


def _settled(found: Found, handlings: Mapping[str, Handling]) -> bool:
    """Whether it was decided on; other words are put into what agencies sent, not into the panel's own."""
    handling = decided(found.hit, Audience.CASE, handlings)
    return handling is not None and (handling.handled is Handled.RELEASED or found.place != PANELS)


def _as_decided(figures: Figures, handlings: Mapping[str, Handling]) -> Figures:
    """The figures with what was decided to be changed in typed text changed; the returns themselves are not touched."""
    if not figures.identifiers:
        return figures

    def put(text: str) -> str:
        return changed(text, Audience.CASE, handlings, today=figures.today)

    answers = (
        row._replace(answer=put(row.answer), comment=put(row.comment), evidence=put(row.evidence))
        for row in figures.answers
    )
    returns = (row._replace(reasons=put(row.reasons)) for row in figures.returns)
    return figures._replace(answers=tuple(answers), returns=tuple(returns))


def _check_identifiers(figures: Figures, handlings: Mapping[str, Handling]) -> None:
    waiting = [one for one in figures.identifiers if not _settled(one, handlings)]
    if not waiting:
        return
    places = [f"{one.return_id}, {one.place}: {one.hit.sentence} [{code(one.hit)}]" for one in waiting[:20]]
    more = len(waiting) - len(places)
    raise NotReady(
        "The workbook was not written, because typed text could identify somebody. Take it out with `qa redact`, or "
        "decide by the code in brackets with `qa release allow` or `qa release change`, with `--for case`.",
        places + ([f"… and {more} more"] if more > 0 else []),
    )


def _summary(book: Book, workspace: Workspace, figures: Figures, board: Board | None) -> None:
    audit = figures.grid.file.audit
    page = book.summary("Summary", subtitle=workspace.partnership().name)
    page.fact("Audience", AUDIENCE)
    page.fact("Template", f"{audit.template_id}, edition {audit.template_edition}")
    page.fact("Opened", show_date(audit.opened))
    page.fact("Returns due", show_date(audit.due))
    if audit.lookback_from and audit.lookback_to:
        page.fact("Period looked at", f"{show_date(audit.lookback_from)} to {show_date(audit.lookback_to)}")
    page.fact("Subjects", len(figures.grid.subjects))
    if workspace.partnership().example:
        page.note("A worked example: the partnership, the people and the children are invented.")
    states = [
        Tally(state.label, count_where("tblReturns", {"State": state.label}), figures.states[state.label],
              STATE_TONES[state.label])
        for state in State if state is not State.UNREADABLE  # no workbook is written without all of its returns
    ]  # fmt: skip
    page.tallies("Returns by state", "State", "Returns", states)
    labels = [grade.label for grade in Grade] + [NIL, NO_RETURN]
    grades = [
        Tally(la, count_where("tblReturns", {"Auditor’s grade": la}), figures.grades[la], GRADE_TONES[la])
        for la in labels
    ]
    rows = page.tallies("Auditors’ grades", "Grade", "Returns", grades)
    words = ", ".join(f"{label} {figures.grades[label]}" for label in labels)
    page.chart(
        rows,
        title="Returns by auditor’s grade",
        description=f"A bar for each grade, in returns: {words}.",
        tones=[GRADE_TONES[label] for label in labels],
    )
    page.note("Each agency’s auditor graded its own part. These are returns, not children, and not agreed grades.")
    page.links(
        [
            *([(SHEET, "agencies by indicators, with the panel’s word and last time’s")] if board is not None else []),
            ("Grades", "each subject by agency"),
            ("Returns", "every return, with its state and grade"),
            ("Answers", "every answer of the submitted returns"),
            ("Concerns", "counts by agency"),
            ("Late", "returns past their due date"),
            ("Definitions", "what the words, colours and counts mean"),
        ]
    )


def _grades(book: Book, figures: Figures) -> None:
    graded = {(row.cell.subject, row.cell.agency): row.grade for row in figures.returns}
    columns = [Column(title="Subject", width=16)]
    names = [figures.agencies[agency] for agency in figures.grid.agencies]
    columns += [Column(title=name, kind="status", width=23, tones=GRADE_TONES) for name in names]
    rows: list[list[Value]] = [
        [subject, *(graded.get((subject, agency), State.NOT_ASKED.label) for agency in figures.grid.agencies)]
        for subject in figures.grid.subjects
    ]
    book.table("Grades", "tblGrades", columns, rows, description="The auditor’s grade of each agency on each subject.")


def _returns(book: Book, figures: Figures) -> None:
    columns = [
        Column(title="Return", width=26),
        Column(title="Subject", width=14),
        Column(title="Agency", width=24),
        Column(title="State", kind="status", width=15, tones=STATE_TONES, choices=tuple(STATE_TONES)),
        Column(title="Due", kind="date"),
        Column(title="Working days late", kind="int", width=10),
        Column(title="Answered", kind="int", width=11, note="Questions answered, of those this agency was shown."),
        Column(title="Asked", kind="int", width=9),
        Column(title="Auditor’s grade", kind="status", width=20, tones=GRADE_TONES, choices=tuple(GRADE_TONES)),
        Column(title="Reasons", width=50),
        Column(title="Indicative grade (advice)", width=44),
        Column(title="Waiver of independence", width=30),
    ]
    rows: list[list[Value]] = []
    for row in figures.returns:
        cell, known = row.cell, row.cell.summary
        rows.append(
            [
                cell.return_id, cell.subject, figures.agencies[cell.agency], cell.state.label, cell.due, cell.late,
                known.answered if known else 0, known.asked if known else None, row.grade, row.reasons,
                row.indicative, row.waiver,
            ]
        )  # fmt: skip
    book.table("Returns", "tblReturns", columns, rows, description="Every return that is owed, a row each.")


def _answers(book: Book, figures: Figures) -> None:
    kinds = ("Answered", *(missing.label for missing in Missing), NOT_ANSWERED)
    columns = [
        Column(title="Return", width=26),
        Column(title="Subject", width=14),
        Column(title="Agency", width=22),
        Column(title="Section", width=24),
        Column(title="Question", width=10),
        Column(title="Asked", width=44),
        Column(title="Answer", width=30),
        Column(title="Kind", width=16, choices=kinds, note="Answered, or which of the four ways of having no answer."),
        Column(title="What lay behind it", width=18),
        Column(title="Comment", width=50),
        Column(title="Evidence", width=36),
    ]
    rows = [_answer_values(figures, row) for row in figures.answers]
    book.table(
        "Answers", "tblAnswers", columns, rows,
        description="Every answer of the submitted returns; sensitive comments are withheld.",
    )  # fmt: skip


def _answer_values(figures: Figures, row: AnswerRow) -> list[Value]:
    return [row.return_id, row.subject, figures.agencies[row.agency], *row[3:]]


def _concerns(book: Book, figures: Figures) -> None:
    columns = [Column(title="Agency", width=34)]
    columns += [
        Column(title=title, kind="int", width=14, total="sum")
        for title in ("Raised", "Somebody told", "Acknowledged", "Closed")
    ]
    rows: list[list[Value]] = [[figures.agencies[row.agency], *row[1:]] for row in figures.concerns]
    book.table(
        "Concerns", "tblConcerns", columns, rows,
        description="Immediate safeguarding concerns as counts, by the agency that raised them. Never part of a grade.",
    )  # fmt: skip


def _late(book: Book, figures: Figures) -> None:
    columns = [
        Column(title="Return", width=26),
        Column(title="Agency", width=34),
        Column(title="State", kind="status", width=16, tones=STATE_TONES),
        Column(title="Due", kind="date"),
        Column(title="Working days late", kind="int", width=12),
    ]
    rows: list[list[Value]] = [
        [cell.return_id, figures.agencies[cell.agency], cell.state.label, cell.due, cell.late]
        for cell in figures.grid.late
    ]
    book.table("Late", "tblLate", columns, rows, description="Returns past their due date that are still owed.")


def _definitions(book: Book) -> None:
    rows: list[list[Value]] = [
        ["Return", "One agency’s answers on one subject. Counts here are of returns unless they say otherwise."],
        ["Auditor’s grade", "Given by the agency’s own auditor, with reasons, before any computed grade was shown."],
        ["Indicative grade", "Computed from the answers, as advice: the middle of the section grades, then limits."],
        ["Nil return", "The agency confirms that it holds nothing on the subject. It is a return, and is counted."],
        [NO_RETURN, "Owed and not submitted."],
        ["Working days late", "Working days after the due date; the due date itself is in time."],
        [Missing.NOT_APPLICABLE.label, "The question does not apply to this child; the reason is given."],
        [Missing.NOT_KNOWN.label, "Not known to the auditor, or not recorded. Counted, and never a low score."],
        [Missing.NOT_SEEN.label, "Not something that this agency could see."],
        [NOT_ANSWERED, "Left open."],
        ["Waiver of independence", "Why somebody who holds or supervises the case scored it all the same."],
    ]
    rows += [[option.label, option.descriptor] for option in builtin_scales()["grade"].options]
    rows += [
        ["Colours", "Every colour stands with its word: blue outstanding or submitted; green good or received; amber "
         "requires improvement, not started or queried; red inadequate; purple in progress; grey none or nil."],
        ["Working days", f"Leave out weekends and {EDITION}."],
    ]  # fmt: skip
    columns = [Column(title="Word", width=30), Column(title="What it means", width=90)]
    book.table(
        "Definitions", "tblDefinitions", columns, rows,
        description="What the words, colours and counts of this workbook mean.",
    )  # fmt: skip
