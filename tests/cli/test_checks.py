"""The record check, allocation and differences by command."""

from __future__ import annotations

import io
import sys

import pytest
from builders_scoring import LEAD, RATER, RETURN, START
from keyboard import Keyboard

from qa_toolkit.workflow import returns

AUDIT = "CE-2026-01"


def test_a_column_is_shown_first_and_written_with_yes(qa: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    qa("case", "add", AUDIT)
    piped("C01\tknown\nC02\tnot knwon\n")
    wrong = qa("check", "paste", AUDIT, "police", "-", "--yes")
    assert wrong.code == 3
    assert "Line 2: “not knwon”" in wrong.err
    assert "“not known”?" in wrong.err
    assert "No reply at all from police." in qa("check", "show", AUDIT).out
    for extra, replied in (((), "0 of 2"), (("--yes",), "2 of 2")):
        piped("C01\tknown\nC02\tnot known\n")
        ran = qa("check", "paste", AUDIT, "police", "-", *extra)
        assert ran.code == 0
        assert "not known" in ran.out
        assert f"{replied} asked replied." in qa("check", "show", AUDIT).out
    assert qa("case", "check", RETURN, "no_reply").code == 0
    assert [row["police"] for row in qa("check", "show", AUDIT, "--json").json] == ["no_reply", "not_known"]
    assert qa("check", "fill", AUDIT, "police", "family", "--yes").code == 0
    assert {row["police"] for row in qa("check", "show", AUDIT, "--json").json} == {"family_known"}
    history = qa("history", AUDIT).out
    assert "pasted a column of the record check" in history
    assert "filled a column" in history


def test_a_file_that_is_not_there_is_named(qa: Keyboard) -> None:
    ran = qa("check", "paste", AUDIT, "police", "nowhere.txt")
    assert ran.code != 0
    assert "There is no file nowhere.txt" in ran.err


def test_returns_are_proposed_and_then_written(qa: Keyboard) -> None:
    qa("case", "add", AUDIT)
    assert qa("case", "held", f"{AUDIT}-C02-POLICE", "--by", RATER, "--supervised-by", LEAD).code == 0
    shown = qa("allocate", AUDIT)
    assert "all 2 hold or supervise the case" in shown.out
    assert "Nothing was changed" not in shown.err
    qa("case", "held", f"{AUDIT}-C02-POLICE", "--by", RATER)
    assert qa("allocate", AUDIT, "--json").json[0]["person"] == LEAD
    assert "Nothing was changed" in qa("allocate", AUDIT).err
    assert "1 return allocated." in qa("allocate", AUDIT, "--yes").err
    assert "Every return that is owed has somebody" in qa("allocate", AUDIT).err


def test_a_difference_is_listed_and_settled(begun: Keyboard) -> None:
    at = begun.workspace
    returns.differ(at, RETURN, "age_band", "15 to 16", note="Passport", by=RATER, now=START)
    at.close()
    assert begun("difference", "list", AUDIT, "--json").json[0]["status"] == "open"
    done = begun("difference", "settle", RETURN, "age_band", "--stands", "agency", "--why", "Passport was seen.",
                 "--agreed-by", "panel chair")  # fmt: skip
    assert "the agency’s word stands" in done.err
    assert "Nothing is to be settled" in begun("difference", "list", AUDIT).err
    assert "panel chair" in begun("difference", "list", AUDIT, "--all").out
