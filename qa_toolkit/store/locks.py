"""A lock for one event, on a file beside the journal, with its holder's name inside.

The journal itself is never locked: on Windows that would stop readers, and a replaced file would take its lock along.
The handle is kept between events (an flock on it costs a microsecond), and compared with the path each time.
"""

from __future__ import annotations

import errno
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
        self._disk, self._path, self._shown, self._wait = disk, path, shown, wait
        self._fd: int | None = None
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
            if self._fd is None:
                self._fd = self._disk.open(self._path, KEEP)
            if self._disk.try_lock(self._fd):
                if self._is_at_path():
                    break
                self.close()
                continue
            if time.monotonic() >= deadline:
                raise self._locked()
            time.sleep(pause)
            pause = min(pause * 1.5, 0.01)
        self._sign(holder)

    def _sign(self, holder: str) -> None:
        """Write the holder's name, unless it was the last thing written there: every write makes the sync dearer."""
        assert self._fd is not None
        if self._signed == (holder, self._disk.fstat(self._fd).st_mtime_ns):
            return
        self._disk.seek(self._fd, 0)
        self._disk.write_all(self._fd, holder.encode("utf-8", "replace")[:200].ljust(200) + b"\n")
        self._signed = (holder, self._disk.fstat(self._fd).st_mtime_ns)

    def _is_at_path(self) -> bool:
        """Whether the file that was locked is still the one that others would lock."""
        assert self._fd is not None
        try:
            there = self._disk.stat(self._path)
        except FileNotFoundError:
            return False
        here = self._disk.fstat(self._fd)
        return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)

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
