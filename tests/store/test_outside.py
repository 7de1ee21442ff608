"""Files that somebody names: what is no plain file of a sensible size is refused before it is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa_toolkit.domain.errors import InputError, NotFound, SheetError
from qa_toolkit.store.outside import read_outside, read_outside_text


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfone,two\n")
    assert read_outside(tmp_path / "a.csv", 11, "a list") == b"\xef\xbb\xbfone,two\n"
    assert read_outside_text(tmp_path / "a.csv", 11, "a list") == "one,two\n"


def test_a_byte_too_many_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"12345")
    with pytest.raises(SheetError, match="is larger than 4 bytes, so it is not a list: check the file"):
        read_outside(tmp_path / "a.csv", 4, "a list", kind=SheetError)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.csv", tmp_path / "none" / "a.csv"):
        with pytest.raises(NotFound, match="check the name and the folder"):
            read_outside(missing, 4, "a list")
    (tmp_path / "file").touch()
    with pytest.raises(NotFound):
        read_outside(tmp_path / "file" / "below", 4, "a list")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder: name the file in it that is a list"):
        read_outside(tmp_path, 4, "a list")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is no plain file"):
        read_outside(tmp_path / "pipe", 4, "a list")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_without_an_end_is_not_read() -> None:
    """`qa verify --against /dev/zero` took all the memory there was."""
    with pytest.raises(InputError, match="is no plain file"):
        read_outside(Path("/dev/zero"), 4, "a list")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"a.csv is not UTF-8 text \(byte 3\)"):
        read_outside_text(tmp_path / "a.csv", 10, "a list")


def test_a_name_that_no_system_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_outside(tmp_path / "a\0b", 10, "a list")
