"""A thread goes from a finding back to its answers and forward to what came of it; and from a count back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders_panel import AUDIT, CHAIR, CHILD, HEALTH, MEMBER, POLICE, SECRET, a_panel_workspace
from builders_scoring import BOSS, LEAD, RATER, START, TODAY

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.findings import AnswerRef, Finding, FindingKind
from qa_toolkit.domain.moderation import Shift
from qa_toolkit.domain.plans.plan import Responded, Source
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.audits.trace_text import figure_lines, ledger_lines, trace_lines
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, findings, hearings, moderation, tracing
from qa_toolkit.workflow.plans import actions, plans, recommendations
from qa_toolkit.workflow.plans.tracking import yardstick

LATER = START + timedelta(days=30)
ON = TODAY + timedelta(days=30)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Workspace]:
    made = a_panel_workspace(tmp_path / "w")
    yield made
    made.close()


def raised(at: Workspace, *refs: AnswerRef, kind: FindingKind = FindingKind.DEVELOP) -> Finding:
    return findings.raise_finding(at, AUDIT, kind, "Plans come late", answers=refs, by=BOSS, now=START, today=TODAY)


def traced(at: Workspace, id: str, who: str = BOSS) -> str:
    found = tracing.trace(at, id, yardstick(at, ON, england_and_wales()), at.people()[who])
    return "\n".join(trace_lines(found))


def answer(return_id: str, question: str = "PL-01") -> AnswerRef:
    return AnswerRef(return_id=return_id, question=question)


def test_a_thread_goes_back_to_the_answers_and_forward_to_what_was_done(at: Workspace) -> None:
    made = raised(at, answer(POLICE))
    assert "Nothing yet: no recommendation and no action names it." in traced(at, made.id)
    plan = plans.open_plan(at, "Plans in time", Source.AUDIT, audit=AUDIT, by=BOSS, now=START, today=TODAY)
    asked = recommendations.recommend(at, plan.id, "Hold the first meeting in five days.", answers=[made.id], by=BOSS,
                                      now=START, today=TODAY)  # fmt: skip
    recommendations.respond(at, asked.id, Responded.ACCEPTED, by_whom="Head of safeguarding", by=BOSS, now=START,
                            today=TODAY)  # fmt: skip
    due = TODAY + timedelta(days=14)
    first = actions.propose(at, plan.id, "Set a booking rule for first meetings.", due=due, recommendation=asked.id,
                            owner=LEAD, by=BOSS, now=START, today=TODAY)  # fmt: skip
    direct = actions.propose(at, plan.id, "Share the checklist with all teams.", due=due, finding=made.id, owner=LEAD,
                             by=BOSS, now=START, today=TODAY)  # fmt: skip
    said = traced(at, made.id)
    for words in (
        f"{POLICE}/PL-01  police: No", "Evidence: Log 12 of a, pages 3 to 7",
        "Seen in 1 of 2 children, 1 of 2 returns.",
        f"{asked.id}  Recommendation, 23 Nov 2026: Hold the first meeting in five days.",
        "The partnership: accepted, 23 Nov 2026.", f"{first.id}  Proposed: Set a booking rule",
        f"{direct.id}  Proposed: Share the checklist", "Owner police, due 7 Dec 2026",
    ):  # fmt: skip
        assert words in said, words
    assert tracing.findings_of(at, first.id.lower()) == (made.id,)
    assert tracing.findings_of(at, direct.id) == (made.id,)
    assert tracing.findings_of(at, asked.id) == (made.id,)


def test_what_is_sensitive_and_what_another_agency_answered_stays_where_it_may(at: Workspace) -> None:
    made = raised(at, answer(POLICE, "PL-04"), answer(HEALTH))
    assert SECRET not in traced(at, made.id, CHAIR)
    said = traced(at, made.id, RATER)
    assert "police: Sensitive" in said
    assert "health: For the panel and its own agency" in said
    assert "Log 12 of n" not in said


def test_a_sensitive_action_is_told_to_those_it_is_for(at: Workspace) -> None:
    made = raised(at, answer(POLICE))
    plan = plans.open_plan(at, "Plans in time", Source.AUDIT, audit=AUDIT, by=BOSS, now=START, today=TODAY)
    actions.propose(at, plan.id, "Look at one team's caseload.", due=ON, finding=made.id, owner=LEAD, sensitive=True,
                    by=BOSS, now=START, today=TODAY)  # fmt: skip
    assert "caseload" in traced(at, made.id, LEAD)
    assert "caseload" not in traced(at, made.id, MEMBER)


def test_found_again_later_is_told_from_both_ends(at: Workspace) -> None:
    earlier = raised(at, answer(POLICE))
    template, source = library.load("dip-sample")
    audits.open_audit(at, "DS-2026-06", "Again", template, source, agencies=["police"], due=date(2027, 2, 1), opened=ON,
                      by=BOSS, now=LATER)  # fmt: skip
    audits.add_case(at, "DS-2026-06", facts={"age_band": "13 to 14"}, by=BOSS, now=LATER, today=ON)
    later = findings.raise_finding(at, "DS-2026-06", FindingKind.SYSTEM, "Plans are late again", by=BOSS, now=LATER,
                                   today=ON, answers=[answer("DS-2026-06-C01-POLICE")])  # fmt: skip
    assert f"Again: {later.id} of DS-2026-06: Plans are late again" in traced(at, earlier.id)
    assert f"Before: {earlier.id} of {AUDIT} rests on the same questions" in traced(at, later.id)


@pytest.mark.parametrize(
    ("id", "says"),
    [("F-2026-099", "no finding F-2026-099"), ("A-2026-099", "no action"), ("R-2026-099", "no recommendation"),
     ("nonsense", "nothing that can be traced")],
)  # fmt: skip
def test_what_leads_nowhere_says_so(at: Workspace, id: str, says: str) -> None:
    with pytest.raises(NotFound, match=says):
        tracing.findings_of(at, id)


def test_a_count_goes_back_to_the_returns_behind_it(at: Workspace) -> None:
    made = raised(at, answer(POLICE))
    said = "\n".join(figure_lines(tracing.figure(at, AUDIT, "pl-01", BOSS)))
    assert f"No: 1 of 2 returns\n      {POLICE}" in said
    assert f"Yes: 1 of 2 returns\n      {HEALTH}" in said
    assert f"{made.id}  Area to develop: Plans come late" in said
    assert "Sensitive: 2 of 2 returns" in "\n".join(figure_lines(tracing.figure(at, AUDIT, "PL-04", BOSS)))
    with pytest.raises(NotFound, match="no question ZZ-99"):
        tracing.figure(at, AUDIT, "ZZ-99", BOSS)
    with pytest.raises(NotAllowed, match="Moderation is for"):
        tracing.figure(at, AUDIT, "PL-01", RATER)


def test_answers_alike_are_those_that_say_the_same_and_are_filed(at: Workspace) -> None:
    assert findings.alike(at, AUDIT, [answer(POLICE, "VC-01")]) == (answer(HEALTH, "VC-01"),)
    assert findings.alike(at, AUDIT, [answer(POLICE)]) == ()
    assert findings.alike(at, AUDIT, [answer(POLICE, "VC-01"), answer(HEALTH, "VC-01")]) == ()


def test_the_ledger_says_what_moved_and_why_in_one_audit_and_over_all(at: Workspace) -> None:
    moderation.agree(at, CHILD, Grade.GOOD, "The plan was late and did no harm.", by=CHAIR, now=START)
    found = hearings.ledger(at, AUDIT)
    assert hearings.ledgers(at, by=BOSS).shifts == tuple(found)
    assert hearings.ledgers(Workspace(at.root), by=BOSS).shifts == tuple(found), "from the snapshot as well"
    said = "\n".join(ledger_lines(found))
    assert "What moved: 1 of 2 grades" in said
    assert f"{CHILD}, health: The agency gave Requires improvement; the panel agreed Good, one step higher." in said
    assert "The plan was late and did no harm." in said
    moderation.agree(at, CHILD, Grade.GOOD, "The first reason was a slip.", by=CHAIR, now=START)
    assert "a slip" in "\n".join(ledger_lines(hearings.ledgers(at, by=BOSS).shifts))
    with pytest.raises(NotAllowed, match="Moderation is for"):
        hearings.ledgers(at, by=RATER)


def test_sections_are_listed_when_asked_for_and_never_counted_as_returns() -> None:
    found = [
        Shift(CHILD, "police", Grade.GOOD, Grade.GOOD, "overall", "Sound."),
        Shift(CHILD, "police", Grade.GOOD, Grade.INADEQUATE, "PL", "No plan."),
    ]
    assert "What moved: 0 of 1 grades" in "\n".join(ledger_lines(found))
    said = "\n".join(ledger_lines(found, sections=True))
    assert "What moved: 1 of 2 grades" in said
    assert "One return moderated" in said


def test_a_finding_needs_a_sentence_even_from_a_draft(at: Workspace) -> None:
    draft = findings.draft(at, AUDIT, FindingKind.DEVELOP, answers=[answer(POLICE)])
    assert findings.how_common(at, draft).sentence == "1 of 2 children, 1 of 2 returns"
    assert (draft.agencies, draft.id) == (("police",), "")
    with pytest.raises(InputError, match="in a sentence"):
        findings.raise_finding(at, AUDIT, FindingKind.DEVELOP, "Late", by=BOSS, now=START, today=TODAY)
