"""`qa return check|submit|nil|receive|query|reopen|allocate|waive`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.sealing import SHARED_FOLDER
from qa_toolkit.domain.text import how_many
from qa_toolkit.workflow import audits, secondscores, submission
from qa_toolkit.workflow.returns import opened, readable


def _return(parser: ArgumentParser) -> None:
    parser.add_argument("return_id", metavar="return", help="the return’s id, such as CE-2026-01-C07-POLICE")


def return_check_arguments(parser: ArgumentParser) -> None:
    """What `qa return check` takes."""
    _return(parser)
    parser.add_argument("--note", default="", help="anything to add")


def return_check(args: Namespace, context: Context) -> None:
    """Record the agency lead's check."""
    submission.check(context.workspace, args.return_id, note=args.note, by=context.by, now=context.now)
    context.say(f"{args.return_id.upper()} is checked. Its rater can submit it.")


def return_submit_arguments(parser: ArgumentParser) -> None:
    """What `qa return submit` takes."""
    _return(parser)
    parser.add_argument("--safe", default="", help="the safety question once more: yes, no or unsure")
    parser.add_argument(
        "--relation", default="none", choices=[r.value for r in Relation], help="how near you stand to the case"
    )
    parser.add_argument("--acknowledge", action="store_true", help="let the notes stand that are shown")


def return_submit(args: Namespace, context: Context) -> None:
    """Send a return in."""
    at = opened(context.workspace, args.return_id)
    readable(context.workspace, at, context.by)
    notes = submission.what_to_note(at)
    for note in notes:
        context.say(f"Note: {note.sentence}")
    acknowledged = tuple(note.where for note in notes) if args.acknowledge else ()
    ret = submission.submit(
        context.workspace, args.return_id, safe=args.safe, relation=Relation(args.relation),
        acknowledged=acknowledged, by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"{ret.id} is submitted. It can be read, and a co-ordinator can give it back. Thank you.")


def return_nil_arguments(parser: ArgumentParser) -> None:
    """What `qa return nil` takes."""
    _return(parser)
    parser.add_argument("reason", help="why, in a few words: “not known to this service”")


def return_nil(args: Namespace, context: Context) -> None:
    """Send in a nil return, started if it was not."""
    from qa_toolkit.workflow.starting import start

    start(context.workspace, args.return_id, by=context.by, now=context.now, today=context.today)
    submission.submit_nil(context.workspace, args.return_id, args.reason, by=context.by, now=context.now)
    context.say(f"{args.return_id.upper()} is submitted as a nil return.")


def return_receive_arguments(parser: ArgumentParser) -> None:
    """What `qa return receive` takes."""
    _return(parser)


def return_receive(args: Namespace, context: Context) -> None:
    """File a submitted return."""
    filed = submission.receive(context.workspace, args.return_id, by=context.by, now=context.now)
    context.say(f"{filed.id} is filed as it stands; from here it counts.")


def return_query_arguments(parser: ArgumentParser) -> None:
    """What `qa return query` takes."""
    _return(parser)
    parser.add_argument("question", nargs="+", metavar="ID=TEXT", help="a question and what is asked about it")


def return_query(args: Namespace, context: Context) -> None:
    """Send named questions back."""
    asked = {}
    for pair in args.question:
        id, equals, text = pair.partition("=")
        if not equals:
            raise InputError(f"“{pair}” names no question: write UI-02='Which tool was used?'.")
        asked[id.strip()] = text
    made = submission.query(context.workspace, args.return_id, asked, by=context.by, now=context.now)
    context.say(
        f"{made.return_id} goes back to its agency with {how_many(len(made.questions), 'question')}, answers kept."
    )


def return_reopen_arguments(parser: ArgumentParser) -> None:
    """What `qa return reopen` takes."""
    _return(parser)
    parser.add_argument("reason", help="why it is given back")


def return_reopen(args: Namespace, context: Context) -> None:
    """Give a submitted return back."""
    submission.reopen(context.workspace, args.return_id, args.reason, by=context.by, now=context.now)
    context.say(f"{args.return_id.upper()} is with its agency again, answers kept.")


def return_allocate_arguments(parser: ArgumentParser) -> None:
    """What `qa return allocate` takes."""
    _return(parser)
    parser.add_argument("person", nargs="?", default="", help="who scores it, as handle@agency")
    parser.add_argument("--due", help="its own last day, if not the audit’s")
    parser.add_argument("--second", action="store_true", help="beside its rater, as a blind second score")
    parser.add_argument("--withdraw", default="", metavar="REASON", help="takes a second score back")
    parser.add_argument("--relation", choices=[one.value for one in Relation], default=Relation.NONE.value,
                        help="how near they stand to the case, where you know")  # fmt: skip


def return_allocate(args: Namespace, context: Context) -> None:
    """Name who scores a return."""
    due = parse_date(args.due) if args.due else None
    if args.withdraw:
        gone = secondscores.withdraw(context.workspace, args.return_id, args.withdraw, by=context.by, now=context.now)
        context.say(f"{gone.id} is no longer asked for. {gone.of} stands as it is.")
        return
    if not args.person:
        raise InputError("Name who scores it, as handle@agency.")
    if args.second:
        asked = secondscores.ask(
            context.workspace, args.return_id, args.person, due=due, by=context.by, now=context.now,
            today=context.today,
        )  # fmt: skip
        context.say(f"{asked.id} is {asked.rater}’s to score, beside {asked.of}. Neither sees the other’s answers")
        context.say(f"until all have submitted, and nobody else does. {SHARED_FOLDER}")
        return
    owed = audits.allocate(
        context.workspace, args.return_id, args.person, due=due, relation=Relation(args.relation), by=context.by,
        now=context.now,
    )  # fmt: skip
    context.say(f"{owed.id} is {owed.rater}’s to score.")


def return_waive_arguments(parser: ArgumentParser) -> None:
    """What `qa return waive` takes."""
    _return(parser)
    parser.add_argument("person", help="who may score it all the same, as handle@agency")
    parser.add_argument("reason", help="why; the report shows it")
    parser.add_argument("--agreed-by", required=True, help="who agreed it, such as “panel chair”; the report shows it")


def return_waive(args: Namespace, context: Context) -> None:
    """Record a waiver of independence."""
    made = audits.waive(
        context.workspace, args.return_id, args.person, args.reason, agreed_by=args.agreed_by, by=context.by,
        now=context.now,
    )  # fmt: skip
    context.say(f"{made.person} may score {made.id}; the reason and who agreed will show in the report.")
