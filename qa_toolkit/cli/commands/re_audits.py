"""`qa audit compare`, `qa case same`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.then_and_now import Row, ThenAndNow
from qa_toolkit.reports.audits.re_audit_text import re_audit_lines
from qa_toolkit.workflow import re_audits


def audit_compare_arguments(parser: ArgumentParser) -> None:
    """What `qa audit compare` takes."""
    parser.add_argument("audit", help="the re-audit’s id")
    parser.add_argument("--json", action="store_true", help="as JSON")


def audit_compare(args: Namespace, context: Context) -> None:
    """Show a re-audit beside the audit before it: direction, and whether chance could have made it."""
    found = re_audits.compare(context.workspace, args.audit, by=context.by)
    if args.json:
        context.json(_plain(found))
        return
    for line in re_audit_lines(found):
        context.print(line)


def _plain(found: ThenAndNow) -> dict[str, object]:
    return {
        "earlier": found.earlier, "later": found.later, "unit": found.unit, "paired": found.paired,
        "pair": found.what_a_pair_is, "compared": {"then": found.compared[0], "now": found.compared[1]},
        "grades": [_row(row) for row in found.grades], "sections": [_row(row) for row in found.sections],
        "questions": [_row(row) for row in found.questions], "by_chance": found.by_chance,
        "not_compared": [{"question": id, "why": why} for id, why in found.apart],
    }  # fmt: skip


def _row(row: Row) -> dict[str, object]:
    return {
        "id": row.id, "title": row.title, "wording": row.wording,
        "then": {label: row.then[points] for points, label in row.steps.items()},
        "now": {label: row.now[points] for points, label in row.steps.items()},
        "way": row.way.value, "lean": row.tested.lean, "chance": round(row.tested.chance, 4),
        "sentence": row.tested.sentence, "left_out": list(row.left_out),
    }  # fmt: skip


def case_same_arguments(parser: ArgumentParser) -> None:
    """What `qa case same` takes."""
    parser.add_argument("case", help="the child’s reference in the re-audit, such as CE-2027-01-C03")
    parser.add_argument("earlier", nargs="?", default="", help="the same child’s reference in the earlier audit")
    parser.add_argument("--none", action="store_true", help="take the link back")


def case_same(args: Namespace, context: Context) -> None:
    """Record that a child of a re-audit is one of the earlier audit's."""
    if bool(args.earlier) == args.none:
        raise InputError("Name the child’s reference in the earlier audit, or take the link back with --none.")
    made = re_audits.link_child(context.workspace, args.case, args.earlier, by=context.by, now=context.now)
    said = f"is {made.earlier} of the earlier audit" if made.earlier else "is linked with nobody"
    context.say(f"Saved: {made.id} {said}.")
