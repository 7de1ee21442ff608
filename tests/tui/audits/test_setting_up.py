"""An audit set up at the keyboard: cases and facts, a sample, its terms, and who scores what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_round import THIS, two_rounds
from builders_scoring import BOSS, LEAD, RATER, START, TODAY, a_workspace
from scoring_app import At, showing

from qa_toolkit.domain.independence import Ties
from qa_toolkit.domain.sampling import Drawn, Method
from qa_toolkit.exchange.frame_file import read_frame
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.tui.audits.allocating import AllocateScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.forms.asking import Sure
from qa_toolkit.tui.forms.followed import FollowedForm
from qa_toolkit.tui.help import Page
from qa_toolkit.workflow import audits, promises, sampling, terms

AUDIT = "DS-2026-01"
TALL = (100, 50)
LIST = (
    "ref,area,excluded\n"
    + "".join(f"X{n},{'north' if n < 5 else 'south'},\n" for n in range(1, 9))
    + "X9,north,Moved\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An audit of the police, just opened."""
    at = a_workspace(tmp_path / "w")
    template, source = library.load("dip-sample")
    audits.open_audit(at, AUDIT, "Plans", template, source, agencies=["police"], due=date(2026, 12, 18), opened=TODAY,
                      by=BOSS, now=START)  # fmt: skip
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return at


def said(at: At) -> str:
    """The last message that came up."""
    return [one.message for one in at.app._notifications][-1]


async def test_an_audit_without_cases_says_how_to_begin(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        assert at.says("No cases yet. + adds one with what is known of the child, or several at once;")
        await at.keys("c")
        assert said(at) == "There is no case yet: + adds the first."
    async with showing(workspace, GridScreen(AUDIT), who=RATER, size=(80, 24)) as at:
        assert at.says("No cases yet: a co-ordinator adds them.")
        await at.keys("plus", "w", "e", "a")
        assert isinstance(at.screen, GridScreen)


async def test_a_case_is_added_with_its_facts(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("plus")
        assert at.says("The next free pseudonym is DS-2026-01-C01.")
        await at.keys("down", "down", "3", "down", '"4"', "ctrl+s")
        assert workspace.audit(AUDIT).subjects["DS-2026-01-C01"].facts == {"age_band": "13_to_14", "episodes": 4}
        assert list(workspace.audit(AUDIT).allocations) == ["DS-2026-01-C01-POLICE"]
        assert said(at) == "Added DS-2026-01-C01."
        assert at.says("Nobody is named for 1 of them: a proposes who scores.")


async def test_several_are_added_at_once_and_a_fact_belongs_to_one(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("plus", "backspace", "6", "down", "down", "3", "ctrl+s")
        assert at.says("A pseudonym and facts belong to one child.")
        await at.keys("3", "ctrl+s")
        assert len(workspace.audit(AUDIT).subjects) == 6
        assert said(at).startswith("Added DS-2026-01-C01 to DS-2026-01-C06.")
        assert workspace.audit(AUDIT).subjects["DS-2026-01-C06"].facts == {}
        await at.keys("plus", "backspace", "4", "0", "0", "ctrl+s")
        assert at.says("Add from 1 to 100 cases at once; 400 is outside.")


async def test_what_could_identify_a_child_is_refused_as_a_pseudonym(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("plus", "down", '"JS2009"')
        assert at.says("“JS2009” cannot be a case reference: it could identify a child.")
        await at.keys("ctrl+s")
        assert isinstance(at.screen, FollowedForm)
        assert workspace.audit(AUDIT).subjects == {}
        await at.keys(*["backspace"] * 6, '"c7"')
        assert at.says("The case will be DS-2026-01-C07.")
        await at.keys("escape", "plus")
        assert at.says("What you typed before you left this form stands here again.")
        await at.keys("ctrl+s")
        assert list(workspace.audit(AUDIT).subjects) == ["DS-2026-01-C07"]


async def test_facts_are_changed_and_taken_out_and_a_second_hand_is_told(workspace: Workspace) -> None:
    child = audits.add_case(workspace, AUDIT, facts={"age_band": "13 to 14", "episodes": 4}, by=BOSS, now=START,
                            today=TODAY)  # fmt: skip
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("c", "3", "down", "backspace", '"12"', "ctrl+s")
        child = workspace.audit(AUDIT).subjects[child.id]
        assert child.facts == {"episodes": 12}, "a digit pressed again takes its option out"
        assert said(at) == "DS-2026-01-C01: 1 of 2 facts are entered."
        await at.keys("c", "2")
        audits.set_case_facts(workspace, child.id, {"episodes": 5}, seen=seen(child), by=BOSS, now=START)
        await at.keys("ctrl+s")
        assert isinstance(at.screen, FollowedForm)
        assert workspace.audit(AUDIT).subjects[child.id].facts == {"episodes": 5}


async def test_the_terms_are_set_shown_again_and_emptied(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("e", '"XX=Seen early?"', "down", '"Children with a plan"', "down", '"1/10/2026"', "ctrl+s")
        assert at.says("has no section XX")
        await at.keys("up", "up", *["backspace"] * 14, '"VC=Seen early?"', *["down"] * 6, '"1/12/2026"')
        assert at.says("1 Dec 2026 tools go out; 15 Dec 2026 record checks are answered"), at.text
        await at.keys("down", '"2/12/2026"', "ctrl+s")
        assert at.says("One timetable: the ordinary one, or that of a joint inspection.")
        await at.keys(*["backspace"] * 9, "ctrl+s")
        found = terms.terms_of(workspace, AUDIT)
        assert [(line.text, line.sections) for line in found.lines] == [("Seen early?", ("VC",))]
        assert (found.cohort, found.census) == ("Children with a plan", date(2026, 10, 1))
        assert found.timetable[0].day == date(2026, 12, 1)
        await at.keys("e")
        assert at.says("VC=Seen early?")
        await at.keys("down", "down", *["backspace"] * 11, "ctrl+s")
        found = terms.terms_of(workspace, AUDIT)
        assert (found.cohort, found.census, len(found.timetable)) == ("Children with a plan", None, 6)


async def test_who_scores_is_proposed_with_reasons_and_written_on_a_yes(workspace: Workspace) -> None:
    audits.add_cases(workspace, AUDIT, 3, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("a")
        assert isinstance(at.screen, AllocateScreen)
        assert at.says("Auditors for 3 of 3 returns. y names them; nothing is written before.")
        assert at.says(f"C01 Lee Lead ({LEAD}): 0 open returns, the fewest of 2")
        assert all(not one.rater for one in workspace.audit(AUDIT).allocations.values())
        await at.keys("r", "down", "down", "down", "enter")
        assert at.says("police has nobody here with the role chair. Add somebody: g on the first screen")
        await at.keys("y")
        assert said(at) == "There is nobody to name. Esc goes back."
        await at.keys("r", "down", "enter", "a", "down", "enter")
        assert at.says("Auditors for 3 of 3 returns of Police.")
        await at.keys("y")
        assert isinstance(at.screen, GridScreen)
        raters = [one.rater for one in workspace.audit(AUDIT).allocations.values()]
        assert sorted(set(raters)) == [RATER, LEAD]
        assert said(at) == "3 returns have somebody now."
        assert not at.says("Nobody is named")
        await at.keys("a")
        assert at.says("Every return that is owed has somebody, or is begun.")


async def test_whoever_holds_or_supervises_a_case_is_not_proposed_for_it(workspace: Workspace) -> None:
    audits.add_cases(workspace, AUDIT, 1, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, GridScreen(AUDIT), who=LEAD, size=(80, 24)) as at:
        await at.keys("h", "space", "ctrl+s", "escape")
        assert workspace.audit(AUDIT).all(Ties) == {}, "left half way"
        await at.keys("h", "space", "ctrl+s", "ctrl+s")
        assert said(at) == f"DS-2026-01-C01, Police: held by {RATER}; supervised by nobody here."
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("a")
        assert at.says(f"C01 Lee Lead ({LEAD}): 0 open returns, the only auditor free; 1 left out, who holds")
        await at.keys("escape", "h")
        assert at.says(f"[x] Alex Auditor ({RATER})")
        await at.keys("ctrl+s", "down", "space", "ctrl+s", "a")
        assert at.says("Auditor of police: all 2 hold or supervise the case.")


async def test_who_is_excused_is_neither_counted_nor_proposed(workspace: Workspace) -> None:
    """The grid once counted one more than the proposal had."""
    audits.add_cases(workspace, AUDIT, 2, by=BOSS, now=START, today=TODAY)
    promises.excuse(workspace, f"{AUDIT}-C01-POLICE", "The file is with the court.", "panel chair", by=BOSS, now=START)
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        assert at.says("Nobody is named for 1 of them")
        await at.keys("a")
        assert at.says("Auditors for 1 of 1 returns.")


async def test_what_moved_since_it_was_proposed_is_not_overwritten(workspace: Workspace) -> None:
    audits.add_cases(workspace, AUDIT, 2, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, AllocateScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        audits.allocate(workspace, f"{AUDIT}-C01-POLICE", RATER, by=BOSS, now=START)
        await at.keys("y")
        assert "was changed since this was proposed" in said(at)
        assert at.says("Auditors for 1 of 1 returns.")
        assert not workspace.audit(AUDIT).allocations[f"{AUDIT}-C02-POLICE"].rater


async def test_a_sample_is_shown_before_it_is_drawn_and_can_be_drawn_again(workspace: Workspace) -> None:
    file = workspace.root.parent / "list.csv"
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("w", '"nowhere.csv"', "down", "4", "ctrl+s")
        assert at.says("There is no file nowhere.csv.")
        await at.keys("up", *["backspace"] * 11, f'"{file}"', "down", "down", "2", "down", "down", '"Area"', "ctrl+s")
        assert isinstance(at.screen, Sure)
        assert at.says(
            "4 of 8 candidates (1 excluded), 2 in reserve. Method: stratified; seed: “23 Nov 2026 DS-2026-01”."
        )
        assert at.says("Shared out: north 2; south 2."), at.text
        await at.keys("n")
        assert isinstance(at.screen, FollowedForm)
        assert at.says("What you typed before"), "a no goes back to the form as it was"
        assert workspace.audit(AUDIT).subjects == {}
        await at.keys("ctrl+s", "y")
        sample = sampling.sample_of(workspace, AUDIT)
        assert (sample.method, sample.size, sample.by, sample.excluded) == (Method.STRATIFIED, 4, ("area",), 1)
        assert len(workspace.audit(AUDIT).all(Drawn)) == 4
        assert said(at).startswith("Drew 4 cases, DS-2026-01-C01 to DS-2026-01-C04.")
        await at.keys("w")
        assert said(at) == "DS-2026-01 has its sample already: 4 cases."
    from qa_toolkit.exchange.frame_file import read_frame

    assert sampling.prove(workspace, AUDIT, read_frame(file, today=TODAY)).same


async def test_cases_chosen_on_purpose_each_keep_their_reason(workspace: Workspace) -> None:
    file = workspace.root.parent / "list.csv"
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("w", f'"{file}"', *["down"] * 5, '"X3"', "ctrl+s")
        assert at.says("“X3” gives no reason")
        await at.keys('"=Placed far away"', "ctrl+s")
        assert at.says("Method: purposive")
        await at.keys("y")
        (drawn,) = workspace.audit(AUDIT).all(Drawn).values()
        assert (drawn.ref, drawn.reason) == ("X3", "Placed far away")


async def test_what_an_audit_of_agencies_or_a_closed_one_does_not_take_is_said(
    tmp_path: Path, workspace: Workspace
) -> None:
    audits.close_audit(workspace, AUDIT, by=BOSS, now=START)
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        for key in ("plus", "e", "a", "w"):
            await at.keys(key)
            assert "is closed" in said(at)
            assert isinstance(at.screen, GridScreen)
    async with showing(two_rounds(tmp_path / "r"), GridScreen(THIS), who=BOSS, size=(80, 24)) as at:
        await at.keys("plus")
        assert "is about agencies, not children" in said(at)
        await at.keys("p")
        assert said(at).endswith("is about agencies, not children, so it has no sample.")


async def test_a_reserve_stands_in_for_a_case_with_the_reason(workspace: Workspace) -> None:
    frame = read_frame(workspace.root.parent / "list.csv", today=TODAY)
    sampling.draw_sample(workspace, AUDIT, frame, method=Method.SIMPLE, size=2, reserves=1, seed="12 May", by=BOSS,
                         now=START, today=TODAY)  # fmt: skip
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=TALL) as at:
        await at.keys("r")
        assert at.says("Why does DS-2026-01-C01 (")
        await at.keys('"Moved"', "enter")
        assert at.says("Say it in a sentence")
        await at.keys('" away before the period."', "enter")
        made = workspace.audit(AUDIT).all(Drawn)["DS-2026-01-C03"]
        assert (made.replaces, made.reason) == ("DS-2026-01-C01", "Moved away before the period.")
        assert said(at) == f"DS-2026-01-C03 ({made.ref}) stands in for DS-2026-01-C01."
        await at.keys("down", "r", '"Not in the area at all."', "enter")
        assert said(at) == f"No reserve is left in the sample of {AUDIT}."


async def test_a_sample_is_proved_by_anybody_who_has_the_list(workspace: Workspace) -> None:
    file = workspace.root.parent / "list.csv"
    async with showing(workspace, GridScreen(AUDIT), who=RATER, size=(80, 24)) as at:
        await at.keys("p")
        assert said(at).startswith(f"No sample was drawn for {AUDIT}.")
    sampling.draw_sample(workspace, AUDIT, read_frame(file, today=TODAY), method=Method.SIMPLE, size=2, reserves=1,
                         seed="12 May", by=BOSS, now=START, today=TODAY)  # fmt: skip
    sampling.replace_case(workspace, f"{AUDIT}-C01", "Moved away before.", by=BOSS, now=START, today=TODAY)
    audits.close_audit(workspace, AUDIT, by=BOSS, now=START)
    (workspace.root.parent / "other.csv").write_text(LIST.replace("X1,", "Y1,"), encoding="utf-8")
    before = {file: file.read_bytes() for file in workspace.root.rglob("*.journal")}
    async with showing(workspace, GridScreen(AUDIT), who=RATER, size=(80, 24)) as at:
        await at.keys("p", '"nowhere.csv"', "enter")
        assert at.says("There is no file nowhere.csv.")
        await at.keys(*["backspace"] * 11, f'"{file}"', "enter")
        assert isinstance(at.screen, Page)
        assert at.says("The same cases: simple, seed “12 May”, 2 of 8 candidates, 1 excluded.")
        assert at.says("Replaced since: 1 case, which does not count against it.")
        await at.keys("escape", "p", f'"{file.with_name("other.csv")}"', "enter")
        assert at.says("Not the same list: it has as many candidates, and something of them was changed.")
    assert {file: file.read_bytes() for file in workspace.root.rglob("*.journal")} == before


async def test_a_case_that_was_not_drawn_has_no_reserve(workspace: Workspace) -> None:
    audits.add_case(workspace, AUDIT, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("r")
        assert said(at) == "DS-2026-01-C01 was not drawn in a sample, so no reserve stands in for it."


async def test_a_waiver_is_given_with_its_reason_and_who_agreed(workspace: Workspace) -> None:
    audits.add_case(workspace, AUDIT, by=BOSS, now=START, today=TODAY)
    owed = "DS-2026-01-C01-POLICE"
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=(80, 24)) as at:
        await at.keys("v")
        assert at.says(f"may score {owed}, although they hold or supervise the case?")
        people = [one.id for one in workspace.people().values() if one.agency == "police"]
        await at.keys(*["down"] * people.index(RATER), "enter", '"Only she is trained"', "down", "ctrl+s")
        assert at.says("“Who agreed it, by role” is empty. It is needed.")
        await at.keys('"panel chair"', "ctrl+s")
        made = workspace.audit(AUDIT).waivers[owed]
        assert (made.person, made.reason, made.agreed_by) == (RATER, "Only she is trained", "panel chair")
        assert said(at).endswith(f"may score {owed}; the report shows why and who agreed.")
        await at.keys("v")
        assert at.says(f"A waiver stands for {RATER}")


async def test_reserves_and_waivers_are_for_co_ordinators(workspace: Workspace) -> None:
    audits.add_case(workspace, AUDIT, by=BOSS, now=START, today=TODAY)
    async with showing(workspace, GridScreen(AUDIT), who=LEAD, size=(80, 24)) as at:
        await at.keys("r", "v")
        assert isinstance(at.screen, GridScreen)
