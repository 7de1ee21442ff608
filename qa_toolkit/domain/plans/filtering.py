"""Which actions a tracker shows: small conditions that are joined, and that can always be written out again as text.

Without a word about it only what is live is shown: naming a state, or `all`, `ended` or `open`, decides otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.domain.plans.tracked import NOBODY, Field, Flag, Tracked, flagged, values_of

T = TypeVar("T", bound=Tracked)


class Words(NamedTuple):
    """These words stand somewhere in it, whatever the case of their letters."""

    text: str

    def holds(self, row: Tracked, words: str, me: str) -> bool:
        """Whether they do."""
        return self.text.casefold() in words


class Among(NamedTuple):
    """The field has one of these values."""

    field: Field
    values: tuple[str, ...]

    def holds(self, row: Tracked, words: str, me: str) -> bool:
        """Whether it has."""
        return any(value in self.values for value in values_of(self.field, row))


class Is(NamedTuple):
    """One of the flags."""

    flag: Flag

    def holds(self, row: Tracked, words: str, me: str) -> bool:
        """Whether it is so."""
        return flagged(self.flag, row, me)


class Due(NamedTuple):
    """Due between two days, both included, or within so many working days, which counts what is overdue as well."""

    first: date | None = None
    last: date | None = None
    within: int | None = None

    def holds(self, row: Tracked, words: str, me: str) -> bool:
        """Whether it is. What has ended is not due."""
        if row.standing.state.ended:
            return False
        if self.within is not None:
            return row.standing.days_to_due <= self.within
        due = row.action.due
        return (self.first is None or self.first <= due) and (self.last is None or due <= self.last)


class Not(NamedTuple):
    """The opposite of a condition."""

    term: Words | Among | Is | Due

    def holds(self, row: Tracked, words: str, me: str) -> bool:
        """Whether the condition does not hold."""
        return not self.term.holds(row, words, me)


Term = Words | Among | Is | Due | Not


class Sort(StrEnum):
    """In what order; the first of each is what most wants looking at."""

    WORST = "worst"
    DUE = "due"
    UPDATED = "updated"
    SLIP = "slip"
    PRIORITY = "priority"
    AGENCY = "agency"
    OWNER = "owner"
    NUMBER = "number"

    @property
    def words(self) -> str:
        """The order in words, after “sorted …”."""
        return {
            Sort.WORST: "worst first", Sort.DUE: "soonest due first", Sort.UPDATED: "longest without an update first",
            Sort.SLIP: "most slipped first", Sort.PRIORITY: "highest priority first",
        }.get(self, f"by {self.value}")  # fmt: skip


GROUPS: Final = (
    Field.AGENCY, Field.OWNER, Field.COLOUR, Field.STATE, Field.TIER, Field.THEME, Field.SOURCE, Field.PLAN,
    Field.PRIORITY, Field.RUNG,
)  # fmt: skip
"""What a list may be grouped by."""


class Query(NamedTuple):
    """Conditions that all hold, an order and a grouping."""

    terms: tuple[Term, ...] = ()
    sort: Sort = Sort.WORST
    group: Field | None = None

    @property
    def says_state(self) -> bool:
        """Whether it says which states are wanted, so that live ones are not taken for granted."""
        return any(
            (isinstance(term, Among) and term.field is Field.STATE)
            or (isinstance(term, Is) and term.flag in (Flag.OPEN, Flag.ENDED, Flag.ALL))
            for term in self.terms
        )

    def holds(self, row: Tracked, words: str, me: str = "") -> bool:
        """Whether an action is wanted; `words` are those to search, and `me` is who looks."""
        if not self.says_state and not row.standing.state.live:
            return False
        return all(term.holds(row, words, me) for term in self.terms)

    def asking(self, field: Field, values: tuple[str, ...]) -> Query:
        """The same with these values of a field in the place of others that were asked for; none asks for any."""
        rest = tuple(term for term in self.terms if not (isinstance(term, Among) and term.field is field))
        return self._replace(terms=(*rest, Among(field, values)) if values else rest)

    def values(self, field: Field) -> tuple[str, ...]:
        """The values of a field that are asked for."""
        return next((term.values for term in self.terms if isinstance(term, Among) and term.field is field), ())

    def has(self, flag: Flag) -> bool:
        """Whether a flag is asked for."""
        return Is(flag) in self.terms

    def turned(self, flag: Flag) -> Query:
        """The same with a flag put in, or taken out where it was there."""
        rest = tuple(one for one in self.terms if one != Is(flag))
        return self._replace(terms=rest if self.has(flag) else (*rest, Is(flag)))


_STATES: Final = tuple(state.value for state in State)
_PRIORITIES: Final = tuple(priority.value for priority in Priority)


def kept(query: Query, rows: Iterable[T], words: Mapping[str, str], me: str = "") -> list[T]:
    """The actions that are wanted, in their order; `words` gives for each id what is searched."""
    found = [row for row in rows if query.holds(row, words.get(row.action.id, ""), me)]
    return ordered(query.sort, found)


def ordered(sort: Sort, rows: Iterable[T]) -> list[T]:
    """In an order; what is equal stands by number."""
    return sorted(rows, key=lambda row: (*_order(sort, row), row.action.id))


def _order(sort: Sort, row: Tracked) -> tuple[object, ...]:
    action, at = row.action, row.standing
    match sort:
        case Sort.WORST:
            return at.colour.rank, -at.days_overdue, action.due
        case Sort.DUE:
            return at.state.ended, action.due
        case Sort.UPDATED:
            return (-at.days_since_update,)
        case Sort.SLIP:
            return (-at.slip,)
        case Sort.PRIORITY:
            return _PRIORITIES.index(action.priority.value), at.colour.rank, action.due
        case Sort.AGENCY:
            return values_of(Field.AGENCY, row)[0], at.colour.rank, action.due
        case Sort.OWNER:
            return values_of(Field.OWNER, row)[0].casefold(), at.colour.rank, action.due
        case Sort.NUMBER:
            return ()


def grouped(field: Field, rows: Iterable[T]) -> list[tuple[str, list[T]]]:
    """By the values of a field, each group in the order of the rows. What has several values stands under each."""
    found: dict[str, list[T]] = {}
    for row in rows:
        for value in values_of(field, row) or ("",):
            found.setdefault(value, []).append(row)
    return sorted(found.items(), key=lambda one: _group_order(field, one))


def _group_order(field: Field, group: tuple[str, list[T]]) -> tuple[object, ...]:
    value, rows = group
    if field is Field.COLOUR:
        return (rows[0].standing.colour.rank,)
    if field is Field.STATE:
        return (_STATES.index(value),)
    if field is Field.PRIORITY:
        return (_PRIORITIES.index(value),)
    return value in ("", NOBODY), value.casefold()
