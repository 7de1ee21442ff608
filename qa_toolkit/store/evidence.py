"""Evidence that is a file: its digest, and, only where somebody chooses so, a copy under that digest in `evidence/`.

A copy is never packed or exported. Its name says nothing of what is in it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from qa_toolkit.domain.errors import InputError, NotSaved
from qa_toolkit.store.files import why
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.outside import read_outside

FOLDER = "evidence"
LARGEST = 50_000_000
"""Bytes of a file that is copied; a policy or a training roll is far below."""
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


def digest(file: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        InputError: There is no such file, or it cannot be read.
    """
    found = sha256()
    try:
        with file.open("rb") as opened:
            while block := opened.read(1 << 20):
                found.update(block)
    except OSError as error:
        raise InputError(f"{file} cannot be read ({why(error)}), so its digest cannot be kept.") from None
    return found.hexdigest()


def keep(folder: FolderStore, file: Path) -> tuple[str, str]:
    """A copy of a file in the workspace; the file's digest and where the copy is, from the workspace's folder on.

    Raises:
        InputError: The file cannot be read, or is too large to be kept beside records.
        NotSaved: The disk refused.
    """
    data = read_outside(file, LARGEST, "evidence to keep a copy of: say where it is kept instead")
    found = sha256(data).hexdigest()
    ending = file.suffix.lower() if _ENDING.fullmatch(file.suffix.lower()) else ""
    place = folder.root / FOLDER / f"{found}{ending}"
    try:
        folder.disk.make_dirs(place.parent)
        folder.disk.replace_file(place, data)
    except OSError as error:
        raise NotSaved(f"{file.name} could not be copied into {place.parent} ({why(error)}).") from error
    return found, f"{FOLDER}/{place.name}"
