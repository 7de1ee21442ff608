"""`qa concern …`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.clock import clock
from qa_toolkit.domain.dates import parse_moment, show_moment
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.workflow import concerns, reading


def moment_of(text: str) -> datetime:
    """A day and a time, as typed; the clock of a concern counts hours, so a day alone is not enough."""
    moment = parse_moment(text)
    if not isinstance(moment, datetime):
        raise AnswerError(f"“{text}” has no time: write the day and the time, such as 24/11/2026 10:15.")
    return moment.astimezone(UTC)


def concern_raise_arguments(parser: ArgumentParser) -> None:
    """What `qa concern raise` takes."""
    parser.add_argument("return_id", metavar="return", help="the return you are scoring")
    parser.add_argument("what", help="what worries you, in a sentence")
    parser.add_argument("--why-now", default="", help="why it cannot wait")
    parser.add_argument("--question", default="", help="the question it arose from")
    parser.add_argument("--told", default="", help="role of the person you told")
    parser.add_argument("--told-at", default="", help="when, such as “24/11/2026 10:15”")
    parser.add_argument("--how", default="", help="how: telephone, in person")
    parser.add_argument("--phoned-by", default="", help="for a co-ordinator: role of the caller from the agency")
    parser.add_argument("--rater", default="", help="with --phoned-by: who scores it, where nobody is named yet")


def concern_raise(args: Namespace, context: Context) -> None:
    """Record a concern, and say to telephone."""
    phone = context.workspace.audit(audit_of(args.return_id)).audit.phone
    context.say(f"Phone now{': ' + phone if phone else ''}. This tool alerts nobody; it records what you did.")
    if args.phoned_by:
        logged = concerns.phoned(
            context.workspace, args.return_id, what=args.what, caller=args.phoned_by, rater=args.rater,
            why_now=args.why_now, by=context.by, now=context.now, today=context.today,
        )  # fmt: skip
        context.print(logged.id)
        return
    told_at = moment_of(args.told_at) if args.told_at else None
    made = concerns.raise_concern(
        context.workspace, args.return_id, what=args.what, why_now=args.why_now, question=args.question,
        told=args.told, told_at=told_at, how=args.how, by=context.by, now=context.now,
    )  # fmt: skip
    context.print(made.id)


def concern_update_arguments(parser: ArgumentParser) -> None:
    """What `qa concern update` takes."""
    parser.add_argument("concern", help="the concern’s id")
    parser.add_argument("--told", default="", help="role of the person you told (the rater’s to add)")
    parser.add_argument("--told-at", default="", help="when they were told")
    parser.add_argument("--how", default="", help="how they were told")
    parser.add_argument("--acknowledged-by", default="", help="role of the person who confirmed that they have it")
    parser.add_argument("--outcome", default="", help="what was done, and how the child is now")
    parser.add_argument("--close", action="store_true", help="close it, with its outcome")


def concern_update(args: Namespace, context: Context) -> None:
    """Add to a concern: whom the rater told, or what the partnership did."""
    if args.told:
        told_at = moment_of(args.told_at) if args.told_at else context.now
        concerns.tell(
            context.workspace, args.concern, told=args.told, how=args.how, told_at=told_at, by=context.by,
            now=context.now,
        )  # fmt: skip
    if args.acknowledged_by or args.outcome or args.close:
        concerns.follow_up(
            context.workspace, args.concern, acknowledged_by=args.acknowledged_by, outcome=args.outcome,
            close=args.close, by=context.by, now=context.now,
        )  # fmt: skip
    raised = concerns.find(context.workspace, args.concern)
    context.say(clock(raised.concern, raised.follow_up, context.now, context.calendar).sentence)


def concern_list_arguments(parser: ArgumentParser) -> None:
    """What `qa concern list` takes."""
    parser.add_argument("--all", action="store_true", help="closed ones too")
    parser.add_argument("--json", action="store_true", help="as JSON")


def concern_list(args: Namespace, context: Context) -> None:
    """List the concerns with their clocks."""
    rows = []
    for raised in reading.concerns(context.workspace, context.person):
        if raised.closed and not args.all:
            continue
        stage = clock(raised.concern, raised.follow_up, context.now, context.calendar)
        rows.append(
            {
                "concern": raised.concern.id,
                "raised": show_moment(raised.concern.raised_at),
                "question": raised.concern.question,
                "clock": stage.sentence,
                "what": raised.concern.what,
            }
        )
    context.table(rows, empty="No open concerns.", as_json=args.json)
