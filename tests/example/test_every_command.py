"""Every command of the page of commands, with its words put wrong in turn: a sentence and a code, never more."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from qa_toolkit.cli import main
from qa_toolkit.cli.exits import MEANINGS

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `qa ([a-z -]+)` \|.*\| `(qa [^`]+)` \|$", PAGE, re.MULTILINE)
HOSTILE = (
    "", "-", "../../etc/passwd", "\x1b[31mred", "[red]x[/]", "\u202eabc", "x" * 5_000, "0", "-1", "1e999", "NaN",
    "31/02/2026", "9999-12-31", "0001-01-01", "9" * 5_000, "nobody@nowhere", "CE-2026-01", "CE-2026-01-C01-POLICE",
    "A-2025-001", "M-2026-001", "/dev/null", ".", "no/such/folder/x.xlsx", "{}", "=1+1",
    "\udcff", "\x00", "tab\tand\nline",
)  # fmt: skip
OPENS_A_SCREEN = {"open", "demo"}


@pytest.fixture(scope="module")
def copied(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, for commands to do their worst to."""
    return Path(shutil.copytree(example, tmp_path_factory.mktemp("copied") / "example"))


def put_wrong(words: str, example: str) -> Iterator[list[str]]:
    """The example of a command as it stands; then with each word that it takes left out, and put wrong in two ways."""
    typed = shlex.split(example)[1:]
    first = len(words.split())
    # Another beginning for each command, so that all of them together meet every hostile word in many places.
    wrong = cycle(HOSTILE)
    for _ in range(sum(map(ord, words)) % len(HOSTILE)):
        next(wrong)
    yield typed
    for place in range(first, len(typed)):
        yield typed[:place] + typed[place + 1 :]
        for _ in range(2):
            yield [*typed[:place], next(wrong), *typed[place + 1 :]]


@pytest.mark.parametrize(("words", "example_line"), [one for one in EXAMPLES if one[0] not in OPENS_A_SCREEN])
def test_no_command_breaks_whatever_is_typed(
    words: str,
    example_line: str,
    copied: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for typed in put_wrong(words, example_line):
        try:
            code = main(["--workspace", str(copied), "--as", "c.oakenby@business-unit", *typed])
        except SystemExit as asked_for_help:
            code = int(asked_for_help.code or 0)
        out, err = capsys.readouterr()
        assert code in MEANINGS, typed
        assert code == 0 or err.strip(), typed
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + err), typed
