"""`qa figures`: every number of every pack, with its unit, its n, what it means and the records behind it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TypedDict

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date, show_moment, zone
from qa_toolkit.domain.disclosure.rules import RULE_SETS
from qa_toolkit.reports.delivering import moments
from qa_toolkit.reports.figures.collecting import digest, numbers
from qa_toolkit.reports.figures.whole import whole


def moments_arguments(parser: ArgumentParser) -> None:
    """The two moments, for every command that needs figures."""
    parser.add_argument("--as-at", metavar="DAY", help="as things stood at the end of that day; now unless said")
    parser.add_argument("--since", metavar="DAY", help="from the end of that day on; a quarter back unless said")
    parser.add_argument(
        "--small-numbers", choices=sorted(RULE_SETS), default="toolkit", metavar="RULES",
        help=f"which small numbers of children are hidden: {', '.join(sorted(RULE_SETS))}",
    )  # fmt: skip


class Days(TypedDict):
    """The two days that were named, each None where it was not."""

    as_at: date | None
    since: date | None


def days_named(args: Namespace) -> Days:
    """The days of the arguments."""
    as_at, since = (parse_date(text) if text else None for text in (args.as_at, args.since))
    return Days(as_at=as_at, since=since)


def figures_arguments(parser: ArgumentParser) -> None:
    """What `qa figures` takes."""
    moments_arguments(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, with definitions and the records behind each")


def figures(args: Namespace, context: Context) -> None:
    """Work out every figure of every pack once, for one moment against an earlier one."""
    # Roles guide here, as they do everywhere: the records behind a figure name children by pseudonym.
    _for_those_who_see_cases(context)
    asked = moments(context.workspace, **days_named(args), now=context.now, today=context.today)
    found = whole(
        context.workspace, asked, calendar=context.calendar, rules=RULE_SETS[args.small_numbers], now=context.now
    )
    each = numbers(found)
    if args.json:
        context.json(
            {
                "as_at": found.as_at.isoformat(), "since": found.since.isoformat(), "record": found.head,
                "digest": digest(found), "colours": found.rules, "small_numbers": found.small_numbers,
                "figures": [
                    {"key": n.key, "label": n.label, "value": n.value, "unit": n.unit, "of": n.of,
                     "definition": n.definition, "records": list(found.behind[n.key])}
                    for n in each.values()
                ],
            }
        )  # fmt: skip
        return
    place = zone(found.zone)
    context.say(f"From {show_moment(found.since, place)} to {show_moment(found.as_at, place)}. Record {found.head}.")
    context.table(
        [{"figure": n.key, "count": str(n.value), "of": "" if n.of is None else str(n.of), "unit": n.unit,
          "what": n.label} for n in each.values()],
        empty="There is nothing to count yet.",
    )  # fmt: skip
    context.say(f"Figures {digest(found)[:12]}. `--json` gives each with its definition and the records behind it.")


def _for_those_who_see_cases(context: Context) -> None:
    from qa_toolkit.domain.errors import NotAllowed
    from qa_toolkit.domain.people import Role

    if not context.person.is_(Role.COORDINATOR, Role.CHAIR, Role.SCRUTINEER):
        raise NotAllowed(
            f"{context.person.name} ({context.by}) may not see what is behind the figures: that is for a co-ordinator, "
            "a chair or the scrutineer."
        )
