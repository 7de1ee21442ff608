"""The round on the screen: a section at a time, three words in a cell, and the panel's word by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_round import THIS, two_rounds
from builders_scoring import BOSS
from scoring_app import showing

from qa_toolkit.domain.rounds import Moderated
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.audits.indicators import IndicatorsScreen


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return two_rounds(tmp_path_factory.mktemp("round") / "w", 8)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_eight_agencies_stand_side_by_side(eight: Workspace, size: tuple[int, int]) -> None:
    async with showing(eight, IndicatorsScreen(THIS), who=BOSS, size=size) as at:
        assert at.says("The whole (1 of 7)")
        await at.keys("n")
        row = next(line for line in at.text.splitlines() if line.startswith("KN-01"))
        under = at.text.splitlines()[at.text.splitlines().index(row) + 1]
        assert row.count("In place") == 7
        assert under.startswith("before")
        assert under.count("Not st") == 8
        assert all(len(line) <= size[0] for line in at.text.splitlines())
        assert at.says("social-care, received: In place. Ours on KN-01. · Dip of twelve files")
        assert at.says("before: Not started; 2 steps higher now")
        await at.keys("down")
        assert at.says("* carried over from last time, and not looked at again")


async def test_only_what_moved_can_be_shown(eight: Workspace) -> None:
    async with showing(eight, IndicatorsScreen(THIS), who=BOSS) as at:
        await at.keys("n", "d")
        assert [line.split()[0] for line in at.text.splitlines() if line.startswith("KN-")] == ["KN-01", "KN-03"]
        await at.keys("p", "p", "n", "n", "n")
        assert at.says("Nothing on this page moved; d shows every row.")


async def test_the_panels_word_is_recorded_with_its_reason(tmp_path: Path) -> None:
    plain = two_rounds(tmp_path / "w", 2)
    async with showing(plain, GridScreen(THIS), who=BOSS) as at:
        await at.keys("m")
        assert isinstance(at.screen, IndicatorsScreen)
        await at.keys("n", "m", "down", "enter", '"Too soon to say so."', "ctrl+s")
        assert at.says("panel: Developing. Too soon to say so.")
        assert at.says("social-care, received: In place.")
        await at.keys("p", "down", "m", "down", "enter", '"Most of it is in place."', "ctrl+s")
        assert at.says("panel: Good. Most of it is in place.")
    assert plain.audit(THIS).all(Moderated)[f"{THIS}-O01:KN-01"].value == "developing"


async def test_it_is_reached_from_the_list_of_audits(eight: Workspace) -> None:
    async with showing(eight, AuditsScreen(), who=BOSS) as at:
        await at.keys("c")
        assert isinstance(at.screen, IndicatorsScreen)


async def test_who_may_not_look_is_told(eight: Workspace) -> None:
    async with showing(eight, IndicatorsScreen(THIS), who="a.auditor@police") as at:
        assert at.says("Moderation is for the chair, the panel and co-ordinators")
        await at.keys("n", "m", "d", "enter")
        assert "In place" not in at.text
