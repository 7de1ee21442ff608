"""What people look at: what I owe, the grid of an audit, what is late, open concerns. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qa_toolkit.domain.audits import AuditEntry, AuditStatus
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import Damaged, StoreError
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.promises import Excuse
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.states import State, Summary, state_of
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.store import cache
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.names import file_of
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow.sealing import seals

if TYPE_CHECKING:
    from qa_toolkit.workflow.concerns import Raised

_SUMMARY = 3
"""Raised when what a summary holds changes, so that old snapshots are not used."""


class Cell(NamedTuple):
    """One return in an audit's grid."""

    return_id: str
    subject: str
    agency: str
    rater: str
    state: State
    due: date
    late: int
    """Working days late; 0 when it is not, or nothing is owed."""
    days_left: int
    """Working days to the due date; negative once it has passed."""
    summary: Summary | None
    """None while its answers are sealed: how many there are is part of what they say."""

    @property
    def queried(self) -> bool:
        """Whether its agency has questions to answer."""
        return self.state is State.QUERIED


class Grid(NamedTuple):
    """An audit's returns: a row for each subject, a column for each agency."""

    file: AuditFile
    subjects: tuple[str, ...]
    agencies: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    seconds: dict[str, Cell]
    """Second scores by the id of their return. They are counted nowhere: the agency owes one return."""
    unread: dict[str, Damaged]
    """Returns that cannot be read, each with why."""

    def count(self, *states: State) -> int:
        """How many returns are in one of these states."""
        return sum(cell.state in states for cell in self.cells.values())

    @property
    def late(self) -> list[Cell]:
        """Returns past their due date, latest first."""
        return sorted((c for c in self.cells.values() if c.late), key=lambda c: (-c.late, c.return_id))


def summaries(workspace: Workspace, file: AuditFile, unread: dict[str, Damaged] | None = None) -> dict[str, Summary]:
    """A summary of each return of an audit; only returns whose files changed are read again.

    Those that cannot be read go to `unread`, each with why, where somebody looks after them there.

    Raises:
        Damaged: A return that was begun cannot be read, and there is no `unread`: a list without it would be untrue.
    """
    by_name = {return_journal(id): id for id in file.started}

    def read(name: str) -> dict[str, object]:
        try:
            return compute(name)
        except Damaged as damage:
            if unread is not None:
                unread[by_name[name]] = damage
            raise

    def compute(name: str) -> dict[str, object]:
        # What reads answers takes longer to load than the first screen has: only where a return has changed.
        from qa_toolkit.domain.progress import summary

        ret = workspace.read(file, workspace.shelf(workspace.begun(file, by_name[name])))
        stands = file.stands_on(ret)
        if stands != file.audit.template:
            ret = workspace.read(file, workspace.shelf(name), stands)
        template = workspace.template(stands)
        return summary(template, ret, file.subjects[ret.head.subject].facts).model_dump(mode="json")

    if workspace.until is not None:
        same = _unchanged(workspace, file)
        return {id: same.get(id) or Summary.model_validate(compute(name)) for name, id in by_name.items()}
    leave_out = () if unread is None else (Damaged,)
    # The facts of a case decide what is shown, so a change of them asks for new summaries; so does a move to another
    # version of the template, after which it matters, too, whether a return was given back.
    deciding: list[Record] = list(file.subjects.values())
    if moves := file.all(TemplateMove):
        deciding += [*moves.values(), *file.queries.values(), *file.reopenings.values()]
    key = f"summaries-{file.audit.id.lower()}"
    stamp = max((one.seq for one in deciding), default=0)
    version = stamp * 100 + _SUMMARY
    found = cache.cached(workspace.folder, key, list(by_name), read, version, leave_out=leave_out)
    for name in by_name.keys() - found.keys():
        try:
            workspace.begun(file, by_name[name])
        except Damaged as damage:
            if unread is None:
                raise
            unread[by_name[name]] = damage
    return {by_name[name]: Summary.model_validate(plain) for name, plain in found.items()}


def _unchanged(then: Workspace, file: AuditFile) -> dict[str, Summary]:
    """Of an earlier moment, the summaries of today's snapshot that held already: nothing they rest on changed since."""
    if then.until is None or then.live is None or then.live.until is not None:
        return {}
    now = then.live.audit(file.audit.id)
    if now.subjects != file.subjects or now.all(TemplateMove):
        return {}
    return {id: one for id, one in summaries(then.live, now).items() if one.changed_at and one.changed_at <= then.until}


def grid(
    workspace: Workspace,
    audit_id: str,
    *,
    today: date,
    calendar: WorkingCalendar,
    viewer: str = "",
    whole: bool = True,
) -> Grid:
    """The grid of one audit, as anybody may see it; `viewer` sees how far their own blind return is.

    For people who look, `whole` is off: one return that cannot be read is said to be so, and the rest stands. What goes
    out needs all of it.

    Raises:
        Damaged: `whole`, and a return cannot be read.
    """
    file = workspace.audit(audit_id)
    unread: dict[str, Damaged] = {}
    known, excused = summaries(workspace, file, None if whole else unread), file.all(Excuse)
    closed = seals(workspace, file.audit.id)
    cells, seconds = {}, {}
    asked = {id: one for id, one in file.all(SecondScore).items() if not one.withdrawn}
    for id, owed in {**file.allocations, **asked}.items():
        state = state_of(
            owed, known.get(id), file.received.get(id), file.record_checks.get(id),
            file.queries.values(), file.reopenings.values(),
        )  # fmt: skip
        if id in unread:
            state = State.UNREADABLE
        sealed = closed.closed(id, viewer)
        summary_shown = None if sealed else known.get(id)
        if sealed and state is State.NIL and id in known:
            state = State.SUBMITTED
        due = owed.due or file.audit.due
        left = calendar.working_days_between(today, due)
        late = calendar.days_late(due, today) if state.owed and id not in excused else 0
        cell = Cell(id, owed.subject, owed.agency, owed.rater, state, due, late, left, summary_shown)
        if isinstance(owed, SecondScore):
            seconds[id] = cell
        else:
            cells[owed.subject, owed.agency] = cell
    _tell_damage(workspace, file, unread)
    return Grid(file, tuple(file.subjects), file.audit.agencies, cells, seconds, unread)


def _tell_damage(workspace: Workspace, file: AuditFile, unread: Mapping[str, Damaged]) -> None:
    """Have it said on every screen, and no longer of what was put back meanwhile."""
    if workspace.damaged:
        for id in file.started - unread.keys():
            workspace.damaged.pop(file_of(return_journal(id)), None)
    workspace.damaged.update({one.path: one for one in unread.values()})


def open_audits(workspace: Workspace) -> Iterator[AuditEntry]:
    """Audits that are open, soonest due first."""
    entries = (entry for entry in workspace.audits().values() if entry.status is AuditStatus.OPEN)
    yield from sorted(entries, key=lambda entry: (entry.due, entry.id))


def has_cases(workspace: Workspace) -> bool:
    """Whether any audit has a case, or an agency that looks at itself. An audit that cannot be read is taken to have.

    Open ones come first: whoever asks has read those, and the first case that is found answers it.
    """
    for entry in (*open_audits(workspace), *workspace.audits().values()):
        try:
            if workspace.audit(entry.id).subjects:
                return True
        except StoreError:
            return True
    return False


class Today(NamedTuple):
    """What somebody owes today."""

    person: Person
    returns: list[Cell]
    """Returns to score, latest first."""
    queries: list[Cell]
    """Returns that came back with questions."""
    concerns: list[Raised]
    """Open concerns: their own, or all of them for a co-ordinator."""
    to_check: list[Cell]
    """Returns of their agency that wait for a lead's check."""
    came_back: list[Cell]
    """For a co-ordinator: submitted and not yet filed. For others: theirs that were filed."""
    late: list[Cell]
    """For a co-ordinator: every late return."""


def today_for(workspace: Workspace, person: Person, *, today: date, calendar: WorkingCalendar) -> Today:
    """What that person owes, across the open audits."""
    runs_it = person.is_(Role.COORDINATOR, Role.CHAIR)
    found = Today(person, [], [], [], [], [], [])
    for entry in open_audits(workspace):
        at = grid(workspace, entry.id, today=today, calendar=calendar, viewer=person.id, whole=False)
        for cell in at.cells.values():
            _sort_in(found, at, cell, person, runs_it)
        for cell in at.seconds.values():
            if cell.rater == person.id or _leads(person, at, cell.return_id):
                _sort_in(found, at, cell, person, False)
    found.concerns.extend(raised for raised in concerns(workspace, person) if not raised.closed)
    for cells in (found.returns, found.queries, found.came_back, found.late):
        cells.sort(key=lambda cell: (cell.due, cell.return_id))
    return found


def concerns(workspace: Workspace, person: Person) -> Iterator[Raised]:
    """Every concern of the open audits that is that person's to see, closed ones too."""
    for entry in open_audits(workspace):
        file = workspace.audit(entry.id)
        for id, known in summaries(workspace, file, {}).items():
            if known.concerns and _may_see(person, file, id, known):
                from qa_toolkit.workflow.concerns import of_return  # only where there is one

                yield from of_return(workspace, id)


def _may_see(person: Person, file: AuditFile, return_id: str, known: Summary) -> bool:
    if person.is_(Role.COORDINATOR, Role.CHAIR) or known.rater == person.id:
        return True
    owed = file.owed(return_id)
    return person.is_(Role.AGENCY_LEAD) and owed is not None and owed.agency == person.agency


def _leads(person: Person, at: Grid, return_id: str) -> bool:
    owed = at.file.owed(return_id)
    return person.is_(Role.AGENCY_LEAD) and owed is not None and owed.agency == person.agency


def _sort_in(found: Today, at: Grid, cell: Cell, person: Person, runs_it: bool) -> None:
    mine = cell.rater == person.id or (not cell.rater and cell.agency == person.agency)
    if mine and cell.state is State.QUERIED:
        found.queries.append(cell)
    elif mine and cell.state.owed and cell.return_id not in at.file.all(Excuse):
        found.returns.append(cell)
    if at.file.audit.agency_check and cell.state is State.IN_PROGRESS and _leads(person, at, cell.return_id):
        found.to_check.append(cell)
    if (runs_it and cell.state is State.SUBMITTED) or (not runs_it and mine and cell.state is State.RECEIVED):
        found.came_back.append(cell)
    if runs_it and cell.late:
        found.late.append(cell)


def late(workspace: Workspace, *, today: date, calendar: WorkingCalendar) -> list[Cell]:
    """Every late return of every open audit, latest first."""
    opened = open_audits(workspace)
    grids = (grid(workspace, entry.id, today=today, calendar=calendar, whole=False) for entry in opened)
    found = [cell for at in grids for cell in at.late]
    return sorted(found, key=lambda cell: (-cell.late, cell.return_id))
