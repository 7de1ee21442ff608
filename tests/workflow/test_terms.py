"""Terms of reference: key lines tied to sections, days that people work, and the ten days of a joint inspection."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, START, a_workspace
from openpyxl import load_workbook

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.terms import KeyLine
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import terms

CALENDAR = england_and_wales()


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "w")


def test_fieldwork_is_ten_working_days_after_the_notification_over_christmas_too() -> None:
    found = {slot.title: slot.day for slot in terms.inspection_timetable(date(2026, 12, 18), CALENDAR)}
    # 25 December, 28 December (for Boxing Day) and 1 January are not worked: 21-24, 29-31 December, 4-6 January are.
    assert found["Fieldwork begins"] == date(2027, 1, 6)
    assert found["Lists of children are sent"] == date(2026, 12, 21)


def test_a_start_on_a_free_day_counts_from_the_next_that_is_worked() -> None:
    assert terms.ordinary_timetable(date(2026, 11, 28), CALENDAR)[0].day == date(2026, 11, 30)


def test_what_is_not_named_stays(at: Workspace) -> None:
    day = date(2026, 9, 30)
    terms.set_terms(at, "CE-2026-01", cohort="Children missing three times", census=day, by=BOSS, now=START)
    line = KeyLine(text="Is the plan current?", sections=("PL",))
    found = terms.set_terms(at, "CE-2026-01", lines=[line], outside=["a placing authority"], by=BOSS, now=START)
    assert (found.cohort, found.census, found.lines, found.outside) == (
        "Children missing three times", date(2026, 9, 30), (line,), ("a placing authority",),
    )  # fmt: skip


def test_a_key_line_belongs_to_sections_that_there_are(at: Workspace) -> None:
    with pytest.raises(InputError, match="no section ZZ"):
        terms.set_terms(at, "CE-2026-01", lines=[KeyLine(text="x?", sections=("ZZ",))], by=BOSS, now=START)
    with pytest.raises(NotAllowed):
        terms.set_terms(at, "CE-2026-01", cohort="x", by=RATER, now=START)


def test_they_are_the_first_page_of_what_agencies_get(at: Workspace, tmp_path: Path) -> None:
    terms.set_terms(
        at, "CE-2026-01", cohort="Children missing three times", lines=[KeyLine(text="Is the plan current?")],
        outside=["A force from over the border"],
        governance="Sharing agreement 4; returns are destroyed after two years.",
        slots=terms.ordinary_timetable(date(2026, 11, 30), CALENDAR), by=BOSS, now=START,
    )  # fmt: skip
    write_tool(at, "CE-2026-01", "police", tmp_path / "t.xlsx", by=BOSS, now=START)
    sheet = load_workbook(tmp_path / "t.xlsx")["Read first"]
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for words in ("Children missing three times", "Is the plan current?", "Sharing agreement 4", "The panel sits",
                  "Police, A force from over the border (from outside)"):  # fmt: skip
        assert words in text
