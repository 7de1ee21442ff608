"""Small numbers hidden over all tables of a pack together (rule 13), and as many others as keep them hidden.

Primary: counts that the rule set calls small. Complementary: while the attacker can say too much of a hidden count, the
cheapest shown counts that would let it be another are hidden as well: inner counts before totals, small before large.
Counts of actions, agencies, returns in time and meetings are never hidden.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from qa_toolkit.domain.disclosure.attack import Attacker
from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.disclosure.tables import Key, Pack, said


@dataclass(frozen=True)
class Released:
    """What may be shown of a pack."""

    pack: Pack
    rules: RuleSet
    primary: frozenset[Key]
    """Hidden for being small."""
    complementary: frozenset[Key]
    """Hidden so that the small ones cannot be worked out."""
    doubtful: tuple[Key, ...]
    """Hidden counts of which it could not be made sure; where there are any, the pack must not go."""

    @property
    def hidden(self) -> frozenset[Key]:
        """Everything that is not shown."""
        return self.primary | self.complementary

    @property
    def may_go(self) -> bool:
        """Whether the pack may be given out in this form."""
        return not self.doubtful

    @property
    def why_not(self) -> str:
        """The sentence that refuses it; empty where it may go."""
        if self.may_go:
            return ""
        return (
            f"It cannot be made sure that {said(self.doubtful[0])} stays hidden, so the tables are held back: "
            "leave out a table, join categories, or pool several periods."
        )

    @property
    def kept(self) -> float:
        """The share, 0 to 1, of the counts of children that are shown; 1 where nothing is counted, 0 if held back."""
        guarded = self.pack.guarded()
        if not self.may_go:
            return 0.0
        return 1 - len(self.hidden) / len(guarded) if guarded else 1.0

    def shown(self, cell: Key) -> int | None:
        """The count, or None where it is hidden or the pack must not go."""
        if cell in self.hidden or (not self.may_go and cell in self.pack.guarded()):
            return None
        return self.pack.counts[cell]

    def text(self, cell: Key) -> str:
        """The count as it is printed: in figures, or the rule set's mark."""
        count = self.shown(cell)
        return self.rules.mark if count is None else str(count)

    def share(self, part: Key, whole: Key) -> float | None:
        """Part of whole, 0 to 1; None where either is hidden, the rest is small, or the whole is nought."""
        top, base = self.shown(part), self.shown(whole)
        if top is None or not base or (part in self.pack.guarded() and self.rules.small(base - top)):
            return None
        return top / base


def suppress(pack: Pack, rules: RuleSet, also: AbstractSet[Key] = frozenset()) -> Released:
    """What may be shown of the pack by these rules; `also` are counts to be hidden whatever their size."""
    counts, guarded, sums = pack.counts, pack.guarded(), pack.sums()
    primary = frozenset(cell for cell in guarded if rules.small(counts[cell]))
    hidden = set(primary | (also & guarded))
    cost = {cell: _cost(cell, counts[cell]) for cell in guarded}
    attacker = Attacker(counts, sums, hidden, rules)
    while (doubtful := attacker.first_doubtful()) is not None:
        more = attacker.cover(doubtful, cost)
        if not more:
            break
        for cell in more:
            hidden.add(cell)
            attacker.hide(cell)
    left = tuple(attacker.doubtful()) if doubtful is not None else ()
    return Released(pack, rules, primary, frozenset(hidden - primary), left)


def _cost(cell: Key, count: int) -> int:
    """How dear a count is to hide: totals (fewer attributes) above inner counts, large ones above small."""
    return 4 + (count >= 20) + 4 * (len(cell) < 3) + 8 * (len(cell) < 2) + 2 * (count == 0)
