"""A file written whole or not at all: beside its target under another name, synced, then moved into place."""

from __future__ import annotations

import contextlib
import os
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]

from qa_toolkit.domain.errors import NotSaved


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives a private empty file to write to, which takes the place of `path` when the block ends well.

    When it does not, what stood at `path` stands there still, and nothing else is left.

    Raises:
        NotSaved: The disk refused, or there is no such folder.
    """
    if path.is_dir():
        raise NotSaved(f"{path} is a folder: give the file a name inside it.")
    if not path.parent.is_dir():
        raise NotSaved(f"The folder {path.parent} does not exist: make it, or choose another.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as fault:
        raise refused(path, fault) from fault
    part = Path(name)
    try:
        try:
            yield part
        except XlsxFileError as fault:
            # Not every OSError: one from elsewhere in the block is about another file.
            _let_go(fault)
            raise refused(path, fault) from fault
        try:
            _move(part, path)
        except OSError as fault:
            raise refused(path, fault) from fault
    finally:
        part.unlink(missing_ok=True)


def _move(part: Path, path: Path) -> None:
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    os.replace(part, path)
    # The name is on the disk only when the folder is; Windows has no way to ask, and needs none.
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        with contextlib.suppress(OSError):
            os.fsync(folder)
        os.close(folder)


def _let_go(fault: XlsxFileError) -> None:
    """Take from xlsxwriter's zip, which it leaves open, the file that refused.

    When it is thrown away it would try once more to write its end, and print the refusal of that as a traceback.
    """
    cause = fault.args[0] if fault.args else None
    for frame, _ in traceback.walk_tb(getattr(cause, "__traceback__", None)):
        for left in frame.f_locals.values():
            if isinstance(left, zipfile.ZipFile) and left.fp is not None:
                with contextlib.suppress(OSError):
                    left.fp.close()
                left.fp = None


def refused(path: Path, fault: Exception) -> NotSaved:
    """The refusal of a disk that does not take a file."""
    cause = fault.args[0] if fault.args and isinstance(fault.args[0], OSError) else fault
    reason = getattr(cause, "strerror", None) or str(cause)
    return NotSaved(
        f"{path.name} could not be written ({reason}), and nothing was left behind: close it if it is open in another "
        "program, see that there is room in the folder, or choose another one."
    )
