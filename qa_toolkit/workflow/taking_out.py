"""Taking words out of one file's lines: what redacting returns, audits, plans and the partnership's own file share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.reasons import Reason
from qa_toolkit.store import lines, redaction
from qa_toolkit.store.journal import Journal

TAKEN_OUT: Final = "(taken out)"
Typed = Mapping[str, tuple[str, ...]]
"""In each table, the fields that people type freely."""
Stands = tuple[str, str]
"""A table, and the id in it."""
WithoutWords = Callable[[str, str, dict[str, Any]], dict[str, Any]]
"""A document of a table and id as it is without its words."""


def standing(journal: Journal, typed: Typed, id: str) -> list[Stands]:
    """What stands or once stood under an id, in the tables that hold typed words, whatever the case of its letters."""
    wanted = id.strip().casefold()
    return [(table, key) for table in typed for key in sorted(journal.ever(table)) if key.casefold() == wanted]


def without_words(typed: Typed) -> WithoutWords:
    """Each typed text, and each text in a typed list of them, replaced by “(taken out)”; the rest as it is."""

    def stripped(table: str, _: str, document: dict[str, Any]) -> dict[str, Any]:
        fields = ("text",) if table == Reason.table else typed.get(table, ())
        return {key: _taken_out(value) if key in fields else value for key, value in document.items()}

    return stripped


def _taken_out(value: Any) -> Any:
    if isinstance(value, str):
        return TAKEN_OUT if value else value
    if isinstance(value, dict):
        return {key: _taken_out(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_taken_out(one) for one in value]
    return value


def take_out(
    journal: Journal, wanted: Collection[Stands], stripped: WithoutWords, *, why: str, by: str,
    now: datetime,
) -> int:  # fmt: skip
    """How many lines lost their words: every one that put what is wanted, reasons that it gave included; maybe none.

    Raises:
        InputError: No reason is given.
        NotSaved: The disk refused; what could be taken out is out.
    """
    if not why.strip():
        raise InputError("Say why the words are taken out, without repeating them: the reason is all that stays.")

    def typed_in(line: lines.Line) -> bool:
        assert line.body is not None
        body = lines.parse_body(line.body, seq=line.seq, path=journal.shown)
        if any(pair in wanted for pair in body.drops) and any(table == Reason.table for table, *_ in body.puts):
            return True
        return any(
            (table, key) in wanted and stripped(table, key, document) != document for table, key, document in body.puts
        )

    found = [line.seq for line in journal.lines() if line.body is not None and typed_in(line)]
    for seq in found:
        puts = []
        for table, key in redaction.affected(journal, seq):
            document = journal.doc(table, key)
            if document is None:
                continue
            if (table, key) in wanted or table == Reason.table:
                document = stripped(table, key, document)
            puts.append((table, key, document))
        redaction.redact(journal, seq, by=by, why=why, now=now, puts=puts)
    return len(found)


def nothing_left(id: str) -> InputError:
    """What is said where an id has nothing that was typed, or none of it is left."""
    return InputError(f"Nothing that was typed is left under {id}.")
