"""Where the records stood when something was printed: the list of heads behind a short code, filed beside the exports.

The code on the paper stands for the list, and the list for every line up to then. The list lies in the workspace, so it
helps to say what changed; that nothing did is proved by the code, which cannot be had from another list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qa_toolkit.domain.errors import InputError, NotSaved
from qa_toolkit.store import heads
from qa_toolkit.store.files import why
from qa_toolkit.store.folder import FolderStore

FOLDER: Final = Path("exports") / "heads"
LENGTH: Final = 16
"""Digits of a code: enough that nobody can make another list with the same."""


def keep(folder: FolderStore) -> str:
    """File the list of where every record stands now, and give its code.

    Raises:
        Damaged: A record has no whole last line.
        NotSaved: The disk refused.
    """
    found = heads.heads(folder)
    code = heads.workspace_head(found)[:LENGTH]
    place = folder.root / FOLDER / f"{code}.txt"
    try:
        folder.disk.make_dirs(place.parent)
        folder.disk.replace_file(place, heads.to_text(found).encode())
    except OSError as error:
        raise NotSaved(f"Where the records stand could not be filed in {place.parent} ({why(error)}).") from error
    return code


def find(folder: FolderStore, code: str) -> tuple[heads.Head, ...] | None:
    """The list that was filed under a code; None where there is none, or it does not give that code."""
    try:
        found = heads.from_text((folder.root / FOLDER / f"{code}.txt").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, InputError):
        return None
    return found if heads.workspace_head(found).startswith(code) else None
