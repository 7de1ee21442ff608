"""What somebody looks at in the tracker: every action on a day, what can be asked for, and the numbers of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import end_of_day, show_date, zone
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.people import Person, Role, Tier
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.filtering import Query, kept
from qa_toolkit.domain.plans.flow import Closure, closure
from qa_toolkit.domain.plans.querying import Reading, Vocabulary, read, vocabulary
from qa_toolkit.domain.plans.standing import Yardstick
from qa_toolkit.domain.plans.tracked import Field
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.listed import listing, live_listing
from qa_toolkit.workflow.plans.tracking import Row, may_see, rows_of, yardstick


class Watched:
    """The tracker of a day. What has ended is only worked out when it is asked for: of ten years it is nearly all."""

    def __init__(self, workspace: Workspace, reader: Person, at: Yardstick) -> None:
        self.workspace, self.reader, self.at = workspace, reader, at
        self._whole = not reader.is_(Role.COORDINATOR, Role.CHAIR)
        if self._whole:
            # Some of them may not be theirs to see: all are looked at, so that none is counted.
            self._found = listing(workspace)
            self._states = [one.state for one in self._found.briefs if may_see(one.action, reader)]
        else:
            self._found, self._states = live_listing(workspace)
        self._shown: dict[bool, _Shown] = {}

    def read(self, text: str) -> Reading:
        """The filter that was typed; what has ended is looked at where the filter asks for it, or names only that."""
        reading = read(text, self.known())
        if reading.query.says_state or reading.faults:
            return read(text, self.known(ended=True))
        return reading

    def found(self, query: Query) -> list[Row]:
        """The actions that are asked for, in order."""
        shown = self._of(query.says_state)
        return kept(query, shown.rows, shown.words, self.reader.id)

    def known(self, *, ended: bool = False) -> Vocabulary:
        """What can be asked for."""
        return self._of(ended).known

    def rows(self, *, ended: bool = False) -> list[Row]:
        """Every live action that the reader may see, or every action."""
        return self._of(ended).rows

    @property
    def count(self) -> int:
        """How many actions there are."""
        return len(self._states)

    @property
    def closure(self) -> Closure:
        """The three numbers of all of them."""
        return closure(self._states)

    def _of(self, ended: bool) -> _Shown:
        if ended not in self._shown:
            if ended and not self._whole:
                self._found, self._whole = listing(self.workspace), True
            self._shown[ended] = self._work_out(ended)
        return self._shown[ended]

    def _work_out(self, ended: bool) -> _Shown:
        briefs = tuple(one for one in self._found.briefs if ended or one.state.live)
        rows = rows_of(self._found.model_copy(update={"briefs": briefs}), self.at, self.reader)
        people = {id: person.name for id, person in self.workspace.people().items()}
        names = {
            Field.AGENCY: {id: agency.name for id, agency in self.workspace.agencies().items()},
            Field.OWNER: {row.action.owner: people.get(row.action.owner, "") for row in rows if row.action.owner},
            Field.TIER: {id: tier.name for id, tier in self.workspace.partnership_shelf.all(Tier).items()},
        }
        words = {row.action.id: _searched(row, people, self._found.recommendations) for row in rows}
        return _Shown(rows, words, vocabulary(rows, names))


class _Shown(NamedTuple):
    """What was worked out."""

    rows: list[Row]
    words: Mapping[str, str]
    """For each action what is searched, in small letters."""
    known: Vocabulary


def watch(workspace: Workspace, reader: Person, *, today: date, calendar: WorkingCalendar) -> Watched:
    """Every action that somebody may see, as it stands on a day."""
    return Watched(workspace, reader, yardstick(workspace, today, calendar))


def _searched(row: Row, people: Mapping[str, str], recommendations: Mapping[str, str]) -> str:
    action = row.action
    return " ".join(
        (
            action.id, action.text, action.outcome, action.owner, people.get(action.owner, ""), action.owner_role,
            action.outside, action.agency, action.recommendation, recommendations.get(action.recommendation, ""),
            action.finding, action.commitment, row.plan.id, row.plan.title, *action.themes,
        )
    ).casefold()  # fmt: skip


def as_at(workspace: Workspace, day: date, today: date) -> Workspace:
    """The workspace as it stood at the end of a day.

    Raises:
        InputError: The day is to come, or lies before there was anything.
    """
    if day > today:
        raise InputError(f"{show_date(day)} is to come: give an earlier day.")
    began = workspace.partnership_shelf.journal.line_of(1).at
    past = Workspace(workspace.root, until=end_of_day(day, zone(workspace.partnership().zone)))
    if past.until is not None and past.until < began:
        raise InputError(f"“{workspace.name}” was begun on {show_date(began.date())}: there is nothing before that.")
    return past


def colours(rows: list[Row]) -> dict[Colour, int]:
    """How many of each colour, worst first; what there is none of is left out."""
    order = sorted(Colour, key=lambda colour: colour.rank)
    counts = {colour: sum(row.standing.colour is colour for row in rows) for colour in order}
    return {colour: count for colour, count in counts.items() if count}
