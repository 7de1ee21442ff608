"""Actions as facts: what is refused, who owns them, what is taken on, evidence, and what a later day costs."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from builders_plans import (
    CHAIR,
    CO,
    LEAD,
    MEMBER,
    NOW,
    OTHER_LEAD,
    OWNER,
    SCRUTINEER,
    TODAY,
    a_plan,
    an_action,
    bring,
    days,
    do,
    evidence,
    moment,
    planned_workspace,
    yardstick,
)

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.records import Action, EvidenceKind, Impact, Priority
from qa_toolkit.domain.plans.standing import Standing
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import setup
from qa_toolkit.workflow.plans import actions, due_dates, judging, keeping, moving, plans, progress, stories, tracking


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return planned_workspace(tmp_path / "northshire")


def where(workspace: Workspace, action: Action, on: int = 0) -> Standing:
    return next(
        row.standing for row in tracking.rows(workspace, yardstick(workspace, on)) if row.action.id == action.id
    )


def begun(workspace: Workspace, **given: Any) -> Action:
    action = an_action(workspace, a_plan(workspace), **given)
    bring(workspace, action.id, State.AGREED)
    do(workspace, Deed.START, action.id, by=CO, on=-99)
    return action


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"text": "Too short"}, "Say in a sentence what is to be done"),
        ({"owner": "nobody@police"}, "not one of the people here.*Name a role instead"),
        ({"owner": OWNER, "agency": "health"}, "is of police, not of health"),
        ({"owner": "", "agency": "navy"}, "There is no agency navy"),
        ({"owner": OWNER, "outside": "Neighbouring force"}, "either by an agency here or by a body outside"),
        ({"supporting": ["navy"]}, "There is no agency navy"),
        ({"tier": "cabinet"}, "There is no group cabinet: there are qa-group"),
        ({"start": days(90)}, "due before it begins"),
        ({"impact_due": days(30)}, "judged before it is due"),
        ({"recommendation": "R-1999-001"}, "There is no recommendation R-1999-001"),
        ({"commitment": "AP-1999-001/C01"}, "There is no commitment AP-1999-001/C01"),
        ({"finding": "F-1999-001"}, "There is no finding F-1999-001"),
    ],
)
def test_what_cannot_be_proposed_is_refused_in_a_sentence(
    workspace: Workspace, given: dict[str, Any], why: str
) -> None:
    plan, lines = a_plan(workspace), workspace.actions_shelf.journal.seq
    with pytest.raises(InputError, match=why):
        an_action(workspace, plan, **given)
    assert workspace.actions_shelf.journal.seq == lines


def test_nothing_is_added_to_a_plan_that_was_ended(workspace: Workspace) -> None:
    plan = a_plan(workspace)
    plans.end_plan(workspace, plan.id, by=CO, now=NOW, today=TODAY)
    with pytest.raises(InputError, match="was ended, so nothing is added"):
        an_action(workspace, plan)


def test_an_action_owned_outside_the_area_has_no_agency_and_an_owner(workspace: Workspace) -> None:
    action = begun(workspace, owner="", outside="Neighbouring force")
    assert (action.agency, where(workspace, action).ownerless) == ("", False)


@pytest.mark.parametrize(
    ("given", "ownerless"),
    [({"owner": "", "agency": "police"}, True), ({"owner": "", "agency": "police", "owner_role": "Head"}, False)],
)
def test_a_role_owns_and_an_agency_alone_does_not(workspace: Workspace, given: dict[str, Any], ownerless: bool) -> None:
    standing = where(workspace, begun(workspace, **given))
    assert standing.ownerless is ownerless
    assert ("without an owner" in standing.reason) is ownerless


def test_who_has_gone_owns_nothing_any_more(workspace: Workspace) -> None:
    action = begun(workspace, owner_role="Head")
    person = workspace.people()[OWNER]
    setup.add_person(
        workspace, OWNER, person.name, (Role.AUDITOR,), until=days(-30), by=CO, now=NOW,
        seen={("people", OWNER): person.seq},
    )  # fmt: skip
    assert where(workspace, action).reason.startswith("Red: without an owner for more than 10 working days (2")
    actions.hand_over(workspace, [action.id], owner=LEAD, by=LEAD, now=NOW, today=TODAY)
    assert not where(workspace, action).ownerless


@pytest.mark.parametrize(
    ("given", "owned"),
    [
        ({"owner": LEAD}, (LEAD, "police", "Head", "")),
        ({"owner": OTHER_LEAD}, (OTHER_LEAD, "health", "", "")),
        ({"owner": OTHER_LEAD, "owner_role": "Nurse"}, (OTHER_LEAD, "health", "Nurse", "")),
        ({}, ("", "police", "Head", "")),
        ({"outside": "Neighbouring force"}, ("", "", "", "Neighbouring force")),
    ],
)
def test_handing_over_keeps_the_role_within_an_agency(
    workspace: Workspace, given: dict[str, str], owned: tuple[str, ...]
) -> None:
    action = begun(workspace, owner_role="Head")
    (made,) = actions.hand_over(workspace, [action.id, action.id.lower()], **given, by=CO, now=NOW, today=TODAY)
    assert (made.owner, made.agency, made.owner_role, made.outside) == owned
    assert made.owner_since == TODAY


@pytest.mark.parametrize(("by", "allowed"), [(CO, True), (CHAIR, True), (LEAD, True), (OWNER, False), (MEMBER, False)])
def test_who_may_hand_over(workspace: Workspace, by: str, allowed: bool) -> None:
    action = begun(workspace)
    if allowed:
        actions.hand_over(workspace, [action.id], owner=LEAD, by=by, now=NOW, today=TODAY)
    else:
        with pytest.raises(NotAllowed, match=r"may not hand A-.* over"):
            actions.hand_over(workspace, [action.id], owner=LEAD, by=by, now=NOW, today=TODAY)


def test_once_agreed_facts_change_with_a_reason_only(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    actions.correct(workspace, action.id, {"priority": Priority.LOW}, by=LEAD, now=NOW, today=TODAY)
    bring(workspace, action.id, State.AGREED)
    with pytest.raises(NotAllowed, match="correct an action that was agreed"):
        actions.correct(workspace, action.id, {"measure": "all"}, by=LEAD, now=NOW, today=TODAY)
    with pytest.raises(InputError, match="was agreed: say in a sentence why"):
        actions.correct(workspace, action.id, {"measure": "all"}, by=CO, now=NOW, today=TODAY)
    with pytest.raises(InputError, match="due is not changed in this way"):
        actions.correct(workspace, action.id, {"due": TODAY}, by=CO, now=NOW, today=TODAY)
    made = actions.correct(
        workspace, action.id, {"measure": " 9 of 10 "}, why="No number was named.", by=CO, now=NOW, today=TODAY
    )
    assert (made.measure, made.priority, made.first_due) == ("9 of 10", Priority.LOW, action.first_due)


def test_a_refusal_goes_to_the_main_board_before_and_after_it_is_agreed(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    with pytest.raises(InputError, match="why it is refused"):
        actions.accept(workspace, action.id, False, by=LEAD, now=NOW, today=TODAY)
    with pytest.raises(NotAllowed, match="may not answer for"):
        actions.accept(workspace, action.id, True, by=MEMBER, now=NOW, today=TODAY)
    actions.accept(workspace, action.id, False, reason="We hold no such files.", by=LEAD, now=NOW, today=TODAY)
    rung = where(workspace, action).rung
    assert rung is not None
    assert (rung.rung, rung.reason) == (Rung.MAIN_BOARD, "its agency refuses it")
    actions.accept(workspace, action.id, True, by=OWNER, now=NOW, today=TODAY)
    assert where(workspace, action).rung is None


def test_what_is_sensitive_is_seen_and_done_by_few(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace), sensitive=True)
    bring(workspace, action.id, State.SUBMITTED)
    people = workspace.people()
    seen = {by for by in people if tracking.rows(workspace, yardstick(workspace), people[by])}
    assert seen == {OWNER, CO, CHAIR}
    for by in (SCRUTINEER, MEMBER):
        with pytest.raises(NotAllowed, match="for its owner, the co-ordinators and the chairs only"):
            do(workspace, Deed.VERIFY, action.id, by=by)
        with pytest.raises(NotAllowed, match="only"):
            stories.story(workspace, action.id, yardstick(workspace), people[by])


# --- evidence and updates


def test_of_a_file_the_digest_is_kept_and_a_copy_only_by_choice(workspace: Workspace, tmp_path: Path) -> None:
    action, file = begun(workspace), tmp_path / "Roll of Training.PDF"
    file.write_bytes(b"who was there")
    digest = sha256(b"who was there").hexdigest()

    def add(**given: Any) -> Any:
        return progress.add_evidence(
            workspace, action.id, EvidenceKind.TRAINING, "Training roll, v2", TODAY, by=OWNER, now=NOW, today=TODAY,
            **given,
        )  # fmt: skip

    made = add(file=file)
    assert (made.sha256, made.copied) == (digest, "")
    assert not (workspace.root / "evidence").exists()
    copied = add(file=file, copy=True)
    assert copied.copied == f"evidence/{digest}.pdf"
    assert (workspace.root / copied.copied).read_bytes() == b"who was there"
    for given, why in (
        ({"copy": True}, "Name the file"), ({"file": tmp_path / "gone.pdf"}, "gone.pdf cannot be read"),
        ({"file": tmp_path}, "cannot be read"), ({"file": file, "sha256": "0" * 64}, "another SHA-256"),
        ({"sha256": "abc"}, "64 digits"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=why):
            add(**given)


def test_evidence_of_a_day_to_come_is_none(workspace: Workspace) -> None:
    action = begun(workspace)
    with pytest.raises(InputError, match="today or an earlier day"):
        progress.add_evidence(workspace, action.id, EvidenceKind.DATA, "Data", days(1), by=OWNER, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"progress": 101}, "101 is no percentage"),
        ({"progress": -1}, "-1 is no percentage"),
        ({"says": Colour.GREEN}, "never a better colour"),
        ({"says": Colour.BLUE}, "never a better colour"),
        ({"text": " "}, "Say in a sentence how it goes"),
        ({"by": MEMBER}, "may not update"),
    ],
)
def test_an_update_that_is_refused(workspace: Workspace, given: dict[str, Any], why: str) -> None:
    action = begun(workspace)
    said = {"text": "Six are read", "by": OWNER} | given
    with pytest.raises(InputError, match=why):
        progress.update(workspace, [action.id], said.pop("text"), now=NOW, today=TODAY, **said)


def test_an_owner_says_worse_than_the_rules_and_never_better(workspace: Workspace) -> None:
    late, fine = begun(workspace, due=-5), begun(workspace)
    for action, says, refused in ((late, Colour.AMBER, True), (late, Colour.RED, False), (fine, Colour.AMBER, False)):
        lines = workspace.actions_shelf.journal.seq
        given = {"says": says, "at": yardstick(workspace), "by": OWNER, "now": NOW, "today": TODAY}
        if not refused:
            progress.update(workspace, [action.id], "Six are read", **given)
            continue
        with pytest.raises(InputError) as error:
            progress.update(workspace, [action.id], "Six are read", **given)
        assert str(error.value) == (
            f"By the rules {late.id} is red: past its due date and not submitted for closure (3 working days). An "
            "owner may say worse, never better, so it cannot be amber: leave the colour out."
        )
        assert workspace.actions_shelf.journal.seq == lines


def test_an_update_that_turns_the_colour_may_say_worse_than_it_is_then(workspace: Workspace) -> None:
    silent = begun(workspace, due=200)
    assert where(workspace, silent).colour is Colour.RED, "nothing was said for more than two review cycles"
    given = {"says": Colour.AMBER, "at": yardstick(workspace), "by": OWNER, "now": NOW, "today": TODAY}
    progress.update(workspace, [silent.id], "Six are read, and it is at risk", **given)
    assert where(workspace, silent).colour is Colour.AMBER


def test_an_update_keeps_the_colour_of_its_day(workspace: Workspace) -> None:
    action = begun(workspace, due=-20)
    for on, text in ((-60, "It goes well"), (-15, "We are late"), (-5, "Still late")):
        progress.update(workspace, [action.id], text, progress=80, by=OWNER, now=moment(on), today=days(on))
    due_dates.change_due(
        workspace, [action.id], days(60), "The court has two files.", "QA Group", by=CO, now=moment(-4),
        today=days(-4),
    )  # fmt: skip
    story = stories.story(workspace, action.id, yardstick(workspace), workspace.people()[CO])
    assert [colour.colour for _, colour in story.colours] == [Colour.GREEN, Colour.RED, Colour.RED]
    assert story.standing.colour is Colour.AMBER


def test_a_milestone_that_was_missed_shows_until_it_is_reached(workspace: Workspace) -> None:
    action = begun(workspace)
    with pytest.raises(InputError, match=r"after A-.* is due"):
        progress.add_milestone(workspace, action.id, "Ten are read", days(61), by=OWNER, now=NOW, today=TODAY)
    made = progress.add_milestone(
        workspace, action.id, "Five are read", days(-5), by=OWNER, now=moment(-20), today=days(-20)
    )
    progress.update(workspace, [action.id], "Four are read", by=OWNER, now=moment(-1), today=days(-1))
    assert where(workspace, action).reason == "Amber: a milestone was missed (1 missed)."
    progress.reach_milestone(workspace, made.id, TODAY, by=OWNER, now=NOW, today=TODAY)
    assert where(workspace, action).colour is Colour.GREEN
    with pytest.raises(InputError, match="reached already"):
        progress.reach_milestone(workspace, made.id, TODAY, by=OWNER, now=NOW, today=TODAY)


# --- dates


def extend(workspace: Workspace, action: Action, to: int, on: int = 0, by: str = CO) -> None:
    due_dates.change_due(
        workspace, [action.id], days(to), "The court has two files.", "QA Group", by=by, now=moment(on),
        today=days(on),
    )  # fmt: skip


def test_extensions_are_counted_slip_is_shown_and_the_first_date_stays(workspace: Workspace) -> None:
    action = begun(workspace)
    for to in (90, 70, 104):
        extend(workspace, action, to)
    now = keeping.find(workspace, Action, action.id)
    standing = where(workspace, action)
    assert (now.first_due, now.due, standing.extensions) == (action.due, days(104), 2)
    calendar = yardstick(workspace).calendar
    assert standing.slip == calendar.working_days_between(days(60), days(104)) > 0
    assert standing.rung is not None
    assert standing.rung.reason.startswith("put off 2 times")
    extend(workspace, action, 120)
    assert where(workspace, action).reason == "Red: its date was put off three times or more (3 so far)."
    extend(workspace, action, 50)
    assert where(workspace, action).slip < 0


@pytest.mark.parametrize(
    ("to", "by", "why"),
    [
        (60, CO, "is due on .* already"),
        (-1, CO, "has gone by"),
        (90, OWNER, "may not change a due date"),
        (90, MEMBER, "may not change a due date"),
    ],
)
def test_a_change_of_date_that_is_refused(workspace: Workspace, to: int, by: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        extend(workspace, begun(workspace), to, by=by)


def test_an_owner_asks_and_a_decision_answers(workspace: Workspace) -> None:
    action = begun(workspace)

    def ask(to: int, by: str = OWNER) -> None:
        why = "Two files are with the court."
        due_dates.ask_later(workspace, action.id, days(to), why, by=by, now=NOW, today=TODAY)

    with pytest.raises(InputError, match="ask for a day after that"):
        ask(60)
    with pytest.raises(NotAllowed, match="may not ask for"):
        ask(90, by=MEMBER)
    ask(90)
    ask(95)
    extend(workspace, action, 95)
    thread = moving.thread_on(workspace.actions_shelf, action.id)
    assert [one.answered for one in thread.asked] == ["withdrawn", "granted"]
    assert thread.wants_later_day is None


# --- closure


def test_what_misses_its_measure_is_accepted_only_with_the_reason_which_shows(workspace: Workspace) -> None:
    action = begun(workspace)
    evidence(workspace, action.id)
    do(workspace, Deed.SUBMIT, action.id)
    with pytest.raises(InputError, match="give a reason in a sentence"):
        moving.move(workspace, Deed.VERIFY, [action.id], met=False, by=CO, now=NOW, today=TODAY)
    moving.move(
        workspace, Deed.VERIFY, [action.id], met=False, reason="Eight of ten; two were moved away.", by=CO, now=NOW,
        today=TODAY,
    )  # fmt: skip
    assert moving.thread_on(workspace.actions_shelf, action.id).steps[-1].met is False


def test_high_priority_is_verified_with_a_day_for_its_impact(workspace: Workspace) -> None:
    action = begun(workspace, priority=Priority.HIGH)
    evidence(workspace, action.id)
    do(workspace, Deed.SUBMIT, action.id)
    with pytest.raises(InputError, match="high priority: name the day"):
        do(workspace, Deed.VERIFY, action.id)
    for wrong in (TODAY, days(-1)):
        with pytest.raises(InputError, match="a day to come"):
            moving.move(
                workspace, Deed.VERIFY, [action.id], met=True, reason="All ten were seen.", impact_due=wrong, by=CO,
                now=NOW, today=TODAY,
            )  # fmt: skip
    moving.move(
        workspace, Deed.VERIFY, [action.id], met=True, reason="All ten were seen.", impact_due=days(180), by=CO,
        now=NOW, today=TODAY,
    )  # fmt: skip
    assert keeping.find(workspace, Action, action.id).impact_due == days(180)


@pytest.mark.parametrize(("by", "allowed"), [(CO, True), (SCRUTINEER, True), (MEMBER, True), (LEAD, False)])
def test_impact_is_judged_after_closing_by_somebody_independent(workspace: Workspace, by: str, allowed: bool) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.VERIFIED)
    with pytest.raises(InputError, match="judged after it was closed"):
        judging.judge(workspace, action.id, Impact.SOME, "Re-audit", by=CO, now=NOW, today=TODAY)
    do(workspace, Deed.CLOSE, action.id)
    if not allowed:
        with pytest.raises(NotAllowed, match="may not judge the impact"):
            judging.judge(workspace, action.id, Impact.SOME, "Re-audit", by=by, now=NOW, today=TODAY)
        return
    for impact in (Impact.SOME, Impact.CONFIRMED):
        judging.judge(workspace, action.id, impact, "Re-audit CE-2027-01: 7 of 8", by=by, now=NOW, today=TODAY)
    assert where(workspace, action).state is State.CONFIRMED


def test_reopened_with_a_new_date_it_is_an_extension_like_any_other(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace), due=-50)
    bring(workspace, action.id, State.CLOSED)
    with pytest.raises(NotAllowed, match="may not change a due date"):
        moving.move(
            workspace, Deed.REOPEN, [action.id], reason="The re-audit found no change.", due=days(90), by=SCRUTINEER,
            now=NOW, today=TODAY,
        )  # fmt: skip
    moving.move(
        workspace, Deed.REOPEN, [action.id], reason="The re-audit found no change.", due=days(90), by=CO, now=NOW,
        today=TODAY,
    )  # fmt: skip
    standing = where(workspace, action)
    assert (standing.state, standing.extensions, standing.days_overdue) == (State.REOPENED, 1, 0)
    assert moving.thread_on(workspace.actions_shelf, action.id).evidence


def test_reopened_it_counts_as_news_and_where_a_meeting_had_taken_it_is_past(workspace: Workspace) -> None:
    action = begun(workspace, due=90)
    judging.escalate(
        workspace, action.id, Rung.BUSINESS_GROUP, "The group is not satisfied.", by=CO, now=moment(-90),
        today=days(-90),
    )  # fmt: skip
    rung = where(workspace, action).rung
    assert rung is not None
    assert rung.reason == "a meeting took it there"
    evidence(workspace, action.id, -85)
    for deed in (Deed.SUBMIT, Deed.VERIFY, Deed.CLOSE):
        do(workspace, deed, action.id, on=-84)
    assert where(workspace, action).rung is None
    do(workspace, Deed.REOPEN, action.id)
    standing = where(workspace, action)
    assert (standing.rung, standing.days_since_update, standing.stale) == (None, 0, False)


def test_only_what_is_open_is_taken_up_and_by_whom_keeps_the_plans(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    with pytest.raises(InputError, match="only what is open is taken up"):
        judging.escalate(workspace, action.id, Rung.MAIN_BOARD, "Children are at risk.", by=CO, now=NOW, today=TODAY)
    with pytest.raises(NotAllowed, match="may not take an action up a tier"):
        judging.escalate(
            workspace, action.id, Rung.MAIN_BOARD, "Children are at risk.", by=MEMBER, now=NOW, today=TODAY
        )


def test_an_action_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match=r"There is no action A-1999-001. `qa action list` shows those there are."):
        do(workspace, Deed.AGREE, "A-1999-001")


def test_days_are_kept_as_days(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace), start=date(2026, 12, 1))
    assert where(workspace, action).colour is Colour.GREY
    bring(workspace, action.id, State.AGREED)
    assert where(workspace, action).reason == "Grey: not due to start yet."
