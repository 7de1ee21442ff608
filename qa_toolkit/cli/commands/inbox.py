"""`qa in`: whatever came back this week."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import OK, REFUSED
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.errors import QAError


def in_arguments(parser: ArgumentParser) -> None:
    """What `qa in` takes."""
    parser.add_argument("folder", type=path, help="the folder in which what came back lies")
    parser.add_argument("--yes", action="store_true", help="take in what is clean; without it, only say what would be")
    parser.add_argument("--json", action="store_true", help="as JSON")


def in_(args: Namespace, context: Context) -> int:
    """Say what each file in a folder is and what it would change; with --yes take in those that are clean."""
    from qa_toolkit.exchange import inbox

    workspace, items, rows = context.workspace, [], []
    for file in inbox.files(args.folder):
        # One after the other, so that the second of two that touch the same thing sees what the first has done.
        item = inbox.look(file, workspace, by=context.by, today=context.today)
        done = item.waits or item.foreign or ("" if item.clean else "nothing new")
        for concern in item.concerns:
            context.say(f"CONCERN in {item.name}, {concern}")
        if item.clean and args.yes:
            try:
                done = inbox.take(item, workspace, by=context.by, now=context.now, today=context.today)
            except QAError as error:
                done = str(error)
                item = item._replace(waits=done)
        items.append(item)
        rows.append({"file": item.name, "what": item.what, "changes": list(item.changes), "done": done})
        if not args.json:
            context.print(f"{item.name}: {item.what}")
            for change in item.changes:
                context.print(f"  {change}")
            if done:
                context.print(f"  {'waits: ' if item.waits else ''}{done}")
    if args.json:
        context.json(rows)
    context.say(inbox.counts(items))
    if within := inbox.folders(args.folder):
        context.say(f"Not looked into: {', '.join(within[:10])}{' and more' if len(within) > 10 else ''}.")
    if any(item.clean for item in items) and not args.yes:
        context.say("Nothing was changed: with --yes the clean ones are taken in.")
    return REFUSED if args.yes and any(item.waits for item in items) else OK
