"""What a meeting looks at: everything as at its papers date, what changed since the last one, and its agenda.

`papers` reads what is frozen, once; `items` lays over it what the meeting itself does, and is cheap to ask again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qa_toolkit.domain.audits import AuditStatus
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.clock import clock
from qa_toolkit.domain.dates import day_of, end_of_day, show_date, show_moment, zone
from qa_toolkit.domain.findings import Finding, Number, Repeat, repeats
from qa_toolkit.domain.moderation import AgreedGrade, ShiftOfAgency, shifts_by_agency
from qa_toolkit.domain.people import Person, Tier
from qa_toolkit.domain.plans.agenda import agenda
from qa_toolkit.domain.plans.agenda_items import ConcernCount, Facts, Item, Line, Returned
from qa_toolkit.domain.plans.colour import RuleSet, rules_on
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Decision, Handover, Meeting, Stage
from qa_toolkit.domain.plans.records import Step, VerifierWaiver
from qa_toolkit.domain.plans.rule_sets import DEFAULT
from qa_toolkit.domain.plans.since import NOTHING, Moment, Since, since
from qa_toolkit.domain.plans.standing import standing
from qa_toolkit.domain.programme import Entry
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.states import State as ReturnState
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import concerns, findings, hearings
from qa_toolkit.workflow.plans import listed, tracking
from qa_toolkit.workflow.plans.attending import interests
from qa_toolkit.workflow.plans.keeping import find
from qa_toolkit.workflow.plans.meetings import last_before, meetings, tier_of
from qa_toolkit.workflow.programme import entries
from qa_toolkit.workflow.reading import grid, open_audits, summaries


class Papers(NamedTuple):
    """What a meeting looks at, frozen at its papers date."""

    meeting_id: str
    tier: Tier
    last: Meeting | None
    moment: datetime
    """As at when."""
    made: str
    """The papers date, in words."""
    frozen: bool
    """Whether the papers date has passed, so that what came later is shown as later."""
    lines: Mapping[str, Line]
    rules: RuleSet
    since: Since
    programme: tuple[Entry, ...]
    returns: tuple[Returned, ...]
    concerns: ConcernCount
    shifts: tuple[ShiftOfAgency, ...]
    repeats: tuple[tuple[Finding, Repeat], ...]
    waived: frozenset[str]
    unmet: frozenset[str]
    soon: date

    @property
    def words(self) -> str:
        """As at when, in a sentence."""
        if not self.frozen:
            return f"Everything is as it is now, {show_date(day_of(self.moment))}; papers are made on {self.made}."
        return f"Everything is as at {show_moment(self.moment)}."


def papers(workspace: Workspace, meeting_id: str, *, now: datetime, today: date, calendar: WorkingCalendar) -> Papers:
    """Read what the meeting looks at. Of a meeting that ended, what it looked at then."""
    # First, while nothing of the file was read yet: then its snapshot is used, which says what there is to be read.
    known = {one.id: one for one in listed.listing(workspace).meetings}
    meeting = known.get(meeting_id) or find(workspace, Meeting, meeting_id)
    tz = zone(workspace.partnership().zone)
    moment, frozen = end_of_day(meeting.papers, tz), True
    if meeting.opened_at is not None:
        # Papers of the day itself stop where the meeting begins: what it decides is not what it looked at.
        moment = min(moment, meeting.opened_at - timedelta(milliseconds=1))
    elif moment >= now:
        moment, frozen = now, False
    # A papers date may lie before the workspace was made; then it is looked at as it was when it began.
    moment = max(moment, workspace.partnership_shelf.journal.line_of(1).at)
    last = last_before(known.values(), meeting)
    start = last.ended_at if last is not None else None
    asked = [one for one in (moment if frozen else None, start) if one is not None]
    with workspace.as_at(*asked) as found:
        then, earlier = found[0] if frozen else workspace, found[-1] if start is not None else None
        day, before, numbered, over = day_of(moment, tz), NOTHING, set[str](), set[str]()
        # These before what is so now: then the file is read once for all.
        lines = [one.actions_shelf.journal.seq for one in found]
        moved = listed.moved_since(workspace, lines[-1] if earlier is not None else 0)
        if earlier is not None and start is not None:
            before = _moment(earlier, workspace, start, calendar, moved)
            # What was not reached is as new as it was last time.
            numbered = set(earlier.partnership_shelf.all(Number)) - set(last.carried if last else ())
            over = {one.id for one in earlier.audits().values() if one.status is not AuditStatus.OPEN}
        shifted = _looked_at_grades(known.values(), last)
        if shifted is not last:
            over = set()
        after = _moment(then, workspace, moment, calendar, moved)
        rules = rules_on(day, then.partnership_shelf.all(RuleSet), DEFAULT)
        return Papers(
            meeting_id=meeting.id, tier=tier_of(workspace, meeting), last=last, moment=moment,
            made=show_date(meeting.papers), frozen=frozen, lines=after.lines, rules=rules,
            since=since(before, after), programme=tuple(entries(then).values()),
            returns=tuple(_returns(then, day, calendar)), concerns=_concerns(then, workspace, moment, calendar),
            shifts=_shifts(then, shifted.ended_at if shifted else None, over), repeats=tuple(_repeats(then, numbered)),
            waived=frozenset(then.actions_shelf.all(VerifierWaiver)), unmet=_unmet(then, after),
            soon=calendar.add_working_days(meeting.day, rules.cycle_days),
        )  # fmt: skip


def items(workspace: Workspace, at: Papers) -> tuple[Item, ...]:
    """The agenda, with what the meeting has done so far; of a meeting that ended, as it was then."""
    meeting = find(workspace, Meeting, at.meeting_id)
    with _as_at(workspace, meeting.ended_at) as then:
        shelf, people = then.actions_shelf, workspace.people()
        aside: dict[str, list[str]] = {}
        for one in interests(shelf, meeting.id):
            aside.setdefault(one.subject, []).append(_name(people, one.who))
        minutes = [
            one for one in meetings(then, meeting.tier)
            if one.id != meeting.id and (one.stage is Stage.DRAFT or one.approved_by == meeting.id)
        ]  # fmt: skip
        return agenda(
            Facts(
                meeting=meeting, tier=at.tier, day=day_of(at.moment), last=at.last, lines=tuple(at.lines.values()),
                minutes=minutes, decisions=[one for one in shelf.all(Decision).values() if one.tier == meeting.tier],
                programme=at.programme, returns=at.returns, concerns=at.concerns, shifts=at.shifts,
                repeats=at.repeats, interests=aside, chair=people.get(meeting.chair), waived=at.waived,
                unmet=at.unmet,
                handed=frozenset(one.subject for one in shelf.all(Handover).values() if one.meeting == meeting.id),
                soon=at.soon, names={one.id: f"{one.name} ({one.agency})" for one in people.values()},
            )
        )  # fmt: skip


def decided(workspace: Workspace, meeting_id: str) -> dict[str, list[Decision]]:
    """The meeting's decisions by the item that they answer, in their order."""
    found: dict[str, list[Decision]] = {}
    for one in workspace.actions_shelf.under(Decision, meeting_id):
        found.setdefault(one.item, []).append(one)
    return found


def unreached(workspace: Workspace, at: Papers) -> list[Item]:
    """The items on which nothing was decided."""
    done = decided(workspace, at.meeting_id)
    return [item for item in items(workspace, at) if item.key not in done]


def later(workspace: Workspace, at: Papers) -> dict[str, str]:
    """What came after the papers, a sentence for each action that moved; decisions of the meeting itself not."""
    if not at.frozen:
        return {}
    tz, found = zone(workspace.partnership().zone), {}
    mine = {one.subject for one in workspace.actions_shelf.under(Decision, at.meeting_id)}
    now = {brief.action.id: brief for brief in listed.briefs(workspace)}
    for id, line in at.lines.items():
        brief = now.get(id)
        if brief is None or brief is line.brief or id in mine:
            continue
        old, said = line.brief, []
        if brief.since != old.since or brief.state is not old.state:
            said.append(f"{brief.state.label.lower()} on {show_date(day_of(brief.since, tz))}")
        if brief.updated is not None and brief.updated != old.updated:
            said.append(f"updated on {show_date(day_of(brief.updated, tz))}")
        if brief.asked is not None and brief.asked != old.asked:
            said.append(f"a later day asked for on {show_date(brief.asked.on)}")
        if brief.action.due != old.action.due:
            said.append(f"due on {show_date(brief.action.due)} now")
        if said:
            found[id] = f"Came after the papers: {', '.join(said)}."
    return found


@contextmanager
def _as_at(workspace: Workspace, moment: datetime | None) -> Iterator[Workspace]:
    if moment is None:
        yield workspace
        return
    then = Workspace(workspace.root, until=moment)
    try:
        yield then
    finally:
        then.close()


def _moment(then: Workspace, now: Workspace, at: datetime, calendar: WorkingCalendar, moved: set[str]) -> Moment:
    """How everything stood; whole for what is live or moved, because ten years of ended actions are only counted."""
    held = tracking.yardstick(then, day_of(at, zone(then.partnership().zone)), calendar)
    shelf, briefs, plans = then.actions_shelf, listed.stood(then, now), listed.plans(now)
    lines = {
        id: Line(brief, standing(brief, held), plans[brief.action.plan])
        for id, brief in briefs.items() if brief.state.live or brief.action.impact_due or id in moved
    }  # fmt: skip
    steps = {id: shelf.under(Step, id) for id in moved if id in briefs}
    return Moment(at, {id: brief.state for id, brief in briefs.items()}, lines, steps)


def _unmet(then: Workspace, moment: Moment) -> frozenset[str]:
    """Actions that were accepted last although their measure was not met."""
    waiting = (id for id, state in moment.states.items() if state is State.VERIFIED)
    return frozenset(id for id in waiting if not then.actions_shelf.under(Step, id)[-1].met)


def _returns(workspace: Workspace, day: date, calendar: WorkingCalendar) -> Iterator[Returned]:
    asked: Counter[str] = Counter()
    filed: Counter[str] = Counter()
    nil: Counter[str] = Counter()
    late: Counter[str] = Counter()
    latest: dict[str, int] = {}
    for entry in open_audits(workspace):
        for cell in grid(workspace, entry.id, today=day, calendar=calendar).cells.values():
            if cell.state is ReturnState.NOT_ASKED:
                continue
            asked[cell.agency] += 1
            filed[cell.agency] += not cell.state.owed
            nil[cell.agency] += cell.state is ReturnState.NIL
            late[cell.agency] += cell.late > 0
            latest[cell.agency] = max(latest.get(cell.agency, 0), cell.late)
    for agency, count in sorted(asked.items()):
        yield Returned(agency, count, filed[agency], nil[agency], late[agency], latest[agency])


def _concerns(then: Workspace, now: Workspace, moment: datetime, calendar: WorkingCalendar) -> ConcernCount:
    # Which returns hold one is looked up in today's snapshot, and read as it was: that spares reading all the others.
    raised = [
        one for entry in open_audits(then)
        for id, known in summaries(now, now.audit(entry.id)).items() if known.concerns and then.has_return(id)
        for one in concerns.of_return(then, id)
    ]  # fmt: skip
    follow = [one.follow_up for one in raised if one.follow_up is not None]
    return ConcernCount(
        len(raised), sum(one.acknowledged_at is not None for one in follow), sum(bool(one.outcome) for one in follow),
        sum(one.closed_at is not None for one in follow),
        sum(clock(one.concern, one.follow_up, moment, calendar).overdue for one in raised),
    )  # fmt: skip


def _looked_at_grades(known: Iterable[Meeting], last: Meeting | None) -> Meeting | None:
    """Of this meeting and those before it, the last at which grades were reached."""
    while last is not None and any(key.partition(":")[0] == "grades" for key in last.carried):
        last = last_before(known, last)
    return last


def _shifts(workspace: Workspace, start: datetime | None, over: set[str]) -> tuple[ShiftOfAgency, ...]:
    """Of audits in which a grade was agreed since, but not those that were over then; what is sealed gives none."""
    found = []
    for id in workspace.audits():
        if id in over:
            continue
        file = workspace.audit(id)
        agreed = [file.shelf.journal.line_of(one.seq).at for one in file.all(AgreedGrade).values()]
        if any(start is None or at > start for at in agreed):
            found += [one for one in hearings.ledger(workspace, id) if one.of == OVERALL]
    return tuple(shifts_by_agency(found))


def _repeats(workspace: Workspace, known: set[str]) -> Iterator[tuple[Finding, Repeat]]:
    new = [id for id in workspace.partnership_shelf.all(Number) if id not in known]
    if not new:
        return
    listed = workspace.audits()
    everywhere = {one.id: one for one in findings.everywhere(workspace)}
    for id in new:
        finding = everywhere.get(id)
        if finding is None:
            continue
        opened = listed[finding.audit].opened
        earlier = (one for one in everywhere.values() if listed[one.audit].opened < opened)
        like = repeats(finding, earlier)
        if like:
            yield finding, like[0]


def _name(people: Mapping[str, Person], who: str) -> str:
    return people[who].name if who in people else who
