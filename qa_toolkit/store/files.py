"""Every call to the operating system that the store makes, in one class that a test can make fail.

Errors are left as `OSError`: the layer above knows what was being done and says it in a sentence.
Folders are made 0700 and files 0600; symbolic links are never followed; descriptors are not inherited.
"""

from __future__ import annotations

import os
import stat as modes
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
READ = os.O_RDONLY | _COMMON
APPEND = os.O_RDWR | os.O_APPEND | _COMMON
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _COMMON
KEEP = os.O_RDWR | os.O_CREAT | _COMMON
_BLOCK = 1 << 20
_REPLACE_PATIENCE = 1.0
"""Seconds for which a replace is tried again on Windows, where virus scanners and indexers hold files for moments."""
_LOCKED_BYTE = 1 << 30
"""Windows locks a range of bytes: one far beyond the holder's name, so that the name stays readable."""


class Disk:
    """The primitives, one system call each, and below them the few recipes that are safe to build from them."""

    # The system's own functions as they are: a save makes a dozen of these calls, and a wrapper costs as much again.
    close = staticmethod(os.close)
    read = staticmethod(os.read)
    write = staticmethod(os.write)
    """The number of bytes taken, which may be fewer than were given."""
    stat = staticmethod(os.lstat)
    fstat = staticmethod(os.fstat)
    truncate = staticmethod(os.ftruncate)
    unlink = staticmethod(os.unlink)
    link = staticmethod(os.link)
    rename = staticmethod(os.rename)
    replace = staticmethod(os.replace)
    random = staticmethod(os.urandom)
    """Bytes that nobody can guess."""

    def open(self, path: Path | str, flags: int) -> int:
        return os.open(path, flags, 0o600)

    def seek(self, fd: int, offset: int) -> None:
        os.lseek(fd, offset, os.SEEK_SET)

    def sync(self, fd: int) -> None:
        """Return when the data is on the disk. Never call it again on a handle that it failed for."""
        if sys.platform == "darwin":
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        elif hasattr(os, "fdatasync"):
            os.fdatasync(fd)
        else:
            os.fsync(fd)

    def sync_dir(self, path: Path) -> None:
        """Make the names in a folder last; Windows has no such call and keeps them by itself."""
        if sys.platform == "win32":
            return
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def listdir(self, path: Path) -> list[tuple[str, bool]]:
        """Names in a folder, sorted, each with whether it is itself a folder (a link to one is not)."""
        with os.scandir(path) as entries:
            return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)

    def mkdir(self, path: Path) -> None:
        os.mkdir(path, 0o700)

    def try_lock(self, fd: int) -> bool:
        """Whether the exclusive lock was free and is now held."""
        try:
            if sys.platform == "win32":
                os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
                msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def unlock(self, fd: int) -> None:
        if sys.platform == "win32":
            os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_UN)

    # Recipes. They call only what stands above, so a fault injected there reaches them.

    def write_all(self, fd: int, data: bytes) -> None:
        """Write every byte: a system call may take fewer than it was given."""
        taken = self.write(fd, data)
        while taken < len(data):
            taken += self.write(fd, memoryview(data)[taken:])

    def read_all(self, fd: int) -> bytes:
        """Everything from where the handle stands to the end."""
        # One read as long as the file, so that a large one is not held twice; what came since follows in blocks.
        parts = [self.read(fd, max(_BLOCK, self.fstat(fd).st_size + 1))]
        while part := self.read(fd, _BLOCK) if parts[-1] else b"":
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def read_file(self, path: Path | str) -> bytes:
        """A plain file's bytes; a folder, link or pipe in its place is an `OSError`."""
        if not modes.S_ISREG(self.stat(path).st_mode):
            raise OSError(None, "it is not a plain file", str(path))
        fd = self.open(path, READ)
        try:
            return self.read_all(fd)
        finally:
            self.close(fd)

    def exists(self, path: Path) -> bool:
        try:
            self.stat(path)
        except FileNotFoundError:
            return False
        return True

    def make_dirs(self, path: Path) -> None:
        """Make a folder and those above it that are missing, each one's name synced into its parent."""
        if self.exists(path):
            return
        self.make_dirs(path.parent)
        with suppress(FileExistsError):
            self.mkdir(path)
        self.sync_dir(path.parent)

    def write_temp(self, path: Path, data: bytes) -> Path:
        """A synced file beside `path` with these bytes, under a name that nothing else reads."""
        temp = path.with_name(f".{path.name}.{self.random(6).hex()}.tmp")
        fd = self.open(temp, NEW)
        try:
            try:
                self.write_all(fd, data)
                self.sync(fd)
            finally:
                self.close(fd)
        except BaseException:
            self.discard(temp)
            raise
        return temp

    def replace_file(self, path: Path, data: bytes) -> None:
        """Put these bytes under `path`, wholly or not at all, and return when they will last."""
        temp = self.write_temp(path, data)
        try:
            self._replace_patiently(temp, path)
        except BaseException:
            self.discard(temp)
            raise
        self.sync_dir(path.parent)

    def create_file(self, path: Path, data: bytes) -> None:
        """As `replace_file`, but `FileExistsError` where there is something already."""
        temp = self.write_temp(path, data)
        made = False
        try:
            self._rename_new(temp, path)
            made = True
            self.sync_dir(path.parent)
        except BaseException:
            if made:
                self.discard(path)
            raise
        finally:
            self.discard(temp)

    def _rename_new(self, temp: Path, path: Path) -> None:
        try:
            self.link(temp, path)
        except FileExistsError:
            raise
        except OSError:
            # No hard links here (FAT, some shares). The caller holds the journal's lock: looking first is enough.
            if self.exists(path):
                raise FileExistsError(None, "it is there already", str(path)) from None
            self.rename(temp, path)

    def discard(self, path: Path) -> None:
        """Remove a file if that is possible: used where a failure is already on its way up."""
        with suppress(OSError):
            self.unlink(path)

    def _replace_patiently(self, old: Path, new: Path) -> None:
        deadline = time.monotonic() + _REPLACE_PATIENCE
        while True:
            try:
                return self.replace(old, new)
            except PermissionError:
                if sys.platform != "win32" or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)


class Hasty(Disk):
    """A disk for what is made aside and moved into its place whole: nothing is synced before `settle`.

    What is cut off meanwhile is made again from nothing, so there is nothing to lose.
    """

    def sync(self, fd: int) -> None:
        """Not yet."""

    def sync_dir(self, path: Path) -> None:
        """Not yet."""

    def settle(self, root: Path) -> None:
        """Return when every file under `root`, and every name, is on the disk."""
        for folder, _, names in os.walk(root):
            for name in names:
                fd = os.open(Path(folder, name), READ)
                try:
                    super().sync(fd)
                finally:
                    os.close(fd)
            super().sync_dir(Path(folder))


def why(error: OSError) -> str:
    """The system's own words for an error, for the inside of a sentence."""
    return error.strerror or str(error)
