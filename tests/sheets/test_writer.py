from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qa_toolkit.domain.errors import NotSaved, SheetError
from qa_toolkit.sheets.cells import MOST_IN_A_CELL, fit, length_in_excel, one_line
from qa_toolkit.sheets.columns import Column, Tone, Value, count_filled, count_where
from qa_toolkit.sheets.summary import Tally
from qa_toolkit.sheets.tones import BARS, TONES
from qa_toolkit.sheets.writer import Book

NOW = datetime(2026, 7, 23, 14, 2, tzinfo=UTC)
FORMULA_LIKE = [
    '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "=1", "\t=1", "\r=1", "{=1}", "＝1",
    "http://example.org", "mailto:a@example.org", "internal:'Sheet'!A1", "1234", "1e5", "TRUE", "0012", "23/11/2026",
    "'=1", " =1", "#REF!",
]  # fmt: skip


def book(path: Path, **more: Any) -> Book:
    return Book(path, title="Audit CE-2026-01 & more", marking="OFFICIAL-SENSITIVE", as_at=NOW, **more)


def write(path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Value]], **more: Any) -> Book:
    with book(path) as made:
        made.table("Findings", "tblFindings", columns, rows, description="One row for each finding.", **more)
    return made


def one(path: Path, value: Value, kind: Any = "text") -> Any:
    """The cell that one value becomes."""
    write(path, [Column(title="Value", kind=kind)], [(value,)])
    return load_workbook(path)["Findings"]["A2"]


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_that_looks_like_a_formula_a_link_or_a_number_stays_text(tmp_path: Path, text: str) -> None:
    cell = one(tmp_path / "a.xlsx", text)
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", r"\x0d")
    assert cell.hyperlink is None


def test_no_sheet_of_a_book_of_such_text_holds_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    columns = [Column(title="=1+1", note="=1", kind="int"), Column(title="@x")]
    write(path, columns, [(text, text) for text in FORMULA_LIKE])
    with zipfile.ZipFile(path) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert not any("hyperlink" in packed.read(name).decode() for name in packed.namelist() if "rels" in name)


def test_control_characters_are_written_out(tmp_path: Path) -> None:
    everything = "".join(map(chr, [*range(0xA0), 0x202E, 0xD800, 0xFFFE]))
    cell = one(tmp_path / "a.xlsx", everything)
    assert r"\x00" in cell.value
    assert r"\x1b" in cell.value
    assert r"\x9b" in cell.value
    assert r"\u202e" in cell.value
    assert r"\ud800" in cell.value
    assert r"\ufffe" in cell.value
    assert "\n" in cell.value


def test_text_that_imitates_an_escape_of_the_format_is_kept(tmp_path: Path) -> None:
    assert one(tmp_path / "a.xlsx", "a_x0041_b").value == "a_x0041_b"


@pytest.mark.parametrize("text", ["x" * 40_000, "🙂" * 20_000, "x" * 32_768, "\x1b" * 30_000])
def test_what_is_too_long_is_cut_with_a_mark_and_listed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    made = write(path, [Column(title="Ref"), Column(title="Comment")], [("F-1", "short"), ("F-2", text)])
    ((sheet, cell, length),) = made.cut
    assert (sheet, cell) == ("Findings", "B3")
    assert length > MOST_IN_A_CELL
    opened = load_workbook(path)
    kept = opened["Findings"]["B3"].value
    assert kept.endswith("characters in all, see the sheet “Cut short”]")
    assert f"{length:,}" in kept
    assert length_in_excel(kept) <= MOST_IN_A_CELL
    assert [cell.value for cell in opened["Cut short"][2]] == ["Findings", "B3", length]


@pytest.mark.parametrize("text", ["x" * 32_767, "🙂" * 16_383])
def test_what_just_fits_is_whole(tmp_path: Path, text: str) -> None:
    assert fit(text) == (text, 0)
    path = tmp_path / "a.xlsx"
    assert write(path, [Column(title="Comment")], [(text,)]).cut == []
    assert load_workbook(path).sheetnames == ["Findings"]


@pytest.mark.parametrize(
    ("value", "kind", "read", "look"),
    [
        (7, "int", 7, "#,##0"),
        (0.5, "percent", 0.5, "0%"),
        (2.25, "number", 2.25, "#,##0.0"),
        (date(2026, 11, 23), "date", datetime(2026, 11, 23), "d mmm yyyy"),  # noqa: DTZ001
        (NOW, "datetime", datetime(2026, 7, 23, 15, 2), "d mmm yyyy hh:mm"),  # noqa: DTZ001
        (True, "text", "Yes", "General"),
        (None, "int", None, "#,##0"),
        ("fewer than 5", "int", "fewer than 5", "#,##0"),
        (12345678901234567890, "int", "12345678901234567890", "#,##0"),
        (date(1066, 10, 14), "date", "1066-10-14", "d mmm yyyy"),
    ],
)
def test_each_value_is_written_by_its_own_type(
    tmp_path: Path, value: Value, kind: str, read: object, look: str
) -> None:
    cell = one(tmp_path / "a.xlsx", value, kind)
    assert cell.value == read
    assert cell.number_format == look


def test_a_sheet_is_one_real_table_ready_to_filter_and_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [Column(title="Ref"), Column(title="Days", kind="int", total="sum")], [("F-1", 3), ("F-2", 4)])
    sheet = load_workbook(path)["Findings"]
    table = sheet.tables["tblFindings"]
    assert table.ref == "A1:B4"
    assert table.totalsRowCount == 1
    assert table.autoFilter.ref == "A1:B3"
    assert [cell.value for cell in sheet[1]] == ["Ref", "Days"]
    assert sheet["A1"].font.bold
    assert sheet["A1"].fill.fgColor.rgb == "FF1F3A5F"
    assert sheet.freeze_panes == "B2"
    assert not sheet.merged_cells.ranges
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    # One page wide is the default, and is not written.
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.left.text == "Audit CE-2026-01 && more"
    assert sheet.oddFooter.center.text == sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
    assert sheet.oddFooter.right.text == "As at 23 Jul 2026 15:02 · page &P of &N"
    assert load_workbook(path, data_only=True)["Findings"]["B4"].value == 7
    with zipfile.ZipFile(path) as packed:
        assert b'altTextSummary="One row for each finding."' in packed.read("xl/tables/table1.xml")


def test_a_marking_that_begins_with_a_digit_does_not_become_a_font_size(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Book(path, title="2026", marking="3", as_at=NOW) as made:
        made.table("A", "tblA", [Column(title="x")], [], description="")
    with zipfile.ZipFile(path) as packed:
        assert b"&amp;L&amp;9 2026&amp;C&amp;9 3&amp;R" in packed.read("xl/worksheets/sheet1.xml")


def test_columns_of_one_title_are_told_apart_because_a_table_takes_no_two(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    titles = ["GP services", "gp SERVICES", "GP services (2)", "x" * 260, "x" * 261]
    write(path, [Column(title=title) for title in titles], [("a", "b", "c", "d", "e")])
    table = load_workbook(path)["Findings"].tables["tblFindings"]
    named = [column.name for column in table.tableColumns]
    assert named[:3] == ["GP services", "gp SERVICES (2)", "GP services (2) (2)"]
    assert len({name.casefold() for name in named}) == 5
    assert all(len(name) <= 255 for name in named)


def test_a_table_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [Column(title="Ref")], [])
    sheet = load_workbook(path)["Findings"]
    assert sheet.tables["tblFindings"].ref == "A1:A2"
    assert sheet["A2"].value is None


def test_colours_lie_over_words_and_choices_come_from_a_hidden_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    tones = {"Red": Tone.BAD, 'Am"ber': Tone.POOR}
    column = Column(title="Status", kind="status", choices=tuple(tones), tones=tones, note="Now")
    write(path, [Column(title="Ref"), column], [("A-1", "Red")])
    opened = load_workbook(path)
    sheet = opened["Findings"]
    assert sheet["B2"].value == "Red"
    rules = [rule for held in sheet.conditional_formatting for rule in held.rules]
    assert sorted(rule.formula[0] for rule in rules) == ['"Am""ber"', '"Red"']
    lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert [(str(each.sqref), each.formula1) for each in lists] == [("B2", "lstChoices1")]
    assert opened["Lists"].sheet_state == "hidden"
    assert opened.defined_names["lstChoices1"].attr_text == "Lists!$A$1:$A$2"
    assert [cell.value for cell in opened["Lists"]["A"]] == ["Red", 'Am"ber']


def test_a_protected_sheet_can_be_typed_in_where_it_should(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [Column(title="Ref"), Column(title="Update", editable=True)], [("A-1", None)], protect=True)
    sheet = load_workbook(path)["Findings"]
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet["B2"].protection.locked


@pytest.mark.parametrize(("words", "width"), [("a", 9), ("x" * 30, 32), ("x " * 400, 60)])
def test_columns_are_as_wide_as_their_words_up_to_a_limit(tmp_path: Path, words: str, width: int) -> None:
    path = tmp_path / "a.xlsx"
    columns = [Column(title="C"), Column(title="D", width=20), Column(title="Id", hidden=True)]
    write(path, columns, [(words, words, "1")])
    dimensions = load_workbook(path)["Findings"].column_dimensions
    assert dimensions["A"].width == pytest.approx(width, abs=1)
    assert dimensions["B"].width == pytest.approx(20, abs=1)
    assert dimensions["C"].hidden


def test_a_row_is_as_tall_as_its_longest_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [Column(title="C")], [("short",), ("one\ntwo\nthree",), ("x " * 10_000,)])
    heights = load_workbook(path)["Findings"].row_dimensions
    assert heights[2].height is None
    assert heights[3].height == pytest.approx(46, abs=1)
    assert heights[4].height == pytest.approx(409, abs=1)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    about = {"audit_id": "CE-2026-01", "rows": 3, "long": "x" * 300}
    with book(path, author="Business unit", subject="Findings", properties=about) as made:
        made.table("A", "tblA", [Column(title="x")], [], description="")
    opened = load_workbook(path)
    assert opened.properties.title == "Audit CE-2026-01 & more"
    assert opened.properties.creator == "Business unit"
    assert opened.properties.subject == "Findings"
    assert opened.properties.category == "OFFICIAL-SENSITIVE"
    assert opened.properties.created == NOW.replace(tzinfo=None)
    held = {each.name: each.value for each in opened.custom_doc_props.props}
    assert held == {"audit_id": "CE-2026-01", "rows": 3, "long": "x" * 254 + "…"}


def test_the_same_figures_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write(tmp_path / name, [Column(title="Ref")], [("F-1",)])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_summary_counts_by_formula_and_carries_the_values(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with book(path) as made:
        summary = made.summary(subtitle="For the Business Group")
        summary.fact("Children", 2)
        lines = [Tally(word, count_where("tblF", {"Grade": word}), n) for word, n in (("Good", 2), ("Poor", 0))]
        rows = summary.tallies("Grades", "Grade", "Returns", lines)
        summary.chart(rows, title="Grades", description="Two returns are good", tones=[Tone.GOOD, Tone.BAD])
        summary.links([("It's findings", "Every finding")])
        made.table("It's findings", "tblF", [Column(title="Grade")], [("Good",), ("Good",)], description="Findings")
    formulas, values = load_workbook(path)["Summary"], load_workbook(path, data_only=True)["Summary"]
    assert load_workbook(path).sheetnames == ["Summary", "It's findings"]
    assert formulas["A1"].value == "Audit CE-2026-01 & more"
    tallies = {row[0].value: (row[1].value, values[row[1].coordinate].value) for row in formulas.iter_rows(min_row=7)}
    assert tallies["Good"] == ('=COUNTIFS(tblF[Grade],"=Good")', 2)
    assert tallies["Poor"] == ('=COUNTIFS(tblF[Grade],"=Poor")', 0)
    assert tallies["Total"][1] == 2
    links = [cell.hyperlink.location for row in formulas.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'It''s findings'!A1"]
    with zipfile.ZipFile(path) as packed:
        assert b'descr="Two returns are good"' in packed.read("xl/drawings/drawing1.xml")
        assert b'<c:min val="0"/>' in packed.read("xl/charts/chart1.xml")


@pytest.mark.parametrize(
    ("where", "formula"),
    [
        ({"Grade": "Good"}, '=COUNTIFS(t[Grade],"=Good")'),
        ({"Grade": 'a"b*?~'}, '=COUNTIFS(t[Grade],"=a""b~*~?~~")'),
        ({"A [x]": "1", "B": ">2"}, """=COUNTIFS(t[A '[x']],"=1",t[B],"=>2")"""),
    ],
)
def test_a_count_takes_words_literally(where: dict[str, str], formula: str) -> None:
    assert count_where("t", where) == formula
    assert count_filled("t", "It's") == "=COUNTA(t[It''s])"


def test_nothing_is_left_when_the_block_fails_and_what_stood_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"what stood there")

    def fail() -> None:
        with book(path) as made:
            made.table("A", "tblA", [Column(title="x")], [("1",)], description="")
            raise KeyError("on the way")

    with pytest.raises(KeyError):
        fail()
    assert path.read_bytes() == b"what stood there"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing_and_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.xlsx"
    monkeypatch.setattr("qa_toolkit.sheets.whole.os.fsync", full)
    with pytest.raises(NotSaved, match=r"a\.xlsx could not be written \(No space left on device\)"):
        write(path, [Column(title="x")], [])
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_while_the_file_is_written_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    with pytest.raises(NotSaved, match="No space left on device"):
        write(tmp_path / "a.xlsx", [Column(title="x")], [])
    assert list(tmp_path.iterdir()) == []


def test_trouble_with_another_file_is_not_blamed_on_the_workbook(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), book(tmp_path / "a.xlsx"):
        (tmp_path / "another").read_bytes()
    assert list(tmp_path.iterdir()) == []


def test_the_target_appears_only_at_the_end_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with book(path) as made:
        made.table("A", "tblA", [Column(title="x")], [], description="")
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("a.xls", SheetError, "end in .xlsx"),
        ("no/a.xlsx", NotSaved, "does not exist"),
        ("dir.xlsx", NotSaved, "is a folder"),
    ],
)
def test_a_place_that_cannot_be_is_refused_at_once(
    tmp_path: Path, name: str, error: type[Exception], says: str
) -> None:
    (tmp_path / "dir.xlsx").mkdir()
    with pytest.raises(error, match=says), book(tmp_path / name):
        raise AssertionError("never reached")


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    class Many(list[Any]):
        def __len__(self) -> int:
            return 1_048_575

    from qa_toolkit.sheets.table import write_table

    with pytest.raises(SheetError, match="1,048,575 rows"), book(tmp_path / "a.xlsx") as made:
        write_table(made, "A", "tblA", [Column(title="x")], Many(), "", protect=False)


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a:b", "'a", "[a]"])
def test_a_name_that_no_sheet_may_have_is_a_fault_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"), book(tmp_path / "a.xlsx") as made:
        made.table(name, "tblA", [Column(title="x")], [], description="")


def test_one_line_counts_as_excel_does() -> None:
    assert one_line("a\n b\x1b", 20) == r"a b\x1b"
    assert length_in_excel(one_line("🙂" * 300, 255)) <= 255
    assert one_line("x" * 256, 255) == "x" * 254 + "…"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", Tone)
def test_every_colour_can_be_read(tone: Tone) -> None:
    fill, ink = (luminance(colour) for colour in TONES[tone])
    assert (fill + 0.05) / (ink + 0.05) >= 7
    assert 1.05 / (luminance(BARS[tone]) + 0.05) >= 2.4


def test_a_disk_that_fills_while_the_workbook_is_written_is_said_once_and_with_no_traceback(tmp_path: Path) -> None:
    """The zip that xlsxwriter leaves open once tried again at the end, and printed what came of it."""
    pytest.importorskip("resource", reason="Windows has no such limit")
    program = f"""
import resource
from datetime import UTC, datetime
from pathlib import Path
from qa_toolkit.domain.errors import NotSaved
from qa_toolkit.sheets.writer import Book
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    path, now = Path({str(tmp_path / "a.xlsx")!r}), datetime(2026, 11, 23, tzinfo=UTC)
    with Book(path, title="T", marking="M", as_at=now) as book:
        book.summary().heading("Words")
except NotSaved as refused:
    print(refused)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("a.xlsx could not be written (File too large)"), ran
    assert ran.stderr == ""
    assert list(tmp_path.iterdir()) == []
