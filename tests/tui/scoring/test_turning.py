"""Turning the page: the widgets of a question with options stay and show the next one, and nothing is mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import RETURN, a_return, a_workspace, every_type
from scoring_app import At, showing

from qa_toolkit.domain.answers import Answer
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.widgets.choosing import Choice
from qa_toolkit.tui.widgets.parts import PartBox
from qa_toolkit.tui.widgets.typing import TypedText


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_return(a_workspace(tmp_path / "w", every_type()))


def answers(workspace: Workspace) -> dict[str, Answer]:
    return dict(Workspace(workspace.root).ret(RETURN).answers)


def boxes(at: At) -> list[PartBox]:
    assert isinstance(at.screen, ScoreScreen)
    return at.screen.pane.boxes


async def test_options_are_turned_to_the_next_question_and_other_parts_are_put_in_anew(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-01")) as at:
        [first] = boxes(at)
        await at.keys("2", "right")
        assert boxes(at) == [first], "one choice after another is the same widget"
        assert at.says("( ) 1 Yes")
        assert at.says("( ) 2 Partly")
        await at.keys("3", "left")
        assert at.says("(•) 2 No"), "and shows what was given to each"
        await at.keys("g", '"T-20"', "enter")
        assert boxes(at) == [first]
        assert at.says("As many as apply; a digit puts one in or takes it out")
        assert at.says("[ ] 1 Option 1")
        await at.keys("1", "3", "right")
        assert boxes(at) != [first], "days are written in fields"
        await at.keys("g", '"T-02"', "enter")
        assert at.says("(•) 3 No")
        assert not at.says("As many as apply")
    given = {id: answer.main for id, answer in answers(workspace).items()}
    assert given == {"T-01": "no", "T-02": "no", "T-20": ["option_1", "option_3"]}


async def test_a_click_that_comes_after_the_page_was_turned_answers_nothing(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-01")) as at:
        [box] = boxes(at)
        choice = box.query_one(Choice)
        late = Choice.Chosen(choice, ("no",), choice.turns)
        given = PartBox.Given(box, "no", box.page)
        await at.keys("right")
        choice.post_message(late)
        box.post_message(given)
        await at.settle()
        await at.keys("left")
    assert answers(workspace) == {}


async def test_what_was_undone_in_one_comment_does_not_come_back_in_the_next(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "T-01")) as at:
        await at.keys("c", '"ab"', "backspace", "backspace", "escape", "right", "c", "ctrl+z")
        assert isinstance(at.screen, ScoreScreen)
        assert at.screen.pane.query_one("#comment", TypedText).text == ""
