"""The TinyDB side of a journal: tables that record what an event changes, and refuse any other change.

Everything in TinyDB that changes a table goes through `Table._update_table`, everything that reads through
`Storage.read`: these two seams are all that is replaced. What is handed out is always a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NoReturn, Protocol

from pydantic_core import to_json
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from qa_toolkit.store.lines import Doc, plain

Documents = Mapping[str, Doc]


def copied(value: Any) -> Any:
    """A copy that shares nothing which can change; faster than `copy.deepcopy` because it knows JSON only."""
    # Most of what a document holds is plain: a call for each would cost more than the copy.
    if isinstance(value, dict):
        return {key: copied(item) if isinstance(item, _HOLDS) else item for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) if isinstance(item, _HOLDS) else item for item in value]
    return value


_HOLDS = (dict, list)


class Overlay(Mapping[str, Doc]):
    """A table as it will be when the event is saved: the table before, and what was put and dropped since."""

    def __init__(self, base: Documents) -> None:
        self.base = base
        self.puts: dict[str, Doc] = {}
        self.drops: set[str] = set()

    def __getitem__(self, doc_id: str) -> Doc:
        if doc_id in self.puts:
            return self.puts[doc_id]
        if doc_id in self.drops:
            raise KeyError(doc_id)
        return self.base[doc_id]

    def __iter__(self) -> Iterator[str]:
        for doc_id in self.base:
            if doc_id not in self.drops:
                yield doc_id
        for doc_id in self.puts:
            if doc_id not in self.base or doc_id in self.drops:
                yield doc_id

    def __len__(self) -> int:
        return len(self.base) - len(self.drops) + sum(i not in self.base or i in self.drops for i in self.puts)

    def put(self, doc_id: str, doc: Doc) -> None:
        """`doc` becomes the overlay's own."""
        if not isinstance(doc_id, str) or not doc_id:
            raise TypeError("a document's id is a text of the domain's own")
        self.puts[doc_id] = doc

    def drop(self, doc_id: str) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self.puts.pop(doc_id, None)
        if doc_id in self.base:
            self.drops.add(doc_id)

    def settle(self) -> None:
        """Forget what came to nothing, so that an event which changed nothing leaves no line.

        Compared as bytes: to Python 1, 1.0 and True are equal, in a record they are not.
        """
        for doc_id, put in tuple(self.puts.items()):
            before = self.base.get(doc_id)
            if put == before and to_json(put) == to_json(before):
                del self.puts[doc_id]
                self.drops.discard(doc_id)


class View(MutableMapping[str, Doc]):
    """What a TinyDB updater works on: documents are copied when touched, and kept apart until it has succeeded."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay
        self._work = Overlay(overlay)

    def __getitem__(self, doc_id: str) -> Doc:
        if doc_id not in self._work.puts:
            self._work.puts[doc_id] = copied(self._work[doc_id])
        return self._work.puts[doc_id]

    def __setitem__(self, doc_id: str, doc: Doc) -> None:
        self._work.put(doc_id, doc)

    def __delitem__(self, doc_id: str) -> None:
        self._work.drop(doc_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._work)

    def __len__(self) -> int:
        return len(self._work)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._work

    def clear(self) -> None:
        for doc_id in list(self._work):
            self._work.drop(doc_id)

    def keep(self) -> None:
        """The updater succeeded: what it did becomes part of the event, as plain data of our own."""
        ready = {doc_id: plain(doc) for doc_id, doc in self._work.puts.items()}
        for doc_id in self._work.drops:
            self._overlay.drop(doc_id)
        for doc_id, doc in ready.items():
            self._overlay.put(doc_id, doc)


class Docs(Mapping[str, Doc]):
    """A table to look at: each document is copied when it is taken, and nothing is copied before."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def __getitem__(self, doc_id: str) -> Doc:
        doc: Doc = copied(self._documents[doc_id])
        return doc

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._documents


class Source(Protocol):
    """What the tables need of a journal."""

    def current(self) -> Mapping[str, Documents]:
        """Tables by name, with the changes of the event that is going on."""

    def overlay(self, table: str) -> Overlay:
        """The overlay of a table in the event that is going on. RuntimeError outside one."""


class JournalStorage(Storage):
    """TinyDB's storage, for reading only: what is written goes through an event."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def read(self) -> Any:
        return self.source.current()

    def write(self, data: Any) -> NoReturn:
        raise RuntimeError("a journal is never written whole: change documents inside an event")


class CopiedDocument(Document):
    """A document that shares nothing with the store."""

    doc_id: str  # type: ignore[assignment]

    def __init__(self, value: Mapping[str, Any], doc_id: str) -> None:
        super().__init__(copied(dict(value)), doc_id)  # type: ignore[arg-type]


class JournalTable(Table):
    """A TinyDB table whose documents have ids of their own and whose changes are lines."""

    document_class = CopiedDocument  # type: ignore[assignment]
    document_id_class = str  # type: ignore[assignment]

    def insert(self, document: Mapping[str, Any]) -> Any:
        return super().insert(self._ours(document))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        return super().insert_multiple(self._ours(document) for document in documents)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[Any]:
        return super().upsert(self._ours(document), cond)

    def _ours(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """TinyDB takes an id only from the table's own class of document."""
        if isinstance(document, Document) and not isinstance(document, CopiedDocument):
            return CopiedDocument(document, str(document.doc_id))
        return document

    def update(self, fields: Any, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        return super().update(fields, None, self._resolve(cond, doc_ids))

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        return super().remove(None, self._resolve(cond, doc_ids))

    def _resolve(self, cond: QueryLike | None, doc_ids: Iterable[Any] | None) -> Iterable[Any] | None:
        """Ids instead of a condition, so that only the documents which match are copied."""
        if doc_ids is not None or cond is None:
            return doc_ids
        return [doc_id for doc_id, doc in self._read_table().items() if cond(doc)]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        view = View(self._storage.source.overlay(self.name))  # type: ignore[attr-defined]
        updater(view)
        view.keep()

    def _get_next_id(self) -> NoReturn:
        raise TypeError("a document needs an id of the domain's own: insert Document(doc, doc_id=...)")
