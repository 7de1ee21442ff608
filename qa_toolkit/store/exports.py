"""`exports/`: a note of everything that left the workspace, so that it can be said later what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from qa_toolkit.domain.errors import NotSaved
from qa_toolkit.domain.undoing import Pack
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
    identifiers: int = 0,
    stood: Sequence[heads.Head] = (),
    more: Mapping[str, Any] | None = None,
) -> Path:
    """Write the note of one file: its digest, where the records behind it stood, and who made it.

    `stood` says where they stood at an earlier moment, if the file is of one; `more` is what a later check needs.

    Raises:
        NotSaved: The disk refused. The file itself was written.
    """
    stood = tuple(stood) or heads.heads(folder, journals)
    contents: dict[str, Any] = {
        "file": file.name,
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "kind": kind,
        "subject": subject,
        "audience": audience,
        "by": by,
        "at": now.isoformat(),
        "state": heads.workspace_head(stood),
        "stood": {head.name: head.seq for head in stood},
        "identifiers": identifiers,
        **(more or {}),
    }
    stem, into = f"{now:%Y%m%dT%H%M%S%f}-{subject}", folder.root / FOLDER
    # Word and text of one paper are written in one moment, and each has a note of its own.
    names = (f"{stem}.json" if number == 1 else f"{stem}-{number}.json" for number in count(1))
    place = next(into / name for name in names if not folder.disk.exists(into / name))
    try:
        folder.disk.make_dirs(place.parent)
        folder.disk.replace_file(place, to_json(contents, indent=2) + b"\n")
    except OSError as error:
        raise NotSaved(f"{file.name} was written, but not the note of it in {place.parent} ({why(error)}).") from error
    return place


NO_PACK = frozenset({"action sheet", "audit tool", "parcel", "minutes", "decision log"})
"""Kinds that hold nothing by having been written: what others fill in, and minutes, which hold once approved."""


def released(folder: FolderStore) -> Iterator[Pack]:
    """Every pack that left the workspace, by the notes of it, latest first.

    A note that cannot be read is passed over: notes are for people, and can be lost without harm to the record.
    """
    try:
        names = sorted((name for name, is_folder in folder.disk.listdir(folder.root / FOLDER) if not is_folder))
    except OSError:
        return
    for name in reversed(names):
        try:
            note = from_json(folder.disk.read_file(folder.root / FOLDER / name))
            if note["kind"] in NO_PACK:
                continue
            stood = {str(journal): int(seq) for journal, seq in note["stood"].items()}
            yield Pack(str(note["file"]), datetime.fromisoformat(note["at"]), stood)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue


class Note(NamedTuple):
    """The note of one file, as it was written."""

    place: Path
    contents: dict[str, Any]


def notes(folder: FolderStore) -> list[Note]:
    """Every note that can be read, latest first."""
    found = []
    try:
        names = sorted((name for name, is_folder in folder.disk.listdir(folder.root / FOLDER) if not is_folder))
    except OSError:
        return []
    for name in reversed(names):
        place = folder.root / FOLDER / name
        try:
            contents = from_json(folder.disk.read_file(place))
        except (OSError, ValueError):
            continue
        if isinstance(contents, dict) and {"sha256", "file", "kind"} <= contents.keys():
            found.append(Note(place, contents))
    return found


def notes_of(folder: FolderStore, file: Path, record: str = "") -> list[Note]:
    """The notes of files with these bytes, else of this name, else of what was made from that record; latest first."""
    digest, found = sha256(file.read_bytes()).hexdigest(), notes(folder)
    same = [one for one in found if one.contents["sha256"] == digest]
    named = [one for one in found if one.contents["file"] == file.name]
    return same or named or [one for one in found if record and one.contents.get("record") == record]
