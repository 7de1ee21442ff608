"""What happens where the output goes nowhere, to a full disk, or to a place that lacks a letter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders_scoring import BOSS
from keyboard import Keyboard

QA = "import sys; from qa_toolkit.cli import main; sys.exit(main(sys.argv[1:]))"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="handles are closed and devices named in another way there")
NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")


def shell(line: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell in which `"$@"` is the command."""
    command: Sequence[str] = ["sh", "-c", line, "sh", sys.executable, "-c", QA, *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_handles_stand_in_nobodys_way(qa: Keyboard, closed: str) -> None:
    """A record that is opened must not get the number of standard output: messages would be written into it."""
    before = {file: file.read_bytes() for file in qa.root.rglob("*.journal")}
    ran = shell(f'"$@" {closed}', "--workspace", str(qa.root), "audit", "list")
    assert (ran.returncode, ran.stderr) == (0, b"")
    ran = shell(f'"$@" {closed}', "--workspace", str(qa.root), "audit", "show", "NO-2026-01")
    assert ran.returncode == 3
    assert b"Traceback" not in ran.stderr
    assert {file: file.read_bytes() for file in qa.root.rglob("*.journal")} == before


@POSIX
@NEEDS_FULL
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["where"], ["template", "list"]])
def test_output_that_cannot_be_written_is_said_in_one_sentence(qa: Keyboard, words: list[str]) -> None:
    ran = shell('"$@" > /dev/full', *words, QA_WORKSPACE=str(qa.root))
    said = ran.stderr.decode()
    assert ran.returncode == 7
    assert said.count("\n") == 1
    assert said.startswith("What the command shows could not be written (")


@POSIX
@NEEDS_FULL
def test_what_was_recorded_before_the_output_failed_is_not_denied(qa: Keyboard) -> None:
    words = ["agencies", "add", "fire", "Fire and rescue", "--as", BOSS]
    ran = shell('"$@" > /dev/full', *words, QA_WORKSPACE=str(qa.root))
    assert "Nothing was changed" not in ran.stderr.decode()
    assert "fire" in {row["id"] for row in qa("agencies", "list", "--json").json}


@POSIX
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["template", "list"]])
def test_a_reader_that_is_gone_is_no_fault(words: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run([sys.executable, "-c", QA, *words], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["", "ascii"])
def test_letters_that_a_machine_lacks_stop_nothing(qa: Keyboard, encoding: str) -> None:
    """Windows writes files in the letters of one country, and old servers in those of America."""
    qa("agencies", "add", "fire", "Fire – “north”")
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    environment = {**os.environ, **plain, "QA_WORKSPACE": str(qa.root)}
    if not encoding:
        del environment["PYTHONIOENCODING"]
    words = [sys.executable, "-c", QA, "agencies", "list"]
    ran = subprocess.run(words, capture_output=True, check=False, env=environment)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ("Fire – “north”".encode() if not encoding else b"Fire ? ?north?") in ran.stdout


def test_a_long_word_is_not_said_again_whole(qa: Keyboard) -> None:
    ran = qa("audit", "show", "A" * 60_000)
    assert ran.code == 3
    assert len(ran.err) < 400
    ran = qa("A" * 60_000)
    assert ran.code == 2
    assert len(ran.err) < 400
