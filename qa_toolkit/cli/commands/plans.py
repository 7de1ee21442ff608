"""`qa plan …`: plans, the commitments of a strategy, and what is said of them every six months."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import date

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.cli.plans import as_at_argument, looked_at, print_legend, seen_by
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.flow import closure
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.strategy import statement_due
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.workflow.plans import answers, keeping, listed, plans, strategies, totals, tracking


def plan_open_arguments(parser: ArgumentParser) -> None:
    """What `qa plan open` takes."""
    parser.add_argument("title", help="the title by which people know it")
    parser.add_argument("source", choices=[source.value for source in Source], help="where it comes from")
    parser.add_argument("--audit", default="", help="the audit that it answers")
    parser.add_argument("--edition", default="", help="of a strategy, a Business Plan or a report")
    parser.add_argument("--owner", default="", help="role or group that answers for it as a whole")
    parser.add_argument("--tier", default="qa-group", help="the group that reviews it")


def plan_open(args: Namespace, context: Context) -> None:
    """Open a plan."""
    made = plans.open_plan(
        context.workspace, args.title, Source(args.source), audit=args.audit, edition=args.edition, owner=args.owner,
        tier=args.tier, by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)


def plan_list_arguments(parser: ArgumentParser) -> None:
    """What `qa plan list` takes."""
    parser.add_argument("--all", action="store_true", help="those that have ended too")
    as_at_argument(parser)


def plan_list(args: Namespace, context: Context) -> None:
    """List the plans, with where their actions stand."""
    workspace, at = looked_at(args, context)
    rows = seen_by(context, workspace, at)
    shown = []
    for plan in listed.plans(workspace).values():
        if plan.ended and not args.all:
            continue
        of = [row.standing for row in rows if row.plan.id == plan.id]
        colours = Counter(one.colour for one in of if one.state.open)
        numbers = closure([one.state for one in of])
        shown.append(
            {
                "plan": plan.id,
                "source": plan.source.label,
                "open": str(sum(one.state.open for one in of)),
                **{colour.label.lower(): str(colours[colour]) for colour in (Colour.RED, Colour.AMBER, Colour.GREEN)},
                "submitted": str(numbers.submitted),
                "verified": str(numbers.verified),
                "confirmed": str(numbers.confirmed),
                "tier": plan.tier,
                "title": _title(plan),
            }
        )
    context.table(shown, empty="No plans yet. `qa plan open` opens one.", as_json=args.json)
    if shown and not args.json:
        context.print("\nSubmitted, verified and confirmed each count what came as far or farther.")
        print_legend(context, at.rules)


def plan_show_arguments(parser: ArgumentParser) -> None:
    """What `qa plan show` takes."""
    parser.add_argument("plan", help="its number, such as AP-2026-001")
    as_at_argument(parser)


def plan_show(args: Namespace, context: Context) -> None:
    """Show a plan: its commitments with their latest statements, its actions, and the three numbers."""
    workspace, at = looked_at(args, context)
    plan = keeping.find(workspace, Plan, args.plan)
    rows = [row for row in seen_by(context, workspace, at) if row.plan.id == plan.id]
    kept = strategies.commitments(workspace, plan)
    numbers = closure([row.standing.state for row in rows])
    if args.json:
        context.json(
            {
                "plan": plan.id, **plan.document(), "as_at": at.today.isoformat(),
                "commitments": [
                    {
                        "commitment": one.commitment.id, **one.commitment.document(),
                        "statements": [said.document() for said in one.statements],
                        "statement_due": statement_due(plan, one.statements).isoformat(),
                        "actions": [r.action.id for r in rows if r.action.commitment == one.commitment.id],
                    }
                    for one in kept
                ],
                "actions": [r.action.id for r in rows], "closure": numbers._asdict(),
            }
        )  # fmt: skip
        return
    _print_head(context, workspace, plan)
    for one in kept:
        _print_commitment(context, plan, one, rows, at.today, new=one.commitment.heading not in _before(kept, one))
    others = [row for row in rows if not row.action.commitment]
    if others:
        context.print("\nActions")
    for row in others:
        context.print(f"  {_line(row)}")
    if rows:
        context.print(f"\n{numbers.sentence}")
        print_legend(context, at.rules)


def _title(plan: Plan) -> str:
    return plan.title + (f", {plan.edition}" if plan.edition else "") + (" (ended)" if plan.ended else "")


def _print_head(context: Context, workspace: Workspace, plan: Plan) -> None:
    context.print(f"{plan.id}  {_title(plan)}  ({plan.source.label.lower()})")
    context.print(f"Owner: {plan.owner or 'nobody named'}. Reviewed by {keeping.tiers(workspace)[plan.tier].name}.")


def _before(kept: list[strategies.Kept], one: strategies.Kept) -> set[str]:
    return {other.commitment.heading for other in kept[: kept.index(one)]}


def _print_commitment(
    context: Context, plan: Plan, one: strategies.Kept, rows: list[tracking.Row], today: date, *, new: bool
) -> None:
    if new:
        aim = f": {one.commitment.aim}" if one.commitment.aim else ""
        context.print(f"\n{one.commitment.heading}{aim}")
    context.print(f"  {one.commitment.id}  {one.commitment.text}")
    if one.commitment.owner:
        context.print(f"      Led by {one.commitment.owner}.")
    if one.statements:
        context.print(f"      {answers.stated(one.statements[-1])}")
    if not plan.ended:
        due = statement_due(plan, one.statements)
        context.print(f"      Next statement by {show_date(due)}.{' It is late.' if due < today else ''}")
    for row in rows:
        if row.action.commitment == one.commitment.id:
            context.print(f"      {_line(row)}")


def _line(row: tracking.Row) -> str:
    action, where = row.action, row.standing
    return f"{where.colour.letter} {action.id}  {where.state.label}, due {show_date(action.due)}  {action.text}"


def plan_flow_arguments(parser: ArgumentParser) -> None:
    """What `qa plan flow` takes."""
    parser.add_argument("first", metavar="from", help="from the end of this day")
    parser.add_argument("--to", metavar="DAY", help="to the end of this day; today otherwise")
    parser.add_argument("--plan", default="", help="of one plan; of all otherwise")
    parser.add_argument("--json", action="store_true", help="as JSON")


def plan_flow(args: Namespace, context: Context) -> None:
    """Say how the open actions of one day became those of a later one."""
    plan = keeping.find(context.workspace, Plan, args.plan).id if args.plan else ""
    first, last = parse_date(args.first), parse_date(args.to) if args.to else context.today
    found = totals.flow_between(context.workspace, first, last, plan=plan)
    if args.json:
        context.json({"from": first.isoformat(), "to": last.isoformat(), **found._asdict()})
    else:
        context.print(f"From the end of {show_date(first)} to the end of {show_date(last)}: {found.sentence}")


def plan_end_arguments(parser: ArgumentParser) -> None:
    """What `qa plan end` takes."""
    parser.add_argument("plan", help="its number")


def plan_end(args: Namespace, context: Context) -> None:
    """End a plan: nothing is added to it; what is open in it goes on."""
    found = keeping.find(context.workspace, Plan, args.plan)
    made = plans.end_plan(
        context.workspace, found.id, seen=seen(found), by=context.by, now=context.now, today=context.today
    )
    rows = seen_by(context, *looked_at(Namespace(as_at=None), context))
    left = [row for row in rows if row.plan.id == made.id and row.standing.state.live]
    more = f" What is open in it goes on until it is closed: {_counted(len(left), 'action')}." if left else ""
    context.say(f"{made.id} is ended.{more}")


def plan_commit_arguments(parser: ArgumentParser) -> None:
    """What `qa plan commit` takes."""
    parser.add_argument("plan", help="its number")
    parser.add_argument("heading", help="the heading that it stands under")
    parser.add_argument("text", help="what is committed to, in a sentence")
    parser.add_argument("--aim", default="", help="what everything under that heading is for")
    parser.add_argument("--owner", default="", help="role or group that leads on it")
    parser.add_argument("--agency", default="", help="the agency that leads on it")
    parser.add_argument("--theme", action="append", default=[], help="a theme of audits that speak to it")


def plan_commit(args: Namespace, context: Context) -> None:
    """Add a commitment to a strategy or Business Plan."""
    made = plans.commit(
        context.workspace, args.plan, args.heading, args.text, aim=args.aim, owner=args.owner, agency=args.agency,
        audits=tuple(args.theme), by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)


def plan_state_arguments(parser: ArgumentParser) -> None:
    """What `qa plan state` takes."""
    parser.add_argument("commitment", help="its number, such as AP-2026-002/C04")
    parser.add_argument("text", help="where it stands, in a sentence")
    parser.add_argument("--difference", default="", help="what is different for children")


def plan_state(args: Namespace, context: Context) -> None:
    """Say where a commitment stands, as every six months."""
    made = plans.state(
        context.workspace, args.commitment, args.text, difference=args.difference, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.id} is recorded.")


def plan_import_arguments(parser: ArgumentParser) -> None:
    """What `qa plan import` takes."""
    parser.add_argument("file", type=path, help="a strategy as a .toml file; docs/strategy-file.md explains it")
    parser.add_argument("--check", action="store_true", help="only say whether it can be read")


def plan_import(args: Namespace, context: Context) -> None:
    """Open a plan with all its commitments from a file: all of it, or nothing."""
    from qa_toolkit.exchange.strategy_file import read_strategy

    found = read_strategy(args.file)
    holds = f"{_counted(len(found.commitments), 'commitment')} under {_counted(len(found.headings), 'heading')}"
    if args.check:
        context.say(f"{args.file}: {found.title}, with {holds}.")
        return
    made = strategies.bring_in(context.workspace, found, by=context.by, now=context.now, today=context.today)
    context.print(made.id)
    context.say(f"{made.title}: {holds}.")


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
