"""What small numbers hide in a pack, each with why, and whether one could be worked out: in sentences."""

from __future__ import annotations

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.disclosure.beside import Safe
from qa_toolkit.domain.disclosure.tables import Key, Table
from qa_toolkit.reports.sending import Paper


def small_numbers(paper: Paper) -> list[str]:
    """The rule, each number that is hidden and why, and the verdict; never the number itself."""
    figures, children = paper.figures, paper.figures.children
    if paper.audience.sees_cases:
        return [f"It is for {paper.audience.label}, who see single cases: small numbers are not hidden from them."]
    if children is None or not paper.counts_children:
        return ["It counts no children by facts about them, so no number has to be hidden."]
    released = children.released
    rules = released.rules
    lines = [f"Counts of children by the rule “{rules.name}” ({rules.source}, {rules.edition})."]
    if figures.pooled:
        lines.append(f"Children of {', '.join(figures.pooled)} are taken in, because without them all would be hidden.")
    lines += children.left_out.values()
    if children.blamed:
        lines.append(
            "What helps: wait until more children have been looked at, or make the pack of a longer time. If "
            f"{' or '.join(children.blamed)} never left the house, take its note out of exports/, and make this one "
            "again."
        )
    if not released.pack.tables:
        return [*lines, "So no table of the children stands in the pack."]
    if not released.hidden:
        return [*lines, "No number is small enough to be hidden."]
    for table in released.pack.tables:
        lines += _of_table(table, children)
    return [
        *lines, f"Somebody who adds and subtracts all that is shown cannot tell any hidden number: for each, at least "
        f"{rules.values} values remain possible, beside every pack given out before too. {released.kept:.0%} of the "
        "numbers are shown.",
    ]  # fmt: skip


def in_short(paper: Paper) -> str:
    """The same in one sentence."""
    children = paper.figures.children
    if paper.audience.sees_cases:
        return "Small numbers are not hidden: its readers see single cases."
    if children is None or not paper.counts_children:
        return "Small numbers: it counts no children by facts about them."
    released = children.released
    if not released.pack.tables:
        return "Small numbers: the tables of children are left out, because it cannot be made sure that they are safe."
    count = len(released.hidden)
    hidden = "none is" if not count else "1 is" if count == 1 else f"{count} are"
    left = f" {len(children.left_out)} of its tables cannot be made safe and are left out." if children.left_out else ""
    return f"Small numbers: {hidden} hidden, and none can be worked out ({released.rules.name}).{left}"


def _of_table(table: Table, children: Safe) -> list[str]:
    """What of a table is hidden, and why."""
    released, by_pack = children.released, dict[str, list[str]]()
    for cell, pack in children.because.items():
        if cell in table.counts and cell not in released.primary:
            by_pack.setdefault(f"{pack.name} of {show_date(pack.on)}", []).append(_place(cell))
    small = [_place(cell) for cell in table.counts if cell in released.primary]
    also = [_place(cell) for cell in table.counts if cell in released.complementary and cell not in children.because]
    rules = released.rules
    found = [f"  {table.title}"] if small or also or by_pack else []
    if small:
        found.append(f"    Hidden, because it is {rules.low} to {rules.high} children: {'; '.join(small)}.")
    if also:
        found.append(f"    Hidden as well, because a small number could be worked out from it: {'; '.join(also)}.")
    for name, cells in by_pack.items():
        found.append(f"    Hidden as well, because beside {name} it would tell of a few children: {'; '.join(cells)}.")
    return found


def _place(cell: Key) -> str:
    """The values that a count stands under; its key without the names of facts, which are the engineers' words."""
    return ", ".join(part.partition("=")[2] for part in cell[1:]) or "the total"
