"""The figures of audits: what was asked and came, what the panel agreed, what was found, concerns as counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from qa_toolkit.domain.audits import AuditEntry, AuditStatus, FollowUp, Known
from qa_toolkit.domain.dates import day_of, zone
from qa_toolkit.domain.findings import Finding, FindingKind, repeats
from qa_toolkit.domain.moderation import AgreedGrade, Shift, shift
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.promises import Excuse
from qa_toolkit.domain.returns import OVERALL, Submission
from qa_toolkit.domain.states import State, Summary, state_of
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.figures.tally import Tally
from qa_toolkit.reports.views.board import AuditForBoard, GradesOfAudit
from qa_toolkit.reports.views.case import CaseLine
from qa_toolkit.reports.views.numbers import Breakdown, Number
from qa_toolkit.reports.views.qa_group import FindingForQAGroup
from qa_toolkit.store import cache
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow import findings
from qa_toolkit.workflow.reading import summaries
from qa_toolkit.workflow.sealing import seals

_SHAPE = 1
"""Raised when what is kept of submissions changes, so that old snapshots are not used."""


class Seen(NamedTuple):
    """One audit as it stood, with what a count needs of each return."""

    entry: AuditEntry
    file: AuditFile
    known: Mapping[str, Summary]
    sent: Mapping[str, datetime]
    """When each return was first sent in."""
    sealed: frozenset[str]
    """Returns that are scored by a second rater who has not finished: what they say is shown to nobody."""


class Audits(NamedTuple):
    """Everything about audits that packs show."""

    audits: tuple[AuditForBoard, ...]
    findings: tuple[FindingForQAGroup, ...]
    found: tuple[Number, ...]
    concerns: tuple[Number, ...]
    returns: tuple[Number, ...]
    returns_by_agency: Breakdown
    shifts: Breakdown
    shifts_in_all: tuple[Number, ...]
    cases: tuple[CaseLine, ...]


def in_scope(now: Workspace, before: Workspace) -> list[AuditEntry]:
    """Audits of the time between: open at its end, or opened or closed in it."""
    earlier = before.audits()
    return [
        entry
        for id, entry in now.audits().items()
        if entry.status is AuditStatus.OPEN or id not in earlier or earlier[id].status is AuditStatus.OPEN
    ]


def seen(now: Workspace, live: Workspace, entry: AuditEntry) -> Seen:
    """The audit as it stood at the moment of `now`; `live` may help with what it remembers of the same moment."""
    file, closed = live.audit(entry.id), seals(live, entry.id)
    # Of a sealed return it is no secret that it was sent in; what it says is, and that it says nothing too.
    sealed = frozenset(id for id in file.allocations if closed.closed(id))
    known = {
        id: one.model_copy(update={"nil": False, "grade": None}) if id in sealed else one
        for id, one in summaries(live, file).items()
    }
    return Seen(entry, file, known, _sent(live, file), sealed)


def _sent(workspace: Workspace, file: AuditFile) -> dict[str, datetime]:
    """When each return was first sent in; only those whose files changed are read again."""
    by_name = {return_journal(id): id for id in file.started}

    def compute(name: str) -> str:
        shelf = workspace.shelf(name)
        first = next(iter(shelf.all(Submission).values()), None)
        return shelf.journal.line_of(first.seq).at.isoformat() if first is not None else ""

    if workspace.until is not None:
        plain: Mapping[str, str] = {name: compute(name) for name in by_name}
    else:
        plain = cache.cached(workspace.folder, f"sent-{file.audit.id.lower()}", list(by_name), compute, version=_SHAPE)
    return {by_name[name]: datetime.fromisoformat(at) for name, at in plain.items() if at}


def audit_figures(
    tally: Tally, now: Workspace, before: Workspace, scope: Iterable[Seen], agencies: Mapping[str, Agency], today: date
) -> Audits:
    """The figures of the audits in scope."""
    looked_at = list(scope)
    asked = [(one, owed) for one in looked_at for owed in one.file.allocations.values()]
    by_agency: dict[str, list[tuple[Seen, str]]] = {}
    for one, owed in asked:
        by_agency.setdefault(owed.agency, []).append((one, owed.id))
    place = zone(now.partnership().zone)
    found = _findings(now, before, looked_at, agencies)
    shifts = _shifts(tally, looked_at, agencies)
    return Audits(
        audits=tuple(_audit(tally, one) for one in looked_at),
        findings=found,
        found=tuple(
            tally.count(f"findings.{kind}", kind.label, "findings", [f.id for f in found if f.kind == kind.label],
                        f"Findings of the audits of this time that stand, and are “{kind.label.lower()}”.", len(found))
            for kind in FindingKind
        ),
        concerns=_concerns(tally, looked_at),
        returns=_returns(tally, "returns", [(one, owed.id) for one, owed in asked], place, today),
        returns_by_agency=tally.breakdown(
            "Returns by agency", "Agency", [(id, agency.name) for id, agency in agencies.items() if id in by_agency],
            lambda id: _returns(tally, f"returns.agency.{id}", by_agency[id], place, today),
        ),
        shifts=shifts.by_agency, shifts_in_all=shifts.in_all,
        cases=tuple(case for one in looked_at for case in _cases(one, agencies)),
    )  # fmt: skip


def _returns(tally: Tally, key: str, owed: list[tuple[Seen, str]], place: tzinfo, today: date) -> tuple[Number, ...]:
    asked, in_time, late, nil, waiting, overdue, excused = [], [], [], [], [], [], []
    for one, id in owed:
        file = one.file
        due = file.allocations[id].due or file.audit.due
        check = file.record_checks.get(id)
        if id not in one.known and check is not None and check.known is Known.NOT_KNOWN:
            # Not known to the agency: nothing was owed beyond the answer to the record check, which is a nil return.
            asked.append(id)
            nil.append(id)
            continue
        asked.append(id)
        sent = one.sent.get(id)
        if sent is not None:
            known = one.known.get(id)
            if known is not None and known.nil:
                nil.append(id)
            elif day_of(sent, place) <= due:
                in_time.append(id)
            else:
                late.append(id)
        elif id in file.all(Excuse):
            excused.append(id)
        elif due < today:
            overdue.append(id)
        else:
            waiting.append(id)
    n = len(asked)
    return (
        tally.count(f"{key}.asked", "Asked for", "returns", asked, "Returns that the audits of this time ask for."),
        tally.count(f"{key}.in_time", "In time", "returns", in_time, "First sent in on or before their due day.", n),
        tally.count(f"{key}.late", "Late", "returns", late, "First sent in after their due day.", n),
        tally.count(f"{key}.nil", "Nil", "returns", nil, "Nil returns: the agency holds nothing. They are returns.", n),
        tally.count(f"{key}.waiting", "Not due yet", "returns", waiting, "Not sent in, and not past their due day.", n),
        tally.count(f"{key}.missing", "Missing", "returns", overdue, "Not sent in, and past their due day.", n),
        tally.count(f"{key}.excused", "Excused", "returns", excused, "Not sent in, and excused by agreement.", n),
    )  # fmt: skip


def _concerns(tally: Tally, looked_at: list[Seen]) -> tuple[Number, ...]:
    raised: list[str] = []
    acknowledged: list[str] = []
    closed: list[str] = []
    for one in looked_at:
        ups = one.file.all(FollowUp)
        for known in one.known.values():
            for id in known.concerns:
                raised.append(id)
                acknowledged += [id] if id in ups and ups[id].acknowledged_at else []
                closed += [id] if id in ups and ups[id].closed_at else []
    n = len(raised)
    still = [id for id in raised if id not in set(closed)]
    return (
        tally.count("concerns.raised", "Raised", "concerns", raised,
                    "Immediate safeguarding concerns raised in the audits of this time."),
        tally.count("concerns.acknowledged", "Acknowledged", "concerns", acknowledged,
                    "Somebody confirmed that they have it.", n),
        tally.count("concerns.closed", "Closed with an outcome", "concerns", closed,
                    "Followed up, and closed with what came of it.", n),
        tally.count("concerns.open", "Still open", "concerns", still, "Raised and not closed.", n),
    )  # fmt: skip


def _audit(tally: Tally, one: Seen) -> AuditForBoard:
    audit = one.file.audit
    children = list(one.file.subjects) if audit.subject == "child" else []
    agreed = [g for g in one.file.all(AgreedGrade).values() if g.of == OVERALL]
    grades = None
    if children and agreed:
        grades = GradesOfAudit(audit=audit.id, numbers=_grades(tally, audit.id, children, agreed))
    return AuditForBoard(
        id=audit.id, title=audit.title, opened=audit.opened, open=one.entry.status is AuditStatus.OPEN,
        purpose=audit.purpose, due=audit.due, children=len(children), agencies=len(audit.agencies), grades=grades,
    )  # fmt: skip


def _grades(tally: Tally, audit: str, children: list[str], agreed: list[AgreedGrade]) -> tuple[Number, ...]:
    by_grade: dict[Grade, list[str]] = {grade: [] for grade in Grade}
    for one in agreed:
        by_grade[one.grade].append(one.subject)
    done = {one.subject for one in agreed}
    return (
        *(tally.count(f"grades.{audit}.{grade}", grade.label, "children", ids,
                      f"Children of {audit} whose grade the panel agreed as {grade.label}.", len(children))
          for grade, ids in by_grade.items()),
        tally.count(f"grades.{audit}.waiting", "Not agreed yet", "children",
                    [id for id in children if id not in done],
                    f"Children of {audit} for whom the panel has agreed no grade.", len(children)),
    )  # fmt: skip


class _Shifts(NamedTuple):
    """How the panel's grades stand to the agencies' own."""

    by_agency: Breakdown
    in_all: tuple[Number, ...]
    """Nothing where no panel has agreed a grade."""


def _shifts(tally: Tally, looked_at: list[Seen], agencies: Mapping[str, Agency]) -> _Shifts:
    moved: dict[str, list[tuple[str, Shift]]] = {}
    for one in looked_at:
        agreed = {g.subject: g.grade for g in one.file.all(AgreedGrade).values() if g.of == OVERALL}
        for id, owed in one.file.allocations.items():
            known = one.known.get(id)
            if id not in one.file.received or known is None or id in one.sealed:
                continue
            step = shift(owed.subject, owed.agency, known.grade, agreed.get(owed.subject))
            if step is not None:
                moved.setdefault(owed.agency, []).append((id, step))

    def numbers(key: str, found: list[tuple[str, Shift]]) -> tuple[Number, ...]:
        n = len(found)
        what = "Returns whose own grade for the whole"
        return (
            tally.count(f"{key}.same", "Agreed as given", "returns", [i for i, s in found if not s.steps],
                        f"{what} the panel agreed.", n),
            tally.count(f"{key}.higher", "Panel higher", "returns", [i for i, s in found if s.steps > 0],
                        f"{what} is lower than the agreed one.", n),
            tally.count(f"{key}.lower", "Panel lower", "returns", [i for i, s in found if s.steps < 0],
                        f"{what} is higher than the agreed one.", n),
        )  # fmt: skip

    names = [(id, agency.name) for id, agency in agencies.items() if id in moved]
    by_agency = tally.breakdown(
        "The panel’s grades beside the agencies’ own",
        "Agency",
        names,
        lambda id: numbers(f"shifts.{id}", moved[id]),
    )
    return _Shifts(
        by_agency, numbers("shifts.all", [one for found in moved.values() for one in found]) if moved else ()
    )


def _cases(one: Seen, agencies: Mapping[str, Agency]) -> Iterable[CaseLine]:
    file = one.file
    agreed = {g.subject: g.grade.label for g in file.all(AgreedGrade).values() if g.of == OVERALL}
    found = [f for f in file.all(Finding).values() if not f.withdrawn]
    for id in file.subjects:
        returns = []
        for key, owed in file.allocations.items():
            if owed.subject == id:
                known = one.known.get(key)
                state = state_of(owed, one.known.get(key), file.received.get(key), file.record_checks.get(key),
                                 file.queries.values(), file.reopenings.values())  # fmt: skip
                if key in one.sealed and state is State.NIL:
                    state = State.SUBMITTED
                graded = known.grade.label if known is not None and known.grade and known.round else ""
                name = agencies[owed.agency].name if owed.agency in agencies else owed.agency
                returns.append((name, owed.rater, state.label, graded))
        seen_in = [f.id for f in found if id in f.subjects or any(a.return_id.startswith(f"{id}-") for a in f.answers)]
        yield CaseLine(
            id=id, audit=file.audit.id, agreed=agreed.get(id, ""), returns=tuple(returns), findings=tuple(seen_in)
        )


def _findings(
    now: Workspace, before: Workspace, looked_at: list[Seen], agencies: Mapping[str, Agency]
) -> tuple[FindingForQAGroup, ...]:
    scope = {one.file.audit.id: one for one in looked_at}
    every = list(findings.everywhere(now))
    opened = {id: entry.opened for id, entry in now.audits().items()}
    known_before = {one.id for one in findings.everywhere(before)}
    order = list(FindingKind)
    wanted = sorted((f for f in every if f.audit in scope), key=lambda f: (order.index(f.kind), f.id))
    found = []
    for one in wanted:
        template = now.template(scope[one.audit].file.audit.template)
        again = repeats(one, [f for f in every if opened[f.audit] < opened[one.audit]])
        found.append(
            FindingForQAGroup(
                id=one.id, audit=one.audit, kind=one.kind.label, strength=not one.kind.to_improve, text=one.text,
                themes=tuple(template.themes.get(theme, theme) for theme in one.themes),
                prevalence=_prevalence(now, one), new=one.id not in known_before,
                tags=tuple(tag.label for tag in one.tags),
                agencies=tuple(agencies[id].name if id in agencies else id for id in one.agencies),
                cause=one.cause.label if one.cause else "", repeats=tuple(repeat.sentence for repeat in again),
            )
        )  # fmt: skip
    return tuple(found)


def _prevalence(now: Workspace, one: Finding) -> str:
    common = findings.how_common(now, one)
    return common.sentence if one.answers or one.subjects else ""
