"""Which rules give the colours, and from which day on: by a dated record, so that past days keep theirs."""

from __future__ import annotations

from datetime import date, datetime

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.plans.colour import RuleSet, check_rules, rules_on
from qa_toolkit.domain.plans.escalation import ActionLadder
from qa_toolkit.domain.plans.rule_sets import DEFAULT, SHIPPED
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans.keeping import organiser


def in_force(workspace: Workspace) -> list[RuleSet]:
    """Every rule set that was put in force, oldest first; the shipped default holds before the first."""
    return sorted(workspace.partnership_shelf.all(RuleSet).values(), key=lambda one: (one.since, one.seq))


def named(workspace: Workspace, name: str) -> RuleSet:
    """The latest rule set of that name: one of the partnership's, else one that ships.

    Raises:
        NotFound: There is none.
    """
    wanted = name.strip().casefold()
    own = [one for one in in_force(workspace) if one.name.casefold() == wanted]
    shipped = [one for one in SHIPPED.values() if one.id.casefold() == wanted]
    if not own and not shipped:
        known = dict.fromkeys([*SHIPPED, *(one.name for one in in_force(workspace))])
        raise NotFound(f"There are no rules called “{name}”: there are {', '.join(known)}.")
    return (own or shipped)[-1]


def on(workspace: Workspace, day: date) -> RuleSet:
    """The rules in force on a day."""
    return rules_on(day, workspace.partnership_shelf.all(RuleSet), DEFAULT)


def use_ladder(
    workspace: Workspace, ladder: ActionLadder, since: date, *, by: str, now: datetime, today: date
) -> ActionLadder:
    """A ladder up the tiers put in force from a day on, today or later.

    Raises:
        InputError: The day has gone by.
        NotAllowed: Only a co-ordinator or a chair does it.
    """
    organiser(allowed.active(workspace, by, today), "say when actions climb the tiers")
    if since < today:
        raise InputError("A ladder is put in force from today or a later day on.")
    made = ladder.model_copy(update={"id": f"{ladder.name}/{since.isoformat()}", "since": since})
    with workspace.change(PARTNERSHIP, by=by, did=f"put the ladder {made.name} in force", now=now) as change:
        change.put(made)
    found = workspace.partnership_shelf.get(ActionLadder, made.id)
    assert found is not None
    return found


def use(workspace: Workspace, rules: RuleSet, since: date, *, by: str, now: datetime, today: date) -> RuleSet:
    """A rule set put in force from a day on, today or later: the colours of earlier days stay as they were.

    Raises:
        InputError: The day has gone by, the rules cannot be used, or the same ones are in force then already.
        NotAllowed: Only a co-ordinator or a chair does it.
    """
    person = allowed.active(workspace, by, today)
    organiser(person, "say which rules give the colours")
    check_rules(rules)
    if since < today:
        raise InputError("Rules are put in force from today or a later day on: colours that were shown stay.")
    made = rules.model_copy(update={"id": f"{rules.name}/{since.isoformat()}", "since": since})
    did = f"put the rules {made.title} in force"
    with workspace.change(PARTNERSHIP, by=by, did=did, now=now) as change:
        before = rules_on(since, change.shelf.all(RuleSet), DEFAULT)
        if (before.name, before.version, before.rules) == (made.name, made.version, made.rules):
            raise InputError(f"{made.title} is in force since {show_date(before.since)} already.")
        change.put(made)
    found = workspace.partnership_shelf.get(RuleSet, made.id)
    assert found is not None
    return found
