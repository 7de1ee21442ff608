"""`qa export workbook`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context


def export_workbook_arguments(parser: ArgumentParser) -> None:
    """What `qa export workbook` takes."""
    parser.add_argument("out", type=Path, help="the .xlsx file to write")
    parser.add_argument("--audit", required=True, help="the audit’s id")
    parser.add_argument("--release", default="", metavar="REASON", help="why identifiers in typed text may go out")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def export_workbook(args: Namespace, context: Context) -> None:
    """Write an audit as a workbook, for its co-ordinator and panel."""
    from qa_toolkit.reports.audit_workbook import write_audit_workbook

    cut = write_audit_workbook(
        context.workspace, args.audit, args.out, by=context.by, now=context.now, calendar=context.calendar,
        replace=args.force, release=args.release,
    )  # fmt: skip
    context.print(str(args.out))
    if cut:
        context.say(f"{len(cut)} texts were too long for a cell and are cut with a mark: see the sheet “Cut short”.")
