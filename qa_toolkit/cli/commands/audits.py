"""`qa audit …`, `qa case …`, `qa late`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.audits import Subject
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.header import facts_lacking
from qa_toolkit.domain.states import State
from qa_toolkit.domain.template_moves import TemplateMove
from qa_toolkit.domain.terms import Slot
from qa_toolkit.store import library
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.workflow import audits, reading, terms


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None


def audit_open_arguments(parser: ArgumentParser) -> None:
    """What `qa audit open` takes."""
    parser.add_argument("id", help="a code, the year, a number: CE-2026-01")
    parser.add_argument("title", help="its title")
    parser.add_argument("--template", required=True, help="a shipped template’s id, or a .toml file")
    parser.add_argument("--due", help="last day for returns, such as 14/12/2026; a joint inspection brings its own")
    parser.add_argument("--jtai", action="store_true", help="a joint inspection, with its ten working days")
    parser.add_argument("--notified", metavar="DAY", help="with --jtai: the day on which it was notified")
    parser.add_argument("--agency", action="append", default=[], help="ask this agency; all with questions otherwise")
    parser.add_argument("--from", dest="from_", help="first day of the look-back")
    parser.add_argument("--to", help="last day of the look-back")
    parser.add_argument("--agency-check", action="store_true", help="an agency lead checks each return first")
    parser.add_argument("--purpose", default="", help="why this audit, in a sentence")
    parser.add_argument("--re-audit-of", default="", metavar="AUDIT", help="the earlier audit that it looks at again")
    parser.add_argument("--phone", default="", help="whom to telephone about an immediate concern")


def audit_open(args: Namespace, context: Context) -> None:
    """Open an audit on its own copy of a template."""
    template, source = library.load(args.template)
    slots, due = _dates(args, context)
    made = audits.open_audit(
        context.workspace, args.id, args.title, template, source, agencies=args.agency, due=due,
        opened=context.today, by=context.by, now=context.now, lookback_from=_day(args.from_),
        lookback_to=_day(args.to), agency_check=args.agency_check, purpose=args.purpose, phone=args.phone,
        re_audit_of=args.re_audit_of,
    )  # fmt: skip
    if slots:
        terms.set_terms(context.workspace, made.id, slots=slots, by=context.by, now=context.now)
    context.print(made.id)
    context.say(
        f"Opened {made.id} on {template.title} {template.edition}; returns are due by {show_date(made.due)} from "
        f"{', '.join(made.agencies)}."
    )
    for slot in slots:
        context.say(f"{show_date(slot.day):>12}  {slot.title}")
    if slots:
        context.say("No sample is drawn: add each child with `qa case add` as the inspectorate names them.")


def _dates(args: Namespace, context: Context) -> tuple[tuple[Slot, ...], date]:
    """The timetable of a joint inspection, and the last day for returns."""
    if args.jtai != bool(args.notified):
        raise InputError("A joint inspection takes both: --jtai, and --notified with the day on which it was notified.")
    if not args.jtai and not args.due:
        raise InputError("Say by when returns are due: --due 14/12/2026, or for a joint inspection --jtai --notified.")
    slots = terms.inspection_timetable(parse_date(args.notified), context.calendar) if args.jtai else ()
    if args.due:
        return slots, parse_date(args.due)
    return slots, terms.returns_due(slots)


def audit_list_arguments(parser: ArgumentParser) -> None:
    """What `qa audit list` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def audit_list(args: Namespace, context: Context) -> None:
    """List the audits."""
    rows = [
        {
            "id": entry.id,
            "status": entry.status.value,
            "due": entry.due.isoformat() if args.json else show_date(entry.due),
            "kind": entry.kind.value.replace("_", " "),
            "title": entry.title,
        }
        for entry in context.workspace.audits().values()
    ]
    context.table(rows, empty="No audits yet. `qa audit open` opens one.", as_json=args.json)


def audit_show_arguments(parser: ArgumentParser) -> None:
    """What `qa audit show` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--as-at", help="as it stood at the end of this day")
    parser.add_argument("--json", action="store_true", help="as JSON")


def audit_show(args: Namespace, context: Context) -> None:
    """Show the returns of an audit, a line each."""
    day = parse_date(args.as_at) if args.as_at else context.today
    workspace = context.workspace_at(day) if args.as_at else context.workspace
    grid = reading.grid(workspace, args.audit, today=day, calendar=context.calendar, whole=False)
    rows = [_row(cell, args.json) for cell in grid.cells.values()]
    if not args.json:
        audit = grid.file.audit
        context.print(f"{audit.id}  {audit.title}")
        context.print(f"{audit.template_id} {audit.template_edition}; due {show_date(audit.due)}")
        if audit.re_audit_of:
            context.print(f"looks again at {audit.re_audit_of}; `qa audit compare {audit.id}` sets them side by side")
        for move in grid.file.all(TemplateMove).values():
            context.print(f"{move.id}: from edition {move.before_edition} to {move.after_edition}. {move.reason}")
        counts = ", ".join(f"{state.label.lower()} {grid.count(state)}" for state in State if grid.count(state))
        context.print(f"{len(grid.cells)} returns: {counts or 'none asked yet'}; late {len(grid.late)}")
        context.print()
    context.table(rows, empty="No cases yet. `qa case add` adds one.", as_json=args.json)
    if grid.seconds and not args.json:
        context.print("\nSecond scores, beside the agency’s return and not counted")
        for cell in grid.seconds.values():
            context.print(f"{cell.return_id}  {cell.state.label.lower()}  {cell.rater}")


def _row(cell: reading.Cell, as_json: bool) -> dict[str, str]:
    known = cell.summary
    return {
        "return": cell.return_id,
        "state": cell.state.label,
        "late": _late(cell) if not as_json else str(cell.late),
        "due": cell.due.isoformat() if as_json else show_date(cell.due),
        "answered": f"{known.answered}/{known.asked}" if known else "",
        "rater": cell.rater,
    }


def _late(cell: reading.Cell) -> str:
    if cell.late:
        return f"LATE {cell.late} day{'s' if cell.late != 1 else ''}"
    return ""


def audit_close_arguments(parser: ArgumentParser) -> None:
    """What `qa audit close` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--abandon", default="", metavar="REASON", help="abandoned, and why")


def audit_close(args: Namespace, context: Context) -> None:
    """Close an audit to changes."""
    entry = audits.close_audit(context.workspace, args.audit, by=context.by, now=context.now, abandoned=args.abandon)
    context.say(f"{entry.id} is {entry.status.value}.")


def audit_reopen_arguments(parser: ArgumentParser) -> None:
    """What `qa audit reopen` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("reason", help="why, in a sentence")


def audit_reopen(args: Namespace, context: Context) -> None:
    """Open an audit again that was closed or abandoned."""
    entry = audits.reopen_audit(context.workspace, args.audit, args.reason, by=context.by, now=context.now)
    context.say(f"{entry.id} is open again; everything in it is as it was.")


def case_add_arguments(parser: ArgumentParser) -> None:
    """What `qa case add` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--ref", default="", help="a pseudonym such as C07; the next free one otherwise")
    parser.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE", help="a fact about the child")
    parser.add_argument("--agency", action="append", help="ask only this agency about this child")


def facts_of(pairs: list[str]) -> dict[str, str]:
    """`NAME=VALUE` pairs as they were typed."""
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InputError(f'“{pair}” is no fact: write NAME=VALUE, such as "age_band=13 to 14".')
        found[name.strip()] = value.strip()
    return found


def case_add(args: Namespace, context: Context) -> None:
    """Add a case."""
    made = audits.add_case(
        context.workspace, args.audit, ref=args.ref, facts=facts_of(args.fact), agencies=args.agency,
        by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)
    _say_lacking(context, made)


def _say_lacking(context: Context, case: Subject) -> None:
    template = context.workspace.template(context.workspace.audit(audit_of(case.id)).audit.template)
    if lacking := facts_lacking(template, case.facts):
        words = ", ".join(f"{field.label} ({field.id})" for field in lacking)
        context.say(f"Still needed of {case.id}: {words}. `qa case facts {case.id} {lacking[0].id}=…` enters it.")


def case_facts_arguments(parser: ArgumentParser) -> None:
    """What `qa case facts` takes."""
    parser.add_argument("case", help="the case’s reference, such as CE-2026-01-C07")
    parser.add_argument("fact", nargs="+", metavar="NAME=VALUE", help="facts about the child")


def case_facts(args: Namespace, context: Context) -> None:
    """Change facts about a child; those that are not named stay."""
    made = audits.set_case_facts(
        context.workspace, args.case, facts_of(args.fact), seen=None, by=context.by, now=context.now
    )
    context.say(f"Saved: {len(made.facts)} facts are entered for {made.id}.")
    _say_lacking(context, made)
