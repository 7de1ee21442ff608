"""`qa recommendation …`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.plans import as_at_argument, looked_at, print_legend, say_advice, say_identifiers, seen_by
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.plan import Recommendation, Responded
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.store.workspace import Workspace, seen
from qa_toolkit.workflow.plans import answers, keeping, recommendations, wording


def recommendation_add_arguments(parser: ArgumentParser) -> None:
    """What `qa recommendation add` takes."""
    parser.add_argument("plan", help="the plan’s number, such as AP-2026-001")
    parser.add_argument("text", help="what should change, in a sentence")
    parser.add_argument("--priority", choices=[one.value for one in Priority], default="medium")
    parser.add_argument("--theme", action="append", default=[], help="a theme; those of its findings otherwise")
    parser.add_argument("--finding", action="append", default=[], help="a finding that it answers")
    parser.add_argument("--tier", default="", help="the group it is addressed to; the plan’s otherwise")
    parser.add_argument("--agency", action="append", default=[], help="an agency that is asked to respond")
    parser.add_argument("--measure", default="", help="how one will know that it worked")


def recommendation_add(args: Namespace, context: Context) -> None:
    """Make a recommendation, and say what its wording leaves open."""
    made = recommendations.recommend(
        context.workspace, args.plan, args.text, priority=Priority(args.priority), themes=args.theme,
        answers=args.finding, tier=args.tier, agencies=args.agency, measure=args.measure, by=context.by,
        now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)
    say_identifiers(context, made.text, made.measure)
    say_advice(context, wording.on_recommendation(context.workspace, made))


def recommendation_list_arguments(parser: ArgumentParser) -> None:
    """What `qa recommendation list` takes."""
    parser.add_argument("--plan", default="", help="of one plan")
    parser.add_argument("--agency", default="", help="put to that agency")
    parser.add_argument("--waiting", action="store_true", help="only those that somebody has still to respond to")
    as_at_argument(parser)


def recommendation_list(args: Namespace, context: Context) -> None:
    """List the recommendations, and who has not responded."""
    workspace, _ = looked_at(args, context)
    rows = []
    for made in workspace.actions_shelf.all(Recommendation).values():
        waiting = recommendations.waited_for(workspace, made)
        left_out = (args.plan and made.plan != args.plan.upper()) or (args.waiting and not waiting)
        if left_out or (args.agency and args.agency.lower() not in made.agencies):
            continue
        rows.append(
            {
                "recommendation": made.id,
                "priority": made.priority.value,
                "raised": made.raised.isoformat() if args.json else show_date(made.raised),
                "plan": made.plan,
                "waiting for": ", ".join(waiting),
                "findings": ", ".join(made.findings),
                "text": made.text + (f" (taken back: {made.withdrawn})" if made.withdrawn else ""),
            }
        )
    empty = "No recommendation is like that. `qa recommendation add` makes one."
    context.table(rows, empty=empty, as_json=args.json)


def recommendation_show_arguments(parser: ArgumentParser) -> None:
    """What `qa recommendation show` takes."""
    parser.add_argument("recommendation", help="its number, such as R-2026-014")
    as_at_argument(parser)


def recommendation_show(args: Namespace, context: Context) -> None:
    """Show one recommendation with its responses and actions."""
    workspace, at = looked_at(args, context)
    made = keeping.find(workspace, Recommendation, args.recommendation)
    found = recommendations.responses(workspace, made.id)
    rows = [row for row in seen_by(context, workspace, at) if row.action.recommendation == made.id]
    if args.json:
        context.json(
            {
                **made.document(), "recommendation": made.id,
                "responses": [one.document() for one in found],
                "actions": [
                    {"action": r.action.id, "state": r.standing.state.value, "colour": r.standing.colour.value}
                    for r in rows
                ],
            }
        )  # fmt: skip
        return
    context.print(f"{made.id}  {made.priority.value} priority  {made.plan}  raised {show_date(made.raised)}")
    context.print(made.text)
    for title, said in (
        ("Taken back", made.withdrawn), ("Measure", made.measure), ("Addressed to", _addressed(workspace, made)),
        ("Themes", ", ".join(made.themes)), ("Answers", ", ".join(made.findings)),
        ("Waiting for", ", ".join(recommendations.waited_for(workspace, made))),
    ):  # fmt: skip
        if said:
            context.print(f"{title}: {said}")
    for id, one in wording.before(workspace, made).items():
        context.print(f"Says much the same as {id} ({one.stands}), which came before it: a repeat.")
    for answer in found:
        context.print(f"  {answers.responded(answer)}")
    for row in rows:
        where = row.standing
        context.print(f"  {row.action.id}  {where.colour.letter} {where.state.label}  {row.action.text}")
    if rows:
        print_legend(context, at.rules)


def _addressed(workspace: Workspace, made: Recommendation) -> str:
    tier = keeping.tiers(workspace)[made.tier].name
    return f"{tier}; {', '.join(made.agencies) or 'the partnership as a whole'}"


def recommendation_respond_arguments(parser: ArgumentParser) -> None:
    """What `qa recommendation respond` takes."""
    parser.add_argument("recommendation", help="its number")
    parser.add_argument("answer", choices=[one.value for one in Responded])
    parser.add_argument("--agency", default="", help="the agency that responds; the partnership as a whole otherwise")
    parser.add_argument("--by-whom", required=True, help="role of the person who responded")
    parser.add_argument("--reason", default="", help="why; needed unless it is accepted")


def recommendation_respond(args: Namespace, context: Context) -> None:
    """Record what an agency answers."""
    made = recommendations.respond(
        context.workspace, args.recommendation, Responded(args.answer), agency=args.agency, reason=args.reason,
        by_whom=args.by_whom, by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.say(f"{made.recommendation}: {answers.responded(made)}")


def recommendation_withdraw_arguments(parser: ArgumentParser) -> None:
    """What `qa recommendation withdraw` takes."""
    parser.add_argument("recommendation", help="its number")
    parser.add_argument("why", help="why it is taken back")


def recommendation_withdraw(args: Namespace, context: Context) -> None:
    """Take a recommendation back; it stays in the record and its actions go on."""
    found = keeping.find(context.workspace, Recommendation, args.recommendation)
    made = recommendations.withdraw(
        context.workspace, found.id, args.why, seen=seen(found), by=context.by, now=context.now, today=context.today
    )
    context.say(f"{made.id} is taken back. Its actions go on until each is closed.")
