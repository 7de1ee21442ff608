"""A disk that fails on purpose: at operation number n, once or for ever, with any error or a short write."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qa_toolkit.store.files import Disk

OPERATIONS = (
    "open", "read", "seek", "write", "truncate", "sync", "sync_dir", "stat", "fstat", "listdir", "mkdir",
    "unlink", "link", "rename", "replace", "try_lock",
)  # fmt: skip


class FaultyDisk(Disk):
    """Counts its operations from 0; `fail_at` is the one that fails, and all after it when `for_ever`.

    `only` narrows the count to some operations. With `short`, writes take half of what they are given.
    """

    def __init__(
        self,
        fail_at: int | None = None,
        error: int = errno.EIO,
        *,
        for_ever: bool = False,
        only: tuple[str, ...] = OPERATIONS,
        short: bool = False,
    ) -> None:
        self.fail_at, self.error, self.for_ever, self.only, self.short = fail_at, error, for_ever, only, short
        self.count = 0
        self.failed: list[str] = []
        self.log: list[tuple[str, Any]] = []

    def _step(self, operation: str, *arguments: Any) -> None:
        self.log.append((operation, arguments[0] if arguments else None))
        if operation not in self.only:
            return
        here, self.count = self.count, self.count + 1
        if self.fail_at is not None and (here == self.fail_at or (self.for_ever and here > self.fail_at)):
            self.failed.append(operation)
            raise OSError(self.error, os.strerror(self.error))

    def write(self, fd: int, data: bytes | memoryview) -> int:
        try:
            self._step("write", fd)
        except OSError:
            # A disk that fills up takes part of the data first: the worst case for whoever reads it.
            os.write(fd, bytes(data[: len(data) // 2]))
            raise
        if self.short and len(data) > 1:
            data = data[: len(data) // 2]
        return super().write(fd, data)

    def close(self, fd: int) -> None:
        super().close(fd)


def _failing(operation: str) -> Callable[..., Any]:
    plain = getattr(Disk(), operation)

    def method(self: FaultyDisk, *arguments: Any) -> Any:
        self._step(operation, *arguments)
        return plain(*arguments)

    return method


for _operation in OPERATIONS:
    if _operation != "write":
        setattr(FaultyDisk, _operation, _failing(_operation))


class PowerlessDisk(FaultyDisk):
    """Refuses to write, as a read-only folder does: for tests that run as root, whom permissions do not stop."""

    def open(self, path: Path, flags: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return os.open(path, flags)
