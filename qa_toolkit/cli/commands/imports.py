"""`qa import actions`: an action sheet that came back; `qa import plan`: somebody else's action plan."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import OK, REFUSED
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import how_many

if TYPE_CHECKING:
    from qa_toolkit.domain.plan_mapping import PlanField
    from qa_toolkit.exchange.action_in import ActionsRead
    from qa_toolkit.exchange.plan_table import PlanTable


_SHOWN = 1_500
"""Characters of a text that are printed: a cell holds 32,767."""


def import_actions_arguments(parser: ArgumentParser) -> None:
    """What `qa import actions` takes."""
    parser.add_argument("file", type=path, help="the workbook that came back")
    parser.add_argument("--yes", action="store_true", help="take it in; without it, only say what would change")
    parser.add_argument("--theirs", action="append", default=[], metavar="KEY.FIELD",
                        help="settle a difference: what the sheet says is taken (`all` for every one)")  # fmt: skip
    parser.add_argument("--ours", action="append", default=[], metavar="KEY.FIELD",
                        help="settle a difference: the record stays as it is (`all` for every one)")  # fmt: skip
    parser.add_argument("--settle", type=path, metavar="FILE", help="settle from a CSV that --questions wrote")
    parser.add_argument("--questions", type=path, metavar="FILE", help="write what is to be settled as a CSV")
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
        context.say(f"Nothing was changed: with --yes, {how_many(len(brought), 'action')} would be." if brought else
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
                first, *others = _in_short(row[name]).split("\n")
                context.print(f"  {name:<7} {first}")
                for line in others:
                    context.print(f"          {line}")
        if row["note"]:
            context.print(f"  {row['note']}")


def _in_short(text: str) -> str:
    """A text of more than a screenful is cut, and says so."""
    more = len(text) - _SHOWN
    return text if more <= 0 else f"{text[:_SHOWN]}… ({more:,} characters more; --json has all)"


def import_plan_arguments(parser: ArgumentParser) -> None:
    """What `qa import plan` takes."""
    parser.add_argument("file", type=path, help="the workbook or CSV with the plan")
    parser.add_argument("--into", default="", metavar="PLAN", help="the plan that its actions go into (`qa plan open`)")
    parser.add_argument("--sheet", default="", help="the sheet to read, if not the likeliest")
    parser.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD",
                        help="what a column holds; `ignore` for nothing")  # fmt: skip
    parser.add_argument("--due", default="", metavar="DAY", help="due day of rows whose own cannot be read")
    parser.add_argument("--yes", action="store_true", help="bring it in; without it, only say what would be")
    parser.add_argument("--json", action="store_true", help="what was read as JSON")


def import_plan(args: Namespace, context: Context) -> int:
    """Bring in an action plan from any workbook or CSV; its columns are proposed first, and confirmed with --yes."""
    from qa_toolkit.domain.dates import parse_date
    from qa_toolkit.exchange.plan_in import understood
    from qa_toolkit.exchange.plan_table import read_plan_table
    from qa_toolkit.workflow import plan_import

    workspace, plan = context.workspace, args.into.strip().upper()
    table = read_plan_table(args.file, args.sheet)
    found = understood(workspace, table, _changes(args, table), into=plan,
                       otherwise=parse_date(args.due) if args.due else None)  # fmt: skip
    columns, read, fresh = found.columns, found.read, found.fresh
    if args.json:
        context.json({"columns": columns, "actions": [one._asdict() for one in fresh],
                      "faults": [{"where": fault.where, "why": fault.message} for fault in read.faults]})  # fmt: skip
    else:
        _show_columns(context, table, columns, remembered=found.remembered)
        for one in fresh:
            context.print(f"{one.where}: {one.text}\n  due {one.due:%d/%m/%Y}, {one.owner.words}")
            for note in one.notes:
                context.print(f"  {note}")
    for note in table.notes:
        context.say(f"Note: {note}")
    if table.others:
        context.say(f"Note: {', '.join(table.others)} could be read too, with --sheet.")
    for fault in read.faults:
        context.say(f"Not read: {fault}")
    if read.undated and not args.due:
        context.say(f"{how_many(read.undated, 'row')} without a due day that can be read: --due DAY gives one.")
    left = how_many(len(read.faults), "row")
    context.say(f"{how_many(len(fresh), 'action')} to bring in, {found.known} there already, {left} not read.")
    if found.ended:
        context.say(f"{found.ended} of them are done in their own plan: here each is open until somebody verifies it.")
    if not args.yes:
        context.say("Nothing was changed. If the columns are right, say --into PLAN --yes; --map changes one.")
        return OK
    if not plan:
        raise InputError("Say with --into which plan. `qa plan list` shows them; `qa plan open` adds one.")
    if fresh:
        made = plan_import.bring_in(
            workspace, plan, fresh, source=f"{args.file.name}{', ' + table.sheet if table.sheet else ''}",
            by=context.by, now=context.now, today=context.today,
        )  # fmt: skip
        context.say(f"Brought in, in one step: {made[0].id} to {made[-1].id}.")
    plan_import.keep_mapping(workspace, columns, by=context.by, now=context.now)
    return REFUSED if read.faults else OK


def _changes(args: Namespace, table: PlanTable) -> dict[str, PlanField]:
    """What --map says of columns."""
    from qa_toolkit.domain.plan_mapping import PlanField, heading_key

    changes = {}
    for pair in args.map:
        heading, equals, field = pair.rpartition("=")
        place = next((one for one in table.headings if heading_key(one) == heading_key(heading)), None)
        if not equals or place is None:
            raise InputError(f"“{pair}” names no column. There are: {', '.join(table.headings)}.")
        if field.strip().lower() not in list(PlanField):
            raise InputError(f"“{field}” is nothing that a column can hold. There are: {', '.join(PlanField)}.")
        changes[place] = PlanField(field.strip().lower())
    return changes


def _show_columns(
    context: Context, table: PlanTable, columns: dict[str, PlanField], *, remembered: bool
) -> None:  # fmt: skip
    how = "as last time" if remembered else "as its headings say"
    context.say(f"{table.name}{', sheet ' + table.sheet if table.sheet else ''}: {len(table.rows)} rows, read {how}.")
    rows = [{"column": heading, "holds": field.value, "that is": field.label,
             "for example": "; ".join(table.examples(heading))} for heading, field in columns.items()]  # fmt: skip
    context.table(rows, empty="")
