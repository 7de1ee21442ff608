"""`qa finding …`, `qa trace`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.findings import AnswerRef, FindingKind, Tag
from qa_toolkit.workflow import findings, sealing


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
    parser.add_argument("--theme", action="append", default=[], help="a theme; from the answers otherwise")
    parser.add_argument("--agency", action="append", default=[], help="an agency; from the answers otherwise")
    parser.add_argument("--case", action="append", default=[], help="a child beside those of the answers")
    parser.add_argument("--cause", choices=[cause.value for cause in Cause], help="what lay behind it")
    tags = [tag.value for tag in Tag]
    parser.add_argument("--tag", action="append", default=[], choices=tags, help="for the yearly report")


def finding_raise(args: Namespace, context: Context) -> None:
    """Raise a finding, and say whether it has been found before."""
    made = findings.raise_finding(
        context.workspace, args.audit, FindingKind(args.kind), args.text, answers=_answers(args.answer),
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
    parser.add_argument("finding", help="the finding’s number, such as F-2026-012")
    parser.add_argument("--json", action="store_true", help="as JSON")


def trace(args: Namespace, context: Context) -> None:
    """Follow a finding back to the answers it rests on, and to findings it repeats."""
    workspace = context.workspace
    found = findings.find(workspace, args.finding)
    sealing.require_moderation_open(workspace, found.audit, context.by)
    behind, before = findings.answers_behind(workspace, found), findings.repeated(workspace, found)
    common = findings.how_common(workspace, found)
    if args.json:
        context.json(
            {
                "finding": found.id, "audit": found.audit, "kind": found.kind.value, "text": found.text,
                "withdrawn": found.withdrawn, "children": common.children, "of_children": common.of_children,
                "returns": common.returns, "of_returns": common.of_returns,
                "answers": [{"answer": one.ref.words, "agency": one.agency, "said": one.words} for one in behind],
                "repeats": [one.earlier.id for one in before],
            }
        )  # fmt: skip
        return
    context.print(f"{found.id}  {found.kind.label}  {found.audit}  {workspace.audits()[found.audit].title}")
    context.print(found.text)
    if found.withdrawn:
        context.print(f"Taken back: {found.withdrawn}")
    context.print(f"Seen in {common.sentence}.")
    for one in behind:
        context.print(f"\n  {one.ref.words}  {one.agency}")
        context.print(f"      {one.question.text}")
        context.print(f"      {one.words or 'Not answered'}")
        if one.evidence:
            context.print(f"      Evidence: {one.evidence}")
    for repeat in before:
        context.print(f"\nFound before: {repeat.sentence}")
