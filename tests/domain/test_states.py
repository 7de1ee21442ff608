"""Rules 1 and 12: where a return stands, what an id may be, and what waits on a concern."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.audits import Allocation, FollowUp, Known, Query, Received, RecordCheck, Reopening
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.clock import clock
from qa_toolkit.domain.errors import IdentifierError, InputError
from qa_toolkit.domain.ids import (
    check_audit_id,
    check_case_ref,
    check_id,
    check_person_id,
    next_number,
    return_id,
)
from qa_toolkit.domain.returns import Concern
from qa_toolkit.domain.states import State, Summary, state_of

ID = "CE-2026-01-C01-POLICE"
OWED = Allocation(id=ID, subject="CE-2026-01-C01", agency="police", asked=date(2026, 11, 2))


def summary(**more: object) -> Summary:
    return Summary.model_validate({"id": ID, "rater": "a@police", "asked": 8, "answered": 3, **more})


RECEIVED = Received(id=ID, round=1, through=9, hash="0" * 64)
QUERY = Query(id="q", return_id=ID, round=1, questions={"UI-01": "Which?"})
BACK = Reopening(id="r", return_id=ID, round=1, reason="asked")
UNKNOWN = RecordCheck(id=ID, subject="s", agency="police", known=Known.NOT_KNOWN)


@pytest.mark.parametrize(
    ("state", "given"),
    [
        (State.NOT_ASKED, {"allocation": None, "summary": None}),
        (State.NOT_STARTED, {"summary": None}),
        (State.NIL, {"summary": None, "check": UNKNOWN}),
        (State.IN_PROGRESS, {"summary": summary()}),
        (State.IN_PROGRESS, {"summary": summary(), "check": UNKNOWN}),
        (State.CHECKED, {"summary": summary(checked=True)}),
        (State.SUBMITTED, {"summary": summary(round=1)}),
        (State.QUERIED, {"summary": summary(round=1), "queries": [QUERY]}),
        (State.QUERIED, {"summary": summary(round=1), "queries": [QUERY], "received": RECEIVED}),
        (State.IN_PROGRESS, {"summary": summary(round=1), "reopenings": [BACK]}),
        (State.SUBMITTED, {"summary": summary(round=2), "queries": [QUERY], "received": RECEIVED}),
        (State.RECEIVED, {"summary": summary(round=1), "received": RECEIVED}),
        (State.NIL, {"summary": summary(round=1, nil=True)}),
    ],
)
def test_the_state_of_a_return_follows_from_what_both_sides_recorded(state: State, given: dict[str, object]) -> None:
    assert state_of(**{"allocation": OWED, **given}) is state  # type: ignore[arg-type]


def test_only_what_the_agency_has_to_do_is_owed() -> None:
    assert {state for state in State if state.owed} == {
        State.NOT_STARTED, State.IN_PROGRESS, State.CHECKED, State.QUERIED,
    }  # fmt: skip


# --- ids


@pytest.mark.parametrize("text", ["C7", "7", "c07", "CE-2026-01-C07", " 07 "])
def test_a_case_reference_is_completed(text: str) -> None:
    assert check_case_ref(text, "CE-2026-01") == "CE-2026-01-C07"


@pytest.mark.parametrize("text", ["Jane", "JD", "CE-2026-02-C07", "C0", "1234567890", "C7; DROP", "../C7", ""])
def test_a_reference_that_could_point_at_a_child_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError, match="could identify a child"):
        check_case_ref(text, "CE-2026-01")


@pytest.mark.parametrize("text", ["con", "AUX", "com1", "a b", "a--b", "-a", "../x", "é", "", "A" * 81, "a/b"])
def test_an_id_that_is_no_file_name_everywhere_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        check_id(text)


@given(st.from_regex(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){1,3}", fullmatch=True))
def test_ids_are_compared_without_case(text: str) -> None:
    assert check_id(text) == check_id(text.lower()) == check_id(text.upper())


@pytest.mark.parametrize("text", ["CE-2026-01", "ce-2026-1x", "CE2026-01", "C-2026-01", "CE-26-01"])
def test_an_audits_id_has_a_code_a_year_and_a_number(text: str) -> None:
    if text == "CE-2026-01":
        assert check_audit_id(text.lower()) == text
    else:
        with pytest.raises(InputError, match="such as CE-2026-01"):
            check_audit_id(text)


def test_numbers_are_never_used_again() -> None:
    assert next_number("F-2026-", ["F-2026-001", "F-2026-009", "F-2025-044", "F-2026-x"]) == 10
    assert next_number("F-2026-", []) == 1


def test_a_second_raters_return_has_its_own_id() -> None:
    assert return_id("CE-2026-01-C01", "police") == ID
    assert return_id("CE-2026-01-C01", "police", 2) == f"{ID}-R2"


def test_a_person_is_a_handle_at_an_agency() -> None:
    assert check_person_id(" A.Auditor@Police ") == "a.auditor@police"
    for wrong in ("a.auditor", "@police", "a b@police", "a@po lice"):
        with pytest.raises(InputError):
            check_person_id(wrong)


# --- the clock of a concern: 2 hours to tell, a working day to hear, five for the outcome

RAISED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("told", "follow", "after", "stage", "overdue"),
    [
        ("", None, timedelta(hours=1), "tell", False),
        ("", None, timedelta(hours=2, minutes=1), "tell", True),
        ("duty manager", None, timedelta(days=3), "acknowledge", False),
        ("duty manager", None, timedelta(days=4), "acknowledge", True),
        ("duty manager", {"acknowledged_by": "x", "acknowledged_at": RAISED}, timedelta(days=7), "outcome", False),
        ("duty manager", {"acknowledged_by": "x", "acknowledged_at": RAISED}, timedelta(days=8), "outcome", True),
        ("duty manager", {"outcome": "safe", "closed_at": RAISED}, timedelta(days=90), "closed", False),
    ],
)
def test_the_clock_counts_working_days_and_never_stops_by_itself(
    told: str, follow: dict[str, object] | None, after: timedelta, stage: str, overdue: bool
) -> None:
    concern = Concern(id="K1", what="worry", raised_at=RAISED, told=told, told_at=RAISED if told else None)
    up = FollowUp.model_validate({"id": "K1", **follow}) if follow else None
    found = clock(concern, up, RAISED + after, england_and_wales())
    assert (found.stage, found.overdue) == (stage, overdue)
    assert found.sentence.startswith("OVERDUE") == overdue
    if stage == "tell":
        assert "Phone now" in found.sentence
