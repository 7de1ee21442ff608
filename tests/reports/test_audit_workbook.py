"""The workbook reconciles with the records, and nothing typed in it can run, link or hide."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from openpyxl import Workbook, load_workbook

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.states import State
from qa_toolkit.reports.audits.counts import audit_figures
from qa_toolkit.reports.audits.workbook import write_audit_workbook
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, releasing, returns, submission

CALENDAR = england_and_wales()
LATER = START + timedelta(hours=2)
HOSTILE = (
    "=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "-2+3", "+44", "http://example.invalid", "0123", "1e5", "[red]x[/]",
    "\x1b[31mred", "a\u202eb", "line one\nline two", "- a bullet", "mailto:x", "TRUE", "#REF!", "' quoted", "",
)  # fmt: skip


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """Two cases: one sent in, one not begun and late."""
    made = a_full_return(a_return(a_workspace(tmp_path / "w")))
    given = Answer(id="PL-01", values={"answer": "no"}, comment="Older than I thought.", evidence="Plan of May")
    returns.answer(made, RETURN, given, seen=None, by=RATER, now=START)
    send(made)
    audits.add_case(made, "CE-2026-01", facts={"age_band": "15 to 16"}, by=BOSS, now=START, today=TODAY)
    return made


def send(at: Workspace) -> None:
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)


def written(at: Workspace, out: Path, **more: object) -> tuple[Workbook, Workbook]:
    """The workbook with its values, and with its formulas."""
    write_audit_workbook(at, "CE-2026-01", out, by=BOSS, now=LATER, calendar=CALENDAR, **more)  # type: ignore[arg-type]
    return load_workbook(out, data_only=True), load_workbook(out)


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    table = next(iter(book[sheet].tables.values()))
    cells = [[cell.value for cell in row] for row in book[sheet][table.ref]]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def test_every_count_on_the_first_sheet_is_a_formula_over_a_table_and_agrees_with_it(
    at: Workspace, tmp_path: Path
) -> None:
    values, formulas = written(at, tmp_path / "o.xlsx")
    states = Counter(str(row["State"]) for row in rows(values, "Returns"))
    grades = Counter(str(row["Auditor’s grade"]) for row in rows(values, "Returns"))
    sheet = values["Summary"]
    told = {str(first): second for first, second in sheet.iter_rows(max_col=2, values_only=True) if second is not None}
    for state in State:
        if state.label in told:
            assert told[state.label] == states[state.label], state
    assert told["Good"] == grades["Good"] == 1
    assert told["No return"] == grades["No return"] == 1
    found = [cell.value for row in formulas["Summary"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(found) >= len(State)
    assert any("tblReturns" in str(formula) for formula in found)


def test_the_workbook_agrees_with_the_figures_it_is_drawn_from(at: Workspace, tmp_path: Path) -> None:
    figures = audit_figures(at, "CE-2026-01", as_at=LATER, today=TODAY, calendar=CALENDAR)
    values, _ = written(at, tmp_path / "o.xlsx")
    assert len(rows(values, "Returns")) == len(figures.returns) == 2
    assert len(rows(values, "Answers")) == len(figures.answers)
    assert [row["Question"] for row in rows(values, "Answers")] == [row.question for row in figures.answers]


def test_it_says_what_it_is_for_whom_and_as_at_when(at: Workspace, tmp_path: Path) -> None:
    values, _ = written(at, tmp_path / "o.xlsx")
    text = " ".join(str(cell.value) for row in values["Summary"].iter_rows() for cell in row if cell.value)
    for words in ("CE-2026-01", "OFFICIAL-SENSITIVE", "23 Nov 2026", "Audience", "co-ordinator, chair and panel"):
        assert words in text
    assert values.sheetnames[0] == "Summary"
    assert values.properties.title == "CE-2026-01 An audit"
    assert "OFFICIAL-SENSITIVE" in str(values["Returns"].oddHeader.center.text)


def test_tables_are_real_with_frozen_heads_filters_and_print_set_up(at: Workspace, tmp_path: Path) -> None:
    _, book = written(at, tmp_path / "o.xlsx")
    for name in ("Grades", "Returns", "Answers", "Concerns", "Late"):
        sheet = book[name]
        assert len(sheet.tables) == 1, name
        assert sheet.freeze_panes, name
        assert next(iter(sheet.tables.values())).autoFilter is not None, name
        assert sheet.print_title_rows, name
        assert sheet.page_setup.orientation == "landscape", name


def test_the_chart_has_words_for_those_who_cannot_see_it(at: Workspace, tmp_path: Path) -> None:
    written(at, tmp_path / "o.xlsx")
    with zipfile.ZipFile(tmp_path / "o.xlsx") as parts:
        drawing = next(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/drawings/drawing"))
        assert len([n for n in parts.namelist() if n.startswith("xl/charts/chart")]) == 1
    assert re.search(r'descr="A bar for each grade, in returns: [^"]*Good 1', drawing)


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_typed_text_stays_text(at: Workspace, tmp_path: Path, text: str) -> None:
    submission.reopen(at, RETURN, "A page was missed", by=BOSS, now=START)
    given = Answer(id="PL-01", values={"answer": "no"}, comment=text, evidence=f"Plan of May {text}")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    send(at)
    values, formulas = written(at, tmp_path / "o.xlsx")
    (row,) = (row for row in rows(values, "Answers") if row["Question"] == "PL-01")
    shown = str(row["Comment"] or "")
    assert shown.replace("\\x1b", "\x1b").replace("\\u202e", "\u202e") == text
    sheet = formulas["Answers"]
    assert [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.data_type == "f"] == []
    assert [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.hyperlink] == []
    same = [c.data_type for line in sheet.iter_rows() for c in line if text and c.value == row["Comment"]]
    assert set(same) <= {"s", "inlineStr"}


def test_the_longest_text_that_can_be_typed_fits_a_cell_whole(at: Workspace, tmp_path: Path) -> None:
    submission.reopen(at, RETURN, "A page was missed", by=BOSS, now=START)
    longest = "word " * 5_999 + "words"
    given = Answer(id="PL-01", values={"answer": "no"}, comment=longest, evidence="Plan of May")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    send(at)
    cut = write_audit_workbook(at, "CE-2026-01", tmp_path / "o.xlsx", by=BOSS, now=LATER, calendar=CALENDAR)
    assert cut == []
    values = load_workbook(tmp_path / "o.xlsx", data_only=True)
    (row,) = (row for row in rows(values, "Answers") if row["Question"] == "PL-01")
    assert row["Comment"] == longest


def test_what_grows_beyond_a_cell_by_being_written_out_is_cut_with_a_mark_and_listed(
    at: Workspace, tmp_path: Path
) -> None:
    """A character that could act is shown as four or more, so a long text of them no longer fits."""
    submission.reopen(at, RETURN, "A page was missed", by=BOSS, now=START)
    given = Answer(id="PL-01", values={"answer": "no"}, comment="\u202e" * 9_000, evidence="Plan of May")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    send(at)
    cut = write_audit_workbook(at, "CE-2026-01", tmp_path / "o.xlsx", by=BOSS, now=LATER, calendar=CALENDAR)
    assert [(sheet, length) for sheet, _, length in cut] == [("Answers", 54_000)]
    values = load_workbook(tmp_path / "o.xlsx", data_only=True)
    (row,) = (row for row in rows(values, "Answers") if row["Question"] == "PL-01")
    assert len(str(row["Comment"])) <= 32_767
    assert "Cut short" in values.sheetnames


def test_what_could_identify_somebody_stops_it_until_it_is_dealt_with(at: Workspace, tmp_path: Path) -> None:
    submission.reopen(at, RETURN, "A page was missed", by=BOSS, now=START)
    given = Answer(id="PL-01", values={"answer": "no"}, comment="born 12/03/2011, SW1A 1AA", evidence="Plan of May")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    send(at)
    with pytest.raises(NotReady) as refused:
        write_audit_workbook(at, "CE-2026-01", tmp_path / "o.xlsx", by=BOSS, now=LATER, calendar=CALENDAR)
    assert any(RETURN in sentence and "PL-01" in sentence for sentence in refused.value.missing)
    assert not (tmp_path / "o.xlsx").exists()
    born, code = (one.partition("[")[2].rstrip("]") for one in refused.value.missing)
    for_case = {"by": BOSS, "now": LATER, "today": TODAY}
    releasing.change(at, born, "in the spring", Audience.CASE, "The day is not needed.", **for_case)
    releasing.release(at, code, Audience.CASE, "It is the office’s own.", **for_case)
    values, _ = written(at, tmp_path / "decided.xlsx")
    assert "born in the spring, SW1A 1AA" in {row["Comment"] for row in rows(values, "Answers")}
    assert any("The day is not needed." in path.read_text() for path in (at.root / "exports").iterdir())


def test_a_sensitive_answer_leaves_its_agency_only_as_a_word(at: Workspace, tmp_path: Path) -> None:
    submission.reopen(at, RETURN, "A page was missed", by=BOSS, now=START)
    given = Answer(
        id="PL-01", values={"answer": "no"}, comment="Log 44 of the unit", evidence="Log 44, May", sensitive=True
    )
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    send(at)
    written(at, tmp_path / "o.xlsx")
    with zipfile.ZipFile(tmp_path / "o.xlsx") as parts:
        assert not [name for name in parts.namelist() if b"Log 44" in parts.read(name)]


def test_an_audit_without_a_case_makes_a_workbook_too(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    values, _ = written(at, tmp_path / "o.xlsx")
    assert len(rows(values, "Returns")) == 1


def test_it_is_for_those_who_run_the_audit_and_replaces_nothing_unasked(at: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "o.xlsx"
    with pytest.raises(InputError, match="co-ordinators"):
        write_audit_workbook(at, "CE-2026-01", out, by=LEAD, now=LATER, calendar=CALENDAR)
    written(at, out)
    before = out.read_bytes()
    with pytest.raises(InputError, match="--force"):
        write_audit_workbook(at, "CE-2026-01", out, by=BOSS, now=LATER, calendar=CALENDAR)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == ["o.xlsx"]
