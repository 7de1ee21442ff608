"""`qa meeting plan`, `change`, `cancel`, `list`, `show`, `open`, `attend`, `apologies`, `interest`, `hand-over`, `end`,
`return`: the meeting itself."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.plans.meetings import Came, Decision, Meeting
from qa_toolkit.workflow.plans import attending, meetings
from qa_toolkit.workflow.plans.keeping import find


def _meeting(parser: ArgumentParser) -> None:
    parser.add_argument("meeting", help="the meeting’s id, such as M-2026-004")


def meeting_plan_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting plan` takes."""
    parser.add_argument("tier", help="the group that meets, such as qa-group")
    parser.add_argument("day", help="the day of the meeting")
    parser.add_argument("--papers", default="", help="the day on which papers are made; a week before unless said")
    parser.add_argument("--chair", default="", help="who chairs, as handle@agency")


def meeting_plan(args: Namespace, context: Context) -> None:
    """Plan a meeting of a group."""
    made = meetings.plan_meeting(
        context.workspace, args.tier, parse_date(args.day), papers=parse_date(args.papers) if args.papers else None,
        chair=args.chair, by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)
    context.say(f"{made.id} is on {show_date(made.day)}; its papers are as at {show_date(made.papers)}.")


def meeting_change_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting change` takes."""
    _meeting(parser)
    parser.add_argument("--day", default="", help="another day")
    parser.add_argument("--papers", default="", help="another day on which papers are made")
    parser.add_argument("--chair", default="", help="another chair, as handle@agency")


def meeting_change(args: Namespace, context: Context) -> None:
    """Change a meeting's day, papers date or chair."""
    made = meetings.change_meeting(
        context.workspace, args.meeting, day=parse_date(args.day) if args.day else None,
        papers=parse_date(args.papers) if args.papers else None, chair=args.chair, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.id} is on {show_date(made.day)}; its papers are as at {show_date(made.papers)}.")


def meeting_cancel_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting cancel` takes."""
    _meeting(parser)
    parser.add_argument("why", help="why it does not take place, in a sentence")


def meeting_cancel(args: Namespace, context: Context) -> None:
    """Record that a meeting does not take place."""
    made = meetings.cancel_meeting(
        context.workspace, args.meeting, args.why, by=context.by, now=context.now, today=context.today
    )
    context.say(f"{made.id} is cancelled; what was to come before it comes before the next.")


def meeting_list_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting list` takes."""
    parser.add_argument("--tier", default="", help="of one group")
    parser.add_argument("--json", action="store_true", help="as JSON")


def meeting_list(args: Namespace, context: Context) -> None:
    """List the meetings, and where each stands."""
    shelf = context.workspace.actions_shelf
    rows = [
        {
            "meeting": one.id, "group": one.tier, "day": show_date(one.day), "papers": show_date(one.papers),
            "stands": one.stage.label, "decisions": str(len(shelf.ids_under(Decision, one.id))),
        }
        for one in meetings.meetings(context.workspace, args.tier.lower())
    ]  # fmt: skip
    context.table(rows, empty="No meeting is planned. `qa meeting plan` plans one.", as_json=args.json)


def meeting_show_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting show` takes."""
    _meeting(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")


def meeting_show(args: Namespace, context: Context) -> None:
    """Show who came, whether the meeting may decide, and what it decided."""
    workspace = context.workspace
    meeting = find(workspace, Meeting, args.meeting)
    shelf = workspace.actions_shelf
    decisions = shelf.under(Decision, meeting.id)
    quorum = attending.quorum_of(workspace, shelf, meeting)
    declared = attending.interests(shelf, meeting.id)
    if args.json:
        context.json(
            {**meeting.document(), "id": meeting.id, "stage": meeting.stage.value, "quorate": quorum.met,
             "quorum": quorum.sentence, "interests": [one.document() for one in declared],
             "decisions": [{**one.document(), "id": one.id} for one in decisions]}
        )  # fmt: skip
        return
    tier = meetings.tier_of(workspace, meeting)
    context.print(f"{meeting.id}  {tier.name}, {show_date(meeting.day)}. {meeting.stage.label}.")
    context.print(f"Papers as at {show_date(meeting.papers)}. Chair: {meeting.chair or 'nobody yet'}.")
    if meeting.cancelled:
        context.print(f"Cancelled: {meeting.cancelled}")
    for one in meeting.attendees:
        instead = f" for {one.instead_of}" if one.instead_of else ""
        context.print(f"  {one.came.label:<10}{one.who} ({one.agency}){instead}")
    context.print(quorum.sentence)
    for interest in declared:
        context.print(f"Interest: {interest.who} in {interest.subject}: {interest.why}")
    for decision in decisions:
        context.print(f"{decision.id}  {decision.kind.label}  {decision.subject or decision.item}: {decision.text}")


def meeting_open_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting open` takes."""
    _meeting(parser)
    parser.add_argument("--chair", default="", help="who is in the chair, as handle@agency")


def meeting_open(args: Namespace, context: Context) -> None:
    """Open a meeting: from then on it can decide."""
    made = meetings.open_meeting(
        context.workspace, args.meeting, chair=args.chair, by=context.by, now=context.now, today=context.today
    )
    context.say(f"{made.id} sits, {made.chair} in the chair.")
    context.say(attending.quorum_of(context.workspace, context.workspace.actions_shelf, made).sentence)


def meeting_attend_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting attend` takes."""
    _meeting(parser)
    parser.add_argument("who", nargs="+", help="a person, as handle@agency; or a guest: “practice manager=health”")
    parser.add_argument("--deputy-for", default="", metavar="WHO", help="the one named comes in this person’s place")


def meeting_attend(args: Namespace, context: Context) -> None:
    """Record who is there, or came as a deputy."""
    came = Came.DEPUTY if args.deputy_for else Came.PRESENT
    _came(args, context, came, args.deputy_for)


def meeting_apologies_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting apologies` takes."""
    _meeting(parser)
    parser.add_argument("who", nargs="+", help="a person, as handle@agency")
    parser.add_argument("--absent", action="store_true", help="they sent no apologies")


def meeting_apologies(args: Namespace, context: Context) -> None:
    """Record who sent apologies, or stayed away without."""
    _came(args, context, Came.ABSENT if args.absent else Came.APOLOGIES, "")


def _came(args: Namespace, context: Context, came: Came, instead_of: str) -> None:
    made = attending.attend(
        context.workspace, args.meeting, args.who, came, instead_of=instead_of, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(attending.quorum_of(context.workspace, context.workspace.actions_shelf, made).sentence)


def meeting_interest_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting interest` takes."""
    _meeting(parser)
    parser.add_argument("item", help="what in: the id of an action or of another item")
    parser.add_argument("who", help="who declares it, as recorded present")
    parser.add_argument("why", help="what the interest is, in a few words")


def meeting_interest(args: Namespace, context: Context) -> None:
    """Record a declared interest: that person takes no part in the item."""
    made = attending.declare_interest(
        context.workspace, args.meeting, args.item, args.who, args.why, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.who} takes no part in {made.subject}.")


def meeting_hand_over_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting hand-over` takes."""
    _meeting(parser)
    parser.add_argument("item", help="the id of an action or of another item")
    parser.add_argument("to", help="who takes the chair for it, as handle@agency")


def meeting_hand_over(args: Namespace, context: Context) -> None:
    """Hand the chair over for one item."""
    made = attending.hand_over(
        context.workspace, args.meeting, args.item, args.to, by=context.by, now=context.now, today=context.today
    )
    context.say(f"{made.to} is in the chair for {made.subject}.")


def meeting_end_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting end` takes."""
    _meeting(parser)


def meeting_end(args: Namespace, context: Context) -> None:
    """End a meeting: what was not reached carries over."""
    from qa_toolkit.workflow.plans.agenda import papers, unreached

    at = papers(context.workspace, args.meeting, now=context.now, today=context.today, calendar=context.calendar)
    left = [item.key for item in unreached(context.workspace, at)]
    made = meetings.end_meeting(
        context.workspace, args.meeting, left, by=context.by, now=context.now, today=context.today
    )
    context.say(f"{made.id} is ended. Not reached, and carried over: {len(left)}.")
    if made.head:
        context.say(f"The code of the record at its end is {made.head}.")
    context.say(f"`qa meeting minutes {made.id} -o minutes.docx` writes the minutes, a draft until they are approved.")


def meeting_return_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting return` takes."""
    _meeting(parser)
    parser.add_argument("return_id", metavar="return", help="the return’s id")
    parser.add_argument("why", help="why the group has to look at the return itself, in a sentence")


def meeting_return(args: Namespace, context: Context) -> None:
    """Write down that a return is opened from the meeting, before `qa return show` shows it."""
    made = meetings.open_return(
        context.workspace, args.meeting, args.return_id, args.why, by=context.by, now=context.now, today=context.today
    )
    context.say(f"Written down, and minuted. `qa return show {made.return_id}` shows it.")
