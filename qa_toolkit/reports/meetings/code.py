"""The code in a paper's footer, read out of the Word file or the text that was made of it. Nothing else is read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from pathlib import Path
from typing import Final

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import visible
from qa_toolkit.store.outside import read_outside

_CODE: Final = re.compile(r"\brecord ([0-9a-f]{12,64})\b", re.IGNORECASE)
_GAP: Final = re.compile(r"<(?:w:tab|w:br|/w:p)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")
_FOOTER: Final = re.compile(r"word/footer[0-9]{0,3}\.xml")
_MOST: Final = 20_000_000
"""Bytes of one part, or of a text; a paper of a meeting has a thousandth of it."""


def read_code(path: Path) -> str:
    """The code of the paper.

    Raises:
        NotFound: There is no such file.
        InputError: It cannot be read, or carries no code.
    """
    name = visible(path.name)
    try:
        data = read_outside(path, 5 * _MOST, "a paper of this program")
        texts = _word(data, name) if zipfile.is_zipfile(io.BytesIO(data)) else [data.decode("utf-8")]
    except UnicodeDecodeError:
        raise InputError(f"{name} is neither a Word document nor plain text: name the minutes’ own file.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise InputError(f"{name} was cut short or locked on its way: ask for it again.") from None
    for text in texts:
        if found := _CODE.search(" ".join(text[:_MOST].split())):
            return str(found[1]).lower()
    raise InputError(f"{name} carries no code: its footer says “record” and sixteen letters and digits.")


def _word(data: bytes, name: str) -> list[str]:
    """The texts of a Word file: its footers first, because what people typed stands in the body."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [part for part in packed.namelist() if _FOOTER.fullmatch(part)]
        parts += [part for part in packed.namelist() if part == "word/document.xml"]
        if not parts:
            raise InputError(f"{name} is no Word document: name the minutes’ own file, .docx or .txt.")
        return [_text(packed, part) for part in parts[:20]]


def _text(packed: zipfile.ZipFile, part: str) -> str:
    # Read as far as the bound and no further: what the zip says of its own size is not believed. No XML reader is
    # asked, so nothing in the file can unfold; a code that Word has cut in two is whole once the tags are out.
    with packed.open(part) as opened:
        words = opened.read(_MOST).decode("utf-8", "replace")
    return str(unescape(_TAG.sub("", _GAP.sub(" ", words))))
