"""Deciding on the screen: which decision, then only what it needs, then one line of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError, NotAllowed, QAError
from qa_toolkit.domain.plans.agenda_items import Item
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Decision, Kind, Meeting
from qa_toolkit.domain.plans.offers import decidable
from qa_toolkit.domain.plans.records import Action, Priority
from qa_toolkit.domain.plans.standing import brief_of
from qa_toolkit.domain.text import full_stop
from qa_toolkit.tui.forms.asking import AskText, PickOne, Sure
from qa_toolkit.workflow.plans import attending, deciding
from qa_toolkit.workflow.plans.acting import Given
from qa_toolkit.workflow.plans.keeping import thread_on

if TYPE_CHECKING:
    from qa_toolkit.store.workspace import Seen, Workspace
    from qa_toolkit.tui.base import QAScreen

MORE: Final = "Something else …"
ALWAYS: Final = (Kind.NOTE, Kind.SET_ACTION, Kind.ASK_MORE, Kind.CHALLENGE)
"""What can be decided about any item."""
ON_ACTION: Final = (
    Kind.CLOSE, Kind.SEND_BACK, Kind.EXTEND, Kind.REFUSE_DATE, Kind.AGREE, Kind.REJECT, Kind.HOLD, Kind.SUPERSEDE,
    Kind.REOPEN, Kind.ESCALATE,
)  # fmt: skip


class Ask(NamedTuple):
    """One thing that a decision needs."""

    name: str
    """`text` for the minute, else the field of `Given`."""
    words: str
    day: bool = False
    optional: bool = False


ASKS: Final[dict[Kind, tuple[Ask, ...]]] = {
    Kind.CLOSE: (Ask("text", "A minute of its own, or nothing: then it says who verified it and why.", optional=True),),
    Kind.SEND_BACK: (Ask("text", "What has to be there before it comes again?"),),
    Kind.EXTEND: (Ask("day", "The new day:", day=True), Ask("text", "Why, and what it means for children:")),
    Kind.REFUSE_DATE: (Ask("text", "Why does it stay due on its day?"),),
    Kind.AGREE: (Ask("text", "A minute, or nothing.", optional=True),),
    Kind.REJECT: (Ask("text", "Why is it not done?"),),
    Kind.HOLD: (Ask("day", "On which day is it looked at again?", day=True), Ask("text", "Why is it put on hold?")),
    Kind.SUPERSEDE: (Ask("successor", "The number of the action in its place, such as A-2026-031:"),
                     Ask("text", "Why does that one take its place?")),
    Kind.REOPEN: (Ask("text", "Why is it reopened?"),),
    Kind.ESCALATE: (Ask("text", "Why does it go further up, and what is asked there?"),),
    Kind.CHALLENGE: (Ask("text", "What does the group not accept, and what does it want to see?"),
                     Ask("due_back", "By when does it want to hear?", day=True)),
    Kind.ASK_MORE: (Ask("text", "What does the group ask for?"),
                    Ask("due_back", "By when does it want to hear?", day=True)),
    Kind.SET_ACTION: (Ask("text", "What is to be done, in a sentence?"), Ask("day", "By when?", day=True),
                      Ask("owner", "Who owns it, as handle@agency? Or nothing.", optional=True)),
    Kind.APPROVE_MINUTES: (),
    Kind.RATIFY: (),
    Kind.NOT_RATIFIED: (Ask("text", "Why does the group not stand by it?"),),
    Kind.NOTE: (Ask("text", "What the minutes say of it; or nothing: “Noted”.", optional=True),),
}  # fmt: skip
SEEN: Final = (
    Ask("text", "Nobody independent has verified it. What did the group see that shows its measure is met?"),
    Ask("day", "On which day is its impact judged?", day=True),
)
"""What a closure needs that was not verified yet; the day for one of high priority."""


async def decide(screen: QAScreen, meeting: Meeting, item: Item, kind: Kind | None, seen: Seen) -> Decision | None:
    """Ask what is decided and what that needs, and record it; nothing where somebody goes back.

    Raises:
        QAError: It was refused.
    """
    if not await _chaired(screen, meeting, item.key):
        return None
    kind = kind or await _kind(screen, item)
    if kind is None:
        return None
    asks, met = asks_about(screen.qa.workspace, item.key, kind)
    said: dict[str, str] = {}
    kept: list[str] = []
    for ask in asks:
        kept.append(f"{meeting.id} {item.key} {kind.value} {ask.name}")
        title, before = f"{imperative(kind)}: {_about(item)}", _before(screen, item, kind, ask)
        words = await screen.app.push_screen_wait(
            AskText(title, ask.words, before, long=not ask.day, check=_check(ask), kept=kept[-1])
        )
        if words is None:
            return None
        said[ask.name] = words
    if not asks and not await screen.app.push_screen_wait(
        Sure(imperative(kind), f"{full_stop(item.title)}\n\n{item.why}")
    ):
        return None
    qa = screen.qa
    given = Given(
        day=_day(said.get("day", "")), due_back=_day(said.get("due_back", "")), met=met,
        successor=said.get("successor", ""), owner=said.get("owner", ""),
    )  # fmt: skip
    made = deciding.decide(
        qa.workspace, meeting.id, item.key, kind, said.get("text", ""), given, seen=seen or None,
        by=qa.by, now=qa.now(), today=qa.today,
    )  # fmt: skip
    qa.left.forget(*kept)
    return made


async def _kind(screen: QAScreen, item: Item) -> Kind | None:
    first = list(item.asks)
    rest = [kind for kind in (*ALWAYS, *_on_action(screen, item)) if kind not in first]
    names = [imperative(kind) for kind in first]
    picked = await screen.app.push_screen_wait(PickOne("Decide", f"{_about(item)}: what is decided?", [*names, MORE]))
    if picked is None or picked < len(first):
        return None if picked is None else first[picked]
    picked = await screen.app.push_screen_wait(PickOne("Decide", _about(item), [imperative(kind) for kind in rest]))
    return None if picked is None else rest[picked]


def _on_action(screen: QAScreen, item: Item) -> list[Kind]:
    shelf = screen.qa.workspace.actions_shelf
    if shelf.get(Action, item.key) is None:
        return []
    brief = brief_of(thread_on(shelf, item.key))
    return [kind for kind in ON_ACTION if decidable(kind, brief)]


_IMPERATIVE: Final = {
    Kind.CLOSE: "Close it", Kind.SEND_BACK: "Send it back to its owner", Kind.EXTEND: "Agree a later day",
    Kind.REFUSE_DATE: "Do not agree a later day", Kind.AGREE: "Agree it", Kind.REJECT: "Reject it",
    Kind.HOLD: "Put it on hold", Kind.SUPERSEDE: "Put another action in its place", Kind.REOPEN: "Reopen it",
    Kind.ESCALATE: "Take it up to the next group", Kind.CHALLENGE: "Challenge it", Kind.ASK_MORE: "Ask for more",
    Kind.SET_ACTION: "Set an action of the group’s own", Kind.APPROVE_MINUTES: "Approve the minutes",
    Kind.RATIFY: "Stand by it (ratify)", Kind.NOT_RATIFIED: "Do not stand by it", Kind.NOTE: "Note it",
}  # fmt: skip


def imperative(kind: Kind) -> str:
    """What is decided, as a list offers it."""
    return _IMPERATIVE[kind]


def _about(item: Item) -> str:
    return item.key if any(char.isdigit() for char in item.key) else item.section.label


def asks_about(workspace: Workspace, subject: str, kind: Kind) -> tuple[tuple[Ask, ...], bool]:
    """What is asked for that decision, and whether whoever decides has seen the evidence themselves."""
    shelf = workspace.actions_shelf
    action = shelf.get(Action, subject)
    if kind is not Kind.CLOSE or action is None or thread_on(shelf, subject).state is not State.SUBMITTED:
        return ASKS[kind], False
    judged = action.priority is not Priority.HIGH or action.impact_due is not None
    return SEEN[:1] if judged else SEEN, True


def _before(screen: QAScreen, item: Item, kind: Kind, ask: Ask) -> str:
    """What stands in the field before anything is typed: what the owner asked for."""
    shelf = screen.qa.workspace.actions_shelf
    if kind is not Kind.EXTEND or shelf.get(Action, item.key) is None:
        return ""
    asked = thread_on(shelf, item.key).wants_later_day
    if asked is None:
        return ""
    return show_date(asked.new) if ask.day else asked.reason


def _check(ask: Ask) -> Callable[[str], None]:
    def check(text: str) -> None:
        if not text and not ask.optional:
            raise InputError("This cannot be left out. Esc goes back without deciding.")
        if ask.day and text:
            parse_date(text)

    return check


def _day(text: str) -> date | None:
    return parse_date(text) if text else None


async def _chaired(screen: QAScreen, meeting: Meeting, subject: str) -> bool:
    """Whether somebody chairs the item who may; where the chair may not, ask who takes it."""
    qa, shelf = screen.qa, screen.qa.workspace.actions_shelf
    people = qa.workspace.people()
    chair = people.get(attending.chair_for(shelf, meeting, subject))
    said = attending.too_near(shelf, meeting, subject, chair) if chair else ""
    if not said:
        return True
    there = [people[one.who] for one in meeting.attendees if one.came.there and one.who in people]
    able = [one for one in there if not attending.too_near(shelf, meeting, subject, one)]
    if not able:
        raise NotAllowed(f"{said} Nobody else who is here can.")
    names = [f"{one.name} ({one.agency})" for one in able]
    picked = await screen.app.push_screen_wait(PickOne("Another chair", f"{said} Who takes the chair for it?", names))
    if picked is None:
        return False
    attending.hand_over(
        qa.workspace, meeting.id, subject, able[picked].id, by=qa.by, now=qa.now(),
        today=qa.today,
    )  # fmt: skip
    return True


async def declare(screen: QAScreen, meeting: Meeting, item: Item) -> bool:
    """Ask who declares an interest in the item, and what, and record it."""
    qa, people = screen.qa, screen.qa.workspace.people()
    there = [one for one in meeting.attendees if one.came.there]
    if not there:
        screen.say("Nobody is recorded as present yet: w says who is there.")
        return False
    names = [f"{people[one.who].name} ({one.agency})" if one.who in people else one.who for one in there]
    picked = await screen.app.push_screen_wait(PickOne("Declared interest", f"Who, in {_about(item)}?", names))
    if picked is None:
        return False
    kept = f"{meeting.id} {item.key} interest {there[picked].who}"
    words = "What is the interest, in a few words?"
    why = await screen.app.push_screen_wait(AskText("Declared interest", words, kept=kept))
    if not why:
        return False
    try:
        attending.declare_interest(
            qa.workspace, meeting.id, item.key, there[picked].who, why, by=qa.by,
            now=qa.now(), today=qa.today,
        )  # fmt: skip
    except QAError as error:
        screen.refuse(error)
        return False
    qa.left.forget(kept)
    return True
