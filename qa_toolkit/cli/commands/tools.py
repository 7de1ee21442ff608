"""`qa tool out`, `qa tool in`: an audit tool as a workbook, out to an agency and back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.text import how_many
from qa_toolkit.store.workspace import Workspace, audit_of
from qa_toolkit.workflow import finishing, taking_in
from qa_toolkit.workflow.returns import opened


def tool_out_arguments(parser: ArgumentParser) -> None:
    """What `qa tool out` takes."""
    parser.add_argument("out", type=path, help="the .xlsx file to write; with --all, a folder")
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
        context.say(
            f"{agency}: {how_many(len(returns), 'return')}. Send it by your secure route; the toolkit sends nothing."
        )


def audit_sent_arguments(parser: ArgumentParser) -> None:
    """What `qa audit sent` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--json", action="store_true", help="as JSON")


def audit_sent(args: Namespace, context: Context) -> None:
    """Show what was last made for each agency of an audit and each rater who scores blind."""
    from qa_toolkit.domain.dates import show_moment
    from qa_toolkit.exchange.sent import addressees

    rows = [
        {
            "for": one.id,
            "to come": f"{one.owed} of {one.asked}",
            "last": one.last.kind if one.last else "nothing yet",
            "when": "" if not one.last else one.last.at.isoformat() if args.json else show_moment(one.last.at),
            "file": one.last.file if one.last else "",
            "returns": str(one.last.returns) if one.last else "",
            "by": one.last.by if one.last else "",
            "key": "recorded" if one.key else "none",
        }
        for one in addressees(context.workspace, args.audit, today=context.today, calendar=context.calendar)
    ]
    context.table(rows, empty="This audit asks no agency.", as_json=args.json)


def tool_in_arguments(parser: ArgumentParser) -> None:
    """What `qa tool in` takes."""
    parser.add_argument("file", type=path, help="the workbook that came back")
    parser.add_argument("--rater", default="", help="who filled it in, where the agency has not named them")
    parser.add_argument("--same-as", action="append", default=[], metavar="CONCERN",
                        help="a concern in it is the one that was logged by telephone")  # fmt: skip
    parser.add_argument("--new-concern", action="store_true", help="a concern in it is another than those logged")
    parser.add_argument("--yes", action="store_true", help="take it in; without it, only say what would change")


def tool_in(args: Namespace, context: Context) -> None:
    """Take in a workbook that came back: all of it, or nothing. A concern in it is shown whatever else is wrong."""
    from qa_toolkit.exchange.tool_in import read_tool, summary, written_concerns

    workspace = context.workspace
    for return_id, words in written_concerns(args.file, workspace):
        phone = workspace.audit(audit_of(return_id)).audit.phone if return_id else ""
        context.say(f"CONCERN written in {return_id}: {words}\nPhone now{': ' + phone if phone else ''}.")
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
    for one in read.filled:
        _say_ending(context, workspace, one)
    same = {one.return_id: _same(workspace, one, args) for one in read.filled}
    if not args.yes:
        context.say("Nothing was changed: with --yes it is taken in.")
        return
    for one in read.filled:
        concerns = taking_in.take_in(
            workspace, one, raters[one.return_id], source=args.file.name, same_as=same[one.return_id], by=context.by,
            now=context.now, today=context.today,
        )  # fmt: skip
        for concern in concerns:
            context.say(f"Recorded as {concern.id}: its clock runs.")
        if one.concern is not None and not concerns:
            context.say(f"The concern in {one.return_id} is on record already, and is not doubled.")
    context.say(f"Taken in: {how_many(len(read.filled), 'return')}.")
    for one in read.filled:
        if workspace.ret(one.return_id).round and not opened(workspace, one.return_id).editable:
            context.say(f"{one.return_id} is sent in: `qa return receive {one.return_id}` files it.")


def _say_ending(context: Context, workspace: Workspace, one: taking_in.Filled) -> None:
    """Say of a return that came as finished what keeps it from being sent in."""
    if left := finishing.lacking(workspace, one):
        context.say(f"{one.return_id} came as finished and lacks something, so it stays with its agency:")
        for sentence in left:
            context.say(f"  {sentence}")


def _same(workspace: Workspace, one: taking_in.Filled, args: Namespace) -> str:
    """The concern that a written one is, as the co-ordinator said, or nothing; asks where one is logged and open."""
    if one.concern is None or not workspace.has_return(one.return_id):
        return ""
    ret = workspace.ret(one.return_id)
    named = next((id for id in (text.strip().upper() for text in args.same_as) if id in ret.concerns), "")
    logged = {id: concern.what for id, concern in ret.concerns.items()}
    if not logged or named or args.new_concern or taking_in.logged_as(ret, one.concern):
        return named
    lines = "".join(f"\n  {id}: {what}" for id, what in logged.items())
    raise InputError(
        f"A concern is logged for {one.return_id} already:{lines}\nIs what is written the same? Say --same-as with its "
        "id, or --new-concern. Nothing else was taken in yet."
    )
