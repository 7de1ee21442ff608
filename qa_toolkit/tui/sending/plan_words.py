"""What is said of somebody else's plan before it is brought in: of the whole of it, and of each row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import Fault
from qa_toolkit.domain.text import visible

if TYPE_CHECKING:
    from qa_toolkit.exchange.plan_in import Understood
    from qa_toolkit.exchange.plan_table import PlanTable
    from qa_toolkit.workflow.plan_import import PlannedAction

NOT_READ, COMES, THERE = "not read", "comes", "there already"


def facts(found: Understood, table: PlanTable, into: str, otherwise: date | None) -> str:
    """How it is read, how many rows come, and which key does what is still to be done."""
    how = "as last time" if found.remembered else "as its headings say"
    parts = [f"{len(found.fresh)} to bring in"]
    parts += [f"{found.known} there already"] if found.known else []
    parts += [f"{len(found.read.faults)} that cannot be read"] if found.read.faults else []
    where = f"Into {into}." if into else "Into no plan yet: press p."
    lines = [f"Read {how}. {len(table.rows)} rows: {', '.join(parts)}. {where}"]
    if otherwise:
        lines.append(f"Rows without a day are due on {show_date(otherwise)}.")
    elif found.read.undated:
        lines.append(f"{found.read.undated} without a due day that can be read: d gives them one.")
    if found.ended:
        lines.append(f"{found.ended} are done in their own plan: here each is open until somebody verifies it.")
    lines += [f"{', '.join(map(visible, table.others))} could be read too: s."] if table.others else []
    return "\n".join([*lines, *table.notes])


def listed(found: Understood) -> list[tuple[PlannedAction | Fault, str]]:
    """Every row with what becomes of it: first those that cannot be read, because somebody has to see to them."""
    return [
        *((one, NOT_READ) for one in found.read.faults),
        *((one, COMES) for one in found.fresh),
        *((one, THERE) for one in found.read.actions if one not in found.fresh),
    ]


def place(where: str) -> str:
    """The row alone: the sheet stands in the title."""
    return where.rpartition(", ")[2]


def in_short(one: PlannedAction | Fault) -> str:
    """What is to be done, or why it does not come, on one line."""
    text = one.message if isinstance(one, Fault) else one.text
    return " ".join(visible(text, lines=True).split())


def in_full(one: PlannedAction | Fault, becomes: str) -> str:
    """All that was read of it."""
    if isinstance(one, Fault):
        return f"{place(one.where)} does not come: {in_short(one).rstrip('.')}."
    lines = [f"{place(one.where)}: {in_short(one)}",
             f"Due {show_date(one.due)}, {one.owner.words}. {becomes.capitalize()}."]  # fmt: skip
    lines += [f"Answers: {one.recommendation}"] if one.recommendation else []
    return visible("\n".join([*lines, *one.notes]), lines=True)
