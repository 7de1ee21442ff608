"""Last year's answers come back as unconfirmed until they are touched, and only where they still fit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, START, a_workspace

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, returns, starting, submission

TEMPLATE = "exploitation-response-self-assessment"
FIRST, SECOND = "SA-2026-01-O01-POLICE", "SA-2027-01-O01-POLICE"


def a_round(at: Workspace, id: str, opened: date, source: str = "") -> None:
    template, text = library.load(TEMPLATE)
    if source:
        template, text = read_template(source, "t.toml"), source
    audits.open_audit(at, id, "Round", template, text, agencies=["police"], opened=opened,
                      due=opened + timedelta(days=40), by=BOSS, now=START)  # fmt: skip


def begun(at: Workspace, id: str, day: date) -> dict[str, Answer]:
    starting.start(at, id, by=RATER, now=START, today=day)
    returns.declare(at, id, Relation.NONE, by=RATER, now=START)
    return dict(at.ret(id).answers)


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A first round, answered in part and filed as it stands."""
    made = a_workspace(tmp_path / "w")
    a_round(made, "SA-2026-01", date(2026, 1, 5))
    begun(made, FIRST, date(2026, 1, 6))
    for id, values in (("KN-01", {"answer": "in_place"}), ("RK-01", {"answer": "The night line."}),
                       ("RK-02", {"risks": [{"risk": "Two leave", "deed": "Pair them"}]})):  # fmt: skip
        given = Answer(id=id, values=values, comment="Last year’s.", evidence="A dip of twelve files in spring")
        returns.answer(made, FIRST, given, seen=None, by=RATER, now=START)
    return made


def file_it(at: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "what_stops", lambda *_args, **_kwargs: [])
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, FIRST)))
    submission.submit(at, FIRST, safe="", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)
    submission.receive(at, FIRST, by=BOSS, now=START)


def test_answers_come_back_unconfirmed_and_only_those_that_are_carried(
    at: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_it(at, monkeypatch)
    a_round(at, "SA-2027-01", date(2027, 1, 5))
    found = begun(at, SECOND, date(2027, 1, 6))
    assert set(found) == {"KN-01", "RK-01"}, "risks begin afresh each year"
    assert all(answer.unconfirmed for answer in found.values())
    assert found["KN-01"].evidence == "A dip of twelve files in spring"
    notes = [note.where for note in submission.what_to_note(returns.opened(at, SECOND))]
    assert "KN-01 unconfirmed" in notes
    returns.answer(at, SECOND, found["KN-01"].model_copy(update={"unconfirmed": False}), seen=None, by=RATER, now=START)
    notes = [note.where for note in submission.what_to_note(returns.opened(at, SECOND))]
    assert "KN-01 unconfirmed" not in notes


def test_what_was_never_filed_is_not_carried(at: Workspace) -> None:
    a_round(at, "SA-2027-01", date(2027, 1, 5))
    assert begun(at, SECOND, date(2027, 1, 6)) == {}


def test_an_answer_whose_options_changed_is_left_behind(at: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    file_it(at, monkeypatch)
    _, source = library.load(TEMPLATE)
    start = source.index('id = "KN-01"')
    changed = source[:start] + source[start:].replace('type = "maturity"', 'type = "yes_partly_no"', 1)
    end = changed.index("[sections.questions.descriptors]", start)
    stop = changed.index("[sections.questions.wording.police]", end)
    a_round(at, "SA-2027-01", date(2027, 1, 5), changed[:end] + changed[stop:])
    assert set(begun(at, SECOND, date(2027, 1, 6))) == {"RK-01"}


def test_case_files_begin_empty(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    assert starting.start(at, "CE-2026-01-C01-POLICE", by=RATER, now=START, today=date(2026, 11, 23)).answers == {}
