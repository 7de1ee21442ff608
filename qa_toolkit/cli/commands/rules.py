"""`qa rules …`: which rules give the colours, and when an action climbs the tiers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.plans import day_or_none
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.escalation import ActionLadder, ladder_on
from qa_toolkit.domain.plans.rule_sets import SHIPPED
from qa_toolkit.workflow.plans import rules


def rules_list_arguments(parser: ArgumentParser) -> None:
    """What `qa rules list` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def rules_list(args: Namespace, context: Context) -> None:
    """List the rule sets that ship, and those that were put in force with their days."""
    now = rules.on(context.workspace, context.today)
    rows = [
        {"rules": one.name, "version": one.version, "since": "" if one is not now else "in force, shipped"}
        for one in SHIPPED.values()
    ]
    for one in rules.in_force(context.workspace):
        since = one.since.isoformat() if args.json else show_date(one.since)
        current = "; in force" if one.id == now.id else ""
        rows.append({"rules": one.name, "version": one.version, "since": since + current})
    context.table(rows, empty="There are no rules.", as_json=args.json)


def rules_show_arguments(parser: ArgumentParser) -> None:
    """What `qa rules show` takes."""
    parser.add_argument("name", nargs="?", default="", help="of these rules; those in force otherwise")
    parser.add_argument("--as-at", metavar="DAY", help="those in force on this day")
    parser.add_argument("--json", action="store_true", help="as JSON")


def rules_show(args: Namespace, context: Context) -> None:
    """Print a rule set as its legend, and the ladder by which actions climb."""
    day = day_or_none(args.as_at) or context.today
    found = rules.named(context.workspace, args.name) if args.name else rules.on(context.workspace, day)
    ladder = ladder_on(day, context.workspace.partnership_shelf.all(ActionLadder))
    if args.json:
        context.json({"rules": found.document(), "name": found.name, "ladder": ladder.document()})
        return
    context.print(found.title)
    for line in found.legend:
        context.print(f"  {line}")
    context.print(f"\nAn action climbs by {ladder.name}:")
    for trigger in ladder.triggers:
        context.print(f"  {trigger.words}")


def rules_use_arguments(parser: ArgumentParser) -> None:
    """What `qa rules use` takes."""
    parser.add_argument("name", help="a rule set by name, or a file of rules or of a ladder: docs/colours.md")
    parser.add_argument("--from", dest="since", metavar="DAY", help="from this day on; today otherwise")


def rules_use(args: Namespace, context: Context) -> None:
    """Put a rule set, or a ladder up the tiers, in force; the colours of earlier days stay."""
    since = day_or_none(args.since) or context.today
    if args.name.endswith(".toml"):
        from qa_toolkit.domain.plans.rules_file import is_ladder, read_ladder, read_rules
        from qa_toolkit.exchange.strategy_file import read_bytes

        raw, name = read_bytes(Path(args.name)), Path(args.name).name
        if is_ladder(raw, name):
            ladder = rules.use_ladder(
                context.workspace, read_ladder(raw, name), since, by=context.by, now=context.now, today=context.today
            )
            context.say(f"From {show_date(since)} on, actions climb by {ladder.name}:")
            for trigger in ladder.triggers:
                context.say(f"  {trigger.words}")
            return
        found = read_rules(raw, name)
    else:
        found = rules.named(context.workspace, args.name)
    made = rules.use(context.workspace, found, since, by=context.by, now=context.now, today=context.today)
    context.say(f"{made.title} gives the colours from {show_date(made.since)} on.")
