"""`qa report`: the packs that go out, each looked through before it is written and noted in `exports/`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.commands.figures import moments, moments_arguments
from qa_toolkit.cli.context import Context
from qa_toolkit.domain.disclosure.rules import RULE_SETS
from qa_toolkit.reports.making import Request, kind_of, make
from qa_toolkit.reports.sending import send


def _arguments(parser: ArgumentParser, formats: str) -> None:
    parser.add_argument("out", type=Path, help=f"the file to write, ending in {formats}")
    moments_arguments(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _report(word: str, args: Namespace, context: Context, **words: str) -> None:
    asked = moments(args, context, kind_of(word).days)
    request = Request(asked, context.calendar, context.now, RULE_SETS[args.small_numbers], words)
    made = make(context.workspace, word, request)
    sent = send(
        context.workspace, made, args.out, by=context.by, now=context.now, today=context.today, replace=args.force
    )
    context.print(str(args.out))
    context.say(f"For {made.audience.label}. The note of it is {sent.note}.")
    if sent.handled:
        context.say(f"{len(sent.handled)} places hold what was let through or changed; the note lists the decisions.")
    if sent.cut:
        context.say(f"{len(sent.cut)} texts were too long for a cell and are cut with a mark: see “Cut short”.")


PAPER = ".docx, .html, .pdf or .txt"


def report_qa_group_arguments(parser: ArgumentParser) -> None:
    """What `qa report qa-group` takes."""
    _arguments(parser, PAPER)


def report_qa_group(args: Namespace, context: Context) -> None:
    """Write the QA Group’s pack; without --since, of the last eight weeks."""
    _report("qa-group", args, context)


def report_business_group_arguments(parser: ArgumentParser) -> None:
    """What `qa report business-group` takes."""
    _arguments(parser, ".xlsx")


def report_business_group(args: Namespace, context: Context) -> None:
    """Write the Business Group’s workbook; without --since, of the last quarter."""
    _report("business-group", args, context)


def report_main_board_arguments(parser: ArgumentParser) -> None:
    """What `qa report main-board` takes."""
    _arguments(parser, PAPER)


def report_main_board(args: Namespace, context: Context) -> None:
    """Write the Main Board’s report; without --since, of the last six months."""
    _report("main-board", args, context)
