"""A self-assessment round: own words, the panel's and last time's, side by side and never one over the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_round import CHAIR, LAST, THIS, a_panel, a_partnership, a_round, filed, own_return, two_rounds
from builders_scoring import BOSS, START, TODAY, a_workspace

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, NotReady, Stale
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.rounds import Board, Cell, Moderated, Word
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import Workspace, unseen
from qa_toolkit.workflow import moderation, rounds, setup, submission

FIRST = f"{THIS}-O01"
WHY = "Six of twelve plans had no date."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """For tests that only look."""
    return two_rounds(tmp_path_factory.mktemp("rounds") / "w", 3)


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    return two_rounds(tmp_path / "w", 2)


def board(at: Workspace, audit: str = THIS, by: str = BOSS) -> Board:
    return rounds.board(at, audit, by=by, today=TODAY, calendar=england_and_wales())


def cell(at: Workspace, agency: str, id: str, audit: str = THIS) -> Cell:
    found = board(at, audit).find(agency, id)
    assert found is not None
    return found


def label(word: Word | None) -> str:
    return word.label if word is not None else ""


def test_own_words_stand_with_last_times_beside_them(made: Workspace) -> None:
    found = cell(made, "social-care", "KN-01")
    assert (label(found.own), label(found.before), found.moved) == ("In place", "Not started", 2)
    assert found.own is not None
    assert found.own.note == "Ours on KN-01. · Dip of twelve files"
    assert cell(made, "social-care", "KN-03").moved == -1


def test_what_was_carried_and_not_touched_says_so(made: Workspace) -> None:
    found = cell(made, "social-care", "KN-02")
    assert (label(found.own), found.unconfirmed, found.moved) == ("Developing", True, 0)
    assert not cell(made, "social-care", "KN-01").unconfirmed


def test_an_agency_that_sent_nothing_shows_last_time_only(made: Workspace) -> None:
    found = cell(made, "health", "KN-01")
    assert (found.own, label(found.before), found.moved) == (None, "Not started", None)
    assert board(made).states["health"] == "Not started"


def test_what_is_not_asked_of_an_agency_is_not_a_gap(made: Workspace) -> None:
    asked = {agency: cell(made, agency, "PR-04").asked for agency in ("social-care", "police", "health")}
    assert asked == {"social-care": True, "police": False, "health": True}


def test_pages_hold_the_whole_then_thirty_indicators(made: Workspace) -> None:
    found = board(made)
    assert [page.id for page in found.pages] == ["overall", "KN", "PR", "SU", "DI", "GO", "HV"]
    assert sum(len(page.lines) for page in found.pages[1:]) == 30
    assert found.before == (LAST,)
    assert found.pages[1].sentence == "Beside last time, of 12: 2 higher, 8 the same, 2 lower."


def test_a_section_is_the_middle_of_its_steps_in_brackets(made: Workspace) -> None:
    found = cell(made, "social-care", "KN")
    assert found.own is not None
    assert (found.own.shown, found.own.note) == ("(Developing)", "the middle of 6")


def test_the_panels_word_stands_beside_and_the_agencys_own_stays(at: Workspace) -> None:
    before = at.ret(own_return(at, THIS, "social-care")).last
    rounds.moderate(at, FIRST, "kn-01", "developing", WHY, by=BOSS, now=START)
    found = cell(at, "social-care", "KN-01")
    assert (label(found.own), label(found.moderated), found.moved) == ("In place", "Developing", 1)
    assert found.moderated is not None
    assert found.moderated.note == WHY
    assert at.ret(own_return(at, THIS, "social-care")).last == before
    assert Workspace(at.root).audit(THIS).all(Moderated)[f"{FIRST}:KN-01"].panel == f"{THIS}-P1"


def test_a_section_and_the_whole_take_the_panels_grade(at: Workspace) -> None:
    moderation.agree(at, FIRST, Grade.GOOD, "Most is in place and known.", of="KN", by=BOSS, now=START)
    found = cell(at, "social-care", "KN")
    assert (found.own and found.own.shown, label(found.moderated)) == ("(Developing)", "Good")
    assert found.moved == 1


def test_moderated_indicators_move_the_middle(at: Workspace) -> None:
    for id in ("KN-02", "KN-04", "KN-05", "KN-06"):
        rounds.moderate(at, FIRST, id, "In place", "The dip shows it in most files.", by=BOSS, now=START)
    found = cell(at, "social-care", "KN")
    assert (found.own and found.own.shown, found.moderated and found.moderated.shown) == ("(Developing)", "(In place)")


def test_last_times_word_is_what_the_panel_said_then(tmp_path: Path) -> None:
    at = a_partnership(tmp_path / "w", 2)
    a_round(at, LAST)
    filed(at, LAST, "social-care", {})
    a_panel(at, LAST)
    rounds.moderate(at, f"{LAST}-O01", "KN-01", "not_started", WHY, by=BOSS, now=START)
    a_round(at, THIS)
    filed(at, THIS, "social-care", {"KN-01": "in_place"}, rest="")
    found = cell(at, "social-care", "KN-01")
    assert (label(found.before), found.moved) == ("Not started", 2)


@pytest.mark.parametrize(
    ("subject", "question", "value", "reasons", "error", "said"),
    [
        (FIRST, "KN-01", "fine", WHY, InputError, "takes one of: Not started, Developing, In place, Embedded"),
        (FIRST, "RK-01", "x", WHY, NotFound, "is no indicator"),
        (FIRST, "ZZ-99", "x", WHY, NotFound, "is no indicator"),
        (FIRST, "KN-01", "developing", "ok", InputError, "needs its reason"),
        (f"{THIS}-O02", "KN-01", "developing", WHY, NotReady, "is not filed yet"),
        (f"{THIS}-O09", "KN-01", "developing", WHY, NotFound, "There is no case"),
        ("CE-2020-01-C01", "KN-01", "developing", WHY, NotFound, "There is no audit"),
    ],
)
def test_what_the_panel_cannot_say_is_refused(
    at: Workspace, subject: str, question: str, value: str, reasons: str, error: type[InputError], said: str
) -> None:
    with pytest.raises(error, match=said):
        rounds.moderate(at, subject, question, value, reasons, by=BOSS, now=START)


def test_who_may_record_it(at: Workspace) -> None:
    with pytest.raises(NotAllowed, match="Only a co-ordinator or the chair"):
        rounds.moderate(at, FIRST, "KN-01", "developing", WHY, by="a.auditor@social-care", now=START)
    setup.add_person(at, "c.own@social-care", "Co Own", (Role.CHAIR,), by=BOSS, now=START)
    with pytest.raises(NotAllowed, match="is of social-care"):
        rounds.moderate(at, FIRST, "KN-01", "developing", WHY, by="c.own@social-care", now=START)
    moderation.declare_interest(at, FIRST, CHAIR, "Was its director", by=BOSS, now=START)
    with pytest.raises(NotAllowed, match="You abstain"):
        rounds.moderate(at, FIRST, "KN-01", "developing", WHY, by=CHAIR, now=START)
    with pytest.raises(NotAllowed, match="Moderation is for"):
        board(at, by="a.auditor@social-care")


def test_the_second_of_two_at_once_is_told(at: Workspace) -> None:
    saw = unseen(Moderated, f"{FIRST}:KN-01")
    rounds.moderate(at, FIRST, "KN-01", "developing", WHY, seen=saw, by=BOSS, now=START)
    with pytest.raises(Stale):
        rounds.moderate(at, FIRST, "KN-01", "embedded", WHY, seen=saw, by=CHAIR, now=START)


def test_without_a_panel_or_about_children_it_says_so(tmp_path: Path) -> None:
    at = a_partnership(tmp_path / "w")
    a_round(at, THIS)
    with pytest.raises(NotReady, match="No panel of SA-2027-01 has sat yet"):
        rounds.moderate(at, FIRST, "KN-01", "developing", WHY, by=BOSS, now=START)
    with pytest.raises(InputError, match="is about children: `qa panel show`"):
        board(a_workspace(tmp_path / "children"), "CE-2026-01")


def test_a_queried_return_stays_in_view_and_says_so(at: Workspace) -> None:
    submission.query(at, own_return(at, THIS, "social-care"), {"KN-01": "Which files?"}, by=BOSS, now=START)
    assert board(at).states["social-care"] == "Queried"
    assert label(cell(at, "social-care", "KN-01").own) == "In place"
