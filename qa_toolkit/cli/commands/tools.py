"""`qa tool out`, `qa tool in`: an audit tool as a workbook, out to an agency and back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.workflow import taking_in


def tool_out_arguments(parser: ArgumentParser) -> None:
    """What `qa tool out` takes."""
    parser.add_argument("out", type=Path, help="the .xlsx file to write; with --all, a folder")
    parser.add_argument("--audit", required=True, help="the audit’s id")
    parser.add_argument("--agency", default="", help="for this agency")
    parser.add_argument("--all", action="store_true", help="one for each agency that owes something")


def tool_out(args: Namespace, context: Context) -> None:
    """Write the audit tool for one agency, or one for each."""
    from qa_toolkit.exchange.tool_out import write_tool

    if bool(args.agency) == args.all:
        raise InputError("Say for whom: --agency police, or --all for every agency that owes something.")
    audit = context.workspace.audit(args.audit).audit
    for agency in audit.agencies if args.all else [args.agency]:
        out = args.out / f"{audit.id}-{agency}.xlsx" if args.all else args.out
        if args.all:
            out.parent.mkdir(parents=True, exist_ok=True)
        try:
            returns = write_tool(context.workspace, audit.id, agency, out, by=context.by, now=context.now)
        except NotReady as nothing:
            if not args.all:
                raise
            context.say(str(nothing))
            continue
        context.print(str(out))
        context.say(f"{agency}: {len(returns)} return(s). Send it by your secure route; the toolkit sends nothing.")


def tool_in_arguments(parser: ArgumentParser) -> None:
    """What `qa tool in` takes."""
    parser.add_argument("file", type=Path, help="the workbook that came back")
    parser.add_argument("--rater", default="", help="who filled it in, where the agency has not named them")
    parser.add_argument("--dry-run", action="store_true", help="say what it would change, and change nothing")


def tool_in(args: Namespace, context: Context) -> None:
    """Take in a workbook that came back: all of it, or nothing."""
    from qa_toolkit.exchange.tool_in import read_tool, summary

    workspace = context.workspace
    read = read_tool(args.file, workspace)
    for note in read.notes:
        context.say(f"Note: {note}")
    for line in summary(read):
        context.print(line)
    if not read.filled:
        context.say("It is as it went out: there is nothing to take in.")
        return
    file = workspace.audit(read.audit)
    raters = {one.return_id: args.rater or file.allocations[one.return_id].rater for one in read.filled}
    unnamed = [id for id, rater in raters.items() if not rater]
    if unnamed:
        whose = ", ".join(unnamed)
        raise InputError(f"Nobody is named as the rater of {whose}: say who with --rater handle@{read.agency}.")
    for one in read.filled:
        taking_in.may_take_in(workspace, one, raters[one.return_id], by=context.by)
    if args.dry_run:
        context.say("Nothing was changed: without --dry-run it is taken in.")
        return
    for one in read.filled:
        concerns = taking_in.take_in(
            workspace, one, raters[one.return_id], source=args.file.name, by=context.by, now=context.now,
            today=context.today,
        )  # fmt: skip
        for concern in concerns:
            phone = file.audit.phone
            context.say(f"CONCERN {concern.id}: {concern.what}\nPhone now{': ' + phone if phone else ''}.")
    context.say(f"Taken in: {len(read.filled)} return(s). `qa return show` shows what is still missing.")
