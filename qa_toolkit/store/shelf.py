"""One journal with its documents as typed records; each is checked once, when it changes.

Inside an event a verb sees what it has put so far; that is not remembered, because the event may be discarded.
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
        self._whole: dict[type[Record], tuple[tuple[int, int], Mapping[str, Any]]] = {}
        self._owned: dict[type[Record], tuple[int, Mapping[str, list[str]]]] = {}
        self._put_together: dict[Callable[[Shelf], Any], tuple[int, Any]] = {}

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """Every record of that kind by id, in the order in which they were first put."""
        if self.journal.changing(kind.table):
            docs = self.journal.docs(kind.table)
            return {id: self._load(kind, id, docs) for id in docs}
        version = self.journal.version_of(kind.table)
        before, known = self._whole.get(kind, (None, {}))
        if before != version:
            docs = self.journal.docs(kind.table)
            known = {id: self._load(kind, id, docs) for id in docs}
            self._records[kind], self._whole[kind] = dict(known), (version, known)
        return known

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
        if self.journal.changing(kind.table):
            return _grouped(self.journal.docs(kind.table)).get(owner, [])
        seq, owned = self._owned.get(kind, (-1, {}))
        if seq != self.journal.seq:
            owned = _grouped(self.journal.docs(kind.table))
            self._owned[kind] = (self.journal.seq, owned)
        return owned.get(owner, [])

    def once(self, make: Callable[[Shelf], T]) -> T:
        """What `make` puts together from this journal alone; the same object again until a new line comes."""
        if self.journal.changed:
            return make(self)
        seq, known = self._put_together.get(make, (-1, None))
        if seq != self.journal.seq:
            known = make(self)
            self._put_together[make] = (self.journal.seq, known)
        found: T = known
        return found

    def _load(self, kind: type[R], id: str, docs: Mapping[str, Any]) -> R:
        records = self._records.setdefault(kind, {})
        seq = self.journal.seq_of(kind.table, id)
        before: R | None = records.get(id)
        if before is not None and before.seq == seq and not self.journal.changing(kind.table):
            return before
        found = kind.model_validate({**docs[id], "id": id, "seq": seq})
        if not self.journal.changing(kind.table):
            records[id] = found
        return found


def _grouped(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(id.rpartition("/")[0], []).append(id)
    return groups
