"""The thread of a finding: back to the answers it rests on, and forward to what came of it. Reads only."""

from __future__ import annotations

from typing import NamedTuple

from qa_toolkit.domain.errors import NotFound
from qa_toolkit.domain.findings import Finding, Prevalence, Repeat, repeats
from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans.plan import Recommendation, Response
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import Yardstick
from qa_toolkit.domain.saying import NOT_ANSWERED, show_value
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import findings, hearings, sealing
from qa_toolkit.workflow.findings import Shown
from qa_toolkit.workflow.plans.keeping import find as kept
from qa_toolkit.workflow.plans.recommendations import responses
from qa_toolkit.workflow.plans.tracking import Row, rows


class Answered(NamedTuple):
    """A recommendation that answers the finding, what agencies said to it, and what is done about it."""

    recommendation: Recommendation
    responses: tuple[Response, ...]
    actions: tuple[Row, ...]


class Trace(NamedTuple):
    """One finding with everything that leads to it and follows from it."""

    finding: Finding
    title: str
    """Of its audit."""
    themes: tuple[str, ...]
    common: Prevalence
    answers: tuple[Shown, ...]
    before: tuple[Repeat, ...]
    again: tuple[Finding, ...]
    """Findings of later audits that repeat it."""
    answered: tuple[Answered, ...]
    actions: tuple[Row, ...]
    """Actions that answer it without a recommendation."""


def trace(workspace: Workspace, finding_id: str, at: Yardstick, reader: Person) -> Trace:
    """The whole thread of a finding, as far as it is the reader's to see.

    Raises:
        NotFound: There is no such finding.
        NotAllowed: The reader scores blind in its audit.
    """
    found = findings.find(workspace, finding_id)
    sealing.require_moderation_open(workspace, found.audit, reader.id)
    audit = workspace.audit(found.audit).audit
    themes = workspace.template(audit.template).themes
    answered, direct = _onward(workspace, found, at, reader)
    return Trace(
        finding=found, title=audit.title, themes=tuple(themes.get(theme, theme) for theme in found.themes),
        common=findings.how_common(workspace, found), answers=tuple(findings.answers_behind(workspace, found, reader)),
        before=tuple(findings.repeated(workspace, found)), again=tuple(_again(workspace, found)), answered=answered,
        actions=direct,
    )  # fmt: skip


def _again(workspace: Workspace, found: Finding) -> list[Finding]:
    listed = workspace.audits()
    opened = listed[found.audit].opened
    later = (one for one in findings.everywhere(workspace) if listed[one.audit].opened > opened)
    return sorted((one for one in later if repeats(one, [found])), key=lambda one: one.id)


def _onward(
    workspace: Workspace, found: Finding, at: Yardstick, reader: Person
) -> tuple[tuple[Answered, ...], tuple[Row, ...]]:
    recommended = [one for one in workspace.actions_shelf.all(Recommendation).values() if found.id in one.findings]
    ids = {one.id for one in recommended}
    shown = [
        row for row in rows(workspace, at, reader)
        if row.action.recommendation in ids or row.action.finding == found.id
    ]  # fmt: skip
    answered = tuple(
        Answered(one, responses(workspace, one.id), tuple(row for row in shown if row.action.recommendation == one.id))
        for one in recommended
    )
    return answered, tuple(row for row in shown if row.action.recommendation not in ids)


def findings_of(workspace: Workspace, id: str) -> tuple[str, ...]:
    """Ids of the findings that an id leads back to: a finding's own, a recommendation's, an action's.

    Raises:
        NotFound: It is none of these, or nothing of that id is here, or it rests on no finding.
    """
    wanted = id.strip().upper()
    if wanted.startswith("F-"):
        return (findings.find(workspace, wanted).id,)
    if wanted.startswith("R-"):
        ids = kept(workspace, Recommendation, wanted).findings
    elif wanted.startswith("A-"):
        action = kept(workspace, Action, wanted)
        made = kept(workspace, Recommendation, action.recommendation) if action.recommendation else None
        ids = tuple(dict.fromkeys([*([action.finding] if action.finding else []), *(made.findings if made else ())]))
    else:
        raise NotFound(
            f"“{id}” is nothing that can be traced: give a finding (F-2026-012), a recommendation (R-…), an action "
            "(A-…), or a question of an audit (CE-2026-01/UI-02)."
        )
    if not ids:
        raise NotFound(f"{wanted} names no finding that it answers.")
    return ids


class Figure(NamedTuple):
    """A question of an audit as it is counted, with the returns behind each count."""

    audit: str
    question: Question
    counts: tuple[tuple[str, tuple[str, ...]], ...]
    """What was said, and the returns that said it."""
    sealed: int
    findings: tuple[Finding, ...]


def figure(workspace: Workspace, audit_id: str, question_id: str, by: str) -> Figure:
    """How an audit's filed returns answered a question, and which.

    Raises:
        NotFound: No such audit or question.
        NotAllowed: Somebody whom moderation is not for.
    """
    file = workspace.audit(audit_id)
    hearings.require_reader(workspace, file.audit.id, by)
    template, closed = workspace.template(file.audit.template), sealing.seals(workspace, file.audit.id)
    question = template.questions.get(question_id.strip().upper())
    if question is None:
        raise NotFound(f"{template.title} has no question {question_id}.")
    counts: dict[str, list[str]] = {}
    filed = [id for id, got in file.received.items() if not got.nil and id in file.allocations]
    for id in filed:
        if closed.closed(id):
            continue
        ret = workspace.ret(id)
        if not template.is_asked(question.id, ret.head.kind):
            continue
        answer = ret.answers.get(question.id)
        said = NOT_ANSWERED
        if answer is not None and answer.missing is not None:
            said = answer.missing.label
        elif answer is not None and answer.main is not None:
            said = "Sensitive" if answer.sensitive or question.sensitive else show_value(
                template, question, question.main, answer.main)  # fmt: skip
        counts.setdefault(said, []).append(id)
    resting = (one for one in findings.of_audit(workspace, file.audit.id) if question.id in one.questions)
    ordered = sorted(counts.items(), key=lambda pair: -len(pair[1]))
    return Figure(file.audit.id, question, tuple((said, tuple(ids)) for said, ids in ordered),
                  sum(closed.closed(id) for id in filed), tuple(resting))  # fmt: skip
