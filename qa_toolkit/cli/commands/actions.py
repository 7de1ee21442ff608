"""`qa action list`, `show`, `propose`, `correct`, `hand-over`, `accept`: actions as facts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.plans import (
    as_at_argument,
    day_or_none,
    dry_run_argument,
    filter_arguments,
    list_actions,
    looked_at,
    previewed,
    say_advice,
    say_identifiers,
)
from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.records import Action, Priority
from qa_toolkit.store.workspace import seen
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans import actions, keeping, stories, wording
from qa_toolkit.workflow.plans.bulk import HandOver
from qa_toolkit.workflow.plans.telling import as_data, tell

_TEXTS = {
    "outcome": "what is to be different for children", "measure": "how one will know that it worked",
    "baseline": "where it stands now", "target": "where it should stand then",
    "owner-role": "the role that owns it, which outlasts the person", "sponsor": "the role at the Board behind it",
    "re-audit": "the audit by which its impact is judged",
}  # fmt: skip


def action_list_arguments(parser: ArgumentParser) -> None:
    """What `qa action list` takes."""
    filter_arguments(parser)
    as_at_argument(parser)


def action_list(args: Namespace, context: Context) -> None:
    """List actions, worst first, with the legend of their colours."""
    list_actions(args, context)


def action_show_arguments(parser: ArgumentParser) -> None:
    """What `qa action show` takes."""
    parser.add_argument("action", help="its number, such as A-2026-031")
    as_at_argument(parser)


def action_show(args: Namespace, context: Context) -> None:
    """Tell the whole story of one action."""
    workspace, at = looked_at(args, context)
    story = stories.story(workspace, args.action, at, allowed.person(workspace, context.by))
    if args.json:
        context.json(as_data(story))
    else:
        for line in tell(story):
            context.print(line)


def action_propose_arguments(parser: ArgumentParser) -> None:
    """What `qa action propose` takes."""
    parser.add_argument("plan", help="the plan’s number, such as AP-2026-001")
    parser.add_argument("text", help="what is to be done, in a sentence")
    parser.add_argument("--due", required=True, help="the day by which it is done, inclusive")
    parser.add_argument("--recommendation", default="", help="the recommendation that it answers")
    parser.add_argument("--commitment", default="", help="the commitment that it serves, such as AP-2026-002/C04")
    parser.add_argument("--finding", default="", help="a finding that it answers directly")
    parser.add_argument("--owner", default="", help="a person here, as handle@agency")
    parser.add_argument("--agency", default="", help="its agency, where nobody here owns it; the owner’s otherwise")
    parser.add_argument("--outside", default="", help="the body outside the area that owns it")
    parser.add_argument("--sensitive", action="store_true", help="for its owner, the co-ordinators and chairs only")
    _fact_arguments(parser, "a theme; those of the recommendation, heading or finding that it answers otherwise")


def _fact_arguments(parser: ArgumentParser, theme: str) -> None:
    for name, help in _TEXTS.items():
        parser.add_argument(f"--{name}", help=help)
    parser.add_argument("--supporting", action="append", metavar="AGENCY", help="an agency that helps")
    parser.add_argument("--theme", action="append", help=theme)
    parser.add_argument("--tier", help="the group that reviews it; the plan’s otherwise")
    parser.add_argument("--priority", choices=[one.value for one in Priority])
    parser.add_argument("--start", metavar="DAY", help="when work begins, if not at once")
    parser.add_argument("--impact-due", metavar="DAY", help="when its impact is to be judged")


def _facts(args: Namespace) -> dict[str, Any]:
    """The facts that were given, by the names of their fields."""
    texts = {name.replace("-", "_"): getattr(args, name.replace("-", "_")) for name in _TEXTS}
    given = {
        **texts, "supporting": tuple(args.supporting) if args.supporting else None,
        "themes": tuple(args.theme) if args.theme else None, "tier": args.tier,
        "priority": Priority(args.priority) if args.priority else None, "start": day_or_none(args.start),
        "impact_due": day_or_none(args.impact_due),
    }  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def action_propose(args: Namespace, context: Context) -> None:
    """Propose an action, and say what its wording leaves open."""
    made = actions.propose(
        context.workspace, args.plan, args.text, due=parse_date(args.due), recommendation=args.recommendation,
        commitment=args.commitment, finding=args.finding, owner=args.owner, agency=args.agency, outside=args.outside,
        sensitive=args.sensitive, by=context.by, now=context.now, today=context.today, **_facts(args),
    )  # fmt: skip
    context.print(made.id)
    say_identifiers(context, made.text, made.outcome, made.measure)
    say_advice(context, wording.on_action(context.workspace, made, today=context.today, reader=context.person))


def action_correct_arguments(parser: ArgumentParser) -> None:
    """What `qa action correct` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("--text", help="what is to be done, in a sentence")
    parser.add_argument("--sensitive", choices=["yes", "no"], help="for its owner, the co-ordinators and chairs only")
    _fact_arguments(parser, "a theme, in the place of those it has")
    parser.add_argument("--why", default="", help="why; needed once it was agreed")


def action_correct(args: Namespace, context: Context) -> None:
    """Change facts of an action; owner and due date have commands of their own."""
    changes = _facts(args)
    if args.text is not None:
        changes["text"] = args.text
    if args.sensitive:
        changes["sensitive"] = args.sensitive == "yes"
    if not changes:
        raise InputError("Say what is to be changed: `qa action correct --help` lists what can be.")
    before = keeping.find(context.workspace, Action, args.action)
    made = actions.correct(
        context.workspace, before.id, changes, why=args.why, seen=seen(before), by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.id} is corrected: {', '.join(changes)}.")
    say_identifiers(context, *(value for value in changes.values() if isinstance(value, str)))
    say_advice(context, wording.on_action(context.workspace, made, today=context.today, reader=context.person))


def action_hand_over_arguments(parser: ArgumentParser) -> None:
    """What `qa action hand-over` takes."""
    parser.add_argument("action", nargs="+", help="one number or more: all of them, or none")
    parser.add_argument("--owner", default="", help="a person here, as handle@agency")
    parser.add_argument("--agency", default="", help="an agency, where nobody here owns it")
    parser.add_argument("--outside", default="", help="a body outside the area")
    parser.add_argument("--owner-role", default="", help="the role that owns it")
    parser.add_argument("--why", default="", help="why it changes hands")
    dry_run_argument(parser)


def action_hand_over(args: Namespace, context: Context) -> None:
    """Give actions another owner."""
    given = {name: getattr(args, name) for name in ("owner", "agency", "outside", "owner_role", "why")}
    if previewed(args, context, HandOver(**given)):
        return
    for made in actions.hand_over(
        context.workspace, args.action, **given, by=context.by, now=context.now, today=context.today
    ):
        who = made.owner or made.owner_role or made.outside or "nobody"
        context.say(f"{made.id} is owned by {who}{f' ({made.agency})' if made.agency and not made.owner else ''}.")


def action_accept_arguments(parser: ArgumentParser) -> None:
    """What `qa action accept` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("--refuse", default="", metavar="REASON", help="its agency does not take it on, and why")
    parser.add_argument("--by-whom", default="", help="role of the person who said so, if it was not you")


def action_accept(args: Namespace, context: Context) -> None:
    """Record that its owner takes an action on, or refuses it."""
    made = actions.accept(
        context.workspace, args.action, not args.refuse, reason=args.refuse, by_whom=args.by_whom, by=context.by,
        now=context.now, today=context.today,
    )  # fmt: skip
    said = "is taken on" if made.accepted else "is refused, so it goes to the Main Board"
    context.say(f"{made.id} {said}; {made.by_whom} said so.")
