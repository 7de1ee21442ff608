"""A round in its workbook: the same words as on the screen, and nothing of a reason that could identify somebody."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_round import THIS, two_rounds
from builders_scoring import BOSS, START
from openpyxl import load_workbook

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import NotReady
from qa_toolkit.reports.audits.workbook import write_audit_workbook
from qa_toolkit.workflow import rounds

CALENDAR = england_and_wales()


def test_each_agency_and_indicator_has_a_row(tmp_path: Path) -> None:
    at = two_rounds(tmp_path / "w")
    rounds.moderate(at, f"{THIS}-O01", "KN-01", "developing", "=1+1 of the twelve had none", by=BOSS, now=START)
    write_audit_workbook(at, THIS, tmp_path / "r.xlsx", by=BOSS, now=START, calendar=CALENDAR)
    sheet = load_workbook(tmp_path / "r.xlsx")["Indicators"]
    table = next(iter(sheet.tables.values()))
    head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    found = {(row[1], row[3]): dict(zip(head, row, strict=True)) for row in rows if row[1]}
    one = found["KN-01", "Social care"]
    assert (one["Own word"], one["Looked at again"], one["Panel’s word"]) == ("In place", "Yes", "Developing")
    assert (one["Panel’s reason"], one["Last time"], one["Steps since"]) == (
        "=1+1 of the twelve had none", "Not started", 1,
    )  # fmt: skip
    assert sheet.cell(1, 1).data_type != "f"
    assert all(cell.data_type != "f" for row in sheet[table.ref] for cell in row)
    assert found["KN-02", "Social care"]["Looked at again"] == "No"
    assert found["KN-01", "Police"]["Own word"] in ("", None)
    assert ("PR-04", "Police") not in found, "what is not asked has no row"
    whole = next(row for row in rows if not row[1] and row[3] == "Social care")
    assert whole[4] == "(Developing)"


def test_a_reason_that_could_identify_somebody_stops_it(tmp_path: Path) -> None:
    at = two_rounds(tmp_path / "w")
    rounds.moderate(at, f"{THIS}-O01", "KN-01", "developing", "Ring 01632 960123 about it", by=BOSS, now=START)
    with pytest.raises(NotReady) as refused:
        write_audit_workbook(at, THIS, tmp_path / "r.xlsx", by=BOSS, now=START, calendar=CALENDAR)
    assert refused.value.missing[0].startswith(f"{THIS}-O01, KN-01, the panel’s reason")
    assert not (tmp_path / "r.xlsx").exists()
