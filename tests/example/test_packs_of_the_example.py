"""The example's packs keep to the length that their readers were promised."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.reports.delivering import paper_for
from qa_toolkit.reports.layout.document import Document
from qa_toolkit.reports.layout.pdf import pdf
from qa_toolkit.store.workspace import Workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "words", "least", "most"),
    [("main-board", {}, 2, 6), ("briefing", {"audit": "CE-2026-01"}, 1, 1)],
    ids=["main-board", "briefing"],
)
def test_it_stays_within_its_pages(example: Path, word: str, words: dict[str, str], least: int, most: int) -> None:
    pytest.importorskip("typst")
    paper = paper_for(Workspace(example), word, words, calendar=england_and_wales(), now=NOW, today=date(2026, 11, 24))
    assert isinstance(paper.body, Document)
    pages = re.findall(rb"/Type */Page\b", pdf(paper.body, NOW))
    assert least <= len(pages) <= most
