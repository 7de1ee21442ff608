"""The colour of an action: computed from facts by a named rule set, with the rule that fired; never stored.

A rule set is data with a name, a version and a day from which it is in force; the first rule whose conditions all hold
wins. An owner may say worse than the rules do, never better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, NamedTuple

from pydantic import Field

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.records import Frozen, Record


class Colour(StrEnum):
    """A colour, always shown with its letter and its word."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"

    @property
    def label(self) -> str:
        """The colour’s word."""
        return self.value.capitalize()

    @property
    def letter(self) -> str:
        """The letter that stands for it where there is no room for the word."""
        return "-" if self is Colour.GREY else self.value[0].upper()

    @property
    def rank(self) -> int:
        """Worst first: red 0, amber 1, green 2, grey 3, blue 4."""
        return (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.GREY, Colour.BLUE).index(self)


class Facts(NamedTuple):
    """What rules may look at. Days are working days."""

    closed: bool
    ended: bool
    """Superseded or rejected."""
    submitted: bool
    """Submitted for closure, or later."""
    begun: bool
    proposed: bool
    on_hold: bool
    """With a day of review that has not gone by."""
    days_overdue: int
    """0 up to and on the due date."""
    days_to_due: int
    """0 on the due date and after it."""
    days_to_start: int
    """0 from the first day on."""
    progress: int
    """Percent; 0 where nothing was said."""
    extensions: int
    days_without_owner: int
    days_since_update: int
    """Since the last update or the last step of its life, whichever came later."""
    milestones_missed: int
    at_risk: bool
    """The owner says that it is at risk."""


NUMBERS: Final = frozenset(
    {"days_overdue", "days_to_due", "days_to_start", "progress", "extensions", "days_without_owner",
     "days_since_update", "milestones_missed"}
)  # fmt: skip
"""Facts that are counts; the others are yes or no."""


class Condition(Frozen):
    """One test of one fact: `is_` for a yes or no, `least` and `below` for a count."""

    fact: str
    is_: bool | None = Field(default=None, alias="is")
    least: int | None = None
    """At least this many."""
    below: int | None = None
    """Fewer than this many."""

    def holds(self, facts: Facts) -> bool:
        """Whether the facts pass the test."""
        value = getattr(facts, self.fact)
        if self.is_ is not None:
            return bool(value) is self.is_
        return (self.least is None or value >= self.least) and (self.below is None or value < self.below)


class Rule(Frozen):
    """A colour, and when it applies: all conditions must hold."""

    colour: Colour
    words: str
    """When, as the legend says it: “past its due date and not submitted”."""
    when: tuple[Condition, ...] = ()
    shows: str = ""
    """A count that the sentence adds."""


class RuleSet(Record):
    """A named set of rules; the id is its name, and for one that was put in force a slash and the day.

    So the rules of an earlier day are still there when others, or the same once more, are put in force.
    """

    table: ClassVar[str] = "rule_sets"

    version: str
    since: date
    cycle_days: int = 30
    """Working days between two reviews by the tier; updates older than that are stale."""
    rules: tuple[Rule, ...]

    @property
    def name(self) -> str:
        """The name without the day."""
        return self.id.partition("/")[0]

    @property
    def title(self) -> str:
        """Name and version, as every output prints it."""
        return f"{self.name}, version {self.version}"

    @property
    def legend(self) -> list[str]:
        """The rules in the order in which they are tried, a sentence each."""
        return [f"{rule.colour.letter}  {rule.colour.label}: {rule.words}." for rule in self.rules] + [
            "The first that applies wins. An owner may say worse, never better. Days are working days."
        ]


class Coloured(NamedTuple):
    """A colour with its reason."""

    colour: Colour
    reason: str


_UNITS = {
    "days_overdue": "working days", "days_to_due": "working days to go", "days_since_update": "working days ago",
    "days_without_owner": "working days", "extensions": "so far", "milestones_missed": "missed", "progress": "%",
    "days_to_start": "working days to go",
}  # fmt: skip


def coloured(rules: RuleSet, facts: Facts, says: str = "") -> Coloured:
    """The colour and, in a sentence, the rule that gave it; `says` is the worse colour that the owner named, if any."""
    for rule in rules.rules:
        if all(condition.holds(facts) for condition in rule.when):
            break
    else:
        return Coloured(Colour.GREY, f"Grey: no rule of {rules.name} applies.")
    # What an owner said before it was submitted is past: they have since said that it is done.
    heard = says and not facts.submitted and rule.colour in (Colour.GREEN, Colour.AMBER)
    if heard and Colour(says).rank < rule.colour.rank:
        worse = Colour(says)
        return Coloured(worse, f"{worse.label}: its owner says so; by the rules it would be {rule.colour.value}.")
    shown = ""
    if rule.shows:
        number, unit = getattr(facts, rule.shows), _UNITS[rule.shows]
        unit = unit.replace("days", "day") if number == 1 else unit
        shown = f" ({number}{unit})" if unit == "%" else f" ({number} {unit})"
    return Coloured(rule.colour, f"{rule.colour.label}: {rule.words}{shown}.")


def check_rules(found: RuleSet) -> RuleSet:
    """The rule set, if every rule can be used and something always applies.

    Raises:
        InputError: A condition names no fact, tests it the wrong way, or the last rule has conditions.
    """
    if not found.rules:
        raise InputError(f"The rule set {found.name} has no rules.")
    for number, rule in enumerate(found.rules, start=1):
        place = f"Rule {number} of {found.name} ({rule.colour.label})"
        for condition in rule.when:
            if condition.fact not in Facts._fields:
                raise InputError(f"{place} looks at “{condition.fact}”, which is none of: {', '.join(Facts._fields)}.")
            counts = condition.fact in NUMBERS
            if counts == (condition.is_ is not None) or (counts and condition.least is condition.below is None):
                how = "a number: give `least` or `below`" if counts else "a yes or no: give `is`"
                raise InputError(f"{place}: {condition.fact} is {how}.")
        if rule.shows and rule.shows not in NUMBERS:
            raise InputError(f"{place} shows “{rule.shows}”, which is no count.")
    if found.rules[-1].when:
        raise InputError(f"The last rule of {found.name} has conditions, so some actions would have no colour.")
    return found


def rules_on(day: date, own: Mapping[str, RuleSet] | Iterable[RuleSet], default: RuleSet) -> RuleSet:
    """The rule set in force on a day: the latest of the partnership's own, else the default."""
    sets = own.values() if isinstance(own, Mapping) else own
    found = [one for one in sets if one.since <= day]
    return max(found, key=lambda one: (one.since, one.seq)) if found else default
