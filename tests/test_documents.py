"""The documents say what is so: links lead somewhere, and what they list is what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from qa_toolkit import __version__
from qa_toolkit.cli.exits import MEANINGS
from qa_toolkit.cli.table import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")])
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    gone = [link for link in links if not (page.parent / link).exists()]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_speaks_of_one_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(home|work|root|Users|opt)/", text)


def test_every_module_that_the_architecture_names_is_there() -> None:
    there = [path.as_posix() for path in ROOT.rglob("*.py")]
    pages = [page for page in PAGES if page.name.startswith("architecture")]
    named = {name for page in pages for name in re.findall(r"`((?:\w+/)*\w+\.py)`", page.read_text(encoding="utf-8"))}
    assert len(named) > 50
    assert [name for name in sorted(named) if not any(path.endswith(f"/{name}") for path in there)] == []


def test_every_command_is_on_its_page_and_no_other() -> None:
    listed = re.findall(r"^\| `qa ([a-z -]+)` \|", COMMANDS_PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(words for words, _, _ in COMMANDS)


def test_every_example_is_of_its_own_command() -> None:
    rows = re.findall(r"^\| `qa ([a-z -]+)` \|.*\| `(qa [^`]+)` \|$", COMMANDS_PAGE, re.MULTILINE)
    assert len(rows) == len(COMMANDS)
    for words, example in rows:
        assert shlex.split(example)[1 : 1 + len(words.split())] == words.split()


def test_the_exit_codes_are_those_that_are_used() -> None:
    listed = re.findall(r"^\| (\d+) \| (.+) \|$", COMMANDS_PAGE, re.MULTILINE)
    assert {int(code): meaning for code, meaning in listed} == MEANINGS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    known = {words for words, _, _ in COMMANDS}
    first = {words.split()[0] for words in known}
    named = re.findall(r"`qa ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", page.read_text(encoding="utf-8"))
    wrong = [words for words in named if words not in known and words.split()[0] not in known]
    wrong = [words for words in wrong if words not in first]
    assert wrong == []


def test_the_changelog_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"[{__version__}]" in text or "[Unreleased]" in text


def test_every_benchmark_is_in_its_table() -> None:
    programs = {path.name for path in (ROOT / "benchmarks").glob("*.py")} - {"measure.py", "years.py", "places.py"}
    table = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert sorted(name for name in programs if name not in table) == []
