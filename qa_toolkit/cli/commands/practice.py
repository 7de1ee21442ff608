"""`qa practice …`: good practice tracked to its spread."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.plans import as_at_argument, looked_at
from qa_toolkit.domain.plans.plan import Took
from qa_toolkit.workflow import sealing
from qa_toolkit.workflow.plans import answers, spreading


def practice_add_arguments(parser: ArgumentParser) -> None:
    """What `qa practice add` takes."""
    parser.add_argument("plan", help="the plan of the review or inspection that found it")
    parser.add_argument("text", help="what is done well, in a sentence")
    parser.add_argument("--agency", default="", help="where it was found")
    parser.add_argument("--theme", action="append", default=[], help="a theme")


def practice_add(args: Namespace, context: Context) -> None:
    """Record good practice that something other than an audit found."""
    made = spreading.add(
        context.workspace, args.plan, args.text, agency=args.agency, themes=args.theme, by=context.by,
        now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)


def practice_list_arguments(parser: ArgumentParser) -> None:
    """What `qa practice list` takes."""
    as_at_argument(parser)


def practice_list(args: Namespace, context: Context) -> None:
    """List good practice of every source, with who took it up and who has not answered."""
    workspace, _ = looked_at(args, context)
    agencies = [id for id, one in workspace.agencies().items() if one.kind != "business-unit"]
    found = spreading.seen_by(workspace, context.by)
    rows = [
        {
            "practice": good.id,
            "from": good.source,
            "found at": ", ".join(good.found_at),
            "taken up by": ", ".join(good.taken_by),
            "not answered": ", ".join(good.silent(agencies)),
            "text": good.text,
        }
        for good in found
    ]
    context.table(rows, empty="No good practice to spread yet.", as_json=args.json)


def practice_show_arguments(parser: ArgumentParser) -> None:
    """What `qa practice show` takes."""
    parser.add_argument("practice", help="F-2026-012 of an audit, or G-2026-003 of another source")
    as_at_argument(parser)


def practice_show(args: Namespace, context: Context) -> None:
    """Show what every agency did with one good practice."""
    workspace, _ = looked_at(args, context)
    good = spreading.practice(workspace, args.practice)
    if good.of_audit:
        sealing.require_moderation_open(context.workspace, good.source, context.by)
    if args.json:
        context.json({**good._asdict(), "uptakes": [one.document() for one in good.uptakes]})
        return
    context.print(f"{good.id}  {good.source}" + (f"  found at {', '.join(good.found_at)}" if good.found_at else ""))
    context.print(good.text)
    for one in good.uptakes:
        context.print(f"  {answers.took_up(one)}")


def practice_answer_arguments(parser: ArgumentParser) -> None:
    """What `qa practice answer` takes."""
    parser.add_argument("practice", help="F-2026-012 of an audit, or G-2026-003 of another source")
    parser.add_argument("agency", help="the agency that answers")
    parser.add_argument("answer", choices=[one.value for one in Took])
    parser.add_argument("--shown-by", default="", help="what shows it; needed where it was taken up")
    parser.add_argument("--note", default="", help="what else is to be said")


def practice_answer(args: Namespace, context: Context) -> None:
    """Record what an agency did with good practice."""
    made = spreading.take_up(
        context.workspace, args.practice, args.agency, Took(args.answer), shown_by=args.shown_by, note=args.note,
        by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.say(f"{made.agency}, on {made.finding}: {made.answer.label.lower()}.")
