"""An auditor's whole way by the keyboard: declare, safety, answers, submit; and what they are told on it."""

from __future__ import annotations

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, a_full_return, a_return, a_workspace, every_type
from scoring_app import showing

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.scoring.concern import ConcernScreen
from qa_toolkit.tui.scoring.declare import DeclareScreen
from qa_toolkit.tui.scoring.history import HistoryScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.scoring.submit import SubmitScreen
from qa_toolkit.workflow import concerns, returns, submission


@pytest.fixture
def workspace(tmp_path):
    return a_return(a_workspace(tmp_path / "w"))


def ret(workspace: Workspace):
    """The return as a second program reads it."""
    return Workspace(workspace.root).ret(RETURN)


def answers(workspace: Workspace) -> dict[str, Answer]:
    return dict(ret(workspace).answers)


async def test_the_whole_way_from_declaring_to_sent_in(tmp_path):
    workspace = a_return(a_workspace(tmp_path / "w"), declared=False)
    async with showing(workspace, DeclareScreen(RETURN)) as at:
        await at.keys("1", "enter")
        assert isinstance(at.screen, ScoreScreen)
        assert at.screen.page.id == "S0-1", "the safety question comes first"
        await at.keys("1", "n", "1", "e", '"Plan of 3 Nov, log 12"', "escape", "n")
        assert at.screen.page.id == "PL-02"
        await at.keys("down", '"2/11/2026"', "enter", '"6 Nov 2026"', "enter")
        assert at.says("Met: it took 4 working days: within the standard of 15 working days.")
        await at.keys("escape", "n", "2", "n", "1", "n", "1")
        assert not [page.id for page in at.screen.pages if not page.done]
        await at.keys("s")
        assert isinstance(at.screen, SubmitScreen)
        await at.keys("1")
        for _ in range(12):
            step = at.screen.step
            if step.kind == "grade":
                await at.keys("2", "down", '"Sound work throughout."', "escape")
            if step.kind == "advice" and at.screen.standing.differs:
                await at.keys('"The plan was late but it worked."', "escape")
            if step.kind == "notes":
                await at.keys("a")
            if step.kind == "independence":
                await at.keys("1")
            if step.kind == "send":
                break
            await at.keys("right")
        assert not at.screen.standing.stops, at.text
        await at.keys("s")
        assert at.says("sent in")
        assert at.says("Ask a co-ordinator to give it back")
    sent = ret(workspace)
    assert sent.round == 1
    assert sent.submission.safe == "yes"
    assert sent.declarations["submission-1"].relation is Relation.NONE


async def test_somebody_who_holds_the_case_is_refused_with_a_way_out(tmp_path):
    workspace = a_return(a_workspace(tmp_path / "w"), declared=False)
    async with showing(workspace, DeclareScreen(RETURN)) as at:
        await at.keys("5", "enter")
        assert isinstance(at.screen, DeclareScreen)
        assert at.says("Nobody scores a case that they hold or supervise. Ask your agency to name somebody else")
    assert not ret(workspace).declarations


async def test_looking_at_a_return_begins_nothing(tmp_path):
    """Opening it once began it and gave it to whoever looked, though Esc promised that nothing is recorded."""
    workspace = a_workspace(tmp_path / "w")
    async with showing(workspace, HomeScreen()) as at:
        at.app.open_return(RETURN)
        await at.settle()
        assert isinstance(at.screen, DeclareScreen)
        await at.keys("5", "enter")
        assert at.says("Nobody scores a case that they hold or supervise.")
        await at.keys("escape")
        assert at.says("Not started")
        assert RETURN not in Workspace(workspace.root).audit("CE-2026-01").started
        at.app.open_return(RETURN)
        await at.settle()
        await at.keys("1", "enter")
        assert isinstance(at.screen, ScoreScreen)
    assert ret(workspace).declarations["start"].relation is Relation.NONE


async def test_all_guidance_is_read_by_the_keyboard_on_a_small_screen(tmp_path):
    """It once lay below the edge of 24 lines, where no key led."""
    workspace = a_full_return(a_return(a_workspace(tmp_path / "w")))
    async with showing(workspace, ScoreScreen(RETURN, "PL-01"), size=(80, 24)) as at:
        assert at.says("How to judge it, and what to look for (i)")
        assert not at.says("Current means reviewed")
        await at.keys("i")
        assert at.says("Current means reviewed in the last three months.")
        assert at.says("who it was sent to")
        await at.keys("escape", "down", "down", "down", "down")
        assert at.screen.focused is at.screen.query_one("#inside")
        assert at.says("Current means reviewed in the last three months.")
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        assert not at.says("How to judge it, and what to look for")
        assert at.says("How to judge (i)")


async def test_opening_questions_answers_none_of_them(tmp_path):
    workspace = a_return(a_workspace(tmp_path / "w", every_type()))
    before = ret(workspace).last
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        for _ in at.screen.pages:
            await at.keys("right")
    assert ret(workspace).last == before


async def test_it_opens_where_it_was_left(workspace):
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        await at.keys("1", "n", "1")
        here = at.screen.place
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        assert at.screen.place == here + 1, "the next open question after the one answered last"


async def test_not_applicable_asks_why_and_records_nothing_before(workspace):
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        await at.keys("a")
        assert at.says("Why does it not apply?")
        assert "PL-01" not in answers(workspace)
        await at.keys('"No plan was called for"', "enter")
    found = answers(workspace)["PL-01"]
    assert (found.missing, found.reason) == (Missing.NOT_APPLICABLE, "No plan was called for")


async def test_not_known_not_seen_and_clear(workspace):
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        await at.keys("k")
        assert answers(workspace)["PL-01"].missing is Missing.NOT_KNOWN
        await at.keys("v")
        assert answers(workspace)["PL-01"].missing is Missing.NOT_SEEN
        await at.keys("1")
        assert answers(workspace)["PL-01"].values == {"answer": "yes"}
        await at.keys("backspace")
        assert not answers(workspace)["PL-01"].answered


async def test_an_unsure_child_opens_the_concern_and_it_is_one_line(workspace):
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        await at.keys("3")
        assert isinstance(at.screen, ConcernScreen)
        assert at.says("Phone now: Duty team, 01632 960000")
        before = ret(workspace).last
        await at.keys('"Seen with older men last night"', "tab", '"It is tonight again"', "tab", '"Duty manager"')
        await at.keys("ctrl+s")
        assert ret(workspace).last == before + 1
        raised = next(iter(ret(workspace).concerns.values()))
        assert (raised.question, raised.told, raised.what) == ("S0-1", "Duty manager", "Seen with older men last night")
        await at.keys("escape")
        assert isinstance(at.screen, ScoreScreen)


async def test_one_key_raises_a_concern_from_any_question_and_while_writing(workspace):
    async with showing(workspace, ScoreScreen(RETURN, "PL-02")) as at:
        await at.keys("!" if False else "exclamation_mark")
        assert isinstance(at.screen, ConcernScreen)
        await at.keys("escape", "c", '"half a', "f2")
        assert isinstance(at.screen, ConcernScreen)
    assert answers(workspace)["PL-02"].comment == "half a"


async def test_a_coordinator_follows_a_concern_up_and_closes_it(workspace):
    made = concerns.raise_concern(workspace, RETURN, what="worry", by=RATER, now=START)
    async with showing(workspace, ConcernScreen(RETURN), who=BOSS) as at:
        await at.keys("up", "enter")
        assert at.says("What became of")
        await at.keys('"Team manager"', "tab", '"Seen today, safe"', "f9")
        assert at.says("Closed")
    follow = Workspace(workspace.root).audit("CE-2026-01").follow_ups[made.id]
    assert (follow.acknowledged_by, follow.outcome) == ("Team manager", "Seen today, safe")
    assert follow.closed_at is not None


async def test_go_to_takes_an_id_and_refuses_one_that_is_none(workspace):
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        await at.keys("g", '"pl-03"', "enter")
        assert at.screen.page.id == "PL-03"
        await at.keys("g", '"zz-99"', "enter")
        assert at.says("There is no question")
        await at.keys("escape")
        assert at.screen.page.id == "PL-03"


async def test_what_stops_submission_is_jumped_to_and_said(workspace):
    async with showing(workspace, ScoreScreen(RETURN, "PL-04")) as at:
        await at.keys("j")
        assert at.screen.desk.at.template.questions[at.screen.page.id]


async def test_the_indicative_grade_is_not_shown_before_the_auditors(tmp_path):
    workspace = a_return(a_workspace(tmp_path / "w", every_type()))
    returns.answer(workspace, RETURN, Answer(id="T-01", values={"answer": "no"}), seen=None, by=RATER, now=START)
    async with showing(workspace, SubmitScreen(RETURN)) as at:
        for _ in range(len(at.screen.steps)):
            assert not at.says("Indicative grade (advice only)")
            assert not at.says("say why")
            if at.screen.step.kind == "advice":
                assert at.says("shown once you have recorded yours")
            await at.keys("right")
        for _ in at.screen.steps:
            await at.keys(*(["left"] if at.screen.step.kind != "grade" else []))
        await at.keys("1", "down", '"Fine work"', "escape", "right")
        assert at.screen.step.kind == "advice"
        assert at.says("Indicative grade (advice only)")


async def test_missing_things_are_opened_with_enter(workspace):
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        await at.keys("1", "s")
        for _ in at.screen.steps:
            await at.keys(*(["right"] if at.screen.step.kind != "missing" else []))
        await at.keys("enter")
        assert isinstance(at.screen, ScoreScreen)
        assert at.screen.page.id == "PL-01"


async def test_a_submitted_return_is_read_only_and_says_how_to_get_it_back(workspace):
    submission.submit_nil(workspace, RETURN, "not known to this service", by=RATER, now=START)
    before = ret(workspace).last
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        assert at.says("ask a co-ordinator to give it back")
        await at.keys("1", "k", "backspace", "m", "c", '"abc"', "escape", "right", "2")
    assert ret(workspace).last == before


async def test_somebody_elses_return_can_be_read_only(workspace):
    before = ret(workspace).last
    async with showing(workspace, ScoreScreen(RETURN), who=LEAD) as at:
        assert at.says(f"You are reading {RATER}’s return")
        await at.keys("1", "right", "2", "c", '"abc"', "escape")
    assert ret(workspace).last == before


async def test_a_query_stands_against_its_question(workspace):
    a_full_return(workspace, send=True)
    submission.query(workspace, RETURN, {"PL-02": "Which meeting [b]was[/b] this?"}, by=BOSS, now=START)
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        assert at.screen.page.id == "PL-02", "it opens at what was asked"
        assert at.says("The co-ordinator asks: Which meeting [b]was[/b] this?")
        await at.keys("c", '"The strategy meeting"', "escape")
    assert answers(workspace)["PL-02"].comment == "Seen.The strategy meeting"


async def test_the_leads_check_is_the_leads_alone(tmp_path):
    workspace = a_return(a_workspace(tmp_path / "w", agency_check=True))
    async with showing(workspace, SubmitScreen(RETURN), who=LEAD) as at:
        assert [step.kind for step in at.screen.steps] == ["missing", "check"]
        await at.keys("k")
        assert at.says("not ready to be checked")


async def test_a_nil_return_is_one_key_and_a_reason(workspace):
    async with showing(workspace, SubmitScreen(RETURN)) as at:
        await at.keys("z", '"not known to this service"', "enter")
        assert at.says("nil return")
    assert ret(workspace).submission.nil


async def test_history_tells_who_when_from_what_to_what(workspace):
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        await at.keys("1", "2", "c", '"slow"', "escape", "h")
        assert isinstance(at.screen, HistoryScreen)
        assert at.says("Alex Auditor (a.auditor@police)")
        assert at.says("from “Yes” to “Partly”")
        assert at.says("comment: “slow”")


async def test_a_sensitive_mark_is_put_on_and_taken_off(workspace):
    async with showing(workspace, ScoreScreen(RETURN, "PL-01")) as at:
        await at.keys("m")
        assert answers(workspace)["PL-01"].sensitive
        assert at.says("Sensitive")
        await at.keys("m")
        assert not answers(workspace)["PL-01"].sensitive


async def test_our_record_says_otherwise(workspace):
    async with showing(workspace, ScoreScreen(RETURN)) as at:
        await at.keys("right")
        assert at.says("What the partnership entered")
        await at.keys("d", "enter", "2", "down", '"NICHE, custody record"', "ctrl+s")
        assert at.says("Our record says")
    assert ret(workspace).differences["age_band"].note == "NICHE, custody record"


async def test_an_identifier_is_pointed_out_in_sight_on_a_small_screen(tmp_path):
    """The sentence once stood below the edge, where the reason of a long question is typed."""
    workspace = a_full_return(a_return(a_workspace(tmp_path / "w")))
    async with showing(workspace, ScoreScreen(RETURN, "PL-01"), size=(80, 17)) as at:
        await at.keys("backspace", "a", '"Ring 07700 900123 or j.smith@nhs.net, as in the log of the week"')
        assert at.says("looks like a phone number: say whose it is by role instead.")
        assert at.says("Ring 07700 900123")
