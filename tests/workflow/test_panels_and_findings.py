"""A panel's day and what it finds: one line each, nothing of the agencies touched, and a thread back to the answers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.findings import AnswerRef, FindingKind, Number, Tag
from qa_toolkit.domain.moderation import Asked, Sitter, Whose
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import library
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal
from qa_toolkit.workflow import audits, findings, hearings, moderation, returns, setup, starting, submission
from qa_toolkit.workflow.verifying import verify

CHILD = "CE-2026-01-C01"
CHAIR = "t.chair@business-unit"
LATER = START + timedelta(hours=5)
REF = AnswerRef(return_id=RETURN, question="PL-01")


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """One return filed, and somebody to chair."""
    made = a_full_return(a_return(a_workspace(tmp_path / "w")), send=True)
    submission.receive(made, RETURN, by=BOSS, now=START)
    setup.add_person(made, CHAIR, "T. Chair", (Role.CHAIR,), by=BOSS, now=START)
    return made


@pytest.fixture
def sitting(at: Workspace) -> Workspace:
    moderation.convene(at, "CE-2026-01", TODAY, chair=CHAIR, present=[Sitter(who=LEAD)], by=BOSS, now=LATER)
    return at


def test_a_panel_hears_what_was_filed_and_knows_what_is_not(sitting: Workspace) -> None:
    audits.add_case(sitting, "CE-2026-01", facts={"age_band": "15 to 16"}, by=BOSS, now=LATER, today=TODAY)
    heard = hearings.hearing(sitting, CHILD)
    assert list(heard.returns) == ["police"]
    assert heard.quorum is not None
    assert "children’s social care or health" in heard.quorum.sentence
    other = hearings.hearing(sitting, "CE-2026-01-C02")
    assert (dict(other.returns), dict(other.waiting)) == ({}, {"police": "CE-2026-01-C02-POLICE"})


def test_what_it_agrees_is_one_line_and_touches_no_return(sitting: Workspace) -> None:
    before = {name: sitting.shelf(name).journal.seq for name in sitting.folder.list()}
    moderation.agree(sitting, CHILD, Grade.REQUIRES_IMPROVEMENT, "The plan was late for the risk.", by=CHAIR, now=LATER)
    after = {name: sitting.shelf(name).journal.seq for name in sitting.folder.list()}
    assert {name for name in after if after[name] != before[name]} == {audit_journal("CE-2026-01")}
    heard = hearings.hearing(sitting, CHILD)
    assert heard.agreed["overall"].grade is Grade.REQUIRES_IMPROVEMENT
    (moved,) = heard.shifts
    assert moved.sentence == "The agency gave Good; the panel agreed Requires improvement, one step lower."
    assert hearings.ledger(sitting, "CE-2026-01") == [moved]
    assert sitting.ret(RETURN).grades["overall"].grade is Grade.GOOD


@pytest.mark.parametrize(
    ("deed", "refused", "says"),
    [
        (lambda at: moderation.agree(at, CHILD, Grade.GOOD, "ok", by=CHAIR, now=LATER), InputError, "reason"),
        (lambda at: moderation.agree(at, CHILD, Grade.GOOD, "long enough", by=RATER, now=LATER), NotAllowed, "neither"),
        (lambda at: moderation.agree(at, CHILD, Grade.GOOD, "long enough", of="ZZ", by=CHAIR, now=LATER), InputError,
         "no section ZZ"),
        (lambda at: moderation.declare_interest(at, CHILD, "x@y", "manages it", by=CHAIR, now=LATER), InputError,
         "not recorded as present"),
        (lambda at: moderation.panel_answer(at, CHILD, "PL-01", {}, by=CHAIR, now=LATER), NotFound, "asks the panel"),
        (lambda at: moderation.record_voice(at, CHILD, Whose.CHILD, Asked.GAVE, by=CHAIR, now=LATER), InputError,
         "Write down the view"),
        (lambda at: moderation.record_voice(at, CHILD, Whose.CHILD, Asked.UNSAFE, view="x", by=CHAIR, now=LATER),
         InputError, "do not go together"),
        (lambda at: moderation.end_turn(at, CHILD, by=CHAIR, now=LATER), InputError, "has not begun"),
    ],
)  # fmt: skip
def test_what_a_panel_may_not(sitting: Workspace, deed: object, refused: type[Exception], says: str) -> None:
    before = sitting.audit("CE-2026-01").last
    with pytest.raises(refused, match=says):
        deed(sitting)  # type: ignore[operator]
    assert sitting.audit("CE-2026-01").last == before


def test_nobody_agrees_before_a_panel_sits_and_only_a_chair_chairs(at: Workspace) -> None:
    with pytest.raises(InputError, match="No panel"):
        moderation.agree(at, CHILD, Grade.GOOD, "long enough", by=CHAIR, now=LATER)
    with pytest.raises(InputError, match="not recorded as a chair"):
        moderation.convene(at, "CE-2026-01", TODAY, chair=LEAD, present=[], by=BOSS, now=LATER)


def test_who_stands_aside_records_nothing_for_that_child(sitting: Workspace) -> None:
    moderation.declare_interest(sitting, CHILD, CHAIR, "supervised the case", by=BOSS, now=LATER)
    with pytest.raises(NotAllowed, match="abstain"):
        moderation.agree(sitting, CHILD, Grade.GOOD, "long enough", by=CHAIR, now=LATER)
    moderation.agree(sitting, CHILD, Grade.GOOD, "long enough", by=BOSS, now=LATER)


def test_turns_follow_each_other_and_are_counted(sitting: Workspace) -> None:
    audits.add_case(sitting, "CE-2026-01", facts={"age_band": "15 to 16"}, by=BOSS, now=LATER, today=TODAY)
    moderation.begin_turn(sitting, CHILD, by=CHAIR, now=LATER)
    moderation.begin_turn(sitting, "CE-2026-01-C02", by=CHAIR, now=LATER + timedelta(minutes=35))
    turn = hearings.hearing(sitting, CHILD).turn
    assert turn is not None
    assert turn.minutes(LATER + timedelta(hours=9)) == 35
    ended = moderation.end_turn(sitting, "CE-2026-01-C02", by=CHAIR, now=LATER + timedelta(minutes=60))
    assert ended.minutes(LATER) == 25


def test_a_view_is_recorded_with_who_asked(sitting: Workspace) -> None:
    moderation.record_voice(
        sitting, CHILD, Whose.FAMILY, Asked.GAVE, asked_by="social worker", view="Nobody rang back.",
        used="Raised as a finding.", by=CHAIR, now=LATER,
    )  # fmt: skip
    assert hearings.hearing(sitting, CHILD).voices[Whose.FAMILY].view == "Nobody rang back."


# --- findings


def raised(at: Workspace, text: str = "Plans are late for the risk", **more: object):
    return findings.raise_finding(
        at, "CE-2026-01", FindingKind.DEVELOP, text, answers=[REF], by=CHAIR, now=LATER, today=TODAY, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_finding_takes_its_agency_and_themes_from_its_answers(at: Workspace) -> None:
    made = raised(at, cause=Cause.SYSTEM, tags=[Tag.IMPACT])
    assert made.id == "F-2026-001"
    assert (made.agencies, made.themes, made.questions) == (("police",), ("plan",), ("PL-01",))
    assert findings.how_common(at, made).sentence == "1 of 1 children, 1 of 1 returns"
    (behind,) = findings.answers_behind(at, made)
    assert (behind.agency, behind.words) == ("police", "Partly")
    assert findings.find(at, "f-2026-001") == made
    assert verify(at).faults == ()


def test_numbers_run_through_the_year_and_are_never_used_again(at: Workspace) -> None:
    first = raised(at)
    findings.withdraw(at, first.id, "Two cases were counted twice.", by=CHAIR, now=LATER)
    assert findings.of_audit(at, "CE-2026-01") == []
    assert raised(at).id == "F-2026-002"
    with at.change(PARTNERSHIP, by=BOSS, did="gave a number", now=LATER) as change:
        change.put(Number(id="F-2026-003", audit="CE-2026-01"))  # a program that was killed between the two lines
    assert raised(at).id == "F-2026-004"
    with pytest.raises(NotFound, match="F-2026-003"):
        findings.find(at, "F-2026-003")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": "short"}, "sentence"),
        ({"answers": [AnswerRef(return_id="CE-2026-01-C09-POLICE", question="PL-01")]}, "no return"),
        ({"answers": [AnswerRef(return_id=RETURN, question="ZZ-1")]}, "no question ZZ-1"),
        ({"themes": ["weather"]}, "no theme weather"),
        ({"agencies": ["navy"]}, "no agency navy"),
        ({"subjects": ["CE-2026-01-C09"]}, "no case"),
    ],
)
def test_a_finding_about_what_is_not_there_is_refused_and_uses_no_number(
    at: Workspace, more: dict[str, object], says: str
) -> None:
    given = {"text": "Plans are late for the risk", "answers": [REF], **more}
    with pytest.raises(InputError, match=says):
        findings.raise_finding(
            at, "CE-2026-01", FindingKind.DEVELOP, str(given.pop("text")), by=CHAIR, now=LATER, today=TODAY, **given,  # type: ignore[arg-type]
        )  # fmt: skip
    assert at.partnership_shelf.all(Number) == {}


def test_auditors_raise_no_findings(at: Workspace) -> None:
    with pytest.raises(NotAllowed, match="panel member"):
        findings.raise_finding(
            at, "CE-2026-01", FindingKind.STRENGTH, "Seen early and well", by=RATER, now=LATER, today=TODAY
        )


def test_strengths_come_first(at: Workspace) -> None:
    raised(at)
    findings.raise_finding(at, "CE-2026-01", FindingKind.STRENGTH, "Seen early and well", by=CHAIR, now=LATER,
                           today=TODAY)  # fmt: skip
    assert [one.kind for one in findings.of_audit(at, "CE-2026-01")] == [FindingKind.STRENGTH, FindingKind.DEVELOP]


def test_a_sensitive_answer_is_not_read_out_through_a_finding(at: Workspace) -> None:
    submission.reopen(at, RETURN, "A page was missed", by=BOSS, now=LATER)
    given = Answer(id="PL-01", values={"answer": "no"}, evidence="Log 44 of May", sensitive=True)
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=LATER)
    (behind,) = findings.answers_behind(at, raised(at))
    assert (behind.words, behind.evidence) == ("Sensitive", "")


def test_the_same_question_in_an_earlier_audit_makes_a_repeat(at: Workspace) -> None:
    earlier = raised(at)
    template, source = library.load("dip-sample")
    opened = TODAY + timedelta(days=30)
    audits.open_audit(at, "DS-2026-02", "Again", template, source, agencies=["police"], due=date(2027, 2, 1),
                      opened=opened, by=BOSS, now=LATER)  # fmt: skip
    audits.add_case(at, "DS-2026-02", facts={"age_band": "13 to 14"}, by=BOSS, now=LATER, today=opened)
    ret = "DS-2026-02-C01-POLICE"
    starting.start(at, ret, by=RATER, now=LATER, today=opened)
    returns.declare(at, ret, Relation.NONE, by=RATER, now=LATER)
    later = findings.raise_finding(
        at, "DS-2026-02", FindingKind.DEVELOP, "Plans are late again", by=CHAIR, now=LATER, today=opened,
        answers=[AnswerRef(return_id=ret, question="PL-01")],
    )  # fmt: skip
    (repeat,) = findings.repeated(at, later)
    assert repeat.earlier.id == earlier.id
    assert "PL-01" in repeat.sentence
    assert findings.repeated(at, earlier) == [], "what came later is no repeat of what came first"
    findings.withdraw(at, earlier.id, "It was counted twice.", by=CHAIR, now=LATER)
    assert findings.repeated(at, later) == []
