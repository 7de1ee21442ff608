"""A look at a workbook from outside before anything reads it: the zip and its parts, never unpacked to disk.

Refused: what is no zip, what is locked by a password or a label, parts that are too many, named twice or with a path
out of the file, too much when unpacked, packed too hard, XML that declares a DOCTYPE or hides it in another encoding,
and more cells than were asked for. Noted, and then ignored: macros, links to other workbooks, and formulas (their last
value is read).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from qa_toolkit.domain.errors import SheetError
from qa_toolkit.domain.text import shorten, visible

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK: Final = 1 << 16
_RATIO_FROM: Final = 1_000_000
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_CELL = re.compile(rb"<(?:[A-Za-z0-9_]{1,20}:)?c[ >/]")
_ROW = re.compile(rb"<(?:[A-Za-z0-9_]{1,20}:)?row[ >/]")
_FORMULA = re.compile(rb"<(?:[A-Za-z0-9_]{1,20}:)?f[ >/]")
_TAIL: Final = 32
_BOM: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins."""
_CALCULATION_ORDER: Final = "xl/calcChain.xml"
_SAVE_AGAIN: Final = "open it in Excel, save it again as a plain .xlsx workbook, and try that"
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What reading a broken zip raises."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook from outside may hold."""

    parts: int = 2_000
    unpacked: int = 200_000_000
    """Bytes, counted while they are unpacked: what the zip says of itself is not believed."""
    ratio: int = 400
    """How often a part over a million bytes may be larger than it is packed."""
    cells: int = 500_000
    rows: int = 100_000
    columns: int = 1_000


@dataclass(slots=True)
class Looked:
    """What the look found."""

    notes: list[str]
    """Sentences about what is in the workbook and was not used."""
    formulas: int = 0


def look(path: Path, limits: Limits) -> Looked:
    """Raises SheetError when the workbook may not be read; else says what in it will be left alone."""
    name = visible(path.name)
    if path.exists() and not path.is_file() and not path.is_dir():
        # A pipe would be waited for, a device read without end.
        raise SheetError(f"{name} is no plain file: name the workbook itself.")
    try:
        with path.open("rb") as opened:
            first = opened.read(8)
        if first == _OLE:
            raise SheetError(
                f"{name} is locked by a password or a sensitivity label, or is an old .xls file: "
                "open it in Excel, save it as .xlsx without a password or sensitivity label, and try that."
            )
        if not zipfile.is_zipfile(path):
            what = "is empty" if not first else "is not an Excel workbook, or was cut short on its way"
            raise SheetError(f"{name} {what}: ask for it again, or save it in Excel as .xlsx.")
        with zipfile.ZipFile(path) as packed:
            return _look_inside(name, packed, limits)
    except FileNotFoundError:
        raise SheetError(f"There is no file {visible(str(path))}: check the name and the folder.") from None
    except IsADirectoryError:
        raise SheetError(f"{visible(str(path))} is a folder: name the workbook in it.") from None
    except PermissionError:
        raise SheetError(
            f"{name} cannot be opened: close it in other programs, and check that you may read it."
        ) from None
    except BROKEN as fault:
        raise damaged(name, fault) from None


def damaged(name: str, fault: Exception, place: str = "") -> SheetError:
    """The refusal of a workbook that cannot be read through, with the reason at its end."""
    reason = shorten(visible(str(fault)), 120) or type(fault).__name__
    return SheetError(f"{name} is damaged or was cut short{place}: ask for it again, or {_SAVE_AGAIN} ({reason}).")


def _look_inside(name: str, packed: zipfile.ZipFile, limits: Limits) -> Looked:
    parts = packed.infolist()
    _check_names(name, parts, limits)
    notes: list[str] = []
    unpacked = cells = rows = formulas = 0
    for part in parts:
        # What it says of itself is enough to refuse it, and saves unpacking it; it is not enough to let it pass.
        _check_size(name, part, part.file_size, unpacked + part.file_size, limits)
        size = 0
        is_xml = True
        for piece, fresh in _pieces(packed, part):
            if not size:
                # By its first bytes: a part may be read as XML whatever it is called.
                is_xml = piece.lstrip()[:1] in (b"<", b"\x00") or piece[:2] in _WIDE or piece[:3] == _BOM
                if is_xml:
                    _check_encoding(name, part, piece)
            size += len(piece) - fresh
            unpacked += len(piece) - fresh
            _check_size(name, part, size, unpacked, limits)
            if is_xml:
                _check_declarations(name, part, piece)
                cells += 0 if part.filename == _CALCULATION_ORDER else _count(_CELL, piece, fresh)
                rows += _count(_ROW, piece, fresh)
                formulas += _count(_FORMULA, piece, fresh) if part.filename.startswith("xl/worksheets/") else 0
        if cells > limits.cells:
            raise too_many_cells(name, limits)
        if rows > 2 * limits.rows:
            # Even empty ones take the reader ten seconds when there are a million.
            raise SheetError(
                f"{name} has more than {2 * limits.rows:,} rows, nearly all of them empty: delete the rows below what "
                "you filled in, save it, and try again."
            )
    _note(notes, [part.filename for part in parts], formulas)
    return Looked(notes, formulas)


def too_many_cells(name: str, limits: Limits) -> SheetError:
    """The refusal of a workbook with more cells than may be read."""
    return SheetError(
        f"{name} has more than {limits.cells:,} cells, and no return needs so many: delete the rows and columns below "
        "and to the right of what you filled in, save it, and try again."
    )


def _check_names(name: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise SheetError(f"{name} has {len(parts):,} parts and at most {limits.parts:,} are read: {_SAVE_AGAIN}.")
    seen: set[str] = set()
    for part in parts:
        # ZipInfo cuts a name at a NUL; the name as it was packed is what counts.
        inner = PurePosixPath(part.orig_filename.replace("\\", "/"))
        if inner.is_absolute() or ".." in inner.parts or ":" in part.orig_filename or "\x00" in part.orig_filename:
            shown = shorten(visible(part.orig_filename), 60)
            raise SheetError(f"{name} holds a part with a path out of the file (“{shown}”): it was not made by Excel.")
        # Excel takes names that differ only in capitals for the same part.
        folded = str(inner).lower()
        if folded in seen:
            raise SheetError(f"{name} holds the part “{shorten(visible(str(inner)), 60)}” twice: {_SAVE_AGAIN}.")
        seen.add(folded)
        if part.flag_bits & 0x1:
            raise SheetError(f"{name} is locked by a password: save it as .xlsx without one, and try that.")
    if "[content_types].xml" not in seen or not any(each.startswith("xl/") for each in seen):
        raise SheetError(f"{name} is a zip file but not an Excel workbook: save it in Excel as .xlsx.")


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The part, unpacked piece by piece, and how much of each piece was at the end of the one before."""
    tail = b""
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece, len(tail)
            tail = (tail + piece)[-_TAIL:]


def _count(pattern: re.Pattern[bytes], piece: bytes, seen: int) -> int:
    """How often it ends in the fresh stretch of the piece, so that nothing is counted twice or missed at a seam."""
    return sum(match.end() > seen for match in pattern.finditer(piece))


def _check_size(name: str, part: zipfile.ZipInfo, size: int, unpacked: int, limits: Limits) -> None:
    if size > _RATIO_FROM and size > limits.ratio * max(1, part.compress_size):
        raise SheetError(
            f"{name} is packed harder than Excel packs (part “{shorten(visible(part.filename), 60)}”), as files are "
            f"that were made to overwhelm a reader: {_SAVE_AGAIN}."
        )
    if unpacked > limits.unpacked:
        raise SheetError(
            f"{name} unpacks to more than {limits.unpacked // 1_000_000} MB, and no return needs so much: "
            f"take pictures out of it, {_SAVE_AGAIN}."
        )


def _check_encoding(name: str, part: zipfile.ZipInfo, piece: bytes) -> None:
    declared = _ENCODING.match(piece[:300].removeprefix(_BOM))
    wide = b"\x00" in piece[:4] or piece[:2] in _WIDE
    if wide or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        shown = shorten(visible(part.filename), 60)
        raise SheetError(f"{name} holds a part that is not UTF-8 (“{shown}”), as none by Excel is: {_SAVE_AGAIN}.")


def _check_declarations(name: str, part: zipfile.ZipInfo, piece: bytes) -> None:
    if _DOCTYPE.search(piece):
        shown = shorten(visible(part.filename), 60)
        raise SheetError(
            f"{name} holds a part that declares things of its own (“{shown}”, a DOCTYPE), which Excel never writes: "
            f"{_SAVE_AGAIN}."
        )


def _note(notes: list[str], names: list[str], formulas: int) -> None:
    lowered = [name.lower() for name in names]
    if any(name.endswith("vbaproject.bin") for name in lowered):
        notes.append("It carries macros; they were not run.")
    if any(name.startswith("xl/externallinks/") for name in lowered):
        notes.append("It has links to other workbooks; they were not followed.")
    if formulas:
        notes.append(f"It has formulas ({formulas:,}); the values that Excel last stored for them were read.")
