"""Journals as files in a folder: the embedded default behind the seam, and the only place that knows paths.

Nothing is said to be saved before the disk has said so. After a failed append the file is cut back to the length
that was acknowledged; where that fails too, the journal cannot be written to again in this session.
"""

from __future__ import annotations

import os
import stat as modes
import weakref
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.errors import Damaged, InputError, NotFound, NotSaved, ReadOnly, StoreError
from qa_toolkit.store.files import APPEND, READ, Disk, why
from qa_toolkit.store.locks import READ_ONLY, WAIT, FileLock, Held
from qa_toolkit.store.names import SUFFIX, check_name, file_of, is_name
from qa_toolkit.store.seam import START, Identity, Mark, Tail

MOST_OPEN = 32
"""Journals, and locks, whose handles are kept between saves; a system allows a program 256 at the least."""
_STEP = 1 << 17
"""Bytes in a block: so few that they stay near the processor while they are checked."""
_NOT_RECORDS = frozenset({"quarantine", "drafts", "evidence", "exports", "templates"})


class _Handle(NamedTuple):
    """A journal that is kept open, to append to."""

    fd: int
    file: tuple[int, int]
    """Device and inode, which never change while it is open."""


class FolderStore:
    """The journals of one workspace folder."""

    def __init__(self, root: Path, disk: Disk | None = None, wait: float = WAIT) -> None:
        self.root = root
        self.disk = disk or Disk()
        self._wait = wait
        self._texts: dict[str, str] = {}
        self._open: dict[str, _Handle] = {}
        self._locks: dict[str, FileLock] = {}
        self._refused: dict[str, str] = {}
        # A store that nobody closed lets its handles go when it is forgotten.
        weakref.finalize(self, _close_all, self.disk, self._open, self._locks)

    def path(self, name: str) -> Path:
        return Path(self._text(name))

    def _text(self, name: str) -> str:
        """The path as the system takes it: a `Path` would be written out anew for each look."""
        text = self._texts.get(name)
        if text is None:
            text = self._texts[name] = str(self.root / file_of(check_name(name)))
        return text

    def list(self, prefix: str = "") -> list[str]:
        """Names of the journals here that begin with `prefix`, sorted; files with impossible names are left out."""
        folder = prefix.rpartition("/")[0]
        found = self._walk(self.root / folder, folder + "/" if folder else "")
        return sorted(name for name in found if name.startswith(prefix) and is_name(name))

    def groups(self, prefix: str) -> tuple[str, ...]:
        """Names of the folders right under `prefix`, sorted, without a look into them; none where there is none."""
        try:
            return tuple(name for name, is_folder in self.disk.listdir(self.root / prefix) if is_folder)
        except OSError:
            return ()

    def _walk(self, folder: Path, prefix: str) -> Iterator[str]:
        try:
            entries = self.disk.listdir(folder)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise StoreError(f"The folder {folder} cannot be read ({why(error)}).") from error
        for entry, is_folder in entries:
            if is_folder and not entry.startswith(".") and entry not in _NOT_RECORDS:
                yield from self._walk(folder / entry, f"{prefix}{entry}/")
            elif entry.endswith(SUFFIX):
                yield prefix + entry.removesuffix(SUFFIX)

    def identity(self, name: str) -> Identity:
        try:
            found = self.disk.stat(self.path(name))
        except OSError as error:
            raise _unreadable(name, error) from error
        return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def read(self, name: str, after: Mark = START) -> Tail:
        path = self._text(name)
        try:
            found = self.disk.stat(path)
            if (found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev) == (
                after.modified, after.size, after.file[1], after.file[0],
            ):  # fmt: skip
                return Tail(b"", after, restarted=False)
            self._check_plain(name, found)
            fd = self.disk.open(path, READ)
            try:
                return self._read_after(fd, after)
            finally:
                self.disk.close(fd)
        except OSError as error:
            raise _unreadable(name, error) from error

    def blocks(self, name: str) -> Iterator[bytes]:
        path = self.path(name)
        try:
            self._check_plain(name, self.disk.stat(path))
            fd = self.disk.open(path, READ)
            try:
                while block := self.disk.read(fd, _STEP):
                    yield block
            finally:
                self.disk.close(fd)
        except OSError as error:
            raise _unreadable(name, error) from error

    @staticmethod
    def _check_plain(name: str, found: os.stat_result) -> None:
        if not modes.S_ISREG(found.st_mode):
            shown = file_of(name)
            raise Damaged(f"{shown} is not a plain file: something else stands in its place.", path=shown)

    def _read_after(self, fd: int, after: Mark) -> Tail:
        found = self.disk.fstat(fd)
        # Same length but another time: edited in place, so what was read before has to be read again.
        restarted = not _same(found, after) or found.st_size < after.size or found.st_size == after.size
        if restarted:
            after = START
        self.disk.seek(fd, after.offset)
        data = self.disk.read_all(fd)
        whole = data[: data.rfind(b"\n") + 1]
        mark = Mark(
            seq=after.seq + whole.count(b"\n"),
            offset=after.offset + len(whole),
            size=after.offset + len(data),
            file=(found.st_dev, found.st_ino),
            modified=found.st_mtime_ns,
        )
        return Tail(whole, mark, restarted)

    def append(self, name: str, line: bytes, expect: Mark) -> Mark:
        if name in self._refused:
            raise ReadOnly(self._refused[name])
        try:
            fd = self._handle(name, expect)
        except OSError as error:
            raise _not_saved(name, error) from error
        size = expect.offset + len(line)
        try:
            self.disk.write_all(fd, line)
            # Before the sync: whoever waits for it finds the processor cold, and what is done then costs twice.
            found = self.disk.fstat(fd)
            mark = Mark(expect.seq + line.count(b"\n"), size, size, (found.st_dev, found.st_ino), found.st_mtime_ns)
            self.disk.sync(fd)
        except BaseException as error:
            # Also for Ctrl-C: a line that was not acknowledged must not stand half written.
            self._cut_back(name, expect)
            if isinstance(error, OSError):
                raise _not_saved(name, error) from error
            raise
        if found.st_size != size:
            self._refuse(name, "another program wrote to it at the same moment, although it was locked")
            raise NotSaved(self._refused[name])
        return mark

    def _handle(self, name: str, expect: Mark) -> int:
        """The open file, made sure to be the one at the path, ending where the writer thinks it ends."""
        there = self.disk.stat(self._text(name))
        handle = self._open.get(name)
        if handle is not None and handle.file != (there.st_dev, there.st_ino):
            self.release(name)
            handle = None
        if handle is None:
            while len(self._open) >= MOST_OPEN:
                self.release(next(iter(self._open)))
            handle, there = self._open_to_append(name)
        # What was seen at the path is the open file, so its size is the open file's too.
        if handle.file != expect.file or there.st_size != expect.offset:
            raise _moved(name)
        return handle.fd

    def _open_to_append(self, name: str) -> tuple[_Handle, os.stat_result]:
        fd = self.disk.open(self._text(name), APPEND)
        try:
            here = self.disk.fstat(fd)
        except BaseException:
            self.disk.close(fd)
            raise
        handle = self._open[name] = _Handle(fd, (here.st_dev, here.st_ino))
        return handle, here

    def _cut_back(self, name: str, expect: Mark) -> None:
        """Take an append back on a new handle: after a failed sync the old one may claim what is not so."""
        with suppress(OSError):
            self.release(name)
        try:
            fd = self.disk.open(self.path(name), APPEND)
            try:
                if not _same(self.disk.fstat(fd), expect):
                    raise OSError(None, "the file was replaced")
                self.disk.truncate(fd, expect.offset)
                self.disk.sync(fd)
            finally:
                self.disk.close(fd)
        except OSError as error:
            self._refuse(name, f"the disk failed and the half-made change could not be taken back ({why(error)})")

    def _refuse(self, name: str, reason: str) -> None:
        self._refused[name] = (
            f"{file_of(name)} can only be read from now on: {reason}. "
            "Copy what you typed, close the program, look at the disk, then open it again."
        )

    def create(self, name: str, line: bytes) -> None:
        path = self.path(name)
        try:
            self.disk.make_dirs(path.parent)
            with self.lock(name, "its maker"):
                self.disk.create_file(path, line)
        except FileExistsError:
            raise InputError(f"{file_of(name)} is there already; nothing was changed.") from None
        except OSError as error:
            raise _not_saved(name, error) from error
        self._refused.pop(name, None)

    def lock(self, name: str, holder: str) -> Held:
        lock = self._locks.get(name)
        if lock is None:
            self._forget_locks()
            path = self.path(name).with_suffix(".lock")
            lock = self._locks.setdefault(name, FileLock(self.disk, path, file_of(name), self._wait))
        return Held(lock, holder)

    def _forget_locks(self) -> None:
        """Make room for one more: close the handles of those that were made first."""
        while len(self._locks) >= MOST_OPEN:
            idle = next((name for name, lock in self._locks.items() if not lock.held), None)
            if idle is None:
                return
            self._locks.pop(idle).close()

    def set_aside(self, name: str, mark: Mark) -> Mark:
        """Keep a torn end under `quarantine/`, synced, before it is cut from the journal."""
        if mark.size == mark.offset:
            return mark
        path = self.path(name)
        try:
            fd = self.disk.open(path, APPEND)
            try:
                found = self.disk.fstat(fd)
                if not _same(found, mark):
                    raise _moved(name)
                self.disk.seek(fd, mark.offset)
                self._quarantine(name, mark.offset, self.disk.read_all(fd))
                self.disk.truncate(fd, mark.offset)
                self.disk.sync(fd)
                found = self.disk.fstat(fd)
            finally:
                self.disk.close(fd)
        except OSError as error:
            raise _not_saved(name, error) from error
        return Mark(mark.seq, mark.offset, mark.offset, mark.file, found.st_mtime_ns)

    def _quarantine(self, name: str, offset: int, data: bytes) -> None:
        folder = self.root / "quarantine"
        self.disk.make_dirs(folder)
        kept = folder / f"{name.replace('/', '.')}-{offset}-{sha256(data).hexdigest()[:12]}.torn"
        # Under that name the same bytes are there already: an earlier mending was cut short.
        with suppress(FileExistsError):
            self.disk.create_file(kept, data)

    def rewrite(self, name: str, data: bytes, expect: Mark) -> Mark:
        path = self.path(name)
        try:
            if not _same(found := self.disk.stat(path), expect) or found.st_size != expect.size:
                raise _moved(name)
            self.disk.replace_file(path, data)
            self.release(name)
        except OSError as error:
            raise _not_saved(name, error) from error
        return self.read(name).mark

    def release(self, name: str) -> None:
        handle = self._open.pop(name, None)
        if handle is not None:
            self.disk.close(handle.fd)

    def close(self) -> None:
        """Close every handle: journals and locks."""
        _close_all(self.disk, self._open, self._locks)

    def random(self, size: int) -> bytes:
        return self.disk.random(size)


def _close_all(disk: Disk, handles: dict[str, _Handle], locks: dict[str, FileLock]) -> None:
    while handles:
        disk.close(handles.popitem()[1].fd)
    for lock in locks.values():
        lock.close()


def _same(found: os.stat_result, mark: Mark) -> bool:
    return (found.st_dev, found.st_ino) == mark.file


def _moved(name: str) -> NotSaved:
    return NotSaved(f"{file_of(name)} was changed by another program while it was being saved; try again.")


def _unreadable(name: str, error: OSError) -> StoreError | NotFound:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotFound(f"There is no {file_of(name)} in this workspace.")
    return StoreError(f"{file_of(name)} cannot be read ({why(error)}); nothing was changed.")


def _not_saved(name: str, error: OSError) -> StoreError:
    if isinstance(error, FileNotFoundError):
        return NotSaved(
            f"{file_of(name)} is no longer in its folder; nothing was recorded. Put the file back and try again."
        )
    if error.errno in READ_ONLY:
        return ReadOnly(
            f"{file_of(name)} cannot be written to here ({why(error)}): it can be read, and nothing was recorded."
        )
    return NotSaved(f"{file_of(name)} could not be saved ({why(error)}); nothing was recorded, try again.")
