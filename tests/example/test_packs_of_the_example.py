"""The example's packs keep to the length that their readers were promised, and so do those of a busier time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.domain.audience import Audience, narrow
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.reports.delivering import paper_for
from qa_toolkit.reports.layout.document import Document
from qa_toolkit.reports.layout.pdf import pdf
from qa_toolkit.reports.packs.briefing import learning_briefing
from qa_toolkit.reports.packs.came_of_it import ForAuditor, OwnCase, came_of_it
from qa_toolkit.reports.packs.main_board import main_board_report
from qa_toolkit.reports.packs.wording import Draft
from qa_toolkit.reports.sending import Paper
from qa_toolkit.reports.views.board import ForBoard
from qa_toolkit.reports.views.public import Briefing, FindingForPublic, ForPublic
from qa_toolkit.store.workspace import Workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LONG = "Screening is done late where a child moved between areas, and the reason is seldom written down. " * 3


def made(example: Path, word: str, words: dict[str, str] | None = None, **days: Any) -> Paper:
    return paper_for(
        Workspace(example), word, words or {}, calendar=england_and_wales(), now=NOW, today=date(2026, 11, 24), **days
    )


def pages(body: object) -> int:
    pytest.importorskip("typst")
    assert isinstance(body, Document)
    return len(re.findall(rb"/Type */Page\b", pdf(body, NOW)))


@pytest.mark.parametrize(
    ("word", "words", "days", "least", "most"),
    [
        ("main-board", {}, {}, 2, 6),
        ("main-board", {}, {"as_at": date(2026, 5, 31)}, 2, 6),
        ("briefing", {"audit": "CE-2026-01"}, {}, 1, 1),
        ("auditor", {"person": "s.thistleworth@police"}, {}, 1, 1),
    ],
    ids=["main-board", "main-board-in-may", "briefing", "auditor"],
)
def test_it_stays_within_its_pages(
    example: Path, word: str, words: dict[str, str], days: dict[str, date], least: int, most: int
) -> None:
    assert least <= pages(made(example, word, words, **days).body) <= most


def test_a_board_report_of_a_busy_half_year_still_has_six_pages_and_says_what_it_leaves_out(example: Path) -> None:
    view = narrow(made(example, "main-board").figures, ForBoard)
    stuck = [one for one in view.actions if one.open and one.colour == "Red"]
    busy = replace(
        view, actions=tuple(replace(one, text=LONG) for one in stuck * 9),
        findings=tuple(replace(one, text=LONG) for one in view.findings * 4),
    )  # fmt: skip
    body = main_board_report(busy, view, Draft(), Audience.MAIN_BOARD.label)
    assert pages(body) <= 6
    shown = str(body.parts)
    assert "more are stuck" in shown
    assert "more are in the audits’ own reports" in shown


def test_a_briefing_and_a_page_for_an_auditor_stay_one_page_however_much_there_was(example: Path) -> None:
    figures = made(example, "briefing", {"audit": "CE-2026-01"}).figures
    found = tuple(replace(narrow(one, FindingForPublic), text=LONG) for one in figures.findings * 3)
    agencies = tuple(f"An agency with a long name, number {n}" for n in range(9))
    learned = Briefing(title="Child exploitation", opened=date(2026, 4, 10), agencies=agencies, findings=found)
    body = learning_briefing(narrow(figures, ForPublic), learned, "everybody who works with children")
    assert pages(body) == 1
    assert "in the audit’s report" in str(body.parts)
    cases = tuple(OwnCase(id=f"CE-2026-01-C{n:02}", own="Good", agreed="Good") for n in range(1, 31))
    view = ForAuditor(
        name="Sam Thistleworth", cases=cases, findings=figures.findings * 2,
        actions=tuple(one for one in figures.actions) * 2,
    )  # fmt: skip
    body = came_of_it(narrow(figures, ForPublic), view, "Sam Thistleworth, who scored these cases")
    assert pages(body) == 1
    assert "And 17 more" in str(body.parts)
