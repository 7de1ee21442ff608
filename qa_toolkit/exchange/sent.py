"""What went out to whom in an audit: a note in `exports/` of each audit tool and parcel, and the last of each.

A parcel of an agency and one of a rater who scores blind go to two addressees, and each has its own line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.parcels import AgencyKey
from qa_toolkit.store import exports
from qa_toolkit.store.files import why
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow.reading import Cell, grid

TOOL, PARCEL = "audit tool", "parcel"


class Sent(NamedTuple):
    """One file that was made for somebody."""

    to: str
    """An agency's id, or `handle@agency` of somebody who scores blind."""
    kind: str
    at: datetime
    by: str
    file: str
    returns: int


class Addressee(NamedTuple):
    """Somebody who is asked in an audit, and what was last made for them."""

    id: str
    name: str
    agency: str
    asked: int
    """Returns."""
    owed: int
    """Those for which they still have something to do."""
    key: bool
    """Whether a key for parcels is recorded."""
    last: Sent | None

    @property
    def second(self) -> bool:
        """Whether it is the rater of blind second scores, and not an agency."""
        return "@" in self.id


def note(
    workspace: Workspace,
    out: Path,
    kind: str,
    audit_id: str,
    to: str,
    returns: Sequence[str],
    *,
    by: str,
    now: datetime,
) -> None:
    """Note in `exports/` that this file was made, for whom and with which returns."""
    begun = workspace.audit(audit_id).started
    journals = [PARTNERSHIP, audit_journal(audit_id), *(return_journal(id) for id in returns if id in begun)]
    exports.note(
        workspace.folder, out, kind=kind, subject=f"{audit_id}-{to.replace('@', '-')}",
        audience=f"case level, {to}", by=by, now=now, journals=journals,
        more={"audit": audit_id, "to": to, "returns": list(returns)},
    )  # fmt: skip


def last_sent(workspace: Workspace, audit_id: str) -> dict[str, Sent]:
    """What was made last for each addressee of an audit, as far as the notes hold it.

    A note that cannot be read is passed over: notes are for people, and can be lost without harm to the record.
    """
    disk, place = workspace.folder.disk, workspace.root / exports.FOLDER
    try:
        names = sorted(name for name, is_folder in disk.listdir(place) if not is_folder and f"-{audit_id}-" in name)
    except OSError:
        return {}
    found: dict[str, Sent] = {}
    for name in reversed(names):
        try:
            one = _sent(from_json(disk.read_file(place / name)), audit_id)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if one is not None:
            found.setdefault(one.to, one)
    return found


def _sent(told: Any, audit_id: str) -> Sent | None:
    if told["kind"] not in (TOOL, PARCEL) or told["audit"] != audit_id:
        return None
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None:
        return None  # not as notes are written here
    return Sent(str(told["to"]), told["kind"], at, str(told["by"]), str(told["file"]), len(told["returns"]))


def addressees(workspace: Workspace, audit_id: str, *, today: date, calendar: WorkingCalendar) -> list[Addressee]:
    """Who is asked in an audit: its agencies, each with its raters of blind second scores after it."""
    at = grid(workspace, audit_id, today=today, calendar=calendar)
    last, keys = last_sent(workspace, at.file.audit.id), workspace.partnership_shelf.all(AgencyKey)
    agencies, people = workspace.agencies(), workspace.people()

    def one(id: str, name: str, agency: str, cells: list[Cell]) -> Addressee:
        owed = sum(cell.state.owed for cell in cells)
        return Addressee(id, name, agency, len(cells), owed, id in keys, last.get(id))

    found = []
    for agency in at.file.audit.agencies:
        cells = [cell for cell in at.cells.values() if cell.agency == agency]
        found.append(one(agency, agencies[agency].name, agency, cells))
        seconds = [cell for cell in at.seconds.values() if cell.agency == agency]
        for rater in sorted({cell.rater for cell in seconds}):
            name = people[rater].name if rater in people else rater
            found.append(one(rater, name, agency, [cell for cell in seconds if cell.rater == rater]))
    return found


def place_for(folder: Path, name: str) -> Path:
    """Where a file of that name can be written in a folder, under the next free number; the folder is made.

    Raises:
        InputError: There is no such folder, and none can be made.
    """
    stem, dot, ending = name.rpartition(".")
    try:
        folder.mkdir(exist_ok=True)
        there = {one.name for one in folder.iterdir()}
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"{folder} is no folder, and cannot be made ({reason}). Name another.") from None
    names = (name if n == 1 else f"{stem}-{n}{dot}{ending}" for n in range(1, 1000))
    free = next((folder / one for one in names if one not in there), None)
    if free is None:
        raise InputError(f"{folder} holds too many files that are called like {name}. Name another folder.")
    return free
