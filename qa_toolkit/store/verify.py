"""Whether a workspace's files are what was written: every line of every journal, and every file beside them.

Most journals need the quick way only (`quick`); one that is not exactly as it must be goes the slow way, which names
each fault by file and line.
A chain recomputed from some line on, or an end cut off at a line, cannot be found here: see `heads`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.errors import Damaged, Fault, StoreError, TooNew
from qa_toolkit.domain.returns import ReturnHead
from qa_toolkit.store import frozen, lines, manifest
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.lines import GENESIS
from qa_toolkit.store.names import SUFFIX, check_id, file_of, id_of, is_name
from qa_toolkit.store.opening import open_bytes
from qa_toolkit.store.quick import quick
from qa_toolkit.store.seam import Place

_COPY = re.compile(r"conflict|\(\d+\)|\bcopy\b|~|\.(?:bak|old|orig|tmp)\b|-[A-Z0-9-]+\.journal$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JournalReport:
    """What was found in one journal."""

    name: str
    lines: int
    """Lines that stand in the file, trusted or not."""
    head: str
    """The hash of the last line, or empty where there are faults."""
    first: datetime | None = None
    last: datetime | None = None
    faults: tuple[Fault, ...] = ()
    clock_steps: tuple[int, ...] = ()
    """Lines whose time is before that of the line above them: not a fault, and worth a question."""
    redacted: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    """Redacted lines whose text has still to be taken out; the next save does it."""
    torn: int = 0
    """Bytes after the last whole line."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a workspace."""

    journals: tuple[JournalReport, ...]
    faults: tuple[Fault, ...]
    """All faults, of journals and of other files."""
    notices: tuple[Fault, ...]
    """What is no fault and should be looked at."""

    @property
    def ok(self) -> bool:
        return not self.faults

    @property
    def lines(self) -> int:
        return sum(journal.lines for journal in self.journals)


def verify_journal(place: Place, name: str, *, foreign: bool = False) -> JournalReport:
    """Check one journal, every line of it.

    With `foreign`, texts that two readers could read in two ways are faults too (files from outside).

    Raises:
        NotFound: There is none of that name.
    """
    found = None if foreign else quick(place.blocks(name))
    if found is None or found.marked:
        tail = place.read(name)
        return _slow(tail.data, name, tail.mark.size - tail.mark.offset, foreign)
    return JournalReport(
        name,
        found.seq,
        found.head,
        lines.read_stamp(found.first),
        lines.read_stamp(found.last),
        clock_steps=tuple(found.steps),
        torn=found.torn,
    )


def _slow(data: bytes, name: str, torn: int, foreign: bool) -> JournalReport:
    path = file_of(name)
    faults = list(_faults(data, path, foreign))
    count = data.count(b"\n")
    if faults:
        return JournalReport(name, count, "", faults=tuple(faults), torn=torn)
    try:
        opened = open_bytes(data, path)
    except (Damaged, TooNew) as error:
        return JournalReport(name, count, "", faults=(Fault(path, str(error)),), torn=torn)
    if opened.damage is not None:
        where = f"{path}, line {opened.damage.line}"
        return JournalReport(name, count, "", faults=(Fault(where, str(opened.damage)),), torn=torn)
    times = [line.at for line in lines.parse_all(data, path=path)]
    return JournalReport(
        name,
        count,
        opened.state.hash,
        times[0],
        times[-1],
        clock_steps=tuple(n for n, (a, b) in enumerate(pairwise(times), 2) if b < a),
        redacted=tuple(sorted(opened.state.redacted)),
        waiting=tuple(sorted(opened.state.waiting)),
        torn=torn,
    )


def _faults(data: bytes, path: str, foreign: bool) -> Iterator[Fault]:
    """Every line that does not agree with itself or with its neighbours, each named once."""
    if not data:
        yield Fault(path, "the file is empty, and a record never is")
        return
    seq, prev = 0, GENESIS
    for number, raw in enumerate(data.split(b"\n")[:-1], 1):
        where = f"{path}, line {number}"
        claimed = lines.claimed(raw)
        if claimed is None:
            yield Fault(where, "it is not made as a record's line is")
            seq, prev = seq + 1, ""
            continue
        try:
            lines.parse(raw, seq=claimed.seq, prev=claimed.prev, path=path)
            if foreign and claimed.body:
                lines.check_foreign(claimed.body, seq=number, path=path)
        except (Damaged, TooNew) as error:
            yield Fault(where, _reason(error))
        if claimed.seq <= seq:
            # Its place is taken: what follows is held against the line that stood there first.
            yield Fault(where, f"number {claimed.seq} stands here again, or out of its order")
            continue
        if claimed.seq > seq + 1:
            missing = f"{seq + 1}" if claimed.seq == seq + 2 else f"{seq + 1} to {claimed.seq - 1}"
            yield Fault(where, f"before it, number {missing} is missing")
        elif prev and claimed.prev != prev:
            yield Fault(where, "it does not follow the line before it: one of the two was exchanged")
        seq, prev = claimed.seq, claimed.hash


def _reason(error: StoreError) -> str:
    text = str(error)
    return text.partition("cannot be trusted: ")[2].partition(". ")[0] or text


def verify_folder(folder: FolderStore, expected: Collection[str] | None = None) -> Report:
    """Check every file of a workspace; `expected` are the journals that its records say there must be."""
    names = folder.list()
    faults: list[Fault] = []
    notices: list[Fault] = []
    journals: list[JournalReport] = []
    for name in names:
        try:
            journals.append(report := verify_journal(folder, name))
        except StoreError as error:
            faults.append(Fault(file_of(name), str(error)))
            continue
        faults.extend(report.faults)
        if not report.faults:
            faults.extend(_of_another(folder, name))
        notices.extend(_notices(report))
    if expected is not None:
        faults += [
            Fault(file_of(name), "the file is missing: the records say it was begun")
            for name in sorted(set(expected) - set(names))
        ]
        notices += [Fault(file_of(name), "no record mentions this file") for name in sorted(set(names) - set(expected))]
    faults.extend(_other_faults(folder))
    notices.extend(_strangers(folder, set(names)))
    return Report(tuple(journals), tuple(faults), tuple(notices))


def _of_another(folder: FolderStore, name: str) -> Iterator[Fault]:
    """A journal that is sound in itself, and stands under another's name. Its first line says what it is of."""
    first = lines.claimed(next(folder.blocks(name), b"").partition(b"\n")[0])
    id, text = id_of(name), first.body if first is not None else b""
    if not id or not text:
        return
    puts = lines.parse_body(text, seq=1, path=file_of(name)).puts
    heads = [put_id for table, put_id, _ in puts if table in (Audit.table, ReturnHead.table)]
    try:
        if puts:
            check_id(name, next(iter(heads), ""))
    except Damaged as error:
        yield Fault(file_of(name), str(error).partition(" ")[2])


def _notices(report: JournalReport) -> Iterator[Fault]:
    path = file_of(report.name)
    for seq in report.clock_steps:
        yield Fault(f"{path}, line {seq}", "its time is before that of the line above it: a clock was put back")
    for seq in report.waiting:
        yield Fault(f"{path}, line {seq}", "its text was redacted and still has to be taken out: the next save does it")
    if report.torn:
        yield Fault(path, f"{report.torn} bytes at its end are an unfinished save, and are ignored")


def _other_faults(folder: FolderStore) -> Iterator[Fault]:
    try:
        manifest.read(folder.root, folder.disk)
    except StoreError as error:
        yield Fault(manifest.FILE, str(error))
    for digest in frozen.digests(folder):
        try:
            frozen.read(folder, digest)
        except StoreError as error:
            yield Fault(f"templates/{digest}.json", str(error))


def _strangers(folder: FolderStore, names: set[str]) -> Iterator[Fault]:
    """Files that the toolkit did not make: most of all, second copies that sync programs leave."""
    for path in _files(folder, ""):
        if _is_ours(path, names):
            continue
        if _COPY.search(path):
            yield Fault(path, "this looks like a second copy left by a sync program or an editor, and is not read")
        else:
            yield Fault(path, "this is not a file of the toolkit's, and is not read")


def _files(folder: FolderStore, prefix: str) -> Iterable[str]:
    for name, is_folder in folder.disk.listdir(folder.root / prefix):
        path = prefix + name
        if not is_folder:
            yield path
        elif path not in ("drafts", "evidence", "exports", ".cache", "quarantine"):
            yield from _files(folder, path + "/")


def _is_ours(path: str, names: set[str]) -> bool:
    if path == manifest.FILE or re.fullmatch(r"templates/[0-9a-f]{64}\.(json|toml)", path):
        return True
    if path.endswith(".lock"):
        return is_name(path.removesuffix(".lock"))
    return path.endswith(SUFFIX) and path.removesuffix(SUFFIX) in names
