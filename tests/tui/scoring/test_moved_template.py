"""A return on the screen after its audit moved to another version of the template."""

from __future__ import annotations

from pathlib import Path

from builders_re_audit import fill
from builders_scoring import BOSS, RETURN, START, a_workspace
from scoring_app import showing

from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.store import library
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.workflow import template_moves


async def test_a_rater_sees_the_words_they_answered_and_what_is_asked_again(tmp_path: Path) -> None:
    work = a_workspace(tmp_path / "w")
    fill(work, RETURN, send=False)
    source = library.load("dip-sample")[1].replace("what the plan asked of them", "all that the plan asked of them")
    source = source.replace('lower the risk?"\ntype = "grade"', 'lower the risk?"\ntype = "rag"')
    template_moves.move(work, "CE-2026-01", read_template(source, "t.toml"), source, "Clearer", by=BOSS, now=START)
    async with showing(work, ScoreScreen(RETURN, "PL-04"), size=(160, 50)) as at:
        assert at.says("Answered under other words: “Did the police do what the plan asked of them?” is now")
    async with showing(work, ScoreScreen(RETURN, "PL-03")) as at:
        assert at.says("Asked again: the answers it takes were changed meanwhile")
        assert at.says("Log 12 of the plan, page 3")
        await at.keys("1")
        assert not at.says("Asked again")
    assert work.ret(RETURN).answers["PL-03"].main == "green"
