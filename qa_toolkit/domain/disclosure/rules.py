"""Which small numbers are hidden, as data with an edition: partnerships differ, and so do those who publish.

A hidden number is shown as the rule set's mark, and so is every percentage that stands on it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule for small numbers."""

    id: str
    name: str
    edition: str
    source: str
    low: int
    """The smallest number that is hidden; 1, because a nought counts nobody."""
    high: int
    """The largest number that is hidden for being small."""
    mark: str
    """What stands in a hidden number's place."""
    values: int = 3
    """How many whole numbers must remain possible for a hidden one, from all that is shown."""

    def small(self, count: int) -> bool:
        """Whether a count is hidden for being small."""
        return self.low <= count <= self.high


DEFAULT = RuleSet(
    id="toolkit", name="1 to 4 hidden", edition="2026", source="The toolkit’s own default",
    low=1, high=4, mark="*",
)  # fmt: skip
DFE = RuleSet(
    id="dfe", name="1 to 5 shown as c", edition="2020",
    source="Department for Education, Characteristics of children in need, 2020: methodology",
    low=1, high=5, mark="c",
)  # fmt: skip
RULE_SETS = {rules.id: rules for rules in (DEFAULT, DFE)}
