"""An action sheet that came back: what differs, field by field, and what is taken once the differences are settled.

Rows are found by their hidden key wherever they stand, in a table or not; a row that was copied adds what is new in the
copy; a row without a key is named with what stands in it. Everything that is not taken is said, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.action_sheet import Brought, Difference, Field, Held, Now, Typed, Verdict
from qa_toolkit.domain.action_sheet import brought as what_is_brought
from qa_toolkit.domain.action_sheet import differences as what_differs
from qa_toolkit.domain.action_sheet import now as how_it_stands
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, SheetError
from qa_toolkit.domain.plans.records import Action, Asked
from qa_toolkit.domain.plans.standing import brief_of, says_better
from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.exchange import action_sent
from qa_toolkit.exchange.action_cells import Came, Cells
from qa_toolkit.exchange.action_rows import (
    FIELDS,
    KEY,
    KEY_AGAIN,
    KIND,
    NEW_DAY,
    NUMBER,
    REFUSALS,
    SHEET,
    UPDATE,
    WHY,
    columns,
    fingerprint,
)
from qa_toolkit.exchange.cell_text import cell_text
from qa_toolkit.sheets.cells import CUT_SHEET
from qa_toolkit.sheets.parts import cell_name
from qa_toolkit.sheets.reader import CellValue, Read, Row, Sheet, read_book
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.keeping import thread_on
from qa_toolkit.workflow.plans.tracking import yardstick

OUR_SHEETS = ("Read first", SHEET, "Lists", CUT_SHEET)
_HEADER_WITHIN = 50
"""Rows in which the headings are looked for: somebody may have put lines above them."""


class _Action(NamedTuple):
    typed: Typed
    sent: Held
    now: Now


class ActionsRead(NamedTuple):
    """What a sheet brings back."""

    name: str
    sheet: str
    agency: str
    rows: int
    """Actions that the sheet still has."""
    gone: tuple[str, ...]
    """Actions that went out and whose rows are not there any more."""
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    actions: Mapping[str, _Action]

    def with_verdict(self, *verdicts: Verdict) -> list[Difference]:
        """The differences that one of these is said of."""
        return [one for one in self.differences if one.verdict in verdicts]


def is_action_sheet(book: Read) -> bool:
    """Whether a workbook is an action sheet, whatever it is called."""
    return book.properties.get("kind") == KIND or any(_header(sheet) for sheet in book.sheets)


def read_actions(file: Path, workspace: Workspace, today: date) -> ActionsRead:
    """What differs from what was sent.

    Raises:
        SheetError: It is no action sheet of this workspace, or what was sent is not kept here.
    """
    return actions_of(read_book(file), workspace, today)


def actions_of(book: Read, workspace: Workspace, today: date) -> ActionsRead:
    """What differs, from a workbook that was read already."""
    name = visible(book.name)
    came: list[Came] = []
    differences: list[Difference] = []
    notes: list[str] = []
    for sheet in book.sheets:
        if header := _header(sheet):
            number, places = header
            came += [_came(book, row, places) for row in sheet.rows if row.number > number]
            notes += _missing(sheet, number, places, today)
        elif sheet.name not in OUR_SHEETS and sheet.rows:
            notes.append(f"The sheet “{visible(sheet.name)}” was added, and nothing was read from it.")
    if not came and book.properties.get("kind") != KIND:
        raise SheetError(f"{name} is not an action sheet that `qa export actions` wrote. Nothing was taken in.")
    keyed: dict[str, list[Came]] = {}
    ids: dict[str, None] = {}
    for one in came:
        differences += _outside(one)
        key, again = one.text(KEY).strip(), one.text(KEY_AGAIN).strip()
        action, _, id = key.partition("|")
        if not key and not again:
            differences += _unkeyed(one)
        elif key != again and (again or KEY_AGAIN in one.places):
            differences.append(
                _unread(
                    one,
                    one.text(NUMBER) or key or again,
                    "the row has the hidden key of one action at its beginning and another at its end, so its "
                    "columns were sorted apart or pasted over: write it again in a fresh sheet",
                )
            )
        else:
            keyed.setdefault(action, []).append(one)
            ids[id] = None
    id = str(book.properties.get("sheet") or next(iter(ids), ""))
    if len(ids) > 1:
        raise SheetError(f"{name} holds rows of {len(ids)} different action sheets: send each back by itself.")
    sent = action_sent.find(workspace, id, str(book.properties.get("digest", "")), name)
    actions: dict[str, _Action] = {}
    for action, rows in keyed.items():
        if action not in sent.rows or workspace.actions_shelf.get(Action, action) is None:
            why = f"{visible(action)} was not on the sheet that went out"
            differences += [_unread(one, action, why) for one in rows]
            continue
        actions[action] = found = _one(workspace, sent.rows[action].held, action, rows, differences)
        for one in rows:
            differences += _for_reading(action, one, sent.rows[action].shown)
        asked = workspace.actions_shelf.get(Asked, found.sent.asked) if found.sent.asked else None
        differences += what_differs(
            action, found.sent, asked.reason if asked else "", found.typed, found.now, today,
            better=_better(workspace, action, found.typed, today),
        )  # fmt: skip
    gone = tuple(action for action in sent.rows if action not in keyed)
    return ActionsRead(
        book.name, sent.id, sent.agency, len(actions), gone, tuple(differences), (*_notes(book), *notes), actions
    )  # fmt: skip


def settled(read: ActionsRead, answers: Mapping[str, str]) -> list[Brought]:
    """What is taken: what is clean, and what was asked about and answered with `theirs`.

    Raises:
        InputError: An answer is neither `theirs` nor `ours`, or names nothing that is asked about.
    """
    asked = {one.key.casefold(): one for one in read.with_verdict(Verdict.ASK)}
    given = {key.strip().casefold(): answer.strip().casefold() for key, answer in answers.items()}
    for key, answer in given.items():
        if answer not in ("theirs", "ours"):
            raise InputError(f"{key}: “{shorten(visible(answer), 40)}” is neither theirs nor ours.")
        if key not in asked:
            known = ", ".join(one.key for one in asked.values()) or "nothing"
            raise InputError(f"{visible(key)} is not asked about. To settle there is: {known}.")
    taken: dict[str, list[Field]] = {}
    for one in read.differences:
        if one.verdict is Verdict.CLEAN or given.get(one.key.casefold()) == "theirs":
            taken.setdefault(one.action, []).append(one.field)
    found = [
        what_is_brought(id, read.actions[id].sent, read.actions[id].typed, read.actions[id].now, fields)
        for id, fields in taken.items()
    ]  # fmt: skip
    return [one for one in found if one.anything]


def unsettled(read: ActionsRead, answers: Mapping[str, str]) -> list[Difference]:
    """What is asked about and has no answer."""
    given = {key.strip().casefold() for key in answers}
    return [one for one in read.with_verdict(Verdict.ASK) if one.key.casefold() not in given]


# --- rows


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, and where each stands."""
    for row in sheet.rows:
        if row.number > _HEADER_WITHIN:
            break
        titles = {str(value).strip(): place for place, value in enumerate(row.values) if value is not None}
        if KEY in titles and NUMBER in titles and UPDATE in titles:
            return row.number, titles
    return None


def _notes(book: Read) -> Iterable[str]:
    """What the guard noted but formulas: the first sheet has our own, and one in a row is named with its cell."""
    return (note for note in book.notes if "formulas" not in note)


def _missing(sheet: Sheet, number: int, places: Mapping[str, int], today: date) -> Iterable[str]:
    for column in columns(today):
        if column.title not in places and column.title != KEY_AGAIN:
            yield f"The column “{column.title}” is gone or was renamed, so nothing was read from it."
    if any(row.number < number for row in sheet.rows):
        yield f"Lines were written above the headings of the sheet “{visible(sheet.name)}”; they were not read."


def _outside(one: Came) -> Iterable[Difference]:
    """What stands in columns that are none of ours, or under no heading."""
    inside = {place for title, place in one.places.items() if title in FIELDS or title in REFUSALS}
    inside |= {place for title, place in one.places.items() if title in (KEY, KEY_AGAIN)}
    for place, value in enumerate(one.row.values):
        if place not in inside and (text := cell_text(value).strip()):
            yield Difference(one.text(NUMBER) or "(no number)", Field.SHEET, "", text, "", Verdict.REFUSED, (
                f"{one.row.where(place)}: it stands outside the columns of the sheet, so nobody can tell what it is "
                "about."))  # fmt: skip


def _came(book: Read, row: Row, places: dict[str, int]) -> Came:
    cells = {title: (row.sheet, cell_name(row.number, row.first_column + place)) for title, place in places.items()}
    return Came(row, places, {title: book.formulas[cell] for title, cell in cells.items() if cell in book.formulas})


def _unkeyed(one: Came) -> Iterable[Difference]:
    texts = [one.text(title).strip() for title in one.places]
    if any(texts):
        yield _unread(one, one.text(NUMBER), (
            "this row was added by hand and has no key: propose a new action to the co-ordinator, or write into the "
            "row of the action itself"))  # fmt: skip


def _unread(one: Came, action: str, why: str) -> Difference:
    words = "; ".join(f"{title}: {text}" for title in one.places if (text := one.text(title).strip()) and
                      title not in (KEY, KEY_AGAIN))  # fmt: skip
    return Difference(visible(action) or "(no number)", Field.SHEET, "", words, "", Verdict.REFUSED,
                      f"{one.where(NUMBER)}: {why}.")  # fmt: skip


def _for_reading(action: str, one: Came, shown: Mapping[str, str]) -> Iterable[Difference]:
    for title, mark in shown.items():
        if title in one.places and fingerprint(_plain(one.value(title))) != mark:
            yield Difference(action, Field.SHEET, "", f"{title}: {one.text(title)}", "", Verdict.REFUSED,
                             f"{one.where(title)}: {REFUSALS[title]}")  # fmt: skip


def _plain(value: CellValue) -> str | date | None:
    """A cell's value as it went out: a day as a day, anything else as text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else cell_text(value)


def _one(
    workspace: Workspace, sent: Held, action: str, rows: list[Came], differences: list[Difference]
) -> _Action:  # fmt: skip
    """What stands in the rows of one action. A cell that cannot be read is named, and counts as it was sent."""
    thread = thread_on(workspace.actions_shelf, action)
    cells = Cells(action, rows, differences)
    asked = workspace.actions_shelf.get(Asked, sent.asked) if sent.asked else None
    new, why = cells.day(NEW_DAY, sent.new), cells.one_text(WHY, asked.reason if asked else "")
    if cells.unread & {NEW_DAY, WHY}:
        new, why = sent.new, asked.reason if asked else ""
    typed = Typed(
        updates=tuple(cells.texts(UPDATE)), progress=cells.percent(sent.progress), says=cells.view(sent.says),
        new=new, why=why, evidence=tuple(cells.proofs()), close=cells.close(sent.state.submitted_or_later),
    )  # fmt: skip
    return _Action(typed, sent, how_it_stands(thread, sent.update))


def _better(workspace: Workspace, action: str, typed: Typed, today: date) -> str | None:
    """The rule against a view that is better than the colour, as the action would stand with what the row says."""
    if not typed.says:
        return None
    at = yardstick(workspace, today, england_and_wales())
    brief = brief_of(thread_on(workspace.actions_shelf, action))
    said = datetime.combine(today, time(12), at.zone)
    updated = said if brief.updated is None else max(said, brief.updated)
    progress = brief.progress if typed.progress is None else typed.progress
    return says_better(brief.model_copy(update={"says": typed.says, "updated": updated, "progress": progress}), at)
