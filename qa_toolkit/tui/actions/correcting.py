"""Correcting the facts of an action: a form in which they stand as they are, and only what differs is changed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.offers import Offer
from qa_toolkit.domain.plans.records import Action, Priority
from qa_toolkit.domain.template.questions import Part
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.actions import advising
from qa_toolkit.tui.actions.acting import Who
from qa_toolkit.tui.forms.form import Form, Values, choice, day, option, words
from qa_toolkit.workflow.plans import actions
from qa_toolkit.workflow.plans.keeping import tiers
from qa_toolkit.workflow.plans.listed import listing
from qa_toolkit.workflow.plans.stories import Story
from qa_toolkit.workflow.plans.wording import earlier_actions

PRIORITIES: Final = [option(one.value, one.value.capitalize()) for one in Priority]
_FACTS: Final = (
    words("text", "What is to be done", long=True),
    words("measure", "How one will know that it worked", required=False),
    words("outcome", "What is to be different for children", required=False),
    words("baseline", "Where it stands now", required=False),
    words("target", "Where it should stand then", required=False),
    words("owner_role", "Role that owns it", required=False),
    words("supporting", "Agencies that help, with commas between", required=False),
    words("sponsor", "Role at the Board that stands behind it", required=False),
    words("themes", "Themes, with commas between", required=False),
    day("start", "When work begins, if not at once", required=False),
    day("impact_due", "When its impact is to be judged", required=False),
    words("re_audit", "The audit by which its impact is judged", required=False),
    choice("priority", "Priority"),
    choice("tier", "The group that reviews it"),
    choice("sensitive", "Who sees it"),
)
_SEES: Final = [option("no", "Everybody here"), option("yes", "Its owner, the co-ordinators and the chairs only")]


def correcting(offer: Offer, story: Story, who: Who) -> Form:
    """The form of an action's facts. Owner and due date have deeds of their own."""
    action, agreed = story.thread.action, story.thread.state is not State.PROPOSED
    person = who.workspace.people()[who.by]
    earlier = earlier_actions(listing(who.workspace), person)
    earlier.pop(action.id, None)

    def attempt(row: Values) -> str:
        changes = _differing(action, row)
        if not changes:
            return "Nothing is different, so nothing was changed."
        actions.correct(who.workspace, action.id, changes, why=row.get("why", ""), seen=seen(action), **who.day)
        return f"{action.id} is corrected."

    def remarks(row: Values) -> dict[str, str]:
        whole = {"owner": action.owner or action.outside, "due": action.due.isoformat(), **row}
        return advising.on_action(whole, who.today, earlier)

    why: tuple[Part, ...] = (words("why", "Why: it was agreed", long=True),) if agreed else ()
    options = {"priority": PRIORITIES, "tier": groups(who), "sensitive": _SEES}
    return Form("", "", (*_FACTS, *why), attempt, options, _as_typed(action), remarks)


def groups(who: Who) -> list[Option]:
    """The groups that review, to choose from."""
    return [option(tier.id, tier.name) for tier in tiers(who.workspace).values()]


def _as_typed(action: Action) -> dict[str, Any]:
    """The facts as they stand in their fields."""
    found: dict[str, Any] = {}
    for part in _FACTS:
        value = getattr(action, part.id)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, tuple):
            value = ", ".join(value)
        elif isinstance(value, date):
            value = value.isoformat()
        if value not in (None, ""):
            found[part.id] = str(value)
    return found


def _differing(action: Action, row: Values) -> dict[str, Any]:
    """The facts that were typed otherwise, as they are kept; what was emptied is empty."""
    changes: dict[str, Any] = {}
    for part in _FACTS:
        before, typed = getattr(action, part.id), row.get(part.id)
        after: Any = typed or ""
        if isinstance(before, bool):
            after = typed == "yes"
        elif isinstance(before, tuple):
            after = advising.several(typed)
        elif part.id in ("start", "impact_due"):
            after = typed
        elif part.id == "priority":
            after = Priority(str(typed))
        if after != before:
            changes[part.id] = after
    return changes
