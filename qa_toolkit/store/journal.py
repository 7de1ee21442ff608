"""A journal: a TinyDB whose every change is one line, recorded wholly or not at all.

    with journal.event(by="a.auditor@police", did="answered", now=now, seen={("answers", "UI-01"): 4}) as event:
        event.put("answers", "UI-01", {"value": "yes"})

TinyDB's own calls work inside an event and see its changes; outside one they read, and refuse to change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NoReturn

from tinydb import TinyDB

from qa_toolkit.domain.errors import Damaged, NotFound, NotSaved, ReadOnly, StoreError
from qa_toolkit.store import lines
from qa_toolkit.store.event import Event
from qa_toolkit.store.lines import GENESIS, Body, Doc, Line, Put
from qa_toolkit.store.names import file_of
from qa_toolkit.store.opening import open_at, open_bytes
from qa_toolkit.store.replay import State
from qa_toolkit.store.seam import START, Mark, Place
from qa_toolkit.store.tables import Docs, Documents, JournalStorage, JournalTable, Overlay, copied

__all__ = ["Event", "Journal"]


_NOTHING: Mapping[str, Overlay] = MappingProxyType({})


class Journal(TinyDB):
    """One journal, open. Make it with `Journal.open` or `Journal.create`.

    Attributes:
        name: As the place knows it, `audits/CE-2026-01/audit`.
        damage: What stopped the reading, or None. A damaged journal can be read up to there and not written to.
        until: The moment it is shown as at, or None for now.
        touched: The tables that the event which is going on has touched: what it reads of them may yet be discarded.
        readings: How many times the file was read from its start.
        version: Another number as soon as there is a new line, or the file was read again.
        torn: Bytes after the last whole line, ignored by readers: one is being written, or was cut off.
    """

    table_class = JournalTable

    def __init__(self, place: Place, name: str, until: datetime | None = None) -> None:
        self.place, self.name, self.until = place, name, until
        self.shown = file_of(name)
        self.damage: Damaged | None = None
        self._event: Event | None = None
        self._state = State(self.shown)
        self.touched: Mapping[str, Overlay] = _NOTHING
        self.readings = 0
        self.version = 0
        self._mark = START
        super().__init__(self, storage=JournalStorage)

    @classmethod
    def open(cls, place: Place, name: str, *, until: datetime | None = None) -> Journal:
        """The journal as it stands, or as at `until`: every line up to the last one that is not later.

        Raises:
            NotFound: There is no such journal.
            Damaged: It is empty, or not even its first line can be trusted.
            TooNew: It was written by a newer version.
        """
        journal = cls(place, name, until)
        journal._load()
        return journal

    @classmethod
    def open_at(cls, places: Sequence[Place], name: str, moments: Sequence[datetime | None]) -> list[Journal]:
        """The journal as at each of some moments (None is now) from one reading; each stands in a place of its own.

        Raises:
            NotFound, Damaged, TooNew: As `open`.
        """
        found = [cls(place, name, moment) for place, moment in zip(places, moments, strict=True)]
        data, mark = found[0]._whole()
        for journal, opened in zip(found, open_at(data, file_of(name), moments), strict=True):
            journal._state, journal.damage, journal._mark = opened.state, opened.damage, mark
            journal.readings += 1
            journal.version += 1
        return found

    @classmethod
    def create(
        cls,
        place: Place,
        name: str,
        *,
        by: str,
        did: str,
        now: datetime,
        why: str | None = None,
        puts: Sequence[Put] = (),
    ) -> Journal:
        """A new journal whose first line holds `puts`. InputError if there is one of that name."""
        ready = [(table, doc_id, lines.plain(doc)) for table, doc_id, doc in puts]
        raw, _ = lines.build(seq=1, prev=GENESIS, at=now, by=by, did=did, why=why, salt=place.random(16), puts=ready)
        place.create(name, raw)
        return cls.open(place, name)

    # Reading

    @property
    def seq(self) -> int:
        """The number of the last line."""
        return self._state.seq

    @property
    def head(self) -> str:
        """The hash of the last line: it stands for the whole history before it."""
        return self._state.hash

    @property
    def last(self) -> Line:
        """The last line. Its text may have been taken out since."""
        assert self._state.last is not None
        return self._state.last

    @property
    def torn(self) -> int:
        return self._mark.size - self._mark.offset

    def doc(self, table: str, doc_id: str) -> Doc | None:
        """A copy of one document, or None."""
        found = self.documents(table).get(doc_id)
        return None if found is None else copied(found)

    def documents(self, table: str) -> Documents:
        """The same as `docs`, but as they are kept: to read from, and never to change or hand on."""
        return self.current().get(table, {})

    def docs(self, table: str) -> Mapping[str, Doc]:
        """A table's documents by id, in the order they were first put; each is copied when it is taken."""
        return Docs(self.documents(table))

    def seq_of(self, table: str, doc_id: str) -> int:
        """The line that last put or dropped a document; 0 if there never was one."""
        return self._state.seqs.get(table, {}).get(doc_id, 0)

    def seqs(self, table: str) -> Mapping[str, int]:
        """The line that last put or dropped each document that a table has or ever had."""
        return self._state.seqs.get(table, {})

    def ever(self, table: str) -> set[str]:
        """Every id that a table has or ever had: what was dropped keeps its id."""
        return {*self._state.seqs.get(table, ()), *self.current().get(table, ())}

    def moved_since(self, table: str, seq: int) -> list[str]:
        """Ids of a table's documents that a line after `seq` put or dropped."""
        return [id for id, last in self._state.seqs.get(table, {}).items() if last > seq]

    @property
    def moved(self) -> Mapping[str, int]:
        """The last line that touched each table."""
        return self._state.moved

    def moved_after(self, seq: int) -> Iterator[tuple[str, str, int]]:
        """Every document that a line after `seq` put or dropped: table, id, and the last line that did."""
        for table, seqs in self._state.seqs.items():
            yield from ((table, id, last) for id, last in seqs.items() if last > seq)

    def whole(self) -> tuple[bytes, Sequence[int]]:
        """The file as far as it was read, and where each of its lines begins: for looking a long way back."""
        data, _ = self._whole()
        return data[: self._state.end], self._state.starts

    def line_of(self, seq: int) -> Line:
        """One line of the past. NotFound if the journal has no such line."""
        if (last := self._state.last) is not None and seq == last.seq:
            return lines.without_body(last) if seq in self._state.redacted else last
        for line in self.lines(seq, seq):
            return line
        raise NotFound(f"{self.shown} has no line {seq}.")

    def lines(self, first: int = 1, last: int | None = None) -> Iterator[Line]:
        """Lines `first` to `last`, read from the file and checked again. Redacted ones have no body.

        Damaged is raised where the file is gone or was replaced by one with another history.
        """
        self.refresh()
        if self.damage is not None and self.damage.line == 0:
            raise self.damage
        yield from self.read_lines(first, last)

    def read_lines(self, first: int = 1, last: int | None = None) -> Iterator[Line]:
        """As `lines`, without looking for what others have added: also inside an event."""
        last = self.seq if last is None else min(last, self.seq)
        first = max(first, 1)
        if first > last:
            return
        state = self._state
        start, prev = state.starts[first - 1], GENESIS
        begin = Mark(first - 1, start, start, self._mark.file)
        tail = self.place.read(self.name, begin if first > 1 else START)
        if tail.mark.file != self._mark.file:
            # Replaced a moment ago (a redaction): the places of its lines have to be learnt first.
            self._load() if self.until is not None else self._follow()
            if self.damage is not None:
                raise self.damage
            yield from self.read_lines(first, last)
            return
        data = tail.data
        end = state.end if last == state.seq else state.starts[last]
        for number, raw in enumerate(data[: end - start].split(b"\n")[:-1], first):
            if number == first and first > 1:
                # Its own predecessor was checked when the journal was opened; the envelope still has to name one.
                prev = lines.previous(raw)
            line = lines.parse(raw, seq=number, prev=prev, path=self.shown)
            prev = line.hash
            yield lines.without_body(line) if number in state.redacted else line

    # Following others

    def refresh(self) -> bool:
        """Take in what others have added; True if anything was. One look at the file when nothing was.

        A file that is gone, or was replaced by one that lacks what was read, sets `damage`: what is loaded stays.
        """
        if self._event is not None or self.until is not None or self.damage is not None:
            return False
        return self._follow()

    def _follow(self) -> bool:
        try:
            tail = self.place.read(self.name, self._mark)
        except NotFound:
            self.damage = Damaged(
                f"{self.shown} is no longer in its folder: what is on the screen was read before it went. "
                "Put the file back, then open it again.",
                path=self.shown,
            )
            return False
        except Damaged as damage:
            self.damage = damage
            return False
        if tail.restarted:
            return self._load_again(tail.data, tail.mark)
        if not tail.data:
            self._mark = tail.mark
            return False
        before = self._state.seq
        self.version += 1
        try:
            for raw in tail.data.split(b"\n")[:-1]:
                self._state.take(raw)
        except Damaged:
            return self._load_again(*self._whole())
        if self._state.news or self._state.unexplained:
            return self._load_again(*self._whole())
        self._mark = tail.mark
        return self._state.seq != before

    def _whole(self) -> tuple[bytes, Mark]:
        tail = self.place.read(self.name)
        return tail.data, tail.mark

    def _load(self) -> None:
        data, self._mark = self._whole()
        opened = open_bytes(data, self.shown, until=self.until)
        self._state, self.damage = opened.state, opened.damage
        self.readings += 1
        self.version += 1

    def _load_again(self, data: bytes, mark: Mark) -> bool:
        """Read a replaced file from its start; keep the present state unless the file's history goes on from it."""
        seq, digest = self._state.seq, self._state.hash
        try:
            opened = open_bytes(data, self.shown, watch=seq)
        except Damaged as damage:
            self.damage = damage
            return False
        if opened.watched != digest:
            self.damage = opened.damage or Damaged(
                f"{self.shown} was replaced by an older or different copy while it was open: what is on the screen "
                "is from before. Put the newer file back, or open it again to see what is there.",
                path=self.shown,
            )
            return False
        self._state, self._mark, self.damage = opened.state, mark, opened.damage
        self.readings += 1
        self.version += 1
        return True

    # Changing

    def event(
        self,
        *,
        by: str,
        did: str,
        now: datetime,
        why: str | None = None,
        seen: Mapping[tuple[str, str], int] | None = None,
    ) -> Event:
        """A context in which documents can be changed, recorded as one line at its end; see `Event`."""
        return Event(self, by=by, did=did, why=why, now=now.astimezone(UTC) if now.tzinfo else now, seen=seen or {})

    def current(self) -> Mapping[str, Documents]:
        return {**self._state.tables, **self.touched} if self.touched else self._state.tables

    def overlay(self, table: str) -> Overlay:
        if self._event is None:
            raise RuntimeError(f"{self.shown}: documents are changed inside an event only")
        return self._event.overlay(table)

    @property
    def writing(self) -> bool:
        """Whether an event is going on."""
        return self._event is not None

    def check_writable(self) -> None:
        """Raise ReadOnly for a damaged journal, and for one that is shown as it once was."""
        if self.damage is not None:
            raise ReadOnly(f"Nothing can be recorded: {self.damage}") from self.damage
        if self.until is not None:
            raise ReadOnly(f"{self.shown} is shown as it was at an earlier time, and can only be read.")

    def begin(self, event: Event) -> None:
        """Make ready for an event, under the lock. ReadOnly if nothing can be recorded."""
        self._follow()
        self.check_writable()
        if self._state.waiting:
            self.blank_waiting()
        self._event, self.touched = event, event.overlays

    def finish(self) -> None:
        self._event, self.touched = None, _NOTHING

    def record(self, event: Event, body: Body) -> Line:
        """Add the event's line and take it over; the caller holds the lock."""
        raw, line = lines.build(
            seq=self._state.seq + 1,
            prev=self._state.hash,
            at=event.now,
            by=event.by,
            did=event.did,
            why=event.why,
            salt=self.place.random(16),
            puts=body.puts,
            drops=body.drops,
        )
        mark = self._mark
        if mark.size > mark.offset:
            mark = self.place.set_aside(self.name, mark)
        self._mark = self.place.append(self.name, raw, mark)
        self._state.adopt(line, len(raw), body)
        self.version += 1
        return line

    def hide_redacted(self) -> None:
        """Read again without a text that was just announced as taken out."""
        try:
            self._load_again(*self._whole())
        except StoreError:
            # The line is recorded, so this is no failure to save: the next look at the file reads all of it.
            self._mark = START

    def blank_waiting(self) -> None:
        """Take out the texts that were announced as redacted, as far as the disk allows; the lock must be held."""
        data, mark = self._whole()
        raws = data.split(b"\n")
        for seq in self._state.waiting:
            head, _, _ = raws[seq - 1].rpartition(b"\t")
            raws[seq - 1] = head + b"\t"
        try:
            mark = self.place.set_aside(self.name, mark)
            self.place.rewrite(self.name, b"\n".join(raws), mark)
        except (NotSaved, ReadOnly):
            # Announced is enough for every reader; the next writer tries again, and `verify` says that it waits.
            pass
        self._load_again(*self._whole())

    @property
    def waiting(self) -> frozenset[int]:
        """Lines announced as redacted whose text has not been taken out yet."""
        return frozenset(self._state.waiting)

    # TinyDB's own ways that do not fit

    def drop_tables(self) -> NoReturn:
        raise RuntimeError("a journal's tables are never dropped: drop documents inside an event")

    def drop_table(self, name: str) -> NoReturn:
        raise RuntimeError("a journal's tables are never dropped: drop documents inside an event")

    def table(self, name: str, **kwargs: object) -> JournalTable:
        """A TinyDB table. Its query cache is off: others change the documents under it."""
        found = super().table(name, cache_size=0)
        assert isinstance(found, JournalTable)
        return found

    def close(self) -> None:
        super().close()
        self.place.release(self.name)

    def __bool__(self) -> bool:
        """A journal is there, however many documents its default table has."""
        return True
