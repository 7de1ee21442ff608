"""What went out on an action sheet, kept in the workspace, so that three values can be compared when it comes back.

Only ids, days and numbers are kept, and fingerprints of what was for reading: no text that anybody typed lies outside
the record, where taking words out of it would not reach. The workbook carries the digest of what is kept.
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256

from pydantic import ValidationError

from qa_toolkit.domain.action_sheet import Held
from qa_toolkit.domain.errors import NotSaved, SheetError
from qa_toolkit.domain.records import Frozen
from qa_toolkit.store.exports import FOLDER
from qa_toolkit.store.files import why
from qa_toolkit.store.workspace import Workspace

_ID = re.compile(r"S-[0-9]{8}T[0-9]{6}-[a-z0-9-]{1,60}")


class SentRow(Frozen):
    """One action as it went out."""

    held: Held
    shown: dict[str, str]
    """Columns that are for reading, by title, with their fingerprints."""


class Sent(Frozen):
    """One sheet as it went out."""

    id: str
    agency: str
    owner: str = ""
    by: str
    at: datetime
    rows: dict[str, SentRow]

    @property
    def digest(self) -> str:
        """By which the workbook and what is kept are known to belong together."""
        return sha256(self.model_dump_json().encode()).hexdigest()


def sheet_id(agency: str, now: datetime) -> str:
    """The id of a sheet that goes out now."""
    return f"S-{now:%Y%m%dT%H%M%S}-{agency}"


def keep(workspace: Workspace, sent: Sent) -> None:
    """Keep it, on the disk when this returns.

    Raises:
        NotSaved: The disk refused.
    """
    disk, place = workspace.folder.disk, workspace.root / FOLDER / "sheets" / f"{sent.id}.json"
    try:
        disk.make_dirs(place.parent)
        disk.replace_file(place, sent.model_dump_json(indent=1).encode() + b"\n")
    except OSError as error:
        raise NotSaved(f"What the sheet says could not be kept in {place.parent} ({why(error)}).") from error


def find(workspace: Workspace, id: str, digest: str, name: str) -> Sent:
    """What went out under that id; `name` is the workbook's, for the refusal.

    Raises:
        SheetError: It is not kept here, or is not what the workbook was made from.
    """
    again = "Write a new sheet with `qa export actions`, and ask its owner to copy what they wrote into it."
    if not _ID.fullmatch(id):
        raise SheetError(f"{name} does not say which action sheet it is. {again}")
    place = workspace.root / FOLDER / "sheets" / f"{id}.json"
    try:
        sent = Sent.model_validate_json(place.read_bytes())
    except FileNotFoundError:
        raise SheetError(
            f"{name} did not go out from this workspace, or the note of it in {FOLDER}/sheets is gone. {again}"
        ) from None
    except (OSError, ValidationError):
        raise SheetError(f"The note of {name} in {FOLDER}/sheets/{id}.json cannot be read. {again}") from None
    if digest and digest != sent.digest:
        raise SheetError(f"{name} and the note of what was sent do not belong together. {again}")
    return sent
