"""Tables made safe by themselves and beside the packs given out before: more is hidden, or a table is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.disclosure.earlier import Before, Kept, Told, keep, told_by_any
from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.disclosure.suppress import Released, suppress
from qa_toolkit.domain.disclosure.tables import Key, Pack, Table


@dataclass(frozen=True)
class Safe:
    """What may be shown of a pack whose readers hold the earlier ones too."""

    released: Released
    """Of the tables that are not left out."""
    sizes: Mapping[str, int]
    """Children by audit."""
    because: Mapping[Key, Before]
    """Counts that are hidden because of an earlier pack, each with the pack."""
    left_out: Mapping[str, str]
    """Titles of tables that nothing makes safe, each with why."""
    blamed: tuple[str, ...]
    """Names of the earlier packs because of which more is hidden or left out."""

    @property
    def kept(self) -> Kept:
        """What is shown, as the note of the pack keeps it."""
        return keep(self.released, self.sizes)

    @property
    def why_not(self) -> str:
        """The sentence where no table is left to be shown; else empty."""
        if self.released.pack.tables or not self.left_out:
            return ""
        return f"No table of the children can be shown. {next(iter(self.left_out.values()))}"


def make_safe(pack: Pack, rules: RuleSet, sizes: Mapping[str, int], before: Sequence[Before] = ()) -> Safe:
    """The tables (of one fact each) as they may be shown, held against every pack before them, one by one.

    Each round hides a count more or leaves a table out, so it ends.
    """
    tables = list(pack.tables)
    because: dict[Key, Before] = {}
    left_out: dict[str, str] = {}
    blame: dict[str, None] = {}
    while True:
        released = _suppressed(tables, pack, rules, because)
        if released.doubtful:
            # Suppression gives up at the first count that nothing covers, so what comes after is in doubt for nothing.
            alone = (one for one in tables if _suppressed([one], pack, rules, because).doubtful)
            table = next(alone, next(one for one in tables if released.doubtful[0] in one.counts))
            pack_before = next((because[cell] for cell in table.counts if cell in because), None)
            left_out[table.title] = _why(table.title, pack_before)
            tables.remove(table)
            continue
        found = told_by_any(keep(released, sizes), before, rules)
        if not found:
            return Safe(released, sizes, because, left_out, tuple(blame))
        # One count of each table that tells something: tables share nothing but how many children there are.
        for one, pack_before in {one.fact: (one, pack) for one, pack in reversed(found)}.values():
            blame[pack_before.name] = None
            table = next(table for table in tables if table.axes[0].attribute == one.fact)
            cell = _next(released, table, one)
            if cell is None:
                left_out[table.title] = _why(table.title, pack_before)
                tables.remove(table)
            else:
                because[cell] = pack_before


def _suppressed(tables: Sequence[Table], pack: Pack, rules: RuleSet, because: Mapping[Key, Before]) -> Released:
    return suppress(Pack(tuple(tables), known=pack.known), rules, because.keys())


def _next(released: Released, table: Table, one: Told) -> Key | None:
    """What to hide next: the count itself, else the smallest of its table that is still shown; None if none is."""
    guarded = released.pack.guarded()
    left = {cell: count for cell in table.counts if cell in guarded and (count := released.shown(cell)) is not None}
    own = table.key(one.value) if one.value in table.axes[0].values else None
    if own in left:
        return own
    return min(left, key=lambda cell: (not left[cell], left[cell], cell), default=None)


def _why(title: str, pack: Before | None) -> str:
    if pack is None:
        return f"“{title}” is left out: whatever of it is hidden, a small number could be worked out."
    return (
        f"“{title}” is left out: beside {pack.name} of {show_date(pack.on)}, which its readers have, it would tell of "
        "a few children what neither tells alone."
    )
