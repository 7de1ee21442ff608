"""What somebody looks at in the tracker: every action on a day, what can be asked for, and the numbers of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import end_of_day, show_date, zone
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.people import Person, Tier
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.filtering import Field, Query, kept
from qa_toolkit.domain.plans.flow import Closure, closure
from qa_toolkit.domain.plans.querying import Vocabulary, vocabulary
from qa_toolkit.domain.plans.standing import Yardstick
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.tracking import Row, listing, rows_of, yardstick


class Watched(NamedTuple):
    """The tracker of a day."""

    rows: list[Row]
    at: Yardstick
    words: Mapping[str, str]
    """For each action what is searched, in small letters."""
    known: Vocabulary

    def found(self, query: Query, me: str = "") -> list[Row]:
        """The actions that are asked for, in order."""
        return kept(query, self.rows, self.words, me)

    @property
    def closure(self) -> Closure:
        """The three numbers of all of them."""
        return closure([row.standing.state for row in self.rows])


def watch(workspace: Workspace, reader: Person, *, today: date, calendar: WorkingCalendar) -> Watched:
    """Every action that somebody may see, as it stands on a day."""
    at = yardstick(workspace, today, calendar)
    found = listing(workspace)
    rows = rows_of(found, at, reader)
    people = {id: person.name for id, person in workspace.people().items()}
    names = {
        Field.AGENCY: {id: agency.name for id, agency in workspace.agencies().items()},
        Field.OWNER: {row.action.owner: people.get(row.action.owner, "") for row in rows if row.action.owner},
        Field.TIER: {id: tier.name for id, tier in workspace.partnership_shelf.all(Tier).items()},
    }
    words = {row.action.id: _searched(row, people, found.recommendations) for row in rows}
    return Watched(rows, at, words, vocabulary(rows, names))


def _searched(row: Row, people: Mapping[str, str], recommendations: Mapping[str, str]) -> str:
    action = row.action
    return " ".join(
        (
            action.id, action.text, action.outcome, action.owner, people.get(action.owner, ""), action.owner_role,
            action.outside, action.agency, action.recommendation, recommendations.get(action.recommendation, ""),
            action.finding, row.plan.id, row.plan.title, *action.themes,
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
