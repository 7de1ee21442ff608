"""Every number of every pack, computed once for two moments; packs only lay out what is here.

`whole` gives everything, for those who work on the cases; `domain.audience.narrow` makes what a lower class may see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import day_of, show_moment, zone
from qa_toolkit.domain.disclosure.earlier import Before
from qa_toolkit.domain.disclosure.rules import DEFAULT, RuleSet
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.plans.meetings import Decision, Meeting
from qa_toolkit.domain.plans.plan import Commitment, Plan, Statement
from qa_toolkit.domain.programme import Entry, month_in_words
from qa_toolkit.domain.terms import Terms
from qa_toolkit.reports.figures.actions import Actions, action_figures
from qa_toolkit.reports.figures.audits import Seen, audit_figures, in_scope, seen
from qa_toolkit.reports.figures.children import children_figures
from qa_toolkit.reports.figures.indicators import indicator_lines
from qa_toolkit.reports.figures.tally import Tally
from qa_toolkit.reports.views.audit import LawLine, QuestionLine
from qa_toolkit.reports.views.board import CommitmentForBoard
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.reports.views.numbers import Number
from qa_toolkit.reports.views.qa_group import EntryLine
from qa_toolkit.store.heads import Head, workspace_head
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Workspace, audit_journal
from qa_toolkit.workflow.terms import terms_of

HEAD_SHOWN = 12
"""Letters of the record's code that an output carries."""


class Moments(NamedTuple):
    """The two moments of a set of figures."""

    since: datetime
    as_at: datetime

    def check(self) -> None:
        """That the first comes before the second.

        Raises:
            InputError: It does not.
        """
        if self.since >= self.as_at:
            raise InputError(
                f"{show_moment(self.since)} is not before {show_moment(self.as_at)}: give an earlier day with --since."
            )


def whole(
    workspace: Workspace, moments: Moments, *, calendar: WorkingCalendar, rules: RuleSet = DEFAULT, now: datetime,
    audit: str = "", packs_before: Sequence[Before] = (),
) -> Whole:  # fmt: skip
    """Everything that is counted, as at one moment and against an earlier one; `now` is the moment that it is asked.

    With `audit`, of that audit alone and of its questions too, whether or not it is open. Small numbers of children are
    hidden so that the packs given out `packs_before` tell no more beside these.

    Raises:
        InputError: The moments are in the wrong order.
    """
    moments.check()
    with workspace.as_at(moments.since, moments.as_at) as (before, at):
        # What the live workspace remembers saves reading every return, and holds where nothing has been written since.
        live = workspace if workspace.until is None and moments.as_at >= now else at
        began = workspace.partnership_shelf.journal.line_of(1).at
        if moments.as_at < began:
            raise InputError(
                f"At {show_moment(moments.as_at)} there was no workspace yet: it begins {show_moment(began)}."
            )
        partnership, agencies = at.partnership(), at.agencies()
        today = day_of(moments.as_at, zone(partnership.zone))
        tally = Tally()
        wanted = [at.audits()[at.audit(audit).audit.id]] if audit else in_scope(at, before)
        scope = [seen(at, live, entry) for entry in wanted]
        actions = action_figures(tally, at, before, calendar, agencies)
        audits = audit_figures(tally, at, before, scope, agencies, today)
        looked_at = [one.file.audit.id for one in scope]
        before_them = sorted((entry for id, entry in at.audits().items() if id not in looked_at and not audit),
                             key=lambda entry: (entry.opened, entry.id), reverse=True)  # fmt: skip
        children = children_figures(at, looked_at, [entry.id for entry in before_them], rules, packs_before)
        questions, laws = _answers(tally, at, scope, agencies, calendar) if audit else ((), ())
        terms, waivers = _terms(at, scope) if audit else (None, [])
        safe, stood = children.safe, _stood(at, scope)
        return Whole(
            name=partnership.name, marking=partnership.marking, zone=partnership.zone, example=partnership.example,
            as_at=moments.as_at, since=moments.since, head=workspace_head(stood)[:HEAD_SHOWN],
            stood=stood, rules=actions.rules,
            legend=actions.legend, flow=actions.flow, closure=actions.closure, impact=actions.impact,
            colours=actions.colours, open_now=actions.open_now, escalated=actions.escalated, quality=actions.quality,
            by_agency=actions.by_agency, by_source=actions.by_source, actions=actions.actions,
            moved_dates=actions.moved_dates, date_changes=actions.date_changes, date_reasons=actions.date_reasons,
            audits=audits.audits, findings=audits.findings, found=audits.found, concerns=audits.concerns,
            returns=audits.returns, returns_by_agency=audits.returns_by_agency,
            indicators=tuple(indicator_lines(at, scope, agencies)), shifts=audits.shifts,
            shifts_in_all=audits.shifts_in_all,
            commitments=_commitments(at, before, actions), meetings=_meetings(tally, at, before),
            programme=_programme(at),
            profile=children.tables, pooled=children.pooled, children=safe,
            hidden=len(safe.released.hidden) if safe else 0, left_out=tuple(safe.left_out) if safe else (),
            small_numbers=f"{rules.name} ({rules.source}, {rules.edition})",
            held_back=safe.why_not if safe else "", behind=tally.behind,
            cases=audits.cases, questions=questions, laws=laws, waivers=tuple(waivers),
            lines_of_enquiry=tuple(line.text for line in terms.lines) if terms else (),
            method=terms.method if terms else "", cohort=terms.cohort if terms else "",
        )  # fmt: skip


def _answers(
    tally: Tally, at: Workspace, scope: list[Seen], agencies: Mapping[str, Agency], calendar: WorkingCalendar
) -> tuple[tuple[QuestionLine, ...], tuple[LawLine, ...]]:
    # Deferred: reading answers brings what scoring needs, and most packs look at none.
    from qa_toolkit.reports.figures.answers import answer_figures

    (one,) = scope
    found = answer_figures(tally, at, one, agencies, calendar)
    return found.questions, found.laws


def _stood(at: Workspace, scope: list[Seen]) -> tuple[Head, ...]:
    """Where what the figures were made from stood; returns count through the line that filed each."""
    found = []
    for name in (PARTNERSHIP, ACTIONS, *(audit_journal(one.file.audit.id) for one in scope)):
        shelf = at.actions_shelf if name == ACTIONS else at.shelf(name)
        if shelf.journal.seq:
            found.append(Head(name, shelf.journal.seq, shelf.journal.line_of(shelf.journal.seq).hash))
    return tuple(sorted(found))


def _terms(at: Workspace, scope: list[Seen]) -> tuple[Terms, list[str]]:
    """What one audit asks, and the waivers under which returns of it were scored."""
    (one,) = scope
    # By agency, because the id of a return names a child.
    owed = one.file.allocations
    named = at.agencies()
    waived = [
        f"{named[owed[id].agency].name if owed[id].agency in named else owed[id].agency}: {waiver.shown}"
        for id, waiver in one.file.waivers.items() if id in owed
    ]  # fmt: skip
    return terms_of(at, one.file.audit.id), waived


def _commitments(at: Workspace, before: Workspace, actions: Actions) -> tuple[CommitmentForBoard, ...]:
    shelf, said_before = at.actions_shelf, before.actions_shelf.all(Statement)
    agencies = at.agencies()
    plans, latest = shelf.all(Plan), {one.commitment: one for one in shelf.all(Statement).values()}
    found = []
    for one in shelf.all(Commitment).values():
        said = latest.get(one.id)
        found.append(
            CommitmentForBoard(
                id=one.id, plan=plans[one.plan].title, heading=one.heading, text=one.text, owner=one.owner,
                stated=said.on if said else None, statement=said.text if said else "",
                difference=said.difference if said else "",
                agency=agencies[one.agency].name if one.agency in agencies else "",
                said_since=said is not None and said.id not in said_before,
                open_actions=actions.open_by_commitment.get(one.id, 0),
            )
        )  # fmt: skip
    return tuple(found)


def _meetings(tally: Tally, at: Workspace, before: Workspace) -> tuple[Number, ...]:
    ended = {id for id, one in before.actions_shelf.all(Meeting).items() if one.ended_at}
    held = [id for id, one in at.actions_shelf.all(Meeting).items() if one.ended_at and id not in ended]
    known = before.actions_shelf.all(Decision)
    made = [id for id in at.actions_shelf.all(Decision) if id not in known]
    return (
        tally.count("meetings.held", "Meetings held", "meetings", held, "Meetings that ended between the two moments."),
        tally.count("meetings.decisions", "Decisions recorded", "decisions", made,
                    "Decisions recorded between the two moments, at meetings and by a chair between them."),
    )  # fmt: skip


def _programme(at: Workspace) -> tuple[EntryLine, ...]:
    return tuple(
        EntryLine(
            id=one.id, title=one.title,
            months=" to ".join(map(month_in_words, dict.fromkeys((one.months[0], one.months[-1])))),
            standing=one.standing.value.capitalize(), why=one.why, reason=one.reason, audit=one.audit,
        )
        for one in at.partnership_shelf.all(Entry).values()
    )  # fmt: skip
