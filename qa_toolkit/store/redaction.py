"""Taking out a text that should never have been typed, so that the history still holds.

First a line is recorded that says who, why and which line; from then on no reader shows the text. Then the text is
blanked in the file. If that is cut short, the next save finishes it. What the line had put is absent from then on,
unless the redacting line puts it anew or a later line had. Copies elsewhere (backups, exports, parcels that were
sent) are not reached, and the disk may keep the old bytes for a while.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from qa_toolkit.domain.errors import InputError, NotFound, NotSaved
from qa_toolkit.store import lines
from qa_toolkit.store.cache import clear
from qa_toolkit.store.event import RedactingEvent
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.lines import Drop, Line, Put
from qa_toolkit.store.replay import REDACTIONS


def redact(
    journal: Journal,
    seq: int,
    *,
    by: str,
    why: str,
    now: datetime,
    puts: Sequence[Put] = (),
    drops: Sequence[Drop] = (),
) -> Line:
    """Take out the text of line `seq`; returns the line that says so.

    `puts` are the documents as they should be without it: see `affected` for those that need one.

    Raises:
        InputError: No reason is given, or the line holds nothing that can be taken out.
        NotFound: There is no such line.
        NotSaved: Nothing was recorded; or the text is hidden and has still to be taken out, which the next save does.
    """
    if not why.strip():
        raise InputError("A redaction needs a reason, because it is the only thing that stays readable.")
    event = RedactingEvent(journal, by=by, did="redacted", why=why, now=now.astimezone(UTC), seen={})
    with event:
        touched = _touched(journal, seq)
        for table, doc_id, doc in puts:
            event.put(table, doc_id, doc)
        for table, doc_id in drops:
            event.drop(table, doc_id)
        event.announcement = (str(seq), {"seq": seq, "touched": [list(pair) for pair in touched]})
    assert event.line is not None
    finish(journal)
    return event.line


def affected(journal: Journal, seq: int) -> list[tuple[str, str]]:
    """Documents (table, id) that line `seq` was the last to put: redacting it leaves them absent unless put anew."""
    return [(table, doc_id) for table, doc_id in _touched(journal, seq) if journal.seq_of(table, doc_id) == seq]


def finish(journal: Journal) -> None:
    """Blank what has been announced; also forgets snapshots, which may hold the text.

    Raises:
        NotSaved: The disk refused. No reader shows the text, and the next save tries again.
    """
    if not journal.waiting:
        return
    with journal.place.lock(journal.name, "a redaction"):
        journal.blank_waiting()
    if isinstance(journal.place, FolderStore):
        clear(journal.place)
    if journal.waiting:
        raise NotSaved(
            f"{journal.shown}: the text is hidden, but the disk refused to take it out of the file. "
            "The next save tries again; `qa verify` says whether it has been done."
        )


def _touched(journal: Journal, seq: int) -> Collection[tuple[str, str]]:
    """What a line put and dropped, in order, each once."""
    found = next(journal.read_lines(seq, seq), None)
    if found is None:
        raise NotFound(f"{journal.shown} has no line {seq}.")
    if found.body is None:
        raise InputError(f"{journal.shown}, line {seq}: its text was taken out already.")
    body = lines.parse_body(found.body, seq=seq, path=journal.shown)
    if any(table == REDACTIONS for table, *_ in body.puts):
        raise InputError(f"{journal.shown}, line {seq}, says that another was redacted, so it has to stay.")
    return dict.fromkeys([*((table, doc_id) for table, doc_id, _ in body.puts), *body.drops])
