"""`qa finding …`, `qa trace`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.findings import AnswerRef, FindingKind, Tag
from qa_toolkit.workflow import findings, sealing

if TYPE_CHECKING:
    from qa_toolkit.workflow.plans.tracking import Row
    from qa_toolkit.workflow.tracing import Trace


def _answers(texts: list[str]) -> list[AnswerRef]:
    found = []
    for text in texts:
        return_id, slash, question = text.upper().partition("/")
        if not slash:
            raise InputError(f"“{text}” names no answer: write RETURN/QUESTION, such as CE-2026-01-C03-POLICE/UI-04.")
        found.append(AnswerRef(return_id=return_id.strip(), question=question.strip()))
    return found


def finding_raise_arguments(parser: ArgumentParser) -> None:
    """What `qa finding raise` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("kind", choices=[kind.value for kind in FindingKind], help="what it is")
    parser.add_argument("text", help="what was found, in a sentence")
    parser.add_argument("--answer", action="append", default=[], metavar="RETURN/QUESTION", help="what shows it")
    parser.add_argument("--alike", action="store_true", help="every other filed answer that says the same, too")
    parser.add_argument("--theme", action="append", default=[], help="a theme; from the answers otherwise")
    parser.add_argument("--agency", action="append", default=[], help="an agency; from the answers otherwise")
    parser.add_argument("--case", action="append", default=[], help="a child beside those of the answers")
    parser.add_argument("--cause", choices=[cause.value for cause in Cause], help="what lay behind it")
    tags = [tag.value for tag in Tag]
    parser.add_argument("--tag", action="append", default=[], choices=tags, help="for the yearly report")


def finding_raise(args: Namespace, context: Context) -> None:
    """Raise a finding, and say whether it has been found before."""
    answers = _answers(args.answer)
    if args.alike:
        answers += findings.alike(context.workspace, args.audit, answers)
    made = findings.raise_finding(
        context.workspace, args.audit, FindingKind(args.kind), args.text, answers=answers,
        themes=args.theme, agencies=args.agency, subjects=args.case, cause=Cause(args.cause) if args.cause else None,
        tags=[Tag(tag) for tag in args.tag], by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)
    context.say(f"{made.kind.label}, seen in {findings.how_common(context.workspace, made).sentence}.")
    for repeat in findings.repeated(context.workspace, made)[:5]:
        context.say(f"Found before: {repeat.sentence}")


def finding_add_arguments(parser: ArgumentParser) -> None:
    """What `qa finding add` takes."""
    parser.add_argument("finding", help="the finding’s number, such as F-2026-012")
    parser.add_argument("answer", nargs="+", metavar="RETURN/QUESTION", help="an answer that shows it too")


def finding_add(args: Namespace, context: Context) -> None:
    """Add answers that show a finding."""
    made = findings.add_answers(context.workspace, args.finding, _answers(args.answer), by=context.by, now=context.now)
    context.say(f"{made.id}: seen in {findings.how_common(context.workspace, made).sentence}.")


def finding_withdraw_arguments(parser: ArgumentParser) -> None:
    """What `qa finding withdraw` takes."""
    parser.add_argument("finding", help="the finding’s number")
    parser.add_argument("why", help="why it is taken back")


def finding_withdraw(args: Namespace, context: Context) -> None:
    """Take a finding back; it stays in the record."""
    made = findings.withdraw(context.workspace, args.finding, args.why, by=context.by, now=context.now)
    context.say(f"{made.id} is taken back.")


def finding_list_arguments(parser: ArgumentParser) -> None:
    """What `qa finding list` takes."""
    parser.add_argument("audit", nargs="?", default="", help="of one audit; of all otherwise")
    parser.add_argument("--json", action="store_true", help="as JSON")


def finding_list(args: Namespace, context: Context) -> None:
    """List findings, strengths first."""
    workspace = context.workspace
    found = findings.of_audit(workspace, args.audit) if args.audit else list(findings.everywhere(workspace))
    closed = {id: sealing.moderation_closed(workspace, id, context.by) for id in {one.audit for one in found}}
    rows = [
        {
            "finding": one.id,
            "audit": one.audit,
            "kind": one.kind.label,
            "seen in": findings.how_common(workspace, one).sentence,
            "agencies": ", ".join(one.agencies),
            "text": one.text,
        }
        for one in found
        if not closed.get(one.audit)
    ]
    for why in filter(None, closed.values()):
        context.say(why)
    context.table(rows, empty="No findings yet. `qa finding raise` raises one.", as_json=args.json)


def trace_arguments(parser: ArgumentParser) -> None:
    """What `qa trace` takes."""
    parser.add_argument(
        "of", metavar="FINDING", help="a finding, recommendation or action, such as F-2026-012; or AUDIT/QUESTION"
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="as JSON")


def trace(args: Namespace, context: Context) -> None:
    """Follow a finding back to the answers it rests on, and forward to what came of it."""
    from qa_toolkit.reports.audits.trace_text import figure_lines, trace_lines  # the plans take time to load
    from qa_toolkit.workflow import tracing
    from qa_toolkit.workflow.plans.tracking import yardstick

    workspace = context.workspace
    audit, slash, question = args.of.partition("/")
    if slash:
        figure = tracing.figure(workspace, audit, question, context.by)
        if args.json:
            context.json({"audit": figure.audit, "question": figure.question.id, "counts": dict(figure.counts),
                          "sealed": figure.sealed, "findings": [one.id for one in figure.findings]})  # fmt: skip
            return
        for line in figure_lines(figure):
            context.print(line)
        return
    at = yardstick(workspace, context.today, context.calendar)
    ids = tracing.findings_of(workspace, args.of)
    found = [tracing.trace(workspace, id, at, context.person) for id in ids]
    if args.json:
        plain = [_plain(one) for one in found]
        context.json(plain[0] if len(plain) == 1 else plain)
        return
    for number, one in enumerate(found):
        if number:
            context.print()
        for line in trace_lines(one):
            context.print(line)


def _plain(found: Trace) -> dict[str, object]:
    finding, common = found.finding, found.common
    return {
        "finding": finding.id, "audit": finding.audit, "kind": finding.kind.value, "text": finding.text,
        "withdrawn": finding.withdrawn, "children": common.children, "of_children": common.of_children,
        "returns": common.returns, "of_returns": common.of_returns,
        "answers": [{"answer": one.ref.words, "agency": one.agency, "said": one.words} for one in found.answers],
        "repeats": [one.earlier.id for one in found.before], "found_again": [one.id for one in found.again],
        "recommendations": [
            {"recommendation": one.recommendation.id, "text": one.recommendation.text,
             "withdrawn": one.recommendation.withdrawn,
             "responses": {each.agency or "all": each.answer.value for each in one.responses},
             "actions": [_plain_action(row) for row in one.actions]}
            for one in found.answered
        ],
        "actions": [_plain_action(row) for row in found.actions],
    }  # fmt: skip


def _plain_action(row: Row) -> dict[str, object]:
    return {"action": row.action.id, "text": row.action.text, "state": row.standing.state.value,
            "colour": row.standing.colour.value, "due": row.action.due.isoformat(),
            "impact": row.standing.impact.value}  # fmt: skip
