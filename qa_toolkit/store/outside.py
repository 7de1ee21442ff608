"""Files that somebody names: plain ones of a sensible size, read whole and once.

A pipe would be waited for, and a device read without end; a file that grows while it is read is read no further.
"""

from __future__ import annotations

import stat
from pathlib import Path

from qa_toolkit.domain.errors import InputError, NotFound, QAError
from qa_toolkit.domain.text import visible
from qa_toolkit.store.files import why


def read_outside(file: Path, most: int, what: str, *, kind: type[QAError] = InputError) -> bytes:
    """The bytes of a file of `most` bytes or fewer.

    `what` is what it ought to be, with its article (“a list of answers”), for the sentence that refuses another.

    Raises:
        NotFound: There is no such file.
        kind: It is a folder or no plain file, it is larger, or it cannot be read.
    """
    shown = visible(str(file))
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise kind(f"{shown} is a folder: name the file in it that is {what}.")
        if not stat.S_ISREG(found.st_mode):
            raise kind(f"{shown} is no plain file, so it is not {what}: name the file itself.")
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {shown}: check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise kind(f"{shown} cannot be read ({reason}).") from None
    if len(data) > most:
        raise kind(f"{shown} is larger than {most:,} bytes, so it is not {what}: check the file.")
    return data


def read_outside_text(file: Path, most: int, what: str, *, kind: type[QAError] = InputError) -> str:
    """As `read_outside`, of a file that holds text in UTF-8, with or without a mark at its start."""
    try:
        return read_outside(file, most, what, kind=kind).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise kind(
            f"{visible(file.name)} is not UTF-8 text (byte {error.start}): save it as “CSV UTF-8”, or as text in UTF-8."
        ) from None
