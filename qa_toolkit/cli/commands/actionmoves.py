"""`qa action agree`, `start`, `submit`, `verify`, … : the moves of an action’s life, for one or for many at once."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.plans import day_or_none, dry_run_argument, previewed
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.workflow.plans import moving
from qa_toolkit.workflow.plans.bulk import Moved


def _many(parser: ArgumentParser, reason: str = "") -> None:
    parser.add_argument("action", nargs="+", help="one number or more: all of them, or none")
    dry_run_argument(parser)
    if reason:
        parser.add_argument("--reason", required=True, help=reason)


def _move(context: Context, deed: Deed, args: Namespace, **given: Any) -> list[Thread]:
    reason = getattr(args, "reason", "")
    if previewed(args, context, Moved(deed, reason, **given)):
        return []
    moved = moving.move(
        context.workspace, deed, args.action, reason=reason, by=context.by, now=context.now, today=context.today,
        **given,
    )  # fmt: skip
    for thread in moved:
        due = f", due {show_date(thread.action.due)}" if thread.state.open else ""
        context.say(f"{thread.action.id} is {thread.state.label.lower()}{due}.")
    return moved


def action_agree_arguments(parser: ArgumentParser) -> None:
    """What `qa action agree` takes."""
    _many(parser)


def action_agree(args: Namespace, context: Context) -> None:
    """Agree proposed actions: from now on they count as open."""
    _move(context, Deed.AGREE, args)


def action_start_arguments(parser: ArgumentParser) -> None:
    """What `qa action start` takes."""
    _many(parser)


def action_start(args: Namespace, context: Context) -> None:
    """Say that work has begun."""
    _move(context, Deed.START, args)


def action_submit_arguments(parser: ArgumentParser) -> None:
    """What `qa action submit` takes."""
    _many(parser)
    parser.add_argument("--reason", default="", help="what a verifier should know")


def action_submit(args: Namespace, context: Context) -> None:
    """Submit for closure what has evidence: somebody from elsewhere verifies it."""
    _move(context, Deed.SUBMIT, args)


def action_verify_arguments(parser: ArgumentParser) -> None:
    """What `qa action verify` takes."""
    _many(parser, "what you have seen, in a sentence")
    parser.add_argument(
        "--met", choices=["yes", "no"], required=True,
        help="whether the success measure was met; with “no” the reason says why it is accepted all the same",
    )  # fmt: skip
    parser.add_argument("--impact-due", metavar="DAY", help="when its impact is judged; needed for high priority")


def action_verify(args: Namespace, context: Context) -> None:
    """Accept the evidence, as somebody who is neither its owner nor of its owner’s agency."""
    _move(context, Deed.VERIFY, args, met=args.met == "yes", impact_due=day_or_none(args.impact_due))


def action_send_back_arguments(parser: ArgumentParser) -> None:
    """What `qa action send-back` takes."""
    _many(parser, "what is missing, in a sentence")


def action_send_back(args: Namespace, context: Context) -> None:
    """Send what was submitted or verified back to its owner."""
    _move(context, Deed.SEND_BACK, args)


def action_close_arguments(parser: ArgumentParser) -> None:
    """What `qa action close` takes."""
    _many(parser)
    parser.add_argument("--reason", default="", help="what is to be kept of it")


def action_close(args: Namespace, context: Context) -> None:
    """Close what was verified, where its group needs no minute for that; `qa meeting decide` closes the others."""
    _move(context, Deed.CLOSE, args)


def action_hold_arguments(parser: ArgumentParser) -> None:
    """What `qa action hold` takes."""
    _many(parser, "why, in a sentence")
    parser.add_argument("--review", required=True, metavar="DAY", help="when it is looked at again")


def action_hold(args: Namespace, context: Context) -> None:
    """Put actions on hold until a day of review."""
    _move(context, Deed.HOLD, args, review=day_or_none(args.review))


def action_resume_arguments(parser: ArgumentParser) -> None:
    """What `qa action resume` takes."""
    _many(parser)


def action_resume(args: Namespace, context: Context) -> None:
    """Take actions off hold."""
    _move(context, Deed.RESUME, args)


def action_supersede_arguments(parser: ArgumentParser) -> None:
    """What `qa action supersede` takes."""
    _many(parser, "why, in a sentence")
    parser.add_argument("--successor", default="", metavar="ACTION", help="the action in its place")


def action_supersede(args: Namespace, context: Context) -> None:
    """Put another action in the place of one."""
    _move(context, Deed.SUPERSEDE, args, successor=args.successor)


def action_reject_arguments(parser: ArgumentParser) -> None:
    """What `qa action reject` takes."""
    _many(parser, "why, in a sentence")


def action_reject(args: Namespace, context: Context) -> None:
    """Reject actions; they stay in the record."""
    _move(context, Deed.REJECT, args)


def action_reopen_arguments(parser: ArgumentParser) -> None:
    """What `qa action reopen` takes."""
    _many(parser, "why, in a sentence")
    parser.add_argument("--due", metavar="DAY", help="the day by which it is now done; a change of date like any other")


def action_reopen(args: Namespace, context: Context) -> None:
    """Reopen what was over, with all that it had."""
    for thread in _move(context, Deed.REOPEN, args, due=day_or_none(args.due)):
        if thread.action.due < context.today:
            id = thread.action.id
            context.say(f"Its date has gone by, so {id} is overdue at once: `qa action extend {id}` records a new one.")


def action_waive_arguments(parser: ArgumentParser) -> None:
    """What `qa action waive` takes."""
    parser.add_argument("action", help="its number")
    parser.add_argument("person", help="who may verify it, as handle@agency")
    parser.add_argument("reason", help="why nobody independent can, in a sentence")
    parser.add_argument("--agreed-by", required=True, help="role of the person who agreed")


def action_waive(args: Namespace, context: Context) -> None:
    """Let one person of the owner’s agency verify an action; it shows wherever the action does."""
    made = moving.waive(
        context.workspace, args.action, args.person, args.reason, args.agreed_by, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.person} may verify {made.id}; agreed by {made.agreed_by}. It shows wherever the action does.")
