"""Journals in memory: the same seam as `folder`, for tests and for what must never reach a disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from qa_toolkit.domain.errors import InputError, Locked, NotFound, NotSaved
from qa_toolkit.store.names import check_name, file_of
from qa_toolkit.store.seam import START, Identity, Mark, Tail


@dataclass
class _File:
    number: int
    data: bytes
    lock: threading.Lock = field(default_factory=threading.Lock)


class MemoryStore:
    """Journals by name, gone with the process."""

    def __init__(self, wait: float = 2.0) -> None:
        self._files: dict[str, _File] = {}
        self._wait = wait
        self._made = 0

    def _file(self, name: str) -> _File:
        try:
            return self._files[check_name(name)]
        except KeyError:
            raise NotFound(f"There is no {file_of(name)} in this workspace.") from None

    def list(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self._files if name.startswith(prefix))

    def identity(self, name: str) -> Identity:
        file = self._file(name)
        return Identity(1, file.number, len(file.data), 0, 0)

    def read(self, name: str, after: Mark = START) -> Tail:
        file = self._file(name)
        restarted = after.file != (1, file.number) or len(file.data) < after.size
        if restarted:
            after = START
        whole = file.data[after.offset : file.data.rfind(b"\n") + 1]
        mark = Mark(after.seq + whole.count(b"\n"), after.offset + len(whole), len(file.data), (1, file.number))
        return Tail(whole, mark, restarted)

    def blocks(self, name: str) -> Iterator[bytes]:
        yield self._file(name).data

    def append(self, name: str, line: bytes, expect: Mark) -> Mark:
        file = self._file(name)
        if expect.file != (1, file.number) or len(file.data) != expect.offset:
            raise NotSaved(f"{file_of(name)} was changed by another program while it was being saved; try again.")
        file.data += line
        return Mark(expect.seq + line.count(b"\n"), len(file.data), len(file.data), expect.file)

    def create(self, name: str, line: bytes) -> None:
        if check_name(name) in self._files:
            raise InputError(f"{file_of(name)} is there already; nothing was changed.")
        self._files[name] = self._new(line)

    def _new(self, data: bytes) -> _File:
        self._made += 1
        return _File(self._made, data)

    @contextmanager
    def lock(self, name: str, holder: str) -> Iterator[None]:
        lock = self._file(name).lock
        if not lock.acquire(timeout=self._wait):
            shown = file_of(name)
            raise Locked(f"{shown} is being saved by another program; nothing was recorded, try again in a moment.")
        try:
            yield
        finally:
            lock.release()

    def set_aside(self, name: str, mark: Mark) -> Mark:
        file = self._file(name)
        file.data = file.data[: mark.offset]
        return Mark(mark.seq, mark.offset, mark.offset, mark.file)

    def rewrite(self, name: str, data: bytes, expect: Mark) -> Mark:
        file = self._file(name)
        if expect.file != (1, file.number) or len(file.data) != expect.size:
            raise NotSaved(f"{file_of(name)} was changed by another program while it was being saved; try again.")
        self._made += 1
        file.number, file.data = self._made, data
        return self.read(name).mark

    def release(self, name: str) -> None:
        """Nothing is kept open."""

    def random(self, size: int) -> bytes:
        return os.urandom(size)
