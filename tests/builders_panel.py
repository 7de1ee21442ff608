"""An audit of two children for a panel: for the first, police and health have filed, and do not agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from builders_scoring import BOSS, LEAD, RATER, START, TODAY, a_workspace

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, moderation, returns, setup, starting, submission

AUDIT, CHILD, OTHER_CHILD = "DS-2026-05", "DS-2026-05-C01", "DS-2026-05-C02"
POLICE, HEALTH = f"{CHILD}-POLICE", f"{CHILD}-HEALTH"
CHAIR, NURSE, MEMBER = "t.chair@business-unit", "n.nurse@health", "p.member@health"
SECRET = "Told by somebody who must not be named"


def a_panel_workspace(root: Path, *, convened: bool = True, typed: str = "") -> Workspace:
    """Two returns filed on the first child, none on the second; a chair, a panel member, and a sitting."""
    at = a_workspace(root)
    setup.add_agency(at, "health", "Community Health", "health", by=BOSS, now=START)
    setup.add_person(at, NURSE, "Noor Nurse", by=BOSS, now=START)
    setup.add_person(at, MEMBER, "Pat Member", (Role.PANEL,), by=BOSS, now=START)
    setup.add_person(at, CHAIR, "Toni Chair", (Role.CHAIR,), by=BOSS, now=START)
    template, source = library.load("dip-sample")
    audits.open_audit(at, AUDIT, "Plans in time", template, source, agencies=["police", "health"],
                      due=date(2026, 12, 4), opened=TODAY, by=BOSS, now=START)  # fmt: skip
    for _ in range(2):
        audits.add_case(at, AUDIT, facts={"age_band": "13 to 14"}, by=BOSS, now=START, today=TODAY)
    filed(at, POLICE, RATER, Grade.GOOD, typed, **{"PL-01": "no", "PL-03": "good", "PL-04": "no", "VC-01": "yes"})
    filed(at, HEALTH, NURSE, Grade.REQUIRES_IMPROVEMENT, typed,
          **{"PL-01": "yes", "PL-03": "requires_improvement", "PL-04": "partly", "VC-01": "yes"})  # fmt: skip
    if convened:
        moderation.convene(at, AUDIT, TODAY, chair=CHAIR, present=[Sitter(who=LEAD), Sitter(who=MEMBER)],
                           quorum=["police"], minutes_each=30, by=BOSS, now=START)  # fmt: skip
    return at


def filed(at: Workspace, id: str, rater: str, grade: Grade, typed: str = "", **values: Any) -> None:
    """A return scored, sent in and filed; the answer to PL-04 is sensitive."""
    audits.allocate(at, id, rater, by=BOSS, now=START)
    starting.start(at, id, by=rater, now=START, today=TODAY)
    returns.declare(at, id, Relation.NONE, by=rater, now=START)
    told = {"S0-1": "yes", "PL-02": {"from": "2026-11-02", "to": "2026-11-06"}, **values}
    at_return = returns.opened(at, id)
    asked = {question.id for _, question in at_return.template.asked(at_return.ret.head.kind)}
    answers = [
        Answer(id=question, values={"answer": value}, evidence=f"Log 12 of {rater[0]}, pages 3 to 7{typed}",
               comment=SECRET if question == "PL-04" else f"Seen by {rater[0]}.{typed}", sensitive=question == "PL-04")
        for question, value in told.items()
        if question in asked
    ]  # fmt: skip
    returns.answer_all(at, id, answers, by=rater, now=START)
    returns.grade(at, id, grade, reasons=f"Sound.{typed}", departure="Late but sound.", seen=None, by=rater, now=START)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, id)))
    submission.submit(at, id, safe="yes", relation=Relation.NONE, acknowledged=notes, by=rater, now=START)
    submission.receive(at, id, by=BOSS, now=START)
