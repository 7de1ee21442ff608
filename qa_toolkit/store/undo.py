"""What a line changed and what stood before it, read out of the record: so that one new line can put it back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import to_json

from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.undoing import Doc, Undone
from qa_toolkit.store import lines
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.lines import Line
from qa_toolkit.store.replay import REDACTIONS
from qa_toolkit.store.upcasts import upcast

TAKEN_OUT: dict[str, object] = {}
"""Stands for a document whose words were taken out of the record: it is this very object."""

_PAIR = b'["%b","%b"'
"""How a body begins what it puts and drops. Inside a text the quotes would be escaped."""


@dataclass(frozen=True, slots=True)
class Past:
    """One line with the documents as it left them and as they were before it, in the same order."""

    line: Line
    after: tuple[Doc, ...]
    before: tuple[Doc, ...]
    """Each with the line that it came from; 0 and None where there was none."""

    @property
    def created(self) -> set[tuple[str, str]]:
        """What was not there before."""
        return {(doc.table, doc.id) for doc in self.before if doc.document is None}


def past(journal: Journal, seq: int, pages: Pages | None = None) -> Past:
    """A line with what stood before it. It can be asked for inside an event; `pages` saves reading the file again.

    Raises:
        NotFound: There is no such line.
        InputError: It changed nothing that can be put back, or what stood before it was taken out of the record.
    """
    if not 1 <= seq <= journal.seq:
        raise NotFound(f"{journal.shown} has no line {seq}.")
    pages = pages or Pages(journal)
    line = pages.line(seq)
    after = _left(line, journal)
    if not after:
        raise InputError(f"Line {seq} ({line.did}) changed nothing that could be put back.")
    return Past(line, after, tuple(pages.before(doc.table, doc.id, seq) for doc in after))


class Pages:
    """A journal’s file read once, and looked through backwards for single documents without reading every line."""

    def __init__(self, journal: Journal) -> None:
        self._path = journal.shown
        self._data, self._starts = journal.whole()
        self._gone = {
            doc["seq"]: {(table, id) for table, id in doc["touched"]} for doc in journal.docs(REDACTIONS).values()
        }

    def line(self, seq: int) -> Line:
        """One line, checked; without its words where they were taken out."""
        end = self._starts[seq] if seq < len(self._starts) else len(self._data)
        raw = self._data[self._starts[seq - 1] : end - 1]
        prev = lines.previous(raw) if seq > 1 else lines.GENESIS
        found = lines.parse(raw, seq=seq, prev=prev, path=self._path)
        return lines.without_body(found) if seq in self._gone else found

    def before(self, table: str, id: str, seq: int) -> Doc:
        """A document as it was before a line, with the line that it came from."""
        gone = max((at for at, touched in self._gone.items() if at < seq and (table, id) in touched), default=0)
        wanted = _PAIR % (to_json(table)[1:-1], to_json(id)[1:-1])
        end = self._starts[seq - 1]
        while (place := self._data.rfind(wanted, 0, end)) >= 0:
            number = bisect_right(self._starts, place)
            if number <= gone:
                break
            line = self.line(number)
            if line.body is not None:
                for doc in _changed(line, self._path):
                    if (doc.table, doc.id) == (table, id):
                        return doc
            end = self._starts[number - 1]
        return Doc(table, id, gone, TAKEN_OUT if gone else None)

    def last_by(self, by: str, without: set[int]) -> Line | None:
        """The latest line of somebody that is not one of those."""
        wanted, end = b'"by":%b,' % to_json(by), len(self._data)
        while (place := self._data.rfind(wanted, 0, end)) >= 0:
            number = bisect_right(self._starts, place)
            line = self.line(number)
            if line.by == by and number not in without:
                return line
            end = self._starts[number - 1]
        return None


def _changed(line: Line, path: str) -> list[Doc]:
    """What a line put and dropped, as it left it: a document in both was moved to the end."""
    assert line.body is not None
    body = lines.parse_body(line.body, seq=line.seq, path=path)
    docs = {(table, id): Doc(table, id, line.seq, None) for table, id in body.drops}
    docs |= {(table, id): Doc(table, id, line.seq, upcast(line.v, table, doc)) for table, id, doc in body.puts}
    return list(docs.values())


def _left(line: Line, journal: Journal) -> tuple[Doc, ...]:
    if line.body is None:
        raise InputError(f"The words of line {line.seq} ({line.did}) were taken out of the record, so it has to stay.")
    found = _changed(line, journal.shown)
    if any(doc.table == REDACTIONS for doc in found):
        raise InputError(f"Line {line.seq} says that another was taken out of the record, so it has to stay.")
    return tuple(found)


def cancelled(journal: Journal) -> set[int]:
    """Lines that were taken back, and those that took them back: together they come to nothing."""
    return {number for id in journal.docs(Undone.table) for number in (int(id), journal.seq_of(Undone.table, id))}


def last_of(journal: Journal, by: str) -> Line | None:
    """The latest line that somebody wrote and nobody has taken back; None if there is none."""
    return Pages(journal).last_by(by, cancelled(journal))


def later(journal: Journal, seq: int) -> Iterator[Doc]:
    """Documents that were changed after a line, by the line that counts: what was done and taken back does not."""
    taken_back = {
        journal.seq_of(Undone.table, id): {(one["table"], one["id"]): one["seq"] for one in doc["stood"]}
        for id, doc in journal.docs(Undone.table).items()
    }
    for table, id, last in journal.moved_after(seq):
        while last in taken_back and (table, id) in taken_back[last]:
            last = taken_back[last][table, id]
        if last > seq:
            yield Doc(table, id, last, journal.doc(table, id))
