"""An audit and its re-audit, with as many children as wanted, answered and filed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from builders_scoring import BOSS, RATER, START, TODAY, a_workspace

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, returns, starting, submission

FIRST, AGAIN = "CE-2026-01", "CE-2027-01"
AN_ANSWER = {"S0-1": "yes", "PL-01": "yes", "PL-03": "good", "PL-04": "yes", "VC-01": "yes"}


def a_re_audit(workspace: Workspace, changed: str = "") -> Workspace:
    """The re-audit opened, without children; on a changed text of the template, if one is given."""
    template, source = (read_template(changed, "changed.toml"), changed) if changed else library.load("dip-sample")
    audits.open_audit(
        workspace, AGAIN, "Again", template, source, agencies=["police"], due=date(2027, 12, 4), opened=TODAY,
        re_audit_of=FIRST, by=BOSS, now=START,
    )  # fmt: skip
    return workspace


def a_case(workspace: Workspace, audit: str, ref: str = "") -> str:
    """One more child, whose return the rater owes; gives the return's id."""
    made = audits.add_case(workspace, audit, ref=ref, facts={"age_band": "13 to 14"}, by=BOSS, now=START, today=TODAY)
    audits.allocate(workspace, f"{made.id}-POLICE", RATER, by=BOSS, now=START)
    return f"{made.id}-POLICE"


def fill(workspace: Workspace, id: str, voice: str = "yes", grade: Grade = Grade.GOOD, *, send: bool = True) -> None:
    """The return answered, its voice question as said; sent in unless not wanted."""
    starting.start(workspace, id, by=RATER, now=START, today=TODAY)
    returns.declare(workspace, id, Relation.NONE, by=RATER, now=START)
    values: dict[str, object] = {**AN_ANSWER, "VC-01": voice, "PL-02": {"from": "2026-11-02", "to": "2026-11-04"}}
    given = [
        Answer(id=q, values={"answer": v}, evidence="Log 12 of the plan, page 3", comment="Seen.")
        for q, v in values.items()
    ]
    returns.answer_all(workspace, id, given, by=RATER, now=START)
    returns.grade(workspace, id, grade, reasons="Sound.", departure="As seen.", seen=None, by=RATER, now=START)
    if send:
        notes = tuple(note.where for note in submission.what_to_note(returns.opened(workspace, id)))
        submission.submit(workspace, id, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)


def file_it(workspace: Workspace, id: str, voice: str = "yes", grade: Grade = Grade.GOOD) -> None:
    """The return filled, sent in and filed."""
    fill(workspace, id, voice, grade)
    submission.receive(workspace, id, by=BOSS, now=START)


def two_audits(root: Path, then: Iterable[str], now: Iterable[str], changed: str = "") -> Workspace:
    """An audit and its re-audit with a child for each answer to the voice question, all filed."""
    workspace = a_workspace(root)
    for number, voice in enumerate(then):
        file_it(workspace, f"{FIRST}-C01-POLICE" if not number else a_case(workspace, FIRST), voice)
    a_re_audit(workspace, changed)
    for voice in now:
        grade = Grade.GOOD if voice == "yes" else Grade.REQUIRES_IMPROVEMENT
        file_it(workspace, a_case(workspace, AGAIN), voice, grade)
    return workspace
