"""Files that were made to do harm, and every way in, each tried in a process of its own that may take 300 MB and 10 s.

Run as a program with a folder: makes a workspace and the files in it, and prints for each file and way what was said.
With `quick` the heavy files, which the guard meets in the same way on every way in, are tried on one.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from builders_scoring import BOSS, RETURN, TODAY, a_return, a_workspace

from qa_toolkit.domain.errors import QAError
from qa_toolkit.exchange import inbox
from qa_toolkit.exchange.action_in import read_actions
from qa_toolkit.exchange.answers_file import read_answers
from qa_toolkit.exchange.frame_file import read_frame
from qa_toolkit.exchange.plan_table import read_plan_table
from qa_toolkit.exchange.template_sheet import template_from_workbook
from qa_toolkit.exchange.tool_in import read_tool
from qa_toolkit.store.workspace import Workspace

MEMORY, SECONDS = 300_000_000, 10
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
TOO_MUCH = "TOO MUCH"
"""What is reported of a way that ran out of memory or of time, or fell over."""


def a_book() -> dict[str, bytes]:
    """The parts of a small workbook."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Action", "Owner", "Due"), ("Audit ten files", "Police", "31/3/2027")):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(file: Path, parts: dict[str, bytes]) -> None:
    """Write parts as a workbook."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)


def sheet(rows: str | bytes) -> dict[str, bytes]:
    """A workbook whose sheet holds these rows."""
    data = rows.encode() if isinstance(rows, str) else rows
    return a_book() | {SHEET: f"<worksheet {NS}><sheetData>".encode() + data + b"</sheetData></worksheet>"}


def encrypted() -> bytes:
    """The first bytes of a workbook with a password or a label: not a zip, but what older Office wraps it in."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_000


MAKERS: dict[str, Callable[[Path], object]] = {
    "bomb": lambda file: packed(file, sheet(b" " * 30_000_000)),
    "bomb-in-strings": lambda file: packed(file, a_book() | {"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 4_000_000}),
    "far-corner": lambda file: packed(
        file, sheet('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>')
    ),
    "many-far": lambda file: packed(
        file, sheet("".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 3_000)))
    ),
    "doctype": lambda file: packed(file, a_book() | {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}),
    "laughs": lambda file: packed(
        file, a_book() | {"docProps/custom.xml": b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}
    ),
    "links": lambda file: packed(file, a_book() | {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    "macros": lambda file: packed(file, a_book() | {"xl/vbaProject.bin": encrypted()}),
    "encrypted": lambda file: file.write_bytes(encrypted()),
    "empty-rows": lambda file: packed(file, sheet("".join(f'<row r="{n}" ht="15"/>' for n in range(1, 1_000_001)))),
    "no-workbook": lambda file: packed(file, {"readme.txt": b"hello"}),
    "garbage": lambda file: file.write_bytes(os.urandom(200_000)),
    "half": lambda file: (packed(file, a_book()), file.write_bytes(file.read_bytes()[:-900])),
    "deep": lambda file: packed(file, sheet(b"<row>" * 100_000)),
}  # fmt: skip
"""Every file by name; two of them (links, macros) are otherwise sound."""

HEAVY = {"bomb", "bomb-in-strings", "far-corner", "many-far", "empty-rows"}

ANSWERS: dict[str, Callable[[Path], object]] = {
    "deep-json": lambda file: file.write_text("[" * 2_000_000),
    "long-json": lambda file: file.write_text('{"a":"' + "x" * 5_000_001 + '"}'),
    "twice-json": lambda file: file.write_text('{"PL-01": {}, "PL-01": {}}'),
    "digits-json": lambda file: file.write_text('{"PL-01": ' + "9" * 1_000_000 + "}"),
    "zip-as-json": lambda file: packed(file, a_book()),
}
"""Files of answers are text, so they have harms of their own."""


PLANS: dict[str, Callable[[Path], object]] = {
    "wide-csv": lambda file: file.write_text("," * 4_900_000),
    "long-csv": lambda file: file.write_text("\n" * 4_900_000),
    "wide-rows-csv": lambda file: file.write_text(("action," * 199 + "due\n") * 3_000),
    "quoted-csv": lambda file: file.write_text('"' * 4_900_000),
}
"""Text that a folder may hold, and that is looked at as a plan."""


def ways(at: Workspace) -> dict[str, Callable[[Path], Any]]:
    """Every way in for a workbook."""
    return {
        "tool in": lambda file: read_tool(file, at),
        "import actions": lambda file: read_actions(file, at, TODAY),
        "import plan": read_plan_table,
        "template from": template_from_workbook,
        "sample draw": lambda file: read_frame(file, today=TODAY),
        "in": lambda file: _said(inbox.look(file, at, by=BOSS, today=TODAY)),
    }


def _said(item: inbox.Item) -> str:
    return f"{item.what}: {item.waits or item.foreign}"


def bounded(deed: Callable[[], Any]) -> str:
    """What the deed says, in a process that may take so much and no more."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        # What is mapped already (the interpreter and its libraries) is not what the file costs.
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
        allowed = mapped + MEMORY - resident
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
        try:
            said = f"read: {deed()}"[:300]
        except QAError as error:
            said = str(error)[:600]
        except BaseException as fault:
            said = f"{TOO_MUCH}: {type(fault).__name__} {fault}"[:300]
        os.write(writing, said.encode(errors="replace"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read().decode()
    _, status = os.waitpid(child, 0)
    return said or f"{TOO_MUCH}: ended by {status}"


def main(folder: Path, *, quick: bool) -> None:
    """Print what was said, by file and way."""
    at = a_return(a_workspace(folder / "w"))
    template, ret = at.template_of(RETURN), at.ret(RETURN)
    found: dict[str, dict[str, str]] = {}
    for name, make in MAKERS.items():
        file = folder / f"{name}.xlsx"
        make(file)
        once = quick and name in HEAVY
        tried = {way: deed for way, deed in ways(at).items() if way == "import actions" or not once}
        found[name] = {way: bounded(partial(deed, file)) for way, deed in tried.items()}
    for name, make in PLANS.items():
        file = folder / f"{name}.csv"
        make(file)
        tried = {way: deed for way, deed in ways(at).items() if way in ("import plan", "in")}
        found[name] = {way: bounded(partial(deed, file)) for way, deed in tried.items()}
    for name, make in ANSWERS.items():
        file = folder / f"{name}.json"
        make(file)
        found[name] = {"answers": bounded(partial(read_answers, file, template, ret))}
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), quick="quick" in sys.argv[2:])
