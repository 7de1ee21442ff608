"""`qa check …`, `qa case check|held`, `qa allocate`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.audits import Known
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.recordcheck import NO_REPLY, label, progress, read_answer, standings
from qa_toolkit.store.outside import read_outside_text
from qa_toolkit.workflow import allocating, checking

LONGEST = 1_000_000
"""Bytes of a pasted column: more than any audit has, and little enough to read at once."""


def check_show_arguments(parser: ArgumentParser) -> None:
    """What `qa check show` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--json", action="store_true", help="as JSON")


def check_show(args: Namespace, context: Context) -> None:
    """Show what each agency said about each child, and who is silent."""
    file = context.workspace.audit(args.audit)
    rows = []
    for subject in file.subjects:
        row = {"child": subject}
        for one in file.allocations.values():
            if one.subject == subject:
                check = file.record_checks.get(one.id)
                words = label(check.known if check else None).lower()
                row[one.agency] = words.replace(" ", "_") if args.json else words
        rows.append({"child": subject, **{agency: row.get(agency, "–") for agency in file.audit.agencies}})
    context.table(rows, empty="No cases yet. `qa case add` adds one.", as_json=args.json)
    if not args.json:
        context.print()
        context.print(progress(standings(file.audit.agencies, file.allocations.values(), file.record_checks)))


def check_paste_arguments(parser: ArgumentParser) -> None:
    """What `qa check paste` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("agency", help="whose answers they are")
    parser.add_argument(
        "file", type=path, help="lines of child, tab, answer, or answers alone in order; - reads what is piped in"
    )
    parser.add_argument("--yes", action="store_true", help="record it; without, only shows what would change")


def check_paste(args: Namespace, context: Context) -> None:
    """Record a whole column of answers: all of it, or nothing."""
    found = checking.preview(context.workspace, args.audit, args.agency, _text(args.file))
    _record(args, context, found, "pasted a column of the record check")


def check_fill_arguments(parser: ArgumentParser) -> None:
    """What `qa check fill` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("agency", help="whose column it is")
    parser.add_argument("answer", help="known, not_known, family_known or no_reply")
    parser.add_argument("--yes", action="store_true", help="record it; without, only shows what would change")


def check_fill(args: Namespace, context: Context) -> None:
    """Record one answer for every child of an agency."""
    found = checking.whole_column(context.workspace, args.audit, args.agency, read_answer(args.answer))
    _record(args, context, found, "filled a column of the record check")


def _record(args: Namespace, context: Context, found: list[checking.Answered], did: str) -> None:
    rows = [
        {"child": one.subject, "was": label(one.before).lower(), "becomes": label(one.after).lower()}
        for one in found
        if one.before != one.after
    ]
    context.table(rows, empty="Nothing changes: this is what is recorded already.")
    if not rows:
        return
    if not args.yes:
        context.say("Nothing was changed: with --yes it is recorded.")
        return
    answers = {one.return_id: one.after for one in found}
    changed = checking.record_checks(context.workspace, args.audit, answers, did=did, by=context.by, now=context.now)
    context.say(f"Recorded: {changed} answer{'s' if changed != 1 else ''} of {args.agency} changed.")


def _text(file: Path) -> str:
    """The text of a file, or of what is piped in."""
    if str(file) != "-":
        return read_outside_text(file, LONGEST, "a column of answers")
    data = sys.stdin.buffer.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise InputError(f"{file} is larger than any column of answers. Nothing was taken over.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{file} is not plain text in UTF-8. Save it as text, or paste it on the screen.") from None


def case_check_arguments(parser: ArgumentParser) -> None:
    """What `qa case check` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id, such as CE-2026-01-C07-POLICE")
    parser.add_argument("known", choices=[*(known.value for known in Known), NO_REPLY],
                        help="whether the agency knows the child; no_reply takes an answer back")  # fmt: skip
    parser.add_argument("--note", help="anything to add")


def case_check(args: Namespace, context: Context) -> None:
    """Record an agency's answer to the record check."""
    from qa_toolkit.store.workspace import audit_of

    known = read_answer(args.known)
    id = args.return_id.upper()
    checking.record_checks(context.workspace, audit_of(id), {id: known}, note=args.note, by=context.by, now=context.now)
    owed = context.workspace.audit(audit_of(id)).allocations[id]
    context.say(f"{owed.agency} on {owed.subject}: {label(known).lower()}.")


def case_held_arguments(parser: ArgumentParser) -> None:
    """What `qa case held` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id, such as CE-2026-01-C07-POLICE")
    parser.add_argument("--by", dest="holds", action="append", default=[], metavar="PERSON", help="who holds the case")
    parser.add_argument("--supervised-by", action="append", default=[], metavar="PERSON", help="who supervises it")


def case_held(args: Namespace, context: Context) -> None:
    """Record who of an agency holds a case and who supervises it; they are not asked to score it."""
    made = allocating.record_ties(
        context.workspace, args.return_id, holds=args.holds, supervises=args.supervised_by, by=context.by,
        now=context.now,
    )  # fmt: skip
    holds, supervises = ", ".join(made.holds) or "nobody here", ", ".join(made.supervises) or "nobody here"
    context.say(f"{made.agency} on {made.subject}: held by {holds}; supervised by {supervises}.")


def allocate_arguments(parser: ArgumentParser) -> None:
    """What `qa allocate` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--agency", action="append", default=[], help="only this agency’s returns")
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.AUDITOR.value,
                        help="the role that scores; auditor otherwise")  # fmt: skip
    parser.add_argument("--yes", action="store_true", help="write it; without, only shows the proposal")
    parser.add_argument("--json", action="store_true", help="as JSON")


def allocate(args: Namespace, context: Context) -> None:
    """Propose who scores the returns that nobody has, evenly; write it with --yes."""
    found = allocating.proposal(
        context.workspace, args.audit, agencies=args.agency, role=Role(args.role), today=context.today,
        calendar=context.calendar,
    )  # fmt: skip
    nobody = "" if args.json else "nobody"
    rows = [{"return": one.return_id, "person": one.person or nobody, "why": one.reason} for one in found]
    context.table(rows, empty="Every return that is owed has somebody.", as_json=args.json)
    if args.yes:
        count = allocating.allocate_all(context.workspace, args.audit, found, by=context.by, now=context.now)
        left = len(found) - count
        rest = f" {left} {'has' if left == 1 else 'have'} nobody yet." if left else ""
        context.say(f"{count} return{'s' if count != 1 else ''} allocated.{rest}")
    elif any(one.person for one in found):
        context.say("Nothing was changed: with --yes they are allocated.")
