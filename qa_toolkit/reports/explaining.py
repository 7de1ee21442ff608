"""What small numbers hide in a pack, each with why, and whether one could be worked out: in sentences."""

from __future__ import annotations

from qa_toolkit.domain.disclosure.suppress import Released
from qa_toolkit.domain.disclosure.tables import Key, Table
from qa_toolkit.reports.sending import Paper


def small_numbers(paper: Paper) -> list[str]:
    """The rule, each number that is hidden and why, and the verdict; never the number itself."""
    figures, released = paper.figures, paper.figures.children
    if paper.audience.sees_cases:
        return [f"It is for {paper.audience.label}, who see single cases: small numbers are not hidden from them."]
    if released is None or not paper.counts_children:
        return ["It counts no children by facts about them, so no number has to be hidden."]
    rules = released.rules
    lines = [f"Counts of children by the rule “{rules.name}” ({rules.source}, {rules.edition})."]
    if figures.pooled:
        lines.append(f"Children of {', '.join(figures.pooled)} are taken in, because without them all would be hidden.")
    if not released.may_go:
        return [*lines, f"The tables are left out of the pack. {released.why_not}"]
    if not released.hidden:
        return [*lines, "No number is small enough to be hidden."]
    for table in released.pack.tables:
        lines += _of_table(table, released)
    return [
        *lines, f"Somebody who adds and subtracts all that is shown cannot tell any hidden number: for each, at least "
        f"{rules.values} values remain possible. {released.kept:.0%} of the numbers are shown.",
    ]  # fmt: skip


def in_short(paper: Paper) -> str:
    """The same in one sentence."""
    released = paper.figures.children
    if paper.audience.sees_cases:
        return "Small numbers are not hidden: its readers see single cases."
    if released is None or not paper.counts_children:
        return "Small numbers: it counts no children by facts about them."
    if not released.may_go:
        return "Small numbers: the tables of children are left out, because it cannot be made sure that they are safe."
    count = len(released.hidden)
    hidden = "none is" if not count else "1 is" if count == 1 else f"{count} are"
    return f"Small numbers: {hidden} hidden, and none can be worked out ({released.rules.name})."


def _of_table(table: Table, released: Released) -> list[str]:
    """What of a table is hidden, and why."""
    small = [_place(cell) for cell in table.counts if cell in released.primary]
    also = [_place(cell) for cell in table.counts if cell in released.complementary]
    rules = released.rules
    found = [f"  {table.title}"] if small or also else []
    if small:
        found.append(f"    Hidden, because it is {rules.low} to {rules.high} children: {'; '.join(small)}.")
    if also:
        found.append(f"    Hidden as well, because a small number could be worked out from it: {'; '.join(also)}.")
    return found


def _place(cell: Key) -> str:
    """The values that a count stands under; its key without the names of facts, which are the engineers' words."""
    return ", ".join(part.partition("=")[2] for part in cell[1:]) or "the total"
