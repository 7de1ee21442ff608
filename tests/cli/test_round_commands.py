"""`qa round show`, `qa round moderate`."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_round import THIS, two_rounds
from keyboard import Keyboard


@pytest.fixture
def qa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    two_rounds(tmp_path / "findings" / "n").close()
    return Keyboard(tmp_path / "findings" / "n", capsys)


def test_a_round_is_shown_moderated_and_shown_again(qa: Keyboard) -> None:
    ran = qa("round", "show", THIS, "--section", "kn")
    assert ran.code == 0
    assert "social-care: received · police: not started" in ran.out
    assert "Beside last time, of 6: 1 higher, 4 the same, 1 lower." in ran.out
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["KN-01", "In", "place"] in lines
    assert ["KN-02", "Developing*"] in lines
    assert ["last", "time", "Not", "started", "Not", "started"] in lines
    said = qa("round", "moderate", f"{THIS}-O01", "KN-01", "In place", "As the dip of May shows.")
    assert said.code == 0
    assert "The agency’s own stays." in said.err
    full = qa("round", "show", THIS, "--agency", "social-care", "--section", "KN").out
    assert "    own: In place. Ours on KN-01. · Dip of twelve files" in full
    assert "    panel: In place. As the dip of May shows." in full
    found = qa("round", "show", THIS, "--json").json
    row = found["sections"][1]["rows"][0]
    assert row["agencies"]["social-care"]["moderated"]["label"] == "In place"
    assert row["agencies"]["social-care"]["moved"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "CE-1999-01"), "There is no audit"),
        (("show", THIS, "--section", "ZZ"), "There is no section ZZ here"),
        (("show", THIS, "--agency", "gp"), "gp is not asked"),
        (("moderate", f"{THIS}-O02", "KN-01", "In place", "As the dip shows."), "is not filed yet"),
    ],
)
def test_refusals_are_sentences(qa: Keyboard, words: tuple[str, ...], said: str) -> None:
    ran = qa("round", *words)
    assert ran.code != 0
    assert said in ran.err
