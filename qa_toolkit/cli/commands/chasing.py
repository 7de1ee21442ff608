"""`qa chase …`, and what stands against a chase: a promised day, an excuse."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.chasing import Chase
from qa_toolkit.domain.dates import parse_date, show_date, show_moment
from qa_toolkit.domain.errors import InputError
from qa_toolkit.workflow import chasing


def chase_draft_arguments(parser: ArgumentParser) -> None:
    """What `qa chase draft` takes."""
    parser.add_argument("--out", type=Path, help="a folder for .eml files, which open in a mail program unsent")


def chase_draft(args: Namespace, context: Context) -> None:
    """Draft every reminder that is due today, one for each agency."""
    messages = chasing.draft(
        context.workspace, by=context.by, now=context.now, today=context.today, calendar=context.calendar
    )
    if args.out and args.out.exists() and not args.out.is_dir():
        raise InputError(f"{args.out} is a file: name a folder.")
    for message in messages:
        if args.out:
            context.print(str(write_eml(args.out, message)))
        else:
            context.print(f"--- {message.chase.id}: {message.subject}\n\n{message.body}\n")
    context.say(
        f"{len(messages)} message(s) drafted. Nothing was sent: send them yourself, then `qa chase sent` each."
        if messages else "Nothing is due to be chased today."
    )  # fmt: skip


def write_eml(folder: Path, message: chasing.Message) -> Path:
    """A message as a file that a mail program opens unsent; an address that is none is left out."""
    # The standard library's mail costs 20 ms of import.
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(message.subject.split())
    if "@" in message.agency.contact and not set(message.agency.contact) & set("\r\n,;<>"):
        mail["To"] = message.agency.contact
    mail["X-Unsent"] = "1"
    mail.set_content(message.body)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{message.chase.id}.eml"
    file.write_bytes(mail.as_bytes())
    return file


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
    parser.add_argument("--json", action="store_true", help="as JSON")


def chase_list(args: Namespace, context: Context) -> None:
    """List what was drafted and sent, for a fair record."""
    rows = [
        {
            "reminder": one.id,
            "to": one.rung.label,
            "step": f"{one.day:+d}",
            "drafted": one.drafted.isoformat() if args.json else show_date(one.drafted),
            "sent": show_moment(one.sent_at) if one.sent_at else "",
            "how": one.sent_how,
            "returns": ", ".join(one.returns),
        }
        for one in context.workspace.partnership_shelf.all(Chase).values()
    ]
    context.table(rows, empty="No reminder has been drafted yet.", as_json=args.json)


def return_promise_arguments(parser: ArgumentParser) -> None:
    """What `qa return promise` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id")
    parser.add_argument("day", help="the day that is promised")
    parser.add_argument("--by-whom", default="", help="role of the person who promised")


def return_promise(args: Namespace, context: Context) -> None:
    """Record the day by which a return is promised; reminders wait for it."""
    made = chasing.promise(
        context.workspace, args.return_id, parse_date(args.day), args.by_whom, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.id} is promised for {show_date(made.day)}. Its due date stays.")


def return_excuse_arguments(parser: ArgumentParser) -> None:
    """What `qa return excuse` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id")
    parser.add_argument("reason", help="why it need not come, in a sentence")
    parser.add_argument("--agreed-by", required=True, help="role of the person who agreed")


def return_excuse(args: Namespace, context: Context) -> None:
    """Excuse a return: no reminders, and it is not late."""
    made = chasing.excuse(
        context.workspace, args.return_id, args.reason, args.agreed_by, by=context.by, now=context.now
    )
    context.say(f"{made.id} is excused, agreed by {made.agreed_by}.")
