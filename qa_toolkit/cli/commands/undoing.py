"""`qa undo`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import show_moment
from qa_toolkit.domain.errors import InputError
from qa_toolkit.workflow import undoing


def undo_arguments(parser: ArgumentParser) -> None:
    """What `qa undo` takes."""
    parser.add_argument("--line", type=int, metavar="NUMBER", help="this line; the last that you wrote today otherwise")
    parser.add_argument("--why", default="", help="why, in a sentence")
    parser.add_argument("--list", type=int, nargs="?", const=10, metavar="COUNT", help="only list the latest lines")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def undo(args: Namespace, context: Context) -> None:
    """Take back what was done to plans, actions or meetings: a new line puts back what was."""
    if args.list is not None:
        if args.list < 1:
            raise InputError("Say how many lines are to be listed: 1 or more.")
        rows = [
            {
                "line": str(line.seq),
                "when": show_moment(line.at),
                "who": line.by,
                "did": line.did,
                "can be taken back": refused or "yes",
            }
            for line, refused in undoing.recent(context.workspace, by=context.by, count=args.list)
        ]
        context.table(rows, empty="Nothing has been recorded yet.", as_json=args.json)
        return
    if args.line is None:
        last = undoing.next_back(context.workspace, by=context.by, today=context.today)
        if last.on != context.today:
            # What they have in mind may be of today, and in another file: an answer, a grade.
            raise InputError(
                f"You have recorded nothing in plans, actions or meetings today. The last was: {last.words} If that is "
                f"the one, `qa undo --line {last.seq}` takes it back."
            )
    made = undoing.take_back(
        context.workspace, args.line, why=args.why, by=context.by, now=context.now, today=context.today
    )
    context.say(f"Taken back: line {made.id}, {made.by} {made.did}. Both lines stay in the record.")
