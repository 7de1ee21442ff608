"""Every key on every scale: digits answer and never move, arrows and pages move and never answer, one key clears."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import RETURN, SCALES, a_return, a_workspace, every_type
from scoring_app import At, showing

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.template.scales import builtin_scales
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.widgets.typing import TypedText

DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "minus", "equals_sign")
MOVES = ("down", "up", "tab", "pagedown", "pageup")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_return(a_workspace(tmp_path / "w", every_type()))


def answers(workspace: Workspace) -> dict[str, Answer]:
    return dict(workspace.ret(RETURN).answers)


def place(at: At) -> str:
    screen = at.screen
    assert isinstance(screen, ScoreScreen)
    return screen.page.id


@pytest.mark.parametrize(("number", "scale"), list(enumerate(SCALES, start=1)))
async def test_digits_answer_and_only_answer(workspace: Workspace, number: int, scale: str) -> None:
    id = f"T-{number:02}"
    options = [option.value for option in builtin_scales()[scale].options]
    async with showing(workspace, ScoreScreen(RETURN, id)) as at:
        for position, key in enumerate(DIGITS):
            await at.keys(key)
            assert place(at) == id, f"{key} moved"
            wanted = options[min(position, len(options) - 1)]
            assert answers(workspace)[id].main == wanted, f"{key} of {len(options)} options"
            assert at.says("stands for no option here") == (position >= len(options)), key
        await at.keys("backspace")
        assert id not in answers(workspace) or not answers(workspace)[id].answered
        await at.keys("1")
        before = answers(workspace)
        for key in MOVES:
            await at.keys(key)
            assert answers(workspace) == before, f"{key} answered"


async def test_a_page_key_turns_the_page_even_from_a_short_field(workspace: Workspace) -> None:
    """It once stayed in the field, where a page of one line means nothing."""
    async with showing(workspace, ScoreScreen(RETURN, "T-08")) as at:
        await at.keys("pagedown")
        assert isinstance(at.screen.focused, TypedText)
        await at.keys("pageup")
        assert place(at) == "T-08"


async def test_arrows_and_pages_move_a_question_and_back(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-02")) as at:
        for key, expected in (("right", "T-03"), ("pagedown", "T-04"), ("left", "T-03"), ("pageup", "T-02")):
            await at.keys(key)
            assert place(at) == expected
        assert answers(workspace) == {}


async def test_several_may_be_chosen_with_all_twelve_keys(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-20")) as at:
        await at.keys(*DIGITS)
        assert len(answers(workspace)["T-20"].main) == 12
        await at.keys("1", "equals_sign")
        assert answers(workspace)["T-20"].main == [f"option_{n}" for n in range(2, 12)]


@pytest.mark.parametrize("key", ["k", "v"])
async def test_no_value_has_a_key_of_its_own_and_clearing_takes_it_back(workspace: Workspace, key: str) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-02")) as at:
        await at.keys("1", key)
        given = answers(workspace)["T-02"]
        assert given.values == {}
        assert given.missing is not None
        await at.keys("backspace")
        assert "T-02" not in answers(workspace) or not answers(workspace)["T-02"].answered


async def test_not_applicable_asks_why(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-02")) as at:
        await at.keys("a")
        assert at.says("Why does it not apply?")
        await at.keys('"Not at this school"', "escape")
        assert answers(workspace)["T-02"].reason == "Not at this school"


async def test_letters_are_letters_while_writing(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-02")) as at:
        await at.keys("2", "c", '"1 a k v ! n s"', "escape")
        given = answers(workspace)["T-02"]
        assert (given.main, given.comment, given.missing) == ("partly", "1 a k v ! n s", None)
        assert place(at) == "T-02"


WRITTEN = {
    "T-11": ("date", '"3/11/2026"', "2026-11-03"),
    "T-12": ("short_text", '"by 2 of 3"', "by 2 of 3"),
    "T-13": ("long_text", '"2 of 3 saw it"', "2 of 3 saw it"),
    "T-14": ("evidence_list", '"Log 12"', ["Log 12"]),
}


@pytest.mark.parametrize("id", WRITTEN, ids=[kind for kind, _, _ in WRITTEN.values()])
async def test_what_is_written_is_an_answer_and_a_digit_beside_it_is_none(workspace: Workspace, id: str) -> None:
    _, words, value = WRITTEN[id]
    async with showing(workspace, ScoreScreen(RETURN, id)) as at:
        await at.keys("5", "minus")
        assert answers(workspace) == {}
        assert at.says("answers nothing here")
        await at.keys("down", words, "escape")
        assert answers(workspace)[id].main == value
        assert place(at) == id
        await at.keys("5")
        assert answers(workspace)[id].main == value
        await at.keys("backspace")
        assert not answers(workspace)[id].answered
        before = answers(workspace)
        await at.keys(*MOVES)
        assert answers(workspace) == before


@pytest.mark.parametrize("id", ["T-09", "T-10"], ids=["integer", "percentage"])
async def test_a_number_takes_its_digits_and_is_recorded_on_leaving(workspace: Workspace, id: str) -> None:
    async with showing(workspace, ScoreScreen(RETURN, id)) as at:
        await at.keys("4", "2")
        assert answers(workspace) == {}, "half a number is none"
        await at.keys("right", "escape")
        assert answers(workspace)[id].main == 42
        before = answers(workspace)
        await at.keys(*MOVES)
        assert answers(workspace) == before
        await at.keys("g", f'"{id}"', "enter", "escape", "backspace")
        assert place(at) == id
        assert not answers(workspace)[id].answered


async def test_a_row_of_a_matrix_takes_its_own_digit(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-22")) as at:
        await at.keys("2", "down", "1", "9")
        assert answers(workspace)["T-22"].main == {"home": "no", "school": "yes"}
        assert at.says("stands for no option here")
        await at.keys("backspace")
        assert not answers(workspace)["T-22"].answered


async def test_an_answer_of_two_parts_keeps_digits_and_number_apart(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-24")) as at:
        await at.keys("2", "down", "1", "4", "escape")
        given = answers(workspace)["T-24"]
        assert given.values == {"answer": "good", "days": 14}
        await at.keys("backspace")
        assert not answers(workspace)["T-24"].answered


async def test_rows_are_added_and_taken_out_and_a_digit_outside_makes_none(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-23")) as at:
        await at.keys("1")
        assert answers(workspace) == {}
        await at.keys("down", "enter", '"3/11/2026"', "enter", "7", "enter", "2", "ctrl+s")
        assert answers(workspace)["T-23"].main == [{"began": "2026-11-03", "hours": 7, "seen": "no"}]
        await at.keys("up", "backspace")
        assert not answers(workspace)["T-23"].answered


async def test_a_time_needs_both_its_ends(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-21")) as at:
        await at.keys("3", "down", '"2/11/2026"', "enter")
        assert answers(workspace) == {}
        await at.keys('"4/11/2026"', "escape")
        assert answers(workspace)["T-21"].main == {"from": "2026-11-02", "to": "2026-11-04"}
        await at.keys("backspace")
        assert not answers(workspace)["T-21"].answered
