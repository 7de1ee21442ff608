"""Lines made into documents: the state that a journal has after some of its lines."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa_toolkit.store import lines
from qa_toolkit.store.lines import GENESIS, Body, Doc, Line
from qa_toolkit.store.upcasts import upcast

if TYPE_CHECKING:
    from qa_toolkit.store.quick import Sound

REDACTIONS = "redactions"
"""The table that announces blanked lines. Ids are line numbers; a document says what the line had put and dropped."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a blanked line had changed, by id only, and which line announced it."""

    seq: int
    announced: int
    touched: tuple[tuple[str, str], ...]


class State:
    """Documents by table and id, each with the line that last put or dropped it.

    `redacted` must hold every redaction that any line of the journal announces, later ones too: a text that was
    announced as taken out is not read, whether it has been blanked yet or not. A line announcing one that is
    not in it goes to `news`, and the reading has to begin again.
    """

    def __init__(self, path: str, redacted: Mapping[int, Redaction] | None = None) -> None:
        self.path = path
        self.redacted = dict(redacted or {})
        self.news: dict[int, Redaction] = {}
        self.blank: set[int] = set()
        """Lines without a body."""
        self.waiting: set[int] = set()
        """Lines announced as redacted whose text is still there."""
        self.tables: dict[str, dict[str, Doc]] = {}
        self.seqs: dict[str, dict[str, int]] = {}
        self.moved: dict[str, int] = {}
        """The last line that touched each table."""
        self.last: Line | None = None
        self.seq = 0
        self.hash = GENESIS
        self.starts = array("Q")
        """Byte offset of each line."""
        self.end = 0

    def take(self, raw: bytes) -> Line:
        """Check one line, without its newline, against the one before, and apply it. Damaged or TooNew if wrong."""
        line = lines.parse(raw, seq=self.seq + 1, prev=self.hash, path=self.path)
        self.apply(line, len(raw) + 1)
        return line

    def take_sound(self, raws: Sequence[bytes], found: Sound) -> None:
        """Apply what is new in a journal's first lines, whose bytes were checked together.

        Damaged if a text is not made right.
        """
        before = self.seq
        for seq, raw in enumerate(raws[before:], before + 1):
            body = lines.parse_body(found.texts[seq - 1], seq=seq, path=self.path)
            self._change(seq, lines.VERSION, body)
            self.starts.append(self.end)
            self.end += len(raw) + 1
        if len(raws) > before:
            prev = found.hashes[len(raws) - 2] if len(raws) > 1 else GENESIS
            self.last = lines.parse(raws[-1], seq=len(raws), prev=prev, path=self.path)
            self.seq, self.hash = self.last.seq, self.last.hash

    def fork(self) -> State:
        """The same state, to which other lines can be applied; documents are shared, because none is ever changed."""
        other = State(self.path, self.redacted)
        other.news, other.blank, other.waiting = dict(self.news), set(self.blank), set(self.waiting)
        other.tables = {table: dict(docs) for table, docs in self.tables.items()}
        other.seqs = {table: dict(seqs) for table, seqs in self.seqs.items()}
        other.moved, other.starts = dict(self.moved), self.starts[:]
        other.last, other.seq, other.hash, other.end = self.last, self.seq, self.hash, self.end
        return other

    def apply(self, line: Line, size: int) -> None:
        gone = line.body is None or line.seq in self.redacted
        body = Body() if gone or line.body is None else lines.parse_body(line.body, seq=line.seq, path=self.path)
        announced = [self._announcement(line.seq, doc) for table, _, doc in body.puts if table == REDACTIONS]
        self.adopt(line, size, body)
        for redaction in announced:
            if redaction.seq not in self.redacted:
                self.news[redaction.seq] = redaction
        if gone:
            self._gap(line)

    def adopt(self, line: Line, size: int, body: Body) -> None:
        """Take over a line that is known to be right."""
        self._change(line.seq, line.v, body)
        self.starts.append(self.end)
        self.end += size
        self.seq, self.hash, self.last = line.seq, line.hash, line

    def _change(self, seq: int, v: int, body: Body) -> None:
        for table, doc_id in body.drops:
            self.tables.setdefault(table, {}).pop(doc_id, None)
            self.seqs.setdefault(table, {})[doc_id] = seq
            self.moved[table] = seq
        for table, doc_id, doc in body.puts:
            self.moved[table] = seq
            self.tables.setdefault(table, {})[doc_id] = doc if v == lines.VERSION else upcast(v, table, doc)
            self.seqs.setdefault(table, {})[doc_id] = seq

    def _gap(self, line: Line) -> None:
        """What a blanked line had put is absent from there until it is put again: an older value would be a lie."""
        if line.body is None:
            self.blank.add(line.seq)
        else:
            self.waiting.add(line.seq)
        if line.seq in self.redacted:
            for table, doc_id in self.redacted[line.seq].touched:
                self.tables.setdefault(table, {}).pop(doc_id, None)
                self.seqs.setdefault(table, {})[doc_id] = line.seq

    def _announcement(self, announced: int, doc: Doc) -> Redaction:
        seq, touched = doc.get("seq"), _pairs(doc.get("touched"))
        if type(seq) is not int or not 1 <= seq < announced or touched is None:
            raise lines.damage(self.path, announced, "it announces a redaction that makes no sense")
        return Redaction(seq, announced, touched)

    @property
    def unexplained(self) -> int:
        """The first line whose text is missing without a redaction saying so; 0 if there is none."""
        return min(self.blank - self.redacted.keys() - self.news.keys(), default=0)


def _pairs(value: Any) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(value, list):
        return None
    good = all(isinstance(pair, list) and [type(part) for part in pair] == [str, str] for pair in value)
    return tuple((pair[0], pair[1]) for pair in value) if good else None
