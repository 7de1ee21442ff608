"""`qa meeting since`, `agenda`, `item` and `consent`, `decide` and its kin: what a meeting sees and decides."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.plans.agenda_items import Section
from qa_toolkit.domain.plans.meetings import Decision, Kind
from qa_toolkit.workflow.plans import agenda, deciding, following
from qa_toolkit.workflow.plans.acting import Given

BY_ITSELF = {Kind.SET_ACTION, Kind.APPROVE_MINUTES, Kind.RATIFY}
"""Decisions that have a command of their own."""


def _meeting(parser: ArgumentParser) -> None:
    parser.add_argument("meeting", help="the meeting’s id, such as M-2026-004")


def _papers(args: Namespace, context: Context) -> agenda.Papers:
    return agenda.papers(
        context.workspace, args.meeting, now=context.now, today=context.today, calendar=context.calendar
    )


def meeting_since_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting since` takes."""
    _meeting(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")


def meeting_since(args: Namespace, context: Context) -> None:
    """Say what changed since the last meeting, and the three numbers."""
    at = _papers(args, context)
    found = at.since
    if args.json:
        context.json(
            {"from": found.start, "to": found.end, "flow": found.flow._asdict(), "balanced": found.flow.balanced,
             "closure": [{"number": name, "before": old, "after": new} for name, old, new in found.three],
             "changes": dict(found.lists)}
        )  # fmt: skip
        return
    context.print(f"{found.period} {at.words}")
    for name, before, after in found.three:
        context.print(f"  {name:<20}{before:>5} to {after}")
    context.print(found.closure_after.sentence)
    context.print(found.flow.sentence)
    for title, sentences in found.lists:
        if sentences:
            context.print(f"\n{title} ({len(sentences)})")
            for sentence in sentences:
                context.print(f"  {sentence}")


def meeting_agenda_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting agenda` takes."""
    _meeting(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")


def meeting_agenda(args: Namespace, context: Context) -> None:
    """Print the agenda, made by rule, with why each item is there and what was decided."""
    at = _papers(args, context)
    items, done = agenda.items(context.workspace, at), agenda.decided(context.workspace, at.meeting_id)
    late = agenda.later(context.workspace, at)
    if args.json:
        context.json(
            [
                {"item": one.key, "part": one.section.value, "title": one.title, "why": one.why, "agency": one.agency,
                 "colour": one.colour.value if one.colour else "", "carried": one.carried, "consent": one.consent,
                 "by_itself_because": one.contested, "later": late.get(one.key, ""),
                 "asks": [kind.value for kind in one.asks], "decided": [d.id for d in done.get(one.key, [])]}
                for one in items
            ]
        )  # fmt: skip
        return
    context.print(at.words)
    section: Section | None = None
    for item in items:
        if item.section is not section:
            section = item.section
            context.print(f"\n{section.label}")
        marks = "".join([" (not reached last time)" * item.carried, " (consent list)" * item.consent])
        letter = f"{item.colour.letter} " if item.colour else ""
        context.print(f"  {letter}{item.key}{marks}  {item.title}")
        alone = f" Taken by itself: {item.contested}." if item.contested else ""
        context.print(f"      {item.why}{alone}")
        if item.key in late:
            context.print(f"      {late[item.key]}")
        for one in done.get(item.key, []):
            context.print(f"      {one.id}  {one.kind.label}: {one.text}")


def meeting_item_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting item` takes."""
    _meeting(parser)
    parser.add_argument("item", help="the item’s id, as the agenda names it")


def meeting_item(args: Namespace, context: Context) -> None:
    """Follow an item from the action to the finding, as far as the group may."""
    at = _papers(args, context)
    lines = following.followed(context.workspace, at, args.item, context.by)
    if not lines:
        context.say(f"{args.item} has no thread to follow.")
    for line in lines:
        context.print(line)


def meeting_consent_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting consent` takes."""
    _meeting(parser)
    parser.add_argument("--without", action="append", default=[], metavar="ITEM", help="taken by itself instead")
    parser.add_argument("--yes", action="store_true", help="the group agrees it")


def meeting_consent(args: Namespace, context: Context) -> None:
    """Show the consent list; with --yes, agree it in one decision."""
    at = _papers(args, context)
    done = agenda.decided(context.workspace, at.meeting_id)
    without = {text.strip().upper() for text in args.without}
    items = agenda.items(context.workspace, at)
    listed = [item for item in items if item.consent and item.key not in done and item.key not in without]
    for item in listed:
        context.print(f"{item.key}  {item.title}  {item.why}")
    if not args.yes:
        context.say(f"{len(listed)} on the consent list. Nothing was recorded; --yes agrees it.")
        return
    made = deciding.consent(
        context.workspace, at, [item.key for item in listed], by=context.by, now=context.now, today=context.today
    )
    context.say(f"Agreed in one decision, and each minuted: {len(made)}.")
    _say_quorum(made[0], context)


def _given(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--day", default="",
        help="the new day; of a hold, when it is looked at again; of close with --met, when its impact is judged",
    )  # fmt: skip
    parser.add_argument("--due-back", default="", help="when the group wants to hear of it: challenge, ask_more")
    parser.add_argument("--to", default="", help="whom it asks; for escalate, the step of the ladder")
    parser.add_argument("--met", action="store_true", help="for close: the group saw the evidence itself")
    parser.add_argument("--successor", default="", help="for supersede: the action in its place")


def _read_given(args: Namespace) -> Given:
    return Given(
        day=parse_date(args.day) if args.day else None, due_back=parse_date(args.due_back) if args.due_back else None,
        to=args.to, met=args.met, successor=args.successor,
    )  # fmt: skip


_KINDS = [kind.value for kind in Kind if kind not in BY_ITSELF]


def meeting_decide_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting decide` takes."""
    _meeting(parser)
    parser.add_argument("item", help="what it is about: an action, or another item of the agenda")
    parser.add_argument("kind", choices=_KINDS, help="what is decided")
    parser.add_argument("text", nargs="?", default="", help="the minute; left out where it follows from the record")
    _given(parser)


def meeting_decide(args: Namespace, context: Context) -> None:
    """Record a decision, with what it does, in one line of the record."""
    made = deciding.decide(
        context.workspace, args.meeting, args.item, Kind(args.kind), args.text, _read_given(args), by=context.by,
        now=context.now, today=context.today,
    )  # fmt: skip
    _said(made, context)


def meeting_action_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting action` takes."""
    _meeting(parser)
    parser.add_argument("text", help="what is to be done, in a sentence")
    parser.add_argument("--due", required=True, help="by when")
    parser.add_argument("--owner", default="", help="who owns it, as handle@agency")
    parser.add_argument("--agency", default="", help="the agency that owns it, where no person is named")
    parser.add_argument("--measure", default="", help="how one will know that it worked")
    parser.add_argument("--item", default="business", help="the item out of which it comes, such as F-2026-004")


def meeting_action(args: Namespace, context: Context) -> None:
    """Set an action of the group's own; the next meeting hears of it under matters arising."""
    given = Given(day=parse_date(args.due), owner=args.owner, agency=args.agency, measure=args.measure)
    made = deciding.decide(
        context.workspace, args.meeting, args.item, Kind.SET_ACTION, args.text, given, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.print(made.subject)
    _said(made, context)


def meeting_approve_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting approve` takes."""
    _meeting(parser)
    parser.add_argument("minutes", help="the meeting whose minutes it approves")


def meeting_approve(args: Namespace, context: Context) -> None:
    """Approve the minutes of an earlier meeting."""
    _said(_decided(args, context, args.minutes, Kind.APPROVE_MINUTES), context)


def meeting_ratify_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting ratify` takes."""
    _meeting(parser)
    parser.add_argument("decision", help="the chair’s action, or the decision taken without a quorum")


def meeting_ratify(args: Namespace, context: Context) -> None:
    """Stand by a chair's action, or by what was decided without a quorum."""
    _said(_decided(args, context, args.decision, Kind.RATIFY), context)


def _decided(args: Namespace, context: Context, subject: str, kind: Kind) -> Decision:
    return deciding.decide(
        context.workspace, args.meeting, subject, kind, by=context.by, now=context.now, today=context.today
    )


def meeting_answer_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting answer` takes."""
    parser.add_argument("decision", help="the decision that asked, such as M-2026-004/D07")
    parser.add_argument("text", help="what came back, in a sentence")


def meeting_answer(args: Namespace, context: Context) -> None:
    """Answer what a meeting asked for."""
    made = deciding.answer(
        context.workspace, args.decision, args.text, by=context.by, now=context.now, today=context.today
    )
    context.say(f"{made.id} is answered; the meeting on or after {show_date(made.due_back or context.today)} hears it.")


def meeting_between_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting between` takes."""
    parser.add_argument("tier", help="the group for which the chair decides, such as qa-group")
    parser.add_argument("item", help="what it is about, such as A-2026-031")
    parser.add_argument("kind", choices=_KINDS, help="what is decided")
    parser.add_argument("text", help="why it could not wait, in a sentence")
    parser.add_argument("--chair", required=True, help="who decided, as handle@agency")
    _given(parser)


def meeting_between(args: Namespace, context: Context) -> None:
    """Record what a chair decided between meetings; the next meeting ratifies it."""
    made = deciding.chairs_action(
        context.workspace, args.tier, args.item, Kind(args.kind), args.text, _read_given(args), chair=args.chair,
        by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    context.print(made.id)
    context.say(f"{made.kind.label}. It counts from now, and the next meeting ratifies it.")


def _said(made: Decision, context: Context) -> None:
    context.say(f"{made.id}  {made.kind.label}: {made.text}")
    _say_quorum(made, context)


def _say_quorum(made: Decision, context: Context) -> None:
    if not made.quorate:
        context.say("The meeting is not quorate for this, so the next has to ratify it.")
