"""Reminders: when, in which tone, to whom; one each; and what stops them."""

from __future__ import annotations

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.chasing import (
    DEFAULT,
    Chase,
    Due,
    Ladder,
    Rung,
    Step,
    check_ladder,
    ladder_of,
    step_for,
    to_chase,
)
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, Stale
from qa_toolkit.domain.promises import Excuse, Promise
from qa_toolkit.exchange.chase_files import as_mail, read_ladder, write_ladder, write_messages
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace, seen, unseen
from qa_toolkit.workflow import audits, chasing, promises, reading, submission
from qa_toolkit.workflow.owing import owing
from qa_toolkit.workflow.reminders import Message

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


def drafts(at: Workspace, today: date, by: str = BOSS) -> list[Message]:
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
    promises.promise(at, RETURN, date(2026, 12, 18), "inspector", by=LEAD, now=START, today=TODAY)
    assert drafts(at, date(2026, 12, 10)) == []
    assert len(drafts(at, date(2026, 12, 22))) == 1
    (cell,) = reading.grid(at, "CE-2026-01", today=date(2026, 12, 10), calendar=CALENDAR).late
    assert (cell.due, cell.late) == (DUE, 4)
    with pytest.raises(InputError, match="has passed"):
        promises.promise(at, RETURN, date(2026, 11, 1), "x", by=BOSS, now=START, today=TODAY)
    with pytest.raises(NotAllowed):
        promises.promise(at, RETURN, date(2026, 12, 18), "x", by=RATER, now=START, today=TODAY)


def test_an_excuse_says_who_agreed_and_the_return_is_not_late(at: Workspace) -> None:
    with pytest.raises(InputError, match="who agreed"):
        promises.excuse(at, RETURN, "closed", "", by=BOSS, now=START)
    promises.excuse(at, RETURN, "The unit was closed in May.", "chair of the panel", by=BOSS, now=START)
    assert drafts(at, date(2026, 12, 20)) == []
    assert reading.grid(at, "CE-2026-01", today=date(2026, 12, 20), calendar=CALENDAR).late == []


def test_a_broken_promise_is_asked_about_again(at: Workspace) -> None:
    """A reminder that was sent before the promise once kept the next one back for weeks."""
    (message,) = drafts(at, date(2026, 12, 11))
    assert message.chase.day == 5
    chasing.mark_sent(at, message.chase.id, "", by=BOSS, now=START)
    later = START + timedelta(days=18)
    promises.promise(at, RETURN, date(2026, 12, 16), "inspector", by=BOSS, now=later, today=date(2026, 12, 11))
    assert [one.chase.day for one in drafts(at, date(2026, 12, 16))] == [0]
    (broken,) = drafts(at, date(2026, 12, 18))
    assert broken.chase.day == 2
    assert "due 4 Dec 2026, promised for 16 Dec 2026 (2 working days ago)" in " ".join(broken.body.split())


def test_a_promise_that_moves_is_seen_to_move_and_somebody_made_it(at: Workspace) -> None:
    for day in (14, 14, 18):
        promises.promise(at, RETURN, date(2026, 12, day), "inspector", by=BOSS, now=START, today=TODAY)
    (fact,) = chasing.fair_record(at)
    assert fact.sentence == "Promised for 18 Dec 2026 by inspector (before that for 14 Dec 2026)"
    with pytest.raises(InputError, match="by role"):
        promises.promise(at, RETURN, date(2026, 12, 18), " ", by=BOSS, now=START, today=TODAY)
    saw = seen(Promise(id=RETURN, day=DUE, by_whom="x", seq=1))
    with pytest.raises(Stale):
        promises.promise(at, RETURN, date(2026, 12, 20), "x", seen=saw, by=BOSS, now=START, today=TODAY)
    audits.close_audit(at, "CE-2026-01", by=BOSS, now=START, abandoned="An inspection came first.")
    assert chasing.fair_record(at) == [fact]


def test_an_excuse_can_be_taken_back_and_the_return_is_late_again(at: Workspace) -> None:
    with pytest.raises(InputError, match="expected already"):
        promises.expect_again(at, RETURN, "It was another return.", by=BOSS, now=START)
    promises.excuse(at, RETURN, "The unit was closed.", "chair", seen=unseen(Excuse, RETURN), by=BOSS, now=START)
    with pytest.raises(NotAllowed):
        promises.expect_again(at, RETURN, "It was another return.", by=LEAD, now=START)
    promises.expect_again(at, RETURN, "It was another return.", by=BOSS, now=START)
    assert len(reading.grid(at, "CE-2026-01", today=date(2026, 12, 20), calendar=CALENDAR).late) == 1


def test_the_message_says_only_what_the_record_can_show(at: Workspace) -> None:
    (late,) = drafts(at, date(2026, 12, 11))
    assert "before" not in late.body, "nobody was written to yet, however late it is"
    chasing.mark_sent(at, late.chase.id, "", by=BOSS, now=START)
    (again,) = drafts(at, date(2027, 1, 8))
    body = " ".join(again.body.split())
    assert "To the Quality Assurance Group, about Police, which gets a copy" in body
    assert "We asked about these before, on 23 Nov 2026." in body
    assert "If a date cannot be kept" not in body
    assert max(map(len, again.body.splitlines())) <= 76


def test_a_draft_is_about_what_is_still_owed(at: Workspace) -> None:
    audits.add_case(at, "CE-2026-01", by=BOSS, now=START, today=TODAY)
    (both,) = drafts(at, DUE)
    assert len(both.chase.returns) == 2
    a_full_return(at, send=True)
    found = owing(at, today=DUE, calendar=CALENDAR)
    (left,) = chasing.drafts(at, found)
    assert RETURN not in left.body
    assert "CE-2026-01-C02-POLICE" in left.body
    promises.excuse(at, "CE-2026-01-C02-POLICE", "Not in the cohort.", "chair", by=BOSS, now=START)
    assert chasing.drafts(at, owing(at, today=DUE, calendar=CALENDAR)) == []


def test_one_message_covers_all_audits_of_an_agency(at: Workspace) -> None:
    template, source = library.load("dip-sample")
    audits.open_audit(at, "CE-2026-02", "Another", template, source, agencies=["police"], due=date(2026, 12, 8),
                      opened=TODAY, by=BOSS, now=START)  # fmt: skip
    audits.add_case(at, "CE-2026-02", by=BOSS, now=START, today=TODAY)
    (message,) = drafts(at, DUE)
    assert message.chase.returns == (RETURN, "CE-2026-02-C01-POLICE")
    assert "CE-2026-02, Another" in message.body


def test_a_partnership_may_have_its_own_ladder(at: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('name = "ours"\n[[steps]]\nday = -30\nrung = "qa_group"\ntone = "Very early."\n')
    chasing.set_ladder(at, read_ladder(file, TODAY), by=BOSS, now=START)
    (message,) = drafts(at, TODAY)
    assert "Very early." in message.body
    assert message.chase.ladder == "ours"
    with pytest.raises(InputError, match="another name"):
        chasing.set_ladder(at, read_ladder(file, TODAY), by=BOSS, now=START)
    with pytest.raises(NotAllowed):
        chasing.set_ladder(at, read_ladder(file, TODAY), by=LEAD, now=START)


def test_the_ladder_as_a_file_reads_back(tmp_path: Path) -> None:
    odd = Step(day=70, rung=Rung.MAIN_BOARD, tone='Said “so”, "and" \\ so\nhere.')
    ladder = Ladder(id="ours", since=TODAY, steps=(*DEFAULT.steps, odd))
    file = tmp_path / "x.toml"
    file.write_text(write_ladder(ladder), encoding="utf-8")
    assert read_ladder(file, TODAY) == ladder


@pytest.mark.parametrize(
    ("text", "says"),
    [("x =", "cannot be read as TOML"), ('other = "x"', "holds “other”"),
     ('[[steps]]\nday = "x"\nrung = "owner"\ntone = "x"', "steps.0.day"),
     ('[[steps]]\nday = 1\nrung = "mayor"\ntone = "x"', "steps.0.rung"), ('name = "x"', "needs a step")],
)  # fmt: skip
def test_a_ladder_that_is_none_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "l.toml").write_text(text)
    with pytest.raises(InputError, match=says):
        check_ladder(read_ladder(tmp_path / "l.toml", TODAY))


@pytest.mark.parametrize(
    ("steps", "says"),
    [([(0, "owner"), (0, "owner")], "same day"), ([(0, "qa_group"), (5, "owner")], "never back down"),
     ([(5000, "owner")], "from -250")],
)  # fmt: skip
def test_a_ladder_that_cannot_be_climbed_is_refused(steps: list[tuple[int, str]], says: str) -> None:
    made = tuple(Step(day=day, rung=Rung(rung), tone="x") for day, rung in steps)
    with pytest.raises(InputError, match=says):
        check_ladder(Ladder(id="x", since=TODAY, steps=made))


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
    (file,) = write_messages(tmp_path / "mail", [evil])
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["To"], mail["Bcc"]) == ("1", to, None)
    assert mail["Subject"] == "Returns Bcc: x@example.invalid"
    assert "Bcc: y" in mail.get_content()
    to_group = evil._replace(chase=evil.chase.model_copy(update={"rung": Rung.QA_GROUP}))
    mail = message_from_bytes(as_mail(to_group), policy=default)
    assert (mail["To"], mail["Cc"]) == (None, to)


def test_messages_as_text_and_a_folder_that_is_none(at: Workspace, tmp_path: Path) -> None:
    (file,) = write_messages(tmp_path / "a" / "b", drafts(at, DUE), mail=False)
    assert "due today" in file.read_text(encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        write_messages(file, drafts(at, DUE))


def test_a_draft_that_is_overtaken_by_a_promise_speaks_of_returns_and_of_what_is_so(at: Workspace) -> None:
    (message,) = drafts(at, date(2026, 12, 8))
    assert "have not reached us yet" in message.body
    promises.promise(at, RETURN, date(2026, 12, 11), "service manager", by=BOSS, now=START, today=date(2026, 12, 8))
    found = owing(at, today=date(2026, 12, 8), calendar=CALENDAR)
    (message,) = chasing.drafts(at, found)
    assert "A friendly note" in message.body
    assert "ctions" not in message.body
