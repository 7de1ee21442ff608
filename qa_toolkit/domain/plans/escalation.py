"""How far up the tiers an action has climbed: computed from days overdue, extensions and refusal, with its rule named.

The ladder is dated data. The default follows common practice (domain: owner and agency lead from the first day overdue,
QA Group from 20 working days or a second extension, Business Group from 60 or a third, Main Board from 90, or where an
agency refuses or children are at risk). Late audit returns climb `chasing`'s ladder, whose rungs are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final, NamedTuple

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.records import Frozen, Record


class Trigger(Frozen):
    """When an action reaches a rung; one of the counts is enough."""

    rung: Rung
    overdue: int
    """From this many working days overdue on."""
    extensions: int = 0
    """From this many changes to a later day on; 0 for never."""
    refused: bool = False
    """Also when its agency refuses it."""
    needs: str
    """What is expected of whoever it goes to."""

    @property
    def words(self) -> str:
        """The trigger in a sentence."""
        when = [f"{self.overdue} working day{'s' if self.overdue != 1 else ''} overdue"]
        if self.extensions:
            when.append(f"put off {self.extensions} times")
        if self.refused:
            when.append("refused by its agency")
        who = self.rung.label
        return f"{who[0].upper()}{who[1:]}: {', or '.join(when)}; then {self.needs}."


class ActionLadder(Record):
    """The triggers in force from a day on, lowest first; the id is its name, a slash and the day."""

    table: ClassVar[str] = "action_ladders"

    since: date
    triggers: tuple[Trigger, ...]

    @property
    def name(self) -> str:
        """The name without the day."""
        return self.id.partition("/")[0]


DEFAULT: Final = ActionLadder(
    id="HSCP-default",
    since=date(2016, 1, 1),
    triggers=(
        Trigger(
            rung=Rung.AGENCY_LEAD, overdue=1,
            needs="a note of why, a new day, and what it means for children",
        ),
        Trigger(rung=Rung.QA_GROUP, overdue=20, extensions=2, needs="a decision of the group"),
        Trigger(rung=Rung.BUSINESS_GROUP, overdue=60, extensions=3, needs="a reply of a named executive"),
        Trigger(rung=Rung.MAIN_BOARD, overdue=90, refused=True, needs="a minuted decision; the scrutineer is told"),
    ),
)  # fmt: skip


class Climbed(NamedTuple):
    """The rung that was reached, and why."""

    rung: Rung
    reason: str


RUNGS: Final = tuple(Rung)


def climbed(
    ladder: ActionLadder, *, overdue: int, extensions: int, refused: bool, decided: Rung | None = None
) -> Climbed | None:
    """The highest rung reached, or None while it is the owner's own affair; `decided` is where a meeting took it."""
    found = None
    for trigger in ladder.triggers:
        if overdue >= trigger.overdue:
            days = "1 working day" if overdue == 1 else f"{overdue} working days"
            found = Climbed(trigger.rung, f"{days} overdue (the rule: from {trigger.overdue})")
        elif trigger.refused and refused:
            found = Climbed(trigger.rung, "its agency refuses it")
        elif trigger.extensions and extensions >= trigger.extensions:
            found = Climbed(trigger.rung, f"put off {extensions} times (the rule: from {trigger.extensions})")
    if decided is not None and (found is None or RUNGS.index(decided) > RUNGS.index(found.rung)):
        return Climbed(decided, "a meeting took it there")
    return found


def ladder_on(day: date, own: Mapping[str, ActionLadder]) -> ActionLadder:
    """The ladder in force on a day: the latest of the partnership's own, else the default."""
    found = [one for one in own.values() if one.since <= day]
    return max(found, key=lambda one: (one.since, one.seq)) if found else DEFAULT
