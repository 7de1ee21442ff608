"""The journal's TinyDB and stock TinyDB, driven through the same operations, hold the same documents."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.verify import verify_journal

NOW = datetime(2026, 11, 23, tzinfo=UTC)
IDS = st.sampled_from(["A", "B", "C", "D", "E"])
TABLES = st.sampled_from(["answers", "grades"])
VALUES = st.one_of(st.integers(-5, 5), st.booleans(), st.none(), st.text(max_size=4), st.floats(-9, 9))
DEEP = st.fixed_dictionaries({"x": VALUES})
DOCS = st.fixed_dictionaries({"n": st.integers(0, 3)}, optional={"v": VALUES, "deep": DEEP})
CONDITIONS = st.integers(0, 3).map(lambda n: where("n") == n)


class TextIds(Table):
    """Stock TinyDB, with ids that are texts."""

    document_id_class = str  # type: ignore[assignment]


class Stock(TinyDB):  # type: ignore[misc]
    table_class = TextIds


class BothWays(RuleBasedStateMachine):
    """Each rule does the same to both, in an event of its own or in one that is going on."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.place = FolderStore(Path(self.folder.name) / "w")
        self.ours = Journal.create(self.place, "actions", by="a@police", did="made", now=NOW)
        self.stock = Stock(storage=MemoryStorage)
        self.event: Any = None
        self.before: Any = None

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            if self.event is not None:
                self.event.__exit__(None, None, None)
            self.place.close()
            self.folder.cleanup()

    def both(self, table: str, deed: Any) -> None:
        """Do it to both; results and refusals must agree."""
        theirs = self._outcome(lambda: deed(self.stock.table(table, cache_size=0)))
        if self.event is not None:
            ours = self._outcome(lambda: deed(self.ours.table(table)))
        else:
            with self.ours.event(by="a@police", did="changed", now=NOW):
                ours = self._outcome(lambda: deed(self.ours.table(table)))
        assert ours == theirs

    @staticmethod
    def _outcome(deed: Any) -> Any:
        try:
            return deed()
        except (ValueError, KeyError, TypeError) as error:
            return type(error)

    @rule(table=TABLES, doc_id=IDS, doc=DOCS)
    def insert(self, table: str, doc_id: str, doc: dict[str, Any]) -> None:
        self.both(table, lambda t: t.insert(Document(doc, doc_id=doc_id)))

    @rule(table=TABLES, docs=st.lists(st.tuples(IDS, DOCS), max_size=3))
    def insert_multiple(self, table: str, docs: list[tuple[str, dict[str, Any]]]) -> None:
        self.both(table, lambda t: t.insert_multiple([Document(doc, doc_id=i) for i, doc in docs]))

    @rule(table=TABLES, doc_id=IDS, doc=DOCS)
    def upsert(self, table: str, doc_id: str, doc: dict[str, Any]) -> None:
        self.both(table, lambda t: t.upsert(Document(doc, doc_id=doc_id)))

    @rule(table=TABLES, doc=DOCS, condition=CONDITIONS)
    def update(self, table: str, doc: dict[str, Any], condition: Any) -> None:
        self.both(table, lambda t: sorted(t.update(doc, condition)))

    @rule(table=TABLES, doc=DOCS)
    def update_all(self, table: str, doc: dict[str, Any]) -> None:
        self.both(table, lambda t: sorted(t.update(doc)))

    @rule(table=TABLES, ids=st.lists(IDS, max_size=3))
    def update_ids(self, table: str, ids: list[str]) -> None:
        self.both(table, lambda t: t.update({"seen": True}, doc_ids=ids))

    @rule(table=TABLES, first=CONDITIONS, second=CONDITIONS)
    def update_multiple(self, table: str, first: Any, second: Any) -> None:
        self.both(table, lambda t: sorted(t.update_multiple([(increment("n"), first), ({"v": "m"}, second)])))

    @rule(table=TABLES, condition=CONDITIONS)
    def operate(self, table: str, condition: Any) -> None:
        self.both(table, lambda t: sorted(t.update(increment("n"), condition)))
        self.both(table, lambda t: sorted(t.update(delete("v"), condition & where("v").exists())))

    @rule(table=TABLES, condition=CONDITIONS)
    def remove(self, table: str, condition: Any) -> None:
        self.both(table, lambda t: sorted(t.remove(condition)))

    @rule(table=TABLES, doc_id=IDS)
    def remove_id(self, table: str, doc_id: str) -> None:
        self.both(table, lambda t: t.remove(doc_ids=[doc_id]))

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        self.both(table, lambda t: t.truncate())

    @precondition(lambda self: self.event is None)
    @rule()
    def reopen(self) -> None:
        self.ours.close()
        self.ours = Journal.open(FolderStore(self.place.root), "actions")
        self.place.close()
        self.place = self.ours.place

    @precondition(lambda self: self.event is None)
    @rule()
    def begin_event(self) -> None:
        self.before = {name: {d.doc_id: dict(d) for d in self.stock.table(name)} for name in ("answers", "grades")}
        self.event = self.ours.event(by="a@police", did="changed", now=NOW).__enter__()

    @precondition(lambda self: self.event is not None)
    @rule(keep=st.booleans())
    def end_event(self, keep: bool) -> None:
        if keep:
            self.event.__exit__(None, None, None)
        else:
            self.event.__exit__(KeyError, KeyError(), None)
            for name, docs in self.before.items():
                table = self.stock.table(name)
                table.truncate()
                table.insert_multiple([Document(doc, doc_id=i) for i, doc in docs.items()])
        self.event = None

    @invariant()
    def hold_the_same(self) -> None:
        if not hasattr(self, "ours"):
            return
        for name in ("answers", "grades"):
            theirs = {d.doc_id: dict(d) for d in self.stock.table(name, cache_size=0)}
            table = self.ours.table(name)
            assert repr(sorted((d.doc_id, dict(d)) for d in table)) == repr(sorted(theirs.items()))
            assert len(table) == len(theirs)
            for doc_id, doc in theirs.items():
                assert self.ours.doc(name, doc_id) == doc == table.get(doc_id=doc_id)
            for number in range(4):
                found = {d.doc_id for d in table.search(where("n") == number)}
                assert found == {i for i, doc in theirs.items() if doc["n"] == number}

    @precondition(lambda self: self.event is None)
    @invariant()
    def the_file_says_the_same(self) -> None:
        if hasattr(self, "ours"):
            assert verify_journal(self.place, "actions").head == self.ours.head
            read = Journal.open(self.place, "actions")
            assert {name: dict(read.docs(name)) for name in ("answers", "grades")} == {
                name: dict(self.ours.docs(name)) for name in ("answers", "grades")
            }


TestBothWays = BothWays.TestCase
TestBothWays.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
