"""What a verb may do inside its one line."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from qa_toolkit.domain.records import Record
from qa_toolkit.store.event import Event
from qa_toolkit.store.shelf import Shelf


class Change:
    """A context manager, at whose end the line is written: all that was put and dropped, or nothing."""

    def __init__(self, shelf: Shelf, event: Event) -> None:
        self.shelf, self._event = shelf, event
        self._put: dict[tuple[str, str], Record] = {}
        """What was put, as it will be read back."""

    def __enter__(self) -> Change:
        self._event.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._event.__exit__(kind, error, trace)
        if self._event.line is not None:
            self.shelf.remember(self._put.values())

    def put(self, *records: Record) -> None:
        """Put records; those that are there under the same id are replaced.

        Each is read back from its document at once, so that what could not be read again is never written; and because
        after the disk has answered the processor is cold, and the person waits.
        """
        for record in records:
            doc = self._event.put_record(record)
            self._put[record.table, record.id] = self.shelf.read_back(type(record), record.id, doc)

    def put_plain(self, table: str, id: str, document: dict[str, Any]) -> None:
        """Put a document that has no record type of its own."""
        self._event.put(table, id, document)
        self._put.pop((table, id), None)

    def drop_plain(self, table: str, id: str) -> None:
        """Drop a document by where it stands."""
        self._event.drop(table, id)
        self._put.pop((table, id), None)

    def drop(self, record: Record) -> None:
        """Drop a record; its history stays."""
        self.drop_plain(record.table, record.id)
