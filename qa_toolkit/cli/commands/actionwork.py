"""`qa action update`, `milestone`, `evidence`, `ask-later`, `extend`, `impact`, `escalate`: what actions gather."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.cli.plans import dry_run_argument, previewed, say_identifiers
from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.records import EvidenceKind, Impact
from qa_toolkit.workflow.plans import due_dates, judging, progress, tracking
from qa_toolkit.workflow.plans.bulk import Extend, Note


def action_update_arguments(parser: ArgumentParser) -> None:
    """What `qa action update` takes."""
    parser.add_argument("action", nargs="+", help="one number or more: all of them, or none")
    parser.add_argument("--text", required=True, help="how it goes, in a sentence")
    parser.add_argument("--progress", type=int, metavar="PERCENT", help="how much is done, 0 to 100")
    # A better colour is refused in a sentence, not as a word that is not known.
    colours = [one.value for one in Colour]
    parser.add_argument(
        "--says", choices=colours, metavar="{amber,red}", help="worse than the rules say, as its owner sees it"
    )
    dry_run_argument(parser)


def action_update(args: Namespace, context: Context) -> None:
    """Say how actions go; an earlier update is never written over."""
    says = Colour(args.says) if args.says else None
    at = tracking.yardstick(context.workspace, context.today, context.calendar)
    if previewed(args, context, Note(args.text, args.progress, says=says, at=at)):
        return
    for made in progress.update(
        context.workspace, args.action, args.text, progress=args.progress, says=says, at=at, by=context.by,
        now=context.now, today=context.today,
    ):  # fmt: skip
        context.say(f"{made.id} is recorded.")
    say_identifiers(context, args.text)


def action_milestone_arguments(parser: ArgumentParser) -> None:
    """What `qa action milestone` takes."""
    parser.add_argument("which", metavar="action or milestone", help="A-2026-031, or A-2026-031/M02 with --done")
    parser.add_argument("text", nargs="?", default="", help="what is there by that day")
    parser.add_argument("--due", metavar="DAY", help="its day")
    parser.add_argument("--done", metavar="DAY", help="reached on that day; names the milestone by its own number")


def action_milestone(args: Namespace, context: Context) -> None:
    """Add a milestone, or mark one as reached."""
    if args.done:
        made = progress.reach_milestone(
            context.workspace, args.which, parse_date(args.done), by=context.by, now=context.now, today=context.today
        )
        context.say(f"{made.id} was reached on {show_date(parse_date(args.done))}.")
        return
    if not args.due:
        raise InputError("Give its day with --due, or with --done the day on which it was reached.")
    made = progress.add_milestone(
        context.workspace, args.which, args.text, parse_date(args.due), by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.print(made.id)


def action_evidence_arguments(parser: ArgumentParser) -> None:
    """What `qa action evidence` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("kind", choices=[kind.value for kind in EvidenceKind])
    parser.add_argument("pointer", help="where it can be seen: a document and its version, a system’s number")
    parser.add_argument("--on", metavar="DAY", help="the day it is of; today otherwise")
    parser.add_argument("--shows", default="", help="what it shows")
    parser.add_argument("--seen-by", default="", help="role of whoever has seen it")
    parser.add_argument("--file", type=path, help="a file at hand: its SHA-256 is kept, the file is not")
    parser.add_argument("--sha256", default="", help="the digest itself, where the file is not at hand")
    parser.add_argument("--copy", action="store_true", help="keep a copy of the file in the workspace too")


def action_evidence(args: Namespace, context: Context) -> None:
    """Add evidence by reference."""
    made = progress.add_evidence(
        context.workspace, args.action, EvidenceKind(args.kind), args.pointer,
        parse_date(args.on) if args.on else context.today, shows=args.shows, seen_by=args.seen_by, sha256=args.sha256,
        file=args.file, copy=args.copy, by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)
    say_identifiers(context, made.pointer, made.shows)
    if made.sha256:
        context.say(f"SHA-256 {made.sha256}")
    if args.copy:
        context.say("A copy is kept in the workspace; it is in no pack and no export.")


def action_ask_later_arguments(parser: ArgumentParser) -> None:
    """What `qa action ask-later` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("day", help="the later day that is asked for")
    parser.add_argument("reason", help="why, and what it means for children")


def action_ask_later(args: Namespace, context: Context) -> None:
    """Ask for a later day; the present one stands until a decision changes it."""
    made = due_dates.ask_later(
        context.workspace, args.action, parse_date(args.day), args.reason, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{show_date(made.new)} is asked for {made.action}. Its date stands until it is decided on.")


def action_extend_arguments(parser: ArgumentParser) -> None:
    """What `qa action extend` takes."""
    parser.add_argument("action", nargs="+", help="one number or more: all of them, or none")
    parser.add_argument("--to", required=True, metavar="DAY", help="the new day, inclusive")
    parser.add_argument("--reason", required=True, help="why, in a sentence")
    parser.add_argument("--decided-by", required=True, help="who decided: a group, or a role")
    dry_run_argument(parser)


def action_extend(args: Namespace, context: Context) -> None:
    """Record the decision to change due dates; the first date is never lost."""
    if previewed(args, context, Extend(parse_date(args.to), args.reason, args.decided_by)):
        return
    for made in due_dates.change_due(
        context.workspace, args.action, parse_date(args.to), args.reason, args.decided_by, by=context.by,
        now=context.now, today=context.today,
    ):  # fmt: skip
        context.say(f"{made.action} is due on {show_date(made.new)}, in the place of {show_date(made.old)}.")


def action_impact_arguments(parser: ArgumentParser) -> None:
    """What `qa action impact` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("impact", choices=[one.value for one in Impact])
    parser.add_argument("shown_by", metavar="shown-by", help="the re-audit, the indicator or the dip sample, named")


def action_impact(args: Namespace, context: Context) -> None:
    """Judge what difference a closed action made."""
    made = judging.judge(
        context.workspace, args.action, Impact(args.impact), args.shown_by, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"Impact of {made.action}: {made.impact.label.lower()}, shown by {made.shown_by}.")


def action_escalate_arguments(parser: ArgumentParser) -> None:
    """What `qa action escalate` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("to", choices=[rung.value for rung in Rung if rung is not Rung.OWNER])
    parser.add_argument("reason", help="why, in a sentence")


def action_escalate(args: Namespace, context: Context) -> None:
    """Take an action up a tier by decision, where the rules would not have brought it yet."""
    made = judging.escalate(
        context.workspace, args.action, Rung(args.to), args.reason, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.action} goes to {Rung(made.to).label}.")
