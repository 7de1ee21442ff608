"""`qa release`: what is found in a pack before it goes out, what is decided about it, and whether it may still go."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.commands.figures import days_named, moments_arguments
from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import OK, REFUSED
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.disclosure.rules import RULE_SETS
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.identifiers import Kind
from qa_toolkit.domain.release import check_code
from qa_toolkit.reports.checking import check
from qa_toolkit.reports.delivering import paper_for
from qa_toolkit.reports.explaining import small_numbers
from qa_toolkit.reports.making import KINDS
from qa_toolkit.reports.sending import Paper, looked_through
from qa_toolkit.reports.sent import gone
from qa_toolkit.workflow import releasing

AUDIENCES = [one.value.replace("_", "-") for one in Audience]


def _pack_arguments(parser: ArgumentParser, help: str) -> None:
    parser.add_argument("pack", choices=list(KINDS), help=help)
    for word in ("audit", "agency", "person", "theme"):
        parser.add_argument(f"--{word}", default="", help=f"the {word} of a pack that needs one")
    moments_arguments(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")


def _paper(args: Namespace, context: Context) -> Paper:
    releasing.releaser(context.workspace, context.by)
    words = {word: getattr(args, word) for word in ("audit", "agency", "person", "theme") if getattr(args, word)}
    return paper_for(
        context.workspace, args.pack, words, **days_named(args), rules=RULE_SETS[args.small_numbers],
        calendar=context.calendar, now=context.now, today=context.today,
    )  # fmt: skip


def release_numbers_arguments(parser: ArgumentParser) -> None:
    """What `qa release numbers` takes."""
    _pack_arguments(parser, "of which pack")


def release_numbers(args: Namespace, context: Context) -> None:
    """List which counts of children are hidden in a pack and why, and whether one could be worked out."""
    lines = small_numbers(_paper(args, context))
    if args.json:
        context.json(lines)
        return
    for line in lines:
        context.print(line)


def release_hits_arguments(parser: ArgumentParser) -> None:
    """What `qa release hits` takes."""
    _pack_arguments(parser, "which pack is looked through")


def release_hits(args: Namespace, context: Context) -> None:
    """List what in a pack’s text could identify somebody, with the code by which it is decided on."""
    found = looked_through(context.workspace, _paper(args, context), today=context.today)
    rows = [
        {"code": one.code, "what": one.hit.text, "looks like": one.hit.kind.label, "place": one.place,
         "decided": "" if one.handling is None else f"{one.handling.handled.value} by {one.handling.by}"}
        for one in found
    ]  # fmt: skip
    context.table(rows, empty="Nothing in it looks like an identifier. Names cannot be told by rule: read it.",
                  as_json=args.json)  # fmt: skip


def _decision(parser: ArgumentParser) -> None:
    parser.add_argument("--for", dest="audience", required=True, choices=AUDIENCES, help="for whom it was decided")
    parser.add_argument("--why", required=True, metavar="REASON", help="why, in a sentence")


def release_allow_arguments(parser: ArgumentParser) -> None:
    """What `qa release allow` takes."""
    parser.add_argument("codes", nargs="*", metavar="code", help="the codes of what was found, as phone:3f9a1c2b7d10")
    parser.add_argument("--like", default="", metavar="PATTERN", help="everything like it: *@northshire.gov.uk")
    parser.add_argument("--kind", choices=[one.value for one in Kind], help="of which kind, with --like")
    _decision(parser)


def release_allow(args: Namespace, context: Context) -> None:
    """Let something through for an audience, and those who see more, by name and with the reason."""
    audience = Audience(args.audience.replace("-", "_"))
    if bool(args.codes) == bool(args.like) or bool(args.like) != bool(args.kind):
        raise InputError("Give either the codes of what was found, or --like with a pattern and --kind.")
    for code in args.codes:
        # All are read before the first is decided, so that a slip of the keyboard decides nothing.
        check_code(code)
    made = [
        releasing.release(
            context.workspace, code, audience, args.why, by=context.by, now=context.now, today=context.today
        )
        for code in args.codes
    ] or [
        releasing.release_like(
            context.workspace, Kind(args.kind), args.like, audience, args.why, by=context.by, now=context.now,
            today=context.today,
        )
    ]  # fmt: skip
    for done in made:
        context.say(f"{done.words} is let through for {audience.label} and those who see more.")


def release_change_arguments(parser: ArgumentParser) -> None:
    """What `qa release change` takes."""
    parser.add_argument("code", help="the code of what was found")
    parser.add_argument("to", help="the words that stand in its place, as “the school”")
    _decision(parser)


def release_change(args: Namespace, context: Context) -> None:
    """Put other words in its place in every output for an audience; the record is not touched."""
    audience = Audience(args.audience.replace("-", "_"))
    done = releasing.change(
        context.workspace, args.code, args.to, audience, args.why, by=context.by, now=context.now, today=context.today
    )
    context.say(f"{done.words} is shown as “{done.to}” to {audience.label} and those who see more.")


def release_list_arguments(parser: ArgumentParser) -> None:
    """What `qa release list` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def release_list(args: Namespace, context: Context) -> None:
    """List what was decided so far, by whom and why."""
    rows = [
        {"what": one.words, "decided": one.handled.value, "instead": one.to, "for": one.audience.label,
         "by": one.by, "on": show_date(one.on), "why": one.reason}
        for one in releasing.handlings(context.workspace).values()
    ]  # fmt: skip
    context.table(rows, empty="Nothing was let through or changed so far.", as_json=args.json)


def release_sent_arguments(parser: ArgumentParser) -> None:
    """What `qa release sent` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def release_sent(args: Namespace, context: Context) -> None:
    """List every file that was written to be sent, latest first, as its note tells."""
    rows = [
        {"when": one.when, "file": one.file, "what": one.kind, "by": one.by, "for": one.audience, "record": one.record,
         "decided": str(len(one.decided)), "hidden": str(len(one.hidden))}
        for one in gone(context.workspace)
    ]  # fmt: skip
    context.table(rows, empty="Nothing was sent yet.", as_json=args.json)


def release_check_arguments(parser: ArgumentParser) -> None:
    """What `qa release check` takes."""
    parser.add_argument("pack", type=path, help="the file that was sent")
    parser.add_argument("--json", action="store_true", help="as JSON")


def release_check(args: Namespace, context: Context) -> int:
    """Say again of a pack that was sent: whether it is as it was, and whether it may go."""
    found = check(context.workspace, args.pack, calendar=context.calendar, now=context.now, today=context.today)
    if args.json:
        context.json([{"ok": one.ok, "sentence": one.sentence} for one in found])
    else:
        for one in found:
            context.print(f"{'Yes' if one.ok else 'NO '}  {one.sentence}")
    return OK if all(one.ok for one in found) else REFUSED
