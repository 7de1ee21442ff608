"""The list that a sample is drawn from, out of a CSV or a workbook: pseudonyms and strata, and nobody's identity."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import Fault, InputError, SheetError
from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.sampling import Candidate
from qa_toolkit.domain.text import how_many
from qa_toolkit.store.outside import read_outside_text

LARGEST = 5_000_000
"""Bytes of a CSV."""
NAMING = {
    "name", "forename", "surname", "initials", "dob", "birth", "address", "postcode", "nhs", "upn", "phone", "email",
    "school",
}  # fmt: skip
"""Headings that speak of somebody's identity."""
LONGEST_REF = 40


def read_frame(file: Path, *, today: date) -> list[Candidate]:
    """The candidates: a column `ref`, perhaps `excluded` (why), and any columns to share out by.

    `today` tells a date of birth of a child from another date.

    Raises:
        SheetError: A heading or a cell that could identify somebody, no references, one twice; every place is named.
    """
    rows = _csv(file) if file.suffix.lower() == ".csv" else _workbook(file)
    heads = [text.strip().lower() for text in rows[0]] if rows else []
    faults = [
        Fault(f"{file.name}, heading {number}", f"“{head}” could identify a child: leave the column out")
        for number, head in enumerate(heads, start=1)
        if NAMING & set(head.replace("_", " ").replace("-", " ").split())
    ]
    if "ref" not in heads:
        faults.append(Fault(f"{file.name}, line 1", "there is no column “ref” with the pseudonyms"))
    if faults:
        raise SheetError(f"{file.name} was not read, because of its headings:", faults)
    found: list[Candidate] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(heads, (text.strip() for text in row), strict=False))
        ref = cells.pop("ref", "")
        if not any([ref, *cells.values()]):
            continue
        faults += _faults(file, number, ref, cells, seen, today)
        excluded = cells.pop("excluded", "")
        found.append(Candidate(ref=ref, strata={k: v for k, v in cells.items() if k}, excluded=excluded))
    if faults:
        raise SheetError(
            f"Nothing was taken from {file.name}, because of {how_many(len(faults), 'fault')}:", faults[:50]
        )
    return found


def _faults(
    file: Path, number: int, ref: str, cells: dict[str, str], seen: dict[str, int], today: date
) -> Iterable[Fault]:
    where = f"{file.name}, line {number}"
    if not ref:
        yield Fault(where, "there is no reference in column “ref”")
    elif len(ref) > LONGEST_REF or " " in ref:
        yield Fault(where, f"“{ref[:40]}” is no pseudonym: use a code without spaces")
    elif ref.casefold() in seen:
        yield Fault(where, f"{ref} stands in line {seen[ref.casefold()]} as well")
    seen.setdefault(ref.casefold(), number)
    for head, text in {"ref": ref, **cells}.items():
        for hit in identifiers(text, today=today)[:1]:
            yield Fault(f"{where}, column “{head}”", hit.sentence)
        if _is_day(text):
            said = f"“{text}” is an exact day, which could identify a child: give a band"
            yield Fault(f"{where}, column “{head}”", said)


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except InputError:
        return False
    return True


def _csv(file: Path) -> list[list[str]]:
    text = read_outside_text(file, LARGEST, "a list of candidates", kind=SheetError)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise SheetError(f"{file.name} is not CSV ({error}).") from None


def _workbook(file: Path) -> list[list[str]]:
    # Reading workbooks costs 100 ms of import, and most lists are CSV.
    from qa_toolkit.sheets.reader import read_book

    sheets = read_book(file).sheets
    return [["" if cell is None else str(cell) for cell in row.values] for row in sheets[0].rows] if sheets else []
