"""What a chair decides between meetings: about which action, what, and why it could not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.errors import NotAllowed
from qa_toolkit.domain.people import Role, Tier
from qa_toolkit.domain.plans.lifecycle import ORGANISERS
from qa_toolkit.domain.plans.meetings import Kind
from qa_toolkit.domain.plans.offers import decidable
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import brief_of
from qa_toolkit.domain.template.questions import Part
from qa_toolkit.domain.text import shorten
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.forms.form import Form, Values, choice, day, option, words
from qa_toolkit.tui.meetings.decide import ON_ACTION, Ask, asks_about, imperative
from qa_toolkit.workflow.plans import deciding
from qa_toolkit.workflow.plans.acting import Given
from qa_toolkit.workflow.plans.keeping import find, thread_on

if TYPE_CHECKING:
    from qa_toolkit.tui.base import QAScreen

KINDS = (*ON_ACTION, Kind.ASK_MORE, Kind.CHALLENGE)


async def ask_between(screen: QAScreen) -> bool:
    """Ask for one chair’s action and record it; whether it was.

    Raises:
        NotAllowed: It is for a co-ordinator or a chair to record; said before anything is filled in.
    """
    qa = screen.qa
    if qa.person is None or not qa.person.is_(*ORGANISERS):
        raise NotAllowed("A chair’s action is recorded by a co-ordinator or a chair. Ask one of them.")

    def there(text: str) -> None:
        find(qa.workspace, Action, text.strip().upper())

    title = "Chair’s action"
    typed = await qa.push_screen_wait(
        AskText(title, "About which action? Its number, such as A-2026-031:", check=there)
    )
    if not typed:
        return False
    action = find(qa.workspace, Action, typed.strip().upper())
    about = f"{action.id}: {shorten(action.text, 300)}\nWhat does the chair decide?"
    brief = brief_of(thread_on(qa.workspace.actions_shelf, action.id))
    kinds = [kind for kind in KINDS if decidable(kind, brief)]
    picked = await qa.push_screen_wait(PickOne(title, about, [imperative(kind) for kind in kinds]))
    return picked is not None and await screen.fill_in(_form(screen, action, kinds[picked]))


def _form(screen: QAScreen, action: Action, kind: Kind) -> Form:
    qa = screen.qa
    groups = sorted(qa.workspace.partnership_shelf.all(Tier).values(), key=lambda one: one.order)
    chairs = [one for one in qa.workspace.people().values() if one.is_(Role.CHAIR) and one.active(qa.today)]
    asks, met = asks_about(qa.workspace, action.id, kind)

    def attempt(values: Values) -> str:
        given = Given(
            day=values.get("day"), due_back=values.get("due_back"), met=met, successor=values.get("successor", ""),
            owner=values.get("owner", ""),
        )  # fmt: skip
        made = deciding.chairs_action(
            qa.workspace, values["group"], action.id, kind, values["text"], given, chair=values["chair"],
            seen=seen(action), by=qa.by, now=qa.now(), today=qa.today,
        )  # fmt: skip
        return f"{made.id}: {kind.label.lower()}. It counts from now, and the next meeting ratifies it."

    extra = [_part(ask) for ask in asks if ask.name != "text"]
    own = next((ask.words for ask in asks if ask.name == "text" and not ask.optional), "")
    why = f"{own.rstrip(':?')}? And why could it not wait?" if own else "Why could it not wait for the meeting?"
    own_chair = qa.person.id if qa.person and qa.person.is_(Role.CHAIR) else None
    only = chairs[0].id if len(chairs) == 1 else own_chair
    return Form(
        title=f"{action.id}, chair’s action: {imperative(kind).lower()}",
        about=f"{shorten(action.text, 300)}\nIt counts at once. The next meeting of the group ratifies it.",
        parts=(
            choice("group", "For which group"),
            choice("chair", "Who decides") if chairs else words("chair", "Who decides, as handle@agency"),
            *extra, words("text", why, long=True),
        ),
        options={
            "group": [option(one.id, one.name) for one in groups],
            "chair": [option(one.id, f"{one.name} ({one.id})") for one in chairs],
        },
        begin={name: value for name, value in (("group", action.tier), ("chair", only)) if value},
        attempt=attempt,
    )  # fmt: skip


def _part(ask: Ask) -> Part:
    field = day if ask.day else words
    return field(ask.name, ask.words.rstrip(":?"), required=not ask.optional)
