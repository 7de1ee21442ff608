"""Recommendations, strategies, rules put in force, and good practice on its way: the verbs and their refusals."""

from __future__ import annotations

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
    TODAY,
    a_plan,
    an_action,
    bring,
    days,
    moment,
    planned_workspace,
    yardstick,
)

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Commitment, Plan, Recommendation, Responded, Source, Took
from qa_toolkit.domain.plans.rule_sets import DEFAULT, RAG
from qa_toolkit.domain.plans.strategy import read_strategy
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans import (
    keeping,
    plans,
    progress,
    recommendations,
    rules,
    spreading,
    stories,
    strategies,
    wording,
)

TEXT = "Screen for exploitation at the first missing episode"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return planned_workspace(tmp_path / "northshire")


def recommend(workspace: Workspace, text: str = TEXT, **given: Any) -> Recommendation:
    plan = given.pop("plan", None) or a_plan(workspace)
    return recommendations.recommend(workspace, plan.id, text, **{"by": CO, "now": NOW, "today": TODAY, **given})


def respond(workspace: Workspace, made: Recommendation, **given: Any) -> None:
    facts = {"answer": Responded.ACCEPTED, "by_whom": "Head", "by": CO, "now": NOW, "today": TODAY} | given
    recommendations.respond(workspace, made.id, facts.pop("answer"), **facts)


def test_who_has_not_responded_is_named(workspace: Workspace) -> None:
    asked = recommend(workspace, agencies=["police", "health"])
    of_all = recommend(workspace)
    respond(workspace, asked, agency="health", answer=Responded.REJECTED, reason="It is done already.")
    assert recommendations.waited_for(workspace, asked) == ["police"]
    assert recommendations.waited_for(workspace, of_all) == ["the partnership"]
    respond(workspace, of_all)
    respond(workspace, asked, agency="health", by=OTHER_LEAD)
    (answer,) = recommendations.responses(workspace, asked.id)
    assert answer.answer is Responded.ACCEPTED
    assert recommendations.waited_for(workspace, of_all) == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"answer": Responded.REJECTED}, "Rejected needs a reason"),
        ({"answer": Responded.IN_PART, "reason": "no"}, "Accepted in part needs a reason"),
        ({"agency": "education"}, "is put to police, health: name the one"),
        ({}, "is put to police, health"),
        ({"agency": "navy"}, "There is no agency navy"),
        ({"agency": "police", "by_whom": " "}, "Say who responded, as a role"),
        ({"agency": "police", "by": OTHER_LEAD}, "may not record that response"),
        ({"agency": "police", "by": MEMBER}, "may not record that response"),
    ],
)
def test_a_response_that_is_refused(workspace: Workspace, given: dict[str, Any], why: str) -> None:
    made = recommend(workspace, agencies=["police", "health"])
    with pytest.raises(InputError, match=why):
        respond(workspace, made, **given)


def test_what_was_taken_back_stays_and_is_answered_no_more(workspace: Workspace) -> None:
    made = recommend(workspace)
    recommendations.withdraw(workspace, made.id, "The law has changed since.", by=CO, now=NOW, today=TODAY)
    made = keeping.find(workspace, Recommendation, made.id)
    assert made.withdrawn == "The law has changed since."
    assert recommendations.waited_for(workspace, made) == []
    for again in (
        lambda: respond(workspace, made),
        lambda: recommendations.withdraw(workspace, made.id, "Once more, with feeling.", by=CO, now=NOW, today=TODAY),
    ):
        with pytest.raises(InputError, match="was taken back already"):
            again()


def test_a_repeat_is_pointed_out_of_open_and_closed_ones(workspace: Workspace) -> None:
    first = recommend(workspace)
    again = recommend(workspace, "Screening for exploitation at the first episode of going missing", measure="9 of 10")
    open_one = f"{first.id} (open) says much the same: would it do to add to that one? A repeat is worth reporting."
    assert [r.sentence for r in wording.on_recommendation(workspace, again) if r.code == "alike"] == [open_one]
    closed = an_action(workspace, keeping.find(workspace, Plan, first.plan), recommendation=first.id)
    bring(workspace, closed.id, State.CLOSED)
    (said,) = [r.sentence for r in wording.on_recommendation(workspace, again) if r.code == "alike"]
    assert said.startswith(f"{first.id} (its actions have ended) says much the same: what did it not change?")
    assert list(wording.before(workspace, again)) == [first.id]
    assert wording.before(workspace, first) == {}
    like = an_action(workspace, a_plan(workspace))
    (remark,) = wording.on_action(workspace, like, today=TODAY, reader=workspace.people()[CO])
    assert remark.sentence.startswith(f"{closed.id} (closed)")


def test_what_was_taken_back_is_no_longer_one_that_is_repeated(workspace: Workspace) -> None:
    first, again = recommend(workspace), recommend(workspace)
    recommendations.withdraw(workspace, first.id, "The law has changed since.", by=CO, now=NOW, today=TODAY)
    assert [r for r in wording.on_recommendation(workspace, again) if r.code == "alike"] == []


def test_one_agency_does_not_answer_for_the_partnership_as_a_whole(workspace: Workspace) -> None:
    made = recommend(workspace)
    respond(workspace, made, agency="police")
    assert recommendations.waited_for(workspace, made) == ["the partnership"]
    respond(workspace, made, agency="")
    assert recommendations.waited_for(workspace, made) == []


def test_what_is_sensitive_is_not_named_as_alike(workspace: Workspace) -> None:
    plan = a_plan(workspace)
    an_action(workspace, plan, sensitive=True)
    like = an_action(workspace, plan)
    assert wording.on_action(workspace, like, today=TODAY, reader=workspace.people()[LEAD]) == []


# --- strategies


STRATEGY = """
[plan]
title = "Our strategy"
edition = "2026 to 2029"
tier = "child-exploitation-group"
statement_months = 3
[[headings]]
title = "Prevention"
aim = "Children are safe in the first place"
[[headings.commitments]]
text = "Every school knows whom to call"
agency = "education"
[[headings.commitments]]
text = "Every driver knows whom to call"
"""


def bring_in(workspace: Workspace, text: str = STRATEGY, by: str = CO) -> Plan:
    return strategies.bring_in(workspace, read_strategy(text.encode(), "s.toml"), by=by, now=NOW, today=TODAY)


def test_a_strategy_is_brought_in_with_one_line_and_spoken_to(workspace: Workspace) -> None:
    lines = workspace.actions_shelf.journal.seq
    plan = bring_in(workspace)
    assert workspace.actions_shelf.journal.seq == lines + 1
    kept = strategies.commitments(workspace, plan)
    assert [(one.commitment.id, one.commitment.heading, one.commitment.agency) for one in kept] == [
        (f"{plan.id}/C01", "Prevention", "education"), (f"{plan.id}/C02", "Prevention", ""),
    ]  # fmt: skip
    for text in ("Half the schools were reached.", "All schools were reached."):
        plans.state(workspace, f"{plan.id}/C01", text, difference="Calls come sooner", by=CO, now=NOW, today=TODAY)
    assert [said.text for said in strategies.commitments(workspace, plan)[0].statements][-1].startswith("All")
    action = an_action(workspace, plan, commitment=f"{plan.id}/C02")
    story = stories.story(workspace, action.id, yardstick(workspace), workspace.people()[CO])
    assert story.commitment == keeping.find(workspace, Commitment, f"{plan.id}/C02")
    assert action.themes == ("Prevention",), "the headings of a strategy are its themes"
    assert an_action(workspace, plan, commitment=f"{plan.id}/C02", themes=("voice",)).themes == ("voice",)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("", "", "is “Our strategy”, 2026 to 2029, already"),
        ("2026 to 2029", "2029 to 2032", ""),
        ("child-exploitation-group", "cabinet", "There is no group cabinet"),
        ('agency = "education"', 'agency = "navy"', "There is no agency navy"),
        ("Every school knows whom to call", "School", "does not say what is committed to"),
    ],
)
def test_a_strategy_that_does_not_fit_is_not_brought_in(workspace: Workspace, old: str, new: str, why: str) -> None:
    if not old or not why:
        bring_in(workspace)
    lines = workspace.actions_shelf.journal.seq
    if not why:
        bring_in(workspace, STRATEGY.replace(old, new))
        return
    with pytest.raises(InputError, match=why):
        bring_in(workspace, STRATEGY.replace(old, new) if old else STRATEGY)
    assert workspace.actions_shelf.journal.seq == lines


def test_who_may_bring_in_and_state(workspace: Workspace) -> None:
    with pytest.raises(NotAllowed, match="may not bring a strategy in"):
        bring_in(workspace, by=LEAD)
    plan = bring_in(workspace, by=CHAIR)
    plans.commit(
        workspace, plan.id, "Prevention", "Homes know whom to call", agency="health", by=CO, now=NOW, today=TODAY
    )
    said = "Six of seven homes were reached."
    plans.state(workspace, f"{plan.id}/C03", said, by=OTHER_LEAD, now=NOW, today=TODAY)
    with pytest.raises(NotAllowed, match="that another agency leads on"):
        plans.state(workspace, f"{plan.id}/C03", said, by=LEAD, now=NOW, today=TODAY)


def test_an_audits_plan_names_its_audit(workspace: Workspace) -> None:
    for audit, why in (("", "Name the audit"), ("CE-1999-01", "There is no audit CE-1999-01")):
        with pytest.raises(InputError, match=why):
            plans.open_plan(workspace, "From the audit", Source.AUDIT, audit=audit, by=CO, now=NOW, today=TODAY)


# --- rules in force


def test_rules_change_from_a_day_on_and_the_days_before_keep_theirs(workspace: Workspace) -> None:
    action = an_action(workspace, a_plan(workspace))
    bring(workspace, action.id, State.IN_PROGRESS)
    for on in (-5, 5):
        progress.update(workspace, [action.id], "As before", by=OWNER, now=moment(on), today=days(on))
    rules.use(workspace, RAG, days(1), by=CO, now=NOW, today=TODAY)
    at = yardstick(workspace, 6)
    assert at.rules.title == "RAG, version 1"
    told = stories.story(workspace, action.id, at, workspace.people()[CO]).colours
    assert [colour.reason for _, colour in told] == [
        "Green: in time, with an update in this review cycle.", "Green: on track."
    ]  # fmt: skip
    rules.use(workspace, DEFAULT, days(8), by=CHAIR, now=moment(7), today=days(7))
    rules.use(workspace, RAG, days(20), by=CO, now=moment(9), today=days(9))
    assert [rules.on(workspace, days(on)).name for on in (0, 1, 7, 8, 19, 20)] == [
        "HSCP-default", "RAG", "RAG", "HSCP-default", "HSCP-default", "RAG",
    ]  # fmt: skip
    assert rules.named(workspace, "rag").since == days(20)


@pytest.mark.parametrize(
    ("since", "by", "why"),
    [(-1, CO, "from today or a later day on"), (0, LEAD, "may not say which rules"), (5, CO, "is in force since")],
)
def test_rules_that_are_not_put_in_force(workspace: Workspace, since: int, by: str, why: str) -> None:
    if since == 5:
        rules.use(workspace, RAG, TODAY, by=CO, now=NOW, today=TODAY)
    with pytest.raises(InputError, match=why):
        rules.use(workspace, RAG, days(since), by=by, now=NOW, today=TODAY)


def test_rules_of_no_name_are_said_not_to_be_there(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="there are HSCP-default, percent-thresholds, RAG"):
        rules.named(workspace, "purple")


def test_the_default_without_any_other(workspace: Workspace) -> None:
    assert yardstick(workspace).rules is DEFAULT
    assert Colour.BLUE in {rule.colour for rule in DEFAULT.rules}


# --- good practice


def answer(workspace: Workspace, id: str, agency: str, said: str, by: str = CO, **given: str) -> None:
    spreading.take_up(workspace, id, agency, Took(said), **given, by=by, now=NOW, today=TODAY)


def test_good_practice_is_followed_to_its_spread(workspace: Workspace) -> None:
    made = spreading.add(
        workspace, a_plan(workspace).id, "One page tells the child’s story", agency="health", by=MEMBER, now=NOW,
        today=TODAY,
    )  # fmt: skip
    answer(workspace, made.id, "police", "considering", by=LEAD)
    answer(workspace, made.id, "police", "adapted", by=LEAD, shown_by="Form 12, version 3")
    answer(workspace, made.id, "education", "not_for_us", note="Schools keep no such file")
    (good,) = spreading.everywhere(workspace)
    assert (good.id, good.found_at, good.taken_by) == (made.id, ("health",), ["police"])
    assert good.silent(["police", "health", "education", "social-care"]) == ["social-care"]


@pytest.mark.parametrize(
    ("said", "given", "why"),
    [
        ("taken_up", {}, "Name what shows"),
        ("adapted", {"shown_by": "yes"}, "Name what shows"),
        ("considering", {"by": OTHER_LEAD}, "may not answer for police"),
    ],
)
def test_an_answer_that_is_refused(workspace: Workspace, said: str, given: dict[str, str], why: str) -> None:
    made = spreading.add(
        workspace, a_plan(workspace).id, "One page tells the child’s story", by=CO, now=NOW, today=TODAY
    )
    with pytest.raises(InputError, match=why):
        answer(workspace, made.id, "police", said, **given)


def test_a_practice_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match=r"There is no practice G-1999-001. `qa practice list`"):
        answer(workspace, "G-1999-001", "police", "considering")
