from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qa_toolkit.domain.errors import NotSaved
from qa_toolkit.domain.text import visible
from qa_toolkit.sheets.columns import Column, Tone, Value
from qa_toolkit.sheets.reader import read_book
from qa_toolkit.sheets.stream import STREAM_FROM
from qa_toolkit.sheets.table import MEASURED_ROWS
from qa_toolkit.sheets.writer import Book

NOW = datetime(2026, 7, 23, 14, 2, tzinfo=UTC)
COLUMNS = [
    Column(title="Ref"),
    Column(title="Days", kind="int", total="sum", choices=("1", "2"), tones={"1": Tone.BAD}),
    Column(title="Share", kind="percent"),
    Column(title="Due", kind="date"),
    Column(title="At", kind="datetime"),
    Column(title="Text"),
]
ROWS: list[tuple[Value, ...]] = [
    ("=1+1", 3, 0.5, date(2026, 11, 23), NOW, "  two\nlines\t"),
    ("_x0041_", None, None, None, None, "<t>&amp;</t> \x1b \ud800"),
    ("", "none", 10**18, date(1066, 1, 1), True, "x" * 40_000),
    (None, 10**12, float("inf"), datetime(2026, 1, 1, 9), -1.25, "日🙂"),  # noqa: DTZ001
]


def write(path: Path, rows: list[tuple[Value, ...]], *, streamed: bool, columns: list[Column] = COLUMNS) -> Book:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa_toolkit.sheets.table.STREAM_FROM", 1 if streamed else 10**9)
        with Book(path, title="T", marking="M", as_at=NOW) as book:
            book.table("Data", "tblData", columns, rows, description="d")
    return book


def dump(path: Path) -> list[list[tuple[Any, ...]]]:
    return [
        [(cell.coordinate, cell.value, cell.number_format, cell.font.b, cell.alignment.indent) for cell in row]
        for row in load_workbook(path)["Data"].iter_rows()
    ]


def test_a_streamed_sheet_is_the_same_as_an_ordinary_one(tmp_path: Path) -> None:
    ordinary, streamed = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert write(ordinary, ROWS, streamed=False).cut == [("Data", "F4", 40_000)]
    assert write(streamed, ROWS, streamed=True).cut == [("Data", "F4", 40_000)]
    assert dump(streamed)[:2] == dump(ordinary)[:2]
    assert dump(streamed)[3:] == dump(ordinary)[3:]
    one, two = (load_workbook(path)["Data"] for path in (ordinary, streamed))
    assert two.tables["tblData"].ref == one.tables["tblData"].ref == "A1:F6"
    assert two.tables["tblData"].autoFilter.ref == one.tables["tblData"].autoFilter.ref == "A1:F5"
    for row in (2, 4):
        assert two.row_dimensions[row].height == pytest.approx(one.row_dimensions[row].height, abs=1)
    assert two.freeze_panes == one.freeze_panes
    assert len(two.data_validations.dataValidation) == len(one.data_validations.dataValidation) == 1
    assert [str(held.sqref) for held in two.conditional_formatting] == ["B2:B5"]
    assert read_book(streamed).table("tblData").rows == read_book(ordinary).table("tblData").rows
    assert load_workbook(streamed, data_only=True)["Data"]["B6"].value == 3 + 10**12


def test_a_long_table_is_streamed_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[tuple[Value, ...]] = [(f"R-{n}", n) for n in range(6_000)]
    with Book(path, title="T", marking="M", as_at=NOW) as book:
        assert book.table("Data", "tblData", [Column(title="Ref"), Column(title="N")], rows, description="d") == 6_000
    assert [row.values for row in read_book(path).table("tblData").rows] == rows


class Counted(tuple[Value, ...]):
    """A row that knows how many of its kind are alive."""

    alive = most = 0

    def __new__(cls, *values: Value) -> Counted:
        cls.alive += 1
        cls.most = max(cls.most, cls.alive)
        return super().__new__(cls, values)

    def __del__(self) -> None:
        type(self).alive -= 1


def test_the_rows_of_a_long_table_are_never_all_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = (Counted(f"R-{n}", n, f"said {n}") for n in range(STREAM_FROM * 20))
    columns = [Column(title="Ref"), Column(title="N", kind="int", total="sum"), Column(title="Said")]
    with Book(path, title="T", marking="M", as_at=NOW) as book:
        assert book.table("Data", "tblData", columns, rows, description="d") == STREAM_FROM * 20
        assert [file.stat().st_mode & 0o77 for file in tmp_path.iterdir()] == [0, 0], "private, beside the target"
    # Those that decide whether the table is long, and the one that is on its way.
    assert Counted.most <= MEASURED_ROWS + 2
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    with ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b'<c r="A2" ' in sheet
    assert f'<dimension ref="A1:C{STREAM_FROM * 20 + 2}"/>'.encode() in sheet
    assert sheet.count(b"<row ") == STREAM_FROM * 20 + 2


def test_a_full_disk_under_a_long_table_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"what stood there")
    rows: list[tuple[Value, ...]] = [("x",)] * STREAM_FROM
    monkeypatch.setattr("qa_toolkit.sheets.stream._write", full)
    with pytest.raises(NotSaved, match="No space left"), Book(path, title="T", marking="M", as_at=NOW) as book:
        book.table("Data", "tblData", [Column(title="Ref")], rows, description="d")
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"what stood there"


def test_a_fault_in_drawing_the_rows_is_not_blamed_on_the_disk(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Value, ...]]:
        yield from [("x",)] * STREAM_FROM
        raise FileNotFoundError("another file")

    with (
        pytest.raises(FileNotFoundError, match="another file"),
        Book(tmp_path / "a.xlsx", title="T", marking="M", as_at=NOW) as book,
    ):
        book.table("Data", "tblData", [Column(title="Ref")], rows(), description="d")
    assert list(tmp_path.iterdir()) == []


VALUES = st.one_of(st.text(max_size=60), st.integers(-(10**14), 10**14), st.none())
DAYS = st.one_of(st.dates(date(1901, 1, 1), date(2200, 1, 1)), st.none())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(VALUES, DAYS), min_size=1, max_size=8), st.booleans())
@example([("\x1f", None)], False)  # a separator that Python strips as a space, and that is shown written out
def test_whatever_is_written_is_read_back(tmp_path: Path, rows: list[tuple[Value, ...]], streamed: bool) -> None:
    path = tmp_path / "a.xlsx"
    write(path, rows, streamed=streamed, columns=[Column(title="A"), Column(title="B", kind="date")])

    def read(value: Value) -> Value:
        # Text comes back as it was shown; what is only spaces counts as nothing.
        if not isinstance(value, str):
            return value
        shown = visible(value, lines=True)
        return shown if shown.strip() else None

    wanted = [tuple(read(value) for value in row) for row in rows]
    held = [row.values for row in read_book(path).table("tblData").rows]
    assert held == [row for row in wanted if any(value is not None for value in row)]


def test_a_day_in_a_column_of_words_is_shown_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[tuple[Value, ...]] = [(date(2026, 11, 23),), (NOW,), ("x",)]
    write(path, rows, streamed=False, columns=[Column(title="A")])
    assert [row.values[0] for row in read_book(path).table("tblData").rows] == ["23 Nov 2026", "23 Jul 2026 15:02", "x"]
