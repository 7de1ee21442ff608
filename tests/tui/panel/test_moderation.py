"""The panel's screen: what it shows, what one person can do on it while others talk, and what it never touches."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_panel import (
    AUDIT,
    CHAIR,
    CHILD,
    HEALTH,
    MEMBER,
    OTHER_CHILD,
    POLICE,
    SECRET,
    a_panel_workspace,
)
from builders_scoring import BOSS, LEAD, RATER, START, TODAY
from scoring_app import showing

from qa_toolkit.domain.comparing import QuestionRow
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.moderation import Asked, Confidence, Whose, records_grade
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.forms.followed import FollowedForm
from qa_toolkit.tui.forms.picking import PickMany
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.panel.moderation import ModerationScreen
from qa_toolkit.tui.panel.moderation_asks import panel_answer
from qa_toolkit.tui.panel.moderation_table import LABEL, column_width
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.workflow import findings, hearings, moderation


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_panel_workspace(tmp_path / "w")


def fresh(workspace: Workspace) -> hearings.Hearing:
    return hearings.hearing(Workspace(workspace.root), CHILD)


async def test_a_grade_is_agreed_with_reason_confidence_and_dissent_and_no_return_is_touched(
    workspace: Workspace,
) -> None:
    before = workspace.ret(POLICE).last, workspace.ret(HEALTH).last
    async with showing(workspace, ModerationScreen(AUDIT), who=BOSS) as at:
        assert at.says(f"{CHILD}, child 1 of 2 · not begun (t) · Quorate: 3 present and voting.")
        assert at.says("police: Good")
        await at.keys("g", "3", "down", '"The plan came late."', "down", "2", "down", '"The nurse."', "ctrl+s")
        assert at.says("Agreed: Requires improvement. The plan came late. (fairly sure)")
        assert at.says("Seen otherwise: The nurse.")
    agreed = fresh(workspace).agreed["overall"]
    assert (agreed.grade, agreed.reasons) == (Grade.REQUIRES_IMPROVEMENT, "The plan came late.")
    assert (agreed.confidence, agreed.dissent) == (Confidence.MEDIUM, "The nurse.")
    assert [sitter.who for sitter in agreed.voting] == [CHAIR, LEAD, MEMBER]
    later = Workspace(workspace.root)
    assert (later.ret(POLICE).last, later.ret(HEALTH).last) == before


async def test_what_is_lacking_or_refused_keeps_the_form_with_its_text(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen(AUDIT), who=BOSS) as at:
        await at.keys("g", "ctrl+s")
        assert at.says("“What does the panel agree?” is empty. It is needed.")
        await at.keys("2", "down", '"ok"', "ctrl+s")
        assert at.says("needs its reason")
        moderation.agree(workspace, CHILD, Grade.INADEQUATE, "Somebody else was first.", by=CHAIR, now=START)
        await at.keys('" It held."', "ctrl+s")
        assert isinstance(at.screen, FollowedForm), "what was typed stays where somebody else was first"
        assert at.says("ok It held.")
        await at.keys("escape")
        assert isinstance(at.screen, ModerationScreen)
        await at.keys("g")
        assert at.says("ok It held."), "and is offered back"
        await at.keys("escape")
    assert fresh(workspace).agreed["overall"].grade is Grade.INADEQUATE


async def test_the_turn_runs_and_the_next_child_is_a_key_away(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen(AUDIT), who=BOSS) as at:
        await at.keys("t")
        assert at.says("0 minutes, 30 left")
        await at.keys("t")
        assert at.says("heard in 0 minutes")
        await at.keys("n")
        assert at.says(f"{OTHER_CHILD}, child 2 of 2")
        assert at.says("Not filed: police, health.")
        await at.keys("p")
        assert at.says("child 1 of 2")


async def test_evidence_contradictions_and_what_would_change_are_one_key_away(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen(AUDIT), who=BOSS) as at:
        await at.keys("e")
        assert at.says("The whole police: Good Sound. Late but sound. Indicative:")
        await at.keys("escape", "c")
        assert at.says("police: No; health: Yes")
        await at.keys("escape", "w")
        assert at.says("its indicative grade would be")
        await at.keys("escape", "down", "enter")
        assert isinstance(at.screen, Page)


async def test_evidence_of_a_question_is_all_there_and_nothing_sensitive_is_read_out(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen(AUDIT), who=CHAIR) as at:
        screen = at.screen
        assert isinstance(screen, ModerationScreen)
        assert "PL-04" in [row.question.id for row in screen.rows if isinstance(row, QuestionRow)]
        for place in range(len(screen.rows)):
            screen.query_one("#side").move_cursor(row=place)  # type: ignore[attr-defined]
            await at.settle()
            await at.keys("e")
            assert SECRET not in at.text
            if "PL-01" in at.text:
                assert at.says("Seen in: Log 12 of n, pages 3 to 7")
            await at.keys("escape")


async def test_a_view_and_an_interest_are_recorded(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen(AUDIT), who=BOSS) as at:
        await at.keys("v", "down", "down", "enter", "4", "ctrl+s")
        assert at.says("views 1 of 3")
        await at.keys("v", "enter", "2", "down", "down", '"She lacked cover."', "ctrl+s")
        assert at.says("do not go together")
        await at.keys("escape", "i", "3", "down", '"supervised the nurse"', "ctrl+s")
        assert at.says("stands aside: Pat Member")
        assert at.says("Quorate: 2 present and voting.")
    heard = fresh(workspace)
    assert heard.voices[Whose.FAMILY].asked is Asked.UNSAFE
    assert Whose.PRACTITIONER not in heard.voices
    assert [(one.who, one.abstains) for one in heard.interests] == [(MEMBER, True)]


async def test_a_panel_is_convened_from_the_screen_and_who_leaves_is_taken_out(tmp_path: Path) -> None:
    workspace = a_panel_workspace(tmp_path / "w", convened=False)
    async with showing(workspace, ModerationScreen(AUDIT), who=BOSS) as at:
        assert at.says("No panel sits yet: s convenes it.")
        await at.keys("s", "down", "down", "down", '"named nurse = health"', "ctrl+s")
        assert isinstance(at.screen, PickMany)
        assert at.says("[x] Toni Chair")
        await at.keys("down", "down", "space", "ctrl+s")
        assert at.says("Not quorate for this child: nobody from children’s social care or police.")
        await at.keys("s", "ctrl+s")
        assert at.says("[x] Pat Member, health")
        await at.keys("down", "enter", "ctrl+s")
    panel = fresh(workspace).panel
    assert panel is not None
    assert (panel.chair, panel.minutes_each, panel.day) == (CHAIR, 40, TODAY)
    assert [(sitter.who, sitter.agency) for sitter in panel.present] == [(CHAIR, ""), ("named nurse", "health")]


async def test_a_finding_is_raised_with_one_key_from_the_row_and_says_how_common_it_is(workspace: Workspace) -> None:
    async with showing(workspace, ModerationScreen(AUDIT), who=MEMBER) as at:
        screen = at.screen
        assert isinstance(screen, ModerationScreen)
        place = next(n for n, row in enumerate(screen.rows) if isinstance(row, QuestionRow) and row.contradiction)
        await at.keys(*["down"] * place, "f", "3")
        assert at.says("Seen in 1 of 2 children, 2 of 2 returns.")
        await at.keys("down", '"Plans come late"', "down", "2", "ctrl+s")
        assert isinstance(at.screen, ModerationScreen)
    (made,) = findings.of_audit(Workspace(workspace.root), AUDIT)
    assert (made.text, made.origin) == ("Plans come late", "moderation")
    assert [ref.words for ref in made.answers] == [f"{POLICE}/PL-01"]


async def test_a_finding_from_an_answer_that_is_read_and_from_none_for_those_who_may(workspace: Workspace) -> None:
    async with showing(workspace, ScoreScreen(POLICE, "VC-01"), who=CHAIR) as at:
        await at.keys("f", "1", "down", '"Children are asked"', "down", "down", "1")
        assert at.says("Seen in 1 of 2 children, 2 of 2 returns."), "health says the same"
        await at.keys("ctrl+s")
        assert isinstance(at.screen, ScoreScreen)
    (made,) = findings.of_audit(Workspace(workspace.root), AUDIT)
    assert {ref.words for ref in made.answers} == {f"{POLICE}/VC-01", f"{HEALTH}/VC-01"}
    async with showing(workspace, ScoreScreen(POLICE, "VC-01"), who=RATER) as at:
        await at.keys("f")
        assert isinstance(at.screen, ScoreScreen)


async def test_from_the_grid_for_those_who_moderate_only(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=RATER) as at:
        await at.keys("m")
        assert isinstance(at.screen, GridScreen)
    async with showing(workspace, GridScreen(AUDIT), who=LEAD) as at:
        await at.keys("m")
        assert isinstance(at.screen, ModerationScreen), "who sits sees what the panel sees"
        await at.keys("g", "2", "down", '"It was sound."', "ctrl+s")
        assert at.says("Only a co-ordinator or the chair may record an agreed grade")
    async with showing(workspace, GridScreen(AUDIT), who=CHAIR) as at:
        await at.keys("m")
        assert isinstance(at.screen, ModerationScreen)
        await at.keys("o", "enter")
        assert isinstance(at.screen, ScoreScreen)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_eight_agencies_and_the_agreed_grade_fit_on_every_width(width: int) -> None:
    assert LABEL + 9 * column_width(width, 8) <= width - 1


def test_a_panel_question_is_read_as_an_agencys_answer_would_be() -> None:
    template, _ = library.load("child-exploitation-case-file")
    question = template.questions["J-6"]
    given = panel_answer(template, question, {"answer": "partly", "-comment": "Two hold it."})
    assert (given.values, given.comment) == ({"answer": "partly"}, "Two hold it.")
    with pytest.raises(InputError, match="Choose an answer"):
        panel_answer(template, question, {"-comment": "Two hold it."})
    if question.missing:
        way = question.missing[0]
        assert panel_answer(template, question, {"answer": "partly", "-missing": way.value}).missing is way


def test_the_question_about_the_panels_grade_is_answered_by_agreeing_one() -> None:
    for name in ("child-exploitation-case-file", "missing-children-case-file"):
        template, _ = library.load(name)
        asked = [question for question in template.questions.values() if question.asked_of == "panel"]
        assert [question.id for question in asked if records_grade(template, question)] in (["J-5"], ["JM-5"])
        assert len(asked) > 1
