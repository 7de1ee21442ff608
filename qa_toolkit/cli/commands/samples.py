"""`qa sample …`, `qa identity-sheet`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import DAMAGE, OK
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.sampling import Drawn, Method
from qa_toolkit.workflow import sampling


def sample_draw_arguments(parser: ArgumentParser) -> None:
    """What `qa sample draw` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("list", type=path, help="the list: CSV or workbook with a column “ref”")
    parser.add_argument("--size", type=int, default=0, help="how many cases; of a purposive sample, those named")
    parser.add_argument("--fraction", type=float, default=0.0, help="or which part of the list, such as 0.1")
    parser.add_argument("--seed", required=True, help="any words; with them the draw can be repeated")
    parser.add_argument("--by", action="append", default=[], metavar="COLUMN", help="stratified by this column")
    parser.add_argument("--take", action="append", default=[], metavar="REF=REASON", help="purposive: one, and why")
    parser.add_argument("--reserves", type=int, default=0, help="how many stand by")


def sample_draw(args: Namespace, context: Context) -> None:
    """Draw the audit's cases."""
    from qa_toolkit.exchange.frame_file import read_frame

    frame = read_frame(args.list, today=context.today)
    named = dict(_named(text) for text in args.take)
    if named and args.by:
        raise InputError("A sample is stratified or by purpose, not both: leave out --by or --take.")
    method = Method.PURPOSIVE if named else Method.STRATIFIED if args.by else Method.SIMPLE
    size = len(named) if named else args.size or round(args.fraction * sum(not one.excluded for one in frame))
    sample = sampling.draw_sample(
        context.workspace, args.audit, frame, method, size, seed=args.seed, by_columns=args.by, reserves=args.reserves,
        named=named, by=context.by, now=context.now, today=context.today,
    )  # fmt: skip
    for case in context.workspace.audit(args.audit).all(Drawn).values():
        context.print(f"{case.id}  {case.ref}" + (f"  {case.stratum}" if case.stratum else ""))
    context.say(
        f"Drew {sample.size} of {sample.listed - sample.excluded} candidates ({sample.excluded} excluded), "
        f"{len(sample.reserve_refs)} in reserve. Keep the list: `qa sample prove` draws again from it."
    )


def _named(text: str) -> tuple[str, str]:
    ref, equals, reason = text.partition("=")
    if not equals:
        raise InputError(f"“{text}” gives no reason: write REF=REASON.")
    return ref.strip(), reason.strip()


def sample_prove_arguments(parser: ArgumentParser) -> None:
    """What `qa sample prove` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("list", type=path, help="the list that it was drawn from")


def sample_prove(args: Namespace, context: Context) -> int:
    """Draw again, and say whether the cases are the same."""
    from qa_toolkit.exchange.frame_file import read_frame

    proof = sampling.prove(context.workspace, args.audit, read_frame(args.list, today=context.today))
    context.print(proof.sentence)
    return OK if proof.same else DAMAGE


def sample_replace_arguments(parser: ArgumentParser) -> None:
    """What `qa sample replace` takes."""
    parser.add_argument("case", help="the case that goes, such as CE-2026-01-C07")
    parser.add_argument("reason", help="why, in a sentence")


def sample_replace(args: Namespace, context: Context) -> None:
    """Put the next reserve in the place of a case."""
    made = sampling.replace_case(
        context.workspace, args.case, args.reason, by=context.by, now=context.now, today=context.today
    )
    context.print(made.id)
    context.say(f"{made.id} ({made.ref}) stands in for {made.replaces}.")


def identity_sheet_arguments(parser: ArgumentParser) -> None:
    """What `qa identity-sheet` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("out", type=path, help="the .xlsx file to write, outside the workspace")


def identity_sheet(args: Namespace, context: Context) -> None:
    """Write a workbook in which the business unit enters who the children are."""
    from qa_toolkit.exchange.identity_sheet import write_identity_sheet

    count = write_identity_sheet(context.workspace, args.audit, args.out, by=context.by, now=context.now)
    context.print(str(args.out))
    context.say(
        f"{count} cases with empty columns. Fill it in and send it by your own secure route: "
        "the toolkit never reads it."
    )
