"""One journal with its documents as typed records; each is checked once, when it changes.

What was asked for is remembered until a line comes that touches it. Inside an event a verb sees what it has put so far;
that is not remembered, because the event may be discarded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from qa_toolkit.domain.records import Record
from qa_toolkit.store.journal import Journal

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Shelf:
    """Typed records of one journal, each loaded when it is first asked for."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._records: dict[type[Record], dict[str, Any]] = {}
        """Records that were loaded; each holds while its document was last put by the line that it names."""
        self._whole: dict[type[Record], Mapping[str, Any]] = {}
        self._owned: dict[type[Record], Mapping[str, list[str]]] = {}
        self._put_together: dict[Callable[[Shelf], Any], Any] = {}
        self._version = self._reading = self._seq = -1

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """Every record of that kind by id, in the order in which they were first put."""
        journal = self.journal
        if kind.table in journal.touched:
            docs = journal.docs(kind.table)
            return {id: self._load(kind, id, docs) for id in docs}
        if self._version != journal.version:
            self._catch_up()
        known = self._whole.get(kind)
        return known if known is not None else self._load_all(kind)

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of that kind with that id, or None."""
        docs = self.journal.docs(kind.table)
        return self._load(kind, id, docs) if id in docs else None

    def under(self, kind: type[R], owner: str) -> tuple[R, ...]:
        """The records of that kind whose ids begin with the owner's id and a slash, in the order of their first put.

        What belongs to others is not loaded, so that one action of thousands costs what one action holds.
        """
        docs = self.journal.docs(kind.table)
        return tuple(self._load(kind, id, docs) for id in self.ids_under(kind, owner))

    def ids_under(self, kind: type[Record], owner: str) -> list[str]:
        """Ids of the records of that kind that belong to an owner."""
        journal = self.journal
        if kind.table in journal.touched:
            return _grouped(journal.docs(kind.table)).get(owner, [])
        if self._version != journal.version:
            self._catch_up()
        if kind not in self._owned:
            self._owned[kind] = _grouped(journal.docs(kind.table))
        return self._owned[kind].get(owner, [])

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

    def _catch_up(self) -> None:
        """Forget what lines that came since have touched, and everything where the file was read again."""
        journal, moved = self.journal, self.journal.moved
        again = self._reading != journal.readings
        for known in (self._whole, self._owned):
            for kind in [kind for kind in known if again or moved.get(kind.table, 0) > self._seq]:
                del known[kind]
        self._put_together.clear()
        self._version, self._reading, self._seq = journal.version, journal.readings, journal.seq

    def _load_all(self, kind: type[R]) -> Mapping[str, R]:
        docs, seqs, before = self.journal.docs(kind.table), self.journal.seqs(kind.table), self._records.get(kind, {})
        found = {
            id: one if (one := before.get(id)) is not None and one.seq == seqs[id] else self._load(kind, id, docs)
            for id in docs
        }
        self._records[kind], self._whole[kind] = dict(found), found
        return found

    def _load(self, kind: type[R], id: str, docs: Mapping[str, Any]) -> R:
        records = self._records.setdefault(kind, {})
        seq = self.journal.seq_of(kind.table, id)
        remembered = kind.table not in self.journal.touched
        before: R | None = records.get(id) if remembered else None
        if before is not None and before.seq == seq:
            return before
        found = kind.model_validate({**docs[id], "id": id, "seq": seq})
        if remembered:
            records[id] = found
        return found


def _grouped(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(id.rpartition("/")[0], []).append(id)
    return groups
