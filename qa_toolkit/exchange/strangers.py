"""What a file is that nothing is taken in from, by its first bytes: a Word document, a picture, an archive.

So that whoever looks through a week's post is told what each is, and not that a photograph is no workbook.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final, NamedTuple


class Stranger(NamedTuple):
    """A file that is none of ours."""

    what: str
    """What it is, in words."""
    way_out: str
    """What can be done with it."""


_LEFT: Final = "Nothing is taken in from it."
_BY_FIRST_BYTES: Final = (
    (b"%PDF", Stranger("a PDF", _LEFT)),
    (b"\x89PNG", Stranger("a picture", _LEFT)),
    (b"\xff\xd8\xff", Stranger("a picture", _LEFT)),
    (b"GIF8", Stranger("a picture", _LEFT)),
    (b"{\\rtf", Stranger("a text document", _LEFT)),
    (b"7z\xbc\xaf", Stranger("an archive", "Unpack it, and put what is in it into the folder.")),
    (b"Rar!", Stranger("an archive", "Unpack it, and put what is in it into the folder.")),
)
_BY_PART: Final = (
    ("word/", Stranger("a Word document", f"{_LEFT} `qa report compare` holds an edited report against its figures.")),
    ("ppt/", Stranger("a presentation", _LEFT)),
    ("content.xml", Stranger("an OpenDocument file", "Save a spreadsheet in it as .xlsx, and put that here.")),
)
_ARCHIVE: Final = Stranger("a zip file", "Unpack it, and put what is in it into the folder.")
_PARTS_LOOKED_AT: Final = 2_000


def stranger(file: Path, first: bytes) -> Stranger | None:
    """What it is, if it is none of ours for certain; None for anything that may be a workbook, a parcel or text.

    Of a zip file only the names of its parts are looked at; nothing is unpacked.
    """
    if not first:
        return Stranger("an empty file", "Ask for it again.")
    for begins, found in _BY_FIRST_BYTES:
        if first.startswith(begins):
            return found
    if not first.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()[:_PARTS_LOOKED_AT]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None  # the guard says what is wrong with it
    if any(name.startswith("xl/") for name in names):
        return None
    return next((found for part, found in _BY_PART if any(name.startswith(part) for name in names)), _ARCHIVE)
