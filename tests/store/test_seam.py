"""What a place that keeps journals promises: the same for a folder of files and for memory."""

from __future__ import annotations

import pytest

from qa_toolkit.domain.errors import InputError, Locked, NotFound, NotSaved
from qa_toolkit.store.seam import START, Place


def test_what_was_created_is_read_whole(place: Place) -> None:
    place.create("actions", b"one\n")
    tail = place.read("actions")
    assert (tail.data, tail.mark.seq, tail.restarted) == (b"one\n", 1, True)


def test_a_reader_gets_only_what_came_after_its_mark(place: Place) -> None:
    place.create("actions", b"one\n")
    first = place.read("actions")
    place.append("actions", b"two\n", first.mark)
    second = place.read("actions", first.mark)
    assert (second.data, second.mark.seq, second.restarted) == (b"two\n", 2, False)
    assert place.read("actions", second.mark).data == b""


def test_an_append_that_expects_another_end_is_refused_and_adds_nothing(place: Place) -> None:
    place.create("actions", b"one\n")
    mark = place.read("actions").mark
    place.append("actions", b"two\n", mark)
    with pytest.raises(NotSaved):
        place.append("actions", b"three\n", mark)
    assert place.read("actions").data == b"one\ntwo\n"


def test_a_journal_is_not_created_twice(place: Place) -> None:
    place.create("actions", b"one\n")
    with pytest.raises(InputError, match="there already"):
        place.create("actions", b"two\n")
    assert place.read("actions").data == b"one\n"


def test_a_journal_that_is_not_there_is_not_found(place: Place) -> None:
    for ask in (place.read, place.identity):
        with pytest.raises(NotFound):
            ask("actions")


def test_names_are_listed_sorted_and_by_their_beginning(place: Place) -> None:
    names = ["actions", "audits/CE-1/audit", "audits/CE-1/returns/CE-1-C01-POLICE", "audits/CE-2/audit", "partnership"]
    for name in reversed(names):
        place.create(name, b"one\n")
    assert place.list() == names
    assert place.list("audits/CE-1/") == names[1:3]
    assert place.list("audits/CE") == names[1:4]
    assert place.list("nothing/") == []


@pytest.mark.parametrize(
    "name",
    ["../actions", "/actions", "audits/../x", "audits/con/audit", "audits/CON/audit", "audits/A/returns/LPT1", "",
     "Actions",
     "audits/A-/audit", "audits/A/returns/a", "audits/A/other", "a/b", "actions.journal", "audits/É/audit", "A\0B",
     "audits/" + "A" * 200 + "/audit", "nul"],
)  # fmt: skip
def test_a_name_that_could_not_be_a_file_everywhere_is_refused(place: Place, name: str) -> None:
    for deed in (lambda: place.create(name, b"one\n"), lambda: place.read(name)):
        with pytest.raises(InputError):
            deed()


def test_a_lock_is_held_by_one_and_free_again_afterwards(place: Place) -> None:
    place.create("actions", b"one\n")
    with place.lock("actions", "a@police"), pytest.raises(Locked), place.lock("actions", "b@police"):
        pass
    with place.lock("actions", "b@police"):
        pass


def test_a_rewritten_journal_is_read_again_from_its_start(place: Place) -> None:
    place.create("actions", b"one\ntwo\n")
    mark = place.read("actions").mark
    after = place.rewrite("actions", b"ONE\ntwo\n", mark)
    tail = place.read("actions", mark)
    assert (tail.data, tail.restarted, tail.mark) == (b"ONE\ntwo\n", True, after)


def test_a_rewrite_that_expects_another_end_is_refused(place: Place) -> None:
    place.create("actions", b"one\n")
    mark = place.read("actions").mark
    place.append("actions", b"two\n", mark)
    with pytest.raises(NotSaved):
        place.rewrite("actions", b"", START)
    with pytest.raises(NotSaved):
        place.rewrite("actions", b"", mark)


def test_identity_moves_with_every_change(place: Place) -> None:
    place.create("actions", b"one\n")
    before = place.identity("actions")
    place.append("actions", b"two\n", place.read("actions").mark)
    assert place.identity("actions") != before
