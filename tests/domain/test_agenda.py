"""The agenda's rules, one by one: which facts bring which item, in which part, with which sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders_agenda import AT, DAY, line

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.findings import AnswerRef, Finding, FindingKind, Repeat
from qa_toolkit.domain.moderation import ShiftOfAgency
from qa_toolkit.domain.people import Person, Role, Tier
from qa_toolkit.domain.plans.agenda import agenda
from qa_toolkit.domain.plans.agenda_items import HIDDEN, ConcernCount, Facts, Item, Line, Returned, Section
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.escalation import Climbed
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.plans.records import Impact, Priority
from qa_toolkit.domain.programme import Because, Entry
from qa_toolkit.domain.programme import Standing as Planned
from qa_toolkit.domain.template.kind import Kind as TemplateKind

TIER = Tier(id="qa-group", name="Quality Assurance Group", order=1)
MEETING = Meeting(id="M-2026-002", tier="qa-group", day=DAY, papers=DAY, chair="c@unit")
LAST = Meeting(id="M-2026-001", tier="qa-group", day=date(2026, 10, 1), papers=date(2026, 9, 24), ended_at=AT)
S, C, P = State, Colour, Section


def of(*lines: Line, **facts: Any) -> tuple[Item, ...]:
    """The agenda of those actions."""
    return agenda(Facts(MEETING, TIER, DAY, **{"last": LAST, "lines": lines, **facts}))


UP = Climbed(Rung.QA_GROUP, "25 working days overdue (the rule: from 20)")

PLACED: list[tuple[str, Line, Section | None, str]] = [
    ("green", line(), None, ""),
    ("amber", line(colour=C.AMBER), P.AMBER, "Amber: by a rule."),
    ("red", line(colour=C.RED), P.RED, "Red: by a rule."),
    ("red and stale", line(colour=C.RED, stale=True, days_since_update=70), P.RED,
     "Red: by a rule. No update for 70 working days."),
    ("amber and stale", line(colour=C.AMBER, stale=True, days_since_update=40), P.SILENT,
     "Amber: by a rule. No update for 40 working days."),
    ("without owner", line(colour=C.RED, ownerless=True), P.SILENT, "Nobody owns it. Red: by a rule."),
    ("on hold", line(S.ON_HOLD, C.GREY), None, ""),
    ("submitted", line(S.SUBMITTED, C.GREEN), P.CLOSURES,
     "Submitted by its owner as done on 2 Nov 2026; one piece of evidence. Measure: 9 of 10."),
    ("verified", line(S.VERIFIED, C.GREEN, evidence=3), P.CLOSURES,
     "Verified by somebody independent on 2 Nov 2026; 3 pieces of evidence. Measure: 9 of 10."),
    ("later day", line(colour=C.RED, asked=True), P.LATER_DAYS,
     "Asks for 30 Jan 2027 instead of 23 Nov 2026: The trainer is ill."),
    ("proposed", line(S.PROPOSED, C.GREY), P.PROPOSED, "Proposed on 2 Nov 2026; nobody has agreed it yet."),
    ("closed", line(S.CLOSED, C.BLUE), None, ""),
    ("impact due", line(S.CLOSED, C.BLUE, impact_due=DAY), P.RE_AUDITS,
     "Closed on 2 Nov 2026; its impact is to be judged by 23 Nov 2026."),
    ("impact later", line(S.CLOSED, C.BLUE, impact_due=date(2027, 9, 1)), None, ""),
    ("impact known", line(S.CLOSED, C.BLUE, impact_due=DAY, impact=Impact.SOME), None, ""),
    ("the group’s own", line(colour=C.GREEN, source=Source.MEETING), P.ARISING,
     "This group set it. Green: by a rule."),
    ("the group’s own, submitted", line(S.SUBMITTED, source=Source.MEETING), P.CLOSURES,
     "Submitted by its owner as done on 2 Nov 2026; one piece of evidence. Measure: 9 of 10."),
    ("the group’s own, closed", line(S.CLOSED, C.BLUE, source=Source.MEETING), None, ""),
    ("another group’s", line(colour=C.RED, tier="main-board"), None, ""),
    ("another group’s, climbed", line(colour=C.RED, tier="child-exploitation-group", rung=UP), P.ESCALATED,
     "25 working days overdue (the rule: from 20). Red: by a rule."),
    ("another group’s, at its lead", line(tier="main-board", rung=UP._replace(rung=Rung.AGENCY_LEAD)), None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "section", "why"), [row[1:] for row in PLACED], ids=[row[0] for row in PLACED])
def test_an_action_stands_once_where_most_is_asked(one: Line, section: Section | None, why: str) -> None:
    found = of(one)
    assert [(item.key, item.section, item.why) for item in found] == ([("A-2026-001", section, why)] if section else [])
    assert all(item.asks for item in found)


CONSENT: list[tuple[str, Line, dict[str, Any], str]] = [
    ("verified", line(S.VERIFIED), {}, ""),
    ("submitted only", line(S.SUBMITTED), {}, "nobody independent has seen the evidence yet"),
    ("waived", line(S.VERIFIED), {"waived": frozenset({"A-2026-001"})}, "its verifier was not independent (waived)"),
    ("not met", line(S.VERIFIED), {"unmet": frozenset({"A-2026-001"})}, "its measure was not met"),
    ("high", line(S.VERIFIED, priority=Priority.HIGH), {}, "it is of high priority"),
    ("interest", line(S.VERIFIED), {"interests": {"A-2026-001": ["Kim"]}}, "Kim declared an interest"),
    ("chair’s agency", line(S.VERIFIED), {"chair": Person(id="c@police", name="C")},
     "the chair is of the agency that owns it"),
    ("chair’s agency, handed over", line(S.VERIFIED),
     {"chair": Person(id="c@police", name="C"), "handed": frozenset({"A-2026-001"})}, ""),
    ("chair of the unit", line(S.VERIFIED, agency="business-unit"),
     {"chair": Person(id="c@business-unit", name="C")}, ""),
    ("the scrutineer chairs", line(S.VERIFIED),
     {"chair": Person(id="c@police", name="C", roles=(Role.SCRUTINEER,))}, ""),
    ("later day", line(asked=True), {}, ""),
    ("second later day", line(asked=True, extensions=1), {}, "its day was changed before"),
    ("too late", line(asked=True, days_overdue=2), {}, "it is past its day already"),
    ("high, later", line(asked=True, priority=Priority.HIGH), {}, "it is of high priority"),
    ("climbed", line(asked=True, rung=UP), {}, "it has climbed the ladder"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "facts", "contested"), [row[1:] for row in CONSENT], ids=[row[0] for row in CONSENT])
def test_the_consent_list_takes_what_nobody_contests(one: Line, facts: dict[str, Any], contested: str) -> None:
    (item,) = of(one, **facts)
    assert (item.contested, item.consent) == (contested, not contested)


def test_only_closures_and_later_days_can_be_on_the_consent_list() -> None:
    assert not any(item.consent for item in of(line(colour=C.RED), line(S.PROPOSED, id="A-2026-002")))


def test_the_parts_come_in_order_and_the_worst_first() -> None:
    found = of(
        line(colour=C.AMBER, id="A-2026-001"), line(S.VERIFIED, id="A-2026-002"),
        line(colour=C.RED, id="A-2026-003", days_overdue=2), line(colour=C.RED, id="A-2026-004", days_overdue=20),
        minutes=[LAST],
    )  # fmt: skip
    assert [item.key for item in found] == ["M-2026-001", "A-2026-004", "A-2026-003", "A-2026-001", "A-2026-002"]


def test_what_was_not_reached_comes_first_in_its_part_and_what_settled_itself_is_named() -> None:
    last = LAST.model_copy(update={"carried": ("A-2026-003", "A-2026-009")})
    found = of(line(colour=C.RED, id="A-2026-004", days_overdue=20), line(colour=C.RED, id="A-2026-003"), last=last)
    assert [(item.key, item.carried) for item in found] == [
        ("settled", False), ("A-2026-003", True), ("A-2026-004", False),
    ]  # fmt: skip
    assert found[0].title == "Not reached last time, and settled since: A-2026-009"
    assert found[0].why == "One item not reached on 1 Oct 2026 no longer asks for anything."


def test_a_sensitive_action_stands_there_without_its_text() -> None:
    (item,) = of(line(colour=C.RED, sensitive=True))
    assert item.title == HIDDEN


def decision(id: str, **facts: Any) -> Decision:
    """One decision of the last meeting."""
    given = {"meeting": LAST.id, "tier": "qa-group", "kind": Kind.ASK_MORE, "text": "Show ten files.", "at": AT,
             "by": "co@unit", "subject": "A-2026-001"} | facts  # fmt: skip
    return Decision(id=id, **given)


DECISIONS: list[tuple[str, list[Decision], list[tuple[str, Section]]]] = [
    ("nothing due", [decision("M-2026-001/D01")], []),
    ("due back", [decision("M-2026-001/D01", due_back=DAY)], [("M-2026-001/D01", P.DUE_BACK)]),
    ("due later", [decision("M-2026-001/D01", due_back=date(2026, 12, 1))], []),
    ("heard at a meeting before", [
        decision("M-2026-001/D01", due_back=DAY),
        decision("M-2026-009/D01", meeting="M-2026-009", kind=Kind.NOTE, subject="M-2026-001/D01"),
    ], []),
    ("heard at this meeting stays", [
        decision("M-2026-001/D01", due_back=DAY),
        decision("M-2026-002/D01", meeting="M-2026-002", kind=Kind.NOTE, subject="M-2026-001/D01"),
    ], [("M-2026-001/D01", P.DUE_BACK)]),
    ("chair’s action", [decision("CA-2026-001", meeting="")], [("CA-2026-001", P.RATIFY)]),
    ("ratified", [decision("CA-2026-001", meeting="", ratified_by="M-2026-001")], []),
    ("ratified at this meeting stays", [decision("CA-2026-001", meeting="", ratified_by="M-2026-002")],
     [("CA-2026-001", P.RATIFY)]),
    ("without a quorum", [decision("M-2026-001/D01", quorate=False)], [("M-2026-001/D01", P.RATIFY)]),
    ("without a quorum, here", [decision("M-2026-002/D01", meeting="M-2026-002", quorate=False)], []),
]  # fmt: skip


@pytest.mark.parametrize(("decisions", "expected"), [row[1:] for row in DECISIONS], ids=[row[0] for row in DECISIONS])
def test_decisions_come_back(decisions: list[Decision], expected: list[tuple[str, Section]]) -> None:
    assert [(item.key, item.section) for item in of(decisions=decisions)] == expected


def entry(id: str, standing: Planned, *months: str) -> Entry:
    """One entry of the programme."""
    return Entry(
        id=id, title="Missing", kind=TemplateKind.CASE_FILE, because=Because.DATA, why="Because of the data.",
        months=months, standing=standing,
    )  # fmt: skip


PROGRAMME: list[tuple[Entry, str]] = [
    (entry("P-2026-01", Planned.AGREED, "2026-09", "2026-10"), "Planned from Sep 2026 on, and not begun."),
    (entry("P-2026-01", Planned.AGREED, "2026-11"), ""),
    (entry("P-2026-01", Planned.RUNNING, "2026-09", "2026-10"), "Planned to end in Oct 2026, and still running."),
    (entry("P-2026-01", Planned.RUNNING, "2026-09", "2026-11"), ""),
    (entry("P-2026-01", Planned.DONE, "2026-03"), ""),
    (entry("P-2026-01", Planned.POSTPONED, "2026-03"), ""),
]


@pytest.mark.parametrize(("one", "why"), PROGRAMME)
def test_the_programme_is_held_against_the_plan(one: Entry, why: str) -> None:
    found = [item for item in of(programme=[one]) if item.key != "programme"]
    assert [item.why for item in found] == ([why] if why else [])


def test_returns_concerns_grades_and_repeats_have_their_parts() -> None:
    finding = Finding(
        id="F-2026-004", audit="CE-2026-02", kind=FindingKind.DEVELOP, text="Screens come late.",
        answers=(AnswerRef(return_id="CE-2026-02-C01-POLICE", question="UI-02"),),
    )  # fmt: skip
    earlier = finding.model_copy(update={"id": "F-2025-001", "audit": "CE-2025-01"})
    found = of(
        returns=[Returned("health", 8, 8, 1, 0, 0), Returned("police", 8, 5, 0, 3, 12)],
        concerns=ConcernCount(3, 2, 1, 1, 1),
        shifts=[ShiftOfAgency("health", 9, 1, 0), ShiftOfAgency("lantern", 1, 3, 0), ShiftOfAgency("police", 3, 2, 4)],
        repeats=[(finding, Repeat(earlier, ("UI-02",), ()))],
    )  # fmt: skip
    assert [(item.key, item.title, item.why) for item in found] == [
        ("returns", "13 of 16 returns are in (1 nil), 3 late",
         "Every agency’s returns of the open audits are counted at every meeting."),
        ("returns:police", "police: 5 of 8 in", "3 returns are late, the latest by 12 working days."),
        ("concerns", "3 raised, 2 acknowledged, 1 with an outcome, 1 closed",
         "Concerns are counted at every meeting; what they say is not for it. 1 wait longer than the clock allows."),
        ("grades", "23 returns moderated: as the agency gave it in 13, higher in 6, lower in 4",
         "The panel agreed grades that this group has not looked at yet."),
        ("grades:police", "police: Of 9 returns, the panel agreed as given in 3, higher in 2, lower in 4: where they "
         "differ, the panel lies mostly lower.", "In most of its returns the panel saw it otherwise."),
        ("F-2026-004", "Screens come late.",
         "Found before: F-2025-001 of CE-2025-01 rests on the same questions (UI-02): Screens come late."),
    ]  # fmt: skip


def test_an_empty_workspace_has_an_empty_agenda() -> None:
    assert of() == ()
