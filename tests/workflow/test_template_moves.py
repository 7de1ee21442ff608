"""A running audit moved to another version of its template, and back: nothing lost, nothing made to say otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders_re_audit import a_case, file_it, fill
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_return, a_workspace

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.moving_template import Fate, MovePlan
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.exchange.parcel_out import parcel_out
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.workflow import (
    audits,
    findings,
    hearings,
    moderation,
    reading,
    redacting,
    returns,
    setup,
    starting,
    submission,
    template_moves,
    verifying,
)

AUDIT = "CE-2026-01"
_, PLAIN = library.load("dip-sample")
OTHER = (
    PLAIN.replace('edition = "1.0"', 'edition = "1.1"', 1)
    .replace("Did the police do what the plan asked of them?", "Did the police do all that the plan asked?")
    .replace('lower the risk?"\ntype = "grade"', 'lower the risk?"\ntype = "rag"')
    .replace('id = "VC-01"\ntext = "Was the child seen alone, where that was safe?"',
             'id = "VC-03"\ntext = "Was the child seen by somebody whom they trust?"')
)  # fmt: skip


def other(source: str = OTHER) -> Template:
    return read_template(source, "other.toml")


def move(at: Workspace, source: str = OTHER) -> None:
    template_moves.move(at, AUDIT, other(source), source, "Two questions were unclear", by=BOSS, now=START)


def fates(plan: MovePlan) -> dict[str, tuple[Fate, int]]:
    return {line.question: (line.fate, line.answers) for line in plan.lines}


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A return filled in and not sent."""
    made = a_workspace(tmp_path / "w")
    fill(made, RETURN, send=False)
    return made


def test_the_plan_says_what_becomes_of_every_question_and_does_nothing(at: Workspace) -> None:
    before = at.audit(AUDIT).last
    plan = template_moves.plan_move(at, AUDIT, other())
    assert fates(plan) == {
        "PL-03": (Fate.LOST, 1), "VC-01": (Fate.ORPHANED, 1), "PL-04": (Fate.REWORDED, 1), "VC-03": (Fate.NEW, 0),
    }  # fmt: skip
    assert plan.kept == 3
    said = {line.question: line.sentence for line in plan.lines}
    assert said["PL-04"] == (
        "“Did the police do what the plan asked of them?” is now “Did the police do all that the plan asked?”"
    )
    assert at.audit(AUDIT).last == before


def test_a_move_is_one_line_and_touches_no_return(at: Workspace) -> None:
    lines, answers = at.audit(AUDIT).last, at.ret(RETURN).last
    move(at)
    assert at.audit(AUDIT).last == lines + 1
    assert at.ret(RETURN).last == answers
    assert at.audit(AUDIT).audit.template == other().digest
    assert at.audit(AUDIT).audit.template_edition == "1.1"
    assert not verifying.verify(at).faults


def test_answers_are_read_through_the_version_in_force(at: Workspace) -> None:
    move(at)
    ret = at.ret(RETURN)
    assert ret.answers["PL-01"].main == "yes"
    assert not ret.answers["PL-03"].answered, "its answers changed, so it is asked again"
    assert ret.answers["PL-03"].evidence == "Log 12 of the plan, page 3", "and what was said of it stays in view"
    assert "VC-01" not in ret.answers
    assert set(ret.aside) == {"PL-03", "VC-01"}
    assert set(ret.reworded) == {"PL-04"}
    opened = returns.opened(at, RETURN)
    assert {stop.where for stop in submission.what_stops(opened)} >= {"PL-03", "VC-03"}
    assert any(note.where == "PL-04 reworded" for note in submission.what_to_note(opened))
    changed = ret.answers["PL-04"].model_copy(update={"comment": "All but one."})
    returns.answer(at, RETURN, changed, seen=None, by=RATER, now=START)
    assert not at.ret(RETURN).reworded, "once it was answered anew, it is under the new words"


def test_a_rater_who_saw_the_new_words_may_let_an_answer_stand(at: Workspace) -> None:
    move(at)
    for id, value in (("PL-03", "green"), ("VC-03", "yes")):
        returns.answer(at, RETURN, Answer(id=id, values={"answer": value}), seen=None, by=RATER, now=START)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    assert "PL-04 reworded" in notes
    submission.submit(at, RETURN, safe="yes", relation=returns.Relation.NONE, acknowledged=notes, by=RATER, now=START)
    assert not at.ret(RETURN).reworded


def test_what_is_asked_again_can_be_answered_as_it_was_seen(at: Workspace) -> None:
    move(at)
    before = at.ret(RETURN).answers["PL-03"]
    given = before.model_copy(update={"values": {"answer": "green"}})
    returns.answer(at, RETURN, given, seen=seen(before), by=RATER, now=START)
    assert at.ret(RETURN).answers["PL-03"].main == "green"


def test_it_can_be_taken_back_and_nothing_was_lost(at: Workspace) -> None:
    before = at.ret(RETURN).answers
    move(at)
    undone = template_moves.move_back(at, AUDIT, by=BOSS, now=START)
    assert at.ret(RETURN).answers == before
    assert not at.ret(RETURN).aside
    assert at.audit(AUDIT).audit.template_edition == "1.0"
    assert undone.undoes == f"{AUDIT}-T1"
    with pytest.raises(InputError, match="no move to take back"):
        template_moves.move_back(at, AUDIT, by=BOSS, now=START)
    move(at)
    assert not at.ret(RETURN).answers["PL-03"].answered


def test_what_was_answered_meanwhile_is_asked_again_on_the_way_back(at: Workspace) -> None:
    move(at)
    for id, value in (("PL-03", "green"), ("VC-03", "yes")):
        returns.answer(at, RETURN, Answer(id=id, values={"answer": value}), seen=None, by=RATER, now=START)
    found = fates(template_moves.plan_move(at, AUDIT, library.load("dip-sample")[0]))
    assert found["PL-03"] == (Fate.LOST, 1)
    template_moves.move_back(at, AUDIT, by=BOSS, now=START)
    ret = at.ret(RETURN)
    assert ret.answers["VC-01"].main == "yes"
    assert not ret.answers["PL-03"].answered
    assert set(ret.aside) == {"PL-03", "VC-03"}


def test_what_was_sent_in_stands_as_it_was_sent_until_it_is_given_back(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    file_it(at, RETURN)
    assert template_moves.plan_move(at, AUDIT, other()).submitted == (RETURN,)
    move(at)
    opened = returns.opened(at, RETURN)
    assert opened.template.edition == "1.0"
    assert opened.ret.answers["VC-01"].main == "yes"
    assert not opened.ret.aside
    grid = reading.grid(at, AUDIT, today=TODAY, calendar=england_and_wales())
    cell = next(iter(grid.cells.values()))
    assert cell.summary is not None
    assert cell.summary.answered == cell.summary.asked == 6, "all that it was asked"
    heard = hearings.hearing(at, f"{AUDIT}-C01")
    assert "VC-01" not in heard.returns["police"].answers, "the panel reads by the version in force"
    submission.reopen(at, RETURN, "One more look", by=BOSS, now=START)
    assert returns.opened(at, RETURN).template.edition == "1.1"
    grid = reading.grid(at, AUDIT, today=TODAY, calendar=england_and_wales())
    cell = next(iter(grid.cells.values()))
    assert cell.summary is not None
    assert cell.summary.answered == 4


def test_a_return_begun_after_the_move_is_only_of_the_new_version(at: Workspace) -> None:
    move(at)
    later = a_case(at, AUDIT)
    starting.start(at, later, by=RATER, now=START, today=TODAY)
    returns.declare(at, later, returns.Relation.NONE, by=RATER, now=START)
    returns.answer(at, later, Answer(id="PL-04", values={"answer": "yes"}), seen=None, by=RATER, now=START)
    assert not at.ret(later).reworded
    assert at.ret(later).head.template == other().digest


def test_earlier_days_are_read_by_what_was_in_force_then(at: Workspace) -> None:
    move_at = START.replace(day=25)
    template_moves.move(at, AUDIT, other(), OTHER, "Unclear words", by=BOSS, now=move_at)
    then = Workspace(at.root, until=START.replace(day=24))
    assert then.audit(AUDIT).audit.template_edition == "1.0"
    assert "VC-01" in then.ret(RETURN).answers


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (PLAIN, "uses this version"),
        (library.load("missing-children-case-file")[1], "is another template, not a version of it"),
        (OTHER.replace('police = "Police"\n', "").replace(', "police"]', "]")
         .replace('[sections.questions.wording.police]\ntext = "Did the police do all that the plan asked?"\n'
                  'look_for = ["disruption log", "missing episode reports"]\n', ""), "cannot move"),
        (OTHER.replace('"13 to 14", "15 to 16"', '"13 to 15", "16"'), "cannot move"),
    ],
    ids=["the same", "another template", "an agency left out", "a fact that does not fit"],
)  # fmt: skip
def test_what_is_no_other_version_is_refused(at: Workspace, source: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        move(at, source)
    assert at.audit(AUDIT).audit.template_edition == "1.0"


def test_what_rests_on_the_version_in_force_stands_in_the_way(tmp_path: Path) -> None:
    at = a_workspace(tmp_path / "w")
    file_it(at, RETURN)
    findings.raise_finding(
        at, AUDIT, FindingKind.STRENGTH, "Children are seen alone, and it is written down.",
        answers=[AnswerRef(return_id=RETURN, question="VC-01")], by=BOSS, now=START, today=TODAY,
    )  # fmt: skip
    chair = "c.chair@police"
    setup.add_person(at, chair, "Cy Chair", (Role.CHAIR,), by=BOSS, now=START)
    moderation.convene(at, AUDIT, date(2026, 12, 10), chair=chair, present=[Sitter(who=RATER)], by=BOSS, now=START)
    moderation.agree(at, f"{AUDIT}-C01", Grade.GOOD, "The plan was sound and worked.", by=BOSS, now=START)
    with pytest.raises(NotReady) as refused:
        move(at)
    assert len(refused.value.missing) == 2
    assert refused.value.missing[0].startswith("The panel has recorded what it agrees")
    assert "rests on answers to VC-01" in refused.value.missing[1]


def test_only_a_co_ordinator_may_and_only_with_a_reason(at: Workspace) -> None:
    with pytest.raises(NotAllowed, match="Only a co-ordinator"):
        template_moves.move(at, AUDIT, other(), OTHER, "Unclear words", by=RATER, now=START)
    with pytest.raises(InputError, match="Say in a few words why"):
        template_moves.move(at, AUDIT, other(), OTHER, " ", by=BOSS, now=START)
    audits.close_audit(at, AUDIT, by=BOSS, now=START)
    with pytest.raises(NotAllowed, match="is closed"):
        move(at)


def test_words_of_an_answer_that_is_set_aside_can_still_be_taken_out(at: Workspace) -> None:
    source = PLAIN.replace('id = "why_late"\ntype = "short_text"', 'id = "why_late"\ntype = "yes_no"')
    before = at.ret(RETURN).answers["PL-02"]
    said = before.model_copy(update={"values": {**before.values, "why_late": "Zzyzx was away"}})
    returns.answer(at, RETURN, said, seen=None, by=RATER, now=START)
    move(at, source)
    assert "why_late" not in at.ret(RETURN).answers["PL-02"].values
    redacting.redact(at, RETURN, "PL-02", why="A name was typed", by=BOSS, now=START)
    assert b"Zzyzx" not in (at.root / "audits" / AUDIT / "returns" / f"{RETURN}.journal").read_bytes()


def test_a_parcel_cannot_carry_what_was_begun_before(at: Workspace) -> None:
    move(at)
    with pytest.raises(InputError, match="which a parcel cannot carry"):
        parcel_out(at, AUDIT, "police", passphrase="correct horse battery staple", by=BOSS, now=START)


def test_an_edit_to_the_file_changes_nothing_by_itself(tmp_path: Path) -> None:
    at = a_return(a_workspace(tmp_path / "w", PLAIN))
    other()
    assert Workspace(at.root).audit(AUDIT).audit.template == library.load("dip-sample")[0].digest
