"""Bad input gets one plain sentence that names the thing, the place and the way out, and the code of the table."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders_scoring import BOSS, RATER, RETURN
from keyboard import Keyboard, Ran


def one_sentence(ran: Ran, code: int, *names: str) -> None:
    assert ran.code == code, (ran.code, ran.err)
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) <= 4, ran.err
    for name in names:
        assert name in ran.err, ran.err


def journal(qa: Keyboard) -> Path:
    return qa.root / "audits" / "CE-2026-01" / "returns" / f"{RETURN}.journal"


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda p: p.write_bytes(b""), "empty"),
        (lambda p: p.write_bytes(b"not a journal at all\n"), "line 1"),
        (lambda p: p.write_bytes(p.read_bytes().replace(b"none", b"home")), "line 2"),
        (lambda p: p.write_bytes(b"".join(p.read_bytes().splitlines(keepends=True)[1:])), "line 1"),
        (lambda p: p.unlink(), "missing"),
        (lambda p: (p.unlink(), p.mkdir()), "plain file"),
    ],
    ids=["emptied", "foreign", "edited by hand", "first line cut", "deleted", "a folder instead"],
)
def test_a_harmed_file_is_named_and_never_read_as_empty(begun: Keyboard, harm: object, says: str) -> None:
    begun("return", "answer", RETURN, "S0-1", "yes", by=RATER)
    harm(journal(begun))  # type: ignore[operator]
    shown = begun("return", "show", RETURN, by=RATER)
    assert shown.code == 1, shown
    assert f"{RETURN}.journal" in shown.err
    found = begun("verify")
    assert found.code == 1
    assert f"{RETURN}.journal" in found.out
    assert says in found.out + shown.err
    assert begun("audit", "list").code == 0, "what is whole can still be read"


def test_an_unfinished_last_save_is_ignored_and_said(begun: Keyboard) -> None:
    begun("return", "answer", RETURN, "S0-1", "yes", by=RATER)
    whole = journal(begun).read_bytes()
    journal(begun).write_bytes(whole + b"0123456789abcdef")
    assert begun("return", "show", RETURN, by=RATER).code == 0
    found = begun("verify")
    assert found.code == 0
    assert "unfinished" in found.out
    begun("return", "answer", RETURN, "S0-1", "no", by=RATER)
    assert journal(begun).read_bytes().startswith(whole)
    assert begun("verify").code == 0


def test_a_workspace_of_a_newer_version_is_left_alone(qa: Keyboard) -> None:
    file = qa.root / "workspace.toml"
    file.write_text(re.sub(r"(?m)^(schema|version)( *= *)\d+", r"\g<1>\g<2>99", file.read_text()))
    one_sentence(qa("audit", "list"), 6, "newer version")


def test_a_file_in_the_place_of_a_workspace(qa: Keyboard, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x")
    qa.root = file
    one_sentence(qa("audit", "list"), 6, "notes.txt")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["return", "answer", RETURN, "PL-01", "perhaps"], ("PL-01", "Yes", "perhaps")),
        (["return", "answer", RETURN, "PL-02", "31/02/2026 to 3/3/2026"], ("PL-02", "31/02/2026")),
        (["return", "answer", RETURN, "PL-99", "yes"], ("PL-99",)),
        (["return", "answer", "CE-2026-01-C09-POLICE", "PL-01", "yes"], ("CE-2026-01-C09-POLICE",)),
        (["return", "answer", "nonsense", "PL-01", "yes"], ("NONSENSE",)),
        (["return", "answer", RETURN, "PL-01", "yes", "--comment", "x" * 1_000_001], ("1,000,000", "PL-01")),
        (["concern", "update", "CE-2026-01-C01-POLICE-K9", "--told", "x"], ("K9",)),
        (["history", RETURN, "ZZ-1"], ()),
    ],
    ids=lambda value: value[3][:12] if isinstance(value, list) and len(value) > 3 else None,
)
def test_what_cannot_be_taken_is_said_in_a_sentence(begun: Keyboard, words: list[str], names: tuple[str, ...]) -> None:
    before = journal(begun).read_bytes()
    ran = begun(*words, by=RATER)
    assert journal(begun).read_bytes() == before
    if names:
        assert ran.code == 3, ran
        assert ran.out == ""
        if "1,000,000" in names:
            names = ("characters",)
        for name in names:
            assert name in ran.err
    assert len(ran.err) < 1500


@pytest.mark.parametrize("ref", ["Jane Smith", "JS", "12/03/2011", "943 476 5919"])
def test_a_reference_with_a_name_in_it_is_refused(qa: Keyboard, ref: str) -> None:
    one_sentence(qa("case", "add", "CE-2026-01", "--ref", ref), 3, "could identify a child", "CE-2026-01-C01")


def test_bytes_that_are_not_text_are_refused_by_file_and_by_argument(begun: Keyboard, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(b"question,value\nPL-01,\xff\xfe\n")
    one_sentence(begun("return", "answer", RETURN, "--file", str(file), by=RATER), 4, "answers.csv", "UTF-8")
    toml = tmp_path / "t.toml"
    toml.write_bytes(b"\xff\xfe[template]")
    one_sentence(begun("template", "check", str(toml)), 4, "t.toml")
    code = "import sys; from qa_toolkit.cli import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-c", code, "--workspace", str(begun.root), "--as", RATER, "return", "answer", RETURN, "PL-01",
         "yes", "--comment", b"\xff\xfe"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 3, ran.stderr
    assert b"Traceback" not in ran.stderr


def test_a_template_of_another_place_is_not_a_traceback(qa: Keyboard, tmp_path: Path) -> None:
    for name in ("none.toml", "nowhere/none.toml"):
        ran = qa("template", "check", str(tmp_path / name))
        assert ran.code in (3, 4)
        assert "none.toml" in ran.err
    (tmp_path / "folder.toml").mkdir()
    assert qa("template", "check", str(tmp_path / "folder.toml")).code in (3, 4)


def test_a_workbook_that_is_none_is_refused(qa: Keyboard, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    file.write_bytes(b"PK\x03\x04 not really")
    one_sentence(qa("template", "from", str(file), str(tmp_path / "t.toml")), 4, "t.xlsx")
    assert not (tmp_path / "t.toml").exists()


def test_a_second_program_that_is_saving_is_named(begun: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    from qa_toolkit.store.folder import FolderStore

    holder = FolderStore(begun.root)
    name = f"audits/CE-2026-01/returns/{RETURN}"
    with holder.lock(name, "b.other@police on desk-4"):
        ran = begun("return", "answer", RETURN, "S0-1", "yes", by=RATER)
    one_sentence(ran, 7, "b.other@police on desk-4")


@pytest.mark.skipif(os.geteuid() == 0, reason="the system’s administrator may write everywhere")
def test_a_folder_that_cannot_be_written_to_says_not_saved(begun: Keyboard) -> None:
    for path in [journal(begun), *journal(begun).parents[:3]]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        one_sentence(begun("return", "answer", RETURN, "S0-1", "yes", by=RATER), 7, RETURN)
        assert begun("return", "show", RETURN, by=RATER).code == 0
    finally:
        for path in [*reversed(journal(begun).parents[:3]), journal(begun)]:
            path.chmod(0o700)


def test_a_copied_workspace_is_a_workspace(begun: Keyboard, tmp_path: Path) -> None:
    shutil.copytree(begun.root, tmp_path / "copy")
    begun.root = tmp_path / "copy"
    assert begun("verify").code == 0
    assert begun("return", "answer", RETURN, "S0-1", "yes", by=RATER).code == 0


def test_escape_codes_typed_by_others_never_reach_the_terminal(begun: Keyboard) -> None:
    begun("return", "answer", RETURN, "PL-01", "no", "--comment", "a\x1b]52;c;x\x07b\u202ec", "--evidence", "p" * 20,
          by=RATER)  # fmt: skip
    begun("agencies", "add", "evil", "Evil \x1b[31m agency", by=BOSS)
    for words in (["return", "show", RETURN], ["history", RETURN, "PL-01"], ["agencies", "list"]):
        ran = begun(*words)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.out + ran.err), words


def test_two_agencies_cannot_have_one_name(qa: Keyboard) -> None:
    assert qa("agencies", "add", "gp", "GP services", "--kind", "health").code == 0
    refused = qa("agencies", "add", "gp-two", "gp SERVICES", "--kind", "health")
    assert (refused.code, refused.out) == (3, "")
    assert "is the name of gp already" in refused.err


@pytest.mark.parametrize("words", [("verify", "--keep"), ("template", "to", "dip-sample")])
def test_a_file_in_no_folder_or_of_no_possible_name_is_refused_in_one_sentence(
    qa: Keyboard, tmp_path: Path, words: tuple[str, ...]
) -> None:
    for name, said in (
        ("no/such/x.xlsx", "does not exist"),
        ("x" * 300, "it is too long"),
        ("\0", "cannot be the name"),
    ):
        ran = qa(*words, str(tmp_path / name) if name != "\0" else name)
        assert ran.code in (2, 7)
        assert said in ran.err
        assert ran.err.count("\n") == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["findings"]
