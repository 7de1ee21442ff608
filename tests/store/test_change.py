"""What a verb puts is what it reads afterwards, however it was put; and what cannot be read is never written."""

from __future__ import annotations

from datetime import datetime

import pytest
from pydantic import ValidationError

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import NotSaved
from qa_toolkit.store.change import Change
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.seam import Place
from qa_toolkit.store.shelf import Shelf

BY = "a.auditor@police"


@pytest.fixture
def shelf(place: Place, now: datetime) -> Shelf:
    return Shelf(Journal.create(place, "actions", by=BY, did="made", now=now))


def change(shelf: Shelf, now: datetime) -> Change:
    return Change(shelf, shelf.journal.event(by=BY, did="answered", now=now))


def again(shelf: Shelf) -> dict[str, Answer]:
    """The answers as another program reads them."""
    return dict(Shelf(Journal.open(shelf.journal.place, "actions")).all(Answer))


def test_a_record_that_was_put_is_the_one_that_another_program_reads(shelf: Shelf, now: datetime) -> None:
    with change(shelf, now) as putting:
        putting.put(Answer(id="A", values={"rows": [{"days": 3}], "pair": ("x", "y")}, comment="one"))
    found = shelf.all(Answer)
    assert found == again(shelf)
    assert found["A"].seq == 2
    assert found["A"].values == {"rows": [{"days": 3}], "pair": ["x", "y"]}


def test_the_last_of_two_ways_of_putting_is_what_is_read(shelf: Shelf, now: datetime) -> None:
    with change(shelf, now) as putting:
        putting.put(Answer(id="A", comment="one"), Answer(id="B", comment="one"), Answer(id="C", comment="one"))
        putting.put(Answer(id="A", comment="two"))
        putting.put_plain("answers", "B", {"comment": "plain"})
        putting.drop(Answer(id="C"))
    assert {id: one.comment for id, one in shelf.all(Answer).items()} == {"A": "two", "B": "plain"}
    assert shelf.all(Answer) == again(shelf)


def test_what_is_put_as_it_stands_keeps_its_line(shelf: Shelf, now: datetime) -> None:
    with change(shelf, now) as putting:
        putting.put(Answer(id="A", comment="one"))
    with change(shelf, now) as putting:
        putting.put(Answer(id="A", comment="one"), Answer(id="B", comment="new"))
    assert {id: one.seq for id, one in shelf.all(Answer).items()} == {"A": 2, "B": 3}
    assert shelf.all(Answer) == again(shelf)


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
def test_what_could_not_be_read_again_is_never_written(shelf: Shelf, now: datetime) -> None:
    wrong = Answer(id="A").model_copy(update={"comment": 7})
    with pytest.raises(ValidationError), change(shelf, now) as putting:
        putting.put(wrong)
    assert shelf.journal.seq == 1
    assert again(shelf) == {}


def test_a_change_of_what_was_put_changes_nothing_that_is_kept(shelf: Shelf, now: datetime) -> None:
    with change(shelf, now) as putting:
        putting.put(Answer(id="A", values={"rows": [{"days": 3}]}))
    shelf.all(Answer)["A"].values["rows"][0]["days"] = 4
    assert shelf.journal.doc("answers", "A")["values"] == {"rows": [{"days": 3}]}  # type: ignore[index]


def test_what_a_disk_refused_is_not_remembered(
    folder: FolderStore, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program's line then has the number that the refused one would have had."""
    shelf = Shelf(Journal.create(folder, "actions", by=BY, did="made", now=now))
    with monkeypatch.context() as broken:

        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        broken.setattr(folder.disk, "write", full)
        with pytest.raises(NotSaved), change(shelf, now) as putting:
            putting.put(Answer(id="A", comment="refused"))
    other = Shelf(Journal.open(folder, "actions"))
    with change(other, now) as putting:
        putting.put(Answer(id="A", comment="theirs"))
    shelf.journal.refresh()
    assert shelf.all(Answer)["A"].comment == "theirs"
