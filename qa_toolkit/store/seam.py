"""What a place that keeps journals must be able to do: the seam at which another kind of place can stand.

Three methods carry the meaning: `list`, `read` and `append`. The rest is about making, locking and mending.
`Mark` says how far a reader has come. Its `seq` is what matters; the other fields are the place's own business.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol


class Identity(NamedTuple):
    """What changes when a file does: compared, never interpreted."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


class Mark(NamedTuple):
    """How far a journal has been read."""

    seq: int = 0
    """Lines read."""
    offset: int = 0
    """Bytes up to and including the last newline read."""
    size: int = 0
    """Bytes seen: more than `offset` while a line is being written, or when one was torn."""
    file: tuple[int, int] = (0, 0)
    modified: int = 0


START = Mark()


class Tail(NamedTuple):
    """What stands after a mark."""

    data: bytes
    """Whole lines only."""
    mark: Mark
    restarted: bool
    """The file is another one than the mark's, or shorter: `data` begins at its first line."""


class Place(Protocol):
    """Journals by name, each a sequence of lines that only grows."""

    def list(self, prefix: str = "") -> list[str]:
        """Names that begin with `prefix`, sorted."""

    def read(self, name: str, after: Mark = START) -> Tail:
        """Lines after `after`. Takes no lock. NotFound if there is no such journal."""

    def blocks(self, name: str) -> Iterator[bytes]:
        """A journal’s bytes from the first on, in blocks. Takes no lock. NotFound if there is no such journal."""

    def append(self, name: str, line: bytes, expect: Mark) -> Mark:
        """Add one line and return when it is safe. NotSaved, and nothing added, if the end is not `expect`."""

    def create(self, name: str, line: bytes) -> None:
        """A new journal with its first line, all or nothing. InputError if there is one."""

    def lock(self, name: str, holder: str) -> AbstractContextManager[None]:
        """Hold a journal for writing. Locked after the wait; ReadOnly where nothing can be written."""

    def set_aside(self, name: str, mark: Mark) -> Mark:
        """Move bytes after the last newline into quarantine. The lock must be held."""

    def rewrite(self, name: str, data: bytes, expect: Mark) -> Mark:
        """Replace a journal's bytes, wholly or not at all (redaction only). The lock must be held."""

    def identity(self, name: str) -> Identity:
        """Cheap: one look at the file. NotFound if there is none."""

    def release(self, name: str) -> None:
        """Close what is kept open for a journal."""

    def random(self, size: int) -> bytes:
        """Bytes that nobody can guess."""
