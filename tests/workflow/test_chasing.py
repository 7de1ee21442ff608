"""Reminders: when, in which tone, to whom; one each; and what stops them."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace

from qa_toolkit.cli.commands.chasing import write_eml
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.chasing import DEFAULT, Chase, Due, Ladder, Rung, Step, ladder_of, step_for, to_chase
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.workflow import chasing, reading, submission

CALENDAR = england_and_wales()
DUE = date(2026, 12, 4)  # a Friday


@pytest.mark.parametrize(
    ("days", "day", "rung"),
    [(-9, None, None), (-5, -5, Rung.OWNER), (-1, -5, Rung.OWNER), (0, 0, Rung.OWNER), (2, 2, Rung.OWNER),
     (4, 2, Rung.OWNER), (5, 5, Rung.AGENCY_LEAD), (20, 20, Rung.QA_GROUP), (300, 60, Rung.BUSINESS_GROUP)],
)  # fmt: skip
def test_the_step_is_the_last_that_was_reached(days: int, day: int | None, rung: Rung | None) -> None:
    step = step_for(DEFAULT, days)
    assert (step.day if step else None, step.rung if step else None) == (day, rung)


def test_a_message_is_due_only_for_a_step_that_is_new_and_names_all_that_is_owed() -> None:
    due = [Due("A", 2), Due("B", -5), Due("C", -30)]
    found = to_chase(DEFAULT, due, {})
    assert found is not None
    assert (found[0].day, [one.return_id for one in found[1]]) == (2, ["A", "B"])
    assert to_chase(DEFAULT, due, {"A": 2, "B": -5}) is None
    assert to_chase(DEFAULT, due, {"A": 2}) is not None


def test_the_ladder_is_dated_data() -> None:
    ours = Ladder(id="ours", since=date(2026, 12, 1), steps=(Step(day=1, rung=Rung.QA_GROUP, tone="At once."),))
    assert ladder_of({"ours": ours}, date(2026, 11, 30)) is DEFAULT
    assert ladder_of({"ours": ours}, date(2026, 12, 1)) is ours


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    return a_return(a_workspace(tmp_path / "w"))


def drafts(at: Workspace, today: date, by: str = BOSS) -> list[chasing.Message]:
    return chasing.draft(at, by=by, now=START, today=today, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 11, 27), "A friendly note"),
        (DUE, "due today"),
        (date(2026, 12, 5), "due today"),
        (date(2026, 12, 8), "have not reached us yet"),
        (date(2026, 12, 11), "Can you help"),
    ],
)
def test_the_tone_goes_with_the_working_days(at: Workspace, today: date, words: str | None) -> None:
    found = drafts(at, today)
    assert len(found) == (0 if words is None else 1)
    if words:
        assert words in found[0].body
        assert RETURN in found[0].body
        assert "telephone" in found[0].body


def test_it_counts_when_it_is_sent_and_not_before(at: Workspace) -> None:
    first, again = drafts(at, DUE), drafts(at, DUE)
    assert len(first) == len(again) == 1
    assert len(at.partnership_shelf.all(Chase)) == 1, "a draft that was never sent is replaced"
    chasing.mark_sent(at, again[0].chase.id, "by e-mail", by=BOSS, now=START)
    assert drafts(at, DUE) == []
    assert len(drafts(at, date(2026, 12, 8))) == 1
    assert chasing.rungs_of(at) == {RETURN: Rung.OWNER}
    with pytest.raises(InputError, match="already"):
        chasing.mark_sent(at, again[0].chase.id, "", by=BOSS, now=START)
    with pytest.raises(NotFound):
        chasing.mark_sent(at, "police-99", "", by=BOSS, now=START)


def test_what_was_sent_in_is_not_chased(at: Workspace) -> None:
    a_full_return(at, send=True)
    assert drafts(at, date(2026, 12, 20)) == []
    submission.query(at, RETURN, {"PL-01": "Which?"}, by=BOSS, now=START)
    assert len(drafts(at, date(2026, 12, 20))) == 1


def test_a_promise_makes_reminders_wait_and_the_date_stays(at: Workspace) -> None:
    chasing.promise(at, RETURN, date(2026, 12, 18), "inspector", by=LEAD, now=START, today=TODAY)
    assert drafts(at, date(2026, 12, 10)) == []
    assert len(drafts(at, date(2026, 12, 22))) == 1
    (cell,) = reading.grid(at, "CE-2026-01", today=date(2026, 12, 10), calendar=CALENDAR).late
    assert (cell.due, cell.late) == (DUE, 4)
    with pytest.raises(InputError, match="has passed"):
        chasing.promise(at, RETURN, date(2026, 11, 1), "x", by=BOSS, now=START, today=TODAY)
    with pytest.raises(NotAllowed):
        chasing.promise(at, RETURN, date(2026, 12, 18), "x", by=RATER, now=START, today=TODAY)


def test_an_excuse_says_who_agreed_and_the_return_is_not_late(at: Workspace) -> None:
    with pytest.raises(InputError, match="who agreed"):
        chasing.excuse(at, RETURN, "closed", "", by=BOSS, now=START)
    chasing.excuse(at, RETURN, "The unit was closed in May.", "chair of the panel", by=BOSS, now=START)
    assert drafts(at, date(2026, 12, 20)) == []
    assert reading.grid(at, "CE-2026-01", today=date(2026, 12, 20), calendar=CALENDAR).late == []


def test_a_partnership_may_have_its_own_ladder(at: Workspace) -> None:
    ours = Ladder(id="ours", since=TODAY, steps=(Step(day=-30, rung=Rung.QA_GROUP, tone="Very early."),))
    with at.change(PARTNERSHIP, by=BOSS, did="set a ladder", now=START) as change:
        change.put(ours)
    (message,) = drafts(at, TODAY)
    assert "Very early." in message.body
    assert message.chase.ladder == "ours"


@pytest.mark.parametrize(
    ("contact", "to"),
    [("duty@police.invalid", "duty@police.invalid"), ("Detective inspector", None), ("a@b.invalid\r\nBcc: c@d", None),
     ("a@b.invalid, c@d.invalid", None)],
)  # fmt: skip
def test_the_mail_opens_unsent_and_nothing_typed_adds_a_header(
    at: Workspace, tmp_path: Path, contact: str, to: str | None
) -> None:
    (message,) = drafts(at, DUE)
    agency = message.agency.model_copy(update={"contact": contact})
    evil = message._replace(agency=agency, subject="Returns\r\nBcc: x@example.invalid", body="Ü\r\n.\r\nBcc: y")
    mail = message_from_bytes(write_eml(tmp_path / "mail", evil).read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["To"], mail["Bcc"]) == ("1", to, None)
    assert mail["Subject"] == "Returns Bcc: x@example.invalid"
    assert "Bcc: y" in mail.get_content()
