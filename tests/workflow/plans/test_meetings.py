"""The meeting itself, its papers frozen at their date, its minutes, and the code that holds them against the record."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders_meetings import GROUP, SOCIAL, a_group, a_meeting, decide, end, items, papers
from builders_plans import CHAIR, CO, COLLEAGUE, LEAD, OWNER, an_action, bring, days, do, moment

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.meetings import Came, Kind, Meeting, Stage
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import agenda, attending, due_dates, following, meetings, minutes, progress
from qa_toolkit.workflow.plans.keeping import find
from qa_toolkit.workflow.plans.minutes import Answer

FIRST = "M-2026-001"


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A workspace with a plan, and no meeting yet."""
    return a_group(tmp_path / "w")[0]


def an(workspace: Workspace, state: State = State.IN_PROGRESS, **given: Any) -> str:
    """An action in that state."""
    action = an_action(workspace, next(iter(workspace.actions_shelf.all(Plan).values())), **given)
    bring(workspace, action.id, state)
    return action.id


def attend(workspace: Workspace, *who: str, came: Came = Came.PRESENT, instead_of: str = "") -> Meeting:
    """Who came to the first meeting."""
    return attending.attend(workspace, FIRST, who, came, instead_of=instead_of, by=CO, now=moment(0), today=days(0))


# --- who is there


QUORUM: list[tuple[str, tuple[str, ...], str]] = [
    ("all", GROUP, "Quorate: 4 present."),
    ("a guest counts for the agency", (COLLEAGUE, SOCIAL, "named nurse=health"), "Quorate: 4 present."),
    ("no health", (COLLEAGUE, SOCIAL),
     "Not quorate: nobody from health. What is decided has to be ratified."),
    ("nobody", (),
     "Not quorate: nobody from children’s social care, police or health; 2 too few present. What is decided has to be "
     "ratified."),
]  # fmt: skip


@pytest.mark.parametrize(("there", "words"), [row[1:] for row in QUORUM], ids=[row[0] for row in QUORUM])
def test_the_quorum_follows_from_who_is_there(at: Workspace, there: tuple[str, ...], words: str) -> None:
    meeting = a_meeting(at, there=there)
    assert attending.quorum_of(at, at.actions_shelf, meeting).sentence == words


def test_a_deputy_comes_in_somebodys_place_and_the_later_word_counts(at: Workspace) -> None:
    a_meeting(at, there=())
    meeting = attend(at, LEAD, came=Came.DEPUTY, instead_of=COLLEAGUE)
    assert [(one.who, one.came, one.instead_of) for one in meeting.attendees] == [
        (CHAIR, Came.PRESENT, ""), (LEAD, Came.DEPUTY, COLLEAGUE), (COLLEAGUE, Came.APOLOGIES, ""),
    ]  # fmt: skip
    assert attend(at, LEAD, came=Came.APOLOGIES).attendee(LEAD).came is Came.APOLOGIES  # type: ignore[union-attr]


def plan(workspace: Workspace, **given: Any) -> Meeting:
    """A meeting planned today, in four weeks."""
    facts: dict[str, Any] = {"tier": "qa-group", "day": days(28), "by": CO} | given
    tier, day = facts.pop("tier"), facts.pop("day")
    return meetings.plan_meeting(workspace, tier, day, now=moment(0), today=days(0), **facts)


REFUSED: list[tuple[str, Callable[[Workspace], Any], type[Exception], str]] = [
    ("no such group", lambda at: plan(at, tier="cabal"), InputError, "There is no group cabal"),
    ("papers after it", lambda at: plan(at, papers=days(30)), InputError,
     "Papers of 23 Dec 2026 would come after the meeting on 21 Dec 2026"),
    ("a chair from nowhere", lambda at: plan(at, chair="x@y"), InputError, "“x@y” is not one of the people here"),
    ("planned by an owner", lambda at: plan(at, by=OWNER), NotAllowed, "for a co-ordinator or a chair"),
    ("opened before its day", lambda at: open_it(at, plan(at, chair=CHAIR).id), InputError, "which is to come"),
    ("opened without a chair", lambda at: open_it(at, plan(at, day=days(0)).id), InputError,
     "Name who is in the chair"),
    ("opened twice", lambda at: open_it(at, a_meeting(at).id), InputError, "it is sitting already"),
    ("cancelled while it sits", lambda at: cancel(at, a_meeting(at).id), InputError, "no longer to come (sitting)"),
    ("days moved while it sits", lambda at: meetings.change_meeting(
        at, a_meeting(at).id, day=days(3), by=CO, now=moment(0), today=days(0)), InputError,
     "its days stay as they are"),
    ("a guest without agency", lambda at: (a_meeting(at), attend(at, "named nurse")), InputError,
     "For a guest give a role and an agency"),
    ("a guest of nowhere", lambda at: (a_meeting(at), attend(at, "nurse=mars")), InputError, "There is no agency mars"),
    ("a deputy for nobody", lambda at: (a_meeting(at), attend(at, LEAD, came=Came.DEPUTY)), InputError,
     "A deputy comes for one person"),
    ("nobody", lambda at: (a_meeting(at), attend(at)), InputError, "Name at least one person"),
    ("the chair goes", lambda at: (a_meeting(at), attend(at, CHAIR, came=Came.APOLOGIES)), InputError,
     "is in the chair: name another chair"),
    ("interest of somebody absent", lambda at: attending.declare_interest(
        at, a_meeting(at).id, "A-2026-001", LEAD, "owns it", by=CO, now=moment(0), today=days(0)), InputError,
     "is not recorded as present"),
    ("a correction before the end", lambda at: correct(at, a_meeting(at).id), InputError, "has not ended"),
    ("minutes of one to come", lambda at: minutes_of(at, plan(at).id), InputError, "has no minutes: it is planned"),
]  # fmt: skip


def open_it(workspace: Workspace, id: str) -> Meeting:
    """Opened today."""
    return meetings.open_meeting(workspace, id, by=CO, now=moment(0), today=days(0))


def cancel(workspace: Workspace, id: str) -> Meeting:
    """Cancelled today."""
    return meetings.cancel_meeting(workspace, id, "The hall is flooded.", by=CO, now=moment(0), today=days(0))


def correct(workspace: Workspace, id: str, on: int = 0, **given: Any) -> None:
    """A correction."""
    minutes.correct(workspace, id, "It was nine files, not ten.", by=CO, now=moment(on), today=days(on), **given)


def minutes_of(workspace: Workspace, id: str, on: int = 0) -> minutes.Minutes:
    """The minutes."""
    from qa_toolkit.domain.bank_holidays import england_and_wales

    return minutes.minutes(workspace, id, now=moment(on), today=days(on), calendar=england_and_wales())


@pytest.mark.parametrize(("deed", "kind", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_says_why(
    at: Workspace, deed: Callable[[Workspace], Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind) as refused:
        deed(at)
    assert words in str(refused.value)


def test_papers_are_made_a_week_before_unless_it_says_otherwise(at: Workspace) -> None:
    assert plan(at).papers == days(21)
    assert plan(at, day=days(3)).papers == days(0)
    assert plan(at, papers=days(14)).papers == days(14)


def test_a_cancelled_meeting_approves_nothing_and_carries_nothing(at: Workspace) -> None:
    assert cancel(at, plan(at).id).stage is Stage.CANCELLED
    with pytest.raises(InputError, match="is cancelled, so it is no longer changed"):
        meetings.change_meeting(at, FIRST, chair=CHAIR, by=CO, now=moment(0), today=days(0))


# --- what it looks at


def test_updates_freeze_at_the_papers_date_and_what_came_later_says_so(at: Workspace) -> None:
    moved, quiet = an(at), an(at)
    progress.update(at, [moved], "Half of it is done.", by=OWNER, now=moment(-9), today=days(-9))
    meeting = a_meeting(at, papers=-7)
    progress.update(at, [moved], "All of it is done.", progress=100, by=OWNER, now=moment(-2), today=days(-2))
    due_dates.ask_later(at, moved, days(90), "The trainer is ill.", by=OWNER, now=moment(-1), today=days(-1))
    seen = papers(at, meeting.id)
    assert seen.words == "Everything is as at 16 Nov 2026 23:59."
    assert seen.lines[moved].brief.said == "Half of it is done."
    assert agenda.later(at, seen) == {
        moved: "Came after the papers: updated on 21 Nov 2026, a later day asked for on 22 Nov 2026."
    }
    assert "After the papers, said on 21 Nov 2026 (100%): All of it is done." in following.followed(at, seen, moved, CO)
    decide(at, meeting.id, quiet, Kind.EXTEND, "The group wants it later.", day=days(99))
    assert quiet not in agenda.later(at, seen)


def test_papers_may_be_dated_before_the_workspace_was_made(at: Workspace) -> None:
    assert papers(at, plan(at, papers=days(-4000)).id).lines == {}


def test_papers_of_the_day_itself_stop_where_the_meeting_begins(at: Workspace) -> None:
    id = an(at, State.VERIFIED)
    meeting = a_meeting(at)
    decide(at, meeting.id, id, Kind.CLOSE)
    end(at, meeting.id)
    for on in (0, 5, 500):
        seen = papers(at, meeting.id, on)
        assert seen.lines[id].standing.state is State.VERIFIED
        assert [item.key for item in agenda.items(at, seen)] == [id]
        assert seen.since.flow.end == 1


def test_since_the_last_meeting_begins_where_that_one_ended(at: Workspace) -> None:
    closed, open_ = an(at, State.VERIFIED), an(at)
    first = a_meeting(at, on=-40)
    decide(at, first.id, closed, Kind.CLOSE, on=-40)
    end(at, first.id, on=-40)
    again = an_action(at, next(iter(at.actions_shelf.all(Plan).values())), on=-30)
    do(at, Deed.AGREE, again.id, on=-20)
    do(at, Deed.REOPEN, closed, on=-10)
    found = papers(at, a_meeting(at).id).since
    assert (found.flow.start, found.flow.agreed, found.flow.reopened, found.flow.closed, found.flow.end) == (
        1,
        1,
        1,
        0,
        3,
    )
    assert [one.id for one in found.reopened] == [closed]
    assert [one.id for one in found.opened] == [again.id]
    assert found.three[0] == ("Submitted or later", 1, 0)
    assert open_ in papers(at, first.id).lines


def test_what_is_not_reached_carries_over_and_comes_first(at: Workspace) -> None:
    early, late = an(at, due=-20), an(at, due=-60)
    first = a_meeting(at, on=-10)
    decide(at, first.id, late, Kind.NOTE, on=-10)
    assert end(at, first.id, on=-10).carried == (early,)
    found = items(at, a_meeting(at).id)
    assert [key for key in found if key.startswith("A-")] == [early, late]
    assert [found[early].carried, found[late].carried] == [True, False]


def test_a_return_is_opened_from_a_meeting_with_a_reason_or_not_at_all(tmp_path: Path) -> None:
    from builders_scoring import BOSS, RETURN, START, TODAY, a_return, a_workspace

    at = a_return(a_workspace(tmp_path / "w"))
    for tier, id in (("main-board", "M-2026-001"), ("qa-group", "M-2026-002")):
        meetings.plan_meeting(at, tier, TODAY, chair=BOSS, by=BOSS, now=START, today=TODAY)
        meetings.open_meeting(at, id, by=BOSS, now=START, today=TODAY)

    def open_return(meeting: str, why: str = "The group doubts the dates.") -> Any:
        return meetings.open_return(at, meeting, RETURN, why, by=BOSS, now=START, today=TODAY)

    with pytest.raises(NotAllowed, match="The Main Board is shown nothing of single cases"):
        open_return("M-2026-001")
    with pytest.raises(InputError, match="Say in a sentence why"):
        open_return("M-2026-002", "why")
    before = at.actions_shelf.journal.seq
    assert open_return("M-2026-002").return_id == RETURN
    assert at.actions_shelf.journal.seq == before + 1
    assert at.actions_shelf.journal.line_of(before + 1).did == "opened a return in a meeting"


# --- minutes


def test_minutes_are_corrected_by_dated_lines_before_and_after_approval(at: Workspace) -> None:
    id = an(at, State.VERIFIED)
    first = a_meeting(at, on=-40)
    made = decide(at, first.id, id, Kind.CLOSE, on=-40)
    end(at, first.id, on=-40)
    correct(at, first.id, on=-30, decision=made.id)
    second = a_meeting(at)
    decide(at, second.id, first.id, Kind.APPROVE_MINUTES)
    correct(at, first.id, on=3)
    found = minutes_of(at, first.id, on=4)
    assert [(one.id, one.on, one.decision) for one in found.corrections] == [
        ("M-2026-001/C01", days(-30), made.id), ("M-2026-001/C02", days(3), ""),
    ]  # fmt: skip
    assert found.approved_by is not None
    assert found.decisions[0].text == made.text
    end(at, second.id)
    with pytest.raises(InputError, match="was not decided at M-2026-002"):
        correct(at, second.id, decision=made.id)


def verdict(workspace: Workspace, code: str) -> tuple[Answer, str]:
    """What `qa verify --minutes` says."""
    return minutes.held_against(Workspace(workspace.root), code)


def test_the_code_stands_for_the_record_when_the_meeting_ended(at: Workspace) -> None:
    an(at)
    meeting = a_meeting(at)
    code = end(at, meeting.id, on=1).head
    assert len(code) == 16
    answer, words = verdict(at, code)
    assert answer is Answer.YES
    still = "(2 files, as filed then; 1 of them has grown since)"
    assert words == f"Yes: every line that stood behind {code} is still there {still}."
    listed = at.root / "exports" / "heads" / f"{code}.txt"
    listed.unlink()
    answer, words = verdict(at, code)
    assert (answer, "as worked out from the records" in words) == (Answer.YES, True)
    assert verdict(at, "0" * 16)[0] is Answer.CANNOT_TELL


def test_a_grown_record_still_contains_it_and_a_rewritten_or_shortened_one_does_not(at: Workspace) -> None:
    id = an(at)
    code = end(at, a_meeting(at).id, on=1).head
    earlier = at.root.parent / "earlier"
    shutil.copytree(at.root, earlier)
    progress.update(at, [id], "It goes on well.", by=OWNER, now=moment(5), today=days(5))
    assert verdict(at, code)[0] is Answer.YES
    file = at.root / "actions.journal"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-4]))
    answer, words = verdict(at, code)
    assert (answer, words) == (
        Answer.NO,
        f"No: since {code} was printed, actions.journal was cut short. Keep a copy of the folder as it is.",
    )
    # A history of its own from the same beginning, whole in itself, as somebody would forge it.
    file.write_bytes(b"".join(lines[:-4]))
    forged = Workspace(at.root)
    for count in range(6):
        progress.update(forged, [id], f"Another story {count}.", by=OWNER, now=moment(1), today=days(1))
    answer, words = verdict(at, code)
    assert answer is Answer.NO
    assert "actions.journal was rewritten" in words
    file.unlink()
    assert "actions.journal was taken away" in verdict(at, code)[1]


def test_a_list_that_was_changed_is_not_believed(at: Workspace) -> None:
    code = end(at, a_meeting(at).id, on=1).head
    listed = at.root / "exports" / "heads" / f"{code}.txt"
    listed.write_text(re.sub(r"actions \d+", "actions 1", listed.read_text()), encoding="utf-8")
    assert "worked out" in verdict(at, code)[1]


def test_a_damaged_file_elsewhere_does_not_keep_a_group_in_its_room(at: Workspace) -> None:
    meeting = a_meeting(at)
    (at.root / "audits" / "CE-2026-09").mkdir(parents=True)
    (at.root / "audits" / "CE-2026-09" / "audit.journal").write_bytes(b"")
    ended = end(at, meeting.id)
    assert (ended.stage, ended.head) == (Stage.DRAFT, "")


def test_two_people_who_end_it_are_told(at: Workspace) -> None:
    meeting = a_meeting(at)
    end(at, meeting.id)
    with pytest.raises(InputError, match="M-2026-001 is ended, so nothing more is decided there"):
        end(at, meeting.id)
    with pytest.raises(InputError, match="nothing more is decided there"):
        decide(at, meeting.id, "returns", Kind.NOTE)
    assert find(at, Meeting, meeting.id).ended_at == moment(0)
