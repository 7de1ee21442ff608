"""A sample drawn, proven, replaced; and a list that says who somebody is, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyboard import Keyboard
from openpyxl import Workbook, load_workbook

from qa_toolkit.domain.sampling import Drawn


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    rows = [f"K{n:02},{('CIN', 'CP')[n % 2]},{'moved' if n == 4 else ''}" for n in range(12)]
    file.write_text("\n".join(["ref,plan,excluded", *rows]), encoding="utf-8")
    return file


def test_a_sample_is_drawn_proven_and_a_case_replaced(qa: Keyboard, frame: Path) -> None:
    how = ("--size", "4", "--by", "plan", "--seed", "s", "--reserves", "1")
    ran = qa("sample", "draw", "CE-2026-01", str(frame), *how)
    assert ran.code == 0, ran.err
    cases = [line.split()[0] for line in ran.out.splitlines()]
    assert cases == [f"CE-2026-01-C{n:02}" for n in range(2, 6)]
    assert "Drew 4 of 11 candidates (1 excluded), 1 in reserve" in ran.err
    assert f"{cases[0]}-POLICE" in qa.workspace.audit("CE-2026-01").allocations
    assert "The same cases" in qa("sample", "prove", "CE-2026-01", str(frame)).out
    made = qa("sample", "replace", cases[0], "The child moved away in March")
    assert made.out == "CE-2026-01-C06\n"
    drawn = qa.workspace.audit("CE-2026-01").all(Drawn)
    assert drawn["CE-2026-01-C06"].replaces == cases[0]
    assert qa("sample", "prove", "CE-2026-01", str(frame)).code == 0
    assert "No reserve is left" in qa("sample", "replace", cases[1], "The child moved away in May").err
    assert qa("sample", "draw", "CE-2026-01", str(frame), "--size", "2", "--seed", "t").code == 3


def test_another_list_is_not_the_proof(qa: Keyboard, frame: Path) -> None:
    qa("sample", "draw", "CE-2026-01", str(frame), "--size", "3", "--seed", "s")
    frame.write_text(frame.read_text().replace("K03,CP", "K03,CIN"))
    ran = qa("sample", "prove", "CE-2026-01", str(frame))
    assert ran.code == 1
    assert "Not the same list: it has as many candidates, and something of them was changed." in ran.out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ref,name\nK1,x", "“name” could identify a child"),
        ("ref,date of birth\nK1,x", "heading 2"),
        ("ref,plan\nK1,12/03/2011", "line 2, column “plan”"),
        ("ref,plan\nK1,CP\nk1,CIN", "stands in line 2 as well"),
        ("ref,plan\nJane Smith,CP", "is no pseudonym"),
        ("code,plan\nK1,CP", "no column “ref”"),
        ("ref,plan\n,CP", "no reference"),
    ],
)
def test_a_list_that_says_who_somebody_is_is_refused(qa: Keyboard, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    ran = qa("sample", "draw", "CE-2026-01", str(file), "--size", "1", "--seed", "s")
    assert (ran.code, ran.out) == (4, "")
    assert says in ran.err
    assert qa.workspace.audit("CE-2026-01").all(Drawn) == {}


def test_a_workbook_will_do_as_a_list(qa: Keyboard, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Ref", "Plan"], ["K1", "CP"], ["K2", "CIN"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert qa("sample", "draw", "CE-2026-01", str(tmp_path / "list.xlsx"), "--size", "1", "--seed", "s").code == 0


def test_the_identity_sheet_is_empty_and_outside(qa: Keyboard, tmp_path: Path) -> None:
    inside = qa("identity-sheet", "CE-2026-01", str(qa.root / "names.xlsx"))
    assert inside.code == 3
    assert "outside" in inside.err
    out = tmp_path / "names.xlsx"
    assert qa("identity-sheet", "CE-2026-01", str(out)).code == 0
    rows = list(load_workbook(out)["Identities"].iter_rows(values_only=True))
    assert rows[0][0:3] == ("Case", "Reference in the list", "Name")
    assert rows[1] == ("CE-2026-01-C01", None, *([None] * 5))
    assert "already" in qa("identity-sheet", "CE-2026-01", str(out)).err


def test_a_joint_inspection_brings_its_ten_working_days_and_no_sample(qa: Keyboard) -> None:
    opening = ("audit", "open", "JT-2027-01", "Joint inspection", "--template", "dip-sample")
    ran = qa(*opening, "--jtai", "--notified", "4/1/2027")
    assert ran.code == 0
    assert "returns are due by 13 Jan 2027" in ran.err
    assert "18 Jan 2027  Fieldwork begins" in ran.err
    assert "add each child with `qa case add`" in ran.err
    assert "18 Jan 2027  Fieldwork begins" in qa("audit", "terms", "JT-2027-01").out
    other = ("audit", "open", "JT-2027-02", "Another", "--template", "dip-sample")
    assert "takes both: --jtai, and --notified" in qa(*other, "--jtai").err
    assert "Say by when returns are due" in qa(*other).err
