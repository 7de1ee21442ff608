"""`qa programme …`: the year's forward plan, and the school terms beside it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.programme import (
    Because,
    Standing,
    check_months,
    month_in_words,
    read_asks,
    twelve_months,
    year_at_a_glance,
)
from qa_toolkit.domain.school_terms import marks, read_terms, terms_in_force, whose_are, write_terms
from qa_toolkit.domain.template.kind import Kind
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
        why=args.why, asks=read_asks(",".join(args.ask)), theme=args.theme, lead=args.lead, tier=args.tier,
        by=context.by, now=context.now,
    )  # fmt: skip
    context.print(made.id)
    _say_burdens(made.id, context)


def _say_burdens(entry_id: str, context: Context) -> None:
    for load in programme.burdens(context.workspace):
        if load.too_much and entry_id in load.entries:
            context.say(
                f"{load.month}: {load.agency} is asked for {len(load.entries)} things at once, {load.returns} returns "
                f"({', '.join(load.entries)})."
            )


def programme_revise_arguments(parser: ArgumentParser) -> None:
    """What `qa programme revise` takes."""
    parser.add_argument("entry", help="the entry’s id, such as P-2027-03")
    parser.add_argument("--title", help="what is audited")
    parser.add_argument("--first", help="its first month, such as 2027-03")
    parser.add_argument("--last", help="its last month")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="what it is")
    parser.add_argument("--because", choices=[one.value for one in Because], help="what led to it")
    parser.add_argument("--why", help="why it was chosen, in a sentence")
    parser.add_argument("--ask", action="append", metavar="AGENCY=RETURNS", help="what it asks of whom; all of it")
    parser.add_argument("--theme", help="its theme")
    parser.add_argument("--lead", help="role of the person who leads it")
    parser.add_argument("--tier", help="the group that agreed it")


def programme_revise(args: Namespace, context: Context) -> None:
    """Change what is planned; what is not named stays."""
    entry = programme.find(context.workspace, args.entry)
    last = args.last or ("" if args.first else entry.months[-1])
    made = programme.revise(
        context.workspace, entry.id, title=_or(args.title, entry.title), kind=Kind(args.kind or entry.kind),
        first=args.first or entry.months[0], last=last, because=Because(args.because or entry.because),
        why=_or(args.why, entry.why), asks=entry.asks if args.ask is None else read_asks(",".join(args.ask)),
        theme=_or(args.theme, entry.theme), lead=_or(args.lead, entry.lead), tier=_or(args.tier, entry.tier),
        by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"{made.id} is changed.")
    _say_burdens(made.id, context)


def _or(given: str | None, before: str) -> str:
    return before if given is None else given


def programme_change_arguments(parser: ArgumentParser) -> None:
    """What `qa programme change` takes."""
    parser.add_argument("entry", help="the entry’s id, such as P-2027-03")
    parser.add_argument("standing", choices=[one.value for one in Standing], help="where it stands now")
    parser.add_argument("--reason", default="", help="why, where it is postponed or abandoned")
    parser.add_argument("--audit", default="", help="the audit that came of it")
    parser.add_argument("--tier", default="", help="the group that agreed it")
    parser.add_argument("--first", default="", help="its new first month")
    parser.add_argument("--last", default="", help="its new last month")


def programme_change(args: Namespace, context: Context) -> None:
    """Say where an entry stands; postponed and abandoned keep their reason."""
    months = check_months(args.first, args.last) if args.first else ()
    made = programme.move(
        context.workspace, args.entry, Standing(args.standing), reason=args.reason, audit=args.audit, tier=args.tier,
        months=months, by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"{made.id} is {made.standing.value}.")


def programme_list_arguments(parser: ArgumentParser) -> None:
    """What `qa programme list` takes."""
    parser.add_argument("first", nargs="?", default="", help="the first of the twelve months; this one unless said")
    parser.add_argument("--json", action="store_true", help="as JSON")


def programme_list(args: Namespace, context: Context) -> None:
    """Show twelve months at a glance, the school terms, and what is asked of each agency."""
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
    _month_by_month(first, context)


def _month_by_month(first: str, context: Context) -> None:
    months, own = twelve_months(first), programme.own_terms(context.workspace).values()
    burdens = [load for load in programme.burdens(context.workspace) if load.month in months]
    for load in burdens:
        if load.too_much:
            context.print(f"{load.month}: {load.agency} is asked for {len(load.entries)} things at once.")
    context.print("\nMonth by month: school terms (t in session, · not), and the returns asked of each agency")
    terms = terms_in_force(own)
    for month in months:
        asked = ", ".join(f"{load.agency} {load.returns}" for load in burdens if load.month == month)
        context.print(f"  {month_in_words(month)}  {marks(terms, month)}  {asked or 'nothing is asked'}")


def programme_terms_arguments(parser: ArgumentParser) -> None:
    """What `qa programme terms` takes."""
    parser.add_argument("--whose", default="", help="whose dates these are, such as “Northshire Council, 2026/27”")
    parser.add_argument("--term", action="append", default=[], metavar="TERM=DAY to DAY", help="one half of a term")


def programme_terms(args: Namespace, context: Context) -> None:
    """Show the school terms, or set your own in the place of typical ones."""
    if args.term or args.whose:
        made = programme.set_terms(context.workspace, args.whose, read_terms(args.term), by=context.by, now=context.now)
        context.say(f"{made.whose}: from {show_date(made.first)} to {show_date(made.last)} these count.")
        return
    own = programme.own_terms(context.workspace).values()
    terms = terms_in_force(own)
    context.print(write_terms(terms))
    context.say(f"Whose they are: {whose_are(own, terms[0].first, terms[-1].last)}.")
