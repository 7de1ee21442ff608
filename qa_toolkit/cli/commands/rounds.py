"""`qa round …`: a self-assessment round, agencies by indicators."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import NotFound
from qa_toolkit.domain.rounds import Board, Cell, Line, Page, Word
from qa_toolkit.workflow import rounds


def round_show_arguments(parser: ArgumentParser) -> None:
    """What `qa round show` takes."""
    parser.add_argument("audit", help="the round’s id, such as SA-2027-01")
    parser.add_argument("--section", default="", help="only this section; `overall` for the whole and its sections")
    parser.add_argument("--agency", default="", help="only this agency, with what it said in full")
    parser.add_argument("--json", action="store_true", help="as JSON")


def round_show(args: Namespace, context: Context) -> None:
    """Show a round: for each indicator the agencies' own words, the panel's, and last time's."""
    board = rounds.board(context.workspace, args.audit, by=context.by, today=context.today, calendar=context.calendar)
    pages = [page for page in board.pages if not args.section or page.id.casefold() == args.section.casefold()]
    if not pages:
        raise NotFound(f"There is no section {args.section} here: {', '.join(page.id for page in board.pages)}.")
    agencies = [agency for agency in board.agencies if not args.agency or agency == args.agency]
    if not agencies:
        raise NotFound(f"{args.agency} is not asked in {board.audit}: {', '.join(board.agencies)} are.")
    if args.json:
        context.json(_plain(board, pages, agencies))
        return
    context.print(f"{board.audit}  {board.title}")
    beside = f"last time is {', '.join(board.before)}" if board.before else "there is no last round to set beside it"
    context.print(f"The panel’s word stands beside each agency’s own; {beside}.")
    context.print(" · ".join(f"{agency}: {board.states[agency].lower()}" for agency in agencies))
    for page in pages:
        context.print(f"\n{page.title}\n{page.sentence}\n")
        if args.agency:
            for line in page.lines:
                _in_full(context, line, args.agency)
        else:
            context.table([row for line in page.lines for row in _rows(line, agencies)], empty="")


def _rows(line: Line, agencies: list[str]) -> Iterator[dict[str, str]]:
    cells = {agency: line.cells.get(agency, Cell()) for agency in agencies}
    yield {"row": line.id, **{agency: own_words(cell) for agency, cell in cells.items()}}
    for title, found in (
        ("  panel", {a: cell.moderated for a, cell in cells.items()}),
        ("  last time", {a: cell.before for a, cell in cells.items()}),
    ):
        if any(found.values()):
            yield {"row": title, **{agency: word.shown if word else "" for agency, word in found.items()}}


def own_words(cell: Cell) -> str:
    """An agency's own word: in brackets where it is computed, with a star where nobody looked at it again."""
    if not cell.asked:
        return "not asked"
    if cell.own is None:
        return ""
    return cell.own.shown + "*" * cell.unconfirmed


def _in_full(context: Context, line: Line, agency: str) -> None:
    cell = line.cells.get(agency, Cell())
    context.print(f"{line.id}  {line.title}")
    words = own_words(cell) or "no answer"
    context.print(f"    own: {words}{_note(cell.own)}")
    if cell.unconfirmed:
        context.print("    * carried over from last time, and not looked at again")
    if cell.moderated is not None:
        context.print(f"    panel: {cell.moderated.shown}{_note(cell.moderated)}")
    if cell.before is not None:
        context.print(f"    last time: {cell.before.shown}")


def _note(word: Word | None) -> str:
    return f"{', ' if word.computed else '. '}{word.note}" if word is not None and word.note else ""


def _plain(board: Board, pages: list[Page], agencies: list[str]) -> dict[str, object]:
    return {
        "audit": board.audit, "title": board.title, "last_rounds": list(board.before),
        "states": {agency: board.states[agency] for agency in agencies},
        "sections": [
            {
                "id": page.id, "title": page.title, "sentence": page.sentence,
                "rows": [
                    {"id": line.id, "title": line.title,
                     "agencies": {agency: _cell(line.cells.get(agency, Cell())) for agency in agencies}}
                    for line in page.lines
                ],
            }
            for page in pages
        ],
    }  # fmt: skip


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "asked": cell.asked, "own": _word(cell.own), "unconfirmed": cell.unconfirmed,
        "moderated": _word(cell.moderated), "last_time": _word(cell.before), "moved": cell.moved,
    }  # fmt: skip


def _word(word: Word | None) -> dict[str, object] | None:
    if word is None:
        return None
    return {"label": word.label, "step": word.step, "note": word.note, "computed": word.computed}


def round_moderate_arguments(parser: ArgumentParser) -> None:
    """What `qa round moderate` takes."""
    parser.add_argument("organisation", help="the organisation’s reference in the round, such as SA-2027-01-O02")
    parser.add_argument("indicator", help="the indicator’s id, such as KN-01")
    parser.add_argument("step", help="one of its steps, such as “In place”")
    parser.add_argument("reasons", help="what decided it, in a sentence")


def round_moderate(args: Namespace, context: Context) -> None:
    """Record the panel's word on one indicator; the agency's own answer stays as it is."""
    made = rounds.moderate(
        context.workspace, args.organisation, args.indicator, args.step, args.reasons, by=context.by, now=context.now
    )
    context.say(f"Saved: the panel’s word on {made.question} for {made.subject}. The agency’s own stays.")
