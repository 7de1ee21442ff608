"""`qa report`: the packs that go out, each looked through before it is written and noted in `exports/`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.commands.figures import days_named, moments_arguments
from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import OK, REFUSED
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.disclosure.rules import RULE_SETS
from qa_toolkit.reports.delivering import deliver, paper_for
from qa_toolkit.reports.sending import Paper


def _arguments(parser: ArgumentParser, formats: str) -> None:
    parser.add_argument("out", type=path, help=f"the file to write, ending in {formats}")
    moments_arguments(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _report(word: str, args: Namespace, context: Context, **words: str) -> Paper:
    made = paper_for(
        context.workspace, word, words, **days_named(args), rules=RULE_SETS[args.small_numbers],
        calendar=context.calendar, now=context.now, today=context.today,
    )  # fmt: skip
    sent = deliver(
        context.workspace, made, args.out, by=context.by, now=context.now, today=context.today, replace=args.force
    )
    context.print(str(args.out))
    context.say(f"For {made.audience.label}. The note of it is {sent.note}.")
    if sent.handled:
        context.say(f"{len(sent.handled)} places hold what was let through or changed; the note lists the decisions.")
    if sent.cut:
        context.say(f"{len(sent.cut)} texts were too long for a cell and are cut with a mark: see “Cut short”.")
    return made


PAPER = ".docx, .html, .pdf or .txt"


def report_qa_group_arguments(parser: ArgumentParser) -> None:
    """What `qa report qa-group` takes."""
    _arguments(parser, PAPER)


def report_qa_group(args: Namespace, context: Context) -> None:
    """Write the QA Group’s pack; without --since, from its last meeting on, or of eight weeks."""
    _report("qa-group", args, context)


def report_business_group_arguments(parser: ArgumentParser) -> None:
    """What `qa report business-group` takes."""
    _arguments(parser, ".xlsx")


def report_business_group(args: Namespace, context: Context) -> None:
    """Write the Business Group’s workbook; without --since, from its last meeting on, or of a quarter."""
    _report("business-group", args, context)


def report_main_board_arguments(parser: ArgumentParser) -> None:
    """What `qa report main-board` takes."""
    _arguments(parser, PAPER)


def report_main_board(args: Namespace, context: Context) -> None:
    """Write the Main Board’s report; without --since, of the last six months."""
    _report("main-board", args, context)


def report_audit_arguments(parser: ArgumentParser) -> None:
    """What `qa report audit` takes."""
    parser.add_argument("audit", help="the audit’s id")
    _arguments(parser, PAPER)
    parser.add_argument("--final", action="store_true", help="the final version, once every comment is answered")


def report_audit(args: Namespace, context: Context) -> None:
    """Write an audit’s report: the next draft for the accuracy check, or with --final the final version."""
    made = _report("audit", args, context, audit=args.audit, final="yes" if args.final else "")
    context.say(f"This is version {made.asked['version']}.")


def report_briefing_arguments(parser: ArgumentParser) -> None:
    """What `qa report briefing` takes."""
    parser.add_argument("audit", help="the audit’s id")
    _arguments(parser, PAPER)


def report_briefing(args: Namespace, context: Context) -> None:
    """Write an audit’s learning briefing: one page, strengths first, for everybody who works with children."""
    _report("briefing", args, context, audit=args.audit.upper())


def report_compare_arguments(parser: ArgumentParser) -> None:
    """What `qa report compare` takes."""
    parser.add_argument("report", type=path, help="the edited Word document")
    parser.add_argument("--json", action="store_true", help="as JSON")


def report_compare(args: Namespace, context: Context) -> int:
    """List every number of an edited report that no longer agrees with the figures it was drafted from."""
    from qa_toolkit.reports.comparing import compare

    found = compare(context.workspace, args.report, calendar=context.calendar, now=context.now)
    if args.json:
        context.json([one._asdict() for one in found])
    else:
        for one in found:
            context.print(one.sentence)
        context.say(f"{len(found)} numbers do not agree." if found else "Every number agrees with the figures.")
    return REFUSED if found else OK


def report_agency_arguments(parser: ArgumentParser) -> None:
    """What `qa report agency` takes."""
    parser.add_argument("agency", help="the agency’s id")
    _arguments(parser, PAPER)


def report_agency(args: Namespace, context: Context) -> None:
    """Write one agency’s own picture beside the partnership’s; without --since, of the last six months."""
    _report("agency", args, context, agency=args.agency)


def report_compliance_arguments(parser: ArgumentParser) -> None:
    """What `qa report compliance` takes."""
    parser.add_argument("audit", help="the audit’s id")
    _arguments(parser, ".xlsx")


def report_compliance(args: Namespace, context: Context) -> None:
    """Write what each law or guidance asks, and how an audit’s returns answer it, agency by agency."""
    _report("compliance", args, context, audit=args.audit.upper())


def report_inspection_arguments(parser: ArgumentParser) -> None:
    """What `qa report inspection` takes."""
    _arguments(parser, PAPER)
    parser.add_argument("--theme", default="", help="findings and actions under one theme only, by its title")


def report_inspection(args: Namespace, context: Context) -> None:
    """Write the inspection pack, with children by pseudonym; without --since, of the last year."""
    _report("inspection", args, context, theme=args.theme)


def report_auditor_arguments(parser: ArgumentParser) -> None:
    """What `qa report auditor` takes."""
    parser.add_argument("person", help="who scored, as handle@agency")
    _arguments(parser, PAPER)


def report_auditor(args: Namespace, context: Context) -> None:
    """Write for an auditor what came of the cases they scored; without --since, in the last year."""
    _report("auditor", args, context, person=args.person)
