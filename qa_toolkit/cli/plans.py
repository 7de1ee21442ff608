"""What the commands about plans share: the day looked at, the rows of a list, the legend, and the advice on wording."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.plans.colour import Colour, RuleSet
from qa_toolkit.domain.plans.flow import closure
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.records import Source
from qa_toolkit.domain.plans.smart import Remark
from qa_toolkit.domain.plans.standing import Yardstick
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans import tracking


def as_at_argument(parser: ArgumentParser) -> None:
    """`--as-at` and `--json`, for what is listed and shown."""
    parser.add_argument("--as-at", metavar="DAY", help="as it stood at the end of this day")
    parser.add_argument("--json", action="store_true", help="as JSON")


def day_or_none(text: str | None) -> date | None:
    """The day that was typed, if one was."""
    return parse_date(text) if text else None


def looked_at(args: Namespace, context: Context) -> tuple[Workspace, Yardstick]:
    """The workspace on the day that is asked for, and what actions are held against on it."""
    day = day_or_none(args.as_at)
    workspace = context.workspace_at(day) if day else context.workspace
    return workspace, tracking.yardstick(workspace, day or context.today, context.calendar)


def filter_arguments(parser: ArgumentParser) -> None:
    """What a list of actions can be narrowed by."""
    parser.add_argument("words", nargs="*", help="words that its text, owner or number must all have")
    parser.add_argument("--plan", default="", help="of one plan")
    parser.add_argument("--source", choices=[source.value for source in Source], help="of plans from that source")
    parser.add_argument("--agency", default="", help="owned by that agency")
    parser.add_argument("--owner", default="", help="owned by that person")
    parser.add_argument("--tier", default="", help="reviewed by that group")
    parser.add_argument("--theme", default="", help="of that theme")
    parser.add_argument("--state", choices=[state.value for state in State], help="in that state")
    parser.add_argument("--colour", choices=[colour.value for colour in Colour], help="of that colour")
    parser.add_argument("--all", action="store_true", help="those that have ended too")


def chosen(args: Namespace, rows: list[tracking.Row]) -> list[tracking.Row]:
    """The rows that were asked for: worst first, then by due date."""
    found = [row for row in rows if _wanted(args, row)]
    return sorted(found, key=lambda row: (row.standing.colour.rank, row.action.due, row.action.id))


def _wanted(args: Namespace, row: tracking.Row) -> bool:
    action, state = row.action, row.standing.state
    if not (args.all or args.state or state.live):
        return False
    exact = (
        (args.plan.upper(), row.plan.id), (args.source, row.plan.source.value), (args.agency.lower(), action.agency),
        (args.owner.lower(), action.owner), (args.tier.lower(), action.tier), (args.state, state.value),
        (args.colour, row.standing.colour.value),
    )  # fmt: skip
    if any(wanted and wanted != there for wanted, there in exact) or (args.theme and args.theme not in action.themes):
        return False
    text = f"{action.id} {action.text} {action.owner} {action.owner_role} {action.outside}".casefold()
    return all(word.casefold() in text for word in args.words)


def owner_words(row: tracking.Row) -> str:
    """Who owns it, in a few words."""
    action = row.action
    return action.owner or action.owner_role or action.outside or "nobody"


def cells(row: tracking.Row, as_json: bool) -> dict[str, Any]:
    """One action as a line of a list."""
    action, where = row.action, row.standing
    if as_json:
        return {
            "action": action.id, "state": where.state.value, "colour": where.colour.value, "because": where.reason,
            "due": action.due.isoformat(), "first_due": action.first_due.isoformat(), "slip": where.slip,
            "extensions": where.extensions, "days_overdue": where.days_overdue, "progress": where.progress,
            "updated": where.updated.isoformat() if where.updated else None, "stale": where.stale,
            "owner": action.owner, "owner_role": action.owner_role, "outside": action.outside,
            "ownerless": where.ownerless, "agency": action.agency, "tier": action.tier,
            "goes_to": where.rung.rung.value if where.rung else None,
            "goes_because": where.rung.reason if where.rung else None,
            "impact": where.impact.value, "plan": row.plan.id, "source": row.plan.source.value,
            "priority": action.priority.value, "themes": list(action.themes), "text": action.text,
        }  # fmt: skip
    return {
        "action": action.id,
        "colour": f"{where.colour.letter} {where.colour.label}",
        "state": where.state.label,
        "due": show_date(action.due),
        "when": where.due_words,
        "slip": f"{where.slip:+d}d" if where.slip else "",
        "owner": owner_words(row),
        "agency": action.agency,
        "plan": row.plan.id,
        "text": action.text,
    }


def seen_by(context: Context, workspace: Workspace, at: Yardstick) -> list[tracking.Row]:
    """Every action that whoever acts may see."""
    return tracking.rows(workspace, at, allowed.person(workspace, context.by))


def list_actions(args: Namespace, context: Context) -> None:
    """The actions that were asked for, the three numbers that always stand together, and the legend."""
    workspace, at = looked_at(args, context)
    everything = seen_by(context, workspace, at)
    found = chosen(args, everything)
    numbers = closure([row.standing.state for row in found]) if args.all else None
    if args.json:
        context.json(
            {
                "as_at": at.today.isoformat(), "rules": at.rules.title, "legend": at.rules.legend,
                "closure": numbers._asdict() if numbers else None, "actions": [cells(row, True) for row in found],
            }
        )  # fmt: skip
        return
    context.table([cells(row, False) for row in found], empty="No action is like that. `--all` shows ended ones too.")
    if found:
        of = f"{len(found)} of {len(everything)} actions, as at {show_date(at.today)}."
        context.print(f"\n{of}" + (f" {numbers.sentence}" if numbers else ""))
        print_legend(context, at.rules)


def print_legend(context: Context, rules: RuleSet) -> None:
    """What the colours mean, with the name of the rule set: it goes with every list."""
    context.print(f"\nColours by {rules.title}, in force since {show_date(rules.since)}:")
    for line in rules.legend:
        context.print(f"  {line}")


def say_identifiers(context: Context, *texts: str) -> None:
    """Point out what could identify somebody in a text that was just recorded."""
    for text in texts:
        for hit in identifiers(text, today=context.today):
            context.say(f"{hit.sentence} It is in the record now: `qa redact` takes it out.")


def say_advice(context: Context, remarks: list[Remark]) -> None:
    """What the check of the wording found. It is advice: what was proposed stands."""
    for remark in remarks:
        context.say(f"Advice: {remark.sentence}")
