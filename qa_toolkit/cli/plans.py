"""What the commands about plans share: the day looked at, the rows of a list, the legend, and the advice on wording."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.identifiers import identifiers
from qa_toolkit.domain.plans.colour import RuleSet
from qa_toolkit.domain.plans.filtering import Query, grouped
from qa_toolkit.domain.plans.flow import closure
from qa_toolkit.domain.plans.querying import Vocabulary, in_words, read, show
from qa_toolkit.domain.plans.smart import Remark
from qa_toolkit.domain.plans.standing import Yardstick
from qa_toolkit.domain.plans.tracked import Field
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans import bulk, tracking
from qa_toolkit.workflow.plans.watching import as_at, watch


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
    workspace = as_at(context.workspace, day, context.today) if day else context.workspace
    return workspace, tracking.yardstick(workspace, day or context.today, context.calendar)


def dry_run_argument(parser: ArgumentParser) -> None:
    """`--dry-run`, for a deed that is done to many at once."""
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would change for each, or why not; nothing is recorded"
    )


def previewed(args: Namespace, context: Context, change: bulk.Change) -> bool:
    """Say what a deed would come to for each action, if that is all that was asked for."""
    if not args.dry_run:
        return False
    at = tracking.yardstick(context.workspace, context.today, context.calendar)
    ids = args.action if isinstance(args.action, list) else [args.action]
    found = bulk.preview(context.workspace, ids, change, at, by=context.by, now=context.now, today=context.today)
    for effect in found:
        context.print(f"{effect.id}  {f'refused: {effect.refused}' if effect.refused else effect.changes}")
    refused = sum(bool(effect.refused) for effect in found)
    more = f" {refused} refused: then it is done to none of them." if refused else ""
    context.say(f"Nothing was recorded.{more}")
    return True


FIELDS = (
    (Field.PLAN, "of one plan"), (Field.SOURCE, "of plans from that source"), (Field.AGENCY, "owned by that agency"),
    (Field.OWNER, "owned by that person or role"), (Field.TIER, "reviewed by that group"),
    (Field.THEME, "of that theme"), (Field.STATE, "in that state"), (Field.COLOUR, "of that colour"),
)  # fmt: skip
"""What a list can be narrowed by with an option too."""


def filter_arguments(parser: ArgumentParser) -> None:
    """What a list of actions can be narrowed by."""
    parser.add_argument(
        "filter", nargs="*",
        help="as in the tracker: words, overdue, stale, ownerless, agency:police, due:20, sort:slip, group:agency …",
    )  # fmt: skip
    for field, help in FIELDS:
        parser.add_argument(f"--{field.value}", default="", help=help)
    parser.add_argument("--all", action="store_true", help="those that have ended too")


def asked_for(args: Namespace, known: Vocabulary) -> Query:
    """What was asked for, read as the tracker reads it.

    Raises:
        InputError: Part of it was not understood: a list that leaves that out without a word would mislead.
    """
    parts = [f'"{word}"' if " " in word and ":" not in word else word for word in args.filter]
    parts += [f'{field.value}:"{value}"' for field, _ in FIELDS if (value := getattr(args, field.value))]
    found = read(" ".join([*parts, *(["all"] if args.all else [])]), known)
    if found.faults or found.hint:
        raise InputError(" ".join([*found.faults, *([found.hint] if found.hint else [])]))
    return found.query


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
        "agency": action.agency or ("outside" if action.outside else ""),
        "plan": row.plan.id,
        "text": action.text,
    }


def seen_by(context: Context, workspace: Workspace, at: Yardstick) -> list[tracking.Row]:
    """Every action that whoever acts may see."""
    return tracking.rows(workspace, at, allowed.person(workspace, context.by))


def list_actions(args: Namespace, context: Context) -> None:
    """The actions that were asked for, the three numbers that always stand together, and the legend."""
    workspace, at = looked_at(args, context)
    reader = allowed.person(workspace, context.by)
    watched = watch(workspace, reader, today=at.today, calendar=context.calendar)
    known = watched.known(ended=True)
    query = asked_for(args, known)
    found = watched.found(query)
    numbers = closure([row.standing.state for row in found]) if query.says_state else None
    if args.json:
        context.json(
            {
                "as_at": at.today.isoformat(), "filter": show(query), "rules": at.rules.title,
                "legend": at.rules.legend, "closure": numbers._asdict() if numbers else None,
                "actions": [cells(row, True) for row in found],
            }
        )  # fmt: skip
        return
    if not found:
        context.say(f"{in_words(query, known)} There is none. `--all` shows ended ones too.")
        return
    for value, rows in grouped(query.group, found) if query.group else [("", found)]:
        if query.group:
            context.print(f"{query.group.label.capitalize()}: {known[query.group].get(value, value) or 'none'}")
        context.table([cells(row, False) for row in rows], empty="")
        context.print()
    context.print(in_words(query, known))
    of = f"{len(found)} of {watched.count} actions, as at {show_date(at.today)}."
    context.print(of + (f" {numbers.sentence}" if numbers else ""))
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
