"""Taking a deed back: what stands in the way of it. The deed stays in the record; a later line puts back what was.

A line can be taken back while nothing was built on it since, and nothing that left the house or was approved holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, NamedTuple

from qa_toolkit.domain.dates import show_date, show_moment
from qa_toolkit.domain.records import Frozen, Record


class Stood(Frozen):
    """Which line a document had come from before the line that was taken back; 0 where it was not there."""

    table: str
    id: str
    seq: int


class Undone(Record):
    """That a line was taken back; the id is its number. The line that puts this is the one that put back what was."""

    table: ClassVar[str] = "undone"

    did: str
    by: str
    why: str = ""
    stood: tuple[Stood, ...]


class Doc(NamedTuple):
    """A document as a line left it: None where the line dropped it."""

    table: str
    id: str
    seq: int
    document: Mapping[str, Any] | None


OF_ACTIONS: Final = frozenset(
    {"actions", "steps", "updates", "milestones", "evidence", "acceptances", "date_changes", "asked", "judgements",
     "escalations", "verifier_waivers"}
)  # fmt: skip
"""Tables whose documents together are an action’s story: a later move stands on every earlier one."""
_OF_ANOTHER: Final = frozenset({"acceptances", "verifier_waivers", "reasons", Undone.table})
"""Tables whose ids are those of something else."""


def built_on(touched: Iterable[Doc], created: Collection[tuple[str, str]], later: Iterable[Doc]) -> Doc | None:
    """The first later document that stands on what a line touched: the same one, another of the same action, or one
    that names something which the line created."""
    same = {(doc.table, doc.id) for doc in touched}
    stories = {_root(id) for table, id in same if table in OF_ACTIONS}
    made = {id for table, id in created if table not in _OF_ANOTHER}

    def stands(doc: Doc) -> bool:
        if (doc.table, doc.id) in same or (doc.table in OF_ACTIONS and _root(doc.id) in stories):
            return True
        if doc.table == Undone.table:
            return False
        return any(doc.id.startswith(f"{id}/") for id in made) or not made.isdisjoint(_named(doc.document or {}))

    return min(filter(stands, later), key=lambda doc: doc.seq, default=None)


def _root(id: str) -> str:
    return id.partition("/")[0]


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _named(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _named(item)


class Pack(NamedTuple):
    """Something that left the workspace: its name, when, and the last line of each file that it was drawn from."""

    file: str
    at: datetime
    stood: Mapping[str, int]


def held(
    name: str, seq: int, touched: Iterable[Doc], *, packs: Iterable[Pack], approved: Collection[str]
) -> str | None:
    """Why line `seq` of a file has to stay although nothing was built on it, in a sentence; None if it need not.

    `approved` are ids of meetings whose minutes were approved.
    """
    for pack in packs:
        if pack.stood.get(name, 0) >= seq:
            return (
                f"“{pack.file}”, released on {show_date(pack.at.date())}, was made with it. What was released stays as "
                "it was: put it right with a later deed."
            )
    for doc in touched:
        meeting = doc.id if doc.table == "meetings" else (doc.document or {}).get("meeting", "")
        if meeting in approved:
            return f"the minutes of {meeting}, which were approved, hold it. A dated correction puts minutes right."
    return None


def built_on_words(doc: Doc, by: str, did: str, at: datetime) -> str:
    """What stands on a line, in a sentence."""
    return (
        f"line {doc.seq} stands on it: {by} {did} on {show_moment(at)} ({doc.id}). Take that back first, or put it "
        "right with a later deed."
    )
