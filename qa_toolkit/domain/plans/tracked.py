"""What can be asked of one action in a tracker: its values by field, and the words that hold of it or do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, Protocol

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import Brief, Standing

NOBODY: Final = "none"
"""Stands for an owner, an agency or a rung that an action does not have."""
OUTSIDE: Final = "outside"
"""Stands for a body outside the area, in the place of an agency."""


class Tracked(Protocol):
    """One action with where it stands on a day, as a tracker has it."""

    @property
    def brief(self) -> Brief:
        """The action, and what its standing is worked out from."""

    @property
    def standing(self) -> Standing:
        """Where it stands."""

    @property
    def plan(self) -> Plan:
        """The plan that it belongs to."""

    @property
    def action(self) -> Action:
        """The action itself."""


class Field(StrEnum):
    """What `name:value` may ask for."""

    AGENCY = "agency"
    OWNER = "owner"
    COLOUR = "colour"
    STATE = "state"
    TIER = "tier"
    THEME = "theme"
    SOURCE = "source"
    PLAN = "plan"
    PRIORITY = "priority"
    RUNG = "goes-to"
    WITH = "with"
    RECOMMENDATION = "recommendation"

    @property
    def label(self) -> str:
        """The field in words, as a choice or a heading says it."""
        words = {Field.RUNG: "who it has gone up to", Field.WITH: "supporting agency"}
        return words.get(self, self.value)


_VALUES: Final[Mapping[Field, Callable[[Tracked], tuple[str, ...]]]] = {
    Field.AGENCY: lambda row: (row.action.agency or (OUTSIDE if row.action.outside else NOBODY),),
    Field.OWNER: lambda row: _owners(row.action) or (NOBODY,),
    Field.COLOUR: lambda row: (row.standing.colour.value,),
    Field.STATE: lambda row: (row.standing.state.value,),
    Field.TIER: lambda row: (row.action.tier,),
    Field.THEME: lambda row: row.action.themes,
    Field.SOURCE: lambda row: (row.plan.source.value,),
    Field.PLAN: lambda row: (row.plan.id,),
    Field.PRIORITY: lambda row: (row.action.priority.value,),
    Field.RUNG: lambda row: (row.standing.rung.rung.value if row.standing.rung else NOBODY,),
    Field.WITH: lambda row: row.action.supporting,
    Field.RECOMMENDATION: lambda row: (row.action.recommendation,) if row.action.recommendation else (),
}


def values_of(field: Field, row: Tracked) -> tuple[str, ...]:
    """The values that an action has for a field; none where it has none."""
    return _VALUES[field](row)


def _owners(action: Action) -> tuple[str, ...]:
    return tuple(one for one in (action.owner, action.owner_role, action.outside) if one)


class Flag(StrEnum):
    """What a bare word may ask for. In quotes the same word is searched for in the text."""

    OVERDUE = "overdue"
    STALE = "stale"
    OWNERLESS = "ownerless"
    MINE = "mine"
    WAITING = "waiting"
    ESCALATED = "escalated"
    EXTENDED = "extended"
    ASKED = "asked"
    REFUSED = "refused"
    OPEN = "open"
    ENDED = "ended"
    ALL = "all"

    @property
    def words(self) -> str:
        """What it means, for a list to choose from."""
        return _FLAG_WORDS[self]


_FLAG_WORDS: Final = {
    Flag.OVERDUE: "past the due date and not submitted",
    Flag.STALE: "no update within one review cycle",
    Flag.OWNERLESS: "nobody owns it",
    Flag.MINE: "yours",
    Flag.WAITING: "submitted or verified, waiting for its closure",
    Flag.ESCALATED: "gone up a tier",
    Flag.EXTENDED: "its date was put off",
    Flag.ASKED: "a later day is asked for",
    Flag.REFUSED: "refused by its owner",
    Flag.OPEN: "agreed and not ended",
    Flag.ENDED: "closed, superseded or rejected",
    Flag.ALL: "ended ones too",
}
_HOLDS: Final[Mapping[Flag, Callable[[Tracked], bool]]] = {
    Flag.OVERDUE: lambda row: row.standing.days_overdue > 0,
    Flag.STALE: lambda row: row.standing.stale,
    Flag.OWNERLESS: lambda row: row.standing.ownerless,
    Flag.WAITING: lambda row: row.standing.state in (State.SUBMITTED, State.VERIFIED),
    Flag.ESCALATED: lambda row: row.standing.rung is not None,
    Flag.EXTENDED: lambda row: row.standing.extensions > 0,
    Flag.ASKED: lambda row: row.brief.asked is not None and row.standing.state.live,
    Flag.REFUSED: lambda row: row.brief.refused and row.standing.state.live,
    Flag.OPEN: lambda row: row.standing.state.open,
    Flag.ENDED: lambda row: row.standing.state.ended,
    Flag.ALL: lambda row: True,
}


def flagged(flag: Flag, row: Tracked, me: str) -> bool:
    """Whether it is so of an action; `me` is who looks."""
    return bool(me) and row.action.owner == me if flag is Flag.MINE else _HOLDS[flag](row)
