"""`qa late`, `qa chase …`, and what stands against a chase: a promised day, an excuse."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.dates import parse_date, show_date, show_moment
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import how_many
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.workflow import chasing, promises
from qa_toolkit.workflow.owing import owing
from qa_toolkit.workflow.reminders import Message


def late_arguments(parser: ArgumentParser) -> None:
    """What `qa late` takes."""
    parser.add_argument("--all", action="store_true", help="everything that is owed, with the days to go")
    parser.add_argument("--audit", default="", help="of this audit only")
    parser.add_argument("--json", action="store_true", help="as JSON")


def late(args: Namespace, context: Context) -> None:
    """List the late returns of the open audits, or everything that is owed, with what was promised."""
    audit = args.audit.upper()
    if audit and audit not in context.workspace.audits():
        raise InputError(f"There is no audit {args.audit}. `qa audit list` shows those there are.")
    found = owing(context.workspace, today=context.today, calendar=context.calendar)
    waiting = [one for one in found.waiting if not one.second and audit in ("", audit_of(one.due.return_id))]
    rows = []
    for one in sorted(waiting, key=lambda one: (-one.cell.late, one.cell.days_left, one.cell.return_id)):
        if not one.cell.late and not args.all:
            continue
        cell, promise = one.cell, one.promise
        row = {
            "return": cell.return_id,
            "agency": cell.agency,
            "working days late": str(cell.late),
            "due": cell.due.isoformat() if args.json else show_date(cell.due),
            "promised": "" if promise is None else promise.day.isoformat() if args.json else show_date(promise.day),
            "state": cell.state.label,
            "rater": cell.rater,
        }
        if args.all:
            row["working days to go"] = str(max(cell.days_left, 0))
        rows.append(row)
    context.table(rows, empty="Nothing is owed." if args.all else "Nothing is late.", as_json=args.json)


def chase_draft_arguments(parser: ArgumentParser) -> None:
    """What `qa chase draft` takes."""
    _files(parser)


def _files(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=path, help="a folder for .eml files, which open in a mail program unsent")
    parser.add_argument("--text", action="store_true", help="with --out: .txt files")


def chase_draft(args: Namespace, context: Context) -> None:
    """Draft every reminder that is due today, one for each agency."""
    messages = chasing.draft(
        context.workspace, by=context.by, now=context.now, today=context.today, calendar=context.calendar
    )
    _show(messages, args, context)
    context.say(
        f"{how_many(len(messages), 'message')} drafted, none sent: send them yourself, then `qa chase sent` each."
        if messages else "Nothing is due to be chased today."
    )  # fmt: skip


def _show(messages: list[Message], args: Namespace, context: Context) -> None:
    if args.out:
        from qa_toolkit.exchange.chase_files import write_messages

        for file in write_messages(args.out, messages, mail=not args.text):
            context.print(str(file))
        return
    for message in messages:
        context.print(f"--- {message.chase.id}: {message.subject}\n\n{message.body}\n")


def chase_show_arguments(parser: ArgumentParser) -> None:
    """What `qa chase show` takes."""
    _files(parser)


def chase_show(args: Namespace, context: Context) -> None:
    """Show the reminders that were drafted and not yet sent; drafts nothing anew."""
    found = owing(context.workspace, today=context.today, calendar=context.calendar)
    messages = chasing.drafts(context.workspace, found)
    _show(messages, args, context)
    drafted = min((message.chase.drafted for message in messages), default=context.today)
    if drafted < context.today:
        context.say(f"Drafted on {show_date(drafted)}: `qa chase draft` words them anew for today.")
    if not messages:
        context.say("No reminder waits to be sent. `qa chase draft` drafts those that are due.")


def chase_sent_arguments(parser: ArgumentParser) -> None:
    """What `qa chase sent` takes."""
    parser.add_argument("chase", nargs="+", help="the reminder’s id, such as police-3")
    parser.add_argument("--how", default="by e-mail", help="how it was sent")


def chase_sent(args: Namespace, context: Context) -> None:
    """Mark reminders as sent: they count from now."""
    for id in args.chase:
        made = chasing.mark_sent(context.workspace, id, args.how, by=context.by, now=context.now)
        context.say(f"{made.id} is marked as sent to {made.rung.label}, {made.sent_how}.")


def chase_list_arguments(parser: ArgumentParser) -> None:
    """What `qa chase list` takes."""
    parser.add_argument("--agency", default="", help="about this agency only")
    parser.add_argument("--json", action="store_true", help="as JSON")


def chase_list(args: Namespace, context: Context) -> None:
    """List what was sent, promised and excused, the latest first: the fair record."""
    rows = [
        {
            "when": "" if one.at is None else one.at.isoformat() if args.json else show_moment(one.at),
            "agency": one.agency,
            "what": one.sentence,
            "about": ", ".join(one.returns),
        }
        for one in chasing.fair_record(context.workspace)
        if args.agency in ("", one.agency)
    ]
    context.table(rows, empty="Nothing was sent, promised or excused yet.", as_json=args.json)


def chase_ladder_arguments(parser: ArgumentParser) -> None:
    """What `qa chase ladder` takes."""
    parser.add_argument("file", nargs="?", type=path, help="a TOML file with other days, tones and people")
    parser.add_argument("--since", default="", help="in force from this day on; today unless said")


def chase_ladder(args: Namespace, context: Context) -> None:
    """Print the days and tones of reminders as a file that can be edited, or set them from one."""
    from qa_toolkit.exchange.chase_files import read_ladder, write_ladder

    if args.file is None:
        ladder = chasing.ladder_in_force(context.workspace, context.today)
        context.print(write_ladder(ladder))
        context.say(f"In force since {show_date(ladder.since)}. Days are working days from the due date.")
        return
    since = parse_date(args.since) if args.since else context.today
    made = chasing.set_ladder(context.workspace, read_ladder(args.file, since), by=context.by, now=context.now)
    context.say(f"“{made.id}” is in force from {show_date(made.since)}, with {len(made.steps)} steps.")


def return_promise_arguments(parser: ArgumentParser) -> None:
    """What `qa return promise` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id")
    parser.add_argument("day", help="the day that is promised")
    parser.add_argument("--by-whom", default="", help="role of the person who promised")


def return_promise(args: Namespace, context: Context) -> None:
    """Record the day by which a return is promised; reminders wait for it."""
    made = promises.promise(
        context.workspace, args.return_id, parse_date(args.day), args.by_whom, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.id} is promised for {show_date(made.day)}. Its due date stays.")


def return_excuse_arguments(parser: ArgumentParser) -> None:
    """What `qa return excuse` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id")
    parser.add_argument("reason", help="why it need not come, in a sentence; with --withdraw, why it must after all")
    parser.add_argument("--agreed-by", default="", help="role of the person who agreed")
    parser.add_argument("--withdraw", action="store_true", help="take the excuse back: the return is expected again")


def return_excuse(args: Namespace, context: Context) -> None:
    """Excuse a return: no reminders, and it is not late. Or take that back."""
    if args.withdraw:
        promises.expect_again(context.workspace, args.return_id, args.reason, by=context.by, now=context.now)
        context.say(f"{args.return_id.upper()} is expected again.")
        return
    made = promises.excuse(
        context.workspace, args.return_id, args.reason, args.agreed_by, by=context.by, now=context.now
    )
    context.say(f"{made.id} is excused, agreed by {made.agreed_by}.")
