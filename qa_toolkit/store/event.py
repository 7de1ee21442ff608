"""One deed, recorded as one line: the lock, the overlay, the check against what was seen, and the save."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qa_toolkit.domain.errors import Stale
from qa_toolkit.domain.records import Record
from qa_toolkit.store.lines import Body, Doc, Drop, Line, Put, plain, plain_record, stamp
from qa_toolkit.store.replay import REDACTIONS
from qa_toolkit.store.tables import Overlay

if TYPE_CHECKING:
    from qa_toolkit.store.journal import Journal

_ZONE = "Europe/London"


class Event:
    """A context manager; what happens inside it happens together or not at all.

    Attributes:
        line: The line that was recorded, or None: not yet, or nothing was changed.
        saved_at: The time on that line, or None.

    Entering raises Locked, ReadOnly, NotSaved, or Stale when a document in `seen` was put or dropped by
    another line than the one it was seen with. Leaving raises NotSaved or ReadOnly, and then nothing was recorded.
    An exception inside discards everything. It must not be held over an `await` or a `yield`.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        by: str,
        did: str,
        why: str | None,
        now: datetime,
        seen: Mapping[tuple[str, str], int],
    ) -> None:
        # To the minute, so that the lock file need not be written for every save of the same person. A time without a
        # zone is refused here, before anything is locked.
        self._holder = f"{by} since {stamp(now)[:16]}Z"
        self.by, self.did, self.why, self.now = by, did, why, now
        self.overlays: dict[str, Overlay] = {}
        self.line: Line | None = None
        self._journal = journal
        self._seen = seen
        self._lock: AbstractContextManager[None] | None = None
        self._used = False

    @property
    def saved_at(self) -> datetime | None:
        return None if self.line is None else self.line.at

    def put(self, table: str, doc_id: str, doc: Mapping[str, object]) -> None:
        """Add or replace a document. InputError if it holds what cannot be kept."""
        self.overlay(table).put(doc_id, plain(doc))

    def put_record(self, record: Record) -> Doc:
        """As `put`, of a record under its own id; gives the document that will be written, to look at only."""
        doc: Doc = plain_record(record)
        self.overlay(record.table).put(record.id, doc)
        return doc

    def drop(self, table: str, doc_id: str) -> None:
        """Remove a document; KeyError if there is none."""
        self.overlay(table).drop(doc_id)

    def overlay(self, table: str) -> Overlay:
        """The changes to one table so far."""
        found = self.overlays.get(table)
        if found is None:
            if self._lock is None:
                raise RuntimeError(f"{self._journal.shown}: documents are changed inside an event only")
            if table == REDACTIONS:
                raise RuntimeError("redactions are announced by `redaction.redact` only")
            found = self.overlays[table] = Overlay(self._journal.current().get(table, {}))
        return found

    def __enter__(self) -> Event:
        journal = self._journal
        if self._used or journal.writing:
            raise RuntimeError("events do not nest, and each is entered once")
        self._used = True
        journal.check_writable()
        lock = journal.place.lock(journal.name, self._holder)
        lock.__enter__()
        try:
            journal.begin(self)
            self._check_seen()
        except BaseException:
            journal.finish()
            lock.__exit__(None, None, None)
            raise
        self._lock = lock
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._lock is not None
        try:
            if kind is None:
                self._save()
        finally:
            self._journal.finish()
            lock, self._lock = self._lock, None
            lock.__exit__(None, None, None)

    def _check_seen(self) -> None:
        for (table, doc_id), seq in self._seen.items():
            if (now_at := self._journal.seq_of(table, doc_id)) != seq:
                raise _stale(doc_id, self._journal.line_of(now_at) if now_at else None)

    def _save(self) -> None:
        body = self._changes()
        if body.puts or body.drops:
            self.line = self._journal.record(self, body)

    def _changes(self, *, all_of_them: bool = False) -> Body:
        puts: list[Put] = []
        drops: list[Drop] = []
        for table, overlay in self.overlays.items():
            if not all_of_them:
                overlay.settle()
            if overlay.drops:
                drops += [(table, doc_id) for doc_id in overlay.base if doc_id in overlay.drops]
            for doc_id, doc in overlay.puts.items():
                puts.append((table, doc_id, doc))
        return Body(puts, drops)


class RedactingEvent(Event):
    """An event that announces a redaction: every put is recorded, even of what stands there already.

    What stands there may come from the line that is about to be taken out.
    """

    announcement: tuple[str, Doc] | None = None

    def _save(self) -> None:
        super()._save()
        self._journal.hide_redacted()

    def _changes(self, *, all_of_them: bool = True) -> Body:
        body = super()._changes(all_of_them=all_of_them)
        if self.announcement is not None:
            body.puts.append((REDACTIONS, self.announcement[0], plain(self.announcement[1])))
        return body


def _stale(doc_id: str, line: Line | None) -> Stale:
    if line is None:
        return Stale(f"{doc_id} is not in the record; look again, then save what you typed.")
    when = f"{line.at.astimezone(ZoneInfo(_ZONE)):%d %b %Y at %H:%M}".lstrip("0")
    return Stale(
        f"{doc_id} was changed by {line.by} on {when} ({line.did}), after you opened it. "
        "What you typed is kept: look at theirs, then save again.",
        who=line.by,
        when=when,
        what=line.did,
    )
