"""The panel at work: it sits, hears each child, agrees grades with reasons, and records whose view was heard.

Everything here is a line of the audit's own file; the agencies' returns are read and never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from qa_toolkit.domain.answering import check_answer
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.moderation import (
    AgreedGrade,
    Asked,
    Confidence,
    Interest,
    Panel,
    PanelAnswer,
    Sitter,
    Turn,
    Voice,
    Whose,
    voting,
)
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import clean
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import Seen, Workspace, audit_journal, audit_of
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.audits import find_subject
from qa_toolkit.workflow.hearings import panel_of
from qa_toolkit.workflow.reasons import reason_of

NO_PANEL = "No panel of {} has sat yet. `qa panel convene` records who sits."
LEAST_MINUTES = 5

# --- the sitting


def convene(
    workspace: Workspace,
    audit_id: str,
    day: date,
    *,
    chair: str,
    present: Iterable[Sitter],
    subjects: Iterable[str] = (),
    minutes_each: int = 40,
    quorum: Iterable[str] | None = None,
    apologies: str = "",
    by: str,
    now: datetime,
) -> Panel:
    """A sitting with who is present; children in the order in which they are heard, all of them unless named."""
    file = _may_run(workspace, audit_id, by, "convene a panel")
    chairing = allowed.person(workspace, chair)
    if not chairing.is_(Role.CHAIR):
        raise InputError(f"{chairing.name} is not recorded as a chair. `qa people add` gives the role.")
    sitters = {sitter.who: _sitter(workspace, sitter) for sitter in (Sitter(who=chair), *present)}
    heard = tuple(find_subject(workspace, id).id for id in subjects) or tuple(file.subjects)
    _enough_minutes(minutes_each)
    with workspace.change(audit_journal(file.audit.id), by=by, did="convened the panel", now=now) as change:
        number = next_number(f"{file.audit.id}-P", change.shelf.all(Panel))
        panel = Panel(
            id=f"{file.audit.id}-P{number}", day=day, chair=chair, present=tuple(sitters.values()),
            apologies=clean(apologies).strip(), subjects=heard, minutes_each=minutes_each,
        )  # fmt: skip
        change.put(panel if quorum is None else panel.model_copy(update={"quorum": tuple(quorum)}))
    return workspace.audit(file.audit.id).all(Panel)[panel.id]


def change_sitting(
    workspace: Workspace,
    audit_id: str,
    *,
    came: Iterable[Sitter] = (),
    left: Iterable[str] = (),
    apologies: str | None = None,
    minutes_each: int | None = None,
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> Panel:
    """The sitting with those who came later and without those who left. What was agreed before keeps who voted then.

    Raises:
        InputError: No panel sits, or somebody is said to leave who is not there, or the chair.
    """
    file = _may_run(workspace, audit_id, by, "change who sits")
    panel = panel_of(file)
    if panel is None:
        raise InputError(NO_PANEL.format(file.audit.id))
    present = {sitter.who: sitter for sitter in panel.present}
    for who in map(str.strip, left):
        if who == panel.chair:
            raise InputError(f"{who} chairs: convene a new sitting under somebody else.")
        if present.pop(who, None) is None:
            raise InputError(f"{who} is not recorded as present at {panel.id}: {', '.join(present)} are.")
    present |= {sitter.who: sitter for sitter in (_sitter(workspace, one) for one in came)}
    changed = panel.model_copy(
        update={
            "present": tuple(present.values()),
            "apologies": panel.apologies if apologies is None else clean(apologies).strip(),
            "minutes_each": panel.minutes_each if minutes_each is None else _enough_minutes(minutes_each),
        }
    )
    with workspace.change(audit_journal(file.audit.id), by=by, did="changed who sits", now=now, seen=seen) as change:
        change.put(changed)
    return workspace.audit(file.audit.id).all(Panel)[panel.id]


def _enough_minutes(minutes: int) -> int:
    if minutes < LEAST_MINUTES:
        raise InputError("Give each child five minutes at the least.")
    return minutes


def _sitter(workspace: Workspace, sitter: Sitter) -> Sitter:
    person = workspace.people().get(sitter.who)
    agency = sitter.agency or (person.agency if person else "")
    if not sitter.who.strip():
        raise InputError("Say who sits: a person, or a guest’s role.")
    if agency and agency not in workspace.agencies():
        raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
    if agency and workspace.agencies()[agency].kind == "business-unit":
        agency = ""
    return Sitter(who=clean(sitter.who).strip(), agency=agency)


def _may_run(workspace: Workspace, audit_id: str, by: str, deed: str) -> AuditFile:
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(f"Only a co-ordinator or the chair may {deed}, and {person.name} ({by}) is neither.")
    return workspace.audit(audit_id)


def _sitting(workspace: Workspace, subject_id: str, by: str, deed: str) -> tuple[AuditFile, Panel, str]:
    subject = find_subject(workspace, subject_id)
    file = _may_run(workspace, audit_of(subject.id), by, deed)
    panel = panel_of(file)
    if panel is None:
        raise InputError(NO_PANEL.format(file.audit.id))
    return file, panel, subject.id


def declare_interest(
    workspace: Workspace, subject_id: str, who: str, why: str, *, abstains: bool = True, by: str, now: datetime
) -> Interest:
    """A member's interest in one child; whoever abstains does not count for the quorum of that child."""
    file, panel, subject = _sitting(workspace, subject_id, by, "record an interest")
    if who not in {sitter.who for sitter in panel.present}:
        raise InputError(f"{who} is not recorded as present, so cannot declare an interest.")
    why = _sentence(why, "Say in a few words what the interest is: the minutes show it.")
    interest = Interest(id=f"{subject}:{who}", panel=panel.id, subject=subject, who=who, why=why, abstains=abstains)
    with workspace.change(audit_journal(file.audit.id), by=by, did="recorded an interest", now=now) as change:
        change.put(interest)
    return workspace.audit(file.audit.id).all(Interest)[interest.id]


def withdraw_interest(workspace: Workspace, subject_id: str, who: str, why: str, *, by: str, now: datetime) -> None:
    """An interest taken back that was recorded by mistake; the record keeps both."""
    file, _, subject = _sitting(workspace, subject_id, by, "take an interest back")
    interest = file.all(Interest).get(f"{subject}:{who}")
    if interest is None:
        raise InputError(f"{who} has declared no interest in {subject}.")
    why = _sentence(why, "Say in a few words why it is taken back.")
    with workspace.change(audit_journal(file.audit.id), by=by, did="took an interest back", now=now) as change:
        change.drop(interest)
        change.put(reason_of(change, why))


def begin_turn(workspace: Workspace, subject_id: str, *, by: str, now: datetime) -> Turn:
    """The child's turn begun; one that is still open for another child ends."""
    file, panel, subject = _sitting(workspace, subject_id, by, "begin a child’s turn")
    with workspace.change(audit_journal(file.audit.id), by=by, did="began a child’s turn", now=now) as change:
        turns = change.shelf.all(Turn)
        for turn in turns.values():
            if turn.ended_at is None and turn.id != subject:
                change.put(turn.model_copy(update={"ended_at": now}))
        began = turns[subject].began_at if subject in turns and turns[subject].panel == panel.id else now
        change.put(Turn(id=subject, panel=panel.id, began_at=began))
    return workspace.audit(file.audit.id).all(Turn)[subject]


def end_turn(workspace: Workspace, subject_id: str, *, by: str, now: datetime) -> Turn:
    """The child's turn ended."""
    file, _, subject = _sitting(workspace, subject_id, by, "end a child’s turn")
    turn = file.all(Turn).get(subject)
    if turn is None:
        raise InputError(f"The turn of {subject} has not begun.")
    with workspace.change(audit_journal(file.audit.id), by=by, did="ended a child’s turn", now=now) as change:
        change.put(turn.model_copy(update={"ended_at": now}))
    return workspace.audit(file.audit.id).all(Turn)[subject]


# --- what it agrees


def agree(
    workspace: Workspace,
    subject_id: str,
    grade: Grade,
    reasons: str,
    *,
    of: str = OVERALL,
    confidence: Confidence = Confidence.HIGH,
    dissent: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> AgreedGrade:
    """The panel's grade for the child as a whole or in a section. The agencies' own grades stay as they are.

    Raises:
        InputError: No reason in a sentence, no such section.
        NotAllowed: Neither a co-ordinator nor the chair; or somebody who abstains for this child.
    """
    file, panel, subject = _sitting(workspace, subject_id, by, "record an agreed grade")
    template = workspace.template(file.audit.template)
    if of != OVERALL and of not in {section.id for section in template.sections}:
        known = ", ".join(section.id for section in template.sections)
        raise InputError(f"There is no section {of} in {template.title}: it has {known}.")
    aside = file.all(Interest).get(f"{subject}:{by}")
    if aside is not None and aside.abstains:
        raise NotAllowed(f"You abstain for {subject}, so somebody else has to record what the panel agrees.")
    reasons = check_reasons(reasons)
    interests = [one for one in file.all(Interest).values() if one.subject == subject]
    agreed = AgreedGrade(
        id=f"{subject}:{of}", panel=panel.id, subject=subject, of=of, grade=grade, reasons=reasons,
        confidence=confidence, dissent=clean(dissent).strip(), voting=voting(panel, subject, interests),
        aside=tuple(one.who for one in interests if one.abstains),
    )  # fmt: skip
    with workspace.change(audit_journal(file.audit.id), by=by, did="agreed a grade", now=now, seen=seen) as change:
        change.put(agreed)
    return workspace.audit(file.audit.id).all(AgreedGrade)[agreed.id]


def panel_answer(
    workspace: Workspace,
    subject_id: str,
    question_id: str,
    values: Mapping[str, Any],
    *,
    missing: Missing | None = None,
    reason: str = "",
    comment: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> PanelAnswer:
    """The panel's answer to a question that the template asks it, checked as an agency's would be."""
    file, _, subject = _sitting(workspace, subject_id, by, "record the panel’s answer")
    template = workspace.template(file.audit.template)
    question = template.questions.get(question_id.upper())
    if question is None or question.asked_of != "panel":
        raise NotFound(f"{question_id} is not a question that {template.title} asks the panel.")
    given = Answer(id=question.id, values=dict(values), missing=missing, reason=clean(reason), comment=clean(comment))
    checked = check_answer(template, question, given)
    answer = PanelAnswer(
        id=f"{subject}:{question.id}", subject=subject, question=question.id, values=checked.values,
        missing=checked.missing, reason=checked.reason, comment=checked.comment,
    )  # fmt: skip
    with workspace.change(audit_journal(file.audit.id), by=by, did="answered as a panel", now=now, seen=seen) as change:
        change.put(answer)
    return workspace.audit(file.audit.id).all(PanelAnswer)[answer.id]


def record_voice(
    workspace: Workspace,
    subject_id: str,
    whose: Whose,
    asked: Asked,
    *,
    asked_by: str = "",
    view: str = "",
    used: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> Voice:
    """What came of asking the practitioner, the child or the family for their view."""
    file, _, subject = _sitting(workspace, subject_id, by, "record a view")
    if asked is Asked.GAVE and not view.strip():
        raise InputError("Write down the view in a few words, without names.")
    if asked is not Asked.GAVE and view.strip():
        raise InputError(f"“{asked.label}” and a view do not go together: choose “{Asked.GAVE.label}”.")
    voice = Voice(
        id=f"{subject}:{whose.value}", subject=subject, whose=whose, asked=asked, asked_by=clean(asked_by).strip(),
        view=clean(view).strip(), used=clean(used).strip(),
    )  # fmt: skip
    with workspace.change(audit_journal(file.audit.id), by=by, did="recorded a view", now=now, seen=seen) as change:
        change.put(voice)
    return workspace.audit(file.audit.id).all(Voice)[voice.id]


def check_reasons(text: str) -> str:
    """The reason of an agreed grade, if it is one.

    Raises:
        InputError: It is no sentence.
    """
    return _sentence(text, "An agreed grade needs its reason in a sentence: what decided it?")


def _sentence(text: str, otherwise: str) -> str:
    text = clean(text).strip()
    if len(text) < 10:
        raise InputError(otherwise)
    return text
