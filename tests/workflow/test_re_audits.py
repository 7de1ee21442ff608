"""A re-audit: linked, blind to the earlier one until scored, then set beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_re_audit import AGAIN, FIRST, a_case, a_re_audit, file_it, fill, two_audits
from builders_scoring import BOSS, LEAD, RATER, START, TODAY, a_workspace

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.small_samples import Way
from qa_toolkit.domain.then_and_now import Row, ThenAndNow
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, re_audits, returns, sealing, secondscores, setup, submission

OLD, NEW = f"{FIRST}-C01-POLICE", f"{AGAIN}-C01-POLICE"


def question(found: ThenAndNow, id: str) -> Row:
    return next(row for row in found.questions if row.id == id)


def test_the_link_is_kept_with_the_audit_and_in_the_list(tmp_path: Path) -> None:
    at = a_re_audit(a_workspace(tmp_path / "w"))
    fresh = Workspace(at.root)
    assert fresh.audit(AGAIN).audit.re_audit_of == fresh.audits()[AGAIN].re_audit_of == FIRST


@pytest.mark.parametrize(
    ("template", "earlier", "said"),
    [
        ("dip-sample", "CE-2020-01", "There is no audit CE-2020-01"),
        ("exploitation-response-self-assessment", FIRST, "by itself"),
    ],
)
def test_what_cannot_look_again_is_refused(tmp_path: Path, template: str, earlier: str, said: str) -> None:
    at = a_workspace(tmp_path / "w")
    read, source = library.load(template)
    with pytest.raises(InputError, match=said):
        audits.open_audit(at, AGAIN, "Again", read, source, due=date(2027, 12, 4), opened=TODAY, re_audit_of=earlier,
                          by=BOSS, now=START)  # fmt: skip
    assert AGAIN not in at.audits()


# --- closed until scored


@pytest.fixture
def asked(tmp_path: Path) -> Workspace:
    """The earlier return filed; the rater owes one in the re-audit."""
    at = a_workspace(tmp_path / "w")
    file_it(at, OLD)
    a_re_audit(at)
    a_case(at, AGAIN)
    return at


def test_the_earlier_return_is_closed_to_its_rater_until_theirs_is_sent_in(asked: Workspace) -> None:
    with pytest.raises(NotAllowed, match=f"closed to you until you have sent in {NEW}"):
        returns.readable(asked, returns.opened(asked, OLD), RATER)
    fill(asked, NEW, send=False)
    with pytest.raises(NotAllowed, match=NEW):
        returns.readable(asked, returns.opened(asked, OLD), RATER)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(asked, NEW)))
    submission.submit(asked, NEW, safe="yes", relation=returns.Relation.NONE, acknowledged=notes, by=RATER, now=START)
    returns.readable(asked, returns.opened(asked, OLD), RATER)
    submission.reopen(asked, NEW, "One more look", by=BOSS, now=START)
    with pytest.raises(NotAllowed, match=NEW):
        returns.readable(asked, returns.opened(asked, OLD), RATER)


def test_moderation_and_agreement_of_the_earlier_audit_are_closed_too(asked: Workspace) -> None:
    assert "looks again" in sealing.moderation_closed(asked, FIRST, RATER)
    with pytest.raises(NotAllowed, match="looks again"):
        secondscores.agreements(asked, FIRST, by=RATER)
    assert not sealing.moderation_closed(asked, FIRST, BOSS)
    assert not sealing.moderation_closed(asked, AGAIN, RATER), "the re-audit itself is theirs to score"


def test_an_earlier_day_does_not_open_it(asked: Workspace) -> None:
    yesterday = Workspace(asked.root, until=START)
    assert sealing.earlier_closed(yesterday, OLD, RATER)


def test_a_return_without_a_rater_may_be_any_auditors(asked: Workspace) -> None:
    other, reader = "b.other@police", "r.reader@police"
    setup.add_person(asked, other, "Bo Other", (Role.AUDITOR,), by=BOSS, now=START)
    setup.add_person(asked, reader, "Ro Reader", (Role.READER,), by=BOSS, now=START)
    assert not sealing.earlier_closed(asked, OLD, other)
    audits.add_case(asked, AGAIN, by=BOSS, now=START, today=TODAY)
    assert sealing.earlier_closed(asked, OLD, other)
    assert sealing.earlier_closed(asked, OLD, LEAD), "a lead who audits may take it up"
    assert not sealing.earlier_closed(asked, OLD, reader)


def test_a_return_that_came_back_can_still_be_done(asked: Workspace) -> None:
    submission.reopen(asked, OLD, "A page was missing", by=BOSS, now=START)
    assert not sealing.earlier_closed(asked, OLD, RATER)


def test_a_closed_re_audit_closes_nothing(asked: Workspace) -> None:
    audits.close_audit(asked, AGAIN, by=BOSS, now=START, abandoned="Postponed by a year")
    assert not sealing.earlier_closed(asked, OLD, RATER)


def test_an_audit_two_steps_back_is_closed_as_well(asked: Workspace) -> None:
    template, source = library.load("dip-sample")
    audits.close_audit(asked, AGAIN, by=BOSS, now=START)
    audits.open_audit(asked, "CE-2028-01", "Third", template, source, agencies=["police"], due=date(2028, 12, 4),
                      opened=TODAY, re_audit_of=AGAIN, by=BOSS, now=START)  # fmt: skip
    audits.add_case(asked, "CE-2028-01", by=BOSS, now=START, today=TODAY)
    assert "CE-2028-01 looks again at CE-2026-01" in sealing.earlier_closed(asked, OLD, RATER)


# --- side by side


def test_two_samples_are_set_beside_each_other(tmp_path: Path) -> None:
    found = re_audits.compare(two_audits(tmp_path / "w", ["no"] * 4, ["yes"] * 4), AGAIN, by=BOSS)
    row = question(found, "VC-01")
    assert (row.counts(row.then), row.counts(row.now)) == ("No 4", "Yes 4")
    assert row.way is Way.BETTER
    assert not found.paired
    assert found.what_a_pair_is.startswith("The same questions about two samples: 4 children then, 4 now")
    assert question(found, "PL-01").way is Way.CANNOT_TELL
    assert dict(found.apart)["PL-02"] == "has no steps to compare (a date, a number, free text)"
    own = next(row for row in found.grades if row.id == "own")
    assert own.counts(own.now) == "Good 4"


def test_the_same_children_are_set_beside_themselves(tmp_path: Path) -> None:
    at = two_audits(tmp_path / "w", ["no"] * 6, ["yes"] * 6)
    for number in range(1, 6):
        re_audits.link_child(at, f"{AGAIN}-C0{number}", f"{FIRST}-C0{number}", by=BOSS, now=START)
    some = re_audits.compare(at, AGAIN, by=BOSS)
    assert not some.paired
    assert "5 are known to be the same" in some.what_a_pair_is
    re_audits.link_child(at, f"{AGAIN}-C06", f"{FIRST}-C06", by=BOSS, now=START)
    found = re_audits.compare(at, AGAIN, by=BOSS)
    assert found.paired
    assert question(found, "VC-01").tested.sentence == (
        "Better: chance alone would give a difference like this about 1 time in 32."
    )


def test_a_link_is_refused_where_it_cannot_be(tmp_path: Path) -> None:
    at = two_audits(tmp_path / "w", ["no", "no"], ["yes", "yes"])
    re_audits.link_child(at, f"{AGAIN}-C01", f"{FIRST}-C01", by=BOSS, now=START)
    with pytest.raises(InputError, match="linked with CE-2027-01-C01 already"):
        re_audits.link_child(at, f"{AGAIN}-C02", f"{FIRST}-C01", by=BOSS, now=START)
    with pytest.raises(InputError, match="is not of CE-2026-01"):
        re_audits.link_child(at, f"{AGAIN}-C02", f"{AGAIN}-C01", by=BOSS, now=START)
    with pytest.raises(InputError, match="no earlier audit"):
        re_audits.link_child(at, f"{FIRST}-C02", f"{FIRST}-C01", by=BOSS, now=START)
    with pytest.raises(NotAllowed, match="Only a co-ordinator"):
        re_audits.link_child(at, f"{AGAIN}-C02", f"{FIRST}-C02", by=RATER, now=START)
    re_audits.link_child(at, f"{AGAIN}-C01", "", by=BOSS, now=START)
    re_audits.link_child(at, f"{AGAIN}-C02", f"{FIRST}-C01", by=BOSS, now=START)


def test_only_those_who_may_see_both_may_compare(tmp_path: Path) -> None:
    at = two_audits(tmp_path / "w", ["no"], ["yes"])
    with pytest.raises(NotAllowed, match="co-ordinators, the chair and the panel"):
        re_audits.compare(at, AGAIN, by=RATER)
    with pytest.raises(InputError, match="looks again at no earlier audit"):
        re_audits.compare(at, FIRST, by=BOSS)
