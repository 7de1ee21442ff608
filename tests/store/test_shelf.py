"""Typed records of a journal: what is remembered is never older than the file's last line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from qa_toolkit.domain.answers import Answer
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.redaction import redact
from qa_toolkit.store.seam import Place
from qa_toolkit.store.shelf import Shelf

Making = Callable[..., Journal]
RETURN = "audits/CE-2026-01/returns/CE-2026-01-C01-POLICE"
BY = "a.auditor@police"


def put(journal: Journal, now: datetime, **comments: str) -> None:
    with journal.event(by=BY, did="answered", now=now) as event:
        for id, comment in comments.items():
            event.put("answers", id, {"comment": comment})


def comments(shelf: Shelf) -> Mapping[str, str]:
    return {id: answer.comment for id, answer in shelf.all(Answer).items()}


def test_a_line_of_another_program_shows_after_a_look(place: Place, make: Making, now: datetime) -> None:
    shelf = Shelf(make(place))
    put(shelf.journal, now, A="mine")
    assert shelf.once(comments) == comments(shelf) == {"A": "mine"}
    put(Journal.open(place, RETURN), now, A="theirs", B="new")
    shelf.journal.refresh()
    assert shelf.once(comments) == comments(shelf) == {"A": "theirs", "B": "new"}


def test_what_was_put_together_is_the_same_object_until_a_line_comes(place: Place, make: Making, now: datetime) -> None:
    shelf = Shelf(make(place))
    put(shelf.journal, now, A="one")
    first = shelf.once(comments)
    assert shelf.once(comments) is first
    assert shelf.all(Answer) is shelf.all(Answer)
    put(shelf.journal, now, A="two")
    assert shelf.once(comments) == {"A": "two"}


def test_what_a_verb_did_and_discarded_is_not_remembered(place: Place, make: Making, now: datetime) -> None:
    shelf = Shelf(make(place))
    put(shelf.journal, now, A="kept")

    def a_verb_that_fails() -> None:
        with shelf.journal.event(by=BY, did="answered", now=now) as event:
            event.put("answers", "A", {"comment": "discarded"})
            assert shelf.once(comments) == comments(shelf) == {"A": "discarded"}
            raise KeyError

    with pytest.raises(KeyError):
        a_verb_that_fails()
    assert shelf.once(comments) == comments(shelf) == {"A": "kept"}


def test_a_line_about_something_else_leaves_the_records_as_they_are(place: Place, make: Making, now: datetime) -> None:
    shelf = Shelf(make(place))
    put(shelf.journal, now, A="kept")
    before = shelf.all(Answer)
    with shelf.journal.event(by=BY, did="graded", now=now) as event:
        event.put("grades", "overall", {"grade": "good"})
    assert shelf.all(Answer) is before


def test_words_that_were_taken_out_are_not_remembered(place: Place, make: Making, now: datetime) -> None:
    shelf = Shelf(make(place))
    put(shelf.journal, now, A="a name", B="fine")
    assert comments(shelf) == shelf.once(comments) == {"A": "a name", "B": "fine"}
    # Nothing is put again, so no later line touches the table: only the reading of the file is another.
    redact(shelf.journal, shelf.journal.seq, by=BY, why="a name was typed", now=now, puts=[])
    assert comments(shelf) == shelf.once(comments) == {}
