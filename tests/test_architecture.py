"""The house's walls: imports run one way, each heavy library lives in one room, and rooms that must be light are."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import qa_toolkit
from qa_toolkit.domain.records import Record

PACKAGE = Path(qa_toolkit.__file__).parent

MAY_IMPORT = {
    "domain": set(),
    "sheets": {"domain"},
    "store": {"domain"},
    "workflow": {"store", "domain"},
    "reports": {"workflow", "store", "domain", "sheets"},
    "exchange": {"workflow", "store", "domain", "sheets"},
    "example": {"workflow", "store", "domain"},
    "tui": {"exchange", "reports", "workflow", "store", "domain", "sheets"},
    "cli": {"exchange", "reports", "workflow", "store", "domain", "sheets", "example"},
}
"""Each room and the rooms it may use, besides itself."""

EXCEPTIONS = {
    # `qa` without a command is the terminal face: the one place where a face opens the other.
    ("cli/commands/opening.py", "tui"),
}

ONLY_IN = {
    "tinydb": "store",
    "xlsxwriter": "sheets",
    "openpyxl": "sheets",
    "defusedxml": "sheets",
    "textual": "tui",
    "docx": "reports",
    "docxtpl": "reports",
    "jinja2": "reports",
    "typst": "reports",
}

CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time"}


@cache
def modules() -> list[tuple[str, str, ast.Module]]:
    """(room, path, tree) of every module in a room."""
    paths = [file.relative_to(PACKAGE) for file in sorted(PACKAGE.rglob("*.py"))]
    return [
        (path.parts[0], path.as_posix(), ast.parse((PACKAGE / path).read_text(encoding="utf-8")))
        for path in paths
        if len(path.parts) > 1 and path.parts[0] in MAY_IMPORT
    ]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their module in full"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_folder_of_the_package_is_a_known_room() -> None:
    rooms = {f.name for f in PACKAGE.iterdir() if f.is_dir() and any(f.glob("*.py"))}
    assert rooms <= set(MAY_IMPORT)


def test_imports_run_one_way() -> None:
    wrong = []
    for room, path, tree in modules():
        for name in imported(tree):
            parts = name.split(".")
            if parts[0] != "qa_toolkit" or len(parts) < 2 or parts[1] not in MAY_IMPORT:
                continue
            other = parts[1]
            if other != room and other not in MAY_IMPORT[room] and (path, other) not in EXCEPTIONS:
                wrong.append(f"{path} imports {name}")
    assert not wrong


def at_once(nodes: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run when a module is loaded: not those for types, nor those inside a function."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from at_once(node.body)


def test_no_modules_load_each_other_in_a_circle() -> None:
    files = {
        ".".join(("qa_toolkit", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): file
        for file in PACKAGE.rglob("*.py")
    }
    needs = {
        name: set(imported(ast.Module(list(at_once(ast.parse(file.read_text(encoding="utf-8")).body)), [])))
        & set(files)
        for name, file in files.items()
    }
    try:
        TopologicalSorter({name: needed - {name} for name, needed in needs.items()}).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_heavy_libraries_stay_in_their_room() -> None:
    wrong = [
        f"{path} imports {name}"
        for room, path, tree in modules()
        for name in imported(tree)
        if name.split(".")[0] in ONLY_IN and ONLY_IN[name.split(".")[0]] != room
    ]
    assert not wrong


def test_nothing_below_the_faces_reads_the_clock() -> None:
    wrong = []
    for room, path, tree in modules():
        if room in ("tui", "cli"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("datetime.") in CLOCKS:
                wrong.append(f"{path}:{node.lineno}")
    assert not wrong


def test_the_domain_touches_neither_disk_nor_chance() -> None:
    banned = {"os", "pathlib", "random", "secrets", "subprocess", "socket", "shutil", "tempfile", "io"}
    wrong = [
        f"{path} imports {name}"
        for room, path, tree in modules()
        if room == "domain"
        for name in imported(tree)
        if name.split(".")[0] in banned
    ]
    assert not wrong


def test_the_network_is_never_used() -> None:
    banned = {"socket", "http", "urllib.request", "ftplib", "smtplib", "ssl", "requests", "httpx"}
    wrong = [
        f"{path} imports {name}"
        for _, path, tree in modules()
        for name in imported(tree)
        if name in banned or name.split(".")[0] in banned - {"urllib.request"}
    ]
    assert not wrong


HEAVY = (
    "textual", "rich", "pydantic", "tinydb", "xlsxwriter", "openpyxl", "argparse", "docx", "docxtpl", "jinja2", "typst",
)  # fmt: skip


def loaded(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("from qa_toolkit.cli import main; main(['--version'])", set()),
        ("from qa_toolkit.cli import main; main(['--help'])", set()),
        ("import qa_toolkit.domain.grading", {"pydantic"}),
        ("import qa_toolkit.workflow.returns", {"pydantic", "tinydb"}),
        ("import qa_toolkit.cli.commands.scoring", {"pydantic", "tinydb", "argparse"}),
        (
            "import qa_toolkit.reports.layout.formats, qa_toolkit.reports.layout.word, qa_toolkit.reports.layout.html",
            set(),
        ),
        ("import qa_toolkit.reports.layout.pdf", set()),
        ("import qa_toolkit.sheets.writer", {"pydantic", "xlsxwriter"}),
        ("import qa_toolkit.tui.app", {"pydantic", "tinydb", "textual", "rich", "argparse"}),
    ],
)
def test_rooms_bring_no_more_than_they_need(statement: str, allowed: set[str]) -> None:
    assert loaded(statement) <= allowed


def test_the_first_screen_loads_nothing_that_reads_answers() -> None:
    """What only a return, a template or a meeting needs comes with the first of them: half the models, 30 ms."""
    later = ("template.model", "template.questions", "answers", "returns", "parcels", "chasing", "plans.meetings")
    code = (
        "import sys; import qa_toolkit.tui.app, qa_toolkit.tui.home.screen; "
        f"print([m for m in {later!r} if f'qa_toolkit.domain.{{m}}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_kind_of_record_has_a_table_of_its_own() -> None:
    for path in (PACKAGE / "domain").rglob("*.py"):
        importlib.import_module(".".join(("qa_toolkit", *path.relative_to(PACKAGE).with_suffix("").parts)))
    kinds = [kind for kind in Record.__subclasses__() if kind.__module__.startswith("qa_toolkit.domain")]
    tables = [kind.table for kind in kinds]
    assert len(kinds) > 20
    assert all(tables)
    assert len(set(tables)) == len(tables), sorted(tables)
