"""The rows of somebody else's action plan as actions: owners matched, days day first, faults with row and reason."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import AnswerError, Fault, InputError, QAError
from qa_toolkit.domain.people import Agency, Person
from qa_toolkit.domain.plan_mapping import PlanField
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.domain.text import clean, shorten, visible
from qa_toolkit.exchange.plan_table import PlanRow, PlanTable
from qa_toolkit.workflow.plan_import import Owner, PlannedAction

_SHORT_YEAR: Final = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{2})")
_SHORT_IN_WORDS: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?[ -]'?([0-9]{2})", re.IGNORECASE)
_MONTH: Final = re.compile(r"(?:end (?:of )?)?([a-z]{3,9})\.?(?:[ -]([0-9]{4})|(?:-| ?')([0-9]{2}))", re.IGNORECASE)
"""“March 2027” or “Mar-27”; “Mar 27” may be a day."""
_BEFORE: Final = re.compile(r"(?:by|before|no later than|due(?: by)?)(?: the)? ", re.IGNORECASE)
_AFTER: Final = re.compile(r" ?\([^()0-9]{1,40}\)")
"""A remark in brackets; one with a figure in it may be another day."""
_BETWEEN: Final = re.compile(r"\s*(?:[/;,&\n]|\band\b)\s*")
_PRIORITIES: Final = {
    "high": Priority.HIGH, "h": Priority.HIGH, "1": Priority.HIGH, "urgent": Priority.HIGH, "medium": Priority.MEDIUM,
    "m": Priority.MEDIUM, "2": Priority.MEDIUM, "med": Priority.MEDIUM, "low": Priority.LOW, "l": Priority.LOW,
    "3": Priority.LOW,
}  # fmt: skip
_DONE: Final = frozenset({"complete", "completed", "closed", "done", "finished", "achieved", "blue", "b"})
LEAST_TEXT = 10


class PlanRead(NamedTuple):
    """A plan as it was read."""

    actions: tuple[PlannedAction, ...]
    faults: tuple[Fault, ...]
    """Rows that cannot be read, each with its reason."""
    undated: int = 0
    """Rows whose due day is missing or cannot be read."""


def read_plan_rows(
    table: PlanTable, columns: Mapping[str, PlanField], people: Mapping[str, Person], agencies: Mapping[str, Agency],
    *, otherwise: date | None = None,
) -> PlanRead:  # fmt: skip
    """The actions of the table; `otherwise` is the due day of those whose own is missing or cannot be read."""
    reader, found, faults = _Reader(columns, people, agencies, otherwise), [], []
    above = ""
    for row in table.rows:
        # Where cells were merged, only the first of them holds the words.
        above = reader.text(row, PlanField.RECOMMENDATION) or above
        try:
            action = reader.action(row, above)
        except QAError as error:
            faults.append(Fault(row.where, str(error)))
            continue
        if action is not None:
            found.append(action)
    return PlanRead(tuple(found), tuple(faults), reader.undated)


class _Reader:
    """Reads one row after another."""

    def __init__(
        self, columns: Mapping[str, PlanField], people: Mapping[str, Person], agencies: Mapping[str, Agency],
        otherwise: date | None,
    ) -> None:  # fmt: skip
        self._columns, self._otherwise = columns, otherwise
        self.undated = 0
        self._people = {_folded(word): person for person in people.values() for word in (person.id, person.name)}
        self._agencies = {_folded(word): id for id, one in agencies.items() for word in (id, one.name)}

    def text(self, row: PlanRow, field: PlanField) -> str:
        """What the row holds of that; several columns as lines, each under its heading."""
        found = {heading: clean(row.cells.get(heading, "")).strip() for heading, one in self._columns.items()
                 if one is field}  # fmt: skip
        filled = {heading: text for heading, text in found.items() if text}
        if len(found) > 1:
            return "\n".join(f"{heading}: {text}" for heading, text in filled.items())
        return next(iter(filled.values()), "")

    def action(self, row: PlanRow, recommendation: str) -> PlannedAction | None:
        """One row; None for one that is only a heading between others."""
        text = self.text(row, PlanField.TEXT)
        due, notes = self.text(row, PlanField.DUE), list[str]()
        if not text:
            others = (field for field in PlanField if field not in (PlanField.RECOMMENDATION, PlanField.IGNORE))
            if not any(self.text(row, field) for field in others):
                return None
            raise InputError("nothing says what is to be done; what belongs to the row above has to be written there")
        if len(text) < LEAST_TEXT:
            raise InputError(f"“{visible(text)}” does not say what is to be done")
        try:
            day, note = read_day(due)
        except QAError:
            self.undated += 1
            if self._otherwise is None:
                raise
            day, note = self._otherwise, f"due on {show_date(self._otherwise)}, because “{due or 'nothing'}” is no day"
        notes += [note] if note else []
        start = self._start(self.text(row, PlanField.START), notes)
        if start is not None and start > day:
            raise InputError(f"it would be due on {show_date(day)}, before it begins on {show_date(start)}")
        owner = self.owner(self.text(row, PlanField.OWNER), self.text(row, PlanField.AGENCY), notes)
        if owner.outside:
            notes.append(f"“{owner.outside}” is none of the people and agencies here, and kept as a name")
        said = self.text(row, PlanField.UPDATE)
        percent = self._percent(row, notes)
        status = self.text(row, PlanField.STATUS)
        ended = percent == 100 or _folded(status.rstrip(".")) in _DONE
        if ended:
            notes.append("done in its own plan; here it is open until somebody else has verified it")
        if status:
            said = f"Status when it was brought in: {status}." + (f"\n{said}" if said else "")
        return PlannedAction(
            row.where, text, day, owner, recommendation, self.text(row, PlanField.OUTCOME),
            self.text(row, PlanField.MEASURE), start, self._priority(row, notes), percent, said,
            tuple(notes), ended,
        )  # fmt: skip

    def _start(self, began: str, notes: list[str]) -> date | None:
        """When it begins, if that can be read; a month is its first day."""
        if not began:
            return None
        try:
            day, note = read_day(began, first=True)
        except QAError:
            notes.append(f"“{shorten(visible(began), 30)}” is no day on which it begins, and is left out")
            return None
        notes += [note] if note else []
        return day

    def owner(self, who: str, agency: str, notes: list[str]) -> Owner:
        """A person of the workspace, else an agency with the role as it is written, else a name from outside."""
        parts = [part for part in _BETWEEN.split(who) if part] if who else []
        known = [found for part in [who, *parts] if (found := self._person(part))]
        named = [id for part in [agency, *_BETWEEN.split(agency)] if (id := self._agency(part))]
        if not known and (alike := [one for part in [who, *parts] if (one := self._by_initial(part))]):
            known = alike[:1]
            notes.append(f"“{shorten(visible(who), 40)}” is taken as {known[0].name} ({known[0].id})")
        if known:
            person = known[0]
            if named and person.agency not in named:
                raise InputError(f"{person.name} is of {person.agency}, and the row says {visible(agency)}")
            return Owner(person=person.id, agency=person.agency, supporting=_rest(named, person.agency))
        named = list(dict.fromkeys([*named, *(id for part in [who, *parts] if (id := self._agency(part)))]))
        if named:
            return Owner(agency=named[0], role="" if self._agency(who) else who, supporting=_rest(named, named[0]))
        return Owner(outside=", ".join(dict.fromkeys(part for part in (who, agency) if part)))

    def _person(self, words: str) -> Person | None:
        return self._people.get(_folded(words)) or self._people.get(_folded(words.partition("(")[0]))

    def _by_initial(self, words: str) -> Person | None:
        """The one person of that initial and surname: “P. Wren” for Pat Wren."""
        initial, _, surname = _folded(words.replace(".", " ")).partition(" ")
        if len(initial) != 1 or not surname:
            return None
        found = {}
        for person in self._people.values():
            name = _folded(person.name.replace(".", " "))
            if name.startswith(initial) and name.endswith(f" {surname}"):
                found[person.id] = person
        return next(iter(found.values())) if len(found) == 1 else None

    def _agency(self, words: str) -> str:
        return self._agencies.get(_folded(words), "")

    def _priority(self, row: PlanRow, notes: list[str]) -> Priority:
        text = self.text(row, PlanField.PRIORITY)
        found = _PRIORITIES.get(_folded(text))
        if text and found is None:
            notes.append(f"“{shorten(visible(text), 30)}” is no priority here, so medium")
        return found or Priority.MEDIUM

    def _percent(self, row: PlanRow, notes: list[str]) -> int | None:
        text = self.text(row, PlanField.PROGRESS)
        if not text:
            return None
        digits = text.removesuffix("%").strip()
        try:
            number = float(digits)
        except ValueError:
            number = -1.0
        # A cell that shows 45% holds 0.45; one that shows 100% holds 1.
        if "%" not in text and 0 < number <= 1:
            number *= 100
        if not 0 <= number <= 100:
            notes.append(f"“{shorten(visible(text), 30)}” is no percentage, and is left out")
            return None
        return round(number)


def read_day(text: str, *, first: bool = False) -> tuple[date, str]:
    """The day, day first, and how it was understood where that is not plain; a month is its last day, or its `first`.

    Raises:
        AnswerError: It is no day.
    """
    whole = " ".join(text.split())
    typed = _AFTER.sub("", _BEFORE.sub("", whole, count=1) if _BEFORE.match(whole) else whole)
    if typed != whole:
        day, _ = read_day(typed, first=first)
        return day, f"“{shorten(visible(whole), 40)}” is taken as {show_date(day)}"
    if match := _SHORT_YEAR.fullmatch(typed):
        day = parse_date(f"{match[1]}/{match[2]}/20{match[3]}")
        return day, f"“{typed}” is taken as {show_date(day)}"
    if match := _SHORT_IN_WORDS.fullmatch(typed):
        day = parse_date(f"{match[1]} {match[2]} 20{match[3]}")
        return day, f"“{typed}” is taken as {show_date(day)}"
    if match := _MONTH.fullmatch(typed):
        try:
            begins = parse_date(f"1 {match[1]} {match[2] or '20' + match[3]}")
        except AnswerError:
            begins = parse_date(typed)  # which refuses the words that were typed
        whole_month = monthrange(begins.year, begins.month)[1]
        day = begins if first else begins.replace(day=whole_month)
        return day, f"“{typed}” is taken as {show_date(day)}"
    return parse_date(typed), ""


def _folded(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def _rest(named: Iterable[str], first: str) -> tuple[str, ...]:
    return tuple(id for id in dict.fromkeys(named) if id != first)
