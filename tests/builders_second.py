"""A return scored by two raters who do not see each other’s answers, at any stage."""

from __future__ import annotations

from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_full_return, a_return

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import returns, secondscores, setup, starting, submission

OTHER = "b.second@police"
SECOND = f"{RETURN}-R2"
FIRST_WORDS, SECOND_WORDS = "Seen by the first alone", "Seen by the second alone"


def asked_twice(workspace: Workspace) -> Workspace:
    """A second score asked for beside the return, which nobody has begun."""
    setup.add_person(workspace, OTHER, "Bo Second", by=BOSS, now=START)
    secondscores.ask(workspace, RETURN, OTHER, by=BOSS, now=START, today=TODAY)
    return workspace


def first_sends(workspace: Workspace) -> Workspace:
    """The first rater’s return sent in, with words of its own."""
    a_full_return(a_return(workspace))
    given = Answer(id="PL-01", values={"answer": "partly"}, comment=FIRST_WORDS, evidence="Log 12, page 3 to 7")
    returns.answer(workspace, RETURN, given, seen=None, by=RATER, now=START)
    _send(workspace, RETURN, RATER)
    return workspace


def second_scores(workspace: Workspace, *, send: bool = False) -> Workspace:
    """The second rater’s return filled in, and sent in if asked."""
    starting.start(workspace, SECOND, by=OTHER, now=START, today=TODAY)
    returns.declare(workspace, SECOND, Relation.NONE, by=OTHER, now=START)
    values: dict[str, object] = {"S0-1": "yes", "PL-01": "no", "PL-03": "good", "VC-01": "yes"}
    values["PL-02"] = {"from": "2026-11-02", "to": "2026-11-05"}
    answers = [
        Answer(id=id, values={"answer": value}, evidence="Plan of May, page 2", comment=SECOND_WORDS)
        for id, value in values.items()
    ]
    answers.append(Answer(id="PL-04", missing=Missing.NOT_KNOWN, comment="Not there."))
    returns.answer_all(workspace, SECOND, answers, by=OTHER, now=START)
    returns.grade(workspace, SECOND, Grade.REQUIRES_IMPROVEMENT, reasons="The plan came late.", departure="Late.",
                  seen=None, by=OTHER, now=START)  # fmt: skip
    if send:
        _send(workspace, SECOND, OTHER)
    return workspace


def _send(workspace: Workspace, return_id: str, by: str) -> None:
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(workspace, return_id)))
    submission.submit(workspace, return_id, safe="yes", relation=Relation.NONE, acknowledged=notes, by=by, now=START)
