"""`qa difference …`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.differences import Stands
from qa_toolkit.workflow import differences


def difference_list_arguments(parser: ArgumentParser) -> None:
    """What `qa difference list` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--all", action="store_true", help="those that are settled, too")
    parser.add_argument("--json", action="store_true", help="as JSON")


def difference_list(args: Namespace, context: Context) -> None:
    """List where agencies' records say otherwise about a child."""
    rows = []
    for row in differences.differences(context.workspace, args.audit, by=context.by, settled=args.all):
        plain = {"return": row.return_id, "fact": row.field, "case": row.case, "says": row.says, "note": row.note}
        settled = row.settlement if not row.status.open else None
        rest = {"status": row.status.value, "stands": settled.stands.value if settled else "",
                "why": settled.why if settled else "", "by": settled.agreed_by if settled else ""}  # fmt: skip
        if args.json:
            rows.append({**plain, **rest})
        else:
            words = {name: _said(value) for name, value in plain.items()}
            rows.append({**words, **(rest if args.all else {}), "status": row.status.label.lower()})
    context.table(rows, empty="Nothing is to be settled.", as_json=args.json)


def _said(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)


def difference_settle_arguments(parser: ArgumentParser) -> None:
    """What `qa difference settle` takes."""
    parser.add_argument("return_id", metavar="return", help="the return’s id, such as CE-2026-01-C07-POLICE")
    parser.add_argument("fact", help="the fact, as `qa difference list` names it")
    parser.add_argument("--stands", choices=[one.value for one in Stands], required=True,
                        help="what stands: the case as entered, or the agency’s word")  # fmt: skip
    parser.add_argument("--why", required=True, help="why, in a sentence")
    parser.add_argument("--agreed-by", required=True, help="who decided it")


def difference_settle(args: Namespace, context: Context) -> None:
    """Settle a difference; the agency's own record stays as it is."""
    made = differences.settle(
        context.workspace, args.return_id, args.fact, Stands(args.stands), why=args.why, agreed_by=args.agreed_by,
        by=context.by, now=context.now,
    )  # fmt: skip
    theirs = "the agency’s word stands, and the case has it"
    whose = "the case stands as entered" if made.stands is Stands.CASE else theirs
    context.say(f"Settled: {whose}. What the agency recorded stays in its return.")
