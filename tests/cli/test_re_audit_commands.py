"""`qa audit open --re-audit-of`, `qa audit compare`, `qa case same`."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_re_audit import AGAIN, FIRST, two_audits
from builders_scoring import RATER
from keyboard import Keyboard


@pytest.fixture
def both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    two_audits(tmp_path / "findings" / "n", ["no"] * 4, ["yes"] * 4).close()
    return Keyboard(tmp_path / "findings" / "n", capsys)


def test_two_audits_are_set_side_by_side_as_lines_and_as_json(both: Keyboard) -> None:
    ran = both("audit", "compare", AGAIN)
    assert ran.code == 0
    assert "Questions that are better\n  VC-01" in ran.out
    assert "      then: No 4 (4 children); now: Yes 4 (4 children)" in ran.out
    found = both("audit", "compare", AGAIN, "--json").json
    row = next(row for row in found["questions"] if row["id"] == "VC-01")
    assert row["way"] == "better"
    assert row["chance"] == 0.0286
    assert row["then"]["No"] == row["now"]["Yes"] == 4


def test_the_audit_says_what_it_looks_at_again(both: Keyboard) -> None:
    assert f"looks again at {FIRST}" in both("audit", "show", AGAIN).out


def test_children_are_linked_and_unlinked(both: Keyboard) -> None:
    assert both("case", "same", f"{AGAIN}-C01", f"{FIRST}-C02").code == 0
    assert "1 are known" not in both("audit", "compare", AGAIN).out
    assert "1 is known to be the same" in both("audit", "compare", AGAIN).out
    assert both("case", "same", f"{AGAIN}-C01", "--none").code == 0
    assert "known to be the same" not in both("audit", "compare", AGAIN).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("audit", "compare", FIRST), "looks again at no earlier audit"),
        (("audit", "compare", "CE-1999-01"), "There is no audit"),
        (("case", "same", f"{AGAIN}-C01"), "or take the link back with --none"),
        (("case", "same", f"{AGAIN}-C01", f"{FIRST}-C99"), "There is no case"),
    ],
)
def test_refusals_are_sentences(both: Keyboard, words: tuple[str, ...], said: str) -> None:
    ran = both(*words)
    assert ran.code != 0
    assert said in ran.err
    assert not ran.out


def test_who_still_scores_is_refused_everywhere(both: Keyboard) -> None:
    assert both("case", "add", AGAIN).code == 0
    roles = ("--role", "auditor", "--role", "panel")
    assert both("people", "add", RATER, "Alex Auditor", *roles).code == 0
    for words in (("return", "show", f"{FIRST}-C01-POLICE"), ("panel", "show", f"{FIRST}-C01"),
                  ("panel", "ledger", FIRST), ("history", f"{FIRST}-C01-POLICE"),
                  ("agreement", "--audit", FIRST)):  # fmt: skip
        ran = both(*words, by=RATER)
        assert ran.code != 0, words
        assert "is closed to you until you have sent in" in ran.err, words
        assert "Good" not in ran.out, words
