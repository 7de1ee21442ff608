"""`qa accuracy`: what agencies say is not right in a draft report, and what became of it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.accuracy import Answer
from qa_toolkit.domain.dates import show_date
from qa_toolkit.workflow import accuracy


def accuracy_comment_arguments(parser: ArgumentParser) -> None:
    """What `qa accuracy comment` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("agency", help="whose comment it is")
    parser.add_argument("place", help="which part of the report, by its heading")
    parser.add_argument("text", help="what is not right in it")
    parser.add_argument("--by-whom", required=True, metavar="ROLE", help="the role of whoever says so")


def accuracy_comment(args: Namespace, context: Context) -> None:
    """Record what an agency says is not right in the latest draft."""
    made = accuracy.comment(
        context.workspace, args.audit, args.agency.lower(), args.place, args.text, by_whom=args.by_whom, by=context.by,
        now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)


def accuracy_answer_arguments(parser: ArgumentParser) -> None:
    """What `qa accuracy answer` takes."""
    parser.add_argument("comment", help="the comment’s id, as CE-2027-01/K02")
    parser.add_argument("answer", choices=[one.value for one in Answer], help="what became of it")
    parser.add_argument("reason", help="what was changed, or why nothing was")


def accuracy_answer(args: Namespace, context: Context) -> None:
    """Accept a comment, saying what was changed, or decline it with the reason."""
    made = accuracy.answer(
        context.workspace, args.comment, Answer(args.answer), args.reason, by=context.by, now=context.now
    )
    context.say(f"{made.id} is {made.answer}. The report shows the comment and the reason.")


def accuracy_list_arguments(parser: ArgumentParser) -> None:
    """What `qa accuracy list` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--json", action="store_true", help="as JSON")


def accuracy_list(args: Namespace, context: Context) -> None:
    """List the versions of an audit’s report, and what agencies said of them."""
    made = accuracy.versions(context.workspace, args.audit)
    said = accuracy.comments(context.workspace, args.audit)
    if args.json:
        context.json({"versions": [{"id": one.id, **one.document()} for one in made],
                      "comments": [{"id": one.id, **one.document()} for one in said]})  # fmt: skip
        return
    for one in made:
        context.print(f"{one.version}  {'final' if one.final else 'draft'}  {show_date(one.on)}  by {one.by}")
    rows = [
        {"comment": one.id, "draft": one.version, "agency": one.agency, "about": one.place, "says": one.text,
         "answer": one.answer.value if one.answer else "waiting", "why": one.reason}
        for one in said
    ]  # fmt: skip
    context.table(rows, empty="No agency has said anything against it.")
