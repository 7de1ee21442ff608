"""One journal with its documents as typed records; each is checked once, when it changes.

What was asked for is remembered until a line comes that touches it. Inside an event a verb sees what it has put so far;
that is not remembered, because the event may be discarded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from qa_toolkit.domain.records import Record
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.lines import Doc
from qa_toolkit.store.tables import copied

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Shelf:
    """Typed records of one journal, each loaded when it is first asked for."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._records: dict[type[Record], dict[str, Any]] = {}
        """Records that were loaded; each holds while its document was last put by the line that it names."""
        self._whole: dict[str, dict[type[Record], Mapping[str, Any]]] = {}
        """By table, because it is tables that move."""
        self._owned: dict[str, Mapping[str, list[str]]] = {}
        self._put_together: dict[Callable[[Shelf], Any], Any] = {}
        self._version = self._reading = self._seq = -1

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """Every record of that kind by id, in the order in which they were first put."""
        journal = self.journal
        if kind.table in journal.touched:
            return {id: self._load(kind, id, doc) for id, doc in journal.documents(kind.table).items()}
        if self._version != journal.version:
            self._catch_up()
        whole = self._whole.get(kind.table)
        return whole[kind] if whole is not None and kind in whole else self._load_all(kind)

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of that kind with that id, or None."""
        doc = self.journal.documents(kind.table).get(id)
        return None if doc is None else self._load(kind, id, doc)

    def under(self, kind: type[R], owner: str) -> tuple[R, ...]:
        """The records of that kind whose ids begin with the owner's id and a slash, in the order of their first put.

        What belongs to others is not loaded, so that one action of thousands costs what one action holds.
        """
        docs = self.journal.documents(kind.table)
        return tuple(self._load(kind, id, docs[id]) for id in self.ids_under(kind, owner))

    def ids_under(self, kind: type[Record], owner: str) -> list[str]:
        """Ids of the records of that kind that belong to an owner."""
        journal = self.journal
        if kind.table in journal.touched:
            return _grouped(journal.documents(kind.table)).get(owner, [])
        if self._version != journal.version:
            self._catch_up()
        if kind.table not in self._owned:
            self._owned[kind.table] = _grouped(journal.documents(kind.table))
        return self._owned[kind.table].get(owner, [])

    def once(self, make: Callable[[Shelf], T]) -> T:
        """What `make` puts together from this journal alone; the same object again until a new line comes."""
        journal = self.journal
        if journal.touched:
            return make(self)
        if self._version != journal.version:
            self._catch_up()
        if make not in self._put_together:
            self._put_together[make] = make(self)
        found: T = self._put_together[make]
        return found

    def read_back(self, kind: type[R], id: str, doc: Doc) -> R:
        """The record that a document will be once the line of the event that is going on is written."""
        return kind.model_validate({**copied(doc), "id": id, "seq": self.journal.seq + 1})

    def remember(self, records: Iterable[Record]) -> None:
        """Take over records that were read back, now that their line is written."""
        for record in records:
            self._records.setdefault(type(record), {})[record.id] = record

    def _catch_up(self) -> None:
        """Forget what lines that came since have touched, and everything where the file was read again."""
        journal = self.journal
        if self._reading != journal.readings:
            self._whole.clear()
            self._owned.clear()
        else:
            for table, last in journal.moved.items():
                if last > self._seq:
                    self._whole.pop(table, None)
                    self._owned.pop(table, None)
        self._put_together.clear()
        self._version, self._reading, self._seq = journal.version, journal.readings, journal.seq

    def _load_all(self, kind: type[R]) -> Mapping[str, R]:
        seqs, before = self.journal.seqs(kind.table), self._records.get(kind, {})
        found = {
            id: one if (one := before.get(id)) is not None and one.seq == seqs[id] else self._load(kind, id, doc)
            for id, doc in self.journal.documents(kind.table).items()
        }
        self._records[kind] = dict(found)
        self._whole.setdefault(kind.table, {})[kind] = found
        return found

    def _load(self, kind: type[R], id: str, doc: Doc) -> R:
        records = self._records.setdefault(kind, {})
        seq = self.journal.seqs(kind.table).get(id, 0)
        remembered = kind.table not in self.journal.touched
        before: R | None = records.get(id) if remembered else None
        if before is not None and before.seq == seq:
            return before
        found = kind.model_validate({**copied(doc), "id": id, "seq": seq})
        if remembered:
            records[id] = found
        return found


def _grouped(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(id.rpartition("/")[0], []).append(id)
    return groups
