from __future__ import annotations

import contextlib
import io
import os
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table, TableColumn

from qa_toolkit.domain.errors import NotFound, SheetError
from qa_toolkit.sheets import guard, reader
from qa_toolkit.sheets.columns import Column
from qa_toolkit.sheets.guard import Limits
from qa_toolkit.sheets.reader import read_book
from qa_toolkit.sheets.writer import Book

NOW = datetime(2026, 7, 23, 14, 2, tzinfo=UTC)
SHEET = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small workbook by another hand than ours."""
    book = Workbook()
    book.active.append(["Ref", "Update"])
    book.active.append(["A-1", "Done"])
    book.save(tmp_path / "plain.xlsx")
    return tmp_path / "plain.xlsx"


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The workbook with its parts changed."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return path


def with_sheet(path: Path, rows: str, before: str = "") -> Path:
    """The workbook with other rows on its first sheet."""
    xml = f"{before}<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"
    return changed(path, lambda parts: parts.update({SHEET: xml.encode()}))


def refusal(path: Path, **more: Any) -> str:
    with pytest.raises(SheetError) as refused:
        read_book(path, **more)
    said = str(refused.value)
    assert path.name in said
    assert said.isprintable()
    assert len(said) < 500
    return said


def test_what_the_writer_writes_the_reader_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [
        ("F-1", 3, 2.5, date(2026, 11, 23), NOW, "=1+1\nsecond line", None),
        ("F-2", None, 4.0, None, None, "x" * 40_000, "hidden"),
        ("F-3", 5, None, None, None, "日本 🙂 é", "hidden too"),
    ]
    columns = [
        Column(title="Ref", total="count"), Column(title="Days", kind="int", total="sum"),
        Column(title="N", kind="number"), Column(title="Due", kind="date"), Column(title="At", kind="datetime"),
        Column(title="Text"),
        Column(title="Key [id]", hidden=True),
    ]  # fmt: skip
    about: dict[str, str | int | float | bool] = {"audit_id": "CE-2026-01", "round": 2, "final": False}
    with Book(path, title="T", marking="M", as_at=NOW, properties=about) as book:
        book.table("Findings", "tblFindings", columns, rows, description="d")
    read = read_book(path)
    table = read.table("TBLFINDINGS")
    assert read.properties == about
    assert table.columns == ("Ref", "Days", "N", "Due", "At", "Text", "Key [id]")
    london = datetime(2026, 7, 23, 15, 2)  # noqa: DTZ001
    assert table.rows[0].values == ("F-1", 3, 2.5, date(2026, 11, 23), london, "=1+1\nsecond line", None)
    assert table.rows[1].values[:3] == ("F-2", None, 4)
    assert table.rows[2].values[5:] == ("日本 🙂 é", "hidden too")
    assert len(table.rows) == 3
    assert table.rows[1].where(table.column(" text ")) == "sheet Findings, cell F3"
    assert read.sheet("findings").value("B5") == 8
    assert [sheet.name for sheet in read.sheets] == ["Findings", "Cut short"]


def test_hidden_sheets_and_columns_are_read_and_said_to_be_hidden(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.column_dimensions["B"].hidden = True
    secret = book.create_sheet("Secret")
    secret.append([1])
    secret.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    read = read_book(tmp_path / "a.xlsx")
    assert read.sheet("Sheet").rows[0].values == ("a", "b")
    assert (read.sheet("Secret").hidden, read.sheet("Sheet").hidden) == (True, False)


def test_a_table_may_stand_anywhere_and_its_empty_rows_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    for row, values in enumerate([("Ref", "Update"), ("A-1", "  "), (None, None), ("A-2", "Done")], start=3):
        for col, value in enumerate(values, start=2):
            book.active.cell(row, col, value)
    table = Table(displayName="tblActions", ref="B3:C6")
    table.tableColumns = [TableColumn(id=1, name="Ref"), TableColumn(id=2, name="Update")]
    book.active.add_table(table)
    book.save(tmp_path / "a.xlsx")
    held = read_book(tmp_path / "a.xlsx").table("tblActions")
    assert [(row.number, row.values, row.cell(1)) for row in held.rows] == [
        (4, ("A-1", None), "C4"), (6, ("A-2", "Done"), "C6")
    ]  # fmt: skip


def test_numbers_are_whole_where_they_are_whole(plain: Path) -> None:
    written = ("<c><v>3.0</v></c>", "<c><v>3.5</v></c>", '<c t="b"><v>1</v></c>', "<c><v>1e400</v></c>")
    rows = f'<row r="1">{"".join(written)}</row>'
    values = read_book(with_sheet(plain, rows)).sheets[0].rows[0].values
    assert values == (3, 3.5, True, "inf")
    assert [type(value) for value in values] == [int, float, bool, str]


def test_formulas_are_not_run_and_are_noted(plain: Path) -> None:
    read = read_book(with_sheet(plain, '<row r="1"><c r="A1"><f>1+1</f><v>7</v></c></row>'))
    assert read.sheets[0].rows[0].values == (7,)
    assert read.notes == ("It has formulas (1); the values that Excel last stored for them were read.",)


def test_macros_and_links_to_other_workbooks_are_noted_and_left_alone(plain: Path) -> None:
    more = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    changed(plain, lambda parts: parts.update(more))
    assert read_book(plain).notes == (
        "It carries macros; they were not run.",
        "It has links to other workbooks; they were not followed.",
    )


def test_what_is_not_there_is_answered_with_what_is(plain: Path) -> None:
    read = read_book(plain)
    with pytest.raises(NotFound, match="has no sheet “Actions”; it has “Sheet”"):
        read.sheet("Actions")
    with pytest.raises(NotFound, match="the tables in it are: none"):
        read.table("tblActions")


# Hostile and broken files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"Ref,Update\nA-1,Done\n", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "without a password or sensitivity label"),
        (b"PK\x03\x04" + b"x" * 100, "cut short"),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_file_that_is_not_there_or_is_a_folder_is_said(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "no.xlsx")
    (tmp_path / "dir.xlsx").mkdir()
    assert "is a folder" in refusal(tmp_path / "dir.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_or_a_device_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "zero.xlsx").symlink_to("/dev/zero")
    for name in ("pipe.xlsx", "zero.xlsx"):
        assert "is no plain file" in refusal(tmp_path / name)


def test_a_workbook_cut_short_anywhere_is_refused_in_a_sentence(plain: Path) -> None:
    whole = plain.read_bytes()
    for length in range(1, len(whole) - 22, 97):
        plain.write_bytes(whole[:length])
        refusal(plain)


def test_a_changed_byte_never_brings_more_than_a_refusal(plain: Path) -> None:
    whole = plain.read_bytes()
    for place in range(0, len(whole), 23):
        plain.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        # Anything but a workbook or a refusal would be raised, and fail here.
        with contextlib.suppress(SheetError):
            read_book(plain)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("readme.txt", "x")
    assert "not an Excel workbook" in refusal(tmp_path / "a.xlsx")


def test_a_zip_bomb_is_refused_before_it_goes_off(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = f"<worksheet {NS}><sheetData>".encode() + b" " * 250_000_000
    changed(plain, lambda parts: parts.update({SHEET: bomb}))
    unpacked, pieces = list[int](), guard._pieces

    def counted(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        for piece, fresh in pieces(packed, part):
            unpacked.append(len(piece) - fresh)
            yield piece, fresh

    monkeypatch.setattr(guard, "_pieces", counted)
    assert "packed harder" in refusal(plain)
    assert sum(unpacked) < 100_000, "by what it says of itself, before any of it is unpacked"


def test_what_unpacks_to_too_much_is_refused(plain: Path) -> None:
    said = refusal(plain, limits=Limits(unpacked=1_000))
    assert "unpacks to more than 0 MB" in said


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../x.xml", "xl/../../x.xml", "C:\\win.txt", "xl\\..\\..\\x", "a:b", "x\x00.xml"]
)
def test_a_part_with_a_path_out_of_the_file_is_refused(plain: Path, name: str) -> None:
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    with zipfile.ZipFile(plain, "a") as packed:
        packed.writestr(info, "x")
    assert "path out of the file" in refusal(plain)


@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\"), "./" + SHEET])
def test_a_part_that_is_there_twice_is_refused(plain: Path, name: str) -> None:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    with warnings.catch_warnings(), zipfile.ZipFile(plain, "a") as packed:
        warnings.simplefilter("ignore")
        packed.writestr(info, "x")
    assert "twice" in refusal(plain)


def test_too_many_parts_are_refused(plain: Path) -> None:
    changed(plain, lambda parts: parts.update({f"xl/x{n}.xml": b"<x/>" for n in range(2_001)}))
    assert "at most 2,000" in refusal(plain)


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.bin", "docProps/app.xml"])
def test_a_doctype_is_refused_in_any_part(plain: Path, part: str) -> None:
    changed(plain, lambda parts: parts.update({part: (DOCTYPE + "<x>&b;</x>").encode()}))
    assert "DOCTYPE" in refusal(plain)


def test_a_doctype_across_the_seam_of_two_pieces_is_found(plain: Path) -> None:
    for shift in range(12):
        padded = b"<!--" + b" " * ((1 << 16) - 4 - shift) + b"<!DOCTYPE x>"
        changed(plain, lambda parts, padded=padded: parts.update({SHEET: padded}))  # type: ignore[misc]
        assert "DOCTYPE" in refusal(plain)


@pytest.mark.parametrize(
    "part",
    [DOCTYPE.encode("utf-16"), DOCTYPE.encode("utf-16-le"), DOCTYPE.encode("utf-16-be"),
     b'<?xml version="1.0" encoding="UTF-7"?><x/>', b"<?xml version='1.0' encoding='utf-16'?><x/>"],
)  # fmt: skip
def test_another_encoding_hides_nothing(plain: Path, part: bytes) -> None:
    changed(plain, lambda parts: parts.update({SHEET: part}))
    assert "not UTF-8" in refusal(plain)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Cells that the reader was made to lay out, row by row."""
    found, spend = list[int](), reader._Budget.spend

    def counted(self: reader._Budget, cells: int) -> None:
        found.append(cells)
        spend(self, cells)

    monkeypatch.setattr(reader._Budget, "spend", counted)
    return found


def test_a_cell_in_the_far_corner_costs_little_and_is_named(plain: Path, laid_out: list[int]) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    said = refusal(with_sheet(plain, '<row r="1"><c r="A1"><v>1</v></c></row>' + far))
    assert "sheet Sheet: cell XFD1048576 lies far outside" in said
    assert laid_out == [1, 16_384], "the two rows, and none of the million between them"


def test_a_stray_space_in_the_far_corner_is_nothing(plain: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    read = read_book(with_sheet(plain, '<row r="1"><c r="A1"><v>1</v></c></row>' + far))
    assert [row.values for row in read.sheets[0].rows] == [(1,)]


def test_many_far_cells_are_stopped(plain: Path, laid_out: list[int]) -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 3_000))
    assert "more than 500,000 cells" in refusal(with_sheet(plain, rows))
    assert sum(laid_out) < 10 * 500_000 + 16_385, "and not the 49 million that the rows would make"


@pytest.mark.parametrize("number", ["1048577", "99999999999"])
def test_a_row_below_the_last_that_excel_knows_is_refused(plain: Path, number: str) -> None:
    said = refusal(with_sheet(plain, f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>'))
    assert "on the sheet Sheet" in said


def test_more_cells_than_asked_for_are_refused_before_they_are_read(plain: Path) -> None:
    rows = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 50 + "</row>" for n in range(1, 4_000))
    with_sheet(plain, rows)
    assert "more than 10,000 cells" in refusal(plain, max_cells=10_000)
    assert len(read_book(plain).sheets[0].rows) == 3_999


def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_is(plain: Path) -> None:
    xml = (
        f'<worksheet {NS}><dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    )
    changed(plain, lambda parts: parts.update({SHEET: xml.encode()}))
    assert [row.values for row in read_book(plain).sheets[0].rows] == [(1,)]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>999</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="!!"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>x</v></c></row>',
        '<row r="1"><c',
        "<row>" * 2_000,
    ],
)
def test_a_badly_made_sheet_is_refused(plain: Path, rows: str) -> None:
    assert "is damaged" in refusal(with_sheet(plain, rows))


def test_hostile_names_are_shown_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(SheetError) as refused:
        read_book(path)
    assert "\x1b" not in str(refused.value)


def test_a_workbook_within_a_workbook_is_not_opened(plain: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("x", b"x")
    changed(plain, lambda parts: parts.update({"xl/embeddings/a.xlsx": inner.getvalue()}))
    assert read_book(plain).sheets[0].rows[1].values == ("A-1", "Done")
