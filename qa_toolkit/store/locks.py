"""A lock for one event, on a file beside the journal, with its holder's name inside.

The journal itself is never locked: on Windows that would stop readers, and a replaced file would take its lock along.
The handle is kept between events (an flock on it costs a microsecond), and the file it stands for is compared with the
one at the path each time.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

from qa_toolkit.domain.errors import Locked, NotSaved, ReadOnly, StoreError
from qa_toolkit.store.files import KEEP, Disk, why

WAIT = 2.0
"""Seconds that a writer waits for another, before the person is told."""
READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


class FileLock:
    """One lock file. Within a process it also keeps threads apart."""

    def __init__(self, disk: Disk, path: Path, shown: str, wait: float = WAIT) -> None:
        self._disk, self._path, self._shown, self._wait = disk, str(path), shown, wait
        self._fd: int | None = None
        self._file = (0, 0)
        """Device and inode of the open file, which never change while it is open."""
        self._here = threading.Lock()
        self._signed = ("", 0)
        """The holder that was last written, and the file's time afterwards."""

    def acquire(self, holder: str) -> None:
        """Hold the lock, or raise Locked with the holder's name, ReadOnly or NotSaved."""
        deadline = time.monotonic() + self._wait
        if not self._here.acquire(timeout=self._wait):
            raise self._locked()
        try:
            self._acquire(holder, deadline)
        except OSError as error:
            self.close()
            self._here.release()
            raise self._refused(error) from error
        except BaseException:
            # Interrupted with the lock perhaps just taken: closing the handle lets it go.
            self.close()
            self._here.release()
            raise

    @property
    def held(self) -> bool:
        """Whether somebody in this process holds it, or waits for it."""
        return self._here.locked()

    def release(self) -> None:
        try:
            if self._fd is not None:
                self._disk.unlock(self._fd)
        except OSError:
            # Closing the handle lets the lock go whatever happens.
            self.close()
        finally:
            self._here.release()

    def close(self) -> None:
        """Close the kept handle; the lock file stays, because removing it would let two writers in."""
        fd, self._fd = self._fd, None
        if fd is not None:
            self._disk.close(fd)

    def _acquire(self, holder: str, deadline: float) -> None:
        pause = 0.0005
        while True:
            fd = self._fd if self._fd is not None else self._open()
            if self._disk.try_lock(fd):
                there = self._at_path()
                if there is not None:
                    break
                self.close()
                continue
            if time.monotonic() >= deadline:
                raise self._locked()
            time.sleep(pause)
            pause = min(pause * 1.5, 0.01)
        # Every write makes the sync of the journal dearer: a name that stands there already is left.
        if self._signed != (holder, there.st_mtime_ns):
            self._sign(fd, holder)

    def _open(self) -> int:
        fd = self._fd = self._disk.open(self._path, KEEP)
        here = self._disk.fstat(fd)
        self._file = (here.st_dev, here.st_ino)
        return fd

    def _at_path(self) -> os.stat_result | None:
        """A look at the file that others would lock; None where it is no longer the one that was locked here."""
        try:
            there = self._disk.stat(self._path)
        except FileNotFoundError:
            return None
        return there if (there.st_dev, there.st_ino) == self._file else None

    def _sign(self, fd: int, holder: str) -> None:
        self._disk.seek(fd, 0)
        self._disk.write_all(fd, holder.encode("utf-8", "replace")[:200].ljust(200) + b"\n")
        self._signed = (holder, self._disk.fstat(fd).st_mtime_ns)

    def _holder(self) -> str:
        try:
            return self._disk.read_file(self._path).decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def _locked(self) -> Locked:
        holder = self._holder()
        by = f"by {holder}" if holder else "by another program"
        return Locked(f"{self._shown} is being saved {by}; nothing was recorded, try again in a moment.", holder)

    def _refused(self, error: OSError) -> StoreError:
        if error.errno in READ_ONLY:
            return ReadOnly(
                f"{self._shown} cannot be written to here ({why(error)}): it can be read, and nothing was recorded. "
                "Ask whoever looks after the folder for permission to write, or work on a copy."
            )
        return NotSaved(f"{self._shown} could not be saved ({why(error)}); nothing was recorded, try again.")


class Held:
    """The time for which somebody holds a lock, as a context manager."""

    __slots__ = ("_holder", "_lock")

    def __init__(self, lock: FileLock, holder: str) -> None:
        self._lock, self._holder = lock, holder

    def __enter__(self) -> None:
        self._lock.acquire(self._holder)

    def __exit__(self, *_: object) -> None:
        self._lock.release()
