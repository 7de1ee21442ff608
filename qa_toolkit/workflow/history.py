"""Who did what, when, from what to what: read out of the lines, which keep it all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from qa_toolkit.domain.reasons import Reason
from qa_toolkit.store import lines
from qa_toolkit.store.workspace import Workspace


class Step(NamedTuple):
    """One thing that was done to one record."""

    seq: int
    at: datetime
    by: str
    did: str
    why: str
    table: str
    id: str
    before: dict[str, Any] | None
    """As it was; None when it was not there, or the record of it was taken out."""
    after: dict[str, Any] | None
    """As it became; None when it was dropped, or the record of it was taken out."""
    redacted: bool = False


def history(workspace: Workspace, name: str, *, table: str = "", id: str = "") -> Iterator[Step]:
    """What was done in one journal, oldest first; to one table or one record, if named."""
    before: dict[tuple[str, str], dict[str, Any]] = {}
    for line in workspace.shelf(name).journal.lines():
        if line.body is None:
            yield Step(line.seq, line.at, line.by, line.did, line.why or "", "", "", None, None, redacted=True)
            continue
        body = lines.parse_body(line.body, seq=line.seq, path=name)
        why = line.why or _reason(body)
        for where, which, document in body.puts:
            if where == Reason.table and len(body.puts) + len(body.drops) > 1:
                continue
            if (not table or where == table) and (not id or which == id):
                was = before.get((where, which))
                yield Step(line.seq, line.at, line.by, line.did, why, where, which, was, document)
            before[where, which] = document
        for where, which in body.drops:
            if (not table or where == table) and (not id or which == id):
                was = before.get((where, which))
                yield Step(line.seq, line.at, line.by, line.did, why, where, which, was, None)
            before.pop((where, which), None)


def _reason(body: lines.Body) -> str:
    """Why the line was written, where its text says so."""
    return next((str(document.get("text", "")) for where, _, document in body.puts if where == Reason.table), "")
