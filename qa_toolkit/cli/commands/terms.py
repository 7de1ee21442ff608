"""`qa audit terms`: what an audit asks, of which children, how and by when."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.terms import read_line
from qa_toolkit.workflow import terms


def audit_terms_arguments(parser: ArgumentParser) -> None:
    """What `qa audit terms` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--line", action="append", metavar="[SECTIONS=]TEXT", help="a key line: UI,VC=Seen early?")
    parser.add_argument("--cohort", help="which children are looked at")
    parser.add_argument("--census", help="the day on which a child must be in the cohort")
    parser.add_argument("--method", help="how it is done")
    parser.add_argument("--governance", help="the information-governance note")
    parser.add_argument("--outside", action="append", help="an agency from outside the area that takes part")
    parser.add_argument("--timetable", metavar="DAY", help="the ordinary timetable from this day on")
    parser.add_argument("--notified", metavar="DAY", help="that of a joint inspection notified on this day")
    parser.add_argument("--json", action="store_true", help="as JSON")


def audit_terms(args: Namespace, context: Context) -> None:
    """Set what is given, and show the terms of reference."""
    workspace, slots = context.workspace, None
    if args.timetable:
        slots = terms.ordinary_timetable(parse_date(args.timetable), context.calendar)
    if args.notified:
        slots = terms.inspection_timetable(parse_date(args.notified), context.calendar)
    given = (args.line, args.cohort, args.census, args.method, args.governance, args.outside, slots)
    if any(one is not None for one in given):
        lines = [read_line(text) for text in args.line] if args.line else None
        terms.set_terms(
            workspace, args.audit, lines=lines, cohort=args.cohort,
            census=parse_date(args.census) if args.census else None, method=args.method, governance=args.governance,
            outside=args.outside, slots=slots, by=context.by, now=context.now,
        )  # fmt: skip
    audit, found = workspace.audit(args.audit).audit, terms.terms_of(workspace, args.audit)
    if args.json:
        context.json({"audit": audit.id, **found.document()})
        return
    context.print(f"{audit.id}  {audit.title}")
    facts = {
        "Purpose": audit.purpose,
        "Cohort": found.cohort,
        "Census day": show_date(found.census) if found.census else "",
        "Method": found.method,
        "Agencies": ", ".join([*audit.agencies, *(f"{one} (outside)" for one in found.outside)]),
        "Information governance": found.governance,
    }
    for name, text in facts.items():
        if text:
            context.print(f"{name}: {text}")
    for line in found.lines:
        context.print(f"- {line.text}" + (f"  [{', '.join(line.sections)}]" if line.sections else ""))
    for slot in found.timetable:
        context.print(f"{show_date(slot.day):>12}  {slot.title}")
