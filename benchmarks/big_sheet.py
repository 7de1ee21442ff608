"""100,000 rows into one real Excel table, against zip and raw XML of the same cells; and the memory that it takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from measure import machine, paired_ms, report

from qa_toolkit.sheets.columns import Column, Tone, Value

ROWS, BUDGET, MEMORY_MB = 100_000, 2.0, 150
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COLUMNS = (
    Column(title="Ref"), Column(title="Agency"), Column(title="Due", kind="date"),
    Column(title="State", kind="status", tones={"Late": Tone.BAD}), Column(title="Days", kind="int", total="sum"),
    Column(title="What was said"),
)  # fmt: skip
AGENCIES = ("Police", "Health", "Education", "Children’s social care", "Youth justice")
SAID = "The plan names who does what by when, and the child’s own words are in it; the chronology is kept. Case {}."


def rows(count: int = ROWS) -> Iterator[tuple[Value, ...]]:
    """Rows as a year's answers have them: short words that come again, a day, a number, a sentence of its own."""
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number % 400)
        state = "Late" if number % 7 == 0 else "In time"
        yield (f"A-{number:06}", AGENCIES[number % 5], day, state, number % 90, SAID.format(number))


def ours(file: Path, count: int = ROWS) -> None:
    """The table, as the toolkit writes it."""
    from qa_toolkit.sheets.writer import Book

    with Book(file, title="Big", marking="OFFICIAL", as_at=NOW) as book:
        book.table("Data", "tblData", COLUMNS, rows(count), description="Many rows.")


def raw(file: Path) -> None:
    """The same cells as XML in a zip: no table, no looks, no width, no checks."""
    first = date(1899, 12, 30).toordinal()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("sheet1.xml", "w") as part:
        for number, row in enumerate(rows(), start=2):
            cells = []
            for letter, value in zip("ABCDEF", row, strict=True):
                if isinstance(value, str):
                    text = f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
                elif isinstance(value, date):
                    text = f'<c r="{letter}{number}"><v>{value.toordinal() - first}</v></c>'
                else:
                    text = f'<c r="{letter}{number}"><v>{value}</v></c>'
                cells.append(text)
            part.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())


def peak_mb(count: int) -> float:
    """The most memory that a process takes that writes so many rows and nothing else."""
    # Not `ru_maxrss`, which a process takes over from the one that began it.
    code = f"import big_sheet, sys, pathlib; big_sheet.ours(pathlib.Path(sys.argv[1]), {count}); " + (
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        done = subprocess.run(
            [sys.executable, "-c", code, str(Path(folder) / "a.xlsx")], check=True, capture_output=True, text=True,
            cwd=Path(__file__).parent,
        )  # fmt: skip
    return int(done.stdout) / 1024


def main() -> None:
    """Print time and memory."""
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        one, other = Path(folder) / "ours.xlsx", Path(folder) / "raw.zip"
        writing: Callable[[], object] = lambda: ours(one)  # noqa: E731
        writing()
        taken, against, ratio = paired_ms(writing, lambda: raw(other), 5)
        report(f"{ROWS:,} rows into one table", taken, against, ratio, BUDGET, "zip and raw XML")
    few, many, most = peak_mb(5_000), peak_mb(ROWS), peak_mb(3 * ROWS)
    kept = "kept" if most <= MEMORY_MB else "BROKEN"
    print(f"memory: {few:.0f} MB for 5,000 rows, {many:.0f} MB for {ROWS:,}, {most:.0f} MB for {3 * ROWS:,} "
          f"(budget {MEMORY_MB} MB) {kept}")  # fmt: skip


if __name__ == "__main__":
    main()
