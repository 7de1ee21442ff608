"""`qa export workbook`, `qa export actions`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.text import how_many


def export_workbook_arguments(parser: ArgumentParser) -> None:
    """What `qa export workbook` takes."""
    parser.add_argument("out", type=path, help="the .xlsx file to write")
    parser.add_argument("--audit", required=True, help="the audit’s id")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def export_workbook(args: Namespace, context: Context) -> None:
    """Write an audit as a workbook, for its co-ordinator and panel."""
    from qa_toolkit.reports.audits.workbook import write_audit_workbook

    cut = write_audit_workbook(
        context.workspace, args.audit, args.out, by=context.by, now=context.now, calendar=context.calendar,
        replace=args.force,
    )  # fmt: skip
    context.print(str(args.out))
    if cut:
        context.say(f"{len(cut)} texts were too long for a cell and are cut with a mark: see the sheet “Cut short”.")


def export_actions_arguments(parser: ArgumentParser) -> None:
    """What `qa export actions` takes."""
    parser.add_argument("out", type=path, help="the .xlsx file to write; with --all, a folder")
    parser.add_argument("--agency", default="", help="for this agency")
    parser.add_argument("--all", action="store_true", help="one for each agency that has an open action")
    parser.add_argument("--owner", default="", metavar="PERSON", help="only what this person owns, sensitive ones too")
    parser.add_argument("--back-by", default="", metavar="DAY", help="the day by which it is asked back")


def export_actions(args: Namespace, context: Context) -> None:
    """Write the open actions of an agency as a workbook that their owners fill in and send back."""
    from qa_toolkit.domain.dates import parse_date
    from qa_toolkit.exchange.action_out import write_actions

    if bool(args.agency) == args.all:
        raise InputError("Say for whom: --agency health, or --all for every agency that has an open action.")
    for agency in context.workspace.agencies() if args.all else [args.agency.strip().lower()]:
        out = args.out / f"actions-{agency}-{context.today}.xlsx" if args.all else args.out
        if args.all:
            out.parent.mkdir(parents=True, exist_ok=True)
        try:
            written = write_actions(
                context.workspace, agency, out, owner=args.owner.strip().lower(),
                back_by=parse_date(args.back_by) if args.back_by else None,
                calendar=context.calendar, by=context.by, now=context.now, today=context.today,
            )  # fmt: skip
        except NotReady as nothing:
            if not args.all or nothing.missing:
                raise
            continue
        context.print(str(out))
        count = len(written.actions)
        context.say(f"{agency}: {how_many(count, 'action')}. Send it by your secure route; the toolkit sends nothing.")
        if written.kept_back:
            context.say(f"{how_many(written.kept_back, 'sensitive action')} left out: write with --owner PERSON.")
