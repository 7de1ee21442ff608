"""`qa import actions`: an action sheet that came back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import OK, REFUSED

if TYPE_CHECKING:
    from qa_toolkit.exchange.action_in import ActionsRead


def import_actions_arguments(parser: ArgumentParser) -> None:
    """What `qa import actions` takes."""
    parser.add_argument("file", type=Path, help="the workbook that came back")
    parser.add_argument("--yes", action="store_true", help="take it in; without it, only say what would change")
    parser.add_argument("--theirs", action="append", default=[], metavar="KEY.FIELD",
                        help="settle a difference: what the sheet says is taken (`all` for every one)")  # fmt: skip
    parser.add_argument("--ours", action="append", default=[], metavar="KEY.FIELD",
                        help="settle a difference: the record stays as it is (`all` for every one)")  # fmt: skip
    parser.add_argument("--settle", type=Path, metavar="FILE", help="settle from a CSV that --questions wrote")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="write what is to be settled as a CSV")
    parser.add_argument("--json", action="store_true", help="the differences as JSON")


def import_actions(args: Namespace, context: Context) -> int:
    """Say what an action sheet that came back would change; with --yes take in what is clean or settled."""
    from qa_toolkit.domain.action_sheet import Verdict
    from qa_toolkit.exchange import action_in, action_questions
    from qa_toolkit.workflow import action_sheets

    workspace = context.workspace
    read = action_in.read_actions(args.file, workspace, context.today)
    answers = action_questions.answers(read, theirs=args.theirs, ours=args.ours, file=args.settle)
    brought = action_in.settled(read, answers)
    waiting = action_in.unsettled(read, answers)
    if args.questions:
        action_questions.write(read, args.questions)
    _show(context, read, as_json=args.json)
    for note in read.notes:
        context.say(f"Note: {note}")
    if read.gone:
        context.say(f"Not on the sheet any more, and left as they are: {', '.join(read.gone)}.")
    refused = len(read.with_verdict(Verdict.REFUSED))
    if waiting:
        first = waiting[0].key
        context.say(f"{len(waiting)} to settle: --theirs {first} takes what the sheet says, --ours {first} leaves it.")
    if refused:
        context.say(f"{refused} not taken; each says why.")
    if not args.yes:
        context.say(f"Nothing was changed. With --yes, {len(brought)} action(s) would be." if brought else
                    "Nothing was changed, and there is nothing to take in.")  # fmt: skip
        return OK
    if not brought:
        context.say("There is nothing to take in.")
        return REFUSED if waiting or refused else OK
    source = f"action sheet {read.sheet} of {read.agency}, {args.file.name}"
    touched = action_sheets.take_in(
        workspace, brought, source=source, by=context.by, now=context.now, today=context.today
    )
    context.say(f"Taken in, in one step: {', '.join(touched)}.")
    return REFUSED if waiting or refused else OK


def _show(context: Context, read: ActionsRead, *, as_json: bool) -> None:
    rows = [
        {"what": one.key, "verdict": one.verdict.value, "sent": one.sent, "theirs": one.theirs, "ours": one.ours,
         "note": one.note}
        for one in read.differences
    ]  # fmt: skip
    if as_json:
        context.json(rows)
    elif not rows:
        context.say("It is as it went out.")
    for row in () if as_json else rows:
        context.print(f"{row['what']}: {row['verdict']}")
        for name in ("sent", "theirs", "ours"):
            if row[name]:
                first, *others = row[name].split("\n")
                context.print(f"  {name:<7} {first}")
                for line in others:
                    context.print(f"          {line}")
        if row["note"]:
            context.print(f"  {row['note']}")
