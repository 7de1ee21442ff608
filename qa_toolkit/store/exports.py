"""`exports/`: a note of everything that left the workspace, so that it can be said later what it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pydantic_core import to_json

from qa_toolkit.domain.errors import NotSaved
from qa_toolkit.store import heads
from qa_toolkit.store.files import why
from qa_toolkit.store.folder import FolderStore

FOLDER = "exports"


def note(
    folder: FolderStore,
    file: Path,
    *,
    kind: str,
    subject: str,
    audience: str,
    by: str,
    now: datetime,
    journals: Sequence[str],
    released: str = "",
    identifiers: int = 0,
) -> Path:
    """Write the note of one file: its digest, where the records behind it stood, who made it and what was released.

    Raises:
        NotSaved: The disk refused. The file itself was written.
    """
    contents = {
        "file": file.name,
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "kind": kind,
        "subject": subject,
        "audience": audience,
        "by": by,
        "at": now.isoformat(),
        "state": heads.workspace_head(heads.heads(folder, journals)),
        "identifiers": identifiers,
        "released_because": released,
    }
    place = folder.root / FOLDER / f"{now:%Y%m%dT%H%M%S%f}-{subject}.json"
    try:
        folder.disk.make_dirs(place.parent)
        folder.disk.replace_file(place, to_json(contents, indent=2) + b"\n")
    except OSError as error:
        raise NotSaved(f"{file.name} was written, but not the note of it in {place.parent} ({why(error)}).") from error
    return place
