"""What is to be settled of an action sheet, as a table to fill in, and the answers from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from qa_toolkit.domain.action_sheet import Verdict
from qa_toolkit.domain.errors import Fault, InputError, NotSaved, SheetError
from qa_toolkit.domain.text import how_many, visible
from qa_toolkit.exchange.action_in import ActionsRead
from qa_toolkit.store.outside import read_outside_text

COLUMNS = ("what", "sent", "theirs", "ours", "note", "take")
ALL = "all"
LARGEST = 5_000_000
"""Bytes."""


def answers(read: ActionsRead, *, theirs: Iterable[str], ours: Iterable[str], file: Path | None) -> dict[str, str]:
    """`theirs` or `ours` for each difference that is settled, from the command line and from a file.

    Raises:
        InputError: Something is settled both ways.
        SheetError: The file cannot be read; every wrong line is named.
    """
    asked = [one.key for one in read.with_verdict(Verdict.ASK)]
    found = _from_file(file) if file is not None else {}
    for answer, keys in (("theirs", theirs), ("ours", ours)):
        for key in keys:
            for each in asked if key.strip().casefold() == ALL else [key]:
                name = next((one for one in asked if one.casefold() == each.strip().casefold()), each)
                if found.get(name, answer) != answer:
                    raise InputError(f"{visible(name)} is settled both ways: say either theirs or ours.")
                found[name] = answer
    return found


def write(read: ActionsRead, out: Path) -> None:
    """What is to be settled as a CSV, whose last column is to be filled in with `theirs` or `ours`.

    Raises:
        NotSaved: The disk refused.
    """
    if out.exists():
        raise InputError(f"{out} is there already: choose another name.")
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for one in read.with_verdict(Verdict.ASK):
        table.writerow([_plain(cell) for cell in (one.key, one.sent, one.theirs, one.ours, one.note)] + [""])
    try:
        out.write_bytes(("\ufeff" + text.getvalue()).encode())
    except OSError as error:
        raise NotSaved(f"{out} could not be written ({error.strerror}).") from error


def _plain(text: str) -> str:
    """The text for a CSV that a spreadsheet may open: nothing that begins a formula."""
    shown = visible(text, lines=True)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@", "\t", "\r") else shown


def _from_file(file: Path) -> dict[str, str]:
    text = read_outside_text(file, LARGEST, "a list of answers", kind=SheetError)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if not {"what", "take"} <= set(reader.fieldnames or ()):
            raise SheetError(f"{file.name} has no columns “what” and “take”: write one with --questions.")
        found: dict[str, str] = {}
        faults = []
        for row in reader:
            take, what = (row["take"] or "").strip().casefold(), (row["what"] or "").strip()
            if take in ("theirs", "ours") and what:
                found[what] = take
            elif take:
                where = f"{file.name}, line {reader.line_num}"
                faults.append(Fault(where, f"“{take[:40]}” is neither theirs nor ours"))
    except csv.Error as error:
        raise SheetError(f"{file.name} is not CSV ({error}).") from None
    if faults:
        raise SheetError(f"Nothing was settled, because of {how_many(len(faults), 'fault')}:", faults[:50])
    return found
