"""`qa meeting papers`, `minutes`, `correct`, `log`: what a meeting leaves on paper."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.dates import day_of, show_date, zone
from qa_toolkit.domain.errors import NotFound
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.meetings import Meeting
from qa_toolkit.workflow.plans import minutes
from qa_toolkit.workflow.plans.keeping import find
from qa_toolkit.workflow.plans.meetings import tier_of


def _out(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--out", type=path, help="the file to write: .docx, .html, .pdf or .txt")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def meeting_papers_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting papers` takes."""
    parser.add_argument("meeting", help="the meeting’s id, such as M-2026-004")
    _out(parser)


def meeting_papers(args: Namespace, context: Context) -> None:
    """Write the papers of a meeting: what changed, the consent list, the agenda with its reasons."""
    from qa_toolkit.reports.meetings.out import papers_paper

    paper = papers_paper(
        context.workspace, args.meeting, now=context.now, today=context.today, calendar=context.calendar
    )
    _write(args, context, paper, "meeting papers", find(context.workspace, Meeting, args.meeting))


def meeting_minutes_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting minutes` takes."""
    parser.add_argument("meeting", help="the meeting’s id, such as M-2026-004")
    _out(parser)


def meeting_minutes(args: Namespace, context: Context) -> None:
    """Write the minutes, a draft until the next meeting approves them; without a file, print them."""
    from qa_toolkit.reports.meetings.out import minutes_paper

    paper = minutes_paper(
        context.workspace, args.meeting, now=context.now, today=context.today, calendar=context.calendar
    )
    _write(args, context, paper, "minutes", find(context.workspace, Meeting, args.meeting))


def _write(args: Namespace, context: Context, paper: object, kind: str, meeting: Meeting) -> None:
    _save(args, context, paper, kind, meeting.id, tier_of(context.workspace, meeting).audience)


def _save(args: Namespace, context: Context, paper: object, kind: str, subject: str, audience: str) -> None:
    from qa_toolkit.reports.layout.document import Document
    from qa_toolkit.reports.layout.plain import plain_text
    from qa_toolkit.reports.meetings.out import write_meeting_paper

    assert isinstance(paper, Document)
    if args.out is None:
        context.print(plain_text(paper).rstrip("\n"))
        return
    write_meeting_paper(
        context.workspace, paper, args.out, kind=kind, subject=subject, audience=Audience(audience), by=context.by,
        now=context.now, replace_it=args.force,
    )  # fmt: skip
    context.print(str(args.out))
    context.say(f"The code in its footer is {paper.head}: `qa verify --minutes` holds it against the record.")


def meeting_correct_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting correct` takes."""
    parser.add_argument("meeting", help="the meeting whose minutes are corrected")
    parser.add_argument("text", help="what they should say instead, in a sentence")
    parser.add_argument("--decision", default="", help="the decision whose minute it is, such as M-2026-004/D07")


def meeting_correct(args: Namespace, context: Context) -> None:
    """Correct minutes by a dated line; what was recorded stays."""
    made = minutes.correct(
        context.workspace, args.meeting, args.text, decision=args.decision, by=context.by, now=context.now,
        today=context.today,
    )  # fmt: skip
    context.say(f"{made.id}: the minutes carry the correction of {show_date(made.on)}.")


def meeting_log_arguments(parser: ArgumentParser) -> None:
    """What `qa meeting log` takes."""
    parser.add_argument("--tier", default="", help="of one group")
    parser.add_argument("--json", action="store_true", help="as JSON")
    _out(parser)


def meeting_log(args: Namespace, context: Context) -> None:
    """List every decision of a group, latest first; or write the log as a paper."""
    tiers = context.workspace.partnership_shelf.all(Tier)
    if args.tier and args.tier.lower() not in tiers:
        raise NotFound(f"There is no group {args.tier}: there are {', '.join(tiers)}.")
    tier = tiers[args.tier.lower()] if args.tier else None
    if args.out is not None:
        from qa_toolkit.reports.meetings.out import log_paper

        paper = log_paper(context.workspace, tier, now=context.now)
        subject = f"decision-log-{tier.id if tier else 'all'}"
        _save(args, context, paper, "decision log", subject, tier.audience if tier else "qa_group")
        return
    hidden, tz = minutes.hidden(context.workspace), zone(context.workspace.partnership().zone)
    rows = [
        {
            "decision": one.id, "day": show_date(day_of(one.at, tz)), "about": one.subject or one.item,
            "decided": one.kind.label, "minute": "(sensitive)" if {one.subject, one.item} & hidden else one.text,
        }
        for one in minutes.decision_log(context.workspace, tier.id if tier else "")
    ]  # fmt: skip
    context.table(rows, empty="Nothing was decided yet.", as_json=args.json)
