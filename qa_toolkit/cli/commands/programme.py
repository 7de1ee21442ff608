"""`qa programme …`: the year's forward plan."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.programme import Because, Standing, check_months, year_at_a_glance
from qa_toolkit.domain.template.model import Kind
from qa_toolkit.workflow import programme


def programme_add_arguments(parser: ArgumentParser) -> None:
    """What `qa programme add` takes."""
    parser.add_argument("title", help="what is audited")
    parser.add_argument("first", help="its first month, such as 2027-03")
    parser.add_argument("last", nargs="?", default="", help="its last month; the first otherwise")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], default="case_file", help="what it is")
    parser.add_argument("--because", choices=[one.value for one in Because], required=True, help="what led to it")
    parser.add_argument("--why", required=True, help="why it was chosen, in a sentence")
    parser.add_argument("--ask", action="append", default=[], metavar="AGENCY=RETURNS", help="what it asks of whom")
    parser.add_argument("--theme", default="", help="its theme")
    parser.add_argument("--lead", default="", help="role of the person who leads it")
    parser.add_argument("--tier", default="", help="the group that agreed it")


def programme_add(args: Namespace, context: Context) -> None:
    """Plan an audit, a self-assessment or a re-audit; says where that asks too much of somebody."""
    made = programme.plan(
        context.workspace, args.title, Kind(args.kind), args.first, args.last, because=Because(args.because),
        why=args.why, asks=dict(_ask(text) for text in args.ask), theme=args.theme, lead=args.lead, tier=args.tier,
        by=context.by, now=context.now,
    )  # fmt: skip
    context.print(made.id)
    for load in programme.burdens(context.workspace):
        if load.too_much and made.id in load.entries:
            context.say(
                f"{load.month}: {load.agency} is asked for {len(load.entries)} things at once, {load.returns} returns "
                f"({', '.join(load.entries)})."
            )


def _ask(text: str) -> tuple[str, int]:
    agency, _, count = text.partition("=")
    if not count.strip().isdecimal():
        raise InputError(f"“{text}” gives no number: write AGENCY=RETURNS, such as police=8.")
    return agency.strip().lower(), int(count)


def programme_change_arguments(parser: ArgumentParser) -> None:
    """What `qa programme change` takes."""
    parser.add_argument("entry", help="the entry’s id, such as P-2027-03")
    parser.add_argument("standing", choices=[one.value for one in Standing], help="where it stands now")
    parser.add_argument("--reason", default="", help="why, where it is postponed or abandoned")
    parser.add_argument("--audit", default="", help="the audit that came of it")
    parser.add_argument("--first", default="", help="its new first month")
    parser.add_argument("--last", default="", help="its new last month")


def programme_change(args: Namespace, context: Context) -> None:
    """Say where an entry stands; postponed and abandoned keep their reason."""
    months = check_months(args.first, args.last) if args.first else ()
    made = programme.move(
        context.workspace, args.entry, Standing(args.standing), reason=args.reason, audit=args.audit, months=months,
        by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"{made.id} is {made.standing.value}.")


def programme_list_arguments(parser: ArgumentParser) -> None:
    """What `qa programme list` takes."""
    parser.add_argument("first", nargs="?", default="", help="the first of the twelve months; this one unless said")
    parser.add_argument("--json", action="store_true", help="as JSON")


def programme_list(args: Namespace, context: Context) -> None:
    """Show twelve months at a glance, and what they ask of each agency."""
    first = args.first or f"{context.today:%Y-%m}"
    found = year_at_a_glance(programme.entries(context.workspace), first)
    rows = [
        {
            "entry": entry.id,
            "months": marks if not args.json else ", ".join(entry.months),
            "standing": entry.standing.value,
            "because": entry.because.label,
            "asks": ", ".join(f"{agency} {count}" for agency, count in entry.asks.items()),
            "title": entry.title + (f" ({entry.audit})" if entry.audit else ""),
            "reason": entry.reason,
        }
        for entry, marks in found
    ]
    if args.json:
        context.json(rows)
        return
    if rows:
        context.print(f"Twelve months from {first}")
    context.table(rows, empty="Nothing is planned in these months. `qa programme add` plans an audit.")
    for load in programme.burdens(context.workspace):
        if load.too_much:
            context.print(f"{load.month}: {load.agency} is asked for {len(load.entries)} things at once.")
